/* The tables of the store, as steps from version to version. Each step is one exclusive transaction; a released step is
 * never changed, only followed by another. */
#include "store/internal.h"

static const char step_1[] =
    "CREATE TABLE runs (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  bundle TEXT NOT NULL,\n"
    "  as_of TEXT NOT NULL,\n"
    "  digest TEXT NOT NULL,\n"
    "  effectiveness REAL,\n"
    "  coverage REAL,\n"
    "  assurance REAL,\n"
    "  major_nc INTEGER NOT NULL,\n"
    "  minor_nc INTEGER NOT NULL,\n"
    "  observation INTEGER NOT NULL,\n"
    "  ofi INTEGER NOT NULL,\n"
    "  incomplete INTEGER NOT NULL CHECK (incomplete IN (0, 1)),\n"
    "  engine TEXT NOT NULL,\n"
    "  pack TEXT NOT NULL,\n"
    "  stored_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),\n"
    "  result TEXT NOT NULL\n"
    ") STRICT;\n"
    "CREATE INDEX runs_of_bundle ON runs (bundle, id);\n"
    "CREATE TABLE inputs (\n"
    "  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,\n"
    "  role TEXT NOT NULL CHECK (role IN ('document', 'rule', 'pack', 'stdlib', 'engine')),\n"
    "  path TEXT NOT NULL,\n"
    "  sha256 TEXT,\n"
    "  PRIMARY KEY (run, role, path)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE requirements (\n"
    "  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,\n"
    "  id TEXT NOT NULL,\n"
    "  title TEXT,\n"
    "  theme TEXT,\n"
    "  status TEXT NOT NULL,\n"
    "  score REAL,\n"
    "  credit REAL,\n"
    "  reason TEXT,\n"
    "  PRIMARY KEY (run, id)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE checks (\n"
    "  run INTEGER NOT NULL,\n"
    "  requirement TEXT NOT NULL,\n"
    "  name TEXT NOT NULL,\n"
    "  position INTEGER NOT NULL,\n"
    "  status TEXT NOT NULL,\n"
    "  severity TEXT,\n"
    "  tests TEXT,\n"
    "  population INTEGER,\n"
    "  tested INTEGER,\n"
    "  failed INTEGER,\n"
    "  reason TEXT,\n"
    "  PRIMARY KEY (run, requirement, name),\n"
    "  FOREIGN KEY (run, requirement) REFERENCES requirements (run, id) ON DELETE CASCADE\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE findings (\n"
    "  run INTEGER NOT NULL,\n"
    "  requirement TEXT NOT NULL,\n"
    "  check_name TEXT NOT NULL,\n"
    "  position INTEGER NOT NULL,\n"
    "  key TEXT,\n"
    "  kind TEXT,\n"
    "  document TEXT,\n"
    "  line INTEGER,\n"
    "  grade TEXT,\n"
    "  message TEXT NOT NULL,\n"
    "  excepted_by TEXT,\n"
    "  PRIMARY KEY (run, requirement, check_name, position),\n"
    "  FOREIGN KEY (run, requirement, check_name) REFERENCES checks (run, requirement, name) ON DELETE CASCADE\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE risks (\n"
    "  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,\n"
    "  position INTEGER NOT NULL,\n"
    "  id TEXT NOT NULL,\n"
    "  title TEXT,\n"
    "  inherent REAL,\n"
    "  residual REAL,\n"
    "  raw REAL,\n"
    "  level TEXT,\n"
    "  stated REAL,\n"
    "  model TEXT,\n"
    "  PRIMARY KEY (run, position)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "PRAGMA user_version = 1;\n";

/* steps[v] leads from version v to v + 1 and sets user_version. */
static const char *const steps[AS_STORE_VERSION] = {step_1};

bool as_store_known(as_store *store, int *version, as_diags *diags) {
  int64_t application = 0, user = 0, tables = 0;
  if (!as_store_number(store, "PRAGMA application_id", &application) || !as_store_number(store, "PRAGMA user_version", &user) ||
      !as_store_number(store, "SELECT count(*) FROM sqlite_schema", &tables))
    return as_store_failed(store, sqlite3_errcode(store->db), "be read", diags);
  if (application == 0 && user == 0 && tables == 0) {
    *version = 0;
    return true;
  }
  if (application != AS_STORE_APPLICATION || user < 1) {
    as_diags_add(diags, "E0805", AS_ERROR, store->path, 0, 0, "name another file with --store; this one is left alone",
                 "this is a database of another program, not a store of assay");
    return false;
  }
  if (user > AS_STORE_VERSION) {
    as_diags_add(diags, "E0806", AS_ERROR, store->path, 0, 0, "use the newer assay that wrote it, or another --store",
                 "the store has version %lld, this assay knows versions up to %d", (long long)user, AS_STORE_VERSION);
    return false;
  }
  *version = (int)user;
  return true;
}

/* The step runs whole or not at all; where it fails, the file is as it was. */
static bool climb(as_store *store, int version, as_diags *diags) {
  int rc = sqlite3_exec(store->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
  if (rc == SQLITE_OK && version == 0)
    rc = sqlite3_exec(store->db, "PRAGMA application_id = 1095979865", NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_exec(store->db, steps[version], NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    return true;
  as_store_failed(store, rc, "be brought up to date", diags);
  sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  return false;
}

bool as_store_migrate(as_store *store, as_diags *diags) {
  _Static_assert(AS_STORE_APPLICATION == 1095979865, "the number that climb writes");
  int version;
  if (!as_store_known(store, &version, diags))
    return false;
  for (; version < AS_STORE_VERSION; version++)
    if (!climb(store, version, diags))
      return false;
  return true;
}
