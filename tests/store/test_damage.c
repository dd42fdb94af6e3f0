/* Stores that something else has written to: bytes flipped at 100 places, cut off, with pages swapped, of a newer version, with
 * a journal that is not ours. Reading and writing them ends in a message or goes well; nothing else may happen. */
#include "runs.h"

enum { RUNS = 8, PLACES = 100 };

static char whole[96], path[96];
static uint64_t seed = 20260630;

static uint64_t chance(uint64_t below) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (seed >> 33) % below;
}

static void check_told(const as_diags *diags, const char *what) {
  CHECK(as_diags_errors(diags) > 0, "%s: nothing was said", what);
  for (size_t i = 0; i < as_diags_count(diags); i++) {
    const as_diag *d = as_diags_at(diags, i);
    CHECK(strncmp(d->code, "E08", 3) == 0 && d->message[0], "%s: %s %s", what, d->code, d->message);
  }
}

static void count_run(void *ctx, const as_store_run *run) {
  CHECK(run->bundle && run->as_of && run->digest && run->stored_at, "texts of a run");
  ++*(int *)ctx;
}

typedef struct {
  int refused, told, fine, stored;
} counts;

/* Goes through everything that commands do with a store. */
static void use(const char *what, counts *found) {
  as_diags *diags = as_diags_new();
  bool missing;
  int runs = 0;
  as_store *store = as_store_open_read(path, &missing, diags);
  bool refused = !store;
  if (!store) check_told(diags, what);
  bool good = store && as_store_history(store, NULL, 0, count_run, &runs, diags);
  for (int i = 0; store && i <= RUNS; i++) {
    as_buf json = {0};
    good = as_store_load(store, i, &json, &missing, diags) && good;
    as_buf_free(&json);
  }
  as_store_close(store);
  if (!good) check_told(diags, what);
  as_diags_free(diags);
  diags = as_diags_new();
  store = as_store_open(path, diags);
  bool stored = store && runs_put(store, RUNS + 1, diags) > 0;
  if (!stored) check_told(diags, what);
  as_store_close(store);
  as_diags_free(diags);
  found->refused += refused;
  found->told += !refused && !good;
  found->fine += good;
  found->stored += stored;
}

static as_buf bytes;

static void put_bytes(const char *to, const void *from, size_t n) {
  unlink(to);
  FILE *out = fopen(to, "wb");
  CHECK(out && fwrite(from, 1, n, out) == n && fclose(out) == 0, "%s", to);
}

static void try_bytes(const char *what, counts *found) {
  char journal[128];
  snprintf(journal, sizeof journal, "%s-journal", path);
  unlink(journal);
  put_bytes(path, bytes.data, bytes.len);
  use(what, found);
}

static void original(void) {
  const char *why;
  as_buf_free(&bytes);
  CHECK(as_file_read(AT_FDCWD, whole, 1 << 24, &bytes, &why), "%s", why);
}

static void flips(counts *found) {
  for (int i = 0; i < PLACES; i++) {
    original();
    uint64_t page = chance(bytes.len / 4096), within = chance(2) ? chance(4096) : chance(200); /* heads of pages more often */
    bytes.data[page * 4096 + within] ^= (char)(1 + chance(255));
    char what[64];
    snprintf(what, sizeof what, "a flip in page %u at %u", (unsigned)page, (unsigned)within);
    try_bytes(what, found);
  }
}

static void wounds(counts *found) {
  for (int i = 0; i < PLACES / 4; i++) {
    original();
    bytes.len = chance(bytes.len);
    try_bytes("cut off", found);
    original();
    size_t pages = bytes.len / 4096, a = chance(pages), b = chance(pages);
    char page[4096];
    memcpy(page, bytes.data + a * 4096, 4096);
    memcpy(bytes.data + a * 4096, bytes.data + b * 4096, 4096);
    memcpy(bytes.data + b * 4096, page, 4096);
    try_bytes("two pages swapped", found);
    original();
    for (size_t k = 0, at = chance(bytes.len - 600); k < 512; k++) bytes.data[at + k] = (char)chance(256);
    try_bytes("512 bytes of noise", found);
  }
}

static void expect(const char *code, const char *what) {
  as_diags *diags = as_diags_new();
  bool missing;
  original();
  as_buf before = {0}, after = {0};
  const char *why;
  CHECK(as_file_read(AT_FDCWD, path, 1 << 24, &before, &why), "%s", why);
  for (int writing = 0; writing < 2; writing++) {
    as_store *store = writing ? as_store_open(path, diags) : as_store_open_read(path, &missing, diags);
    CHECK(!store && strcmp(as_diags_at(diags, as_diags_count(diags) - 1)->code, code) == 0, "%s gives %s", what, runs_said(diags));
  }
  CHECK(as_file_read(AT_FDCWD, path, 1 << 24, &after, &why), "%s", why);
  CHECK(before.len == after.len && memcmp(before.data, after.data, after.len) == 0, "%s: it was changed", what);
  as_buf_free(&before);
  as_buf_free(&after);
  as_diags_free(diags);
}

static void newer(void) {
  sqlite3 *db;
  original();
  put_bytes(path, bytes.data, bytes.len);
  CHECK(sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL) == SQLITE_OK, "user_version");
  sqlite3_close(db);
  expect("E0806", "a store of a newer version");
}

/* A journal may name a file that is deleted after the rollback: one that does is not touched, nor is what it names. */
static void forged_journal(const char *folder) {
  static const unsigned char head[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 16, 0};
  char journal[128], victim[128];
  snprintf(journal, sizeof journal, "%s-journal", path);
  snprintf(victim, sizeof victim, "%s/precious", folder);
  as_buf forged = {0};
  as_buf_add(&forged, head, sizeof head);
  while (forged.len < 512) as_buf_addc(&forged, 0);
  unsigned char word[4] = {0, 0, 0, 0}; /* the page that says that a name follows */
  as_buf_add(&forged, word, 4);
  as_buf_adds(&forged, victim);
  uint32_t sum = 0, n = (uint32_t)strlen(victim);
  for (uint32_t i = 0; i < n; i++) sum += (unsigned char)victim[i];
  for (int k = 0; k < 2; k++) {
    uint32_t v = k ? sum : n;
    for (int shift = 24; shift >= 0; shift -= 8) as_buf_addc(&forged, (char)(v >> shift & 0xff));
  }
  as_buf_add(&forged, head, 8);
  original();
  put_bytes(path, bytes.data, bytes.len);
  put_bytes(journal, forged.data, forged.len);
  put_bytes(victim, "precious", 8);
  expect("E0807", "a journal that names another file");
  CHECK(access(victim, F_OK) == 0 && access(journal, F_OK) == 0, "a file was deleted");
  unlink(journal);
  CHECK(symlink(victim, journal) == 0, "symlink");
  expect("E0807", "a journal that is a link");
  unlink(journal);
  as_buf_free(&forged);
}

int main(void) {
  const char *folder = runs_folder();
  snprintf(whole, sizeof whole, "%s/whole.db", folder);
  snprintf(path, sizeof path, "%s/runs.db", folder);
  as_diags *diags = as_diags_new();
  as_store *store = as_store_open(whole, diags);
  for (int i = 1; i <= RUNS; i++) CHECK(runs_put(store, i, diags) == i, "%s", runs_said(diags));
  as_store_close(store);
  as_diags_free(diags);
  counts flipped = {0}, wounded = {0};
  flips(&flipped);
  wounds(&wounded);
  newer();
  forged_journal(folder);
  printf("1..4\nok 1 - bytes flipped at %d places: %d refused, %d told while reading, %d read without a fault, %d took another run\n", PLACES, flipped.refused,
         flipped.told, flipped.fine, flipped.stored);
  printf("ok 2 - cut off, pages swapped, noise: %d refused, %d told while reading, %d read without a fault, %d took another run\n", wounded.refused, wounded.told,
         wounded.fine, wounded.stored);
  printf("ok 3 - a newer version is left alone\nok 4 - a journal that would delete another file is left alone\n");
  as_buf_free(&bytes);
  return 0;
}
