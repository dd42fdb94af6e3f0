/* The arrangements of records in a document, and records built straight from their columns. */
#include <string.h>

#include "model/ingest_inside.h"

static void push(as_ingesting *in, as_in state) { in->stack[in->depth++] = (unsigned char)state; }
static void pop(as_ingesting *in) { in->depth--; }
static as_in top(const as_ingesting *in) { return (as_in)in->stack[in->depth - 1]; }
static bool opens(const as_event *event) { return event->kind == AS_EV_LIST || event->kind == AS_EV_MAP; }

void as_ingesting_skip(as_ingesting *in, const as_event *event) {
  if (!opens(event)) return;
  push(in, AS_IN_SKIP);
  in->skip = 1;
}

static void tree_done(as_ingesting *in, as_node *node);

void as_ingesting_tree(as_ingesting *in, const as_event *event) {
  as_node *node = as_scratch_feed(&in->scratch, event);
  if (node)
    tree_done(in, node);
  else
    push(in, AS_IN_TREE);
}

/* ---- records ---- */

void as_ingesting_no_record(as_ingesting *in, const as_event *event) {
  bool scalar = event->kind == AS_EV_SCALAR;
  as_buf shown = {0};
  if (scalar) as_sink_quote(event->text, &shown);
  const char *help = "a document is a list of records, a map of key to record, or {kind, records}";
  if (in->mapping && in->mapping->has_map && !in->mapping->has_at) help = "`at:` in the manifest tells where in the document the records sit";
  if (top(in) == AS_IN_KEYED && as_envelope_names(in->key)) help = "what a document says about itself stands beside `records`";
  as_sink_report(&in->sink, "E0309", AS_ERROR, event->line, event->column, help, "%s stands where a record of %s belongs",
                 scalar ? shown.data : "a list", in->builder.kind->name->text);
  as_buf_free(&shown);
  in->document->left_out++;
  as_ingesting_skip(in, event);
}

/* In a map of key to record the key is the record's. */
static void set_key(as_ingesting *in) {
  const as_node key = {.type = AS_TEXT, .quoted = true, .text = in->key, .line = in->key_line, .column = in->key_column};
  as_builder_set(&in->builder, in->builder.kind->key, &key);
}

void as_ingesting_record(as_ingesting *in, const as_event *event) {
  in->keyed = top(in) == AS_IN_KEYED;
  in->records_seen++;
  if (in->mapping && !in->mapping->flat) {
    as_ingesting_tree(in, event);
    return;
  }
  as_builder_begin(&in->builder, event->line, event->column);
  if (in->keyed) set_key(in);
  push(in, AS_IN_RECORD);
}

static void end_record(as_ingesting *in) {
  as_builder_end(&in->builder);
  if (as_arena_used(in->scratch_memory)) as_arena_reset(in->scratch_memory);
  in->keyed = false;
}

void as_ingesting_record_tree(as_ingesting *in, as_node *node) {
  as_builder_begin(&in->builder, node->line, node->column);
  if (in->keyed) set_key(in);
  bool before = in->walk.broken; /* of the way to the record */
  in->walk.broken = false;
  as_mapping_fill(in->mapping, &in->walk, node, &in->builder);
  if (in->walk.broken) as_builder_spoil(&in->builder, NULL);
  in->walk.broken = before;
  as_builder_end(&in->builder);
  in->keyed = false;
}

/* ---- columns ---- */

static void lay_column(as_ingesting *in, as_mapped *mapped, as_str name) {
  as_column *column = as_columns_find(&in->columns, name);
  as_use *use = as_arena_calloc(in->kept, sizeof *use);
  *use = (as_use){mapped->field, mapped->words, mapped, column->uses};
  column->uses = use;
}

/* A column may bear the `?` of `path?` in its name, or be missing. */
void as_ingesting_lay_columns(as_ingesting *in) {
  for (uint32_t i = 0; i < in->mapping->n_mapped; i++) {
    as_mapped *mapped = &in->mapping->mapped[i];
    const as_path *path = mapped->source.parts[0].path;
    bool whole = as_format_is_table(in->options->format) || path->n != 1;
    lay_column(in, mapped, whole ? path->bare : path->steps[0].key);
    if (path->bare.n != path->literal.n) lay_column(in, mapped, path->literal);
  }
}

/* Which fields a column goes to, when it is first seen. */
static void settle_column(as_ingesting *in, as_column *column) {
  const as_mapping *mapping = in->mapping;
  const as_kind *kind = in->builder.kind;
  column->settled = true;
  const as_field *field = as_kind_field(kind, column->name);
  if (!field) {
    bool said = in->shape == AS_SHAPE_SINGLE && as_envelope_names(column->name);
    column->unknown = !said && !(mapping && mapping->has_map);
    return;
  }
  unsigned bit = 1u << (field->index & 7);
  if (mapping && (mapping->fixed[field->index >> 3] & bit)) return;
  if (mapping && mapping->has_map && (!mapping->identity || (mapping->named[field->index >> 3] & bit))) return;
  in->by_field[field->index].next = column->uses;
  column->uses = &in->by_field[field->index];
}

static void take_key(as_ingesting *in, const as_event *event) {
  as_column *column = as_columns_find(&in->columns, event->text);
  in->column_now = column;
  if (!column->settled) settle_column(in, column);
  if (!column->line) {
    column->line = event->line;
    column->column = event->column;
  }
  column->count++;
}

static void set_fields(as_ingesting *in, const as_node *node) {
  for (const as_use *use = in->column_now->uses; use; use = use->next) {
    const as_node *value = node;
    if (use->mapped) use->mapped->found = true;
    if (use->words) {
      bool split = use->field->type == AS_T_LIST && (in->builder.flags & AS_COERCE_SPLIT);
      value = as_words_translate(use->words, node, split, in->scratch_memory);
      if (!value) continue;
    }
    if (in->keyed && use->field == in->builder.kind->key) {
      if (value->type == AS_NULL || as_str_eq(value->text, in->key)) continue;
      as_sink_report(&in->sink, "E0319", AS_ERROR, value->line, value->column, "leave it out, or make them the same",
                     "%s: the record stands under another key than its own `%s`", in->builder.kind->name->text, use->field->name->text);
      as_builder_spoil(&in->builder, use->field);
      continue;
    }
    as_builder_set(&in->builder, use->field, value);
  }
}

static void record_event(as_ingesting *in, const as_event *event) {
  switch (event->kind) {
    case AS_EV_KEY:
      take_key(in, event);
      break;
    case AS_EV_SCALAR:
      if (in->column_now->uses) {
        const as_node node = {.type = event->type, .quoted = event->quoted, .line = event->line, .column = event->column, .text = event->text};
        set_fields(in, &node);
      }
      break;
    case AS_EV_LIST:
    case AS_EV_MAP:
      if (in->column_now->uses)
        as_ingesting_tree(in, event);
      else
        as_ingesting_skip(in, event);
      break;
    case AS_EV_END:
      pop(in);
      end_record(in);
      break;
    case AS_EV_DOCUMENT:
      break;
  }
}

static void tree_done(as_ingesting *in, as_node *node) {
  if (top(in) == AS_IN_RECORD) {
    set_fields(in, node);
    return; /* the memory is reset with the record */
  }
  if (in->mapping && in->mapping->has_at)
    as_ingesting_at_unit(in, node);
  else
    as_ingesting_record_tree(in, node);
  as_arena_reset(in->scratch_memory);
}

/* ---- arrangements ---- */

static void root_event(as_ingesting *in, const as_event *event) {
  if (in->mapping && in->mapping->has_at) {
    as_ingesting_at_value(in, 0, event);
  } else if (event->kind == AS_EV_SCALAR && event->type == AS_NULL) {
    as_ingesting_empty(in);
  } else if (event->kind == AS_EV_LIST && in->options->format != AS_FORMAT_NDJSON) {
    push(in, AS_IN_LIST);
  } else if (event->kind != AS_EV_MAP) {
    as_ingesting_no_record(in, event);
    if (in->options->format != AS_FORMAT_NDJSON) as_ingesting_spoil(in);
  } else if (in->shape == AS_SHAPE_ENVELOPE) {
    push(in, AS_IN_ENVELOPE);
  } else if (in->shape == AS_SHAPE_KEYED) {
    push(in, AS_IN_KEYED);
    if (in->builder.kind->key) return;
    as_sink_report(&in->sink, "E0310", AS_ERROR, event->line, event->column, "write a list: begin each record with `- `",
                   "a map of key to record does not fit %s, which has no key", in->builder.kind->name->text);
    as_ingesting_spoil(in);
    in->unusable = true;
  } else {
    as_ingesting_record(in, event);
  }
}

/* A value beside `records`; the first look may have ended before it. */
static void meta_event(as_ingesting *in, const as_event *event) {
  as_node *value = as_scratch_feed(&in->late_scratch, event);
  if (!value) {
    if (top(in) != AS_IN_META) push(in, AS_IN_META);
    return;
  }
  if (top(in) == AS_IN_META) pop(in);
  if (!in->late) {
    in->late = as_node_new(in->kept, AS_MAP);
    in->late->line = in->key_line;
    in->late->column = in->key_column;
  }
  value->key = (as_str){as_arena_copy(in->kept, in->key.p, in->key.n), in->key.n};
  value->key_line = in->key_line;
  value->key_column = in->key_column;
  as_node_add(in->late, value);
}

static void envelope_event(as_ingesting *in, const as_event *event) {
  if (event->kind == AS_EV_END) {
    pop(in);
    if (in->late) as_ingesting_late(in);
  } else if (event->kind == AS_EV_KEY) {
    in->key_text.len = 0;
    as_buf_add(&in->key_text, event->text.p, event->text.n);
    in->key = (as_str){in->key_text.data, in->key_text.len};
    in->key_line = event->line;
    in->key_column = event->column;
    if (as_envelope_names(in->key)) return;
    const char *meant = as_suggest(in->key_text.data, as_envelope_keys, AS_ENVELOPE_KEYS);
    as_buf help = {0}, shown = {0};
    as_sink_quote(in->key, &shown);
    if (meant)
      as_buf_printf(&help, "did you mean `%s`?", meant);
    else
      as_buf_adds(&help, "known are kind, records, source, collected_at, period");
    as_sink_report(&in->sink, "E0311", AS_ERROR, event->line, event->column, help.data, "unknown key %s beside `records`", shown.data);
    as_buf_free(&help);
    as_buf_free(&shown);
  } else if (!as_str_is(in->key, "records")) {
    if (as_envelope_names(in->key) && !(in->meta && as_node_gets(in->meta, in->key))) {
      in->late_scratch = (as_scratch){.arena = in->kept};
      meta_event(in, event);
    } else {
      as_ingesting_skip(in, event);
    }
  } else if (event->kind == AS_EV_LIST) {
    push(in, AS_IN_LIST);
  } else if (event->kind == AS_EV_MAP && in->builder.kind->key) {
    push(in, AS_IN_KEYED);
  } else if (event->kind == AS_EV_MAP && in->builder.kind->single) {
    as_ingesting_record(in, event);
  } else if (event->kind != AS_EV_SCALAR || event->type != AS_NULL) {
    as_sink_report(&in->sink, "E0310", AS_ERROR, event->line, event->column, "begin each record with `- `", "`records` must be a list");
    as_ingesting_spoil(in);
    as_ingesting_skip(in, event);
  }
}

static void keyed_event(as_ingesting *in, const as_event *event) {
  if (event->kind == AS_EV_KEY) {
    in->key_text.len = 0;
    as_buf_add(&in->key_text, event->text.p, event->text.n);
    in->key = (as_str){in->key_text.data, in->key_text.len};
    in->key_line = event->line;
    in->key_column = event->column;
  } else if (event->kind == AS_EV_END) {
    pop(in);
  } else if (event->kind == AS_EV_MAP) {
    as_ingesting_record(in, event);
  } else {
    as_ingesting_no_record(in, event);
  }
}

void as_ingesting_event(as_ingesting *in, const as_event *event) {
  if (in->depth >= AS_IN_DEPTH - 2 && opens(event) && top(in) < AS_IN_TREE) {
    as_ingesting_skip(in, event);
    return;
  }
  switch (top(in)) {
    case AS_IN_RECORD:
      record_event(in, event);
      break;
    case AS_IN_SKIP:
      if (opens(event)) in->skip++;
      if (event->kind == AS_EV_END && --in->skip == 0) pop(in);
      break;
    case AS_IN_TREE: {
      as_node *node = as_scratch_feed(&in->scratch, event);
      if (!node) break;
      pop(in);
      tree_done(in, node);
      break;
    }
    case AS_IN_LIST:
      if (event->kind == AS_EV_END)
        pop(in);
      else if (event->kind == AS_EV_MAP)
        as_ingesting_record(in, event);
      else
        as_ingesting_no_record(in, event);
      break;
    case AS_IN_KEYED:
      keyed_event(in, event);
      break;
    case AS_IN_META:
      meta_event(in, event);
      break;
    case AS_IN_ENVELOPE:
      envelope_event(in, event);
      break;
    case AS_IN_AT:
      as_ingesting_at_event(in, event);
      break;
    case AS_IN_ROOT:
      root_event(in, event);
      break;
  }
}
