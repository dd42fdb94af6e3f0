/* Walls: what a process of each stage can still do, and what is denied it. Every case is a child of its own. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "eval/proc.h"
#include "eval/wall_inside.h"

static char folder[64], inside[128], outside[128], leads_out[128], fresh[128]; /* fresh: is not there, and never will be */
static as_walls kernel; /* what this one has */
static pid_t bystander;

typedef struct {
  as_stage stage;
  int (*fn)(void);
  bool limits, files;
} deed;

static const as_wall_numbers NUMBERS = {.cpu_seconds = 5, .address_bytes = (uint64_t)1 << 30, .files = 16};

/* The walls as they are raised in a run, then the deed; its answer is the exit code. */
static int child(void *ctx, int out) {
  (void)out;
  const deed *d = ctx;
  static const char *const none[] = {NULL};
  const char *const paths[] = {folder};
  as_wall *wall = as_wall_new();
  as_wall_privileges(wall, false);
  if (d->limits)
    as_wall_limits(wall, &NUMBERS);
  if (d->files)
    as_wall_files(wall, d->stage == AS_STAGE_READ ? paths : none, d->stage == AS_STAGE_READ);
  for (int s = 0; s <= (int)d->stage; s++)
    if (!(s == AS_STAGE_JUDGE && d->stage == AS_STAGE_ANSWER) && !as_wall_calls(wall, (as_stage)s))
      return 99;
  return d->fn();
}

/* Exit code, or -signal. */
static int outcome(const deed *d) {
  as_child c;
  assert_true(as_child_spawn(&c, child, (void *)d, 0));
  as_child_due(&c, 20);
  as_child *const children[] = {&c};
  while (c.fd >= 0)
    as_children_wait(children, 1, 0, NULL);
  int code = c.end == AS_END_SIGNAL ? -c.code : c.code;
  as_child_end(&c);
  return code;
}

#define OK 0
#define KILLED (-SIGSYS)
static void expect(const char *what, as_stage stage, int (*fn)(void), int wanted) {
  deed d = {stage, fn, false, true};
  int got = outcome(&d);
  if (got != wanted)
    fail_msg("%s at stage %d: %d, expected %d", what, (int)stage, got, wanted);
}

static int told(long result) { return result < 0 ? errno : OK; }

/* ---- deeds ---- */

static int opens_inside(void) { return told(open(inside, O_RDONLY)); }
static int opens_outside(void) { return told(open(outside, O_RDONLY)); }
static int opens_by_link(void) { return told(open(leads_out, O_RDONLY)); }
static int opens_passwd(void) { return told(open("/etc/passwd", O_RDONLY)); }
static int lists_outside(void) { return told(open("/", O_RDONLY | O_DIRECTORY)); }
static int writes_inside(void) { return told(open(inside, O_WRONLY)); }
static int makes_inside(void) {
  int at = open(folder, O_RDONLY | O_DIRECTORY);
  return told(openat(at, "new", O_RDWR | O_CREAT, 0600));
}
static int writes_by_openat2(void) {
  struct {
    uint64_t flags, mode, resolve;
  } how = {O_WRONLY, 0, 0};
  return told(syscall(SYS_openat2, AT_FDCWD, inside, &how, sizeof how));
}
static int empties_by_openat2(void) {
  struct {
    uint64_t flags, mode, resolve;
  } how = {O_RDONLY | O_TRUNC, 0, 0};
  return told(syscall(SYS_openat2, AT_FDCWD, inside, &how, sizeof how));
}
static int writes_elsewhere_by_openat2(void) {
  struct {
    uint64_t flags, mode, resolve;
  } how = {O_WRONLY | O_CREAT, 0600, 0};
  return told(syscall(SYS_openat2, AT_FDCWD, fresh, &how, sizeof how));
}
static int removes(void) { return told(unlink(inside)); }
static int renames(void) { return told(rename(inside, fresh)); }
static int makes_folder(void) { return told(mkdir(fresh, 0700)); }
static int truncates(void) { return told(truncate(inside, 0)); }
static int changes_mode(void) { return told(chmod(inside, 0777)); }
static int opens_socket(void) { return told(socket(AF_INET, SOCK_STREAM, 0)); }
static int opens_unix_socket(void) { return told(socket(AF_UNIX, SOCK_STREAM, 0)); }
static int executes(void) {
  char *argv[] = {"true", NULL}, *envp[] = {NULL};
  return told(execve("/bin/true", argv, envp));
}
static int traces(void) { return told(ptrace(PTRACE_TRACEME, 0, NULL, NULL)); }
static int reads_memory(void) {
  char byte;
  struct {
    void *p;
    size_t n;
  } local = {&byte, 1}, remote = {(void *)&kernel, 1};
  return told(syscall(SYS_process_vm_readv, getppid(), &local, 1L, &remote, 1L, 0L));
}
static int forks(void) {
  pid_t pid = fork();
  if (pid == 0)
    _exit(7);
  int status = 0;
  return pid < 0 ? errno : waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 7 ? OK : 98;
}
static int starts_thread(void) {
  return told(syscall(SYS_clone, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, NULL, NULL, NULL, NULL));
}
static void *sets(void *done) {
  *(bool *)done = true;
  return NULL;
}
static int starts_thread_properly(void) {
  bool done = false;
  pthread_t thread;
  int why = pthread_create(&thread, NULL, sets, &done);
  return why ? why : pthread_join(thread, NULL) == 0 && done ? OK : 98;
}
static int makes_namespace(void) { return told(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL)); }
static int unshares(void) { return told(unshare(CLONE_NEWUSER)); }
static int kills_bystander(void) { return told(kill(bystander, SIGKILL)); }
static int signals_bystander(void) { return told(kill(bystander, SIGTERM)); }
static int kills_thread(void) { return told(syscall(SYS_tgkill, bystander, bystander, SIGKILL)); }
static int limits_bystander(void) {
  const struct rlimit none = {0, 0};
  return told(prlimit(bystander, RLIMIT_CORE, &none, NULL));
}
static int uses_another_timer(void) {
  struct itimerval timer = {{0, 0}, {1, 0}};
  return told(setitimer(ITIMER_VIRTUAL, &timer, NULL));
}
static int calls_otherwise(void) { return told(syscall(0x40000000 | SYS_getpid)); } /* x32: another architecture to the filter */
static int maps_executable(void) { return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno : OK; }
static int maps_file(void) { return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 0, 0) == MAP_FAILED ? errno : OK; }
static int makes_executable(void) {
  void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return told(mprotect(p, 4096, PROT_READ | PROT_EXEC));
}
static int makes_memfd(void) { return told(syscall(SYS_memfd_create, "x", 0)); }
static int reads_null(void) {
  char byte;
  return told(read(0, &byte, 1));
}
static int reads_answers(void) {
  char byte;
  return told(read(AS_CHILD_OUT, &byte, 1));
}
static int answers(void) { return write(AS_CHILD_OUT, "", 0) == 0 ? OK : errno; }
static int writes_stdout(void) { return told(write(1, "x", 1)); }
static int computes(void) {
  char *p = malloc(8 << 20);
  memset(p, 1, 8 << 20);
  p = realloc(p, 16 << 20);
  free(p);
  struct timespec t;
  return told(clock_gettime(CLOCK_MONOTONIC, &t));
}
static volatile sig_atomic_t rang;
static void on_alarm(int number) { rang = number; }
static int uses_timer(void) {
  struct sigaction act = {.sa_handler = on_alarm};
  struct itimerval timer = {{0, 0}, {0, 20000}};
  if (sigaction(SIGALRM, &act, NULL) != 0 || setitimer(ITIMER_REAL, &timer, NULL) != 0)
    return errno;
  while (!rang) {
  }
  return OK;
}
static int catches_segv(void) {
  struct sigaction act = {.sa_handler = on_alarm};
  return told(sigaction(SIGSEGV, &act, NULL));
}
static int aborts(void) {
  abort();
  return OK;
}
static int asks_system(void) {
  struct sysinfo info;
  return told(sysinfo(&info));
}

/* ---- stages ---- */

static void reading(void **state) {
  (void)state;
  if (!kernel.landlock || !kernel.seccomp)
    skip();
  const as_stage s = AS_STAGE_READ;
  expect("opening a file of the bundle", s, opens_inside, OK);
  expect("opening a file elsewhere", s, opens_outside, EACCES);
  expect("opening a file elsewhere by a link", s, opens_by_link, EACCES);
  expect("opening /etc/passwd", s, opens_passwd, EACCES);
  expect("listing a folder elsewhere", s, lists_outside, EACCES);
  expect("starting a child", s, forks, OK);
  expect("computing", s, computes, OK);
  expect("answering", s, answers, OK);
  expect("standard input", s, reads_null, OK);
  expect("writing by openat2", s, writes_by_openat2, EACCES);
  if (kernel.landlock >= 3)
    expect("emptying by openat2", s, empties_by_openat2, EACCES);
  expect("making a file by openat2", s, writes_elsewhere_by_openat2, EACCES);
  expect("removing", s, removes, KILLED);
  expect("renaming", s, renames, KILLED);
  expect("making a folder", s, makes_folder, KILLED);
  expect("truncating", s, truncates, KILLED);
  expect("changing a mode", s, changes_mode, KILLED);
  expect("a socket", s, opens_socket, KILLED);
  expect("a local socket", s, opens_unix_socket, KILLED);
  expect("another program", s, executes, KILLED);
  expect("tracing", s, traces, KILLED);
  expect("reading another process", s, reads_memory, KILLED);
  expect("a memory file", s, makes_memfd, KILLED);
  expect("a namespace", s, unshares, KILLED);
  expect("a thread by the bare call", s, starts_thread, ENOSYS);
  expect("a thread as the C library makes it", s, starts_thread_properly, OK);
  expect("a process with a namespace", s, makes_namespace, ENOSYS);
  expect("signalling", s, signals_bystander, ENOSYS);
  if (!AS_SANITIZED) {
    expect("writing", s, writes_inside, ENOSYS);
    expect("making a file", s, makes_inside, ENOSYS);
    expect("executable memory", s, maps_executable, ENOSYS);
    expect("making memory executable", s, makes_executable, ENOSYS);
    expect("killing a thread", s, kills_thread, ENOSYS);
    expect("limiting another process", s, limits_bystander, ENOSYS);
  } else {
    expect("writing", s, writes_inside, EACCES);
    expect("making a file", s, makes_inside, EACCES);
  }
  if (kernel.landlock >= 6)
    expect("killing a process outside", s, kills_bystander, EPERM);
  assert_int_equal(kill(bystander, 0), 0);
  struct stat st;
  assert_int_equal(stat(inside, &st), 0);
  assert_int_equal(st.st_size, 6);
  assert_int_not_equal(stat(fresh, &st), 0);
}

/* openat2 could open for writing then: the flags lie where no filter sees them. */
static int opens_without_landlock(void) {
  as_wall *wall = as_wall_new();
  wall->up.landlock = 0;
  return !as_wall_calls(wall, AS_STAGE_READ) ? 99 : opens_inside() != OK ? 97 : writes_by_openat2();
}

static void without_landlock(void **state) {
  (void)state;
  if (!kernel.seccomp)
    skip();
  pid_t pid = fork();
  if (pid == 0)
    _exit(opens_without_landlock());
  int status = 0;
  waitpid(pid, &status, 0);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), ENOSYS);
}

/* Calls with other numbers are no way around. */
static void other_architectures(void **state) {
  (void)state;
#ifdef __x86_64__
  if (!kernel.seccomp)
    skip();
  for (int s = AS_STAGE_READ; s <= AS_STAGE_ANSWER; s++)
    expect("a call of another architecture", (as_stage)s, calls_otherwise, KILLED);
#else
  (void)calls_otherwise;
  skip();
#endif
}

static void waiting(void **state) {
  (void)state;
  if (!kernel.landlock || !kernel.seccomp)
    skip();
  const as_stage s = AS_STAGE_WAIT;
  expect("starting a child", s, forks, OK);
  expect("answering", s, answers, OK);
  expect("standard input", s, reads_null, OK);
  expect("opening a file of the bundle", s, opens_inside, AS_SANITIZED ? EACCES : ENOSYS);
  expect("writing by openat2", s, writes_by_openat2, ENOSYS);
  expect("removing", s, removes, KILLED);
  expect("a socket", s, opens_socket, KILLED);
  expect("another program", s, executes, KILLED);
  expect("a thread", s, starts_thread, ENOSYS);
  if (!AS_SANITIZED)
    expect("a thread as the C library makes it", s, starts_thread_properly, ENOSYS);
}

static int (*const denied[])(void) = {writes_by_openat2, removes,     renames,         makes_folder,      truncates,        changes_mode,
                                      opens_socket,      opens_unix_socket, executes,  traces,            forks,            starts_thread,
                                      makes_namespace,   unshares,    kills_bystander, signals_bystander, makes_memfd,      uses_another_timer};
static int (*const denied_plain[])(void) = {opens_inside, opens_outside, writes_inside, makes_inside,    writes_stdout,
                                            catches_segv, lists_outside, reads_memory,  maps_executable, makes_executable, kills_thread, maps_file};

static void expect_denied(as_stage s) {
  for (size_t i = 0; i < sizeof denied / sizeof *denied; i++)
    expect("what no rule may do", s, denied[i], KILLED);
  for (size_t i = 0; i < sizeof denied_plain / sizeof *denied_plain && !AS_SANITIZED; i++)
    expect("what no rule may do, plain builds", s, denied_plain[i], KILLED);
}

/* A session: as a rule, but for the pipe that its questions come by. */
static void answering(void **state) {
  (void)state;
  if (!kernel.seccomp)
    skip();
  const as_stage s = AS_STAGE_ANSWER;
  expect("computing", s, computes, OK);
  expect("answering", s, answers, OK);
  expect("the time limit", s, uses_timer, OK);
  expect("questions", s, reads_null, OK);
  if (!AS_SANITIZED)
    expect("reading anything else", s, reads_answers, KILLED);
  expect_denied(s);
  assert_int_equal(kill(bystander, 0), 0);
}

static void judging(void **state) {
  (void)state;
  if (!kernel.seccomp)
    skip();
  const as_stage s = AS_STAGE_JUDGE;
  expect("computing", s, computes, OK);
  expect("answering", s, answers, OK);
  expect("the time limit", s, uses_timer, OK);
  expect("abort", s, aborts, -SIGABRT);
  expect("the size of the memory", s, asks_system, AS_SANITIZED ? OK : ENOSYS);
  expect_denied(s);
  if (!AS_SANITIZED)
    expect("reading", s, reads_null, KILLED);
  assert_int_equal(kill(bystander, 0), 0);
}

/* Each wall stands without the other. */
static void files_alone(void **state) {
  (void)state;
  if (!kernel.landlock)
    skip();
  static const char *const none[] = {NULL};
  const char *const paths[] = {folder, "/not/there"};
  for (int with = 0; with < 2; with++) {
    pid_t pid = fork();
    if (pid == 0) {
      as_wall *wall = as_wall_new();
      as_wall_privileges(wall, false);
      if (!as_wall_files(wall, NULL, 0) || opens_outside() != OK || makes_folder() != EACCES || writes_inside() != EACCES)
        _exit(1);
      if (!as_wall_files(wall, with ? paths : none, with ? 2 : 0))
        _exit(2);
      if (opens_inside() != (with ? OK : EACCES) || opens_outside() != EACCES || executes() != EACCES || removes() != EACCES)
        _exit(3);
      struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
      if (kernel.landlock >= 4 && (connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&to, sizeof to) == 0 || errno != EACCES))
        _exit(4);
      _exit(0);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
  }
}

static int grows(void) {
  char *p = malloc((size_t)2 << 30);
  return p ? 1 : OK;
}
static int opens_many(void) {
  for (int i = 0; i < 100; i++)
    if (open("/dev/null", O_RDONLY) < 0)
      return errno == EMFILE ? OK : errno;
  return 1;
}
static int burns(void) {
  for (volatile unsigned long i = 0; i < ~0ul; i++) {
  }
  return 1;
}
static int writes_file(void) {
  FILE *f = tmpfile();
  signal(SIGXFSZ, SIG_IGN);
  return f && fputs("x", f) >= 0 && fflush(f) == 0 ? 1 : OK;
}
static int forks_as_nobody(void) {
  if (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0)
    return OK; /* the limit does not hold for root, and there is nobody else here */
  as_wall *wall = as_wall_new();
  as_wall_limits(wall, &NUMBERS);
  return forks() == EAGAIN ? OK : 1;
}
static int deep(int n) {
  volatile char room[1 << 16];
  room[0] = (char)n;
  return n ? deep(n - 1) + room[0] : 0;
}
static int recurses(void) {
  deep(1000); /* 64 MB of stack */
  return OK;
}

static int limited(void *ctx, int out) {
  (void)out;
  int (*const *fn)(void) = ctx;
  as_wall *wall = as_wall_new();
  as_wall_numbers numbers = NUMBERS;
  numbers.cpu_seconds = *fn == burns ? 0.5 : 5;
  numbers.children = *fn == forks_as_nobody;
  if (!as_wall_limits(wall, &numbers))
    return 99;
  return (*fn)();
}

static int under_limits(int (*fn)(void)) {
  as_child c;
  assert_true(as_child_spawn(&c, limited, &fn, 0));
  as_child_due(&c, 20);
  as_child *const children[] = {&c};
  while (c.fd >= 0)
    as_children_wait(children, 1, 0, NULL);
  int code = c.overran ? 98 : c.end == AS_END_SIGNAL ? -c.code : c.code;
  as_child_end(&c);
  return code;
}

/* Without what every child has in any case. */
static void limits_alone(void **state) {
  (void)state;
  static const struct {
    __rlimit_resource_t what;
    rlim_t most;
  } wanted[] = {{RLIMIT_CORE, 0}, {RLIMIT_STACK, (rlim_t)16 << 20}, {RLIMIT_NPROC, 0}, {RLIMIT_FSIZE, 0}};
  pid_t pid = fork();
  if (pid == 0) {
    as_wall *wall = as_wall_new();
    if (!as_wall_limits(wall, &NUMBERS))
      _exit(99);
    for (int i = 0; i < (AS_SANITIZED ? 3 : 4); i++) {
      struct rlimit now;
      if (getrlimit(wanted[i].what, &now) != 0 || now.rlim_cur > wanted[i].most || now.rlim_max > wanted[i].most)
        _exit(i + 1);
    }
    _exit(0);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

static void limits(void **state) {
  (void)state;
  int ended = under_limits(burns);
  assert_true(ended == -SIGXCPU || ended == -SIGKILL);
  assert_int_equal(under_limits(forks_as_nobody), 0);
  if (AS_SANITIZED)
    return;
  assert_int_equal(under_limits(grows), 0);
  assert_int_equal(under_limits(opens_many), 0);
  assert_int_equal(under_limits(writes_file), 0);
  assert_int_equal(under_limits(recurses), -SIGSEGV);
}

static void privileges(void **state) {
  (void)state;
  pid_t pid = fork();
  if (pid == 0) {
    bool root = geteuid() == 0;
    const gid_t group = 65534;
    (void)!setgroups(1, &group); /* as far as that is allowed */
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {{0}};
    bool able = syscall(SYS_capget, &head, data) == 0 && (data[0].effective >> CAP_SETPCAP & 1);
    as_wall *wall = as_wall_new();
    as_wall_privileges(wall, true);
    if (as_wall_state(wall).privileges != (root ? AS_PRIVILEGES_KEPT : AS_PRIVILEGES_NONE))
      _exit(1);
    as_wall_privileges(wall, false);
    if (as_wall_state(wall).privileges != (root ? AS_PRIVILEGES_DROPPED : AS_PRIVILEGES_NONE))
      _exit(2);
    if (syscall(SYS_capget, &head, data) != 0 || data[0].effective || data[0].permitted || data[1].effective || data[1].permitted)
      _exit(3);
    if (root && (setuid(65534) == 0 || chown(inside, 65534, 65534) == 0 || getgroups(0, NULL) != 0))
      _exit(4);
    for (unsigned long cap = 0; able && prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
      if (prctl(PR_CAPBSET_READ, cap, 0, 0, 0) != 0)
        _exit(7);
    if (able && (prctl(PR_GET_SECUREBITS, 0, 0, 0, 0) & (SECBIT_NOROOT | SECBIT_NOROOT_LOCKED)) != (SECBIT_NOROOT | SECBIT_NOROOT_LOCKED))
      _exit(8);
    as_wall_privileges(wall, false);
    _exit(as_wall_state(wall).privileges == AS_PRIVILEGES_NONE ? 0 : 5);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

static void none_at_all(void **state) {
  (void)state;
  static const char *const none[] = {NULL};
  assert_true(as_wall_files(NULL, none, 0) && as_wall_calls(NULL, AS_STAGE_JUDGE) && as_wall_limits(NULL, &NUMBERS));
  as_wall_privileges(NULL, false);
  as_walls down = as_wall_state(NULL);
  assert_string_equal(as_walls_missing(&down, 0), "landlock");
  assert_string_equal(as_walls_missing(&down, 1), "seccomp");
  assert_string_equal(as_walls_missing(&down, 2), "rlimits");
  assert_int_equal(opens_outside(), OK);
}

static void as_told(void **state) {
  (void)state;
  as_arena *arena = as_arena_new();
  as_walls in = {.landlock = 5, .seccomp = true, .rlimits = true, .privileges = AS_PRIVILEGES_DROPPED};
  as_walls out = as_walls_of(as_walls_node(arena, &in));
  assert_true(out.landlock == 5 && out.seccomp && out.rlimits && out.privileges == AS_PRIVILEGES_DROPPED);
  assert_null(as_walls_missing(&out, 0));
  out.privileges = AS_PRIVILEGES_KEPT;
  assert_string_equal(as_walls_missing(&out, 0), "privileges");
  as_arena_free(arena);
}

static void put(const char *path, const char *text) {
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  fclose(f);
}

static int set_up(void **state) {
  (void)state;
  snprintf(folder, sizeof folder, "/tmp/assay-test-wall-XXXXXX");
  if (!mkdtemp(folder))
    return -1;
  snprintf(inside, sizeof inside, "%s/inside", folder);
  snprintf(leads_out, sizeof leads_out, "%s/leads_out", folder);
  snprintf(fresh, sizeof fresh, "%s.fresh", folder);
  snprintf(outside, sizeof outside, "%s.outside", folder);
  put(inside, "inside");
  put(outside, "canary");
  if (symlink(outside, leads_out) != 0)
    return -1;
  as_wall *wall = as_wall_new();
  kernel = as_wall_state(wall);
  as_wall_free(wall);
  bystander = fork();
  if (bystander == 0)
    for (;;)
      pause();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  kill(bystander, SIGKILL);
  waitpid(bystander, NULL, 0);
  unlink(inside);
  unlink(outside);
  unlink(leads_out);
  return rmdir(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(reading), cmocka_unit_test(without_landlock), cmocka_unit_test(other_architectures), cmocka_unit_test(waiting),    cmocka_unit_test(judging), cmocka_unit_test(answering),     cmocka_unit_test(files_alone),
                                     cmocka_unit_test(limits), cmocka_unit_test(limits_alone),  cmocka_unit_test(privileges), cmocka_unit_test(none_at_all), cmocka_unit_test(as_told)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
