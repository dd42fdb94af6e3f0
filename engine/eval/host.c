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
#define FILES 64u                               /* descriptors, beside those of children */
#define LEAST_ADDRESSES ((uint64_t)2 << 30) /* of address space, however small the memory is */
#define MANY_BUNDLES 1000u
#define TEXT_BYTES 4096u                      /* of one text of a diagnostic */

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

static bool add_kind_file(as_host *host, const char *dir, const char *name, as_diags *diags) {
  as_buf text = {0}, path = {0};
  const char *why = NULL;
  as_buf_printf(&path, "%s/%s", dir, name);
  bool ok = as_file_read(AT_FDCWD, path.data, as_read_limits_for(&as_limits_default, AS_FORMAT_YAML).file_bytes, &text, &why);
  if (ok)
    ok = as_kinds_add(host->kinds, &text, as_arena_copy(host->kinds_arena, path.data, path.len), diags);
  else
    as_diags_add(diags, "E0401", AS_ERROR, path.data, 0, 0, NULL, "cannot be read: %s", why ? why : strerror(errno));
  as_buf_free(&text);
  as_buf_free(&path);
  return ok;
}

/* All kinds of a folder; one that is not there has none. */
static bool add_kinds(as_host *host, const char *dir, as_diags *diags) {
  as_paths paths = {0};
  if (access(dir, F_OK) != 0)
    return true;
  if (!as_file_walk(dir, 10000, &paths, diags)) {
    as_diags_add(diags, "E0401", AS_ERROR, dir, 0, 0, NULL, "cannot be read: %s", strerror(errno));
    return false;
  }
  bool ok = true;
  for (size_t i = 0; i < paths.count; i++)
    if (as_format_of_path(paths.paths[i]) == AS_FORMAT_YAML)
      ok = add_kind_file(host, dir, paths.paths[i], diags) && ok;
  as_paths_free(&paths);
  return ok;
}

static bool add_kinds_below(as_host *host, const char *folder, as_diags *diags) {
  as_buf dir = {0};
  as_buf_printf(&dir, "%s/kinds", folder);
  bool ok = add_kinds(host, dir.data, diags);
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

/* The i-th path of a list in the settings: texts, or maps with a `path`. NULL behind the last. */
static const char *config_path(const as_node *config, const char *member, size_t i) {
  const as_node *list = config ? as_node_get(config, member) : NULL;
  const as_node *item = list && list->type == AS_LIST ? list->first : NULL;
  for (; item && i; i--)
    item = item->next;
  return !item ? NULL : item->type == AS_TEXT ? item->text.p : as_node_str(item, "path", "");
}

bool as_host_kinds(as_host *host, as_diags *diags) {
  const as_run_options *o = host->options;
  const char *path;
  bool ok = add_kinds_below(host, o->stdlib, diags);
  for (size_t i = 0; i < o->n_packs; i++)
    ok = add_kinds_below(host, o->packs[i].path, diags) && ok;
  for (size_t i = 0; (path = config_path(host->config, "kinds", i)) != NULL; i++)
    ok = add_kinds(host, path, diags) && ok;
  for (size_t i = 0; (path = config_path(host->config, "packs", i)) != NULL; i++)
    ok = add_kinds_below(host, path, diags) && ok;
  return as_kinds_settle(host->kinds, diags) && ok;
}

/* ---- walls ---- */

static bool demanded(as_host *host) {
  const as_run_options *o = host->options;
  as_walls up = as_wall_state(host->wall);
  if (o->require_walls && as_walls_missing(&up, 0)) {
    as_buf names = {0};
    const char *name;
    for (size_t i = 0; (name = as_walls_missing(&up, i)) != NULL; i++)
      as_buf_printf(&names, "%s%s", i ? ", " : "", name);
    as_diags_add(host->diags, "E0634", AS_ERROR, NULL, 0, 0, "docs/sandbox.md says what each wall needs", "the sandbox is demanded, but not whole: no %s",
                 names.data);
    as_buf_free(&names);
    return false;
  }
  if (host->wall && up.privileges == AS_PRIVILEGES_KEPT && !o->allow_root) {
    as_diags_add(host->diags, "E0635", AS_ERROR, NULL, 0, 0, "run it as another user, or with --allow-root", "the privileges of root cannot be dropped here");
    return false;
  }
  return true;
}

bool as_host_walls(as_host *host, const as_run_options *options, int out) {
  memset(host, 0, sizeof *host);
  host->options = options;
  host->out = out;
  host->loading = true;
  host->arena = as_arena_new();
  host->diags = as_diags_new();
  if (options->isolation == AS_ISOLATION_NONE)
    return demanded(host);
  for (size_t i = 0; i < options->n_bundles; i++)
    as_bundle_prepare(options->bundles[i]);
  host->wall = as_wall_new();
  as_wall_privileges(host->wall, options->allow_root);
  as_wall_numbers numbers = {.address_bytes = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE),
                             .files = FILES + 2 * options->jobs, .children = true};
  if (numbers.address_bytes < LEAST_ADDRESSES)
    numbers.address_bytes = LEAST_ADDRESSES;
  /* Here a wall that fails is one that is missing. */
  as_wall_limits(host->wall, &numbers);
  as_wall_files(host->wall, NULL, 0);
  as_wall_calls(host->wall, AS_STAGE_READ);
  return demanded(host);
}

const char *as_host_bundle_path(const as_host *host, const char *bundle) {
  static const char manifest[] = "bundle.yaml";
  const char *slash = strrchr(bundle, '/');
  if (strcmp(slash ? slash + 1 : bundle, manifest) != 0)
    return bundle;
  return slash ? as_arena_copy(host->arena, bundle, slash == bundle ? 1 : (size_t)(slash - bundle)) : ".";
}

/* The folder in which so many bundles lie is one path instead of thousands, which every worker would have to carry. */
static size_t add_bundles(const as_host *host, const char **paths) {
  const as_run_options *o = host->options;
  size_t n = 0;
  for (size_t i = 0; i < o->n_bundles; i++) {
    const char *path = as_host_bundle_path(host, o->bundles[i]), *slash = strrchr(path, '/');
    if (o->n_bundles > MANY_BUNDLES)
      path = slash ? as_arena_copy(host->arena, path, (size_t)(slash - path) + 1) : ".";
    if (strcmp(path, "-") != 0 && (n == 0 || strcmp(paths[n - 1], path) != 0))
      paths[n++] = path;
  }
  return n;
}

/* Says what may be read: from now on that, and nothing else. */
static bool confine(as_host *host, as_host_reach reach, const as_node *config) {
  const as_run_options *o = host->options;
  static const char *const lists[] = {"kinds", "packs"};
  const char *path;
  size_t room = 4 + o->n_packs + o->n_reads + o->n_bundles;
  for (size_t k = 0; k < 2; k++)
    for (size_t i = 0; config_path(config, lists[k], i); i++)
      room++;
  const char **paths = as_arena_calloc(host->arena, room * sizeof *paths);
  size_t n = 0;
  paths[n++] = o->stdlib;
  if (reach != AS_HOST_BARE) {
    for (size_t i = 0; i < o->n_packs; i++)
      paths[n++] = o->packs[i].path;
    for (size_t k = 0; k < 2; k++)
      for (size_t i = 0; (path = config_path(config, lists[k], i)) != NULL; i++)
        paths[n++] = path;
    host->n_paths = n; /* workers may read these too */
    if (o->config_path)
      paths[n++] = o->config_path;
    path = as_node_str(config ? as_node_get(config, "risk") : NULL, "model", NULL);
    if (path && strchr(path, '.')) /* a file, not the name of a model that ships */
      paths[n++] = path;
    for (size_t i = 0; i < o->n_reads; i++)
      paths[n++] = o->reads[i];
  }
  if (reach == AS_HOST_BUNDLES)
    n += add_bundles(host, paths + n);
  host->paths = paths;
  return as_wall_files(host->wall, paths, n);
}

bool as_host_open(as_host *host, as_host_reach reach) {
  const as_run_options *options = host->options;
  as_script_options so = {.stdlib = options->stdlib, .memory_bytes = options->memory_bytes, .seconds = options->seconds, .steps = options->steps};
  host->script = as_script_new(&so, host->diags);
  if (!host->script)
    return false;
  as_script_on_limit(host->script, on_limit, host);
  as_script_limit_patterns(host->script, &options->limits);
  if (reach != AS_HOST_BARE && options->config_path) {
    host->config = config_read(host);
    if (!host->config || !as_node_boolean(host->config, "ok", true)) /* packs.load would only say it again */
      return false;
  }
  if (!confine(host, reach, host->config)) {
    as_diags_add(host->diags, "E0633", AS_ERROR, NULL, 0, 0, NULL, "a wall of the sandbox could not be put up");
    return false;
  }
  host->kinds_arena = as_arena_new();
  host->intern = as_intern_new(host->kinds_arena);
  host->kinds = as_kinds_new(host->kinds_arena, host->intern);
  return true;
}

void as_host_bind(as_host *host) { as_script_set_bundle(host->script, NULL, host->kinds); }

bool as_host_start(as_host *host, as_host_reach reach) {
  if (!as_host_open(host, reach))
    return false;
  if (reach == AS_HOST_BARE)
    return true;
  if (!as_host_kinds(host, host->diags))
    return false;
  as_host_bind(host);
  return true;
}

static as_node *texts(as_arena *arena, const char *const *items, size_t n) {
  as_node *list = as_node_new(arena, AS_LIST);
  for (size_t i = 0; i < n; i++)
    as_node_add(list, as_node_text(arena, as_str_of(items[i])));
  return list;
}

static as_node *lost_files(as_arena *arena, const as_run_options *o) {
  as_node *list = as_node_new(arena, AS_LIST);
  for (size_t i = 0; i < o->n_lost; i++) {
    as_node *lost = as_node_add(list, as_node_new(arena, AS_MAP));
    as_node_put(arena, lost, "file", as_node_text(arena, as_str_of(o->lost[i].file)));
    as_node_put(arena, lost, "why", as_node_text(arena, as_str_of(o->lost[i].why)));
    if (o->lost[i].line)
      as_node_put(arena, lost, "line", as_node_int(arena, o->lost[i].line));
  }
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
  as_node_put(arena, arg, "lost", lost_files(arena, o));
  as_script_note_loading(host->script, o->loading, AS_LOADING_BYTES);
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

/* Cut here already, so that a portion always fits into its message. */
static void put_text(as_arena *arena, as_node *map, const char *key, const char *text) {
  if (!text)
    return;
  as_str whole = as_str_of(text);
  if (whole.n > TEXT_BYTES) {
    size_t n = TEXT_BYTES - sizeof "…";
    while (n && ((unsigned char)text[n] & 0xC0) == 0x80)
      n--;
    whole = as_str_of(as_arena_printf(arena, "%.*s…", (int)n, text));
  }
  as_node_put(arena, map, key, as_node_text(arena, whole));
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
