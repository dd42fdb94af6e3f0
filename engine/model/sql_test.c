/* SQL: tests a record against the conditions that a plan took over (sql_plan.c). */
#include <math.h>
#include <string.h>

#include "model/sql_inside.h"

/* Where numbers of both kinds are still told apart as doubles. */
#define EXACT 9007199254740992.0

static as_str text_of(sqlite3_value *value) {
  const char *bytes = sqlite3_value_blob(value); /* of texts too: nothing is copied to put a 0 behind it */
  return (as_str){bytes ? bytes : "", (size_t)sqlite3_value_bytes(value)};
}

/* The symbol that records hold for a text, or NULL where none holds it. */
static const as_sym *symbol_of(const as_model *model, const as_field *field, as_str text) {
  if (field->type != AS_T_ENUM) return as_model_symbol(model, text);
  for (uint32_t i = 0; i < field->n_words; i++)
    if (field->words[i]->len == text.n && memcmp(field->words[i]->text, text.p, text.n) == 0) return field->words[i];
  return NULL;
}

static as_sql_verdict test_text(as_sql_test *test, const as_model *model, as_str text, as_buf *texts) {
  const as_field *field = test->field;
  bool interned = field->type == AS_T_STRING || field->type == AS_T_ENUM || field->type == AS_T_REF;
  if (interned && (test->op == SQLITE_INDEX_CONSTRAINT_EQ || test->op == SQLITE_INDEX_CONSTRAINT_NE)) {
    test->how = AS_SQL_BY_SYMBOL;
    test->u.sym = symbol_of(model, field, text);
    return test->u.sym || test->op == SQLITE_INDEX_CONSTRAINT_NE ? AS_SQL_TESTED : AS_SQL_NEVER;
  }
  if (field->type == AS_T_DURATION) {
    test->how = AS_SQL_BY_DURATION;
    return as_duration_parse(text, &test->u.duration) ? AS_SQL_TESTED : AS_SQL_UNTESTED;
  }
  /* The text of a value is there only while the plan begins. */
  test->how = field->type == AS_T_DATE || field->type == AS_T_TIME ? AS_SQL_BY_TIME : AS_SQL_BY_TEXT;
  test->text_at = texts->len;
  test->u.when = as_sql_when_of(text);
  as_buf_add(texts, text.p, text.n);
  return AS_SQL_TESTED;
}

as_sql_verdict as_sql_test_of(const as_model *model, const as_sql_term *term, sqlite3_value *value, as_buf *texts, as_sql_test *test) {
  *test = (as_sql_test){.field = term->field, .op = term->op};
  int type = sqlite3_value_type(value);
  if (term->op == SQLITE_INDEX_CONSTRAINT_ISNULL || term->op == SQLITE_INDEX_CONSTRAINT_ISNOTNULL) {
    test->how = AS_SQL_BY_PRESENCE;
    return AS_SQL_TESTED;
  }
  if (type == SQLITE_NULL) return AS_SQL_NEVER;
  as_type of = term->field ? term->field->type : AS_T_INTEGER;
  bool numbers = of == AS_T_INTEGER || of == AS_T_NUMBER || of == AS_T_PERCENT || of == AS_T_BOOLEAN;
  if (numbers && type == SQLITE_INTEGER) {
    test->how = AS_SQL_BY_INTEGER;
    test->u.integer = sqlite3_value_int64(value);
    return AS_SQL_TESTED;
  }
  if (numbers && type == SQLITE_FLOAT) {
    test->how = AS_SQL_BY_NUMBER;
    test->u.number = sqlite3_value_double(value);
    return AS_SQL_TESTED;
  }
  bool number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
  if (number && (of == AS_T_DATE || of == AS_T_TIME || of == AS_T_DURATION)) return AS_SQL_SENSELESS;
  /* A number stands for several texts, and a text for a number: SQLite knows. */
  return !numbers && type == SQLITE_TEXT ? test_text(test, model, text_of(value), texts) : AS_SQL_UNTESTED;
}

/* ---- records ---- */

static bool holds(int op, int order) {
  switch (op) {
    case SQLITE_INDEX_CONSTRAINT_EQ: return order == 0;
    case SQLITE_INDEX_CONSTRAINT_NE: return order != 0;
    case SQLITE_INDEX_CONSTRAINT_LT: return order < 0;
    case SQLITE_INDEX_CONSTRAINT_LE: return order <= 0;
    case SQLITE_INDEX_CONSTRAINT_GT: return order > 0;
    default: return order >= 0;
  }
}

static int compare_numbers(double a, double b) { return a < b ? -1 : a > b; }

/* True also where it cannot be told. */
static bool test_number(const as_sql_test *test, const as_value *value) {
  bool whole = value->type == AS_T_INTEGER || value->type == AS_T_BOOLEAN;
  int64_t integer = value->type == AS_T_BOOLEAN ? value->u.boolean : value->u.integer;
  if (whole && test->how == AS_SQL_BY_INTEGER) return holds(test->op, integer < test->u.integer ? -1 : integer > test->u.integer);
  double a = whole ? (double)integer : value->u.number, b = test->how == AS_SQL_BY_INTEGER ? (double)test->u.integer : test->u.number;
  if ((whole || test->how == AS_SQL_BY_INTEGER) && (fabs(a) >= EXACT || fabs(b) >= EXACT)) return true;
  return holds(test->op, compare_numbers(a, b));
}

static int compare_texts(const as_sym *sym, as_str text) {
  size_t n = sym->len < text.n ? sym->len : text.n;
  int order = n ? memcmp(sym->text, text.p, n) : 0;
  return order ? order : (sym->len > text.n) - (sym->len < text.n);
}

static int compare_times(const as_value *value, const as_sql_when *when, as_buf *scratch) {
  as_sql_when mine = {.form = value->type == AS_T_DATE ? AS_SQL_DAY : AS_SQL_MOMENT, .time = value->u.time};
  if (when->form == AS_SQL_OTHER) {
    scratch->len = 0;
    as_time_format(mine.time, scratch);
    mine.text = (as_str){scratch->data, scratch->len};
  }
  return as_sql_when_compare(&mine, when);
}

static bool test_one(const as_sql_test *test, const as_record *record, const as_buf *texts, as_buf *scratch) {
  as_value value = {.type = AS_T_INTEGER};
  if (test->field) {
    value = as_record_get(record, test->field);
  } else {
    value.u.integer = as_record_line(record);
    value.present = value.u.integer != 0;
  }
  if (test->how == AS_SQL_BY_PRESENCE) return value.present == (test->op == SQLITE_INDEX_CONSTRAINT_ISNOTNULL);
  if (!value.present) return false;
  as_sql_when when;
  switch (test->how) {
    case AS_SQL_BY_SYMBOL: return (value.u.link.sym == test->u.sym) == (test->op == SQLITE_INDEX_CONSTRAINT_EQ);
    case AS_SQL_BY_TEXT: return holds(test->op, compare_texts(value.u.link.sym, (as_str){texts->data + test->text_at, test->u.when.text.n}));
    case AS_SQL_BY_DURATION: return holds(test->op, as_duration_compare(value.u.duration, test->u.duration));
    case AS_SQL_BY_TIME:
      when = test->u.when;
      when.text.p = texts->data + test->text_at;
      return holds(test->op, compare_times(&value, &when, scratch));
    default: return test_number(test, &value);
  }
}

bool as_sql_tests_hold(const as_sql_test *tests, size_t n, const as_record *record, const as_buf *texts, as_buf *scratch) {
  for (size_t i = 0; i < n; i++)
    if (!test_one(&tests[i], record, texts, scratch)) return false;
  return true;
}
