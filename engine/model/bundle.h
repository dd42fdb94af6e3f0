/* Bundles: a folder (or a stream) of documents with an optional manifest becomes a sealed model. */
#ifndef AS_MODEL_BUNDLE_H
#define AS_MODEL_BUNDLE_H

#include "model/model.h"
#include "read/read.h"

typedef struct {
  const char *path;       /* folder, single file, or "-" for standard input */
  const char *at;         /* --at, or NULL: the manifest's as_of, else the newest collected_at */
  as_read_limits limits;
  bool strict;            /* warnings become errors */
  bool tell_unmapped;     /* a note on columns of mapped tables that no field takes */
} as_bundle_options;

typedef struct {
  const as_model *model;
  const char *name;       /* organization.id of the manifest, else the folder's name */
  as_time as_of;
  const as_node *organization; /* the manifest's organization, or NULL */
  const as_node *period;       /* or NULL */
  bool incomplete;        /* a document was unreadable, or records were left out: exit code 2 */
} as_bundle;

typedef enum { AS_BUNDLE_OK, AS_BUNDLE_MISSING, AS_BUNDLE_INVALID } as_bundle_status;

/* Loads what reading the bundle at `path` takes and could not be loaded behind walls. To be called before they are up. */
void as_bundle_prepare(const char *path);
/* Reads, types, seals. Everything is pinned to `arena`. Diagnostics carry their source lines. AS_BUNDLE_MISSING: there is no
 * such path (exit 66); AS_BUNDLE_INVALID: the manifest or as_of cannot be used (exit 65). */
as_bundle_status as_bundle_read(as_arena *arena, as_intern *intern, const as_kinds *kinds, const as_bundle_options *options,
                                as_bundle *out, as_diags *diags);

#endif
