/* Encodings, formats by name, limits by format: what all readers share. */
#include "read_help.h"

#define JSON(text, expected) READS(AS_FORMAT_JSON, text, expected)

static void formats(void **state) {
  (void)state;
  assert_int_equal(as_format_of_path("a/b.yaml"), AS_FORMAT_YAML);
  assert_int_equal(as_format_of_path("b.yml"), AS_FORMAT_YAML);
  assert_int_equal(as_format_of_path("b.x.JSON"), AS_FORMAT_JSON);
  assert_int_equal(as_format_of_path("b.ndjson"), AS_FORMAT_NDJSON);
  assert_int_equal(as_format_of_path("b.jsonl"), AS_FORMAT_NDJSON);
  assert_int_equal(as_format_of_path("b.csv"), AS_FORMAT_CSV);
  assert_int_equal(as_format_of_path("b.tsv"), AS_FORMAT_CSV);
  assert_int_equal(as_format_of_path("b.txt"), AS_FORMAT_NONE);
  assert_int_equal(as_format_of_path("json"), AS_FORMAT_NONE);
  assert_int_equal(as_format_of_path("a.json/b"), AS_FORMAT_NONE);
  assert_int_equal(as_format_of_path(""), AS_FORMAT_NONE);
  static const as_format all[] = {AS_FORMAT_YAML, AS_FORMAT_JSON, AS_FORMAT_NDJSON, AS_FORMAT_CSV};
  for (size_t i = 0; i < 4; i++) assert_int_equal(as_format_of_name(as_format_name(all[i])), all[i]);
  assert_int_equal(as_format_of_name("jsonl"), AS_FORMAT_NONE);
  assert_string_equal(as_format_name(AS_FORMAT_NONE), "none");
  READS(AS_FORMAT_NONE, "x", " | E0109@0:0 !");
}

static void limits_by_format(void **state) {
  (void)state;
  as_read_limits usual = as_read_limits_default;
  assert_int_equal(as_read_limits_for(&usual, AS_FORMAT_YAML).file_bytes, 64 << 20);
  assert_int_equal(as_read_limits_for(&usual, AS_FORMAT_YAML).nodes, 10000000);
  assert_int_equal(as_read_limits_for(&usual, AS_FORMAT_JSON).file_bytes, 1 << 30);
  assert_int_equal(as_read_limits_for(&usual, AS_FORMAT_CSV).file_bytes, UINT64_C(4) << 30);
  usual.file_bytes = UINT64_C(5) << 30;
  usual.nodes = 7;
  usual.depth = 100000;
  as_read_limits own = as_read_limits_for(&usual, AS_FORMAT_YAML);
  assert_int_equal(own.file_bytes, UINT64_C(5) << 30);
  assert_int_equal(own.nodes, 7);
  assert_int_equal(own.depth, 1000);
}

static void marks(void **state) {
  (void)state;
  JSON("\xef\xbb\xbf[\"é\"]", "D [\"é\" ]");
  JSON("\xef\xbb\xbf", "D | E0134@1:1 !");
  JSON("\xff\xfe", "D | E0134@1:1 !");
  JSON("", "D | E0134@1:1 !");
  READS(AS_FORMAT_YAML, "\xef\xbb\xbf" "a: 1", "D {a=i:1 }");
  READS(AS_FORMAT_YAML, "\xef\xbb\xbf", "");
  READS(AS_FORMAT_YAML, "\xfe\xff", "");
  READS(AS_FORMAT_CSV, "\xef\xbb\xbf" "a\n1", "D [{a=s:1 } ]");
  READS(AS_FORMAT_CSV, "\xef\xbb\xbf", " | E0150@1:1 !");
  READS(AS_FORMAT_NDJSON, "\xef\xbb\xbf" "1", "D i:1");
  READS(AS_FORMAT_NDJSON, "\xef\xbb\xbf", "");
  how h = format_how(AS_FORMAT_JSON);
  h.places = true;
  READS_HOW(&h, "\xef\xbb\xbf[1]", "D@1:1 [@1:1 i:1@1:2 ]@1:3");
}

/* UTF-8 to UTF-16, so that what is read can be written here as UTF-8. */
static as_buf wide(const char *text, bool big) {
  as_buf out = {0};
  as_str s = as_str_of(text);
  uint32_t c = 0xfeff;
  for (size_t i = 0, n = 0; i <= s.n; i += n) {
    uint32_t units[2] = {c, 0};
    if (c > 0xffff) {
      units[0] = 0xd800 + ((c - 0x10000) >> 10);
      units[1] = 0xdc00 + ((c - 0x10000) & 0x3ff);
    }
    for (int u = 0; u < 2 && (!u || units[u]); u++) {
      as_buf_addc(&out, (char)(big ? units[u] >> 8 : units[u] & 0xff));
      as_buf_addc(&out, (char)(big ? units[u] & 0xff : units[u] >> 8));
    }
    if (i == s.n) break;
    n = as_utf8_next(s, i, &c);
  }
  return out;
}

static void utf16(void **state) {
  (void)state;
  for (int big = 0; big < 2; big++) {
    how h = format_how(AS_FORMAT_CSV);
    h.places = true;
    as_buf text = wide("name;größe\r\nÄ😀;東\r\nx;y\r\n", big);
    READS_BUF(&h, text,
              "D@1:1 [@1:1 {@2:1 name@2:1=s:Ä😀@2:1 größe@2:4=s:東@2:4 }@2:5 {@3:1 name@3:1=s:x@3:1 größe@3:3=s:y@3:3 }@3:4 ]@4:1");
    as_buf_free(&text);
    text = wide("{\"a\":[1,\"é😀\"]}", big);
    how j = format_how(AS_FORMAT_JSON);
    READS_BUF(&j, text, "D {a=[i:1 \"é😀\" ] }");
    as_buf_addc(&text, ' ');
    READS_BUF(&j, text, " | E0101@1:15 !");
    as_buf_free(&text);
  }
  JSON("\xff\xfe[\0\x00\xd8]\0", " | E0101@1:2 !");
  JSON("\xff\xfe[\0\n\0 \0\x00\xdc]\0", " | E0101@2:2 !");
  JSON("\xfe\xff\0[\xd8\x3d", " | E0101@1:2 !");
  JSON("\xff\xfe[\0\0\0]\0", " | E0102@1:2 !");
  JSON("\xff\xfe\0\0[\0\0\0", " | E0101@1:1 !");
  JSON("\0\0\xfe\xff", " | E0101@1:1 !");
  /* Without a mark it is full of NUL characters. */
  TELLS(AS_FORMAT_JSON, "[\0001\0]\0", "the file is UTF-16 without its mark");
}

static void bad_bytes(void **state) {
  (void)state;
  static const as_format all[] = {AS_FORMAT_YAML, AS_FORMAT_JSON, AS_FORMAT_NDJSON, AS_FORMAT_CSV};
  for (size_t i = 0; i < 4; i++) {
    READS(all[i], "a\nbé\xe9 c", " | E0101@2:3 !");
    READS(all[i], "\x80", " | E0101@1:1 !");
    READS(all[i], "\xc0\xaf", " | E0101@1:1 !");
    READS(all[i], "\xed\xa0\x80", " | E0101@1:1 !");
    READS(all[i], "\xf5\x80\x80\x80", " | E0101@1:1 !");
    READS(all[i], "ab\xe6\x9d", " | E0101@1:3 !");
    READS(all[i], "ab\n\0", " | E0102@2:1 !");
  }
  TELLS(AS_FORMAT_CSV, "name\nJos\xe9\n", "t:2:4: error[E0101]: the byte 0xe9 is no UTF-8\n    2 | Jos\\xe9\n      |    ^\n");
  TELLS(AS_FORMAT_CSV, "name\nJos\xe9\n", "it looks like Windows-1252 or Latin-1");
  TELLS(AS_FORMAT_JSON, "[\"ab\xe6\x9d", "the text ends in the middle of a character");
}

/* Every length around the blocks in which texts are searched. */
static void bad_byte_anywhere(void **state) {
  (void)state;
  for (size_t n = 1; n < 200; n++) {
    for (size_t at = 0; at < n; at += n > 140 ? 1 : 3) {
      as_buf text = {0};
      repeat(&text, "x", n);
      text.data[at] = (char)0xff;
      char expected[40];
      snprintf(expected, sizeof expected, " | E0101@1:%zu !", at + 1);
      how h = format_how(AS_FORMAT_YAML);
      READS_BUF(&h, text, expected);
      as_buf_free(&text);
    }
  }
}

static void long_lines_are_not_copied(void **state) {
  (void)state;
  as_buf text = {0}, shown = {0};
  as_buf_addc(&text, '[');
  repeat(&text, "1,", 100000);
  as_buf_adds(&text, "oops]");
  how h = format_how(AS_FORMAT_JSON);
  h.quiet = true;
  as_free(outcome(&h, text.data, text.len, &shown));
  assert_non_null(strstr(shown.data, "t:1:200002: error[E0130]"));
  assert_non_null(strstr(shown.data, "at `oops]`"));
  assert_true(shown.len < 1000);
  as_buf_free(&text);
  as_buf_free(&shown);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(formats),   cmocka_unit_test(limits_by_format),  cmocka_unit_test(marks), cmocka_unit_test(utf16),
      cmocka_unit_test(bad_bytes), cmocka_unit_test(bad_byte_anywhere), cmocka_unit_test(long_lines_are_not_copied),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
