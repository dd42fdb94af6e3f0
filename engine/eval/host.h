/* The host of the script layer within a child process: stdlib, kinds and packs loaded, diagnostics on their way out.
 * Only eval/ includes this, and only code that runs in a child calls it. */
#ifndef AS_EVAL_HOST_H
#define AS_EVAL_HOST_H

#include "eval/frame.h"
#include "eval/plan.h"
#include "eval/proc.h"
#include "eval/wall.h"
#include "script/script.h"

typedef struct {
  const as_run_options *options;
  int out;               /* the pipe to the parent process */
  as_arena *arena;
  as_arena *kinds_arena; /* of intern and kinds alone */
  as_intern *intern;
  as_kinds *kinds;
  const as_node *config; /* the settings, or NULL: there are none */
  as_script *script;
  as_diags *diags;       /* what the script layer reports to */
  size_t sent;           /* of diags */
  bool loading;          /* a limit that breaks now is no rule's */
  as_wall *wall;         /* NULL: none (--isolation none) */
  const char **paths;    /* what may be read beside bundles: stdlib, packs, kinds, … */
  size_t n_paths;
  uint64_t memory_used;  /* by the worker, before its first runner */
} as_host;

/* What a process may read: a report writer only the stdlib, others what the rules come from, the zygote bundles too. */
typedef enum { AS_HOST_BARE, AS_HOST_PACKS, AS_HOST_BUNDLES } as_host_reach;

/* The first thing in a child of the parent: raises the walls that need not know which files there are. False after diagnostics
 * (not yet sent) where a wall is missing that the options demand. */
bool as_host_walls(as_host *host, const as_run_options *options, int out);
/* Starts the script layer. From here on only what `reach` allows can be read. False after diagnostics (not yet sent). */
bool as_host_open(as_host *host, as_host_reach reach);
/* Reads the kinds of stdlib, packs and settings. Uses nothing of the host that Lua or as_host_load use: a thread may call it.
 * False after diagnostics (in `diags`). */
bool as_host_kinds(as_host *host, as_diags *diags);
/* Shows the kinds to the script layer. */
void as_host_bind(as_host *host);
/* as_host_open and, but for AS_HOST_BARE, the kinds: read and shown. */
bool as_host_start(as_host *host, as_host_reach reach);
/* What must be readable for a bundle of that name: the folder of a manifest that is named itself. Pinned to host->arena. */
const char *as_host_bundle_path(const as_host *host, const char *bundle);
/* packs.load. Gives its answer, pinned to host->arena, or NULL after diagnostics. */
as_node *as_host_load(as_host *host);
/* Adds the diagnostic for an error that Lua raised in the product's own modules: it should not happen, and is told whole. */
void as_host_failed(as_host *host, const char *module, const char *function, const as_node *error);
/* Sends the diagnostics that are new since the last time. False where the pipe is gone. */
bool as_host_report(as_host *host);

/* as_diags_nodes backwards. */
void as_diags_take(as_diags *diags, const as_node *list);
/* Sends diags from..count in portions. */
bool as_diags_send(int out, uint32_t stream, const as_diags *diags, size_t from);

/* Names of limits as they travel. */
const char *as_limit_word(as_limit limit);

/* What reading a bundle came to. */
typedef struct {
  as_arena *arena; /* of the bundle */
  as_bundle bundle;
  as_bundle_status status;
  as_diags *diags;
} as_reading_done;
/* Reads a bundle. Calls no Lua: a thread may call it. */
void as_worker_read(const as_host *host, const char *path, as_reading_done *out);

/* Entry of the zygote process (as_child_fn): ctx is as_run_options. */
int as_zygote_main(void *ctx, int out);
/* as_run with another zygote: for tests of the parent. */
int as_run_with(const as_run_options *options, const as_run_listener *listener, const volatile bool *stop, as_child_fn main);
/* Has `worker` carried out for every bundle (ctx: as_worker_job) and relays what it sends. `read`: the only bundle, where it is read
 * already, or NULL. False where nobody reads host->out. */
bool as_zygote_bundles(as_host *host, const as_plan *plan, const as_reading_done *read, as_child_fn worker);
/* Entry of a worker. */
typedef struct {
  as_host *host;
  const as_plan *plan;
  const char *bundle;
  const as_reading_done *read; /* or NULL: the worker reads it */
} as_worker_job;
int as_worker_main(void *ctx, int out);

/* Entry of a runner: ctx is as_crew_job. */
int as_runner_main(void *ctx, int out);
/* Carries out steps in order in this process, and sends the answers. `tally` holds what is known; answers are added to it. */
int as_runner_steps(as_host *host, as_tally *tally, const uint32_t *steps, size_t n);

#endif
