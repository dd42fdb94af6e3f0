/* assay list: everything there is: rules, requirements, kinds, building blocks, limits … */
#include <string.h>

#include "base/limits.h"
#include "cli/app.h"
#include "read/read.h"

/* What can be listed, and whether the packs must be loaded for it. */
static const struct {
  const char *name;
  bool packs;
} things[] = {{"rules", true}, {"requirements", true}, {"checks", true}, {"params", true}, {"packs", true}, {"kinds", false},
              {"blocks", false}, {"conditions", false}, {"reference", false}, {"formats", false}, {"limits", false}, {"commands", false}, {"codes", false}};
#define THINGS (sizeof things / sizeof *things)

static const char *const formats[] = {"text", "json", "markdown", "lua", "man", NULL};

static const as_flag flags[] = {
    {"effective", AS_FLAG_SWITCH, 0, false, NULL, "rules, checks and params: with the file and line that each comes from", NULL},
    {"control", AS_FLAG_TEXT, 'c', true, "GLOB", "only these requirements (repeatable)", NULL},
    {"param", AS_FLAG_TEXT, 'p', true, "NAME=VALUE", "as of eval, to see the effect (repeatable)", NULL},
    {"format", AS_FLAG_WORD, 0, false, "FORMAT", "text (default), json, markdown; lua: annotations for editors (kinds, blocks, conditions); man: the manual page (commands)", formats},
    AS_FLAG_RULES,
    AS_FLAG_CONFIG,
    AS_FLAG_ALLOW_ROOT,
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

static as_node *text_node(as_app *app, const char *text) { return as_node_text(app->arena, as_str_of(text)); }

/* What formats have instead of the default: "; yaml 64 MB". */
static void add_formats(const as_limit_row *row, as_buf *out) {
  for (as_format f = AS_FORMAT_YAML; row->type != AS_LIMIT_SECONDS && f <= AS_FORMAT_TEXT; f++) {
    as_limits own = as_read_limits_for(&as_limits_default, f);
    uint64_t value, usual;
    memcpy(&value, (char *)&own + row->offset, sizeof value);
    memcpy(&usual, (const char *)&as_limits_default + row->offset, sizeof usual);
    if (value == usual)
      continue;
    as_buf_printf(out, "; %s ", as_format_name(f));
    as_limit_show_value(value, row->type == AS_LIMIT_SIZE, out);
  }
}

static as_node *limits(as_app *app) {
  as_node *list = as_node_new(app->arena, AS_LIST);
  for (size_t i = 0; i < as_limit_count; i++) {
    const as_limit_row *row = &as_limit_rows[i];
    as_node *n = as_node_add(list, as_node_new(app->arena, AS_MAP));
    as_buf value = {0};
    as_limit_show(&as_limits_default, row, &value);
    add_formats(row, &value);
    as_node_put(app->arena, n, "limit", text_node(app, as_arena_printf(app->arena, "--limit-%s", row->name)));
    as_node_put(app->arena, n, "default", as_node_text(app->arena, (as_str){value.data, value.len}));
    as_node_put(app->arena, n, "bounds", text_node(app, row->what));
    as_buf_free(&value);
  }
  return list;
}

static as_node *flags_of(as_app *app, const as_command *command) {
  as_node *list = as_node_new(app->arena, AS_LIST);
  for (const as_flag *f = command->flags; f->name; f++) {
    as_node *n = as_node_add(list, as_node_new(app->arena, AS_MAP));
    as_node_put(app->arena, n, "name", text_node(app, f->name));
    if (f->letter)
      as_node_put(app->arena, n, "letter", as_node_text(app->arena, (as_str){&f->letter, 1}));
    if (f->value && f->type != AS_FLAG_SWITCH)
      as_node_put(app->arena, n, "value", text_node(app, f->value));
    as_node_put(app->arena, n, "help", text_node(app, f->help));
  }
  return list;
}

/* All that `assay help` tells. */
static as_node *commands(as_app *app) {
  as_node *list = as_node_new(app->arena, AS_LIST);
  for (const as_command *c = app->commands; c->name; c++) {
    as_node *n = as_node_add(list, as_node_new(app->arena, AS_MAP));
    as_node_put(app->arena, n, "command", text_node(app, c->name));
    as_node_put(app->arena, n, "does", text_node(app, c->brief));
    as_node_put(app->arena, n, "usage", text_node(app, c->usage));
    as_node_put(app->arena, n, "flags", flags_of(app, c));
    if (c->details)
      as_node_put(app->arena, n, "details", text_node(app, c->details));
  }
  return list;
}

static as_node *argument(as_app *app, const char *what, const char *name, const as_run_options *options) {
  as_node *arg = as_app_paper(app, true);
  as_node_put(app->arena, arg, "what", text_node(app, what));
  if (name)
    as_node_put(app->arena, arg, "name", text_node(app, name));
  as_node_put(app->arena, arg, "effective", as_node_bool(app->arena, as_args_on(app->args, "effective")));
  as_node_put(app->arena, arg, "format", text_node(app, as_args_text(app->args, "format", "text")));
  as_node *select = as_node_put(app->arena, arg, "select", as_node_new(app->arena, AS_LIST));
  for (size_t i = 0; i < options->n_select; i++)
    as_node_add(select, text_node(app, options->select[i]));
  as_node *reads = as_node_put(app->arena, arg, "reads", as_node_new(app->arena, AS_LIST));
  for (as_format f = AS_FORMAT_YAML; f <= AS_FORMAT_TEXT; f++)
    as_node_add(reads, text_node(app, as_format_name(f)));
  as_node_put(app->arena, arg, "limits", limits(app));
  as_node_put(app->arena, arg, "commands", commands(app));
  return arg;
}

static int unknown(as_app *app, const char *word) {
  const char *names[THINGS];
  as_buf all = {0};
  for (size_t i = 0; i < THINGS; i++) {
    names[i] = things[i].name;
    as_buf_printf(&all, "%s%s", i ? ", " : "one of: ", names[i]);
  }
  const char *close = as_suggest(word, names, THINGS);
  as_diags *diags = as_diags_new();
  as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0, close ? as_arena_printf(app->arena, "did you mean `%s`?", close) : all.data,
               "`assay list` knows no `%s`", word);
  as_app_show(app, diags, 0, NULL);
  as_diags_free(diags);
  as_buf_free(&all);
  return AS_EXIT_USAGE;
}

static int run(as_app *app) {
  const char *const *words;
  size_t n = as_args_words(app->args, &words), at = 0;
  while (at < THINGS && strcmp(words[0], things[at].name) != 0)
    at++;
  if (at == THINGS)
    return unknown(app, words[0]);
  as_run_options options;
  as_app_options(app, &options);
  options.n_params = as_args_texts(app->args, "param", &options.params);
  options.n_select = as_args_texts(app->args, "control", &options.select);
  as_run_call call = {.module = "listing", .function = "list", .text = "text", .packs = things[at].packs, .timed = true,
                      .argument = argument(app, words[0], n > 1 ? words[1] : NULL, &options)};
  as_diags *diags = as_diags_new();
  as_buf text = {0};
  as_node *rest = NULL;
  int code = AS_EXIT_OK;
  if (!as_run_script(&options, &call, app->arena, &text, &rest, diags, app->stop))
    code = app->stop && *app->stop ? AS_EXIT_INTERRUPTED : AS_EXIT_INVALID;
  else
    code = (int)as_node_integer(rest, "exit", AS_EXIT_OK);
  as_app_show(app, diags, 20, NULL);
  if (text.len && !as_app_out_buf(&text))
    code = AS_EXIT_IO;
  as_buf_free(&text);
  as_diags_free(diags);
  return code;
}

const as_command as_cmd_list = {
    .name = "list",
    .brief = "List what is there: rules, kinds, building blocks, limits …",
    .usage = "THING [NAME] [flags]",
    .details = "things:\n"
               "  rules         rules and their files; --effective: their checks, with file and line\n"
               "  requirements  the catalogue, and what has a rule\n"
               "  checks        checks of all rules, with their questions\n"
               "  params        limits of all rules, with their values; --effective: with file and line\n"
               "  packs         packs of rules\n"
               "  kinds         kinds of records; with a NAME its fields\n"
               "  blocks        building blocks of rules, checks.…; with a NAME all about one\n"
               "  conditions    ready-made conditions of rules; with a NAME all about one\n"
               "  reference     all that can be looked up for rules: words, values, functions; with a NAME all about one\n"
               "  formats       formats that are read and written\n"
               "  limits        what bounds readers, bundles, patterns and rules\n"
               "  commands      what assay can do\n"
               "  codes         codes of messages\n\n"
               "examples:\n"
               "  assay list rules\n"
               "  assay list params --control A.5.18 --effective\n"
               "  assay list kinds accounts\n"
               "  assay list reference where\n"
               "  assay list kinds laptops --format lua >acme/.types/laptops.lua\n\n"
               "exit codes:\n"
               "  0 listed   64 usage, or no such thing   65 invalid rules or settings\n",
    .flags = flags,
    .min_words = 1,
    .max_words = 2,
    .words = "thing to list, and the name of one",
    .run = run};
