/* Makes wall_programs.h, while assay is built: which system calls a process may make, as programs of the kernel, by libseccomp. A list for
 * each stage; for every stage a program, and another for builds with a sanitizer. A run loads them as they are: nothing is compiled
 * then, where memory may run out (libseccomp 2.5.4 does not end when it does).
 *
 * Stages `read` and `wait` answer ENOSYS to what is not listed, as a kernel would that does not have it, and kill whoever
 * tries what no library would try by itself. Stages `judge` and `answer` kill for everything that is not listed. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "eval/proc.h"
#include "eval/wall.h"

#define READ (1u << AS_STAGE_READ)
#define WAIT (1u << AS_STAGE_WAIT)
#define JUDGE (1u << AS_STAGE_JUDGE)
#define ANSWER (1u << AS_STAGE_ANSWER)
#define LAST (JUDGE | ANSWER)
#define ALL (READ | WAIT | LAST)
#define INSTRUCTIONS 4096u /* that a program has at most; so many fit into a pipe */
#define NO_WRITING (O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND)
#define FORK_FLAGS (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD)
#define THREAD_FLAGS                                                                                                     \
  (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID | \
   CLONE_CHILD_CLEARTID)

typedef struct {
  int number;
  unsigned stages, n;
  struct scmp_arg_cmp when[2];
} call;

#define CALL(name, in) {.number = SCMP_SYS(name), .stages = (in)}
#define CALL_IF(name, in, a) {.number = SCMP_SYS(name), .stages = (in), .n = 1, .when = {a}}
#define CALL_IF2(name, in, a, b) {.number = SCMP_SYS(name), .stages = (in), .n = 2, .when = {a, b}}
#define IS(argument, value) {(argument), SCMP_CMP_EQ, (value), 0}
#define WITHOUT(argument, bits) {(argument), SCMP_CMP_MASKED_EQ, (bits), 0}
#define WITH(argument, bits) {(argument), SCMP_CMP_MASKED_EQ, (bits), (bits)}

static const call allowed[] = {
    /* memory: never executable */
    CALL(brk, ALL), CALL(munmap, ALL), CALL(mremap, ALL), CALL(madvise, ALL),
    CALL_IF(mmap, READ | WAIT, WITHOUT(2, PROT_EXEC)), CALL_IF2(mmap, LAST, WITHOUT(2, PROT_EXEC), WITH(3, MAP_ANONYMOUS)),
    CALL_IF(mprotect, READ | WAIT, WITHOUT(2, PROT_EXEC)),
    /* answers (descriptor 2 is /dev/null), and the end; abort() too */
    CALL(write, READ | WAIT), CALL_IF(write, LAST, IS(0, 2)), CALL_IF(write, LAST, IS(0, AS_CHILD_OUT)), CALL(exit_group, ALL), CALL(exit, READ | WAIT),
    CALL(getpid, ALL), CALL(gettid, ALL), CALL_IF(tgkill, ALL, IS(2, SIGABRT)),
    /* the time limit of rules */
    CALL_IF(setitimer, ALL, IS(0, ITIMER_REAL)), CALL(rt_sigaction, READ | WAIT), CALL_IF(rt_sigaction, LAST, IS(0, SIGALRM)),
    CALL(rt_sigprocmask, ALL), CALL(rt_sigreturn, ALL), CALL(restart_syscall, ALL), CALL(clock_gettime, ALL), CALL(futex, ALL),
    /* the next wall */
    CALL_IF(seccomp, READ | WAIT, IS(0, 1 /* SET_MODE_FILTER */)), CALL(landlock_create_ruleset, READ | WAIT), CALL(landlock_add_rule, READ | WAIT),
    CALL(landlock_restrict_self, READ | WAIT), CALL_IF(prlimit64, READ | WAIT, IS(0, 0)),
    /* questions */
    CALL_IF(read, ANSWER, IS(0, 0)),
    /* children: forked, never another program; ended by SIGKILL, interrupted by the signal of the time limit. A thread, as the C library makes them, as long as files are read */
    CALL_IF(clone, READ | WAIT, WITHOUT(0, ~(scmp_datum_t)FORK_FLAGS)), CALL_IF(clone, READ, IS(0, THREAD_FLAGS)), CALL(fork, READ | WAIT), CALL(set_robust_list, READ | WAIT),
    CALL(rseq, READ | WAIT), CALL(pipe2, READ | WAIT), CALL(close, READ | WAIT), CALL(close_range, READ | WAIT), CALL(dup2, READ | WAIT),
    CALL(dup3, READ | WAIT), CALL(read, READ | WAIT), CALL(poll, READ | WAIT), CALL(ppoll, READ | WAIT), CALL(wait4, READ | WAIT),
    CALL_IF(kill, READ | WAIT, IS(1, SIGKILL)), CALL_IF(kill, READ | WAIT, IS(1, SIGALRM)), CALL(setpgid, READ | WAIT), CALL(getppid, READ | WAIT), CALL(geteuid, READ | WAIT),
    CALL_IF(prctl, READ | WAIT, IS(0, PR_SET_PDEATHSIG)), CALL_IF(prctl, READ | WAIT, IS(0, PR_SET_DUMPABLE)),
    CALL_IF(prctl, READ | WAIT, IS(0, PR_SET_NO_NEW_PRIVS)), CALL_IF(prctl, READ | WAIT, IS(0, PR_GET_DUMPABLE)),
    CALL_IF(prctl, READ | WAIT, IS(0, PR_GET_NO_NEW_PRIVS)), CALL_IF(prctl, READ | WAIT, IS(0, PR_GET_PDEATHSIG)),
    /* files: looked at and read. openat2 is only there with landlock, see below */
    CALL_IF(openat, READ, WITHOUT(2, NO_WRITING)), CALL_IF(open, READ, WITHOUT(1, NO_WRITING)), CALL(pread64, READ), CALL(readv, READ),
    CALL(lseek, READ), CALL(getdents64, READ), CALL(newfstatat, READ), CALL(fstatat64, READ), CALL(fstat, READ | WAIT), CALL(stat, READ),
    CALL(lstat, READ), CALL(statx, READ), CALL(access, READ), CALL(faccessat, READ), CALL(faccessat2, READ), CALL(fadvise64, READ),
    CALL(getcwd, READ), CALL(readlink, READ), CALL(readlinkat, READ),
    CALL_IF(fcntl, READ, IS(1, F_GETFD)), CALL_IF(fcntl, READ, IS(1, F_SETFD)), CALL_IF(fcntl, READ, IS(1, F_GETFL)),
    /* libexpat salts its tables; libarchive asks whose files and which time it is */
    CALL(getrandom, READ), CALL(gettimeofday, READ), CALL(time, READ), CALL(getuid, READ), CALL(getegid, READ), CALL(getgid, READ),
};

/* What libraries can do without: they are told that it is not there. */
static const int refused[] = {SCMP_SYS(clone3), SCMP_SYS(sysinfo), SCMP_SYS(getrandom), SCMP_SYS(sched_getaffinity), SCMP_SYS(ioctl)};

/* What no library tries by itself. */
static const int deadly[] = {
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_getfd), SCMP_SYS(vfork), SCMP_SYS(unshare), SCMP_SYS(setns),
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(open_by_handle_at), SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
    SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(reboot), SCMP_SYS(memfd_create), SCMP_SYS(creat),
    SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(mkdir), SCMP_SYS(mkdirat),
    SCMP_SYS(rmdir), SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(mknod), SCMP_SYS(mknodat),
    SCMP_SYS(truncate), SCMP_SYS(ftruncate), SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(lchown),
    SCMP_SYS(fchown), SCMP_SYS(fchownat), SCMP_SYS(setxattr), SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr), SCMP_SYS(utimensat)};

/* What a sanitizer needs beside, in every stage: to watch memory, and to name the places in the program when it reports. */
static const int of_sanitizers[] = {
    SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield), SCMP_SYS(getrandom), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(openat), SCMP_SYS(open), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(stat),
    SCMP_SYS(lseek), SCMP_SYS(fcntl), SCMP_SYS(access), SCMP_SYS(getrlimit), SCMP_SYS(prlimit64), SCMP_SYS(rt_sigaction), SCMP_SYS(sysinfo), SCMP_SYS(uname),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(clock_nanosleep), SCMP_SYS(tgkill), SCMP_SYS(prctl), SCMP_SYS(exit), SCMP_SYS(madvise), SCMP_SYS(ioctl)};

/* Numbers below 0 are calls that this architecture does not have. */
static bool add(scmp_filter_ctx filter, uint32_t action, const call *c) {
  return c->number < 0 || seccomp_rule_add_array(filter, action, c->number, c->n, c->when) == 0;
}

static bool add_all(scmp_filter_ctx filter, uint32_t action, const int *numbers, size_t n) {
  bool ok = true;
  for (size_t i = 0; i < n; i++)
    ok = add(filter, action, &(call){.number = numbers[i]}) && ok;
  return ok;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool sanitized; /* the program under way is for a build with a sanitizer */

static bool is_of_sanitizers(int number) {
  for (size_t i = 0; sanitized && i < COUNT(of_sanitizers); i++)
    if (of_sanitizers[i] == number)
      return true;
  return false;
}

/* True where the list of a stage lets `number` through, if only with certain arguments. */
static bool is_allowed(unsigned stage, int number) {
  for (size_t i = 0; i < COUNT(allowed); i++)
    if (allowed[i].number == number && (allowed[i].stages & stage))
      return true;
  return is_of_sanitizers(number);
}

static bool fill(scmp_filter_ctx filter, unsigned stage, bool landlock) {
  bool ok = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
  for (size_t i = 0; i < COUNT(allowed); i++)
    if ((allowed[i].stages & stage) && !is_of_sanitizers(allowed[i].number))
      ok = add(filter, SCMP_ACT_ALLOW, &allowed[i]) && ok;
  if (sanitized)
    ok = add_all(filter, SCMP_ACT_ALLOW, of_sanitizers, COUNT(of_sanitizers)) && ok;
  if (stage & LAST) {
    for (size_t i = 0; i < COUNT(refused); i++)
      if (!is_allowed(stage, refused[i]))
        ok = add(filter, SCMP_ACT_ERRNO(ENOSYS), &(call){.number = refused[i]}) && ok;
    return ok;
  }
  /* The flags of openat2 lie in memory, where no filter can look: without landlock it could open for writing. */
  if (stage == READ && landlock)
    ok = add(filter, SCMP_ACT_ALLOW, &(call){.number = SCMP_SYS(openat2)}) && ok;
  return add_all(filter, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly)) && ok;
}

/* The program in the form of the kernel, by way of a pipe: libseccomp writes to a descriptor only. 0 where it fails. */
static size_t export(scmp_filter_ctx filter, struct sock_filter *code) {
  int ends[2];
  if (pipe(ends) != 0)
    return 0;
  bool ok = seccomp_export_bpf(filter, ends[1]) == 0;
  close(ends[1]);
  ssize_t n = ok ? read(ends[0], code, INSTRUCTIONS * sizeof *code) : 0;
  close(ends[0]);
  return n > 0 && (size_t)n < INSTRUCTIONS * sizeof *code ? (size_t)n / sizeof *code : 0;
}

static bool make(FILE *out, const char *name, unsigned stage, bool landlock) {
  static struct sock_filter code[INSTRUCTIONS];
  scmp_filter_ctx filter = seccomp_init(stage & LAST ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ERRNO(ENOSYS));
  size_t n = filter && fill(filter, stage, landlock) ? export(filter, code) : 0;
  seccomp_release(filter);
  fprintf(out, "static const struct sock_filter %s%s[] = {", sanitized ? "sanitized_" : "", name);
  for (size_t i = 0; i < n; i++)
    fprintf(out, "%s{%u, %u, %u, %u},", i % 8 ? " " : "\n    ", code[i].code, code[i].jt, code[i].jf, code[i].k);
  fprintf(out, "};\n\n");
  return n > 0;
}

/* wall_programs FILE writes it. */
int main(int argc, char **argv) {
  FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
  bool ok = out != NULL;
  seccomp_api_set(3); /* what the programs may say does not depend on the kernel that they are made on */
  for (int i = 0; ok && i < 2; i++) {
    sanitized = i == 1;
    ok = make(out, "read_program", READ, true) && make(out, "read_program_without_landlock", READ, false) && make(out, "wait_program", WAIT, true) &&
         make(out, "judge_program", JUDGE, true) && make(out, "answer_program", ANSWER, true);
  }
  ok = out && fclose(out) == 0 && ok;
  if (!ok) {
    fprintf(stderr, "wall_programs: the programs cannot be made\n");
    if (argc == 2)
      remove(argv[1]);
  }
  return !ok;
}
