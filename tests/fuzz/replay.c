/* The fuzz targets without a fuzzer: feeds every file of the folders and files that are given, and prints TAP, one line
 * for each. Without arguments: the seeds and regressions of the target that this program is named after. */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

static size_t fed;

static void feed(const char *path) {
  as_buf bytes = {0};
  const char *why = NULL;
  if (!as_file_read(AT_FDCWD, path, 64 << 20, &bytes, &why)) {
    printf("Bail out! %s: %s\n", path, why ? why : strerror(errno));
    exit(1);
  }
  uint8_t *exact = as_alloc(bytes.len); /* reading behind the input is seen */
  if (bytes.len) memcpy(exact, bytes.data, bytes.len);
  size_t n = bytes.len;
  as_buf_free(&bytes);
  printf("# %s\n", path);
  fflush(stdout); /* the last one told is the one that fails */
  LLVMFuzzerTestOneInput(exact, n);
  as_free(exact);
  fed++;
}

static void feed_folder(const char *dir) {
  as_paths paths = {0};
  if (!as_file_walk(dir, 100000, &paths, NULL)) return;
  for (size_t i = 0; i < paths.count; i++) {
    as_buf path = {0};
    as_buf_printf(&path, "%s/%s", dir, paths.paths[i]);
    feed(path.data);
    as_buf_free(&path);
  }
  as_paths_free(&paths);
}

int main(int argc, char **argv) {
  const char *slash = strrchr(argv[0], '/'), *name = slash ? slash + 1 : argv[0];
  as_buf seeds = {0}, regressions = {0};
  as_buf_printf(&seeds, "%.*s/seeds/%s", slash ? (int)(slash - argv[0]) : 1, slash ? argv[0] : ".", name);
  as_buf_printf(&regressions, "tests/fuzz/regressions/%s", name);
  const char *const usual[] = {seeds.data, regressions.data};
  const char *const *paths = argc > 1 ? (const char *const *)argv + 1 : usual;
  int n = argc > 1 ? argc - 1 : 2;
  printf("1..%d\n", n);
  for (int i = 0; i < n; i++) {
    struct stat st;
    fed = 0;
    if (stat(paths[i], &st) == 0 && S_ISDIR(st.st_mode)) feed_folder(paths[i]);
    else if (argc > 1) feed(paths[i]);
    printf("ok %d - %s: %zu inputs of %s\n", i + 1, name, fed, i == 0 && argc == 1 ? "the seeds" : paths[i]);
  }
  as_buf_free(&seeds);
  as_buf_free(&regressions);
  return 0;
}
