/* What the files of SQL share. Only they include this. */
#ifndef AS_MODEL_SQL_INSIDE_H
#define AS_MODEL_SQL_INSIDE_H

#include <sqlite3.h>

#include "model/sql.h"

/* The tables that a result document gives. */
enum { AS_SQL_REQUIREMENTS, AS_SQL_CHECKS, AS_SQL_FINDINGS, AS_SQL_RISKS, AS_SQL_TABLES };

/* A row of them: the requirement or risk, the check, the finding; as far as the table goes. */
typedef struct {
  const as_node *levels[3];
} as_sql_row;

/* An operating system that has no files and whose clock stands at as_of. */
typedef struct {
  sqlite3_vfs vfs;
  sqlite3_int64 now; /* milliseconds of the Julian day */
  char name[32];
} as_sql_system;

struct as_sql_query {
  as_sql *sql;
  sqlite3_stmt *statement;
  char *text;
  size_t length;
  const as_kind **kinds;
  size_t n_kinds;
  bool wants_result, explains;
  int unbound; /* what SQLite said to a parameter that it did not take */
  uint64_t used; /* when */
};

struct as_sql {
  sqlite3 *db;
  const as_model *model;
  as_sql_options options;
  as_sql_system system;
  sqlite3_int64 limit_before; /* of memory, in the process */
  as_sql_query *queries[AS_SQL_CACHED];
  uint64_t clock;
  bool stopped; /* poll said so */

  const as_node *result;
  as_sql_row *rows[AS_SQL_TABLES];
  size_t n_rows[AS_SQL_TABLES];

  bool declaring; /* a module says what its columns are: the text is ours */

  /* while a query is compiled */
  bool *named; /* by index of the kind */
  bool wants_result;
  const char *refused; /* why the authorizer said no */
  char refused_name[64];
};

/* sql.c: what a module's table looks like, as text. Gives a code of SQLite. */
int as_sql_declare(as_sql *sql, const char *text);
/* sql_query.c */
void as_sql_query_free(as_sql_query *query);
/* sql_kinds.c: a module for every kind. */
void as_sql_add_kinds(as_sql *sql);
/* The type that a declared type stands for; false where it is none of ours. */
bool as_sql_type_of(const char *declared, as_type *type);
/* The names of the columns that every kind has, hidden; NULL behind the last. */
const char *as_sql_hidden_column(size_t i);
/* sql_results.c: modules for the tables of results, but where a kind has that name. */
void as_sql_add_results(as_sql *sql);
const char *as_sql_result_table(size_t i); /* its name, or NULL behind the last */
const char *as_sql_result_column(size_t table, size_t i); /* the same for its columns */
void as_sql_free_rows(as_sql *sql);
/* sql_functions.c: those that are added, and which of all may be called. */
void as_sql_add_functions(as_sql *sql);
bool as_sql_is_safe(const char *function);
const char *const *as_sql_functions(size_t *count);
/* sql_fault.c: what SQLite said, in words that help. `rc` and the connection tell what went wrong. */
/* Finds a word of the query that is no text and no comment; false where there is none. Case does not count. */
bool as_sql_find_word(as_str text, const char *word, size_t *at);
void as_sql_explain(as_sql *sql, int rc, as_str text, bool running, as_sql_fault *fault);

#endif
