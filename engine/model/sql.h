/* SQL over a sealed model: every kind is a table straight over its records, and the members of a result document are tables
 * beside them (results, checks, findings, risk_results). SQLite runs it, in memory, without files, clock or chance: it can only
 * read, within limits, and the same text gives the same rows on every machine. docs/sql.md says how the tables look.
 *
 * Knows no Lua and no process. What a query may cost is for the caller to say, by `poll` and the bytes of memory. */
#ifndef AS_MODEL_SQL_H
#define AS_MODEL_SQL_H

#include "model/model.h"

#define AS_SQL_ROWS 100000u      /* that callers give at most, unless told otherwise */
#define AS_SQL_TEXT_MAX 65536u   /* bytes of a query */
#define AS_SQL_VALUE_MAX 4000000 /* bytes of one value */
#define AS_SQL_CACHED 32u        /* queries that are kept compiled */

typedef struct as_sql as_sql;
typedef struct as_sql_query as_sql_query;

typedef struct {
  void *ctx;
  /* May this kind be read? NULL for a kind: what is known of the bundle and of all kinds (_tables, _columns, _documents). NULL: all may. */
  bool (*visible)(void *ctx, const as_kind *kind);
  bool (*poll)(void *ctx, uint32_t steps);         /* so many steps were made; false gives the query up. NULL: no end */
  uint64_t memory_bytes;                           /* beyond what SQLite uses already; 0: no limit */
} as_sql_options;

/* The model (borrowed) must be sealed; it may be empty where queries are only looked at. Never NULL. While one is open, the
 * process has the memory limit that was asked for last. */
as_sql *as_sql_open(const as_model *model, const as_sql_options *options);
void as_sql_close(as_sql *sql);
/* The result document (borrowed) behind the tables of results; NULL: none. Not while a query runs. */
void as_sql_set_result(as_sql *sql, const as_node *result);

typedef enum {
  AS_SQL_WRONG,   /* the text is no query that may be asked; `at` says where */
  AS_SQL_HIDDEN,  /* it names `kind`, which is not visible */
  AS_SQL_RESULTS, /* it needs a result document, and there is none */
  AS_SQL_STOPPED, /* poll said so */
  AS_SQL_MEMORY,
  AS_SQL_FAILED   /* while it ran: a function was given what it cannot take */
} as_sql_trouble;

typedef struct {
  as_sql_trouble trouble;
  size_t at;           /* in the text, in bytes; the length of the text where no place is known */
  const as_kind *kind; /* of AS_SQL_HIDDEN */
  char message[320], help[512]; /* help: may be empty */
} as_sql_fault;

/* Where a fault stands: line and column (characters) from 1, and the text of that line. */
void as_sql_place(as_str text, const as_sql_fault *fault, uint32_t *line, uint32_t *column, as_str *source);

/* Whether there is a table of this name; else `help` (of a fault) says which was meant. */
bool as_sql_has_table(const as_sql *sql, const char *name, char help[512]);
/* Compiles one SELECT (or VALUES, WITH). Borrowed until AS_SQL_CACHED others were asked for; asking again for the same text gives the
 * same query and starts it over. NULL with the fault. */
as_sql_query *as_sql_prepare(as_sql *sql, as_str text, as_sql_fault *fault);
/* The kinds that it names, in the order of their names. */
size_t as_sql_kinds(const as_sql_query *query, const as_kind *const **kinds);
bool as_sql_explains(const as_sql_query *query); /* EXPLAIN QUERY PLAN */
size_t as_sql_params(const as_sql_query *query);
size_t as_sql_columns(const as_sql_query *query);
typedef struct {
  const char *name;      /* borrowed */
  bool field;            /* a field as it stands, of this type; else it was computed */
  as_type type;
  const as_kind *record; /* `_record` of this kind: values are numbers of its records, from 1; else NULL */
} as_sql_column_info;
as_sql_column_info as_sql_column(const as_sql_query *query, size_t i);

typedef enum { AS_SQL_NULL, AS_SQL_INTEGER, AS_SQL_NUMBER, AS_SQL_TEXT, AS_SQL_BLOB } as_sql_type;
typedef struct {
  as_sql_type type;
  int64_t integer;
  double number;
  as_str text; /* of texts and blobs */
} as_sql_value;

/* Parameters count from 0. The text is copied. */
void as_sql_bind(as_sql_query *query, size_t i, const as_sql_value *value);

typedef enum { AS_SQL_ROW, AS_SQL_DONE, AS_SQL_FAULT } as_sql_step;
/* The next row. After DONE or FAULT the query is reset. */
as_sql_step as_sql_next(as_sql_query *query, as_sql_fault *fault);
/* A value of the row; its text is borrowed until the next step. */
as_sql_value as_sql_get(as_sql_query *query, size_t i);
/* Ends a query before its last row. Parameters are forgotten. */
void as_sql_reset(as_sql_query *query);

#endif
