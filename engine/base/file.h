/* Files: safe reading of regular files, sorted walks of folders, whole-or-nothing writing. */
#ifndef AS_BASE_FILE_H
#define AS_BASE_FILE_H

#include "base/diag.h"

/* Room behind every text that was read, for readers that look ahead (simdjson). Zeroed. */
#define AS_TEXT_PADDING 64

/* Reads the regular file `path` (relative to the open folder `dirfd`, or AT_FDCWD) whole.
 * With a dirfd other than AT_FDCWD no symbolic link and no `..` leads out of it (openat2,
 * RESOLVE_BENEATH). Never opens a FIFO or device. Gives buf, which the caller frees; there are
 * AS_TEXT_PADDING zero bytes behind buf->len. False with errno set and *why (static text). */
bool as_file_read(int dirfd, const char *path, uint64_t max_bytes, as_buf *buf, const char **why);

typedef struct {
  char **paths; /* relative to the folder, '/' between parts, sorted bytewise */
  size_t count;
} as_paths;

/* All regular files below `dir`, without following links; names that begin with '.' are left
 * out. Links and devices are reported to `diags` as warnings where given, folders that cannot be
 * read as errors. Free with as_paths_free. False with errno where `dir` itself cannot be read,
 * and with EFBIG where it holds more than max_files. */
bool as_file_walk(const char *dir, size_t max_files, as_paths *out, as_diags *diags);
void as_paths_free(as_paths *paths);

/* The path of something beside `path`, which is not there, whose name is close to its name; NULL without one. The caller frees it with
 * as_free. */
char *as_file_near(const char *path);

/* Writes to a temporary name in the same folder, fsyncs, renames; keeps the mode of a file that it
 * replaces. Pipes and devices are written to directly. False with errno. */
bool as_file_write(const char *path, const void *bytes, size_t n);

/* Shell pattern match on the whole path: `*` (not across '/'), `**` (across; as a part of its own
 * also for no folder at all: `**` + `/x` matches `x`), `?` (one character, not '/'). */
bool as_glob_match(const char *pattern, const char *path);

#endif
