// The part of libedit's own interface that typed lines need, without variadic functions, which Swift cannot call.
//
// All text is UTF-8; the calling thread's locale must say so (`edit_use_utf8`), because libedit asks it for characters
// and their widths.
#pragma once

#include <histedit.h>
#include <stdbool.h>
#include <stdint.h>

/// What one of our editing functions does with a key; the result is one of libedit's CC_ codes.
typedef unsigned char (*EditFunction)(EditLine *_Nullable line, wint_t key);
/// Reads one character: 1, or -1 when there is none.
typedef int (*EditReader)(EditLine *_Nullable line, wchar_t *_Nullable character);
/// The prompt; the text stays the callee's.
typedef char *_Nullable (*EditPrompt)(EditLine *_Nullable line);

/// Gives the calling thread a UTF-8 locale: the user's where it is one, else C.UTF-8. False when there is none.
bool edit_use_utf8(void);

/// Columns that a character takes on a terminal; -1 for what cannot be shown.
int32_t edit_columns(uint32_t character);

/// An editor on standard input and output; `client` is what `edit_client` gives to the callbacks. NULL on failure.
EditLine *_Nullable edit_open(const char *_Nonnull program, void *_Nonnull client, EditReader _Nonnull reader,
                              EditPrompt _Nonnull prompt);
void *_Nullable edit_client(EditLine *_Nonnull line);

/// Makes a function known under a name, for `edit_bind` and for ~/.editrc.
void edit_add_function(EditLine *_Nonnull line, const char *_Nonnull name, const char *_Nonnull help,
                       EditFunction _Nonnull function);
/// Binds a key (libedit's notation) to a function, in vi's command mode as well when `everywhere` is set.
void edit_bind(EditLine *_Nonnull line, const char *_Nonnull key, const char *_Nonnull function, bool everywhere);
/// Turns a terminal flag off while a line is edited, e.g. "-isig".
void edit_change_terminal(EditLine *_Nonnull line, const char *_Nonnull flag);
/// Without editing the terminal itself does the little it can.
void edit_set_editing(EditLine *_Nonnull line, bool editing);
bool edit_is_vi(EditLine *_Nonnull line);
/// Draws prompt and text anew from where the cursor stands.
void edit_redraw(EditLine *_Nonnull line);
/// Switches between the terminal's state for editing and its usual one.
void edit_prepare_terminal(EditLine *_Nonnull line, bool editing);

/// Gives the terminal back as it is now when a signal ends the process in the middle of a line.
void edit_guard_terminal(void);

/// An empty history for `size` entries, in use by the line. NULL on failure.
HistoryW *_Nullable edit_open_history(EditLine *_Nonnull line, int32_t size);
/// Adds an entry, which ends in 0, as the newest.
void edit_remember(HistoryW *_Nonnull history, const wchar_t *_Nonnull entry);
