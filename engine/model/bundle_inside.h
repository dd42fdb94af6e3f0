/* The state of reading one bundle. Internal to engine/model/bundle*.c. */
#ifndef AS_MODEL_BUNDLE_INSIDE_H
#define AS_MODEL_BUNDLE_INSIDE_H

#include "base/file.h"
#include "model/bundle.h"
#include "model/files.h"
#include "model/ingest.h"

#define MANIFEST "bundle.yaml"

typedef struct {
  as_arena *arena;
  as_intern *intern;
  const as_kinds *kinds;
  const as_bundle_options *options;
  as_bundle *out;
  as_diags *diags;
  as_model *model;
  as_reading reading;
  as_manifest manifest;
  bool has_manifest;
  as_buf manifest_text;
  as_sink manifest_sink;
  as_files *files;       /* of the folder or archive; NULL: a stream or a single file */
  as_sink files_sink;
  const as_paths *paths; /* of the files */
  as_map *listed;        /* paths that the manifest lists as they are */
  unsigned suggested;    /* how often it was looked for what may be meant */
  as_buf archive;        /* of standard input, where that is one */
  as_buf text;     /* of the stream or single file, kept for the lines of late reports */
} as_bundling;

/* The kind that the file's name tells, or NULL. */
const as_kind *as_bundle_stem(const as_kinds *kinds, const char *path);
/* Takes a manifest and makes a record of its organization. */
as_bundle_status as_bundling_manifest(as_bundling *b, const as_node *root, const char *document);
/* Reads the manifest and the documents among b->files. */
as_bundle_status as_bundling_files(as_bundling *b);
/* Standard input; a single file (bundle_stream.c). */
as_bundle_status as_bundling_stream(as_bundling *b);
as_bundle_status as_bundling_file(as_bundling *b);
/* Notes which files were not read; `taken` has those that were. Warns of a file that may be meant to be the manifest (bundle_unread.c). */
void as_bundling_note_unread(as_bundling *b, const bool *taken);
void as_bundling_tell_other(const as_bundling *b, as_sink *sink, const char *path);
/* Seals the model, and tells what is found with its place in the documents (bundle_seal.c). */
void as_bundling_seal(as_bundling *b);

#endif
