/* Times and durations in Lua. */
#include "script_fixture.h"

static void constructors(void **state) {
  fixture_run(*state,
              "eq(tostring(date '2026-01-31'), '2026-01-31') eq(tostring(date '2026-01-31T08:15:00+01:00'), '2026-01-31T07:15:00Z')\n"
              "eq(date(nil), nil) eq(duration(nil), nil) eq(tostring(duration '365 d'), '365 days') eq(tostring(duration '1 d'), '1 day') eq(tostring(duration '4h'), '4 hours')\n"
              "fails(function() date 'soon' end, '\"soon\" is no date') fails(function() date '2026-02-30' end, 'is no date') fails(function() date(1) end, 'is no date') fails(function() duration '3 apples' end, 'is no duration')\n"
              "fails(function() date {} end, 'string expected') local d = date '2026-01-01' eq(date(d), d)\n"
              "eq(engine.time('x'), nil) eq(engine.time(nil), nil) eq(tostring(engine.time('2026-01-01')), '2026-01-01') eq(engine.duration('x'), nil) eq(tostring(engine.duration('2 w')), '2 weeks')\n"
              "eq(engine.is(d), 'time') eq(engine.is(duration '1 d'), 'duration') eq(engine.is('x'), nil) eq(engine.is(engine.null), nil) eq(engine.is(nil), nil)");
}

static void arithmetic(void **state) {
  fixture_run(*state,
              "local d = date '2026-01-31' eq(tostring(d + duration '1 d'), '2026-02-01') eq(tostring(duration '28 d' + d), '2026-02-28') eq(tostring(d - duration '31 d'), '2025-12-31')\n"
              "eq(tostring(d + duration '2 h'), '2026-02-01T02:00:00Z') eq(tostring(date '2026-01-01T10:00:00Z' + duration '90 min'), '2026-01-01T11:30:00Z')\n"
              "eq(tostring(date '2026-03-01' - date '2026-02-01'), '28 days') eq(tostring(date '2026-01-01T10:00:00Z' - date '2026-01-01T08:00:00Z'), '2 hours')\n"
              "eq(tostring(date '2026-02-01' - date '2026-03-01'), '-28 days') eq(date '2026-01-02' - date '2026-01-01' == duration '24 h', true)\n"
              "eq(tostring(duration '2 d' + duration '1 d'), '3 days') eq(tostring(duration '2 d' - duration '3 d'), '-1 days' and tostring(-duration '1 d')) eq(tostring(duration '2 d' * 3), '6 days') eq(tostring(0.5 * duration '1 d'), '0.5 days')\n"
              "eq(duration '4 d' / duration '2 d', 2.0) eq(tostring(duration '4 d' / 2), '2 days') eq(-duration '1 d' < duration '0 d', true)\n"
              "eq(tostring(date '9999-12-31' + duration '5 d'), '9999-12-31') eq(tostring(date '0001-01-01' - duration '5 d'), '0001-01-01') eq(tostring(date '9999-12-31' - duration '1 d' * -9e9), '9999-12-31')\n"
              "eq(tostring(date '2026-01-01' + -duration '1 d' * 1e9), '0001-01-01')");
}

static void comparison(void **state) {
  fixture_run(*state,
              "local a, b = date '2026-01-01', date '2026-01-02' assert(a < b and a <= b and b > a and a ~= b and a == date '2026-01-01' and a <= a and not (a < a))\n"
              "local m = date '2026-01-01T23:00:00Z' assert(m == a and a == m and m <= a and not (m < a) and m < b)\n"
              "assert(date '2026-01-01T23:00:00Z' > date '2026-01-01T22:00:00Z')\n"
              "assert(duration '1 d' == duration '24 h' and duration '1 d' < duration '25 h' and duration '1 w' >= duration '7 d' and duration '1 d' ~= duration '2 d')\n"
              "assert(a ~= 'x' and a ~= nil and a ~= duration '1 d')");
}

static void refusals(void **state) {
  fixture_run(*state,
              "local d, s = date '2026-01-01', duration '1 d'\n"
              "fails(function() return d < '2026-01-01' end, 'cannot compare a time and a text; a text becomes a time by date \"2026-01-31\"') fails(function() return 5 > s end, 'cannot compare a duration and a number; a number of days is')\n"
              "fails(function() return d + '90 d' end, 'duration by duration \"90 d\"') fails(function() return d + 90 end, 'cannot add a time and a number') fails(function() return d + d end, 'cannot add a time and a time')\n"
              "fails(function() return s - d end, 'cannot subtract a duration and a time') fails(function() return s * s end, 'cannot multiply') fails(function() return s / 0 end, 'cannot divide') fails(function() return d < s end, 'cannot compare a time and a duration')\n"
              "fails(function() return d * 2 end, 'arithmetic on a time value') fails(function() d.year = 1 end, 'a time cannot be changed') fails(function() return d.yaer end, 'a time has no field `yaer`; did you mean `year`?') fails(function() return s.day end, 'did you mean `days`?')");
}

static void parts(void **state) {
  fixture_run(*state,
              "local d = date '2024-02-29' eq(d.year, 2024) eq(d.month, 2) eq(d.day, 29) eq(d.is_date, true) eq(date '2024-02-29T01:00:00Z'.is_date, false)\n"
              "for _, x in ipairs { '0001-01-01', '1899-12-31', '1970-01-01', '1969-12-31', '2000-02-29', '9999-12-31' } do local t = date(x) eq(('%04d-%02d-%02d'):format(t.year, t.month, t.day), x) end\n"
              "local s = duration '36 h' eq(s.days, 1.5) eq(s.hours, 36.0) eq(s.minutes, 2160.0) eq(s.seconds, 129600.0) eq(math.type(s.hours), 'float')");
}

static void texts(void **state) {
  fixture_run(*state,
              "eq(engine.to_text(date '2026-01-31'), '2026-01-31') eq(engine.to_text(duration '365 d'), '365 days') eq(engine.to_text(95.0), '95') eq(engine.to_text(-0.0), '0') eq(engine.to_text(87.5), '87.5') eq(engine.to_text(3), '3')\n"
              "eq(engine.to_text(true), 'true') eq(engine.to_text('x'), 'x') eq(engine.to_text(nil), nil) eq(engine.to_text({}), nil) eq(engine.to_text(1e300), '1e+300') eq(engine.to_text(1 / 3), '0.33333333333333')");
}

static void equal_dates_in_the_cache(void **state) {
  fixture_run(*state,
              "local seen = {} for i = 0, 5000 do local t = date '2020-01-01' + duration '1 d' * i seen[i] = tostring(t) end\n"
              "for i = 0, 5000 do eq(tostring(date '2020-01-01' + duration '1 d' * i), seen[i]) end eq(seen[5000], '2033-09-09')\n"
              "assert(rawequal(date '2026-01-01', date '2026-01-01')) assert(not rawequal(date '2026-01-01', date '2026-01-01T00:00:00Z'))");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(constructors, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(arithmetic, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(comparison, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(refusals, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(parts, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(texts, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(equal_dates_in_the_cache, fixture_open, fixture_close),
  };
  return cmocka_run_group_tests_name("script_values", tests, NULL, NULL);
}
