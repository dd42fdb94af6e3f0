/* assay.yaml as far as the command line is concerned: where it is, the store, the sections of commands. What it says about packs,
 * params and risks is for the stdlib to check. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/app.h"

#define CONFIG_NAME "assay.yaml"
#define CONFIG_BYTES ((uint64_t)4 << 20)

/* The nearest assay.yaml from the current folder upwards, as short a path as can be; NULL where there is none. */
static const char *nearest(as_arena *arena) {
  char here[4096];
  if (!getcwd(here, sizeof here))
    return NULL;
  size_t depth = 0;
  for (const char *p = here; *p; p++)
    depth += *p == '/' && p[1];
  as_buf path = {0};
  const char *found = NULL;
  for (size_t up = 0; up <= depth && !found; up++) {
    path.len = 0;
    for (size_t i = 0; i < up; i++)
      as_buf_adds(&path, "../");
    as_buf_adds(&path, CONFIG_NAME);
    if (access(path.data, F_OK) == 0)
      found = as_arena_copy(arena, path.data, path.len);
  }
  as_buf_free(&path);
  return found;
}

static const as_command *command_named(const as_app *app, as_str name) {
  for (const as_command *c = app->commands; c->name; c++)
    if (as_str_is(name, c->name))
      return c;
  return NULL;
}

/* Keys that the stdlib checks, those of the command line, and a section for each command. */
static void check_keys(const as_app *app, as_diags *diags) {
  static const char *const known[] = {"schema", "packs", "params", "risk", "kinds", "store", "fail_on"};
  const size_t n_known = sizeof known / sizeof *known;
  const char *names[64];
  size_t n = 0;
  for (; n < n_known; n++)
    names[n] = known[n];
  for (const as_command *c = app->commands; c->name && n < 64; c++)
    names[n++] = c->name;
  for (const as_node *m = app->config->first; m; m = m->next) {
    bool ok = command_named(app, m->key) != NULL;
    for (size_t i = 0; i < n_known && !ok; i++)
      ok = as_str_is(m->key, known[i]);
    if (!ok) {
      const char *close = as_suggest(m->key.p, names, n);
      as_diags_add(diags, "E0711", AS_ERROR, app->config_path, m->key_line, m->key_column,
                   close ? as_arena_printf(app->arena, "did you mean `%s`?", close) : NULL, "`%s` is no key of assay.yaml", m->key.p);
    } else if (command_named(app, m->key) && m->type != AS_MAP) {
      as_diags_add(diags, "E0712", AS_ERROR, app->config_path, m->line, m->column, NULL, "`%s` wants a map of flags", m->key.p);
    }
  }
}

/* assay.yaml may lie in a folder that others filled: it cannot take the walls around rules away. */
static void keep_walls(const as_app *app, const as_node *section, as_diags *diags) {
  static const char *const names[] = {"isolation", "allow_root", "allow-root"};
  for (size_t i = 0; section && i < sizeof names / sizeof *names; i++) {
    const as_node *m = as_node_get(section, names[i]);
    bool weakens = m && (i == 0 ? m->type == AS_TEXT && as_str_is(m->text, "none") : m->type != AS_BOOL || m->u.boolean);
    if (weakens)
      as_diags_add(diags, "E0713", AS_ERROR, app->config_path, m->line, m->column, "give it on the command line", "settings cannot take the sandbox away");
  }
}

bool as_app_config(as_app *app, const char *path, as_diags *diags) {
  if (!path)
    path = as_args_text(app->args, "config", NULL);
  if (!path)
    path = nearest(app->arena);
  if (!path)
    return true;
  as_buf text = {0};
  const char *why = NULL;
  if (!as_file_read(AT_FDCWD, path, CONFIG_BYTES, &text, &why)) {
    int error = errno;
    char *near = as_file_near(path);
    errno = error;
    as_diags_add(diags, "E0710", AS_ERROR, path, 0, 0,
                 near ? as_arena_printf(app->arena, "did you mean `%s`?", near) : "without --config the nearest assay.yaml from here upwards is read", "the settings cannot be read: %s", why ? why : strerror(errno));
    as_free(near);
    as_buf_free(&text);
    return false;
  }
  as_read_options options = {.format = AS_FORMAT_YAML, .document = path, .limits = as_read_limits_default};
  as_node *tree = as_read_tree(app->arena, &text, &options, false, diags);
  as_buf_free(&text);
  if (!tree)
    return false;
  if (tree->type != AS_MAP) {
    as_diags_add(diags, "E0712", AS_ERROR, path, tree->line, tree->column, NULL, "the settings are no map");
    return false;
  }
  app->config_path = as_arena_copy(app->arena, path, strlen(path));
  app->config = tree;
  check_keys(app, diags);
  keep_walls(app, as_node_get(tree, app->command->name), diags);
  as_args_config(app->args, as_node_get(tree, app->command->name), path, diags);
  const as_node *fail_on = as_node_get(tree, "fail_on");
  if (fail_on && fail_on->type == AS_TEXT)
    as_args_otherwise(app->args, "fail-on", fail_on->text.p, "fail_on of assay.yaml", diags);
  return as_diags_errors(diags) == 0;
}

const char *as_app_config_pack(const as_app *app, size_t i) {
  const as_node *list = as_node_get(app->config, "packs");
  const as_node *pack = list && list->type == AS_LIST ? list->first : NULL;
  for (; pack && i; pack = pack->next)
    i--;
  const char *path = !pack ? NULL : pack->type == AS_TEXT ? pack->text.p : as_node_str(pack, "path", NULL);
  const char *slash = app->config_path ? strrchr(app->config_path, '/') : NULL;
  if (!path || path[0] == '/' || !slash)
    return path;
  return as_arena_printf(app->arena, "%.*s/%s", (int)(slash - app->config_path), app->config_path, path);
}

bool as_app_same_place(const char *a, const char *b) {
  char x[PATH_MAX], y[PATH_MAX];
  return realpath(a, x) && realpath(b, y) && strcmp(x, y) == 0;
}

bool as_app_config_has(const as_app *app, const char *folder) {
  const char *pack;
  for (size_t i = 0; (pack = as_app_config_pack(app, i)) != NULL; i++)
    if (as_app_same_place(pack, folder))
      return true;
  return false;
}

const char *as_app_pack_of(as_arena *arena, const char *path) {
  const char *home = access(as_arena_printf(arena, "%s/pack.yaml", path), F_OK) == 0 ? path : NULL;
  for (size_t n = strlen(path); n && !(home && access(as_arena_printf(arena, "%s/pack.yaml", home), F_OK) == 0);) {
    while (n && path[n - 1] != '/')
      n--;
    const char *folder = n > 1 ? as_arena_copy(arena, path, n - 1) : n ? "/" : ".";
    if (!home || access(as_arena_printf(arena, "%s/pack.yaml", folder), F_OK) == 0)
      home = folder;
    n = n ? n - 1 : 0;
  }
  return home ? home : ".";
}

const char *as_app_store(const as_app *app) {
  const char *given = as_args_text(app->args, "store", NULL);
  const char *slash = app->config_path ? strrchr(app->config_path, '/') : NULL;
  const char *of_config = as_node_str(app->config, "store", NULL);
  if (!given && of_config && of_config[0] == '/')
    given = of_config;
  if (given)
    return strcmp(given, "none") == 0 ? NULL : given;
  if (of_config && strcmp(of_config, "none") == 0)
    return NULL;
  const char *name = of_config ? of_config : "assay.db";
  if (!slash)
    return name;
  return as_arena_printf(app->arena, "%.*s/%s", (int)(slash - app->config_path), app->config_path, name);
}
