/* JSON: limits hold; what is accepted is written as JSON that reads back equal; two parsers (simdjson and the slow strict
 * checker of faults) agree on what JSON is. */
#include "fuzz_read.h"
#include "read/json.h"

/* The checker knows grammar and depth; the walker refuses some things more. */
static void check_checker(const as_buf *text, const as_limits *limits, bool accepted) {
  as_str bytes = {text->data, text->len};
  if (!accepted || (text->len >= 3 && memcmp(text->data, "\xef\xbb\xbf", 3) == 0) || !as_utf8_valid(bytes, NULL)) return;
  as_json_fault fault = {0};
  FUZZ_CHECK(as_json_check(bytes, 1, false, (uint32_t)limits->depth, &fault));
}

static bool count_syntax(const as_diags *diags) {
  for (size_t i = 0; i < as_diags_count(diags); i++)
    if (strstr(as_diags_at(diags, i)->message, "this is no JSON")) return true; /* the checker found nothing wrong */
  return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  unsigned flags = fuzz_byte(&data, &size);
  as_buf text = fuzz_text(data, size);
  as_read_options options = {.format = AS_FORMAT_JSON, .document = "a.json", .limits = fuzz_limits(flags & 1)};
  uint64_t events;
  bool ok = fuzz_read(&text, &options, 0, &events);
  if (events > 1) fuzz_read(&text, &options, 1 + flags % events, NULL);
  check_checker(&text, &options.limits, ok);
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new();
  const as_node *tree = as_read_tree(arena, &text, &options, false, diags);
  FUZZ_CHECK(ok == (tree != NULL));
  FUZZ_CHECK(!count_syntax(diags));
  if (tree) {
    fuzz_check_json(tree, flags & 2 ? 2 : 0);
    fuzz_check_wire(tree);
  }
  as_arena_free(arena);
  as_diags_free(diags);
  as_buf_free(&text);
  return 0;
}
