/* The table of limits, and how a limit is written for people. docs/reference/limits.md is made of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"

static void shown(void **state) {
  (void)state;
  static const struct {
    uint64_t value;
    bool bytes;
    const char *text;
  } values[] = {{1, false, "1"},      {999, false, "999"},        {1000, false, "1,000"},        {50000000, false, "50,000,000"},
                {1, true, "1 bytes"}, {1024, true, "1 KB"},       {1025, true, "1,025 bytes"},   {64 * AS_LIMIT_MB, true, "64 MB"},
                {0, true, "0 bytes"}, {4 * AS_LIMIT_GB, true, "4 GB"}, {UINT64_MAX, false, "18,446,744,073,709,551,615"}};
  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
    as_buf out = {0};
    as_limit_show_value(values[i].value, values[i].bytes, &out);
    assert_string_equal(out.data, values[i].text);
    as_buf_free(&out);
  }
}

static void table(void **state) {
  (void)state;
  for (size_t i = 0; i < as_limit_count; i++)
    for (size_t k = 0; k < i; k++) {
      assert_string_not_equal(as_limit_rows[i].name, as_limit_rows[k].name);
      assert_true(as_limit_rows[i].offset > as_limit_rows[k].offset);
    }
  assert_int_equal(as_limits_default.depth, 64);
  assert_true(as_limits_default.seconds == 5);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(shown), cmocka_unit_test(table)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
