/* The worker of one bundle: reads and seals it, then has runners carry out the steps.
 * A runner that dies, breaks a limit or overruns its deadline costs only the step that it had announced. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "eval/host.h"
#include "eval/proc.h"
#include "eval/shapes.h"
#include "model/bundle.h"

#define DOCUMENTS_A_MESSAGE 500u
#define BETWEEN_STEPS 10.0 /* seconds that a runner may take from one answer to its next announcement */
#define RECORDS_A_RUNNER 4000u /* below that a second runner costs more than it saves */

typedef struct {
  as_child child;
  as_host *host;
  as_tally *tally;
  uint32_t *steps;   /* what is left, from `at` on */
  size_t n, at;
  bool announced;    /* steps[at] began */
  char fault[16];    /* what the runner said before it ended */
  char *where;
  bool through;
} runner;

static int runner_main(void *ctx, int out) {
  runner *r = ctx;
  r->host->out = out;
  return as_runner_steps(r->host, r->tally, r->steps + r->at, r->n - r->at);
}

static bool start(runner *r) {
  r->announced = false;
  r->fault[0] = '\0';
  as_free(r->where);
  r->where = NULL;
  if (!as_child_spawn(&r->child, runner_main, r, false))
    return false;
  r->child.deadline = as_proc_now() + BETWEEN_STEPS;
  return true;
}

/* Passes a message on as it came. False where the parent is gone. */
static bool relay(const runner *r, const as_msg *msg) {
  as_buf bytes = {0};
  bool ok = as_frame_write(&bytes, msg->type, 0, msg->bytes, msg->n) && as_frame_write_all(r->host->out, bytes.data, bytes.len);
  as_buf_free(&bytes);
  return ok;
}

/* The answer of a step goes into the tally of this worker, and on to the parent: as it came, or as it was made here. */
static bool answered(runner *r, const as_node *answer, const as_msg *msg) {
  if (!as_tally_take(r->tally, answer))
    return true;
  return msg ? relay(r, msg) : as_frame_send(r->host->out, AS_MSG_RESULT, 0, answer);
}

static bool give_up(runner *r, const char *fault, const char *where) {
  as_node *answer = as_answer_fault(r->tally->arena, r->steps[r->at], fault, where);
  r->at++;
  r->announced = false;
  return answered(r, answer, NULL);
}

static int64_t step_of(const as_node *node) {
  const as_node *step = as_node_get(node, "step");
  return step && step->type == AS_INT ? step->u.integer : -1;
}

/* What a message of a runner says; `node` does not outlive the call. False where it makes no sense; *gone where the parent is. */
static bool understood(runner *r, const as_msg *msg, as_arena *passing, const as_node *node, bool *gone) {
  bool here = r->at < r->n && step_of(node) == (int64_t)r->steps[r->at];
  switch (msg->type) {
  case AS_MSG_STEP:
    if (!here || r->announced)
      return false;
    r->announced = true;
    r->child.deadline = as_proc_now() + 2 * r->host->options->seconds;
    *gone = !as_frame_send(r->host->out, AS_MSG_STEP, 0, node);
    return true;
  case AS_MSG_RESULT:
    if (!here || !r->announced)
      return false;
    *gone = !answered(r, node, msg);
    r->at++;
    r->announced = false;
    r->child.deadline = as_proc_now() + BETWEEN_STEPS;
    return true;
  case AS_MSG_FAULT: {
    as_buf why = {0};
    const as_node *fault = as_shape_take(passing, &as_shape_fault, node, &why);
    as_buf_free(&why);
    if (!fault || !r->announced)
      return false;
    snprintf(r->fault, sizeof r->fault, "%s", as_node_str(fault, "fault", ""));
    const char *where = as_node_str(fault, "where", "");
    as_free(r->where);
    r->where = as_calloc(1, strlen(where) + 1);
    memcpy(r->where, where, strlen(where));
    return true;
  }
  case AS_MSG_DIAGS: *gone = !relay(r, msg); return true;
  default: return false;
  }
}

static bool take(runner *r, const as_msg *msg, bool *gone) {
  as_arena *passing = as_arena_new();
  as_node *node;
  bool ok = as_node_decode(passing, msg->bytes, msg->n, AS_MESSAGE_NODES, &node) && understood(r, msg, passing, node, gone);
  as_arena_free(passing);
  return ok;
}

/* A runner ended, or must end. Books the step that it was at, and starts another for the rest. */
static bool ended(runner *r, bool nonsense) {
  as_child_end(&r->child);
  bool ok = true;
  if (r->at < r->n) { /* it left the step that it had announced, or should have announced, undone */
    if (nonsense)
      ok = give_up(r, "crash", "sending what makes no sense");
    else if (r->fault[0])
      ok = give_up(r, r->fault, r->where);
    else if (r->child.overran)
      ok = give_up(r, "hang", NULL);
    else if (r->child.end == AS_END_SIGNAL)
      ok = give_up(r, "crash", as_signal_name(r->child.code));
    else
      ok = give_up(r, "crash", "itself");
  }
  while (ok && r->at < r->n && !start(r))
    ok = give_up(r, "early", NULL);
  r->through = r->at >= r->n;
  return ok;
}

/* Carries out steps by up to `parallel` runners side by side, dealt out in turn. False where the parent is gone. */
static bool wave(as_host *host, as_tally *tally, const uint32_t *steps, size_t n, size_t parallel) {
  if (parallel > n)
    parallel = n;
  if (n == 0)
    return true;
  runner *runners = as_calloc(parallel, sizeof *runners);
  as_child **children = as_calloc(parallel, sizeof *children);
  bool ok = true;
  for (size_t i = 0; i < parallel; i++) {
    runner *r = &runners[i];
    r->host = host;
    r->tally = tally;
    r->steps = as_calloc(n, sizeof *r->steps);
    for (size_t k = i; k < n; k += parallel)
      r->steps[r->n++] = steps[k];
    children[i] = &r->child;
    r->child.fd = -1;
  }
  for (size_t i = 0; ok && i < parallel; i++) {
    while (ok && runners[i].at < runners[i].n && !start(&runners[i]))
      ok = give_up(&runners[i], "early", NULL);
    runners[i].through = runners[i].at >= runners[i].n;
  }
  size_t left = parallel;
  while (ok && left) {
    as_children_wait(children, parallel, 0, NULL);
    left = 0;
    for (size_t i = 0; ok && i < parallel; i++) {
      runner *r = &runners[i];
      if (r->through)
        continue;
      as_msg msg;
      as_frames_state state;
      bool gone = false, sense = true;
      while (sense && !gone && (state = as_frames_next(r->child.frames, &msg)) != AS_FRAMES_MORE)
        sense = state == AS_FRAMES_MESSAGE && take(r, &msg, &gone);
      ok = !gone;
      if (ok && (!sense || r->child.fd < 0 || r->at >= r->n))
        ok = ended(r, !sense);
      left += !r->through;
    }
  }
  for (size_t i = 0; i < parallel; i++) {
    as_child_end(&runners[i].child);
    as_free(runners[i].steps);
    as_free(runners[i].where);
  }
  as_free(children);
  as_free(runners);
  return ok;
}

static void put_text(as_arena *arena, as_node *map, const char *key, const char *text) {
  if (text)
    as_node_put(arena, map, key, as_node_text(arena, as_str_of(text)));
}

static as_node *time_node(as_arena *arena, as_time t) {
  as_buf text = {0};
  as_time_format(t, &text);
  as_node *node = as_node_text(arena, (as_str){text.data, text.len});
  as_buf_free(&text);
  return node;
}

static as_node *document_node(as_arena *arena, const as_document *d) {
  as_node *n = as_node_new(arena, AS_MAP);
  put_text(arena, n, "path", d->path);
  put_text(arena, n, "kind", d->kind ? d->kind->name->text : NULL);
  put_text(arena, n, "source", d->source);
  put_text(arena, n, "sha256", d->sha256[0] ? d->sha256 : NULL);
  as_node_put(arena, n, "bytes", as_node_int(arena, (int64_t)d->bytes));
  as_node_put(arena, n, "records", as_node_int(arena, d->records));
  as_node_put(arena, n, "left_out", as_node_int(arena, d->left_out));
  if (d->has_collected_at)
    as_node_put(arena, n, "collected_at", time_node(arena, d->collected_at));
  if (d->has_period) {
    as_node *period = as_node_new(arena, AS_MAP);
    as_node_put(arena, period, "from", time_node(arena, d->period_from));
    as_node_put(arena, period, "to", time_node(arena, d->period_to));
    as_node_put(arena, n, "period", period);
  }
  as_node_put(arena, n, "readable", as_node_bool(arena, d->readable));
  return n;
}

static bool send_documents(int out, const as_model *model) {
  bool ok = true;
  for (size_t i = 0; ok && i < as_model_documents(model);) {
    as_arena *arena = as_arena_new();
    as_node *list = as_node_new(arena, AS_LIST);
    for (; i < as_model_documents(model) && list->count < DOCUMENTS_A_MESSAGE; i++)
      as_node_add(list, document_node(arena, as_model_document(model, i)));
    ok = as_frame_send(out, AS_MSG_DOCUMENTS, 0, list);
    as_arena_free(arena);
  }
  return ok;
}

static bool send_bundle(as_host *host, const as_bundle *bundle, size_t records) {
  as_arena *arena = as_arena_new();
  as_node *n = as_node_new(arena, AS_MAP);
  put_text(arena, n, "name", bundle->name);
  as_node_put(arena, n, "as_of", time_node(arena, bundle->as_of));
  if (bundle->period && bundle->period->type == AS_MAP) {
    as_node *period = as_node_new(arena, AS_MAP);
    put_text(arena, period, "from", as_node_str(bundle->period, "from", NULL));
    put_text(arena, period, "to", as_node_str(bundle->period, "to", NULL));
    as_node_put(arena, n, "period", period);
  }
  as_node_put(arena, n, "incomplete", as_node_bool(arena, bundle->incomplete));
  as_node_put(arena, n, "documents", as_node_int(arena, (int64_t)as_model_documents(bundle->model)));
  as_node_put(arena, n, "records", as_node_int(arena, (int64_t)records));
  bool ok = as_frame_send(host->out, AS_MSG_BUNDLE, 0, n);
  as_arena_free(arena);
  return ok && send_documents(host->out, bundle->model);
}

static int through(as_host *host, const char *status) {
  as_arena *arena = as_arena_new();
  as_node *n = as_node_new(arena, AS_MAP);
  put_text(arena, n, "status", status);
  bool ok = as_frame_send(host->out, AS_MSG_DONE, 0, n);
  as_arena_free(arena);
  return ok ? AS_EXIT_OK : AS_EXIT_INTERNAL;
}

int as_worker_main(void *ctx, int out) {
  const as_worker_job *job = ctx;
  as_host *host = job->host;
  const as_run_options *o = host->options;
  const as_plan *plan = job->plan;
  host->out = out;
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new(); /* never freed: the process ends first */
  as_bundle bundle = {0};
  as_bundle_options bo = {.path = job->bundle, .at = o->at, .limits = o->limits, .strict = o->strict};
  as_bundle_status status = as_bundle_read(arena, host->intern, host->kinds, &bo, &bundle, diags);
  if (!as_diags_send(out, 0, diags, 0))
    return AS_EXIT_INTERNAL;
  if (status != AS_BUNDLE_OK)
    return through(host, status == AS_BUNDLE_MISSING ? "missing" : "invalid");
  if (o->strict && as_diags_errors(diags) > 0)
    bundle.incomplete = true;
  size_t records = 0;
  for (size_t i = 0; i < as_model_documents(bundle.model); i++)
    records += as_model_document(bundle.model, i)->records;
  if (!send_bundle(host, &bundle, records))
    return AS_EXIT_INTERNAL;
  as_script_set_bundle(host->script, &bundle, host->kinds);

  as_tally *tally = as_tally_new(arena, plan, o, NULL);
  uint32_t *steps = as_arena_calloc(arena, plan->n_steps * sizeof *steps);
  size_t n = 0, parallel = 1 + records / RECORDS_A_RUNNER;
  for (uint32_t i = 0; i < plan->n_rules; i++)
    if (!plan->rules[i].clause && plan->rules[i].selected)
      steps[n++] = i;
  parallel = parallel < o->jobs ? parallel : o->jobs;
  if (parallel > 1) { /* else one runner does everything: a fork and its copied pages are saved */
    if (!wave(host, tally, steps, n, parallel))
      return AS_EXIT_INTERNAL;
    n = 0;
  }
  steps[n++] = plan->derive;
  for (uint32_t i = 0; i < plan->n_rules; i++)
    if (plan->rules[i].clause && plan->rules[i].selected)
      steps[n++] = i;
  steps[n++] = plan->summary;
  if (!wave(host, tally, steps, n, 1))
    return AS_EXIT_INTERNAL;
  return through(host, "ok");
}
