/* The thread of the zygote: kinds, walls to come, the bundle that is alone. Calls no Lua and sends nothing. */
#include "eval/early.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#define STACK_BYTES ((size_t)16 << 20) /* as the process has it */

typedef enum { BEGUN, HAS_KINDS, OVER } stage;

struct as_early {
  as_host *host;
  const char *path; /* of the bundle, or NULL */
  double deadline;  /* 0: none */
  bool threaded;
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t further;
  stage stage;      /* under the lock; what follows is written before the stage that it belongs to */
  as_diags *diags;  /* of the kinds */
  bool usable;      /* the kinds */
  as_reading_done read;
};

static void reach(as_early *early, stage now) {
  pthread_mutex_lock(&early->lock);
  early->stage = now;
  pthread_cond_broadcast(&early->further);
  pthread_mutex_unlock(&early->lock);
}

/* False where it is not reached by the deadline (0: there is none). */
static bool await(as_early *early, stage wanted, double deadline) {
  struct timespec until = {.tv_sec = (time_t)deadline, .tv_nsec = (long)((deadline - (double)(time_t)deadline) * 1e9)};
  bool in_time = true;
  pthread_mutex_lock(&early->lock);
  while (early->stage < wanted && in_time)
    in_time = (deadline > 0 ? pthread_cond_clockwait(&early->further, &early->lock, CLOCK_MONOTONIC, &until)
                            : pthread_cond_wait(&early->further, &early->lock)) == 0;
  in_time = early->stage >= wanted;
  pthread_mutex_unlock(&early->lock);
  return in_time;
}

static void *work(void *ctx) {
  as_early *early = ctx;
  early->usable = as_host_kinds(early->host, early->diags);
  reach(early, HAS_KINDS);
  if (early->path && early->usable)
    as_worker_read(early->host, early->path, &early->read);
  reach(early, OVER);
  return NULL;
}

as_early *as_early_start(as_host *host, const char *bundle) {
  const as_run_options *o = host->options;
  as_early *early = as_calloc(1, sizeof *early);
  *early = (as_early){.host = host, .path = bundle, .diags = as_diags_new(), .lock = PTHREAD_MUTEX_INITIALIZER, .further = PTHREAD_COND_INITIALIZER};
  if (o->limits.read_seconds > 0)
    early->deadline = as_proc_now() + o->limits.read_seconds;
  pthread_attr_t attributes;
  sigset_t all, old;
  sigfillset(&all); /* the time limit of rules is for the thread that runs Lua */
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, STACK_BYTES);
  pthread_sigmask(SIG_BLOCK, &all, &old);
  early->threaded = pthread_create(&early->thread, &attributes, work, early) == 0;
  pthread_sigmask(SIG_SETMASK, &old, NULL);
  pthread_attr_destroy(&attributes);
  if (!early->threaded)
    work(early);
  return early;
}

bool as_early_kinds(as_early *early) {
  await(early, HAS_KINDS, 0);
  for (size_t i = 0; i < as_diags_count(early->diags); i++)
    as_diags_push(early->host->diags, as_diags_at(early->diags, i));
  return early->usable;
}

const as_reading_done *as_early_end(as_early *early, bool *late) {
  *late = !await(early, OVER, early->path ? early->deadline : 0);
  if (*late)
    return NULL;
  if (early->threaded)
    pthread_join(early->thread, NULL);
  early->threaded = false;
  return early->path ? &early->read : NULL;
}
