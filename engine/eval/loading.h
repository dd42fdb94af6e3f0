/* Rule files that end the process which loads them, by a limit, by hanging or by a crash: the parent finds out which it was, and has
 * the rules loaded again without it. */
#ifndef AS_EVAL_LOADING_H
#define AS_EVAL_LOADING_H

#include "eval/proc.h"
#include "eval/run.h"

typedef struct as_loading as_loading;

/* `options` are borrowed. Never NULL. */
as_loading *as_loading_new(const as_run_options *options);
void as_loading_free(as_loading *loading);
/* What the next process is to be given: the options, with all that is known by now. Borrowed. */
const as_run_options *as_loading_options(const as_loading *loading);
/* The process ended before the rules were loaded; `fault` is what it said of a limit, or NULL. True where another is to try: without
 * a file more, or the first time after a crash with nothing else going on beside. */
bool as_loading_again(as_loading *loading, const as_child *child, const as_node *fault);

#endif
