/* YAML: limits hold (aliases too), and what is accepted becomes JSON that reads back equal. */
#include <math.h>

#include "fuzz_read.h"

/* JSON has no infinity and no NaN. */
static bool is_finite(const as_node *node) {
  if (node->type == AS_NUM && !isfinite(node->u.number)) return false;
  for (const as_node *n = node->first; n; n = n->next)
    if (!is_finite(n)) return false;
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  unsigned flags = fuzz_byte(&data, &size);
  as_buf text = fuzz_text(data, size);
  as_read_options options = {.format = AS_FORMAT_YAML, .document = "a.yaml", .limits = fuzz_limits(flags & 1)};
  uint64_t events;
  bool ok = fuzz_read(&text, &options, 0, &events);
  if (events > 1) fuzz_read(&text, &options, 1 + flags % events, NULL);
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new();
  const as_node *documents = as_read_tree(arena, &text, &options, true, diags);
  FUZZ_CHECK(ok == (documents != NULL));
  if (documents) {
    FUZZ_CHECK(documents->type == AS_LIST && documents->count <= options.limits.yaml_documents);
    for (const as_node *d = documents->first; d; d = d->next)
      if (is_finite(d)) fuzz_check_json(d, 0);
  }
  as_diags_free(diags);
  diags = as_diags_new();
  const as_node *single = as_read_tree(arena, &text, &options, false, diags);
  FUZZ_CHECK(!single || documents);
  FUZZ_CHECK(!single || documents->count == 0 || fuzz_equal(single, documents->first) || !is_finite(single));
  as_arena_free(arena);
  as_diags_free(diags);
  as_buf_free(&text);
  return 0;
}
