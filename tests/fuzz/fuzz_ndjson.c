/* NDJSON: limits hold, a bad line costs only itself, and every line is what JSON makes of it. */
#include "fuzz_read.h"

/* Each accepted document, written as a line of its own, reads back as it was. */
static void check_lines(const as_node *documents) {
  as_buf lines = {0};
  for (const as_node *d = documents->first; d; d = d->next) {
    as_node_json(d, 0, &lines);
    as_buf_adds(&lines, d->next ? "\r\n" : "");
  }
  as_buf text = fuzz_text(lines.data ? lines.data : "", lines.len);
  as_read_options options = {.format = AS_FORMAT_NDJSON, .document = "again.ndjson", .limits = as_limits_default};
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new();
  const as_node *again = as_read_tree(arena, &text, &options, true, diags);
  FUZZ_CHECK(again && fuzz_equal(documents, again));
  as_arena_free(arena);
  as_diags_free(diags);
  as_buf_free(&text);
  as_buf_free(&lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  unsigned flags = fuzz_byte(&data, &size);
  as_buf text = fuzz_text(data, size);
  as_read_options options = {.format = AS_FORMAT_NDJSON, .document = "a.ndjson", .limits = fuzz_limits(flags & 1)};
  uint64_t events;
  bool ok = fuzz_read(&text, &options, 0, &events);
  if (events > 1) fuzz_read(&text, &options, 1 + flags % events, NULL);
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new();
  const as_node *documents = as_read_tree(arena, &text, &options, true, diags);
  FUZZ_CHECK(ok == (documents != NULL));
  if (documents) {
    FUZZ_CHECK(documents->type == AS_LIST && documents->count <= options.limits.records);
    check_lines(documents);
  }
  as_arena_free(arena);
  as_diags_free(diags);
  as_buf_free(&text);
  return 0;
}
