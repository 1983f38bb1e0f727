// Starts a program on a terminal of its own; what Swift's Glibc module does not offer.
#pragma once

#include <sys/types.h>

/// Runs `path` as the leader of a new session whose terminal has the given size.
///
/// `words` and `settings` end in NULL. Returns the process, with the terminal's other side in `master`; or -1 with errno.
pid_t pseudoterminal_start(const char *_Nonnull path, char *_Nullable const *_Nonnull words,
                           char *_Nullable const *_Nonnull settings, int columns, int rows, int *_Nonnull master);
