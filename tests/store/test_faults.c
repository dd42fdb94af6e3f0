/* Faults: every call that SQLite makes of the disk, and every piece of memory that it asks for, fails once, and once from
 * then on. Whatever fails, a diagnostic E08xx says so, the runs that were stored are there, the one under way is whole or not
 * there, and a run can be stored again as soon as nothing fails any more. */
#include "runs.h"

enum { BEFORE = 2 };

/* ---- memory of SQLite ---- */

static sqlite3_mem_methods usual;
static uint64_t memory_at, memory_calls;
static bool memory_ever;

static bool memory_fails(void) {
  memory_calls++;
  return memory_at && (memory_calls == memory_at || (memory_ever && memory_calls > memory_at));
}
static void *failing_malloc(int n) { return memory_fails() ? NULL : usual.xMalloc(n); }
static void *failing_realloc(void *p, int n) { return memory_fails() ? NULL : usual.xRealloc(p, n); }

static void fail_memory(uint64_t n, bool ever) {
  memory_at = n;
  memory_calls = 0;
  memory_ever = ever;
}

static void install_memory(void) {
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual);
  sqlite3_mem_methods methods = usual;
  methods.xMalloc = failing_malloc;
  methods.xRealloc = failing_realloc;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}

/* ---- what is tried ---- */

typedef struct {
  const char *name;
  bool fresh, memory, ever;
  vfs_fault fault;
} trial;

typedef struct {
  size_t cases, refused, full, kept;
} counts;

static char before[96], path[96];

static void fail(const trial *t, uint64_t n) {
  if (t->memory)
    fail_memory(n, t->ever);
  else
    vfs_fail(n, t->fault, t->ever);
}

static void check_said(const trial *t, uint64_t n, const as_diags *diags) {
  CHECK(as_diags_errors(diags) > 0, "%s %llu: nothing was said", t->name, (unsigned long long)n);
  for (size_t i = 0; i < as_diags_count(diags); i++) {
    const as_diag *d = as_diags_at(diags, i);
    CHECK(strncmp(d->code, "E08", 3) == 0 && strlen(d->message) > 20, "%s %llu: %s %s", t->name, (unsigned long long)n, d->code, d->message);
  }
}

/* One evaluation's worth of storing, with the n-th call failing. False where no call was left to fail. */
static bool attempt(const trial *t, uint64_t n, counts *found) {
  unlink(path);
  if (!t->fresh) runs_copy(before, path);
  char journal[128];
  snprintf(journal, sizeof journal, "%s-journal", path);
  unlink(journal);
  as_diags *diags = as_diags_new();
  int there = t->fresh ? 0 : BEFORE;
  bool stored = false;
  fail(t, n);
  as_store *store = as_store_open(path, diags);
  if (store) stored = runs_put(store, there + 1, diags) > 0;
  uint64_t calls = t->memory ? memory_calls : vfs_calls();
  fail(t, 0);
  if (!stored) check_said(t, n, diags);
  found->cases++;
  found->refused += !stored;
  found->full += !stored && strcmp(as_diags_at(diags, 0)->code, "E0808") == 0;
  as_diags_free(diags);
  /* The same opening goes on, where there is one; then a new one. */
  diags = as_diags_new();
  if (store && !stored) {
    int64_t id = runs_put(store, there + 1, diags);
    if (id == there + 2) found->kept++; /* the failure came behind the point of no return: it is there, whole */
    CHECK(id == there + 1 || id == there + 2, "%s %llu: nothing can be stored afterwards: %s", t->name, (unsigned long long)n, runs_said(diags));
    as_store_close(store);
    if (id == there + 2) { /* twice the same run: only its number differs */
      as_diags_free(diags);
      return calls >= n;
    }
    stored = true;
  } else {
    as_store_close(store);
  }
  store = as_store_open(path, diags);
  CHECK(store, "%s %llu: the store cannot be opened again: %s", t->name, (unsigned long long)n, runs_said(diags));
  as_store_close(store);
  int runs = runs_check(path);
  CHECK(runs == there + stored, "%s %llu: %d runs, not %d", t->name, (unsigned long long)n, runs, there + stored);
  as_diags_free(diags);
  return calls >= n;
}

int main(void) {
  static const trial trials[] = {
      {"memory, once", false, true, false, VFS_FULL},      {"memory, for good", false, true, true, VFS_FULL},
      {"full disk, once", false, false, false, VFS_FULL},  {"full disk, for good", false, false, true, VFS_FULL},
      {"half a write", false, false, false, VFS_SHORT},    {"half a write, for good", false, false, true, VFS_SHORT},
      {"broken disk, once", false, false, false, VFS_EIO}, {"broken disk, for good", false, false, true, VFS_EIO},
      {"memory, new store", true, true, false, VFS_FULL},  {"full disk, new store", true, false, true, VFS_SHORT},
      {"broken disk, new store", true, false, true, VFS_EIO}, {"broken disk once, new store", true, false, false, VFS_EIO},
  };
  enum { TRIALS = sizeof trials / sizeof *trials };
  install_memory();
  vfs_install();
  const char *folder = runs_folder();
  snprintf(before, sizeof before, "%s/before.db", folder);
  snprintf(path, sizeof path, "%s/runs.db", folder);
  as_diags *diags = as_diags_new();
  as_store *store = as_store_open(before, diags);
  for (int i = 1; i <= BEFORE; i++) CHECK(runs_put(store, i, diags) == i, "%s", runs_said(diags));
  as_store_close(store);
  as_diags_free(diags);
  const char *every = getenv("ASSAY_OOM_STRIDE"); /* of memory, of which there are thousands */
  uint64_t stride = every ? strtoull(every, NULL, 10) : 7;
  printf("1..%d\n", TRIALS);
  for (int i = 0; i < TRIALS; i++) {
    counts tally = {0};
    for (uint64_t n = 1; attempt(&trials[i], n, &tally); n += trials[i].memory && stride ? stride : 1) continue;
    CHECK(tally.refused > 0, "%s: nothing ever failed", trials[i].name);
    CHECK(strncmp(trials[i].name, "full", 4) != 0 || tally.full > 0, "%s is never called that", trials[i].name);
    printf("ok %d - %s: %zu cases, %zu refused, %zu of them told as a full disk, %zu stored nevertheless\n", i + 1, trials[i].name, tally.cases, tally.refused,
           tally.full, tally.kept);
    fflush(stdout);
  }
  return 0;
}
