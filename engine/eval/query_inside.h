/* What the two sides of a query share. Only they include this. */
#ifndef AS_EVAL_QUERY_INSIDE_H
#define AS_EVAL_QUERY_INSIDE_H

#include "eval/host.h"
#include "eval/query.h"

typedef struct {
  const as_run_options *options;
  const as_query *query;
  const as_node *result; /* a result document, or NULL: then "results" is answered where one is needed */
} as_query_job;

/* Entry of the process: ctx is as_query_job. Sends diagnostics, {columns}, {rows} …, and {status}: ok, incomplete, wrong, results,
 * broken (a limit, or a function that was given what it cannot take), missing, invalid. */
int as_query_main(void *ctx, int out);

#endif
