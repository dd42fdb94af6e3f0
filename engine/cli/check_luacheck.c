/* assay check: has luacheck look at the Lua of rules and tests. Only starts it; what its lines mean the stdlib knows. */
#include "cli/check.h"

#define LUACHECK_SECONDS 60.0
#define LUACHECK_BYTES ((size_t)8 << 20)
#define LUACHECK_MEMORY ((uint64_t)2 << 30)
#define LUACHECK_FILES 500u /* in one call */

/* The call for the next files, or NULL behind the last. */
static const char **next_call(as_luacheck *l) {
  static const char *const fixed[] = {"luacheck",  "--no-config", "--no-default-config", "--codes",         "--ranges", "--no-color",
                                      "--formatter", "plain",     "--no-max-line-length", "--std",           "none",     "--read-globals"};
  const size_t n_fixed = sizeof fixed / sizeof *fixed;
  if (!l->next)
    return NULL;
  const char **argv = as_arena_calloc(l->app->arena, (n_fixed + l->globals->count + LUACHECK_FILES + 3) * sizeof *argv);
  size_t n = 0;
  for (; n < n_fixed; n++)
    argv[n] = fixed[n];
  for (const as_node *g = l->globals->first; g; g = g->next)
    argv[n++] = g->text.p;
  argv[n++] = "--";
  for (size_t files = 0; l->next && files < LUACHECK_FILES; files++, l->next = l->next->next)
    argv[n++] = l->next->text.p;
  return argv;
}

static bool start_next(as_luacheck *l) {
  const char **argv = next_call(l);
  if (!argv)
    return false;
  l->tool = (as_tool){argv, LUACHECK_SECONDS, LUACHECK_BYTES, LUACHECK_MEMORY};
  as_tool_start(&l->job, &l->tool);
  return true;
}

void as_luacheck_start(as_luacheck *l, as_app *app, const as_node *plan) {
  const as_node *files = as_node_get(plan, "files");
  *l = (as_luacheck){.app = app, .globals = as_node_get(plan, "globals")};
  l->next = files && l->globals ? files->first : NULL;
  l->running = start_next(l);
}

as_node *as_luacheck_finish(as_luacheck *l, as_diags *diags) {
  as_app *app = l->app;
  as_buf out = {0};
  bool absent = false;
  while (l->running) {
    int code;
    as_tool_end end = as_tool_finish(&l->job, &out, &code, app->stop);
    absent = end == AS_TOOL_ABSENT;
    if (end == AS_TOOL_FAILED || code > 2)
      as_diags_add(diags, "W0829", AS_WARNING, NULL, 0, 0, "run `luacheck` by hand to see why", "luacheck did not end as it should: its findings are not complete");
    l->running = !absent && !(app->stop && *app->stop) && start_next(l);
  }
  if (absent)
    as_diags_add(diags, "N0828", AS_NOTE, NULL, 0, 0, "the package is called lua-check (apt-get install lua-check)",
                 "luacheck is not installed: unused and shadowed names, and code that is never reached, are not looked for");
  as_node *text = out.len ? as_node_text(app->arena, (as_str){out.data, out.len}) : NULL;
  as_buf_free(&out);
  return text;
}
