/* Child processes that carry out one function and answer through a pipe.
 *
 * A child has nothing of its parent's but its memory: no descriptors beside the pipe, default signals, a process group
 * of its own, and it dies with its parent. */
#ifndef AS_EVAL_PROC_H
#define AS_EVAL_PROC_H

#include "eval/frame.h"

#include <sys/types.h>

#define AS_CHILD_OUT 3     /* the pipe, in every child */
#define AS_CHILD_EXHAUSTED 70 /* exit code of a child that ran out of memory (base/mem.c), or whose reader is gone */
#define AS_CHILD_BROKEN 71    /* exit code of a child that could not be confined */

/* What runs in the child: gives its exit code. `out` is the pipe. */
typedef int (*as_child_fn)(void *ctx, int out);

typedef enum { AS_END_RUNNING, AS_END_EXIT, AS_END_SIGNAL } as_end;

typedef struct {
  pid_t pid;
  int fd;            /* read end of the pipe; -1 once it has ended */
  int ask;           /* write end of what its standard input reads (AS_CHILD_ASKED); 0: none */
  as_frames *frames;
  double deadline;   /* as_proc_now() at which it is killed; 0: never */
  unsigned late;     /* how often the deadline was put off because bytes were still coming */
  bool overran;      /* it was killed because of the deadline */
  as_end end;
  int code;          /* exit code or signal number */
  void *owner;       /* the caller's own */
} as_child;

/* Seconds of a clock that only goes forward. For deadlines, never for results. */
double as_proc_now(void);

enum {
  AS_CHILD_STDIN = 1, /* keeps standard input */
  AS_CHILD_INNER = 2, /* the caller is such a child itself: signals and outputs are already as they shall be, nothing is opened */
  AS_CHILD_ASKED = 4  /* its standard input is a pipe from the caller, child->ask */
};

/* Forks. False with errno. */
bool as_child_spawn(as_child *child, as_child_fn fn, void *ctx, unsigned keep);

/* It has so many seconds from now on. */
void as_child_due(as_child *child, double seconds);
/* The caller was held up for so long: the time counts for none of the children. */
void as_children_forgive(as_child *const *children, size_t n, double seconds);
/* Standard input becomes /dev/null. False where that cannot be opened. */
bool as_proc_null_stdin(void);

/* Waits until one of the children has bytes, has ended or has overrun its deadline, reads what is there and reaps
 * those that have ended (child->end says how; messages may still wait in child->frames). Children with fd -1 are passed
 * over. One whose bytes are still coming gets some more time, but not for ever. Returns false where `stop` became true, or after `seconds` (0: no such end) without anything happening. */
bool as_children_wait(as_child *const *children, size_t n, double seconds, const volatile bool *stop);

/* The same for one child, or until descriptor `fd` can be read, which is left to the caller: *input; for `seconds` at most (0: no such end). */
void as_child_wait_or(as_child *child, int fd, double seconds, bool *input);

/* SIGKILL, and reaps. Frees what the child holds; harmless on one that has ended. */
void as_child_end(as_child *child);
/* The same for one whose end nobody needs to know, but without waiting for it: gives its process id, for waitpid. */
pid_t as_child_leave(as_child *child);
/* "SIGSEGV" of a signal's number. */
const char *as_signal_name(int number);

#endif
