/* What the caller's side of a session shares with runs. Only they include this. */
#ifndef AS_EVAL_ASK_INSIDE_H
#define AS_EVAL_ASK_INSIDE_H

#include "eval/ask.h"
#include "eval/proc.h"

struct as_session {
  as_child *zygote;
  double patience;     /* seconds that may pass without a sign, while a question is under way */
  /* the question under way */
  bool busy, nonsense, enough;
  size_t columns;
  const as_reply *reply;
  as_arena *arena;
  as_diags *diags;
  const as_node *answer;
  uint64_t bytes;      /* that may still come */
};

#endif
