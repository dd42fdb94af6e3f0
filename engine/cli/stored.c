/* Runs that are in the store: which one a word means, and its result document. */
#include <stdlib.h>
#include <string.h>

#include "cli/app.h"
#include "eval/result.h"
#include "store/store.h"

int64_t as_app_run_number(const char *word) {
  if (strcmp(word, "last") == 0)
    return 0;
  if (!*word || strlen(word) > 18 || strspn(word, "0123456789") != strlen(word))
    return -1;
  long long id = strtoll(word, NULL, 10);
  return id > 0 ? id : -1;
}

const as_node *as_app_stored(const as_app *app, int64_t id, as_diags *diags, int *code) {
  const char *path = as_app_store(app);
  if (!path) {
    as_diags_add(diags, "E0804", AS_ERROR, NULL, 0, 0, NULL, "there are no runs without a store");
    *code = AS_EXIT_USAGE;
    return NULL;
  }
  bool missing = false;
  as_buf json = {0};
  as_node *result = NULL;
  as_store *store = as_store_open_read(path, &missing, diags);
  if (store && as_store_load(store, id, &json, &missing, diags)) {
    as_read_options options = {.format = AS_FORMAT_JSON, .document = path, .limits = as_read_limits_default};
    options.limits.file_bytes = UINT64_MAX;
    result = as_read_tree(app->arena, &json, &options, false, diags);
    if (!result || strcmp(as_node_str(result, "schema", ""), "assay.result/1") != 0) {
      as_diags_add(diags, "E0807", AS_ERROR, path, 0, 0, NULL, "the result of this run cannot be read");
      result = NULL;
    } else if (!as_result_intact(result)) {
      as_diags_add(diags, "E0807", AS_ERROR, path, 0, 0, "restore the store from a copy, or evaluate again", "the result of this run is not what was stored");
      result = NULL;
    }
  }
  *code = result ? AS_EXIT_OK : missing ? AS_EXIT_MISSING : AS_EXIT_IO;
  as_store_close(store);
  as_buf_free(&json);
  return result;
}
