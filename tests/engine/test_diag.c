/* Diagnostics: the list, its order, its limit, and how one is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/utf8.h"

static void texts_are_copied(void **state) {
  (void)state;
  as_diags *diags = as_diags_new();
  char message[] = "message", document[] = "a.yaml", source[] = "source", help[] = "help", code[] = "E0301";
  as_diags_push(diags, &(as_diag){code, AS_ERROR, document, 3, 7, message, help, source});
  memset(message, 'x', 3);
  memset(document, 'x', 3);
  memset(source, 'x', 3);
  memset(help, 'x', 3);
  memset(code, 'x', 3);
  as_diag *diag = as_diags_at(diags, 0);
  assert_string_equal(diag->code, "E0301");
  assert_string_equal(diag->message, "message");
  assert_string_equal(diag->document, "a.yaml");
  assert_string_equal(diag->source, "source");
  assert_string_equal(diag->help, "help");
  assert_null(as_diags_at(diags, 1));
  as_diags_add(diags, "E0302", AS_WARNING, NULL, 0, 0, NULL, "%d of %s", 3, "them");
  diag = as_diags_at(diags, 1);
  assert_string_equal(diag->message, "3 of them");
  assert_null(diag->document);
  assert_null(diag->help);
  assert_null(diag->source);
  assert_int_equal(as_diags_count(diags), 2);
  assert_int_equal(as_diags_errors(diags), 1);
  as_diags_free(diags);
  as_diags_free(NULL);
}

static void the_list_is_limited(void **state) {
  (void)state;
  as_diags *diags = as_diags_new();
  for (uint32_t i = 0; i < AS_DIAG_MAX + 5; i++) as_diags_add(diags, "E0101", AS_WARNING, "d", i, 0, NULL, "m");
  as_diags_add(diags, "E0101", AS_ERROR, "d", 1, 0, NULL, "an error among those that are only counted");
  assert_int_equal(as_diags_count(diags), AS_DIAG_MAX);
  assert_int_equal(as_diags_dropped(diags), 6);
  assert_int_equal(as_diags_errors(diags), 1);
  as_diags_free(diags);
}

static void the_order_is_stable(void **state) {
  (void)state;
  as_diags *diags = as_diags_new();
  as_diags_sort(diags);
  as_diags_add(diags, "E0302", AS_ERROR, "b", 1, 1, NULL, "6");
  as_diags_add(diags, "E0301", AS_ERROR, "a", 10, 1, NULL, "5");
  as_diags_add(diags, "E0302", AS_ERROR, "a", 2, 3, NULL, "3");
  as_diags_add(diags, "E0302", AS_ERROR, "a", 2, 3, NULL, "4");
  as_diags_add(diags, "E0301", AS_ERROR, "a", 2, 3, NULL, "2");
  as_diags_add(diags, "E0303", AS_ERROR, "a", 2, 1, NULL, "1");
  as_diags_add(diags, "E0303", AS_ERROR, NULL, 9, 1, NULL, "0");
  as_diags_sort(diags);
  as_diags_sort(diags);
  for (size_t i = 0; i < as_diags_count(diags); i++) assert_int_equal(as_diags_at(diags, i)->message[0], '0' + (int)i);
  as_diags_free(diags);
}

static void formats_as(as_diag diag, const char *wanted) {
  as_buf out = {0};
  as_diag_format(&diag, false, &out);
  assert_string_equal(out.data, wanted);
  as_buf_free(&out);
}

static void places_are_named_as_far_as_known(void **state) {
  (void)state;
  formats_as((as_diag){"E0301", AS_ERROR, "a.yaml", 3, 7, "wrong", NULL, NULL}, "a.yaml:3:7: error[E0301]: wrong\n");
  formats_as((as_diag){"E0301", AS_WARNING, "a.yaml", 3, 0, "wrong", NULL, NULL}, "a.yaml:3: warning[E0301]: wrong\n");
  formats_as((as_diag){"E0301", AS_NOTE, "a.yaml", 0, 5, "wrong", NULL, NULL}, "a.yaml: note[E0301]: wrong\n");
  formats_as((as_diag){"E0701", AS_ERROR, NULL, 0, 0, "wrong", "do that", NULL},
             "error[E0701]: wrong\n  help: do that\n");
}

static void carets_stand_below(void **state) {
  (void)state;
  formats_as((as_diag){"E0301", AS_ERROR, "a", 3, 1, "m", NULL, "key: value"},
             "a:3:1: error[E0301]: m\n    3 | key: value\n      | ^\n");
  formats_as((as_diag){"E0301", AS_ERROR, "a", 123456, 6, "m", "h", "key: value\nnext"},
             "a:123456:6: error[E0301]: m\n123456 | key: value\n       |      ^\n  help: h\n");
  /* Tabs are one blank; wide characters are two columns; what is hidden is written out. */
  formats_as((as_diag){"E0301", AS_ERROR, "a", 3, 3, "m", NULL, "\t\tx"},
             "a:3:3: error[E0301]: m\n    3 |   x\n      |   ^\n");
  formats_as((as_diag){"E0301", AS_ERROR, "a", 3, 3, "m", NULL, "日é!"},
             "a:3:3: error[E0301]: m\n    3 | 日é!\n      |    ^\n");
  formats_as((as_diag){"E0301", AS_ERROR, "a", 3, 3, "m", NULL, "\x1b\xffx"},
             "a:3:3: error[E0301]: m\n    3 | \\x1b\\xffx\n      |         ^\n");
  formats_as((as_diag){"E0301", AS_ERROR, "a", 3, 99, "m", NULL, "ab\r\n"},
             "a:3:99: error[E0301]: m\n    3 | ab\n      |   ^\n");
  formats_as((as_diag){"E0301", AS_ERROR, "a", 3, 3, "m", NULL, "ab\r\n"},
             "a:3:3: error[E0301]: m\n    3 | ab\n      |   ^\n");
  formats_as((as_diag){"E0301", AS_ERROR, "a", 3, 0, "m", NULL, ""}, "a:3: error[E0301]: m\n    3 | \n");
}

static void long_lines_are_cut_around_the_column(void **state) {
  (void)state;
  char line[5001];
  memset(line, '.', 5000);
  line[5000] = 0;
  line[2999] = '!';
  as_buf out = {0};
  as_diag_format(&(as_diag){"E0301", AS_ERROR, "a", 1, 3000, "m", NULL, line}, false, &out);
  const char *shown = strstr(out.data, " | ") + 3;
  const char *below = strstr(shown, "      | ") + 8;
  assert_true(out.len < 400);
  assert_memory_equal(shown, "…", 3);
  /* The ellipsis has three bytes and one column. */
  assert_int_equal(strchr(shown, '!') - shown - 2, strchr(below, '^') - below);
  as_buf_free(&out);
}

static void nothing_hostile_gets_through(void **state) {
  (void)state;
  formats_as((as_diag){"E0301", AS_ERROR, "a\nb.yaml", 1, 1, "x\x1b[2J\nfake: error", "one\ntwo\n\x1b[0m\n", NULL},
             "a\\nb.yaml:1:1: error[E0301]: x\\x1b[2J\\nfake: error\n  help: one\n        two\n        \\x1b[0m\n");
}

static void color_is_only_added(void **state) {
  (void)state;
  const as_diag diag = {"E0301", AS_ERROR, "a", 3, 2, "m", "h", "abc"};
  as_buf plain = {0}, color = {0}, stripped = {0};
  as_diag_format(&diag, false, &plain);
  as_diag_format(&diag, true, &color);
  assert_null(strchr(plain.data, '\x1b'));
  for (const char *p = color.data; *p; p++) {
    if (*p == '\x1b')
      p = strchr(p, 'm');
    else
      as_buf_addc(&stripped, *p);
  }
  assert_string_equal(stripped.data, plain.data);
  assert_true(color.len > plain.len);
  as_buf_free(&plain);
  as_buf_free(&color);
  as_buf_free(&stripped);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_are_copied),
      cmocka_unit_test(the_list_is_limited),
      cmocka_unit_test(the_order_is_stable),
      cmocka_unit_test(places_are_named_as_far_as_known),
      cmocka_unit_test(carets_stand_below),
      cmocka_unit_test(long_lines_are_cut_around_the_column),
      cmocka_unit_test(nothing_hostile_gets_through),
      cmocka_unit_test(color_is_only_added),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
