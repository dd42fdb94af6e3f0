/* What the targets of the model share: a few kinds that have every type of field, made once. */
#ifndef AS_TESTS_FUZZ_MODEL_H
#define AS_TESTS_FUZZ_MODEL_H

#include "fuzz.h"
#include "model/kind.h"
#include "model/model.h"

static const char fuzz_kinds_text[] =
    "organization:\n  title: The organisation\n  single: true\n  fields:\n    id: string!\n    name: string!\n    headcount: integer\n"
    "people:\n  title: People\n  key: id\n  fields:\n    id: string!\n    name: string\n    kind: enum(employee, third_party, board)\n"
    "    boss: ref(people)\n    start_date: date\n    left_at: date\n    skills: list(string)\n"
    "accounts:\n  title: Accounts\n  key: id\n  fields:\n    id: string!\n    system: string\n    person_id: ref(people)\n    status: enum(active, disabled)!\n"
    "    mfa: boolean\n    quota: number\n    seen_at: time\n    asset_ids: list(ref(assets))\n    levels: list(enum(low, high))\n"
    "assets:\n  title: Assets\n  key: id\n  fields:\n    id: string!\n    share: percent\n    tries: integer\n    keep: duration\n    note: text\n"
    "reads:\n  title: No key\n  fields:\n    person_id: ref(people)!\n    read_at: date!\n";

/* The arena and the names grow with every input that adds some: made anew for each. */
typedef struct {
  as_arena *arena;
  as_intern *intern;
  as_kinds *kinds;
  as_diags *diags;
} fuzz_model;

static inline void fuzz_model_open(fuzz_model *m) {
  m->arena = as_arena_new();
  m->intern = as_intern_new(m->arena);
  m->kinds = as_kinds_new(m->arena, m->intern);
  m->diags = as_diags_new();
  as_buf text = fuzz_text(fuzz_kinds_text, sizeof fuzz_kinds_text - 1);
  FUZZ_CHECK(as_kinds_add(m->kinds, &text, "kinds.yaml", m->diags) && as_kinds_settle(m->kinds, m->diags));
  as_buf_free(&text);
}

static inline void fuzz_model_close(fuzz_model *m) {
  fuzz_check_diags(m->diags);
  as_diags_free(m->diags);
  as_kinds_free(m->kinds);
  as_intern_free(m->intern);
  as_arena_free(m->arena);
}

static inline void fuzz_check_value(const as_value *v, const as_field *field, const as_kinds *kinds) {
  if (!v->present) return;
  switch (v->type) {
    case AS_T_REF:
      FUZZ_CHECK(v->u.link.sym && (!v->u.link.record || as_record_kind(v->u.link.record) == field->target));
      break;
    case AS_T_STRING:
    case AS_T_TEXT: FUZZ_CHECK(v->u.link.sym && v->u.link.sym->len > 0); break;
    case AS_T_ENUM: {
      bool known = false;
      for (uint32_t i = 0; i < field->n_words; i++) known = known || field->words[i] == v->u.link.sym;
      FUZZ_CHECK(known);
      break;
    }
    case AS_T_DATE: FUZZ_CHECK(v->u.time.is_date); break;
    case AS_T_PERCENT: FUZZ_CHECK(v->u.number >= 0 && v->u.number <= 100); break;
    case AS_T_BOOLEAN: FUZZ_CHECK(*(const unsigned char *)&v->u.boolean <= 1); break;
    case AS_T_LIST:
      for (uint32_t i = 0; i < v->u.list.count; i++) {
        FUZZ_CHECK(v->u.list.items[i].type == field->item && v->u.list.items[i].present);
        fuzz_check_value(&v->u.list.items[i], field, kinds);
      }
      break;
    case AS_T_INTEGER:
    case AS_T_NUMBER:
    case AS_T_TIME:
    case AS_T_DURATION: break;
  }
}

/* Every record of a sealed model is what its kind says. */
static inline void fuzz_check_model(const as_model *model) {
  const as_kinds *kinds = as_model_kinds(model);
  for (size_t k = 0; k < as_kinds_count(kinds); k++) {
    const as_kind *kind = as_kinds_at(kinds, k);
    size_t count = as_model_count(model, kind);
    FUZZ_CHECK(!kind->single || count <= 1);
    for (size_t i = 0; i < count; i++) {
      const as_record *r = as_model_at(model, kind, i);
      FUZZ_CHECK(as_record_kind(r) == kind && as_record_index(r) == i && as_record_document(r));
      FUZZ_CHECK(!kind->key || as_record_key(r));
      for (uint32_t f = 0; f < kind->n_fields; f++) {
        as_value v = as_record_get(r, &kind->fields[f]);
        FUZZ_CHECK(v.present || !kind->fields[f].required);
        fuzz_check_value(&v, &kind->fields[f], kinds);
      }
    }
  }
}

#endif
