/* Nodes: making, linking, finding and copying them.
 * Walks by links and not by recursion, so that depth costs no stack. */
#include "base/node.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/node_text.h"

as_node *as_node_new(as_arena *arena, as_node_type type) {
  as_node *node = as_arena_calloc(arena, sizeof *node);
  node->type = type;
  node->text = AS_STR("");
  return node;
}

as_node *as_node_null(as_arena *arena) { return as_node_new(arena, AS_NULL); }

as_node *as_node_bool(as_arena *arena, bool value) {
  as_node *node = as_node_new(arena, AS_BOOL);
  node->u.boolean = value;
  node->text = value ? AS_STR("true") : AS_STR("false");
  return node;
}

as_node *as_node_int(as_arena *arena, int64_t value) {
  as_node *node = as_node_new(arena, AS_INT);
  char text[32];
  int n = snprintf(text, sizeof text, "%" PRId64, value);
  node->u.integer = value;
  node->text = (as_str){as_arena_copy(arena, text, (size_t)n), (size_t)n};
  return node;
}

as_node *as_node_num(as_arena *arena, double value) {
  as_node *node = as_node_new(arena, AS_NUM);
  char text[AS_NUMBER_TEXT];
  size_t n = as_number_text(value, text);
  node->u.number = value;
  node->text = (as_str){as_arena_copy(arena, text, n), n};
  return node;
}

as_node *as_node_text(as_arena *arena, as_str text) {
  as_node *node = as_node_new(arena, AS_TEXT);
  node->quoted = true;
  node->text = (as_str){as_arena_copy(arena, text.p, text.n), text.n};
  return node;
}

as_node *as_node_textf(as_arena *arena, const char *format, ...) {
  as_buf buf = {0};
  va_list args;
  va_start(args, format);
  as_buf_vprintf(&buf, format, args);
  va_end(args);
  as_node *node = as_node_text(arena, (as_str){buf.data, buf.len});
  as_buf_free(&buf);
  return node;
}

as_node *as_node_add(as_node *list, as_node *child) {
  child->parent = list;
  child->next = NULL;
  if (list->last)
    list->last->next = child;
  else
    list->first = child;
  list->last = child;
  list->count++;
  return child;
}

as_node *as_node_put(as_arena *arena, as_node *map, const char *key, as_node *child) {
  size_t n = strlen(key);
  child->key = (as_str){as_arena_copy(arena, key, n), n};
  return as_node_add(map, child);
}

as_node *as_node_gets(const as_node *map, as_str key) {
  if (!map || map->type != AS_MAP) return NULL;
  for (as_node *child = map->first; child; child = child->next)
    if (as_str_eq(child->key, key)) return child;
  return NULL;
}

as_node *as_node_get(const as_node *map, const char *key) { return as_node_gets(map, as_str_of(key)); }

const char *as_node_str(const as_node *map, const char *key, const char *otherwise) {
  const as_node *node = as_node_get(map, key);
  if (!node || node->type == AS_NULL || node->type == AS_LIST || node->type == AS_MAP || !node->text.p)
    return otherwise;
  return node->text.p;
}

int64_t as_node_integer(const as_node *map, const char *key, int64_t otherwise) {
  const as_node *node = as_node_get(map, key);
  if (!node) return otherwise;
  if (node->type == AS_INT) return node->u.integer;
  /* A number that is whole is an integer too; 2^63 itself does not fit. */
  if (node->type == AS_NUM && node->u.number >= -0x1p63 && node->u.number < 0x1p63) {
    int64_t value = (int64_t)node->u.number;
    if ((double)value == node->u.number) return value;
  }
  return otherwise;
}

double as_node_number(const as_node *map, const char *key, double otherwise) {
  const as_node *node = as_node_get(map, key);
  if (!node) return otherwise;
  if (node->type == AS_NUM) return node->u.number;
  return node->type == AS_INT ? (double)node->u.integer : otherwise;
}

bool as_node_boolean(const as_node *map, const char *key, bool otherwise) {
  const as_node *node = as_node_get(map, key);
  return node && node->type == AS_BOOL ? node->u.boolean : otherwise;
}

static as_node *copy_one(as_arena *arena, const as_node *node) {
  as_node *copy = as_arena_alloc(arena, sizeof *copy);
  *copy = *node;
  if (node->key.p) copy->key.p = as_arena_copy(arena, node->key.p, node->key.n);
  copy->text.p = as_arena_copy(arena, node->text.p, node->text.p ? node->text.n : 0);
  copy->first = copy->last = copy->next = copy->parent = NULL;
  copy->count = 0;
  return copy;
}

as_node *as_node_copy(as_arena *arena, const as_node *node) {
  as_node *root = copy_one(arena, node), *into = root;
  const as_node *at = node;
  for (;;) { /* `into` is the copy of `at` */
    if (at->first) {
      at = at->first;
      into = as_node_add(into, copy_one(arena, at));
      continue;
    }
    while (at != node && !at->next) {
      at = at->parent;
      into = into->parent;
    }
    if (at == node) return root;
    at = at->next;
    into = as_node_add(into->parent, copy_one(arena, at));
  }
}
