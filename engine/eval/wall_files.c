/* Walls: landlock, by the bare system calls. What a kernel does not know of yet is left out; how much of it there is its version
 * says. Must not know which files a process needs. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "eval/wall_inside.h"

/* The same numbers on every architecture; headers may be older than the kernel. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif
#define ASK_VERSION 1u
#define RULE_PATH_BENEATH 1

#define FS_READ_FILE (UINT64_C(1) << 2)
#define FS_READ_DIR (UINT64_C(1) << 3)
#define FS_READ (FS_READ_FILE | FS_READ_DIR)

/* What can be forbidden, by the version that brought it: up to and with that bit. */
static const struct {
  int version;
  unsigned bits;
} fs_rights[] = {{1, 13}, {2, 14} /* moving between folders */, {3, 15} /* truncating */, {5, 16} /* devices */};
#define NET_VERSION 4
#define NET_ALL UINT64_C(3)   /* bind and connect of TCP */
#define SCOPE_VERSION 6
#define SCOPE_ALL UINT64_C(3) /* abstract sockets, signals */

struct ruleset {
  uint64_t fs, net, scoped;
};

struct __attribute__((packed)) beneath {
  uint64_t allowed;
  int32_t fd;
};

int as_wall_landlock(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
  return version > 0 ? (int)version : 0;
}

static void allow(int rules, const char *path) {
  struct stat st;
  int fd = open(path, O_PATH | O_CLOEXEC);
  if (fd < 0)
    return;
  if (fstat(fd, &st) == 0) {
    struct beneath rule = {.allowed = S_ISDIR(st.st_mode) ? FS_READ : FS_READ_FILE, .fd = fd};
    syscall(SYS_landlock_add_rule, rules, RULE_PATH_BENEATH, &rule, 0);
  }
  close(fd);
}

static bool restrict_to(int version, const char *const *paths, size_t n) {
  struct ruleset set = {0};
  for (size_t i = 0; i < sizeof fs_rights / sizeof *fs_rights; i++)
    if (version >= fs_rights[i].version)
      set.fs = (UINT64_C(1) << fs_rights[i].bits) - 1;
  set.net = version >= NET_VERSION ? NET_ALL : 0;
  set.scoped = version >= SCOPE_VERSION ? SCOPE_ALL : 0;
  if (!paths)
    set.fs &= ~FS_READ;
  int rules = (int)syscall(SYS_landlock_create_ruleset, &set, sizeof set, 0);
  if (rules < 0)
    return false;
  for (size_t i = 0; paths && i < n; i++)
    allow(rules, paths[i]);
  if (paths && n)
    allow(rules, "/dev/null"); /* what standard input of a child is */
  static const char *const of_sanitizers[] = {"/proc", "/usr", "/lib", "/proc/self/exe"};
  for (size_t i = 0; AS_SANITIZED && paths && i < sizeof of_sanitizers / sizeof *of_sanitizers; i++)
    allow(rules, of_sanitizers[i]); /* they name the places in the program */
  bool ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  close(rules);
  return ok;
}

bool as_wall_files(as_wall *wall, const char *const *paths, size_t n) {
  if (!wall || !wall->up.landlock)
    return true;
  if (restrict_to(wall->up.landlock, paths, n)) {
    wall->files_worked = true;
    return true;
  }
  if (wall->files_worked)
    return false;
  wall->up.landlock = 0;
  return true;
}
