/* Hashes the stdlib. Must not load anything of it. */
#include "eval/stdlib.h"

#include <fcntl.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"

#define FILES 10000u
#define FILE_BYTES ((uint64_t)64 << 20)

static bool is_hashed(const char *path) {
  size_t n = strlen(path);
  return ((n > 4 && strcmp(path + n - 4, ".lua") == 0) || (n > 5 && strcmp(path + n - 5, ".yaml") == 0)) && strncmp(path, "types/", 6) != 0;
}

void as_stdlib_hash(const char *folder, char out[65]) {
  const char *why = NULL;
  as_paths paths = {0};
  as_buf lines = {0}, text = {0}, path = {0};
  out[0] = '\0';
  if (!folder || !as_file_walk(folder, FILES, &paths, NULL))
    return;
  for (size_t i = 0; i < paths.count; i++) {
    char hex[65];
    if (!is_hashed(paths.paths[i]))
      continue;
    path.len = 0;
    as_buf_printf(&path, "%s/%s", folder, paths.paths[i]);
    bool read = as_file_read(AT_FDCWD, path.data, FILE_BYTES, &text, &why);
    as_sha256_hex(text.data, read ? text.len : 0, hex);
    as_buf_add(&lines, paths.paths[i], strlen(paths.paths[i]) + 1);
    as_buf_printf(&lines, "%s\n", hex);
    as_buf_free(&text);
  }
  as_sha256_hex(lines.data, lines.len, out);
  as_buf_free(&path);
  as_buf_free(&lines);
  as_paths_free(&paths);
}
