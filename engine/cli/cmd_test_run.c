/* assay test: has the tests planned, carried out and reported, each in processes of their own. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/test.h"
#include "eval/items.h"

#define MUTANT_STEPS 200000000u /* instructions: what ends in no time by itself never comes near it */

/* ---- what Lua is told ---- */

static void put_text(as_arena *arena, as_node *map, const char *key, const char *text) {
  if (text)
    as_node_put(arena, map, key, as_node_text(arena, as_str_of(text)));
}

static as_node *texts(as_arena *arena, const char *const *words, size_t n) {
  as_node *list = as_node_new(arena, AS_LIST);
  for (size_t i = 0; i < n; i++)
    as_node_add(list, as_node_text(arena, as_str_of(words[i])));
  return list;
}

/* Everything that a call of `testing` may need but what it is about. */
static as_node *settings(const as_test *t, as_arena *arena) {
  as_node *arg = as_node_new(arena, AS_MAP);
  as_node *packs = as_node_put(arena, arg, "packs", as_node_new(arena, AS_LIST));
  for (size_t i = 0; i < t->options.n_packs; i++) {
    as_node *pack = as_node_add(packs, as_node_new(arena, AS_MAP));
    put_text(arena, pack, "path", t->options.packs[i].path);
    as_node_put(arena, pack, "trusted", as_node_bool(arena, t->options.packs[i].shipped));
  }
  put_text(arena, arg, "pattern", as_args_text(t->app->args, "pattern", NULL));
  put_text(arena, arg, "config_path", t->options.config_path);
  as_node_put(arena, arg, "mutate", as_node_bool(arena, as_args_on(t->app->args, "mutate")));
  as_node_put(arena, arg, "coverage", as_node_bool(arena, as_args_on(t->app->args, "coverage") || as_args_text(t->app->args, "threshold", NULL)));
  return arg;
}

/* The settings with the members of `more`. */
static const as_node *with(const as_node *base, const as_node *more, as_arena *arena) {
  as_node *arg = as_node_copy(arena, base);
  for (const as_node *m = more->first; m; m = m->next)
    as_node_put(arena, arg, m->key.p, as_node_copy(arena, m));
  return arg;
}

/* ---- the three steps ---- */

typedef struct {
  const as_node *const *items;
  const as_item_answer *answers;
  size_t n;
} answered;

static const as_node *plan(const as_test *t, const as_node *base, const char *const *changed, size_t n_changed, as_arena *arena, as_diags *diags) {
  as_node *more = as_node_new(arena, AS_MAP);
  as_node_put(arena, more, "paths", texts(arena, t->paths, t->n_paths));
  if (changed)
    as_node_put(arena, more, "changed", texts(arena, changed, n_changed));
  const as_node *item = with(base, more, arena);
  const as_items items = {.module = "testing", .function = "plan", .items = &item, .n = 1};
  as_item_answer answer = {0};
  return as_run_items(&t->options, &items, &answer, arena, diags, t->app->stop) ? answer.value : NULL;
}

static void progress(void *ctx, size_t done, size_t total) {
  const char *what = ctx;
  if (done == total || done % 16 == 0)
    fprintf(stderr, "\r%s: %zu of %zu%s", what, done, total, done == total ? "\r\x1b[K" : "");
}

static bool carry_out(const as_test *t, const as_run_options *options, const char *function, const as_node *const *list, size_t n, answered *out,
                      as_arena *arena, as_diags *diags) {
  as_item_answer *answers = as_arena_calloc(arena, (n + 1) * sizeof *answers);
  as_items items = {.module = "testing", .function = function, .items = list, .n = n};
  if (t->quiet_progress == false && strcmp(function, "mutant") == 0) {
    items.progress = progress;
    items.ctx = (void *)(uintptr_t)"mutants";
  }
  *out = (answered){list, answers, n};
  return as_run_items(options, &items, answers, arena, diags, t->app->stop);
}

static bool run_files(const as_test *t, const as_node *base, const as_node *planned, answered *out, as_arena *arena, as_diags *diags) {
  const as_node *files = as_node_get(planned, "files");
  size_t n = 0;
  const as_node **list = as_arena_calloc(arena, ((files ? files->count : 0) + 1) * sizeof *list);
  for (const as_node *file = files ? files->first : NULL; file; file = file->next) {
    as_node *more = as_node_new(arena, AS_MAP);
    put_text(arena, more, "path", file->text.p);
    list[n++] = with(base, more, arena);
  }
  return carry_out(t, &t->options, "file", list, n, out, arena, diags);
}

/* The mutants that the test files have named. Those of files with failing tests say nothing, but are few. */
static bool run_mutants(const as_test *t, const as_node *base, const answered *files, answered *out, as_arena *arena, as_diags *diags) {
  size_t n = 0;
  for (size_t i = 0; i < files->n; i++) {
    const as_node *mutants = as_node_get(files->answers[i].value, "mutants");
    n += mutants ? mutants->count : 0;
  }
  const as_node **list = as_arena_calloc(arena, (n + 1) * sizeof *list);
  n = 0;
  for (size_t i = 0; i < files->n; i++) {
    const as_node *mutants = as_node_get(files->answers[i].value, "mutants");
    for (const as_node *mutant = mutants ? mutants->first : NULL; mutant; mutant = mutant->next) {
      as_node *arg = as_node_copy(arena, with(base, mutant, arena));
      put_text(arena, arg, "path", as_node_str(files->items[i], "path", ""));
      list[n++] = arg;
    }
  }
  as_run_options options = t->options;
  options.steps = MUTANT_STEPS;
  return carry_out(t, &options, "mutant", list, n, out, arena, diags);
}

static as_node *outcomes(const answered *done, const char *name, as_arena *arena) {
  as_node *list = as_node_new(arena, AS_LIST);
  for (size_t i = 0; i < done->n; i++) {
    const as_item_answer *a = &done->answers[i];
    as_node *one = as_node_add(list, as_node_new(arena, AS_MAP));
    put_text(arena, one, name, as_node_str(done->items[i], name, ""));
    if (a->value)
      as_node_put(arena, one, "answer", as_node_copy(arena, a->value));
    put_text(arena, one, "fault", a->fault);
    put_text(arena, one, "where", a->where);
    as_node_put(arena, one, "seconds", as_node_num(arena, a->seconds));
  }
  return list;
}

static bool report(const as_test *t, as_node *arg, as_arena *arena, as_buf *text, as_node **rest, as_diags *diags) {
  char stamp[32];
  time_t now = time(NULL);
  struct tm parts;
  gmtime_r(&now, &parts);
  strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &parts);
  put_text(arena, arg, "timestamp", stamp);
  put_text(arena, arg, "format", as_args_text(t->app->args, "format", isatty(STDOUT_FILENO) ? "pretty" : "tap"));
  as_node_put(arena, arg, "color", as_node_bool(arena, t->app->color_out));
  if (t->app->columns > 0)
    as_node_put(arena, arg, "width", as_node_int(arena, t->app->columns));
  as_node_put(arena, arg, "fail_on_empty", as_node_bool(arena, as_args_on(t->app->args, "fail-on-empty")));
  uint64_t threshold = as_args_count(t->app->args, "threshold", 0);
  if (threshold)
    as_node_put(arena, arg, "threshold", as_node_int(arena, (int64_t)threshold));
  as_run_call call = {.module = "testing", .function = "report", .text = "text", .bare = true, .argument = arg};
  return as_run_script(&t->options, &call, arena, text, rest, diags, t->app->stop);
}

/* What the report came to, as an exit code. */
static int verdict(const as_test *t, bool ok, const as_node *rest) {
  if (t->app->stop && *t->app->stop)
    return AS_EXIT_INTERRUPTED;
  if (!ok)
    return AS_EXIT_INVALID;
  return (int)as_node_integer(rest, "exit", as_node_integer(rest, "failed", 0) > 0 ? AS_EXIT_FINDINGS : AS_EXIT_OK);
}

int as_test_once(const as_test *t, const char *const *changed, size_t n_changed) {
  as_arena *arena = as_arena_new();
  as_diags *diags = as_diags_new();
  as_buf text = {0};
  as_node *rest = NULL;
  answered files = {0}, mutants = {0};
  const as_node *base = settings(t, arena);
  const as_node *planned = plan(t, base, changed, n_changed, arena, diags);
  int code = planned ? (int)as_node_integer(planned, "exit", AS_EXIT_OK) : AS_EXIT_INVALID;
  if (code == AS_EXIT_OK) {
    bool ok = run_files(t, base, planned, &files, arena, diags) && run_mutants(t, base, &files, &mutants, arena, diags);
    if (ok) {
      as_node *arg = as_node_copy(arena, base);
      as_node_put(arena, arg, "plan", as_node_copy(arena, planned));
      as_node_put(arena, arg, "files", outcomes(&files, "path", arena));
      as_node_put(arena, arg, "mutants", outcomes(&mutants, "id", arena));
      ok = report(t, arg, arena, &text, &rest, diags);
    }
    code = verdict(t, ok, rest);
  }
  as_app_show(t->app, diags, 20, NULL);
  if (text.len && !as_app_out_buf(&text))
    code = AS_EXIT_IO;
  if (text.len)
    as_app_say("%lld passed, %lld failed\n", (long long)as_node_integer(rest, "passed", 0), (long long)as_node_integer(rest, "failed", 0));
  as_buf_free(&text);
  as_diags_free(diags);
  as_arena_free(arena);
  return code;
}
