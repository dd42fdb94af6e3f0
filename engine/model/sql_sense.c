/* SQL: comparisons of a field with a value that can only be a mistake: an answer without rows would hide it. */
#include <stdio.h>
#include <string.h>

#include "model/sql_inside.h"

/* A time, or the beginning of one: '2026', '2026-06'; also '', which nothing is before. */
static bool is_when(as_str text) {
  static const char form[] = "0000-00-00T00:00:00";
  if (as_sql_when_of(text).form != AS_SQL_OTHER) return true;
  if (text.n && (text.n < 4 || text.n > 19 || text.n % 3 != 1)) return false;
  for (size_t i = 0; i < text.n; i++) {
    bool digit = text.p[i] >= '0' && text.p[i] <= '9';
    if (form[i] == '0' ? !digit : text.p[i] != form[i] && !(form[i] == 'T' && text.p[i] == ' ')) return false;
  }
  return true;
}

/* Notes a mistake: "accounts.mfa is …"; `help` is a format for the name of the field. Always false. */
static bool mistake(as_sql *sql, const as_kind *kind, const as_field *field, as_str word, const char *what, const char *help) {
  as_sql_misreading *m = &sql->misread;
  snprintf(m->message, sizeof m->message, "%s.%s %s", kind->name->text, field->name->text, what);
  snprintf(m->word, sizeof m->word, "%.*s", word.n < sizeof m->word ? (int)word.n : 0, word.p);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  snprintf(m->help, sizeof m->help, help, field->name->text);
#pragma GCC diagnostic pop
  m->there = true;
  return false;
}

static bool is_word(as_sql *sql, const as_kind *kind, const as_field *field, as_str text) {
  char what[160];
  const char **words = as_calloc(field->n_words + 1u, sizeof *words), *meant;
  bool found = false;
  for (uint32_t i = 0; i < field->n_words && !found; i++) found = as_str_is(text, words[i] = field->words[i]->text);
  if (!found) {
    meant = as_suggest(text.p, words, field->n_words);
    snprintf(what, sizeof what, "has no word `%.100s`", text.p);
    mistake(sql, kind, field, text, what, "");
    if (meant) snprintf(sql->misread.help, sizeof sql->misread.help, "did you mean `%.100s`?", meant);
    else snprintf(sql->misread.help, sizeof sql->misread.help, "`assay list kinds %.64s` lists its words", kind->name->text);
  }
  as_free(words);
  return found;
}

bool as_sql_makes_sense(as_sql *sql, const as_kind *kind, const as_field *field, int op, sqlite3_value *value) {
  bool equality = op == SQLITE_INDEX_CONSTRAINT_EQ || op == SQLITE_INDEX_CONSTRAINT_NE || op == SQLITE_INDEX_CONSTRAINT_IS || op == SQLITE_INDEX_CONSTRAINT_ISNOT;
  int type = sqlite3_value_type(value);
  const char *p = type == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
  as_str text = {p ? p : "", p ? (size_t)sqlite3_value_bytes(value) : 0};
  as_duration d;
  if (type == SQLITE_NULL) return true;
  switch (field->type) {
    case AS_T_ENUM: return !equality || type != SQLITE_TEXT || is_word(sql, kind, field, text);
    case AS_T_BOOLEAN:
      return sqlite3_value_numeric_type(value) != SQLITE_TEXT ||
             mistake(sql, kind, field, text, "is 1 or 0, and is compared with a text", "write %1$s, or NOT %1$s");
    case AS_T_INTEGER:
    case AS_T_NUMBER:
    case AS_T_PERCENT:
      return sqlite3_value_numeric_type(value) != SQLITE_TEXT || mistake(sql, kind, field, text, "is a number, and is compared with a text", "");
    case AS_T_DATE:
    case AS_T_TIME:
      return (type == SQLITE_TEXT && is_when(text)) ||
             mistake(sql, kind, field, text, "is compared with what is no date", "a date is written '2026-06-30', a moment '2026-06-30T08:15:00Z'");
    case AS_T_DURATION:
      return (type == SQLITE_TEXT && as_duration_parse(text, &d)) ||
             mistake(sql, kind, field, text, "is compared with what is no duration", "a duration is written '15 min', '4 h', '90 d'");
    case AS_T_LIST:
      return (type == SQLITE_TEXT && text.n && text.p[0] == '[') ||
             mistake(sql, kind, field, text, "is a list, and is compared with a single value", "EXISTS (SELECT 1 FROM json_each(%s) WHERE value = …)");
    default: return true;
  }
}

bool as_sql_is_given(const as_sql *sql, as_str text) {
  const as_sql_query *query = sql->running;
  size_t at;
  if (as_sql_find_text((as_str){query->text, query->length}, text, &at)) return true;
  for (size_t i = 0, n; i < query->given.len; i += n + 1) {
    n = strlen(query->given.data + i);
    if (n == text.n && memcmp(query->given.data + i, text.p, n) == 0) return true;
  }
  return false;
}
