/* assay eval: evaluates bundles, stores the runs, writes reports, and says by its exit code how it went. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "cli/app.h"
#include "eval/proc.h"
#include "store/store.h"

#define SHOWN 20u /* diagnostics of one bundle that are printed */
static const char MORE[] = "-o json has them all";

static const char *const grades[] = {"major_nc", "minor_nc", "observation", "ofi", "never", NULL};

static const char *const isolations[] = {"bundle", "rule", "none", NULL}; /* in the order of as_isolation */

/* One flag for each row of base/limits.h. */
#define VALUE_OF_SIZE "SIZE"
#define VALUE_OF_COUNT "N"
#define VALUE_OF_SECONDS "SECONDS"
#define LIMIT_FLAG(member, name, type, value, what) {"limit-" name, AS_FLAG_##type, 0, false, VALUE_OF_##type, what, NULL},

static const as_flag flags[] = {
    AS_FLAG_RULES,
    AS_FLAG_CONFIG,
    {"control", AS_FLAG_TEXT, 'c', true, "GLOB", "evaluate only these requirements: A.5.18, 'A.8.*', '6.1.?' (repeatable)", NULL},
    {"at", AS_FLAG_TEXT, 0, false, "DATE", "the moment for which everything is judged, instead of the manifest's as_of", NULL},
    {"param", AS_FLAG_TEXT, 'p', true, "NAME=VALUE", "change a param of a rule: A.5.18.revoke_within=4h (repeatable)", NULL},
    AS_FLAG_OUTPUT,
    {"fail-on", AS_FLAG_WORD, 0, false, "GRADE", "exit with 1 when there is a finding of this grade or a worse one: major_nc, minor_nc (default), observation, ofi, never", grades},
    {"jobs", AS_FLAG_COUNT, 'j', false, "N", "processes side by side; default: as many as there are processors", NULL},
    AS_FLAG_STORE,
    {"strict", AS_FLAG_SWITCH, 0, false, NULL, "warnings about the evidence are errors", NULL},
    {"isolation", AS_FLAG_WORD, 0, false, "HOW", "which rules share a process: bundle (all), rule (none do), none (no sandbox at all: for debugging); default: those of trusted packs", isolations},
    {"require-sandbox", AS_FLAG_SWITCH, 0, false, NULL, "end before anything is read where a wall of the sandbox is missing", NULL},
    AS_FLAG_ALLOW_ROOT,
    AS_LIMITS_OF_RULES(LIMIT_FLAG) AS_LIMITS_OF_READERS(LIMIT_FLAG) AS_LIMITS_OF_BUNDLES(LIMIT_FLAG) AS_LIMITS_OF_PATTERNS(LIMIT_FLAG)
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

typedef struct {
  as_app *app;
  as_run_options *options;
  as_output *outputs;
  size_t n_outputs;
  const char *store_path;
  as_store *store;
  as_store_origin origin;
  int fail_on;  /* rank; 5: never */
  int code;     /* worst so far */
  bool progress, drawn;
  double last;
} evaluating;

/* Which of two exit codes says more. */
static int worse(int a, int b) {
  static const int order[] = {AS_EXIT_OK, AS_EXIT_FINDINGS, AS_EXIT_INCOMPLETE, AS_EXIT_INVALID, AS_EXIT_MISSING, AS_EXIT_INTERNAL, AS_EXIT_IO, AS_EXIT_INTERRUPTED};
  int x = 0, y = 0;
  for (int i = 0; i < (int)(sizeof order / sizeof *order); i++) {
    x = order[i] == a ? i : x;
    y = order[i] == b ? i : y;
  }
  return x > y ? a : b;
}

static void wipe(evaluating *e) {
  if (e->drawn)
    fputs("\r\x1b[K", stderr);
  e->drawn = false;
}

static void progress(void *ctx, size_t bundle, size_t done, size_t total) {
  evaluating *e = ctx;
  double now = as_proc_now();
  if (now - e->last < 0.1)
    return;
  e->last = now;
  as_buf shown = {0};
  as_show(as_str_of(e->options->bundles[bundle]), false, &shown);
  fprintf(stderr, "\r\x1b[K%zu/%zu %s: %zu of %zu", bundle + 1, e->options->n_bundles, shown.data, done, total);
  fflush(stderr);
  as_buf_free(&shown);
  e->drawn = true;
}

static bool is_there(const char *path) { return strcmp(path, "-") == 0 || access(path, F_OK) == 0; }

static void loaded(void *ctx, as_diags *diags) {
  evaluating *e = ctx;
  as_app_show(e->app, diags, SHOWN, NULL);
}

static const char *engine_hash(as_app *app) {
  as_buf program = {0};
  const char *why;
  char hex[65];
  if (!as_file_read(AT_FDCWD, "/proc/self/exe", (uint64_t)1 << 30, &program, &why)) {
    as_buf_free(&program);
    return NULL;
  }
  as_sha256_hex(program.data, program.len, hex);
  as_buf_free(&program);
  return as_arena_copy(app->arena, hex, 64);
}

static void keep(evaluating *e, const as_node *result) {
  as_diags *diags = as_diags_new();
  if (!as_store_put(e->store, result, &e->origin, diags))
    e->code = worse(e->code, AS_EXIT_IO);
  as_app_show(e->app, diags, 0, NULL);
  as_diags_free(diags);
}

static bool finished(void *ctx, const as_run_bundle *bundle) {
  evaluating *e = ctx;
  wipe(e);
  as_app_show_bundle(e->app, bundle, SHOWN, bundle->result ? MORE : NULL);
  e->code = worse(e->code, bundle->code);
  if (!bundle->result) {
    if (bundle->code == AS_EXIT_INTERNAL)
      as_app_say("assay: %s: no result can be given\n", bundle->path);
    return true;
  }
  if (e->app->stop && *e->app->stop) /* nothing is stored or shown of what was interrupted */
    return false;
  int rank = as_result_worst(bundle->result);
  if (rank >= e->fail_on)
    e->code = worse(e->code, AS_EXIT_FINDINGS);
  if (e->store)
    keep(e, bundle->result);
  for (size_t i = 0; i < e->n_outputs; i++) {
    int code = as_app_report(e->app, e->options, bundle->result, &e->outputs[i]);
    e->code = worse(e->code, code);
    if (code == AS_EXIT_IO && !e->outputs[i].path) /* nobody reads stdout any more */
      return false;
  }
  return true;
}

static void read_limits(const as_args *args, as_limits *limits) {
#define READ_SIZE(flag, value) as_args_count(args, flag, value)
#define READ_COUNT(flag, value) as_args_count(args, flag, value)
#define READ_SECONDS(flag, value) as_args_seconds(args, flag, value)
#define READ(member, name, type, value, what) limits->member = READ_##type("limit-" name, limits->member);
  AS_LIMITS(READ)
}

/* Flags that make no sense together. */
static bool sensible(const evaluating *e, as_diags *diags) {
  size_t stdins = 0;
  for (size_t i = 0; i < e->options->n_bundles; i++)
    stdins += strcmp(e->options->bundles[i], "-") == 0;
  if (e->options->require_walls && e->options->isolation == AS_ISOLATION_NONE)
    as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0, NULL, "--require-sandbox and --isolation none exclude each other");
  if (stdins > 1)
    as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0, NULL, "standard input can be read only once");
  for (size_t i = 0; i < e->n_outputs; i++)
    if (e->options->n_bundles > 1 && e->outputs[i].path && !e->outputs[i].per_bundle)
      as_diags_add(diags, "E0704", AS_ERROR, NULL, 0, 0, "write {bundle} where its name shall stand: -o json:results/{bundle}.json",
                   "%s would hold only the last of %zu bundles", e->outputs[i].path, e->options->n_bundles);
  return as_diags_errors(diags) == 0;
}

static void read_sandbox(const as_args *args, as_run_options *o) {
  const char *word = as_args_text(args, "isolation", NULL);
  for (int i = 0; word && isolations[i]; i++)
    if (strcmp(word, isolations[i]) == 0)
      o->isolation = (as_isolation)(AS_ISOLATION_BUNDLE + i);
  o->require_walls = as_args_on(args, "require-sandbox");
}

/* A sandbox that is demanded is tried before anything is opened. */
static bool has_sandbox(const evaluating *e) {
  if (!e->options->require_walls)
    return true;
  as_diags *diags = as_diags_new();
  bool ok = as_run_walls(e->options, diags);
  as_app_show(e->app, diags, 0, NULL);
  as_diags_free(diags);
  return ok;
}

static int run(as_app *app) {
  as_run_options options;
  evaluating e = {.app = app, .options = &options};
  as_diags *diags = as_diags_new();
  const char *const *words;
  as_app_options(app, &options);
  options.n_bundles = as_args_words(app->args, &words);
  options.bundles = words;
  options.n_params = as_args_texts(app->args, "param", &options.params);
  options.n_select = as_args_texts(app->args, "control", &options.select);
  options.at = as_args_text(app->args, "at", NULL);
  options.strict = as_args_on(app->args, "strict");
  options.jobs = as_app_jobs(app);
  read_limits(app->args, &options.limits);
  read_sandbox(app->args, &options);
  const char *fail_on = as_args_text(app->args, "fail-on", "minor_nc");
  e.fail_on = strcmp(fail_on, "never") == 0 ? 5 : as_result_rank(fail_on);
  e.progress = isatty(STDERR_FILENO);
  bool ok = as_app_outputs(app, &e.outputs, &e.n_outputs, diags) && sensible(&e, diags);
  as_app_show(app, diags, 0, NULL);
  as_diags_free(diags);
  if (!ok)
    return AS_EXIT_USAGE;
  if (!has_sandbox(&e))
    return AS_EXIT_INTERNAL;

  bool any = false;
  for (size_t i = 0; i < options.n_bundles; i++)
    any = any || is_there(options.bundles[i]);
  e.store_path = any ? as_app_store(app) : NULL;
  if (e.store_path) {
    diags = as_diags_new();
    e.store = as_store_open(e.store_path, diags);
    as_app_show(app, diags, 0, NULL);
    as_diags_free(diags);
    if (!e.store)
      return AS_EXIT_IO;
    e.origin.engine_sha256 = engine_hash(app);
  }
  as_run_listener listener = {.ctx = &e, .loaded = loaded, .bundle = finished, .progress = e.progress ? progress : NULL};
  int code = as_run(&options, &listener, app->stop);
  wipe(&e);
  as_store_close(e.store);
  if (code == AS_EXIT_INTERRUPTED)
    as_app_say("assay: interrupted\n");
  return worse(code, e.code);
}

const as_command as_cmd_eval = {
    .name = "eval",
    .brief = "Evaluate bundles of evidence: which controls work, where the gaps are, what risk remains.",
    .usage = "BUNDLE… [flags]",
    .details = "A BUNDLE is a folder with a bundle.yaml, a single document, or - for standard input.\n"
               "Every flag may come from the environment (ASSAY_EVAL_FAIL_ON=never) or from assay.yaml (eval: {fail_on: never}).\n\n"
               "examples:\n"
               "  assay eval acme\n"
               "  assay eval acme --control 'A.5.*' --param A.5.18.revoke_within=4h\n"
               "  assay eval acme -o terminal -o json:result.json --fail-on major_nc\n"
               "  assay eval bundles/* -o json:results/{bundle}.json --jobs 4\n\n"
               "limits: docs/reference/limits.md says what each bounds, and its default. What meets one is told with its name.\n\n"
               "exit codes:\n"
               "  0 nothing at or above --fail-on   1 findings   2 incomplete: a rule erred, a document was unreadable\n"
               "  64 usage   65 invalid rules, settings or bundle   66 no such bundle   70 internal, or no sandbox although it is demanded\n"
               "  74 input or output   130 interrupted\n",
    .flags = flags,
    .min_words = 1,
    .max_words = 1000000,
    .words = "bundle",
    .run = run};
