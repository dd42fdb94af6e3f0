/* Paths followed in a tree, documents in texts opened on the way, and the fields of a mapped record filled.
 * Must not change what it walks, but for the trees of such documents, which it keeps at their texts. */
#include <string.h>

#include "base/file.h"
#include "model/map.h"
#include "model/scratch.h"

/* ---- documents in texts ---- */

typedef struct {
  as_scratch scratch;
  as_node *root;
  uint32_t line, column;
} embedding;

static bool on_event(void *ctx, const as_event *event) {
  embedding *e = ctx;
  as_event placed = *event; /* at the text that holds it */
  placed.line = e->line;
  placed.column = e->column;
  as_node *root = as_scratch_feed(&e->scratch, &placed);
  if (root && !e->root) e->root = root;
  return true;
}

static as_node *open_text(as_walk *walk, as_node *text, as_step_kind kind) {
  if (text->type != AS_TEXT || !text->text.n) return NULL;
  if (text->first) return text->first; /* opened before */
  as_buf buf = {.len = text->text.n, .cap = text->text.n + AS_TEXT_PADDING};
  buf.data = as_arena_calloc(walk->arena, buf.cap);
  memcpy(buf.data, text->text.p, text->text.n);
  as_format format = kind == AS_STEP_JSON ? AS_FORMAT_JSON : AS_FORMAT_CSV;
  as_read_options how = {.format = format, .limits = *walk->limits};
  embedding e = {.scratch = {.arena = walk->arena}, .line = text->line, .column = text->column};
  as_diags *found = as_diags_new();
  bool good = as_read_events(&buf, &how, on_event, &e, found);
  if (!good) {
    const as_diag *first = as_diags_count(found) ? as_diags_at(found, 0) : NULL;
    as_sink_report(walk->sink, "E0317", AS_ERROR, text->line, text->column, first ? first->help : NULL,
                   "the text here is no %s document: %s", as_format_name(format), first ? first->message : "it cannot be read");
    walk->broken = true;
  }
  as_diags_free(found);
  if (!good || !e.root) return NULL;
  e.root->parent = text;
  text->first = e.root;
  return e.root;
}

/* ---- walking ---- */

/* In XML one element and several of one name look different in the tree, but are the same to a path: a name stands for all of
 * them, `[]` says so, `[0]` chooses. */
static bool walk_xml(as_walk *walk, const as_step *steps, uint32_t n, as_node *from, as_found_fn fn, void *ctx) {
  bool list = from->type == AS_LIST;
  if (n && steps->kind == AS_STEP_INDEX) {
    as_node *item = list ? from->first : from;
    for (uint32_t i = 0; item && i < steps->index; i++) item = list ? item->next : NULL;
    if (item) as_walk_steps(walk, steps + 1, n - 1, item, fn, ctx);
    return true;
  }
  if (n && steps->kind == AS_STEP_EACH) {
    as_walk_steps(walk, steps + 1, n - 1, from, fn, ctx);
    return true;
  }
  for (as_node *item = list ? from->first : NULL; item; item = item->next) as_walk_steps(walk, steps, n, item, fn, ctx);
  return list;
}

void as_walk_steps(as_walk *walk, const as_step *steps, uint32_t n, as_node *from, as_found_fn fn, void *ctx) {
  if (walk->xml && walk_xml(walk, steps, n, from, fn, ctx)) return;
  if (n == 0) {
    fn(ctx, from);
    return;
  }
  switch (steps->kind) {
    case AS_STEP_KEY: {
      as_node *child = as_node_gets(from, steps->key);
      if (!child && steps->attribute.n) child = as_node_gets(from, steps->attribute);
      if (!child && walk->xml && as_str_is(steps->key, "text()") && from->type != AS_MAP) child = from;
      if (child) as_walk_steps(walk, steps + 1, n - 1, child, fn, ctx);
      break;
    }
    case AS_STEP_EACH:
      if (from->type != AS_LIST && from->type != AS_MAP) break;
      for (as_node *child = from->first; child; child = child->next) as_walk_steps(walk, steps + 1, n - 1, child, fn, ctx);
      break;
    case AS_STEP_INDEX: {
      if (from->type != AS_LIST) break;
      as_node *child = from->first;
      for (uint32_t i = 0; child && i < steps->index; i++) child = child->next;
      if (child) as_walk_steps(walk, steps + 1, n - 1, child, fn, ctx);
      break;
    }
    case AS_STEP_JSON:
    case AS_STEP_CSV: {
      as_node *root = open_text(walk, from, steps->kind);
      if (root) as_walk_steps(walk, steps + 1, n - 1, root, fn, ctx);
      break;
    }
  }
}

void as_walk_path(as_walk *walk, const as_path *path, as_node *from, as_found_fn fn, void *ctx) {
  as_node *node = from;
  for (uint32_t i = 0; i < path->up; i++) {
    node = node->parent;
    while (node && node->type != AS_MAP) node = node->parent;
    if (!node) return;
  }
  bool optional = path->bare.n != path->literal.n;
  as_node *literal = path->up == 0 && (path->n != 1 || optional) ? as_node_gets(node, path->literal) : NULL;
  if (!literal && optional && path->up == 0) literal = as_node_gets(node, path->bare);
  if (literal)
    as_walk_steps(walk, NULL, 0, literal, fn, ctx);
  else
    as_walk_steps(walk, path->steps, path->n, node, fn, ctx);
}

/* ---- filling ---- */

typedef struct {
  as_arena *arena;
  as_node *first, *list; /* list: once there is more than one */
  uint32_t count;
  bool xml;
} gathering;

static void add_copy(gathering *g, const as_node *node) {
  as_node *copy = as_arena_alloc(g->arena, sizeof *copy);
  *copy = *node;
  as_node_add(g->list, copy);
}

/* What stands for an XML element that has attributes or children: its text, where it has one. */
static as_node *value_of(as_node *node) {
  as_node *text = node->type == AS_MAP ? as_node_gets(node, AS_STR("text()")) : NULL;
  return text ? text : node;
}

static void on_found(void *ctx, as_node *node) {
  gathering *g = ctx;
  if (g->xml) node = value_of(node);
  if (g->count++ == 0) {
    g->first = node;
    return;
  }
  if (!g->list) {
    g->list = as_node_new(g->arena, AS_LIST);
    g->list->line = g->first->line;
    g->list->column = g->first->column;
    add_copy(g, g->first);
  }
  add_copy(g, node);
}

static void on_part(void *ctx, as_node *node) {
  as_buf *out = ctx;
  node = value_of(node); /* only XML has such names */
  if (node->type == AS_LIST || node->type == AS_MAP || node->type == AS_NULL) return;
  if (out->len && out->data[out->len - 1] != ' ') as_buf_addc(out, ' '); /* several values of one path */
  as_buf_add(out, node->text.p, node->text.n);
}

/* Templates can repeat what is large, once a record: one text keeps the limit of texts, and all of a document that of a file. */
static bool too_much(as_walk *walk, const as_node *record, size_t built) {
  uint64_t most = walk->limits->text_bytes, all = walk->limits->file_bytes;
  bool one = built > most;
  if (!one && walk->built + built <= all) return false;
  if (!walk->broken)
    as_sink_report(walk->sink, "E0106", AS_ERROR, record->line, record->column, "let the template name less, or map the fields one by one",
                   one ? "the text of a template is larger than %llu bytes (--limit-text-bytes)"
                       : "the texts of the templates are larger than %llu bytes together (--limit-file-bytes)",
                   (unsigned long long)(one ? most : all));
  walk->broken = true;
  return true;
}

/* The text that the template gives, or NULL where none of its paths leads to a value. */
static as_node *fill_template(as_walk *walk, const as_source *source, as_node *record) {
  as_buf text = {0}, part = {0};
  bool any = false;
  for (uint32_t i = 0; i < source->n && !walk->broken; i++) {
    if (!source->parts[i].path) {
      as_buf_add(&text, source->parts[i].text.p, source->parts[i].text.n);
      continue;
    }
    part.len = 0;
    as_walk_path(walk, source->parts[i].path, record, on_part, &part);
    any = any || part.len;
    if (too_much(walk, record, text.len + part.len)) any = false;
    else as_buf_add(&text, part.data, part.len);
  }
  walk->built += text.len;
  as_node *node = NULL;
  if (any && !walk->broken) {
    as_str whole = {text.data, text.len};
    while (whole.n && whole.p[whole.n - 1] == ' ') whole.n--;
    while (whole.n && whole.p[0] == ' ') whole.p++, whole.n--;
    node = as_node_text(walk->arena, whole);
    node->line = record->line;
    node->column = record->column;
  }
  as_buf_free(&text);
  as_buf_free(&part);
  return node;
}

static void set_field(as_walk *walk, const as_field *field, as_words *words, const as_node *node, as_builder *builder) {
  bool split = field->type == AS_T_LIST && (builder->flags & AS_COERCE_SPLIT);
  if (words) node = as_words_translate(words, node, split, walk->arena);
  if (node) as_builder_set(builder, field, node);
}

static void fill_mapped(as_mapped *mapped, as_walk *walk, as_node *record, as_builder *builder) {
  if (mapped->source.is_template) {
    const as_node *node = fill_template(walk, &mapped->source, record);
    mapped->found = mapped->found || node;
    if (node) set_field(walk, mapped->field, mapped->words, node, builder);
    return;
  }
  gathering g = {.arena = walk->arena, .xml = walk->xml};
  as_walk_path(walk, mapped->source.parts[0].path, record, on_found, &g);
  if (!g.count) return;
  mapped->found = true;
  set_field(walk, mapped->field, mapped->words, g.list ? g.list : g.first, builder);
}

static bool has_bit(const unsigned char *bits, const as_field *field) { return bits[field->index >> 3] >> (field->index & 7) & 1; }

void as_mapping_fill(const as_mapping *mapping, as_walk *walk, as_node *node, as_builder *builder) {
  for (uint32_t i = 0; i < mapping->n_mapped; i++) fill_mapped(&mapping->mapped[i], walk, node, builder);
  if (!mapping->identity || node->type != AS_MAP) return;
  for (as_node *child = node->first; child; child = child->next) {
    bool attribute = mapping->xml && child->key.p[0] == '@';
    as_str name = {child->key.p + attribute, child->key.n - attribute};
    const as_field *field = as_kind_field(mapping->kind, name);
    if (!field || has_bit(mapping->named, field) || has_bit(mapping->fixed, field)) continue;
    if (attribute && as_node_gets(node, name)) continue; /* the element goes first */
    if (!mapping->xml) {
      set_field(walk, field, mapping->words[field->index], child, builder);
      continue;
    }
    gathering g = {.arena = walk->arena, .xml = true};
    as_walk_steps(walk, NULL, 0, child, on_found, &g);
    if (g.count) set_field(walk, field, mapping->words[field->index], g.list ? g.list : g.first, builder);
  }
}
