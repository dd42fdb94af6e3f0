/* The table of limits as data. */
#include "base/limits.h"

#include <stdio.h>
#include <string.h>

const as_limits as_limits_default = {
#define DEFAULT(member, name, type, value, what) .member = value,
    AS_LIMITS(DEFAULT)
#undef DEFAULT
};

const as_limit_row as_limit_rows[] = {
#define ROW(member, name, type, value, what) {name, what, AS_LIMIT_##type, offsetof(as_limits, member)},
    AS_LIMITS(ROW)
#undef ROW
};

const size_t as_limit_count = sizeof as_limit_rows / sizeof as_limit_rows[0];

void as_limit_show_value(uint64_t value, bool bytes, as_buf *out) {
  static const struct {
    uint64_t size;
    const char *unit;
  } units[] = {{AS_LIMIT_GB, " GB"}, {AS_LIMIT_MB, " MB"}, {AS_LIMIT_KB, " KB"}};
  const char *unit = bytes ? " bytes" : "";
  for (size_t i = 0; bytes && i < 3; i++) {
    if (!value || value % units[i].size) continue;
    value /= units[i].size;
    unit = units[i].unit;
    break;
  }
  char digits[24];
  int n = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
  for (int i = 0; i < n; i++) {
    if (i && (n - i) % 3 == 0) as_buf_addc(out, ',');
    as_buf_addc(out, digits[i]);
  }
  as_buf_adds(out, unit);
}

void as_limit_show(const as_limits *limits, const as_limit_row *row, as_buf *out) {
  const char *at = (const char *)limits + row->offset;
  uint64_t value;
  double seconds;
  if (row->type == AS_LIMIT_SECONDS) {
    memcpy(&seconds, at, sizeof seconds);
    as_buf_printf(out, "%g s", seconds);
    return;
  }
  memcpy(&value, at, sizeof value);
  if (!value)
    as_buf_adds(out, "none");
  else
    as_limit_show_value(value, row->type == AS_LIMIT_SIZE, out);
}
