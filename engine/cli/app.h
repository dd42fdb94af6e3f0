/* What the commands share: where the product's files are, settings, output and how messages are shown. */
#ifndef AS_CLI_APP_H
#define AS_CLI_APP_H

#include "cli/args.h"
#include "eval/run.h"

struct as_app {
  const as_command *command;
  const as_command *commands; /* the whole table */
  as_args *args;
  as_arena *arena;
  char *const *environment;
  const char *stdlib, *rules;  /* folders of the product; rules: the pack that ships */
  const char *config_path;     /* assay.yaml, or NULL */
  const as_node *config;       /* its tree, or NULL */
  bool color_out, color_err;
  int columns;                 /* of the terminal on stdout; 0 where it is none */
  const volatile bool *stop;   /* set by Ctrl-C */
};

/* Finds the product's files: ASSAY_HOME, else beside the program. False after a message. */
bool as_app_home(as_app *app);
/* Finds and reads assay.yaml (`path`, else --config, else the nearest one upwards), checks its own part of it. False after diagnostics. */
bool as_app_config(as_app *app, const char *path, as_diags *diags);
/* The i-th pack of assay.yaml, as a path from here; NULL behind the last. */
const char *as_app_config_pack(const as_app *app, size_t i);
/* Whether assay.yaml names the pack in this folder, however it spells it. */
bool as_app_config_has(const as_app *app, const char *folder);
bool as_app_same_place(const char *a, const char *b);
/* The folder of the pack that a path belongs to, else the one it lies in. Pinned to the arena. */
const char *as_app_pack_of(as_arena *arena, const char *path);
/* Path of the store: --store, else that of assay.yaml beside it, else assay.db beside assay.yaml or here. NULL: none. */
const char *as_app_store(const as_app *app);

/* What the word for a run means: its number, 0 for "last"; -1 where it is neither. */
int64_t as_app_run_number(const char *word);
/* The result document of a run in the store (0: the newest), pinned to app->arena; or NULL after diagnostics, and *code is the exit code. */
const as_node *as_app_stored(const as_app *app, int64_t id, as_diags *diags, int *code);

/* Shows diagnostics on stderr: errors first, at most `most` (0: all), then how many more there are. `more` says how to see them. */
void as_app_show(const as_app *app, const as_diags *diags, size_t most, const char *more);
/* The same for diagnostics of a bundle, whose documents get paths that can be opened from here. */
void as_app_show_bundle(const as_app *app, const as_run_bundle *bundle, size_t most, const char *more);
/* A path that can be opened from here, of a document that a diagnostic of this bundle names. Pinned to the arena. */
const char *as_app_openable(as_arena *arena, const as_run_bundle *bundle, const char *document);
/* A short message on stderr, made safe to show. */
void as_app_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Writes to stdout. False where that fails (said on stderr, but for a closed pipe). */
bool as_app_out(const char *bytes, size_t n);
bool as_app_out_buf(const as_buf *buf);

/* Options of an evaluation from flags that several commands have (--rules, limits). Everything is pinned to app->arena. */
void as_app_options(const as_app *app, as_run_options *options);
/* --jobs, else as many as there are processors. */
unsigned as_app_jobs(const as_app *app);
/* Width and colour for a report on `path` (NULL: stdout). */
as_node *as_app_paper(const as_app *app, bool on_stdout);

/* An output that -o names. */
typedef struct {
  const char *format; /* "json", or the name of a module of stdlib/report */
  const char *path;   /* NULL: stdout */
  bool per_bundle;    /* the path holds {bundle} */
} as_output;
/* Takes the -o flags apart; without any, terminal on stdout. False after diagnostics. */
bool as_app_outputs(const as_app *app, as_output **outputs, size_t *count, as_diags *diags);
/* Writes a result document as one output. Gives AS_EXIT_OK, _IO or _INTERNAL after messages. */
int as_app_report(const as_app *app, const as_run_options *options, const as_node *result, const as_output *output);

/* The flags that most commands have. */
#define AS_FLAG_CONFIG {"config", AS_FLAG_TEXT, 0, false, "FILE", "settings; default: the nearest assay.yaml from here upwards", NULL}
#define AS_FLAG_STORE {"store", AS_FLAG_TEXT, 0, false, "FILE", "where runs are kept, or none; default: assay.db beside assay.yaml, else here", NULL}
#define AS_FLAG_RULES {"rules", AS_FLAG_TEXT, 0, true, "DIR", "add a pack of rules (repeatable)", NULL}
#define AS_FLAG_ALLOW_ROOT {"allow-root", AS_FLAG_SWITCH, 0, false, NULL, "as root: keep its privileges in the processes that read and evaluate", NULL}
#define AS_FLAG_OUTPUT {"output", AS_FLAG_TEXT, 'o', true, "FORMAT[:PATH]", "write a report, by default to stdout (repeatable); `assay list formats`", NULL}

extern const as_command as_cmd_eval, as_cmd_test, as_cmd_list, as_cmd_query, as_cmd_history, as_cmd_report, as_cmd_version, as_cmd_help, as_cmd_explain, as_cmd_new,
    as_cmd_check, as_cmd_repl;

#endif
