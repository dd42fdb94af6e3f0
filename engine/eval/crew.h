/* A crew: carries out steps in child processes, several side by side, and passes on what they answer.
 *
 * A child is believed nothing but the answer of the step that it had announced. One that dies, breaks a limit, overruns its
 * time, floods or says what makes no sense costs that step an error; another child carries out what is left. */
#ifndef AS_EVAL_CREW_H
#define AS_EVAL_CREW_H

#include "eval/host.h"
#include "eval/proc.h"

/* Steps that one process carries out in order. */
typedef struct {
  const uint32_t *steps;
  size_t n;
} as_batch;

/* What a child is given (as ctx of its as_child_fn): the steps of its batch that are left. */
typedef struct {
  as_host *host;
  as_tally *tally;
  as_batch batch;
} as_crew_job;

/* Works off all batches, at most `parallel` at a time. Answers go into the tally and to host->out, as do diagnostics and
 * announcements. False where nobody reads host->out any more. */
bool as_crew_work(as_host *host, as_tally *tally, const as_batch *batches, size_t n, size_t parallel, as_child_fn child);

/* How a process of a bundle ended that was not through: "it ran out of memory", "SIGSEGV". */
const char *as_child_how(const as_child *child);

/* Answers the questions that come by standard input, in a process of its own behind the wall of AS_STAGE_ANSWER; host->out gets
 * AS_MSG_READY, then rows, texts and an end for each question. Comes back when no more questions come. False where that process
 * cannot be had, or nobody reads host->out. */
bool as_session_serve(as_host *host, const as_tally *tally, as_child_fn child);
/* Entry of that process: `child` but for tests (ctx: as_session_job). */
typedef struct {
  as_host *host;
  const as_tally *tally;
} as_session_job;
int as_session_main(void *ctx, int out);

/* Seconds that a step may take until its process is killed: the limit of rules, and as much again for C to come to an end. */
double as_crew_patience(const as_run_options *options);

#endif
