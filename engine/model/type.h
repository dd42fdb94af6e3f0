/* Types of fields: how they are written, named and laid out. Internal to engine/model. */
#ifndef AS_MODEL_TYPE_H
#define AS_MODEL_TYPE_H

#include "model/kind.h"

/* Reads `list(ref(people))!` into field (type, item, words, required); *target names the kind of a reference.
 * False with the reason and a hint appended to why and help. */
bool as_type_parse(as_arena *arena, as_intern *intern, as_str text, as_field *field, const as_sym **target, as_buf *why, as_buf *help);
/* A date or time, or a list of them. */
bool as_type_is_time(const as_field *field);
/* By the list of spec/README.md, "The future". */
bool as_field_may_lie_ahead(as_str name);
/* Sets ref_name and id_name of a reference. */
void as_field_name_aliases(as_intern *intern, as_field *field);
/* Sets the offsets of all fields and the size of a record. */
void as_kind_lay_out(as_kind *kind);
/* "string", "one of active, disabled": for messages. Appends. */
void as_type_describe(const as_field *field, as_buf *out);

#endif
