/* assay check: has luacheck look at the Lua of rules and tests. Only starts it; what its lines mean the stdlib knows. */
#include "cli/check.h"
#include "eval/tool.h"

#define LUACHECK_SECONDS 60.0
#define LUACHECK_BYTES ((size_t)8 << 20)
#define LUACHECK_FILES 500u /* in one call */

/* luacheck over the files of a list, some hundred at a time. Its lines are appended to `out`; false where there is no luacheck. */
static bool luacheck(as_app *app, as_diags *diags, const as_node *globals, const as_node *files, as_buf *out) {
  static const char *const fixed[] = {"luacheck",  "--no-config", "--no-default-config", "--codes",         "--ranges", "--no-color",
                                      "--formatter", "plain",     "--no-max-line-length", "--std",           "none",     "--read-globals"};
  const size_t n_fixed = sizeof fixed / sizeof *fixed;
  const char **argv = as_arena_calloc(app->arena, (n_fixed + globals->count + LUACHECK_FILES + 3) * sizeof *argv);
  size_t n = 0;
  for (; n < n_fixed; n++)
    argv[n] = fixed[n];
  for (const as_node *g = globals->first; g; g = g->next)
    argv[n++] = g->text.p;
  argv[n++] = "--";
  for (const as_node *f = files->first; f;) {
    size_t at = n;
    for (; f && at < n + LUACHECK_FILES; f = f->next)
      argv[at++] = f->text.p;
    argv[at] = NULL;
    as_tool tool = {argv, LUACHECK_SECONDS, LUACHECK_BYTES};
    int code;
    as_tool_end end = as_tool_run(&tool, out, &code, app->stop);
    if (end == AS_TOOL_ABSENT)
      return false;
    if (end == AS_TOOL_FAILED || code > 2)
      as_diags_add(diags, "W0829", AS_WARNING, NULL, 0, 0, "run `luacheck` by hand to see why", "luacheck did not end as it should: its findings are not complete");
  }
  return true;
}

as_node *as_check_luacheck(as_app *app, const as_node *plan, as_diags *diags) {
  const as_node *globals = as_node_get(plan, "globals"), *files = as_node_get(plan, "files");
  if (!globals || !files)
    return NULL;
  as_buf out = {0};
  as_node *text = NULL;
  if (luacheck(app, diags, globals, files, &out))
    text = as_node_text(app->arena, (as_str){out.data ? out.data : "", out.len});
  else
    as_diags_add(diags, "N0828", AS_NOTE, NULL, 0, 0, "the package is called lua-check (apt-get install lua-check)",
                 "luacheck is not installed: unused and shadowed names, and code that is never reached, are not looked for");
  as_buf_free(&out);
  return text;
}
