/* Keys and scratch trees of one document while it is read. Internal to engine/model. */
#ifndef AS_MODEL_SCRATCH_H
#define AS_MODEL_SCRATCH_H

#include "model/map.h"

/* One field that a column goes to. */
typedef struct as_use as_use;
struct as_use {
  const as_field *field;
  as_words *words;
  as_mapped *mapped; /* or NULL: by its own name */
  as_use *next;
};

/* A key of the document: found by its text once, then by what came after the one before. */
typedef struct as_column as_column;
struct as_column {
  as_str name;
  as_use *uses;
  bool settled;          /* uses and wanted are known */
  bool wanted;           /* belongs into a tree */
  bool unknown;          /* no field of the kind */
  uint32_t line, column; /* where it was first seen */
  uint64_t count;
  as_column *after;      /* the one that came next the last time */
  as_column *next;       /* in order of appearance */
};

typedef struct {
  as_arena *arena;
  as_map *by_name;
  as_column *first, *last; /* in order of appearance */
  as_column *previous;     /* looked up last */
  as_column others;        /* shared by all keys beyond the limit */
  size_t count;
} as_columns;

void as_columns_open(as_columns *columns, as_arena *arena);
void as_columns_close(as_columns *columns);
as_column *as_columns_find(as_columns *columns, as_str name);

/* Builds one tree at a time from events; memory is the arena's. */
typedef struct {
  as_arena *arena;
  as_columns *columns;  /* where given, only wanted keys come into the tree */
  as_map *keys;         /* those that are wanted */
  as_map *open;         /* keys of maps whose own keys are data: all of theirs are kept */
  bool open_root, open_all;
  bool repeats;         /* a key may come again (XML): its values become a list */
  as_node *root, *at;
  as_str key;
  uint32_t key_line, key_column;
  uint32_t skip;        /* levels of an unwanted value that are open */
  bool skip_next;
} as_scratch;

/* The finished tree, or NULL while it grows. */
as_node *as_scratch_feed(as_scratch *scratch, const as_event *event);

#endif
