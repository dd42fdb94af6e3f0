/* What the tests of the store share: results to be stored, a folder for it, and looking whether what is in a store is whole. */
#ifndef AS_TESTS_STORE_RUNS_H
#define AS_TESTS_STORE_RUNS_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/node.h"
#include "store/store.h"
#include "vfs.h"

#define CHECK(holds, ...)                                              \
  do {                                                                 \
    if (!(holds)) {                                                    \
      printf("# %s:%d: not so: %s: ", __FILE__, __LINE__, #holds);     \
      printf(__VA_ARGS__);                                             \
      printf("\n");                                                    \
      fflush(stdout);                                                  \
      exit(1);                                                         \
    }                                                                  \
  } while (0)

static char runs_made[64];
static inline int runs_remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw) {
  (void)st;
  (void)flag;
  (void)ftw;
  return remove(path);
}
static inline void runs_clean_up(void) { nftw(runs_made, runs_remove_one, 8, FTW_DEPTH | FTW_PHYS); }

/* A folder in memory where there is one: thousands of stores are made. It is removed at the end. */
static inline const char *runs_folder(void) {
  strcpy(runs_made, access("/dev/shm", W_OK) == 0 ? "/dev/shm/assay-store-XXXXXX" : "/tmp/assay-store-XXXXXX");
  CHECK(mkdtemp(runs_made), "no folder can be made");
  atexit(runs_clean_up);
  return runs_made;
}

/* Text that a diagnostic gives, or "nothing was said". */
static inline const char *runs_said(const as_diags *diags) {
  size_t n = as_diags_count(diags);
  return n ? as_diags_at(diags, n - 1)->message : "nothing was said";
}

static inline void runs_copy(const char *from, const char *to) {
  as_buf bytes = {0};
  const char *why = NULL;
  unlink(to);
  if (access(from, F_OK) != 0) return;
  CHECK(as_file_read(AT_FDCWD, from, 1 << 24, &bytes, &why), "%s", why);
  FILE *out = fopen(to, "wb");
  CHECK(out && fwrite(bytes.data, 1, bytes.len, out) == bytes.len && fclose(out) == 0, "%s", to);
  as_buf_free(&bytes);
}

static inline as_node *runs_text(as_arena *arena, as_node *map, const char *key, const char *text) {
  return as_node_put(arena, map, key, as_node_text(arena, as_str_of(text)));
}

/* The result of run `number`; its findings make it some pages long. */
static inline as_node *runs_result(as_arena *arena, int number) {
  int checks = 2 + number % 3, findings = 5 + number * 7 % 40;
  as_node *doc = as_node_new(arena, AS_MAP), *run = as_node_put(arena, doc, "run", as_node_new(arena, AS_MAP));
  runs_text(arena, doc, "schema", "assay.result/1");
  as_node_put(arena, run, "bundle", as_node_textf(arena, "bundle-%d", number));
  runs_text(arena, run, "as_of", "2026-06-30");
  as_node_put(arena, run, "digest", as_node_textf(arena, "%064d", number));
  runs_text(arena, run, "engine", "0.1.0");
  as_node_put(arena, doc, "summary", as_node_new(arena, AS_MAP));
  as_node *r = as_node_add(as_node_put(arena, doc, "requirements", as_node_new(arena, AS_LIST)), as_node_new(arena, AS_MAP));
  runs_text(arena, r, "id", "A.5.18");
  runs_text(arena, r, "status", "ineffective");
  as_node *list = as_node_put(arena, r, "checks", as_node_new(arena, AS_LIST));
  for (int c = 0; c < checks; c++) {
    as_node *check = as_node_add(list, as_node_new(arena, AS_MAP));
    as_node_put(arena, check, "name", as_node_textf(arena, "check-%d", c));
    runs_text(arena, check, "status", "fail");
    as_node *fs = as_node_put(arena, check, "findings", as_node_new(arena, AS_LIST));
    for (int i = 0; i < findings; i++)
      as_node_put(arena, as_node_add(fs, as_node_new(arena, AS_MAP)), "message", as_node_textf(arena, "run %d, check %d, finding %d: %0100d", number, c, i, i));
  }
  return doc;
}

/* Stores run `number`. 0 after a diagnostic. */
static inline int64_t runs_put(as_store *store, int number, as_diags *diags) {
  static const as_store_origin origin = {NULL};
  as_arena *arena = as_arena_new();
  int64_t id = as_store_put(store, runs_result(arena, number), &origin, diags);
  as_arena_free(arena);
  return id;
}

static inline int64_t runs_number(sqlite3 *db, const char *sql, int64_t bound) {
  sqlite3_stmt *s = NULL;
  int64_t n = -1;
  CHECK(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
  sqlite3_bind_int64(s, 1, bound);
  if (sqlite3_step(s) == SQLITE_ROW) n = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  return n;
}

static inline void runs_check_text(sqlite3 *db, const char *sql, const char *wanted) {
  sqlite3_stmt *s = NULL;
  CHECK(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
  int rc = sqlite3_step(s);
  const char *text = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : "nothing";
  CHECK(strcmp(text, wanted) == 0, "%s gives %s", sql, text);
  sqlite3_finalize(s);
}

/* Every run of the store, 1 to n in order, is exactly what was stored: the document and its rows. Gives n. */
static inline int runs_check(const char *path) {
  sqlite3 *db = NULL;
  CHECK(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
  runs_check_text(db, "PRAGMA integrity_check", "ok");
  runs_check_text(db, "PRAGMA foreign_key_check", "nothing");
  int n = (int)runs_number(db, "SELECT count(*) FROM runs WHERE ?1 IS NOT NULL", 1);
  as_diags *diags = as_diags_new();
  bool missing;
  as_store *store = as_store_open_read(path, &missing, diags);
  CHECK(store, "%s", runs_said(diags));
  for (int i = 1; i <= n; i++) {
    as_arena *arena = as_arena_new();
    as_buf stored = {0}, wanted = {0};
    as_node_json(runs_result(arena, i), 0, &wanted);
    CHECK(as_store_load(store, i, &stored, &missing, diags), "run %d", i);
    CHECK(stored.len == wanted.len && memcmp(stored.data, wanted.data, stored.len) == 0, "run %d is another one", i);
    int checks = 2 + i % 3, findings = 5 + i * 7 % 40;
    CHECK(runs_number(db, "SELECT count(*) FROM requirements WHERE run = ?1", i) == 1, "run %d", i);
    CHECK(runs_number(db, "SELECT count(*) FROM checks WHERE run = ?1", i) == checks, "run %d", i);
    CHECK(runs_number(db, "SELECT count(*) FROM findings WHERE run = ?1", i) == checks * findings, "run %d", i);
    CHECK(runs_number(db, "SELECT count(*) FROM inputs WHERE run = ?1", i) == 2, "run %d", i);
    as_buf_free(&stored);
    as_buf_free(&wanted);
    as_arena_free(arena);
  }
  as_store_close(store);
  as_diags_free(diags);
  sqlite3_close(db);
  return n;
}

#endif
