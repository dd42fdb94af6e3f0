/* SQL: a kind as a table. A row is a record, a column a field, nothing is copied before it is asked for. An equality with a text,
 * a word or a key (of the record or of one that it refers to) is answered by the indexes of the model. */
#include <stdio.h>
#include <string.h>

#include "base/node_text.h"
#include "model/sql_inside.h"

#define TERMS_MAX 16 /* equalities of one table in one query that are looked up */

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
} kind_cursor;

enum { HIDDEN_KEY, HIDDEN_DOCUMENT, HIDDEN_LINE, HIDDEN_COLUMNS };

const char *as_sql_hidden_column(size_t i) {
  static const char *const names[] = {"_key", "_document", "_line"};
  return i < HIDDEN_COLUMNS ? names[i] : NULL;
}

/* ---- columns ---- */

/* Names whose affinity is the right one (TEXT, INT, REAL), and that tell the type of a field apart. */
static const char *const declared_types[] = {
    [AS_T_STRING] = "TEXT",       [AS_T_TEXT] = "TEXT",          [AS_T_INTEGER] = "INTEGER",   [AS_T_NUMBER] = "REAL",
    [AS_T_PERCENT] = "REAL",      [AS_T_BOOLEAN] = "BOOLEAN_INT", [AS_T_DATE] = "DATE_TEXT",   [AS_T_TIME] = "TIME_TEXT",
    [AS_T_DURATION] = "DURATION_TEXT", [AS_T_ENUM] = "TEXT",     [AS_T_REF] = "TEXT",          [AS_T_LIST] = "LIST_TEXT"};

bool as_sql_type_of(const char *declared, as_type *type) {
  for (size_t i = 0; i < sizeof declared_types / sizeof *declared_types; i++) {
    if (strcmp(declared, declared_types[i]) != 0) continue;
    *type = (as_type)i;
    return true;
  }
  return false;
}

static void declare(const as_kind *kind, as_buf *out) {
  as_buf_adds(out, "CREATE TABLE t(");
  for (uint32_t i = 0; i < kind->n_fields; i++)
    as_buf_printf(out, "\"%s\" %s, ", kind->fields[i].name->text, declared_types[kind->fields[i].type]);
  as_buf_adds(out, "_key TEXT HIDDEN, _document TEXT HIDDEN, _line INTEGER HIDDEN)");
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

/* ---- planning ---- */

/* The field whose index answers an equality with the column, or NULL. */
static const as_field *indexed(const as_kind *kind, int column) {
  if (column < 0) return NULL;
  uint32_t i = (uint32_t)column;
  const as_field *field = i < kind->n_fields ? &kind->fields[i] : i == kind->n_fields + HIDDEN_KEY ? kind->key : NULL;
  return field && (field->type == AS_T_STRING || field->type == AS_T_ENUM || field->type == AS_T_REF) ? field : NULL;
}

/* How many records one value of the field may have, as far as that can be said without looking. */
static double share(const kind_table *table, const as_field *field, double all) {
  double values = 20;
  if (field == table->kind->key) return 1;
  if (field->type == AS_T_ENUM) values = field->n_words;
  if (field->type == AS_T_REF) values = (double)as_model_count(table->sql->model, field->target);
  double n = values > 1 ? all / values : all;
  return n > 1 ? n : 1;
}

/* idxStr: the columns that are looked up, in the order of the arguments, as a character each from 1. */
static int kind_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  kind_table *table = (kind_table *)base;
  double all = (double)as_model_count(table->sql->model, table->kind), rows = all;
  char plan[3 * TERMS_MAX + 1] = "";
  int terms = 0;
  for (int i = 0; i < info->nConstraint && terms < TERMS_MAX; i++) {
    const struct sqlite3_index_constraint *c = &info->aConstraint[i];
    const as_field *field = c->usable && c->op == SQLITE_INDEX_CONSTRAINT_EQ ? indexed(table->kind, c->iColumn) : NULL;
    if (!field || field->index > 0xfff || strcmp(sqlite3_vtab_collation(info, i), "BINARY") != 0) continue;
    snprintf(plan + 3 * terms, 4, "%03x", (unsigned)field->index);
    info->aConstraintUsage[i].argvIndex = ++terms; /* SQLite tests it once more: a number may stand for several texts */
    double n = share(table, field, all);
    rows = n < rows ? n : rows;
  }
  info->idxNum = terms;
  if (terms) {
    info->idxStr = sqlite3_mprintf("%s", plan);
    info->needToFreeIdxStr = 1;
    if (!info->idxStr) return SQLITE_NOMEM;
  }
  info->estimatedRows = (sqlite3_int64)rows + 1;
  info->estimatedCost = rows + 2 * terms + 1;
  return SQLITE_OK;
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
  as_free(cursor);
  return SQLITE_OK;
}

/* The symbol that records hold for a text, or NULL where none holds it. */
static const as_sym *symbol(const as_model *model, const as_field *field, as_str text) {
  if (field->type != AS_T_ENUM) return as_model_symbol(model, text);
  for (uint32_t i = 0; i < field->n_words; i++)
    if (field->words[i]->len == text.n && memcmp(field->words[i]->text, text.p, text.n) == 0) return field->words[i];
  return NULL;
}

static void show(kind_cursor *cursor) {
  const kind_table *table = (const kind_table *)cursor->base.pVtab;
  cursor->record = cursor->at >= cursor->count ? NULL
                   : cursor->items             ? cursor->items[cursor->at]
                                               : as_model_at(table->sql->model, table->kind, cursor->at);
}

/* Of several equalities the one that leaves the fewest records leads; SQLite tests the others. */
static int kind_filter(sqlite3_vtab_cursor *base, int terms, const char *plan, int argc, sqlite3_value **argv) {
  kind_cursor *cursor = (kind_cursor *)base;
  const kind_table *table = (const kind_table *)base->pVtab;
  const as_model *model = table->sql->model;
  cursor->items = NULL;
  cursor->at = 0;
  cursor->count = as_model_count(model, table->kind);
  for (int i = 0; i < terms && i < argc && cursor->count; i++) {
    unsigned index = 0;
    int type = sqlite3_value_type(argv[i]);
    if (type == SQLITE_NULL) cursor->count = 0;
    if (type != SQLITE_TEXT || sscanf(plan + 3 * i, "%3x", &index) != 1) continue;
    const as_field *field = &table->kind->fields[index];
    const char *bytes = sqlite3_value_blob(argv[i]);
    as_str text = {bytes ? bytes : "", (size_t)sqlite3_value_bytes(argv[i])};
    size_t count = 0;
    const as_record *const *items = as_model_where(model, field, table->kind, symbol(model, field, text), &count);
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
    case HIDDEN_KEY:
      if (as_record_key(record)) give_symbol(out, as_record_key(record));
      break;
    case HIDDEN_DOCUMENT:
      if (document) sqlite3_result_text(out, document->path, -1, SQLITE_STATIC);
      break;
    default:
      if (as_record_line(record)) sqlite3_result_int64(out, as_record_line(record));
      break;
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
