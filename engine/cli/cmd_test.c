/* assay test: what is asked for on the command line, and which files it concerns. */
#include <string.h>
#include <unistd.h>

#include "cli/test.h"

static const char *const formats[] = {"pretty", "tap", "junit", "json", NULL};

static const as_flag flags[] = {
    {"pattern", AS_FLAG_TEXT, 'k', false, "PATTERN", "only tests (with --mutate: mutants) whose name holds this text", NULL},
    {"format", AS_FLAG_WORD, 0, false, "FORMAT", "how results are written: pretty (default on a terminal), tap (default elsewhere), junit, json", formats},
    {"coverage", AS_FLAG_SWITCH, 0, false, NULL, "show which lines of the rules and which outcomes of their checks the tests reach", NULL},
    {"threshold", AS_FLAG_COUNT, 0, false, "PERCENT", "fail when less is covered, of lines or of outcomes; implies --coverage", NULL},
    {"mutate", AS_FLAG_SWITCH, 0, false, NULL, "change the rules one thing at a time, and fail where no test notices", NULL},
    {"fail-on-empty", AS_FLAG_SWITCH, 0, false, NULL, "fail when there is no test, or a rule beside which none stands", NULL},
    {"watch", AS_FLAG_SWITCH, 0, false, NULL, "run what a change of a file concerns, until Ctrl-C", NULL},
    {"jobs", AS_FLAG_COUNT, 'j', false, "N", "processes side by side; default: as many as there are processors", NULL},
    AS_FLAG_RULES,
    AS_FLAG_CONFIG,
    AS_FLAG_ALLOW_ROOT,
    {"limit-memory", AS_FLAG_SIZE, 0, false, "SIZE", "memory of one test file or mutant; default 1GB", NULL},
    {"limit-time", AS_FLAG_SECONDS, 0, false, "SECONDS", "time of one test file or mutant; default 1min", NULL},
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

/* Without a PATH: all packs. */
static void find_paths(as_test *t) {
  t->n_paths = as_args_words(t->app->args, &t->paths);
  if (t->n_paths)
    return;
  size_t room = t->options.n_packs;
  while (as_app_config_pack(t->app, room - t->options.n_packs))
    room++;
  const char **paths = as_arena_calloc(t->app->arena, room * sizeof *paths);
  for (size_t i = 0; i < t->options.n_packs; i++)
    paths[t->n_paths++] = t->options.packs[i].path;
  for (size_t i = 0; t->n_paths < room; i++)
    paths[t->n_paths++] = as_app_config_pack(t->app, i);
  t->paths = paths;
}

/* Tests read what lies in their pack, whose kinds hold for them; those of a project also what lies where they are run. */
static void make_readable(as_test *t) {
  as_arena *arena = t->app->arena;
  as_run_options *o = &t->options;
  const char **reads = as_arena_calloc(arena, (2 * t->n_paths + 1) * sizeof *reads);
  as_pack_path *packs = as_arena_calloc(arena, (o->n_packs + t->n_paths + 1) * sizeof *packs);
  memcpy(packs, o->packs, o->n_packs * sizeof *packs);
  o->packs = packs;
  for (size_t i = 0; i < t->n_paths; i++) {
    const char *home = as_app_pack_of(arena, t->paths[i]);
    bool known = access(as_arena_printf(arena, "%s/pack.yaml", home), F_OK) != 0;
    for (size_t k = 0; !known && k < o->n_packs; k++)
      known = as_app_same_place(packs[k].path, home);
    for (size_t k = 0; !known && as_app_config_pack(t->app, k); k++)
      known = as_app_same_place(as_app_config_pack(t->app, k), home);
    if (!known)
      packs[o->n_packs++] = (as_pack_path){home, false};
    reads[2 * i] = t->paths[i];
    reads[2 * i + 1] = home;
  }
  reads[2 * t->n_paths] = ".";
  o->reads = reads;
  o->n_reads = 2 * t->n_paths + 1;
}

/* What is wrong with flags that are right one by one; NULL where nothing is. */
static const char *misused(const as_args *args) {
  bool covers = as_args_on(args, "coverage") || as_args_text(args, "threshold", NULL);
  if (as_args_count(args, "threshold", 1) > 100)
    return "--threshold is a share in percent, from 1 to 100";
  if (covers && as_args_text(args, "pattern", NULL) && !as_args_on(args, "mutate"))
    return "--coverage is that of all tests of a rule, so it goes without -k";
  return NULL;
}

static int run(as_app *app) {
  as_test t = {.app = app};
  as_app_options(app, &t.options);
  t.options.memory_bytes = as_args_count(app->args, "limit-memory", (uint64_t)1 << 30);
  t.options.seconds = as_args_seconds(app->args, "limit-time", 60);
  t.options.jobs = as_app_jobs(app);
  t.quiet_progress = !isatty(STDERR_FILENO);
  const char *wrong = misused(app->args);
  if (wrong) {
    as_diags *diags = as_diags_new();
    as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0, NULL, "%s", wrong);
    as_app_show(app, diags, 0, NULL);
    as_diags_free(diags);
    return AS_EXIT_USAGE;
  }
  find_paths(&t);
  make_readable(&t);
  return as_args_on(app->args, "watch") ? as_test_watch(&t) : as_test_once(&t, NULL, 0);
}

const as_command as_cmd_test = {
    .name = "test",
    .brief = "Run the tests that stand beside rules.",
    .usage = "[PATH…] [flags]",
    .details = "A PATH is a test file, a rule file or a folder; without one, all packs are tested.\n\n"
               "examples:\n"
               "  assay test\n"
               "  assay test my/rules -k leavers\n"
               "  assay test my/rules --coverage --threshold 95\n"
               "  assay test my/rules --mutate\n"
               "  assay test my/rules --watch\n\n"
               "exit codes:\n"
               "  0 all passed   1 some failed   64 usage   65 the tests could not be run   66 no such test   130 interrupted\n",
    .flags = flags,
    .max_words = 100000,
    .words = "path",
    .run = run};
