/* Safe reading of regular files, and whole-or-nothing writing.
 * Must not follow a link out of a folder that was given, and must not open what is no file. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file_open.h"

/* Opening beneath a folder */

/* Takes `..` and `.` out of a relative path, so that it means the same with and without openat2.
 * False with EXDEV where it leads out of the folder. */
static bool plain_path(const char *path, char out[PATH_MAX]) {
  size_t n = 0;
  if (path[0] == '/') {
    errno = EXDEV;
    return false;
  }
  for (const char *p = path; *p;) {
    size_t part = strcspn(p, "/");
    if (part == 2 && p[0] == '.' && p[1] == '.') {
      if (n == 0) {
        errno = EXDEV;
        return false;
      }
      while (n && out[n - 1] != '/') n--;
      if (n) n--;
    } else if (part && !(part == 1 && p[0] == '.')) {
      if (n + part + 2 > PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
      }
      if (n) out[n++] = '/';
      memcpy(out + n, p, part);
      n += part;
    }
    p += part;
    while (*p == '/') p++;
  }
  if (n == 0) out[n++] = '.';
  out[n] = 0;
  return true;
}

/* One part after the other, none of them a link: for kernels without openat2. */
static int open_by_parts(int dirfd, char *path, int flags) {
  int at = dirfd;
  for (char *p = path;;) {
    char *slash = strchr(p, '/');
    if (slash) *slash = 0;
    int fd = openat(at, p, slash ? O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC : flags | O_NOFOLLOW);
    int error = errno;
    struct stat st; /* O_DIRECTORY makes ENOTDIR of a link */
    if (fd < 0 && slash && error == ENOTDIR && fstatat(at, p, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode))
      error = ELOOP;
    if (at != dirfd) close(at);
    errno = error;
    if (fd < 0 || !slash) return fd;
    at = fd;
    p = slash + 1;
  }
}

int as_open_beneath(int dirfd, const char *path, int flags) {
  char plain[PATH_MAX];
  if (!path[0]) {
    errno = ENOENT;
    return -1;
  }
  if (!plain_path(path, plain)) return -1;
  struct open_how how = {.flags = (uint64_t)(unsigned)flags,
                         .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
  for (int tries = 0; tries < 16; tries++) {
    long fd = syscall(SYS_openat2, dirfd, plain, &how, sizeof how);
    if (fd >= 0) return (int)fd;
    if (errno != EAGAIN && errno != EINTR) break; /* EAGAIN: something was renamed meanwhile */
  }
  /* Some containers answer EPERM to a system call that they do not know. */
  if (errno == ENOSYS || errno == EPERM) return open_by_parts(dirfd, plain, flags);
  return -1;
}

/* Reading */

static const char *why_of(int error) {
  switch (error) {
    case ENOENT: return "no such file";
    case EACCES:
    case EPERM: return "permission denied";
    case EISDIR: return "is a directory";
    case ENOTDIR: return "a part of the path is not a directory";
    case ELOOP: return "is a symbolic link, or leads through one";
    case EXDEV: return "leads out of the folder";
    case EINVAL:
    case ENXIO:
    case ENODEV: return "is not a regular file";
    case EFBIG: return "is larger than the limit";
    case ENAMETOOLONG: return "the path is too long";
    case EMFILE:
    case ENFILE: return "too many open files";
    case EIO: return "the device failed while reading";
    default: return "cannot be read";
  }
}

static int open_any(int dirfd, const char *path, int flags) {
  int fd;
  if (dirfd != AT_FDCWD) return as_open_beneath(dirfd, path, flags);
  do fd = open(path, flags);
  while (fd < 0 && errno == EINTR);
  return fd;
}

static bool check_regular(int fd, struct stat *st) {
  if (fstat(fd, st) != 0) return false;
  if (S_ISREG(st->st_mode)) return true;
  errno = S_ISDIR(st->st_mode) ? EISDIR : S_ISLNK(st->st_mode) ? ELOOP : EINVAL;
  return false;
}

static void close_keeping_errno(int fd) {
  int error = errno;
  close(fd);
  errno = error;
}

/* Looks at the file through a descriptor that opens nothing before it opens it: to open a device
 * can already do something. What was looked at may be swapped, so the second look decides. */
static int open_regular(int dirfd, const char *path, struct stat *st) {
  for (int look = 1; look >= 0; look--) {
    int fd = open_any(dirfd, path, look ? O_PATH | O_CLOEXEC : O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) return -1;
    bool regular = check_regular(fd, st);
    if (regular && !look) return fd;
    close_keeping_errno(fd);
    if (!regular) return -1;
  }
  return -1;
}

static bool read_all(int fd, const struct stat *st, uint64_t max_bytes, as_buf *buf) {
  uint64_t size = st->st_size > 0 ? (uint64_t)st->st_size : 0;
  if (max_bytes > (uint64_t)PTRDIFF_MAX / 2) max_bytes = (uint64_t)PTRDIFF_MAX / 2;
  if (size > max_bytes) {
    errno = EFBIG;
    return false;
  }
  /* One byte more than the size shows the end; files of /proc have size 0 and grow. */
  size_t room = (size_t)size + 1 > 4096 ? (size_t)size + 1 : 4096;
  for (;;) {
    if (buf->cap < buf->len + room + AS_TEXT_PADDING) {
      buf->cap = buf->len + room + AS_TEXT_PADDING;
      buf->data = as_realloc(buf->data, buf->cap);
    }
    ssize_t n = read(fd, buf->data + buf->len, buf->cap - AS_TEXT_PADDING - buf->len);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    buf->len += (size_t)n;
    if (buf->len > max_bytes) {
      errno = EFBIG;
      return false;
    }
    if (n == 0) break;
    if (buf->cap - AS_TEXT_PADDING == buf->len) room = buf->len;
  }
  memset(buf->data + buf->len, 0, AS_TEXT_PADDING);
  return true;
}

bool as_file_read(int dirfd, const char *path, uint64_t max_bytes, as_buf *buf, const char **why) {
  struct stat st;
  *buf = (as_buf){0};
  int fd = open_regular(dirfd, path, &st);
  bool ok = fd >= 0 && read_all(fd, &st, max_bytes, buf);
  int error = errno;
  if (fd >= 0) close(fd);
  if (ok) return true;
  as_buf_free(buf);
  if (why) *why = dirfd == AT_FDCWD && error == ELOOP ? "too many symbolic links" : why_of(error);
  errno = error;
  return false;
}

/* Writing */

static bool write_all(int fd, const char *p, size_t n) {
  while (n) {
    ssize_t written = write(fd, p, n);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    p += written;
    n -= (size_t)written;
  }
  return true;
}

static void sync_folder(const char *folder) {
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return; /* the file itself is whole all the same */
  fsync(fd);
  close(fd);
}

/* Replaces `path` by way of a temporary file beside it; `mode` is that of the file it replaces, or 0. */
static bool replace(const char *path, mode_t mode, const void *bytes, size_t n) {
  const char *slash = strrchr(path, '/');
  as_buf folder = {0}, temporary = {0};
  as_buf_add(&folder, path, slash ? (size_t)(slash - path) + 1 : 0);
  int fd = -1;
  for (unsigned i = 0; i < 1000 && fd < 0; i++) { /* O_EXCL: a name that is taken is never opened */
    temporary.len = 0;
    as_buf_printf(&temporary, "%s.assay-%ld-%u.tmp", folder.data, (long)getpid(), i);
    fd = open(temporary.data, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0 && errno != EEXIST && errno != EINTR) break;
  }
  bool ok = fd >= 0;
  if (ok) {
    /* The mode first: nobody may read in the meantime what only the owner could read. */
    ok = (mode == 0 || fchmod(fd, mode) == 0) && write_all(fd, bytes, n) && fsync(fd) == 0;
    int error = errno;
    if (close(fd) != 0 && ok) {
      ok = false;
      error = errno;
    }
    errno = error;
    if (ok) ok = rename(temporary.data, path) == 0;
    if (!ok) {
      error = errno;
      unlink(temporary.data);
      errno = error;
    }
  }
  int error = errno;
  if (ok) sync_folder(folder.len ? folder.data : ".");
  as_buf_free(&folder);
  as_buf_free(&temporary);
  errno = error;
  return ok;
}

bool as_file_write(const char *path, const void *bytes, size_t n) {
  struct stat st;
  if (stat(path, &st) != 0) {
    if (errno != ENOENT) return false;
    return replace(path, 0, bytes, n);
  }
  if (S_ISREG(st.st_mode)) { /* where it is a link, the file behind it is replaced */
    char *target = realpath(path, NULL);
    if (!target) return false;
    bool ok = replace(target, st.st_mode & 07777, bytes, n);
    int error = errno;
    free(target);
    errno = error;
    return ok;
  }
  /* A pipe or a device (/dev/stdout, /dev/null) is written to, never replaced. */
  int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return false;
  bool ok = write_all(fd, bytes, n);
  close_keeping_errno(fd);
  return ok;
}
