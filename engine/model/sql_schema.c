/* SQL: what there is, as rows: the tables, their columns, the documents of the bundle. */
#include <string.h>

#include "model/sql_inside.h"

static void put_text(as_arena *arena, as_node *row, const char *name, const char *text) {
  if (text && *text) as_node_put(arena, row, name, as_node_text(arena, as_str_of(text)));
}

static void put_count(as_arena *arena, as_node *row, const char *name, uint64_t n) { as_node_put(arena, row, name, as_node_int(arena, (int64_t)n)); }

/* The words are a column of their own. */
static const char *type_of(const as_field *field, as_buf *text) {
  text->len = 0;
  as_type_write(field, text);
  const char *words = strchr(text->data, '(');
  bool list = field->type == AS_T_LIST;
  as_type type = list ? field->item : field->type;
  if (words && (type == AS_T_ENUM || type == AS_T_REF)) {
    text->len = 0;
    as_buf_printf(text, "%s%s%s", list ? "list(" : "", type == AS_T_ENUM ? "enum" : "ref", list ? ")" : "");
  }
  return text->data;
}

static as_node *column_row(as_arena *arena, const as_kind *kind, const as_field *field, as_buf *text) {
  as_node *row = as_node_new(arena, AS_MAP);
  put_text(arena, row, "table", kind->name->text);
  put_text(arena, row, "name", field->name->text);
  put_text(arena, row, "type", type_of(field, text));
  put_count(arena, row, "required", field->required);
  if (field->target) put_text(arena, row, "leads_to", field->target->name->text);
  if (field->n_words) {
    as_node *words = as_node_new(arena, AS_LIST);
    for (uint32_t i = 0; i < field->n_words; i++) as_node_add(words, as_node_text(arena, as_str_of(field->words[i]->text)));
    as_node_put(arena, row, "words", words);
  }
  put_text(arena, row, "meaning", field->comment);
  return row;
}

static as_node *document_row(as_arena *arena, const as_document *d, as_buf *text) {
  as_node *row = as_node_new(arena, AS_MAP);
  put_text(arena, row, "path", d->path);
  if (d->kind) put_text(arena, row, "kind", d->kind->name->text);
  put_text(arena, row, "source", d->source);
  if (d->has_collected_at) {
    text->len = 0;
    as_time_format(d->collected_at, text);
    put_text(arena, row, "collected_at", text->data);
  }
  put_count(arena, row, "records", d->records);
  put_count(arena, row, "left_out", d->left_out);
  put_count(arena, row, "readable", d->readable);
  put_count(arena, row, "bytes", d->bytes);
  put_text(arena, row, "sha256", d->sha256);
  return row;
}

typedef struct {
  size_t tables, columns, documents;
} room;

static void tell_kinds(as_sql *sql, room *cap, as_buf *text) {
  const as_kinds *kinds = as_model_kinds(sql->model);
  for (size_t i = 0; i < as_kinds_count(kinds); i++) {
    const as_kind *kind = as_kinds_at(kinds, i);
    as_node *row = as_node_new(sql->arena, AS_MAP);
    put_text(sql->arena, row, "name", kind->name->text);
    put_text(sql->arena, row, "title", kind->title);
    if (kind->key) put_text(sql->arena, row, "key", kind->key->name->text);
    put_count(sql->arena, row, "records", as_model_count(sql->model, kind));
    put_count(sql->arena, row, "supplied", as_model_supplied(sql->model, kind));
    as_sql_add_row(sql, AS_SQL_OF_TABLES, &cap->tables, row, NULL, NULL);
    for (uint32_t f = 0; f < kind->n_fields; f++)
      as_sql_add_row(sql, AS_SQL_OF_COLUMNS, &cap->columns, column_row(sql->arena, kind, &kind->fields[f], text), NULL, NULL);
  }
}

/* The tables that are no kinds. */
static void tell_others(as_sql *sql, room *cap) {
  const char *table, *column;
  for (size_t i = 0; (table = as_sql_result_table(i)); i++) {
    if (as_kinds_find(as_model_kinds(sql->model), as_str_of(table))) continue;
    as_node *row = as_node_new(sql->arena, AS_MAP);
    put_text(sql->arena, row, "name", table);
    put_text(sql->arena, row, "title", as_sql_result_title(i));
    as_sql_add_row(sql, AS_SQL_OF_TABLES, &cap->tables, row, NULL, NULL);
    for (size_t c = 0; (column = as_sql_result_column(i, c)); c++) {
      row = as_node_new(sql->arena, AS_MAP);
      put_text(sql->arena, row, "table", table);
      put_text(sql->arena, row, "name", column);
      put_text(sql->arena, row, "type", as_sql_result_type(i, c));
      as_sql_add_row(sql, AS_SQL_OF_COLUMNS, &cap->columns, row, NULL, NULL);
    }
  }
}

void as_sql_tell_schema(as_sql *sql) {
  if (sql->arena) return;
  sql->arena = as_arena_new();
  as_buf text = {0};
  room cap = {0};
  tell_kinds(sql, &cap, &text);
  tell_others(sql, &cap);
  for (size_t i = 0; i < as_model_documents(sql->model); i++)
    as_sql_add_row(sql, AS_SQL_OF_DOCUMENTS, &cap.documents, document_row(sql->arena, as_model_document(sql->model, i), &text), NULL, NULL);
  as_buf_free(&text);
}
