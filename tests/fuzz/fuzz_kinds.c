/* Kinds: whatever a schema says, what is accepted is whole, and a type that is written reads back as itself. */
#include "fuzz_model.h"
#include "model/type.h"

static void check_field(fuzz_model *m, const as_kind *kind, const as_field *field) {
  as_buf text = {0}, why = {0}, help = {0};
  const as_sym *target = NULL;
  as_field again = {0};
  FUZZ_CHECK(as_kind_field(kind, (as_str){field->name->text, field->name->len}) == field);
  FUZZ_CHECK(field->offset < kind->record_size && (field->type != AS_T_LIST || field->item != AS_T_LIST));
  FUZZ_CHECK((field->type != AS_T_REF && field->item != AS_T_REF) || field->target);
  as_type_write(field, &text);
  FUZZ_CHECK(as_type_parse(m->arena, m->intern, (as_str){text.data, text.len}, &again, &target, &why, &help));
  FUZZ_CHECK(again.type == field->type && again.n_words == field->n_words);
  FUZZ_CHECK(field->type != AS_T_LIST || again.item == field->item);
  FUZZ_CHECK((target != NULL) == (field->target != NULL) && (!target || target == field->target->name));
  for (uint32_t i = 0; i < field->n_words; i++) FUZZ_CHECK(again.words[i] == field->words[i]);
  as_buf_free(&text);
  as_buf_free(&why);
  as_buf_free(&help);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 8192) return 0;
  fuzz_model m;
  fuzz_model_open(&m);
  as_kinds *kinds = as_kinds_new(m.arena, m.intern); /* two files, as an organisation's own kinds beside the shipped ones */
  as_str first = fuzz_part(&data, &size, '\0');
  as_buf one = fuzz_text(first.p, first.n), two = fuzz_text(data, size);
  bool ok = as_kinds_add(kinds, &one, "one.yaml", m.diags);
  ok = as_kinds_add(kinds, &two, "two.yaml", m.diags) && ok;
  ok = as_kinds_settle(kinds, m.diags) && ok;
  FUZZ_CHECK(ok == (as_diags_errors(m.diags) == 0));
  for (size_t i = 0; ok && i < as_kinds_count(kinds); i++) {
    const as_kind *kind = as_kinds_at(kinds, i);
    FUZZ_CHECK(kind->index == i && as_kinds_find(kinds, as_str_of(kind->name->text)) == kind);
    FUZZ_CHECK(!i || strcmp(as_kinds_at(kinds, i - 1)->name->text, kind->name->text) < 0);
    for (uint32_t f = 0; f < kind->n_fields; f++) check_field(&m, kind, &kind->fields[f]);
  }
  (void)as_kinds_suggest(kinds, "accounts");
  as_kinds_free(kinds);
  as_buf_free(&one);
  as_buf_free(&two);
  fuzz_model_close(&m);
  return 0;
}
