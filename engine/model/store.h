/* The inside of a model: where records, keys and documents are kept. Internal to engine/model. */
#ifndef AS_MODEL_STORE_H
#define AS_MODEL_STORE_H

#include "model/record.h"

/* Chunk k holds AS_CHUNK_FIRST << k records, so that records never move and any one is found at once. */
#define AS_CHUNK_FIRST 16u
#define AS_CHUNKS 28

/* From a symbol to a place: open addressing by the symbol's id. */
typedef struct {
  struct as_symtab_slot {
    const as_sym *sym;
    uint32_t place;
  } * slots;
  uint32_t mask, count;
} as_symtab;

/* UINT32_MAX where it is not in. */
uint32_t as_symtab_find(const as_symtab *table, const as_sym *sym);
/* Adds a symbol that is not in yet; memory comes from the arena. */
void as_symtab_add(as_symtab *table, as_arena *arena, const as_sym *sym, uint32_t place);

/* Records by the value of one field: those of value v are list[from[v]] to list[from[v + 1]] (excluded). */
typedef struct {
  as_symtab values;
  uint32_t *from;
  const as_record **list;
} as_value_index;

typedef struct {
  const as_kind *kind;
  unsigned char *chunks[AS_CHUNKS];
  uint32_t count;
  as_symtab keys;
  as_value_index **by_field; /* built on demand */
  bool supplied, stated;     /* stated: as_model_supply */
} as_store;

struct as_model {
  as_arena *arena;
  as_intern *intern;
  const as_kinds *kinds;
  as_store *stores; /* by the kind's index */
  as_document **documents;
  size_t n_documents, documents_cap;
  as_time as_of;
  bool sealed;
  as_builder *adder; /* of as_model_add_record */
  as_sink adder_sink;
};

static inline as_str as_sym_str(const as_sym *sym) { return (as_str){sym->text, sym->len}; }

static inline as_record *as_store_at(const as_store *store, uint32_t i) {
  uint32_t n = i / AS_CHUNK_FIRST + 1;
  uint32_t k = 31u - (uint32_t)__builtin_clz(n);
  uint32_t first = AS_CHUNK_FIRST * ((1u << k) - 1);
  return (as_record *)(void *)(store->chunks[k] + (size_t)(i - first) * store->kind->record_size);
}
/* Room for one more record; the store counts it. */
as_record *as_store_add(as_store *store, as_arena *arena);

/* Something found while sealing. The texts live only during the call. */
typedef struct {
  const char *code;
  as_severity severity;
  const as_record *record; /* NULL: about the kind as a whole */
  const as_field *field;
  as_str text;             /* what the document holds there, as far as known */
  const char *message, *help;
} as_seal_problem;
typedef void (*as_seal_fn)(void *ctx, const as_seal_problem *problem);
void as_model_seal_with(as_model *model, as_time as_of, as_seal_fn fn, void *ctx);

#endif
