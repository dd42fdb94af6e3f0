/* JSON and NDJSON: grammar, types, places, limits, hostile texts. */
#include "read_help.h"

#define JSON(text, expected) READS(AS_FORMAT_JSON, text, expected)
#define LINES(text, expected) READS(AS_FORMAT_NDJSON, text, expected)
#define TELLS_JSON(text, part) TELLS(AS_FORMAT_JSON, text, part)

static void values(void **state) {
  (void)state;
  JSON("{}", "D {}");
  JSON("[]", "D []");
  JSON(" [ ] ", "D []");
  JSON("{\"a\":1,\"b\":[true,false,null,\"x\"]}", "D {a=i:1 b=[b:true b:false n:null \"x\" ] }");
  JSON("[1,-1,0,-0,1.5,1e3,1E-2,9223372036854775807,-9223372036854775808]",
       "D [i:1 i:-1 i:0 i:-0 f:1.5 f:1e3 f:1E-2 i:9223372036854775807 i:-9223372036854775808 ]");
  JSON("[9223372036854775808,-9223372036854775809,123456789012345678901234567890,1e308,1e-400]",
       "D [f:9223372036854775808 f:-9223372036854775809 f:123456789012345678901234567890 f:1e308 f:1e-400 ]");
  JSON("[\"\",\"a\\\"b\\\\c\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"]", "D [\"\" \"a\"b\\c/\b\f\n\r\té😀\" ]");
  JSON("{\"\":{\"a b\":\"ü\",\"\\u0061\\n\":2}}", "D {={a b=\"ü\" a\n=i:2 } }");
  JSON("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":2}}", "D {a={a={a=i:1 } } b={a=i:2 } }");
}

static void lone_scalars(void **state) {
  (void)state;
  JSON("1", "D i:1");
  JSON(" -2.5e1 \n", "D f:-2.5e1");
  JSON("\"a\\nb\"", "D \"a\nb\"");
  JSON("\"ab\" ", "D \"ab\"");
  JSON("true", "D b:true");
  JSON("null\n", "D n:null");
  JSON("nullx", "D | E0130@1:1 !");
  JSON("true false", "D | E0133@1:6 !");
  JSON("1 2", "D | E0133@1:3 !");
  JSON("\"a\" \"b\"", "D | E0133@1:5 !");
  JSON("tru", "D | E0131@1:4 !");
  JSON("12a", "D | E0130@1:3 !");
}

static void bad_grammar(void **state) {
  (void)state;
  static const char *const bad[] = {
      "[1 2]",      "[1,]",       "[,1]",      "[1,,2]",    "{\"a\"}",      "{\"a\":}",        "{\"a\":1,}",   "{,}",         "{\"a\" 1}",
      "{\"a\":1 \"b\":2}", "[1}", "{\"a\":1]", "{a:1}",     "{'a':1}",      "['a']",           "[\"a\":1]",    "{\"a\":\"b\":1}", "[1]]",
      "{}}",        "[]{}",       "[01]",      "[-]",       "[1.]",         "[.5]",            "[1e]",         "[1e+]",       "[+1]",
      "[0x10]",     "[1_000]",    "[--1]",     "[NaN]",     "[-Infinity]",  "[True]",          "[None]",       "[nul]",       "[truex]",
      "[\"a\"x]",   "[1x]",       "[1 x]",     "[\"\\x\"]", "[\"\\u12g4\"]", "[\"\\ud800\"]",  "[\"\\ud800\\u0041\"]", "[\"\\udc00\"]", "[\"\t\"]",
      "[\"a\nb\"]", "[1] // x",   "/* x */ 1", "# x\n[1]",  "[1;2]",        "{\"a\"=1}",       "]",            "}",           ":",
      ",",          "[\"a\"\"b\"]", "[[1]",    "{\"a\":{}", "[[[]",         "[\"a\\\"]",       "\"abc",        "[\"a\",",     "{\"a\":",
      "{\"a",       "{\"a\"",     "[1,2",      "[tru",      "[-",           "\v[1]",           "[1]\v",        "\"\\",        "\"\\u00",
      "\"\\ud83d",  "[1\xc2\xa0]", "[\"a\",\"b\" \"c\"]", "{1:2}", "{\"a\":1,2}", "{null:1}", "[1.5.5]", "[1-2]", "[\"\x01\"]",
  };
  how h = format_how(AS_FORMAT_JSON);
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    as_buf shown = {0};
    char *got = outcome(&h, bad[i], strlen(bad[i]), &shown);
    bool refused = strstr(got, " | E01") && got[strlen(got) - 1] == '!' && !strstr(shown.data, "fault of assay");
    if (!refused) print_error("%s was not refused well: %s\n%s", bad[i], got, shown.data ? shown.data : "");
    assert_true(refused);
    as_free(got);
    as_buf_free(&shown);
  }
}

static void faults_are_told(void **state) {
  (void)state;
  TELLS_JSON("{\"a\": 1,\n \"b\": 2,\n}", "t:3:1: error[E0130]: expected a key in double quotes, found `}`");
  TELLS_JSON("[1,\n2,\n]", "help: remove the comma in front of it");
  TELLS_JSON("{\n  \"a\": [1, 2,\n  \"b\"", "t:3:6: error[E0131]: the text ends here, in the middle of the list that begins at line 2, column 8");
  TELLS_JSON("{\n  \"a\": \"x", "in the middle of the text that begins at line 2, column 8");
  TELLS_JSON("{'a': 1}", "help: put the key in double quotes");
  TELLS_JSON("[NaN]", "JSON has no NaN");
  TELLS_JSON("{\"a\": True}", "help: write true, false or null");
  TELLS_JSON("[1] [2]", "one on each line of a file that ends in .ndjson");
  TELLS_JSON("[1, // x\n 2]", "JSON has no comments");
  TELLS_JSON("{\"k\":1,\n\"k\":2}", "the key `k` stands twice in this map, first in line 1");
  TELLS_JSON("[\"a\nb\"]", "write a line break in it as `\\n`");
  TELLS_JSON("[\"C:\\dir\"]", "write `\\\\` for a backslash");
  TELLS_JSON("", "the text is empty");
}

static void places(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_JSON);
  h.places = true;
  READS_HOW(&h, "{\n  \"a\": 1,\r\n  \"bé\": [\"ü\", true\n],\"c\":{}\n}",
            "D@1:1 {@1:1 a@2:3=i:1@2:8 bé@3:3=[@3:9 \"ü\"@3:10 b:true@3:15 ]@4:1 c@4:3={@4:7 }@4:8 }@5:1");
  READS_HOW(&h, "[ \"é\\n😀\" , 1 ]", "D@1:1 [@1:1 \"é\n😀\"@1:3 i:1@1:12 ]@1:14");
  READS_HOW(&h, "\n\n 7", "D@1:1 i:7@3:2");
}

static void duplicates(void **state) {
  (void)state;
  JSON("{\"a\":1,\"a\":2}", "D {a=i:1 | E0108@1:8 !");
  JSON("{\"a\":1,\"\\u0061\":2}", "D {a=i:1 | E0108@1:8 !");
  JSON("[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2},{\"b\":1,\"a\":2,\"b\":3}]", "D [{a=i:1 b=i:2 } {a=i:1 b=i:2 } {b=i:1 a=i:2 | E0108@1:43 !");
  /* What an inner map leaves behind must not hide a duplicate. */
  JSON("[{\"a\":{\"a\":1},\"b\":1},{\"a\":{\"b\":1},\"a\":1}]", "D [{a={a=i:1 } b=i:1 } {a={b=i:1 } | E0108@1:35 !");
  JSON("[{\"a\":1,\"b\":1,\"c\":1},{\"a\":1,\"x\":1,\"c\":1,\"x\":1}]", "D [{a=i:1 b=i:1 c=i:1 } {a=i:1 x=i:1 c=i:1 | E0108@1:41 !");
  /* Nor must one that begins like it. */
  JSON("[{\"ab\":1},{\"a\":1,\"a\":1}]", "D [{ab=i:1 } {a=i:1 | E0108@1:18 !");
  JSON("[{\"a\":1,\"b\":1,\"c\":1},{\"a\":1,\"c\":1,\"c\":1}]", "D [{a=i:1 b=i:1 c=i:1 } {a=i:1 c=i:1 | E0108@1:35 !");
}

/* Against a plain search, over maps of all sizes and many shapes. */
static void duplicates_in_many_maps(void **state) {
  (void)state;
  uint32_t seed = 7;
  how h = format_how(AS_FORMAT_JSON);
  h.quiet = true;
  for (int round = 0; round < 400; round++) {
    as_buf text = {0};
    bool twice = false;
    as_buf_addc(&text, '[');
    for (int m = 0; m < 6; m++) {
      as_buf_adds(&text, m ? ",{" : "{");
      unsigned seen[3][64] = {{0}}, keys = (seed >> 8) % 40;
      int level = 0;
      bool first = true;
      for (unsigned k = 0; k < keys; k++) {
        seed = seed * 1664525 + 1013904223;
        /* Mostly the same keys in the same order; sometimes another one, sometimes a map within. */
        unsigned key = (seed >> 16) % 50 ? k : (seed >> 10) % 40;
        twice = twice || seen[level][key]++;
        as_buf_printf(&text, "%s\"%sk%u\":", first ? "" : ",", key % 3 ? "" : "long-", key);
        first = false;
        if ((seed >> 20) % 9 == 0 && level < 2) {
          as_buf_addc(&text, '{');
          memset(seen[++level], 0, sizeof seen[0]);
          first = true;
        } else {
          as_buf_adds(&text, "1");
          if (level && (seed >> 13) % 4 == 0) {
            as_buf_addc(&text, '}');
            level--;
          }
        }
      }
      while (level-- > 0) as_buf_addc(&text, '}');
      as_buf_addc(&text, '}');
    }
    as_buf_addc(&text, ']');
    char *got = outcome(&h, text.data, text.len, NULL);
    if ((strstr(got, "E0108") != NULL) != twice) print_error("%s\n%s\n", text.data, got);
    assert_true((strstr(got, "E0108") != NULL) == twice);
    as_free(got);
    as_buf_free(&text);
  }
}

static void large_maps(void **state) {
  (void)state;
  as_buf text = {0};
  as_buf_addc(&text, '{');
  for (int i = 0; i < 100000; i++) as_buf_printf(&text, "\"key-%d\":%d,", i, i);
  as_buf_adds(&text, "\"key-77777\":1}");
  how h = format_how(AS_FORMAT_JSON);
  h.quiet = true;
  char *got = outcome(&h, text.data, text.len, NULL);
  assert_non_null(strstr(got, "E0108@1:"));
  as_free(got);
  as_buf_free(&text);
}

static void numbers_beyond(void **state) {
  (void)state;
  JSON("[1e309]", "D [ | E0132@1:2 !");
  JSON("[-1e999999999999999999999]", "D [ | E0132@1:2 !");
  JSON("[1e-999999999999999999999, 0e999999]", "D [f:1e-999999999999999999999 f:0e999999 ]");
  JSON("[1.7976931348623157e308]", "D [f:1.7976931348623157e308 ]");
  as_buf text = {0};
  as_buf_addc(&text, '[');
  repeat(&text, "9", 400);
  as_buf_addc(&text, ']');
  how h = format_how(AS_FORMAT_JSON);
  h.options.limits.number_chars = 400;
  READS_BUF(&h, text, "D [ | E0132@1:2 !");
  h.options.limits.number_chars = 399;
  READS_BUF(&h, text, "D [ | E0135@1:2 !");
  as_buf_free(&text);
}

static void nul_characters(void **state) {
  (void)state;
  JSON("[\"a\0b\"]", " | E0102@1:4 !");
  JSON("[1]\0", " | E0102@1:4 !");
  JSON("[\"a\\u0000b\"]", "D [ | E0102@1:2 !");
  JSON("{\"a\\u0000\":1}", "D { | E0102@1:2 !");
}

static void limits_of_depth(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_JSON);
  h.options.limits.depth = 3;
  READS_HOW(&h, "[{\"a\":1}]", "D [{a=i:1 } ]");
  READS_HOW(&h, "[{\"a\":[1]}]", "D [{a=[i:1 ] } ]");
  READS_HOW(&h, "[{\"a\":[[1]]}]", "D [{a=[ | E0104@1:8 !");
  h.options.limits.depth = 0;
  READS_HOW(&h, "1", "D i:1");
  READS_HOW(&h, "[]", "D | E0104@1:1 !");
  /* However deep is asked for, the stack holds. */
  h.options.limits.depth = UINT32_MAX;
  h.quiet = true;
  as_buf text = {0};
  repeat(&text, "[", 1000);
  repeat(&text, "]", 1000);
  READS_BUF(&h, text, "2001");
  text.len = 0;
  repeat(&text, "[", 1001);
  repeat(&text, "]", 1001);
  READS_BUF(&h, text, "1001 | E0104@1:1001 !");
  as_buf_free(&text);
}

static void deep_texts_fail_fast(void **state) {
  (void)state;
  as_buf text = {0};
  repeat(&text, "[", 1000000);
  how h = format_how(AS_FORMAT_JSON);
  h.quiet = true;
  char *got = outcome(&h, text.data, text.len, NULL);
  assert_non_null(strstr(got, "E01"));
  as_free(got);
  repeat(&text, "]", 1000000);
  READS_BUF(&h, text, "65 | E0104@1:65 !");
  text.len = 0;
  repeat(&text, "{\"a\":", 100000);
  as_buf_adds(&text, "1");
  repeat(&text, "}", 100000);
  READS_BUF(&h, text, "129 | E0104@1:321 !");
  as_buf_free(&text);
}

static void other_limits(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_JSON);
  h.options.limits.nodes = 4;
  READS_HOW(&h, "[1,{}]", "D [i:1 {} ]");
  READS_HOW(&h, "[1,2,{}]", "D [i:1 i:2 {} ]");
  READS_HOW(&h, "[1,2,{\"a\":3}]", "D [i:1 i:2 {a= | E0105@1:11 !");
  h = format_how(AS_FORMAT_JSON);
  h.options.limits.text_bytes = 4;
  READS_HOW(&h, "[\"abc\",\"abcd\"]", "D [\"abc\" \"abcd\" ]");
  READS_HOW(&h, "[\"abcde\"]", "D [ | E0106@1:2 !");
  READS_HOW(&h, "[\"ab\\u0063d\"]", "D [\"abcd\" ]");
  READS_HOW(&h, "[\"ab\\u0063de\"]", "D [ | E0106@1:2 !");
  h = format_how(AS_FORMAT_JSON);
  h.options.limits.number_chars = 4;
  READS_HOW(&h, "[123,-123 ]", "D [i:123 i:-123 ]");
  READS_HOW(&h, "1.23", "D f:1.23");
  READS_HOW(&h, "[12345]", "D [ | E0135@1:2 !");
  READS_HOW(&h, "{\"a\":-1234}", "D {a= | E0135@1:6 !");
  READS_HOW(&h, "[12345x]", "D [ | E0135@1:2 !");
  READS_HOW(&h, "[nulll]", "D [ | E0130@1:2 !");
  TELLS_HOW(&h, "[12345]", "--limit-number-chars=N");
  h = format_how(AS_FORMAT_JSON);
  h.options.limits.key_bytes = 4;
  READS_HOW(&h, "{\"abc\":1,\"abcd\":2}", "D {abc=i:1 abcd=i:2 }");
  READS_HOW(&h, "{\"abcde\":1}", "D { | E0107@1:2 !");
  READS_HOW(&h, "{\"abc\\u0064e\":1}", "D { | E0107@1:2 !");
  h = format_how(AS_FORMAT_JSON);
  h.options.limits.file_bytes = 4;
  READS_HOW(&h, "[1]", "D [i:1 ]");
  READS_HOW(&h, "[12]", "D [i:12 ]");
  READS_HOW(&h, "[123]", " | E0103@0:0 !");
  TELLS_HOW(&h, "[123]", "the limit file-bytes is 4");
  TELLS_HOW(&h, "[123]", "--limit-file-bytes=N");
}

static void lines(void **state) {
  (void)state;
  LINES("{\"a\":1}\n{\"a\":2}\n", "D {a=i:1 } D {a=i:2 }");
  LINES("{\"a\":1}\r\n\r\n  \t\n{\"a\":2}", "D {a=i:1 } D {a=i:2 }");
  LINES("", "");
  LINES("\n\n", "");
  LINES("1\n\"x\"\nnull\n[]", "D i:1 D \"x\" D n:null D []");
  /* A bad line is left out whole, and the others come. */
  LINES("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", "D {a=i:1 } D {a=i:3 } | E0131@2:6 !");
  LINES("{\"a\":1} {\"b\":2}\n{\"a\":3}\n", "D {a=i:3 } | E0133@1:9 !");
  LINES("{\"a\":[1,2,{\"b\":1,\"b\":2}]}\n{\"c\":3}", "D {c=i:3 } | E0108@1:18 !");
  LINES("{\"a\":1e999}\n[\"\\u0000\"]\n[1]", "D [i:1 ] | E0132@1:6 E0102@2:2 !");
  LINES("{\"a\":1}\n{\"a\":\"cut o", "D {a=i:1 } | E0131@2:12 !");
  LINES("{\n\"a\":1}\n", " | E0131@1:2 E0133@2:4 !");
  how h = format_how(AS_FORMAT_NDJSON);
  h.places = true;
  READS_HOW(&h, "\n{\"é\": 1}\n\n [2]", "D@2:1 {@2:1 é@2:2=i:1@2:7 }@2:8 D@4:1 [@4:2 i:2@4:3 ]@4:4");
  TELLS_HOW(&h, "{\n", "write it on one line, or name the file .json");
  TELLS_HOW(&h, "1 2\n", "a line holds one value");
  TELLS_HOW(&h, "1\n{\"a\":", "t:2:6: error[E0131]: the line ends here, in the middle of the map that begins at line 2, column 1");
}

static void limits_of_lines(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_NDJSON);
  h.options.limits.line_bytes = 5;
  READS_HOW(&h, "[12]\n[123]\n[1234]\n[1]\n", "D [i:12 ] D [i:123 ] D [i:1 ] | E0140@3:1 !");
  h = format_how(AS_FORMAT_NDJSON);
  h.options.limits.records = 2;
  READS_HOW(&h, "1\n", "D i:1");
  READS_HOW(&h, "1\n2\n\n", "D i:1 D i:2");
  READS_HOW(&h, "1\n2\n\n3\n", "D i:1 D i:2 | E0141@4:1 !");
}

static void a_sink_may_stop(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_JSON);
  for (h.stop_at = 1; h.stop_at <= 7; h.stop_at++) {
    char *got = outcome(&h, "{\"a\":[1,2]}", 11, NULL);
    assert_null(strchr(got, '|'));
    assert_int_equal(got[strlen(got) - 1], '!');
    as_free(got);
  }
  h = format_how(AS_FORMAT_NDJSON);
  h.stop_at = 4;
  READS_HOW(&h, "[1]\n[2]\n[3]", "D [i:1 !");
}

static void half_files(void **state) {
  (void)state;
  static const char whole[] = "{\"a\": [1, -2.5e3, \"x\\u00e9\\n\"], \"b\": {\"c\": null, \"d\": true}, \"e\": []}\n";
  how h = format_how(AS_FORMAT_JSON);
  for (size_t n = 1; n + 2 < sizeof whole; n++) {
    char *got = outcome(&h, whole, n, NULL);
    if (!strstr(got, "| E0131@")) print_error("%.*s: %s\n", (int)n, whole, got);
    assert_non_null(strstr(got, "| E0131@"));
    as_free(got);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values),          cmocka_unit_test(lone_scalars),    cmocka_unit_test(bad_grammar),
      cmocka_unit_test(faults_are_told), cmocka_unit_test(places),          cmocka_unit_test(duplicates),
      cmocka_unit_test(duplicates_in_many_maps), cmocka_unit_test(large_maps), cmocka_unit_test(numbers_beyond),
      cmocka_unit_test(nul_characters),  cmocka_unit_test(limits_of_depth), cmocka_unit_test(deep_texts_fail_fast),
      cmocka_unit_test(other_limits),    cmocka_unit_test(lines),           cmocka_unit_test(limits_of_lines),
      cmocka_unit_test(a_sink_may_stop), cmocka_unit_test(half_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
