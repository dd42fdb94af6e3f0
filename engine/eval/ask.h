/* Sessions: a bundle that was evaluated stays, sealed and behind the walls, and is asked. Whoever asks runs no Lua.
 *
 * A question is plain data for `ask` of the module that as_run_options.session names; its answer is plain data too, of which
 * `columns` and `rows` come as rows, `text` as text. What cannot be ended by an error (memory, a crash) costs the process that
 * answers, with all variables; another one takes its place. */
#ifndef AS_EVAL_ASK_H
#define AS_EVAL_ASK_H

#include "eval/run.h"

/* Where the answer goes while it comes. Nothing of it can be trusted but its form. */
typedef struct {
  void *ctx;
  /* Names of columns: a list of texts. */
  void (*columns)(void *ctx, const as_node *columns);
  /* As many values: null, boolean, number, text; or any plain data, where that was asked for. False: no more of them. */
  bool (*row)(void *ctx, const as_node *row);
  /* A piece of text. It may end within a character. */
  void (*text)(void *ctx, const char *bytes, size_t n);
} as_reply;

typedef enum {
  AS_ASKED,   /* *answer is what `ask` gave beside rows and text */
  AS_CUT,     /* *answer is {fault, where, lost}: a limit, Ctrl-C, a crash; lost: the variables are gone */
  AS_GONE     /* the session has ended */
} as_asked;

/* Asks, and waits for the answer, whose end is pinned to the arena. Where *stop becomes true it is set back, the question is cut
 * short and *stopped says so; once more, and the process that answers is ended. Diagnostics go to `diags`. */
as_asked as_session_ask(as_session *session, const as_node *question, const as_reply *reply, as_arena *arena, const as_node **answer, as_diags *diags,
                        volatile bool *stop, bool *stopped);

#endif
