/* The host of the script layer within a child process: stdlib, kinds and packs loaded, diagnostics on their way out.
 * Only eval/ includes this, and only code that runs in a child calls it. */
#ifndef AS_EVAL_HOST_H
#define AS_EVAL_HOST_H

#include "eval/frame.h"
#include "eval/plan.h"
#include "script/script.h"

typedef struct {
  const as_run_options *options;
  int out;               /* the pipe to the parent process */
  as_arena *arena;
  as_intern *intern;
  as_kinds *kinds;
  as_script *script;
  as_diags *diags;       /* what the script layer reports to */
  size_t sent;           /* of diags */
  bool loading;          /* a limit that breaks now is no rule's */
} as_host;

/* Starts the script layer and loads the kinds, if wanted. False after diagnostics (not yet sent). */
bool as_host_start(as_host *host, const as_run_options *options, int out, bool kinds);
/* packs.load. Gives its answer, pinned to host->arena, or NULL after diagnostics. */
as_node *as_host_load(as_host *host);
/* Adds the diagnostic for an error that Lua raised in the product's own modules: it should not happen, and is told whole. */
void as_host_failed(as_host *host, const char *module, const char *function, const as_node *error);
/* Sends the diagnostics that are new since the last time. False where the pipe is gone. */
bool as_host_report(as_host *host);

/* Diagnostics as plain data, and back. `from`: index of the first. */
as_node *as_diags_nodes(as_arena *arena, const as_diags *diags, size_t from, size_t count);
void as_diags_take(as_diags *diags, const as_node *list);
/* Sends diags from..count in portions. */
bool as_diags_send(int out, uint32_t stream, const as_diags *diags, size_t from);

/* Names of limits as they travel. */
const char *as_limit_word(as_limit limit);

/* Entry of the zygote process (as_child_fn): ctx is as_run_options. */
int as_zygote_main(void *ctx, int out);
/* Entry of a worker. */
typedef struct {
  as_host *host;
  const as_plan *plan;
  const char *bundle;
} as_worker_job;
int as_worker_main(void *ctx, int out);

/* Carries out steps in order in this process, and sends the answers. `tally` holds what is known; answers are added to it. */
int as_runner_steps(as_host *host, as_tally *tally, const uint32_t *steps, size_t n);

#endif
