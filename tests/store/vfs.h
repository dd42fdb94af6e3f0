/* A layer between SQLite and the disk, for the tests of the store: records what is done to files, in order, and lets a chosen
 * call fail. It is the default VFS of the process from vfs_install on. */
#ifndef AS_TESTS_STORE_VFS_H
#define AS_TESTS_STORE_VFS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { VFS_CREATE, VFS_WRITE, VFS_TRUNCATE, VFS_SYNC, VFS_DELETE, VFS_MARK } vfs_kind;

typedef struct {
  vfs_kind kind;
  int file;        /* 0: the database, 1: its journal; of a mark: its number */
  int64_t offset;  /* of a truncation: the new length */
  size_t n;
  unsigned char *bytes;
} vfs_op;

void vfs_install(void);

/* Recording, from an empty list on. vfs_mark notes that something happened outside. */
void vfs_record(bool on);
void vfs_mark(int number);
const vfs_op *vfs_ops(size_t *count);
void vfs_forget(void);

typedef enum { VFS_FULL, VFS_EIO, VFS_SHORT } vfs_fault; /* SHORT: half of a write is done, then the disk is full */
/* The n-th call from now on fails (from 1; 0: none), and with `ever` all later ones too. Counted are opening files, writing,
 * truncating, syncing, deleting and reading. */
void vfs_fail(uint64_t n, vfs_fault fault, bool ever);
/* Calls since vfs_fail. */
uint64_t vfs_calls(void);

#endif
