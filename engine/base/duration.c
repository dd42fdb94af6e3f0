/* Durations: parsing, exact arithmetic that saturates instead of wrapping, writing.
 * Counts in nanoseconds of 128 bits; must not compute in floating point what has to be exact. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/civil.h"

__extension__ typedef __int128 wide;

#define BILLION 1000000000

static const struct {
  const char *sign, *word;
  int64_t seconds;
} units[] = {
    [AS_UNIT_S] = {"s", "second", 1},    [AS_UNIT_MIN] = {"min", "minute", 60}, [AS_UNIT_H] = {"h", "hour", 3600},
    [AS_UNIT_D] = {"d", "day", 86400}, [AS_UNIT_W] = {"w", "week", 604800},
};

static wide unit_nanos(as_unit unit) { return (wide)units[unit].seconds * BILLION; }

static wide nanos_of(as_duration d) { return (wide)d.seconds * BILLION + d.nanos; }

static as_duration duration_of(wide nanos, as_unit unit) {
  const wide most = (wide)INT64_MAX * BILLION + (BILLION - 1), least = (wide)INT64_MIN * BILLION;
  if (nanos > most) nanos = most;
  if (nanos < least) nanos = least;
  wide seconds = nanos / BILLION, rest = nanos % BILLION;
  if (rest < 0) {
    rest += BILLION;
    seconds--;
  }
  return (as_duration){.seconds = (int64_t)seconds, .nanos = (int32_t)rest, .unit = unit};
}

/* Parsing */

static bool parse_unit(as_str text, as_unit *unit) {
  static const struct {
    const char *text;
    as_unit unit;
  } names[] = {{"s", AS_UNIT_S},       {"sec", AS_UNIT_S},  {"second", AS_UNIT_S}, {"seconds", AS_UNIT_S},
               {"min", AS_UNIT_MIN},   {"mins", AS_UNIT_MIN}, {"minute", AS_UNIT_MIN}, {"minutes", AS_UNIT_MIN},
               {"h", AS_UNIT_H},       {"hour", AS_UNIT_H}, {"hours", AS_UNIT_H},  {"d", AS_UNIT_D},
               {"day", AS_UNIT_D},     {"days", AS_UNIT_D}, {"w", AS_UNIT_W},      {"week", AS_UNIT_W},
               {"weeks", AS_UNIT_W}};
  char word[8];
  if (text.n == 0 || text.n >= sizeof word) return false;
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    word[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
  }
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    if (!as_str_is((as_str){word, text.n}, names[i].text)) continue;
    *unit = names[i].unit;
    return true;
  }
  return false;
}

static bool is_digit(as_str text, size_t at) { return at < text.n && text.p[at] >= '0' && text.p[at] <= '9'; }

bool as_duration_parse(as_str text, as_duration *out) {
  size_t at = 0;
  bool negative = text.n > 0 && text.p[0] == '-';
  if (negative) at++;
  if (!is_digit(text, at)) return false;
  int64_t whole = 0;
  for (; is_digit(text, at); at++)
    if (__builtin_mul_overflow(whole, 10, &whole) || __builtin_add_overflow(whole, text.p[at] - '0', &whole))
      return false;

  int64_t part = 0, scale = 1; /* part / scale of a unit */
  if (at < text.n && text.p[at] == '.') {
    size_t first = ++at, last;
    while (is_digit(text, at)) at++;
    if (at == first) return false;
    for (last = at; last > first && text.p[last - 1] == '0';) last--;
    if (last - first > 18) return false; /* such a number gives no whole nanoseconds in any unit */
    for (size_t i = first; i < last; i++) {
      part = part * 10 + (text.p[i] - '0');
      scale *= 10;
    }
  }
  while (at < text.n && text.p[at] == ' ') at++;

  as_unit unit;
  if (!parse_unit((as_str){text.p + at, text.n - at}, &unit)) return false;
  wide fraction = (wide)part * unit_nanos(unit);
  if (fraction % scale != 0) return false;
  wide nanos = (wide)whole * unit_nanos(unit) + fraction / scale;
  if (negative) nanos = -nanos;
  as_duration d = duration_of(nanos, unit);
  if (nanos_of(d) != nanos) return false; /* saturated */
  *out = d;
  return true;
}

/* Arithmetic */

int as_duration_compare(as_duration a, as_duration b) {
  if (a.seconds != b.seconds) return a.seconds < b.seconds ? -1 : 1;
  return (a.nanos > b.nanos) - (a.nanos < b.nanos);
}

as_duration as_duration_add(as_duration a, as_duration b) {
  wide x = nanos_of(a), y = nanos_of(b);
  as_unit unit = a.unit < b.unit ? a.unit : b.unit; /* the finer one, in which both are whole */
  if (x == 0) unit = b.unit;
  if (y == 0) unit = a.unit;
  return duration_of(x + y, unit);
}

as_duration as_duration_neg(as_duration a) { return duration_of(-nanos_of(a), a.unit); }

as_duration as_duration_scale(as_duration a, double factor) {
  const wide huge = (wide)INT64_MAX * BILLION * 4;
  wide nanos = nanos_of(a);
  if (nanos == 0 || factor == 0 || isnan(factor)) return duration_of(0, a.unit);
  bool negative = (nanos < 0) != (factor < 0);
  int exponent;
  double fraction = frexp(fabs(factor), &exponent); /* factor = mantissa * 2^exponent, exactly */
  if (isinf(factor) || exponent > 95) return duration_of(negative ? -huge : huge, a.unit);
  wide mantissa = (wide)ldexp(fraction, 53), magnitude = nanos < 0 ? -nanos : nanos;
  exponent -= 53;
  while (exponent < 0 && mantissa % 2 == 0) {
    mantissa /= 2;
    exponent++;
  }
  wide product;
  /* Beyond about 300,000 years the last bits no longer fit; half a nanosecond is given up. */
  while (__builtin_mul_overflow(magnitude, mantissa, &product)) {
    if (exponent >= 0) return duration_of(negative ? -huge : huge, a.unit);
    mantissa = mantissa / 2 + mantissa % 2;
    exponent++;
  }
  if (exponent < -127) {
    product = 0;
  } else if (exponent < 0) {
    wide half = (wide)1 << (-exponent - 1);
    product = (product >> -exponent) + ((product & half) != 0);
  } else {
    for (; exponent > 0 && product < huge; exponent--) product *= 2;
  }
  if (product > huge) product = huge;
  return duration_of(negative ? -product : product, a.unit);
}

double as_duration_in(as_duration d, as_unit unit) {
  if (d.nanos == 0) return (double)d.seconds / (double)units[unit].seconds;
  return (double)nanos_of(d) / (double)unit_nanos(unit);
}

/* Writing */

/* Writes the number of the duration in `unit`; with up to `exact` decimals where that is all of it,
 * else, where `rounded` is not 0, rounded to so many. False where neither gives a true number. */
static bool write_number(wide nanos, as_unit unit, int exact, int rounded, as_buf *out, bool *one) {
  wide size = unit_nanos(unit), magnitude = nanos < 0 ? -nanos : nanos;
  wide whole = magnitude / size, rest = magnitude % size;
  char decimals[24];
  int n = 0;
  wide left = rest;
  for (; left && n < exact; n++) {
    left *= 10;
    decimals[n] = (char)('0' + (int)(left / size));
    left %= size;
  }
  if (left) { /* never ends, or later than wanted */
    if (!rounded) return false;
    wide scale = 1;
    for (int i = 0; i < rounded; i++) scale *= 10;
    wide near = (rest * scale + size / 2) / size;
    if (near == scale) {
      whole++;
      near = 0;
    }
    if (whole == 0 && near == 0) return false; /* would read as nothing at all */
    for (n = rounded; n > 0 && near % 10 == 0; n--) near /= 10;
    for (int i = n; i > 0; i--) {
      decimals[i - 1] = (char)('0' + (int)(near % 10));
      near /= 10;
    }
  }
  /* Seconds have 64 bits, and no unit is smaller. */
  as_buf_printf(out, "%s%" PRIu64, nanos < 0 ? "-" : "", (uint64_t)whole);
  if (n) {
    as_buf_addc(out, '.');
    as_buf_add(out, decimals, (size_t)n);
  }
  *one = whole == 1 && n == 0;
  return true;
}

void as_duration_format(as_duration d, as_buf *out) {
  as_unit unit = d.unit;
  bool one;
  while (!write_number(nanos_of(d), unit, 9, 3, out, &one)) unit--; /* seconds always do */
  as_buf_printf(out, " %s%s", units[unit].word, one ? "" : "s");
}

void as_duration_write(as_duration d, as_buf *out) {
  as_unit unit = d.unit;
  bool one;
  while (!write_number(nanos_of(d), unit, 18, 0, out, &one)) unit--;
  as_buf_printf(out, " %s", units[unit].sign);
}
