/* The recording and failing layer. Passes everything on to the usual VFS of the system. */
#include "vfs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  sqlite3_file base;
  int role;
  sqlite3_file *real; /* in the memory behind this */
} shim_file;

static sqlite3_vfs shim, *real_vfs;
static struct {
  bool on;
  vfs_op *ops;
  size_t count, cap;
} recorded;
static struct {
  uint64_t at, calls;
  vfs_fault fault;
  bool ever;
} failing;

/* ---- what is recorded ---- */

static void record(vfs_kind kind, int file, int64_t offset, const void *bytes, size_t n) {
  if (!recorded.on || file < 0) return;
  if (recorded.count == recorded.cap) {
    recorded.cap = recorded.cap ? 2 * recorded.cap : 256;
    recorded.ops = realloc(recorded.ops, recorded.cap * sizeof *recorded.ops);
    if (!recorded.ops) abort();
  }
  vfs_op *op = &recorded.ops[recorded.count++];
  *op = (vfs_op){.kind = kind, .file = file, .offset = offset, .n = n};
  if (n) {
    op->bytes = malloc(n);
    if (!op->bytes) abort();
    memcpy(op->bytes, bytes, n);
  }
}

void vfs_forget(void) {
  for (size_t i = 0; i < recorded.count; i++) free(recorded.ops[i].bytes);
  free(recorded.ops);
  memset(&recorded, 0, sizeof recorded);
}

void vfs_record(bool on) {
  if (on) vfs_forget();
  recorded.on = on;
}

void vfs_mark(int number) { record(VFS_MARK, number, 0, NULL, 0); }

const vfs_op *vfs_ops(size_t *count) {
  *count = recorded.count;
  return recorded.ops;
}

/* ---- what fails ---- */

void vfs_fail(uint64_t n, vfs_fault fault, bool ever) {
  failing.at = n;
  failing.calls = 0;
  failing.fault = fault;
  failing.ever = ever;
}

uint64_t vfs_calls(void) { return failing.calls; }

static bool fails(void) {
  failing.calls++;
  if (!failing.at || !(failing.calls == failing.at || (failing.ever && failing.calls > failing.at))) return false;
  errno = failing.fault == VFS_EIO ? EIO : ENOSPC;
  return true;
}

/* ---- files ---- */

static sqlite3_file *real_of(sqlite3_file *file) { return ((shim_file *)(void *)file)->real; }
static int role_of(sqlite3_file *file) { return ((shim_file *)(void *)file)->role; }

static int shim_close(sqlite3_file *file) { return real_of(file)->pMethods->xClose(real_of(file)); }

static int shim_read(sqlite3_file *file, void *to, int n, sqlite3_int64 offset) {
  return fails() ? SQLITE_IOERR_READ : real_of(file)->pMethods->xRead(real_of(file), to, n, offset);
}

static int shim_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 offset) {
  const sqlite3_io_methods *real = real_of(file)->pMethods;
  if (fails()) {
    if (failing.fault == VFS_SHORT) real->xWrite(real_of(file), from, n / 2, offset);
    return failing.fault == VFS_EIO ? SQLITE_IOERR_WRITE : SQLITE_FULL;
  }
  record(VFS_WRITE, role_of(file), offset, from, (size_t)n);
  return real->xWrite(real_of(file), from, n, offset);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size) {
  if (fails()) return SQLITE_IOERR_TRUNCATE;
  record(VFS_TRUNCATE, role_of(file), size, NULL, 0);
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int shim_sync(sqlite3_file *file, int flags) {
  if (fails()) return SQLITE_IOERR_FSYNC;
  record(VFS_SYNC, role_of(file), 0, NULL, 0);
  return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size) { return real_of(file)->pMethods->xFileSize(real_of(file), size); }
static int shim_lock(sqlite3_file *file, int level) { return real_of(file)->pMethods->xLock(real_of(file), level); }
static int shim_unlock(sqlite3_file *file, int level) { return real_of(file)->pMethods->xUnlock(real_of(file), level); }
static int shim_reserved(sqlite3_file *file, int *out) { return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out); }
static int shim_control(sqlite3_file *file, int op, void *arg) { return real_of(file)->pMethods->xFileControl(real_of(file), op, arg); }
static int shim_sector(sqlite3_file *file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
static int shim_device(sqlite3_file *file) { return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file)); }

static const sqlite3_io_methods methods = {
    .iVersion = 1, .xClose = shim_close, .xRead = shim_read, .xWrite = shim_write, .xTruncate = shim_truncate, .xSync = shim_sync,
    .xFileSize = shim_size, .xLock = shim_lock, .xUnlock = shim_unlock, .xCheckReservedLock = shim_reserved,
    .xFileControl = shim_control, .xSectorSize = shim_sector, .xDeviceCharacteristics = shim_device};

/* ---- the VFS ---- */

static int role_of_flags(int flags) { return flags & SQLITE_OPEN_MAIN_DB ? 0 : flags & SQLITE_OPEN_MAIN_JOURNAL ? 1 : -1; }

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags) {
  (void)vfs;
  shim_file *f = (shim_file *)(void *)file;
  f->base.pMethods = NULL;
  f->role = role_of_flags(flags);
  f->real = (sqlite3_file *)(void *)(f + 1);
  if (fails()) return SQLITE_CANTOPEN;
  int there = 0;
  if (name) real_vfs->xAccess(real_vfs, name, SQLITE_ACCESS_EXISTS, &there);
  int rc = real_vfs->xOpen(real_vfs, name, f->real, flags, out_flags);
  if (f->real->pMethods) f->base.pMethods = &methods;
  if (rc == SQLITE_OK && !there) record(VFS_CREATE, f->role, 0, NULL, 0);
  return rc;
}

static int shim_delete(sqlite3_vfs *vfs, const char *name, int sync_dir) {
  (void)vfs;
  if (fails()) return SQLITE_IOERR_DELETE;
  size_t n = strlen(name);
  record(VFS_DELETE, n > 8 && strcmp(name + n - 8, "-journal") == 0 ? 1 : 0, sync_dir, NULL, 0);
  return real_vfs->xDelete(real_vfs, name, sync_dir);
}

static int shim_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
  (void)vfs;
  return real_vfs->xAccess(real_vfs, name, flags, out);
}
static int shim_path(sqlite3_vfs *vfs, const char *name, int n, char *out) {
  (void)vfs;
  return real_vfs->xFullPathname(real_vfs, name, n, out);
}
static int shim_random(sqlite3_vfs *vfs, int n, char *out) {
  (void)vfs;
  return real_vfs->xRandomness(real_vfs, n, out);
}
static int shim_sleep(sqlite3_vfs *vfs, int us) {
  (void)vfs;
  return real_vfs->xSleep(real_vfs, us);
}
static int shim_time(sqlite3_vfs *vfs, double *out) {
  (void)vfs;
  return real_vfs->xCurrentTime(real_vfs, out);
}
static int shim_error(sqlite3_vfs *vfs, int n, char *out) {
  (void)vfs;
  (void)n;
  (void)out;
  return errno;
}

void vfs_install(void) {
  real_vfs = sqlite3_vfs_find(NULL);
  shim = (sqlite3_vfs){.iVersion = 1, .szOsFile = (int)sizeof(shim_file) + real_vfs->szOsFile, .mxPathname = real_vfs->mxPathname, .zName = "shim",
                       .xOpen = shim_open, .xDelete = shim_delete, .xAccess = shim_access, .xFullPathname = shim_path, .xRandomness = shim_random,
                       .xSleep = shim_sleep, .xCurrentTime = shim_time, .xGetLastError = shim_error};
  sqlite3_vfs_register(&shim, 1);
}
