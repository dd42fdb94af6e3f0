/* The worker of one bundle: reads and seals it, then has runners carry out the steps. Opens nothing after that. */
#include <string.h>

#include "eval/crew.h"
#include "model/bundle.h"

#define DOCUMENTS_A_MESSAGE 500u
#define RECORDS_A_RUNNER 4000u /* below that a second runner costs more than it saves */
#define RECORDS_A_RULE 300u    /* as much as a rule costs that has nothing to look at */

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

/* Of all files only the bundle, and what the rules came from: adapters may be among it. */
static bool wall_in(const as_worker_job *job) {
  as_host *host = job->host;
  const as_run_options *o = host->options;
  as_wall_numbers numbers = {.cpu_seconds = o->session ? 0 : o->limits.read_seconds + job->plan->n_steps * (as_crew_patience(o) + 1) + 60, .children = true};
  size_t n = host->n_paths;
  const char **paths = as_arena_calloc(host->arena, (n + 1) * sizeof *paths);
  memcpy(paths, host->paths, n * sizeof *paths);
  if (strcmp(job->bundle, "-") != 0)
    paths[n++] = as_host_bundle_path(host, job->bundle);
  return as_wall_limits(host->wall, &numbers) && as_wall_files(host->wall, paths, n);
}

/* Nothing is opened from now on. Questions come by standard input. */
static bool wall_up(as_host *host) {
  static const char *const none[] = {NULL};
  host->memory_used = as_wall_memory_used();
  return (host->options->session || as_proc_null_stdin()) && as_wall_files(host->wall, none, 0) && as_wall_calls(host->wall, AS_STAGE_WAIT);
}

/* ---- who does what ---- */

typedef struct {
  as_host *host;
  const as_model *model;
  as_tally *tally;
  as_batch *batches; /* of one call of as_crew_work */
  size_t n_batches;
} works;

/* Has a process of its own. */
static bool is_alone(const works *w, uint32_t step) {
  as_isolation isolation = w->host->options->isolation;
  return isolation == AS_ISOLATION_RULE || (isolation == AS_ISOLATION_DEFAULT && !w->tally->plan->rules[step].trusted);
}

static void add_batch(works *w, const uint32_t *steps, size_t n) {
  as_batch *b = &w->batches[w->n_batches++];
  uint32_t *own = as_arena_calloc(w->tally->arena, (n + 1) * sizeof *own);
  if (n)
    memcpy(own, steps, n * sizeof *own);
  *b = (as_batch){own, n};
}

/* Rules of a phase that have a process of their own, each a batch; the others go to `shared`. */
static size_t sort_out(works *w, bool clauses, uint32_t *shared) {
  const as_plan *plan = w->tally->plan;
  size_t n = 0;
  for (uint32_t i = 0; i < plan->n_rules; i++) {
    if (!plan->rules[i].selected || plan->rules[i].clause != clauses)
      continue;
    if (is_alone(w, i))
      add_batch(w, &i, 1);
    else
      shared[n++] = i;
  }
  return n;
}

/* How much a rule has to look at: the records of the kinds that it needs. */
static size_t cost_of(const works *w, uint32_t step) {
  const as_node *needs = as_node_get(w->tally->plan->rules[step].node, "needs");
  size_t cost = RECORDS_A_RULE;
  for (const as_node *n = needs ? needs->first : NULL; n; n = n->next) {
    as_str name = n->text;
    if (name.n && name.p[name.n - 1] == '?')
      name.n--;
    const as_kind *kind = as_kinds_find(w->host->kinds, name);
    cost += kind ? as_model_count(w->model, kind) : 0;
  }
  return cost;
}

/* Deals steps out to so many batches: the dearest first, each to the batch that has least to do. */
static void deal(works *w, const uint32_t *steps, size_t n, size_t batches) {
  size_t *costs = as_calloc(n + 1, sizeof *costs), *loads = as_calloc(batches + 1, sizeof *loads);
  size_t *owners = as_calloc(n + 1, sizeof *owners);
  uint32_t *mine = as_calloc(n + 1, sizeof *mine);
  for (size_t i = 0; i < n; i++)
    costs[i] = cost_of(w, steps[i]);
  for (size_t left = n; left; left--) {
    size_t dearest = 0, idlest = 0;
    for (size_t i = 1; i < n; i++)
      dearest = costs[i] > costs[dearest] ? i : dearest;
    for (size_t b = 1; b < batches; b++)
      idlest = loads[b] < loads[idlest] ? b : idlest;
    owners[dearest] = idlest;
    loads[idlest] += costs[dearest];
    costs[dearest] = 0; /* dealt */
  }
  for (size_t b = 0; b < batches; b++) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
      if (owners[i] == b)
        mine[count++] = steps[i];
    if (count)
      add_batch(w, mine, count);
  }
  as_free(mine);
  as_free(owners);
  as_free(loads);
  as_free(costs);
}

static bool work(works *w) {
  unsigned jobs = w->host->options->jobs;
  bool ok = as_crew_work(w->host, w->tally, w->batches, w->n_batches, jobs ? jobs : 1, as_runner_main);
  w->n_batches = 0;
  return ok;
}

/* Controls first, then risks, then clauses, which see both, then the summary; as few processes as the isolation allows. */
static bool evaluate(as_host *host, as_tally *tally, const as_model *model, size_t records) {
  const as_plan *plan = tally->plan;
  works w = {.host = host, .model = model, .tally = tally};
  w.batches = as_arena_calloc(tally->arena, (plan->n_steps + 1u) * sizeof *w.batches);
  uint32_t *steps = as_arena_calloc(tally->arena, plan->n_steps * sizeof *steps);
  size_t parallel = 1 + records / RECORDS_A_RUNNER;
  size_t n = sort_out(&w, false, steps);
  if (parallel > 1 && host->options->jobs > 1) { /* else one runner does everything: a fork and its copied pages are saved */
    deal(&w, steps, n, parallel < host->options->jobs ? parallel : host->options->jobs);
    n = 0;
  }
  if (w.n_batches && !work(&w))
    return false;
  steps[n++] = plan->derive;
  uint32_t *clauses = as_arena_calloc(tally->arena, (plan->n_rules + 1u) * sizeof *clauses);
  size_t n_clauses = sort_out(&w, true, clauses), alone = w.n_batches;
  memcpy(steps + n, clauses, n_clauses * sizeof *clauses);
  n += n_clauses;
  if (!alone)
    steps[n++] = plan->summary;
  w.n_batches = 0;
  add_batch(&w, steps, n);
  if (!work(&w))
    return false;
  if (!alone)
    return true;
  sort_out(&w, true, clauses);
  if (!work(&w))
    return false;
  add_batch(&w, &plan->summary, 1);
  return work(&w);
}

/* What was asked about the bundle, behind all else and in a process of its own. */
static bool answer(as_host *host, as_tally *tally) {
  const as_plan *plan = tally->plan;
  const as_batch batch = {&plan->inquiry, 1};
  return plan->inquiry == plan->n_steps || as_crew_work(host, tally, &batch, 1, 1, as_runner_main);
}

/* A model without records, at the moment of an earlier run. */
static void without_evidence(const as_host *host, as_reading_done *out) {
  const as_node *run = as_node_get(host->options->stored, "run");
  as_str as_of = as_str_of(as_node_str(run, "as_of", ""));
  as_model *model = as_model_new(out->arena, host->intern, host->kinds);
  out->bundle = (as_bundle){.model = model, .name = as_node_str(run, "bundle", "")};
  if (!as_date_parse(as_of, &out->bundle.as_of) && !as_time_parse(as_of, &out->bundle.as_of))
    out->status = AS_BUNDLE_INVALID;
  else
    as_model_seal(model, out->bundle.as_of, out->diags);
}

void as_worker_read(const as_host *host, const char *path, as_reading_done *out) {
  const as_run_options *o = host->options;
  if (o->stored) {
    *out = (as_reading_done){.arena = as_arena_new(), .diags = as_diags_new(), .status = AS_BUNDLE_OK};
    without_evidence(host, out);
    return;
  }
  as_bundle_options options = {.path = path, .at = o->at, .limits = o->limits, .strict = o->strict, .tell_unmapped = o->unjudged};
  *out = (as_reading_done){.arena = as_arena_new(), .diags = as_diags_new()}; /* never freed: the process ends first */
  out->status = as_bundle_read(out->arena, host->intern, host->kinds, &options, &out->bundle, out->diags);
}

int as_worker_main(void *ctx, int out) {
  const as_worker_job *job = ctx;
  as_host *host = job->host;
  const as_run_options *o = host->options;
  host->out = out;
  if (!wall_in(job))
    return AS_CHILD_BROKEN;
  as_reading_done done;
  if (job->read)
    done = *job->read;
  else
    as_worker_read(host, job->bundle, &done);
  if (!as_diags_send(out, 0, done.diags, 0))
    return AS_EXIT_INTERNAL;
  if (done.status != AS_BUNDLE_OK)
    return through(host, done.status == AS_BUNDLE_MISSING ? "missing" : "invalid");
  as_bundle bundle = done.bundle;
  if (o->strict && as_diags_errors(done.diags) > 0)
    bundle.incomplete = true;
  size_t records = 0;
  for (size_t i = 0; i < as_model_documents(bundle.model); i++)
    records += as_model_document(bundle.model, i)->records;
  if (!send_bundle(host, &bundle, records))
    return AS_EXIT_INTERNAL;
  as_script_set_bundle(host->script, &bundle, host->kinds);
  if (!wall_up(host))
    return AS_CHILD_BROKEN;
  as_tally *tally = as_tally_new(done.arena, job->plan, o, NULL);
  if (!o->stored && (!evaluate(host, tally, bundle.model, records) || !answer(host, tally)))
    return AS_EXIT_INTERNAL;
  if (o->session && !as_session_serve(host, tally, as_session_main))
    return AS_EXIT_INTERNAL;
  return through(host, "ok");
}
