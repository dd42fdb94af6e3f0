/* The model: all records of one bundle, typed, indexed, and immutable once sealed.
 *
 * Lives in arenas of its own, so that forked processes share it by copy on write. Nothing here knows
 * a file format or Lua. */
#ifndef AS_MODEL_MODEL_H
#define AS_MODEL_MODEL_H

#include "model/kind.h"

typedef struct as_record as_record;
typedef struct as_model as_model;

/* One document of the bundle. Texts may be NULL where nothing was stated. */
typedef struct {
  uint32_t index;
  const char *path;
  const char *source;
  char sha256[65];
  uint64_t bytes;
  bool has_collected_at, has_period;
  as_time collected_at, period_from, period_to;
  const as_kind *kind;   /* NULL where it could not be told */
  uint32_t records, left_out;
  bool readable;         /* false: a part of it could not be read, and its kind counts as not supplied */
} as_document;

/* A value as it stands in a record. */
typedef struct {
  const as_sym *sym;        /* strings, texts, enums; the key of a reference */
  const as_record *record;  /* of a reference: where it leads, or NULL where it dangles */
} as_link;

typedef struct as_value as_value;
struct as_value {
  as_type type;
  bool present;
  union {
    as_link link; /* STRING TEXT ENUM REF */
    int64_t integer;
    double number; /* NUMBER PERCENT */
    bool boolean;
    as_time time; /* DATE TIME */
    as_duration duration;
    struct {
      const as_value *items;
      uint32_t count;
    } list;
  } u;
};

/* ---- building ---- */

as_model *as_model_new(as_arena *arena, as_intern *intern, const as_kinds *kinds);
void as_model_free(as_model *model);
/* Registers a document; the returned struct stays valid and may be filled until sealing. */
as_document *as_model_add_document(as_model *model, const char *path);
/* Types one record from a map node. Reports (E03xx) and returns NULL where it is left out. `node` may be reused afterwards. */
const as_record *as_model_add_record(as_model *model, as_document *document, const as_kind *kind, const as_node *node, as_diags *diags);
/* Marks a kind as supplied even where no record of it came (an export without rows is evidence). */
void as_model_supply(as_model *model, const as_kind *kind);
/* Settles references (dangling ones are W0320), duplicate keys, dates in the future, and freezes the model. */
void as_model_seal(as_model *model, as_time as_of, as_diags *diags);

/* ---- reading ---- */

const as_kinds *as_model_kinds(const as_model *model);
as_time as_model_as_of(const as_model *model);
/* True where the bundle has a readable document of the kind, and none that could not be read. */
bool as_model_supplied(const as_model *model, const as_kind *kind);
size_t as_model_count(const as_model *model, const as_kind *kind);
const as_record *as_model_at(const as_model *model, const as_kind *kind, size_t i); /* in the order of the bundle */
const as_record *as_model_find(const as_model *model, const as_kind *kind, as_str key);
/* Records of the kind whose field (string, enum, reference or a list of those) holds `value`, in the order of the bundle; an
 * index is built at the first call for that field. */
const as_record *const *as_model_where(const as_model *model, const as_field *field, const as_kind *kind, const as_sym *value, size_t *count);
const as_sym *as_model_symbol(const as_model *model, as_str text); /* NULL where no record holds it */
size_t as_model_documents(const as_model *model);
const as_document *as_model_document(const as_model *model, size_t i);
/* Newest collected_at among the documents of the kind, at the latest as_of; as_of where none states it. */
as_time as_model_collected(const as_model *model, const as_kind *kind);

const as_kind *as_record_kind(const as_record *record);
const as_document *as_record_document(const as_record *record);
uint32_t as_record_line(const as_record *record);
uint32_t as_record_index(const as_record *record); /* among the records of its kind */
/* Its key, or NULL where the kind has none. */
const as_sym *as_record_key(const as_record *record);
as_value as_record_get(const as_record *record, const as_field *field);

#endif
