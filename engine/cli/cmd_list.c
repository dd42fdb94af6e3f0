/* assay list: what is there: rules, requirements, kinds, params, formats. */
#include <string.h>

#include "cli/app.h"

static const char *const things[] = {"rules", "requirements", "kinds", "params", "formats"};

static const as_flag flags[] = {
    {"effective", AS_FLAG_SWITCH, 0, false, NULL, "after tailoring, with the origin of everything", NULL},
    AS_FLAG_RULES,
    AS_FLAG_CONFIG,
    AS_FLAG_ALLOW_ROOT,
    {"control", AS_FLAG_TEXT, 'c', true, "GLOB", "only these requirements (repeatable)", NULL},
    {"param", AS_FLAG_TEXT, 'p', true, "NAME=VALUE", "as of eval, to see the effect (repeatable)", NULL},
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

static int run(as_app *app) {
  const char *const *words;
  as_args_words(app->args, &words);
  bool known = false;
  for (size_t i = 0; i < sizeof things / sizeof *things; i++)
    known = known || strcmp(words[0], things[i]) == 0;
  as_diags *diags = as_diags_new();
  int code = AS_EXIT_OK;
  as_buf text = {0};
  if (!known) {
    const char *close = as_suggest(words[0], things, sizeof things / sizeof *things);
    as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0,
                 close ? as_arena_printf(app->arena, "did you mean `%s`?", close) : "usage: assay list rules|requirements|kinds|params|formats",
                 "`assay list` knows no `%s`", words[0]);
    code = AS_EXIT_USAGE;
  } else {
    as_run_options options;
    as_app_options(app, &options);
    options.n_params = as_args_texts(app->args, "param", &options.params);
    options.n_select = as_args_texts(app->args, "control", &options.select);
    as_node *arg = as_app_paper(app, true);
    as_node_put(app->arena, arg, "what", as_node_text(app->arena, as_str_of(words[0])));
    as_node_put(app->arena, arg, "effective", as_node_bool(app->arena, as_args_on(app->args, "effective")));
    as_run_call call = {.module = "listing", .function = "list", .text = "text", .packs = true, .timed = true, .argument = arg};
    if (!as_run_script(&options, &call, app->arena, &text, NULL, diags, app->stop))
      code = app->stop && *app->stop ? AS_EXIT_INTERRUPTED : AS_EXIT_INVALID;
    else if (text.len && text.data[text.len - 1] != '\n')
      as_buf_addc(&text, '\n');
  }
  as_app_show(app, diags, 20, NULL);
  if (text.len && !as_app_out_buf(&text))
    code = AS_EXIT_IO;
  as_buf_free(&text);
  as_diags_free(diags);
  return code;
}

const as_command as_cmd_list = {
    .name = "list",
    .brief = "List what is there.",
    .usage = "rules|requirements|kinds|params|formats [flags]",
    .details = "examples:\n"
               "  assay list rules\n"
               "  assay list params --control A.5.18 --effective\n\n"
               "exit codes:\n"
               "  0 listed   64 usage   65 invalid rules or settings\n",
    .flags = flags,
    .min_words = 1,
    .max_words = 1,
    .words = "thing to list: rules, requirements, kinds, params or formats",
    .run = run};
