/* Plain scalars: which type they have by the YAML 1.2 core schema, and which number they mean.
 * `no`, `on`, `1_000`, `1:30` and dates are texts. Knows no locale. */
#include <math.h>
#include <string.h>

#include "read/json.h"
#include "read/reader.h"

static size_t digits(as_str text, size_t at) {
  size_t i = at;
  while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9') i++;
  return i - at;
}

/* 0o17 and 0xff: gives the base, or 0. */
static unsigned based(as_str text) {
  if (text.n < 3 || text.p[0] != '0' || (text.p[1] != 'x' && text.p[1] != 'o')) return 0;
  for (size_t i = 2; i < text.n; i++) {
    char c = text.p[i];
    bool octal = c >= '0' && c <= '7';
    bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (text.p[1] == 'o' ? !octal : !hex) return 0;
  }
  return text.p[1] == 'o' ? 8 : 16;
}

static unsigned digit_value(char c) {
  if (c <= '9') return (unsigned)(c - '0');
  return (unsigned)((c | 0x20) - 'a') + 10;
}

static bool is_infinity(as_str text) {
  return as_str_is(text, ".inf") || as_str_is(text, ".Inf") || as_str_is(text, ".INF");
}

static bool is_nan(as_str text) {
  return as_str_is(text, ".nan") || as_str_is(text, ".NaN") || as_str_is(text, ".NAN");
}

static as_str unsigned_part(as_str text) {
  bool sign = text.n && (text.p[0] == '+' || text.p[0] == '-');
  return (as_str){text.p + sign, text.n - sign};
}

bool as_plain_integer(as_str text, int64_t *out) {
  uint64_t value = 0;
  unsigned base = based(text);
  bool minus = text.n && text.p[0] == '-';
  as_str body = base ? (as_str){text.p + 2, text.n - 2} : unsigned_part(text);
  if (!base) base = 10;
  if (!body.n) return false;
  for (size_t i = 0; i < body.n; i++) {
    char c = body.p[i];
    if (base == 10 && (c < '0' || c > '9')) return false;
    if (__builtin_mul_overflow(value, (uint64_t)base, &value) || __builtin_add_overflow(value, digit_value(c), &value)) return false;
  }
  if (value > (uint64_t)INT64_MAX + minus) return false;
  *out = minus ? (int64_t)(0 - value) : (int64_t)value;
  return true;
}

bool as_plain_number(as_str text, double *out) {
  unsigned base = based(text);
  if (base) {
    double value = 0;
    for (size_t i = 2; i < text.n; i++) value = value * base + digit_value(text.p[i]);
    *out = value;
    return !isinf(value);
  }
  as_str body = unsigned_part(text);
  bool minus = body.n < text.n && text.p[0] == '-';
  double value;
  if (is_infinity(body))
    value = (double)INFINITY;
  else if (is_nan(text))
    value = (double)NAN;
  else if (!body.n || body.p[0] == '-' || !as_json_double(body, &value))
    return false;
  *out = minus ? -value : value;
  return true;
}

static as_node_type number_type(as_str text) {
  int64_t integer;
  double number;
  if (based(text)) return as_plain_integer(text, &integer) ? AS_INT : as_plain_number(text, &number) ? AS_NUM : AS_TEXT;
  as_str body = unsigned_part(text);
  if (is_infinity(body) || is_nan(text)) return AS_NUM;
  size_t whole = digits(body, 0), i = whole;
  if (whole && i == body.n) {
    if (whole <= 18 || as_plain_integer(text, &integer)) return AS_INT;
  } else {
    if (i < body.n && body.p[i] == '.') {
      size_t decimals = digits(body, ++i);
      if (!whole && !decimals) return AS_TEXT;
      i += decimals;
    } else if (!whole) {
      return AS_TEXT;
    }
    if (i < body.n && (body.p[i] == 'e' || body.p[i] == 'E')) {
      i++;
      if (i < body.n && (body.p[i] == '+' || body.p[i] == '-')) i++;
      size_t exponent = digits(body, i);
      if (!exponent) return AS_TEXT;
      i += exponent;
    }
    if (i < body.n) return AS_TEXT;
  }
  /* 12e4567 is more likely the name of a commit than a number: none that a double holds. */
  return as_plain_number(text, &number) ? AS_NUM : AS_TEXT;
}

as_node_type as_plain_type(as_str text) {
  if (!text.n) return AS_NULL;
  switch (text.p[0]) {
    case '~':
      return text.n == 1 ? AS_NULL : AS_TEXT;
    case 'n':
    case 'N':
      return as_str_is(text, "null") || as_str_is(text, "Null") || as_str_is(text, "NULL") ? AS_NULL : AS_TEXT;
    case 't':
    case 'T':
      return as_str_is(text, "true") || as_str_is(text, "True") || as_str_is(text, "TRUE") ? AS_BOOL : AS_TEXT;
    case 'f':
    case 'F':
      return as_str_is(text, "false") || as_str_is(text, "False") || as_str_is(text, "FALSE") ? AS_BOOL : AS_TEXT;
    case '+':
    case '-':
    case '.':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return number_type(text);
    default:
      return AS_TEXT;
  }
}
