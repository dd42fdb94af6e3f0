/* Dates, moments and durations: what is read and written comes back the same, order is an order, sums go back. The input is
 * lines; each is read as every one of the three. */
#include "base/civil.h"
#include "fuzz.h"

enum { MOST = 8 };

static as_str shown(as_buf *text) { return (as_str){text->data, text->len}; }

static bool same_time(as_time a, as_time b) { return a.seconds == b.seconds && a.nanos == b.nanos && a.is_date == b.is_date; }

static void check_time(as_time t) {
  as_buf text = {0};
  as_time again;
  FUZZ_CHECK(t.nanos >= 0 && t.nanos <= 999999999 && (!t.is_date || (t.nanos == 0 && t.seconds % 86400 == 0)));
  as_time_format(t, &text);
  FUZZ_CHECK(t.is_date ? as_date_parse(shown(&text), &again) : as_time_parse(shown(&text), &again));
  FUZZ_CHECK(same_time(t, again));
  FUZZ_CHECK(as_time_compare(t, again) == 0);
  as_buf_free(&text);
}

static void check_duration(as_duration d) {
  as_buf text = {0};
  as_duration again;
  FUZZ_CHECK(d.nanos >= 0 && d.nanos <= 999999999);
  as_duration_write(d, &text);
  FUZZ_CHECK(as_duration_parse(shown(&text), &again));
  FUZZ_CHECK(as_duration_compare(d, again) == 0);
  text.len = 0;
  as_duration_format(d, &text); /* may be rounded, never to nothing */
  FUZZ_CHECK(as_duration_parse(shown(&text), &again));
  FUZZ_CHECK(again.seconds || again.nanos || !(d.seconds || d.nanos));
  as_duration back = as_duration_neg(as_duration_neg(d));
  FUZZ_CHECK(as_duration_compare(d, back) == 0);
  FUZZ_CHECK(as_duration_compare(as_duration_add(d, as_duration_neg(d)), as_duration_scale(d, 0)) == 0);
  (void)as_duration_scale(d, 1e18);
  (void)as_duration_scale(d, -0.1);
  as_buf_free(&text);
}

static void check_order(const as_time *t, size_t n) {
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < n; k++) {
      int c = as_time_compare(t[i], t[k]);
      FUZZ_CHECK(c >= -1 && c <= 1 && as_time_compare(t[k], t[i]) == -c);
      as_duration d = as_time_diff(t[i], t[k]);
      as_duration zero = as_duration_scale(d, 0);
      FUZZ_CHECK(as_duration_compare(d, zero) == c); /* whatever a date and a moment are compared by */
      for (size_t m = 0; m < n; m++)
        if (t[i].is_date == t[k].is_date && t[k].is_date == t[m].is_date && c <= 0 && as_time_compare(t[k], t[m]) <= 0)
          FUZZ_CHECK(as_time_compare(t[i], t[m]) <= 0);
    }
}

static void check_sums(as_time t, as_duration d) {
  as_time sum, back;
  bool ok = as_time_add(t, d, &sum);
  if (!ok) return;
  check_time(sum);
  if (t.is_date) return; /* hours count from the end of a day: the way back is another */
  FUZZ_CHECK(!sum.is_date);
  FUZZ_CHECK(as_duration_compare(as_time_diff(sum, t), d) == 0);
  FUZZ_CHECK(as_time_sub(sum, d, &back) && same_time(t, back));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  as_time times[2 * MOST];
  as_duration durations[MOST];
  size_t n_times = 0, n_durations = 0;
  for (size_t lines = 0; size && lines < MOST; lines++) {
    as_str line = fuzz_part(&data, &size, '\n');
    char *exact = as_alloc(line.n); /* reading behind the text is seen */
    memcpy(exact, line.p, line.n);
    line.p = exact;
    as_time date, time;
    bool is_date = as_date_parse(line, &date), is_time = as_time_parse(line, &time);
    FUZZ_CHECK(!is_date || is_time); /* a date is a moment as well */
    FUZZ_CHECK(!is_date || date.is_date);
    FUZZ_CHECK(!is_time || !is_date || as_time_compare(date, time) == 0);
    if (is_date) times[n_times++] = date;
    if (is_time) times[n_times++] = time;
    if (as_duration_parse(line, &durations[n_durations])) n_durations++;
    as_free(exact);
  }
  for (size_t i = 0; i < n_times; i++) check_time(times[i]);
  for (size_t i = 0; i < n_durations; i++) check_duration(durations[i]);
  check_order(times, n_times);
  for (size_t i = 0; i < n_times; i++)
    for (size_t k = 0; k < n_durations; k++) check_sums(times[i], durations[k]);
  for (size_t i = 0; i < n_durations; i++)
    for (size_t k = 0; k < n_durations; k++) {
      int c = as_duration_compare(durations[i], durations[k]);
      FUZZ_CHECK(as_duration_compare(durations[k], durations[i]) == -c);
      (void)as_duration_add(durations[i], durations[k]);
    }
  return 0;
}
