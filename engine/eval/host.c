/* The host of the script layer: loads stdlib, kinds and packs, and reports.
 * Runs in child processes only. */
#include "eval/host.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "eval/shapes.h"

#define DIAGS_A_MESSAGE 200u
#define LOAD_SECONDS 5.0
#define LOAD_BYTES ((uint64_t)256 << 20)

const char *as_limit_word(as_limit limit) {
  return limit == AS_LIMIT_MEMORY ? "memory" : limit == AS_LIMIT_TIME ? "time" : "steps";
}

/* A limit was broken outside of any step: while rules were loaded, or in a call of the product's own Lua. */
static void on_limit(void *ctx, as_limit limit, const char *where) {
  as_host *host = ctx;
  as_host_report(host);
  as_arena *arena = as_arena_new();
  as_node *fault = as_node_new(arena, AS_MAP);
  as_node_put(arena, fault, "fault", as_node_text(arena, as_str_of(as_limit_word(limit))));
  as_node_put(arena, fault, "where", as_node_text(arena, as_str_of(where ? where : "")));
  as_frame_send(host->out, AS_MSG_FAULT, 0, fault);
  _exit(AS_EXIT_INVALID);
}

static bool add_kind_file(as_host *host, const char *dir, const char *name) {
  as_buf text = {0}, path = {0};
  const char *why = NULL;
  as_buf_printf(&path, "%s/%s", dir, name);
  bool ok = as_file_read(AT_FDCWD, path.data, host->options->limits.file_bytes, &text, &why);
  if (ok)
    ok = as_kinds_add(host->kinds, &text, as_arena_copy(host->arena, path.data, path.len), host->diags);
  else
    as_diags_add(host->diags, "E0401", AS_ERROR, path.data, 0, 0, NULL, "cannot be read: %s", why ? why : strerror(errno));
  as_buf_free(&text);
  as_buf_free(&path);
  return ok;
}

/* All kinds of a folder; one that is not there has none. */
static bool add_kinds(as_host *host, const char *dir) {
  as_paths paths = {0};
  if (access(dir, F_OK) != 0)
    return true;
  if (!as_file_walk(dir, 10000, &paths, host->diags)) {
    as_diags_add(host->diags, "E0401", AS_ERROR, dir, 0, 0, NULL, "cannot be read: %s", strerror(errno));
    return false;
  }
  bool ok = true;
  for (size_t i = 0; i < paths.count; i++)
    if (as_format_of_path(paths.paths[i]) == AS_FORMAT_YAML)
      ok = add_kind_file(host, dir, paths.paths[i]) && ok;
  as_paths_free(&paths);
  return ok;
}

static bool add_kinds_below(as_host *host, const char *folder) {
  as_buf dir = {0};
  as_buf_printf(&dir, "%s/kinds", folder);
  bool ok = add_kinds(host, dir.data);
  as_buf_free(&dir);
  return ok;
}

void as_host_failed(as_host *host, const char *module, const char *function, const as_node *error) {
  as_diags_add(host->diags, "E0629", AS_ERROR, NULL, 0, 0, as_node_str(error, "traceback", NULL), "%s.%s failed: %s", module, function,
               as_node_str(error, "message", "no message"));
}

static as_node *config_read(as_host *host) {
  as_arena *arena = host->arena;
  as_node *arg = as_node_new(arena, AS_MAP), *config = NULL;
  as_node_put(arena, arg, "path", as_node_text(arena, as_str_of(host->options->config_path)));
  if (as_script_call(host->script, "config", "read", arg, arena, &config))
    return config && config->type == AS_MAP ? config : NULL;
  as_host_failed(host, "config", "read", config);
  return NULL;
}

static bool load_kinds(as_host *host) {
  const as_run_options *o = host->options;
  bool ok = add_kinds_below(host, o->stdlib);
  for (size_t i = 0; i < o->n_packs; i++)
    ok = add_kinds_below(host, o->packs[i].path) && ok;
  if (o->config_path) {
    const as_node *config = config_read(host);
    if (!config || !as_node_boolean(config, "ok", true)) /* packs.load would only say it again */
      return false;
    const as_node *list = as_node_get(config, "kinds");
    for (const as_node *dir = list && list->type == AS_LIST ? list->first : NULL; dir; dir = dir->next)
      if (dir->type == AS_TEXT)
        ok = add_kinds(host, dir->text.p) && ok;
    list = as_node_get(config, "packs");
    for (const as_node *pack = list && list->type == AS_LIST ? list->first : NULL; pack; pack = pack->next) {
      const char *path = pack->type == AS_TEXT ? pack->text.p : as_node_str(pack, "path", NULL);
      if (path)
        ok = add_kinds_below(host, path) && ok;
    }
  }
  return as_kinds_settle(host->kinds, host->diags) && ok;
}

bool as_host_start(as_host *host, const as_run_options *options, int out, bool kinds) {
  memset(host, 0, sizeof *host);
  host->options = options;
  host->out = out;
  host->loading = true;
  host->arena = as_arena_new();
  host->diags = as_diags_new();
  host->intern = as_intern_new(host->arena);
  as_script_options so = {.stdlib = options->stdlib, .memory_bytes = options->memory_bytes, .seconds = options->seconds, .steps = options->steps};
  host->script = as_script_new(&so, host->diags);
  if (!host->script)
    return false;
  as_script_on_limit(host->script, on_limit, host);
  if (!kinds)
    return true;
  host->kinds = as_kinds_new(host->arena, host->intern);
  if (!load_kinds(host))
    return false;
  as_script_set_bundle(host->script, NULL, host->kinds);
  return true;
}

static as_node *texts(as_arena *arena, const char *const *items, size_t n) {
  as_node *list = as_node_new(arena, AS_LIST);
  for (size_t i = 0; i < n; i++)
    as_node_add(list, as_node_text(arena, as_str_of(items[i])));
  return list;
}

as_node *as_host_load(as_host *host) {
  const as_run_options *o = host->options;
  as_arena *arena = host->arena;
  as_node *arg = as_node_new(arena, AS_MAP), *paths = as_node_new(arena, AS_LIST), *answer = NULL;
  as_node_put(arena, arg, "paths", paths);
  for (size_t i = 0; i < o->n_packs; i++) {
    as_node *pack = as_node_new(arena, AS_MAP);
    as_node_put(arena, pack, "path", as_node_text(arena, as_str_of(o->packs[i].path)));
    as_node_put(arena, pack, "trusted", as_node_bool(arena, o->packs[i].shipped));
    as_node_put(arena, pack, "checked", as_node_bool(arena, o->packs[i].shipped));
    as_node_add(paths, pack);
  }
  if (o->config_path)
    as_node_put(arena, arg, "config_path", as_node_text(arena, as_str_of(o->config_path)));
  as_node_put(arena, arg, "params", texts(arena, o->params, o->n_params));
  as_node_put(arena, arg, "select", texts(arena, o->select, o->n_select));
  /* All packs are loaded under one budget; the limits of a single rule, which may be small, are not meant for that. */
  as_script_set_limits(host->script, o->memory_bytes > LOAD_BYTES ? o->memory_bytes : LOAD_BYTES, o->seconds > LOAD_SECONDS ? o->seconds : LOAD_SECONDS, 0);
  as_script_budget_start(host->script);
  bool ok = as_script_call(host->script, "packs", "load", arg, arena, &answer);
  as_script_budget_stop(host->script);
  as_script_set_limits(host->script, o->memory_bytes, o->seconds, o->steps);
  if (!ok) {
    as_host_failed(host, "packs", "load", answer);
    return NULL;
  }
  return answer;
}

static void put_text(as_arena *arena, as_node *map, const char *key, const char *text) {
  if (text)
    as_node_put(arena, map, key, as_node_text(arena, as_str_of(text)));
}

as_node *as_diags_nodes(as_arena *arena, const as_diags *diags, size_t from, size_t count) {
  static const char *const severities[] = {"error", "warning", "note"};
  as_node *list = as_node_new(arena, AS_LIST);
  for (size_t i = from; i < from + count && i < as_diags_count(diags); i++) {
    const as_diag *d = as_diags_at(diags, i);
    as_node *n = as_node_new(arena, AS_MAP);
    put_text(arena, n, "code", d->code);
    put_text(arena, n, "severity", severities[d->severity]);
    put_text(arena, n, "document", d->document);
    if (d->line)
      as_node_put(arena, n, "line", as_node_int(arena, d->line));
    if (d->column)
      as_node_put(arena, n, "column", as_node_int(arena, d->column));
    put_text(arena, n, "message", d->message ? d->message : "");
    put_text(arena, n, "help", d->help);
    put_text(arena, n, "source", d->source);
    as_node_add(list, n);
  }
  return list;
}

void as_diags_take(as_diags *diags, const as_node *list) {
  for (const as_node *n = list->first; n; n = n->next) {
    const char *severity = as_node_str(n, "severity", "error");
    as_diag d = {.code = as_node_str(n, "code", "E0000"),
                 .severity = strcmp(severity, "error") == 0 ? AS_ERROR : strcmp(severity, "warning") == 0 ? AS_WARNING : AS_NOTE,
                 .document = as_node_str(n, "document", NULL),
                 .line = (uint32_t)as_node_integer(n, "line", 0),
                 .column = (uint32_t)as_node_integer(n, "column", 0),
                 .message = as_node_str(n, "message", ""),
                 .help = as_node_str(n, "help", NULL),
                 .source = as_node_str(n, "source", NULL)};
    as_diags_push(diags, &d);
  }
}

bool as_diags_send(int out, uint32_t stream, const as_diags *diags, size_t from) {
  as_arena *arena = as_arena_new();
  bool ok = true;
  for (size_t i = from; ok && i < as_diags_count(diags); i += DIAGS_A_MESSAGE) {
    ok = as_frame_send(out, AS_MSG_DIAGS, stream, as_diags_nodes(arena, diags, i, DIAGS_A_MESSAGE));
    as_arena_reset(arena);
  }
  as_arena_free(arena);
  return ok;
}

bool as_host_report(as_host *host) {
  bool ok = as_diags_send(host->out, 0, host->diags, host->sent);
  host->sent = as_diags_count(host->diags);
  return ok;
}
