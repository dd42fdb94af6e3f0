/* Keys and scratch trees. Keeps only what a map asks for; must not know kinds. */
#include "model/scratch.h"

#include <string.h>

/* Different keys that are told apart; a document with more has keys that are data. */
#define COLUMNS_MOST 4096

void as_columns_open(as_columns *columns, as_arena *arena) {
  *columns = (as_columns){.arena = arena, .by_name = as_map_new()};
  columns->others = (as_column){.name = AS_STR("…"), .settled = true, .unknown = true};
}

void as_columns_close(as_columns *columns) {
  as_map_free(columns->by_name);
  columns->by_name = NULL;
}

as_column *as_columns_find(as_columns *columns, as_str name) {
  as_column *before = columns->previous;
  as_column *guess = before ? before->after : columns->first;
  if (guess && guess->name.n == name.n && memcmp(guess->name.p, name.p, name.n) == 0) {
    columns->previous = guess;
    return guess;
  }
  as_column *column = as_map_get(columns->by_name, name);
  if (!column) {
    if (columns->count >= COLUMNS_MOST) {
      columns->previous = NULL;
      return &columns->others;
    }
    column = as_arena_calloc(columns->arena, sizeof *column);
    column->name = (as_str){as_arena_copy(columns->arena, name.p, name.n), name.n};
    as_map_put(columns->by_name, column->name, column);
    if (columns->last)
      columns->last->next = column;
    else
      columns->first = column;
    columns->last = column;
    columns->count++;
  }
  if (before) before->after = column;
  columns->previous = column;
  return column;
}

/* Puts the node beside the one that has its key already: both are items of a list then. False where there is none. */
static bool add_again(as_scratch *scratch, as_node *node) {
  as_node *before = as_node_gets(scratch->at, node->key);
  if (!before) return false;
  if (before->type != AS_LIST) {
    as_node *item = as_arena_alloc(scratch->arena, sizeof *item);
    *item = *before;
    for (as_node *child = item->first; child; child = child->next) child->parent = item;
    *before = (as_node){.type = AS_LIST, .key = item->key, .key_line = item->key_line, .key_column = item->key_column, .text = AS_STR(""),
                        .line = item->line, .column = item->column, .next = item->next, .parent = item->parent};
    as_node_add(before, item);
  }
  as_node_add(before, node);
  return true;
}

static as_node *new_node(as_scratch *scratch, const as_event *event, as_node_type type) {
  as_node *node = as_arena_alloc(scratch->arena, sizeof *node);
  *node = (as_node){.type = type, .quoted = event->quoted, .line = event->line, .column = event->column};
  node->text = AS_STR("");
  if (!scratch->at) return node;
  if (scratch->at->type == AS_MAP) {
    node->key = scratch->key;
    node->key_line = scratch->key_line;
    node->key_column = scratch->key_column;
    if (scratch->repeats && add_again(scratch, node)) return node;
  }
  return as_node_add(scratch->at, node);
}

static void take_key(as_scratch *scratch, const as_event *event) {
  scratch->key_line = event->line;
  scratch->key_column = event->column;
  if (!scratch->columns || scratch->at->quoted) {
    scratch->key = (as_str){as_arena_copy(scratch->arena, event->text.p, event->text.n), event->text.n};
    return;
  }
  as_column *column = as_columns_find(scratch->columns, event->text);
  if (!column->settled) {
    column->settled = true;
    column->wanted = as_map_get(scratch->keys, column->name) != NULL;
  }
  if (column == &scratch->columns->others && as_map_get(scratch->keys, event->text)) { /* wanted, but beyond the limit */
    scratch->key = (as_str){as_arena_copy(scratch->arena, event->text.p, event->text.n), event->text.n};
    return;
  }
  scratch->key = column->name;
  scratch->skip_next = !column->wanted;
}

as_node *as_scratch_feed(as_scratch *scratch, const as_event *event) {
  bool opens = event->kind == AS_EV_LIST || event->kind == AS_EV_MAP;
  if (scratch->skip) {
    if (opens) scratch->skip++;
    if (event->kind == AS_EV_END) scratch->skip--;
    return NULL;
  }
  if (scratch->skip_next) {
    scratch->skip_next = false;
    if (opens) scratch->skip = 1;
    return NULL;
  }
  switch (event->kind) {
    case AS_EV_KEY:
      take_key(scratch, event);
      return NULL;
    case AS_EV_LIST:
    case AS_EV_MAP: {
      as_node *node = new_node(scratch, event, event->kind == AS_EV_LIST ? AS_LIST : AS_MAP);
      /* In a map this marks that all keys are kept. */
      node->quoted = scratch->open_all || (scratch->at ? scratch->open && as_map_get(scratch->open, node->key) : scratch->open_root);
      if (!scratch->at) scratch->root = node;
      scratch->at = node;
      return NULL;
    }
    case AS_EV_END: {
      as_node *done = scratch->at;
      scratch->at = done ? done->parent : NULL;
      if (scratch->repeats && scratch->at && scratch->at->type == AS_LIST) scratch->at = scratch->at->parent;
      return done && !scratch->at ? scratch->root : NULL;
    }
    case AS_EV_SCALAR: {
      as_node *node = new_node(scratch, event, event->type);
      node->text = (as_str){as_arena_copy(scratch->arena, event->text.p, event->text.n), event->text.n};
      if (scratch->at) return NULL;
      scratch->root = node;
      return node;
    }
    case AS_EV_DOCUMENT:
      break;
  }
  return NULL;
}
