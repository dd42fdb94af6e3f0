/* The model: keeps records, documents and indexes, and answers questions about them.
 * Must not know a file format. */
#include "model/model.h"

#include <string.h>

#include "model/store.h"

/* ---- symbol tables ---- */

static uint32_t spread(const as_sym *sym) { return (sym->id + 1) * 0x9e3779b1u; }

uint32_t as_symtab_find(const as_symtab *table, const as_sym *sym) {
  if (!table->slots) return UINT32_MAX;
  uint32_t h = spread(sym);
  for (uint32_t i = (h ^ h >> 15) & table->mask; table->slots[i].sym; i = (i + 1) & table->mask)
    if (table->slots[i].sym == sym) return table->slots[i].place;
  return UINT32_MAX;
}

static void symtab_put(as_symtab *table, const as_sym *sym, uint32_t place) {
  uint32_t h = spread(sym), i = (h ^ h >> 15) & table->mask;
  while (table->slots[i].sym) i = (i + 1) & table->mask;
  table->slots[i] = (struct as_symtab_slot){sym, place};
}

void as_symtab_add(as_symtab *table, as_arena *arena, const as_sym *sym, uint32_t place) {
  if (!table->slots || (uint64_t)table->count * 8 >= (uint64_t)table->mask * 5) {
    as_symtab old = *table;
    uint32_t size = old.slots ? (old.mask + 1) * 2 : 16;
    table->slots = as_arena_calloc(arena, size * sizeof *table->slots);
    table->mask = size - 1;
    for (uint32_t i = 0; old.slots && i <= old.mask; i++)
      if (old.slots[i].sym) symtab_put(table, old.slots[i].sym, old.slots[i].place);
  }
  symtab_put(table, sym, place);
  table->count++;
}

/* ---- building ---- */

as_model *as_model_new(as_arena *arena, as_intern *intern, const as_kinds *kinds) {
  as_model *model = as_arena_calloc(arena, sizeof *model);
  model->arena = arena;
  model->intern = intern;
  model->kinds = kinds;
  size_t n = as_kinds_count(kinds);
  model->stores = as_arena_calloc(arena, n * sizeof *model->stores);
  for (size_t i = 0; i < n; i++) model->stores[i].kind = as_kinds_at(kinds, i);
  return model;
}

void as_model_free(as_model *model) {
  /* All but the builder is pinned to the arena. */
  if (!model || !model->adder) return;
  as_builder_close(model->adder);
  model->adder = NULL;
}

as_document *as_model_add_document(as_model *model, const char *path) {
  if (model->n_documents == model->documents_cap) {
    size_t cap = model->documents_cap ? model->documents_cap * 2 : 16;
    as_document **more = as_arena_alloc(model->arena, cap * sizeof *more);
    if (model->n_documents) memcpy(more, model->documents, model->n_documents * sizeof *more);
    model->documents = more;
    model->documents_cap = cap;
  }
  as_document *document = as_arena_calloc(model->arena, sizeof *document);
  document->index = (uint32_t)model->n_documents;
  document->path = as_arena_copy(model->arena, path, strlen(path));
  document->readable = true;
  model->documents[model->n_documents++] = document;
  return document;
}

void as_model_supply(as_model *model, const as_kind *kind) { model->stores[kind->index].stated = true; }

as_record *as_store_add(as_store *store, as_arena *arena) {
  uint32_t i = store->count++;
  uint32_t k = 31u - (uint32_t)__builtin_clz(i / AS_CHUNK_FIRST + 1);
  if (!store->chunks[k]) store->chunks[k] = as_arena_alloc(arena, ((size_t)AS_CHUNK_FIRST << k) * store->kind->record_size);
  return as_store_at(store, i);
}

static void report_unknown_field(as_sink *sink, const as_kind *kind, const as_node *node) {
  as_buf name = {0}, help = {0};
  as_buf_add(&name, node->key.p, node->key.n);
  const char *meant = as_kind_suggest(kind, name.data);
  if (meant) as_buf_printf(&help, "did you mean `%s`?", meant);
  as_buf shown = {0};
  as_sink_quote(node->key, &shown);
  as_sink_report(sink, "W0302", AS_WARNING, node->key_line ? node->key_line : node->line,
                 node->key_line ? node->key_column : node->column, help.len ? help.data : NULL, "%s has no field %s", kind->name->text,
                 shown.data);
  as_buf_free(&shown);
  as_buf_free(&name);
  as_buf_free(&help);
}

const as_record *as_model_add_record(as_model *model, as_document *document, const as_kind *kind, const as_node *node,
                                     as_diags *diags) {
  if (!model->adder) model->adder = as_arena_calloc(model->arena, sizeof *model->adder);
  as_builder *builder = model->adder;
  if (builder->kind != kind || builder->document != document) {
    as_builder_close(builder);
    as_builder_open(builder, model, document, kind, &model->adder_sink, 0);
  }
  as_sink *sink = &model->adder_sink;
  as_sink_open(sink, diags, false, document ? document->path : NULL, (as_str){NULL, 0});
  if (node->type != AS_MAP) {
    as_sink_report(sink, "E0309", AS_ERROR, node->line, node->column, NULL, "a record of %s must be a map of fields", kind->name->text);
    if (document) document->left_out++;
    return NULL;
  }
  as_builder_begin(builder, node->line, node->column);
  for (const as_node *child = node->first; child; child = child->next) {
    const as_field *field = as_kind_field(kind, child->key);
    if (!field)
      report_unknown_field(sink, kind, child);
    else
      as_builder_set(builder, field, child);
  }
  const as_record *record = as_builder_end(builder);
  as_sink_close(sink);
  return record;
}

/* ---- reading ---- */

const as_kinds *as_model_kinds(const as_model *model) { return model->kinds; }
as_time as_model_as_of(const as_model *model) { return model->as_of; }
bool as_model_supplied(const as_model *model, const as_kind *kind) { return model->stores[kind->index].supplied; }
size_t as_model_count(const as_model *model, const as_kind *kind) { return model->stores[kind->index].count; }

const as_record *as_model_at(const as_model *model, const as_kind *kind, size_t i) {
  const as_store *store = &model->stores[kind->index];
  return i < store->count ? as_store_at(store, (uint32_t)i) : NULL;
}

const as_record *as_model_find(const as_model *model, const as_kind *kind, as_str key) {
  const as_sym *sym = as_intern_find(model->intern, key);
  const as_store *store = &model->stores[kind->index];
  uint32_t place = sym ? as_symtab_find(&store->keys, sym) : UINT32_MAX;
  return place == UINT32_MAX ? NULL : as_store_at(store, place);
}

const as_sym *as_model_symbol(const as_model *model, as_str text) { return as_intern_find(model->intern, text); }
size_t as_model_documents(const as_model *model) { return model->n_documents; }
const as_document *as_model_document(const as_model *model, size_t i) { return i < model->n_documents ? model->documents[i] : NULL; }

as_time as_model_collected(const as_model *model, const as_kind *kind) {
  as_time newest = model->as_of;
  bool found = false;
  for (size_t i = 0; i < model->n_documents; i++) {
    const as_document *document = model->documents[i];
    if (document->kind != kind || !document->has_collected_at) continue;
    if (!found || as_time_compare(document->collected_at, newest) > 0) newest = document->collected_at;
    found = true;
  }
  return as_time_compare(newest, model->as_of) > 0 ? model->as_of : newest;
}

/* ---- indexes by value ---- */

/* The symbols of a value: of strings, words and references, also in lists. */
static uint32_t symbols_of(const as_record *record, const as_field *field, const as_value **items, as_value *one) {
  *one = as_record_get(record, field);
  if (!one->present) return 0;
  if (field->type == AS_T_LIST) {
    *items = one->u.list.items;
    return one->u.list.count;
  }
  *items = one;
  return 1;
}

static bool has_symbols(const as_field *field) {
  as_type type = field->type == AS_T_LIST ? field->item : field->type;
  return type == AS_T_STRING || type == AS_T_TEXT || type == AS_T_ENUM || type == AS_T_REF;
}

/* What is counted for one value: how often it occurs, and the last record with it, so that a list which
 * holds a value twice counts once. */
typedef struct {
  uint32_t n, last;
} value_count;

static as_value_index *build_index(const as_model *model, const as_store *store, const as_field *field) {
  as_arena *arena = model->arena;
  as_value_index *index = as_arena_calloc(arena, sizeof *index);
  value_count *counts = NULL;
  uint32_t total = 0;
  size_t cap = 0;
  const as_value *items;
  as_value one;
  for (uint32_t i = 0; i < store->count; i++) {
    uint32_t n = symbols_of(as_store_at(store, i), field, &items, &one);
    for (uint32_t k = 0; k < n; k++) {
      uint32_t value = as_symtab_find(&index->values, items[k].u.link.sym);
      if (value == UINT32_MAX) {
        value = index->values.count;
        as_symtab_add(&index->values, arena, items[k].u.link.sym, value);
        as_grow(&counts, &cap, value + 1u, sizeof *counts);
        counts[value] = (value_count){0, UINT32_MAX};
      }
      if (counts[value].last == i) continue;
      counts[value].last = i;
      counts[value].n++;
      total++;
    }
  }
  uint32_t n_values = index->values.count;
  index->from = as_arena_calloc(arena, (n_values + 1u) * sizeof *index->from);
  index->list = as_arena_alloc(arena, total * sizeof *index->list);
  for (uint32_t v = 0; v < n_values; v++) {
    index->from[v + 1] = index->from[v] + counts[v].n;
    counts[v] = (value_count){index->from[v], UINT32_MAX};
  }
  for (uint32_t i = 0; i < store->count; i++) {
    const as_record *record = as_store_at(store, i);
    uint32_t n = symbols_of(record, field, &items, &one);
    for (uint32_t k = 0; k < n; k++) {
      value_count *count = &counts[as_symtab_find(&index->values, items[k].u.link.sym)];
      if (count->last == i) continue;
      count->last = i;
      index->list[count->n++] = record;
    }
  }
  as_free(counts);
  return index;
}

const as_record *const *as_model_where(const as_model *model, const as_field *field, const as_kind *kind, const as_sym *value,
                                       size_t *count) {
  as_store *store = &model->stores[kind->index]; /* the index is the one thing that comes later */
  *count = 0;
  if (!value || !has_symbols(field)) return NULL;
  if (!store->by_field) store->by_field = as_arena_calloc(model->arena, kind->n_fields * sizeof *store->by_field);
  as_value_index **index = &store->by_field[field->index];
  if (!*index) *index = build_index(model, store, field);
  uint32_t v = as_symtab_find(&(*index)->values, value);
  if (v == UINT32_MAX) return NULL;
  *count = (*index)->from[v + 1] - (*index)->from[v];
  return (*index)->list + (*index)->from[v];
}
