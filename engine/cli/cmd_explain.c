/* assay explain: what a rule tests, and, with a bundle, why it came out so or what became of one record. */
#include <string.h>

#include "cli/app.h"

#define SHOWN 5u /* diagnostics of the bundle that are printed: to list them is for eval */

static const char *const formats[] = {"text", "json", NULL};

static const as_flag flags[] = {
    {"check", AS_FLAG_TEXT, 0, false, "NAME", "only this check, with its code", NULL},
    {"record", AS_FLAG_TEXT, 0, false, "KEY", "what became of one record: its key, \"kind key\", or document:line", NULL},
    {"limit", AS_FLAG_COUNT, 0, false, "N", "failing records shown of each check; default 20", NULL},
    {"format", AS_FLAG_WORD, 0, false, "FORMAT", "text (default) or json", formats},
    AS_FLAG_RULES,
    AS_FLAG_CONFIG,
    AS_FLAG_ALLOW_ROOT,
    {"param", AS_FLAG_TEXT, 'p', true, "NAME=VALUE", "change a param, as of eval (repeatable)", NULL},
    {"at", AS_FLAG_TEXT, 0, false, "DATE", "the moment for which everything is judged, as of eval", NULL},
    {"limit-memory", AS_FLAG_SIZE, 0, false, "SIZE", "memory of one rule; default 64MB", NULL},
    {"limit-time", AS_FLAG_SECONDS, 0, false, "SECONDS", "time of one rule; default 5", NULL},
    {"limit-steps", AS_FLAG_COUNT, 0, false, "N", "instructions of one rule; default: not counted", NULL},
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

typedef struct {
  as_app *app;
  const char *requirement;
  as_node *answer; /* to the inquiry */
  int code;
} asking;

static void put(as_app *app, as_node *map, const char *name, const char *text) {
  if (text)
    as_node_put(app->arena, map, name, as_node_text(app->arena, as_str_of(text)));
}

static as_node *question(as_app *app, const char *requirement, const char *bundle) {
  as_node *ask = as_app_paper(app, true);
  put(app, ask, "requirement", requirement);
  put(app, ask, "bundle", bundle);
  put(app, ask, "check", as_args_text(app->args, "check", NULL));
  put(app, ask, "record", as_args_text(app->args, "record", NULL));
  put(app, ask, "format", as_args_text(app->args, "format", "text"));
  as_node_put(app->arena, ask, "limit", as_node_int(app->arena, (int64_t)as_args_count(app->args, "limit", 20)));
  return ask;
}

/* What is wrong with the question, told; AS_EXIT_OK where nothing is. */
static int problem(as_app *app, const as_node *answer) {
  const char *text = as_node_str(answer, "problem", NULL);
  if (!text)
    return AS_EXIT_OK;
  as_diags *diags = as_diags_new();
  as_diags_add(diags, "E0720", AS_ERROR, NULL, 0, 0, as_node_str(answer, "help", NULL), "%s", text);
  as_app_show(app, diags, 0, NULL);
  as_diags_free(diags);
  return (int)as_node_integer(answer, "exit", AS_EXIT_USAGE);
}

/* A call of the stdlib whose text goes to stdout. */
static int call(as_app *app, const as_run_options *options, const as_run_call *c) {
  as_diags *diags = as_diags_new();
  as_buf text = {0};
  as_node *rest = NULL;
  int code = AS_EXIT_OK;
  bool ok = as_run_script(options, c, app->arena, &text, &rest, diags, app->stop);
  as_app_show(app, diags, 20, NULL);
  as_diags_free(diags);
  if (!ok)
    code = app->stop && *app->stop ? AS_EXIT_INTERRUPTED : AS_EXIT_INVALID;
  else
    code = problem(app, rest);
  if (code == AS_EXIT_OK && text.len && !as_app_out_buf(&text))
    code = AS_EXIT_IO;
  if (code == AS_EXIT_OK && ok)
    code = (int)as_node_integer(rest, "exit", AS_EXIT_OK);
  as_buf_free(&text);
  return code;
}

static void loaded(void *ctx, as_diags *diags) {
  asking *a = ctx;
  if (as_diags_errors(diags) > 0)
    as_app_show(a->app, diags, SHOWN, NULL);
}

/* Whether a diagnostic belongs to the explanation: of the evidence, or of this rule. Those of other rules do not. */
static bool concerns(const as_diag *d, const char *requirement) {
  size_t n = strlen(requirement);
  if (strncmp(d->code, "E06", 3) != 0)
    return d->severity == AS_ERROR;
  return strncmp(d->message, requirement, n) == 0 && (d->message[n] == ',' || d->message[n] == ':' || d->message[n] == ' ');
}

static bool finished(void *ctx, const as_run_bundle *bundle) {
  asking *a = ctx;
  as_run_bundle shown = *bundle;
  shown.diags = as_diags_new();
  for (size_t i = 0; i < as_diags_count(bundle->diags); i++)
    if (!bundle->result || concerns(as_diags_at(bundle->diags, i), a->requirement))
      as_diags_push(shown.diags, as_diags_at(bundle->diags, i));
  as_app_show_bundle(a->app, &shown, SHOWN, "`assay eval` shows them");
  as_diags_free(shown.diags);
  a->code = bundle->code;
  if (bundle->answer)
    a->answer = as_node_copy(a->app->arena, bundle->answer);
  return true;
}

static int with_bundle(as_app *app, as_run_options *options, as_node *ask, const char *bundle) {
  asking a = {.app = app, .requirement = as_node_str(ask, "requirement", "")};
  as_run_inquiry inquiry = {"explain", "inquire", ask};
  options->inquiry = &inquiry;
  options->bundles = &bundle;
  options->n_bundles = 1;
  as_run_listener listener = {.ctx = &a, .loaded = loaded, .bundle = finished};
  int code = as_run(options, &listener, app->stop);
  options->inquiry = NULL;
  options->n_bundles = 0;
  if (code != AS_EXIT_OK || !a.answer)
    return code ? code : a.code ? a.code : AS_EXIT_INTERNAL;
  code = problem(app, a.answer);
  if (code != AS_EXIT_OK)
    return code;
  as_node *paper = as_app_paper(app, true);
  put(app, paper, "format", as_args_text(app->args, "format", "text"));
  as_node_put(app->arena, paper, "data", a.answer);
  as_run_call c = {.module = "explain_text", .function = "render", .text = "text", .bare = true, .argument = paper};
  code = call(app, options, &c);
  if (code == AS_EXIT_OK && as_node_get(a.answer, "broken"))
    code = AS_EXIT_INVALID;
  else if (code == AS_EXIT_OK && strcmp(as_node_str(as_node_get(a.answer, "result"), "status", ""), "error") == 0)
    code = AS_EXIT_INCOMPLETE;
  return code;
}

static int run(as_app *app) {
  const char *const *words;
  size_t n = as_args_words(app->args, &words);
  if (n < 2 && as_args_text(app->args, "record", NULL)) {
    as_diags *diags = as_diags_new();
    as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0, "assay explain A.5.18 acme --record acc-17", "--record needs a bundle in which the record is");
    as_app_show(app, diags, 0, NULL);
    as_diags_free(diags);
    return AS_EXIT_USAGE;
  }
  as_run_options options;
  as_app_options(app, &options);
  options.n_params = as_args_texts(app->args, "param", &options.params);
  options.at = as_args_text(app->args, "at", NULL);
  as_node *ask = question(app, words[0], n > 1 ? words[1] : NULL);
  as_run_call c = {.module = "explain", .function = n > 1 ? "known" : "rule", .text = "text", .packs = true, .timed = true, .argument = ask};
  int code = call(app, &options, &c);
  return code == AS_EXIT_OK && n > 1 ? with_bundle(app, &options, ask, words[1]) : code;
}

const as_command as_cmd_explain = {
    .name = "explain",
    .brief = "Tell what a rule tests, and why it came out so.",
    .usage = "REQUIREMENT [BUNDLE] [flags]",
    .details = "Without a bundle: what the rule asks for, its limits and where each comes from, its checks in words.\n"
               "With one: what became of each check, the failing records, the score worked out line by line, and the risks that it moves.\n\n"
               "examples:\n"
               "  assay explain A.5.18\n"
               "  assay explain A.5.18 acme --check leavers_revoked\n"
               "  assay explain A.5.18 acme --record acc-17\n\n"
               "exit codes:\n"
               "  0 explained   2 the rule erred   64 usage, or no such requirement or check   65 invalid rules, settings or bundle\n"
               "  66 no such bundle or record   70 internal   74 input or output   130 interrupted\n",
    .flags = flags,
    .min_words = 1,
    .max_words = 2,
    .words = "requirement (A.5.18, 6.1.2), and the bundle",
    .run = run};
