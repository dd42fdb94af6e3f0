/* Dates and moments: the calendar, parsing, comparing, arithmetic, writing.
 * Reads no clock and no time zone of the machine. */
#include "base/civil.h"

#define DAY INT64_C(86400)
#define FIRST_SECOND INT64_C(-62135596800) /* 0001-01-01T00:00:00Z */
#define LAST_SECOND INT64_C(253402300799)  /* 9999-12-31T23:59:59Z */
#define BILLION 1000000000

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* Days since 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March, so
 * that the leap day is the last of its year; 400 years are 146,097 days. */
static int64_t days_of(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2;
  int64_t era = floor_div(year, 400);
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

static void civil_of(int64_t days, int64_t *year, int *month, int *day) {
  days += 719468;
  int64_t era = floor_div(days, 146097);
  int64_t day_of_era = days - era * 146097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t shifted = (5 * day_of_year + 2) / 153;
  *day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
  *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
  *year = year_of_era + era * 400 + (*month <= 2);
}

static int days_in(int year, int month) {
  static const signed char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

/* Exactly `n` digits at text.p[at]; -1 where they are not there. */
static int digits_at(as_str text, size_t at, size_t n) {
  if (at > text.n || text.n - at < n) return -1;
  int value = 0;
  for (size_t i = at; i < at + n; i++) {
    if (text.p[i] < '0' || text.p[i] > '9') return -1;
    value = value * 10 + (text.p[i] - '0');
  }
  return value;
}

static bool parse_day(as_str text, int64_t *days) {
  if (text.n < 10 || text.p[4] != '-' || text.p[7] != '-') return false;
  int year = digits_at(text, 0, 4), month = digits_at(text, 5, 2), day = digits_at(text, 8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return false;
  *days = days_of(year, month, day);
  return true;
}

bool as_date_parse(as_str text, as_time *out) {
  int64_t days;
  if (text.n != 10 || !parse_day(text, &days)) return false;
  *out = (as_time){.seconds = days * DAY, .is_date = true};
  return true;
}

/* `.5` and so on at *at: up to nine digits, as nanoseconds. */
static bool parse_decimals(as_str text, size_t *at, int32_t *nanos) {
  int32_t value = 0, unit = BILLION;
  size_t i = *at + 1;
  for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++) {
    if (unit == 1) return false;
    unit /= 10;
    value += (text.p[i] - '0') * unit;
  }
  if (i == *at + 1) return false;
  *at = i;
  *nanos = value;
  return true;
}

static bool parse_zone(as_str text, size_t at, int64_t *offset) {
  if (at >= text.n) return false;
  char c = text.p[at];
  if (c == 'Z' || c == 'z') {
    *offset = 0;
    return text.n == at + 1;
  }
  if ((c != '+' && c != '-') || text.n != at + 6 || text.p[at + 3] != ':') return false;
  int hours = digits_at(text, at + 1, 2), minutes = digits_at(text, at + 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
  *offset = (c == '-' ? -60 : 60) * (hours * 60 + minutes);
  return true;
}

bool as_time_parse(as_str text, as_time *out) {
  int64_t days, offset;
  if (!parse_day(text, &days)) return false;
  if (text.n == 10) {
    *out = (as_time){.seconds = days * DAY};
    return true;
  }
  if (text.n < 20 || (text.p[10] != 'T' && text.p[10] != 't' && text.p[10] != ' ')) return false;
  if (text.p[13] != ':' || text.p[16] != ':') return false;
  int hour = digits_at(text, 11, 2), minute = digits_at(text, 14, 2), second = digits_at(text, 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
  size_t at = 19;
  int32_t nanos = 0;
  if (text.p[at] == '.' && !parse_decimals(text, &at, &nanos)) return false;
  if (!parse_zone(text, at, &offset)) return false;
  int64_t seconds = days * DAY + hour * 3600 + minute * 60 + second - offset;
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return false;
  *out = (as_time){.seconds = seconds, .nanos = nanos};
  return true;
}

int as_time_compare(as_time a, as_time b) {
  if (a.is_date != b.is_date) {
    int64_t day_a = floor_div(a.seconds, DAY), day_b = floor_div(b.seconds, DAY);
    return (day_a > day_b) - (day_a < day_b);
  }
  if (a.seconds != b.seconds) return a.seconds < b.seconds ? -1 : 1;
  return (a.nanos > b.nanos) - (a.nanos < b.nanos);
}

static bool add(as_time t, int64_t seconds, int32_t nanos, as_unit unit, as_time *out) {
  if (t.is_date) {
    if (unit < AS_UNIT_D || seconds % DAY != 0 || nanos != 0) {
      t.is_date = false; /* counts from the end of the day, which is the next midnight */
      t.seconds += DAY;
    }
  }
  t.nanos += nanos; /* both below a billion: fits */
  if (t.nanos >= BILLION) {
    t.nanos -= BILLION;
    t.seconds++;
  }
  if (__builtin_add_overflow(t.seconds, seconds, &t.seconds)) return false;
  if (t.seconds < FIRST_SECOND || t.seconds > LAST_SECOND) return false;
  *out = t;
  return true;
}

bool as_time_add(as_time t, as_duration d, as_time *out) { return add(t, d.seconds, d.nanos, d.unit, out); }

bool as_time_sub(as_time t, as_duration d, as_time *out) {
  if (d.seconds == INT64_MIN) return false;
  return d.nanos ? add(t, -d.seconds - 1, BILLION - d.nanos, d.unit, out) : add(t, -d.seconds, 0, d.unit, out);
}

as_duration as_time_diff(as_time a, as_time b) {
  if (a.is_date || b.is_date) {
    int64_t days = floor_div(a.seconds, DAY) - floor_div(b.seconds, DAY);
    return (as_duration){.seconds = days * DAY, .unit = AS_UNIT_D};
  }
  as_duration d = {.seconds = a.seconds - b.seconds, .nanos = a.nanos - b.nanos};
  if (d.nanos < 0) {
    d.nanos += BILLION;
    d.seconds--;
  }
  if (d.nanos)
    d.unit = AS_UNIT_S;
  else
    d.unit = d.seconds % DAY == 0    ? AS_UNIT_D
             : d.seconds % 3600 == 0 ? AS_UNIT_H
             : d.seconds % 60 == 0   ? AS_UNIT_MIN
                                     : AS_UNIT_S;
  return d;
}

static void put_digits(char *out, int value, int n) {
  for (; n > 0; n--, value /= 10) out[n - 1] = (char)('0' + value % 10);
}

/* Without printf: reports hold a great many of these. */
void as_time_format(as_time t, as_buf *out) {
  char text[] = "0000-00-00T00:00:00.000000000";
  int64_t year, days = floor_div(t.seconds, DAY);
  int month, day, second = (int)(t.seconds - days * DAY);
  civil_of(days, &year, &month, &day);
  put_digits(text, (int)year, 4); /* 1 to 9999: every function here sees to it */
  put_digits(text + 5, month, 2);
  put_digits(text + 8, day, 2);
  if (t.is_date) {
    as_buf_add(out, text, 10);
    return;
  }
  put_digits(text + 11, second / 3600, 2);
  put_digits(text + 14, second / 60 % 60, 2);
  put_digits(text + 17, second % 60, 2);
  size_t n = 19;
  if (t.nanos) {
    put_digits(text + 20, t.nanos, 9);
    for (n = 29; text[n - 1] == '0';) n--;
  }
  text[n++] = 'Z'; /* over the NUL, or what comes of it */
  as_buf_add(out, text, n);
}
