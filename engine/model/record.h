/* How a record lies in memory, and how one is built. Internal to engine/model. */
#ifndef AS_MODEL_RECORD_H
#define AS_MODEL_RECORD_H

#include "model/coerce.h"
#include "model/model.h"
#include "model/sink.h"

/* What the records of one kind in one document share. */
typedef struct {
  const as_kind *kind;
  const as_document *document;
} as_batch;

/* Behind it: one bit a field that is present, then the fields at their offsets. */
struct as_record {
  const as_batch *batch;
  uint32_t line, index;
  unsigned char bytes[];
};

typedef struct {
  const as_sym *key;
  const as_record *record;
} as_slot_ref;

typedef struct {
  as_value *items;
  uint64_t count;
} as_slot_list;

static inline bool as_record_has(const as_record *record, const as_field *field) {
  return record->bytes[field->index >> 3] >> (field->index & 7) & 1;
}
static inline void *as_record_slot(const as_record *record, const as_field *field) {
  return (char *)(uintptr_t)record + field->offset;
}
/* Puts a present value into its slot and sets its bit. */
void as_record_put(as_record *record, const as_field *field, const as_value *value);

/* Builds records of one kind and document, one after the other, in reused memory. */
typedef struct {
  as_model *model;
  as_document *document;
  const as_kind *kind;
  const as_batch *batch;
  as_sink *sink;
  unsigned flags;         /* AS_COERCE_… */
  as_record *image;       /* what every record begins with: the constant fields */
  as_record *record;
  unsigned char *required; /* bits of the fields that must be there */
  unsigned char *told;    /* bits of the fields about which something was said */
  uint32_t line, column;
  uint32_t key_line, key_column;
  uint32_t n_bits;        /* bytes of bits */
  uint32_t duplicates;    /* left out because their kind has at most one record */
  bool bad;
} as_builder;

void as_builder_open(as_builder *builder, as_model *model, as_document *document, const as_kind *kind, as_sink *sink, unsigned flags);
void as_builder_close(as_builder *builder);
void as_builder_begin(as_builder *builder, uint32_t line, uint32_t column);
/* One value; absent ones (null, empty) leave the field as it is. Reports what cannot be typed. */
void as_builder_set(as_builder *builder, const as_field *field, const as_node *node);
/* The record is not to be kept, for a reason that was reported. */
void as_builder_spoil(as_builder *builder, const as_field *field);
/* Checks and keeps the record. NULL where it is left out (reported and counted). */
const as_record *as_builder_end(as_builder *builder);

#endif
