/* Other programs that a command makes use of: started without a shell, with a deadline and a bound on what they may say. */
#ifndef AS_EVAL_TOOL_H
#define AS_EVAL_TOOL_H

#include "eval/proc.h"

typedef struct {
  const char *const *argv; /* NULL-terminated; argv[0] is looked for in PATH */
  double seconds;
  size_t most;             /* bytes of output */
  uint64_t memory;         /* bytes of address space */
} as_tool;

typedef enum {
  AS_TOOL_RAN,    /* *code is its exit code */
  AS_TOOL_ABSENT, /* there is no such program */
  AS_TOOL_FAILED  /* a signal, the deadline, too much output, or `stop` ended it */
} as_tool_end;

/* A program that is running. */
typedef struct {
  const as_tool *tool; /* borrowed until as_tool_finish */
  as_child child;
  bool started;
} as_tool_job;

/* Starts a program with /dev/null as its input; what it writes to stderr is dropped. It can write no files and ends with this process. */
void as_tool_start(as_tool_job *job, const as_tool *tool);
/* Waits for its end and appends to `out` what it wrote to stdout. Where `stop` becomes true it is ended. */
as_tool_end as_tool_finish(as_tool_job *job, as_buf *out, int *code, const volatile bool *stop);
/* Both. */
as_tool_end as_tool_run(const as_tool *tool, as_buf *out, int *code, const volatile bool *stop);

#endif
