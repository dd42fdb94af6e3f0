/* Nodes: building, finding, copying, JSON, the binary form and its refusal of everything else. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/node.h"
#include "base/node_text.h"

static as_arena *arena;
static int open_arena(void **state) {
  (void)state;
  arena = as_arena_new();
  return 0;
}
static int close_arena(void **state) {
  (void)state;
  as_arena_free(arena);
  return 0;
}

static uint64_t random_state = 88172645463325252u;
static uint64_t random_bits(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state;
}

static char *json(const as_node *node, int indent) {
  as_buf buf = {0};
  as_node_json(node, indent, &buf);
  char *text = as_arena_copy(arena, buf.data, buf.len);
  as_buf_free(&buf);
  return text;
}
#define TEXT_JSON(literal) json(as_node_text(arena, AS_STR(literal)), 0)

static as_node *sample(void) {
  as_node *map = as_node_new(arena, AS_MAP);
  as_node_put(arena, map, "name", as_node_text(arena, AS_STR("Ada")));
  as_node_put(arena, map, "score", as_node_num(arena, 84));
  as_node_put(arena, map, "count", as_node_int(arena, -7));
  as_node_put(arena, map, "done", as_node_bool(arena, true));
  as_node_put(arena, map, "none", as_node_null(arena));
  as_node *list = as_node_put(arena, map, "list", as_node_new(arena, AS_LIST));
  as_node_add(list, as_node_textf(arena, "%d%%", 5));
  as_node_add(list, as_node_new(arena, AS_LIST));
  as_node_add(list, as_node_new(arena, AS_MAP));
  return map;
}

static void members_are_found(void **state) {
  (void)state;
  as_node *map = sample();
  assert_int_equal(map->count, 6);
  assert_string_equal(as_node_str(map, "name", "?"), "Ada");
  assert_string_equal(as_node_str(map, "score", "?"), "84.0");
  assert_string_equal(as_node_str(map, "count", "?"), "-7");
  assert_string_equal(as_node_str(map, "done", "?"), "true");
  assert_string_equal(as_node_str(map, "none", "?"), "?");
  assert_string_equal(as_node_str(map, "list", "?"), "?");
  assert_null(as_node_str(map, "absent", NULL));
  assert_int_equal(as_node_integer(map, "count", 1), -7);
  assert_int_equal(as_node_integer(map, "score", 1), 84);
  assert_int_equal(as_node_integer(map, "name", 1), 1);
  assert_true(as_node_number(map, "score", 0) == 84);
  assert_true(as_node_number(map, "count", 0) == -7);
  assert_true(as_node_number(map, "absent", 2.5) == 2.5);
  assert_true(as_node_boolean(map, "done", false));
  assert_true(as_node_boolean(map, "name", true));
  assert_null(as_node_get(map, "absent"));
  assert_null(as_node_get(NULL, "name"));
  assert_null(as_node_get(as_node_get(map, "list"), "name"));
  assert_ptr_equal(as_node_gets(map, AS_STR("list")), map->last);
  assert_ptr_equal(map->last->parent, map);
}

static void numbers_that_do_not_fit_are_no_integers(void **state) {
  (void)state;
  as_node *map = as_node_new(arena, AS_MAP);
  as_node_put(arena, map, "huge", as_node_num(arena, 0x1p63));
  as_node_put(arena, map, "least", as_node_num(arena, -0x1p63));
  as_node_put(arena, map, "half", as_node_num(arena, 0.5));
  as_node_put(arena, map, "nan", as_node_num(arena, NAN));
  assert_int_equal(as_node_integer(map, "huge", 1), 1);
  assert_true(as_node_integer(map, "least", 1) == INT64_MIN);
  assert_int_equal(as_node_integer(map, "half", 1), 1);
  assert_int_equal(as_node_integer(map, "nan", 1), 1);
}

static void json_is_written(void **state) {
  (void)state;
  as_node *map = sample();
  assert_string_equal(json(map, 0),
                      "{\"name\":\"Ada\",\"score\":84.0,\"count\":-7,\"done\":true,\"none\":null,"
                      "\"list\":[\"5%\",[],{}]}");
  assert_string_equal(json(map, 2),
                      "{\n  \"name\": \"Ada\",\n  \"score\": 84.0,\n  \"count\": -7,\n  \"done\": true,\n"
                      "  \"none\": null,\n  \"list\": [\n    \"5%\",\n    [],\n    {}\n  ]\n}");
  assert_string_equal(json(as_node_get(map, "list"), 0), "[\"5%\",[],{}]"); /* only that branch */
  assert_string_equal(json(as_node_get(map, "name"), 0), "\"Ada\"");
  assert_string_equal(json(as_node_int(arena, INT64_MIN), 0), "-9223372036854775808");
}

static void json_texts_are_escaped(void **state) {
  (void)state;
  assert_string_equal(TEXT_JSON(""), "\"\"");
  assert_string_equal(TEXT_JSON("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
  assert_string_equal(TEXT_JSON("\n\r\t\b\f\x01\x1f\0"), "\"\\n\\r\\t\\u0008\\u000c\\u0001\\u001f\\u0000\"");
  assert_string_equal(TEXT_JSON("</script>"), "\"\\u003c/script>\"");
  assert_string_equal(TEXT_JSON("\x7f\xc2\x80\xc2\x9f\u00a0"), "\"\\u007f\\u0080\\u009f\u00a0\"");
  assert_string_equal(TEXT_JSON("\u2027\u2028\u2029\u202a"), "\"\u2027\\u2028\\u2029\u202a\"");
  assert_string_equal(TEXT_JSON("日本\U0001f600"), "\"日本\U0001f600\"");
  assert_string_equal(TEXT_JSON("a\xff\xc3z\xed\xa0\x80"), "\"a\ufffd\ufffdz\ufffd\ufffd\ufffd\"");
}

static void any_bytes_give_valid_json_text(void **state) {
  (void)state;
  for (int round = 0; round < 50000; round++) {
    char bytes[16];
    size_t n = random_bits() % sizeof bytes;
    for (size_t i = 0; i < n; i++) bytes[i] = (char)(random_bits() >> 40);
    as_buf out = {0};
    as_json_string((as_str){bytes, n}, &out);
    assert_true(as_utf8_valid((as_str){out.data, out.len}, NULL));
    for (size_t i = 0; i < out.len; i++) assert_true((unsigned char)out.data[i] >= 0x20 && out.data[i] != '<');
    as_buf_free(&out);
  }
}

static void numbers_are_short_and_exact(void **state) {
  (void)state;
  static const struct {
    double value;
    const char *text;
  } known[] = {{84, "84.0"},
               {0, "0.0"},
               {-1, "-1.0"},
               {0.1, "0.1"},
               {0.30000000000000004, "0.30000000000000004"},
               {1.0 / 3, "0.3333333333333333"},
               {99.5, "99.5"},
               {1e14, "100000000000000.0"},
               {999999999999999, "999999999999999.0"},
               {1e15, "1e+15"},
               {1e300, "1e+300"},
               {5e-324, "5e-324"},
               {2.5e-310, "2.5e-310"},
               {123456789.125, "123456789.125"},
               {1e-7, "1e-07"}};
  char text[AS_NUMBER_TEXT];
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    assert_int_equal(as_number_text(known[i].value, text), strlen(known[i].text));
    assert_string_equal(text, known[i].text);
  }
  assert_string_equal(json(as_node_num(arena, NAN), 0), "null");
  assert_string_equal(json(as_node_num(arena, INFINITY), 0), "null");
  assert_string_equal(json(as_node_num(arena, -INFINITY), 0), "null");
  for (int i = 0; i < 200000; i++) {
    uint64_t bits = random_bits();
    double value;
    memcpy(&value, &bits, sizeof value);
    if (i % 2) value = (double)(int64_t)bits / 1024.0;
    if (!isfinite(value)) continue;
    size_t n = as_number_text(value, text);
    assert_true(n < sizeof text);
    if (strtod(text, NULL) != value) fail_msg("%s", text);
  }
}

static bool equal(const as_node *a, const as_node *b) {
  if (a->type != b->type || a->quoted != b->quoted || a->line != b->line || a->column != b->column ||
      a->key_line != b->key_line || a->key_column != b->key_column || a->count != b->count)
    return false;
  if (!as_str_eq(a->key, b->key) || !as_str_eq(a->text, b->text) || b->text.p[b->text.n] != 0) return false;
  if (a->type == AS_BOOL && a->u.boolean != b->u.boolean) return false;
  if ((a->type == AS_INT || a->type == AS_NUM) && a->u.integer != b->u.integer) return false;
  const as_node *x = a->first, *y = b->first;
  for (; x && y; x = x->next, y = y->next)
    if (y->parent != b || !equal(x, y)) return false;
  return !x && !y && (b->count == 0) == (b->last == NULL);
}

static as_node *random_node(int depth) {
  static const char *const texts[] = {"", "a", "longer text", "é", "a\nb", "\U0001f600"};
  as_node *node = NULL;
  switch (random_bits() % (depth < 6 ? 8 : 5)) {
    case 0: node = as_node_null(arena); break;
    case 1: node = as_node_bool(arena, random_bits() & 1); break;
    case 2: node = as_node_int(arena, (int64_t)random_bits() >> random_bits() % 64); break;
    case 3: node = as_node_num(arena, (double)(int64_t)random_bits() / 4096); break;
    case 4: node = as_node_text(arena, as_str_of(texts[random_bits() % 6])); break;
    case 5: {
      node = as_node_new(arena, AS_LIST);
      for (uint64_t n = random_bits() % 5; n; n--) as_node_add(node, random_node(depth + 1));
      break;
    }
    default: {
      node = as_node_new(arena, AS_MAP);
      for (uint64_t n = random_bits() % 5; n; n--)
        as_node_put(arena, node, texts[random_bits() % 6], random_node(depth + 1));
    }
  }
  node->quoted = random_bits() & 1;
  if (random_bits() & 1) node->line = (uint32_t)random_bits();
  if (random_bits() & 1) node->column = (uint32_t)random_bits() >> 20;
  if (random_bits() & 1) node->key_line = (uint32_t)random_bits();
  if (random_bits() & 1) node->key_column = (uint32_t)random_bits() >> 20;
  return node;
}

static void trees_travel_whole(void **state) {
  (void)state;
  for (int i = 0; i < 3000; i++) {
    as_node *node = random_node(0), *back = NULL;
    as_buf wire = {0};
    as_node_encode(node, &wire);
    char *exact = as_alloc(wire.len); /* so that a byte read too far is noticed */
    memcpy(exact, wire.data, wire.len);
    assert_true(as_node_decode(arena, exact, wire.len, 1000000, &back));
    assert_true(equal(node, back));
    as_node *copy = as_node_copy(arena, node);
    assert_true(equal(node, copy));
    as_free(exact);
    as_buf_free(&wire);
    as_arena_reset(arena);
  }
}

static void a_copy_is_of_its_branch_only(void **state) {
  (void)state;
  as_node *map = sample();
  as_node *copy = as_node_copy(arena, as_node_get(map, "name"));
  assert_null(copy->next);
  assert_null(copy->parent);
  as_node *list = as_node_copy(arena, as_node_get(map, "list"));
  assert_string_equal(json(list, 0), "[\"5%\",[],{}]");
  as_buf wire = {0};
  as_node *back = NULL;
  as_node_encode(as_node_get(map, "list"), &wire);
  assert_true(as_node_decode(arena, wire.data, wire.len, 4, &back));
  assert_string_equal(json(back, 0), "[\"5%\",[],{}]");
  assert_false(as_node_decode(arena, wire.data, wire.len, 3, &back)); /* one node too many */
  as_buf_free(&wire);
}

static as_node *nested(int levels) {
  as_node *root = as_node_new(arena, AS_LIST), *at = root;
  for (int i = 1; i < levels; i++) at = as_node_add(at, as_node_new(arena, AS_LIST));
  return root;
}

static void depth_is_limited(void **state) {
  (void)state;
  as_node *back = NULL;
  for (int levels = 63; levels <= 66; levels++) {
    as_buf wire = {0};
    as_node_encode(nested(levels), &wire);
    assert_int_equal(as_node_decode(arena, wire.data, wire.len, 1000, &back), levels <= 64);
    as_buf_free(&wire);
  }
  as_node *deep = nested(1000000); /* costs no stack */
  assert_int_equal(strlen(json(as_node_copy(arena, deep), 0)), 2000000);
}

static void what_is_no_utf8_travels_replaced(void **state) {
  (void)state;
  as_buf wire = {0};
  as_node *back = NULL;
  as_node_encode(as_node_text(arena, AS_STR("a\xff z")), &wire);
  assert_true(as_node_decode(arena, wire.data, wire.len, 10, &back));
  assert_string_equal(back->text.p, "a\ufffd z");
  as_buf_free(&wire);
}

static bool decodes(const void *bytes, size_t n) {
  as_node *node = NULL;
  char *exact = as_alloc(n);
  memcpy(exact, bytes, n);
  bool ok = as_node_decode(arena, exact, n, 1000, &node);
  as_free(exact);
  return ok;
}
#define DECODES(literal) decodes("AN1\n" literal, sizeof("AN1\n" literal) - 1)

static void faults_are_refused(void **state) {
  (void)state;
  assert_true(DECODES("\x00\x00"));
  assert_true(DECODES("\x04\x01"
                      "a"));
  assert_false(decodes("", 0));
  assert_false(decodes("AN2\n\x00\x00", 6));
  assert_false(DECODES(""));
  assert_false(DECODES("\x00"));
  assert_false(DECODES("\x00\x00\x00"));                                             /* something behind */
  assert_false(DECODES("\x07\x00"));                                                 /* no such type */
  assert_false(DECODES("\x40\x00"));                                                 /* no such flag */
  assert_false(DECODES("\x04\x02" "a"));                                             /* text too long */
  assert_false(DECODES("\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01" "a"));         /* 2^64-1 bytes */
  assert_false(DECODES("\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02" "a"));         /* more than 64 bits */
  assert_false(DECODES("\x04\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00" "a"));     /* endless number */
  assert_false(DECODES("\x04\x01\xff"));                                             /* no UTF-8 */
  assert_false(DECODES("\x01\x00\x02"));                                             /* neither true nor false */
  assert_false(DECODES("\x02\x00\x01\x02\x03"));                                     /* a cut integer */
  assert_false(DECODES("\x05\x00\x01"));                                             /* a member that is not there */
  assert_false(DECODES("\x05\x00\xff\xff\xff\xff\x0f\x00\x00"));                     /* four billion members */
  assert_false(DECODES("\x06\x00\x01\x00\x02" "a"));                                 /* a cut key */
  assert_false(DECODES("\x10\xff\xff\xff\xff\x1f\x01\x00"));                         /* line of 33 bits */
}

static void broken_bytes_never_break_the_decoder(void **state) {
  (void)state;
  for (int i = 0; i < 20000; i++) {
    as_buf wire = {0};
    as_node_encode(random_node(0), &wire);
    for (uint64_t k = random_bits() % 4; k; k--) wire.data[random_bits() % wire.len] = (char)random_bits();
    if (random_bits() & 1) wire.len = random_bits() % (wire.len + 1);
    as_node *back = NULL;
    char *exact = as_alloc(wire.len);
    memcpy(exact, wire.data, wire.len);
    if (as_node_decode(arena, exact, wire.len, 100000, &back)) {
      as_buf again = {0};
      as_node_encode(back, &again);
      as_node *second = NULL;
      assert_true(as_node_decode(arena, again.data, again.len, 100000, &second));
      assert_true(equal(back, second));
      as_buf_free(&again);
    }
    as_free(exact);
    as_buf_free(&wire);
    as_arena_reset(arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(members_are_found, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(numbers_that_do_not_fit_are_no_integers, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(json_is_written, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(json_texts_are_escaped, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(any_bytes_give_valid_json_text, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(numbers_are_short_and_exact, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(trees_travel_whole, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(a_copy_is_of_its_branch_only, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(depth_is_limited, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(what_is_no_utf8_travels_replaced, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(faults_are_refused, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(broken_bytes_never_break_the_decoder, open_arena, close_arena),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
