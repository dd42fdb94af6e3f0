/* Walls: privileges and resource limits, and what is told of all walls.
 * Must not decide what happens where one is missing. */
#include "eval/wall.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/hash.h"
#include "eval/wall_inside.h"

#define STACK_BYTES ((rlim_t)16 << 20)
#define MORE_TASKS 1024u /* how many processes the user may start meanwhile, here and elsewhere */

/* All tasks of the machine: the user has no more than that. */
static uint64_t count_tasks(void) {
  char text[128];
  int fd = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);
  ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (fd >= 0)
    close(fd);
  if (n <= 0)
    return 0;
  text[n] = '\0';
  const char *slash = strchr(text, '/');
  return slash ? strtoull(slash + 1, NULL, 10) : 0;
}

static int compare(const void *a, const void *b) { return *(const char *)a - *(const char *)b; }

/* Libraries that look for something the first time: libcrypto for its configuration, qsort for the size of the memory. */
static void warm_up(void) {
  char hex[65], many[4096] = {0};
  as_sha256_hex("", 0, hex);
  qsort(many, sizeof many, 1, compare);
}

as_wall *as_wall_new(void) {
  as_wall *wall = as_calloc(1, sizeof *wall);
  warm_up();
  wall->tasks = count_tasks();
  wall->up.landlock = as_wall_landlock();
  wall->up.seccomp = as_wall_can_filter();
  wall->up.rlimits = true;
  return wall;
}

void as_wall_free(as_wall *wall) { as_free(wall); }

as_walls as_wall_state(const as_wall *wall) {
  return wall ? wall->up : (as_walls){.privileges = geteuid() == 0 ? AS_PRIVILEGES_KEPT : AS_PRIVILEGES_NONE};
}

/* ---- privileges ---- */

typedef struct __user_cap_header_struct cap_header;
typedef struct __user_cap_data_struct cap_data;

/* True where the process has a capability, or could get one back. */
static bool is_privileged(void) {
  cap_header head = {.version = _LINUX_CAPABILITY_VERSION_3};
  cap_data data[2] = {{0}};
  if (syscall(SYS_capget, &head, data) != 0)
    return true;
  return (data[0].permitted | data[1].permitted | data[0].effective | data[1].effective) != 0;
}

void as_wall_privileges(as_wall *wall, bool keep) {
  if (!wall)
    return;
  if (!is_privileged()) {
    wall->up.privileges = AS_PRIVILEGES_NONE;
    return;
  }
  wall->up.privileges = AS_PRIVILEGES_KEPT;
  if (keep)
    return;
  /* The first four want privileges themselves. Where one of them lacks, the last is what counts: without capabilities and with
   * no_new_privs none comes back. */
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  for (unsigned long cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
    prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
  (void)!setgroups(0, NULL);
  prctl(PR_SET_SECUREBITS,
        SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP | SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
            SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED,
        0, 0, 0);
  cap_header head = {.version = _LINUX_CAPABILITY_VERSION_3};
  cap_data none[2] = {{0}};
  if (syscall(SYS_capset, &head, none) == 0 && !is_privileged())
    wall->up.privileges = AS_PRIVILEGES_DROPPED;
}

/* ---- resource limits ---- */

/* Lowers, never raises. */
static bool lower(int what, uint64_t value) {
  struct rlimit now;
  if (getrlimit((__rlimit_resource_t)what, &now) != 0)
    return false;
  rlim_t v = value > (uint64_t)RLIM_INFINITY ? RLIM_INFINITY : (rlim_t)value;
  if (now.rlim_max < v)
    v = now.rlim_max;
  struct rlimit to = {v, v};
  return setrlimit((__rlimit_resource_t)what, &to) == 0;
}

bool as_wall_limits(as_wall *wall, const as_wall_numbers *n) {
  if (!wall)
    return true;
  bool ok = lower(RLIMIT_CORE, 0) && lower(RLIMIT_STACK, STACK_BYTES) && (AS_SANITIZED || lower(RLIMIT_FSIZE, 0));
  if (n->cpu_seconds > 0)
    ok = lower(RLIMIT_CPU, n->cpu_seconds < 1e9 ? (uint64_t)n->cpu_seconds + 1 : UINT64_MAX) && ok;
  if (!AS_SANITIZED && n->address_bytes)
    ok = lower(RLIMIT_AS, n->address_bytes) && ok;
  if (!AS_SANITIZED && n->files)
    ok = lower(RLIMIT_NOFILE, n->files) && ok;
  if (!n->children)
    ok = lower(RLIMIT_NPROC, 0) && ok;
  else if (wall->tasks)
    ok = lower(RLIMIT_NPROC, wall->tasks + MORE_TASKS) && ok;
  if (!ok)
    wall->up.rlimits = false;
  return ok;
}

uint64_t as_wall_memory_used(void) {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
  struct mallinfo2 info = mallinfo2();
  return (uint64_t)info.arena + (uint64_t)info.hblkhd + as_pages_held();
#else
  return as_pages_held();
#endif
}

/* ---- what is told ---- */

static const char *const privilege_words[] = {"none", "dropped", "kept"};

as_node *as_walls_node(as_arena *arena, const as_walls *walls) {
  as_node *node = as_node_new(arena, AS_MAP);
  as_node_put(arena, node, "landlock", as_node_int(arena, walls->landlock));
  as_node_put(arena, node, "seccomp", as_node_bool(arena, walls->seccomp));
  as_node_put(arena, node, "rlimits", as_node_bool(arena, walls->rlimits));
  as_node_put(arena, node, "privileges", as_node_text(arena, as_str_of(privilege_words[walls->privileges])));
  return node;
}

as_walls as_walls_of(const as_node *node) {
  as_walls walls = {.landlock = (int)as_node_integer(node, "landlock", 0),
                    .seccomp = as_node_boolean(node, "seccomp", false),
                    .rlimits = as_node_boolean(node, "rlimits", false),
                    .privileges = AS_PRIVILEGES_KEPT};
  for (int i = 0; i < 3; i++)
    if (strcmp(as_node_str(node, "privileges", ""), privilege_words[i]) == 0)
      walls.privileges = (as_privileges)i;
  return walls;
}

const char *as_walls_missing(const as_walls *walls, size_t i) {
  const char *names[4];
  size_t n = 0;
  if (!walls->landlock)
    names[n++] = "landlock";
  if (!walls->seccomp)
    names[n++] = "seccomp";
  if (!walls->rlimits)
    names[n++] = "rlimits";
  if (walls->privileges == AS_PRIVILEGES_KEPT)
    names[n++] = "privileges";
  return i < n ? names[i] : NULL;
}
