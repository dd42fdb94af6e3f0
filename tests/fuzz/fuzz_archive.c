/* Archives: tar, zip, and tar that is packed. Whatever the bytes are: no path leaves the bundle or is there twice, what is read
 * stays within the limits, and is the same when it is read again. The input: flags, then the archive. */
#include "fuzz_model.h"
#include "model/files.h"

static as_limits limits_of(bool small) {
  as_limits limits = as_limits_default;
  limits.bundle_bytes = limits.archive_bytes = limits.file_bytes = 1 << 20;
  if (!small) return limits;
  limits.bundle_bytes = 4096;
  limits.members = 4;
  return limits;
}

static void check_path(const char *path, const char *before) {
  FUZZ_CHECK(*path && *path != '/' && path[strlen(path) - 1] != '/');
  FUZZ_CHECK(as_utf8_valid(as_str_of(path), NULL));
  FUZZ_CHECK(!before || strcmp(before, path) < 0);
  for (const char *part = path; part; part = strchr(part, '/')) {
    part += *part == '/';
    size_t n = strcspn(part, "/");
    FUZZ_CHECK(n > 0 && !(n == 1 && *part == '.') && !(n == 2 && memcmp(part, "..", 2) == 0));
  }
}

static void read_all(as_files *files, const as_limits *limits) {
  const as_paths *paths = as_files_paths(files);
  uint64_t total = 0;
  FUZZ_CHECK(paths->count <= limits->members);
  for (size_t i = 0; i < paths->count; i++) {
    as_buf once = {0}, again = {0};
    const char *why = NULL;
    check_path(paths->paths[i], i ? paths->paths[i - 1] : NULL);
    FUZZ_CHECK(as_files_type(files, paths->paths[i]) != AS_FILE_ABSENT);
    bool ok = as_files_read(files, paths->paths[i], limits->file_bytes, &once, &why);
    if (ok && as_files_good(files) && as_files_read(files, paths->paths[i], limits->file_bytes, &again, &why) && as_files_good(files))
      FUZZ_CHECK(once.len == again.len && (!once.len || memcmp(once.data, again.data, once.len) == 0));
    if (ok) total += once.len;
    as_buf_free(&once);
    as_buf_free(&again);
  }
  FUZZ_CHECK(!as_files_good(files) || total <= limits->bundle_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  unsigned flags = fuzz_byte(&data, &size);
  as_limits limits = limits_of(flags & 1);
  as_diags *diags = as_diags_new();
  as_sink sink;
  as_sink_open(&sink, diags, false, "a.tar", (as_str){NULL, 0});
  as_buf exact = fuzz_text(data, size);
  as_files *files = as_files_archive(-1, (as_str){exact.data, exact.len}, &limits, &sink);
  FUZZ_CHECK(files || as_diags_errors(diags) > 0);
  if (files) read_all(files, &limits);
  FUZZ_CHECK(!files || as_files_good(files) || as_diags_errors(diags) > 0);
  as_files_free(files);
  as_sink_close(&sink);
  fuzz_check_diags(diags);
  as_diags_free(diags);
  as_buf_free(&exact);
  return 0;
}
