/* SQL: which functions there are. Those of SQLite that compute and nothing else, and `seconds` for durations. Left out: whatever
 * touches files, settings or extensions, and chance. */
#include <stdio.h>
#include <string.h>

#include "model/sql_inside.h"

/* Sorted. The dates know as_of as 'now'. */
static const char *const safe[] = {
    "->", "->>", "abs", "avg", "ceil", "ceiling", "char", "coalesce", "count", "cume_dist", "current_date", "current_time",
    "current_timestamp", "date", "datetime", "dense_rank", "exp", "first_value", "floor", "format", "glob", "group_concat", "hex",
    "ifnull", "iif", "instr", "json", "json_array", "json_array_length", "json_extract", "json_group_array", "json_group_object",
    "json_insert", "json_object", "json_patch", "json_quote", "json_remove", "json_replace", "json_set", "json_type", "json_valid",
    "julianday", "lag", "last_value", "lead", "length", "like", "likelihood", "likely", "ln", "log", "log10", "log2", "lower", "ltrim",
    "max", "min", "mod", "nth_value", "ntile", "nullif", "percent_rank", "pow", "power", "printf", "quote", "rank", "replace", "round",
    "row_number", "rtrim", "seconds", "sign", "sqrt", "strftime", "substr", "substring", "sum", "time", "total", "trim", "trunc",
    "typeof", "unicode", "unixepoch", "unlikely", "upper"};

const char *const *as_sql_functions(size_t *count) {
  *count = sizeof safe / sizeof *safe;
  return safe;
}

bool as_sql_is_safe(const char *function) {
  for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
    if (sqlite3_stricmp(function, safe[i]) == 0) return true;
  return false;
}

/* seconds('90 d'): a duration as it is written, as a number; NULL of NULL. */
static void seconds(sqlite3_context *out, int argc, sqlite3_value **argv) {
  (void)argc;
  if (sqlite3_value_type(argv[0]) == SQLITE_NULL) return;
  const char *text = (const char *)sqlite3_value_text(argv[0]);
  as_duration d;
  if (!text) {
    sqlite3_result_error_nomem(out);
  } else if (as_duration_parse((as_str){text, (size_t)sqlite3_value_bytes(argv[0])}, &d)) {
    if (d.nanos) sqlite3_result_double(out, as_duration_in(d, AS_UNIT_S));
    else sqlite3_result_int64(out, d.seconds);
  } else {
    char message[160];
    snprintf(message, sizeof message, "seconds: `%.60s` is no duration; write it as 15 min, 4 h, 90 d", text);
    sqlite3_result_error(out, message, -1);
  }
}

void as_sql_add_functions(as_sql *sql) {
  sqlite3_create_function_v2(sql->db, "seconds", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, seconds, NULL, NULL, NULL);
}
