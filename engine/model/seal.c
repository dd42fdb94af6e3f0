/* Sealing: references are settled, dates in the future noted, and it is told which kinds are supplied.
 * Must not read files; who asks finds the places in the texts. */
#include <string.h>

#include "model/store.h"

/* Problems of one field that are told one by one. */
#define TOLD_PER_FIELD 100
/* Keys among which a suggestion is looked for. */
#define SUGGEST_AMONG 5000
/* Problems of one field that come with a suggestion: it takes a while to find one. */
#define SUGGESTED 10

typedef struct {
  as_model *model;
  as_seal_fn fn;
  void *ctx;
} sealing;

typedef struct {
  uint32_t told, untold;
} tally;

static void describe_record(const as_record *record, as_buf *out) {
  const as_sym *key = as_record_key(record);
  as_buf_adds(out, as_record_kind(record)->name->text);
  if (!key) return;
  as_buf_addc(out, ' ');
  as_sink_quote(as_sym_str(key), out);
}

static bool count_in(tally *t) {
  if (t->told >= TOLD_PER_FIELD) {
    t->untold++;
    return false;
  }
  t->told++;
  return true;
}

static void tell_rest(const sealing *s, const as_kind *kind, const as_field *field, const tally *t, const char *code, const char *what) {
  if (!t->untold) return;
  as_buf message = {0};
  as_buf_printf(&message, "%s.%s: %u more %s", kind->name->text, field->name->text, (unsigned)t->untold, what);
  s->fn(s->ctx, &(as_seal_problem){.code = code, .severity = AS_WARNING, .field = field, .message = message.data});
  as_buf_free(&message);
}

/* ---- references ---- */

static const char *closest_key(const as_store *target, const char *key) {
  uint32_t n = target->count < SUGGEST_AMONG ? target->count : SUGGEST_AMONG;
  const char **keys = as_alloc(n * sizeof *keys);
  for (uint32_t i = 0; i < n; i++) keys[i] = as_record_key(as_store_at(target, i))->text;
  const char *found = as_suggest(key, keys, n);
  as_free(keys);
  return found;
}

static void tell_dangling(const sealing *s, const as_record *record, const as_field *field, const as_sym *key, bool suggest) {
  const as_store *target = &s->model->stores[field->target->index];
  as_buf message = {0}, help = {0}, shown = {0};
  describe_record(record, &message);
  as_sink_quote(as_sym_str(key), &shown);
  as_buf_printf(&message, ": %s points to %s %s, which does not exist", field->name->text, field->target->name->text, shown.data);
  const char *meant = suggest ? closest_key(target, key->text) : NULL;
  if (meant) as_buf_printf(&help, "did you mean `%s`?", meant);
  s->fn(s->ctx, &(as_seal_problem){"W0320", AS_WARNING, record, field, as_sym_str(key), message.data, help.len ? help.data : NULL});
  as_buf_free(&message);
  as_buf_free(&help);
  as_buf_free(&shown);
}

static const as_record *follow(const as_store *target, const as_sym *key) {
  uint32_t place = as_symtab_find(&target->keys, key);
  return place == UINT32_MAX ? NULL : as_store_at(target, place);
}

static void settle_field(const sealing *s, as_store *store, const as_field *field) {
  const as_store *target = &s->model->stores[field->target->index];
  bool tell = target->supplied;
  uint32_t lost = 0;
  tally t = {0};
  for (uint32_t i = 0; i < store->count; i++) {
    as_record *record = as_store_at(store, i);
    if (!as_record_has(record, field)) continue;
    if (field->type == AS_T_REF) {
      as_slot_ref *ref = as_record_slot(record, field);
      ref->record = follow(target, ref->key);
      if (ref->record) continue;
      lost++;
      if (tell && count_in(&t)) tell_dangling(s, record, field, ref->key, t.told <= SUGGESTED);
      continue;
    }
    as_slot_list *list = as_record_slot(record, field);
    for (uint64_t k = 0; k < list->count; k++) {
      as_link *link = &list->items[k].u.link;
      link->record = follow(target, link->sym);
      if (link->record) continue;
      lost++;
      if (tell && count_in(&t)) tell_dangling(s, record, field, link->sym, t.told <= SUGGESTED);
    }
  }
  tell_rest(s, store->kind, field, &t, "W0320", "references lead to nothing");
  if (tell || !lost) return;
  as_buf message = {0};
  as_buf_printf(&message, "%s.%s: %u reference%s not followed, because no %s are supplied", store->kind->name->text, field->name->text,
                (unsigned)lost, lost == 1 ? " is" : "s are", field->target->name->text);
  s->fn(s->ctx, &(as_seal_problem){.code = "N0322", .severity = AS_NOTE, .field = field, .message = message.data});
  as_buf_free(&message);
}

/* ---- dates ---- */

static void tell_future(const sealing *s, const as_record *record, const as_field *field, as_time time) {
  as_buf message = {0}, day = {0}, limit = {0};
  as_time_format(time, &day);
  as_time_format(s->model->as_of, &limit);
  describe_record(record, &message);
  as_buf_printf(&message, ": %s is %s, after %s, the moment that is judged", field->name->text, day.data, limit.data);
  as_seal_problem problem = {"W0321", AS_WARNING, record, field, {day.data, day.len < 10 ? day.len : 10}, message.data,
                             "a date of something done cannot lie ahead"};
  s->fn(s->ctx, &problem);
  as_buf_free(&message);
  as_buf_free(&day);
  as_buf_free(&limit);
}

static void check_dates(const sealing *s, const as_store *store, const as_field *field) {
  tally t = {0};
  for (uint32_t i = 0; i < store->count; i++) {
    const as_record *record = as_store_at(store, i);
    if (!as_record_has(record, field)) continue;
    as_value value = as_record_get(record, field);
    const as_value *items = field->type == AS_T_LIST ? value.u.list.items : &value;
    uint32_t n = field->type == AS_T_LIST ? value.u.list.count : 1;
    for (uint32_t k = 0; k < n; k++)
      if (as_time_compare(items[k].u.time, s->model->as_of) > 0 && count_in(&t)) tell_future(s, record, field, items[k].u.time);
  }
  tell_rest(s, store->kind, field, &t, "W0321", "dates lie in the future");
}

/* ---- all of it ---- */

static void settle_supply(as_model *model) {
  size_t n = as_kinds_count(model->kinds);
  for (size_t i = 0; i < n; i++) model->stores[i].supplied = model->stores[i].stated;
  for (size_t i = 0; i < model->n_documents; i++) {
    const as_document *document = model->documents[i];
    if (document->kind && document->readable) model->stores[document->kind->index].supplied = true;
  }
  for (size_t i = 0; i < model->n_documents; i++) {
    const as_document *document = model->documents[i];
    if (document->kind && !document->readable) model->stores[document->kind->index].supplied = false;
  }
}

void as_model_seal_with(as_model *model, as_time as_of, as_seal_fn fn, void *ctx) {
  if (model->sealed) return;
  sealing s = {model, fn, ctx};
  model->as_of = as_of;
  settle_supply(model);
  for (size_t i = 0; i < as_kinds_count(model->kinds); i++) {
    as_store *store = &model->stores[i];
    if (!store->count) continue;
    for (uint32_t f = 0; f < store->kind->n_fields; f++) {
      const as_field *field = &store->kind->fields[f];
      as_type type = field->type == AS_T_LIST ? field->item : field->type;
      if (type == AS_T_REF && field->target) settle_field(&s, store, field);
      if ((type == AS_T_DATE || type == AS_T_TIME) && !field->may_lie_ahead) check_dates(&s, store, field);
    }
  }
  as_model_free(model); /* nothing is added from here on */
  model->sealed = true;
}

static void push_problem(void *ctx, const as_seal_problem *problem) {
  const as_record *record = problem->record;
  const as_document *document = record ? as_record_document(record) : NULL;
  as_diags_push(ctx, &(as_diag){.code = problem->code,
                                .severity = problem->severity,
                                .document = document ? document->path : NULL,
                                .line = record ? record->line : 0,
                                .message = problem->message,
                                .help = problem->help});
}

static void drop_problem(void *ctx, const as_seal_problem *problem) {
  (void)ctx;
  (void)problem;
}

void as_model_seal(as_model *model, as_time as_of, as_diags *diags) {
  as_model_seal_with(model, as_of, diags ? push_problem : drop_problem, diags);
}
