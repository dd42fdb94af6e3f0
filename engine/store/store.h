/* The store: runs and their results in one SQLite file. One writer at a time; a bundle is in it whole or not at all.
 *
 * Every failure is a diagnostic E08xx that says what to do, and leaves the store as it was. */
#ifndef AS_STORE_STORE_H
#define AS_STORE_STORE_H

#include "base/diag.h"
#include "base/node.h"

#define AS_STORE_APPLICATION 0x41535359 /* "ASSY" */
#define AS_STORE_VERSION 1

typedef struct as_store as_store;

/* Opens for writing: takes <path>.lock (waits up to 5 s for another writer, then says who it is), creates the file where there is none,
 * brings an older one up to date. NULL after a diagnostic. */
as_store *as_store_open(const char *path, as_diags *diags);
/* Opens for reading; takes no lock, but to take back what an evaluation left that was killed while it wrote. *missing where there is no such file (diagnostic given too). */
as_store *as_store_open_read(const char *path, bool *missing, as_diags *diags);
void as_store_close(as_store *store);
const char *as_store_path(const as_store *store);

/* What a run rests on beside its documents and rules. */
typedef struct {
  const char *engine_sha256; /* of the program, or NULL */
} as_store_origin;

/* Writes one result document in one transaction. Gives the run's id, or 0 after a diagnostic. */
int64_t as_store_put(as_store *store, const as_node *result, const as_store_origin *origin, as_diags *diags);

typedef struct {
  int64_t id;
  const char *bundle, *as_of, *digest, *stored_at;
  bool has_effectiveness, has_coverage, has_assurance, incomplete;
  double effectiveness, coverage, assurance;
  int64_t major, minor, observations, ofi;
} as_store_run;

/* Visits runs, the newest first, of one bundle or of all (NULL), at most `limit` (0: all). Texts are borrowed. False after a
 * diagnostic. */
typedef void (*as_store_visit)(void *ctx, const as_store_run *run);
bool as_store_history(as_store *store, const char *bundle, uint64_t limit, as_store_visit visit, void *ctx, as_diags *diags);

/* The result document of a run (0: the newest) as JSON text with AS_TEXT_PADDING behind it; the caller frees. *missing where there
 * is no such run. */
bool as_store_load(as_store *store, int64_t id, as_buf *json, bool *missing, as_diags *diags);

#endif
