/* The files of a bundle: a folder, beneath which no link leads and nothing but regular files is opened; or an archive. */
#include "model/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/archive_inside.h"

struct as_files {
  const as_limits *limits;
  as_sink *sink;
  as_paths paths, skipped;
  int fd;              /* of the folder or archive, or -1 */
  as_archive *archive; /* NULL: a folder */
  uint64_t read;       /* bytes of a folder */
  bool full;           /* … beyond the limit */
};

/* ---- folders ---- */

static bool check_path(as_files *files, const char *path) {
  const as_limits *limits = files->limits;
  uint64_t depth = 1;
  for (const char *p = path; (p = strchr(p, '/')); p++) depth++;
  const char *name = strlen(path) > limits->path_bytes ? "path-bytes" : depth > limits->path_depth ? "path-depth" : NULL;
  if (!name) return true;
  as_buf help = {0};
  as_buf_printf(&help, "shorten it, or raise the limit with --limit-%s", name);
  as_sink_report(files->sink, "E0232", AS_ERROR, 0, 0, help.data, "the path of a file in the bundle %s; the limit %s is %llu: %.80s", name[5] == 'd' ? "has too many parts" : "is too long", name,
                 (unsigned long long)(name[5] == 'd' ? limits->path_depth : limits->path_bytes), path);
  as_buf_free(&help);
  return false;
}

/* Links, pipes and the like, by their paths within the folder. */
static void note_skipped(as_files *files, const char *folder, const as_diags *found) {
  size_t begin = strlen(folder), cap = 0;
  if (begin && folder[begin - 1] != '/') begin++;
  for (size_t i = 0; i < as_diags_count(found); i++) {
    const as_diag *diag = as_diags_at(found, i);
    if (diag->severity != AS_WARNING || strlen(diag->document) <= begin) continue;
    size_t n = strlen(diag->document + begin) + 1;
    as_grow(&files->skipped.paths, &cap, files->skipped.count + 1, sizeof *files->skipped.paths);
    files->skipped.paths[files->skipped.count++] = memcpy(as_alloc(n), diag->document + begin, n);
  }
}

as_files *as_files_folder(const char *folder, const as_limits *limits, as_sink *sink, bool *incomplete) {
  as_files *files = as_calloc(1, sizeof *files);
  files->limits = limits;
  files->sink = sink;
  files->fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  as_diags *found = as_diags_new();
  bool good = files->fd >= 0 && as_file_walk(folder, (size_t)limits->members, &files->paths, found);
  int error = errno;
  *incomplete = as_diags_errors(found) > 0; /* a folder that cannot be read may hold documents */
  note_skipped(files, folder, found);
  as_sink_forward(sink, found, 0);
  as_diags_free(found);
  if (!good) {
    bool full = error == EFBIG;
    as_diag diag = {.code = full ? "E0193" : "E0220", .severity = AS_ERROR, .document = folder,
                    .help = full ? "name the folder that is meant, not one above it; if it is right, raise the limit with --limit-members" : NULL};
    as_buf message = {0};
    if (full)
      as_buf_printf(&message, "the folder holds too many files or folders; the limit members is %llu", (unsigned long long)limits->members);
    else
      as_buf_printf(&message, "the folder cannot be read: %s", strerror(error));
    diag.message = message.data;
    as_sink_push(sink, &diag);
    as_buf_free(&message);
  }
  for (size_t i = 0; good && i < files->paths.count; i++) good = check_path(files, files->paths.paths[i]);
  if (good) return files;
  as_files_free(files);
  return NULL;
}

static as_file_type type_in_folder(const as_files *files, const char *path) {
  struct stat st;
  if (fstatat(files->fd, path, &st, AT_SYMLINK_NOFOLLOW) != 0) return AS_FILE_ABSENT;
  if (S_ISREG(st.st_mode)) return AS_FILE_REGULAR;
  if (S_ISDIR(st.st_mode)) return AS_FILE_FOLDER;
  return S_ISLNK(st.st_mode) ? AS_FILE_LINK : AS_FILE_OTHER;
}

static bool read_in_folder(as_files *files, const char *path, uint64_t most, as_buf *out, const char **why) {
  if (!as_file_read(files->fd, path, most, out, why)) return false;
  files->read += out->len;
  if (files->read <= files->limits->bundle_bytes || files->full) return true;
  files->full = true;
  as_buf value = {0};
  as_limit_show_value(files->limits->bundle_bytes, true, &value);
  as_sink_report(files->sink, "E0238", AS_ERROR, 0, 0, "if the bundle is right, raise the limit with --limit-bundle-bytes", "the bundle holds too much; the limit bundle-bytes is %s", value.data);
  as_buf_free(&value);
  return true;
}

/* ---- archives ---- */

bool as_files_is_archive_text(as_str first) { return as_packing_of(first.p, first.n) != AS_PACKED_NOT; }

bool as_files_is_archive(const char *path) {
  if (as_packing_named(path, NULL)) return true;
  char first[512];
  struct stat st;
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  ssize_t n = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? pread(fd, first, sizeof first, 0) : -1;
  if (fd >= 0) close(fd);
  return n > 0 && as_packing_of(first, (size_t)n) != AS_PACKED_NOT;
}

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

as_files *as_files_archive(int fd, as_str data, const as_limits *limits, as_sink *sink) {
  as_files *files = as_calloc(1, sizeof *files);
  files->limits = limits;
  files->sink = sink;
  files->fd = fd;
  struct stat st = {0};
  as_blob blob = {fd, data.p, data.n};
  if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
    as_sink_report(sink, "E0230", AS_ERROR, 0, 0, NULL, "the archive cannot be read");
    as_files_free(files);
    return NULL;
  }
  if (fd >= 0) blob.size = (uint64_t)st.st_size;
  files->archive = as_archive_open(&blob, limits, sink);
  if (!files->archive) {
    as_files_free(files);
    return NULL;
  }
  const as_archive *a = files->archive;
  files->paths.paths = as_calloc(a->n_members + 1, sizeof *files->paths.paths);
  for (size_t i = 0; i < a->n_members; i++) {
    const char *path = a->members[i].path;
    if (path) files->paths.paths[files->paths.count++] = memcpy(as_alloc(strlen(path) + 1), path, strlen(path) + 1);
  }
  if (files->paths.count > 1) qsort(files->paths.paths, files->paths.count, sizeof *files->paths.paths, compare);
  return files;
}

/* The path without `.` and empty parts, as members have it. */
static const char *plain(const char *path, as_buf *out) {
  out->len = 0;
  as_buf_add(out, "", 0);
  for (const char *p = path; *p;) {
    size_t n = strcspn(p, "/");
    if (n && !(n == 1 && p[0] == '.')) {
      if (out->len) as_buf_addc(out, '/');
      as_buf_add(out, p, n);
    }
    p += n + (p[n] == '/');
  }
  return out->data ? out->data : "";
}

static as_file_type type_in_archive(const as_files *files, const char *path) {
  size_t n = strlen(path);
  if (as_map_get(files->archive->by_path, (as_str){path, n})) return AS_FILE_REGULAR;
  for (size_t i = 0; n && i < files->paths.count; i++)
    if (strncmp(files->paths.paths[i], path, n) == 0 && files->paths.paths[i][n] == '/') return AS_FILE_FOLDER;
  return AS_FILE_ABSENT;
}

/* ---- both ---- */

void as_files_free(as_files *files) {
  if (!files) return;
  as_archive_free(files->archive);
  if (files->fd >= 0) close(files->fd);
  as_paths_free(&files->paths);
  as_paths_free(&files->skipped);
  as_free(files);
}

const as_paths *as_files_paths(const as_files *files) { return &files->paths; }
const as_paths *as_files_skipped(const as_files *files) { return &files->skipped; }

as_file_type as_files_type(const as_files *files, const char *path) {
  if (!files->archive) return type_in_folder(files, path);
  as_buf buf = {0};
  as_file_type type = type_in_archive(files, plain(path, &buf));
  as_buf_free(&buf);
  return type;
}

bool as_files_read(as_files *files, const char *path, uint64_t most, as_buf *out, const char **why) {
  if (!files->archive) return read_in_folder(files, path, most, out, why);
  as_buf buf = {0};
  bool good = as_archive_read(files->archive, plain(path, &buf), most, out, why);
  as_buf_free(&buf);
  return good;
}

bool as_files_good(const as_files *files) { return !files->full && !(files->archive && files->archive->failed); }
