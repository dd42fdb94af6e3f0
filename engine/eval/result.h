/* The result document `assay.result/1`: composed by the parent from what it has checked. */
#ifndef AS_EVAL_RESULT_H
#define AS_EVAL_RESULT_H

#include "eval/plan.h"
#include "eval/wall.h"

typedef struct {
  const as_node *bundle;    /* as as_shape_bundle lets it through */
  const as_node *documents; /* list */
  const as_node *diags;     /* list */
  const as_walls *walls;    /* that were up; NULL: none */
  const char *stdlib_sha256; /* empty: unknown */
} as_result_parts;

/* Composes the document in canonical order, digest included; pinned to the arena. The digest leaves out run.walls.sandbox, which
 * is of the machine and does not change what was found. A tally without a summary gives NULL: such a run
 * cannot be reported. */
as_node *as_result_compose(as_arena *arena, const as_tally *tally, const as_result_parts *parts);

/* Whether a document, read again, is the one that was composed: its digest fits. It is as it was when this returns. */
bool as_result_intact(as_node *doc);

#endif
