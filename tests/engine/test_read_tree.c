/* Trees from events. */
#include "read_help.h"

static as_node *tree(as_arena *arena, as_format format, const char *bytes, bool many, as_diags *diags) {
  as_buf text = padded(bytes, strlen(bytes));
  as_read_options options = format_how(format).options;
  as_node *node = as_read_tree(arena, &text, &options, many, diags);
  as_buf_free(&text);
  return node;
}

static void check_tree(as_format format, const char *text, bool many, const char *expected) {
  as_arena *arena = as_arena_new();
  as_diags *diags = as_diags_new();
  as_node *node = tree(arena, format, text, many, diags);
  as_buf out = {0};
  if (node)
    as_node_json(node, 0, &out);
  else
    as_buf_adds(&out, as_diags_count(diags) ? as_diags_at(diags, 0)->code : "nothing");
  assert_string_equal(out.data, expected);
  assert_true(!node == (as_diags_errors(diags) > 0));
  as_buf_free(&out);
  as_diags_free(diags);
  as_arena_free(arena);
}

static void whole_values(void **state) {
  (void)state;
  check_tree(AS_FORMAT_JSON, "{\"a\":[1,2.5,\"x\",null,true,{}],\"b\":[]}", false, "{\"a\":[1,2.5,\"x\",null,true,{}],\"b\":[]}");
  check_tree(AS_FORMAT_YAML, "a: [1, 2.5, x, ~, True]\nb:\n", false, "{\"a\":[1,2.5,\"x\",null,true],\"b\":null}");
  check_tree(AS_FORMAT_CSV, "a,b\n1,\n", false, "[{\"a\":\"1\",\"b\":null}]");
  check_tree(AS_FORMAT_JSON, "7", false, "7");
  check_tree(AS_FORMAT_JSON, "[1", false, "E0131");
}

static void documents(void **state) {
  (void)state;
  check_tree(AS_FORMAT_YAML, "a: 1\n---\nb: 2\n", false, "E0121");
  check_tree(AS_FORMAT_YAML, "a: 1\n---\nb: 2\n", true, "[{\"a\":1},{\"b\":2}]");
  check_tree(AS_FORMAT_YAML, "a: 1\n", true, "[{\"a\":1}]");
  check_tree(AS_FORMAT_NDJSON, "1\n[2]\n", false, "E0121");
  check_tree(AS_FORMAT_NDJSON, "1\n[2]\n", true, "[1,[2]]");
  check_tree(AS_FORMAT_NDJSON, "1\n", false, "1");
  check_tree(AS_FORMAT_NDJSON, "1\n{\n", true, "E0131");
  check_tree(AS_FORMAT_YAML, "", false, "null");
  check_tree(AS_FORMAT_YAML, "# nothing\n", false, "null");
  check_tree(AS_FORMAT_YAML, "---\n", false, "null");
  check_tree(AS_FORMAT_YAML, "", true, "[]");
  check_tree(AS_FORMAT_NDJSON, "", false, "null");
  check_tree(AS_FORMAT_JSON, "", false, "E0134");
}

static void nodes_know_their_place(void **state) {
  (void)state;
  as_arena *arena = as_arena_new();
  as_diags *diags = as_diags_new();
  as_node *root = tree(arena, AS_FORMAT_YAML, "# x\na:\n  - b: 'q'\n    c: 0x1F\nd: .inf\ne: -0o17\nf: 12345678901234567890\ng: TRUE\n", false, diags);
  assert_non_null(root);
  assert_null(root->parent);
  const as_node *b = as_node_get(root->first->first, "b"), *c = as_node_get(root->first->first, "c");
  assert_int_equal(b->line, 3);
  assert_int_equal(b->column, 8);
  assert_int_equal(b->key_line, 3);
  assert_int_equal(b->key_column, 5);
  assert_true(b->quoted);
  assert_false(c->quoted);
  assert_int_equal(c->type, AS_INT);
  assert_int_equal(c->u.integer, 31);
  assert_string_equal(c->text.p, "0x1F");
  assert_int_equal(root->count, 5);
  const as_node *d = as_node_get(root, "d");
  assert_int_equal(d->type, AS_NUM);
  assert_true(d->u.number > 1e308);
  assert_int_equal(as_node_get(root, "e")->type, AS_TEXT);
  assert_int_equal(as_node_get(root, "f")->type, AS_NUM);
  assert_true(as_node_number(root, "f", 0) == 12345678901234567890.0);
  assert_true(as_node_boolean(root, "g", false));
  assert_string_equal(as_node_str(root, "g", ""), "true");
  as_diags_free(diags);
  as_arena_free(arena);
}

static void numbers(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double value;
  } all[] = {{"1.5", 1.5},         {"-1.5e3", -1500},   {"+.5", 0.5},       {"5.", 5},     {"1e-400", 0}, {"-0.0", 0},
             {"-.inf", -(double)__builtin_inf()},       {"0xffffffffffffffffff", 4722366482869645213695.0}, {"1e22", 1e22}, {"0.1", 0.1},
             {"-9223372036854775809", -9223372036854775808.0}, {"2.2250738585072011e-308", 2.2250738585072011e-308}};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    as_arena *arena = as_arena_new();
    as_diags *diags = as_diags_new();
    const as_node *node = tree(arena, AS_FORMAT_YAML, all[i].text, false, diags);
    assert_non_null(node);
    if (node->type != AS_NUM || node->u.number != all[i].value) print_error("%s: type %d, %.17g\n", all[i].text, (int)node->type, node->u.number);
    assert_int_equal(node->type, AS_NUM);
    assert_true(node->u.number == all[i].value);
    as_diags_free(diags);
    as_arena_free(arena);
  }
}

static as_event event(as_event_kind kind, as_node_type type, const char *text) {
  return (as_event){.kind = kind, .type = type, .text = as_str_of(text), .line = 1, .column = 1};
}

static void builder_is_reusable(void **state) {
  (void)state;
  as_arena *arena = as_arena_new();
  as_tree *builder = as_tree_new(arena);
  as_event map = event(AS_EV_MAP, AS_NULL, ""), list = event(AS_EV_LIST, AS_NULL, ""), end = event(AS_EV_END, AS_NULL, "");
  as_event key = event(AS_EV_KEY, AS_TEXT, "k"), one = event(AS_EV_SCALAR, AS_INT, "1"), document = event(AS_EV_DOCUMENT, AS_NULL, "");
  for (int i = 0; i < 3; i++) {
    assert_null(as_tree_feed(builder, &map));
    assert_null(as_tree_feed(builder, &key));
    assert_null(as_tree_feed(builder, &list));
    assert_null(as_tree_feed(builder, &one));
    assert_null(as_tree_feed(builder, &end));
    as_node *node = as_tree_feed(builder, &end);
    assert_non_null(node);
    assert_int_equal(as_node_get(node, "k")->first->u.integer, 1);
    as_node *lone = as_tree_feed(builder, &one);
    assert_non_null(lone);
    assert_int_equal(lone->u.integer, 1);
    /* What is incomplete is dropped by the next document. */
    assert_null(as_tree_feed(builder, &list));
    assert_null(as_tree_feed(builder, &document));
    as_arena_reset(arena);
  }
  as_tree_free(builder);
  as_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whole_values), cmocka_unit_test(documents), cmocka_unit_test(nodes_know_their_place),
      cmocka_unit_test(numbers),      cmocka_unit_test(builder_is_reusable),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
