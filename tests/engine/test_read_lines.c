/* Texts by a pattern: fields, lines that do not fit, limits, and patterns that cost too much. */
#include "read_help.h"

static how text_how(const char *pattern, const char *skip) {
  how h = format_how(AS_FORMAT_TEXT);
  h.options.pattern = as_str_of(pattern);
  if (skip) h.options.skip = as_str_of(skip);
  return h;
}

#define TEXT(pattern, skip, text, expected) \
  do { \
    how how_ = text_how(pattern, skip); \
    READS_HOW(&how_, text, expected); \
  } while (0)

#define AB "^(?<a>\\w+) (?<b>.*)$"

static void fields(void **state) {
  (void)state;
  TEXT(AB, NULL, "x 1\ny 2\n", "D [{a=s:x b=s:1 } {a=s:y b=s:2 } ]");
  TEXT(AB, NULL, "x 1\r\ny 2", "D [{a=s:x b=s:1 } {a=s:y b=s:2 } ]");
  TEXT(AB, NULL, "\n  \nx 1\n\t\n", "D [{a=s:x b=s:1 } ]");
  TEXT(AB, NULL, "", "D []");
  TEXT(AB, NULL, "x \nx   y  \n", "D [{a=s:x b=n: } {a=s:x b=s:y } ]");
  TEXT("(?<a>\\d+)", NULL, "é 12 34\n", "D [{a=s:12 } ]");
  TEXT("^(?<b>\\w)(?<a>\\w)(\\w)(?<c>x)?", NULL, "123\n123x\n", "D [{b=s:1 a=s:2 c=n: } {b=s:1 a=s:2 c=s:x } ]");
  TEXT("(?J)^(?:u=(?<user>\\w+)|user (?<user>\\w+)) (?<x>.)", NULL, "u=ann 1\nuser bob 2\n", "D [{user=s:ann x=s:1 } {user=s:bob x=s:2 } ]");
  TEXT("(?|a(?<n>.)|b(?<n>.))", NULL, "a1\nb2\n", "D [{n=s:1 } {n=s:2 } ]");
  TEXT("(?i)^(?<a>grün)$", NULL, "GRÜN\n", "D [{a=s:GRÜN } ]");
  TEXT(AB, NULL, "\xff\xfex\0 \0001\0\n\0", "D [{a=s:x b=s:1 } ]");
  how h = text_how(AB, NULL);
  h.places = true;
  READS_HOW(&h, "\n\xef\xbb\xbf", "D@1:1 [@1:1 ]@3:1 | E0172@2:1 !");
  h = text_how("^(?<a>\\S+) +(?<b>\\d*)", NULL);
  h.places = true;
  READS_HOW(&h, "äö  12x\n\nü \n", "D@1:1 [@1:1 {@1:1 a@1:1=s:äö@1:1 b@1:5=s:12@1:5 }@1:8 {@3:1 a@3:1=s:ü@3:1 b@3:3=n:@3:3 }@3:3 ]@4:1");
}

static void lines_that_do_not_fit(void **state) {
  (void)state;
  TEXT(AB, NULL, "x 1\n# c\n\n# d\ny 2\n", "D [{a=s:x b=s:1 } {a=s:y b=s:2 } ] | W0173@2:1");
  TEXT(AB, "^#", "x 1\n# c\n\n# d\ny 2\n", "D [{a=s:x b=s:1 } {a=s:y b=s:2 } ]");
  TEXT(AB, "^x", "x 1\ny 2\n", "D [{a=s:y b=s:2 } ]");
  TEXT(AB, "^#", "# c\n", "D []");
  TEXT(AB, NULL, "# c\n# d\n", "D [] | E0172@1:1 !");
  how h = text_how(AB, NULL);
  TELLS_HOW(&h, "x 1\n-\n", "t:2:1: warning[W0173]: 1 line did not fit the pattern and was left out, this one first\n    2 | -\n");
  TELLS_HOW(&h, "x 1\n-\n-\n-\n", "3 lines did not fit the pattern and were left out");
  TELLS_HOW(&h, "\n-\n", "t:2:1: error[E0172]: no line of this text fits the pattern");
}

static void patterns(void **state) {
  (void)state;
  TEXT("(?<a>", NULL, "x\n", " | E0170@0:0 !");
  TEXT("(\\w+)", NULL, "x\n", " | E0170@0:0 !");
  TEXT("", NULL, "x\n", " | E0170@0:0 !");
  TEXT("(?<a>.)", "(", "x\n", " | E0170@0:0 !");
  TEXT("(?<a>\\C)", NULL, "x\n", " | E0170@0:0 !");
  how h = text_how("(\\w+)", NULL);
  TELLS_HOW(&h, "x", "has no named group");
  h = text_how("(?<a>", NULL);
  TELLS_HOW(&h, "x", "missing closing parenthesis");
}

static void limits(void **state) {
  (void)state;
  how h = text_how(AB, NULL);
  h.options.limits.line_bytes = 5;
  READS_HOW(&h, "x 12\nx 123\n", "D [{a=s:x b=s:12 } {a=s:x b=s:123 } ]");
  READS_HOW(&h, "x 12\nx 1234\ny 1\n", "D [{a=s:x b=s:12 } {a=s:y b=s:1 } ] | E0140@2:1 !");
  TELLS_HOW(&h, "x 1234\n", "--limit-line-bytes=N");
  h = text_how(AB, NULL);
  h.options.limits.records = 2;
  READS_HOW(&h, "x 1\n", "D [{a=s:x b=s:1 } ]");
  READS_HOW(&h, "x 1\n\ny 2\n\n", "D [{a=s:x b=s:1 } {a=s:y b=s:2 } ]");
  READS_HOW(&h, "x 1\n\ny 2\n-\n", "D [{a=s:x b=s:1 } {a=s:y b=s:2 } | E0141@4:1 !");
  h = text_how(AB, NULL);
  h.options.limits.text_bytes = 3;
  READS_HOW(&h, "x 12\nx 123\n", "D [{a=s:x b=s:12 } {a=s:x b=s:123 } ]");
  READS_HOW(&h, "x 1234\n", "D [{a=s:x | E0106@1:3 !");
  h = text_how(AB, NULL);
  h.options.limits.file_bytes = 4;
  READS_HOW(&h, "x 1\n", "D [{a=s:x b=s:1 } ]");
  READS_HOW(&h, "x 12\n", " | E0103@0:0 !");
  h = text_how(AB, NULL);
  h.options.limits.pattern_bytes = sizeof AB - 1;
  READS_HOW(&h, "x 1\n", "D [{a=s:x b=s:1 } ]");
  h.options.limits.pattern_bytes--;
  READS_HOW(&h, "x 1\n", " | E0170@0:0 !");
  TELLS_HOW(&h, "x 1\n", "the pattern is longer than 19 bytes");
  h = text_how("(?<a>((x)))", NULL);
  h.options.limits.pattern_depth = 3;
  READS_HOW(&h, "x\n", "D [{a=s:x } ]");
  h.options.limits.pattern_depth = 2;
  READS_HOW(&h, "x\n", " | E0170@0:0 !");
  as_read_limits usual = as_read_limits_default, own = as_read_limits_for(&usual, AS_FORMAT_TEXT);
  assert_int_equal(own.file_bytes, 64 << 20);
  assert_int_equal(own.line_bytes, 64 << 10);
  assert_int_equal(own.records, 5000000);
}

static void patterns_that_cost_too_much(void **state) {
  (void)state;
  as_buf line = {0};
  repeat(&line, "a", 40);
  how h = text_how("^(?<a>(a+)+)$", NULL);
  READS_BUF(&h, line, "D [{a=s:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa } ]");
  as_buf_adds(&line, "!\n");
  READS_BUF(&h, line, "D [ | E0171@1:1 !");
  TELLS_HOW(&h, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "the pattern met its match limit (1,000,000)");
  h.options.limits.match_steps = 100;
  TELLS_HOW(&h, "aaaaaaaaaaa!", "the pattern met its match limit (100)");
  TEXT("(*LIMIT_MATCH=4000000000)^(?<a>(a+)+)$", NULL, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "D [ | E0171@1:1 !");
  h = text_how("(?<a>(?:(a)|b)*)[cd]", NULL);
  h.options.limits.match_bytes = 20 << 10;
  line.len = 0;
  repeat(&line, "ab", 5000);
  READS_BUF(&h, line, "D [ | E0171@1:1 !");
  h.options.limits.match_bytes = as_limits_default.match_bytes;
  h.options.limits.match_depth = 100;
  READS_BUF(&h, line, "D [ | E0171@1:1 !");
  /* Below the limit at each place where a match could begin, but there are many. */
  h = text_how("(?<a>a*a*a*a*[bd])", NULL);
  h.options.limits.match_seconds = 0.05;
  line.len = 0;
  repeat(&line, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", 1500);
  READS_BUF(&h, line, "D [ | E0171@1:1 !");
  as_buf shown = {0};
  as_free(outcome(&h, line.data, line.len, &shown));
  assert_non_null(strstr(shown.data, "the limit match-time is 0.05 s"));
  as_buf_free(&shown);
  as_buf_free(&line);
}

static void a_sink_may_stop(void **state) {
  (void)state;
  how h = text_how(AB, NULL);
  for (h.stop_at = 1; h.stop_at <= 9; h.stop_at++) {
    char *got = outcome(&h, "x 1\n", 4, NULL);
    assert_null(strchr(got, '|'));
    assert_true((got[strlen(got) - 1] == '!') == (h.stop_at < 10));
    as_free(got);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields), cmocka_unit_test(lines_that_do_not_fit), cmocka_unit_test(patterns),
      cmocka_unit_test(limits), cmocka_unit_test(patterns_that_cost_too_much), cmocka_unit_test(a_sink_may_stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
