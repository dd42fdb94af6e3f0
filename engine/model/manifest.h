/* The manifest, bundle.yaml, checked and typed. Internal to engine/model. */
#ifndef AS_MODEL_MANIFEST_H
#define AS_MODEL_MANIFEST_H

#include "model/kind.h"
#include "model/sink.h"
#include "read/read.h"

/* What is stated about documents: an entry of `documents`, `defaults`, or what a document says about itself. */
typedef struct {
  const char *path;        /* or a pattern; NULL where there is no entry */
  uint32_t line, column;   /* of the path */
  const as_kind *kind;     /* or NULL */
  const as_node *at, *map, *words, *set, *defaults;
  const char *source;      /* or NULL */
  bool has_collected_at, has_period, is_pattern;
  as_time collected_at, period_from, period_to;
  const char *sha256;      /* lower case, or NULL */
  as_format format;        /* AS_FORMAT_NONE: by the file's name */
  char delimiter;
  uint32_t skip_lines;     /* of a CSV: lines above its header */
  as_str pattern, skip;    /* of a text; n 0: none */
  uint32_t files;          /* how many it matched */
} as_entry;

typedef struct {
  const char *document;            /* name of the manifest, for reports */
  const as_node *root;
  const as_node *organization, *period;
  const char *name;                /* organization.id, or NULL */
  bool has_as_of;
  as_time as_of;
  as_entry defaults;
  as_entry *entries;
  size_t count;
  bool listed;                     /* it has `documents` */
} as_manifest;

/* Everything is pinned to the arena; `root` is borrowed and must live as long. False where the manifest cannot be used (reported). */
bool as_manifest_read(as_arena *arena, const as_kinds *kinds, const as_limits *limits, const as_node *root, as_sink *sink, as_manifest *out);
/* What the entry `map` says about the format of its documents, into *entry, whose path is known. False where something is wrong (reported). */
bool as_manifest_format(as_arena *arena, const as_limits *limits, const as_node *map, as_sink *sink, as_entry *entry);
/* What a document says about itself ({kind, source, collected_at, period} in `meta`) put over *entry. False where it cannot be (reported). */
bool as_manifest_meta(as_arena *arena, const as_kinds *kinds, const as_node *meta, as_sink *sink, as_entry *entry);

#endif
