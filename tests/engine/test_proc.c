/* Child processes: confined, read from, told how they ended, killed when they overrun. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "eval/proc.h"

static bool answer(int out, int64_t value) {
  as_arena *arena = as_arena_new();
  bool ok = as_frame_send(out, AS_MSG_STEP, 0, as_node_int(arena, value));
  as_arena_free(arena);
  return ok;
}

/* Waits for the child to end; the last number that it sent, or -1. */
static int64_t drain(as_child *child) {
  as_child *const children[] = {child};
  int64_t last = -1;
  for (;;) {
    as_msg msg;
    while (as_frames_next(child->frames, &msg) == AS_FRAMES_MESSAGE) {
      as_arena *arena = as_arena_new();
      as_node *node;
      assert_true(as_node_decode(arena, msg.bytes, msg.n, 10, &node));
      last = node->u.integer;
      as_arena_free(arena);
    }
    if (child->fd < 0)
      return last;
    as_children_wait(children, 1, 0, NULL);
  }
}

static int says(void *ctx, int out) { return answer(out, *(int *)ctx) ? 3 : 4; }

static void answers(void **state) {
  (void)state;
  int number = 17;
  as_child child;
  assert_true(as_child_spawn(&child, says, &number, false));
  assert_int_equal(drain(&child), 17);
  assert_int_equal(child.end, AS_END_EXIT);
  assert_int_equal(child.code, 3);
  assert_false(child.overran);
  as_child_end(&child);
}

static int looks_around(void *ctx, int out) {
  (void)ctx;
  int64_t faults = 0;
  struct rlimit core, size;
  struct sigaction act;
  char byte;
  for (int fd = 3; fd < 100; fd++)
    if (fd != out && fcntl(fd, F_GETFD) >= 0)
      faults |= 1;
  getrlimit(RLIMIT_CORE, &core);
  getrlimit(RLIMIT_FSIZE, &size);
#ifdef __SANITIZE_ADDRESS__
  size.rlim_cur = 0; /* its report may go to a file */
#endif
  faults |= core.rlim_cur || core.rlim_max || size.rlim_cur ? 2 : 0;
  faults |= getpgrp() != getpid() ? 4 : 0;
  faults |= prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 ? 8 : 0;
  faults |= prctl(PR_GET_DUMPABLE) != 0 ? 16 : 0;
  int death = 0;
  prctl(PR_GET_PDEATHSIG, &death);
  faults |= death != SIGKILL ? 32 : 0;
  sigaction(SIGUSR1, NULL, &act);
  faults |= act.sa_handler != SIG_DFL ? 64 : 0;
  faults |= read(0, &byte, 1) != 0 ? 128 : 0; /* /dev/null */
  return answer(out, faults) ? 0 : 1;
}

static void confined(void **state) {
  (void)state;
  signal(SIGUSR1, SIG_IGN);
  int stray = open("/dev/null", O_RDONLY), input = dup(0), ends[2];
  assert_int_equal(pipe(ends), 0);
  assert_int_equal(write(ends[1], "x", 1), 1);
  dup2(ends[0], 0); /* something to read, which the child must not */
  as_child child;
  assert_true(as_child_spawn(&child, looks_around, NULL, false));
  assert_int_equal(drain(&child), 0);
  as_child_end(&child);
  dup2(input, 0);
  for (int i = 0; i < 4; i++)
    close((int[]){stray, input, ends[0], ends[1]}[i]);
  signal(SIGUSR1, SIG_DFL);
}

static int crashes(void *ctx, int out) {
  answer(out, 5);
  kill(getpid(), *(int *)ctx);
  while (pause() != 0) {
  }
  return 0;
}

static void ends_by_signal(void **state) {
  (void)state;
  static const int signals[] = {SIGSEGV, SIGKILL, SIGABRT};
  for (size_t i = 0; i < 3; i++) {
    int number = signals[i];
    as_child child;
    assert_true(as_child_spawn(&child, crashes, &number, false));
    assert_int_equal(drain(&child), 5); /* what was sent before is not lost */
    assert_int_equal(child.end, AS_END_SIGNAL);
    assert_int_equal(child.code, number);
    as_child_end(&child);
  }
  assert_string_equal(as_signal_name(SIGSEGV), "SIGSEGV");
}

static int hangs(void *ctx, int out) {
  (void)ctx;
  answer(out, 6);
  while (pause() != 0) {
  }
  return 0;
}

static void overruns(void **state) {
  (void)state;
  as_child child;
  assert_true(as_child_spawn(&child, hangs, NULL, false));
  double begun = as_proc_now();
  child.deadline = begun + 0.2;
  assert_int_equal(drain(&child), 6);
  assert_true(child.overran);
  assert_int_equal(child.end, AS_END_SIGNAL);
  assert_int_equal(child.code, SIGKILL);
  assert_true(as_proc_now() - begun < 2);
  as_child_end(&child);
}

/* Parts of a message that never ends. */
static int pours(void *ctx, int out) {
  (void)ctx;
  while (as_frame_write_all(out, "x", 1)) {
  }
  return 0;
}

/* Waits for the child, whose deadline has passed, when bytes of it are there. */
static void wait_late(as_child *child, unsigned late) {
  as_child *const children[] = {child};
  struct pollfd there = {.fd = child->fd, .events = POLLIN};
  assert_int_equal(poll(&there, 1, 20000), 1);
  child->deadline = as_proc_now();
  child->late = late;
  assert_true(as_children_wait(children, 1, 5, NULL));
}

/* Bytes that keep coming put the end off, but not for ever. */
static void overruns_pouring(void **state) {
  (void)state;
  as_child child;
  assert_true(as_child_spawn(&child, pours, NULL, false));
  wait_late(&child, 0);
  assert_false(child.overran);
  wait_late(&child, 1000);
  assert_true(child.overran);
  assert_int_equal(child.code, SIGKILL);
  as_child_end(&child);
}

static void two_at_once(void **state) {
  (void)state;
  as_child slow, quick;
  int number = 1;
  assert_true(as_child_spawn(&slow, hangs, NULL, false));
  assert_true(as_child_spawn(&quick, says, &number, false));
  as_child *const children[] = {&slow, &quick};
  while (quick.fd >= 0)
    assert_true(as_children_wait(children, 2, 5, NULL));
  assert_true(slow.fd >= 0);
  assert_int_equal(quick.code, 3);
  as_child_end(&slow);
  assert_int_equal(slow.end, AS_END_SIGNAL);
  as_child_end(&quick);
}

static void gives_up_waiting(void **state) {
  (void)state;
  as_child child;
  assert_true(as_child_spawn(&child, hangs, NULL, false));
  as_child *const children[] = {&child};
  as_msg msg;
  while (as_frames_next(child.frames, &msg) != AS_FRAMES_MESSAGE)
    as_children_wait(children, 1, 5, NULL);
  assert_false(as_children_wait(children, 1, 0.05, NULL));
  volatile bool stop = true;
  assert_false(as_children_wait(children, 1, 0, &stop));
  as_child_end(&child);
}

static volatile bool interrupted;
static void on_alarm(int number) {
  (void)number;
  interrupted = true;
}

static void a_signal_wakes(void **state) {
  (void)state;
  struct sigaction act = {.sa_handler = on_alarm};
  sigaction(SIGINT, &act, NULL);
  as_child child;
  assert_true(as_child_spawn(&child, hangs, NULL, false));
  as_child *const children[] = {&child};
  as_msg msg;
  while (as_frames_next(child.frames, &msg) != AS_FRAMES_MESSAGE)
    as_children_wait(children, 1, 5, NULL);
  kill(getpid(), SIGINT); /* before the wait: must not be missed */
  assert_false(as_children_wait(children, 1, 0, &interrupted));
  as_child_end(&child);
  signal(SIGINT, SIG_DFL);
}

static int has_a_child(void *ctx, int out) {
  (void)ctx;
  as_child grandchild;
  if (!as_child_spawn(&grandchild, hangs, NULL, false))
    return 1;
  answer(out, grandchild.pid);
  while (pause() != 0) {
  }
  return 0;
}

/* Whoever dies takes those below it along. */
static void a_chain_ends_together(void **state) {
  (void)state;
  as_child child;
  assert_true(as_child_spawn(&child, has_a_child, NULL, false));
  as_child *const children[] = {&child};
  as_msg msg;
  while (as_frames_next(child.frames, &msg) != AS_FRAMES_MESSAGE)
    as_children_wait(children, 1, 5, NULL);
  as_arena *arena = as_arena_new();
  as_node *node;
  assert_true(as_node_decode(arena, msg.bytes, msg.n, 10, &node));
  pid_t grandchild = (pid_t)node->u.integer;
  as_arena_free(arena);
  assert_int_equal(kill(grandchild, 0), 0);
  as_child_end(&child);
  int tries = 0;
  char path[64], stat[256] = "";
  snprintf(path, sizeof path, "/proc/%d/stat", grandchild);
  for (; tries < 200; tries++) { /* gone, or a zombie where nobody reaps */
    FILE *f = fopen(path, "r");
    if (!f)
      break;
    size_t n = fread(stat, 1, sizeof stat - 1, f);
    fclose(f);
    stat[n] = '\0';
    const char *close = strrchr(stat, ')');
    if (close && close[2] == 'Z')
      break;
    usleep(10000);
  }
  assert_true(tries < 200);
}

static volatile int *witness; /* shared with children */
static pid_t dying;
static void dies(void) { _exit(0); }
static void waits(void) {
  while (getppid() == dying) {
  }
}
static int bears_witness(void *ctx, int out) {
  (void)ctx, (void)out;
  *witness = 1;
  return 0;
}

/* One whose parent died before it could ask to be told does nothing. */
static void an_orphan_ends(void **state) {
  (void)state;
  int status = 0;
  witness = mmap(NULL, sizeof *witness, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  assert_true(witness != MAP_FAILED);
  assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0); /* the orphan comes here */
  pid_t pid = fork();
  if (pid == 0) {
    as_child child;
    dying = getpid();
    pthread_atfork(NULL, dies, waits);
    as_child_spawn(&child, bears_witness, NULL, 0);
    _exit(1);
  }
  assert_int_equal(waitpid(pid, &status, 0), pid);
  assert_int_equal(status, 0);
  assert_true(waitpid(-1, &status, 0) > 0);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), AS_CHILD_BROKEN);
  assert_int_equal(*witness, 0);
  prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
  munmap((void *)(uintptr_t)witness, sizeof *witness);
}

/* Doubles the numbers that it reads, until there are no more. */
static int doubles(void *ctx, int out) {
  (void)ctx;
  unsigned char number;
  while (read(0, &number, 1) == 1)
    answer(out, 2 * number);
  return 5;
}

static void is_asked(void **state) {
  (void)state;
  as_child child;
  int ends[2];
  bool input = true;
  assert_int_equal(pipe(ends), 0);
  assert_true(as_child_spawn(&child, doubles, NULL, AS_CHILD_ASKED));
  assert_true(child.ask > 0);
  for (unsigned char n = 1; n <= 3; n++) {
    as_msg msg;
    assert_int_equal(write(child.ask, &n, 1), 1);
    while (as_frames_next(child.frames, &msg) != AS_FRAMES_MESSAGE) {
      as_child_wait_or(&child, ends[0], 0, &input);
      assert_false(input);
    }
  }
  assert_int_equal(write(ends[1], "x", 1), 1);
  as_child_wait_or(&child, ends[0], 0, &input);
  assert_true(input);
  close(child.ask);
  child.ask = 0;
  drain(&child);
  assert_int_equal(child.end, AS_END_EXIT);
  assert_int_equal(child.code, 5);
  as_child_end(&child);
  assert_true(as_child_spawn(&child, doubles, NULL, AS_CHILD_ASKED)); /* one that is not asked overruns */
  as_child_due(&child, 0.05);
  while (child.fd >= 0)
    as_child_wait_or(&child, -1, 0.01, &input);
  assert_true(child.overran);
  as_child_end(&child);
  close(ends[0]);
  close(ends[1]);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(answers),     cmocka_unit_test(confined),         cmocka_unit_test(ends_by_signal),
                                     cmocka_unit_test(overruns), cmocka_unit_test(overruns_pouring),    cmocka_unit_test(two_at_once),      cmocka_unit_test(gives_up_waiting),
                                     cmocka_unit_test(a_signal_wakes), cmocka_unit_test(a_chain_ends_together), cmocka_unit_test(an_orphan_ends),
                                     cmocka_unit_test(is_asked)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
