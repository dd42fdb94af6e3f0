/* The lock of a store: one writer at a time, and a second one learns who the first is.
 * The lock is the kernel's (flock) and ends with the process; the text in the file is only for people. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/internal.h"

#define WAIT_MS 5000
#define PAUSE_MS 50

static void pause_ms(long ms) {
  struct timespec t = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&t, NULL);
}

/* True where `fd` is still the file of that name: the holder before may have removed it. */
static bool is_current(int fd, const char *path) {
  struct stat a, b;
  return fstat(fd, &a) == 0 && lstat(path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static void sign(int fd) {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  char text[320];
  int n = snprintf(text, sizeof text, "process %ld on %s\n", (long)getpid(), host);
  if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)n, 0) < 0)
    return; /* the text is a courtesy: the lock holds without it */
}

bool as_store_lock(as_store *store, as_diags *diags) {
  as_buf path = {0};
  as_buf_printf(&path, "%s.lock", store->path);
  store->lock_path = path.data;
  for (long waited = 0;;) {
    int fd = open(store->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0) {
      as_diags_add(diags, "E0802", AS_ERROR, store->path, 0, 0, "name a file in a folder that can be written with --store, or --store none",
                   "the store cannot be written: %s: %s", store->lock_path, strerror(errno));
      return false;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
      if (is_current(fd, store->lock_path)) {
        sign(fd);
        store->lock = fd;
        return true;
      }
      close(fd);
      continue;
    }
    if (errno != EWOULDBLOCK && errno != EINTR) {
      as_diags_add(diags, "E0802", AS_ERROR, store->path, 0, 0, NULL, "the store cannot be locked: %s", strerror(errno));
      close(fd);
      return false;
    }
    if (waited >= WAIT_MS) {
      char who[200] = "";
      ssize_t n = pread(fd, who, sizeof who - 1, 0);
      who[n > 0 ? strcspn(who, "\n") : 0] = '\0';
      as_diags_add(diags, "E0803", AS_ERROR, store->path, 0, 0, "wait until it has finished, or use another --store",
                   "the store is being written by %s", *who ? who : "another process");
      close(fd);
      return false;
    }
    close(fd);
    pause_ms(PAUSE_MS);
    waited += PAUSE_MS;
  }
}

void as_store_unlock(as_store *store) {
  if (store->lock >= 0) {
    unlink(store->lock_path); /* while it is held: whoever waits sees that the name has gone */
    close(store->lock);
  }
  store->lock = -1;
  as_free(store->lock_path);
  store->lock_path = NULL;
}
