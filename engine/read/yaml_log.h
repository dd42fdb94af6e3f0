/* Events that are kept: those of anchored nodes, for their aliases, and those of merges, until their map ends.
 * Private to the YAML reader. Everything lives until the document ends. */
#ifndef AS_READ_YAML_LOG_H
#define AS_READ_YAML_LOG_H

#include "read/read.h"

/* A sequence of events whose texts are pinned. */
typedef struct {
  as_event *items;
  size_t count, cap;
  bool anchored; /* an anchor points into it */
} as_log;

typedef struct {
  as_log *log;
  size_t first, end; /* of log->items; end is 0 while the node is open */
} as_anchor;

typedef struct {
  as_arena *arena;   /* texts, names, anchors */
  as_map *anchors;   /* name → as_anchor */
  as_log **logs;
  size_t n_logs, cap_logs;
  as_log **idle;     /* of logs, to be used again */
  size_t n_idle, cap_idle;
} as_logs;

void as_logs_open(as_logs *logs);
void as_logs_close(as_logs *logs);
as_log *as_logs_new(as_logs *logs);
/* The log is full: it is only kept where an anchor points into it. */
void as_logs_done(as_logs *logs, as_log *log);
/* Appends an event; its text is copied unless it is pinned already. */
void as_logs_add(as_logs *logs, as_log *log, const as_event *event, bool pinned);
/* The anchor `name` from here on: it begins with the next event of `log`. */
as_anchor *as_logs_anchor(as_logs *logs, const char *name, as_log *log);
as_anchor *as_logs_find(const as_logs *logs, const char *name);
/* The number of the event behind the value that begins at `first`. */
size_t as_log_skip(const as_log *log, size_t first);

#endif
