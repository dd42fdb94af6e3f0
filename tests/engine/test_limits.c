/* The table of limits, and that docs/limits.md tells it as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>

#include "base/file.h"
#include "base/limits.h"
#include "read/read.h"

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

static void add_formats(as_buf *out, size_t offset, bool bytes) {
  static const as_format formats[] = {AS_FORMAT_YAML, AS_FORMAT_JSON, AS_FORMAT_NDJSON, AS_FORMAT_CSV, AS_FORMAT_XML, AS_FORMAT_TEXT};
  for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
    as_limits own = as_read_limits_for(&as_limits_default, formats[i]);
    uint64_t value, usual;
    memcpy(&value, (char *)&own + offset, 8);
    memcpy(&usual, (const char *)&as_limits_default + offset, 8);
    if (value == usual) continue;
    as_buf_printf(out, "; %s ", as_format_name(formats[i]));
    as_limit_show_value(value, bytes, out);
  }
}

/* One line of the page: | `name` | default | what | */
static void page(void **state) {
  (void)state;
  as_buf text, rows = {0};
  const char *why;
  if (!as_file_read(AT_FDCWD, "docs/limits.md", 1 << 20, &text, &why)) skip(); /* not run from the project's folder */
  size_t missing = 0;
  for (size_t i = 0; i < as_limit_count; i++) {
    const as_limit_row *row = &as_limit_rows[i];
    as_buf line = {0};
    as_buf_printf(&line, "| `%s` | ", row->name);
    as_limit_show(&as_limits_default, row, &line);
    if (row->type != AS_LIMIT_SECONDS) add_formats(&line, row->offset, row->type == AS_LIMIT_SIZE);
    as_buf_printf(&line, " | %s |\n", row->what);
    missing += !strstr(text.data, line.data);
    as_buf_add(&rows, line.data, line.len);
    as_buf_free(&line);
  }
  if (missing) fprintf(stderr, "%s", rows.data);
  if (missing) fail_msg("docs/limits.md: %zu rows are missing or old; the table belongs there as it is above", missing);
  as_buf_free(&rows);
  as_buf_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(shown), cmocka_unit_test(table), cmocka_unit_test(page)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
