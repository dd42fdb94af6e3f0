/* Mapping: what the manifest says about a document, checked against the kind and compiled. Must not see a document. */
#include "model/map.h"

#include <string.h>

#include "model/store.h"

typedef struct {
  as_mapping *out;
  as_format format;
  as_sink *sink;
  bool good;
} compiler;

static void wrong(compiler *c, const char *code, uint32_t line, uint32_t column, const char *help, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
static void wrong(compiler *c, const char *code, uint32_t line, uint32_t column, const char *help, const char *format, ...) {
  as_buf message = {0};
  va_list args;
  va_start(args, format);
  as_buf_vprintf(&message, format, args);
  va_end(args);
  as_sink_report(c->sink, code, AS_ERROR, line, column, help, "%s", message.data);
  as_buf_free(&message);
  c->good = false;
}

/* The field that a member of map, set, words or defaults is about. */
static const as_field *field_of(compiler *c, const as_node *node, const char *in) {
  const as_kind *kind = c->out->kind;
  const as_field *field = as_kind_field(kind, node->key);
  if (field) return field;
  as_buf help = {0}, name = {0};
  as_buf_add(&name, node->key.p, node->key.n);
  const char *meant = as_kind_suggest(kind, name.data);
  if (meant) as_buf_printf(&help, "did you mean `%s`?", meant);
  name.len = 0;
  as_sink_quote(node->key, &name);
  wrong(c, "E0213", node->key_line, node->key_column, help.data, "`%s`: %s has no field %s", in, kind->name->text, name.data);
  as_buf_free(&help);
  as_buf_free(&name);
  return NULL;
}

static void set_bit(unsigned char *bits, const as_field *field) { bits[field->index >> 3] |= (unsigned char)(1u << (field->index & 7)); }
static bool is_scalar(const as_node *node) { return node->type != AS_LIST && node->type != AS_MAP && node->type != AS_NULL; }

static void bad_path(compiler *c, const as_node *node, const char *why, size_t where) {
  as_buf shown = {0};
  as_sink_quote(node->text, &shown);
  uint32_t column = node->column + (uint32_t)where + (node->quoted ? 1 : 0);
  wrong(c, "E0214", node->line, column, "paths are written as Results[].Target, ../Target, tags[0], body|json.id, \"a.b\"", "%s: %s",
        shown.data, why);
  as_buf_free(&shown);
}

/* ---- at ---- */

static void compile_at(compiler *c) {
  const as_node *at = c->out->entry->at;
  const char *why;
  size_t where;
  if (!at) return;
  c->out->has_at = true;
  if (as_format_is_table(c->format)) {
    wrong(c, "E0214", at->line, at->column, "leave `at` out",
          c->format == AS_FORMAT_CSV ? "`at` does not fit a CSV: its records are its rows" : "`at` does not fit a text: its records are its lines");
  } else if (!as_path_parse(c->out->arena, at->text, &c->out->at, &why, &where)) {
    bad_path(c, at, why, where);
  } else if (c->out->at.up) {
    bad_path(c, at, "`at` begins at the root of the document", 0);
  }
}

/* How far `at` is walked before a unit is read whole: to the record, but to a text with a document in it at most,
 * and not beyond what `..` goes back to. */
static void settle_unit(compiler *c) {
  as_mapping *m = c->out;
  uint32_t up = 0, steps = m->at.n;
  for (uint32_t i = 0; i < m->n_mapped; i++)
    for (uint32_t k = 0; k < m->mapped[i].source.n; k++) {
      const as_path *path = m->mapped[i].source.parts[k].path;
      if (path && path->up > up) up = path->up;
    }
  for (; up && steps; up--) {
    while (steps && m->at.steps[steps - 1].kind != AS_STEP_KEY) steps--;
    if (steps) steps--;
  }
  for (uint32_t i = 0; i < steps; i++)
    if (m->at.steps[i].kind >= AS_STEP_JSON) steps = i;
  m->unit_steps = steps;
}

/* ---- map ---- */

/* In a CSV a path is the name of a column, whatever it looks like, unless it looks into the cell. */
static bool is_column_name(const as_path *path) {
  for (uint32_t i = 0; i < path->n; i++)
    if (path->steps[i].kind >= AS_STEP_JSON) return false;
  return path->up == 0;
}

static uint32_t climbs(const as_mapping *m) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < m->at.n; i++) n += m->at.steps[i].kind == AS_STEP_KEY || m->at.steps[i].kind == AS_STEP_EACH;
  return n;
}

static void compile_member(compiler *c, const as_node *node) {
  as_mapping *m = c->out;
  const as_field *field = field_of(c, node, "map");
  if (!field) return;
  set_bit(m->named, field);
  if (m->entry->set && as_node_gets(m->entry->set, node->key)) {
    wrong(c, "E0216", node->key_line, node->key_column, "keep one of them", "`%s` is in `map` and in `set`", field->name->text);
    return;
  }
  if (node->type == AS_NULL) { /* is not read */
    set_bit(m->fixed, field);
    return;
  }
  if (!is_scalar(node)) {
    wrong(c, "E0214", node->line, node->column, "write `field: column`", "`map.%s` must be the path of a column", field->name->text);
    return;
  }
  as_mapped *mapped = &m->mapped[m->n_mapped];
  *mapped = (as_mapped){.field = field};
  const char *why;
  size_t where;
  bool csv = as_format_is_table(c->format);
  bool braces = memchr(node->text.p, '{', node->text.n) || memchr(node->text.p, '}', node->text.n);
  if (!as_source_parse(m->arena, node->text, &mapped->source, &why, &where)) {
    if (!csv || braces || !node->text.n) {
      bad_path(c, node, why, where);
      return;
    }
    mapped->source.parts[0].path->n = mapped->source.parts[0].path->up = 0;
  }
  for (uint32_t i = 0; i < mapped->source.n; i++) {
    const as_path *path = mapped->source.parts[i].path;
    if (!path) continue;
    if (path->up > climbs(m)) {
      bad_path(c, node, m->has_at ? "`..` leads above the root of the document" : "`..` leads out of the record; `at` tells where records sit", 0);
      return;
    }
  }
  const as_path *first = mapped->source.parts[0].path;
  bool column = !mapped->source.is_template && first->up == 0 &&
                (csv ? is_column_name(first) : first->n == 1 && first->steps[0].kind == AS_STEP_KEY);
  if (!column) m->flat = false;
  m->n_mapped++;
}

static void compile_map(compiler *c) {
  as_mapping *m = c->out;
  const as_node *map = m->entry->map;
  m->has_map = map != NULL;
  m->flat = true;
  if (!map) return;
  m->mapped = as_arena_calloc(m->arena, map->count * sizeof *m->mapped);
  for (const as_node *node = map->first; node; node = node->next) compile_member(c, node);
}

static void want(as_mapping *m, as_str key) { as_map_put(m->keys, key, m); }

static as_str attribute_of(as_arena *arena, as_str key) {
  char *name = as_arena_alloc(arena, key.n + 2);
  name[0] = '@';
  memcpy(name + 1, key.p, key.n);
  name[key.n + 1] = 0;
  return (as_str){name, key.n + 1};
}

/* In XML a name is that of a child element, else of an attribute. */
static void name_attributes(as_mapping *m) {
  for (uint32_t i = 0; i < m->n_mapped; i++)
    for (uint32_t k = 0; k < m->mapped[i].source.n; k++) {
      const as_path *path = m->mapped[i].source.parts[k].path;
      for (uint32_t s = 0; path && s < path->n; s++) {
        as_step *step = &path->steps[s];
        if (step->kind == AS_STEP_KEY && step->key.p[0] != '@') step->attribute = attribute_of(m->arena, step->key);
      }
    }
}

static void want_steps(as_mapping *m, const as_step *steps, uint32_t n, bool at_unit) {
  for (uint32_t i = 0; i < n; i++) {
    if (steps[i].kind == AS_STEP_KEY) want(m, steps[i].key);
    if (steps[i].kind == AS_STEP_KEY && steps[i].attribute.n) want(m, steps[i].attribute);
    if (steps[i].kind != AS_STEP_EACH || m->xml) continue;
    if (i && steps[i - 1].kind == AS_STEP_KEY)
      as_map_put(m->open, steps[i - 1].key, m);
    else if (i == 0 && at_unit)
      m->open_root = true;
    else
      m->open_all = true;
  }
}

static void collect_keys(as_mapping *m) {
  if (m->at.n > m->unit_steps) want_steps(m, m->at.steps + m->unit_steps, m->at.n - m->unit_steps, true);
  for (uint32_t i = 0; i < m->n_mapped; i++) {
    for (uint32_t k = 0; k < m->mapped[i].source.n; k++) {
      const as_path *path = m->mapped[i].source.parts[k].path;
      if (!path) continue;
      want(m, path->literal);
      want(m, path->bare);
      want_steps(m, path->steps, path->n, false);
    }
  }
  if (m->xml) want(m, AS_STR("text()"));
  if (!m->identity) return;
  for (uint32_t i = 0; i < m->kind->n_fields; i++) {
    as_str name = {m->kind->fields[i].name->text, m->kind->fields[i].name->len};
    want(m, name);
    if (m->xml) want(m, attribute_of(m->arena, name));
  }
}

/* ---- words, set, defaults ---- */

#define LENIENT (AS_COERCE_CELL | AS_COERCE_LOOSE)

/* Reports a value of the manifest that does not fit its field. */
static bool check_value(compiler *c, const as_field *field, const as_node *node, const char *in, as_intern *intern) {
  as_coerce how = {c->out->arena, intern, LENIENT};
  as_value value;
  as_fault fault = {0};
  bool good = as_coerce_value(&how, field, node, &value, &fault) != AS_COERCE_BAD;
  if (!good) wrong(c, "E0215", node->line, node->column, fault.help.data, "`%s`: %s", in, fault.message.data);
  as_fault_free(&fault);
  return good;
}

static void compile_words(compiler *c, as_intern *intern) {
  as_mapping *m = c->out;
  if (!m->entry->words) return;
  for (const as_node *node = m->entry->words->first; node; node = node->next) {
    const as_field *field = field_of(c, node, "words");
    if (!field) continue;
    if (node->type != AS_MAP) {
      wrong(c, "E0204", node->line, node->column, "write { word of the export: word of the kind }", "`words.%s` must be a map", field->name->text);
      continue;
    }
    as_words *words = as_words_new(m->arena);
    m->words[field->index] = words;
    for (const as_node *word = node->first; word; word = word->next) {
      if (word->type != AS_NULL && !check_value(c, field, word, "words", intern)) continue;
      if (!as_words_add(words, m->arena, word->key, word))
        wrong(c, "E0216", word->key_line, word->key_column, "case, blanks and dashes do not count", "`words.%s`: `%.*s` is given twice", field->name->text,
              (int)word->key.n, word->key.p);
    }
  }
}

static bool is_template(const as_node *node) { return node->type == AS_TEXT && memchr(node->text.p, '{', node->text.n); }

/* Names in the braces of `set`: what is known of the document as a whole. */
static const char *const set_names[] = {"collected_at", "source", "document"};

static void compile_constants(compiler *c, const as_node *map, const char *in, as_intern *intern) {
  if (!map) return;
  for (const as_node *node = map->first; node; node = node->next) {
    const as_field *field = field_of(c, node, in);
    if (!field) continue;
    if (map == c->out->entry->set) set_bit(c->out->fixed, field);
    if (!is_template(node)) {
      check_value(c, field, node, in, intern);
      continue;
    }
    as_source source;
    const char *why;
    size_t where;
    if (!as_source_parse(c->out->arena, node->text, &source, &why, &where)) {
      bad_path(c, node, why, where);
      continue;
    }
    for (uint32_t i = 0; i < source.n; i++) {
      if (!source.parts[i].path) continue;
      as_str name = source.parts[i].path->literal;
      bool known = false;
      for (size_t k = 0; k < sizeof set_names / sizeof *set_names; k++) known = known || as_str_is(name, set_names[k]);
      if (known) continue;
      const char *meant = as_suggest(name.p, set_names, sizeof set_names / sizeof *set_names);
      as_buf help = {0};
      if (meant)
        as_buf_printf(&help, "did you mean {%s}?", meant);
      else
        as_buf_adds(&help, "known are {collected_at}, {source}, {document}; columns belong into `map`");
      wrong(c, "E0214", node->line, node->column, help.data, "`%s.%s`: there is no {%.*s}", in, field->name->text, (int)name.n, name.p);
      as_buf_free(&help);
    }
  }
}

static void fill_template(const as_source *source, const as_document *document, as_buf *out, bool *lacks) {
  for (uint32_t i = 0; i < source->n; i++) {
    const struct as_part *part = &source->parts[i];
    if (!part->path) {
      as_buf_add(out, part->text.p, part->text.n);
    } else if (as_str_is(part->path->literal, "collected_at")) {
      if (document->has_collected_at)
        as_time_format(document->collected_at, out);
      else
        *lacks = true;
    } else if (as_str_is(part->path->literal, "source")) {
      if (document->source)
        as_buf_adds(out, document->source);
      else
        *lacks = true;
    } else {
      as_buf_adds(out, document->path);
    }
  }
}

static bool put_constants(const as_mapping *m, const as_node *map, const as_document *document, as_builder *builder, as_sink *sink) {
  bool good = true;
  for (const as_node *node = map ? map->first : NULL; node; node = node->next) {
    const as_field *field = as_kind_field(m->kind, node->key);
    as_node filled = *node;
    as_buf text = {0};
    bool lacks = false;
    if (is_template(node)) {
      as_source source;
      const char *why;
      size_t where;
      if (!as_source_parse(m->arena, node->text, &source, &why, &where)) continue;
      as_buf_add(&text, "", 0);
      fill_template(&source, document, &text, &lacks);
      filled.text = (as_str){text.data, text.len};
    }
    as_coerce how = {builder->model->arena, builder->model->intern, LENIENT};
    as_value value;
    as_fault fault = {0};
    as_coerced result = lacks ? AS_COERCE_BAD : as_coerce_value(&how, field, &filled, &value, &fault);
    if (lacks)
      as_sink_report(sink, "E0215", AS_ERROR, node->line, node->column, "state it in this entry or under `defaults`",
                     "`%s`: %s has none", field->name->text, document->path);
    else if (result == AS_COERCE_BAD)
      as_sink_report(sink, "E0215", AS_ERROR, node->line, node->column, fault.help.data, "%s", fault.message.data);
    else if (result == AS_COERCED)
      as_record_put(builder->image, field, &value);
    good = good && result != AS_COERCE_BAD;
    as_fault_free(&fault);
    as_buf_free(&text);
  }
  return good;
}

bool as_mapping_constants(const as_mapping *m, const as_document *document, as_builder *builder, as_sink *sink) {
  bool defaults = put_constants(m, m->entry->defaults, document, builder, sink);
  return put_constants(m, m->entry->set, document, builder, sink) && defaults;
}

/* ---- the whole ---- */

as_mapping *as_mapping_compile(as_arena *arena, as_intern *intern, const as_kind *kind, const as_entry *entry, as_format format, as_sink *sink) {
  as_mapping *m = as_arena_calloc(arena, sizeof *m);
  compiler c = {m, format, sink, true};
  m->arena = arena;
  m->kind = kind;
  m->entry = entry;
  m->fixed = as_arena_calloc(arena, kind->n_fields / 8 + 1);
  m->named = as_arena_calloc(arena, kind->n_fields / 8 + 1);
  m->words = as_arena_calloc(arena, kind->n_fields * sizeof *m->words);
  m->keys = as_map_new();
  m->open = as_map_new();
  m->identity = !entry->map || !entry->at;
  compile_at(&c);
  if (c.good) compile_map(&c);
  compile_words(&c, intern);
  compile_constants(&c, entry->set, "set", intern);
  compile_constants(&c, entry->defaults, "defaults", intern);
  if (!c.good) {
    as_mapping_free(m);
    return NULL;
  }
  for (uint32_t i = 0; i < m->n_mapped; i++) m->mapped[i].words = m->words[m->mapped[i].field->index];
  settle_unit(&c);
  m->xml = format == AS_FORMAT_XML;
  if ((m->has_at && m->unit_steps < m->at.n) || m->xml) m->flat = false;
  if (m->xml) name_attributes(m);
  collect_keys(m);
  return m;
}

void as_mapping_free(as_mapping *m) {
  if (!m) return;
  as_map_free(m->keys);
  as_map_free(m->open);
  for (uint32_t i = 0; i < m->kind->n_fields; i++)
    if (m->words[i]) as_words_free(m->words[i]);
}
