/* JSON and NDJSON: hands texts to the walker of json.cc and tells its faults.
 * Of an NDJSON line nothing is passed on before the whole line is known to be right. */
#include <string.h>

#include "base/file.h"
#include "read/json.h"
#include "read/reader.h"

static void tell_syntax(as_reader *r, const as_json_job *job, bool ndjson) {
  as_json_fault fault;
  uint32_t line, column;
  if (as_json_check(job->text, job->line, ndjson, (uint32_t)r->limits.depth, &fault)) {
    as_reader_report(r, "E0130", job->line, 1, job->text.p, "check the file with another JSON program and report this as a fault of assay",
                     "this is no JSON");
    return;
  }
  as_str whole = r->text;
  r->text.p = job->text.p; /* places count from the value's beginning */
  r->text.n = job->text.n;
  as_reader_place(r, fault.at, &line, &column);
  r->text = whole;
  line += job->line - 1;
  if (!strcmp(fault.code, "E0104"))
    as_reader_limit(r, fault.code, line, column, fault.at, "depth", r->limits.depth, "lists and maps nest too deep here");
  else
    as_reader_report(r, fault.code, line, column, fault.at, fault.help, "%s", fault.message);
}

static void tell(as_reader *r, as_json_status status, const as_json_job *job, bool ndjson) {
  uint32_t line = job->at_line, column = job->at_column;
  as_clip word = as_clip_of(job->word);
  switch (status) {
    case AS_JSON_OK:
    case AS_JSON_STOPPED:
      break;
    case AS_JSON_SYNTAX:
      tell_syntax(r, job, ndjson);
      break;
    case AS_JSON_TOO_LARGE:
      as_reader_report(r, "E0103", job->line, 1, NULL, "split it, or write it as NDJSON", "a JSON text has more than 4 GB");
      break;
    case AS_JSON_DEPTH:
      as_reader_limit(r, "E0104", line, column, job->at, "depth", r->limits.depth, "lists and maps nest too deep here");
      break;
    case AS_JSON_NODES:
      as_reader_limit(r, "E0105", line, column, job->at, "nodes", r->limits.nodes, "the document has too many values");
      break;
    case AS_JSON_TEXT_BYTES:
      as_reader_limit(r, "E0106", line, column, job->at, "text-bytes", r->limits.text_bytes, "a value is too long");
      break;
    case AS_JSON_KEY_BYTES:
      as_reader_limit(r, "E0107", line, column, job->at, "key-bytes", r->limits.key_bytes, "a key is too long");
      break;
    case AS_JSON_DUPLICATE:
      as_reader_report(r, "E0108", line, column, job->at, "remove or rename one of the two",
                       "the key `%s` stands twice in this map, first in line %u", word.text, (unsigned)job->earlier);
      break;
    case AS_JSON_NUL:
      as_reader_report(r, "E0102", line, column, job->at, "remove the \\u0000", "the text holds a NUL character");
      break;
    case AS_JSON_NUMBER_CHARS:
      as_reader_limit(r, "E0135", line, column, job->at, "number-chars", r->limits.number_chars, "a number is too long");
      break;
    case AS_JSON_NUMBER:
      as_reader_report(r, "E0132", line, column, job->at, "put it in quotes if it is no quantity", "the number %s is too large", word.text);
      break;
  }
}

bool as_reader_json(as_reader *r) {
  if (!as_reader_document(r, 1, 1, r->text.p)) return false;
  as_json_job job = {.text = r->text, .line = 1, .ascii = r->ascii, .limits = &r->limits, .fn = r->fn, .ctx = r->ctx};
  as_json *json = as_json_new();
  as_json_status status = AS_JSON_SYNTAX;
  if (r->text.n) status = as_json_walk(json, &job);
  tell(r, status, &job, false);
  as_json_free(json);
  return status == AS_JSON_OK;
}

/* The events of one line, kept until the line is known to be right. */
typedef struct {
  as_event *items;
  size_t count, cap;
} line_events;

static bool keep(void *ctx, const as_event *event) {
  line_events *events = ctx;
  as_grow(&events->items, &events->cap, events->count + 1, sizeof *events->items);
  events->items[events->count++] = *event;
  return true;
}

static bool blank_line(const char *p, const char *end) {
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\r')) p++;
  return p == end;
}

bool as_reader_ndjson(as_reader *r) {
  as_json *json = as_json_new();
  line_events events = {0};
  const char *p = r->text.p, *end = p + r->text.n;
  uint64_t records = 0;
  uint32_t line = 0;
  bool ok = true, stopped = false;
  while (p < end && !stopped) {
    const char *stop = memchr(p, '\n', (size_t)(end - p)), *begin = p;
    if (!stop) stop = end;
    p = stop < end ? stop + 1 : end;
    line++;
    if (stop > begin && stop[-1] == '\r') stop--;
    if (blank_line(begin, stop)) continue;
    size_t n = (size_t)(stop - begin);
    if (records++ == r->limits.records) {
      as_reader_limit(r, "E0141", line, 1, begin, "records", r->limits.records, "the file has too many lines");
      ok = false;
      break;
    }
    if (n > r->limits.line_bytes) {
      as_reader_limit(r, "E0140", line, 1, begin, "line-bytes", r->limits.line_bytes, "the line is too long and was left out");
      ok = false;
      continue;
    }
    events.count = 0;
    as_json_job job = {.text = {begin, n}, .line = line, .ascii = r->ascii, .limits = &r->limits, .fn = keep, .ctx = &events};
    as_json_status status = as_json_walk(json, &job);
    if (status != AS_JSON_OK) {
      tell(r, status, &job, true);
      ok = false;
      continue;
    }
    stopped = !as_reader_document(r, line, 1, begin);
    for (size_t i = 0; i < events.count && !stopped; i++) stopped = !r->fn(r->ctx, &events.items[i]);
  }
  as_free(events.items);
  as_json_free(json);
  return ok && !stopped;
}
