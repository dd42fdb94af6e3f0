/* SQL: which conditions on the table of a kind are answered here, before SQLite sees the record: equalities by an index of the model,
 * other comparisons record by record. SQLite tests all of them once more, so what is let through here need not be exact; what is
 * left out must be. A comparison that can only be a mistake is refused while the query is compiled. */
#include <stdio.h>
#include <string.h>

#include "model/sql_inside.h"

static const struct {
  int op;
  const char *text;
} ops[] = {{SQLITE_INDEX_CONSTRAINT_EQ, "="},   {SQLITE_INDEX_CONSTRAINT_NE, "<>"},           {SQLITE_INDEX_CONSTRAINT_LT, "<"},
           {SQLITE_INDEX_CONSTRAINT_LE, "<="},  {SQLITE_INDEX_CONSTRAINT_GT, ">"},            {SQLITE_INDEX_CONSTRAINT_GE, ">="},
           {SQLITE_INDEX_CONSTRAINT_ISNULL, " is null"}, {SQLITE_INDEX_CONSTRAINT_ISNOTNULL, " is not null"}};
enum { OPS = sizeof ops / sizeof *ops };

static const char *text_of(int op) {
  for (size_t i = 0; i < OPS; i++)
    if (ops[i].op == op) return ops[i].text;
  return NULL;
}

/* ---- columns ---- */

/* The field that a column shows: the key for `_key`. False where none does; *line: it is `_line`. */
static bool field_of(const as_kind *kind, int column, const as_field **field, bool *line) {
  *line = false;
  *field = NULL;
  if (column < 0) return false;
  uint32_t i = (uint32_t)column;
  if (i < kind->n_fields) *field = &kind->fields[i];
  else if (i == kind->n_fields + AS_SQL_HIDDEN_KEY) *field = kind->key;
  else *line = i == kind->n_fields + AS_SQL_HIDDEN_LINE;
  return *field || *line;
}

static bool is_number(const as_field *f) {
  return f->type == AS_T_INTEGER || f->type == AS_T_NUMBER || f->type == AS_T_PERCENT || f->type == AS_T_BOOLEAN;
}

/* Answered by an index of the model. */
static bool is_indexed(const as_field *f) { return f && (f->type == AS_T_STRING || f->type == AS_T_ENUM || f->type == AS_T_REF); }

/* The order that records are compared in here; NULL: none. */
static const char *order_of(const as_field *f) {
  if (!f || is_number(f)) return "BINARY"; /* of numbers none counts */
  if (f->type == AS_T_DATE || f->type == AS_T_TIME) return AS_SQL_TIMES;
  if (f->type == AS_T_DURATION) return AS_SQL_DURATIONS;
  return f->type == AS_T_LIST ? NULL : "BINARY";
}

/* ---- mistakes ---- */

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

/* Whether a value that stands in the query can be meant; else it is noted with what to write instead. */
static bool makes_sense(as_sql *sql, const as_kind *kind, const as_field *field, int op, sqlite3_value *value) {
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

/* ---- planning ---- */

/* How many records one value of the field may have, as far as that can be said without looking. */
static double share(const as_model *model, const as_kind *kind, const as_field *field, double all) {
  double values = 20;
  if (field == kind->key) return 1;
  if (field->type == AS_T_ENUM) values = field->n_words;
  if (field->type == AS_T_REF) values = (double)as_model_count(model, field->target);
  double n = values > 1 ? all / values : all;
  return n > 1 ? n : 1;
}

/* What part of the records a comparison may leave. */
static double part(const as_field *field, int op) {
  if (op == SQLITE_INDEX_CONSTRAINT_EQ) return field && field->type == AS_T_BOOLEAN ? 0.5 : 0.05;
  return op == SQLITE_INDEX_CONSTRAINT_NE || op == SQLITE_INDEX_CONSTRAINT_ISNOTNULL ? 0.9 : 0.3;
}

static bool compares(int op) {
  return text_of(op) ? op != SQLITE_INDEX_CONSTRAINT_ISNULL && op != SQLITE_INDEX_CONSTRAINT_ISNOTNULL
                     : op == SQLITE_INDEX_CONSTRAINT_IS || op == SQLITE_INDEX_CONSTRAINT_ISNOT;
}

int as_sql_plan(as_sql *sql, const as_kind *kind, sqlite3_index_info *info) {
  double all = (double)as_model_count(sql->model, kind), looked_up = all, left = 1;
  int taken[AS_SQL_TERMS] = {0}, n = 0, lookups = 0;
  /* Lookups first: they decide where to begin. */
  for (int turn = 0; turn < 2; turn++) {
    for (int i = 0; i < info->nConstraint && n < AS_SQL_TERMS; i++) {
      const struct sqlite3_index_constraint *c = &info->aConstraint[i];
      const as_field *field;
      bool line;
      sqlite3_value *literal;
      if (!field_of(kind, c->iColumn, &field, &line)) continue;
      int op = c->op;
      if (!turn && field && compares(op) && sqlite3_vtab_rhs_value(info, i, &literal) == SQLITE_OK && !makes_sense(sql, kind, field, op, literal))
        return SQLITE_ERROR;
      const char *order = order_of(field);
      bool lookup = op == SQLITE_INDEX_CONSTRAINT_EQ && is_indexed(field);
      if (!c->usable || lookup == (turn == 1) || !text_of(op) || !order) continue;
      bool null = !compares(op);
      if (!null && !(field && is_number(field)) && !line && sqlite3_stricmp(sqlite3_vtab_collation(info, i), order) != 0) continue;
      if (!lookup && sqlite3_vtab_in(info, i, -1)) continue; /* would go through all records for each value */
      taken[n++] = i;
      info->aConstraintUsage[i].argvIndex = n;
      if (lookup) {
        double few = share(sql->model, kind, field, all);
        if (few < looked_up) looked_up = few;
        lookups++;
      } else {
        left *= part(field, op);
      }
    }
  }
  info->idxNum = lookups;
  info->estimatedRows = (sqlite3_int64)(looked_up * left) + 1;
  info->estimatedCost = looked_up * (0.2 + left) + 2 * lookups + 1;
  as_buf text = {0};
  as_buf_adds(&text, lookups ? "lookup " : n ? "test " : "all records");
  for (int k = 0; k < n; k++) {
    const struct sqlite3_index_constraint *c = &info->aConstraint[taken[k]];
    const as_field *field;
    bool line;
    field_of(kind, c->iColumn, &field, &line);
    as_buf_printf(&text, "%s%s%s", k ? ", " : "", line ? "_line" : field->name->text, text_of(c->op));
  }
  info->idxStr = sqlite3_mprintf("%s", text.data);
  info->needToFreeIdxStr = 1;
  as_buf_free(&text);
  return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

/* ---- what the plan says ---- */

size_t as_sql_terms(const as_kind *kind, const char *plan, as_sql_term terms[AS_SQL_TERMS]) {
  size_t n = 0;
  const char *p = strchr(plan, ' ');
  if (strcmp(plan, "all records") == 0) return 0;
  while (p && n < AS_SQL_TERMS) {
    p++; /* the blank */
    size_t name = strcspn(p, "=<> ");
    const char *op = p + name, *end = strstr(op, ", ");
    size_t length = end ? (size_t)(end - op) : strlen(op);
    as_sql_term *t = &terms[n++];
    t->field = as_kind_field(kind, (as_str){p, name});
    for (size_t i = 0; i < OPS; i++)
      if (strlen(ops[i].text) == length && memcmp(ops[i].text, op, length) == 0) t->op = ops[i].op;
    p = end ? end + 1 : NULL;
  }
  return n;
}
