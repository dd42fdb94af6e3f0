/* assay repl: a session with a bundle. Sets it up, starts it again for :reload, and ends it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/repl.h"

static const char *const formats[] = {"table", "json", "csv", NULL};

static const as_flag flags[] = {
    {"eval", AS_FLAG_TEXT, 'e', true, "EXPR", "evaluate this and end (repeatable); a command such as :gaps, too", NULL},
    {"file", AS_FLAG_TEXT, 'f', true, "FILE", "evaluate the lines of a file and end (repeatable; after those of -e)", NULL},
    {"format", AS_FLAG_WORD, 0, false, "FORMAT", "table (default), json or csv", formats},
    {"no-history", AS_FLAG_SWITCH, 0, false, NULL, "neither read nor write the history of the lines typed", NULL},
    AS_FLAG_RULES,
    AS_FLAG_CONFIG,
    AS_FLAG_STORE,
    AS_FLAG_ALLOW_ROOT,
    {"param", AS_FLAG_TEXT, 'p', true, "NAME=VALUE", "change a param, as of eval (repeatable)", NULL},
    {"at", AS_FLAG_TEXT, 0, false, "DATE", "the moment for which everything is judged, as of eval", NULL},
    {"strict", AS_FLAG_SWITCH, 0, false, NULL, "warnings about the evidence are errors", NULL},
    {"limit-memory", AS_FLAG_SIZE, 0, false, "SIZE", "memory of an expression, and of a rule; default 64MB", NULL},
    {"limit-time", AS_FLAG_SECONDS, 0, false, "SECONDS", "time of an expression, and of a rule; default 5", NULL},
    {"limit-steps", AS_FLAG_COUNT, 0, false, "N", "instructions of an expression, and of a rule; default: not counted", NULL},
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

#define SHOWN 5u /* diagnostics of the bundle that are printed: to list them is for eval */

/* ---- signals ---- */

static volatile bool cut, ended;
static volatile bool with_person; /* somebody asks, and Ctrl-C is for the expression */

static void on_signal(int number) {
  if (number != SIGINT || !with_person)
    ended = true;
  cut = true;
}

static void catch_signals(void) {
  static const int ours[] = {SIGINT, SIGTERM, SIGHUP};
  struct sigaction act = {.sa_handler = on_signal}, old;
  sigemptyset(&act.sa_mask);
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (sigaction(ours[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
      sigaction(ours[i], &act, NULL);
}

/* ---- what a session is for ---- */

typedef struct {
  as_repl repl;
  as_repl_source *sources; /* of a script */
  size_t n_sources, at;    /* at: the one that is under way */
  int code;
} running;

/* What -e and -f name, else standard input. False after a message. */
static bool open_sources(running *r) {
  as_app *app = r->repl.app;
  const char *const *texts, *const *files;
  size_t n = as_args_texts(app->args, "eval", &texts), n_files = as_args_texts(app->args, "file", &files);
  r->sources = as_arena_calloc(app->arena, (n + n_files + 1) * sizeof *r->sources);
  for (size_t i = 0; i < n; i++) {
    as_repl_source *s = &r->sources[r->n_sources++];
    *s = (as_repl_source){.fd = -1, .ended = true};
    snprintf(s->input.chunk, sizeof s->input.chunk, i ? "-e %zu" : "-e", i + 1);
    as_buf_adds(&s->got, texts[i]);
  }
  for (size_t i = 0; i < n_files; i++) {
    as_repl_source *s = &r->sources[r->n_sources++];
    bool standard = strcmp(files[i], "-") == 0;
    const char *slash = strrchr(files[i], '/');
    *s = (as_repl_source){.fd = standard ? STDIN_FILENO : open(files[i], O_RDONLY | O_CLOEXEC)};
    snprintf(s->input.chunk, sizeof s->input.chunk, "%s", standard ? "stdin" : slash ? slash + 1 : files[i]);
    if (s->fd < 0) {
      as_repl_wrong(&r->repl, "E0744", NULL, "%s cannot be read: %s", files[i], strerror(errno));
      return false;
    }
  }
  if (n + n_files == 0) {
    r->sources[r->n_sources++] = (as_repl_source){.fd = STDIN_FILENO};
    snprintf(r->sources[0].input.chunk, sizeof r->sources[0].input.chunk, "stdin");
  }
  return true;
}

static void run_sources(running *r) {
  while (r->at < r->n_sources && as_repl_read(&r->repl, &r->sources[r->at]))
    r->at++;
}

static void tell_changes(as_repl *repl) {
  as_arena *arena = as_arena_new();
  as_node *question = as_repl_question(repl, arena, "changes");
  as_node_put(arena, question, "before", as_node_copy(arena, repl->before));
  as_repl_ask(repl, arena, question);
  as_arena_free(arena);
  repl->before = NULL;
}

static void greet(as_repl *repl) {
  as_arena *arena = as_arena_new();
  as_repl_ask(repl, arena, as_repl_question(repl, arena, "hello"));
  as_arena_free(arena);
}

/* ---- the run ---- */

static void loaded(void *ctx, as_diags *diags) {
  running *r = ctx;
  if (as_diags_errors(diags) > 0)
    as_app_show(r->repl.app, diags, SHOWN, NULL);
}

static bool failed(void *ctx, const as_run_bundle *bundle) {
  running *r = ctx;
  as_app_show_bundle(r->repl.app, bundle, SHOWN, NULL);
  r->code = bundle->code;
  return true;
}

static void session(void *ctx, as_session *asked, const as_run_bundle *bundle) {
  running *r = ctx;
  as_repl *repl = &r->repl;
  if (as_diags_errors(bundle->diags) > 0)
    as_app_show_bundle(repl->app, bundle, SHOWN, "`assay eval` shows them");
  repl->session = asked;
  with_person = repl->interactive;
  if (repl->before)
    tell_changes(repl);
  else if (repl->interactive)
    greet(repl);
  repl->reload = false;
  if (repl->interactive)
    as_edit_loop(repl->edit, repl);
  else
    run_sources(r);
  with_person = false;
  repl->session = NULL;
  if (repl->gone)
    r->code = AS_EXIT_INTERNAL;
}

static int run_all(running *r, as_run_options *options) {
  as_run_listener listener = {.ctx = r, .loaded = loaded, .bundle = failed, .session = session};
  int code;
  do {
    r->repl.reload = false;
    code = as_run(options, &listener, &ended);
  } while (code == AS_EXIT_OK && r->repl.reload && !r->code && !ended);
  return ended ? AS_EXIT_INTERRUPTED : code ? code : r->code ? r->code : r->repl.failed && !r->repl.interactive ? AS_EXIT_FINDINGS : AS_EXIT_OK;
}

static as_rows_format format_of(const as_app *app) {
  const char *word = as_args_text(app->args, "format", "table");
  return strcmp(word, "json") == 0 ? AS_ROWS_JSON : strcmp(word, "csv") == 0 ? AS_ROWS_CSV : AS_ROWS_TABLE;
}

/* A word that is no file but may be a run of the store. */
static bool is_run(const char *word) { return as_app_run_number(word) >= 0 && access(word, F_OK) != 0; }

/* Asks about a run of the store. False after diagnostics; *code is the exit code. */
static bool take_run(as_app *app, const char *word, as_run_options *options, as_repl *repl, int *code) {
  as_diags *diags = as_diags_new();
  options->stored = as_app_stored(app, as_app_run_number(word), diags, code);
  as_app_show(app, diags, SHOWN, NULL);
  as_diags_free(diags);
  if (options->stored)
    repl->subject = as_arena_printf(app->arena, "run %s of %s", word, as_node_str(as_node_get(options->stored, "run"), "bundle", "a bundle"));
  return options->stored != NULL;
}

static int run(as_app *app) {
  const char *const *words, *const *texts;
  size_t n = as_args_words(app->args, &words);
  bool scripted = as_args_texts(app->args, "eval", &texts) + as_args_texts(app->args, "file", &texts) > 0;
  as_run_options options;
  as_app_options(app, &options);
  const char *bundle = n ? words[0] : ".";
  options.bundles = &bundle;
  options.n_bundles = 1;
  options.n_params = as_args_texts(app->args, "param", &options.params);
  options.at = as_args_text(app->args, "at", NULL);
  options.strict = as_args_on(app->args, "strict");
  options.session = "repl";
  running r = {.repl = {.app = app, .options = &options, .subject = bundle, .format = format_of(app), .cut = &cut, .ended = &ended}};
  if (strcmp(bundle, "-") == 0) {
    as_repl_wrong(&r.repl, "E0744", "unpack it, or name the archive", "a bundle on standard input cannot be asked: expressions come from there");
    return AS_EXIT_USAGE;
  }
  int code = AS_EXIT_OK;
  if (is_run(bundle) && !take_run(app, bundle, &options, &r.repl, &code))
    return code;
  r.repl.interactive = !scripted && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  catch_signals();
  if (r.repl.interactive && !(r.repl.edit = as_edit_open(&r.repl, !as_args_on(app->args, "no-history"))))
    r.repl.interactive = false;
  code = r.repl.interactive || open_sources(&r) ? run_all(&r, &options) : AS_EXIT_IO;
  as_edit_close(r.repl.edit);
  for (size_t i = 0; i < r.n_sources; i++)
    as_repl_close(&r.sources[i]);
  return code;
}

const as_command as_cmd_repl = {
    .name = "repl",
    .brief = "Ask a bundle: Lua expressions, as in rules, and commands.",
    .usage = "[BUNDLE | RUN] [flags]",
    .details = "BUNDLE is a folder or archive; default: the current folder. It is evaluated first. RUN is a number of `assay history`, or last: what it found\n"
               "can be asked, without its records, which are not in the store. Each line is an expression whose value is\n"
               "shown, a statement, or a command that begins with a colon; :help lists them. Without a terminal nothing is prompted for: results\n"
               "go to stdout, errors to stderr.\n\n"
               "examples:\n"
               "  assay repl acme\n"
               "  assay repl acme -e 'isms.accounts:count{ status = \"active\" }'\n"
               "  assay repl acme -e ':gaps A.5.*' --format csv\n"
               "  echo 'isms.people:where{ department = \"IT\" }' | assay repl acme --format json\n\n"
               "exit codes:\n"
               "  0 all expressions gave a value   1 one of them failed   64 usage   65 invalid rules, settings or bundle   66 no such bundle\n"
               "  70 internal   74 input or output   130 interrupted\n",
    .flags = flags,
    .max_words = 1,
    .words = "bundle or run",
    .run = run};
