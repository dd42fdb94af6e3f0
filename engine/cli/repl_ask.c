/* Questions to a session, and what comes back: made safe to show, in the format that was asked for, long ones in the pager. */
#include "cli/repl.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MOST 1000         /* rows of a table that are shown to a person at once */
#define TEXT_BYTES ((size_t)256 << 20)


static struct winsize window(void) {
  struct winsize size = {0};
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
    size = (struct winsize){0};
  return size;
}

void as_repl_put(as_arena *arena, as_node *map, const char *name, const char *text) {
  as_node_put(arena, map, name, as_node_text(arena, as_str_of(text)));
}

as_node *as_repl_question(const as_repl *repl, as_arena *arena, const char *op) {
  as_node *question = as_node_new(arena, AS_MAP);
  struct winsize size = window();
  as_repl_put(arena, question, "op", op);
  as_repl_put(arena, question, "format", repl->format == AS_ROWS_JSON ? "json" : repl->format == AS_ROWS_CSV ? "csv" : "table");
  as_repl_put(arena, question, "bundle", repl->subject);
  if (size.ws_col > 0)
    as_node_put(arena, question, "width", as_node_int(arena, size.ws_col));
  if (repl->interactive && strcmp(op, "all") != 0)
    as_node_put(arena, question, "most", as_node_int(arena, MOST));
  return question;
}

/* ---- what comes ---- */

typedef struct {
  as_rows_format format;
  int width;
  as_rows *rows; /* from the first column on */
  as_buf text;
} coming;

static void columns(void *ctx, const as_node *list) {
  coming *c = ctx;
  if (c->rows)
    return;
  c->rows = as_rows_new(c->format, c->width);
  as_rows_columns(c->rows, list);
}

static bool row(void *ctx, const as_node *list) {
  coming *c = ctx;
  as_rows_add(c->rows, list);
  return true;
}

static void text(void *ctx, const char *bytes, size_t n) {
  coming *c = ctx;
  if (c->text.len + n <= TEXT_BYTES)
    as_buf_add(&c->text, bytes, n);
}

static void settle(coming *c, as_buf *out) {
  if (c->rows) {
    as_rows_end(c->rows);
    as_buf *rows = as_rows_out(c->rows);
    if (rows->len)
      as_buf_add(out, rows->data, rows->len);
  }
  if (c->text.len)
    as_show((as_str){c->text.data, c->text.len}, true, out);
  as_rows_free(c->rows);
  as_buf_free(&c->text);
}

/* ---- what is told ---- */

void as_repl_wrong(as_repl *repl, const char *code, const char *help, const char *format, ...) {
  char message[4096];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  as_diags *diags = as_diags_new();
  as_diags_add(diags, code, AS_ERROR, NULL, 0, 0, help, "%s", message);
  as_app_show(repl->app, diags, 0, NULL);
  as_diags_free(diags);
  repl->failed = true;
}

static void tell_error(as_repl *repl, const as_node *error) {
  as_diags *diags = as_diags_new();
  char code[16];
  snprintf(code, sizeof code, "%s", as_node_str(error, "code", "E0740"));
  as_diag d = {.code = code, .severity = AS_ERROR, .document = as_node_str(error, "document", NULL),
               .line = (uint32_t)as_node_integer(error, "line", 0), .column = (uint32_t)as_node_integer(error, "column", 0),
               .message = as_node_str(error, "message", "it erred"), .help = as_node_str(error, "help", NULL),
               .source = as_node_str(error, "source", NULL)};
  as_diags_push(diags, &d);
  as_app_show(repl->app, diags, 0, NULL);
  as_diags_free(diags);
  repl->failed = true;
}

static void tell_fault(as_repl *repl, const as_node *answer, bool interrupted) {
  const as_run_options *o = repl->options;
  const char *word = as_node_str(answer, "fault", ""), *where = as_node_str(answer, "where", "");
  const char *help = as_node_boolean(answer, "lost", false) ? "the variables of the session are lost; the bundle is still there" : NULL;
  while (strcmp(word, "lua") != 0 && strncmp(where, "stdlib/", 7) == 0) /* our own code is no place that helps */
    where += strcspn(where, "\n") + (where[strcspn(where, "\n")] == '\n');
  int n = (int)strcspn(where, "\n");
  const char *at = n ? " at " : "";
  if (strcmp(word, "lua") == 0)
    as_repl_wrong(repl, "E0740", help, "%s", where);
  else if (interrupted)
    as_repl_wrong(repl, "E0741", help, "interrupted%s%.*s", at, strcmp(word, "time") == 0 ? n : 0, where);
  else if (strcmp(word, "time") == 0)
    as_repl_wrong(repl, "E0741", help, "it takes more than %.6g s (--limit-time)%s%.*s", o->seconds, at, n, where);
  else if (strcmp(word, "steps") == 0)
    as_repl_wrong(repl, "E0741", help, "it takes more than %llu steps (--limit-steps)%s%.*s", (unsigned long long)o->steps, at, n, where);
  else if (strcmp(word, "memory") == 0)
    as_repl_wrong(repl, "E0741", help, "it needs more than %.6g MB of memory (--limit-memory)%s%.*s", (double)o->memory_bytes / 1048576, at, n, where);
  else if (strcmp(word, "hang") == 0)
    as_repl_wrong(repl, "E0741", help, "it did not end in time and was stopped");
  else if (strcmp(word, "large") == 0)
    as_repl_wrong(repl, "E0741", help, "the answer is too large");
  else
    as_repl_wrong(repl, "E0741", help, "the process of the session ended by %.*s", n, where);
}

void as_repl_out(as_repl *repl, const as_buf *out) {
  struct winsize size = window();
  size_t lines = 0;
  for (size_t i = 0; i < out->len; i++)
    lines += out->data[i] == '\n';
  if (repl->interactive && size.ws_row > 1 && lines >= size.ws_row && as_pager_show(out))
    return;
  if (out->len && !as_app_out_buf(out))
    repl->quit = repl->failed = true; /* nobody reads any more */
}

/* ---- asking ---- */

static as_asked ask(as_repl *repl, as_arena *arena, const as_node *question, as_rows_format format, const as_node **answer, as_buf *out, bool *interrupted) {
  coming c = {.format = format, .width = window().ws_col};
  as_reply reply = {&c, columns, row, text};
  as_diags *diags = as_diags_new();
  as_asked how = as_session_ask(repl->session, question, &reply, arena, answer, diags, repl->cut, interrupted);
  settle(&c, out);
  if (as_diags_count(diags))
    as_app_show(repl->app, diags, 20, NULL);
  as_diags_free(diags);
  repl->gone = how == AS_GONE;
  return how;
}

const as_node *as_repl_ask_for(as_repl *repl, as_arena *arena, const as_node *question, as_rows_format format, as_buf *out) {
  const as_node *answer = NULL;
  as_buf none = {0};
  bool interrupted = false;
  as_asked how = ask(repl, arena, question, format, &answer, out ? out : &none, &interrupted);
  as_buf_free(&none);
  return how == AS_ASKED ? answer : NULL;
}

const char *as_repl_ask(as_repl *repl, as_arena *arena, const as_node *question) {
  const as_node *answer = NULL;
  as_buf out = {0};
  bool interrupted = false;
  const char *status = "ok";
  as_asked how = ask(repl, arena, question, repl->format, &answer, &out, &interrupted);
  if (how == AS_GONE) {
    as_repl_wrong(repl, "E0741", NULL, "the process that held the bundle has ended");
    status = "gone";
  } else if (how == AS_CUT) {
    tell_fault(repl, answer, interrupted);
    status = "error";
  } else {
    const char *note = as_node_str(answer, "note", NULL);
    const as_node *error = as_node_get(answer, "error");
    if (strcmp(as_node_str(answer, "status", ""), "incomplete") == 0)
      status = "incomplete";
    if (note && repl->format == AS_ROWS_TABLE) {
      as_show(as_str_of(note), false, &out);
      as_buf_addc(&out, '\n');
    }
    as_repl_out(repl, &out);
    if (error) {
      tell_error(repl, error);
      status = "error";
    }
  }
  as_buf_free(&out);
  return status;
}
