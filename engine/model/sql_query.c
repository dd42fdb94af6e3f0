/* SQL: queries. Compiles them once, keeps them by their texts, runs them. */
#include <stdio.h>
#include <string.h>

#include "model/sql_inside.h"

/* ---- faults ---- */

static as_sql_query *wrong(as_sql_fault *fault, as_sql_trouble trouble, size_t at, const char *message, const char *help) {
  *fault = (as_sql_fault){.trouble = trouble, .at = at};
  snprintf(fault->message, sizeof fault->message, "%s", message);
  snprintf(fault->help, sizeof fault->help, "%s", help);
  return NULL;
}

void as_sql_place(as_str text, const as_sql_fault *fault, uint32_t *line, uint32_t *column, as_str *source) {
  size_t at = fault->at < text.n ? fault->at : text.n, first = 0;
  *line = *column = 1;
  for (size_t i = 0; i < at; i++) {
    if (text.p[i] == '\n') {
      ++*line;
      *column = 1;
      first = i + 1;
    } else if (((unsigned char)text.p[i] & 0xC0) != 0x80) {
      ++*column;
    }
  }
  const char *end = first < text.n ? memchr(text.p + first, '\n', text.n - first) : NULL;
  *source = (as_str){text.p + first, end ? (size_t)(end - text.p) - first : text.n - first};
}

/* ---- compiling ---- */

/* Blanks, semicolons and comments from `at` on. */
static size_t skip_nothing(as_str text, size_t at) {
  while (at < text.n) {
    const char *p = text.p + at;
    size_t left = text.n - at;
    if (strchr(" \t\r\n\f;", *p)) {
      at++;
    } else if (left >= 2 && p[0] == '-' && p[1] == '-') {
      const char *end = memchr(p, '\n', left);
      at = end ? (size_t)(end - text.p) : text.n;
    } else if (left >= 2 && p[0] == '/' && p[1] == '*') {
      const char *end = left > 4 ? memmem(p + 2, left - 2, "*/", 2) : NULL;
      at = end ? (size_t)(end - text.p) + 2 : text.n;
    } else {
      break;
    }
  }
  return at;
}

void as_sql_query_free(as_sql_query *query) {
  if (!query) return;
  sqlite3_finalize(query->statement);
  as_free(query->text);
  as_buf_free(&query->given);
  as_free(query->kinds);
  for (size_t i = 0; i < query->n_columns; i++) as_free((void *)(uintptr_t)query->columns[i].name);
  as_free(query->columns);
  as_free(query);
}

static bool is_text(as_str text, as_sql_fault *fault) {
  size_t bad = 0;
  const char *nul = text.n ? memchr(text.p, 0, text.n) : NULL;
  if (text.n > AS_SQL_TEXT_MAX)
    wrong(fault, AS_SQL_WRONG, 0, "the query is longer than 64 KB", "");
  else if (!as_utf8_valid(text, &bad))
    wrong(fault, AS_SQL_WRONG, bad, "the query is not valid UTF-8", "");
  else if (nul)
    wrong(fault, AS_SQL_WRONG, (size_t)(nul - text.p), "the query holds a character 0", "");
  else
    return true;
  return false;
}

/* What the authorizer noted while the query was compiled. */
static void take_notes(as_sql *sql, as_sql_query *query) {
  const as_kinds *kinds = as_model_kinds(sql->model);
  size_t cap = 0;
  for (size_t i = 0; i < as_kinds_count(kinds); i++) {
    if (!sql->named[i]) continue;
    as_grow(&query->kinds, &cap, query->n_kinds + 1, sizeof *query->kinds);
    query->kinds[query->n_kinds++] = as_kinds_at(kinds, i);
  }
  query->wants_result = sql->wants_result;
  query->wants_schema = sql->wants_schema;
}

/* With copies of the names: SQLite may compile a statement once more when its parameters change. */
static void take_columns(as_sql *sql, as_sql_query *query) {
  query->n_columns = (size_t)sqlite3_column_count(query->statement);
  query->columns = as_calloc(query->n_columns, sizeof *query->columns);
  for (size_t i = 0; i < query->n_columns; i++) {
    const char *declared = sqlite3_column_decltype(query->statement, (int)i), *name = sqlite3_column_name(query->statement, (int)i);
    if (!name) as_mem_exhausted();
    size_t n = strlen(name) + 1;
    query->columns[i] = (as_sql_column_info){.name = memcpy(as_alloc(n), name, n), .type = AS_T_TEXT};
    if (declared) as_sql_column_of(as_model_kinds(sql->model), declared, &query->columns[i]);
  }
}

static as_sql_query *compile(as_sql *sql, as_str text, as_sql_fault *fault) {
  as_sql_query *query = as_calloc(1, sizeof *query);
  query->sql = sql;
  query->length = text.n;
  query->text = as_calloc(1, text.n + 1);
  if (text.n) memcpy(query->text, text.p, text.n);
  memset(sql->named, 0, as_kinds_count(as_model_kinds(sql->model)) * sizeof *sql->named);
  sql->wants_result = sql->wants_schema = false;
  sql->refused = NULL;
  sql->misread.there = false;
  sql->stopped = false;
  const char *tail = NULL;
  int rc = sqlite3_prepare_v3(sql->db, query->text, (int)text.n + 1, 0, &query->statement, &tail);
  size_t rest = tail ? skip_nothing(text, (size_t)(tail - query->text)) : text.n;
  as_sql_query *good = query;
  if (rc != SQLITE_OK) {
    good = NULL;
    as_sql_explain(sql, rc, text, false, fault);
  } else if (!query->statement) {
    good = wrong(fault, AS_SQL_WRONG, text.n, "the query is empty", "write a SELECT");
  } else if (rest < text.n) {
    good = wrong(fault, AS_SQL_WRONG, rest, "only one query can be asked at a time", "");
  } else if (!sqlite3_stmt_readonly(query->statement) || sqlite3_column_count(query->statement) == 0) {
    good = wrong(fault, AS_SQL_WRONG, skip_nothing(text, 0), "SQL only reads here: write a SELECT", "");
  } else if (sqlite3_stmt_isexplain(query->statement) == 1) {
    good = wrong(fault, AS_SQL_WRONG, skip_nothing(text, 0), "EXPLAIN is not there", "EXPLAIN QUERY PLAN tells how a query is answered");
  }
  if (!good) {
    as_sql_query_free(query);
    return NULL;
  }
  query->explains = sqlite3_stmt_isexplain(query->statement) == 2;
  take_notes(sql, query);
  take_columns(sql, query);
  return query;
}

/* The query from before, or a new one in the place of the one that was used longest ago. */
static as_sql_query *find(as_sql *sql, as_str text, as_sql_fault *fault) {
  size_t oldest = 0;
  for (size_t i = 0; i < AS_SQL_CACHED; i++) {
    as_sql_query *query = sql->queries[i];
    if (query && query->length == text.n && memcmp(query->text, text.p, text.n) == 0) return query;
    const as_sql_query *old = sql->queries[oldest];
    if (old && (!query || query->used < old->used)) oldest = i;
  }
  as_sql_query *query = compile(sql, text, fault);
  if (!query) return NULL;
  as_sql_query_free(sql->queries[oldest]);
  sql->queries[oldest] = query;
  return query;
}

/* Where the first of the tables from..to stands in the text; its end where none does. */
static size_t place_of(as_str text, size_t from, size_t to) {
  size_t least = text.n, at;
  for (size_t i = from; i < to; i++)
    if (as_sql_find_word(text, as_sql_result_table(i), &at) && at < least) least = at;
  return least;
}

as_sql_query *as_sql_prepare(as_sql *sql, as_str text, as_sql_fault *fault) {
  if (!is_text(text, fault)) return NULL;
  as_sql_query *query = find(sql, text, fault);
  if (!query) return NULL;
  query->used = ++sql->clock;
  as_sql_reset(query);
  for (size_t i = 0; sql->options.visible && i < query->n_kinds; i++) {
    const as_kind *kind = query->kinds[i];
    if (sql->options.visible(sql->options.ctx, kind)) continue;
    wrong(fault, AS_SQL_HIDDEN, text.n, "", "");
    as_sql_find_word(text, kind->name->text, &fault->at);
    fault->kind = kind;
    snprintf(fault->message, sizeof fault->message, "`%s` cannot be read here", kind->name->text);
    return NULL;
  }
  if (query->wants_schema) {
    if (sql->options.visible && !sql->options.visible(sql->options.ctx, NULL))
      return wrong(fault, AS_SQL_WRONG, place_of(text, AS_SQL_OF_TABLES, AS_SQL_TABLES), "what is known of the bundle as a whole is not there for rules", "");
    as_sql_tell_schema(sql);
  }
  if (query->wants_result && !sql->result)
    return wrong(fault, AS_SQL_RESULTS, place_of(text, 0, AS_SQL_OF_TABLES), "there are no results here: nothing was evaluated", "");
  return query;
}

/* ---- what is known of a query ---- */

size_t as_sql_kinds(const as_sql_query *query, const as_kind *const **kinds) {
  *kinds = query->kinds;
  return query->n_kinds;
}

bool as_sql_explains(const as_sql_query *query) { return query->explains; }
size_t as_sql_params(const as_sql_query *query) { return (size_t)sqlite3_bind_parameter_count(query->statement); }
size_t as_sql_columns(const as_sql_query *query) { return query->n_columns; }

as_sql_column_info as_sql_column(const as_sql_query *query, size_t i) { return query->columns[i]; }

/* ---- running ---- */

void as_sql_reset(as_sql_query *query) {
  query->unbound = SQLITE_OK;
  query->given.len = 0;
  sqlite3_reset(query->statement);
  sqlite3_clear_bindings(query->statement);
}

static int bind(sqlite3_stmt *s, int at, const as_sql_value *value) {
  const char *text = value->text.n ? value->text.p : "";
  switch (value->type) {
    case AS_SQL_INTEGER: return sqlite3_bind_int64(s, at, value->integer);
    case AS_SQL_NUMBER: return sqlite3_bind_double(s, at, value->number);
    case AS_SQL_TEXT: return sqlite3_bind_text64(s, at, text, value->text.n, SQLITE_TRANSIENT, SQLITE_UTF8);
    case AS_SQL_BLOB: return sqlite3_bind_blob64(s, at, text, value->text.n, SQLITE_TRANSIENT);
    default: return sqlite3_bind_null(s, at);
  }
}

void as_sql_bind(as_sql_query *query, size_t i, const as_sql_value *value) {
  int rc = bind(query->statement, (int)i + 1, value);
  if (rc != SQLITE_OK) query->unbound = rc; /* told when the query runs */
  if (value->type != AS_SQL_TEXT || !value->text.n || memchr(value->text.p, 0, value->text.n)) return;
  as_buf_add(&query->given, value->text.p, value->text.n);
  as_buf_addc(&query->given, '\0');
}

as_sql_step as_sql_next(as_sql_query *query, as_sql_fault *fault) {
  as_sql *sql = query->sql;
  sql->stopped = sql->misread.there = false;
  sql->running = query;
  int rc = query->unbound ? query->unbound : sqlite3_step(query->statement);
  if (rc == SQLITE_ROW) return AS_SQL_ROW;
  if (rc != SQLITE_DONE) as_sql_explain(sql, rc, (as_str){query->text, query->length}, true, fault);
  as_sql_reset(query);
  return rc == SQLITE_DONE ? AS_SQL_DONE : AS_SQL_FAULT;
}

as_sql_value as_sql_get(as_sql_query *query, size_t i) {
  sqlite3_stmt *s = query->statement;
  int at = (int)i;
  switch (sqlite3_column_type(s, at)) {
    case SQLITE_INTEGER: return (as_sql_value){.type = AS_SQL_INTEGER, .integer = sqlite3_column_int64(s, at)};
    case SQLITE_FLOAT: return (as_sql_value){.type = AS_SQL_NUMBER, .number = sqlite3_column_double(s, at)};
    case SQLITE_TEXT:
    case SQLITE_BLOB: break;
    default: return (as_sql_value){.type = AS_SQL_NULL};
  }
  as_sql_type type = sqlite3_column_type(s, at) == SQLITE_TEXT ? AS_SQL_TEXT : AS_SQL_BLOB;
  const char *bytes = sqlite3_column_blob(s, at); /* of texts too: nothing is copied to put a 0 behind it */
  return (as_sql_value){.type = type, .text = {bytes ? bytes : "", (size_t)sqlite3_column_bytes(s, at)}};
}
