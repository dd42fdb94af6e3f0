/* Sealing a bundle: what is found only when everything is read is told with its line, for which the documents
 * concerned are read once more. Must not change records. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "model/bundle_inside.h"
#include "model/store.h"

/* Lines in which a field of a record is looked for. */
#define LINES_MOST 80

typedef struct {
  as_diag diag;
  const as_document *document; /* or NULL */
  const char *field;
  as_str text;
  size_t arrival;
} problem;

typedef struct {
  as_arena *arena;
  problem *items;
  size_t count, cap;
} problems;

static const char *kept(problems *p, const char *text) { return text ? as_arena_copy(p->arena, text, strlen(text)) : NULL; }

static void on_problem(void *ctx, const as_seal_problem *found) {
  problems *p = ctx;
  as_grow(&p->items, &p->cap, p->count + 1, sizeof *p->items);
  const as_document *document = found->record ? as_record_document(found->record) : NULL;
  p->items[p->count] = (problem){
      .diag = {.code = found->code,
               .severity = found->severity,
               .document = document ? document->path : NULL,
               .line = found->record ? as_record_line(found->record) : 0,
               .message = kept(p, found->message),
               .help = kept(p, found->help)},
      .document = document,
      .field = found->field ? found->field->name->text : NULL,
      .text = {as_arena_copy(p->arena, found->text.p, found->text.n), found->text.n},
      .arrival = p->count};
  p->count++;
}

static int compare(const void *pa, const void *pb) {
  const problem *a = pa, *b = pb;
  uint32_t da = a->document ? a->document->index : UINT32_MAX, db = b->document ? b->document->index : UINT32_MAX;
  if (da != db) return da < db ? -1 : 1;
  if (a->diag.line != b->diag.line) return a->diag.line < b->diag.line ? -1 : 1;
  return a->arrival < b->arrival ? -1 : a->arrival > b->arrival;
}

static uint32_t characters(const char *from, const char *to) {
  uint32_t n = 0;
  for (; from < to; from++) n += ((unsigned char)*from & 0xc0) != 0x80;
  return n;
}

/* The line at or below the record's in which the value stands, best beside the name of its field. */
static void place(as_sink *sink, problem *p, bool one_line) {
  uint32_t first = p->diag.line, found = 0;
  as_buf line = {0};
  bool named = false;
  for (uint32_t i = 0; i < (one_line ? 1 : LINES_MOST) && !named && p->text.n; i++) {
    line.len = 0;
    if (!as_sink_line(sink, first + i, &line)) {
      if (line.len == 0 && i > 0 && sink->line < first + i) break; /* the end */
      continue;
    }
    const char *name = strstr(line.data, p->field);
    const char *value = memmem(line.data, line.len, p->text.p, p->text.n);
    if (name && !one_line) {
      const char *behind = name + strlen(p->field);
      const char *later = memmem(behind, line.len - (size_t)(behind - line.data), p->text.p, p->text.n);
      if (later) {
        value = later;
        named = true;
      }
    }
    if (!value || (found && !named)) continue;
    found = first + i;
    p->diag.line = found;
    p->diag.column = characters(line.data, value) + 1;
  }
  as_buf_free(&line);
}

/* The text of a document as it was read, or nothing where it changed since. */
static bool text_again(as_bundling *b, const as_document *document, as_buf *own, as_str *text) {
  if (b->has_manifest && strcmp(document->path, b->manifest.document) == 0 && b->manifest_text.data) {
    *text = (as_str){b->manifest_text.data, b->manifest_text.len};
    return true;
  }
  if (b->text.data) {
    *text = (as_str){b->text.data, b->text.len};
    return true;
  }
  const char *why;
  char sha256[65];
  if (!b->files || !as_files_read(b->files, document->path, b->options->limits.file_bytes, own, &why)) return false;
  as_sha256_hex(own->data, own->len, sha256);
  *text = (as_str){own->data, own->len};
  return strcmp(sha256, document->sha256) == 0;
}

void as_bundling_seal(as_bundling *b) {
  problems found = {.arena = as_arena_new()};
  as_model_seal_with(b->model, b->out->as_of, on_problem, &found);
  if (found.count > 1) qsort(found.items, found.count, sizeof *found.items, compare);
  for (size_t i = 0, end; i < found.count; i = end) {
    const as_document *document = found.items[i].document;
    for (end = i; end < found.count && found.items[end].document == document; end++) continue;
    as_buf own = {0};
    as_str text = {NULL, 0};
    if (document && !text_again(b, document, &own, &text)) text = (as_str){NULL, 0};
    as_sink sink;
    as_sink_open(&sink, b->diags, b->options->strict, document ? document->path : NULL, text);
    as_format format = document ? as_format_of_path(document->path) : AS_FORMAT_NONE;
    for (size_t k = i; k < end; k++) {
      problem *p = &found.items[k];
      if (text.p && p->diag.line) place(&sink, p, format == AS_FORMAT_CSV || format == AS_FORMAT_NDJSON);
      as_sink_push(&sink, &p->diag);
    }
    as_sink_close(&sink);
    as_buf_free(&own);
  }
  as_free(found.items);
  as_arena_free(found.arena);
}
