/* XML: limits hold, events are well formed (a key may repeat), and what is accepted becomes JSON that reads back equal. */
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  unsigned flags = fuzz_byte(&data, &size);
  as_buf text = fuzz_text(data, size);
  as_read_options options = {.format = AS_FORMAT_XML, .document = "a.xml", .limits = fuzz_limits(flags & 1)};
  uint64_t events;
  bool ok = fuzz_read(&text, &options, 0, &events);
  if (events > 1) fuzz_read(&text, &options, 1 + flags % events, NULL);
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new();
  const as_node *tree = as_read_tree(arena, &text, &options, false, diags);
  FUZZ_CHECK(ok == (tree != NULL));
  if (tree) fuzz_check_json(tree, 0);
  as_arena_free(arena);
  as_diags_free(diags);
  as_buf_free(&text);
  return 0;
}
