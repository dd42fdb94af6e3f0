/* The kept events of one YAML document. Must not emit anything. */
#include "read/yaml_log.h"

#include <string.h>

void as_logs_open(as_logs *logs) {
  *logs = (as_logs){.arena = as_arena_new(), .anchors = as_map_new()};
}

void as_logs_close(as_logs *logs) {
  for (size_t i = 0; i < logs->n_logs; i++) {
    as_free(logs->logs[i]->items);
    as_free(logs->logs[i]);
  }
  as_free(logs->logs);
  as_free(logs->idle);
  if (logs->anchors) as_map_free(logs->anchors);
  as_arena_free(logs->arena);
  *logs = (as_logs){0};
}

as_log *as_logs_new(as_logs *logs) {
  if (logs->n_idle) return logs->idle[--logs->n_idle];
  as_grow(&logs->logs, &logs->cap_logs, logs->n_logs + 1, sizeof *logs->logs);
  return logs->logs[logs->n_logs++] = as_calloc(1, sizeof(as_log));
}

void as_logs_done(as_logs *logs, as_log *log) {
  if (log->anchored) {
    log->items = as_realloc(log->items, log->count * sizeof *log->items);
    log->cap = log->count;
    return;
  }
  log->count = 0;
  as_grow(&logs->idle, &logs->cap_idle, logs->n_idle + 1, sizeof *logs->idle);
  logs->idle[logs->n_idle++] = log;
}

void as_logs_add(as_logs *logs, as_log *log, const as_event *event, bool pinned) {
  as_grow(&log->items, &log->cap, log->count + 1, sizeof *log->items);
  as_event *own = &log->items[log->count++];
  *own = *event;
  if (!pinned) own->text.p = as_arena_copy(logs->arena, event->text.p, event->text.n);
}

as_anchor *as_logs_anchor(as_logs *logs, const char *name, as_log *log) {
  as_anchor *anchor = as_arena_alloc(logs->arena, sizeof *anchor);
  *anchor = (as_anchor){log, log->count, 0};
  log->anchored = true;
  size_t n = strlen(name);
  as_map_put(logs->anchors, (as_str){as_arena_copy(logs->arena, name, n), n}, anchor);
  return anchor;
}

as_anchor *as_logs_find(const as_logs *logs, const char *name) { return as_map_get(logs->anchors, as_str_of(name)); }

size_t as_log_skip(const as_log *log, size_t first) {
  size_t depth = 0, i = first;
  do {
    as_event_kind kind = log->items[i++].kind;
    if (kind == AS_EV_LIST || kind == AS_EV_MAP) depth++;
    if (kind == AS_EV_END) depth--;
  } while (depth);
  return i;
}
