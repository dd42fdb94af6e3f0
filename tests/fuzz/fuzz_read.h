/* What the targets of the readers share: reading under small limits, while every event is checked against them and
 * against the grammar of events. */
#ifndef AS_TESTS_FUZZ_READ_H
#define AS_TESTS_FUZZ_READ_H

#include "fuzz.h"
#include "read/read.h"

typedef struct {
  const as_limits *limits;
  as_format format;
  uint64_t documents, nodes, events, stop_at; /* stop_at: the event at which the reading is given up; 0: never */
  uint32_t depth;
  bool map[128], key; /* by level: in a map; a key came and its value is due */
  bool value;         /* of the document: complete */
} fuzz_events;

static inline void fuzz_check_place(const fuzz_events *e, const as_event *event) {
  FUZZ_CHECK(event->line >= 1 && event->column >= 1);
  FUZZ_CHECK(as_utf8_valid(event->text, NULL));
  FUZZ_CHECK(!event->text.n || !memchr(event->text.p, 0, event->text.n));
  uint64_t most = event->kind == AS_EV_KEY ? e->limits->key_bytes : e->limits->text_bytes;
  if (e->format == AS_FORMAT_TEXT && event->kind == AS_EV_KEY) most = 32; /* names of groups: PCRE2 sees to it */
  FUZZ_CHECK(event->text.n <= most);
}

static inline void fuzz_begin_value(fuzz_events *e) {
  FUZZ_CHECK(e->documents > 0);
  if (!e->depth) {
    FUZZ_CHECK(!e->value);
    e->value = true;
  } else if (e->map[e->depth]) {
    FUZZ_CHECK(e->key);
  }
  e->key = false;
  e->nodes++;
}

static inline bool fuzz_event(void *ctx, const as_event *event) {
  fuzz_events *e = ctx;
  e->events++;
  switch (event->kind) {
    case AS_EV_DOCUMENT:
      FUZZ_CHECK(e->depth == 0 && (e->value || e->documents == 0 || e->format == AS_FORMAT_YAML));
      e->documents++;
      e->value = false;
      if (e->format != AS_FORMAT_YAML) e->nodes = 0;
      break;
    case AS_EV_LIST:
    case AS_EV_MAP:
      fuzz_check_place(e, event);
      fuzz_begin_value(e);
      FUZZ_CHECK(++e->depth < 120);
      FUZZ_CHECK(e->depth <= e->limits->depth);
      e->map[e->depth] = event->kind == AS_EV_MAP;
      break;
    case AS_EV_END:
      FUZZ_CHECK(e->depth > 0 && !e->key);
      e->depth--;
      break;
    case AS_EV_KEY:
      fuzz_check_place(e, event);
      FUZZ_CHECK(e->depth > 0 && e->map[e->depth] && !e->key);
      e->key = true;
      break;
    case AS_EV_SCALAR:
      fuzz_check_place(e, event);
      FUZZ_CHECK(event->type <= AS_TEXT);
      fuzz_begin_value(e);
      break;
  }
  return e->events != e->stop_at;
}

/* Small enough that inputs of a few kilobytes meet every one of them. */
static inline as_limits fuzz_limits(bool small) {
  as_limits limits = as_limits_default;
  limits.file_bytes = 1 << 20;
  limits.match_seconds = 1;
  if (!small) return limits;
  limits.depth = 6;
  limits.nodes = 40;
  limits.text_bytes = 24;
  limits.key_bytes = 12;
  limits.number_chars = 12;
  limits.line_bytes = 60;
  limits.records = 6;
  limits.csv_columns = 5;
  limits.yaml_aliases = 4;
  limits.yaml_alias_nodes = 16;
  limits.yaml_documents = 3;
  limits.pattern_bytes = 40;
  limits.pattern_depth = 4;
  limits.match_steps = 2000;
  return limits;
}

/* Reads and checks. True where the text was accepted. `stop_at` as in fuzz_events. */
static inline bool fuzz_read(const as_buf *text, const as_read_options *options, uint64_t stop_at, uint64_t *events) {
  as_diags *diags = as_diags_new();
  as_limits limits = as_read_limits_for(&options->limits, options->format);
  fuzz_events e = {.limits = &limits, .format = options->format, .stop_at = stop_at};
  bool ok = as_read_events(text, options, fuzz_event, &e, diags);
  fuzz_check_diags(diags);
  bool stopped = stop_at && e.events >= stop_at;
  if (stopped) {
    FUZZ_CHECK(!ok && e.events == stop_at); /* nothing comes behind it */
  } else {
    FUZZ_CHECK(!ok == (as_diags_errors(diags) > 0) || options->format == AS_FORMAT_CSV);
    FUZZ_CHECK(!ok || (e.depth == 0 && !e.key));
  }
  bool table = options->format == AS_FORMAT_CSV || options->format == AS_FORMAT_TEXT;
  FUZZ_CHECK(table || e.nodes <= limits.nodes);
  FUZZ_CHECK(options->format != AS_FORMAT_YAML || e.documents <= limits.yaml_documents);
  FUZZ_CHECK(options->format != AS_FORMAT_NDJSON || e.documents <= limits.records);
  if (events) *events = e.events;
  as_diags_free(diags);
  return ok;
}

/* An accepted tree as JSON must be read back as an equal tree. Limits on texts are off: escapes make them no longer. */
static inline void fuzz_check_json(const as_node *tree, int indent) {
  as_buf json = {0};
  as_node_json(tree, indent, &json);
  as_buf text = fuzz_text(json.data, json.len);
  as_read_options options = {.format = AS_FORMAT_JSON, .document = "again.json", .limits = as_limits_default};
  options.limits.depth = 200;
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new();
  const as_node *again = as_read_tree(arena, &text, &options, false, diags);
  FUZZ_CHECK(again != NULL);
  FUZZ_CHECK(fuzz_equal(tree, again));
  as_arena_free(arena);
  as_diags_free(diags);
  as_buf_free(&text);
  as_buf_free(&json);
}

/* What goes through a pipe arrives as it was. */
static inline void fuzz_check_wire(const as_node *tree) {
  as_buf wire = {0}, again = {0};
  as_arena *arena = as_arena_new();
  as_node *copy;
  as_node_encode(tree, &wire);
  FUZZ_CHECK(as_node_decode(arena, wire.data, wire.len, SIZE_MAX, &copy));
  FUZZ_CHECK(fuzz_equal(tree, copy));
  as_node_encode(copy, &again);
  FUZZ_CHECK(again.len == wire.len && memcmp(again.data, wire.data, wire.len) == 0);
  as_arena_free(arena);
  as_buf_free(&wire);
  as_buf_free(&again);
}

#endif
