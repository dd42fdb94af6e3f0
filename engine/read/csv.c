/* CSV by libcsv in strict mode. libcsv tells the cells, this file finds where they stand: it follows the text by the
 * length of each cell, and hands out slices of the text wherever a cell is the same as its source. Must not repair anything. */
#include <csv.h>
#include <string.h>

#include "read/keys.h"
#include "read/reader.h"

#define CHUNK ((size_t)64 * 1024) /* bytes given to libcsv at a time: how far it reads on after a fault */

typedef struct {
  as_str text;
  const char *at; /* in the text, where text may be a copy */
  uint32_t line, column;
  bool quoted;
} cell;

typedef struct {
  as_reader *r;
  struct csv_parser parser;
  char delimiter;
  /* Where the text behind the last cell begins. */
  const char *at, *end, *line_begin;
  uint32_t line;
  size_t wide; /* bytes that continue characters, from line_begin to at */
  /* The row at hand. */
  cell *cells;
  size_t count, cap;
  const char *row_at;
  uint32_t row_line, row_column;
  as_arena *copies; /* of cells with doubled quotes */
  /* The header. */
  as_str *names;
  size_t columns;
  as_arena *name_arena;
  uint64_t records;
  bool failed, stopped;
} csv;

/* ---- places ---- */

static void pass(csv *c, const char *to) {
  if (!c->r->ascii) c->wide += as_reader_continuations(c->at, (size_t)(to - c->at));
  c->at = to;
}

static void new_line(csv *c, const char *begin) {
  c->line++;
  c->line_begin = c->at = begin;
  c->wide = 0;
}

/* Passes what may hold line breaks (LF, CR LF, or CR). */
static void pass_lines(csv *c, const char *to) {
  const char *p = c->at;
  while (p < to) {
    char ch = *p++;
    if (ch == '\n' || (ch == '\r' && *p != '\n')) new_line(c, p);
  }
  pass(c, to);
}

static uint32_t column(const csv *c) { return (uint32_t)((size_t)(c->at - c->line_begin) - c->wide) + 1; }

static bool is_blank(const csv *c, char ch) { return (ch == ' ' || ch == '\t') && ch != c->delimiter; }

static void pass_blanks(csv *c) {
  while (c->at < c->end && is_blank(c, *c->at)) c->at++;
}

/* Blank lines and the end of the row before. */
static void pass_to_row(csv *c) {
  const char *p = c->at;
  while (p < c->end && (is_blank(c, *p) || *p == '\n' || *p == '\r')) p++;
  pass_lines(c, p);
}

static void fail(csv *c, const char *code, const char *help, const char *message) {
  as_reader_report(c->r, code, c->line, column(c), c->at, help, "%s", message);
  c->failed = true;
}

/* ---- the header ---- */

static as_str trimmed(as_str text) {
  while (text.n && strchr(" \t\r\n", text.p[0])) text.p++, text.n--;
  while (text.n && strchr(" \t\r\n", text.p[text.n - 1])) text.n--;
  return text;
}

static bool check_name(csv *c, as_keys *known, size_t i) {
  const cell *at = &c->cells[i];
  as_str name = c->names[i];
  uint32_t earlier;
  if (!name.n)
    as_reader_report(c->r, "E0154", at->line, at->column, at->at,
                     as_str_is(c->names[0], "sep=") ? "this line names the delimiter to spreadsheets: pass it over with `skip: 1` for this document in bundle.yaml"
                     : i + 1 == c->columns ? "name the column, or remove the delimiter at the end of each line" : "name the column",
                     "column %zu has no name", i + 1);
  else if (name.n > c->r->limits.key_bytes)
    as_reader_limit(c->r, "E0107", at->line, at->column, at->at, "key-bytes", c->r->limits.key_bytes, "the name of a column is too long");
  else if (!as_keys_add(known, name, (uint32_t)i + 1, &earlier))
    as_reader_report(c->r, "E0153", at->line, at->column, at->at, "rename or remove one of the two",
                     "column %zu is named `%s` like column %u", i + 1, as_clip_of(name).text, (unsigned)earlier);
  else
    return true;
  return false;
}

static void take_header(csv *c) {
  c->columns = c->count;
  if (c->count > c->r->limits.csv_columns) {
    as_reader_limit(c->r, "E0155", c->row_line, c->row_column, c->row_at, "csv-columns", c->r->limits.csv_columns,
                    "the header has too many columns");
    c->failed = true;
    return;
  }
  c->names = as_calloc(c->columns, sizeof *c->names);
  as_keys *known = as_keys_new();
  as_keys_open(known);
  for (size_t i = 0; i < c->columns; i++) {
    as_str name = trimmed(c->cells[i].text);
    c->names[i] = (as_str){as_arena_copy(c->name_arena, name.p, name.n), name.n};
    if (!check_name(c, known, i)) c->failed = true;
  }
  as_keys_free(known);
  if (c->failed) return;
  c->stopped = !as_reader_document(c->r, 1, 1, c->r->text.p) ||
               !as_reader_emit(c->r, AS_EV_LIST, AS_NULL, false, AS_STR(""), c->row_line, c->row_column);
}

/* ---- rows ---- */

static void tell_cells(csv *c) {
  if (c->r->left_out) ++*c->r->left_out;
  const char *help = c->count < c->columns ? "add the missing cells; empty ones keep their delimiters"
                                           : "put a cell that holds the delimiter in double quotes, or remove what is too much";
  as_reader_report(c->r, "E0156", c->row_line, c->row_column, c->row_at, help,
                   "this row has %zu cell%s, the header %zu column%s; the row was left out", c->count, c->count == 1 ? "" : "s", c->columns,
                   c->columns == 1 ? "" : "s");
}

static bool emit_row(csv *c) {
  const as_reader *r = c->r;
  if (!as_reader_emit(r, AS_EV_MAP, AS_NULL, false, AS_STR(""), c->row_line, c->row_column)) return false;
  for (size_t i = 0; i < c->columns; i++) {
    const cell *at = &c->cells[i];
    if (!as_reader_emit(r, AS_EV_KEY, AS_TEXT, false, c->names[i], at->line, at->column) ||
        !as_reader_emit(r, AS_EV_SCALAR, at->text.n ? AS_TEXT : AS_NULL, at->quoted, at->text, at->line, at->column))
      return false;
  }
  return as_reader_emit(r, AS_EV_END, AS_NULL, false, AS_STR(""), c->line, column(c));
}

static void on_row(int terminator, void *ctx) {
  (void)terminator;
  csv *c = ctx;
  if (c->failed || c->stopped) return;
  if (!c->names) {
    take_header(c);
  } else if (c->records++ == c->r->limits.records) {
    as_reader_limit(c->r, "E0141", c->row_line, c->row_column, c->row_at, "records", c->r->limits.records, "the file has too many rows");
    c->failed = true;
  } else if (c->count != c->columns) {
    tell_cells(c);
  } else {
    c->stopped = !emit_row(c);
  }
  c->count = 0;
  if (as_arena_used(c->copies)) as_arena_reset(c->copies);
}

static size_t count_quotes(const char *p, size_t n) {
  size_t count = 0;
  for (const char *q = p; (q = memchr(q, '"', n - (size_t)(q - p))); q++) count++;
  return count;
}

/* Whether a quoted cell holds no quote and no line break: then it is its source. Reads up to seven bytes on. */
static bool is_simple(const char *p, size_t n) {
  const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
  if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__) return false;
  for (size_t i = 0; i < n; i += 8) {
    uint64_t w;
    memcpy(&w, p + i, 8);
    if (n - i < 8) w |= ~UINT64_C(0) << (n - i) * 8;
    uint64_t quote = w ^ ones * '"', lf = w ^ ones * '\n', cr = w ^ ones * '\r';
    if ((((quote - ones) & ~quote) | ((lf - ones) & ~lf) | ((cr - ones) & ~cr)) & highs) return false;
  }
  return true;
}

static void on_cell(void *bytes, size_t n, void *ctx) {
  csv *c = ctx;
  if (c->failed || c->stopped) return;
  if (!c->count) {
    pass_to_row(c);
    c->row_at = c->at;
    c->row_line = c->line;
    c->row_column = column(c);
  } else {
    pass_blanks(c);
  }
  cell new = {.line = c->line, .column = column(c), .quoted = c->at < c->end && *c->at == '"', .text = {c->at, n}, .at = c->at};
  if (n > c->r->limits.text_bytes) {
    as_reader_limit(c->r, "E0106", c->line, column(c), c->at, "text-bytes", c->r->limits.text_bytes, "a cell is too long");
    c->failed = true;
    return;
  }
  if (new.quoted && is_simple(c->at + 1, n)) {
    new.text.p++;
    pass(c, c->at + n + 2);
  } else if (new.quoted) {
    size_t doubled = n ? count_quotes(bytes, n) : 0;
    new.text.p++;
    if (doubled) new.text.p = as_arena_copy(c->copies, bytes, n);
    pass_lines(c, c->at + n + doubled + 2);
  } else {
    pass(c, c->at + n);
  }
  pass_blanks(c);
  if (c->at < c->end && *c->at == c->delimiter) c->at++;
  /* Of a row that is too long no more is kept than is needed to see it. */
  if (!c->names || c->count <= c->columns) {
    if (!c->names && c->count > c->r->limits.csv_columns) {
      c->count++;
      return;
    }
    if (c->count == c->cap) as_grow(&c->cells, &c->cap, c->count + 1, sizeof *c->cells);
    c->cells[c->count] = new;
  }
  c->count++;
}

/* ---- faults ---- */

/* Goes to where the cell begins that libcsv is in. */
static void pass_to_cell(csv *c) {
  if (c->count)
    pass_blanks(c);
  else
    pass_to_row(c);
}

static void tell_quote(csv *c, const char *at) {
  bool quoted = c->parser.quoted;
  pass_to_cell(c);
  pass_lines(c, at);
  if (quoted)
    fail(c, "E0152", "write a quote within a quoted cell twice (\"\"), and put the delimiter directly behind the closing one",
         "something stands behind the closing quote of a cell");
  else
    fail(c, "E0152", "put the whole cell in double quotes, and write the quotes in it twice (\"\")",
         "a quote stands within a cell that does not begin with one");
}

static void tell_unclosed(csv *c) {
  pass_to_cell(c);
  fail(c, "E0151", "close it, or export the file again if it was cut off; within a quoted cell write a quote twice (\"\")",
       "the quote that opens here is never closed");
}

static void tell_long(csv *c) {
  pass_to_cell(c);
  as_reader_limit(c->r, "E0106", c->line, column(c), c->at, "text-bytes", c->r->limits.text_bytes,
                  *c->at == '"' ? "a cell is too long; perhaps the quote that opens here is never closed" : "a cell is too long");
  c->failed = true;
}

/* ---- the delimiter ---- */

static char detect(as_str text) {
  static const char candidates[] = {',', ';', '\t', '|'};
  size_t counts[4] = {0}, best = 0;
  const char *p = text.p, *end = p + text.n;
  bool quoted = false, begun = false;
  for (; p < end; p++) {
    if (*p == '"') quoted = !quoted;
    if ((*p == '\n' || *p == '\r') && !quoted && begun) break;
    if (*p != ' ' && *p != '\n' && *p != '\r') begun = true;
    for (size_t i = 0; i < 4 && !quoted; i++) counts[i] += *p == candidates[i];
  }
  for (size_t i = 1; i < 4; i++)
    if (counts[i] > counts[best]) best = i;
  return candidates[best];
}

static bool settle_delimiter(csv *c) {
  const char *name = c->r->document;
  size_t n = name ? strlen(name) : 0;
  char given = c->r->csv_delimiter;
  as_str text = {c->at, (size_t)(c->end - c->at)};
  if (!given) given = n > 4 && !strcasecmp(name + n - 4, ".tsv") ? '\t' : detect(text);
  c->delimiter = given;
  if (given == '\t' || (given > ' ' && given < 0x7f && given != '"')) return true;
  as_reader_report(c->r, "E0157", 1, 1, c->r->text.p, "use one of , ; | or TAB", "the character 0x%02x cannot part the cells of a CSV file",
                   (unsigned)(unsigned char)given);
  return false;
}

/* Leaves the lines above the header out. */
static void pass_preamble(csv *c) {
  for (uint32_t i = 0; i < c->r->csv_skip && c->at < c->end; i++) {
    const char *p = c->at;
    while (p < c->end && *p != '\n' && !(*p == '\r' && p[1] != '\n')) p++;
    if (p < c->end) p++;
    new_line(c, p);
  }
}

static void parse(csv *c) {
  const char *p = c->at;
  while (p < c->end && !c->failed && !c->stopped) {
    size_t n = (size_t)(c->end - p) < CHUNK ? (size_t)(c->end - p) : CHUNK;
    size_t done = csv_parse(&c->parser, p, n, on_cell, on_row, c);
    p += done;
    if (c->failed || c->stopped) return;
    if (done < n) {
      if (csv_error(&c->parser) != CSV_EPARSE) as_mem_exhausted();
      tell_quote(c, p);
    } else if (csv_get_buffer_size(&c->parser) > c->r->limits.text_bytes && c->parser.entry_pos > c->r->limits.text_bytes) {
      tell_long(c);
    }
  }
  if (c->failed || c->stopped) return;
  if (csv_fini(&c->parser, on_cell, on_row, c)) tell_unclosed(c);
}

bool as_reader_csv(as_reader *r) {
  csv c = {.r = r, .at = r->text.p, .end = r->text.p + r->text.n, .line_begin = r->text.p, .line = 1};
  pass_preamble(&c);
  if (!settle_delimiter(&c)) return false;
  c.copies = as_arena_new();
  c.name_arena = as_arena_new();
  csv_init(&c.parser, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_delim(&c.parser, (unsigned char)c.delimiter);
  csv_set_blk_size(&c.parser, CHUNK);
  parse(&c);
  csv_free(&c.parser);
  if (!c.failed && !c.stopped && !c.names) {
    as_reader_report(r, "E0150", 1, 1, NULL, "the first line of a CSV file names its columns: export it again",
                     "the file is empty: it has no header line");
    c.failed = true;
  }
  if (!c.failed && !c.stopped) {
    pass_lines(&c, c.end);
    c.stopped = !as_reader_emit(r, AS_EV_END, AS_NULL, false, AS_STR(""), c.line, column(&c));
  }
  as_free(c.names);
  as_free(c.cells);
  as_arena_free(c.copies);
  as_arena_free(c.name_arena);
  return !c.failed && !c.stopped;
}
