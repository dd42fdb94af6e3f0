/* The store: a run is in it whole or not at all, and every failure is told and leaves the file as it was. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/file.h"
#include "store/internal.h"
#include "store/store.h"

static char folder[] = "/tmp/assay-store-XXXXXX";
static char path[128];
static as_arena *arena;
static as_diags *diags;
static const as_store_origin origin = {NULL};

static int set_up(void **state) {
  (void)state;
  strcpy(folder + strlen(folder) - 6, "XXXXXX");
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/runs.db", folder);
  arena = as_arena_new();
  diags = as_diags_new();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  char command[200];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  as_arena_free(arena);
  as_diags_free(diags);
  return system(command);
}

static as_node *put(as_node *map, const char *key, const char *text) { return as_node_put(arena, map, key, as_node_text(arena, as_str_of(text))); }

/* A result with one failing check of `findings` findings. */
static as_node *result(const char *bundle, int findings) {
  as_node *doc = as_node_new(arena, AS_MAP);
  put(doc, "schema", "assay.result/1");
  as_node *run = as_node_put(arena, doc, "run", as_node_new(arena, AS_MAP));
  put(run, "bundle", bundle);
  put(run, "as_of", "2026-06-30");
  put(run, "digest", "d1");
  put(run, "engine", "0.1.0");
  as_node *summary = as_node_put(arena, doc, "summary", as_node_new(arena, AS_MAP));
  as_node_put(arena, summary, "effectiveness", as_node_num(arena, 84.5));
  as_node *grades = as_node_put(arena, summary, "grades", as_node_new(arena, AS_MAP));
  as_node_put(arena, grades, "minor_nc", as_node_int(arena, findings));
  as_node *list = as_node_put(arena, doc, "requirements", as_node_new(arena, AS_LIST));
  as_node *r = as_node_add(list, as_node_new(arena, AS_MAP));
  put(r, "id", "A.5.18");
  put(r, "status", "partially_effective");
  as_node *checks = as_node_put(arena, r, "checks", as_node_new(arena, AS_LIST));
  as_node *c = as_node_add(checks, as_node_new(arena, AS_MAP));
  put(c, "name", "leavers");
  put(c, "status", "fail");
  as_node *fs = as_node_put(arena, c, "findings", as_node_new(arena, AS_LIST));
  for (int i = 0; i < findings; i++) {
    as_node *f = as_node_add(fs, as_node_new(arena, AS_MAP));
    put(f, "message", "it's \"late\"; DROP TABLE runs; --");
    put(f, "grade", "minor_nc");
    as_node_put(arena, f, "line", as_node_int(arena, i + 1));
  }
  as_node *risks = as_node_put(arena, doc, "risks", as_node_new(arena, AS_LIST));
  put(as_node_add(risks, as_node_new(arena, AS_MAP)), "id", "R-1");
  as_node *documents = as_node_put(arena, doc, "documents", as_node_new(arena, AS_LIST));
  put(as_node_add(documents, as_node_new(arena, AS_MAP)), "path", "people.csv");
  put(as_node_add(documents, as_node_new(arena, AS_MAP)), "path", "people.csv"); /* one file may be two documents */
  return doc;
}

static void expect(const char *code) {
  if (as_diags_count(diags) == 0)
    fail_msg("nothing was said, %s was expected", code);
  assert_string_equal(as_diags_at(diags, as_diags_count(diags) - 1)->code, code);
}

static int64_t count(const char *sql) {
  sqlite3 *db;
  sqlite3_stmt *s;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(s), SQLITE_ROW);
  int64_t n = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  sqlite3_close(db);
  return n;
}

static void visit(void *ctx, const as_store_run *run) {
  int *n = ctx;
  if ((*n)++ == 0) {
    assert_string_equal(run->bundle, "beta");
    assert_true(run->has_effectiveness);
    assert_false(run->has_coverage);
    assert_true(run->effectiveness == 84.5);
    assert_int_equal(run->minor, 3);
  }
}

static void keeps_runs(void **state) {
  (void)state;
  as_store *store = as_store_open(path, diags);
  assert_non_null(store);
  assert_int_equal(as_store_put(store, result("acme", 2), &origin, diags), 1);
  assert_int_equal(as_store_put(store, result("beta", 3), &origin, diags), 2);
  as_store_close(store);
  assert_int_equal(as_diags_count(diags), 0);
  assert_int_equal(count("SELECT count(*) FROM findings"), 5);
  assert_int_equal(count("SELECT count(*) FROM inputs WHERE role = 'document'"), 2);
  assert_int_equal(count("SELECT count(*) FROM risks"), 2);
  assert_int_equal(count("PRAGMA application_id"), AS_STORE_APPLICATION);
  assert_int_equal(count("PRAGMA user_version"), AS_STORE_VERSION);
  assert_int_equal(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);

  bool missing;
  store = as_store_open_read(path, &missing, diags);
  assert_non_null(store);
  int n = 0;
  assert_true(as_store_history(store, NULL, 0, visit, &n, diags));
  assert_int_equal(n, 2);
  n = 1;
  assert_true(as_store_history(store, "acme", 0, visit, &n, diags));
  assert_int_equal(n, 2);
  n = 0;
  assert_true(as_store_history(store, NULL, 1, visit, &n, diags));
  assert_int_equal(n, 1);
  as_buf json = {0}, last = {0};
  assert_true(as_store_load(store, 1, &json, &missing, diags));
  assert_non_null(strstr(json.data, "\"acme\""));
  assert_true(as_store_load(store, 0, &last, &missing, diags));
  assert_non_null(strstr(last.data, "\"beta\""));
  assert_false(as_store_load(store, 99, &json, &missing, diags));
  assert_true(missing);
  expect("E0811");
  as_buf_free(&json);
  as_buf_free(&last);
  as_store_close(store);
}

/* What every connection is set to, where SQLite can be asked. */
static void settings(void **state) {
  (void)state;
  static const struct {
    const char *pragma;
    int64_t value;
  } wanted[] = {{"foreign_keys", 1}, {"synchronous", 3 /* EXTRA */}, {"cell_size_check", 1}, {"trusted_schema", 0}, {"mmap_size", 0}, {"temp_store", 2}};
  static const int off[] = {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_ENABLE_TRIGGER};
  as_store *store = as_store_open(path, diags);
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    char sql[64];
    int64_t value = -1;
    snprintf(sql, sizeof sql, "PRAGMA %s", wanted[i].pragma);
    if (!as_store_number(store, sql, &value) || value != wanted[i].value)
      fail_msg("%s is %d", sql, (int)value);
  }
  int on = 0;
  for (size_t i = 0; i < 3; i++) {
    sqlite3_db_config(store->db, off[i], -1, &on);
    assert_int_equal(on, 0);
  }
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
  assert_int_equal(on, 1);
  assert_int_equal(sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, -1), 0);
  as_store_close(store);
}

/* What somebody else wrote into a store is not carried out. */
static void triggers_sleep(void **state) {
  (void)state;
  as_store_close(as_store_open(path, diags));
  sqlite3 *db;
  sqlite3_open(path, &db);
  assert_int_equal(sqlite3_exec(db, "CREATE TRIGGER t AFTER INSERT ON findings BEGIN UPDATE findings SET message = 'fine'; END", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
  as_store *store = as_store_open(path, diags);
  assert_int_equal(as_store_put(store, result("acme", 2), &origin, diags), 1);
  as_store_close(store);
  assert_int_equal(count("SELECT count(*) FROM findings WHERE message = 'fine'"), 0);
}

/* A run that the tables refuse leaves nothing behind. */
static void half_a_run(void **state) {
  (void)state;
  as_store *store = as_store_open(path, diags);
  as_node *doc = result("acme", 2), *list = as_node_get(doc, "requirements");
  as_node *twice = as_node_add(list, as_node_new(arena, AS_MAP));
  put(twice, "id", "A.5.18");
  put(twice, "status", "effective");
  assert_int_equal(as_store_put(store, doc, &origin, diags), 0);
  assert_int_equal(as_diags_count(diags), 1);
  assert_int_equal(count("SELECT count(*) FROM runs"), 0);
  assert_int_equal(as_store_put(store, result("acme", 1), &origin, diags), 1);
  as_store_close(store);
}

static void no_store(void **state) {
  (void)state;
  bool missing;
  assert_null(as_store_open_read(path, &missing, diags));
  assert_true(missing);
  assert_int_not_equal(access(path, F_OK), 0); /* reading makes nothing */
}

static void second_writer(void **state) {
  (void)state;
  as_store *store = as_store_open(path, diags);
  assert_non_null(store);
  assert_null(as_store_open(path, diags)); /* after 5 s */
  expect("E0803");
  char me[64];
  snprintf(me, sizeof me, "process %ld on ", (long)getpid());
  assert_non_null(strstr(as_diags_at(diags, 0)->message, me));
  bool missing;
  as_store *reader = as_store_open_read(path, &missing, diags); /* readers are not kept out */
  assert_non_null(reader);
  as_store_close(reader);
  as_store_close(store);
  store = as_store_open(path, diags);
  assert_non_null(store);
  as_store_close(store);
}

static char lock[160];
static bool holder_leaves; /* the next time that somebody locks a file */

/* Stands in front of that of the C library. */
int flock(int fd, int how) {
  if (holder_leaves)
    unlink(lock);
  holder_leaves = false;
  return (int)syscall(SYS_flock, fd, how);
}

/* The holder removes the file after another one has opened it: that one's lock would keep nobody out. */
static void lock_was_removed(void **state) {
  (void)state;
  snprintf(lock, sizeof lock, "%s.lock", path);
  holder_leaves = true;
  as_store *store = as_store_open(path, diags);
  assert_non_null(store);
  assert_int_equal(access(lock, F_OK), 0);
  as_store_close(store);
}

static void lock_is_a_link(void **state) {
  (void)state;
  char other[160];
  snprintf(lock, sizeof lock, "%s.lock", path);
  snprintf(other, sizeof other, "%s/precious", folder);
  assert_true(as_file_write(other, "precious", 8));
  assert_int_equal(symlink(other, lock), 0);
  assert_null(as_store_open(path, diags));
  expect("E0802");
  struct stat st;
  assert_int_equal(stat(other, &st), 0);
  assert_int_equal(st.st_size, 8);
}

static void write_file(const char *bytes, size_t n) { assert_true(as_file_write(path, bytes, n)); }

static as_buf read_file(void) {
  as_buf b = {0};
  const char *why;
  assert_true(as_file_read(AT_FDCWD, path, 1u << 30, &b, &why));
  return b;
}

/* Opening fails with `code`, and the file is the same as before. */
static void refused(const char *code) {
  as_buf before = read_file();
  assert_null(as_store_open(path, diags));
  expect(code);
  bool missing;
  assert_null(as_store_open_read(path, &missing, diags));
  assert_false(missing);
  as_buf after = read_file();
  assert_int_equal(before.len, after.len);
  assert_memory_equal(before.data, after.data, before.len);
  as_buf_free(&before);
  as_buf_free(&after);
}

static void other_files(void **state) {
  (void)state;
  char text[3000];
  memset(text, 'x', sizeof text);
  write_file(text, sizeof text);
  refused("E0807");
  unlink(path);
  sqlite3 *db;
  sqlite3_open(path, &db);
  sqlite3_exec(db, "CREATE TABLE mine (x); PRAGMA user_version = 1", NULL, NULL, NULL);
  sqlite3_close(db);
  refused("E0805");
}

static void newer(void **state) {
  (void)state;
  as_store_close(as_store_open(path, diags));
  sqlite3 *db;
  sqlite3_open(path, &db);
  sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
  sqlite3_close(db);
  refused("E0806");
}

static void links_are_refused(void **state) {
  (void)state;
  char other[160];
  snprintf(other, sizeof other, "%s/other.db", folder);
  as_store_close(as_store_open(other, diags));
  assert_int_equal(as_diags_count(diags), 0);
  assert_int_equal(symlink(other, path), 0);
  assert_null(as_store_open(path, diags));
  expect("E0802");
}

static void folder_is_missing(void **state) {
  (void)state;
  snprintf(path, sizeof path, "%s/none/runs.db", folder);
  assert_null(as_store_open(path, diags));
  expect("E0802");
}

/* In a child with a small limit on the size of files: the same to SQLite as a full disk. */
static void full_disk(void **state) {
  (void)state;
  as_store *store = as_store_open(path, diags);
  assert_int_equal(as_store_put(store, result("acme", 1), &origin, diags), 1);
  as_store_close(store);
  as_buf before = read_file();
  pid_t pid = fork();
  if (pid == 0) {
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit r = {before.len + 8192, before.len + 8192};
    setrlimit(RLIMIT_FSIZE, &r);
    store = as_store_open(path, diags);
    int64_t id = store ? as_store_put(store, result("acme", 900), &origin, diags) : -1;
    bool told = as_diags_count(diags) == 1 && strncmp(as_diags_at(diags, 0)->code, "E08", 3) == 0;
    as_store_close(store);
    _exit(id == 0 && told ? 0 : 1);
  }
  int status;
  waitpid(pid, &status, 0);
  assert_int_equal(status, 0);
  assert_int_equal(count("SELECT count(*) FROM runs"), 1);
  assert_int_equal(count("SELECT count(*) FROM findings"), 1);
  store = as_store_open(path, diags); /* and it can be used again */
  assert_int_equal(as_store_put(store, result("acme", 900), &origin, diags), 2);
  as_store_close(store);
  as_buf_free(&before);
}

/* kill -9 at any moment: whole runs only. */
static void killed(void **state) {
  (void)state;
  as_store_close(as_store_open(path, diags));
  for (int round = 0; round < 12; round++) {
    pid_t pid = fork();
    if (pid == 0) {
      as_store *store = as_store_open(path, diags);
      for (;;)
        as_store_put(store, result("acme", 50), &origin, diags);
    }
    usleep(3000u + 2000u * (unsigned)round);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    as_store *store = as_store_open(path, diags); /* rolls back what was half done; the lock fell with the process */
    assert_non_null(store);
    as_store_close(store);
    assert_int_equal(count("SELECT count(*) FROM findings"), 50 * count("SELECT count(*) FROM runs"));
    assert_int_equal(count("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
  }
}

static void read_only(void **state) {
  (void)state;
  as_store *store = as_store_open(path, diags);
  as_store_put(store, result("acme", 1), &origin, diags);
  as_store_close(store);
  if (geteuid() == 0) { /* root writes everywhere: look at it from a child that is somebody else */
    chmod(folder, 0755);
    pid_t pid = fork();
    if (pid == 0) {
      if (setgid(65534) != 0 || setuid(65534) != 0)
        _exit(2);
      bool missing;
      bool refused_writing = !as_store_open(path, diags) && as_diags_count(diags) == 1;
      as_store *reader = as_store_open_read(path, &missing, diags);
      int n = 1;
      bool reads = reader && as_store_history(reader, NULL, 0, visit, &n, diags) && n == 2;
      _exit(refused_writing && reads ? 0 : 1);
    }
    int status;
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
  }
}

int main(void) {
#define WITH_FOLDER(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
  const struct CMUnitTest tests[] = {WITH_FOLDER(keeps_runs),        WITH_FOLDER(settings), WITH_FOLDER(triggers_sleep), WITH_FOLDER(half_a_run), WITH_FOLDER(lock_was_removed), WITH_FOLDER(lock_is_a_link), WITH_FOLDER(no_store),          WITH_FOLDER(second_writer), WITH_FOLDER(other_files), WITH_FOLDER(newer),
                                     WITH_FOLDER(links_are_refused), WITH_FOLDER(folder_is_missing), WITH_FOLDER(full_disk),     WITH_FOLDER(killed),      WITH_FOLDER(read_only)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
