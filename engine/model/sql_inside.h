/* What the files of SQL share. Only they include this. */
#ifndef AS_MODEL_SQL_INSIDE_H
#define AS_MODEL_SQL_INSIDE_H

#include <sqlite3.h>

#include "model/sql.h"

#define AS_SQL_TERMS 16 /* conditions of one table in one query that are answered before SQLite sees the record */
#define AS_SQL_TIMES "times"         /* orders of texts, sql_order.c */
#define AS_SQL_DURATIONS "durations"

/* Columns that every kind has behind its fields, in this order. */
enum { AS_SQL_HIDDEN_KEY, AS_SQL_HIDDEN_DOCUMENT, AS_SQL_HIDDEN_LINE, AS_SQL_HIDDEN_RECORD, AS_SQL_HIDDEN_COLUMNS };

/* The tables that a result document gives, and those that tell what there is. */
enum { AS_SQL_REQUIREMENTS, AS_SQL_CHECKS, AS_SQL_FINDINGS, AS_SQL_RISKS, AS_SQL_OF_TABLES, AS_SQL_OF_COLUMNS, AS_SQL_OF_DOCUMENTS, AS_SQL_TABLES };

/* A row of them: the requirement or risk, the check, the finding, as far as the table goes; or the table, column or document. */
typedef struct {
  const as_node *levels[3];
} as_sql_row;

/* An operating system that has no files and whose clock stands at as_of. */
typedef struct {
  sqlite3_vfs vfs;
  sqlite3_int64 now; /* milliseconds of the Julian day */
  char name[32];
} as_sql_system;

/* A text that is compared with times. */
typedef struct {
  as_str text; /* of AS_SQL_OTHER */
  enum { AS_SQL_OTHER, AS_SQL_DAY, AS_SQL_MOMENT } form;
  as_time time;
} as_sql_when;

/* A condition that was taken over, as the plan says it. */
typedef struct {
  const as_field *field; /* NULL: `_line` */
  int op;                /* SQLITE_INDEX_CONSTRAINT_… */
} as_sql_term;

/* The same with the value that it compares with. */
typedef struct {
  const as_field *field;
  int op;
  enum { AS_SQL_BY_PRESENCE, AS_SQL_BY_SYMBOL, AS_SQL_BY_TEXT, AS_SQL_BY_INTEGER, AS_SQL_BY_NUMBER, AS_SQL_BY_TIME, AS_SQL_BY_DURATION } how;
  size_t text_at; /* where the text of `when` stands among the texts of the cursor */
  union {
    const as_sym *sym;
    int64_t integer;
    double number;
    as_duration duration;
    as_sql_when when;
  } u;
} as_sql_test;

/* UNTESTED: left to SQLite; NEVER: no record holds it; SENSELESS: a time or duration against a number, as in end_date < 2026-06-30. */
typedef enum { AS_SQL_TESTED, AS_SQL_UNTESTED, AS_SQL_NEVER, AS_SQL_SENSELESS } as_sql_verdict;

/* A comparison that can only be a mistake. */
typedef struct {
  bool there;
  char message[320], help[320], word[128]; /* word: the text in the query, or empty */
} as_sql_misreading;

struct as_sql_query {
  as_sql *sql;
  sqlite3_stmt *statement;
  char *text;
  size_t length;
  const as_kind **kinds;
  size_t n_kinds, n_columns;
  as_sql_column_info *columns;
  bool wants_result, wants_schema, explains;
  as_buf given; /* texts that are bound, a 0 behind each; those that hold one are left out */
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
  const as_sql_query *running;

  const as_node *result;
  as_sql_row *rows[AS_SQL_TABLES];
  size_t n_rows[AS_SQL_TABLES];
  as_arena *arena; /* of the rows that tell what there is; NULL before they are asked for */

  bool declaring; /* a module says what its columns are: the text is ours */

  /* while a query is compiled */
  bool *named; /* by index of the kind */
  bool wants_result, wants_schema;
  const char *refused; /* why the authorizer said no */
  char refused_name[64];
  as_sql_misreading misread;
};

/* sql.c: what a module's table looks like, as text. Gives a code of SQLite. */
int as_sql_declare(as_sql *sql, const char *text);
/* sql_query.c */
void as_sql_query_free(as_sql_query *query);
/* sql_kinds.c: a module for every kind. */
void as_sql_add_kinds(as_sql *sql);
/* sql_plan.c: which conditions are answered here, as idxStr: "lookup id=, end_date<", "test …" or "all records". Gives a code of SQLite. */
int as_sql_plan(as_sql *sql, const as_kind *kind, sqlite3_index_info *info);
/* The conditions that such a text names, in its order, which is that of the values. */
size_t as_sql_terms(const as_kind *kind, const char *plan, as_sql_term terms[AS_SQL_TERMS]);
/* sql_sense.c: whether a value that was given can be meant where the field is compared with it; else it is noted in `misread`. */
bool as_sql_makes_sense(as_sql *sql, const as_kind *kind, const as_field *field, int op, sqlite3_value *value);
/* Whether a text stands in the running query, or is a parameter of it; where it does not, it comes out of a record. */
bool as_sql_is_given(const as_sql *sql, as_str text);
/* sql_test.c: a condition made ready; a text that it needs later is added to `texts`. */
as_sql_verdict as_sql_test_of(const as_model *model, const as_sql_term *term, sqlite3_value *value, as_buf *texts, as_sql_test *test);
/* False where a record fails one of them. */
bool as_sql_tests_hold(const as_sql_test *tests, size_t n, const as_record *record, const as_buf *texts, as_buf *scratch);
/* sql_order.c: the orders of times and durations. */
void as_sql_add_orders(as_sql *sql);
as_sql_when as_sql_when_of(as_str text); /* keeps the text (borrowed) */
int as_sql_when_compare(const as_sql_when *a, const as_sql_when *b);
/* What a declared type says of its column. */
void as_sql_column_of(const as_kinds *kinds, const char *declared, as_sql_column_info *out);
/* The names of the columns that every kind has, hidden; NULL behind the last. */
const char *as_sql_hidden_column(size_t i);
/* sql_results.c: modules for the tables of results, but where a kind has that name. */
void as_sql_add_results(as_sql *sql);
const char *as_sql_result_table(size_t i); /* its name, or NULL behind the last */
const char *as_sql_result_title(size_t i);
const char *as_sql_result_column(size_t table, size_t i); /* as as_sql_result_table, for its columns */
const char *as_sql_result_type(size_t table, size_t i);   /* of a column: "text", "number" … */
void as_sql_free_rows(as_sql *sql);
void as_sql_add_row(as_sql *sql, size_t table, size_t *cap, const as_node *a, const as_node *b, const as_node *c);
/* sql_schema.c: the rows of the tables that tell what there is, once. */
void as_sql_tell_schema(as_sql *sql);
/* sql_functions.c: those that are added, and which of all may be called. */
void as_sql_add_functions(as_sql *sql);
bool as_sql_is_safe(const char *function);
const char *const *as_sql_functions(size_t *count);
/* sql_fault.c: what SQLite said, in words that help. `rc` and the connection tell what went wrong. */
/* Finds a name in the query (no text and no comment), case does not count; false where there is none. */
bool as_sql_find_word(as_str text, const char *word, size_t *at);
/* The same for a text in single quotes. */
bool as_sql_find_text(as_str text, as_str content, size_t *at);
void as_sql_explain(as_sql *sql, int rc, as_str text, bool running, as_sql_fault *fault);

#endif
