/* The state of reading one text. Internal to engine/model/ingest*.c. */
#ifndef AS_MODEL_INGEST_INSIDE_H
#define AS_MODEL_INGEST_INSIDE_H

#include "model/ingest.h"
#include "model/map.h"
#include "model/scratch.h"

/* How the records of a document are arranged. */
typedef enum {
  AS_SHAPE_ANY,      /* a list, a line of NDJSON, or not looked at */
  AS_SHAPE_ENVELOPE, /* {kind, records, …} */
  AS_SHAPE_KEYED,    /* a map of key to record */
  AS_SHAPE_SINGLE    /* one record of a kind that has only one */
} as_shape;

typedef struct {
  as_shape shape;
  as_node *meta; /* what the document says about itself, or NULL */
} as_envelope;

/* Looks at the roots of the documents of a text: which shape they have, and what they say about themselves. */
void as_envelopes_scan(as_arena *arena, const as_kinds *kinds, const as_ingest_options *options, const as_read_options *how,
                       const as_buf *text, as_envelope **out, size_t *count);
#define AS_ENVELOPE_KEYS 5
extern const char *const as_envelope_keys[AS_ENVELOPE_KEYS];
bool as_envelope_names(as_str key);

typedef enum {
  AS_IN_ROOT,     /* the value of the document comes */
  AS_IN_ENVELOPE, /* in {kind, records, …} */
  AS_IN_LIST,     /* in a list of records */
  AS_IN_KEYED,    /* in a map of key to record */
  AS_IN_AT,       /* on the way that `at` tells */
  AS_IN_RECORD,   /* in a record that is built from its columns */
  AS_IN_TREE,     /* in a value that becomes a tree */
  AS_IN_META,     /* in what the document says about itself, behind its records */
  AS_IN_SKIP      /* in a value that nobody asks for */
} as_in;

#define AS_IN_DEPTH 80 /* containers on the way to a record; readers allow fewer levels */

typedef struct {
  as_reading *reading;
  const as_ingest_options *options;
  as_envelope *envelopes;
  size_t n_envelopes;
  as_arena *kept, *scratch_memory; /* until the kind changes; until the record ends */

  as_document *document;
  as_sink sink;
  as_builder builder;     /* its kind is NULL where none is open */
  as_mapping *mapping;    /* or NULL */
  as_columns columns;
  as_scratch scratch;
  as_walk walk;
  as_use *by_field;       /* of columns that are fields, in order of the fields */

  unsigned char stack[AS_IN_DEPTH];
  uint32_t depth;
  uint32_t skip;          /* levels that are open below AS_IN_SKIP */
  as_shape shape;
  uint32_t number;        /* documents of the text so far */
  uint32_t line, column;  /* where the document says something about itself */
  as_column *column_now;  /* of the value that comes */
  as_str key;             /* of the record that comes, in a map of key to record */
  uint32_t key_line, key_column;
  as_buf key_text;
  const as_node *meta;    /* what the first look saw of it, or NULL */
  as_node *late;          /* what the document says about itself behind its records */
  as_scratch late_scratch;
  bool keyed;             /* the record at hand has its key from the map */
  bool unusable, broken, map_broken;

  struct as_at {          /* of AS_IN_AT, by depth */
    uint32_t step, index, line, column;
    bool matched, seen;
  } at[AS_IN_DEPTH];
  struct as_at_count {    /* by step: for keys that were never found */
    uint32_t hits, misses, looked, line, column;
    const char *meant;
  } *at_counts;
  uint32_t records_seen;
  uint32_t duplicates;    /* in the whole text */
} as_ingesting;

void as_ingesting_spoil(as_ingesting *in);
/* Takes what the document said about itself behind its records. */
void as_ingesting_late(as_ingesting *in);
void as_ingesting_event(as_ingesting *in, const as_event *event);
/* The document is at its end: tells what only then is known. */
void as_ingesting_end(as_ingesting *in);
/* The document holds nothing. */
void as_ingesting_empty(as_ingesting *in);
/* Columns of a flat map. */
void as_ingesting_lay_columns(as_ingesting *in);

/* ---- the way that `at` tells (ingest_at.c) ---- */
void as_ingesting_at_value(as_ingesting *in, uint32_t step, const as_event *event);
void as_ingesting_at_event(as_ingesting *in, const as_event *event);
void as_ingesting_at_unit(as_ingesting *in, as_node *unit);
void as_ingesting_at_end(as_ingesting *in);
/* Leaves a value unread. */
void as_ingesting_skip(as_ingesting *in, const as_event *event);
/* Reads a value as one tree. */
void as_ingesting_tree(as_ingesting *in, const as_event *event);
/* A record begins with this map; one that is a whole tree; something that is no record. */
void as_ingesting_record(as_ingesting *in, const as_event *event);
void as_ingesting_record_tree(as_ingesting *in, as_node *node);
void as_ingesting_no_record(as_ingesting *in, const as_event *event);

#endif
