/* Civil time: dates, moments and durations in UTC, exact, from year 1 to 9999.
 * No clock is read here, and no locale or time zone of the machine matters. */
#ifndef AS_BASE_CIVIL_H
#define AS_BASE_CIVIL_H

#include "base/str.h"

/* A day or a moment. `seconds` since 1970-01-01T00:00:00Z (midnight for a day). */
typedef struct {
  int64_t seconds;
  int32_t nanos; /* 0 to 999,999,999; 0 for a day */
  bool is_date;
} as_time;

typedef enum { AS_UNIT_S, AS_UNIT_MIN, AS_UNIT_H, AS_UNIT_D, AS_UNIT_W } as_unit;

/* A length of time, kept with the unit in which it was written. May be negative. */
typedef struct {
  int64_t seconds;
  int32_t nanos; /* 0 to 999,999,999, added to seconds */
  as_unit unit;
} as_duration;

/* YYYY-MM-DD exactly. False where it is no date of the calendar. */
bool as_date_parse(as_str text, as_time *out);
/* RFC 3339 with a zone ('T' or a blank between date and time, 'Z' or ±hh:mm, up to nine
 * decimals, second 60 counts as the next second), or a bare date, which is the moment of midnight UTC. */
bool as_time_parse(as_str text, as_time *out);
/* `15 min`, `4 h`, `90 d`, `2 w`, `30 s`; the blank may be missing; a number with decimals
 * is allowed where it gives whole nanoseconds; long words (minutes, hours, days …) too. */
bool as_duration_parse(as_str text, as_duration *out);

/* -1, 0, 1. Where one side is a date and the other a moment, calendar days in UTC are compared. */
int as_time_compare(as_time a, as_time b);
int as_duration_compare(as_duration a, as_duration b);

/* date + days or weeks = date; date + hours or minutes (`24 h` too) counts from the end of that day
 * and gives a moment; moment + duration = moment. False on leaving the years 1 to 9999. */
bool as_time_add(as_time t, as_duration d, as_time *out);
bool as_time_sub(as_time t, as_duration d, as_time *out);
/* a - b. Two dates, or a date and a moment (by calendar days): whole days, in d. Two moments: exact,
 * in the largest unit up to days that gives a whole number. */
as_duration as_time_diff(as_time a, as_time b);
as_duration as_duration_add(as_duration a, as_duration b);
as_duration as_duration_neg(as_duration a);
as_duration as_duration_scale(as_duration a, double factor);
/* Number of the duration in `unit`. */
double as_duration_in(as_duration d, as_unit unit);

/* "2026-01-31" or "2026-01-31T08:15:00Z" (decimals only where there are nanoseconds). */
void as_time_format(as_time t, as_buf *out);
/* "365 days", "1 day", "15 minutes", "4 hours": in its own unit, decimals where needed. */
void as_duration_format(as_duration d, as_buf *out);
/* "365 d": as it is written in data. */
void as_duration_write(as_duration d, as_buf *out);

#endif
