/* assay report: writes reports of a run that is in the store. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/app.h"
#include "store/store.h"

static const as_flag flags[] = {
    AS_FLAG_OUTPUT, AS_FLAG_STORE, AS_FLAG_CONFIG,
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

/* A run's number, or 0 for "last"; -1 where it is neither. */
static int64_t run_number(const char *word) {
  if (strcmp(word, "last") == 0)
    return 0;
  if (!*word || strlen(word) > 18 || strspn(word, "0123456789") != strlen(word))
    return -1;
  long long id = strtoll(word, NULL, 10);
  return id > 0 ? id : -1;
}

/* The document of the run, or NULL after diagnostics; *code says how it went. */
static const as_node *load(as_app *app, int64_t id, as_diags *diags, int *code) {
  const char *path = as_app_store(app);
  if (!path) {
    as_diags_add(diags, "E0804", AS_ERROR, NULL, 0, 0, NULL, "there are no runs without a store");
    *code = AS_EXIT_USAGE;
    return NULL;
  }
  bool missing = false;
  as_buf json = {0};
  const as_node *result = NULL;
  as_store *store = as_store_open_read(path, &missing, diags);
  if (store && as_store_load(store, id, &json, &missing, diags)) {
    as_read_options options = {.format = AS_FORMAT_JSON, .document = path, .limits = as_read_limits_default};
    options.limits.file_bytes = UINT64_MAX;
    result = as_read_tree(app->arena, &json, &options, false, diags);
    if (!result || strcmp(as_node_str(result, "schema", ""), "assay.result/1") != 0) {
      as_diags_add(diags, "E0807", AS_ERROR, path, 0, 0, NULL, "the result of this run cannot be read");
      result = NULL;
    }
  }
  *code = result ? AS_EXIT_OK : missing ? AS_EXIT_MISSING : AS_EXIT_IO;
  as_store_close(store);
  as_buf_free(&json);
  return result;
}

static int run(as_app *app) {
  const char *const *words;
  size_t n = as_args_words(app->args, &words);
  as_diags *diags = as_diags_new();
  as_output *outputs;
  size_t n_outputs;
  int64_t id = run_number(n ? words[0] : "last");
  int code = AS_EXIT_OK;
  const as_node *result = NULL;
  if (id < 0)
    as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0, "a run is a number, as `assay history` shows it, or last", "`%s` is no run", words[0]);
  if (!as_app_outputs(app, &outputs, &n_outputs, diags) || id < 0)
    code = AS_EXIT_USAGE;
  else
    result = load(app, id, diags, &code);
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
