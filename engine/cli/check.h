/* assay check: what there is to be checked. */
#ifndef AS_CLI_CHECK_H
#define AS_CLI_CHECK_H

#include "cli/app.h"
#include "eval/tool.h"

typedef struct {
  as_app *app;
  as_diags *diags;
  bool all;                 /* no path was given: everything of the settings */
  const char *config;       /* the one assay.yaml among the paths, or NULL */
  const char **focus;       /* paths of rules, kinds and packs: only what lies in them is told of */
  size_t n_focus;
  const char **bundles;
  size_t n_bundles;
  as_pack_path *packs;      /* packs that the paths belong to and no setting names */
  size_t n_packs;
  const char **kinds;       /* folders beside a kinds/ that belongs to no pack */
  size_t n_kinds;
  const char *shipped;      /* the pack that ships, by the path that names it, where it is to be checked, too; or NULL */
} as_check_targets;

/* Sorts the words of the command line, and loads the settings. AS_EXIT_OK, else an exit code after diagnostics. */
int as_check_sort(as_check_targets *targets);

/* A whole call of the command. */
typedef struct {
  as_app *app;
  as_check_targets targets;
  as_run_options options;
  as_diags *found;
  const as_node *fixed; /* list of changes that were made, or NULL */
  int64_t files;        /* looked at */
  size_t ignored;       /* left out by --ignore */
  int code;             /* of what could not be carried out */
} as_check;

/* Writes all that was found to stdout, and how much it is to stderr. Gives the exit code. */
int as_check_tell(as_check *check);

/* luacheck over some files. */
typedef struct {
  as_app *app;
  const as_node *globals, *next; /* names; the file that comes next */
  as_tool tool;
  as_tool_job job;
  bool running;
} as_luacheck;

/* Starts it over `plan` {files, globals}, which must outlive it. */
void as_luacheck_start(as_luacheck *luacheck, as_app *app, const as_node *plan);
/* Its lines, pinned to the arena; NULL where it found nothing, or after a diagnostic. */
as_node *as_luacheck_finish(as_luacheck *luacheck, as_diags *diags);

#endif
