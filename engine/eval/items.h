/* Items: a function of the product's own Lua, called for one argument after the other in child processes.
 *
 * Each call has the limits of a rule to itself. One that breaks a limit or whose process dies costs only its own answer. */
#ifndef AS_EVAL_ITEMS_H
#define AS_EVAL_ITEMS_H

#include "eval/run.h"

typedef struct {
  const as_node *value; /* what the function gave, or NULL; pinned to the caller's arena */
  const char *fault;    /* else: memory, time, steps, or what became of the process */
  const char *where;    /* or NULL */
  double seconds;
} as_item_answer;

typedef struct {
  const char *module, *function;
  const as_node *const *items; /* the arguments, borrowed */
  size_t n;
  void (*progress)(void *ctx, size_t done, size_t total); /* or NULL */
  void *ctx;
} as_items;

/* Carries out all items by options->jobs processes. `answers` has room for n. Diagnostics come in the order of the items. False
 * where *stop became true, or where no item could be carried out at all; why is among the diagnostics. */
bool as_run_items(const as_run_options *options, const as_items *items, as_item_answer *answers, as_arena *arena, as_diags *diags,
                  const volatile bool *stop);

#endif
