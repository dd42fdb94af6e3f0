/* A first look at the roots of documents: how their records are arranged, and what they say about themselves. It ends
 * as soon as that is known. Must not report: the reading that follows does. */
#include <string.h>

#include "model/ingest_inside.h"

const char *const as_envelope_keys[AS_ENVELOPE_KEYS] = {"kind", "records", "source", "collected_at", "period"};

bool as_envelope_names(as_str key) {
  for (size_t i = 0; i < AS_ENVELOPE_KEYS; i++)
    if (as_str_is(key, as_envelope_keys[i])) return true;
  return false;
}

typedef struct {
  as_arena *arena;
  const as_kinds *kinds;
  const as_ingest_options *options;
  as_envelope *list;
  size_t count, cap;
  as_scratch scratch;
  as_node *meta;
  uint32_t depth;       /* containers that are open */
  uint32_t others;      /* keys of the root that are no envelope's */
  bool many;            /* the text may hold several documents */
  bool records, other_map, in_value, done;
  as_str key;
  uint32_t key_line, key_column;
} scan;

/* The kind that has only one record, where the document is of such a one. */
static const as_kind *single_kind(const scan *s) {
  const as_kind *kind = s->options->entry->kind;
  const as_node *stated = as_node_get(s->meta, "kind");
  if (!kind && stated) kind = as_kinds_find(s->kinds, stated->text);
  if (!kind && !stated) kind = s->options->stem;
  return kind && kind->single ? kind : NULL;
}

static void finish(scan *s) {
  if (!s->count || s->done) return;
  as_envelope *envelope = &s->list[s->count - 1];
  s->done = true;
  if (!s->meta) return;
  const as_kind *kind = single_kind(s);
  if (s->records || (s->meta->count && !s->others && !kind))
    envelope->shape = AS_SHAPE_ENVELOPE;
  else
    envelope->shape = kind ? AS_SHAPE_SINGLE : AS_SHAPE_KEYED;
  if (envelope->shape != AS_SHAPE_KEYED) envelope->meta = s->meta;
  if (envelope->shape != AS_SHAPE_SINGLE) return;
  /* A field of the kind is no metadata. */
  as_node *kept = as_node_new(s->arena, AS_MAP);
  for (as_node *node = s->meta->first, *next; node; node = next) {
    next = node->next;
    if (!as_kind_field(kind, node->key)) as_node_add(kept, node);
  }
  kept->line = s->meta->line;
  kept->column = s->meta->column;
  envelope->meta = kept;
}

/* True where nothing more can be learned. */
static bool is_enough(const scan *s) {
  if (s->many) return false;
  if (s->records && (s->options->entry->kind || as_node_get(s->meta, "kind"))) return !s->options->entry->set;
  return s->other_map && !single_kind(s);
}

static void keep_value(scan *s, as_node *value) {
  s->in_value = false;
  value->key = s->key;
  value->key_line = s->key_line;
  value->key_column = s->key_column;
  as_node_add(s->meta, value);
}

static bool on_event(void *ctx, const as_event *event) {
  scan *s = ctx;
  bool opens = event->kind == AS_EV_LIST || event->kind == AS_EV_MAP;
  if (event->kind == AS_EV_DOCUMENT) {
    finish(s);
    as_grow(&s->list, &s->cap, s->count + 1, sizeof *s->list);
    s->list[s->count++] = (as_envelope){.shape = AS_SHAPE_ANY};
    s->meta = NULL;
    s->depth = s->others = 0;
    s->records = s->other_map = s->in_value = s->done = false;
    s->scratch = (as_scratch){.arena = s->arena};
    return true;
  }
  if (s->done) return s->many;
  if (s->depth == 0) { /* the root */
    if (event->kind != AS_EV_MAP) {
      finish(s);
      return s->many;
    }
    s->meta = as_node_new(s->arena, AS_MAP);
    s->meta->line = event->line;
    s->meta->column = event->column;
    s->depth = 1;
    return true;
  }
  if (s->in_value) {
    as_node *value = as_scratch_feed(&s->scratch, event);
    if (value) keep_value(s, value);
    return true;
  }
  if (s->depth == 1) {
    if (event->kind == AS_EV_KEY) {
      s->key = (as_str){as_arena_copy(s->arena, event->text.p, event->text.n), event->text.n};
      s->key_line = event->line;
      s->key_column = event->column;
      return true;
    }
    if (event->kind == AS_EV_END) {
      finish(s);
      return s->many;
    }
    if (as_str_is(s->key, "records") && (opens || event->type == AS_NULL)) {
      s->records = true;
    } else if (as_envelope_names(s->key)) {
      s->in_value = true;
      as_node *value = as_scratch_feed(&s->scratch, event);
      if (value) keep_value(s, value);
      return true;
    } else {
      s->others++;
      s->other_map = s->other_map || event->kind == AS_EV_MAP;
    }
    if (is_enough(s)) {
      finish(s);
      return false;
    }
  }
  if (opens) s->depth++;
  if (event->kind == AS_EV_END) s->depth--;
  return true;
}

static bool begins_with_list(const as_buf *text) {
  for (size_t i = 0; i < text->len; i++) {
    char c = text->data[i];
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    return c == '[';
  }
  return false;
}

void as_envelopes_scan(as_arena *arena, const as_kinds *kinds, const as_ingest_options *options, const as_read_options *how,
                       const as_buf *text, as_envelope **out, size_t *count) {
  *out = NULL;
  *count = 0;
  if (how->format != AS_FORMAT_YAML && how->format != AS_FORMAT_JSON) return;
  if (options->entry->at) return;
  scan s = {.arena = arena, .kinds = kinds, .options = options};
  s.many = how->format == AS_FORMAT_YAML && text->len > 4 && memmem(text->data + 1, text->len - 1, "\n---", 4) != NULL;
  if (!s.many && begins_with_list(text)) return;
  as_diags *unheard = as_diags_new();
  as_read_events(text, how, on_event, &s, unheard);
  finish(&s);
  as_diags_free(unheard);
  *out = as_arena_alloc(arena, s.count * sizeof **out);
  if (s.count) memcpy(*out, s.list, s.count * sizeof **out);
  *count = s.count;
  as_free(s.list);
}
