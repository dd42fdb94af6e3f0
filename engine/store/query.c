/* Questions to the store: history, and the result document of a run. */
#include <string.h>

#include "base/file.h"
#include "store/internal.h"

static const char *column(sqlite3_stmt *s, int i) {
  const char *text = (const char *)sqlite3_column_text(s, i);
  return text ? text : "";
}

static double real(sqlite3_stmt *s, int i, bool *has) {
  *has = sqlite3_column_type(s, i) != SQLITE_NULL;
  return sqlite3_column_double(s, i);
}

bool as_store_history(as_store *store, const char *bundle, uint64_t limit, as_store_visit visit, void *ctx, as_diags *diags) {
  static const char sql[] = "SELECT id, bundle, as_of, digest, stored_at, effectiveness, coverage, assurance, major_nc, minor_nc, observation, ofi, incomplete "
                            "FROM runs WHERE ?1 IS NULL OR bundle = ?1 ORDER BY id DESC LIMIT ?2";
  sqlite3_stmt *s = NULL;
  int rc = sqlite3_prepare_v2(store->db, sql, -1, &s, NULL);
  if (rc == SQLITE_OK) {
    if (bundle)
      sqlite3_bind_text(s, 1, bundle, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, limit ? (int64_t)limit : -1);
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
      as_store_run run = {.id = sqlite3_column_int64(s, 0), .bundle = column(s, 1), .as_of = column(s, 2), .digest = column(s, 3), .stored_at = column(s, 4)};
      run.effectiveness = real(s, 5, &run.has_effectiveness);
      run.coverage = real(s, 6, &run.has_coverage);
      run.assurance = real(s, 7, &run.has_assurance);
      run.major = sqlite3_column_int64(s, 8);
      run.minor = sqlite3_column_int64(s, 9);
      run.observations = sqlite3_column_int64(s, 10);
      run.ofi = sqlite3_column_int64(s, 11);
      run.incomplete = sqlite3_column_int(s, 12) != 0;
      visit(ctx, &run);
    }
  }
  bool ok = rc == SQLITE_DONE || as_store_failed(store, rc, "be read", diags);
  sqlite3_finalize(s);
  return ok;
}

bool as_store_load(as_store *store, int64_t id, as_buf *json, bool *missing, as_diags *diags) {
  static const char sql[] = "SELECT result FROM runs WHERE ?1 = 0 OR id = ?1 ORDER BY id DESC LIMIT 1";
  static const char padding[AS_TEXT_PADDING] = {0};
  sqlite3_stmt *s = NULL;
  *missing = false;
  int rc = sqlite3_prepare_v2(store->db, sql, -1, &s, NULL);
  if (rc == SQLITE_OK) {
    sqlite3_bind_int64(s, 1, id);
    rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
      const char *text = (const char *)sqlite3_column_text(s, 0);
      size_t n = (size_t)sqlite3_column_bytes(s, 0);
      as_buf_add(json, text ? text : "", text ? n : 0);
      as_buf_add(json, padding, sizeof padding);
      json->len -= sizeof padding;
      rc = SQLITE_DONE;
    } else if (rc == SQLITE_DONE) {
      *missing = true;
      as_diags_add(diags, "E0811", AS_ERROR, store->path, 0, 0, "`assay history` lists the runs", "the store has no %s", id ? "such run" : "run");
    }
  }
  bool ok = rc == SQLITE_DONE ? !*missing : as_store_failed(store, rc, "be read", diags);
  sqlite3_finalize(s);
  return ok;
}
