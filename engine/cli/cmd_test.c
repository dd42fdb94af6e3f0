/* assay test: runs the tests of rules and shows them as TAP. */
#include <string.h>
#include <unistd.h>

#include "cli/app.h"

static const char *const formats[] = {"tap", NULL};

static const as_flag flags[] = {
    {"pattern", AS_FLAG_TEXT, 'k', false, "PATTERN", "only tests whose name holds this text", NULL},
    {"format", AS_FLAG_WORD, 0, false, "FORMAT", "how results are written: tap (default)", formats},
    AS_FLAG_RULES,
    AS_FLAG_CONFIG,
    AS_FLAG_ALLOW_ROOT,
    {"limit-memory", AS_FLAG_SIZE, 0, false, "SIZE", "memory of the tests; default 1GB", NULL},
    {"limit-time", AS_FLAG_SECONDS, 0, false, "SECONDS", "time of all tests; default 10min", NULL},
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

static as_node *argument(const as_app *app, const as_run_options *options) {
  as_arena *arena = app->arena;
  const char *const *words;
  size_t n = as_args_words(app->args, &words);
  as_node *arg = as_node_new(arena, AS_MAP);
  as_node *paths = as_node_put(arena, arg, "paths", as_node_new(arena, AS_LIST));
  as_node *packs = as_node_put(arena, arg, "packs", as_node_new(arena, AS_LIST));
  for (size_t i = 0; i < n; i++)
    as_node_add(paths, as_node_text(arena, as_str_of(words[i])));
  for (size_t i = 0; i < options->n_packs; i++) {
    as_node *pack = as_node_add(packs, as_node_new(arena, AS_MAP));
    as_node_put(arena, pack, "path", as_node_text(arena, as_str_of(options->packs[i].path)));
    as_node_put(arena, pack, "trusted", as_node_bool(arena, options->packs[i].shipped));
    if (n == 0)
      as_node_add(paths, as_node_text(arena, as_str_of(options->packs[i].path)));
  }
  const char *pattern = as_args_text(app->args, "pattern", NULL);
  if (pattern)
    as_node_put(arena, arg, "pattern", as_node_text(arena, as_str_of(pattern)));
  if (options->config_path)
    as_node_put(arena, arg, "config_path", as_node_text(arena, as_str_of(options->config_path)));
  return arg;
}

/* The folder of the pack that a test belongs to, else the one it lies in. */
static const char *home_of(as_arena *arena, const char *path) {
  const char *home = NULL;
  for (size_t n = strlen(path); n && !(home && access(as_arena_printf(arena, "%s/pack.yaml", home), F_OK) == 0);) {
    while (n && path[n - 1] != '/')
      n--;
    const char *folder = n > 1 ? as_arena_copy(arena, path, n - 1) : n ? "/" : ".";
    if (!home || access(as_arena_printf(arena, "%s/pack.yaml", folder), F_OK) == 0)
      home = folder;
    n = n ? n - 1 : 0;
  }
  return home ? home : ".";
}

/* Tests read what lies in their pack; those of a project also what lies where they are run. */
static void readable(const as_app *app, as_run_options *options) {
  const char *const *words;
  size_t n = as_args_words(app->args, &words);
  const char **reads = as_arena_calloc(app->arena, (2 * n + 1) * sizeof *reads);
  for (size_t i = 0; i < n; i++) {
    reads[2 * i] = words[i];
    reads[2 * i + 1] = home_of(app->arena, words[i]);
  }
  reads[2 * n] = ".";
  options->reads = reads;
  options->n_reads = 2 * n + 1;
}

static int run(as_app *app) {
  as_run_options options;
  as_app_options(app, &options);
  options.memory_bytes = as_args_count(app->args, "limit-memory", (uint64_t)1 << 30);
  options.seconds = as_args_seconds(app->args, "limit-time", 600);
  readable(app, &options);
  as_run_call call = {.module = "testing", .function = "run", .text = "tap", .timed = true, .argument = argument(app, &options)};
  as_diags *diags = as_diags_new();
  as_buf tap = {0};
  as_node *rest = NULL;
  bool ok = as_run_script(&options, &call, app->arena, &tap, &rest, diags, app->stop);
  as_app_show(app, diags, 20, NULL);
  int code = !ok ? AS_EXIT_INVALID : as_node_integer(rest, "failed", 0) > 0 || as_diags_errors(diags) > 0 ? AS_EXIT_FINDINGS : AS_EXIT_OK;
  if (tap.len && !as_app_out_buf(&tap))
    code = AS_EXIT_IO;
  if (ok)
    as_app_say("%lld passed, %lld failed\n", (long long)as_node_integer(rest, "passed", 0), (long long)as_node_integer(rest, "failed", 0));
  else if (app->stop && *app->stop)
    code = AS_EXIT_INTERRUPTED;
  as_buf_free(&tap);
  as_diags_free(diags);
  return code;
}

const as_command as_cmd_test = {
    .name = "test",
    .brief = "Run the tests that stand beside rules.",
    .usage = "[PATH…] [flags]",
    .details = "A PATH is a test file, a rule file or a folder; without one, all packs are tested. Results are TAP on stdout.\n\n"
               "examples:\n"
               "  assay test\n"
               "  assay test my/rules -k leavers\n\n"
               "exit codes:\n"
               "  0 all passed   1 some failed   64 usage   65 the tests could not be run\n",
    .flags = flags,
    .max_words = 100000,
    .words = "path",
    .run = run};
