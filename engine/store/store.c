/* The store: opening with the safe settings, writing one run as one transaction, telling failures.
 * Only fixed SQL with bound parameters; no text of evidence or of a user ever becomes SQL. */
#include "store/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "store/internal.h"

static const char *const insert_sql[STATEMENTS] = {
    [INSERT_RUN] = "INSERT INTO runs (bundle, as_of, digest, effectiveness, coverage, assurance, major_nc, minor_nc, observation, ofi, incomplete, engine, "
                   "pack, result) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    [INSERT_INPUT] = "INSERT OR IGNORE INTO inputs (run, role, path, sha256) VALUES (?1, ?2, ?3, ?4)",
    [INSERT_REQUIREMENT] = "INSERT INTO requirements (run, id, title, theme, status, score, credit, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [INSERT_CHECK] = "INSERT INTO checks (run, requirement, name, position, status, severity, tests, population, tested, failed, reason) VALUES (?1, ?2, ?3, ?4, "
                     "?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [INSERT_FINDING] = "INSERT INTO findings (run, requirement, check_name, position, key, kind, document, line, grade, message, excepted_by) VALUES (?1, ?2, "
                       "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [INSERT_RISK] = "INSERT INTO risks (run, position, id, title, inherent, residual, raw, level, stated, model) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
};

bool as_store_failed(as_store *store, int rc, const char *doing, as_diags *diags) {
  const char *code = "E0801", *help = NULL;
  as_buf text = {0};
  const char *said = store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(rc);
  int system = store->db ? sqlite3_system_errno(store->db) : 0;
  struct statvfs fs;
  switch (rc & 0xff) {
  case SQLITE_FULL:
    code = "E0808";
    if (statvfs(store->path, &fs) == 0)
      as_buf_printf(&text, "the disk is full (%llu bytes are free)", (unsigned long long)fs.f_bavail * fs.f_frsize);
    else
      as_buf_adds(&text, "the disk is full");
    help = "nothing of this run was stored; free some room and run again";
    break;
  case SQLITE_READONLY:
  case SQLITE_PERM:
    code = "E0809";
    as_buf_adds(&text, "it is read-only");
    help = "name another file with --store, or --store none";
    break;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    code = "E0803";
    as_buf_adds(&text, "another process is using it");
    help = "wait until it has finished, or use another --store";
    break;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    code = "E0807";
    as_buf_printf(&text, "it is damaged, or no SQLite file (%s)", said);
    help = "restore it from a copy, or name another file with --store; this one is left as it is";
    break;
  case SQLITE_CANTOPEN:
    code = "E0802";
    as_buf_printf(&text, "it cannot be opened%s%s", system ? ": " : "", system ? strerror(system) : "");
    help = "name a file in a folder that can be written with --store, or --store none";
    break;
  default: as_buf_printf(&text, "%s%s%s", said, system ? ": " : "", system ? strerror(system) : "");
  }
  as_diags_add(diags, code, AS_ERROR, store->path, 0, 0, help, "the store cannot %s: %s", doing, text.data);
  as_buf_free(&text);
  return false;
}

bool as_store_number(as_store *store, const char *sql, int64_t *out) {
  sqlite3_stmt *statement = NULL;
  bool ok = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW;
  if (ok)
    *out = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return ok;
}

/* The folder of `path` without links (SQLite refuses them with NOFOLLOW), the name as it is; the caller frees. */
static char *settled(const char *path) {
  const char *slash = strrchr(path, '/');
  as_buf folder = {0}, out = {0};
  as_buf_add(&folder, slash ? path : ".", slash ? (slash == path ? 1 : (size_t)(slash - path)) : 1);
  char *real = realpath(folder.data, NULL);
  as_buf_printf(&out, "%s/%s", real ? real : folder.data, slash ? slash + 1 : path);
  free(real);
  as_buf_free(&folder);
  return out.data;
}

static as_store *fresh(const char *path) {
  as_store *store = as_calloc(1, sizeof *store);
  store->path = as_calloc(1, strlen(path) + 1);
  memcpy(store->path, path, strlen(path));
  store->lock = -1;
  return store;
}

/* SQLite would wait for the other end of a pipe, and not be interrupted. It refuses links without saying so. */
static bool is_file_or_absent(const as_store *store, as_diags *diags) {
  struct stat st;
  if (lstat(store->path, &st) != 0 || S_ISREG(st.st_mode))
    return true;
  as_diags_add(diags, "E0802", AS_ERROR, store->path, 0, 0, "name a file in a folder that can be written with --store, or --store none",
               "the store cannot be opened: it is %s", S_ISLNK(st.st_mode) ? "a symbolic link, and links are not followed" : "no regular file");
  return false;
}

static bool open_file(as_store *store, int flags, as_diags *diags) {
  if (!is_file_or_absent(store, diags) || !as_store_journal(store, diags))
    return false;
  char *real = settled(store->path);
  int rc = sqlite3_open_v2(real, &store->db, flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE, NULL);
  as_free(real);
  if (rc != SQLITE_OK)
    return as_store_failed(store, rc, "be opened", diags);
  sqlite3_busy_timeout(store->db, 5000);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
  static const char settings[] = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA foreign_keys = ON; "
                                 "PRAGMA synchronous = EXTRA; PRAGMA temp_store = MEMORY;";
  rc = sqlite3_exec(store->db, settings, NULL, NULL, NULL);
  if (rc == SQLITE_OK && !(flags & SQLITE_OPEN_READONLY))
    rc = sqlite3_exec(store->db, "PRAGMA journal_mode = TRUNCATE", NULL, NULL, NULL);
  if (rc == SQLITE_OK && !(flags & SQLITE_OPEN_READONLY) && sqlite3_db_readonly(store->db, "main") == 1)
    return as_store_failed(store, SQLITE_READONLY, "be written", diags);
  return rc == SQLITE_OK || as_store_failed(store, rc, "be opened", diags);
}

as_store *as_store_open(const char *path, as_diags *diags) {
  as_store *store = fresh(path);
  bool ok = as_store_lock(store, diags);
  bool made = ok && access(path, F_OK) != 0;
  ok = ok && open_file(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, diags) && as_store_migrate(store, diags);
  for (int i = 0; ok && i < STATEMENTS; i++) {
    int rc = sqlite3_prepare_v3(store->db, insert_sql[i], -1, SQLITE_PREPARE_PERSISTENT, &store->statements[i], NULL);
    if (rc != SQLITE_OK)
      ok = as_store_failed(store, rc, "be used", diags);
  }
  if (ok)
    return store;
  if (made && store->db) { /* an empty file that was just made is nobody's */
    as_buf journal = {0};
    as_buf_printf(&journal, "%s-journal", path);
    unlink(path);
    unlink(journal.data);
    as_buf_free(&journal);
  }
  as_store_close(store);
  return NULL;
}

static bool try_to_read(as_store *store, int *version, as_diags *diags) {
  return open_file(store, SQLITE_OPEN_READONLY, diags) && as_store_known(store, version, diags);
}

/* An evaluation was killed while it wrote: SQLite takes back what it left as soon as somebody opens the file who may write. */
static bool take_back(as_store *store, as_diags *diags) {
  int version;
  sqlite3_close(store->db);
  store->db = NULL;
  bool ok = as_store_lock(store, diags) && open_file(store, SQLITE_OPEN_READWRITE, diags) && as_store_known(store, &version, diags);
  as_store_unlock(store);
  sqlite3_close(store->db);
  store->db = NULL;
  return ok;
}

static bool open_to_read(as_store *store, int *version, as_diags *diags) {
  as_diags *first = as_diags_new();
  bool ok = try_to_read(store, version, first);
  bool interrupted = !ok && store->db && sqlite3_extended_errcode(store->db) == SQLITE_READONLY_ROLLBACK;
  for (size_t i = 0; !interrupted && i < as_diags_count(first); i++)
    as_diags_push(diags, as_diags_at(first, i));
  as_diags_free(first);
  return interrupted ? take_back(store, diags) && try_to_read(store, version, diags) : ok;
}

as_store *as_store_open_read(const char *path, bool *missing, as_diags *diags) {
  *missing = access(path, F_OK) != 0;
  if (*missing) {
    as_diags_add(diags, "E0804", AS_ERROR, path, 0, 0, "`assay eval` makes one; --store names another", "there is no store");
    return NULL;
  }
  as_store *store = fresh(path);
  int version = -1;
  if (open_to_read(store, &version, diags)) {
    if (version > 0)
      return store;
    as_diags_add(diags, "E0805", AS_ERROR, path, 0, 0, NULL, "the store is empty");
  }
  as_store_close(store);
  return NULL;
}

void as_store_close(as_store *store) {
  if (!store)
    return;
  for (int i = 0; i < STATEMENTS; i++)
    sqlite3_finalize(store->statements[i]);
  sqlite3_close(store->db);
  as_store_unlock(store);
  as_free(store->path);
  as_free(store);
}

const char *as_store_path(const as_store *store) { return store->path; }
