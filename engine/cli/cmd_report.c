/* assay report: writes reports of a run that is in the store. */
#include <string.h>

#include "base/file.h"
#include "cli/app.h"

static const as_flag flags[] = {
    AS_FLAG_OUTPUT, AS_FLAG_STORE, AS_FLAG_CONFIG,
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

static int run(as_app *app) {
  const char *const *words;
  size_t n = as_args_words(app->args, &words);
  as_diags *diags = as_diags_new();
  as_output *outputs;
  size_t n_outputs;
  int64_t id = as_app_run_number(n ? words[0] : "last");
  int code = AS_EXIT_OK;
  const as_node *result = NULL;
  if (id < 0)
    as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0, "a run is a number, as `assay history` shows it, or last", "`%s` is no run", words[0]);
  if (!as_app_outputs(app, &outputs, &n_outputs, diags) || id < 0)
    code = AS_EXIT_USAGE;
  else
    result = as_app_stored(app, id, diags, &code);
  as_app_show(app, diags, 20, NULL);
  as_diags_free(diags);
  as_run_options options;
  as_app_options(app, &options);
  for (size_t i = 0; result && i < n_outputs && code == AS_EXIT_OK; i++)
    code = as_app_report(app, &options, result, &outputs[i]);
  return code;
}

const as_command as_cmd_report = {
    .name = "report",
    .brief = "Write reports of a run that is in the store.",
    .usage = "[RUN] [flags]",
    .details = "RUN is a number of `assay history`, or last (the default).\n\n"
               "examples:\n"
               "  assay report last\n"
               "  assay report 12 -o json:run-12.json\n\n"
               "exit codes:\n"
               "  0 written   64 usage   66 no such run, no store   70 internal   74 input or output\n",
    .flags = flags,
    .max_words = 1,
    .words = "run",
    .run = run};
