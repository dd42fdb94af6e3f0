/* YAML by libyaml's events, in the 1.2 core schema. Aliases replay the events of their anchor; merges wait for the end of
 * their map, so that its own keys win. libyaml checks the grammar only: all limits and everything about keys, tags and
 * anchors is checked here. */
#include <string.h>
#include <yaml.h>

#include "read/keys.h"
#include "read/reader.h"
#include "read/yaml.h"
#include "read/yaml_log.h"

#define CORE "tag:yaml.org,2002:"
#define DIRECTIVES_MOST 64   /* libyaml's time grows with their square */
#define ALIAS_NODE_BYTES 1024 /* texts that an alias repeats count as one node more for each of these */

typedef struct {
  bool map, has_key; /* has_key: the value of a member comes next */
  as_anchor *anchor; /* or NULL */
  as_log *merge;     /* what `<<` gave, or NULL */
  bool has_merge;    /* the value of `<<` comes next; then: */
  as_log *outer;     /* y->capture as it was */
  uint32_t merge_line, merge_column;
} frame;

typedef struct {
  as_reader *r;
  yaml_parser_t parser;
  frame *frames;
  size_t depth, cap;
  as_keys *keys;
  as_logs logs;
  as_log *main;     /* of anchored nodes outside of merges */
  as_log *names;    /* of anchored keys */
  as_log *capture;  /* of the merge whose value is being read; then nothing is passed on */
  size_t recording; /* anchored nodes that are open outside of merges */
  uint64_t nodes, aliases, alias_nodes, documents;
  bool in_document;
  /* Of the event at hand. */
  uint32_t line, column;
} reading;

/* ---- faults ---- */

static const char *here(const reading *y) { return as_reader_yaml_line(y->r, y->line); }

#define FAIL(y, code, help, ...) \
  (as_reader_report((y)->r, (code), (y)->line, (y)->column, here(y), (help), __VA_ARGS__), false)

static bool limit(reading *y, const char *code, const char *name, uint64_t value, const char *what) {
  as_reader_limit(y->r, code, y->line, y->column, here(y), name, value, what);
  return false;
}

/* ---- passing on ---- */

static as_log *log_of(reading *y) { return y->capture ? y->capture : y->main; }

static bool emit(reading *y, const as_event *event, bool pinned) {
  if (event->kind == AS_EV_SCALAR || event->kind == AS_EV_LIST || event->kind == AS_EV_MAP)
    if (++y->nodes > y->r->limits.nodes) return limit(y, "E0105", "nodes", y->r->limits.nodes, "the document has too many values");
  if (y->capture || y->recording) as_logs_add(&y->logs, log_of(y), event, pinned);
  return y->capture || y->r->fn(y->r->ctx, event);
}

static as_event event_of(const reading *y, as_event_kind kind) {
  return (as_event){.kind = kind, .type = AS_NULL, .text = {"", 0}, .line = y->line, .column = y->column};
}

static frame *top(reading *y) { return y->depth ? &y->frames[y->depth - 1] : NULL; }

static bool merge_is_sound(const as_log *log) {
  if (log->items[0].kind == AS_EV_MAP) return true;
  if (log->items[0].kind != AS_EV_LIST) return false;
  for (size_t i = 1; log->items[i].kind != AS_EV_END; i = as_log_skip(log, i))
    if (log->items[i].kind != AS_EV_MAP) return false;
  return true;
}

/* A value has ended: that of a member, an item, or the document. */
static bool value_ends(reading *y) {
  frame *f = top(y);
  if (!f) return true;
  f->has_key = false;
  if (!f->has_merge) return true;
  f->has_merge = false;
  y->capture = f->outer;
  if (merge_is_sound(f->merge)) return true;
  y->line = f->merge_line;
  y->column = f->merge_column;
  return FAIL(y, "E0119", "write `<<: *name`, `<<: [*one, *two]`, or put `<<` in quotes if it is a key of its own",
              "`<<` needs a map or a list of maps");
}

/* Members of one merged map that the map does not have yet. */
static bool merge_one(reading *y, const as_log *log, size_t i) {
  for (i++; log->items[i].kind != AS_EV_END;) {
    size_t value = i + 1, end = as_log_skip(log, value);
    uint32_t earlier;
    bool mine = as_keys_add(y->keys, log->items[i].text, log->items[i].line, &earlier);
    for (; mine && i < end; i++)
      if (!emit(y, &log->items[i], true)) return false;
    i = end;
  }
  return true;
}

static bool merge(reading *y, const as_log *log) {
  if (log->items[0].kind == AS_EV_MAP) return merge_one(y, log, 0);
  for (size_t i = 1; log->items[i].kind != AS_EV_END; i = as_log_skip(log, i))
    if (!merge_one(y, log, i)) return false;
  return true;
}

/* ---- keys ---- */

static bool wants_key(reading *y) {
  frame *f = top(y);
  return f && f->map && !f->has_key;
}

static bool take_key(reading *y, const as_event *scalar, bool pinned) {
  frame *f = top(y);
  as_str text = scalar->text;
  uint32_t earlier;
  if (!text.n && !scalar->quoted) return FAIL(y, "E0113", "write a key before the colon, or \"\" for an empty one", "a key is missing");
  if (text.n > y->r->limits.key_bytes) return limit(y, "E0107", "key-bytes", y->r->limits.key_bytes, "a key is too long");
  if (!as_keys_add(y->keys, text, y->line, &earlier))
    return FAIL(y, "E0108", "remove or rename one of the two", "the key `%s` stands twice in this map, first in line %u",
                as_clip_of(text).text, (unsigned)earlier);
  f->has_key = true;
  as_event event = event_of(y, AS_EV_KEY);
  event.type = AS_TEXT;
  event.text = text;
  return emit(y, &event, pinned);
}

static bool take_merge(reading *y) {
  frame *f = top(y);
  uint32_t earlier;
  if (!as_keys_add(y->keys, AS_STR("<<"), y->line, &earlier))
    return FAIL(y, "E0108", "write one `<<` with a list of maps", "`<<` stands twice in this map, first in line %u", (unsigned)earlier);
  f->has_key = f->has_merge = true;
  f->merge_line = y->line;
  f->merge_column = y->column;
  f->outer = y->capture;
  f->merge = y->capture = as_logs_new(&y->logs);
  return true;
}

static bool refuse_key(reading *y) {
  return FAIL(y, "E0113", "write a text as key; put it in quotes where it holds [ ] { } or begins with `? `",
              "a list or map cannot be a key");
}

/* ---- scalars, lists, maps ---- */

/* An anchored value begins. */
static as_anchor *anchor_begins(reading *y, const yaml_char_t *name) {
  if (!name) return NULL;
  if (!y->capture) y->recording++;
  return as_logs_anchor(&y->logs, (const char *)name, log_of(y));
}

static void anchor_ends(reading *y, as_anchor *anchor) {
  if (!anchor) return;
  anchor->end = anchor->log->count;
  if (!y->capture) y->recording--;
}

static bool refuse_tag(reading *y, const char *tag) {
  return FAIL(y, "E0111", "remove the tag, or put the value in quotes if it begins with `!`",
              "the tag `%s` is not known here; only !!str !!int !!float !!bool !!null !!map !!seq are", as_clip_of(as_str_of(tag)).text);
}

static const struct {
  const char *tag;
  as_node_type type;
} tags[] = {{CORE "str", AS_TEXT}, {CORE "int", AS_INT},  {CORE "float", AS_NUM}, {CORE "bool", AS_BOOL},
            {CORE "null", AS_NULL}, {CORE "seq", AS_LIST}, {CORE "map", AS_MAP}};

/* The type that a tag asks for. False where it is not known or does not fit: `plain` is what stands there. */
static bool typed(reading *y, const char *tag, as_node_type plain, as_str text, as_node_type *type) {
  size_t i = 0;
  while (i < sizeof tags / sizeof tags[0] && strcmp(tag, tags[i].tag) != 0) i++;
  if (i == sizeof tags / sizeof tags[0]) return refuse_tag(y, tag);
  *type = tags[i].type;
  bool scalar = plain != AS_LIST && plain != AS_MAP;
  if (plain == *type || (scalar && *type == AS_TEXT) || (*type == AS_NUM && plain == AS_INT)) return true;
  as_clip shown = as_clip_of(text);
  static const char *const help = "remove the tag, or write a value that fits it";
  if (scalar) return FAIL(y, "E0112", help, "`%s` is no value for the tag !!%s", shown.text, tag + sizeof CORE - 1);
  return FAIL(y, "E0112", help, "a %s is no value for the tag !!%s", plain == AS_LIST ? "list" : "map", tag + sizeof CORE - 1);
}

/* The anchor of a key stands for its text as a value. */
static bool anchored_key(reading *y, const as_event *key, const yaml_char_t *name) {
  if (!name) return true;
  as_anchor *anchor = as_logs_anchor(&y->logs, (const char *)name, y->names);
  as_logs_add(&y->logs, y->names, key, false);
  anchor->end = y->names->count;
  return true;
}

static bool scalar(reading *y, const yaml_event_t *event) {
  as_str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
  bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE, key = wants_key(y);
  const char *tag = (const char *)event->data.scalar.tag;
  as_event out = event_of(y, AS_EV_SCALAR);
  out.text = text;
  out.quoted = !plain || tag;
  out.type = AS_TEXT;
  if (tag && strcmp(tag, "!") != 0) {
    if (!typed(y, tag, as_plain_type(text), text, &out.type)) return false;
    out.quoted = out.type == AS_TEXT;
  } else if (plain && !tag) {
    out.type = as_plain_type(text);
  }
  if (text.n && memchr(text.p, 0, text.n))
    return FAIL(y, "E0102", "remove the \\0", "the text holds a NUL character");
  if (key && plain && !tag && !event->data.scalar.anchor && as_str_is(text, "<<")) return take_merge(y);
  if (key) return anchored_key(y, &out, event->data.scalar.anchor) && take_key(y, &out, false);
  if (text.n > y->r->limits.text_bytes) return limit(y, "E0106", "text-bytes", y->r->limits.text_bytes, "a value is too long");
  as_anchor *anchor = anchor_begins(y, event->data.scalar.anchor);
  if (!emit(y, &out, false)) return false;
  anchor_ends(y, anchor);
  return value_ends(y);
}

static bool begin(reading *y, bool map, const yaml_char_t *name, const char *tag) {
  as_node_type type = map ? AS_MAP : AS_LIST;
  if (tag && strcmp(tag, "!") != 0 && !typed(y, tag, type, AS_STR(""), &type)) return false;
  if (wants_key(y)) return refuse_key(y);
  if (y->depth >= y->r->limits.depth) return limit(y, "E0104", "depth", y->r->limits.depth, "lists and maps nest too deep here");
  as_anchor *anchor = anchor_begins(y, name);
  as_grow(&y->frames, &y->cap, y->depth + 1, sizeof *y->frames);
  y->frames[y->depth++] = (frame){.map = map, .anchor = anchor};
  if (map) as_keys_open(y->keys);
  as_event event = event_of(y, map ? AS_EV_MAP : AS_EV_LIST);
  return emit(y, &event, false);
}

static bool end(reading *y) {
  frame *f = top(y);
  if (f->merge) {
    if (!merge(y, f->merge)) return false;
    as_logs_done(&y->logs, f->merge);
  }
  if (f->map) as_keys_close(y->keys);
  as_event event = event_of(y, AS_EV_END);
  if (!emit(y, &event, false)) return false;
  as_anchor *anchor = f->anchor;
  y->depth--;
  anchor_ends(y, anchor);
  return value_ends(y);
}

/* ---- aliases ---- */

static bool replay(reading *y, const as_anchor *anchor) {
  const as_read_limits *limits = &y->r->limits;
  size_t depth = y->depth;
  for (size_t i = anchor->first; i < anchor->end; i++) {
    as_event event = anchor->log->items[i]; /* a copy: the log may grow and move */
    if (event.kind == AS_EV_LIST || event.kind == AS_EV_MAP) depth++;
    if (event.kind == AS_EV_END) depth--;
    if (depth > limits->depth) return limit(y, "E0104", "depth", limits->depth, "lists and maps nest too deep behind this alias");
    if (event.kind == AS_EV_SCALAR || event.kind == AS_EV_LIST || event.kind == AS_EV_MAP) y->alias_nodes++;
    y->alias_nodes += event.text.n / ALIAS_NODE_BYTES;
    if (y->alias_nodes > limits->yaml_alias_nodes)
      return limit(y, "E0117", "yaml-alias-nodes", limits->yaml_alias_nodes, "aliases repeat too many values");
    if (!emit(y, &event, true)) return false;
  }
  return value_ends(y);
}

static bool alias(reading *y, const char *name) {
  as_clip shown = as_clip_of(as_str_of(name));
  if (++y->aliases > y->r->limits.yaml_aliases)
    return limit(y, "E0116", "yaml-aliases", y->r->limits.yaml_aliases, "the file has too many aliases");
  const as_anchor *anchor = as_logs_find(&y->logs, name);
  if (!anchor)
    return FAIL(y, "E0114", "an alias needs its anchor further up in the same document; put a text that begins with `*` in quotes",
                "there is no anchor `&%s` above this alias", shown.text);
  if (!anchor->end)
    return FAIL(y, "E0115", "let the alias point to something else",
                "the alias `*%s` stands within the value that it points to", shown.text);
  if (!wants_key(y)) return replay(y, anchor);
  as_event event = anchor->log->items[anchor->first];
  return event.kind == AS_EV_SCALAR ? take_key(y, &event, true) : refuse_key(y);
}

/* ---- documents ---- */

static void close_document(reading *y) {
  if (!y->in_document) return;
  as_logs_close(&y->logs);
  as_keys_clear(y->keys);
  y->in_document = false;
}

static bool open_document(reading *y) {
  if (++y->documents > y->r->limits.yaml_documents)
    return limit(y, "E0118", "yaml-documents", y->r->limits.yaml_documents, "the file has too many documents");
  as_logs_open(&y->logs);
  y->main = as_logs_new(&y->logs);
  y->names = as_logs_new(&y->logs);
  y->capture = NULL;
  y->recording = 0;
  y->depth = 0;
  y->in_document = true;
  return as_reader_document(y->r, y->line, y->column, y->r->single && y->documents > 1 ? here(y) : NULL);
}

static bool take(reading *y, const yaml_event_t *event) {
  y->line = (uint32_t)event->start_mark.line + 1;
  y->column = (uint32_t)event->start_mark.column + 1;
  switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
      return open_document(y);
    case YAML_DOCUMENT_END_EVENT:
      close_document(y);
      return true;
    case YAML_ALIAS_EVENT:
      return alias(y, (const char *)event->data.alias.anchor);
    case YAML_SCALAR_EVENT:
      return scalar(y, event);
    case YAML_SEQUENCE_START_EVENT:
      return begin(y, false, event->data.sequence_start.anchor, (const char *)event->data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT:
      return begin(y, true, event->data.mapping_start.anchor, (const char *)event->data.mapping_start.tag);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      return end(y);
    default:
      return true;
  }
}

static bool few_directives(as_reader *r) {
  size_t count = 0;
  const char *p = r->text.p, *stop = p + r->text.n;
  while (p < stop && (p = memmem(p, (size_t)(stop - p), "%TAG", 4))) {
    if ((p == r->text.p || p[-1] == '\n' || p[-1] == '\r') && ++count > DIRECTIVES_MOST) {
      as_reader_report_at(r, "E0120", p, "remove them: no tags but the core ones are known here",
                          "more than %d %%TAG directives", DIRECTIVES_MOST);
      return false;
    }
    p += 4;
  }
  return true;
}

bool as_reader_yaml(as_reader *r) {
  if (!few_directives(r)) return false;
  reading y = {.r = r, .keys = as_keys_new()};
  if (!yaml_parser_initialize(&y.parser)) as_mem_exhausted();
  yaml_parser_set_encoding(&y.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&y.parser, (const unsigned char *)r->text.p, r->text.n);
  bool ok = true, more = true;
  while (ok && more) {
    yaml_event_t event;
    if (!yaml_parser_parse(&y.parser, &event)) {
      as_yaml_tell(r, &y.parser);
      ok = false;
      break;
    }
    more = event.type != YAML_STREAM_END_EVENT;
    ok = take(&y, &event);
    yaml_event_delete(&event);
  }
  close_document(&y);
  yaml_parser_delete(&y.parser);
  as_keys_free(y.keys);
  as_free(y.frames);
  return ok;
}
