/* Rows of values as text. Lets no byte through that a terminal or a spreadsheet acts upon. */
#include "cli/rows.h"

#include <string.h>

#include "base/utf8.h"

#define GAP 2           /* blanks between columns */
#define LEAST 6         /* columns of the terminal that a column of a table is not cut below */
#define CELL_BYTES 4096 /* of a cell of a table */

struct as_rows {
  as_rows_format format;
  int width;
  as_arena *arena;
  as_buf out;
  const char **names;
  size_t n, count;
  /* tables: cells in order, and what is known of columns */
  const char **cells;
  size_t n_cells, cap;
  int *widths;
  bool *numbers; /* nothing but numbers so far */
};

as_rows *as_rows_new(as_rows_format format, int width) {
  as_rows *rows = as_calloc(1, sizeof *rows);
  rows->format = format;
  rows->width = width;
  rows->arena = as_arena_new();
  return rows;
}

void as_rows_free(as_rows *rows) {
  if (!rows)
    return;
  as_arena_free(rows->arena);
  as_buf_free(&rows->out);
  as_free(rows->names);
  as_free(rows->cells);
  as_free(rows->widths);
  as_free(rows->numbers);
  as_free(rows);
}

as_buf *as_rows_out(as_rows *rows) { return &rows->out; }

/* ---- tables ---- */

static int width_of(const char *text) {
  as_str s = as_str_of(text);
  int width = 0;
  uint32_t code;
  for (size_t i = 0, n; i < s.n && (n = as_utf8_next(s, i, &code)); i += n)
    width += as_utf8_width(code);
  return width;
}

/* A value as one line of safe text. */
static const char *cell(as_rows *rows, const as_node *value) {
  as_buf text = {0};
  if (value->type != AS_NULL) {
    bool cut = value->text.n > CELL_BYTES;
    as_show((as_str){value->text.p, cut ? CELL_BYTES : value->text.n}, false, &text);
    if (cut)
      as_buf_adds(&text, "…");
  }
  const char *copy = as_arena_copy(rows->arena, text.len ? text.data : "", text.len);
  as_buf_free(&text);
  return copy;
}

static void add_cell(as_rows *rows, size_t column, const char *text) {
  as_grow(&rows->cells, &rows->cap, rows->n_cells + 1, sizeof *rows->cells);
  rows->cells[rows->n_cells++] = text;
  int width = width_of(text);
  if (width > rows->widths[column])
    rows->widths[column] = width;
}

/* Takes columns of the terminal off the widest until all fit. */
static void narrow(as_rows *rows) {
  int all = -GAP;
  for (size_t i = 0; i < rows->n; i++)
    all += rows->widths[i] + GAP;
  while (rows->width > 0 && all > rows->width) {
    size_t widest = 0;
    for (size_t i = 1; i < rows->n; i++)
      if (rows->widths[i] > rows->widths[widest])
        widest = i;
    if (rows->widths[widest] <= LEAST)
      return;
    rows->widths[widest]--;
    all--;
  }
}

/* The text within `width` columns; an ellipsis says that something is missing. */
static int put_cut(as_buf *out, const char *text, int width) {
  as_str s = as_str_of(text);
  int used = 0, whole = width_of(text);
  uint32_t code;
  for (size_t i = 0, n; i < s.n && (n = as_utf8_next(s, i, &code)); i += n) {
    int w = as_utf8_width(code);
    if (whole > width && used + w > width - 1) {
      as_buf_adds(out, "…");
      return used + 1;
    }
    as_buf_add(out, s.p + i, n);
    used += w;
  }
  return used;
}

static void put_line(as_rows *rows, const char *const *cells, bool head) {
  as_buf *out = &rows->out;
  for (size_t i = 0; i < rows->n; i++) {
    bool right = rows->numbers[i] && !head, last = i + 1 == rows->n;
    int width = rows->widths[i], used = width_of(cells[i]);
    if (right && used < width)
      as_buf_printf(out, "%*s", width - used, "");
    used = put_cut(out, cells[i], width);
    if (!last)
      as_buf_printf(out, "%*s", (right || used >= width ? 0 : width - used) + GAP, "");
  }
  while (out->len && out->data[out->len - 1] == ' ')
    out->len--;
  as_buf_addc(out, '\n');
}

static void put_table(as_rows *rows) {
  narrow(rows);
  put_line(rows, rows->names, true);
  as_buf line = {0};
  const char **lines = as_arena_alloc(rows->arena, (rows->n + 1) * sizeof *lines);
  for (size_t i = 0; i < rows->n; i++) {
    line.len = 0;
    for (int k = 0; k < rows->widths[i]; k++)
      as_buf_addc(&line, '-');
    lines[i] = as_arena_copy(rows->arena, line.len ? line.data : "", line.len);
  }
  as_buf_free(&line);
  put_line(rows, lines, true);
  for (size_t at = 0; at + rows->n <= rows->n_cells; at += rows->n)
    put_line(rows, rows->cells + at, false);
}

/* ---- CSV ---- */

/* Spreadsheets take a text that begins so for a formula; some take the wide forms of the signs as well. */
static bool is_formula(const char *p) {
  static const char *const signs[] = {"=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (strncmp(p, signs[i], strlen(signs[i])) == 0)
      return true;
  return false;
}

static void put_csv(as_buf *out, const as_node *value) {
  as_buf shown = {0};
  if (value->type == AS_NULL)
    return;
  as_show(value->text, true, &shown);
  bool quoted = value->text.n == 0 || strpbrk(shown.data, ",\"\n") || strspn(shown.data, " \t") || shown.data[shown.len - 1] == ' ';
  if (quoted)
    as_buf_addc(out, '"');
  for (size_t i = 0; i < shown.len; i++) {
    bool begins = i == 0 || shown.data[i - 1] == '\n'; /* of a line within the cell, too */
    if (begins && value->type == AS_TEXT && is_formula(shown.data + i))
      as_buf_addc(out, '\'');
    if (shown.data[i] == '"')
      as_buf_addc(out, '"');
    as_buf_addc(out, shown.data[i]);
  }
  if (quoted)
    as_buf_addc(out, '"');
  as_buf_free(&shown);
}

static void put_csv_line(as_rows *rows, const as_node *list) {
  for (const as_node *n = list->first; n; n = n->next) {
    if (n != list->first)
      as_buf_addc(&rows->out, ',');
    put_csv(&rows->out, n);
  }
  as_buf_addc(&rows->out, '\n');
}

/* ---- JSON ---- */

static void put_json(as_rows *rows, const as_node *row) {
  as_arena *arena = as_arena_new();
  as_node *map = as_node_new(arena, AS_MAP);
  size_t i = 0;
  for (const as_node *n = row->first; n && i < rows->n; n = n->next, i++)
    as_node_put(arena, map, rows->names[i], as_node_copy(arena, n));
  if (rows->format == AS_ROWS_JSON)
    as_buf_adds(&rows->out, rows->count ? ",\n  " : "\n  ");
  as_node_json(map, 0, &rows->out);
  if (rows->format == AS_ROWS_NDJSON)
    as_buf_addc(&rows->out, '\n');
  as_arena_free(arena);
}

/* ---- all of them ---- */

void as_rows_columns(as_rows *rows, const as_node *columns) {
  rows->names = as_calloc(columns->count + 1u, sizeof *rows->names);
  rows->widths = as_calloc(columns->count + 1u, sizeof *rows->widths);
  rows->numbers = as_calloc(columns->count + 1u, sizeof *rows->numbers);
  for (const as_node *n = columns->first; n; n = n->next) {
    const char *name = rows->format == AS_ROWS_TABLE ? cell(rows, n) : as_arena_copy(rows->arena, n->text.p, n->text.n);
    rows->names[rows->n] = name;
    rows->widths[rows->n] = width_of(name);
    rows->numbers[rows->n++] = true;
  }
  if (rows->format == AS_ROWS_JSON)
    as_buf_addc(&rows->out, '[');
  else if (rows->format == AS_ROWS_CSV)
    put_csv_line(rows, columns);
}

void as_rows_add(as_rows *rows, const as_node *row) {
  if (rows->format == AS_ROWS_JSON || rows->format == AS_ROWS_NDJSON)
    put_json(rows, row);
  else if (rows->format == AS_ROWS_CSV)
    put_csv_line(rows, row);
  size_t i = 0;
  for (const as_node *n = row->first; n && i < rows->n && rows->format == AS_ROWS_TABLE; n = n->next, i++) {
    if (n->type == AS_TEXT)
      rows->numbers[i] = false;
    add_cell(rows, i, cell(rows, n));
  }
  rows->count++;
}

void as_rows_end(as_rows *rows) {
  if (!rows->names)
    return;
  if (rows->format == AS_ROWS_TABLE)
    put_table(rows);
  else if (rows->format == AS_ROWS_JSON)
    as_buf_adds(&rows->out, rows->count ? "\n]\n" : "]\n");
}
