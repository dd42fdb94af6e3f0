/* The manifest: a closed schema, every key and value checked with its place. Must not open files. */
#include "model/manifest.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

typedef struct {
  as_arena *arena;
  const as_kinds *kinds;
  as_sink *sink;
  bool good;
  const as_limits *limits; /* of patterns; NULL where there are no entries */
} reader;

static void wrong(reader *r, const char *code, const as_node *node, const char *help, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
static void wrong(reader *r, const char *code, const as_node *node, const char *help, const char *format, ...) {
  as_buf message = {0};
  va_list args;
  va_start(args, format);
  as_buf_vprintf(&message, format, args);
  va_end(args);
  as_sink_report(r->sink, code, AS_ERROR, node->line, node->column, help, "%s", message.data);
  as_buf_free(&message);
  r->good = false;
}

static bool is_given(const as_node *node) { return node && node->type != AS_NULL; }
static bool is_scalar(const as_node *node) { return node->type != AS_LIST && node->type != AS_MAP && node->type != AS_NULL; }

/* Reports every key of the map that is not among `names`. */
static void check_keys(reader *r, const as_node *map, const char *const *names, size_t count, const char *of) {
  for (const as_node *node = map->first; node; node = node->next) {
    bool known = false;
    for (size_t i = 0; i < count && !known; i++) known = as_str_is(node->key, names[i]);
    if (known) continue;
    as_buf help = {0}, key = {0};
    as_buf_add(&key, node->key.p, node->key.n);
    const char *meant = as_suggest(key.data, names, count);
    if (meant) {
      as_buf_printf(&help, "did you mean `%s`?", meant);
    } else {
      as_buf_adds(&help, "known are ");
      for (size_t i = 0; i < count; i++) as_buf_printf(&help, "%s%s", i ? ", " : "", names[i]);
    }
    key.len = 0;
    as_sink_quote(node->key, &key);
    as_sink_report(r->sink, "E0203", AS_ERROR, node->key_line, node->key_column, help.data, "unknown key %s in %s", key.data, of);
    r->good = false;
    as_buf_free(&help);
    as_buf_free(&key);
  }
}

static const char *text_of(reader *r, const as_node *map, const char *key) {
  const as_node *node = as_node_get(map, key);
  if (!is_given(node)) return NULL;
  if (!is_scalar(node) || !node->text.n || memchr(node->text.p, 0, node->text.n)) {
    wrong(r, "E0204", node, NULL, "`%s` must be a text", key);
    return NULL;
  }
  return as_arena_copy(r->arena, node->text.p, node->text.n);
}

static bool time_of(reader *r, const as_node *map, const char *key, as_time *out) {
  const as_node *node = as_node_get(map, key);
  if (!is_given(node)) return false;
  if (is_scalar(node) && (as_date_parse(node->text, out) || as_time_parse(node->text, out))) return true;
  as_buf shown = {0};
  as_sink_quote(node->text, &shown);
  wrong(r, "E0204", node, "write 2026-01-31, or 2026-01-31T08:15:00Z with a zone", "`%s`: %s is no date or time", key,
        is_scalar(node) ? shown.data : "this");
  as_buf_free(&shown);
  return false;
}

static void read_period(reader *r, const as_node *map, as_entry *entry) {
  static const char *const names[] = {"from", "to"};
  const as_node *node = as_node_get(map, "period");
  if (!is_given(node)) return;
  if (node->type != AS_MAP) {
    wrong(r, "E0204", node, "write { from: 2026-01-01, to: 2026-06-30 }", "`period` must have `from` and `to`");
    return;
  }
  check_keys(r, node, names, COUNT(names), "`period`");
  bool from = time_of(r, node, "from", &entry->period_from), to = time_of(r, node, "to", &entry->period_to);
  if (!as_node_get(node, "from") || !as_node_get(node, "to"))
    wrong(r, "E0204", node, "write { from: 2026-01-01, to: 2026-06-30 }", "`period` must have `from` and `to`");
  if (!from || !to) return;
  if (as_time_compare(entry->period_from, entry->period_to) > 0) wrong(r, "E0204", node, NULL, "`period` ends before it begins");
  entry->has_period = true;
}

static void read_collection(reader *r, const as_node *map, as_entry *entry) {
  const char *source = text_of(r, map, "source");
  if (source) entry->source = source;
  as_time time;
  if (time_of(r, map, "collected_at", &time)) {
    entry->collected_at = time;
    entry->has_collected_at = true;
  }
  read_period(r, map, entry);
}

static void read_kind(reader *r, const as_node *map, as_entry *entry) {
  const as_node *node = as_node_get(map, "kind");
  const char *name = text_of(r, map, "kind");
  if (!name) return;
  entry->kind = as_kinds_find(r->kinds, as_str_of(name));
  if (entry->kind) return;
  as_buf help = {0};
  const char *meant = as_kinds_suggest(r->kinds, name);
  if (meant)
    as_buf_printf(&help, "did you mean `%s`?", meant);
  else
    as_buf_adds(&help, "`assay list kinds` shows those that there are");
  wrong(r, "E0212", node, help.data, "there is no kind `%s`", name);
  as_buf_free(&help);
}

bool as_manifest_meta(as_arena *arena, const as_kinds *kinds, const as_node *meta, as_sink *sink, as_entry *entry) {
  reader r = {arena, kinds, sink, true, NULL};
  read_kind(&r, meta, entry);
  read_collection(&r, meta, entry);
  return r.good;
}

/* ---- entries ---- */

static void read_path(reader *r, const as_node *node, as_entry *entry) {
  if (!is_scalar(node) || !node->text.n || memchr(node->text.p, 0, node->text.n)) {
    wrong(r, "E0204", node, NULL, "`path` must be the path of a file, or a pattern");
    return;
  }
  const char *path = as_arena_copy(r->arena, node->text.p, node->text.n);
  while (path[0] == '.' && path[1] == '/') path += 2;
  bool climbs = path[0] == '/';
  for (const char *p = path; *p && !climbs; p += strcspn(p, "/"), p += *p == '/')
    climbs = strcspn(p, "/") == 2 && p[0] == '.' && p[1] == '.';
  if (climbs) {
    wrong(r, "E0207", node, "paths begin at the folder of the manifest and stay below it", "`%s` leads out of the bundle", path);
    return;
  }
  entry->path = path;
  entry->is_pattern = strpbrk(path, "*?") != NULL;
  entry->line = node->line;
  entry->column = node->column;
}

static void read_sha256(reader *r, const as_node *map, as_entry *entry) {
  const char *text = text_of(r, map, "sha256");
  if (!text) return;
  const as_node *node = as_node_get(map, "sha256");
  size_t n = strlen(text);
  char *lower = as_arena_copy(r->arena, text, n);
  bool hex = n == 64;
  for (size_t i = 0; i < n; i++) {
    char c = text[i];
    if (c >= 'A' && c <= 'F') c = (char)(c - 'A' + 'a');
    hex = hex && ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    lower[i] = c;
  }
  if (!hex)
    wrong(r, "E0204", node, NULL, "`sha256` must be 64 hexadecimal digits");
  else if (entry->is_pattern)
    wrong(r, "E0204", node, "list the files one by one", "`sha256` of a pattern: it can belong to one file only");
  else
    entry->sha256 = lower;
}

static const as_node *map_of(reader *r, const as_node *map, const char *key, const char *help) {
  const as_node *node = as_node_get(map, key);
  if (!is_given(node)) return NULL;
  if (node->type == AS_MAP) return node;
  wrong(r, "E0204", node, help, "`%s` must be a map", key);
  return NULL;
}

static void read_entry(reader *r, const as_node *node, as_entry *entry) {
  static const char *const names[] = {"path",   "kind",         "at",     "map",    "words",  "set",       "defaults",
                                      "source", "collected_at", "period", "sha256", "format", "delimiter", "pattern", "skip", "adapter"};
  if (node->type != AS_MAP) {
    if (is_scalar(node))
      read_path(r, node, entry);
    else
      wrong(r, "E0204", node, "write `- path: evidence/accounts.csv`", "an entry of `documents` must be a map");
    return;
  }
  check_keys(r, node, names, COUNT(names), "an entry of `documents`");
  const as_node *path = as_node_get(node, "path");
  if (!is_given(path))
    wrong(r, "E0204", node, "write `path: evidence/accounts.csv`, or a pattern", "an entry of `documents` has no `path`");
  else
    read_path(r, path, entry);
  read_kind(r, node, entry);
  read_collection(r, node, entry);
  read_sha256(r, node, entry);
  if (!as_manifest_format(r->arena, r->limits, node, r->sink, entry)) r->good = false;
  const as_node *at = as_node_get(node, "at");
  if (is_given(at) && !is_scalar(at))
    wrong(r, "E0204", at, "write a path such as Results[].Vulnerabilities[], or \"[]\" in quotes", "`at` must be a text");
  else if (is_given(at))
    entry->at = at;
  entry->map = map_of(r, node, "map", "write `field: column`");
  entry->words = map_of(r, node, "words", "write `field: { word of the export: word of the kind }`");
  entry->set = map_of(r, node, "set", "write `field: value`");
  entry->defaults = map_of(r, node, "defaults", "write `field: value`");
  const as_node *adapter = as_node_get(node, "adapter");
  if (is_given(adapter))
    wrong(r, "E0211", adapter, "describe the document with `at`, `map`, `words` and `set`", "adapters are not supported yet");
}

/* A file may hold several kinds, and records at several places; but one list of a kind only once. */
static void check_twice(reader *r, as_manifest *out) {
  as_map *known = as_map_new();
  for (size_t i = 0; i < out->count; i++) {
    as_entry *a = &out->entries[i];
    if (!a->path || a->is_pattern || a->at) continue;
    char *key = as_arena_printf(r->arena, "%s/%s", a->kind ? a->kind->name->text : "", a->path);
    const as_entry *b = as_map_get(known, as_str_of(key));
    if (!b) {
      as_map_put(known, as_str_of(key), a);
      continue;
    }
    as_sink_report(r->sink, "E0216", AS_ERROR, a->line, a->column, "one entry for a file and kind", "`%s` is already listed at line %u",
                   a->path, (unsigned)b->line);
    r->good = false;
  }
  as_map_free(known);
}

static void read_documents(reader *r, const as_node *root, as_manifest *out) {
  const as_node *node = as_node_get(root, "documents");
  if (!is_given(node)) return;
  if (node->type != AS_LIST) {
    wrong(r, "E0204", node, "begin each entry with `- path:`", "`documents` must be a list");
    return;
  }
  out->listed = true;
  out->entries = as_arena_calloc(r->arena, node->count * sizeof *out->entries);
  for (const as_node *item = node->first; item; item = item->next) {
    as_entry *entry = &out->entries[out->count++];
    *entry = out->defaults;
    read_entry(r, item, entry);
  }
  check_twice(r, out);
}

/* ---- the whole ---- */

static void read_organization(reader *r, const as_node *root, as_manifest *out) {
  const as_node *node = as_node_get(root, "organization");
  if (!is_given(node)) return;
  if (node->type != AS_MAP) {
    wrong(r, "E0204", node, "write { id: acme, name: Acme Ltd }", "`organization` must be a map");
    return;
  }
  const as_kind *kind = as_kinds_find(r->kinds, AS_STR("organization"));
  if (kind) {
    const char **names = as_alloc(kind->n_fields * sizeof *names);
    for (uint32_t i = 0; i < kind->n_fields; i++) names[i] = kind->fields[i].name->text;
    check_keys(r, node, names, kind->n_fields, "`organization`");
    as_free(names);
  }
  out->organization = node;
  out->name = text_of(r, node, "id");
}

bool as_manifest_read(as_arena *arena, const as_kinds *kinds, const as_limits *limits, const as_node *root, as_sink *sink, as_manifest *out) {
  static const char *const names[] = {"schema", "organization", "as_of", "period", "defaults", "documents"};
  static const char *const stated[] = {"source", "collected_at", "period"};
  reader r = {arena, kinds, sink, true, limits};
  *out = (as_manifest){.document = sink->document, .root = root};
  if (root->type == AS_NULL) return true;
  if (root->type != AS_MAP) {
    wrong(&r, "E0201", root, "write `schema: assay.bundle/1` and what belongs to it", "the manifest must be a map");
    return false;
  }
  check_keys(&r, root, names, COUNT(names), "the manifest");
  const char *schema = text_of(&r, root, "schema");
  if (schema && strcmp(schema, "assay.bundle/1") != 0)
    wrong(&r, "E0202", as_node_get(root, "schema"), "write `schema: assay.bundle/1`", "unknown schema `%s`", schema);
  out->has_as_of = time_of(&r, root, "as_of", &out->as_of);
  as_entry period = {0};
  read_period(&r, root, &period);
  if (period.has_period) out->period = as_node_get(root, "period");
  const as_node *defaults = map_of(&r, root, "defaults", "write `collected_at`, `source` or `period` below it");
  if (defaults) {
    check_keys(&r, defaults, stated, COUNT(stated), "`defaults`");
    read_collection(&r, defaults, &out->defaults);
  }
  read_organization(&r, root, out);
  read_documents(&r, root, out);
  return r.good;
}
