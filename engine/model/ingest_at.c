/* The way to the records that `at` of the manifest tells: walked with the events as far as it goes without looking
 * back, then in the tree of one unit. A name that is not there is told, never taken for "no records". */
#include <string.h>

#include "model/ingest_inside.h"

/* Keys that are compared with a name that was not found. */
#define LOOKED_AT 500

static const as_step *step_at(const as_ingesting *in, uint32_t step) { return &in->mapping->at.steps[step]; }

/* Behind `[]` an item may lack what others have; before, it belongs to the form of the document. */
static bool may_lack(const as_ingesting *in, uint32_t step) {
  for (uint32_t i = 0; i <= step; i++)
    if (step_at(in, i)->kind == AS_STEP_EACH || step_at(in, i)->optional) return true;
  return false;
}

static void not_there(as_ingesting *in, uint32_t step, uint32_t line, uint32_t column, const char *meant) {
  const as_step *st = step_at(in, step);
  as_buf help = {0};
  if (meant)
    as_buf_printf(&help, "did you mean `%s`?", meant);
  else
    as_buf_printf(&help, "where it may be missing, write `%.*s?` in `at`", (int)st->key.n, st->key.p);
  as_sink_report(&in->sink, "E0315", AS_ERROR, line, column, help.data, "`at: %.*s`: there is no `%.*s`", (int)in->mapping->at.literal.n,
                 in->mapping->at.literal.p, (int)st->key.n, st->key.p);
  as_buf_free(&help);
  as_ingesting_spoil(in);
}

/* A map on the way has no member of the step's name. */
static void missed(as_ingesting *in, uint32_t step, uint32_t line, uint32_t column) {
  struct as_at_count *count = &in->at_counts[step];
  if (!may_lack(in, step)) {
    not_there(in, step, line, column, count->meant);
  } else if (!count->misses++) {
    count->line = line;
    count->column = column;
  }
}

static void not_so(as_ingesting *in, const as_event *event, const char *what) {
  as_sink_report(&in->sink, "E0315", AS_ERROR, event->line, event->column, NULL, "`at: %.*s` needs %s here", (int)in->mapping->at.literal.n,
                 in->mapping->at.literal.p, what);
  as_ingesting_spoil(in);
  as_ingesting_skip(in, event);
}

void as_ingesting_at_value(as_ingesting *in, uint32_t step, const as_event *event) {
  const as_mapping *mapping = in->mapping;
  bool null = event->kind == AS_EV_SCALAR && event->type == AS_NULL;
  if (step == mapping->unit_steps) {
    if (!mapping->flat)
      as_ingesting_tree(in, event);
    else if (event->kind == AS_EV_MAP)
      as_ingesting_record(in, event);
    else if (!null)
      as_ingesting_no_record(in, event);
    return;
  }
  as_step_kind kind = step_at(in, step)->kind;
  if (null && mapping->xml && kind == AS_STEP_KEY) missed(in, step, event->line, event->column); /* an element without anything */
  if (null) return; /* the export has none */
  if (mapping->xml && kind != AS_STEP_KEY) { /* one element is as good as several */
    if (kind == AS_STEP_EACH || step_at(in, step)->index == 0)
      as_ingesting_at_value(in, step + 1, event);
    else
      as_ingesting_skip(in, event);
    return;
  }
  bool fits = kind == AS_STEP_KEY    ? event->kind == AS_EV_MAP
              : kind == AS_STEP_EACH ? event->kind == AS_EV_MAP || event->kind == AS_EV_LIST
                                     : event->kind == AS_EV_LIST;
  if (!fits) {
    not_so(in, event, kind == AS_STEP_KEY ? "a map" : "a list");
    return;
  }
  in->at[in->depth] = (struct as_at){.step = step, .line = event->line, .column = event->column};
  in->stack[in->depth++] = AS_IN_AT;
}

static void look_at_key(as_ingesting *in, struct as_at *at, const as_event *event) {
  const as_step *st = step_at(in, at->step);
  struct as_at_count *count = &in->at_counts[at->step];
  at->matched = as_str_eq(st->key, event->text);
  if (at->matched || count->meant || count->looked >= LOOKED_AT) return;
  count->looked++;
  as_buf key = {0}, name = {0};
  as_buf_add(&key, event->text.p, event->text.n);
  as_buf_add(&name, st->key.p, st->key.n);
  const char *candidate = key.data;
  if (as_suggest(name.data, &candidate, 1)) count->meant = as_arena_copy(in->kept, key.data, key.len);
  as_buf_free(&key);
  as_buf_free(&name);
}

static void leave(as_ingesting *in, const struct as_at *at) {
  const as_step *st = step_at(in, at->step);
  struct as_at_count *count = &in->at_counts[at->step];
  in->depth--;
  if (st->kind != AS_STEP_KEY) return;
  if (at->seen)
    count->hits++;
  else
    missed(in, at->step, at->line, at->column);
}

void as_ingesting_at_event(as_ingesting *in, const as_event *event) {
  struct as_at *at = &in->at[in->depth - 1];
  if (event->kind == AS_EV_END) {
    leave(in, at);
    return;
  }
  const as_step *st = step_at(in, at->step);
  if (event->kind == AS_EV_KEY) {
    if (st->kind == AS_STEP_KEY) look_at_key(in, at, event);
    return;
  }
  bool wanted = st->kind == AS_STEP_EACH || (st->kind == AS_STEP_KEY ? at->matched : at->index++ == st->index);
  at->seen = at->seen || wanted;
  uint32_t next = at->step + 1;
  if (wanted && in->mapping->xml && next < in->mapping->at.n && step_at(in, next)->kind == AS_STEP_INDEX)
    wanted = at->index++ == step_at(in, next++)->index;
  if (wanted)
    as_ingesting_at_value(in, next, event);
  else
    as_ingesting_skip(in, event);
}

/* ---- the rest of the way, in the tree of a unit ---- */

static void on_record(void *ctx, as_node *node) {
  as_ingesting *in = ctx;
  in->records_seen++;
  if (node->type == AS_NULL) return;
  as_ingesting_record_tree(in, node);
}

void as_ingesting_at_unit(as_ingesting *in, as_node *unit) {
  const as_mapping *mapping = in->mapping;
  in->walk.broken = false;
  as_walk_steps(&in->walk, mapping->at.steps + mapping->unit_steps, mapping->at.n - mapping->unit_steps, unit, on_record, in);
  if (in->walk.broken) as_ingesting_spoil(in);
}

static const char *closest_column(const as_ingesting *in, as_str name) {
  const char **names = as_alloc(in->columns.count * sizeof *names);
  size_t n = 0;
  for (const as_column *column = in->columns.first; column; column = column->next) names[n++] = column->name.p;
  as_buf word = {0};
  as_buf_add(&word, name.p, name.n);
  const char *meant = as_suggest(word.data, names, n);
  as_buf_free(&word);
  as_free(names);
  return meant;
}

void as_ingesting_at_end(as_ingesting *in) {
  const as_mapping *mapping = in->mapping;
  for (uint32_t i = 0; i < mapping->at.n; i++) {
    const as_step *st = step_at(in, i);
    if (st->kind != AS_STEP_KEY || st->optional) continue;
    struct as_at_count *count = &in->at_counts[i];
    const char *meant = count->meant;
    if (i >= mapping->unit_steps) { /* in the trees: was the name ever seen? */
      bool embedded = false;
      for (uint32_t k = 0; k < i; k++) embedded = embedded || step_at(in, k)->kind >= AS_STEP_JSON;
      if (embedded || as_map_get(in->columns.by_name, st->key) || !in->columns.count) continue;
      meant = closest_column(in, st->key);
      if (!may_lack(in, i)) {
        not_there(in, i, 0, 0, meant);
        continue;
      }
    } else if (count->hits || !count->misses) {
      continue;
    }
    if (!meant) continue; /* items without are plainly items without */
    as_buf help = {0};
    as_buf_printf(&help, "did you mean `%s`?", meant);
    as_sink_report(&in->sink, "E0315", AS_ERROR, count->line, count->column, help.data, "`at: %.*s`: no item has `%.*s`",
                   (int)mapping->at.literal.n, mapping->at.literal.p, (int)st->key.n, st->key.p);
    as_buf_free(&help);
    as_ingesting_spoil(in);
  }
}
