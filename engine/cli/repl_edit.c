/* The terminal of a session: line editing by libedit, history, completion. What is typed goes to repl_input. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/libedit.h"
#include "cli/repl.h"

#define KEPT 1000            /* entries of the history */
#define COMPLETION 0.5       /* seconds that a completion may take */
#define LISTED 200u          /* candidates that are listed */

static const as_libedit *lib(void) { return as_libedit_load(); }

struct as_edit {
  EditLine *line;
  History *history;
  locale_t locale;           /* UTF-8 while a line is edited, and only then */
  as_repl *repl;
  as_repl_input input;
  char *path;                /* of the history; NULL: none is kept */
};

/* ---- history ---- */

/* The folder for the state of programs, made where it is not there. False where that fails. */
static bool make_folder(const char *path) {
  char part[4096];
  snprintf(part, sizeof part, "%s", path);
  for (char *p = part + 1; *p; p++) {
    if (*p != '/')
      continue;
    *p = '\0';
    if (mkdir(part, 0700) != 0 && errno != EEXIST)
      return false;
    *p = '/';
  }
  return true;
}

static char *history_path(void) {
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  as_buf path = {0};
  if (state && *state == '/')
    as_buf_printf(&path, "%s/assay/history", state);
  else if (home && *home == '/')
    as_buf_printf(&path, "%s/.local/state/assay/history", home);
  return path.data;
}

/* Adds an entry; an earlier one of the same text goes. */
static void add_history(as_edit *edit, const char *text) {
  HistEvent ev;
  if (lib()->history(edit->history, &ev, H_FIRST) == 0)
    do {
      size_t n = strlen(ev.str), m = strlen(text);
      while (n && ev.str[n - 1] == '\n')
        n--;
      if (n == m && memcmp(ev.str, text, n) == 0) {
        int number = ev.num;
        lib()->history(edit->history, &ev, H_DEL, number);
        break;
      }
    } while (lib()->history(edit->history, &ev, H_NEXT) == 0);
  lib()->history(edit->history, &ev, H_ENTER, text);
}

static void save_history(as_edit *edit) {
  HistEvent ev;
  if (!edit->path || lib()->history(edit->history, &ev, H_FIRST) != 0)
    return;
  mode_t old = umask(0077);
  if (!make_folder(edit->path) || lib()->history(edit->history, &ev, H_SAVE, edit->path) < 0)
    as_app_say("assay: the history cannot be kept in %s: %s\n", edit->path, strerror(errno));
  umask(old);
}

/* ---- completion ---- */

/* Bytes that all items have in common. */
static size_t common(const as_node *items) {
  size_t n = items->first->text.n;
  for (const as_node *item = items->first->next; item; item = item->next) {
    size_t i = 0;
    while (i < n && i < item->text.n && item->text.p[i] == items->first->text.p[i])
      i++;
    n = i;
  }
  return n;
}

static void list_items(const as_node *items) {
  as_buf out = {0};
  size_t widest = 0, column = 0, n = 0;
  for (const as_node *i = items->first; i; i = i->next)
    widest = i->text.n > widest ? i->text.n : widest;
  size_t per_line = 78 / (widest + 2) ? 78 / (widest + 2) : 1;
  as_buf_addc(&out, '\n');
  for (const as_node *i = items->first; i && n < LISTED; i = i->next, n++) {
    size_t before = out.len;
    as_show(i->text, false, &out);
    bool last = ++column == per_line || !i->next;
    if (!last)
      as_buf_printf(&out, "%*s", (int)(widest + 2 > out.len - before ? widest + 2 - (out.len - before) : 1), "");
    else
      as_buf_addc(&out, '\n');
    column = last ? 0 : column;
  }
  if (items->count > LISTED)
    as_buf_printf(&out, "… %u more\n", items->count - LISTED);
  as_app_out_buf(&out);
  as_buf_free(&out);
}

/* Names of commands, where the line is the beginning of one. */
static as_node *commands_for(as_arena *arena, const char *text) {
  const char *at = text + strspn(text, " \t");
  if (*at != ':' || at[strcspn(at, " \t")])
    return NULL;
  as_node *list = as_node_new(arena, AS_LIST);
  for (const as_repl_command *c = as_repl_commands; c->name; c++)
    if (strncmp(c->name, at + 1, strlen(at + 1)) == 0)
      as_node_add(list, as_node_text(arena, as_str_of(c->name)));
  return list;
}

/* What can stand before the cursor: a list of texts and where their word begins. NULL where nothing can be said. */
static const as_node *candidates(as_edit *edit, as_arena *arena, const char *typed, size_t *from, size_t *at) {
  as_node *commands = edit->input.pending.len ? NULL : commands_for(arena, typed);
  if (commands) {
    *from = strspn(typed, " \t") + 1;
    *at = strlen(typed);
    return commands;
  }
  as_buf text = {0};
  if (edit->input.pending.len) {
    as_buf_add(&text, edit->input.pending.data, edit->input.pending.len);
    as_buf_addc(&text, '\n');
  }
  as_buf_adds(&text, typed);
  as_node *question = as_repl_question(edit->repl, arena, "complete");
  as_node_put(arena, question, "text", as_node_text(arena, (as_str){text.data, text.len}));
  as_node_put(arena, question, "at", as_node_int(arena, (int64_t)text.len));
  as_node_put(arena, question, "seconds", as_node_num(arena, COMPLETION));
  const as_node *answer = as_repl_ask_for(edit->repl, arena, question, AS_ROWS_TABLE, NULL);
  *at = text.len;
  *from = answer ? (size_t)as_node_integer(answer, "from", (int64_t)text.len) : text.len;
  as_buf_free(&text);
  return answer ? as_node_get(answer, "items") : NULL;
}

static unsigned char complete(EditLine *line, int key) {
  (void)key;
  as_edit *edit = NULL;
  lib()->el_get(line, EL_CLIENTDATA, &edit);
  const LineInfo *info = lib()->el_line(line);
  size_t n = (size_t)(info->cursor - info->buffer), from, at;
  as_arena *arena = as_arena_new();
  unsigned char result = CC_REFRESH_BEEP;
  char *typed = as_calloc(1, n + 1);
  memcpy(typed, info->buffer, n);
  if (strspn(typed, " \t") == n && edit->input.pending.len) { /* a tab that indents */
    lib()->el_insertstr(line, "  ");
    result = CC_REFRESH;
  } else {
    const as_node *items = candidates(edit, arena, typed, &from, &at);
    if (items && items->type == AS_LIST && items->count && from <= at && at - from <= n) {
      size_t known = at - from, same = common(items);
      bool fits = same >= known && memcmp(items->first->text.p, typed + n - known, known) == 0;
      bool one = items->count == 1, blank = one && same && strchr(" \"'", items->first->text.p[same - 1]);
      if (fits && (same > known || one)) {
        char *more = as_calloc(1, same - known + 2);
        memcpy(more, items->first->text.p + known, same - known);
        if (one && !blank && typed[strspn(typed, " \t")] == ':')
          more[same - known] = ' ';
        if (!*more || lib()->el_insertstr(line, more) == 0)
          result = CC_REFRESH;
        as_free(more);
      } else if (fits && items->count > 1) {
        list_items(items);
        result = CC_REDISPLAY;
      }
    }
  }
  as_free(typed);
  as_arena_free(arena);
  return result;
}

/* ---- the terminal ---- */

static char *prompt(EditLine *line) {
  as_edit *edit = NULL;
  lib()->el_get(line, EL_CLIENTDATA, &edit);
  return (char *)(edit->input.pending.len ? "   ... " : "assay> ");
}

as_edit *as_edit_open(as_repl *repl, bool keep) {
  if (!lib()) {
    as_app_say("assay: lines cannot be edited here: the library libedit is not there\n");
    return NULL;
  }
  as_edit *edit = as_calloc(1, sizeof *edit);
  HistEvent ev;
  edit->repl = repl;
  edit->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  locale_t old = edit->locale ? uselocale(edit->locale) : (locale_t)0;
  edit->line = lib()->el_init("assay", stdin, stdout, stderr);
  edit->history = lib()->history_init();
  if (!edit->line || !edit->history) {
    if (old)
      uselocale(old);
    as_edit_close(edit);
    return NULL;
  }
  lib()->el_set(edit->line, EL_CLIENTDATA, edit);
  lib()->el_set(edit->line, EL_PROMPT, prompt);
  lib()->el_set(edit->line, EL_EDITOR, "emacs");
  lib()->el_set(edit->line, EL_SIGNAL, 1);
  lib()->el_set(edit->line, EL_ADDFN, "assay-complete", "complete the word before the cursor", complete);
  lib()->el_set(edit->line, EL_BIND, "^I", "assay-complete", NULL);
  lib()->el_set(edit->line, EL_BIND, "^R", "em-inc-search-prev", NULL);
  lib()->history(edit->history, &ev, H_SETSIZE, KEPT);
  lib()->el_set(edit->line, EL_HIST, lib()->history, edit->history);
  if (old)
    uselocale(old);
  if (keep)
    edit->path = history_path();
  if (edit->path && access(edit->path, F_OK) == 0 && lib()->history(edit->history, &ev, H_LOAD, edit->path) < 0)
    as_app_say("assay: the history in %s cannot be read\n", edit->path);
  return edit;
}

void as_edit_close(as_edit *edit) {
  if (!edit)
    return;
  if (edit->history && edit->line)
    save_history(edit);
  if (edit->history)
    lib()->history_end(edit->history);
  if (edit->line)
    lib()->el_end(edit->line);
  if (edit->locale)
    freelocale(edit->locale);
  as_buf_free(&edit->input.pending);
  as_free(edit->path);
  as_free(edit);
}

/* One line, without its end; NULL at the end of input or where Ctrl-C came. */
static const char *read_line(as_edit *edit, size_t *n) {
  int count = 0;
  locale_t old = edit->locale ? uselocale(edit->locale) : (locale_t)0;
  const char *text = lib()->el_gets(edit->line, &count);
  int saved = errno;
  if (old)
    uselocale(old);
  errno = count < 0 ? saved : 0;
  if (!text || count <= 0)
    return NULL;
  *n = strcspn(text, "\n");
  return text;
}

/* Starts an input of its own: what was unfinished is forgotten. */
static void fresh(as_edit *edit) {
  as_repl *repl = edit->repl;
  edit->input.pending.len = 0;
  edit->input.line = edit->input.first = 0;
  snprintf(edit->input.chunk, sizeof edit->input.chunk, "input %u", repl->inputs + 1);
}

void as_edit_loop(as_edit *edit, as_repl *repl) {
  fresh(edit);
  as_buf whole = {0};
  while (!repl->quit && !repl->reload && !repl->gone && !*repl->ended) {
    size_t n = 0;
    *repl->cut = false;
    const char *text = read_line(edit, &n);
    if (!text && (*repl->cut || errno == EINTR) && !*repl->ended) {
      as_app_out("\n", 1);
      lib()->el_reset(edit->line);
      fresh(edit);
      whole.len = 0;
      continue;
    }
    if (!text) {
      as_app_out("\n", 1);
      break;
    }
    char *line = as_calloc(1, n + 1);
    memcpy(line, text, n);
    if (whole.len)
      as_buf_addc(&whole, '\n');
    as_buf_adds(&whole, line);
    as_repl_line(repl, &edit->input, line, n);
    as_free(line);
    if (edit->input.pending.len == 0) {
      while (whole.len && strchr(" \t\n", whole.data[whole.len - 1]))
        whole.data[--whole.len] = '\0';
      if (whole.len) {
        add_history(edit, whole.data);
        repl->inputs++;
      }
      whole.len = 0;
      fresh(edit);
    }
  }
  as_buf_free(&whole);
}
