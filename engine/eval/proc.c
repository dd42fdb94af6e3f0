/* Child processes: fork with everything closed, read with deadlines, kill and reap.
 * Must not know what the children do. */
#include "eval/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LATE_SECONDS 1.0 /* more for a child whose bytes are still coming at its deadline */
#define LATE_TIMES 30u

double as_proc_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void to_null(int fd) {
  int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (null < 0 || dup2(null, fd) < 0)
    _exit(AS_CHILD_BROKEN);
  if (null > fd)
    close(null);
}

static void limit(int what, rlim_t value) {
  struct rlimit r = {value, value};
  setrlimit((__rlimit_resource_t)what, &r);
}

bool as_proc_null_stdin(void) {
  int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  bool ok = null == 0 || (null > 0 && dup2(null, 0) == 0);
  if (null > 0)
    close(null);
  return ok;
}

/* Everything that a child gives up before it runs a line of its function. */
static void confine(int out, int in, pid_t parent, unsigned keep) {
  struct sigaction dfl = {.sa_handler = SIG_DFL};
  for (int s = 1; s < NSIG && !(keep & AS_CHILD_INNER); s++)
    sigaction(s, &dfl, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setpgid(0, 0);
  if ((keep & AS_CHILD_ASKED) && dup2(in, 0) < 0)
    _exit(AS_CHILD_BROKEN);
  if (out != AS_CHILD_OUT && dup2(out, AS_CHILD_OUT) < 0)
    _exit(AS_CHILD_BROKEN);
  if (close_range(AS_CHILD_OUT + 1, ~0u, 0) != 0)
    for (int fd = AS_CHILD_OUT + 1; fd < 4096; fd++)
      close(fd);
  if (!(keep & (AS_CHILD_STDIN | AS_CHILD_ASKED)) && !as_proc_null_stdin())
    _exit(AS_CHILD_BROKEN);
  if (!(keep & AS_CHILD_INNER)) {
    to_null(1);
#ifndef __SANITIZE_ADDRESS__
    to_null(2); /* with a sanitizer its report must be seen */
#endif
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) /* it died before the line above */
    _exit(AS_CHILD_BROKEN);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_DUMPABLE, 0);
  limit(RLIMIT_CORE, 0);
#ifndef __SANITIZE_ADDRESS__
  limit(RLIMIT_FSIZE, 0);
#endif
}

bool as_child_spawn(as_child *child, as_child_fn fn, void *ctx, unsigned keep) {
  int ends[2], asked[2] = {0, 0};
  memset(child, 0, sizeof *child);
  child->fd = -1;
  if (pipe2(ends, O_CLOEXEC) != 0)
    return false;
  if ((keep & AS_CHILD_ASKED) && pipe2(asked, O_CLOEXEC) != 0) {
    close(ends[0]);
    close(ends[1]);
    return false;
  }
  pid_t parent = getpid();
  /* No signal handler of the parent may run in the child: blocked until `confine` has reset them. */
  sigset_t all, old;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &old);
  pid_t pid = fork();
  if (pid == 0) {
    confine(ends[1], asked[0], parent, keep);
    _exit(fn(ctx, AS_CHILD_OUT));
  }
  int saved = errno;
  sigprocmask(SIG_SETMASK, &old, NULL);
  close(ends[1]);
  if (keep & AS_CHILD_ASKED)
    close(asked[0]);
  if (pid < 0) {
    close(ends[0]);
    if (keep & AS_CHILD_ASKED)
      close(asked[1]);
    errno = saved;
    return false;
  }
  setpgid(pid, pid); /* in both, so that no moment is without it */
  child->pid = pid;
  child->fd = ends[0];
  child->ask = asked[1];
  child->frames = as_frames_new();
  return true;
}

void as_child_due(as_child *child, double seconds) {
  child->deadline = as_proc_now() + seconds;
  child->late = 0;
}

void as_children_forgive(as_child *const *children, size_t n, double seconds) {
  for (size_t i = 0; i < n; i++)
    if (children[i]->deadline > 0)
      children[i]->deadline += seconds;
}

static void close_ends(as_child *child) {
  if (child->fd >= 0)
    close(child->fd);
  if (child->ask > 0)
    close(child->ask);
  child->fd = -1;
  child->ask = 0;
}

static void reap(as_child *child) {
  close_ends(child);
  if (child->pid <= 0 || child->end != AS_END_RUNNING)
    return;
  int status = 0;
  while (waitpid(child->pid, &status, 0) < 0) {
    if (errno != EINTR) {
      child->end = AS_END_EXIT;
      child->code = 71;
      return;
    }
  }
  child->end = WIFSIGNALED(status) ? AS_END_SIGNAL : AS_END_EXIT;
  child->code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

/* A child closes its pipe only by ending; one that did so otherwise is not waited for. */
static void finish(as_child *child) {
  kill(child->pid, SIGKILL);
  reap(child);
}

static void take(as_child *child) {
  char bytes[65536];
  ssize_t got = read(child->fd, bytes, sizeof bytes);
  if (got > 0)
    as_frames_feed(child->frames, bytes, (size_t)got);
  else if (got == 0 || errno != EINTR)
    finish(child);
}

/* Milliseconds until the nearest deadline or `until`; -1 where there is none. */
static int patience(as_child *const *children, size_t n, double until) {
  double first = until;
  for (size_t i = 0; i < n; i++)
    if (children[i]->fd >= 0 && children[i]->deadline > 0 && (first <= 0 || children[i]->deadline < first))
      first = children[i]->deadline;
  if (first <= 0)
    return -1;
  double left = (first - as_proc_now()) * 1000;
  return left <= 0 ? 0 : left > 3600000 ? 3600000 : (int)left + 1;
}

bool as_children_wait(as_child *const *children, size_t n, double seconds, const volatile bool *stop) {
  struct pollfd *fds = as_calloc(n ? n : 1, sizeof *fds);
  double until = seconds > 0 ? as_proc_now() + seconds : 0;
  bool happened = false;
  /* Signals come in only while ppoll sleeps, so that none slips in between the look at *stop and the sleep. */
  sigset_t ours, old;
  sigemptyset(&ours);
  sigaddset(&ours, SIGINT);
  sigaddset(&ours, SIGTERM);
  sigaddset(&ours, SIGHUP);
  sigprocmask(SIG_BLOCK, &ours, &old);
  while (!happened && !(stop && *stop)) {
    for (size_t i = 0; i < n; i++)
      fds[i] = (struct pollfd){.fd = children[i]->fd, .events = POLLIN};
    int wait = patience(children, n, until);
    struct timespec t = {.tv_sec = wait / 1000, .tv_nsec = (long)(wait % 1000) * 1000000};
    int ready = ppoll(fds, (nfds_t)n, wait < 0 ? NULL : &t, &old);
    if (ready < 0) {
      if (errno == EINTR)
        continue;
      break;
    }
    /* One that overran is killed only when its pipe is empty, since its answer may have waited for us; but that is put off only so
     * often. How much it may send is for the caller to bound. */
    double now = as_proc_now();
    for (size_t i = 0; i < n; i++) {
      as_child *child = children[i];
      if (child->fd < 0)
        continue;
      if (fds[i].revents) {
        take(child);
        happened = true;
        if (child->fd < 0 || child->deadline <= 0 || now < child->deadline)
          continue;
        if (child->late++ < LATE_TIMES) {
          child->deadline = now + LATE_SECONDS;
        } else {
          child->overran = true;
          finish(child);
        }
      } else if (child->deadline > 0 && now >= child->deadline) {
        child->overran = true;
        finish(child);
        happened = true;
      }
    }
    if (!happened && until > 0 && now >= until)
      break;
  }
  sigprocmask(SIG_SETMASK, &old, NULL);
  as_free(fds);
  return happened;
}

void as_child_wait_or(as_child *child, int fd, double seconds, bool *input) {
  as_child *const one[] = {child};
  struct pollfd fds[] = {{.fd = child->fd, .events = POLLIN}, {.fd = fd, .events = POLLIN}};
  *input = false;
  if (poll(fds, 2, patience(one, 1, seconds > 0 ? as_proc_now() + seconds : 0)) < 0)
    return;
  *input = fds[1].revents != 0;
  if (fds[0].revents) {
    take(child);
  } else if (child->fd >= 0 && child->deadline > 0 && as_proc_now() >= child->deadline) {
    child->overran = true;
    finish(child);
  }
}

void as_child_end(as_child *child) {
  if (child->pid > 0 && child->end == AS_END_RUNNING)
    kill(child->pid, SIGKILL);
  reap(child);
  as_frames_free(child->frames);
  child->frames = NULL;
}

pid_t as_child_leave(as_child *child) {
  pid_t pid = child->end == AS_END_RUNNING ? child->pid : 0;
  if (pid > 0)
    kill(pid, SIGKILL);
  close_ends(child);
  as_frames_free(child->frames);
  *child = (as_child){.fd = -1};
  return pid;
}

const char *as_signal_name(int number) {
  static const struct {
    int number;
    const char *name;
  } names[] = {{SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"}, {SIGABRT, "SIGABRT"}, {SIGFPE, "SIGFPE"}, {SIGILL, "SIGILL"},
               {SIGKILL, "SIGKILL"}, {SIGTERM, "SIGTERM"}, {SIGSYS, "SIGSYS"}, {SIGPIPE, "SIGPIPE"}, {SIGXFSZ, "SIGXFSZ"},
               {SIGXCPU, "SIGXCPU"}, {SIGALRM, "SIGALRM"}, {SIGINT, "SIGINT"}, {SIGHUP, "SIGHUP"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (names[i].number == number)
      return names[i].name;
  return "a signal";
}
