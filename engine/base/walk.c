/* Walks of folders in a stable order, and shell patterns on their paths. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/file_open.h"

typedef struct {
  as_paths files, folders; /* folders still to be read are a stack */
  size_t files_cap, folders_cap, folders_seen;
  size_t max_files;
  const char *dir;
  as_diags *diags;
  bool full;
} walk;

static void push(as_paths *paths, size_t *cap, char *path) {
  as_grow(&paths->paths, cap, paths->count + 1, sizeof *paths->paths);
  paths->paths[paths->count++] = path;
}

static void tell(const walk *w, as_severity severity, const char *code, const char *path, const char *message, const char *help) {
  if (!w->diags) return;
  as_buf document = {0};
  as_buf_adds(&document, w->dir);
  if (document.len && document.data[document.len - 1] != '/') as_buf_addc(&document, '/');
  as_buf_adds(&document, path);
  as_diags_add(w->diags, code, severity, document.data, 0, 0, help, "%s", message);
  as_buf_free(&document);
}

static char *joined(const char *folder, const char *name) {
  as_buf path = {0};
  if (strcmp(folder, ".") != 0) {
    as_buf_adds(&path, folder);
    as_buf_addc(&path, '/');
  }
  as_buf_adds(&path, name);
  return path.data;
}

static unsigned char type_of(int fd, const struct dirent *entry) {
  if (entry->d_type != DT_UNKNOWN) return entry->d_type;
  struct stat st;
  if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0) return DT_UNKNOWN;
  return (unsigned char)IFTODT(st.st_mode);
}

static void take(walk *w, const char *folder, const struct dirent *entry, unsigned char type) {
  char *path = joined(folder, entry->d_name);
  if (type == DT_REG && w->files.count < w->max_files) {
    push(&w->files, &w->files_cap, path);
    return;
  }
  if (type == DT_DIR && w->folders_seen < w->max_files) {
    w->folders_seen++;
    push(&w->folders, &w->folders_cap, path);
    return;
  }
  if (type == DT_REG || type == DT_DIR)
    w->full = true;
  else if (type == DT_LNK)
    tell(w, AS_WARNING, "E0190", path, "symbolic links are not followed; this one is left out",
         "put the file itself into the folder");
  else if (type != DT_UNKNOWN)
    tell(w, AS_WARNING, "E0191", path, "is neither a file nor a folder and is left out", NULL);
  as_free(path);
}

static bool read_folder(walk *w, int fd, const char *folder) {
  DIR *stream = fdopendir(fd);
  if (!stream) {
    int error = errno;
    if (error == ENOMEM) as_mem_exhausted();
    close(fd);
    errno = error;
    return false;
  }
  const struct dirent *entry;
  errno = 0;
  while (!w->full && (entry = readdir(stream))) {
    if (entry->d_name[0] != '.') take(w, folder, entry, type_of(fd, entry));
    errno = 0;
  }
  int error = w->full ? 0 : errno;
  closedir(stream);
  errno = error;
  return error == 0;
}

static int compare_paths(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

bool as_file_walk(const char *dir, size_t max_files, as_paths *out, as_diags *diags) {
  const int flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC;
  *out = (as_paths){0};
  walk w = {.max_files = max_files, .dir = dir, .diags = diags};
  int root = open(dir, flags);
  if (root < 0) return false;
  int fd = as_open_beneath(root, ".", flags);
  bool ok = fd >= 0 && read_folder(&w, fd, ".");
  int error = errno;
  while (ok && !w.full && w.folders.count) {
    char *folder = w.folders.paths[--w.folders.count];
    fd = as_open_beneath(root, folder, flags);
    if (fd < 0 || !read_folder(&w, fd, folder))
      tell(&w, AS_ERROR, "E0192", folder,
           errno == EACCES ? "the folder cannot be read: permission denied" : "the folder cannot be read",
           "what lies in it is missing: give the program leave to read it, or take the folder away");
    as_free(folder);
  }
  if (w.full) { /* which files came first is chance, so none are given */
    ok = false;
    error = EFBIG;
  }
  close(root);
  as_paths_free(&w.folders);
  if (!ok) {
    as_paths_free(&w.files);
    errno = error;
    return false;
  }
  if (w.files.count > 1) qsort(w.files.paths, w.files.count, sizeof *w.files.paths, compare_paths);
  *out = w.files;
  return true;
}

void as_paths_free(as_paths *paths) {
  for (size_t i = 0; i < paths->count; i++) as_free(paths->paths[i]);
  as_free(paths->paths);
  *paths = (as_paths){0};
}

/* Keeps, for every length of a beginning of `path`, whether the pattern so far matches it; the
 * work is pattern times path, whatever the pattern. */
bool as_glob_match(const char *pattern, const char *path) {
  size_t n = strlen(path), plain = strcspn(pattern, "*?");
  if (strncmp(pattern, path, plain) != 0) return false;
  bool *now = as_calloc(n + 1, sizeof *now), *then = as_calloc(n + 1, sizeof *then);
  now[0] = true;
  bool any = true;
  for (const char *p = pattern; *p && any;) {
    bool starts_part = p == pattern || p[-1] == '/';
    bool stars = p[0] == '*' && p[1] == '*';
    bool folders = stars && starts_part && p[2] == '/'; /* any number of whole folders, none too */
    bool reached = false;
    memset(then, 0, (n + 1) * sizeof *then);
    for (size_t i = 0; i <= n; i++) {
      if (folders) {
        then[i] = now[i] || (reached && path[i - 1] == '/');
        reached = reached || now[i];
      } else if (stars) {
        then[i] = reached = reached || now[i];
      } else if (*p == '*') {
        then[i] = reached = now[i] || (reached && path[i - 1] != '/');
      } else if (now[i] && i < n) {
        size_t step = 1;
        if (*p == '?' && path[i] != '/') { /* one character, not one byte */
          while (i + step < n && ((unsigned char)path[i + step] & 0xc0) == 0x80) step++;
          then[i + step] = true;
        } else if (*p == path[i] && *p != '?') {
          then[i + 1] = true;
        }
      }
    }
    any = memchr(then, true, n + 1) != NULL;
    p += folders ? 3 : stars ? 2 : 1;
    bool *spare = now;
    now = then;
    then = spare;
  }
  bool matched = any && now[n];
  as_free(now);
  as_free(then);
  return matched;
}

/* ---- what may be meant ---- */

char *as_file_near(const char *path) {
  size_t n = strlen(path);
  while (n > 1 && path[n - 1] == '/') n--;
  size_t from = n;
  while (from && path[from - 1] != '/') from--;
  as_buf folder = {0}, word = {0}, found = {0};
  as_buf_add(&folder, from ? path : ".", from ? from : 1);
  as_buf_add(&word, path + from, n - from);
  struct dirent **items = NULL;
  int count = scandir(folder.data, &items, NULL, alphasort);
  const char **names = as_alloc(((size_t)(count > 0 ? count : 0) + 1) * sizeof *names);
  size_t n_names = 0;
  for (int i = 0; i < count; i++)
    if (items[i]->d_name[0] != '.') names[n_names++] = items[i]->d_name;
  const char *near = word.len ? as_suggest(word.data, names, n_names) : NULL;
  if (near) {
    as_buf_add(&found, path, from);
    as_buf_adds(&found, near);
  }
  for (int i = 0; i < count; i++) free(items[i]);
  free(items);
  as_free(names);
  as_buf_free(&folder);
  as_buf_free(&word);
  return found.data;
}
