/* Text by a pattern: limits hold, every line gives a map of the same groups. The input: flags, a pattern and a pattern of
 * lines to skip, each ended by a line end, then the text. */
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 8192) return 0;
  unsigned flags = fuzz_byte(&data, &size);
  as_str pattern = fuzz_part(&data, &size, '\n'), skip = fuzz_part(&data, &size, '\n');
  as_buf text = fuzz_text(data, size);
  as_read_options options = {.format = AS_FORMAT_TEXT, .document = "a.log", .limits = fuzz_limits(flags & 1), .pattern = pattern, .skip = skip};
  options.limits.match_steps = flags & 1 ? 500 : 5000;
  uint64_t events;
  bool ok = fuzz_read(&text, &options, 0, &events);
  if (events > 1) fuzz_read(&text, &options, 1 + flags % events, NULL);
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new();
  const as_node *rows = as_read_tree(arena, &text, &options, false, diags);
  FUZZ_CHECK(ok == (rows != NULL));
  if (rows) {
    FUZZ_CHECK(rows->type == AS_LIST && rows->count <= options.limits.records);
    for (const as_node *row = rows->first; row; row = row->next) FUZZ_CHECK(row->type == AS_MAP);
  }
  as_arena_free(arena);
  as_diags_free(diags);
  as_buf_free(&text);
  return 0;
}
