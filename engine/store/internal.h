/* What the files of the store share: the open store, and how failures of SQLite are told. */
#ifndef AS_STORE_INTERNAL_H
#define AS_STORE_INTERNAL_H

#include <sqlite3.h>

#include "store/store.h"

enum { INSERT_RUN, INSERT_INPUT, INSERT_REQUIREMENT, INSERT_CHECK, INSERT_FINDING, INSERT_RISK, STATEMENTS };

struct as_store {
  sqlite3 *db;
  char *path;
  int lock;       /* descriptor of the lock file, or -1 */
  char *lock_path;
  sqlite3_stmt *statements[STATEMENTS];
};

/* Adds the diagnostic for what SQLite said last. Always gives false. */
bool as_store_failed(as_store *store, int rc, const char *doing, as_diags *diags);
/* Takes the lock file; false after a diagnostic. */
bool as_store_lock(as_store *store, as_diags *diags);
void as_store_unlock(as_store *store);
/* Looks at the journal beside the store, where there is one, before SQLite does. False after a diagnostic. */
bool as_store_journal(as_store *store, as_diags *diags);
/* Creates or migrates the tables. False after a diagnostic. */
bool as_store_migrate(as_store *store, as_diags *diags);
/* Looks whether this is a store that this engine can read. *version: 0 where it is empty. */
bool as_store_known(as_store *store, int *version, as_diags *diags);
/* One number from a pragma or a select; false on failure. */
bool as_store_number(as_store *store, const char *sql, int64_t *out);

#endif
