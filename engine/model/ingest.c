/* From events to records. One pass, a record (or the unit that its map needs) at a time in reused memory; must not
 * know a file format beyond what the manifest says of it, and must not open files. */
#include "model/ingest.h"

#include <string.h>

#include "model/ingest_inside.h"
#include "model/store.h"

/* ---- documents ---- */

static as_document *register_document(as_ingesting *in, const as_kind *kind) {
  const as_ingest_options *options = in->options;
  as_document *document = as_model_add_document(in->reading->model, options->path);
  document->bytes = options->bytes;
  if (options->sha256) memcpy(document->sha256, options->sha256, sizeof document->sha256);
  document->kind = kind;
  return document;
}

static void state_collection(as_document *document, const as_entry *entry) {
  document->source = entry->source;
  document->has_collected_at = entry->has_collected_at;
  document->collected_at = entry->collected_at;
  document->has_period = entry->has_period;
  document->period_from = entry->period_from;
  document->period_to = entry->period_to;
}

/* Before anything is read. */
static const as_kind *likely_kind(const as_ingest_options *options) { return options->entry->kind ? options->entry->kind : options->stem; }

as_document *as_ingest_lost(as_reading *reading, const as_ingest_options *options) {
  as_ingesting in = {.reading = reading, .options = options};
  as_document *document = register_document(&in, likely_kind(options));
  state_collection(document, options->entry);
  document->readable = false;
  return document;
}

/* What the document cannot be used for was reported: its kind is not supplied by it. */
void as_ingesting_spoil(as_ingesting *in) {
  in->broken = true;
  if (in->document) in->document->readable = false;
}

static void close_kind(as_ingesting *in) {
  if (!in->builder.kind) return;
  in->duplicates += in->builder.duplicates;
  as_builder_close(&in->builder);
  as_columns_close(&in->columns);
  as_mapping_free(in->mapping);
  in->mapping = NULL;
  as_arena_reset(in->kept);
  as_arena_reset(in->scratch_memory);
}

static bool open_kind(as_ingesting *in, const as_kind *kind) {
  const as_entry *entry = in->options->entry;
  bool foreign = entry->at || entry->map || entry->words || entry->set || entry->defaults;
  as_mapping *mapping = NULL;
  if (in->options->format == AS_FORMAT_XML && !entry->at) {
    bool listed = entry->path && in->reading->manifest;
    as_sink_report(listed ? in->reading->manifest : &in->sink, "E0225", AS_ERROR, listed ? entry->line : 0, listed ? entry->column : 0,
                   "list it in the manifest with `at`, the names of the elements below the root, such as Report.ReportHost[].ReportItem[]",
                   "an XML document needs `at`: which of its elements are records");
    in->reading->manifest_broken = in->reading->manifest_broken || listed;
    return false;
  }
  if (foreign) {
    as_sink *sink = in->reading->manifest ? in->reading->manifest : &in->sink;
    mapping = as_mapping_compile(in->kept, in->reading->model->intern, kind, entry, in->options->format, sink);
    if (!mapping) {
      in->reading->manifest_broken = true;
      return false;
    }
  }
  bool table = as_format_is_table(in->options->format);
  unsigned flags = table ? AS_COERCE_CELL | AS_COERCE_SPLIT : 0;
  if (foreign) flags |= AS_COERCE_CELL | AS_COERCE_LOOSE;
  as_builder_open(&in->builder, in->reading->model, in->document, kind, &in->sink, flags);
  as_columns_open(&in->columns, in->kept);
  in->mapping = mapping;
  in->scratch = (as_scratch){.arena = in->scratch_memory};
  if (mapping && !as_mapping_constants(mapping, in->document, &in->builder, in->reading->manifest ? in->reading->manifest : &in->sink)) {
    in->reading->manifest_broken = true;
    return false;
  }
  if (mapping && mapping->flat) as_ingesting_lay_columns(in);
  if (mapping && !mapping->flat) {
    in->scratch.columns = &in->columns;
    in->scratch.keys = mapping->keys;
    in->scratch.open = mapping->open;
    in->scratch.open_root = mapping->open_root;
    in->scratch.open_all = mapping->open_all;
    in->scratch.repeats = mapping->xml;
  }
  in->by_field = as_arena_calloc(in->kept, kind->n_fields * sizeof *in->by_field);
  for (uint32_t i = 0; i < kind->n_fields; i++)
    in->by_field[i] = (as_use){.field = &kind->fields[i], .words = mapping ? mapping->words[i] : NULL};
  if (mapping && mapping->has_at) in->at_counts = as_arena_calloc(in->kept, (mapping->at.n + 1) * sizeof *in->at_counts);
  in->records_seen = 0;
  in->walk = (as_walk){.arena = in->scratch_memory, .limits = &in->reading->limits, .sink = &in->sink, .xml = mapping && mapping->xml};
  return true;
}

static void tell_contradiction(as_ingesting *in, const as_kind *by_itself, const as_kind *by_manifest) {
  as_sink_report(&in->sink, "E0312", AS_ERROR, in->line, in->column, "correct one of them",
                 "the document says that it holds %s, the manifest that it holds %s", by_itself->name->text, by_manifest->name->text);
}

void as_ingesting_late(as_ingesting *in) {
  as_entry stated = {0};
  stated.source = in->document->source;
  stated.has_collected_at = in->document->has_collected_at;
  stated.collected_at = in->document->collected_at;
  stated.has_period = in->document->has_period;
  stated.period_from = in->document->period_from;
  stated.period_to = in->document->period_to;
  bool good = as_manifest_meta(in->reading->arena, in->reading->kinds, in->late, &in->sink, &stated);
  state_collection(in->document, &stated);
  in->line = in->late->line;
  in->column = in->late->column;
  if (good && stated.kind && stated.kind != in->builder.kind) {
    tell_contradiction(in, stated.kind, in->builder.kind);
    good = false;
  }
  if (!good) as_ingesting_spoil(in);
  in->late = NULL;
}

/* Which kind the document at hand is of. NULL where it cannot be told (reported). */
static const as_kind *settle_kind(as_ingesting *in, const as_entry *stated) {
  const as_kind *by_manifest = in->options->entry->kind, *by_itself = stated->kind;
  if (by_manifest && by_itself && by_manifest != by_itself) {
    tell_contradiction(in, by_itself, by_manifest);
    return NULL;
  }
  const as_kind *kind = by_manifest ? by_manifest : by_itself ? by_itself : in->options->stem;
  if (kind) return kind;
  const char *slash = strrchr(in->options->path, '/');
  const char *name = slash ? slash + 1 : in->options->path;
  as_buf stem = {0}, help = {0};
  as_buf_add(&stem, name, strcspn(name, "."));
  const char *meant = as_kinds_suggest(in->reading->kinds, stem.data);
  if (meant)
    as_buf_printf(&help, "did you mean `%s`? the file's name or `kind:` in the manifest tells the kind", meant);
  else
    as_buf_adds(&help, "say `kind:` in the manifest, or write {kind, records} in the document");
  as_sink_report(&in->sink, "E0217", AS_ERROR, 0, 0, help.data, "it cannot be told of which kind these records are");
  as_buf_free(&stem);
  as_buf_free(&help);
  return NULL;
}

/* A document of the text begins: a YAML text may hold several, each with a kind of its own. */
static void begin_document(as_ingesting *in) {
  const as_envelope *envelope = in->number < in->n_envelopes ? &in->envelopes[in->number] : NULL;
  in->number++;
  in->unusable = false;
  in->late = NULL;
  in->meta = envelope ? envelope->meta : NULL;
  in->stack[0] = AS_IN_ROOT;
  in->depth = 1;
  if (in->number <= in->options->skip) {
    in->unusable = true;
    return;
  }
  in->shape = envelope ? envelope->shape : AS_SHAPE_ANY;
  if (in->options->format == AS_FORMAT_NDJSON && in->document) { /* each line belongs to the same document */
    in->unusable = !in->builder.kind;
    return;
  }
  as_entry stated = *in->options->entry;
  stated.kind = NULL;
  bool good = true;
  if (envelope && envelope->meta) {
    in->line = envelope->meta->line;
    in->column = envelope->meta->column;
    good = as_manifest_meta(in->reading->arena, in->reading->kinds, envelope->meta, &in->sink, &stated);
  }
  const as_kind *kind = good ? settle_kind(in, &stated) : NULL;
  if (!in->document || !kind || in->document->kind != kind) {
    close_kind(in);
    in->document = register_document(in, kind ? kind : likely_kind(in->options));
    state_collection(in->document, &stated);
  } else {
    close_kind(in);
  }
  if (!kind || in->map_broken || !open_kind(in, kind)) {
    in->map_broken = kind != NULL; /* told once, not for every document of the text */
    as_ingesting_spoil(in);
    in->unusable = true;
  }
}

/* The text held no document at all. */
static void empty_text(as_ingesting *in) {
  in->document = register_document(in, likely_kind(in->options));
  state_collection(in->document, in->options->entry);
  if (!settle_kind(in, in->options->entry))
    as_ingesting_spoil(in);
  else if (in->options->format != AS_FORMAT_NDJSON)
    as_ingesting_empty(in);
}

/* Where no record at all could be used, "none" would be read out of "not understood". */
static void check_any_kept(as_ingesting *in, as_document *document) {
  if (!document->readable || document->records || !document->left_out || in->duplicates) return;
  as_sink_report(&in->sink, "E0323", AS_ERROR, 0, 0, "see the other messages about this document",
                 "none of its records could be used (%u left out): %s counts as not supplied", (unsigned)document->left_out,
                 document->kind ? document->kind->name->text : "its kind");
  document->readable = false;
  in->broken = true;
}

/* ---- the whole text ---- */

static bool on_event(void *ctx, const as_event *event) {
  as_ingesting *in = ctx;
  if (event->kind == AS_EV_DOCUMENT) {
    bool lines = in->options->format == AS_FORMAT_NDJSON;
    if (!in->unusable && in->builder.kind && !lines) as_ingesting_end(in);
    begin_document(in);
    return true;
  }
  if (in->unusable) return true;
  if (in->options->lines_before) {
    as_event moved = *event;
    moved.line += in->options->lines_before;
    as_ingesting_event(in, &moved);
  } else {
    as_ingesting_event(in, event);
  }
  return true;
}

static as_read_options read_options(const as_reading *reading, const as_ingest_options *options) {
  return (as_read_options){.format = options->format,
                           .document = options->path,
                           .limits = reading->limits,
                           .csv_delimiter = options->entry->delimiter,
                           .csv_skip = options->entry->skip_lines,
                           .pattern = options->entry->pattern,
                           .skip = options->entry->skip};
}

bool as_ingest(as_reading *reading, const as_ingest_options *options, const as_buf *text) {
  as_ingesting in = {.reading = reading, .options = options, .kept = as_arena_new(), .scratch_memory = as_arena_new()};
  as_arena *about = as_arena_new(); /* envelopes */
  uint32_t rows_left_out = 0;
  as_read_options how = read_options(reading, options);
  how.left_out = &rows_left_out;
  as_diags *found = as_diags_new();
  as_sink_open(&in.sink, reading->diags, reading->strict, options->path,
               options->whole.p ? options->whole : (as_str){text->data, text->len});
  as_envelopes_scan(about, reading->kinds, options, &how, text, &in.envelopes, &in.n_envelopes);
  size_t first = reading->model->n_documents;
  bool good = as_read_events(text, &how, on_event, &in, found);
  as_sink_forward(&in.sink, found, options->lines_before);
  if (in.builder.kind && !in.unusable) as_ingesting_end(&in);
  if (good && !in.number) empty_text(&in);
  close_kind(&in);
  as_buf_free(&in.key_text);
  if (!good) {
    if (!in.document) as_ingest_lost(reading, options);
    for (size_t i = first; i < reading->model->n_documents; i++) reading->model->documents[i]->readable = false;
  }
  if (first < reading->model->n_documents) reading->model->documents[first]->left_out += rows_left_out;
  for (size_t i = first; i < reading->model->n_documents; i++) check_any_kept(&in, reading->model->documents[i]);
  as_sink_close(&in.sink);
  as_diags_free(found);
  as_arena_free(about);
  as_arena_free(in.kept);
  as_arena_free(in.scratch_memory);
  return good && !in.broken;
}
