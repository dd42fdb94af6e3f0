/* The shapes of everything that crosses a pipe, and of the result document (docs/result.schema.json). */
#ifndef AS_EVAL_SHAPES_H
#define AS_EVAL_SHAPES_H

#include "eval/shape.h"

extern const as_shape as_shape_walls;       /* AS_MSG_WALLS */
extern const as_shape as_shape_loaded;      /* AS_MSG_LOADED: the answer of packs.load */
extern const as_shape as_shape_diags;       /* AS_MSG_DIAGS */
extern const as_shape as_shape_bundle;      /* AS_MSG_BUNDLE */
extern const as_shape as_shape_documents;   /* AS_MSG_DOCUMENTS */
extern const as_shape as_shape_step;        /* AS_MSG_STEP */
extern const as_shape as_shape_fault;       /* AS_MSG_FAULT, and within AS_MSG_RESULT */
extern const as_shape as_shape_answer;      /* AS_MSG_ANSWER */
extern const as_shape as_shape_done;        /* AS_MSG_DONE */
extern const as_shape as_shape_requirement; /* what judge.run gives */
extern const as_shape as_shape_derived;     /* what risks.derive gives */
extern const as_shape as_shape_summary;     /* what summary.make gives */

/* Findings of one check that are kept. */
#define AS_FINDINGS_MAX 1000.0

#endif
