#define _GNU_SOURCE
#include "pseudoterminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int spawn(const char *path, char *const *words, char *const *settings, const char *terminal, pid_t *process) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t signals;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    // The first terminal that the leader of a session opens becomes its own.
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, terminal, O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO);
    int failure = posix_spawn(process, path, &actions, &attributes, words, settings);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

pid_t pseudoterminal_start(const char *path, char *const *words, char *const *settings, int columns, int rows,
                           int *master) {
    char terminal[256];
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    int side = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (side < 0) return -1;
    pid_t process = -1;
    if (grantpt(side) == 0 && unlockpt(side) == 0 && ptsname_r(side, terminal, sizeof terminal) == 0 &&
        ioctl(side, TIOCSWINSZ, &size) == 0) {
        int failure = spawn(path, words, settings, terminal, &process);
        if (failure == 0) {
            *master = side;
            return process;
        }
        errno = failure;
    }
    int failure = errno;
    close(side);
    errno = failure;
    return -1;
}
