/* Runs: the parent's side. Starts the zygote, checks everything that arrives, composes the results and hands them on in the
 * order of the bundles. Runs no Lua and reads no evidence. */
#include "eval/run.h"

#include <string.h>

#include "eval/ask_inside.h"
#include "eval/crew.h"
#include "eval/loading.h"
#include "eval/result.h"
#include "eval/shapes.h"
#include "eval/stdlib.h"

#define LOAD_SECONDS 15.0 /* for the kinds and packs; their own budget is smaller */
#define IDLE_SECONDS 60.0 /* that the zygote may be silent for, beyond what it gives its workers */

typedef struct {
  as_arena *arena; /* of this bundle; NULL before anything of it came and after it was handed on */
  as_tally *tally;
  as_node *bundle, *documents;
  as_diags *diags;
  uint32_t begun;
  bool done;
  int code;
} stream;

typedef struct {
  const as_run_options *options;
  const as_run_listener *listener;
  as_arena *arena;
  as_plan plan;
  bool loaded, told, stopped;
  bool has_walls;  /* the zygote has said which are up */
  bool ready;      /* the session can be asked */
  bool refused;    /* a wall is missing that the options demand; the diagnostics say so */
  as_walls walls;
  char stdlib_sha256[65];
  as_diags *diags; /* about the packs */
  as_node *fault;  /* while loading */
  stream *streams;
  size_t next;     /* the bundle to be handed on next */
} running;

static stream *open_stream(running *r, uint32_t index) {
  stream *s = &r->streams[index];
  if (!s->arena && !s->done) {
    s->arena = as_arena_new();
    s->diags = as_diags_new();
    s->tally = as_tally_new(s->arena, &r->plan, r->options, s->diags);
    s->documents = as_node_new(s->arena, AS_LIST);
  }
  return s;
}

static void close_stream(stream *s) {
  as_diags_free(s->diags);
  as_arena_free(s->arena);
  s->diags = NULL;
  s->arena = NULL;
  s->tally = NULL;
}

static void tell_loaded(running *r) {
  if (r->told)
    return;
  r->told = true;
  r->listener->loaded(r->listener->ctx, r->diags);
}

/* Diagnostics of a bundle as they stand in its result. */
static as_node *diagnostics(stream *s) {
  size_t dropped = as_diags_dropped(s->diags);
  as_node *list = as_diags_nodes(s->arena, s->diags, 0, as_diags_count(s->diags));
  if (dropped) {
    as_node *n = as_node_add(list, as_node_new(s->arena, AS_MAP));
    as_node_put(s->arena, n, "code", as_node_text(s->arena, AS_STR("E0630")));
    as_node_put(s->arena, n, "severity", as_node_text(s->arena, AS_STR("note")));
    as_node_put(s->arena, n, "message", as_node_textf(s->arena, "%zu more diagnostics were left out", dropped));
  }
  return list;
}

static void hand_on(running *r) {
  const as_run_options *o = r->options;
  while (!r->stopped && r->next < o->n_bundles && r->streams[r->next].done) {
    stream *s = &r->streams[r->next];
    as_diags_sort(s->diags);
    as_run_bundle b = {.index = r->next, .path = o->bundles[r->next], .diags = s->diags, .packs = as_node_get(r->plan.loaded, "packs"), .code = s->code};
    if (s->code == AS_EXIT_OK && s->bundle) {
      as_result_parts parts = {s->bundle, s->documents, diagnostics(s), &r->walls, r->stdlib_sha256};
      b.result = as_result_compose(s->arena, s->tally, &parts);
      b.answer = s->tally->answer;
      b.incomplete = s->tally->incomplete || as_node_boolean(s->bundle, "incomplete", false);
      b.code = !b.result ? AS_EXIT_INTERNAL : b.incomplete ? AS_EXIT_INCOMPLETE : AS_EXIT_OK;
    }
    if (!r->listener->bundle(r->listener->ctx, &b))
      r->stopped = true;
    close_stream(s);
    r->next++;
  }
}

static bool take_done(running *r, stream *s, uint32_t index, const as_node *node) {
  const char *status = as_node_str(node, "status", "");
  if (strcmp(status, "missing") == 0)
    s->code = AS_EXIT_MISSING;
  else if (strcmp(status, "invalid") == 0)
    s->code = AS_EXIT_INVALID;
  else if (strcmp(status, "crash") == 0) {
    s->code = AS_EXIT_INTERNAL;
    as_diags_add(s->diags, "E0631", AS_ERROR, r->options->bundles[index], 0, 0, NULL, "the process that evaluated this bundle failed: %s",
                 as_node_str(node, "how", "it ended early"));
  } else if (!s->bundle) {
    return false;
  }
  if (s->code == AS_EXIT_OK) { /* it says that it is through: every step must have an answer */
    for (uint32_t i = 0; i < r->plan.n_steps; i++)
      if (!s->tally->answered[i] && (i >= r->plan.n_rules || r->plan.rules[i].selected))
        return false;
  }
  s->done = true;
  hand_on(r);
  return true;
}

/* What a message of a bundle says. `raw` does not outlive the call: what is kept is copied by its shape. */
static bool understood(running *r, stream *s, const as_msg *msg, as_arena *passing, const as_node *raw, as_buf *why) {
  const as_node *node;
  switch (msg->type) {
  case AS_MSG_DIAGS:
    node = as_shape_take(passing, &as_shape_diags, raw, why);
    if (node)
      as_diags_take(s->diags, node);
    return node != NULL;
  case AS_MSG_BUNDLE: return !s->bundle && (s->bundle = as_shape_take(s->arena, &as_shape_bundle, raw, why)) != NULL;
  case AS_MSG_DOCUMENTS:
    node = s->bundle && s->documents->count < 100000 ? as_shape_take(passing, &as_shape_documents, raw, why) : NULL;
    for (const as_node *d = node ? node->first : NULL; d; d = d->next)
      as_node_add(s->documents, as_node_copy(s->arena, d));
    return node != NULL;
  case AS_MSG_STEP:
    if (!as_shape_take(passing, &as_shape_step, raw, why) || s->begun++ >= r->plan.n_steps)
      return false;
    if (r->listener->progress)
      r->listener->progress(r->listener->ctx, msg->stream, s->begun, as_plan_todo(&r->plan));
    return true;
  case AS_MSG_RESULT: return s->bundle && as_answer_fits(&r->plan, raw, msg->n) && as_tally_take(s->tally, raw);
  case AS_MSG_READY:
    r->ready = r->options->session && s->bundle && !r->ready;
    return r->ready;
  case AS_MSG_DONE:
    node = as_shape_take(passing, &as_shape_done, raw, why);
    return node && take_done(r, s, msg->stream, node);
  default: return false;
  }
}

/* One message of a bundle. False where there is no such bundle. One that makes no sense ends that bundle: what else comes of it
 * is passed over, and the zygote bounds how much that can be. */
static bool take_bundle(running *r, const as_msg *msg) {
  if (msg->stream >= r->options->n_bundles)
    return false;
  if (r->streams[msg->stream].done)
    return true;
  stream *s = open_stream(r, msg->stream);
  as_arena *passing = as_arena_new();
  as_node *raw;
  as_buf why = {0};
  bool ok = as_node_decode(passing, msg->bytes, msg->n, AS_MESSAGE_NODES, &raw) && understood(r, s, msg, passing, raw, &why);
  as_buf_free(&why);
  as_arena_free(passing);
  if (!ok) {
    as_diags_add(s->diags, "E0631", AS_ERROR, r->options->bundles[msg->stream], 0, 0, NULL,
                 "the process that evaluated this bundle failed: it sent what makes no sense");
    s->code = AS_EXIT_INTERNAL;
    s->done = true;
    hand_on(r);
  }
  return true;
}

/* Which walls are up: said once, before anything was read that others wrote. */
static bool take_walls(running *r, const as_node *raw) {
  as_buf why = {0};
  const as_node *node = r->has_walls ? NULL : as_shape_take(r->arena, &as_shape_walls, raw, &why);
  as_buf_free(&why);
  if (!node)
    return false;
  r->has_walls = true;
  r->walls = as_walls_of(node);
  bool kept = r->walls.privileges == AS_PRIVILEGES_KEPT && r->options->isolation != AS_ISOLATION_NONE;
  r->refused = (r->options->require_walls && as_walls_missing(&r->walls, 0)) || (kept && !r->options->allow_root);
  return true;
}

static bool take(running *r, const as_msg *msg) {
  if (r->loaded)
    return take_bundle(r, msg);
  as_node *raw, *node;
  as_buf why = {0};
  bool ok = as_node_decode(r->arena, msg->bytes, msg->n, AS_MESSAGE_NODES, &raw);
  if (ok && msg->type == AS_MSG_DIAGS) {
    if ((ok = (node = as_shape_take(r->arena, &as_shape_diags, raw, &why)) != NULL))
      as_diags_take(r->diags, node);
  } else if (ok && msg->type == AS_MSG_WALLS) {
    ok = take_walls(r, raw);
  } else if (ok && msg->type == AS_MSG_LOADED && r->has_walls && !r->refused) {
    ok = as_plan_take(r->arena, raw, &r->plan, &why);
    r->loaded = ok;
    if (ok && r->options->inquiry)
      as_plan_inquire(&r->plan);
    if (ok && r->options->unjudged)
      as_plan_unjudged(&r->plan);
    if (ok)
      tell_loaded(r);
  } else if (ok && msg->type == AS_MSG_FAULT) {
    ok = (r->fault = as_shape_take(r->arena, &as_shape_fault, raw, &why)) != NULL;
  } else {
    ok = false;
  }
  as_buf_free(&why);
  return ok;
}

/* The zygote ended before it had loaded the packs. */
static int not_loaded(running *r, const as_child *child) {
  if (r->refused) {
    tell_loaded(r);
    return AS_EXIT_INTERNAL;
  }
  if (r->fault) {
    const char *where = as_node_str(r->fault, "where", "");
    as_diags_add(r->diags, "E0632", AS_ERROR, NULL, 0, 0, "a rule file only returns its table; what takes time belongs into its checks",
                 "loading the rules broke the limit of %s%s%.*s", as_node_str(r->fault, "fault", ""), *where ? " at " : "",
                 (int)strcspn(where, "\n"), where);
  } else if (child->end == AS_END_SIGNAL || child->overran || child->code != AS_EXIT_INVALID) {
    as_diags_add(r->diags, "E0633", AS_ERROR, NULL, 0, 0, NULL, "the process that loads the rules, and a bundle that is alone, failed: %s", as_child_how(child));
    tell_loaded(r);
    return child->overran ? AS_EXIT_INVALID : AS_EXIT_INTERNAL;
  }
  tell_loaded(r);
  return AS_EXIT_INVALID;
}

/* What is still missing when the zygote is gone: those bundles failed with it. */
static void settle(running *r, const as_child *zygote) {
  for (uint32_t i = (uint32_t)r->next; i < r->options->n_bundles && !r->stopped; i++) {
    stream *s = open_stream(r, i);
    if (s->done)
      continue;
    as_diags_add(s->diags, "E0631", AS_ERROR, r->options->bundles[i], 0, 0, NULL, "the process that evaluated this bundle failed: %s",
                 as_child_how(zygote));
    s->code = AS_EXIT_INTERNAL;
    s->done = true;
    hand_on(r);
  }
}

/* How long the zygote may be silent: it has deadlines of its own for whoever it waits for. Standard input may take any time. */
static double idle(const as_run_options *o, bool needs_stdin) {
  if (o->limits.read_seconds <= 0 || needs_stdin)
    return 0;
  double judging = 2 * as_crew_patience(o);
  return (o->limits.read_seconds > judging ? o->limits.read_seconds : judging) + IDLE_SECONDS;
}

/* The bundle is asked as long as the listener wishes. */
static void hold_session(running *r, as_child *zygote) {
  const as_run_options *o = r->options;
  stream *s = &r->streams[0];
  as_session session = {.zygote = zygote, .patience = 2 * as_crew_patience(o) + IDLE_SECONDS};
  as_diags_sort(s->diags);
  as_run_bundle b = {.path = o->bundles[0], .diags = s->diags, .packs = as_node_get(r->plan.loaded, "packs"),
                     .incomplete = s->tally->incomplete || as_node_boolean(s->bundle, "incomplete", false)};
  zygote->deadline = 0;
  r->listener->session(r->listener->ctx, &session, &b);
  r->stopped = true;
}

/* Takes what the zygote sends until it is through, or is to be ended. False where it sent what makes no sense. */
static bool listen(running *r, as_child *zygote, bool needs_stdin, const volatile bool *stop) {
  const as_run_options *options = r->options;
  as_child *const children[] = {zygote};
  bool sense = true;
  zygote->deadline = as_proc_now() + 2 * options->seconds + LOAD_SECONDS;
  for (;;) {
    as_msg msg;
    as_frames_state state;
    while (sense && !r->stopped && !r->ready && (state = as_frames_next(zygote->frames, &msg)) != AS_FRAMES_MORE)
      sense = state == AS_FRAMES_MESSAGE && take(r, &msg);
    if (r->loaded) {
      zygote->deadline = 0;
      if (idle(options, needs_stdin) > 0)
        as_child_due(zygote, idle(options, needs_stdin));
    }
    if (r->ready)
      hold_session(r, zygote);
    if (!sense || r->stopped || zygote->fd < 0 || (stop && *stop))
      return sense;
    as_children_wait(children, 1, 0, stop);
  }
}

/* Forgets what a zygote said that did not come to an end with loading the rules. */
static void begin_anew(running *r) {
  as_diags_free(r->diags);
  r->diags = as_diags_new();
  r->has_walls = false;
  r->fault = NULL;
}

int as_run(const as_run_options *options, const as_run_listener *listener, const volatile bool *stop) {
  return as_run_with(options, listener, stop, as_zygote_main);
}

int as_run_with(const as_run_options *options, const as_run_listener *listener, const volatile bool *stop, as_child_fn main) {
  running r = {.options = options, .listener = listener, .arena = as_arena_new(), .diags = as_diags_new()};
  r.streams = as_calloc(options->n_bundles + 1, sizeof *r.streams);
  bool needs_stdin = false;
  for (size_t i = 0; i < options->n_bundles; i++)
    needs_stdin = needs_stdin || strcmp(options->bundles[i], "-") == 0;
  as_loading *loading = as_loading_new(options);
  as_child zygote = {.fd = -1};
  int code = AS_EXIT_OK;
  bool sense;
  do {
    as_child_end(&zygote);
    begin_anew(&r);
    if (!as_child_spawn(&zygote, main, (void *)(uintptr_t)as_loading_options(loading),
                        options->session ? AS_CHILD_ASKED : needs_stdin ? AS_CHILD_STDIN : 0u)) {
      as_diags_add(r.diags, "E0633", AS_ERROR, NULL, 0, 0, NULL, "no process could be started");
      tell_loaded(&r);
      code = AS_EXIT_INTERNAL;
      goto out;
    }
    if (!*r.stdlib_sha256)
      as_stdlib_hash(options->stdlib, r.stdlib_sha256); /* the zygote has its hands full meanwhile */
    sense = listen(&r, &zygote, needs_stdin, stop);
  } while (sense && !r.loaded && !r.refused && !r.stopped && !(stop && *stop) && as_loading_again(loading, &zygote, r.fault));
  if (zygote.fd >= 0)
    as_child_end(&zygote);
  if (stop && *stop)
    code = AS_EXIT_INTERRUPTED;
  else if (!r.loaded)
    code = not_loaded(&r, &zygote);
  else if (as_node_integer(r.plan.loaded, "errors", 0) > 0)
    code = AS_EXIT_INVALID;
  else
    settle(&r, &zygote);
  as_child_end(&zygote);
out:
  as_loading_free(loading);
  for (size_t i = 0; i < options->n_bundles; i++)
    if (r.streams[i].arena)
      close_stream(&r.streams[i]);
  as_free(r.streams);
  as_diags_free(r.diags);
  as_arena_free(r.arena);
  return code;
}
