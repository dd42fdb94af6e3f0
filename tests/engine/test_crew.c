/* The crew against children of every bad kind: each costs the step that it was at, and no other. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "eval/crew.h"
#include "json.h"

static const char LOADED[] =
    "{\"rules\":[{\"id\":\"A.1\",\"path\":\"a.lua\",\"phase\":\"control\"},{\"id\":\"A.2\",\"path\":\"b.lua\",\"phase\":\"control\"},"
    "{\"id\":\"A.3\",\"path\":\"c.lua\",\"phase\":\"control\"}],\"catalog\":[\"A.1\",\"A.2\",\"A.3\"]}";

static as_run_options options = {.memory_bytes = 64u << 20, .seconds = 0.2, .jobs = 2};
static as_plan plan;

/* ---- children ---- */

static void send_announcement(int out, uint32_t step) {
  as_node *node = as_node_new(arena, AS_MAP);
  as_node_put(arena, node, "step", as_node_int(arena, step));
  as_frame_send(out, AS_MSG_STEP, 0, node);
}

static void send_result(int out, uint32_t step) { as_frame_send(out, AS_MSG_RESULT, 0, as_answer_new(arena, step, json("{\"id\":\"x\",\"status\":\"effective\",\"checks\":[]}"))); }

typedef void (*badness)(int out, uint32_t step);

static unsigned done; /* steps that this process has carried out */

/* Honest but for step 1. */
static int work(void *ctx, int out, badness bad) {
  const as_crew_job *job = ctx;
  signal(SIGBUS, SIG_DFL); /* cmocka has handlers of its own */
  signal(SIGSEGV, SIG_DFL);
  for (size_t i = 0; i < job->batch.n; i++) {
    uint32_t step = job->batch.steps[i];
    if (step == 1 && bad)
      bad(out, step);
    send_announcement(out, step);
    send_result(out, step);
    done++;
  }
  return 0;
}

static void waits(void) {
  for (;;)
    pause();
}

static void does_nothing_bad(int out, uint32_t step) { (void)out, (void)step; }
static void dies_before(int out, uint32_t step) {
  (void)out, (void)step;
  raise(SIGBUS);
}
static void dies(int out, uint32_t step) {
  send_announcement(out, step);
  raise(SIGSEGV);
}
static void leaves(int out, uint32_t step) {
  send_announcement(out, step);
  _exit(0);
}
static void has_no_memory(int out, uint32_t step) {
  send_announcement(out, step);
  _exit(AS_EXIT_INTERNAL);
}
static void hangs(int out, uint32_t step) {
  send_announcement(out, step);
  waits();
}
static void burns(int out, uint32_t step) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  send_announcement(out, step);
  for (volatile unsigned long i = 0; i < ~0ul; i++) {
  }
}
static void stops(int out, uint32_t step) {
  send_announcement(out, step);
  raise(SIGSTOP);
}
static void floods(int out, uint32_t step) {
  send_announcement(out, step);
  as_node *diags = json("[{\"code\":\"E1\",\"severity\":\"error\",\"message\":\"more and more\"}]");
  while (as_frame_send(out, AS_MSG_DIAGS, 0, diags)) {
  }
}
static void floods_before(int out, uint32_t step) {
  (void)step;
  as_node *diags = json("[]");
  while (as_frame_send(out, AS_MSG_DIAGS, 0, diags)) {
  }
}
static void announces_twice(int out, uint32_t step) {
  send_announcement(out, step);
  send_announcement(out, step);
  waits();
}
static void answers_another(int out, uint32_t step) {
  send_announcement(out, step);
  send_result(out, step + 1);
  waits();
}
static void answers_unannounced(int out, uint32_t step) {
  send_result(out, step);
  waits();
}
static void answers_the_summary(int out, uint32_t step) {
  (void)step;
  send_announcement(out, plan.summary);
  waits();
}
static void answers_hugely(int out, uint32_t step) {
  static char text[AS_RESULT_MAX + 1];
  memset(text, 'x', sizeof text);
  send_announcement(out, step);
  as_node *value = json("{\"id\":\"x\",\"status\":\"effective\",\"checks\":[]}");
  as_node_put(arena, value, "reason", as_node_text(arena, (as_str){text, sizeof text}));
  as_frame_send(out, AS_MSG_RESULT, 0, as_answer_new(arena, step, value));
  waits();
}
static void sends_bad_diags(int out, uint32_t step) {
  send_announcement(out, step);
  as_frame_send(out, AS_MSG_DIAGS, 0, json("[{\"code\":\"E1\",\"severity\":\"terrible\",\"message\":\"x\"}]"));
  waits();
}
static void sends_what_is_not_its(int out, uint32_t step) {
  send_announcement(out, step);
  as_frame_send(out, AS_MSG_DONE, 0, json("{\"status\":\"ok\"}"));
  waits();
}
static void sends_noise(int out, uint32_t step) {
  send_announcement(out, step);
  as_frame_write_all(out, "GET / HTTP/1.0\r\n\r\n", 18);
  waits();
}
static void sends_half(int out, uint32_t step) {
  send_announcement(out, step);
  as_frame_write_all(out, "ASf1", 4);
  _exit(0);
}
static void dribbles(int out, uint32_t step) {
  as_buf frame = {0};
  static char text[4096];
  as_frame_write(&frame, AS_MSG_DIAGS, 0, text, sizeof text);
  send_announcement(out, step);
  for (size_t i = 0; i < frame.len; i++) {
    as_frame_write_all(out, frame.data + i, 1);
    usleep(300000);
  }
}
static void breaks_a_limit(int out, uint32_t step) {
  send_announcement(out, step);
  as_frame_send(out, AS_MSG_FAULT, 0, json("{\"fault\":\"memory\",\"where\":\"b.lua:3\"}"));
  _exit(AS_EXIT_INCOMPLETE);
}
static void breaks_a_limit_behind_others(int out, uint32_t step) {
  if (done)
    breaks_a_limit(out, step);
}
static void makes_a_fault_up(int out, uint32_t step) {
  send_announcement(out, step);
  as_frame_send(out, AS_MSG_FAULT, 0, json("{\"fault\":\"boredom\"}"));
  waits();
}
static void is_not_confined(int out, uint32_t step) {
  (void)out, (void)step;
  _exit(AS_CHILD_BROKEN);
}

static const struct {
  const char *name;
  badness bad;
  const char *says; /* the reason of step 1 */
  double most;      /* seconds */
} cases[] = {
    {"honest", does_nothing_bad, NULL, 10},
    {"dies before its step", dies_before, "SIGBUS", 10},
    {"dies", dies, "SIGSEGV", 10},
    {"leaves", leaves, "ended by itself", 10},
    {"has no memory", has_no_memory, "running out of memory", 10},
    {"hangs", hangs, "was stopped", 10},
    {"burns with all signals blocked", burns, "was stopped", 10},
    {"is stopped", stops, "was stopped", 10},
    {"floods", floods, "what makes no sense", 10},
    {"floods before its step", floods_before, "what makes no sense", 10},
    {"announces twice", announces_twice, "what makes no sense", 10},
    {"answers another step", answers_another, "what makes no sense", 10},
    {"answers unannounced", answers_unannounced, "what makes no sense", 10},
    {"answers the summary", answers_the_summary, "what makes no sense", 10},
    {"answers hugely", answers_hugely, "what makes no sense", 10},
    {"sends bad diagnostics", sends_bad_diags, "what makes no sense", 10},
    {"sends what is not its", sends_what_is_not_its, "what makes no sense", 10},
    {"sends noise", sends_noise, "what makes no sense", 10},
    {"sends half a message", sends_half, "ended by itself", 10},
    {"breaks a limit", breaks_a_limit, "64 MB", 10},
    {"breaks the limit of memory behind others only", breaks_a_limit_behind_others, NULL, 10},
    {"makes a fault up", makes_a_fault_up, "what makes no sense", 10},
    {"is not confined", is_not_confined, "no process could be started", 10},
};

static size_t at;
static int by_case(void *ctx, int out) { return work(ctx, out, cases[at].bad); }

/* Evaluates the three steps with the children; how long it took. */
static double evaluate(as_tally *tally, as_child_fn child, bool alone) {
  static const uint32_t all[] = {0, 1, 2};
  static const as_batch together[] = {{all, 3}}, apart[] = {{all, 1}, {all + 1, 1}, {all + 2, 1}};
  as_host host = {.options = &options, .out = open("/dev/null", O_WRONLY)};
  double begun = as_proc_now();
  assert_true(as_crew_work(&host, tally, alone ? apart : together, alone ? 3 : 1, 2, child));
  close(host.out);
  return as_proc_now() - begun;
}

static const char *status_of(const as_tally *tally, uint32_t step) { return as_node_str(tally->requirements[step], "status", "none"); }

static void bad_children(void **state) {
  (void)state;
  for (at = 0; at < sizeof cases / sizeof *cases; at++)
    for (int alone = 0; alone < 2; alone++) {
      as_tally *tally = as_tally_new(arena, &plan, &options, NULL);
      double took = evaluate(tally, by_case, alone);
      if (took > cases[at].most)
        fail_msg("%s: took %g s", cases[at].name, took);
      for (uint32_t step = 0; step < 3; step++) {
        const char *expected = step == 1 && cases[at].says ? "error" : "effective";
        if (strcmp(status_of(tally, step), expected) != 0)
          fail_msg("%s: step %u is %s", cases[at].name, step, status_of(tally, step));
      }
      const char *reason = as_node_str(tally->requirements[1], "reason", "");
      if (cases[at].says && !strstr(reason, cases[at].says))
        fail_msg("%s: %s", cases[at].name, reason);
      assert_true(tally->incomplete == (cases[at].says != NULL));
    }
}

static int dribbling(void *ctx, int out) { return work(ctx, out, dribbles); }

/* One byte now and then puts the end off, but not for ever. */
static void a_dribble_ends(void **state) {
  (void)state;
  as_tally *tally = as_tally_new(arena, &plan, &options, NULL);
  assert_true(evaluate(tally, dribbling, false) < 40);
  assert_string_equal(status_of(tally, 1), "error");
  assert_string_equal(status_of(tally, 2), "effective");
}

static int honest(void *ctx, int out) { return work(ctx, out, NULL); }

/* Whoever should read is gone: everything ends. */
static void nobody_listens(void **state) {
  (void)state;
  static const uint32_t all[] = {0, 1, 2};
  static const as_batch batch = {all, 3};
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  close(ends[0]);
  signal(SIGPIPE, SIG_IGN);
  as_tally *tally = as_tally_new(arena, &plan, &options, NULL);
  as_host host = {.options = &options, .out = ends[1]};
  assert_false(as_crew_work(&host, tally, &batch, 1, 1, honest));
  close(ends[1]);
  signal(SIGPIPE, SIG_DFL);
}

static void nothing_to_do(void **state) {
  (void)state;
  as_host host = {.options = &options, .out = -1};
  assert_true(as_crew_work(&host, NULL, NULL, 0, 4, honest));
}

static void quotas(void **state) {
  (void)state;
  as_quota q = {.messages = 2, .bytes = 10};
  as_msg msg = {AS_MSG_DIAGS, 0, "", 10};
  assert_true(as_quota_take(&q, &msg));
  assert_false(as_quota_take(&q, &msg));
  msg.n = 0;
  assert_true(as_quota_take(&q, &msg));
  assert_false(as_quota_take(&q, &msg));
}

static int set_up(void **state) {
  (void)state;
  arena = as_arena_new();
  as_buf why = {0};
  return as_plan_take(arena, json(LOADED), &plan, &why) ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  as_arena_free(arena);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(bad_children), cmocka_unit_test(a_dribble_ends), cmocka_unit_test(nobody_listens),
                                     cmocka_unit_test(nothing_to_do), cmocka_unit_test(quotas)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
