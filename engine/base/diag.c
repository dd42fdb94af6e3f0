/* Diagnostics: the list, its order, and how one is written for people.
 * Must not decide what is an error, and must not print. */
#include "base/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

typedef struct {
  as_diag diag;
  size_t arrival;
} item;

struct as_diags {
  as_arena *arena;
  item *items;
  size_t count, cap, errors, dropped;
};

as_diags *as_diags_new(void) {
  as_diags *diags = as_calloc(1, sizeof *diags);
  diags->arena = as_arena_new();
  return diags;
}

void as_diags_free(as_diags *diags) {
  if (!diags) return;
  as_arena_free(diags->arena);
  as_free(diags->items);
  as_free(diags);
}

static const char *copy(as_diags *diags, const char *text) {
  return text ? as_arena_copy(diags->arena, text, strlen(text)) : NULL;
}

void as_diags_push(as_diags *diags, const as_diag *diag) {
  if (diag->severity == AS_ERROR) diags->errors++;
  if (diags->count >= AS_DIAG_MAX) {
    diags->dropped++;
    return;
  }
  as_diag own = *diag;
  own.code = copy(diags, diag->code ? diag->code : "E0000");
  own.document = copy(diags, diag->document);
  own.message = copy(diags, diag->message ? diag->message : "");
  own.help = copy(diags, diag->help);
  own.source = copy(diags, diag->source);
  as_grow(&diags->items, &diags->cap, diags->count + 1, sizeof *diags->items);
  diags->items[diags->count] = (item){own, diags->count};
  diags->count++;
}

void as_diags_add(as_diags *diags, const char *code, as_severity severity, const char *document, uint32_t line,
                  uint32_t column, const char *help, const char *format, ...) {
  as_buf message = {0};
  va_list args;
  va_start(args, format);
  as_buf_vprintf(&message, format, args);
  va_end(args);
  as_diags_push(diags, &(as_diag){.code = code,
                                  .severity = severity,
                                  .document = document,
                                  .line = line,
                                  .column = column,
                                  .message = message.data,
                                  .help = help});
  as_buf_free(&message);
}

size_t as_diags_count(const as_diags *diags) { return diags->count; }
size_t as_diags_errors(const as_diags *diags) { return diags->errors; }
size_t as_diags_dropped(const as_diags *diags) { return diags->dropped; }

as_diag *as_diags_at(const as_diags *diags, size_t i) { return i < diags->count ? &diags->items[i].diag : NULL; }

static int compare_texts(const char *a, const char *b) {
  if (!a || !b) return (a != NULL) - (b != NULL);
  return strcmp(a, b);
}

static int compare_items(const void *pa, const void *pb) {
  const item *a = pa, *b = pb;
  int order = compare_texts(a->diag.document, b->diag.document);
  if (order) return order;
  if (a->diag.line != b->diag.line) return a->diag.line < b->diag.line ? -1 : 1;
  if (a->diag.column != b->diag.column) return a->diag.column < b->diag.column ? -1 : 1;
  order = compare_texts(a->diag.code, b->diag.code);
  if (order) return order;
  return (a->arrival > b->arrival) - (a->arrival < b->arrival);
}

void as_diags_sort(as_diags *diags) {
  if (diags->count > 1) qsort(diags->items, diags->count, sizeof *diags->items, compare_items);
}

/* Writing */

#define SHOWN_CHARACTERS 100 /* of a source line; longer ones are cut around the column */
#define SHOWN_BEFORE 60

/* Appends one character of a source line and gives the columns it takes. */
static size_t show_character(as_str line, size_t at, size_t n, uint32_t code, as_buf *out) {
  if (n && code == '\t') {
    as_buf_addc(out, ' ');
    return 1;
  }
  if (n && !as_utf8_hidden(code)) {
    as_buf_add(out, line.p + at, n);
    return (size_t)as_utf8_width(code);
  }
  size_t before = out->len;
  as_show((as_str){line.p + at, n ? n : 1}, false, out);
  return out->len - before;
}

static void format_source(const as_diag *diag, const char *dim, const char *mark, const char *off, as_buf *out) {
  as_str line = as_str_of(diag->source);
  const char *end = memchr(line.p, '\n', line.n);
  if (end) line.n = (size_t)(end - line.p);
  if (line.n && line.p[line.n - 1] == '\r') line.n--;

  size_t target = 1; /* the column, or the end of the line where that comes first */
  for (size_t i = 0, n; i < line.n && target < diag->column; i += n ? n : 1, target++) n = as_utf8_next(line, i, NULL);
  size_t first = target > SHOWN_BEFORE ? target - SHOWN_BEFORE : 1;
  char gutter[32];
  int width = snprintf(gutter, sizeof gutter, diag->line ? "%5u" : "     ", (unsigned)diag->line);
  as_buf_printf(out, "%s%s |%s ", dim, gutter, off);

  size_t column = 1, columns = 0, caret = 0;
  bool found = false;
  if (first > 1) {
    as_buf_adds(out, "…");
    columns = 1;
  }
  for (size_t i = 0; i < line.n; column++) {
    uint32_t code = 0;
    size_t n = as_utf8_next(line, i, &code);
    if (column >= first + SHOWN_CHARACTERS) {
      as_buf_adds(out, "…");
      break;
    }
    if (column == target) {
      caret = columns;
      found = true;
    }
    if (column >= first) columns += show_character(line, i, n, code, out);
    i += n ? n : 1;
  }
  if (!found) caret = columns; /* behind the end */
  as_buf_addc(out, '\n');
  if (!diag->column) return;
  as_buf_printf(out, "%s%*s |%s ", dim, width, "", off);
  for (size_t i = 0; i < caret; i++) as_buf_addc(out, ' ');
  as_buf_printf(out, "%s^%s\n", mark, off);
}

void as_diag_format(const as_diag *diag, bool color, as_buf *out) {
  static const char *const names[] = {"error", "warning", "note"};
  static const char *const colors[] = {"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m"};
  size_t severity = diag->severity <= AS_NOTE ? (size_t)diag->severity : 0;
  const char *mark = color ? colors[severity] : "";
  const char *bold = color ? "\x1b[1m" : "";
  const char *dim = color ? "\x1b[2m" : "";
  const char *off = color ? "\x1b[0m" : "";

  if (diag->document) {
    as_buf_adds(out, bold);
    as_show(as_str_of(diag->document), false, out);
    if (diag->line) as_buf_printf(out, ":%u", (unsigned)diag->line);
    if (diag->line && diag->column) as_buf_printf(out, ":%u", (unsigned)diag->column);
    as_buf_printf(out, ":%s ", off);
  }
  as_buf_printf(out, "%s%s[%s]:%s ", mark, names[severity], diag->code ? diag->code : "E0000", off);
  as_show(as_str_of(diag->message ? diag->message : ""), false, out);
  as_buf_addc(out, '\n');
  if (diag->source) format_source(diag, dim, mark, off, out);
  if (!diag->help) return;
  as_buf_printf(out, "  %shelp:%s ", bold, off);
  as_str help = as_str_of(diag->help);
  while (help.n && help.p[help.n - 1] == '\n') help.n--;
  for (;;) { /* further lines are indented, so that none can pass for a diagnostic */
    const char *end = help.n ? memchr(help.p, '\n', help.n) : NULL;
    as_str line = {help.p, end ? (size_t)(end - help.p) : help.n};
    as_show(line, true, out);
    as_buf_addc(out, '\n');
    if (!end) break;
    as_buf_adds(out, "        ");
    help.n -= line.n + 1;
    help.p = end + 1;
  }
}
