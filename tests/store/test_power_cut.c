/* Power cuts: everything that SQLite does to the disk while a few runs are stored is recorded; then, for every moment in
 * between, the files are made as a power cut at that moment may have left them, the store is opened, and looked at.
 *
 * What was synced is there. What was written since then is there, or not, or in part: sectors of 512 bytes in any choice
 * (which is reordering and tearing at once). A file that was made is there for certain once its folder was synced, which
 * SQLite does with the first sync of a new journal. */
#include "runs.h"

enum { RUNS = 6, SECTOR = 512, MOST = 1 << 20 };

typedef struct {
  unsigned char *bytes;
  int64_t size;
  bool there;
} image;

typedef enum { DROPPED, APPLIED, TORN } variant;

static uint64_t seed;
static bool coin(void) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return seed >> 63;
}

static void write_sectors(image *file, const vfs_op *op, variant how) {
  int64_t at = op->offset, end = op->offset + (int64_t)op->n;
  while (at < end) {
    int64_t next = (at / SECTOR + 1) * SECTOR < end ? (at / SECTOR + 1) * SECTOR : end;
    if (how == APPLIED || (how == TORN && coin())) {
      CHECK(next <= MOST, "the store is larger than expected");
      if (file->size < next) {
        memset(file->bytes + file->size, 0, (size_t)(next - file->size));
        file->size = next;
      }
      memcpy(file->bytes + at, op->bytes + (at - op->offset), (size_t)(next - at));
    }
    at = next;
  }
}

static void apply(image *file, const vfs_op *op, variant how) {
  if (op->kind == VFS_WRITE) write_sectors(file, op, how);
  if (op->kind == VFS_TRUNCATE && (how == APPLIED || (how == TORN && coin()))) {
    if (op->offset > file->size) memset(file->bytes + file->size, 0, (size_t)(op->offset - file->size));
    file->size = op->offset;
  }
}

/* The index of the last sync of `file` before the cut, or -1. */
static int64_t last_sync(const vfs_op *ops, size_t cut, int file) {
  int64_t last = -1;
  for (size_t i = 0; i < cut; i++)
    if (ops[i].kind == VFS_SYNC && ops[i].file == file) last = (int64_t)i;
  return last;
}

/* Whether the name of the file outlasts the cut: a sync of a new journal after it was made takes the folder with it. */
static bool is_named(const vfs_op *ops, size_t cut, int file, variant how) {
  bool made = false, kept = false;
  for (size_t i = 0; i < cut; i++) {
    made = made || (ops[i].kind == VFS_CREATE && ops[i].file == file);
    kept = kept || (made && ops[i].kind == VFS_SYNC && ops[i].file == 1);
  }
  return made && (kept || how == APPLIED || (how == TORN && coin()));
}

static void build(const vfs_op *ops, size_t cut, variant how, image files[2]) {
  for (int f = 0; f < 2; f++) {
    files[f].size = 0;
    files[f].there = is_named(ops, cut, f, how);
    int64_t synced = last_sync(ops, cut, f);
    for (size_t i = 0; i < cut; i++)
      if (ops[i].file == f) apply(&files[f], &ops[i], (int64_t)i <= synced ? APPLIED : how);
  }
}

static void put_files(const image files[2], const char *path) {
  for (int f = 0; f < 2; f++) {
    char name[128];
    snprintf(name, sizeof name, "%s%s", path, f ? "-journal" : "");
    unlink(name);
    if (!files[f].there) continue;
    FILE *out = fopen(name, "wb");
    CHECK(out && fwrite(files[f].bytes, 1, (size_t)files[f].size, out) == (size_t)files[f].size && fclose(out) == 0, "%s", name);
  }
}

/* Opens the store as the next evaluation would, and gives the number of its runs. */
static int reopen(const char *path, size_t cut, int how) {
  as_diags *diags = as_diags_new();
  as_store *store = as_store_open(path, diags);
  CHECK(store, "after a cut at %zu (%d) the store cannot be opened: %s", cut, how, runs_said(diags));
  as_store_close(store);
  as_diags_free(diags);
  return runs_check(path);
}

static void record_runs(const char *path) {
  as_diags *diags = as_diags_new();
  vfs_record(true);
  for (int i = 1; i <= RUNS; i++) {
    as_store *store = as_store_open(path, diags);
    CHECK(store, "%s", runs_said(diags));
    CHECK(runs_put(store, i, diags) == i, "run %d", i);
    vfs_mark(i);
    if (i % 2) { /* two in one opening */
      i++;
      CHECK(runs_put(store, i, diags) == i, "run %d", i);
    }
    vfs_mark(i);
    as_store_close(store);
  }
  vfs_record(false);
  as_diags_free(diags);
}

int main(void) {
  const char *folder = runs_folder();
  char path[96], cut_path[96];
  snprintf(path, sizeof path, "%s/first.db", folder);
  snprintf(cut_path, sizeof cut_path, "%s/cut.db", folder);
  vfs_install();
  record_runs(path);
  size_t count, states = 0, lost = 0;
  const vfs_op *ops = vfs_ops(&count);
  image files[2] = {{.bytes = calloc(1, MOST)}, {.bytes = calloc(1, MOST)}};
  CHECK(files[0].bytes && files[1].bytes, "no memory");
  static const variant variants[] = {DROPPED, APPLIED, TORN, TORN, TORN};
  int stored = 0;
  for (size_t cut = 0; cut <= count; cut++) {
    if (cut && ops[cut - 1].kind == VFS_MARK) {
      stored = ops[cut - 1].file;
      continue;
    }
    for (size_t v = 0; v < sizeof variants / sizeof *variants; v++) {
      seed = cut * 1000 + v + 1;
      build(ops, cut, variants[v], files);
      put_files(files, cut_path);
      int found = reopen(cut_path, cut, (int)v);
      CHECK(found >= stored, "a cut at %zu (%zu) lost a run: %d of %d are there", cut, v, found, stored);
      CHECK(found <= stored + 1, "a cut at %zu (%zu): %d runs, but only %d and one were begun", cut, v, found, stored);
      lost += found == stored;
      states++;
    }
  }
  CHECK(stored == RUNS && states >= 200, "%zu states", states);
  free(files[0].bytes);
  free(files[1].bytes);
  vfs_forget();
  printf("1..1\nok 1 - %zu states after a power cut in %zu steps of %d runs: none damaged, no stored run lost (%zu without the run under way)\n", states, count,
         RUNS, lost);
  return 0;
}
