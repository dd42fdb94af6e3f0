/* SQL: nodes as tables: the requirements, checks, findings and risks of a result document, and what sql_schema.c tells. Knows the
 * names of their members, not what they mean. */
#include <stdio.h>
#include <string.h>

#include "model/sql_inside.h"

/* A column: which of a row's nodes it is read from, and the way from there to the value. */
typedef struct {
  const char *name, *path;
  int level;
  const char *type;
} column;

#define TEXT(name, path, level) {(name), (path), (level), "TEXT"}
#define NUMBER(name, path, level) {(name), (path), (level), "REAL"}
#define COUNT(name, path, level) {(name), (path), (level), "INTEGER"}
#define END {NULL, NULL, 0, NULL}

static const column requirement_columns[] = {
    TEXT("id", "id", 0), TEXT("kind", "kind", 0), TEXT("theme", "theme", 0), TEXT("title", "title", 0), TEXT("status", "status", 0),
    NUMBER("score", "score", 0), NUMBER("credit", "credit", 0), TEXT("reason", "reason", 0), TEXT("design", "design", 0),
    TEXT("operation", "operation", 0), TEXT("pack", "rule.pack", 0), TEXT("path", "rule.path", 0), END};

static const column check_columns[] = {
    TEXT("requirement", "id", 0), TEXT("name", "name", 1), TEXT("question", "question", 1), TEXT("tests", "tests", 1),
    TEXT("severity", "severity", 1), COUNT("weight", "weight", 1), TEXT("status", "status", 1), TEXT("reason", "reason", 1),
    COUNT("population", "population", 1), COUNT("tested", "tested", 1), COUNT("failed", "failed", 1), COUNT("excepted", "excepted", 1),
    NUMBER("share", "share", 1), TEXT("remedy", "remedy", 1), COUNT("dropped", "dropped", 1), END};

static const column finding_columns[] = {
    TEXT("requirement", "id", 0), TEXT("check_name", "name", 1), TEXT("severity", "severity", 1), TEXT("key", "key", 2),
    TEXT("kind", "kind", 2), TEXT("document", "document", 2), COUNT("line", "line", 2), TEXT("message", "message", 2),
    TEXT("grade", "grade", 2), TEXT("remedy", "remedy", 2), TEXT("excepted_by", "excepted_by", 2), NUMBER("overdue", "overdue", 2),
    TEXT("values_read", "values", 2), END};

static const column risk_columns[] = {
    TEXT("id", "id", 0), TEXT("title", "title", 0), TEXT("owner", "owner", 0), TEXT("status", "status", 0), TEXT("treatment", "treatment", 0),
    TEXT("assets", "assets", 0), TEXT("document", "document", 0), COUNT("line", "line", 0),
    NUMBER("inherent_likelihood", "inherent.likelihood", 0), NUMBER("inherent_impact", "inherent.impact", 0),
    NUMBER("inherent_score", "inherent.score", 0), TEXT("inherent_level", "inherent.level", 0),
    NUMBER("residual_likelihood", "residual.likelihood", 0), NUMBER("residual_impact", "residual.impact", 0),
    NUMBER("residual_score", "residual.score", 0), NUMBER("residual_raw", "residual.raw", 0), TEXT("residual_level", "residual.level", 0),
    NUMBER("target_score", "target.score", 0), TEXT("target_level", "target.level", 0), NUMBER("stated", "stated", 0),
    TEXT("stated_level", "stated_level", 0), COUNT("understated", "understated", 0), COUNT("above_appetite", "above_appetite", 0),
    COUNT("above_tolerance", "above_tolerance", 0), TEXT("acceptance", "acceptance.state", 0), TEXT("review_due_at", "review_due_at", 0),
    TEXT("model", "model", 0), TEXT("error", "error", 0), END};

static const column table_columns[] = {
    TEXT("name", "name", 0), TEXT("title", "title", 0), TEXT("key", "key", 0), COUNT("records", "records", 0), COUNT("supplied", "supplied", 0), END};

static const column column_columns[] = {
    TEXT("table_name", "table", 0), TEXT("name", "name", 0), TEXT("type", "type", 0), COUNT("required", "required", 0),
    TEXT("leads_to", "leads_to", 0), TEXT("words", "words", 0), TEXT("meaning", "meaning", 0), END};

static const column document_columns[] = {
    TEXT("path", "path", 0), TEXT("kind", "kind", 0), TEXT("source", "source", 0), {"collected_at", "collected_at", 0, "TIME_TEXT COLLATE " AS_SQL_TIMES},
    COUNT("records", "records", 0), COUNT("left_out", "left_out", 0), COUNT("readable", "readable", 0), COUNT("bytes", "bytes", 0),
    TEXT("sha256", "sha256", 0), END};

static const struct {
  const char *name, *title;
  const column *columns;
} tables[AS_SQL_TABLES] = {[AS_SQL_REQUIREMENTS] = {"results", "What became of each requirement", requirement_columns},
                           [AS_SQL_CHECKS] = {"checks", "What became of each check", check_columns},
                           [AS_SQL_FINDINGS] = {"findings", "Records and wholes on which a check failed", finding_columns},
                           [AS_SQL_RISKS] = {"risk_results", "Risks: inherent, residual, stated", risk_columns},
                           [AS_SQL_OF_TABLES] = {"_tables", "All tables", table_columns},
                           [AS_SQL_OF_COLUMNS] = {"_columns", "All columns", column_columns},
                           [AS_SQL_OF_DOCUMENTS] = {"_documents", "Documents of the bundle", document_columns}};

typedef struct {
  as_sql *sql;
  size_t table;
} module_data;

typedef struct {
  sqlite3_vtab base;
  module_data of;
} result_table;

typedef struct {
  sqlite3_vtab_cursor base;
  size_t at;
} result_cursor;

const char *as_sql_result_table(size_t i) { return i < AS_SQL_TABLES ? tables[i].name : NULL; }

const char *as_sql_result_column(size_t table, size_t i) {
  size_t n = 0;
  while (tables[table].columns[n].name) n++;
  return i < n ? tables[table].columns[i].name : NULL;
}

const char *as_sql_result_title(size_t i) { return tables[i].title; }

const char *as_sql_result_type(size_t table, size_t i) {
  const char *type = tables[table].columns[i].type;
  return strcmp(type, "REAL") == 0 ? "number" : strcmp(type, "INTEGER") == 0 ? "integer" : strcmp(type, "TEXT") == 0 ? "text" : "time";
}

/* ---- rows ---- */

static void free_rows(as_sql *sql, size_t count) {
  for (size_t t = 0; t < count; t++) {
    as_free(sql->rows[t]);
    sql->rows[t] = NULL;
    sql->n_rows[t] = 0;
  }
}

void as_sql_free_rows(as_sql *sql) {
  free_rows(sql, AS_SQL_TABLES);
  as_arena_free(sql->arena);
}

static const as_node *members(const as_node *map, const char *name) {
  const as_node *list = as_node_get(map, name);
  return list && list->type == AS_LIST ? list->first : NULL;
}

void as_sql_add_row(as_sql *sql, size_t table, size_t *cap, const as_node *a, const as_node *b, const as_node *c) {
  as_grow(&sql->rows[table], cap, sql->n_rows[table] + 1, sizeof *sql->rows[table]);
  sql->rows[table][sql->n_rows[table]++] = (as_sql_row){{a, b, c}};
}

void as_sql_set_result(as_sql *sql, const as_node *result) {
  size_t cap[AS_SQL_TABLES] = {0};
  free_rows(sql, AS_SQL_OF_TABLES);
  sql->result = result;
  for (const as_node *r = members(result, "requirements"); r; r = r->next) {
    as_sql_add_row(sql, AS_SQL_REQUIREMENTS, &cap[AS_SQL_REQUIREMENTS], r, NULL, NULL);
    for (const as_node *c = members(r, "checks"); c; c = c->next) {
      as_sql_add_row(sql, AS_SQL_CHECKS, &cap[AS_SQL_CHECKS], r, c, NULL);
      for (const as_node *f = members(c, "findings"); f; f = f->next) as_sql_add_row(sql, AS_SQL_FINDINGS, &cap[AS_SQL_FINDINGS], r, c, f);
    }
  }
  for (const as_node *r = members(result, "risks"); r; r = r->next) as_sql_add_row(sql, AS_SQL_RISKS, &cap[AS_SQL_RISKS], r, NULL, NULL);
}

/* ---- the module ---- */

static int result_connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out, char **error) {
  const module_data *data = aux;
  (void)argc, (void)argv, (void)error;
  as_buf text = {0};
  as_buf_adds(&text, "CREATE TABLE t(");
  for (const column *c = tables[data->table].columns; c->name; c++)
    as_buf_printf(&text, "%s%s %s", c == tables[data->table].columns ? "" : ", ", c->name, c->type);
  as_buf_addc(&text, ')');
  int rc = as_sql_declare(data->sql, text.data);
  as_buf_free(&text);
  if (rc != SQLITE_OK) return rc;
  sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  result_table *table = as_calloc(1, sizeof *table);
  table->of = *data;
  *out = &table->base;
  return SQLITE_OK;
}

static int result_disconnect(sqlite3_vtab *base) {
  as_free(base);
  return SQLITE_OK;
}

static const module_data *data_of(sqlite3_vtab_cursor *base) { return &((result_table *)base->pVtab)->of; }

static int result_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  const module_data *of = &((result_table *)base)->of;
  size_t n = of->sql->n_rows[of->table];
  info->estimatedRows = (sqlite3_int64)n + 1;
  info->estimatedCost = (double)n + 1;
  return SQLITE_OK;
}

static int result_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
  (void)base;
  result_cursor *cursor = as_calloc(1, sizeof *cursor);
  *out = &cursor->base;
  return SQLITE_OK;
}

static int result_close(sqlite3_vtab_cursor *base) {
  as_free(base);
  return SQLITE_OK;
}

static int result_filter(sqlite3_vtab_cursor *base, int n, const char *plan, int argc, sqlite3_value **argv) {
  (void)n, (void)plan, (void)argc, (void)argv;
  ((result_cursor *)base)->at = 0;
  return SQLITE_OK;
}

static int result_next(sqlite3_vtab_cursor *base) {
  ((result_cursor *)base)->at++;
  return SQLITE_OK;
}

static int result_eof(sqlite3_vtab_cursor *base) {
  const module_data *of = data_of(base);
  return ((result_cursor *)base)->at >= of->sql->n_rows[of->table];
}

static int result_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
  *out = (sqlite3_int64)((result_cursor *)base)->at + 1;
  return SQLITE_OK;
}

static int result_column(sqlite3_vtab_cursor *base, sqlite3_context *out, int i) {
  const module_data *of = data_of(base);
  const column *c = &tables[of->table].columns[i];
  const as_node *node = of->sql->rows[of->table][((result_cursor *)base)->at].levels[c->level];
  for (const char *p = c->path; node && *p;) {
    size_t n = strcspn(p, ".");
    node = as_node_gets(node, (as_str){p, n});
    p += n + (p[n] == '.');
  }
  as_buf text = {0};
  switch (node ? node->type : AS_NULL) {
    case AS_NULL: break;
    case AS_BOOL: sqlite3_result_int(out, node->u.boolean); break;
    case AS_INT:
      if (strcmp(c->type, "REAL") == 0) sqlite3_result_double(out, (double)node->u.integer);
      else sqlite3_result_int64(out, node->u.integer);
      break;
    case AS_NUM: sqlite3_result_double(out, node->u.number); break;
    case AS_TEXT: sqlite3_result_text64(out, node->text.n ? node->text.p : "", node->text.n, SQLITE_STATIC, SQLITE_UTF8); break;
    case AS_LIST:
    case AS_MAP:
      as_node_json(node, 0, &text);
      sqlite3_result_text64(out, text.data, text.len, SQLITE_TRANSIENT, SQLITE_UTF8);
      as_buf_free(&text);
      break;
  }
  return SQLITE_OK;
}

void as_sql_add_results(as_sql *sql) {
  static const sqlite3_module module = {.iVersion = 1,            .xConnect = result_connect, .xBestIndex = result_best_index,
                                        .xDisconnect = result_disconnect, .xOpen = result_open, .xClose = result_close,
                                        .xFilter = result_filter, .xNext = result_next,       .xEof = result_eof,
                                        .xColumn = result_column, .xRowid = result_rowid};
  for (size_t i = 0; i < AS_SQL_TABLES; i++) {
    if (as_kinds_find(as_model_kinds(sql->model), as_str_of(tables[i].name))) continue; /* an organisation's own kind goes first */
    module_data *data = as_calloc(1, sizeof *data);
    *data = (module_data){sql, i};
    sqlite3_create_module_v2(sql->db, tables[i].name, &module, data, as_free);
  }
}
