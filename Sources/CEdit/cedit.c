#define _XOPEN_SOURCE 700 // wcwidth, and with the next line all else
#define _DEFAULT_SOURCE
#include "cedit.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

bool edit_use_utf8(void) {
    const char *names[] = {"", "C.UTF-8", "C.utf8", "en_US.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        locale_t locale = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
        if (locale == (locale_t)0) continue;
        // The locale stays in use by the thread, to its end.
        if (strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0) return uselocale(locale) != (locale_t)0;
        freelocale(locale);
    }
    return false;
}

int32_t edit_columns(uint32_t character) { return wcwidth((wchar_t)character); }

EditLine *edit_open(const char *program, void *client, EditReader reader, EditPrompt prompt) {
    EditLine *line = el_init(program, stdin, stdout, stderr);
    if (line == NULL) return NULL;
    el_set(line, EL_CLIENTDATA, client);
    el_wset(line, EL_GETCFN, reader);
    el_set(line, EL_PROMPT, prompt);
    el_set(line, EL_EDITOR, "emacs");
    return line;
}

void *edit_client(EditLine *line) {
    void *client = NULL;
    el_get(line, EL_CLIENTDATA, &client);
    return client;
}

void edit_add_function(EditLine *line, const char *name, const char *help, EditFunction function) {
    el_set(line, EL_ADDFN, name, help, function);
}

void edit_bind(EditLine *line, const char *key, const char *function, bool everywhere) {
    el_set(line, EL_BIND, key, function, NULL);
    if (everywhere) el_set(line, EL_BIND, "-a", key, function, NULL);
}

void edit_change_terminal(EditLine *line, const char *flag) { el_set(line, EL_SETTY, "-d", flag, NULL); }

void edit_set_editing(EditLine *line, bool editing) { el_set(line, EL_EDITMODE, (int)editing); }

bool edit_is_vi(EditLine *line) {
    const char *editor = NULL;
    return el_get(line, EL_EDITOR, &editor) == 0 && editor != NULL && strcmp(editor, "vi") == 0;
}

void edit_redraw(EditLine *line) { el_set(line, EL_REFRESH); }

void edit_prepare_terminal(EditLine *line, bool editing) { el_set(line, EL_PREP_TERM, (int)editing); }

static struct termios usual;

/// Only calls that POSIX allows in a handler.
static void give_back(int number) {
    tcsetattr(STDIN_FILENO, TCSANOW, &usual);
    static const char no_more_marks[] = "\033[?2004l\r\n";
    if (write(STDOUT_FILENO, no_more_marks, sizeof no_more_marks - 1) < 0) {}
    signal(number, SIG_DFL);
    raise(number);
}

void edit_guard_terminal(void) {
    if (tcgetattr(STDIN_FILENO, &usual) != 0) return;
    static const int numbers[] = {SIGTERM, SIGHUP, SIGQUIT};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) signal(numbers[i], give_back);
}

HistoryW *edit_open_history(EditLine *line, int32_t size) {
    HistoryW *history = history_winit();
    if (history == NULL) return NULL;
    HistEventW event;
    history_w(history, &event, H_SETSIZE, (int)size);
    el_wset(line, EL_HIST, history_w, history);
    return history;
}

void edit_remember(HistoryW *history, const wchar_t *entry) {
    HistEventW event;
    history_w(history, &event, H_ENTER, entry);
}
