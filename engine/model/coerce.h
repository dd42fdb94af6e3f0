/* From what stands in a document to the value of a field. Internal to engine/model. */
#ifndef AS_MODEL_COERCE_H
#define AS_MODEL_COERCE_H

#include "base/node.h"
#include "model/model.h"

enum {
  AS_COERCE_CELL = 1,   /* texts stand for every type: CSV cells, mapped columns */
  AS_COERCE_SPLIT = 2,  /* a text is a list of items between ';' */
  AS_COERCE_LOOSE = 4,  /* mapped columns: a moment serves as its day, one value as a list of one */
};

typedef struct {
  as_arena *arena;   /* for the items of lists */
  as_intern *intern;
  unsigned flags;
} as_coerce;

typedef enum { AS_COERCED, AS_COERCE_ABSENT, AS_COERCE_BAD } as_coerced;

/* What was wrong: where, and in words. */
typedef struct {
  const char *code;
  uint32_t line, column;
  as_buf message, help;
} as_fault;
void as_fault_free(as_fault *fault);

/* Null and empty texts are absent. `fault` may be NULL. */
as_coerced as_coerce_value(const as_coerce *how, const as_field *field, const as_node *node, as_value *out, as_fault *fault);

#endif
