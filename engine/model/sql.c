/* SQL: the connection. SQLite in memory, on an operating system of its own that has no files, no chance and no clock but as_of,
 * with an authorizer that lets nothing through but reading. Must not know a kind by name. */
#include "model/sql.h"

#include <stdio.h>
#include <string.h>

#include "model/sql_inside.h"

#define UNIX_EPOCH INT64_C(210866760000000) /* as milliseconds of the Julian day */

/* ---- an operating system without files ---- */

static int no_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out) {
  (void)vfs, (void)name, (void)flags, (void)out;
  file->pMethods = NULL;
  return SQLITE_CANTOPEN;
}

static int no_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  (void)vfs, (void)name, (void)sync;
  return SQLITE_IOERR_DELETE;
}

static int no_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
  (void)vfs, (void)name, (void)flags;
  *out = 0;
  return SQLITE_OK;
}

static int no_path(sqlite3_vfs *vfs, const char *name, int room, char *out) {
  (void)vfs, (void)name, (void)room, (void)out;
  return SQLITE_CANTOPEN;
}

static int no_chance(sqlite3_vfs *vfs, int n, char *out) {
  (void)vfs;
  memset(out, 0, (size_t)n);
  return n;
}

static int no_sleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  return microseconds;
}

static int now(sqlite3_vfs *vfs, sqlite3_int64 *out) {
  *out = ((const as_sql_system *)vfs)->now;
  return SQLITE_OK;
}

static int now_days(sqlite3_vfs *vfs, double *out) {
  *out = (double)((const as_sql_system *)vfs)->now / 86400000.0;
  return SQLITE_OK;
}

static void make_system(as_sql *sql) {
  as_sql_system *s = &sql->system;
  as_time t = as_model_as_of(sql->model);
  s->now = UNIX_EPOCH + t.seconds * 1000 + t.nanos / 1000000;
  snprintf(s->name, sizeof s->name, "assay-%p", (void *)sql);
  s->vfs = (sqlite3_vfs){.iVersion = 2, .szOsFile = (int)sizeof(sqlite3_file), .mxPathname = 16, .zName = s->name, .xOpen = no_open,
                         .xDelete = no_delete, .xAccess = no_access, .xFullPathname = no_path, .xRandomness = no_chance,
                         .xSleep = no_sleep, .xCurrentTime = now_days, .xCurrentTimeInt64 = now};
}

/* ---- what may be compiled ---- */

static int refuse(as_sql *sql, const char *why, const char *name) {
  if (!sql->refused) {
    sql->refused = why;
    snprintf(sql->refused_name, sizeof sql->refused_name, "%s", name ? name : "");
  }
  return SQLITE_DENY;
}

/* A table by the name that the text or SQLite has for it. */
static int may_read(as_sql *sql, const char *table, const char *column) {
  char name[256];
  size_t n = strlen(table);
  if (n >= sizeof name) return refuse(sql, "there is no table `%s`", table);
  for (size_t i = 0; i <= n; i++) name[i] = table[i] >= 'A' && table[i] <= 'Z' ? (char)(table[i] + 32) : table[i];
  const as_kind *kind = as_kinds_find(as_model_kinds(sql->model), (as_str){name, n});
  if (kind) {
    sql->named[kind->index] = true;
    return SQLITE_OK;
  }
  const char *result;
  for (size_t i = 0; (result = as_sql_result_table(i)); i++) {
    if (strcmp(result, name) != 0) continue;
    if (i < AS_SQL_OF_TABLES) sql->wants_result = true;
    else sql->wants_schema = true;
    return SQLITE_OK;
  }
  if (strcmp(name, "json_each") == 0 || strcmp(name, "json_tree") == 0) return SQLITE_OK;
  /* Without a column it may be the name that a WITH gave; any other module than ours is gone. */
  if (!*column && strncmp(name, "sqlite_", 7) != 0 && strncmp(name, "pragma_", 7) != 0) return SQLITE_OK;
  return refuse(sql, "the table `%s` cannot be read", table);
}

static int authorize(void *ctx, int action, const char *a, const char *b, const char *database, const char *trigger) {
  as_sql *sql = ctx;
  (void)database, (void)trigger;
  if (sql->declaring) return SQLITE_OK;
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_READ: return may_read(sql, a ? a : "", b ? b : "");
    case SQLITE_FUNCTION: return b && as_sql_is_safe(b) ? SQLITE_OK : refuse(sql, "the function `%s` is not there", b);
    case SQLITE_ATTACH:
    case SQLITE_DETACH: return refuse(sql, "ATTACH is not there: SQL reads the records of the bundle, and no files", NULL);
    case SQLITE_PRAGMA: return refuse(sql, "PRAGMA is not there; SELECT * FROM _tables, and _columns, tell what there is", NULL);
    default: return refuse(sql, "SQL only reads here: write a SELECT", NULL);
  }
}

int as_sql_declare(as_sql *sql, const char *text) {
  sql->declaring = true;
  int rc = sqlite3_declare_vtab(sql->db, text);
  sql->declaring = false;
  return rc;
}

/* ---- opening ---- */

static int progress(void *ctx) {
  as_sql *sql = ctx;
  sql->stopped = !sql->options.poll(sql->options.ctx, 1000);
  return sql->stopped;
}

static void set_limits(sqlite3 *db) {
  static const int limits[][2] = {
      {SQLITE_LIMIT_LENGTH, AS_SQL_VALUE_MAX},  {SQLITE_LIMIT_SQL_LENGTH, AS_SQL_TEXT_MAX}, {SQLITE_LIMIT_COLUMN, 1000},
      {SQLITE_LIMIT_EXPR_DEPTH, 100},           {SQLITE_LIMIT_COMPOUND_SELECT, 100},        {SQLITE_LIMIT_VDBE_OP, 250000},
      {SQLITE_LIMIT_FUNCTION_ARG, 50},          {SQLITE_LIMIT_ATTACHED, 0},                 {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
      {SQLITE_LIMIT_VARIABLE_NUMBER, 100},      {SQLITE_LIMIT_TRIGGER_DEPTH, 1},            {SQLITE_LIMIT_WORKER_THREADS, 0}};
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) sqlite3_limit(db, limits[i][0], limits[i][1]);
}

static void harden(as_sql *sql) {
  static const int switches[][2] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},             {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}, {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},           {SQLITE_DBCONFIG_DQS_DML, 0},
                                    {SQLITE_DBCONFIG_DQS_DDL, 0}};
  static const char *kept[] = {"json_each", "json_tree", NULL};
  for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) sqlite3_db_config(sql->db, switches[i][0], switches[i][1], NULL);
  sqlite3_exec(sql->db, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
  sqlite3_drop_modules(sql->db, kept);
  sqlite3_exec(sql->db, "SELECT 1 FROM json_each('[]'), json_tree('[]')", NULL, NULL, NULL); /* they are set up at their first use */
  set_limits(sql->db);
  /* The time zone of the machine is nobody's business: 'localtime' and 'utc' fail, in this process. */
  sqlite3_test_control(SQLITE_TESTCTRL_LOCALTIME_FAULT, 1);
}

as_sql *as_sql_open(const as_model *model, const as_sql_options *options) {
  as_sql *sql = as_calloc(1, sizeof *sql);
  sql->model = model;
  sql->options = *options;
  sql->named = as_calloc(as_kinds_count(as_model_kinds(model)) + 1, sizeof *sql->named);
  make_system(sql);
  int rc = sqlite3_initialize();
  if (rc == SQLITE_OK) rc = sqlite3_vfs_register(&sql->system.vfs, 0);
  if (rc == SQLITE_OK)
    rc = sqlite3_open_v2(":memory:", &sql->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, sql->system.name);
  sqlite3_vfs_unregister(&sql->system.vfs); /* the connection keeps it; nobody else shall find it */
  if (rc != SQLITE_OK) as_mem_exhausted();  /* nothing else can fail here */
  harden(sql);
  as_sql_add_functions(sql);
  as_sql_add_orders(sql);
  as_sql_add_kinds(sql);
  as_sql_add_results(sql);
  sqlite3_set_authorizer(sql->db, authorize, sql);
  if (options->poll) sqlite3_progress_handler(sql->db, 1000, progress, sql);
  sqlite3_int64 limit = options->memory_bytes ? sqlite3_memory_used() + (sqlite3_int64)options->memory_bytes : 0;
  sql->limit_before = sqlite3_hard_heap_limit64(limit);
  return sql;
}

void as_sql_close(as_sql *sql) {
  if (!sql) return;
  for (size_t i = 0; i < AS_SQL_CACHED; i++) as_sql_query_free(sql->queries[i]);
  sqlite3_close(sql->db);
  sqlite3_hard_heap_limit64(sql->limit_before);
  as_sql_free_rows(sql);
  as_free(sql->named);
  as_free(sql);
}
