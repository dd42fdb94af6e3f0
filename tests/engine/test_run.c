/* The parent and the zygote against what may come from below: a bundle whose worker misbehaves fails alone. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "eval/crew.h"
#include "json.h"

static const char LOADED[] = "{\"rules\":[{\"id\":\"A.1\",\"path\":\"a.lua\",\"phase\":\"control\"}],\"catalog\":[\"A.1\"]}";
static const char SUMMARY[] = "{\"by_status\":{},\"grades\":{},\"coverage\":50,\"next\":[]}";
static const char WALLS[] = "{\"landlock\":7,\"seccomp\":true,\"rlimits\":true,\"privileges\":\"none\"}";

static void say(int out, as_msg_type type, uint32_t stream, const char *text) { as_frame_send(out, type, stream, json(text)); }

/* ---- workers ---- */

/* All steps from that on: 0 is the only rule. */
static void evaluate_from(int out, uint32_t first) {
  static const char *const answers[] = {"{\"id\":\"A.1\",\"status\":\"effective\",\"checks\":[]}", "{\"model\":\"m\",\"criteria\":{},\"risks\":[]}", SUMMARY};
  say(out, AS_MSG_BUNDLE, 0, "{\"name\":\"b\",\"as_of\":\"2026-06-30\",\"incomplete\":false,\"documents\":0,\"records\":0}");
  say(out, AS_MSG_DOCUMENTS, 0, "[]");
  for (uint32_t i = first; i < 3; i++)
    as_frame_send(out, AS_MSG_RESULT, 0, as_answer_new(arena, i, json(answers[i])));
}
static void evaluate(int out) { evaluate_from(out, 0); }

/* What it does is the name of its bundle. */
static int worker(void *ctx, int out) {
  const as_worker_job *job = ctx;
  const char *how = job->bundle;
  if (strcmp(how, "good") == 0) {
    evaluate(out);
    say(out, AS_MSG_DONE, 0, "{\"status\":\"ok\"}");
  } else if (strcmp(how, "dies") == 0) {
    kill(getpid(), SIGKILL);
  } else if (strcmp(how, "leaves") == 0) {
    evaluate(out);
  } else if (strcmp(how, "leaves_out") == 0) {
    say(out, AS_MSG_DONE, 0, "{\"status\":\"ok\"}");
  } else if (strcmp(how, "leaves_a_rule_out") == 0) {
    evaluate_from(out, 1);
    say(out, AS_MSG_DONE, 0, "{\"status\":\"ok\"}");
  } else if (strcmp(how, "noise") == 0) {
    as_frame_write_all(out, "0123456789abcdef0123456789abcdef", 32);
    sleep(20);
  } else if (strcmp(how, "floods") == 0) {
    while (as_frame_send(out, AS_MSG_DIAGS, 0, json("[]"))) {
    }
  } else if (strcmp(how, "floods_badly") == 0) {
    while (as_frame_send(out, AS_MSG_DIAGS, 0, json("{\"no\":\"list\"}"))) {
    }
  } else if (strcmp(how, "hangs") == 0) {
    say(out, AS_MSG_BUNDLE, 0, "{\"name\":\"b\",\"as_of\":\"2026-06-30\",\"incomplete\":false,\"documents\":0,\"records\":0}");
    raise(SIGSTOP);
  } else if (strcmp(how, "reads_for_ever") == 0) {
    for (;;)
      pause();
  } else if (strcmp(how, "twice") == 0) {
    evaluate(out);
    evaluate(out);
  } else if (strcmp(how, "behind") == 0) {
    evaluate(out);
    say(out, AS_MSG_DONE, 0, "{\"status\":\"ok\"}");
    say(out, AS_MSG_DIAGS, 0, "[]");
  } else if (strcmp(how, "loads") == 0) {
    say(out, AS_MSG_LOADED, 0, LOADED);
  } else if (strcmp(how, "unknown_word") == 0) {
    say(out, AS_MSG_DONE, 0, "{\"status\":\"fine\"}");
  } else if (strcmp(how, "bad_documents") == 0) {
    say(out, AS_MSG_BUNDLE, 0, "{\"name\":\"b\",\"as_of\":\"2026-06-30\",\"incomplete\":false,\"documents\":0,\"records\":0}");
    say(out, AS_MSG_DOCUMENTS, 0, "[{\"path\":\"x\"}]");
  } else if (strcmp(how, "unconfined") == 0) {
    return AS_CHILD_BROKEN;
  }
  return 0;
}

/* ---- zygotes ---- */

static int zygote(void *ctx, int out) {
  static as_plan plan;
  as_buf why = {0};
  as_host host = {.options = ctx, .out = out};
  say(out, AS_MSG_WALLS, 0, WALLS);
  say(out, AS_MSG_LOADED, 0, LOADED);
  return as_plan_take(arena, json(LOADED), &plan, &why) && as_zygote_bundles(&host, &plan, NULL, worker) ? 0 : AS_EXIT_INTERNAL;
}
static int says_nothing(void *ctx, int out) {
  (void)ctx, (void)out;
  return 0;
}
static int dies(void *ctx, int out) {
  (void)ctx, (void)out;
  kill(getpid(), SIGKILL);
  return 0;
}
static int loads_without_walls(void *ctx, int out) {
  (void)ctx;
  say(out, AS_MSG_LOADED, 0, LOADED);
  sleep(20);
  return 0;
}
static int says_walls_twice(void *ctx, int out) {
  (void)ctx;
  say(out, AS_MSG_WALLS, 0, WALLS);
  say(out, AS_MSG_WALLS, 0, WALLS);
  sleep(20);
  return 0;
}
static int says_other_walls(void *ctx, int out) {
  (void)ctx;
  say(out, AS_MSG_WALLS, 0, "{\"landlock\":-1,\"seccomp\":1}");
  sleep(20);
  return 0;
}
static int has_no_walls(void *ctx, int out) {
  (void)ctx;
  say(out, AS_MSG_WALLS, 0, "{\"landlock\":0,\"seccomp\":true,\"rlimits\":true,\"privileges\":\"none\"}");
  say(out, AS_MSG_LOADED, 0, LOADED);
  sleep(20);
  return 0;
}
static int keeps_privileges(void *ctx, int out) {
  (void)ctx;
  say(out, AS_MSG_WALLS, 0, "{\"landlock\":7,\"seccomp\":true,\"rlimits\":true,\"privileges\":\"kept\"}");
  say(out, AS_MSG_LOADED, 0, LOADED);
  sleep(20);
  return 0;
}
static int speaks_for_nobody(void *ctx, int out) {
  (void)ctx;
  say(out, AS_MSG_WALLS, 0, WALLS);
  say(out, AS_MSG_LOADED, 0, LOADED);
  say(out, AS_MSG_DONE, 77, "{\"status\":\"ok\"}");
  sleep(20);
  return 0;
}

static int speaks_for_the_next(void *ctx, int out) {
  (void)ctx;
  say(out, AS_MSG_WALLS, 0, WALLS);
  say(out, AS_MSG_LOADED, 0, LOADED);
  say(out, AS_MSG_DONE, 1, "{\"status\":\"ok\"}");
  sleep(600);
  return 0;
}

/* ---- the parent ---- */

typedef struct {
  int codes[8];
  size_t n;
  bool loaded;
  char first[512]; /* message of the first diagnostic of the last bundle that failed */
} heard;

static void on_loaded(void *ctx, as_diags *diags) {
  (void)diags;
  ((heard *)ctx)->loaded = true;
}

static bool on_bundle(void *ctx, const as_run_bundle *bundle) {
  heard *h = ctx;
  assert_true(h->n < 8 && bundle->index == h->n);
  assert_true((bundle->result != NULL) == (bundle->code == AS_EXIT_OK));
  if (as_diags_count(bundle->diags) && bundle->code != AS_EXIT_OK)
    snprintf(h->first, sizeof h->first, "%s", as_diags_at(bundle->diags, 0)->message);
  h->codes[h->n++] = bundle->code;
  return true;
}

static int run(as_run_options *options, as_child_fn main, heard *h) {
  *h = (heard){.n = 0};
  as_run_listener listener = {.ctx = h, .loaded = on_loaded, .bundle = on_bundle};
  options->memory_bytes = 64u << 20;
  options->seconds = 0.1;
  options->limits = as_read_limits_default;
  options->limits.read_seconds = 1;
  double begun = as_proc_now();
  int code = as_run_with(options, &listener, NULL, main);
  assert_true(as_proc_now() - begun < 60);
  assert_true(h->loaded);
  return code;
}

static void a_bad_worker_fails_alone(void **state) {
  (void)state;
  static const struct {
    const char *name, *says;
  } bad[] = {{"dies", "SIGKILL"},          {"leaves", "ended early"},         {"leaves_out", "makes no sense"},   {"noise", "makes no sense"},
             {"floods", "makes no sense"}, {"floods_badly", "makes no sense"}, {"hangs", "did not end in time"},   {"reads_for_ever", "did not end in time"},
             {"twice", "makes no sense"},  {"loads", "makes no sense"},        {"unknown_word", "makes no sense"}, {"bad_documents", "makes no sense"},
             {"unconfined", "wall"},       {"leaves_a_rule_out", "makes no sense"}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    for (unsigned jobs = 1; jobs <= 2; jobs++) {
      if (jobs == 1 && strcmp(bad[i].name, "hangs") == 0) /* takes its time */
        continue;
      const char *const bundles[] = {"good", bad[i].name, "good"};
      as_run_options options = {.bundles = bundles, .n_bundles = 3, .jobs = jobs};
      heard h;
      assert_int_equal(run(&options, zygote, &h), AS_EXIT_OK);
      if (h.n != 3 || h.codes[0] || h.codes[1] != AS_EXIT_INTERNAL || h.codes[2])
        fail_msg("%s: %zu bundles, codes %d %d %d", bad[i].name, h.n, h.codes[0], h.codes[1], h.codes[2]);
      if (!strstr(h.first, bad[i].says))
        fail_msg("%s: %s", bad[i].name, h.first);
    }
}

/* What comes behind the end of a bundle changes nothing of it. */
static void behind_the_end(void **state) {
  (void)state;
  const char *const bundles[] = {"behind", "good"};
  as_run_options options = {.bundles = bundles, .n_bundles = 2, .jobs = 1};
  heard h;
  assert_int_equal(run(&options, zygote, &h), AS_EXIT_OK);
  assert_true(h.n == 2 && h.codes[0] == AS_EXIT_OK && h.codes[1] == AS_EXIT_OK);
}

static void bad_zygotes(void **state) {
  (void)state;
  const char *const bundles[] = {"good", "not there"};
  static const struct {
    as_child_fn main;
    bool require;
    int code;
    size_t bundles;
  } all[] = {{says_nothing, false, AS_EXIT_INTERNAL, 0},     {dies, false, AS_EXIT_INTERNAL, 0},          {loads_without_walls, false, AS_EXIT_INTERNAL, 0},
             {says_walls_twice, false, AS_EXIT_INTERNAL, 0}, {says_other_walls, false, AS_EXIT_INTERNAL, 0}, {has_no_walls, true, AS_EXIT_INTERNAL, 0},
             {keeps_privileges, false, AS_EXIT_INTERNAL, 0}, {speaks_for_nobody, false, AS_EXIT_OK, 1},
             {speaks_for_the_next, false, AS_EXIT_OK, 1}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    as_run_options options = {.bundles = bundles, .n_bundles = 1, .jobs = 1, .require_walls = all[i].require};
    heard h;
    int code = run(&options, all[i].main, &h);
    if (code != all[i].code || h.n != all[i].bundles)
      fail_msg("zygote %zu: code %d, %zu bundles", i, code, h.n);
    assert_true(h.n == 0 || h.codes[0] == AS_EXIT_INTERNAL);
  }
}

/* Loads a file that does something of that kind, unless it is told to leave it out. */
typedef enum { BREAKS_A_LIMIT, CRASHES, CRASHES_WITHOUT_CARE, CRASHES_ALWAYS, CRASHES_NAMELESS, NAMES_NONSENSE } misdeed;
static misdeed doing;

static int loads_a_bad_file(void *ctx, int out) {
  const as_run_options *o = ctx;
  bool left_out = o->n_lost == 1 && strcmp(o->lost[0].file, "pack/own/bad.lua") == 0 && doing != CRASHES_ALWAYS;
  if (left_out && (doing == BREAKS_A_LIMIT) != (o->lost[0].line == 7))
    return AS_EXIT_INVALID;
  if (left_out || (doing == CRASHES_WITHOUT_CARE && o->careful))
    return zygote(ctx, out);
  if (doing != CRASHES_NAMELESS)
    strcpy(o->loading, doing == NAMES_NONSENSE ? "\xff" : "pack/own/bad.lua");
  say(out, AS_MSG_WALLS, 0, WALLS);
  if (doing != BREAKS_A_LIMIT)
    kill(getpid(), SIGKILL);
  say(out, AS_MSG_FAULT, 0, "{\"fault\":\"time\",\"where\":\"stdlib/x.lua:3\\npack/own/bad.lua:7\"}");
  return AS_EXIT_INVALID;
}

static void a_file_that_cannot_be_loaded_is_left_out(void **state) {
  (void)state;
  const char *const bundles[] = {"good"};
  static const struct {
    misdeed what;
    int code;
  } all[] = {{BREAKS_A_LIMIT, AS_EXIT_OK},         {CRASHES, AS_EXIT_OK},                {CRASHES_WITHOUT_CARE, AS_EXIT_OK},
             {CRASHES_ALWAYS, AS_EXIT_INTERNAL}, {CRASHES_NAMELESS, AS_EXIT_INTERNAL}, {NAMES_NONSENSE, AS_EXIT_INTERNAL}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    as_run_options options = {.bundles = bundles, .n_bundles = 1, .jobs = 1};
    heard h;
    doing = all[i].what;
    int code = run(&options, loads_a_bad_file, &h);
    if (code != all[i].code || h.n != (code == AS_EXIT_OK))
      fail_msg("case %zu: code %d, %zu bundles", i, code, h.n);
  }
}

static int set_up(void **state) {
  (void)state;
  arena = as_arena_new();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  as_arena_free(arena);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_bad_worker_fails_alone), cmocka_unit_test(behind_the_end), cmocka_unit_test(bad_zygotes),
                                     cmocka_unit_test(a_file_that_cannot_be_loaded_is_left_out)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
