/* SQL: how times and durations compare. Texts of time columns compare as the moments they name, however they are written, and those of
 * duration columns by their length; what is neither compares as a text, so that the order is always whole. */
#include <string.h>

#include "model/sql_inside.h"

enum { DAY_BYTES = 10, MOMENT_BYTES = 29 }; /* 2026-06-30, 2026-06-30T08:15:00.000000000 */

/* RFC 3339; also what the date functions of SQLite give: without a zone, which is UTC, and without seconds. */
static bool moment_of(as_str text, as_time *out) {
  char room[64];
  const char *add = text.n == 16 ? ":00Z" : "Z";
  if (text.n <= DAY_BYTES || (text.p[DAY_BYTES] != 'T' && text.p[DAY_BYTES] != ' ')) return false;
  if (as_time_parse(text, out)) return true;
  if (text.n > MOMENT_BYTES) return false;
  memcpy(room, text.p, text.n);
  memcpy(room + text.n, add, strlen(add));
  return as_time_parse((as_str){room, text.n + strlen(add)}, out);
}

as_sql_when as_sql_when_of(as_str text) {
  as_sql_when when = {.text = text, .form = AS_SQL_OTHER};
  if (moment_of(text, &when.time)) when.form = AS_SQL_MOMENT;
  else if (as_date_parse(text, &when.time)) when.form = AS_SQL_DAY;
  return when;
}

static int sign(int64_t a, int64_t b) { return a < b ? -1 : a > b; }

static int compare_texts(as_str a, as_str b) {
  size_t n = a.n < b.n ? a.n : b.n;
  int order = n ? memcmp(a.p, b.p, n) : 0;
  return order ? order : sign((int64_t)a.n, (int64_t)b.n);
}

/* The text that stands for it: of a moment one with all its digits, in UTC. */
static as_str text_of(const as_sql_when *when, char room[MOMENT_BYTES]) {
  if (when->form == AS_SQL_OTHER) return when->text;
  as_buf text = {0};
  as_time_format(when->time, &text);
  size_t n = text.len;
  if (when->form == AS_SQL_MOMENT) n--; /* Z */
  memcpy(room, text.data, n);
  if (when->form == AS_SQL_MOMENT && n == 19) room[n++] = '.';
  while (when->form == AS_SQL_MOMENT && n < MOMENT_BYTES) room[n++] = '0';
  as_buf_free(&text);
  return (as_str){room, n};
}

/* A day comes before all moments of that day, as its text does. */
int as_sql_when_compare(const as_sql_when *a, const as_sql_when *b) {
  char room_a[MOMENT_BYTES], room_b[MOMENT_BYTES];
  if (a->form == AS_SQL_OTHER || b->form == AS_SQL_OTHER) return compare_texts(text_of(a, room_a), text_of(b, room_b));
  int order = sign(a->time.seconds, b->time.seconds);
  if (!order) order = sign(a->time.nanos, b->time.nanos);
  return order ? order : (a->form == AS_SQL_MOMENT) - (b->form == AS_SQL_MOMENT);
}

static as_str bytes(int n, const void *p) { return (as_str){n ? p : "", (size_t)n}; }

static int compare_times(void *ctx, int an, const void *ap, int bn, const void *bp) {
  (void)ctx;
  as_str a = bytes(an, ap), b = bytes(bn, bp);
  if (a.n == b.n && memcmp(a.p, b.p, a.n) == 0) return 0;
  as_sql_when x = as_sql_when_of(a), y = as_sql_when_of(b);
  return as_sql_when_compare(&x, &y);
}

/* What is no duration comes behind all that are. */
static int compare_durations(void *ctx, int an, const void *ap, int bn, const void *bp) {
  (void)ctx;
  as_str a = bytes(an, ap), b = bytes(bn, bp);
  as_duration x, y;
  bool have_x = as_duration_parse(a, &x), have_y = as_duration_parse(b, &y);
  if (have_x && have_y) return as_duration_compare(x, y);
  return have_x != have_y ? (have_x ? -1 : 1) : compare_texts(a, b);
}

void as_sql_add_orders(as_sql *sql) {
  sqlite3_create_collation_v2(sql->db, AS_SQL_TIMES, SQLITE_UTF8, NULL, compare_times, NULL);
  sqlite3_create_collation_v2(sql->db, AS_SQL_DURATIONS, SQLITE_UTF8, NULL, compare_durations, NULL);
}
