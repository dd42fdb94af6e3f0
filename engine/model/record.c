/* Records: how values are packed and unpacked, and how one record is built, checked and kept.
 * Must not know where values come from. */
#include "model/record.h"

#include <string.h>

#include "model/store.h"

/* ---- packing ---- */

void as_record_put(as_record *record, const as_field *field, const as_value *value) {
  char *slot = as_record_slot(record, field);
  record->bytes[field->index >> 3] |= (unsigned char)(1u << (field->index & 7));
  switch (field->type) {
    case AS_T_STRING:
    case AS_T_TEXT:
      memcpy(slot, &value->u.link.sym, sizeof value->u.link.sym);
      break;
    case AS_T_REF:
      *(as_slot_ref *)(void *)slot = (as_slot_ref){value->u.link.sym, NULL};
      break;
    case AS_T_ENUM: {
      uint16_t word = 0;
      while (field->words[word] != value->u.link.sym) word++;
      memcpy(slot, &word, sizeof word);
      break;
    }
    case AS_T_INTEGER:
      memcpy(slot, &value->u.integer, 8);
      break;
    case AS_T_NUMBER:
    case AS_T_PERCENT:
      memcpy(slot, &value->u.number, 8);
      break;
    case AS_T_BOOLEAN:
      *slot = value->u.boolean;
      break;
    case AS_T_DATE: {
      int32_t days = (int32_t)(value->u.time.seconds / 86400);
      memcpy(slot, &days, 4);
      break;
    }
    case AS_T_TIME:
      memcpy(slot, &value->u.time.seconds, 8);
      memcpy(slot + 8, &value->u.time.nanos, 4);
      break;
    case AS_T_DURATION: {
      uint32_t unit = (uint32_t)value->u.duration.unit;
      memcpy(slot, &value->u.duration.seconds, 8);
      memcpy(slot + 8, &value->u.duration.nanos, 4);
      memcpy(slot + 12, &unit, 4);
      break;
    }
    case AS_T_LIST:
      *(as_slot_list *)(void *)slot = (as_slot_list){(as_value *)(uintptr_t)value->u.list.items, value->u.list.count};
      break;
  }
}

as_value as_record_get(const as_record *record, const as_field *field) {
  as_value value = {.type = field->type, .present = as_record_has(record, field)};
  if (!value.present) return value;
  const char *slot = as_record_slot(record, field);
  switch (field->type) {
    case AS_T_STRING:
    case AS_T_TEXT:
      memcpy(&value.u.link.sym, slot, sizeof value.u.link.sym);
      break;
    case AS_T_REF: {
      const as_slot_ref *ref = (const as_slot_ref *)(const void *)slot;
      value.u.link = (as_link){ref->key, ref->record};
      break;
    }
    case AS_T_ENUM: {
      uint16_t word;
      memcpy(&word, slot, sizeof word);
      value.u.link.sym = field->words[word];
      break;
    }
    case AS_T_INTEGER:
      memcpy(&value.u.integer, slot, 8);
      break;
    case AS_T_NUMBER:
    case AS_T_PERCENT:
      memcpy(&value.u.number, slot, 8);
      break;
    case AS_T_BOOLEAN:
      value.u.boolean = *slot != 0;
      break;
    case AS_T_DATE: {
      int32_t days;
      memcpy(&days, slot, 4);
      value.u.time = (as_time){.seconds = (int64_t)days * 86400, .is_date = true};
      break;
    }
    case AS_T_TIME:
      memcpy(&value.u.time.seconds, slot, 8);
      memcpy(&value.u.time.nanos, slot + 8, 4);
      break;
    case AS_T_DURATION: {
      uint32_t unit;
      memcpy(&value.u.duration.seconds, slot, 8);
      memcpy(&value.u.duration.nanos, slot + 8, 4);
      memcpy(&unit, slot + 12, 4);
      value.u.duration.unit = (as_unit)unit;
      break;
    }
    case AS_T_LIST: {
      const as_slot_list *list = (const as_slot_list *)(const void *)slot;
      value.u.list.items = list->items;
      value.u.list.count = (uint32_t)list->count;
      break;
    }
  }
  return value;
}

const as_kind *as_record_kind(const as_record *record) { return record->batch->kind; }
const as_document *as_record_document(const as_record *record) { return record->batch->document; }
uint32_t as_record_line(const as_record *record) { return record->line; }
uint32_t as_record_index(const as_record *record) { return record->index; }

const as_sym *as_record_key(const as_record *record) {
  const as_field *key = record->batch->kind->key;
  return key && as_record_has(record, key) ? as_record_get(record, key).u.link.sym : NULL;
}

/* ---- building ---- */

static void set_bit(unsigned char *bits, const as_field *field) { bits[field->index >> 3] |= (unsigned char)(1u << (field->index & 7)); }
static bool has_bit(const unsigned char *bits, const as_field *field) { return bits[field->index >> 3] >> (field->index & 7) & 1; }

void as_builder_open(as_builder *builder, as_model *model, as_document *document, const as_kind *kind, as_sink *sink, unsigned flags) {
  as_batch *batch = as_arena_alloc(model->arena, sizeof *batch);
  *batch = (as_batch){kind, document};
  uint32_t n = (kind->n_fields + 7) / 8;
  *builder = (as_builder){.model = model,
                          .document = document,
                          .kind = kind,
                          .batch = batch,
                          .sink = sink,
                          .flags = flags,
                          .image = as_calloc(1, kind->record_size),
                          .record = as_calloc(1, kind->record_size),
                          .required = as_calloc(1, n),
                          .told = as_calloc(1, n),
                          .n_bits = n};
  builder->image->batch = batch;
  for (uint32_t i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].required) set_bit(builder->required, &kind->fields[i]);
}

void as_builder_close(as_builder *builder) {
  as_free(builder->image);
  as_free(builder->record);
  as_free(builder->required);
  as_free(builder->told);
  *builder = (as_builder){0};
}

void as_builder_begin(as_builder *builder, uint32_t line, uint32_t column) {
  memcpy(builder->record, builder->image, builder->kind->record_size);
  if (builder->bad) memset(builder->told, 0, builder->n_bits);
  builder->record->line = builder->key_line = builder->line = line;
  builder->key_column = builder->column = column;
  builder->bad = false;
}

void as_builder_spoil(as_builder *builder, const as_field *field) {
  builder->bad = true;
  if (field) set_bit(builder->told, field);
}

static void report_fault(as_builder *builder, const as_field *field, const as_node *node, const as_coerce *how) {
  as_fault fault = {0};
  as_value value;
  as_coerce_value(how, field, node, &value, &fault);
  as_sink_report(builder->sink, fault.code, AS_ERROR, fault.line ? fault.line : builder->line,
                 fault.line ? fault.column : builder->column, fault.help.len ? fault.help.data : NULL, "%s.%s",
                 builder->kind->name->text, fault.message.data);
  as_fault_free(&fault);
}

void as_builder_set(as_builder *builder, const as_field *field, const as_node *node) {
  as_value value;
  as_coerce how = {builder->model->arena, builder->model->intern, builder->flags};
  switch (as_coerce_value(&how, field, node, &value, NULL)) {
    case AS_COERCE_ABSENT:
      return;
    case AS_COERCE_BAD:
      report_fault(builder, field, node, &how);
      as_builder_spoil(builder, field);
      return;
    case AS_COERCED:
      break;
  }
  if (field == builder->kind->key && node->line) {
    builder->key_line = node->line;
    builder->key_column = node->column;
  }
  as_record_put(builder->record, field, &value);
}

/* One diagnostic a record, whatever it lacks: an empty row is one mistake. */
static void report_missing(as_builder *builder) {
  const as_kind *kind = builder->kind;
  as_buf names = {0}, help = {0};
  bool key = false;
  unsigned count = 0;
  for (uint32_t i = 0; i < kind->n_fields; i++) {
    const as_field *field = &kind->fields[i];
    if (!field->required || as_record_has(builder->record, field) || has_bit(builder->told, field)) continue;
    as_buf_printf(&help, count ? "; %s: " : "%s: ", field->name->text);
    as_type_write(field, &help);
    if (field == kind->key)
      key = true;
    else
      as_buf_printf(&names, names.len ? ", `%s`" : "`%s`", field->name->text);
    count++;
  }
  if (!count) return;
  as_buf message = {0}, every = {0};
  if (key) as_buf_printf(&message, "the key `%s`%s", kind->key->name->text, names.len ? " and " : "");
  if (names.len) as_buf_printf(&message, "the required field%s %s", count - key > 1 ? "s" : "", names.data);
  as_buf_printf(&every, "every record of %s needs %s", kind->name->text, help.data);
  as_sink_report(builder->sink, key ? "E0304" : "E0303", AS_ERROR, builder->line, builder->column, every.data, "%s: %s %s missing",
                 kind->name->text, message.data, count > 1 ? "are" : "is");
  builder->bad = true;
  as_buf_free(&names);
  as_buf_free(&help);
  as_buf_free(&message);
  as_buf_free(&every);
}

static bool is_complete(const as_builder *builder) {
  for (uint32_t i = 0; i < builder->n_bits; i++)
    if (builder->required[i] & ~builder->record->bytes[i]) return false;
  return true;
}

/* True where no record of that key came before, or of a kind that has at most one. */
static bool is_first(as_builder *builder, as_store *store, const as_sym *key) {
  const as_kind *kind = builder->kind;
  uint32_t earlier = UINT32_MAX;
  if (kind->single && store->count) earlier = 0;
  if (key && earlier == UINT32_MAX) earlier = as_symtab_find(&store->keys, key);
  if (earlier == UINT32_MAX) return true;
  const as_record *other = as_store_at(store, earlier);
  as_buf shown = {0};
  if (key) as_sink_quote(as_sym_str(key), &shown);
  const char *path = other->batch->document ? other->batch->document->path : "?";
  if (kind->single)
    as_sink_report(builder->sink, "E0308", AS_ERROR, builder->line, builder->column, "keep one of them",
                   "a bundle has only one record of %s; the first is at %s:%u", kind->name->text, path, (unsigned)other->line);
  else
    as_sink_report(builder->sink, "E0305", AS_ERROR, builder->key_line, builder->key_column, "keys of a kind are unique in a bundle",
                   "%s %s is already at %s:%u", kind->name->text, shown.data, path, (unsigned)other->line);
  as_buf_free(&shown);
  return false;
}

const as_record *as_builder_end(as_builder *builder) {
  as_model *model = builder->model;
  const as_kind *kind = builder->kind;
  as_store *store = &model->stores[kind->index];
  if (!is_complete(builder)) report_missing(builder);
  const as_sym *key = builder->bad ? NULL : as_record_key(builder->record);
  bool first = !builder->bad && is_first(builder, store, key);
  if (builder->bad || (!first && kind->single)) {
    builder->duplicates += !builder->bad;
    if (builder->document) builder->document->left_out++;
    return NULL;
  }
  as_record *record = as_store_add(store, model->arena);
  memcpy(record, builder->record, kind->record_size);
  record->index = store->count - 1;
  /* A second record of a key stays and is judged, since dropping it could hide a gap; the key leads to the first. */
  if (key && first) as_symtab_add(&store->keys, model->arena, key, record->index);
  if (builder->document) builder->document->records++;
  return record;
}
