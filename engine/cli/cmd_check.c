/* assay check: reads rules, settings, kinds and bundles for mistakes. The stdlib says what is one; luacheck tells of Lua itself. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/check.h"

#define MEMORY ((uint64_t)1 << 30)
#define SECONDS 20.0
#define LOST_FILES 8u /* that cannot be loaded: each costs the whole limit of time */

static const char *const formats[] = {"pretty", "json", "sarif", "github", NULL};

static const as_flag flags[] = {
    {"explain", AS_FLAG_TEXT, 0, false, "CODE", "say what a code means and what to do about it", NULL},
    {"format", AS_FLAG_WORD, 0, false, "FORMAT", "pretty (default), json, sarif or github", formats},
    {"fix", AS_FLAG_SWITCH, 0, false, NULL, "mend what can be mended without changing what a rule means", NULL},
    {"strict", AS_FLAG_SWITCH, 0, false, NULL, "notes count as findings, too", NULL},
    {"ignore", AS_FLAG_TEXT, 0, true, "CODE", "leave out these warnings or notes; errors cannot be (repeatable)", NULL},
    {"no-luacheck", AS_FLAG_SWITCH, 0, false, NULL, "leave out what luacheck knows", NULL},
    AS_FLAG_RULES,
    AS_FLAG_CONFIG,
    AS_FLAG_ALLOW_ROOT,
    {"limit-memory", AS_FLAG_SIZE, 0, false, "SIZE", "memory for all rules together; default 1GB", NULL},
    {"limit-time", AS_FLAG_SECONDS, 0, false, "SECONDS", "time for all rules together; default 20", NULL},
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

typedef as_check checking;

static as_node *put(as_app *app, as_node *map, const char *name, const char *text) {
  return as_node_put(app->arena, map, name, as_node_text(app->arena, as_str_of(text)));
}

/* ---- what is told of ---- */

static bool lies_in(const char *path, const char *folder) {
  char real[PATH_MAX];
  size_t n = realpath(folder, real) ? strlen(real) : 0;
  return n && strncmp(path, real, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

/* Where a document lies; of a link, where the link does: what it leads to is not what is spoken of. */
static bool place_of(const char *document, char *real) {
  struct stat st;
  const char *name = strrchr(document, '/');
  if (!name || lstat(document, &st) != 0 || !S_ISLNK(st.st_mode))
    return realpath(document, real) != NULL;
  char folder[PATH_MAX];
  int n = snprintf(folder, sizeof folder, "%.*s/", (int)(name - document), document);
  if (n < 0 || (size_t)n >= sizeof folder || !realpath(folder, real))
    return false;
  size_t used = strlen(real);
  n = snprintf(real + used, PATH_MAX - used, "%s", name);
  return n >= 0 && (size_t)n < PATH_MAX - used;
}

/* Whether somebody asked for this document. */
static bool is_asked(const checking *c, const char *document) {
  const as_check_targets *t = &c->targets;
  char real[PATH_MAX];
  if (!document || !place_of(document, real))
    return true;
  for (size_t i = 0; i < t->n_focus; i++)
    if (lies_in(real, t->focus[i]))
      return true;
  if (lies_in(real, c->app->rules) || lies_in(real, c->app->stdlib))
    return t->all && t->shipped;
  return t->all;
}

static bool is_told(const as_diags *diags, const as_diag *d) {
  for (size_t i = 0; i < as_diags_count(diags); i++) {
    const as_diag *other = as_diags_at(diags, i);
    if (other->line == d->line && strcmp(other->code, d->code) == 0 && strcmp(other->message, d->message) == 0)
      return true;
  }
  return false;
}

static void take(checking *c, const as_diags *diags) {
  for (size_t i = 0; i < as_diags_count(diags); i++)
    if (is_asked(c, as_diags_at(diags, i)->document))
      as_diags_push(c->found, as_diags_at(diags, i));
}

/* Those that nobody has told of so far, whoever asked. */
static void take_new(checking *c, const as_diags *diags, as_severity least) {
  for (size_t i = 0; i < as_diags_count(diags); i++)
    if (as_diags_at(diags, i)->severity <= least && !is_told(c->found, as_diags_at(diags, i)))
      as_diags_push(c->found, as_diags_at(diags, i));
}

/* ---- rules, settings and kinds ---- */

static void set_up(checking *c) {
  as_app *app = c->app;
  const as_check_targets *t = &c->targets;
  as_run_options *o = &c->options;
  as_app_options(app, o);
  o->memory_bytes = as_args_count(app->args, "limit-memory", MEMORY);
  o->seconds = as_args_seconds(app->args, "limit-time", SECONDS);
  as_pack_path *packs = as_arena_calloc(app->arena, (o->n_packs + t->n_packs + t->n_kinds + 1) * sizeof *packs);
  memcpy(packs, o->packs, o->n_packs * sizeof *packs);
  memcpy(packs + o->n_packs, t->packs, t->n_packs * sizeof *packs);
  size_t n = o->n_packs + t->n_packs;
  for (size_t i = 0; i < t->n_kinds; i++)
    packs[n++] = (as_pack_path){t->kinds[i], false};
  if (t->shipped)
    packs[0] = (as_pack_path){t->shipped, false};
  o->packs = packs;
  o->n_packs = n;
  const char **reads = as_arena_calloc(app->arena, (t->n_focus + t->n_bundles + 1) * sizeof *reads);
  memcpy(reads, t->focus, t->n_focus * sizeof *reads);
  memcpy(reads + t->n_focus, t->bundles, t->n_bundles * sizeof *reads);
  o->reads = reads;
  o->n_reads = t->n_focus + t->n_bundles;
}

static as_node *question(checking *c) {
  as_app *app = c->app;
  as_node *arg = as_node_new(app->arena, AS_MAP);
  as_node *packs = as_node_put(app->arena, arg, "packs", as_node_new(app->arena, AS_LIST));
  for (size_t i = 0; i + c->targets.n_kinds < c->options.n_packs; i++) {
    as_node *pack = as_node_add(packs, as_node_new(app->arena, AS_MAP));
    put(app, pack, "path", c->options.packs[i].path);
    as_node_put(app->arena, pack, "trusted", as_node_bool(app->arena, i == 0));
    as_node_put(app->arena, pack, "checked", as_node_bool(app->arena, c->options.packs[i].shipped));
  }
  as_node *focus = as_node_put(app->arena, arg, "focus", as_node_new(app->arena, AS_LIST));
  for (size_t i = 0; i < c->targets.n_focus; i++)
    as_node_add(focus, as_node_text(app->arena, as_str_of(c->targets.focus[i])));
  as_node_put(app->arena, arg, "all", as_node_bool(app->arena, c->targets.all));
  as_node_put(app->arena, arg, "fix", as_node_bool(app->arena, as_args_on(app->args, "fix")));
  if (app->config_path)
    put(app, arg, "config_path", app->config_path);
  return arg;
}

/* Calls a function of stdlib/lint.lua. NULL after diagnostics; where `fault` is given and a limit was met, without any: *fault says
 * which and where. */
static as_node *ask(checking *c, const char *function, const as_node *argument, const as_node **fault) {
  as_run_call call = {.module = "lint", .function = function, .text = "text", .timed = true, .whole = true, .argument = argument};
  as_diags *diags = as_diags_new();
  as_buf text = {0};
  as_node *answer = NULL;
  bool ok = as_run_script(&c->options, &call, c->app->arena, &text, &answer, diags, c->app->stop);
  if (fault)
    *fault = ok ? NULL : answer;
  bool silent = fault && *fault;
  if (!silent && strcmp(function, "manifests") == 0) /* their documents lie in no pack */
    take_new(c, diags, AS_NOTE);
  else if (!silent && (!ok || strcmp(function, "plan") != 0)) /* what is wrong with the settings the call that follows tells */
    take(c, diags);
  if (!ok)
    c->code = c->app->stop && *c->app->stop ? AS_EXIT_INTERRUPTED : AS_EXIT_INVALID;
  as_buf_free(&text);
  as_diags_free(diags);
  return ok ? answer : NULL;
}

/* The rule file whose loading met a limit is left out of the next call. False where it was no rule file, or one too many. */
static bool leave_file(checking *c, as_node *argument, const as_node *fault) {
  as_arena *arena = c->app->arena;
  const char *where = as_node_str(fault, "where", ""), *end = strstr(where, ".lua:");
  as_node *lost = as_node_get(argument, "lost");
  if (!end || end - where > 1000 || strncmp(where, "stdlib/", 7) == 0 || !strstr(where, "stdlib/packs.lua") || (lost && lost->count >= LOST_FILES))
    return false;
  if (!lost)
    lost = as_node_put(arena, argument, "lost", as_node_new(arena, AS_LIST));
  as_node *file = as_node_add(lost, as_node_new(arena, AS_MAP));
  put(c->app, file, "file", as_arena_copy(arena, where, (size_t)(end - where) + 4));
  put(c->app, file, "why", as_arena_printf(arena, "loading it breaks the limit of %s", as_node_str(fault, "fault", "")));
  as_node_put(arena, file, "line", as_node_int(arena, strtol(end + 5, NULL, 10)));
  return true;
}

/* Everything is looked at but the rule files that cannot be loaded. */
static as_node *look(checking *c, as_node *argument) {
  const as_node *fault = NULL;
  as_node *answer;
  do {
    c->code = AS_EXIT_OK;
    answer = ask(c, "run", argument, &fault);
  } while (!answer && fault && leave_file(c, argument, fault));
  if (!answer && fault)
    as_diags_add(c->found, "E0632", AS_ERROR, NULL, 0, 0, "raise it with --limit-time or --limit-memory", "looking at everything broke the limit of %s at %.*s",
                 as_node_str(fault, "fault", ""), (int)strcspn(as_node_str(fault, "where", ""), "\n"), as_node_str(fault, "where", ""));
  return answer;
}

static void write_fixes(checking *c, const as_node *answer) {
  const as_node *files = as_node_get(answer, "fixes");
  for (const as_node *f = files ? files->first : NULL; f; f = f->next) {
    const as_node *text = as_node_get(f, "text");
    const char *path = as_node_str(f, "document", NULL);
    if (!path || !text || text->type != AS_TEXT || !is_asked(c, path))
      continue;
    if (!as_file_write(path, text->text.p, text->text.n)) {
      as_app_say("assay: %s cannot be written: %s\n", path, strerror(errno));
      c->code = AS_EXIT_IO;
    }
  }
  const as_node *changes = as_node_get(answer, "fixed");
  as_node *fixed = as_node_new(c->app->arena, AS_LIST);
  for (const as_node *f = changes ? changes->first : NULL; f; f = f->next)
    if (is_asked(c, as_node_str(f, "document", NULL)))
      as_node_add(fixed, as_node_copy(c->app->arena, f));
  c->fixed = fixed;
}

/* luacheck runs beside our own look at the files, unless its findings are to be mended, too. */
static void check_rules(checking *c) {
  as_app *app = c->app;
  bool fix = as_args_on(app->args, "fix"), asked = !as_args_on(app->args, "no-luacheck");
  as_node *argument = question(c);
  const as_node *plan = ask(c, "plan", argument, NULL);
  if (!plan)
    return;
  as_luacheck luacheck;
  as_node *text = NULL;
  if (asked)
    as_luacheck_start(&luacheck, app, plan);
  if (asked && fix && (text = as_luacheck_finish(&luacheck, c->found)) != NULL)
    as_node_put(app->arena, argument, "luacheck", text);
  const as_node *answer = app->stop && *app->stop ? NULL : look(c, argument);
  if (answer) {
    c->files += as_node_integer(answer, "files", 0);
    write_fixes(c, answer);
  }
  if (!asked || fix || (text = as_luacheck_finish(&luacheck, c->found)) == NULL || !answer)
    return;
  as_node_put(app->arena, argument, "luacheck", text);
  ask(c, "tell", argument, NULL);
}

/* ---- bundles ---- */

/* What keeps rules and settings from being loaded keeps the bundle from being looked at, whether somebody asked for it or not. */
static void loaded(void *ctx, as_diags *diags) { take_new(ctx, diags, AS_ERROR); }

static bool finished(void *ctx, const as_run_bundle *bundle) {
  checking *c = ctx;
  as_arena *arena = as_arena_new();
  for (size_t i = 0; i < as_diags_count(bundle->diags); i++) {
    as_diag d = *as_diags_at(bundle->diags, i);
    if (d.document)
      d.document = as_app_openable(arena, bundle, d.document);
    as_diags_push(c->found, &d);
  }
  const as_node *documents = as_node_get(bundle->result, "documents");
  c->files += documents ? documents->count : 0;
  if (bundle->code != AS_EXIT_OK && bundle->code != AS_EXIT_INCOMPLETE)
    c->code = bundle->code;
  as_arena_free(arena);
  return true;
}

static void check_bundles(checking *c) {
  as_run_options options = c->options;
  as_run_listener listener = {.ctx = c, .loaded = loaded, .bundle = finished};
  options.bundles = c->targets.bundles;
  options.n_bundles = c->targets.n_bundles;
  options.unjudged = true;
  int code = as_run(&options, &listener, c->app->stop);
  if (code != AS_EXIT_OK) {
    c->code = code;
    return;
  }
  as_node *argument = as_node_new(c->app->arena, AS_MAP);
  as_node *paths = as_node_put(c->app->arena, argument, "bundles", as_node_new(c->app->arena, AS_LIST));
  for (size_t i = 0; i < c->targets.n_bundles; i++)
    as_node_add(paths, as_node_text(c->app->arena, as_str_of(c->targets.bundles[i])));
  ask(c, "manifests", argument, NULL);
}

/* ---- a page on a code ---- */

static int explain(checking *c, const char *code, bool show) {
  as_app *app = c->app;
  as_app_options(app, &c->options);
  as_node *arg = as_app_paper(app, true);
  put(app, arg, "code", code);
  put(app, arg, "format", as_args_text(app->args, "format", "pretty"));
  as_run_call call = {.module = "codes", .function = "explain", .text = "text", .bare = true, .argument = arg};
  as_buf text = {0};
  as_node *rest = NULL;
  bool ok = as_run_script(&c->options, &call, app->arena, &text, &rest, c->found, app->stop);
  as_app_show(app, c->found, 0, NULL);
  int code_of = ok ? (int)as_node_integer(rest, "exit", AS_EXIT_OK) : AS_EXIT_INTERNAL;
  if (show && text.len && !as_app_out_buf(&text))
    code_of = AS_EXIT_IO;
  as_buf_free(&text);
  return code_of;
}

static int usage(checking *c, const char *help, const char *text) {
  as_diags_add(c->found, "E0705", AS_ERROR, NULL, 0, 0, help, "%s", text);
  as_app_show(c->app, c->found, 0, NULL);
  return AS_EXIT_USAGE;
}

static int check(checking *c) {
  const char *code = as_args_text(c->app->args, "explain", NULL), *format = as_args_text(c->app->args, "format", "pretty");
  const char *const *words;
  if (code && (as_args_words(c->app->args, &words) > 0 || as_args_on(c->app->args, "fix")))
    return usage(c, "assay check --explain E0520", "--explain looks at no files");
  if (code && strcmp(format, "pretty") != 0 && strcmp(format, "json") != 0)
    return usage(c, "pretty or json", "--explain has no such format");
  if (code)
    return explain(c, code, true);
  const char *const *ignored;
  size_t n = as_args_texts(c->app->args, "ignore", &ignored);
  for (size_t i = 0; i < n; i++) {
    if (ignored[i][0] == 'E' || ignored[i][0] == 'e')
      return usage(c, "mend it", as_arena_printf(c->app->arena, "--ignore leaves out warnings and notes; %s is an error", ignored[i]));
    int unknown = explain(c, ignored[i], false);
    if (unknown != AS_EXIT_OK)
      return unknown;
  }
  as_diags *sorting = as_diags_new();
  c->targets = (as_check_targets){.app = c->app, .diags = sorting};
  int result = as_check_sort(&c->targets);
  for (size_t i = 0; i < as_diags_count(sorting); i++)
    as_diags_push(c->found, as_diags_at(sorting, i));
  as_diags_free(sorting);
  if (result == AS_EXIT_USAGE || result == AS_EXIT_MISSING) {
    as_app_show(c->app, c->found, 0, NULL);
    return result;
  }
  set_up(c);
  c->code = result;
  if (result == AS_EXIT_OK && (c->targets.all || c->targets.n_focus))
    check_rules(c);
  if (c->code == AS_EXIT_OK && c->targets.n_bundles)
    check_bundles(c);
  if (c->app->stop && *c->app->stop)
    return AS_EXIT_INTERRUPTED;
  return as_check_tell(c);
}

static int run(as_app *app) {
  checking c = {.app = app, .found = as_diags_new()};
  int code = check(&c);
  as_diags_free(c.found);
  return code;
}

const as_command as_cmd_check = {
    .name = "check",
    .brief = "Find mistakes in rules, settings, kinds and bundles.",
    .usage = "[PATH…] [flags]",
    .details = "A PATH is a rule or its test, a pack, a file or folder of kinds, assay.yaml, or a bundle; without one, all that the nearest\n"
               "assay.yaml names is checked. What is found goes to stdout, with a code that stays the same; nothing is evaluated.\n\n"
               "examples:\n"
               "  assay check\n"
               "  assay check my/rules examples/acme\n"
               "  assay check --format github my/rules\n"
               "  assay check --explain E0520\n\n"
               "exit codes:\n"
               "  0 nothing found but notes   1 errors or warnings   64 usage, or no such code   65 settings, packs or a bundle that cannot be used at all\n"
               "  66 no such file   70 internal   74 input or output   130 interrupted\n",
    .flags = flags,
    .max_words = 100000,
    .words = "path",
    .run = run,
    .own_config = true};
