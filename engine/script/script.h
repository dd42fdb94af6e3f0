/* The script layer: the only one that knows Lua. Everybody else calls functions of trusted stdlib
 * modules with nodes and gets nodes back. */
#ifndef AS_SCRIPT_SCRIPT_H
#define AS_SCRIPT_SCRIPT_H

#include "model/bundle.h"

typedef struct as_script as_script;

typedef struct {
  const char *stdlib;      /* folder of the trusted modules */
  uint64_t memory_bytes;   /* Lua heap of one rule */
  double seconds;          /* time of one rule */
  uint64_t steps;          /* instructions of one rule; 0: no such limit */
} as_script_options;

typedef enum { AS_LIMIT_MEMORY, AS_LIMIT_TIME, AS_LIMIT_STEPS } as_limit;

/* Called when a rule breaks a limit: it reports and must end the process (nothing inside Lua can catch it).
 * `where` is a traceback with file and line. */
typedef void (*as_limit_fn)(void *ctx, as_limit limit, const char *where);

/* NULL where the stdlib cannot be loaded (diagnostics say why). */
as_script *as_script_new(const as_script_options *options, as_diags *diags);
void as_script_free(as_script *script);
/* After a fork, in the child: leaves alone what it shares with its parent, so that little is copied. What there is counts as alive, and not towards
 * the limit of a rule. */
void as_script_forked(as_script *script);
void as_script_on_limit(as_script *script, as_limit_fn fn, void *ctx);
/* Makes `isms` show this bundle (borrowed), until the next call. NULL: none. */
void as_script_set_bundle(as_script *script, const as_bundle *bundle, const as_kinds *kinds);
/* engine.loading(name) writes the name to `place` (or cuts it so that it fits, with its end), which may be shared memory. NULL: nowhere. */
void as_script_note_loading(as_script *script, char *place, size_t size);
/* Limits of the budgets that start from now on; as in as_script_options. */
void as_script_set_limits(as_script *script, uint64_t memory_bytes, double seconds, uint64_t steps);
/* Limits of regular expressions (`re`) and of their matches, copied; else the defaults. */
void as_script_limit_patterns(as_script *script, const as_limits *limits);
/* Starts and stops the budgets of one rule. Between them a broken limit ends the process. */
void as_script_budget_start(as_script *script);
void as_script_budget_stop(as_script *script);

/* Where `soft` is true, a limit of time or steps that is met within Lua code raises an error that no code can catch, instead of
 * ending the process: as_script_call gives false, as_script_was_cut says why, and the state can be used on. Other limits stay as
 * they are. */
void as_script_soften(as_script *script, bool soft);
/* Whether a limit cut the last call short; which one, and where (a traceback, borrowed until the next call). */
bool as_script_was_cut(const as_script *script, as_limit *limit, const char **where);

/* require(module)[function](argument): nodes in, nodes out. False where Lua raised an error; *result is then a map
 * {message, traceback}. The result is pinned to the arena. */
bool as_script_call(as_script *script, const char *module, const char *function, const as_node *argument, as_arena *arena,
                    as_node **result);

#endif
