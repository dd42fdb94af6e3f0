/* Queries: SQL over one bundle. The process that reads it and runs the query stands behind the same walls as one that judges; the
 * caller gets rows of plain values that were looked at. */
#ifndef AS_EVAL_QUERY_H
#define AS_EVAL_QUERY_H

#include "eval/run.h"

typedef struct {
  as_str text;           /* NUL-terminated */
  const char *name;      /* under which mistakes in it are told, "query" or a file */
  const char *about;     /* the name of a table, which must be there: the value of the only parameter. NULL: there are no parameters */
  double seconds;        /* of processor time, from the first row on its way; the bundle is read before */
  uint64_t memory_bytes; /* of SQLite */
  uint64_t rows;         /* more are an error */
} as_query;

typedef struct {
  void *ctx;
  /* The names of the columns: a list of texts. Called once, before the first row; not where the query is wrong. */
  void (*columns)(void *ctx, const as_node *columns);
  /* One row: a list of as many values, null, whole number, number or text. Borrowed. False: no more. */
  bool (*row)(void *ctx, const as_node *row);
} as_query_listener;

/* Asks options->bundles[0]. Where the query names a table of results, the bundle is evaluated first (and read twice), as options say;
 * then standard input is kept in memory.
 * Diagnostics are added to `diags`. Gives AS_EXIT_OK, _INCOMPLETE (all rows came, but something of the bundle could not be read;
 * or a limit was met, which is an error among the diagnostics), _USAGE (the query is wrong), _INVALID, _MISSING, _INTERNAL or
 * _INTERRUPTED. */
int as_query_run(const as_run_options *options, const as_query *query, const as_query_listener *listener, as_diags *diags, const volatile bool *stop);

#endif
