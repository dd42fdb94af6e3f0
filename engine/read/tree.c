/* From events to nodes. Knows no format. */
#include <string.h>

#include "read/reader.h"

struct as_tree {
  as_arena *arena;
  as_node *at; /* the list or map that is open, or NULL */
  as_str key;  /* of the member to come */
  uint32_t key_line, key_column;
};

as_tree *as_tree_new(as_arena *arena) {
  as_tree *tree = as_calloc(1, sizeof *tree);
  tree->arena = arena;
  return tree;
}

void as_tree_free(as_tree *tree) { as_free(tree); }

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
      tree->at = NULL;
      return NULL;
    case AS_EV_KEY:
      tree->key = copy(tree, event->text);
      tree->key_line = event->line;
      tree->key_column = event->column;
      return NULL;
    case AS_EV_END:
      node = tree->at;
      if (node) tree->at = node->parent;
      return tree->at ? NULL : node;
    default:
      node = node_of(tree, event);
      if (tree->at && tree->at->type == AS_MAP) {
        node->key = tree->key;
        node->key_line = tree->key_line;
        node->key_column = tree->key_column;
      }
      if (tree->at) as_node_add(tree->at, node);
      if (event->kind != AS_EV_SCALAR) {
        tree->at = node;
        return NULL;
      }
      return tree->at ? NULL : node;
  }
}
