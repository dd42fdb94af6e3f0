/* Nodes: a small tree of plain data (null, boolean, number, text, list, map).
 *
 * The one shape in which configuration, schemas, single records on their way in, and results on
 * their way out are held. Every node knows where it stands in its text. Pinned to an arena. */
#ifndef AS_BASE_NODE_H
#define AS_BASE_NODE_H

#include "base/str.h"

typedef enum { AS_NULL, AS_BOOL, AS_INT, AS_NUM, AS_TEXT, AS_LIST, AS_MAP } as_node_type;

typedef struct as_node as_node;
struct as_node {
  as_node_type type;
  bool quoted;          /* text that was quoted, or a JSON string; false for plain YAML and CSV cells */
  uint32_t line, column; /* from 1; 0 where there is no text */
  uint32_t key_line, key_column;
  as_str key;           /* of a map's member */
  as_str text;          /* source text of a scalar; the value of AS_TEXT; "true"/"false" of AS_BOOL */
  union {
    bool boolean;
    int64_t integer;
    double number;
  } u;
  as_node *first, *last, *next, *parent; /* members of lists and maps, in order */
  uint32_t count;
};

as_node *as_node_new(as_arena *arena, as_node_type type);
as_node *as_node_null(as_arena *arena);
as_node *as_node_bool(as_arena *arena, bool value);
as_node *as_node_int(as_arena *arena, int64_t value);
as_node *as_node_num(as_arena *arena, double value);
as_node *as_node_text(as_arena *arena, as_str text); /* copies the bytes */
as_node *as_node_textf(as_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Appends `child` to a list, or to a map under `key` (copied). Returns child. */
as_node *as_node_add(as_node *list, as_node *child);
as_node *as_node_put(as_arena *arena, as_node *map, const char *key, as_node *child);
/* NULL where node is no map or has no such member. */
as_node *as_node_get(const as_node *map, const char *key);
as_node *as_node_gets(const as_node *map, as_str key);
/* The text of member `key`, or `otherwise`. NUL-terminated: every node's text is. */
const char *as_node_str(const as_node *map, const char *key, const char *otherwise);
int64_t as_node_integer(const as_node *map, const char *key, int64_t otherwise);
double as_node_number(const as_node *map, const char *key, double otherwise);
bool as_node_boolean(const as_node *map, const char *key, bool otherwise);

/* A deep copy into another arena. */
as_node *as_node_copy(as_arena *arena, const as_node *node);

/* JSON, members in the order in which they stand, two blanks of indent (0: one line). Always
 * valid UTF-8; '<', U+2028, U+2029, DEL and C1 are escaped; doubles as the shortest text that reads back the same,
 * never NaN or infinity (null instead). Appends; no newline at the end. */
void as_node_json(const as_node *node, int indent, as_buf *out);

/* A flat binary form for pipes, and back. Decoding trusts nothing: false on any fault, on
 * more than max_nodes nodes or more than 64 levels. Decoded texts are copied into the arena. */
void as_node_encode(const as_node *node, as_buf *out);
bool as_node_decode(as_arena *arena, const void *bytes, size_t n, size_t max_nodes, as_node **out);

#endif
