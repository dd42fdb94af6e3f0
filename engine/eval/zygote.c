/* The zygote: loads the packs once, then forks a worker for every bundle and relays what they send,
 * stamped with the number of the bundle. Holds no bundle itself. */
#include <string.h>
#include <unistd.h>

#include "eval/host.h"
#include "eval/proc.h"
#include "eval/shapes.h"

#define AHEAD 4u /* bundles that may be finished while an earlier one is still under way, per job */

typedef struct {
  as_child child;
  as_worker_job job;
  size_t index;
  bool busy, done; /* done: the worker said that it is through */
} slot;

static bool tell_done(int out, size_t index, const char *status, const char *how) {
  as_arena *arena = as_arena_new();
  as_node *done = as_node_new(arena, AS_MAP);
  as_node_put(arena, done, "status", as_node_text(arena, as_str_of(status)));
  if (how)
    as_node_put(arena, done, "how", as_node_text(arena, as_str_of(how)));
  bool ok = as_frame_send(out, AS_MSG_DONE, (uint32_t)index, done);
  as_arena_free(arena);
  return ok;
}

static bool relay(int out, size_t index, const as_msg *msg) {
  as_buf bytes = {0};
  bool ok = as_frame_write(&bytes, msg->type, (uint32_t)index, msg->bytes, msg->n) && as_frame_write_all(out, bytes.data, bytes.len);
  as_buf_free(&bytes);
  return ok;
}

static bool from_worker(as_msg_type type) {
  return type == AS_MSG_DIAGS || type == AS_MSG_BUNDLE || type == AS_MSG_DOCUMENTS || type == AS_MSG_STEP || type == AS_MSG_RESULT || type == AS_MSG_DONE;
}

/* Relays all that waits; frees the slot where the worker is through. False where the parent is gone. */
static bool serve(slot *s, int out) {
  as_msg msg;
  as_frames_state state;
  while ((state = as_frames_next(s->child.frames, &msg)) == AS_FRAMES_MESSAGE) {
    if (s->done || !from_worker(msg.type)) {
      state = AS_FRAMES_BROKEN;
      break;
    }
    s->done = msg.type == AS_MSG_DONE;
    if (!relay(out, s->index, &msg))
      return false;
  }
  if (state != AS_FRAMES_BROKEN && s->child.fd >= 0)
    return true;
  as_child_end(&s->child);
  s->busy = false;
  if (s->done)
    return true;
  const char *how = state == AS_FRAMES_BROKEN ? "it sent what makes no sense" : s->child.end == AS_END_SIGNAL ? as_signal_name(s->child.code) : "it ended early";
  return tell_done(out, s->index, "crash", how);
}

static bool run_bundles(as_host *host, const as_plan *plan) {
  const as_run_options *o = host->options;
  size_t jobs = o->jobs < o->n_bundles ? o->jobs : o->n_bundles;
  slot *slots = as_calloc(jobs + 1, sizeof *slots);
  as_child **children = as_calloc(jobs + 1, sizeof *children);
  size_t next = 0;
  bool ok = true;
  for (size_t i = 0; i < jobs; i++) {
    slots[i].child.fd = -1;
    children[i] = &slots[i].child;
  }
  for (;;) {
    size_t busy = 0, oldest = next;
    for (size_t i = 0; i < jobs; i++)
      if (slots[i].busy) {
        busy++;
        oldest = slots[i].index < oldest ? slots[i].index : oldest;
      }
    for (size_t i = 0; ok && i < jobs && next < o->n_bundles && next - oldest < AHEAD * jobs; i++) {
      slot *s = &slots[i];
      if (s->busy)
        continue;
      const char *path = o->bundles[next];
      *s = (slot){.job = {host, plan, path}, .index = next, .busy = true};
      if (!as_child_spawn(&s->child, as_worker_main, &s->job, strcmp(path, "-") == 0)) {
        s->busy = false;
        s->child.fd = -1;
        ok = tell_done(host->out, next, "crash", "no process could be started");
      } else {
        busy++;
      }
      next++;
    }
    if (!ok || (busy == 0 && next >= o->n_bundles))
      break;
    if (busy)
      as_children_wait(children, jobs, 0, NULL);
    for (size_t i = 0; ok && i < jobs; i++)
      if (slots[i].busy)
        ok = serve(&slots[i], host->out);
  }
  for (size_t i = 0; i < jobs; i++)
    if (slots[i].busy)
      as_child_end(&slots[i].child);
  as_free(children);
  as_free(slots);
  return ok;
}

int as_zygote_main(void *ctx, int out) {
  as_host host;
  as_plan plan = {0};
  as_node *answer = NULL;
  as_buf why = {0};
  bool ok = as_host_start(&host, ctx, out, true) && (answer = as_host_load(&host)) != NULL;
  if (ok && !as_plan_take(host.arena, answer, &plan, &why)) {
    as_diags_add(host.diags, "E0629", AS_ERROR, NULL, 0, 0, NULL, "packs.load gave what is not valid: %s", why.data);
    ok = false;
  }
  if (!as_host_report(&host))
    return AS_EXIT_INTERNAL;
  if (!ok)
    return AS_EXIT_INVALID;
  if (!as_frame_send(out, AS_MSG_LOADED, 0, answer))
    return AS_EXIT_INTERNAL;
  if (as_node_integer(plan.loaded, "errors", 0) > 0)
    return AS_EXIT_INVALID;
  host.loading = false;
  return run_bundles(&host, &plan) ? AS_EXIT_OK : AS_EXIT_INTERNAL;
}
