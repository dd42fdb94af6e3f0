/* Kinds: the schemas of records, as data from YAML (stdlib/kinds, and an organisation's own). */
#ifndef AS_MODEL_KIND_H
#define AS_MODEL_KIND_H

#include "base/civil.h"
#include "base/diag.h"
#include "base/node.h"

typedef enum {
  AS_T_STRING, AS_T_TEXT, AS_T_INTEGER, AS_T_NUMBER, AS_T_PERCENT, AS_T_BOOLEAN,
  AS_T_DATE, AS_T_TIME, AS_T_DURATION, AS_T_ENUM, AS_T_REF, AS_T_LIST
} as_type;

typedef struct as_kind as_kind;

typedef struct {
  const as_sym *name;
  as_type type, item;      /* item: the type of a list's items */
  const as_kind *target;   /* of a reference, or of a list of them */
  const as_sym **words;    /* of an enum, or of a list of them */
  uint32_t n_words;
  bool required;
  bool may_lie_ahead;      /* a date that may come after as_of (spec/README.md, "The future") */
  uint32_t index, offset;  /* position in the kind; place in the record */
  const as_sym *ref_name;  /* the name under which a reference reads as a record: `person` for `person_id`,
                              `assets` for `asset_ids`, `owner` for `owner`; NULL for other types */
  const as_sym *id_name;   /* the name under which it reads as a key: `owner_id` for `owner`, `person_id` for `person_id` */
  const char *comment;     /* what stands behind the field in the YAML, or NULL */
} as_field;

struct as_kind {
  const as_sym *name;
  const char *title, *origin; /* origin: the file that defines it */
  bool single;
  const as_field *key;     /* or NULL */
  as_field *fields;
  uint32_t n_fields, index, record_size;
};

typedef struct as_kinds as_kinds;
as_kinds *as_kinds_new(as_arena *arena, as_intern *intern);
void as_kinds_free(as_kinds *kinds);
/* Adds the kinds of one YAML text. References are settled by as_kinds_settle. False when anything was wrong. */
bool as_kinds_add(as_kinds *kinds, const as_buf *text, const char *document, as_diags *diags);
/* After the last file: unknown targets of references are errors with a suggestion. Freezes the kinds. */
bool as_kinds_settle(as_kinds *kinds, as_diags *diags);
size_t as_kinds_count(const as_kinds *kinds);
const as_kind *as_kinds_at(const as_kinds *kinds, size_t i); /* sorted by name */
const as_kind *as_kinds_find(const as_kinds *kinds, as_str name);
const char *as_kinds_suggest(const as_kinds *kinds, const char *name);
const as_field *as_kind_field(const as_kind *kind, as_str name); /* by its own name only */
const char *as_kind_suggest(const as_kind *kind, const char *name);
/* "string", "enum(a, b)", "list(ref(people))": as it is written in the YAML, without the mark of required fields. Appends. */
void as_type_write(const as_field *field, as_buf *out);

#endif
