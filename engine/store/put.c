/* Writing a run: the result document goes into the tables and, whole, into runs.result, in one transaction. */
#include <string.h>

#include "store/internal.h"

typedef struct {
  as_store *store;
  sqlite3_stmt *statement;
  int64_t run;
  int rc;
} writing;

static void begin(writing *w, int statement) {
  w->statement = w->store->statements[statement];
  sqlite3_reset(w->statement);
  sqlite3_clear_bindings(w->statement);
  if (w->run)
    sqlite3_bind_int64(w->statement, 1, w->run);
}

static void text(writing *w, int at, const char *value) {
  if (value)
    sqlite3_bind_text64(w->statement, at, value, strlen(value), SQLITE_STATIC, SQLITE_UTF8);
}

static void member(writing *w, int at, const as_node *map, const char *name) { text(w, at, as_node_str(map, name, NULL)); }

static void real(writing *w, int at, const as_node *map, const char *name) {
  const as_node *m = as_node_get(map, name);
  if (m && (m->type == AS_NUM || m->type == AS_INT))
    sqlite3_bind_double(w->statement, at, m->type == AS_INT ? (double)m->u.integer : m->u.number);
}

static void integer(writing *w, int at, const as_node *map, const char *name) {
  const as_node *m = as_node_get(map, name);
  if (m && m->type == AS_INT)
    sqlite3_bind_int64(w->statement, at, m->u.integer);
}

/* False once anything has failed. */
static bool end(writing *w) {
  int rc = sqlite3_step(w->statement);
  w->rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
  return rc == SQLITE_DONE;
}

static const as_node *items(const as_node *map, const char *name) {
  const as_node *list = as_node_get(map, name);
  return list && list->type == AS_LIST ? list->first : NULL;
}

static bool put_input(writing *w, const char *role, const char *path, const char *sha256) {
  begin(w, INSERT_INPUT);
  text(w, 2, role);
  text(w, 3, path);
  text(w, 4, sha256);
  return end(w);
}

static bool put_inputs(writing *w, const as_node *result, const as_store_origin *origin) {
  const as_node *run = as_node_get(result, "run");
  bool ok = put_input(w, "engine", as_node_str(run, "engine", ""), origin->engine_sha256) &&
            put_input(w, "stdlib", "stdlib", as_node_str(run, "stdlib_sha256", NULL));
  for (const as_node *p = items(run, "packs"); ok && p; p = p->next)
    ok = put_input(w, "pack", as_node_str(p, "name", ""), as_node_str(p, "sha256", NULL));
  for (const as_node *d = items(result, "documents"); ok && d; d = d->next)
    ok = put_input(w, "document", as_node_str(d, "path", ""), as_node_str(d, "sha256", NULL));
  for (const as_node *r = items(result, "requirements"); ok && r; r = r->next) {
    const as_node *rule = as_node_get(r, "rule");
    as_buf path = {0};
    if (!rule)
      continue;
    as_buf_printf(&path, "%s/%s", as_node_str(rule, "pack", ""), as_node_str(rule, "path", ""));
    ok = put_input(w, "rule", path.data, as_node_str(rule, "sha256", NULL));
    as_buf_free(&path);
  }
  return ok;
}

static bool put_findings(writing *w, const char *id, const as_node *check) {
  int64_t position = 0;
  bool ok = true;
  for (const as_node *f = items(check, "findings"); ok && f; f = f->next) {
    begin(w, INSERT_FINDING);
    text(w, 2, id);
    member(w, 3, check, "name");
    sqlite3_bind_int64(w->statement, 4, ++position);
    member(w, 5, f, "key");
    member(w, 6, f, "kind");
    member(w, 7, f, "document");
    integer(w, 8, f, "line");
    member(w, 9, f, "grade");
    member(w, 10, f, "message");
    member(w, 11, f, "excepted_by");
    ok = end(w);
  }
  return ok;
}

static bool put_checks(writing *w, const as_node *requirement) {
  const char *id = as_node_str(requirement, "id", "");
  int64_t position = 0;
  bool ok = true;
  for (const as_node *c = items(requirement, "checks"); ok && c; c = c->next) {
    begin(w, INSERT_CHECK);
    text(w, 2, id);
    member(w, 3, c, "name");
    sqlite3_bind_int64(w->statement, 4, ++position);
    member(w, 5, c, "status");
    member(w, 6, c, "severity");
    member(w, 7, c, "tests");
    integer(w, 8, c, "population");
    integer(w, 9, c, "tested");
    integer(w, 10, c, "failed");
    member(w, 11, c, "reason");
    ok = end(w) && put_findings(w, id, c);
  }
  return ok;
}

static bool put_requirements(writing *w, const as_node *result) {
  bool ok = true;
  for (const as_node *r = items(result, "requirements"); ok && r; r = r->next) {
    begin(w, INSERT_REQUIREMENT);
    member(w, 2, r, "id");
    member(w, 3, r, "title");
    member(w, 4, r, "theme");
    member(w, 5, r, "status");
    real(w, 6, r, "score");
    real(w, 7, r, "credit");
    member(w, 8, r, "reason");
    ok = end(w) && put_checks(w, r);
  }
  return ok;
}

static bool put_risks(writing *w, const as_node *result) {
  int64_t position = 0;
  bool ok = true;
  for (const as_node *r = items(result, "risks"); ok && r; r = r->next) {
    const as_node *residual = as_node_get(r, "residual");
    begin(w, INSERT_RISK);
    sqlite3_bind_int64(w->statement, 2, ++position);
    member(w, 3, r, "id");
    member(w, 4, r, "title");
    real(w, 5, as_node_get(r, "inherent"), "score");
    real(w, 6, residual, "score");
    real(w, 7, residual, "raw");
    member(w, 8, residual, "level");
    real(w, 9, r, "stated");
    member(w, 10, r, "model");
    ok = end(w);
  }
  return ok;
}

static bool put_run(writing *w, const as_node *result, const as_buf *json) {
  const as_node *run = as_node_get(result, "run"), *summary = as_node_get(result, "summary");
  const as_node *grades = as_node_get(summary, "grades"), *packs = as_node_get(run, "packs");
  static const char *const counted[] = {"major_nc", "minor_nc", "observation", "ofi"};
  begin(w, INSERT_RUN);
  text(w, 1, as_node_str(run, "bundle", ""));
  text(w, 2, as_node_str(run, "as_of", ""));
  text(w, 3, as_node_str(run, "digest", ""));
  real(w, 4, summary, "effectiveness");
  real(w, 5, summary, "coverage");
  real(w, 6, summary, "assurance");
  for (int i = 0; i < 4; i++)
    sqlite3_bind_int64(w->statement, 7 + i, as_node_integer(grades, counted[i], 0));
  sqlite3_bind_int(w->statement, 11, as_node_boolean(run, "incomplete", false));
  text(w, 12, as_node_str(run, "engine", ""));
  text(w, 13, packs && packs->first ? as_node_str(packs->first, "name", "") : "");
  sqlite3_bind_text64(w->statement, 14, json->data, json->len, SQLITE_STATIC, SQLITE_UTF8);
  if (!end(w))
    return false;
  w->run = sqlite3_last_insert_rowid(w->store->db);
  return true;
}

int64_t as_store_put(as_store *store, const as_node *result, const as_store_origin *origin, as_diags *diags) {
  writing w = {.store = store};
  as_buf json = {0};
  as_node_json(result, 0, &json);
  if (!sqlite3_get_autocommit(store->db)) /* the rollback of the run before failed as well */
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  w.rc = sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  bool ok = w.rc == SQLITE_OK && put_run(&w, result, &json) && put_inputs(&w, result, origin) && put_requirements(&w, result) && put_risks(&w, result);
  if (ok) {
    w.rc = sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
    ok = w.rc == SQLITE_OK;
  }
  for (int i = 0; i < STATEMENTS; i++) {
    sqlite3_reset(store->statements[i]);
    sqlite3_clear_bindings(store->statements[i]);
  }
  if (!ok) {
    as_store_failed(store, w.rc, "take this run", diags);
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  }
  as_buf_free(&json);
  return ok ? w.run : 0;
}
