/* Nodes written as JSON, for tests of what travels between processes. Include it behind cmocka.h. */
#ifndef AS_TESTS_JSON_H
#define AS_TESTS_JSON_H

#include "base/file.h"
#include "read/read.h"

static as_arena *arena; /* the test makes it */

static as_node *json(const char *text) {
  static const char padding[AS_TEXT_PADDING];
  as_buf buf = {0};
  as_buf_adds(&buf, text);
  as_buf_add(&buf, padding, sizeof padding);
  buf.len -= sizeof padding;
  as_diags *diags = as_diags_new();
  as_read_options options = {.format = AS_FORMAT_JSON, .document = "test", .limits = as_read_limits_default};
  as_node *node = as_read_tree(arena, &buf, &options, false, diags);
  if (!node)
    fail_msg("bad JSON in a test: %s", text);
  as_diags_free(diags);
  as_buf_free(&buf);
  return node;
}

#endif
