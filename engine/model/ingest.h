/* From one text to records: reader events, a unit at a time, straight into the model. Internal to engine/model. */
#ifndef AS_MODEL_INGEST_H
#define AS_MODEL_INGEST_H

#include "model/manifest.h"
#include "model/model.h"

/* What the documents of one bundle share. */
typedef struct {
  as_arena *arena;
  const as_kinds *kinds;
  as_model *model;
  as_read_limits limits;
  bool strict, tell_unmapped;
  as_diags *diags;
  as_sink *manifest;       /* for what is wrong with an entry; NULL without a manifest */
  bool manifest_broken;    /* something was */
} as_reading;

typedef struct {
  const as_entry *entry;   /* never NULL */
  const as_kind *stem;     /* the kind by the file's name, or NULL */
  const char *path;
  as_format format;
  uint64_t bytes;
  const char *sha256;      /* or NULL */
  uint32_t skip;           /* documents at the beginning of the text that are not for us */
  uint32_t lines_before;   /* lines of a stream before this text */
  as_str whole;            /* the stream, for source lines; {NULL, 0}: the text itself */
} as_ingest_options;

/* Reads all documents of the text. Adds at least one as_document. False where something could not be read. */
bool as_ingest(as_reading *reading, const as_ingest_options *options, const as_buf *text);

/* Registers a document that could not be read at all. */
as_document *as_ingest_lost(as_reading *reading, const as_ingest_options *options);

#endif
