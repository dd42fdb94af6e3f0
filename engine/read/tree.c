/* From events to nodes. Knows no format. */
#include <string.h>

#include "read/reader.h"

#define SMALL 16u /* members up to which no index is needed */

/* A list or map that is open. */
typedef struct {
  as_node *node;
  as_map *index; /* its members by key, once there are many; or NULL */
} level;

struct as_tree {
  as_arena *arena;
  as_str key; /* of the member to come */
  uint32_t key_line, key_column;
  level *levels;
  size_t depth, cap;
};

as_tree *as_tree_new(as_arena *arena) {
  as_tree *tree = as_calloc(1, sizeof *tree);
  tree->arena = arena;
  return tree;
}

static void open(as_tree *tree, as_node *node) {
  as_grow(&tree->levels, &tree->cap, tree->depth + 1, sizeof *tree->levels);
  tree->levels[tree->depth++] = (level){node, NULL};
}

static void close_to(as_tree *tree, size_t depth) {
  while (tree->depth > depth) {
    as_map *index = tree->levels[--tree->depth].index;
    if (index) as_map_free(index);
  }
}

void as_tree_free(as_tree *tree) {
  close_to(tree, 0);
  as_free(tree->levels);
  as_free(tree);
}

/* The member that the open map has under the key to come, or NULL. */
static as_node *known(as_tree *tree, level *top) {
  if (!top->index && top->node->count < SMALL) return as_node_gets(top->node, tree->key);
  if (!top->index) {
    top->index = as_map_new();
    for (as_node *node = top->node->first; node; node = node->next) as_map_put(top->index, node->key, node);
  }
  return as_map_get(top->index, tree->key);
}

/* A key that repeats (XML): its values become the items of a list. */
static void add_again(as_tree *tree, as_node *before, as_node *node) {
  if (before->type != AS_LIST) {
    as_node *item = as_arena_alloc(tree->arena, sizeof *item);
    *item = *before;
    for (as_node *child = item->first; child; child = child->next) child->parent = item;
    before->type = AS_LIST;
    before->text = AS_STR("");
    before->first = before->last = NULL;
    before->count = 0;
    item->next = NULL;
    as_node_add(before, item);
  }
  as_node_add(before, node);
}

static void add(as_tree *tree, as_node *node) {
  level *top = &tree->levels[tree->depth - 1];
  if (top->node->type == AS_LIST) {
    as_node_add(top->node, node);
    return;
  }
  as_node *before = known(tree, top);
  node->key = tree->key;
  node->key_line = tree->key_line;
  node->key_column = tree->key_column;
  if (before) {
    add_again(tree, before, node);
    return;
  }
  as_node_add(top->node, node);
  if (top->index) as_map_put(top->index, node->key, node);
}

static as_str copy(as_tree *tree, as_str text) { return (as_str){as_arena_copy(tree->arena, text.p, text.n), text.n}; }

static as_node *node_of(as_tree *tree, const as_event *event) {
  as_node_type type = event->kind == AS_EV_LIST ? AS_LIST : event->kind == AS_EV_MAP ? AS_MAP : event->type;
  as_node *node = as_node_new(tree->arena, type);
  node->quoted = event->quoted;
  node->line = event->line;
  node->column = event->column;
  if (event->kind != AS_EV_SCALAR) return node;
  if (type == AS_BOOL) {
    node->u.boolean = event->text.n && (event->text.p[0] | 0x20) == 't';
    node->text = node->u.boolean ? AS_STR("true") : AS_STR("false");
    return node;
  }
  node->text = copy(tree, event->text);
  /* The readers give a type only to what has a value. */
  if (type == AS_INT) (void)as_plain_integer(event->text, &node->u.integer);
  if (type == AS_NUM) (void)as_plain_number(event->text, &node->u.number);
  return node;
}

as_node *as_tree_feed(as_tree *tree, const as_event *event) {
  as_node *node;
  switch (event->kind) {
    case AS_EV_DOCUMENT:
      close_to(tree, 0);
      return NULL;
    case AS_EV_KEY:
      tree->key = copy(tree, event->text);
      tree->key_line = event->line;
      tree->key_column = event->column;
      return NULL;
    case AS_EV_END:
      if (!tree->depth) return NULL;
      node = tree->levels[tree->depth - 1].node;
      close_to(tree, tree->depth - 1);
      return tree->depth ? NULL : node;
    default:
      node = node_of(tree, event);
      if (tree->depth) add(tree, node);
      if (event->kind == AS_EV_SCALAR) return tree->depth ? NULL : node;
      open(tree, node);
      return NULL;
  }
}
