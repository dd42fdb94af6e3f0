/* Sessions, both sides: what comes from below is believed nothing but its form, and a process that answers badly costs its question. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "eval/ask.h"
#include "eval/crew.h"
#include "json.h"

static void say(int out, as_msg_type type, const char *text) { as_frame_send(out, type, 0, json(text)); }
static void say_text(int out, const char *text) {
  as_buf bytes = {0};
  as_frame_write(&bytes, AS_MSG_TEXT, 0, text, strlen(text));
  as_frame_write_all(out, bytes.data, bytes.len);
  as_buf_free(&bytes);
}

/* What a question says: how it shall be answered. */
static void answer(int out, const char *how) {
  if (strcmp(how, "good") == 0) {
    say(out, AS_MSG_ROWS, "{\"columns\":[\"a\",\"b\"]}");
    say(out, AS_MSG_ROWS, "{\"rows\":[[1,\"x\"],[null,true]]}");
    say_text(out, "text");
    say(out, AS_MSG_ANSWER, "{\"status\":\"ok\",\"note\":\"n\"}");
  } else if (strcmp(how, "rows_first") == 0) {
    say(out, AS_MSG_ROWS, "{\"rows\":[[1]]}");
    say(out, AS_MSG_ANSWER, "{\"status\":\"ok\"}");
  } else if (strcmp(how, "short_row") == 0) {
    say(out, AS_MSG_ROWS, "{\"columns\":[\"a\",\"b\"]}");
    say(out, AS_MSG_ROWS, "{\"rows\":[[1]]}");
    say(out, AS_MSG_ANSWER, "{\"status\":\"ok\"}");
  } else if (strcmp(how, "no_columns") == 0) {
    say(out, AS_MSG_ROWS, "{\"columns\":[]}");
    say(out, AS_MSG_ANSWER, "{\"status\":\"ok\"}");
  } else if (strcmp(how, "odd_columns") == 0) {
    say(out, AS_MSG_ROWS, "{\"columns\":[1]}");
    say(out, AS_MSG_ANSWER, "{\"status\":\"ok\"}");
  } else if (strcmp(how, "unknown_member") == 0) {
    say(out, AS_MSG_ANSWER, "{\"status\":\"ok\",\"write\":\"/etc/passwd\"}");
  } else if (strcmp(how, "unknown_status") == 0) {
    say(out, AS_MSG_ANSWER, "{\"status\":\"fine\"}");
  } else if (strcmp(how, "noise") == 0) {
    as_frame_write_all(out, "noise, which is no frame at all", 31);
  } else if (strcmp(how, "twice") == 0) {
    say(out, AS_MSG_ANSWER, "{\"status\":\"ok\"}");
    say(out, AS_MSG_ANSWER, "{\"status\":\"ok\"}");
  } else if (strcmp(how, "ready_again") == 0) {
    say(out, AS_MSG_READY, "{}");
  } else if (strcmp(how, "result") == 0) {
    as_frame_send(out, AS_MSG_RESULT, 0, as_answer_new(arena, 0, json("{\"id\":\"A.1\",\"status\":\"effective\",\"checks\":[]}")));
  } else if (strcmp(how, "dies") == 0) {
    kill(getpid(), SIGKILL);
  } else if (strcmp(how, "limit") == 0) {
    say(out, AS_MSG_FAULT, "{\"fault\":\"memory\",\"where\":\"input:1\"}");
    _exit(AS_EXIT_INCOMPLETE);
  } else if (strcmp(how, "hangs") == 0) {
    signal(SIGALRM, SIG_IGN);
    for (;;)
      pause();
  }
}

/* Reads questions until there are no more. */
static int answers(int out) {
  as_frames *frames = as_frames_new();
  char bytes[4096];
  ssize_t n;
  while ((n = read(0, bytes, sizeof bytes)) > 0) {
    as_msg msg;
    as_frames_feed(frames, bytes, (size_t)n);
    while (as_frames_next(frames, &msg) == AS_FRAMES_MESSAGE) {
      as_node *question;
      if (msg.type == AS_MSG_ASK && as_node_decode(arena, msg.bytes, msg.n, 100, &question))
        answer(out, as_node_str(question, "how", ""));
    }
  }
  return 0;
}

/* ---- the caller's side, against a zygote that is none ---- */

static int zygote(void *ctx, int out) {
  static const char *const results[] = {"{\"id\":\"A.1\",\"status\":\"effective\",\"checks\":[]}", "{\"model\":\"m\",\"criteria\":{},\"risks\":[]}",
                                        "{\"by_status\":{},\"grades\":{},\"coverage\":50,\"next\":[]}"};
  (void)ctx;
  say(out, AS_MSG_WALLS, "{\"landlock\":7,\"seccomp\":true,\"rlimits\":true,\"privileges\":\"none\"}");
  say(out, AS_MSG_LOADED, "{\"rules\":[{\"id\":\"A.1\",\"path\":\"a.lua\",\"phase\":\"control\"}],\"catalog\":[\"A.1\"]}");
  say(out, AS_MSG_BUNDLE, "{\"name\":\"b\",\"as_of\":\"2026-06-30\",\"incomplete\":false,\"documents\":0,\"records\":0}");
  for (uint32_t i = 0; i < 3; i++)
    as_frame_send(out, AS_MSG_RESULT, 0, as_answer_new(arena, i, json(results[i])));
  say(out, AS_MSG_READY, "{}");
  return answers(out);
}

typedef struct {
  const char *how;
  as_asked first, second;
  unsigned columns, rows;
  as_buf text;
  bool held;
} asking;

static void columns(void *ctx, const as_node *list) { ((asking *)ctx)->columns += list->count; }
static bool row(void *ctx, const as_node *list) {
  ((asking *)ctx)->rows += list->count > 0;
  return true;
}
static void text(void *ctx, const char *bytes, size_t n) { as_buf_add(&((asking *)ctx)->text, bytes, n); }

static as_asked ask(asking *a, as_session *session, const char *how) {
  volatile bool stop = false;
  bool stopped;
  const as_node *end;
  as_reply reply = {a, columns, row, text};
  as_diags *diags = as_diags_new();
  as_node *question = as_node_new(arena, AS_MAP);
  as_node_put(arena, question, "how", as_node_text(arena, as_str_of(how)));
  as_asked asked = as_session_ask(session, question, &reply, arena, &end, diags, &stop, &stopped);
  as_diags_free(diags);
  return asked;
}

static void on_session(void *ctx, as_session *session, const as_run_bundle *bundle) {
  asking *a = ctx;
  (void)bundle;
  a->held = true;
  a->first = ask(a, session, a->how);
  a->second = ask(a, session, "good");
}
static void on_loaded(void *ctx, as_diags *diags) { (void)ctx, (void)diags; }
static bool on_bundle(void *ctx, const as_run_bundle *bundle) { return (void)ctx, (void)bundle, true; }

static asking hold(const char *how) {
  asking a = {.how = how};
  const char *const bundles[] = {"b"};
  as_run_options o = {.bundles = bundles, .n_bundles = 1, .jobs = 1, .session = "m", .memory_bytes = 64u << 20, .seconds = 0.1, .limits = as_read_limits_default};
  as_run_listener listener = {.ctx = &a, .loaded = on_loaded, .bundle = on_bundle, .session = on_session};
  as_run_with(&o, &listener, NULL, zygote);
  assert_true(a.held);
  return a;
}

static void the_caller_takes_what_has_its_form(void **state) {
  (void)state;
  asking a = hold("good");
  assert_int_equal(a.first, AS_ASKED);
  assert_int_equal(a.second, AS_ASKED);
  assert_int_equal(a.columns, 4);
  assert_int_equal(a.rows, 4);
  assert_int_equal(a.text.len, 8);
  as_buf_free(&a.text);
}

static void the_caller_refuses_the_rest(void **state) {
  (void)state;
  static const char *const bad[] = {"rows_first", "short_row", "no_columns", "odd_columns", "unknown_member", "unknown_status", "noise", "ready_again", "result", "dies"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    asking a = hold(bad[i]);
    if (a.first != AS_GONE || a.second != AS_GONE)
      fail_msg("%s: %d, %d", bad[i], a.first, a.second);
    as_buf_free(&a.text);
  }
  asking a = hold("twice"); /* the second answer is to nothing, which shows at the next question */
  assert_int_equal(a.first, AS_ASKED);
  as_buf_free(&a.text);
}

/* ---- the worker's side, against a process that answers badly ---- */

static int answering(void *ctx, int out) {
  (void)ctx;
  say(out, AS_MSG_READY, "{}");
  return answers(out);
}

static as_run_options options = {.memory_bytes = 64u << 20, .seconds = 0.1, .jobs = 1, .session = "m"};

static int worker(void *ctx, int out) {
  (void)ctx;
  as_host host = {.options = &options, .out = out};
  return as_session_serve(&host, NULL, answering) ? 7 : 8;
}

/* The next end of an answer, or of the worker: NULL. */
static const as_node *next_answer(as_child *child) {
  as_child *const children[] = {child};
  for (;;) {
    as_msg msg;
    as_node *node;
    while (as_frames_next(child->frames, &msg) == AS_FRAMES_MESSAGE)
      if (msg.type == AS_MSG_ANSWER) {
        assert_true(as_node_decode(arena, msg.bytes, msg.n, 1000, &node));
        return node;
      }
    if (child->fd < 0)
      return NULL;
    as_children_wait(children, 1, 0, NULL);
  }
}

static void put_question(as_child *child, const char *how) {
  as_node *question = as_node_new(arena, AS_MAP);
  as_node_put(arena, question, "how", as_node_text(arena, as_str_of(how)));
  assert_true(as_frame_send(child->ask, AS_MSG_ASK, 0, question));
}

static void a_bad_answer_costs_its_question(void **state) {
  (void)state;
  static const struct {
    const char *how, *fault, *where;
  } bad[] = {{"noise", "crash", "makes no sense"}, {"dies", "crash", "SIGKILL"}, {"result", "crash", "makes no sense"},
             {"limit", "memory", "input:1"},       {"ready_again", "crash", "makes no sense"}};
  as_child child;
  assert_true(as_child_spawn(&child, worker, NULL, AS_CHILD_ASKED));
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    put_question(&child, bad[i].how);
    const as_node *end = next_answer(&child);
    assert_non_null(end);
    assert_string_equal(as_node_str(end, "fault", ""), bad[i].fault);
    assert_non_null(strstr(as_node_str(end, "where", ""), bad[i].where));
    assert_true(as_node_boolean(end, "lost", false));
    put_question(&child, "good");
    assert_string_equal(as_node_str(next_answer(&child), "status", ""), "ok");
  }
  close(child.ask);
  child.ask = 0;
  assert_null(next_answer(&child));
  assert_int_equal(child.code, 7);
  as_child_end(&child);
}

/* What does not end by the signal of the time limit is ended. */
static void a_cut_ends_what_hangs(void **state) {
  (void)state;
  as_child child;
  as_buf cut = {0};
  assert_true(as_child_spawn(&child, worker, NULL, AS_CHILD_ASKED));
  put_question(&child, "hangs");
  as_frame_write(&cut, AS_MSG_CUT, 0, "", 0);
  assert_true(as_frame_write_all(child.ask, cut.data, cut.len));
  assert_string_equal(as_node_str(next_answer(&child), "fault", ""), "hang");
  put_question(&child, "hangs");
  assert_true(as_frame_write_all(child.ask, cut.data, cut.len));
  assert_true(as_frame_write_all(child.ask, cut.data, cut.len)); /* at once */
  assert_string_equal(as_node_str(next_answer(&child), "fault", ""), "hang");
  put_question(&child, "good");
  assert_string_equal(as_node_str(next_answer(&child), "status", ""), "ok");
  assert_true(as_frame_write_all(child.ask, cut.data, cut.len)); /* of nothing */
  put_question(&child, "good");
  assert_string_equal(as_node_str(next_answer(&child), "status", ""), "ok");
  as_buf_free(&cut);
  as_child_end(&child);
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
  signal(SIGPIPE, SIG_IGN);
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_caller_takes_what_has_its_form), cmocka_unit_test(the_caller_refuses_the_rest),
                                     cmocka_unit_test(a_bad_answer_costs_its_question), cmocka_unit_test(a_cut_ends_what_hangs)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
