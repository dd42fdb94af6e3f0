/* Items: deals out arguments to child processes, each of which announces an item, carries it out and answers.
 * Must not know what the items are about. */
#include "eval/items.h"

#include <errno.h>
#include <unistd.h>

#include "eval/host.h"
#include "eval/proc.h"
#include "eval/shapes.h"

#define START_SECONDS 30.0 /* for loading the stdlib and kinds, and from one answer to the next announcement */

typedef struct {
  as_child child;
  const as_run_options *options;
  const as_items *items;
  size_t at, step;  /* its items are at, at + step, … */
  bool announced;   /* item `at` began */
  double began;
  const char *fault, *where; /* what the child said before it ended */
} member;

typedef struct {
  as_item_answer *answers;
  as_node **told;   /* diagnostics of each item, or NULL */
  as_arena *arena;
  const as_items *items;
  size_t done;
  bool broken;      /* a child ended before it began anything */
} crew;

/* ---- in the child ---- */

static as_node *numbered(as_arena *arena, size_t at) {
  as_node *node = as_node_new(arena, AS_MAP);
  as_node_put(arena, node, "step", as_node_int(arena, (int64_t)at));
  return node;
}

static bool answer(const as_host *host, as_arena *arena, size_t at, as_node *value) {
  as_node *node = numbered(arena, at);
  as_node_put(arena, node, value ? "value" : "fault", value ? value : as_node_text(arena, AS_STR("an error")));
  if (as_frame_send(host->out, AS_MSG_RESULT, 0, node))
    return true;
  if (errno != EMSGSIZE)
    return false;
  node = numbered(arena, at);
  as_node_put(arena, node, "fault", as_node_text(arena, AS_STR("an answer that is too large")));
  return as_frame_send(host->out, AS_MSG_RESULT, 0, node);
}

static int child_main(void *ctx, int out) {
  const member *m = ctx;
  const as_items *items = m->items;
  as_host host;
  if (!as_host_walls(&host, m->options, out) || !as_host_start(&host, AS_HOST_PACKS)) {
    as_host_report(&host);
    return AS_EXIT_INVALID;
  }
  for (size_t at = m->at; at < items->n; at += m->step) {
    as_arena *arena = as_arena_new();
    as_node *value = NULL;
    if (!as_host_report(&host) || !as_frame_send(out, AS_MSG_STEP, 0, numbered(arena, at)))
      return AS_EXIT_INTERNAL;
    as_script_budget_start(host.script);
    bool ok = as_script_call(host.script, items->module, items->function, items->items[at], arena, &value);
    as_script_budget_stop(host.script);
    if (!ok) {
      as_host_failed(&host, items->module, items->function, value);
      value = NULL;
    }
    if (!as_host_report(&host) || !answer(&host, arena, at, value))
      return AS_EXIT_INTERNAL;
    as_arena_free(arena);
  }
  return AS_EXIT_OK;
}

/* ---- in the parent ---- */

static bool start(member *m) {
  m->announced = false;
  m->fault = m->where = NULL;
  if (!as_child_spawn(&m->child, child_main, m, 0))
    return false;
  as_child_due(&m->child, START_SECONDS);
  return true;
}

static void book(crew *c, member *m, const as_node *value, const char *fault) {
  as_item_answer *a = &c->answers[m->at];
  *a = (as_item_answer){.value = value, .fault = fault, .where = m->where, .seconds = m->announced ? as_proc_now() - m->began : 0};
  m->at += m->step;
  m->announced = false;
  m->where = NULL;
  c->done++;
  if (c->items->progress)
    c->items->progress(c->items->ctx, c->done, c->items->n);
}

static void tell(crew *c, const member *m, as_node *list) {
  size_t at = m->at < c->items->n ? m->at : c->items->n - 1;
  if (!c->told[at])
    c->told[at] = as_node_new(c->arena, AS_LIST);
  as_node_add(c->told[at], list);
}

static bool is_item(const member *m, const as_node *node) {
  return m->at < m->items->n && as_node_integer(node, "step", -1) == (int64_t)m->at;
}

/* False where the message makes no sense. */
static bool take(crew *c, member *m, const as_msg *msg) {
  static const as_shape any = {.name = "answer", .type = AS_SHAPE_ANY};
  as_node *raw = NULL, *node = NULL;
  as_buf why = {0};
  if (!as_node_decode(c->arena, msg->bytes, msg->n, AS_MESSAGE_NODES, &raw))
    return false;
  bool ok = false;
  switch (msg->type) {
  case AS_MSG_STEP:
    if ((ok = !m->announced && is_item(m, raw))) {
      m->announced = true;
      m->began = as_proc_now();
      as_child_due(&m->child, 2 * m->options->seconds + 1);
    }
    break;
  case AS_MSG_RESULT:
    if ((ok = m->announced && is_item(m, raw) && (node = as_shape_take(c->arena, &any, raw, &why)) != NULL)) {
      const char *fault = as_node_str(node, "fault", NULL);
      const as_node *value = as_node_get(node, "value");
      book(c, m, value, value || fault ? fault : "nothing");
      as_child_due(&m->child, START_SECONDS);
    }
    break;
  case AS_MSG_DIAGS:
    if ((ok = (node = as_shape_take(c->arena, &as_shape_diags, raw, &why)) != NULL))
      tell(c, m, node);
    break;
  case AS_MSG_FAULT:
    if ((ok = (node = as_shape_take(c->arena, &as_shape_fault, raw, &why)) != NULL)) {
      m->fault = as_node_str(node, "fault", "");
      m->where = as_node_str(node, "where", NULL);
    }
    break;
  default: break;
  }
  as_buf_free(&why);
  return ok;
}

/* Its process ended, or must end: what it had announced is lost, and another process takes what is left. */
static void ended(crew *c, member *m, bool sense) {
  const char *fault = m->fault;
  as_child_end(&m->child);
  if (m->at >= m->items->n)
    return;
  if (!m->announced && !m->fault) {
    c->broken = true;
    return;
  }
  if (!fault)
    fault = !sense ? "sending what makes no sense" : m->child.overran ? "time" : m->child.end == AS_END_SIGNAL ? as_signal_name(m->child.code) : "itself";
  book(c, m, NULL, fault);
  if (m->at < m->items->n && !start(m))
    c->broken = true;
}

static void serve(crew *c, member *m) {
  as_msg msg;
  as_frames_state state;
  bool sense = true;
  while (sense && (state = as_frames_next(m->child.frames, &msg)) != AS_FRAMES_MORE)
    sense = state == AS_FRAMES_MESSAGE && take(c, m, &msg);
  if (!sense || m->child.fd < 0)
    ended(c, m, sense);
}

static void work(crew *c, member *members, as_child **children, size_t n, const volatile bool *stop) {
  while (c->done < c->items->n && !c->broken && !(stop && *stop)) {
    as_children_wait(children, n, 0, stop);
    for (size_t i = 0; i < n && !c->broken; i++)
      if (members[i].child.frames)
        serve(c, &members[i]);
  }
}

bool as_run_items(const as_run_options *options, const as_items *items, as_item_answer *answers, as_arena *arena, as_diags *diags,
                  const volatile bool *stop) {
  size_t n = options->jobs < items->n ? options->jobs : items->n;
  crew c = {.answers = answers, .arena = arena, .items = items};
  if (!items->n)
    return true;
  c.told = as_arena_calloc(arena, items->n * sizeof *c.told);
  member *members = as_calloc(n, sizeof *members);
  as_child **children = as_calloc(n, sizeof *children);
  for (size_t i = 0; i < n; i++) {
    members[i] = (member){.options = options, .items = items, .at = i, .step = n};
    members[i].child.fd = -1;
    children[i] = &members[i].child;
    c.broken = c.broken || !start(&members[i]);
  }
  work(&c, members, children, n, stop);
  for (size_t i = 0; i < n; i++)
    as_child_end(&members[i].child);
  as_free(members);
  as_free(children);
  for (size_t i = 0; i < items->n; i++)
    for (const as_node *list = c.told[i] ? c.told[i]->first : NULL; list; list = list->next)
      as_diags_take(diags, list);
  if (c.broken && as_diags_errors(diags) == 0)
    as_diags_add(diags, "E0633", AS_ERROR, NULL, 0, 0, NULL, "the process of %s.%s ended early", items->module, items->function);
  return c.done == items->n;
}
