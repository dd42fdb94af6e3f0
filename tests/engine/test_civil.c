/* Civil time: the calendar day by day, texts there and back, arithmetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/civil.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DAY INT64_C(86400)

static uint64_t random_state = 88172645463325252u;
static uint64_t random_bits(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state;
}
/* A second of the years 1 to 9999. */
static int64_t random_second(void) { return -62135596800 + (int64_t)(random_bits() % 315537897600u); }

static const char *time_text(as_time t) {
  static char kept[4][64];
  static int turn;
  turn = (turn + 1) % 4;
  as_buf buf = {0};
  as_time_format(t, &buf);
  snprintf(kept[turn], sizeof kept[turn], "%s", buf.data);
  as_buf_free(&buf);
  return kept[turn];
}

static as_time date(const char *text) {
  as_time t;
  if (!as_date_parse(as_str_of(text), &t)) fail_msg("no date: %s", text);
  return t;
}
static as_time moment(const char *text) {
  as_time t;
  if (!as_time_parse(as_str_of(text), &t)) fail_msg("no time: %s", text);
  return t;
}
static as_duration duration(const char *text) {
  as_duration d;
  if (!as_duration_parse(as_str_of(text), &d)) fail_msg("no duration: %s", text);
  return d;
}

/* The calendar counted by hand from the first day, against every day of the ten thousand years. */
static void every_day_is_right(void **state) {
  (void)state;
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int64_t days = -719162;
  char text[16], before[16] = "";
  for (int year = 1; year <= 9999; year++) {
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    bool whole = (year >= 1890 && year <= 2110) || year < 5 || year > 9995 || year % 100 == 0;
    for (int month = 1; month <= 12; month++) {
      int length = lengths[month - 1] + (month == 2 && leap);
      for (int day = 1; day <= length; day++, days++) {
        if (!whole && day != 1 && day != length) continue; /* the ends of every month of all other years */
        snprintf(text, sizeof text, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
        as_time t = date(text);
        if (t.seconds != days * DAY || t.nanos || !t.is_date) fail_msg("%s", text);
        if (strcmp(time_text(t), text) != 0) fail_msg("%s", text);
        if (strcmp(before, text) >= 0) fail_msg("order at %s", text);
        memcpy(before, text, sizeof text);
      }
      snprintf(text, sizeof text, "%04d-%02d-%02d", year % 10000, month % 100, (length + 1) % 100);
      as_time none;
      if (as_date_parse(as_str_of(text), &none)) fail_msg("%s", text);
    }
  }
  assert_int_equal(days, 2932897);
}

static void known_moments(void **state) {
  (void)state;
  assert_int_equal(date("1970-01-01").seconds, 0);
  assert_int_equal(date("2000-02-29").seconds, 951782400);
  assert_int_equal(moment("2001-09-09T01:46:40Z").seconds, 1000000000);
  assert_int_equal(moment("1969-12-31T23:59:59Z").seconds, -1);
  assert_int_equal(moment("2038-01-19T03:14:08Z").seconds, INT64_C(2147483648));
  assert_int_equal(moment("0001-01-01T00:00:00Z").seconds, INT64_C(-62135596800));
  assert_int_equal(moment("9999-12-31T23:59:59Z").seconds, INT64_C(253402300799));
}

static void what_is_no_date_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {
      "",           "2026",        "2026-01",    "2026-1-31",   "2026-01-32", "2026-02-29", "1900-02-29", "2100-02-29",
      "2026-00-01", "2026-13-01",  "2026-01-00", "0000-01-01",  "2026/01/31", "2026-01-31 ", " 2026-01-31", "+026-01-31",
      "2026-01-3a", "-001-01-01",  "20260131",   "10000-01-01", "2026-04-31", "2026-01-31T00:00:00Z"};
  as_time t;
  for (size_t i = 0; i < COUNT(bad); i++)
    if (as_date_parse(as_str_of(bad[i]), &t)) fail_msg("%s", bad[i]);
  assert_false(as_date_parse((as_str){NULL, 0}, &t));
}

static void times_are_read(void **state) {
  (void)state;
  static const char *const pairs[][2] = {
      {"2026-03-01T08:15:00Z", "2026-03-01T08:15:00Z"},
      {"2026-03-01 08:15:00Z", "2026-03-01T08:15:00Z"},
      {"2026-03-01t08:15:00z", "2026-03-01T08:15:00Z"},
      {"2026-03-01", "2026-03-01T00:00:00Z"},
      {"2026-03-01T00:30:00+01:00", "2026-02-28T23:30:00Z"},
      {"2024-02-29T23:30:00-01:00", "2024-03-01T00:30:00Z"},
      {"2026-03-01T08:15:00-00:00", "2026-03-01T08:15:00Z"},
      {"2026-03-01T08:15:00+23:59", "2026-02-28T08:16:00Z"},
      {"2026-03-01T08:15:00+05:45", "2026-03-01T02:30:00Z"},
      {"2026-03-01T08:15:00.5Z", "2026-03-01T08:15:00.5Z"},
      {"2026-03-01T08:15:00.500000000+00:00", "2026-03-01T08:15:00.5Z"},
      {"2026-03-01T08:15:00.000000001Z", "2026-03-01T08:15:00.000000001Z"},
      {"1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z"},
      {"2026-03-01T08:15:00.0Z", "2026-03-01T08:15:00Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
      {"2016-12-31T23:59:60.25Z", "2017-01-01T00:00:00.25Z"},
      {"2017-01-01T00:59:60+01:00", "2017-01-01T00:00:00Z"},
  };
  for (size_t i = 0; i < COUNT(pairs); i++) {
    as_time t = moment(pairs[i][0]);
    assert_false(t.is_date);
    assert_string_equal(time_text(t), pairs[i][1]);
  }
}

static void what_is_no_time_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"2026-03-01T08:15:00",
                                    "2026-03-01T08:15Z",
                                    "2026-03-01T24:00:00Z",
                                    "2026-03-01T23:60:00Z",
                                    "2026-03-01T23:59:61Z",
                                    "2026-03-01T08:15:00.Z",
                                    "2026-03-01T08:15:00.1234567890Z",
                                    "2026-03-01T08:15:00,5Z",
                                    "2026-03-01T08:15:00+0100",
                                    "2026-03-01T08:15:00+01",
                                    "2026-03-01T08:15:00+24:00",
                                    "2026-03-01T08:15:00+01:60",
                                    "2026-03-01T08:15:00+01:00Z",
                                    "2026-03-01T08:15:00Z ",
                                    "2026-03-01T08:15:00 Z",
                                    "2026-03-01X08:15:00Z",
                                    "2026-03-01T8:15:00Z",
                                    "2026-03-01T-8:15:00Z",
                                    "2026-02-29T08:15:00Z",
                                    "2026-03-01T",
                                    "0001-01-01T00:00:00+00:01",
                                    "9999-12-31T23:59:60Z",
                                    "9999-12-31T23:59:59-00:01",
                                    "2026-03-01T08:15:00.5"};
  as_time t;
  for (size_t i = 0; i < COUNT(bad); i++)
    if (as_time_parse(as_str_of(bad[i]), &t)) fail_msg("%s", bad[i]);
  /* No beginning of a time is a time, but for the bare date; and none is read past its end. */
  const char *text = "2026-03-01T08:15:00.25+01:00";
  for (size_t n = 0; n < strlen(text); n++) {
    char *exact = as_alloc(n);
    memcpy(exact, text, n);
    assert_int_equal(as_time_parse((as_str){exact, n}, &t), n == 10);
    as_free(exact);
  }
}

static void texts_keep_value_and_order(void **state) {
  (void)state;
  as_time before = moment("2000-01-01T00:00:00Z");
  for (int i = 0; i < 100000; i++) {
    as_time t = {.seconds = random_second(), .nanos = i % 3 ? (int32_t)(random_bits() % 1000000000u) : 0};
    as_time back = moment(time_text(t));
    assert_int_equal(as_time_compare(t, back), 0);
    assert_true(t.seconds == back.seconds && t.nanos == back.nanos);
    int order = as_time_compare(before, t);
    if (t.nanos == 0 && before.nanos == 0) { /* decimals do not sort as text beside 'Z' */
      int by_text = strcmp(time_text(before), time_text(t));
      assert_int_equal((by_text > 0) - (by_text < 0), order);
    }
    assert_int_equal(as_time_compare(t, before), -order);
    before = t;
  }
}

static void days_and_moments_compare_by_day(void **state) {
  (void)state;
  as_time day = date("2026-03-01");
  assert_int_equal(as_time_compare(day, moment("2026-03-01T00:00:00Z")), 0);
  assert_int_equal(as_time_compare(day, moment("2026-03-01T23:59:59.9Z")), 0);
  assert_int_equal(as_time_compare(day, moment("2026-03-02T00:00:00Z")), -1);
  assert_int_equal(as_time_compare(moment("2026-02-28T23:59:59Z"), day), -1);
  assert_int_equal(as_time_compare(date("1969-12-31"), moment("1969-12-31T23:00:00Z")), 0);
  assert_int_equal(as_time_compare(date("1969-12-31"), moment("1970-01-01T00:00:00Z")), -1);
  assert_int_equal(as_time_compare(date("2026-03-01"), date("2026-03-02")), -1);
}

static void sums(const char *from, bool is_date, const char *length, const char *plus, const char *minus) {
  as_time t = is_date ? date(from) : moment(from), sum;
  assert_int_equal(as_time_add(t, duration(length), &sum), plus != NULL);
  if (plus) assert_string_equal(time_text(sum), plus);
  assert_int_equal(as_time_sub(t, duration(length), &sum), minus != NULL);
  if (minus) assert_string_equal(time_text(sum), minus);
}

static void times_and_durations_add(void **state) {
  (void)state;
  sums("2026-01-31", true, "1 d", "2026-02-01", "2026-01-30");
  sums("2024-02-28", true, "1 w", "2024-03-06", "2024-02-21");
  sums("2026-01-31", true, "24 h", "2026-02-02T00:00:00Z", "2026-01-31T00:00:00Z"); /* hours, not a day */
  sums("2026-01-31", true, "0 d", "2026-01-31", "2026-01-31");
  sums("2026-01-31", true, "365 d", "2027-01-31", "2025-01-31");
  /* With hours a day counts from its end. */
  sums("2026-01-31", true, "4 h", "2026-02-01T04:00:00Z", "2026-01-31T20:00:00Z");
  sums("2026-01-31", true, "0.5 s", "2026-02-01T00:00:00.5Z", "2026-01-31T23:59:59.5Z");
  sums("2026-01-31T23:00:00Z", false, "90 min", "2026-02-01T00:30:00Z", "2026-01-31T21:30:00Z");
  sums("2026-01-31T23:00:00Z", false, "1 d", "2026-02-01T23:00:00Z", "2026-01-30T23:00:00Z");
  sums("2026-01-31T00:00:00.9Z", false, "0.2 s", "2026-01-31T00:00:01.1Z", "2026-01-31T00:00:00.7Z");
  sums("2026-01-31T00:00:00.1Z", false, "0.2 s", "2026-01-31T00:00:00.3Z", "2026-01-30T23:59:59.9Z");
  sums("9999-12-31", true, "1 d", NULL, "9999-12-30");
  sums("9999-12-31", true, "1 h", NULL, "9999-12-31T23:00:00Z");
  sums("0001-01-01", true, "1 d", "0001-01-02", NULL);
  sums("0001-01-01T00:00:00Z", false, "0.000000001 s", "0001-01-01T00:00:00.000000001Z", NULL);
  sums("9999-12-31T23:59:59.999999999Z", false, "0.000000001 s", NULL, "9999-12-31T23:59:59.999999998Z");
  as_time t;
  const as_duration most = {INT64_MAX, 999999999, AS_UNIT_S}, least = {INT64_MIN, 0, AS_UNIT_S};
  assert_false(as_time_add(date("2026-01-01"), most, &t));
  assert_false(as_time_add(date("2026-01-01"), least, &t));
  assert_false(as_time_sub(date("2026-01-01"), most, &t));
  assert_false(as_time_sub(date("2026-01-01"), least, &t));
  assert_false(as_time_sub(moment("2026-01-01T00:00:00Z"), least, &t));
}

static void adding_is_undone_by_subtracting(void **state) {
  (void)state;
  for (int i = 0; i < 100000; i++) {
    as_time t = {.seconds = random_second(), .nanos = (int32_t)(random_bits() % 1000000000u)};
    as_duration d = {(int64_t)(random_bits() % 20000000000u) - 10000000000, (int32_t)(random_bits() % 1000000000u),
                     AS_UNIT_S};
    if (i % 2) { /* a day and whole days */
      t = (as_time){.seconds = (t.seconds - (t.seconds % DAY + DAY) % DAY), .is_date = true};
      d = (as_duration){d.seconds / DAY * DAY, 0, AS_UNIT_D};
    }
    as_time sum, back;
    if (!as_time_add(t, d, &sum)) continue;
    assert_true(as_time_sub(sum, d, &back));
    assert_true(back.seconds == t.seconds && back.nanos == t.nanos && back.is_date == t.is_date);
    as_duration between = as_time_diff(sum, t);
    assert_int_equal(as_duration_compare(between, d), 0);
    assert_int_equal(as_duration_compare(as_time_diff(t, sum), as_duration_neg(d)), 0);
    assert_true(as_time_sub(t, as_duration_neg(d), &back));
    assert_int_equal(as_time_compare(back, sum), 0);
  }
}

static const char *words(as_duration d) {
  static char kept[64];
  as_buf buf = {0};
  as_duration_format(d, &buf);
  snprintf(kept, sizeof kept, "%s", buf.data);
  as_buf_free(&buf);
  return kept;
}

static void differences_choose_their_unit(void **state) {
  (void)state;
  assert_string_equal(words(as_time_diff(date("2027-01-31"), date("2026-01-31"))), "365 days");
  assert_string_equal(words(as_time_diff(date("2026-01-31"), date("2026-02-01"))), "-1 day");
  assert_string_equal(words(as_time_diff(date("2026-01-31"), date("2026-01-31"))), "0 days");
  assert_string_equal(words(as_time_diff(moment("2026-02-01T23:00:00Z"), date("2026-01-31"))), "1 day");
  assert_string_equal(words(as_time_diff(moment("2026-02-15T00:00:00Z"), moment("2026-02-01T00:00:00Z"))), "14 days");
  assert_string_equal(words(as_time_diff(moment("2026-02-01T05:00:00Z"), moment("2026-02-01T00:00:00Z"))), "5 hours");
  assert_string_equal(words(as_time_diff(moment("2026-02-01T01:30:00Z"), moment("2026-02-01T00:00:00Z"))), "90 minutes");
  assert_string_equal(words(as_time_diff(moment("2026-02-01T00:00:00Z"), moment("2026-02-01T00:00:00.5Z"))), "-0.5 seconds");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_day_is_right),
      cmocka_unit_test(known_moments),
      cmocka_unit_test(what_is_no_date_is_refused),
      cmocka_unit_test(times_are_read),
      cmocka_unit_test(what_is_no_time_is_refused),
      cmocka_unit_test(texts_keep_value_and_order),
      cmocka_unit_test(days_and_moments_compare_by_day),
      cmocka_unit_test(times_and_durations_add),
      cmocka_unit_test(adding_is_undone_by_subtracting),
      cmocka_unit_test(differences_choose_their_unit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
