/* Durations: texts there and back, exact arithmetic, saturation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/civil.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static uint64_t random_state = 88172645463325252u;
static uint64_t random_bits(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state;
}

static as_duration duration(const char *text) {
  as_duration d;
  if (!as_duration_parse(as_str_of(text), &d)) fail_msg("no duration: %s", text);
  return d;
}

static const char *words(as_duration d) {
  static char kept[64];
  as_buf buf = {0};
  as_duration_format(d, &buf);
  snprintf(kept, sizeof kept, "%s", buf.data);
  as_buf_free(&buf);
  return kept;
}
static const char *written(as_duration d) {
  static char kept[64];
  as_buf buf = {0};
  as_duration_write(d, &buf);
  snprintf(kept, sizeof kept, "%s", buf.data);
  as_buf_free(&buf);
  return kept;
}

static void durations_are_read(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t seconds;
    int32_t nanos;
    const char *written, *words;
  } good[] = {
      {"15 min", 900, 0, "15 min", "15 minutes"},     {"4 h", 14400, 0, "4 h", "4 hours"},
      {"4h", 14400, 0, "4 h", "4 hours"},             {"90 d", 7776000, 0, "90 d", "90 days"},
      {"2 w", 1209600, 0, "2 w", "2 weeks"},          {"30 s", 30, 0, "30 s", "30 seconds"},
      {"1 d", 86400, 0, "1 d", "1 day"},              {"1 hour", 3600, 0, "1 h", "1 hour"},
      {"365  days", 31536000, 0, "365 d", "365 days"}, {"0 d", 0, 0, "0 d", "0 days"},
      {"1.5 d", 129600, 0, "1.5 d", "1.5 days"},      {"0.50 h", 1800, 0, "0.5 h", "0.5 hours"},
      {"007 d", 604800, 0, "7 d", "7 days"},          {"2 Minutes", 120, 0, "2 min", "2 minutes"},
      {"1.0 d", 86400, 0, "1 d", "1 day"},            {"-2 d", -172800, 0, "-2 d", "-2 days"},
      {"-0.5 s", -1, 500000000, "-0.5 s", "-0.5 seconds"},
      {"0.000000001 s", 0, 1, "0.000000001 s", "0.000000001 seconds"},
      {"0.000001 min", 0, 60000, "0.000001 min", "0.000001 minutes"},
  };
  for (size_t i = 0; i < COUNT(good); i++) {
    as_duration d = duration(good[i].text);
    assert_int_equal(d.seconds, good[i].seconds);
    assert_int_equal(d.nanos, good[i].nanos);
    assert_string_equal(written(d), good[i].written);
    assert_string_equal(words(d), good[i].words);
  }
  static const char *const bad[] = {"",      "d",      "5",     "5 ",      "5 m",  "5 y",   "5 months", "5 dd",
                                    " 5 d",  "5 d ",   "5. d",  ".5 d",    "+5 d", "- 5 d", "5\td",     "1e3 d",
                                    "1,5 d", "5 d 3 h", "--5 d", "0.0000000001 s", "9223372036854775808 s",
                                    "9223372036854775807 d", "99999999999999999999999 d", "0.0000000000000000001 w",
                                    "5 minutess", "P5D"};
  as_duration d;
  for (size_t i = 0; i < COUNT(bad); i++)
    if (as_duration_parse(as_str_of(bad[i]), &d)) fail_msg("%s", bad[i]);
  assert_true(as_duration_parse(AS_STR("9223372036854775807 s"), &d));
  assert_true(as_duration_parse(AS_STR("-9223372036854775808 s"), &d) == false || d.seconds == INT64_MIN);
}

static void what_is_written_reads_back(void **state) {
  (void)state;
  for (int i = 0; i < 100000; i++) {
    as_duration d = {(int64_t)random_bits() >> (random_bits() % 63), 0, (as_unit)(random_bits() % 5)};
    if (i % 2) d.nanos = (int32_t)(random_bits() % 1000000000u);
    as_duration back;
    const char *text = written(d);
    if (d.seconds < -INT64_MAX) continue;
    if (!as_duration_parse(as_str_of(text), &back)) fail_msg("%s", text);
    if (as_duration_compare(d, back) != 0) fail_msg("%s", text);
  }
}

static void words_are_rounded_where_they_never_end(void **state) {
  (void)state;
  as_duration third = {28800, 0, AS_UNIT_D};
  assert_string_equal(words(third), "0.333 days");
  assert_string_equal(written(third), "8 h");
  assert_string_equal(words((as_duration){86399, 999999999, AS_UNIT_D}), "1 day"); /* as near as can be said */
  assert_string_equal(words((as_duration){90000, 0, AS_UNIT_D}), "1.042 days");
  assert_string_equal(words((as_duration){1, 0, AS_UNIT_W}), "0.017 minutes");
  assert_string_equal(words((as_duration){5400, 0, AS_UNIT_H}), "1.5 hours");
  assert_string_equal(words((as_duration){INT64_MAX, 999999999, AS_UNIT_S}), "9223372036854775807.999999999 seconds");
  assert_string_equal(words((as_duration){INT64_MIN, 0, AS_UNIT_S}), "-9223372036854775808 seconds");
}

static bool same(as_duration a, as_duration b) { return a.seconds == b.seconds && a.nanos == b.nanos; }

static void durations_add_and_saturate(void **state) {
  (void)state;
  const as_duration most = {INT64_MAX, 999999999, AS_UNIT_S}, least = {INT64_MIN, 0, AS_UNIT_S};
  assert_string_equal(words(as_duration_add(duration("1 d"), duration("12 h"))), "36 hours");
  assert_string_equal(words(as_duration_add(duration("1 d"), duration("0 s"))), "1 day");
  assert_string_equal(words(as_duration_add(duration("0 s"), duration("2 w"))), "2 weeks");
  assert_true(same(as_duration_add(duration("0.6 s"), duration("0.6 s")), duration("1.2 s")));
  assert_true(same(as_duration_add(most, duration("1 d")), most));
  assert_true(same(as_duration_add(least, duration("-1 d")), least));
  assert_true(same(as_duration_neg(least), (as_duration){INT64_MAX, 999999999, AS_UNIT_S}));
  assert_true(same(as_duration_neg(duration("0.25 s")), duration("-0.25 s")));
  assert_int_equal(as_duration_compare(duration("24 h"), duration("1 d")), 0);
  assert_int_equal(as_duration_compare(duration("-0.5 s"), duration("0 s")), -1);
  assert_int_equal(as_duration_compare(duration("0.2 s"), duration("0.1 s")), 1);
}

static void durations_scale_exactly(void **state) {
  (void)state;
  const as_duration most = {INT64_MAX, 999999999, AS_UNIT_S}, least = {INT64_MIN, 0, AS_UNIT_S};
  assert_true(same(as_duration_scale(duration("90 d"), 2), duration("180 d")));
  assert_true(same(as_duration_scale(duration("90 d"), 0.1), duration("9 d")));
  assert_true(same(as_duration_scale(duration("1 d"), -0.5), duration("-12 h")));
  assert_true(same(as_duration_scale(duration("1 d"), 1.0 / 3), duration("8 h")));
  assert_true(same(as_duration_scale(duration("0.000000003 s"), 0.5), duration("0.000000002 s")));
  assert_true(same(as_duration_scale(duration("1 d"), 0), duration("0 d")));
  assert_true(same(as_duration_scale(duration("1 d"), 0.0 / 0.0 * 1), duration("0 d")));
  assert_true(same(as_duration_scale(duration("1 d"), 1e300), most));
  assert_true(same(as_duration_scale(duration("-1 d"), 1e300), least));
  assert_true(same(as_duration_scale(duration("-1 d"), -1.0 / 0.0), most));
  assert_true(same(as_duration_scale(duration("1 d"), 1e-300), duration("0 d")));
  assert_true(same(as_duration_scale(duration("0 d"), 1.0 / 0.0), duration("0 d")));
  assert_true(same(as_duration_scale(least, -1), most));
  assert_true(same(as_duration_scale(most, 1), most));
  for (int i = 0; i < 100000; i++) {
    as_duration d = {(int64_t)random_bits() >> (random_bits() % 62 + 1), (int32_t)(random_bits() % 1000000000u), AS_UNIT_S};
    double whole = (double)((int64_t)(random_bits() % 2001) - 1000);
    int64_t seconds;
    if (__builtin_mul_overflow(d.seconds - 1, (int64_t)whole * 2, &seconds)) continue;
    __extension__ __int128 nanos = ((__int128)d.seconds * 1000000000 + d.nanos) * (int64_t)whole;
    as_duration scaled = as_duration_scale(d, whole);
    assert_true((__int128)scaled.seconds * 1000000000 + scaled.nanos == nanos);
    assert_true(same(as_duration_scale(as_duration_scale(d, 8), 0.125), d) || d.seconds > INT64_MAX / 8 || d.seconds < INT64_MIN / 8);
    (void)as_duration_scale(d, (double)random_bits() * 1e-9);
  }
}

static void durations_count_in_units(void **state) {
  (void)state;
  assert_true(as_duration_in(duration("90 min"), AS_UNIT_H) == 1.5);
  assert_true(as_duration_in(duration("2 w"), AS_UNIT_D) == 14);
  assert_true(as_duration_in(duration("36 h"), AS_UNIT_D) == 1.5);
  assert_true(as_duration_in(duration("-0.5 s"), AS_UNIT_S) == -0.5);
  assert_true(as_duration_in(duration("0.25 s"), AS_UNIT_S) == 0.25);
  assert_true(as_duration_in(duration("1 d"), AS_UNIT_MIN) == 1440);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(durations_are_read),
      cmocka_unit_test(what_is_written_reads_back),
      cmocka_unit_test(words_are_rounded_where_they_never_end),
      cmocka_unit_test(durations_add_and_saturate),
      cmocka_unit_test(durations_scale_exactly),
      cmocka_unit_test(durations_count_in_units),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
