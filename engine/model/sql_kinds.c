/* SQL: a kind as a table. A row is a record, a column a field, nothing is copied before it is asked for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/node_text.h"
#include "model/sql_inside.h"

typedef struct {
  as_sql *sql;
  const as_kind *kind;
} module_data;

typedef struct {
  sqlite3_vtab base; /* first: SQLite knows no more of it */
  as_sql *sql;
  const as_kind *kind;
} kind_table;

typedef struct {
  sqlite3_vtab_cursor base;
  const as_record *const *items; /* NULL: all of the kind */
  const as_record *record;       /* NULL behind the last */
  size_t at, count;
  as_buf text;
  /* the conditions that the plan took over */
  const char *plan; /* whose terms these are: a text that stays where it is as long as the query is compiled */
  as_sql_term terms[AS_SQL_TERMS];
  as_sql_test tests[AS_SQL_TERMS];
  size_t n_terms, n_tests;
  as_buf texts;
} kind_cursor;

const char *as_sql_hidden_column(size_t i) {
  static const char *const names[] = {"_key", "_document", "_line", "_record"};
  return i < AS_SQL_HIDDEN_COLUMNS ? names[i] : NULL;
}

/* ---- columns ---- */

/* Names whose affinity is the right one (TEXT, INT, REAL), and that tell the type of a field apart. */
static const char *const declared_types[] = {
    [AS_T_STRING] = "TEXT",       [AS_T_TEXT] = "TEXT",          [AS_T_INTEGER] = "INTEGER",   [AS_T_NUMBER] = "REAL",
    [AS_T_PERCENT] = "REAL",      [AS_T_BOOLEAN] = "BOOLEAN_INT", [AS_T_DATE] = "DATE_TEXT",   [AS_T_TIME] = "TIME_TEXT",
    [AS_T_DURATION] = "DURATION_TEXT", [AS_T_ENUM] = "TEXT",     [AS_T_REF] = "TEXT",          [AS_T_LIST] = "LIST_TEXT"};
#define RECORD_INT "RECORD_INT_" /* and the index of the kind */

void as_sql_column_of(const as_kinds *kinds, const char *declared, as_sql_column_info *out) {
  if (strncmp(declared, RECORD_INT, sizeof RECORD_INT - 1) == 0) {
    size_t index = (size_t)strtoul(declared + sizeof RECORD_INT - 1, NULL, 10);
    if (index < as_kinds_count(kinds)) out->record = as_kinds_at(kinds, index);
  }
  for (size_t i = 0; i < sizeof declared_types / sizeof *declared_types && !out->field; i++) {
    if (strcmp(declared, declared_types[i]) != 0) continue;
    out->type = (as_type)i;
    out->field = true;
  }
}

static void declare(const as_kind *kind, as_buf *out) {
  as_buf_adds(out, "CREATE TABLE t(");
  for (uint32_t i = 0; i < kind->n_fields; i++) {
    as_type type = kind->fields[i].type;
    const char *order = type == AS_T_DATE || type == AS_T_TIME ? " COLLATE " AS_SQL_TIMES : type == AS_T_DURATION ? " COLLATE " AS_SQL_DURATIONS : "";
    as_buf_printf(out, "\"%s\" %s%s, ", kind->fields[i].name->text, declared_types[type], order);
  }
  as_buf_printf(out, "_key TEXT HIDDEN, _document TEXT HIDDEN, _line INTEGER HIDDEN, _record " RECORD_INT "%u HIDDEN)", kind->index);
}

static int kind_connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out, char **error) {
  const module_data *data = aux;
  (void)argc, (void)argv, (void)error;
  as_buf text = {0};
  declare(data->kind, &text);
  int rc = as_sql_declare(data->sql, text.data);
  as_buf_free(&text);
  if (rc != SQLITE_OK) return rc;
  sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  kind_table *table = as_calloc(1, sizeof *table);
  table->sql = data->sql;
  table->kind = data->kind;
  *out = &table->base;
  return SQLITE_OK;
}

static int kind_disconnect(sqlite3_vtab *base) {
  as_free(base);
  return SQLITE_OK;
}

static int kind_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  kind_table *table = (kind_table *)base;
  int rc = as_sql_plan(table->sql, table->kind, info);
  if (rc == SQLITE_ERROR) base->zErrMsg = sqlite3_mprintf("%s", table->sql->misread.message);
  return rc;
}

/* ---- going through records ---- */

static int kind_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
  (void)base;
  kind_cursor *cursor = as_calloc(1, sizeof *cursor);
  *out = &cursor->base;
  return SQLITE_OK;
}

static int kind_close(sqlite3_vtab_cursor *base) {
  kind_cursor *cursor = (kind_cursor *)base;
  as_buf_free(&cursor->text);
  as_buf_free(&cursor->texts);
  as_free(cursor);
  return SQLITE_OK;
}

/* The next record, from `at` on, that no condition leaves out. */
static void show(kind_cursor *cursor) {
  const kind_table *table = (const kind_table *)cursor->base.pVtab;
  for (; cursor->at < cursor->count; cursor->at++) {
    cursor->record = cursor->items ? cursor->items[cursor->at] : as_model_at(table->sql->model, table->kind, cursor->at);
    if (as_sql_tests_hold(cursor->tests, cursor->n_tests, cursor->record, &cursor->texts, &cursor->text)) return;
  }
  cursor->record = NULL;
}

/* A value that no record can have, or a text that is no time, is looked at once more: it may have been given so by mistake. */
static bool is_mistake(const kind_table *table, const as_sql_term *term, const as_sql_test *test, as_sql_verdict verdict, sqlite3_value *value) {
  bool odd = verdict != AS_SQL_TESTED || (test->how == AS_SQL_BY_SYMBOL && !test->u.sym) || (test->how == AS_SQL_BY_TIME && test->u.when.form == AS_SQL_OTHER);
  if (!odd || !term->field || as_sql_makes_sense(table->sql, table->kind, term->field, term->op, value)) return false;
  const char *bytes = sqlite3_value_type(value) == SQLITE_TEXT ? sqlite3_value_blob(value) : NULL;
  as_str text = {bytes ? bytes : "", bytes ? (size_t)sqlite3_value_bytes(value) : 0};
  table->sql->misread.there = verdict == AS_SQL_SENSELESS || as_sql_is_given(table->sql, text);
  return table->sql->misread.there;
}

/* Of several lookups the one that leaves the fewest records leads; the others are tests. */
static int kind_filter(sqlite3_vtab_cursor *base, int lookups, const char *plan, int argc, sqlite3_value **argv) {
  kind_cursor *cursor = (kind_cursor *)base;
  const kind_table *table = (const kind_table *)base->pVtab;
  const as_model *model = table->sql->model;
  if (cursor->plan != plan) cursor->n_terms = as_sql_terms(table->kind, plan, cursor->terms);
  cursor->plan = plan;
  cursor->items = NULL;
  cursor->at = cursor->n_tests = cursor->texts.len = 0;
  cursor->count = as_model_count(model, table->kind);
  for (int i = 0; i < argc && (size_t)i < cursor->n_terms; i++) {
    as_sql_test *test = &cursor->tests[cursor->n_tests];
    as_sql_verdict verdict = as_sql_test_of(model, &cursor->terms[i], argv[i], &cursor->texts, test);
    if (verdict == AS_SQL_NEVER) cursor->count = 0;
    if (is_mistake(table, &cursor->terms[i], test, verdict, argv[i])) {
      cursor->record = NULL;
      base->pVtab->zErrMsg = sqlite3_mprintf("%s", table->sql->misread.message);
      return SQLITE_ERROR;
    }
    if (verdict != AS_SQL_TESTED) continue;
    cursor->n_tests++;
    if (i >= lookups || !cursor->count) continue;
    size_t count = 0;
    const as_record *const *items = as_model_where(model, test->field, table->kind, test->u.sym, &count);
    if (items && count >= cursor->count && cursor->items) continue;
    cursor->items = items;
    cursor->count = items ? count : 0;
  }
  show(cursor);
  return SQLITE_OK;
}

static int kind_next(sqlite3_vtab_cursor *base) {
  kind_cursor *cursor = (kind_cursor *)base;
  cursor->at++;
  show(cursor);
  return SQLITE_OK;
}

static int kind_eof(sqlite3_vtab_cursor *base) { return ((kind_cursor *)base)->record == NULL; }

static int kind_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
  *out = (sqlite3_int64)as_record_index(((kind_cursor *)base)->record) + 1;
  return SQLITE_OK;
}

/* ---- values ---- */

/* A value as JSON, for lists. */
static void write_json(const as_value *value, as_buf *out) {
  char number[AS_NUMBER_TEXT];
  as_buf text = {0};
  switch (value->type) {
    case AS_T_INTEGER: as_buf_printf(out, "%lld", (long long)value->u.integer); return;
    case AS_T_NUMBER:
    case AS_T_PERCENT: as_buf_add(out, number, as_number_text(value->u.number, number)); return;
    case AS_T_BOOLEAN: as_buf_adds(out, value->u.boolean ? "true" : "false"); return;
    case AS_T_DATE:
    case AS_T_TIME: as_time_format(value->u.time, &text); break;
    case AS_T_DURATION: as_duration_write(value->u.duration, &text); break;
    default: as_json_string((as_str){value->u.link.sym->text, value->u.link.sym->len}, out); return;
  }
  as_json_string((as_str){text.data, text.len}, out);
  as_buf_free(&text);
}

static void give_symbol(sqlite3_context *out, const as_sym *sym) {
  sqlite3_result_text64(out, sym->text, sym->len, SQLITE_STATIC, SQLITE_UTF8); /* it lives as long as the model */
}

static void give(sqlite3_context *out, const as_value *value, as_buf *text) {
  text->len = 0;
  switch (value->type) {
    case AS_T_STRING:
    case AS_T_TEXT:
    case AS_T_ENUM:
    case AS_T_REF: give_symbol(out, value->u.link.sym); return;
    case AS_T_INTEGER: sqlite3_result_int64(out, value->u.integer); return;
    case AS_T_NUMBER:
    case AS_T_PERCENT: sqlite3_result_double(out, value->u.number); return;
    case AS_T_BOOLEAN: sqlite3_result_int(out, value->u.boolean); return;
    case AS_T_DATE:
    case AS_T_TIME: as_time_format(value->u.time, text); break;
    case AS_T_DURATION: as_duration_write(value->u.duration, text); break;
    case AS_T_LIST:
      as_buf_addc(text, '[');
      for (uint32_t i = 0; i < value->u.list.count; i++) {
        if (i) as_buf_addc(text, ',');
        write_json(&value->u.list.items[i], text);
      }
      as_buf_addc(text, ']');
      break;
  }
  sqlite3_result_text64(out, text->data, text->len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static int kind_column(sqlite3_vtab_cursor *base, sqlite3_context *out, int column) {
  kind_cursor *cursor = (kind_cursor *)base;
  const as_kind *kind = ((const kind_table *)base->pVtab)->kind;
  const as_record *record = cursor->record;
  if ((uint32_t)column < kind->n_fields) {
    as_value value = as_record_get(record, &kind->fields[column]);
    if (value.present) give(out, &value, &cursor->text);
    return SQLITE_OK;
  }
  const as_document *document = as_record_document(record);
  switch ((uint32_t)column - kind->n_fields) {
    case AS_SQL_HIDDEN_KEY:
      if (as_record_key(record)) give_symbol(out, as_record_key(record));
      break;
    case AS_SQL_HIDDEN_DOCUMENT:
      if (document) sqlite3_result_text(out, document->path, -1, SQLITE_STATIC);
      break;
    case AS_SQL_HIDDEN_LINE:
      if (as_record_line(record)) sqlite3_result_int64(out, as_record_line(record));
      break;
    default: sqlite3_result_int64(out, (sqlite3_int64)as_record_index(record) + 1); break;
  }
  return SQLITE_OK;
}

/* Without xCreate a module is a table by its own name. */
void as_sql_add_kinds(as_sql *sql) {
  static const sqlite3_module module = {.iVersion = 1,          .xConnect = kind_connect, .xBestIndex = kind_best_index,
                                        .xDisconnect = kind_disconnect, .xOpen = kind_open, .xClose = kind_close,
                                        .xFilter = kind_filter, .xNext = kind_next,       .xEof = kind_eof,
                                        .xColumn = kind_column, .xRowid = kind_rowid};
  const as_kinds *kinds = as_model_kinds(sql->model);
  for (size_t i = 0; i < as_kinds_count(kinds); i++) {
    module_data *data = as_calloc(1, sizeof *data);
    *data = (module_data){sql, as_kinds_at(kinds, i)};
    sqlite3_create_module_v2(sql->db, data->kind->name->text, &module, data, as_free);
  }
}
