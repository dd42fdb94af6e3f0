/* Kinds: schemas read from YAML, checked, and laid out in memory. Must not know any kind by name. */
#include "model/kind.h"

#include <string.h>

#include "model/sink.h"
#include "model/type.h"
#include "read/read.h"

/* A reference that waits for the kind it leads to. */
typedef struct {
  as_kind *kind;
  as_field *field;
  const as_sym *target;
  const char *document, *source;
  uint32_t line, column;
} pending;

struct as_kinds {
  as_arena *arena;
  as_intern *intern;
  as_kind **items;
  size_t count, cap;
  pending *pending;
  size_t n_pending, pending_cap;
  as_map *by_name;
  as_map *refused; /* names of kinds that had errors: what refers to them is not told again */
};

as_kinds *as_kinds_new(as_arena *arena, as_intern *intern) {
  as_kinds *kinds = as_calloc(1, sizeof *kinds);
  kinds->arena = arena;
  kinds->intern = intern;
  kinds->by_name = as_map_new();
  kinds->refused = as_map_new();
  return kinds;
}

void as_kinds_free(as_kinds *kinds) {
  if (!kinds) return;
  as_free(kinds->items);
  as_free(kinds->pending);
  as_map_free(kinds->by_name);
  as_map_free(kinds->refused);
  as_free(kinds);
}

size_t as_kinds_count(const as_kinds *kinds) { return kinds->count; }
const as_kind *as_kinds_at(const as_kinds *kinds, size_t i) { return i < kinds->count ? kinds->items[i] : NULL; }
const as_kind *as_kinds_find(const as_kinds *kinds, as_str name) { return as_map_get(kinds->by_name, name); }

const char *as_kinds_suggest(const as_kinds *kinds, const char *name) {
  const char **names = as_alloc(kinds->count * sizeof *names);
  for (size_t i = 0; i < kinds->count; i++) names[i] = kinds->items[i]->name->text;
  const char *found = as_suggest(name, names, kinds->count);
  as_free(names);
  return found;
}

const as_field *as_kind_field(const as_kind *kind, as_str name) {
  for (uint32_t i = 0; i < kind->n_fields; i++) {
    const as_sym *own = kind->fields[i].name;
    if (own->len == name.n && memcmp(own->text, name.p, name.n) == 0) return &kind->fields[i];
  }
  return NULL;
}

const char *as_kind_suggest(const as_kind *kind, const char *name) {
  const char **names = as_alloc(kind->n_fields * sizeof *names);
  const char *found = NULL;
  for (uint32_t i = 0; i < kind->n_fields; i++) {
    const as_field *field = &kind->fields[i];
    names[i] = field->name->text;
    if ((field->ref_name && strcmp(field->ref_name->text, name) == 0) ||
        (field->id_name && strcmp(field->id_name->text, name) == 0))
      found = field->name->text;
  }
  if (!found) found = as_suggest(name, names, kind->n_fields);
  as_free(names);
  return found;
}

/* ---- reading ---- */

static bool is_name(as_str text) {
  if (!text.n || text.n > 64 || text.p[0] < 'a' || text.p[0] > 'z') return false;
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
  }
  return true;
}

/* What stands behind `# ` in the line of a field. */
static const char *comment_of(as_kinds *kinds, as_sink *sink, uint32_t line) {
  as_buf buf = {0};
  const char *comment = NULL;
  if (as_sink_line(sink, line, &buf)) {
    const char *mark = strstr(buf.data, " #");
    if (mark) {
      mark += 2;
      while (*mark == ' ' || *mark == '#') mark++;
      size_t n = strlen(mark);
      while (n && mark[n - 1] == ' ') n--;
      if (n) comment = as_arena_copy(kinds->arena, mark, n);
    }
  }
  as_buf_free(&buf);
  return comment;
}

static bool add_field(as_kinds *kinds, as_kind *kind, as_field *field, const as_node *node, as_sink *sink) {
  if (!is_name(node->key)) {
    as_sink_report(sink, "E0404", AS_ERROR, node->key_line, node->key_column,
                   "names are lower-case letters, digits and _, beginning with a letter", "%s: `%.*s` is no name for a field",
                   kind->name->text, (int)node->key.n, node->key.p);
    return false;
  }
  field->name = as_intern_add(kinds->intern, node->key);
  as_str text = node->type == AS_TEXT ? node->text : AS_STR("");
  as_buf why = {0}, help = {0};
  const as_sym *target = NULL;
  bool good = as_type_parse(kinds->arena, kinds->intern, text, field, &target, &why, &help);
  if (!good)
    as_sink_report(sink, "E0405", AS_ERROR, node->line, node->column, help.len ? help.data : NULL, "%s.%s: %s", kind->name->text,
                   field->name->text, why.len ? why.data : "is no type");
  as_buf_free(&why);
  as_buf_free(&help);
  if (!good) return false;
  field->comment = comment_of(kinds, sink, node->line);
  field->may_lie_ahead = as_type_is_time(field) && as_field_may_lie_ahead((as_str){field->name->text, field->name->len});
  as_field_name_aliases(kinds->intern, field);
  if (!target) return true;
  as_buf line = {0};
  as_sink_line(sink, node->line, &line);
  as_grow(&kinds->pending, &kinds->pending_cap, kinds->n_pending + 1, sizeof *kinds->pending);
  kinds->pending[kinds->n_pending++] =
      (pending){kind,       field,        target, as_arena_copy(kinds->arena, sink->document, strlen(sink->document)),
                line.len ? as_arena_copy(kinds->arena, line.data, line.len) : NULL,
                node->line, node->column};
  as_buf_free(&line);
  return true;
}

static bool add_fields(as_kinds *kinds, as_kind *kind, const as_node *fields, as_sink *sink) {
  bool good = true;
  kind->fields = as_arena_calloc(kinds->arena, fields->count * sizeof *kind->fields);
  for (const as_node *node = fields->first; node; node = node->next) {
    as_field *field = &kind->fields[kind->n_fields];
    memset(field, 0, sizeof *field);
    field->index = kind->n_fields;
    if (!add_field(kinds, kind, field, node, sink)) {
      good = false;
      continue;
    }
    kind->n_fields++;
  }
  /* A derived name that is a field of its own leads there. */
  for (uint32_t i = 0; i < kind->n_fields; i++) {
    as_field *field = &kind->fields[i];
    const as_field *other;
    if (field->ref_name && (other = as_kind_field(kind, as_str_of(field->ref_name->text))) && other != field) field->ref_name = NULL;
    if (field->id_name && (other = as_kind_field(kind, as_str_of(field->id_name->text))) && other != field) field->id_name = NULL;
  }
  return good;
}

static bool set_key(as_kind *kind, const as_node *key, as_sink *sink) {
  const as_field *field = key->type == AS_TEXT ? as_kind_field(kind, key->text) : NULL;
  if (!field) {
    const char *meant = as_kind_suggest(kind, key->type == AS_TEXT ? key->text.p : "");
    as_buf help = {0};
    if (meant) as_buf_printf(&help, "did you mean `%s`?", meant);
    as_sink_report(sink, "E0406", AS_ERROR, key->line, key->column, help.data, "%s: the key `%s` is no field of this kind",
                   kind->name->text, key->text.p ? key->text.p : "");
    as_buf_free(&help);
    return false;
  }
  if (field->type != AS_T_STRING || !field->required) {
    as_sink_report(sink, "E0406", AS_ERROR, key->line, key->column, "write `string!` as its type",
                   "%s: the key `%s` must be a required string", kind->name->text, field->name->text);
    return false;
  }
  kind->key = field;
  return true;
}

static void refuse(as_kinds *kinds, as_str name) {
  const as_sym *sym = as_intern_add(kinds->intern, name);
  as_map_put(kinds->refused, (as_str){sym->text, sym->len}, kinds);
}

/* Whether a kind of this name would hide something that rules or queries have by it: a field of isms, a table of SQL. */
static bool is_taken(as_str name) {
  static const char *const words[] = {"as_of", "catalog", "checks", "findings", "results", "risk_results", "json_each", "json_tree"};
  static const char *const beginnings[] = {"sqlite_", "pragma_"};
  bool taken = false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) taken = taken || as_str_is(name, words[i]);
  for (size_t i = 0; i < 2; i++) taken = taken || (name.n >= 7 && memcmp(name.p, beginnings[i], 7) == 0);
  return taken;
}

static bool add_kind(as_kinds *kinds, const as_node *node, const char *origin, as_sink *sink) {
  static const char *const entries[] = {"title", "key", "single", "fields"};
  if (!is_name(node->key)) {
    as_sink_report(sink, "E0404", AS_ERROR, node->key_line, node->key_column,
                   "names are lower-case letters, digits and _, beginning with a letter", "`%.*s` is no name for a kind",
                   (int)node->key.n, node->key.p);
    return false;
  }
  if (is_taken(node->key)) {
    as_sink_report(sink, "E0403", AS_ERROR, node->key_line, node->key_column, "give it another name",
                   "`%.*s` is no name for a kind: isms or SQL has something of that name", (int)node->key.n, node->key.p);
    return false;
  }
  const as_kind *earlier = as_kinds_find(kinds, node->key);
  if (earlier) {
    as_sink_report(sink, "E0403", AS_ERROR, node->key_line, node->key_column, "give it another name",
                   "the kind `%.*s` is already defined in %s", (int)node->key.n, node->key.p, earlier->origin);
    return false;
  }
  bool good = true;
  const as_node *fields = as_node_get(node, "fields"), *key = as_node_get(node, "key"), *single = as_node_get(node, "single");
  for (const as_node *entry = node->type == AS_MAP ? node->first : NULL; entry; entry = entry->next) {
    bool known = false;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) known = known || as_str_is(entry->key, entries[i]);
    if (known) continue;
    const char *meant = as_suggest(entry->key.p, entries, sizeof entries / sizeof *entries);
    as_buf help = {0};
    if (meant)
      as_buf_printf(&help, "did you mean `%s`?", meant);
    else
      as_buf_adds(&help, "a kind has title, key, single and fields");
    as_sink_report(sink, "E0402", AS_ERROR, entry->key_line, entry->key_column, help.data, "%.*s: unknown entry `%.*s`",
                   (int)node->key.n, node->key.p, (int)entry->key.n, entry->key.p);
    as_buf_free(&help);
    good = false;
  }
  if (!fields || fields->type != AS_MAP || !fields->count) {
    as_sink_report(sink, "E0408", AS_ERROR, node->key_line, node->key_column, "a kind is a map with title and fields",
                   "the kind `%.*s` has no fields", (int)node->key.n, node->key.p);
    refuse(kinds, node->key);
    return false;
  }
  as_kind *kind = as_arena_calloc(kinds->arena, sizeof *kind);
  kind->name = as_intern_add(kinds->intern, node->key);
  const char *title = as_node_str(node, "title", NULL);
  if (!title || !*title) {
    as_sink_report(sink, "E0408", AS_ERROR, node->key_line, node->key_column, NULL, "the kind `%s` has no title",
                   kind->name->text);
    good = false;
  }
  kind->title = title ? as_arena_copy(kinds->arena, title, strlen(title)) : "";
  kind->origin = as_arena_copy(kinds->arena, origin, strlen(origin));
  if (single && single->type != AS_BOOL) {
    as_sink_report(sink, "E0408", AS_ERROR, single->line, single->column, "write true or false",
                   "%s: `single` must be true or false", kind->name->text);
    good = false;
  }
  kind->single = as_node_boolean(node, "single", false);
  good = add_fields(kinds, kind, fields, sink) && good;
  /* A key whose field was refused has been told about already. */
  if (key && (good || as_node_gets(fields, key->text) == NULL)) good = set_key(kind, key, sink) && good;
  if (!good) {
    refuse(kinds, node->key);
    return false;
  }
  as_grow(&kinds->items, &kinds->cap, kinds->count + 1, sizeof *kinds->items);
  kinds->items[kinds->count++] = kind;
  as_map_put(kinds->by_name, (as_str){kind->name->text, kind->name->len}, kind);
  return true;
}

bool as_kinds_add(as_kinds *kinds, const as_buf *text, const char *document, as_diags *diags) {
  as_arena *scratch = as_arena_new();
  as_read_options options = {.format = AS_FORMAT_YAML, .document = document, .limits = as_read_limits_default};
  as_sink sink;
  as_sink_open(&sink, diags, false, document, (as_str){text->data, text->len});
  const as_node *root = as_read_tree(scratch, text, &options, false, diags);
  bool good = root != NULL;
  if (root && root->type != AS_MAP && root->type != AS_NULL) {
    as_sink_report(&sink, "E0401", AS_ERROR, root->line, root->column, "write `name:` with title and fields below it",
                   "a file of kinds is a map of names to kinds");
    good = false;
  } else if (root) {
    for (const as_node *node = root->first; node; node = node->next) good = add_kind(kinds, node, document, &sink) && good;
  }
  as_sink_close(&sink);
  as_arena_free(scratch);
  return good;
}

/* ---- settling ---- */

static bool settle_reference(as_kinds *kinds, const pending *ref, as_diags *diags) {
  const as_kind *target = as_kinds_find(kinds, as_str_of(ref->target->text));
  as_diag diag = {.severity = AS_ERROR, .document = ref->document, .line = ref->line, .column = ref->column, .source = ref->source};
  as_buf message = {0}, help = {0};
  if (!target) {
    const char *meant = as_kinds_suggest(kinds, ref->target->text);
    diag.code = "E0407";
    as_buf_printf(&message, "%s.%s refers to the unknown kind `%s`", ref->kind->name->text, ref->field->name->text, ref->target->text);
    if (meant) as_buf_printf(&help, "did you mean `%s`?", meant);
    if (as_map_get(kinds->refused, as_str_of(ref->target->text))) {
      as_buf_free(&message);
      as_buf_free(&help);
      return false;
    }
  } else if (!target->key) {
    diag.code = "E0409";
    as_buf_printf(&message, "%s.%s refers to `%s`, which has no key", ref->kind->name->text, ref->field->name->text, ref->target->text);
    as_buf_adds(&help, "only records of a kind with a key can be referred to");
  }
  if (diag.code) {
    diag.message = message.data;
    diag.help = help.data;
    as_diags_push(diags, &diag);
  } else {
    ref->field->target = target;
  }
  as_buf_free(&message);
  as_buf_free(&help);
  return diag.code == NULL;
}

bool as_kinds_settle(as_kinds *kinds, as_diags *diags) {
  bool good = true;
  for (size_t i = 1; i < kinds->count; i++) { /* few, and nearly sorted where files are */
    as_kind *kind = kinds->items[i];
    size_t k = i;
    for (; k && strcmp(kinds->items[k - 1]->name->text, kind->name->text) > 0; k--) kinds->items[k] = kinds->items[k - 1];
    kinds->items[k] = kind;
  }
  for (size_t i = 0; i < kinds->count; i++) {
    kinds->items[i]->index = (uint32_t)i;
    as_kind_lay_out(kinds->items[i]);
  }
  for (size_t i = 0; i < kinds->n_pending; i++) {
    /* A kind that was refused as a whole has been told about. */
    if (as_kinds_find(kinds, as_str_of(kinds->pending[i].kind->name->text)) != kinds->pending[i].kind) continue;
    good = settle_reference(kinds, &kinds->pending[i], diags) && good;
  }
  kinds->n_pending = 0;
  return good;
}
