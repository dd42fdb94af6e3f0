/* Shapes: declarative tables of what plain data from another process may look like.
 *
 * What passes comes out as a new tree in canonical form: members in the order of the table, those that are absent or null
 * left out, numbers of one type, texts valid UTF-8 and no longer than allowed. */
#ifndef AS_EVAL_SHAPE_H
#define AS_EVAL_SHAPE_H

#include "base/node.h"

typedef enum {
  AS_SHAPE_TEXT,    /* cut at `max` bytes, with "…" */
  AS_SHAPE_WORD,    /* one of `words` */
  AS_SHAPE_INT,     /* min to max */
  AS_SHAPE_NUM,     /* min to max; written with a decimal point */
  AS_SHAPE_AMOUNT,  /* min to max; written as a whole number where it is one */
  AS_SHAPE_BOOL,
  AS_SHAPE_SHA256,  /* 64 hex digits */
  AS_SHAPE_MAP,     /* members as `of` lists them; others are faults */
  AS_SHAPE_MAPOF,   /* a map from any name to `of`, at most `max`, in sorted order */
  AS_SHAPE_LIST,    /* of `of`, at most `max` */
  AS_SHAPE_SCALARS, /* a map from any name to a scalar, at most `max`, in sorted order */
  AS_SHAPE_ANY      /* any plain data, maps in sorted order, not endless */
} as_shape_type;

typedef struct as_shape as_shape;
struct as_shape {
  const char *name; /* NULL ends a table of members */
  as_shape_type type;
  bool required; /* a list or map of names: present even when empty; others: a fault when absent */
  const char *const *words; /* NULL-terminated */
  double min, max;
  const as_shape *of;
};

#define AS_SHAPE_TEXT_MAX 4096.0

/* Pinned to the arena. NULL where `in` does not fit; then *why says where and what ("checks[2].status is …"). */
as_node *as_shape_take(as_arena *arena, const as_shape *shape, const as_node *in, as_buf *why);

#endif
