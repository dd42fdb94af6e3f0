/* What is told when a document is at its end: columns that no field takes, and paths that led nowhere. */
#include <string.h>

#include "model/ingest_inside.h"

void as_ingesting_empty(as_ingesting *in) {
  as_sink_report(&in->sink, "W0313", AS_WARNING, 0, 0, "write [] where there is nothing to record",
                 "the document is empty; it counts as one without records");
}

/* Where the name of a column stands in the first line. */
static bool find_header(as_ingesting *in, const as_column *column, uint32_t *place) {
  as_buf line = {0};
  bool found = false;
  if (as_sink_line(&in->sink, 1, &line)) {
    for (const char *p = line.data; !found && (p = strstr(p, column->name.p)); p++) {
      char before = p == line.data ? ',' : p[-1], behind = p[column->name.n];
      if (!strchr(",;|\t\" ", before) || !strchr(",;|\t\" ", behind)) continue; /* a part of another name */
      *place = 1;
      for (const char *c = line.data; c < p; c++) *place += ((unsigned char)*c & 0xc0) != 0x80;
      found = true;
    }
  }
  as_buf_free(&line);
  return found;
}

static void tell_unknown(as_ingesting *in, const as_column *column) {
  const as_kind *kind = in->builder.kind;
  as_buf help = {0}, shown = {0};
  const char *meant = as_kind_suggest(kind, column->name.p);
  if (meant) as_buf_printf(&help, "did you mean `%s`?", meant);
  as_sink_quote(column->name, &shown);
  bool csv = in->options->format == AS_FORMAT_CSV;
  uint32_t line = column->line, place = column->column;
  if (csv && find_header(in, column, &place)) line = 1;
  if (csv || column->count == 1)
    as_sink_report(&in->sink, "W0302", AS_WARNING, line, place, help.data, "%s has no field %s", kind->name->text, shown.data);
  else
    as_sink_report(&in->sink, "W0302", AS_WARNING, line, place, help.data, "%s has no field %s, which %llu records have",
                   kind->name->text, shown.data, (unsigned long long)column->count);
  as_buf_free(&help);
  as_buf_free(&shown);
}

/* A path that led nowhere in any record: most likely its name is wrong. */
static void tell_unfound(as_ingesting *in, const as_mapped *mapped) {
  const as_path *only = mapped->source.parts[0].path;
  if (only && only->n && only->steps[only->n - 1].optional) return;
  as_buf help = {0}, shown = {0};
  for (uint32_t i = 0; i < mapped->source.n; i++) {
    const as_path *path = mapped->source.parts[i].path;
    if (!path || !path->n) continue;
    as_str key = path->steps[path->n - 1].kind == AS_STEP_KEY ? path->steps[path->n - 1].key : path->steps[0].key;
    if (in->mapping->flat) key = path->literal;
    const char **names = as_alloc(in->columns.count * sizeof *names);
    size_t n = 0;
    for (const as_column *column = in->columns.first; column; column = column->next)
      if (column->line || !in->mapping->flat) names[n++] = column->name.p;
    as_buf word = {0};
    as_buf_add(&word, key.p, key.n);
    const char *meant = as_suggest(word.data, names, n);
    if (meant && strcmp(meant, word.data) != 0 && !help.len) as_buf_printf(&help, "did you mean `%s`?", meant);
    as_buf_free(&word);
    as_free(names);
  }
  as_sink_quote(mapped->source.text, &shown);
  if (!help.len && !mapped->source.is_template) as_buf_printf(&help, "where it may be missing, write `%s?`", mapped->source.text.p);
  as_sink_report(&in->sink, "W0314", AS_WARNING, 0, 0, help.data, "no record has %s, which `map` reads as `%s`", shown.data,
                 mapped->field->name->text);
  as_buf_free(&help);
  as_buf_free(&shown);
}

#define UNMAPPED_SHOWN 12u

/* Columns of a table that `map` leaves aside: meant or forgotten, whoever asks for it is told. */
static void tell_unmapped(as_ingesting *in) {
  as_buf names = {0};
  size_t unmapped = 0, all = 0;
  for (const as_column *column = in->columns.first; column; column = column->next) {
    if (!column->count) continue;
    all++;
    if (column->uses || ++unmapped > UNMAPPED_SHOWN) continue;
    if (unmapped > 1) as_buf_adds(&names, ", ");
    as_sink_quote(column->name, &names);
  }
  if (unmapped)
    as_sink_report(&in->sink, "N0880", AS_NOTE, 0, 0, NULL, "%zu of its %zu columns go to no field of %s: %s%s", unmapped, all, in->builder.kind->name->text,
                   names.data, unmapped > UNMAPPED_SHOWN ? ", …" : "");
  as_buf_free(&names);
}

void as_ingesting_end(as_ingesting *in) {
  for (const as_column *column = in->columns.first; column; column = column->next)
    if (column->unknown && column->count) tell_unknown(in, column);
  if (in->columns.others.count)
    as_sink_report(&in->sink, "W0302", AS_WARNING, 0, 0, NULL, "%llu further fields that %s does not have",
                   (unsigned long long)in->columns.others.count, in->builder.kind->name->text);
  if (!in->mapping) return;
  if (in->reading->tell_unmapped && in->mapping->has_map && in->mapping->flat && in->records_seen) tell_unmapped(in);
  if (in->mapping->has_at) as_ingesting_at_end(in);
  for (uint32_t i = 0; i < in->mapping->n_mapped && in->records_seen; i++)
    if (!in->mapping->mapped[i].found) tell_unfound(in, &in->mapping->mapped[i]);
}
