/* SQL: which conditions on the table of a kind are answered here, before SQLite sees the record: equalities by an index of the model,
 * other comparisons record by record. SQLite tests all of them once more, so what is let through here need not be exact; what is
 * left out must be. */
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
      if (!turn && field && compares(op) && sqlite3_vtab_rhs_value(info, i, &literal) == SQLITE_OK && !as_sql_makes_sense(sql, kind, field, op, literal))
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
