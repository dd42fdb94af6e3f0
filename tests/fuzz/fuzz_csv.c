/* CSV: limits hold, all rows have the columns of the header, and what is accepted, written with quotes everywhere, reads
 * back equal. */
#include "fuzz_read.h"

static void put_cell(as_buf *out, as_str text, const char *behind) {
  as_buf_addc(out, '"');
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] == '"') as_buf_addc(out, '"');
    as_buf_addc(out, text.p[i]);
  }
  as_buf_addc(out, '"');
  as_buf_adds(out, behind);
}

/* A null cell is an empty one. */
static void check_again(const as_node *rows) {
  as_buf lines = {0};
  if (!rows->first) return;
  for (const as_node *cell = rows->first->first; cell; cell = cell->next) put_cell(&lines, cell->key, cell->next ? "," : "\n");
  for (const as_node *row = rows->first; row; row = row->next)
    for (const as_node *cell = row->first; cell; cell = cell->next) put_cell(&lines, cell->type == AS_TEXT ? cell->text : AS_STR(""), cell->next ? "," : "\n");
  as_buf text = fuzz_text(lines.data, lines.len);
  as_read_options options = {.format = AS_FORMAT_CSV, .document = "again.csv", .limits = as_limits_default, .csv_delimiter = ','};
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new();
  const as_node *again = as_read_tree(arena, &text, &options, false, diags);
  FUZZ_CHECK(again && fuzz_equal(rows, again));
  as_arena_free(arena);
  as_diags_free(diags);
  as_buf_free(&text);
  as_buf_free(&lines);
}

static void check_rows(const as_node *rows, const as_limits *limits) {
  FUZZ_CHECK(rows->type == AS_LIST && rows->count <= limits->records);
  const as_node *first = rows->first;
  for (const as_node *row = first; row; row = row->next) {
    FUZZ_CHECK(row->type == AS_MAP && row->count == first->count && row->count <= limits->csv_columns);
    const as_node *cell = row->first;
    for (const as_node *c = first->first; c; c = c->next, cell = cell->next)
      FUZZ_CHECK(as_str_eq(c->key, cell->key) && (cell->type == AS_TEXT || cell->type == AS_NULL));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char delimiters[] = {0, 0, ',', ';', '\t', '|', ' ', '"'};
  unsigned flags = fuzz_byte(&data, &size), skip = fuzz_byte(&data, &size);
  as_buf text = fuzz_text(data, size);
  as_read_options options = {.format = AS_FORMAT_CSV, .document = flags & 2 ? "a.tsv" : "a.csv", .limits = fuzz_limits(flags & 1),
                             .csv_delimiter = delimiters[flags >> 2 & 7], .csv_skip = skip & 0x80 ? skip & 3 : 0};
  uint64_t events;
  bool ok = fuzz_read(&text, &options, 0, &events);
  if (events > 1) fuzz_read(&text, &options, 1 + flags % events, NULL);
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new();
  const as_node *rows = as_read_tree(arena, &text, &options, false, diags);
  FUZZ_CHECK(ok == (rows != NULL));
  if (rows) {
    check_rows(rows, &options.limits);
    check_again(rows);
  }
  as_arena_free(arena);
  as_diags_free(diags);
  as_buf_free(&text);
  return 0;
}
