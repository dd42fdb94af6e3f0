/* Mapping: how a foreign document becomes records of a kind. Paths, templates, constants and words, compiled once
 * for a document. Internal to engine/model. */
#ifndef AS_MODEL_MAP_H
#define AS_MODEL_MAP_H

#include "model/manifest.h"
#include "model/record.h"

typedef enum { AS_STEP_KEY, AS_STEP_EACH, AS_STEP_INDEX, AS_STEP_JSON, AS_STEP_CSV } as_step_kind;

typedef struct {
  as_step_kind kind;
  bool optional; /* `key?`: may be missing */
  as_str key;
  as_str attribute; /* XML: the key as the name of an attribute, `@key`; n 0: it is one already */
  uint32_t index;
} as_step;

/* `../../a.b[0]|json.c` */
typedef struct {
  as_str literal; /* the whole text, which may be the name of a column as it is */
  as_str bare;    /* the same without a `?` at its end, which says that the column may be missing */
  uint32_t up;
  as_step *steps;
  uint32_t n;
} as_path;

/* Texts and paths in turn: "{a} {../b}"; a single path where it is no template. */
typedef struct {
  struct as_part {
    as_str text; /* where path is NULL */
    as_path *path;
  } * parts;
  uint32_t n;
  bool is_template;
  as_str text; /* as it is written */
} as_source;

/* The words of an export for one field. */
typedef struct as_words as_words;
as_words *as_words_new(as_arena *arena);
void as_words_free(as_words *words);
/* `to` is borrowed; a null node means absent. False where the word is there already. */
bool as_words_add(as_words *words, as_arena *arena, as_str from, const as_node *to);
/* What `node` stands for by the words: itself, another node, or NULL (absent). Lists are made anew in the arena; with
 * `split` a text is a list of items between ';'. */
const as_node *as_words_translate(as_words *words, const as_node *node, bool split, as_arena *arena);

typedef struct {
  const as_field *field;
  as_source source;
  as_words *words;
  bool found; /* in any record */
} as_mapped;

typedef struct {
  const as_kind *kind;
  as_path at;
  bool has_at;
  uint32_t unit_steps;   /* of `at`: what is read as one tree */
  as_mapped *mapped;
  uint32_t n_mapped;
  bool has_map;
  bool flat;             /* every source is one column of the record itself */
  bool xml;              /* a name stands for all elements of it, and for an attribute */
  bool identity;         /* fields that `map` does not name are read from the column of their own name */
  unsigned char *fixed;  /* bits of the fields that are not read: set, or mapped to null */
  unsigned char *named;  /* bits of the fields that `map` names */
  as_words **words;      /* by field */
  as_map *keys;          /* every key that a path names */
  as_map *open;          /* those whose items `[]` goes through, which may be a map's values */
  bool open_root, open_all; /* `[]` goes through the unit itself; through something without a name */
  const as_entry *entry;
  as_arena *arena;
} as_mapping;

/* NULL where it cannot be compiled (reported to the manifest's sink). as_mapping_free frees what is outside the arena. */
as_mapping *as_mapping_compile(as_arena *arena, as_intern *intern, const as_kind *kind, const as_entry *entry, as_format format,
                               as_sink *sink);
void as_mapping_free(as_mapping *mapping);
/* Puts the constants of `set` and `defaults` into the image of the builder. False where one cannot be typed (reported). */
bool as_mapping_constants(const as_mapping *mapping, const as_document *document, as_builder *builder, as_sink *sink);

/* Reads a path, or a template of paths in braces. False with the reason and the place in the text. */
bool as_source_parse(as_arena *arena, as_str text, as_source *out, const char **why, size_t *where);
/* Parses a path. False with the reason and the place in the text. */
bool as_path_parse(as_arena *arena, as_str text, as_path *out, const char **why, size_t *where);

/* Following paths in a tree. */
typedef struct {
  as_arena *arena; /* for documents in texts */
  const as_read_limits *limits;
  as_sink *sink;   /* for what is wrong with them */
  bool broken;     /* something was */
  uint64_t built;  /* bytes that templates gave so far */
  bool xml;        /* the tree is that of an XML document */
} as_walk;
typedef void (*as_found_fn)(void *ctx, as_node *node);
/* Calls fn for every node that the path leads to from `from`. */
void as_walk_path(as_walk *walk, const as_path *path, as_node *from, as_found_fn fn, void *ctx);
void as_walk_steps(as_walk *walk, const as_step *steps, uint32_t n, as_node *from, as_found_fn fn, void *ctx);
/* Sets the fields of the record at hand from its node. */
void as_mapping_fill(const as_mapping *mapping, as_walk *walk, as_node *node, as_builder *builder);

#endif
