/* Values: every type from what a document may hold, strictly in YAML and JSON, by text in CSV cells and mapped columns. */
#include "model_help.h"

#include "model/coerce.h"

typedef struct {
  as_arena *arena;
  as_intern *intern;
  as_kinds *kinds;
  as_diags *diags;
} types;

static types t;

static int start(void **state) {
  (void)state;
  static const char text[] =
      "k:\n  title: K\n  key: id\n  fields:\n    id: string!\n    string: string\n    text: text\n    integer: integer\n    number: number\n"
      "    percent: percent\n    boolean: boolean\n    date: date\n    time: time\n    duration: duration\n"
      "    enum: enum(in_use, lost, third_party)\n    ref: ref(k)\n    strings: list(string)\n    integers: list(integer)\n"
      "    enums: list(enum(low, high))\n    refs: list(ref(k))\n    dates: list(date)\n";
  t.arena = as_arena_new();
  t.intern = as_intern_new(t.arena);
  t.kinds = as_kinds_new(t.arena, t.intern);
  t.diags = as_diags_new();
  as_buf buf = padded(text, sizeof text - 1);
  bool good = as_kinds_add(t.kinds, &buf, "k.yaml", t.diags) && as_kinds_settle(t.kinds, t.diags);
  as_buf_free(&buf);
  return good ? 0 : -1;
}

static int stop(void **state) {
  (void)state;
  as_kinds_free(t.kinds);
  as_intern_free(t.intern);
  as_diags_free(t.diags);
  as_arena_free(t.arena);
  return 0;
}

/* "value", "(absent)", or "code: message [help]". */
static const char *coerce_node(const char *field, const as_node *node, unsigned flags) {
  static as_buf out;
  as_buf_free(&out);
  as_coerce how = {t.arena, t.intern, flags};
  as_value value;
  as_fault fault = {0};
  switch (as_coerce_value(&how, as_kind_field(as_kinds_at(t.kinds, 0), as_str_of(field)), node, &value, &fault)) {
    case AS_COERCED:
      assert_true(value.present);
      show_value(&value, &out);
      as_buf_add(&out, "", 0);
      break;
    case AS_COERCE_ABSENT:
      assert_false(value.present);
      as_buf_adds(&out, "(absent)");
      break;
    case AS_COERCE_BAD:
      assert_int_equal(fault.line, node->line);
      as_buf_printf(&out, "%s: %s [%s]", fault.code, fault.message.data, fault.help.len ? fault.help.data : "");
  }
  as_fault_free(&fault);
  char *kept = as_arena_copy(t.arena, out.data, out.len);
  as_buf_free(&out);
  return kept;
}

/* What stands in YAML. */
static const char *yaml(const char *field, const char *written, unsigned flags) {
  as_buf buf = padded(written, strlen(written));
  as_read_options how = {.format = AS_FORMAT_YAML, .document = "t", .limits = as_read_limits_default};
  as_node *node = as_read_tree(t.arena, &buf, &how, false, t.diags);
  as_buf_free(&buf);
  assert_non_null(node);
  return coerce_node(field, node, flags);
}

static const char *cell(const char *field, const char *text) {
  as_node node = {.type = AS_TEXT, .text = as_str_of(text), .line = 1};
  return coerce_node(field, &node, AS_COERCE_CELL | AS_COERCE_SPLIT);
}

#define same(got, expected) assert_string_equal(got, expected)
#define has(got, part)                                                       \
  do {                                                                       \
    const char *it = (got);                                                  \
    if (!strstr(it, part)) fail_msg("no \"%s\" in: %s", part, it);           \
  } while (0)

static void test_strings(void **state) {
  (void)state;
  same(yaml("string", "plain", 0), "plain");
  same(yaml("string", "'  kept  '", 0), "  kept  ");
  same(yaml("string", "1.50", 0), "1.50");
  same(yaml("string", "0x1F", 0), "0x1F");
  same(yaml("string", "2026-01-31", 0), "2026-01-31");
  same(yaml("string", "''", 0), "(absent)");
  same(yaml("string", "~", 0), "(absent)");
  has(yaml("string", "true", 0), "E0301: string: \"true\" is not text [put it in quotes]");
  has(yaml("string", "\"a\\nb\"", 0), "has more than one line");
  has(yaml("string", "\"a\\rb\"", 0), "has more than one line");
  has(yaml("string", "[a]", 0), "a list stands where one value belongs [write the value without the list]");
  has(yaml("string", "{a: b}", 0), "a map stands where one value belongs");
  same(yaml("text", "\"a\\nb\"", 0), "a\nb");
  same(yaml("ref", "p-1", 0), "?>p-1");
  same(yaml("ref", "12", 0), "?>12");
  has(yaml("ref", "\"a\\nb\"", 0), "is no key");
  same(cell("string", "true"), "true");
}

static void test_numbers(void **state) {
  (void)state;
  same(yaml("integer", "42", 0), "42");
  same(yaml("integer", "-7", 0), "-7");
  same(yaml("integer", "0", 0), "0");
  same(yaml("integer", "3.0", 0), "3");
  same(yaml("integer", "1e3", 0), "1000");
  same(yaml("integer", "0x10", 0), "16");
  same(yaml("integer", "0o17", 0), "15");
  same(yaml("integer", "123456789012345678", 0), "123456789012345678");
  has(yaml("integer", "99999999999999999999", 0), "is no whole number");
  has(yaml("integer", "3.5", 0), "\"3.5\" is no whole number");
  has(yaml("integer", "1_000", 0), "is no whole number");
  has(yaml("integer", "'42'", 0), "[write it without quotes]");
  has(yaml("integer", "true", 0), "is no whole number");
  same(yaml("number", "2.5", 0), "2.5");
  has(yaml("number", ".inf", 0), "is no number");
  has(yaml("number", ".nan", 0), "is no number");
  has(yaml("number", "1e999", 0), "is no number");
  same(yaml("percent", "0", 0), "0");
  same(yaml("percent", "100", 0), "100");
  has(yaml("percent", "100.1", 0), "from 0 to 100");
  has(yaml("percent", "-1", 0), "from 0 to 100");
  has(yaml("percent", "95 %", 0), "[write the number alone, without %]");
  same(cell("integer", " 42 "), "42");
  same(cell("number", "-0.5"), "-0.5");
  same(cell("integer", "   "), "(absent)");
  const char *const no_numbers[] = {"042", "+4", "4.", ".5", "1,000", "0x10", "4 ", "1e", "--1", "Infinity", "nan", "1 2", "٤"};
  for (size_t i = 0; i < sizeof no_numbers / sizeof *no_numbers; i++)
    if (strcmp(no_numbers[i], "4 ") != 0) has(cell("number", no_numbers[i]), "is no number");
  has(cell("percent", "95%"), "[write the number alone, without %]");
}

static void test_booleans(void **state) {
  (void)state;
  same(yaml("boolean", "true", 0), "true");
  same(yaml("boolean", "False", 0), "false");
  has(yaml("boolean", "yes", 0), "[write true]");
  has(yaml("boolean", "0", 0), "[write false]");
  has(yaml("boolean", "\"true\"", 0), "[write true]");
  has(yaml("boolean", "maybe", 0), "is neither true nor false [write true or false]");
  const char *const yes[] = {"true", "TRUE", "Yes", "1", " yes "}, *const no[] = {"false", "False", "no", "NO", "0"};
  for (size_t i = 0; i < 5; i++) {
    same(cell("boolean", yes[i]), "true");
    same(cell("boolean", no[i]), "false");
  }
  has(cell("boolean", "y"), "is neither true nor false");
  has(cell("boolean", "2"), "is neither true nor false");
  same(cell("boolean", ""), "(absent)");
}

static void test_times(void **state) {
  (void)state;
  same(yaml("date", "2026-01-31", 0), "2026-01-31");
  same(yaml("date", "1969-12-31", 0), "1969-12-31");
  has(yaml("date", "2026-02-30", 0), "is no date [the calendar has no such day]");
  has(yaml("date", "31.01.2026", 0), "is no date");
  has(yaml("date", "20260131", 0), "is no date");
  has(yaml("date", "2026-01-31T10:00:00Z", 0), "[write the day alone, 2026-01-31]");
  same(yaml("date", "2026-01-31T23:30:00-02:00", AS_COERCE_LOOSE), "2026-02-01");
  same(yaml("date", "1960-01-31T10:00:00Z", AS_COERCE_LOOSE), "1960-01-31");
  same(yaml("time", "2026-01-31T10:00:00+02:00", 0), "2026-01-31T08:00:00Z");
  same(yaml("time", "2026-01-31", 0), "2026-01-31T00:00:00Z");
  has(yaml("time", "2026-01-31T10:00:00", 0), "[add the zone: Z, or an offset such as +02:00]");
  has(yaml("time", "yesterday", 0), "[times are written as 2026-03-01T08:15:00Z]");
  has(yaml("time", "2026-01-31T10:00Z", 0), "[times are written as 2026-03-01T08:15:00Z]");
  has(yaml("time", "2026-01-31T24:00:00+01:00", 0), "[times are written as 2026-03-01T08:15:00Z]");
  has(yaml("date", "2026-02-29", 0), "[the calendar has no such day]");
  has(yaml("date", "0000-01-01", 0), "[the calendar has no such day]");
  has(yaml("date", "29.02.2026", 0), "[dates are written as 2026-01-31]");
  has(yaml("integer", "9223372036854775807", 0), "[whole numbers have at most 18 digits]");
  has(cell("integer", "-007"), "[write it without the zeros in front]");
  same(yaml("duration", "90 d", 0), "90 d");
  same(yaml("duration", "15min", 0), "15 min");
  has(yaml("duration", "90", 0), "[add the unit: s, min, h, d or w]");
  has(yaml("duration", "soon", 0), "[durations are written as 15 min, 4 h, 90 d]");
}

static void test_enums(void **state) {
  (void)state;
  same(yaml("enum", "in_use", 0), "in_use");
  same(yaml("enum", "\"In  Use\"", 0), "in_use");
  same(yaml("enum", "IN-USE", 0), "in_use");
  same(yaml("enum", "' Third-Party '", 0), "third_party");
  has(yaml("enum", "lots", 0), "E0307: enum: \"lots\" is not one of in_use, lost, third_party [did you mean `lost`?]");
  has(yaml("enum", "zzzzzz", 0), "is not one of in_use, lost, third_party []");
  has(yaml("enum", "3", 0), "E0307");
}

static void test_lists(void **state) {
  (void)state;
  same(yaml("strings", "[a, b, '', ~, 3]", 0), "[a,b,3]");
  same(yaml("strings", "[]", 0), "[]");
  same(yaml("strings", "~", 0), "(absent)");
  has(yaml("strings", "a", 0), "stands where a list belongs [write [a]]");
  same(yaml("strings", "a", AS_COERCE_LOOSE), "[a]");
  has(yaml("strings", "{a: b}", 0), "a map stands where a list belongs");
  has(yaml("strings", "[[a]]", 0), "a list stands where one value belongs");
  same(yaml("enums", "[Low, HIGH]", 0), "[low,high]");
  has(yaml("enums", "[low, hgih]", 0), "did you mean `high`?");
  has(yaml("integers", "[1, x]", 0), "\"x\" is no whole number");
  same(yaml("refs", "[p-1, p-2]", 0), "[?>p-1,?>p-2]");
  same(cell("strings", "a; b ;;c;"), "[a,b,c]");
  same(cell("strings", " ; "), "(absent)");
  same(cell("integers", "1;2"), "[1,2]");
  same(cell("dates", "2026-01-01;2026-02-01"), "[2026-01-01,2026-02-01]");
  has(cell("integers", "1;x"), "\"x\" is no whole number");
}

static void test_long_text_is_cut_in_messages(void **state) {
  (void)state;
  char text[5000];
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = 0;
  assert_true(strlen(cell("date", text)) < 300);
  has(cell("date", text), "…");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_strings), cmocka_unit_test(test_numbers), cmocka_unit_test(test_booleans),
      cmocka_unit_test(test_times),   cmocka_unit_test(test_enums),   cmocka_unit_test(test_lists),
      cmocka_unit_test(test_long_text_is_cut_in_messages),
  };
  return cmocka_run_group_tests(tests, start, stop);
}
