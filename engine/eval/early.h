/* What needs no Lua is done early, by a thread, while the zygote loads the rules: the kinds, the programs of walls to come, and the
 * bundle where there is only one. The thread is over before the zygote forks; no other process ever has one. */
#ifndef AS_EVAL_EARLY_H
#define AS_EVAL_EARLY_H

#include "eval/host.h"

typedef struct as_early as_early;

/* Starts it; `bundle` (borrowed) is NULL where none is to be read. From now on host->kinds, host->intern and host->kinds_arena belong to the thread. Where
 * no thread can be had, all of it is done before this returns. */
as_early *as_early_start(as_host *host, const char *bundle);
/* Waits for the kinds, which can be read from then on. False after diagnostics (in host->diags) where they cannot be used. */
bool as_early_kinds(as_early *early);
/* Waits for the end of it all. Gives the bundle, NULL where none was to be read; *late where it was not read within the time that reading one may take: then
 * the thread still runs, and the process must end. */
const as_reading_done *as_early_end(as_early *early, bool *late);

#endif
