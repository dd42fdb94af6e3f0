/* assay check: tells rules, packs, kinds, settings and bundles apart by what lies where. Opens none of them. */
#include "cli/check.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

typedef enum { IS_MISSING, IS_CONFIG, IS_RULES, IS_KINDS, IS_BUNDLE } what;

static bool there(const as_check_targets *t, const char *folder, const char *name) {
  size_t n = strlen(folder);
  return access(as_arena_printf(t->app->arena, "%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", name), F_OK) == 0;
}

static const char *basename_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static bool ends_with(const char *text, const char *end) {
  size_t n = strlen(text), m = strlen(end);
  return n >= m && strcmp(text + n - m, end) == 0;
}

/* The folder that a path lies in. */
static const char *folder_of(as_arena *arena, const char *path) {
  const char *slash = strrchr(path, '/');
  return !slash ? "." : slash == path ? "/" : as_arena_copy(arena, path, (size_t)(slash - path));
}

static bool holds_lua(const char *folder) {
  as_paths paths = {0};
  bool found = false;
  if (as_file_walk(folder, 100000, &paths, NULL))
    for (size_t i = 0; i < paths.count && !found; i++)
      found = ends_with(paths.paths[i], ".lua");
  as_paths_free(&paths);
  return found;
}

static what folder_is(const as_check_targets *t, const char *path) {
  if (there(t, path, "bundle.yaml"))
    return IS_BUNDLE;
  if (there(t, path, "pack.yaml"))
    return IS_RULES;
  if (there(t, path, "assay.yaml"))
    return IS_CONFIG;
  const char *pack = as_app_pack_of(t->app->arena, as_arena_printf(t->app->arena, "%s/", path));
  if (there(t, pack, "pack.yaml"))
    return IS_RULES;
  if (strcmp(basename_of(path), "kinds") == 0)
    return IS_KINDS;
  return holds_lua(path) ? IS_RULES : IS_BUNDLE;
}

static what file_is(const as_check_targets *t, const char *path) {
  const char *name = basename_of(path), *folder = folder_of(t->app->arena, path);
  if (strcmp(name, "assay.yaml") == 0)
    return IS_CONFIG;
  if (strcmp(name, "bundle.yaml") == 0)
    return IS_BUNDLE;
  if (ends_with(name, ".lua"))
    return IS_RULES;
  if (!ends_with(name, ".yaml") && !ends_with(name, ".yml"))
    return IS_BUNDLE;
  if (there(t, as_app_pack_of(t->app->arena, path), "pack.yaml"))
    return IS_RULES;
  return strcmp(basename_of(folder), "kinds") == 0 ? IS_KINDS : IS_BUNDLE;
}

static what path_is(const as_check_targets *t, const char *path) {
  struct stat st;
  if (strcmp(path, "-") == 0)
    return IS_BUNDLE;
  if (stat(path, &st) != 0)
    return IS_MISSING;
  return S_ISDIR(st.st_mode) ? folder_is(t, path) : file_is(t, path);
}

/* The pack, unless it is known already: from the settings, as the one that ships, or by another path. */
static void add_pack(as_check_targets *t, const char *folder) {
  if (as_app_same_place(folder, t->app->rules)) {
    t->shipped = folder;
    return;
  }
  for (size_t i = 0; i < t->n_packs; i++)
    if (as_app_same_place(t->packs[i].path, folder))
      return;
  if (!as_app_config_has(t->app, folder))
    t->packs[t->n_packs++] = (as_pack_path){folder, false};
}

/* Kinds of a pack come with it, those of the settings with them; others are read from where they lie. */
static void add_kinds(as_check_targets *t, const char *kinds) {
  as_arena *arena = t->app->arena;
  const char *above = folder_of(arena, kinds);
  if (strcmp(basename_of(kinds), "kinds") != 0)
    return;
  if (there(t, above, "pack.yaml")) {
    add_pack(t, above);
    return;
  }
  const as_node *list = as_node_get(t->app->config, "kinds");
  for (const as_node *k = !list ? NULL : list->type == AS_LIST ? list->first : list; k; k = list->type == AS_LIST ? k->next : NULL)
    if (k->type == AS_TEXT &&
        as_app_same_place(kinds, as_arena_printf(arena, "%s/%s", folder_of(arena, t->app->config_path), k->text.p)))
      return;
  if (!as_app_config_has(t->app, above))
    t->kinds[t->n_kinds++] = above;
}

static const char *without_slash(as_arena *arena, const char *path) {
  size_t n = strlen(path);
  while (n > 1 && path[n - 1] == '/')
    n--;
  return as_arena_copy(arena, path, n);
}

static void place(as_check_targets *t, const char *path, what is) {
  as_arena *arena = t->app->arena;
  struct stat st;
  bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
  if (is == IS_BUNDLE) {
    t->bundles[t->n_bundles++] = path;
    return;
  }
  if (is == IS_CONFIG)
    return;
  t->focus[t->n_focus++] = path;
  size_t length = strlen(path);
  if (ends_with(path, "_test.lua")) /* a rule and its test go together */
    t->focus[t->n_focus++] = as_arena_printf(arena, "%.*s.lua", (int)(length - strlen("_test.lua")), path);
  else if (ends_with(path, ".lua"))
    t->focus[t->n_focus++] = as_arena_printf(arena, "%.*s_test.lua", (int)(length - strlen(".lua")), path);
  if (is == IS_KINDS) {
    add_kinds(t, folder ? path : folder_of(arena, path));
    return;
  }
  const char *pack = as_app_pack_of(arena, folder ? as_arena_printf(arena, "%s/", path) : path);
  if (folder && !there(t, pack, "pack.yaml"))
    pack = path;
  add_pack(t, pack);
}

static int refuse(as_check_targets *t, const char *code, const char *help, const char *text, int exit) {
  as_diags_add(t->diags, code, AS_ERROR, NULL, 0, 0, help, "%s", text);
  return exit;
}

int as_check_sort(as_check_targets *t) {
  as_app *app = t->app;
  const char *const *words;
  size_t n = as_args_words(app->args, &words);
  t->all = n == 0;
  t->focus = as_arena_calloc(app->arena, (2 * n + 1) * sizeof *t->focus);
  t->bundles = as_arena_calloc(app->arena, (n + 1) * sizeof *t->bundles);
  t->packs = as_arena_calloc(app->arena, (n + 1) * sizeof *t->packs);
  t->kinds = as_arena_calloc(app->arena, (n + 1) * sizeof *t->kinds);
  what *are = as_arena_calloc(app->arena, (n + 1) * sizeof *are);
  for (size_t i = 0; i < n; i++) {
    are[i] = path_is(t, words[i]);
    if (are[i] == IS_MISSING) {
      char *near = as_file_near(words[i]);
      const char *help = near ? as_arena_printf(app->arena, "did you mean `%s`?", near) : "give a rule, a test, a pack, kinds, assay.yaml or a bundle";
      as_free(near);
      return refuse(t, "E0820", help, as_arena_printf(app->arena, "there is no `%s` to check", words[i]), AS_EXIT_MISSING);
    }
    if (are[i] != IS_CONFIG)
      continue;
    const char *path = without_slash(app->arena, words[i]);
    struct stat st;
    path = stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? as_arena_printf(app->arena, "%s/assay.yaml", path) : path;
    path = strncmp(path, "./", 2) == 0 ? path + 2 : path;
    const char *given = as_args_text(app->args, "config", t->config);
    if (given && !as_app_same_place(given, path))
      return refuse(t, "E0705", "check one after the other", as_arena_printf(app->arena, "`%s` and `%s` are both settings", given, path), AS_EXIT_USAGE);
    t->config = path;
    t->all = true;
  }
  if (!as_app_config(app, t->config, t->diags))
    return AS_EXIT_INVALID;
  if (n == 0 && !app->config_path && !as_args_text(app->args, "rules", NULL))
    return refuse(t, "E0705", "give a path: `assay check my/rules`, or begin a pack with `assay new pack`",
                  "there is nothing to check: no path is given, and there is no assay.yaml from here upwards", AS_EXIT_USAGE);
  for (size_t i = 0; i < n; i++)
    place(t, without_slash(app->arena, words[i]), are[i]);
  for (size_t i = 0; as_app_config_pack(app, i); i++)
    if (!t->shipped && t->all && as_app_same_place(as_app_config_pack(app, i), app->rules))
      t->shipped = app->rules;
  return AS_EXIT_OK;
}
