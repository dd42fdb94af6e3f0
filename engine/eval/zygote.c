/* The zygote: loads the packs once, then forks a worker for every bundle and relays what they send,
 * stamped with the number of the bundle. Holds no bundle itself. */
#include <string.h>

#include "eval/crew.h"
#include "eval/early.h"

#define AHEAD 4u /* bundles that may be finished while an earlier one is still under way, per job */
#define SLACK_SECONDS 15.0        /* that a worker may take beyond what it does: to start a runner, and to seal a bundle */
#define DIAG_MESSAGES 1000u       /* of one bundle: more is no honest worker */
#define DOCUMENT_MESSAGES 1000u
#define OTHER_BYTES ((uint64_t)256 << 20) /* of all but results */

typedef struct {
  as_child child;
  as_worker_job job;
  size_t index;
  as_quota left;
  bool busy, read, done; /* read: the worker has read its bundle; done: it said that it is through */
  bool asked;            /* it answers questions: the caller looks after time and amount */
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

static bool from_worker(const slot *s, as_msg_type type) {
  if (type == AS_MSG_READY)
    return s->job.host->options->session && !s->asked;
  if (type == AS_MSG_ROWS || type == AS_MSG_TEXT || type == AS_MSG_ANSWER)
    return s->asked;
  return type == AS_MSG_DIAGS || type == AS_MSG_BUNDLE || type == AS_MSG_DOCUMENTS || type == AS_MSG_STEP || type == AS_MSG_RESULT || type == AS_MSG_DONE;
}

static void allot(slot *s, const as_plan *plan) {
  s->left = (as_quota){.messages = 2 * plan->n_steps + DIAG_MESSAGES + DOCUMENT_MESSAGES,
                       .bytes = (uint64_t)plan->n_rules * AS_RESULT_MAX + (uint64_t)(plan->n_steps - plan->n_rules) * AS_MESSAGE_MAX + OTHER_BYTES};
}

/* As long as it reads it has the time for reading; then each message shows that a runner is watched over. */
static void renew(slot *s, const as_run_options *o) {
  if (s->asked)
    s->child.deadline = 0;
  else if (s->read)
    as_child_due(&s->child, 2 * as_crew_patience(o) + SLACK_SECONDS);
  else if (o->limits.read_seconds > 0 && strcmp(s->job.bundle, "-") != 0)
    as_child_due(&s->child, o->limits.read_seconds);
}

/* Relays all that waits; frees the slot where the worker is through. False where the parent is gone. */
static bool serve(slot *s, const as_run_options *o, int out) {
  as_msg msg;
  as_frames_state state;
  while ((state = as_frames_next(s->child.frames, &msg)) == AS_FRAMES_MESSAGE) {
    if (s->done || !from_worker(s, msg.type) || (!s->asked && !as_quota_take(&s->left, &msg))) {
      state = AS_FRAMES_BROKEN;
      break;
    }
    s->done = msg.type == AS_MSG_DONE;
    s->asked = s->asked || msg.type == AS_MSG_READY;
    if (msg.type == AS_MSG_BUNDLE)
      s->read = true;
    if (s->read)
      renew(s, o);
    if (!relay(out, s->index, &msg))
      return false;
  }
  if (state != AS_FRAMES_BROKEN && s->child.fd >= 0)
    return true;
  as_child_end(&s->child);
  s->busy = false;
  return s->done || tell_done(out, s->index, "crash", state == AS_FRAMES_BROKEN ? "it sent what makes no sense" : as_child_how(&s->child));
}

bool as_zygote_bundles(as_host *host, const as_plan *plan, const as_reading_done *read, as_child_fn worker) {
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
      *s = (slot){.job = {host, plan, path, read}, .index = next, .busy = true};
      allot(s, plan);
      if (!as_child_spawn(&s->child, worker, &s->job, AS_CHILD_INNER | (o->session || strcmp(path, "-") == 0 ? AS_CHILD_STDIN : 0u))) {
        s->busy = false;
        s->child.fd = -1;
        ok = tell_done(host->out, next, "crash", "no process could be started");
      } else {
        renew(s, o);
        busy++;
      }
      next++;
    }
    if (!ok || (busy == 0 && next >= o->n_bundles))
      break;
    if (busy)
      as_children_wait(children, jobs, 0, NULL);
    double before = as_proc_now();
    for (size_t i = 0; ok && i < jobs; i++)
      if (slots[i].busy)
        ok = serve(&slots[i], o, host->out);
    as_children_forgive(children, jobs, as_proc_now() - before); /* the parent may have been slow to read */
  }
  for (size_t i = 0; i < jobs; i++)
    if (slots[i].busy)
      as_child_end(&slots[i].child);
  as_free(children);
  as_free(slots);
  return ok;
}

/* Loads modules and models that the steps will need, since those who carry them out can open nothing. */
static bool make_ready(as_host *host, const char *function) {
  as_node *answer = NULL, *argument = as_node_new(host->arena, AS_MAP);
  const char *session = host->options->session;
  if (session)
    as_node_put(host->arena, argument, "module", as_node_text(host->arena, as_str_of(session)));
  else if (host->options->inquiry)
    as_node_put(host->arena, argument, "module", as_node_text(host->arena, as_str_of(host->options->inquiry->module)));
  if (as_script_call(host->script, "ready", function, argument, host->arena, &answer))
    return true;
  as_host_failed(host, "ready", function, answer);
  return false;
}

/* A bundle that is alone is read while the rules are loaded, unless that failed before. Standard input may take any time, and is left to the worker. */
static const char *alone(const as_run_options *o) {
  return o->n_bundles == 1 && !o->careful && strcmp(o->bundles[0], "-") != 0 ? o->bundles[0] : NULL;
}

int as_zygote_main(void *ctx, int out) {
  as_host host;
  as_plan plan = {0};
  as_node *answer = NULL;
  as_buf why = {0};
  bool ok = as_host_walls(&host, ctx, out);
  as_walls walls = as_wall_state(host.wall);
  if (!as_frame_send(out, AS_MSG_WALLS, 0, as_walls_node(host.arena, &walls)))
    return AS_EXIT_INTERNAL;
  ok = ok && as_host_open(&host, AS_HOST_BUNDLES);
  as_early *early = ok ? as_early_start(&host, alone(host.options)) : NULL;
  ok = ok && make_ready(&host, "modules") && as_early_kinds(early);
  if (ok) {
    as_host_bind(&host);
    ok = (answer = as_host_load(&host)) != NULL;
  }
  if (ok && !as_plan_take(host.arena, answer, &plan, &why)) {
    as_diags_add(host.diags, "E0629", AS_ERROR, NULL, 0, 0, NULL, "packs.load gave what is not valid: %s", why.data);
    ok = false;
  }
  if (ok && host.options->inquiry)
    as_plan_inquire(&plan);
  if (ok && host.options->unjudged)
    as_plan_unjudged(&plan);
  ok = ok && make_ready(&host, "models");
  if (!as_host_report(&host))
    return AS_EXIT_INTERNAL;
  if (!ok)
    return AS_EXIT_INVALID;
  if (!as_frame_send(out, AS_MSG_LOADED, 0, answer))
    return AS_EXIT_INTERNAL;
  if (as_node_integer(plan.loaded, "errors", 0) > 0)
    return AS_EXIT_INVALID;
  host.loading = false;
  bool late;
  const as_reading_done *read = as_early_end(early, &late);
  if (late)
    return tell_done(out, 0, "crash", "it did not end in time") ? AS_EXIT_OK : AS_EXIT_INTERNAL;
  return as_zygote_bundles(&host, &plan, read, as_worker_main) ? AS_EXIT_OK : AS_EXIT_INTERNAL;
}
