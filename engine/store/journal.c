/* The journal beside a store: what an evaluation that was killed left, from which SQLite restores the store. Here is seen to it
 * that such a journal can be the engine's own; must not read what it holds. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/internal.h"

/* SQLite would wait for the other end of a pipe. At its end a journal may name another file, which SQLite deletes after the
 * rollback: so do transactions over several databases, which no store of assay ever has. */
static bool is_foreign(int fd) {
  static const unsigned char mark[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
  unsigned char end[8];
  struct stat st;
  if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
    return true;
  if (st.st_size < (off_t)sizeof end)
    return false;
  return pread(fd, end, sizeof end, st.st_size - (off_t)sizeof end) == (ssize_t)sizeof end && memcmp(end, mark, sizeof mark) == 0;
}

bool as_store_journal(as_store *store, as_diags *diags) {
  as_buf path = {0};
  as_buf_printf(&path, "%s-journal", store->path);
  int fd = open(path.data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  bool linked = fd < 0 && errno == ELOOP;
  bool good = !linked && (fd < 0 || !is_foreign(fd));
  if (fd >= 0)
    close(fd);
  if (!good)
    as_diags_add(diags, "E0807", AS_ERROR, store->path, 0, 0, "remove it if you know where it comes from, or name another file with --store",
                 "beside the store lies %s, which no assay has written", path.data);
  as_buf_free(&path);
  return good;
}
