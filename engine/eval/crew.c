/* A crew: starts children for batches of steps, checks what they send, and books what they leave undone.
 * Must not judge anything itself, and must not believe a child about any step but the one under way. */
#include "eval/crew.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "eval/shapes.h"

#define BETWEEN_STEPS 10.0 /* seconds that a child may take from one answer to its next announcement */
#define LEAST_SLACK 1.0    /* seconds that a step has beyond its limit, however small that is */
#define DIAG_MESSAGES 25u  /* of one step; more than the list of diagnostics holds */

typedef struct {
  as_child child;
  as_crew_job job;   /* its batch is what is left when the child starts */
  as_batch batch;
  size_t at;         /* the step of the batch that is under way or comes next */
  bool busy;
  bool announced;
  bool again;        /* the step met the limit of memory behind others, and is carried out by a process of its own */
  as_quota left;     /* of the step */
  char fault[16];    /* what the child said before it ended */
  char *where;
} member;

typedef struct {
  as_host *host;
  as_tally *tally;
  as_child_fn child;
  bool gone;         /* nobody reads host->out any more */
  pid_t *left;       /* children that are through: taking them down goes on meanwhile, and they are waited for at the end */
  size_t n_left;
} crew;

double as_crew_patience(const as_run_options *options) {
  return options->seconds + (options->seconds > LEAST_SLACK ? options->seconds : LEAST_SLACK);
}

const char *as_child_how(const as_child *child) {
  if (child->overran)
    return "it did not end in time";
  if (child->end == AS_END_SIGNAL)
    return child->code == SIGSYS ? "it asked the system for what the sandbox forbids (SIGSYS)" : as_signal_name(child->code);
  if (child->code == AS_CHILD_BROKEN)
    return "a wall of the sandbox could not be put up";
  return child->code == AS_CHILD_EXHAUSTED ? "it ran out of memory" : "it ended early";
}

static uint32_t step_at(const member *m) { return m->batch.steps[m->at]; }

static void forget(member *m) {
  m->announced = false;
  m->fault[0] = '\0';
  as_free(m->where);
  m->where = NULL;
}

static void refill(member *m, const as_plan *plan) {
  uint64_t most = m->at < m->batch.n && step_at(m) < plan->n_rules ? AS_RESULT_MAX : AS_MESSAGE_MAX;
  m->left = (as_quota){.messages = DIAG_MESSAGES + 3, .bytes = most + ((uint64_t)8 << 20)};
}

static bool start(crew *c, member *m) {
  forget(m);
  refill(m, c->tally->plan);
  m->job = (as_crew_job){c->host, c->tally, {m->batch.steps + m->at, m->batch.n - m->at}};
  if (!as_child_spawn(&m->child, c->child, &m->job, AS_CHILD_INNER | AS_CHILD_STDIN))
    return false;
  as_child_due(&m->child, BETWEEN_STEPS);
  return true;
}

/* Passes a message on as it came. */
static void relay(crew *c, const as_msg *msg) {
  as_buf bytes = {0};
  if (!as_frame_write(&bytes, msg->type, 0, msg->bytes, msg->n) || !as_frame_write_all(c->host->out, bytes.data, bytes.len))
    c->gone = true;
  as_buf_free(&bytes);
}

/* The step under way has its answer: it goes into the tally, and on as it came, or as it was made here. */
static void answered(crew *c, member *m, const as_node *answer, const as_msg *msg) {
  if (as_tally_take(c->tally, answer)) {
    if (msg)
      relay(c, msg);
    else if (!as_frame_send(c->host->out, AS_MSG_RESULT, 0, answer))
      c->gone = true;
  }
  m->at++;
  m->announced = m->again = false;
  refill(m, c->tally->plan);
}

static void give_up(crew *c, member *m, const char *fault, const char *where) {
  answered(c, m, as_answer_fault(c->tally->arena, step_at(m), fault, where), NULL);
}

static bool is_step(const member *m, const as_node *node) {
  const as_node *step = as_node_get(node, "step");
  return m->at < m->batch.n && step && step->type == AS_INT && step->u.integer == (int64_t)step_at(m);
}

/* Says that the step under way has begun, in words of our own. */
static void announce(crew *c, const member *m, as_arena *passing) {
  as_node *step = as_node_new(passing, AS_MAP);
  as_node_put(passing, step, "step", as_node_int(passing, step_at(m)));
  if (!as_frame_send(c->host->out, AS_MSG_STEP, 0, step))
    c->gone = true;
}

/* Diagnostics that those further up would refuse would cost the whole bundle. */
static bool take_diags(crew *c, const as_msg *msg, as_arena *passing, const as_node *node) {
  as_buf why = {0};
  bool ok = as_shape_take(passing, &as_shape_diags, node, &why) != NULL;
  as_buf_free(&why);
  if (ok)
    relay(c, msg);
  return ok;
}

static bool take_fault(member *m, as_arena *passing, const as_node *node) {
  as_buf why = {0};
  const as_node *fault = as_shape_take(passing, &as_shape_fault, node, &why);
  as_buf_free(&why);
  if (!fault || !m->announced)
    return false;
  snprintf(m->fault, sizeof m->fault, "%s", as_node_str(fault, "fault", ""));
  const char *where = as_node_str(fault, "where", "");
  as_free(m->where);
  m->where = as_calloc(1, strlen(where) + 1);
  memcpy(m->where, where, strlen(where));
  return true;
}

/* What a message says; `node` does not outlive the call. False where it makes no sense. */
static bool understood(crew *c, member *m, const as_msg *msg, as_arena *passing, const as_node *node) {
  switch (msg->type) {
  case AS_MSG_STEP:
    if (m->announced || !is_step(m, node))
      return false;
    m->announced = true;
    as_child_due(&m->child, as_crew_patience(c->host->options));
    if (!m->again)
      announce(c, m, passing);
    return true;
  case AS_MSG_RESULT:
    if (!m->announced || !is_step(m, node) || !as_answer_fits(c->tally->plan, node, msg->n))
      return false;
    answered(c, m, node, msg);
    as_child_due(&m->child, BETWEEN_STEPS);
    return true;
  case AS_MSG_FAULT: return take_fault(m, passing, node);
  case AS_MSG_DIAGS: return take_diags(c, msg, passing, node);
  default: return false;
  }
}

static bool take(crew *c, member *m, const as_msg *msg) {
  if (!as_quota_take(&m->left, msg))
    return false;
  as_arena *passing = as_arena_new();
  as_node *node;
  bool ok = as_node_decode(passing, msg->bytes, msg->n, AS_MESSAGE_NODES, &node) && understood(c, m, msg, passing, node);
  as_arena_free(passing);
  return ok;
}

/* What earlier steps left in the process counts towards the limit of memory. Whether a step meets it must not depend on them: it
 * counts only where the step is the first of its process. */
static bool is_to_repeat(const member *m) { return strcmp(m->fault, "memory") == 0 && m->job.batch.steps != m->batch.steps + m->at; }

/* The child ended, or must end. Books the step that it was at, and starts another for the rest. */
static void ended(crew *c, member *m, bool nonsense) {
  if (m->at >= m->batch.n) {
    c->left[c->n_left++] = as_child_leave(&m->child);
  } else { /* the step that it had announced, or should have announced, is undone */
    as_child_end(&m->child);
    if (nonsense)
      give_up(c, m, "crash", "sending what makes no sense");
    else if (is_to_repeat(m))
      m->again = true;
    else if (m->fault[0])
      give_up(c, m, m->fault, m->where);
    else if (m->child.overran)
      give_up(c, m, "hang", NULL);
    else if (m->child.end == AS_END_SIGNAL)
      give_up(c, m, "crash", as_signal_name(m->child.code));
    else if (m->child.code == AS_CHILD_BROKEN)
      give_up(c, m, "early", NULL);
    else
      give_up(c, m, "crash", m->child.code == AS_CHILD_EXHAUSTED ? "running out of memory" : "itself");
  }
  while (!c->gone && m->at < m->batch.n && !start(c, m))
    give_up(c, m, "early", NULL);
  m->busy = m->at < m->batch.n;
}

static void begin(crew *c, member *m, as_batch batch) {
  m->batch = batch;
  m->at = 0;
  while (!c->gone && m->at < batch.n && !start(c, m))
    give_up(c, m, "early", NULL);
  m->busy = m->at < batch.n;
}

/* All that the child has sent. */
static void serve(crew *c, member *m) {
  as_msg msg;
  as_frames_state state;
  bool sense = true;
  while (sense && !c->gone && (state = as_frames_next(m->child.frames, &msg)) != AS_FRAMES_MORE)
    sense = state == AS_FRAMES_MESSAGE && take(c, m, &msg);
  if (!c->gone && (!sense || m->child.fd < 0 || m->at >= m->batch.n))
    ended(c, m, !sense);
}

bool as_crew_work(as_host *host, as_tally *tally, const as_batch *batches, size_t n, size_t parallel, as_child_fn child) {
  crew c = {.host = host, .tally = tally, .child = child, .left = as_calloc(n + 1, sizeof *c.left)};
  if (parallel > n)
    parallel = n;
  member *members = as_calloc(parallel + 1, sizeof *members);
  as_child **children = as_calloc(parallel + 1, sizeof *children);
  for (size_t i = 0; i < parallel; i++) {
    members[i].child.fd = -1;
    children[i] = &members[i].child;
  }
  for (size_t next = 0, busy = 1; busy && !c.gone;) {
    busy = 0;
    for (size_t i = 0; i < parallel && !c.gone; i++) {
      while (!members[i].busy && next < n && !c.gone)
        begin(&c, &members[i], batches[next++]);
      busy += members[i].busy;
    }
    if (!busy || c.gone)
      break;
    as_children_wait(children, parallel, 0, NULL);
    double before = as_proc_now();
    for (size_t i = 0; i < parallel && !c.gone; i++)
      if (members[i].busy)
        serve(&c, &members[i]);
    as_children_forgive(children, parallel, as_proc_now() - before); /* whoever reads our answers may have been slow */
  }
  for (size_t i = 0; i < parallel; i++) {
    as_child_end(&members[i].child);
    as_free(members[i].where);
  }
  for (size_t i = 0; i < c.n_left; i++)
    if (c.left[i] > 0)
      waitpid(c.left[i], NULL, 0);
  as_free(c.left);
  as_free(children);
  as_free(members);
  return !c.gone;
}
