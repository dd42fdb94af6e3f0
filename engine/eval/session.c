/* Sessions: the worker's side. Hands questions on to a process that answers them, relays what it says, ends it where it does not
 * end by itself, and starts another one, which knows the bundle but none of the variables.
 * Must not run Lua, and must not believe that process anything but the form of its messages. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "eval/crew.h"
#include "eval/shapes.h"

#define START_SECONDS 15.0  /* until the process that answers is ready */
#define SOON_SECONDS 1.0    /* in which it must have ended what was cut */
#define AGAIN_SECONDS 0.05  /* between the signals that cut */
#define AFTER_SECONDS 10.0  /* of silence, beyond the time of a question, while the answer is written */
#define STARTS 3u           /* in a row that may fail */
#define ANSWER_SECONDS 300.0 /* for all of an answer, however it comes */
#define ANSWER_BYTES ((uint64_t)256 << 20)

typedef struct {
  as_host *host;
  as_session_job job;
  as_child_fn main;
  as_child child;
  as_frames *questions;
  bool told;          /* AS_MSG_READY went up */
  bool ready;         /* the process is through with its start */
  bool busy, cut;     /* a question is under way; it was cut */
  unsigned failures;  /* starts in a row after which the process was never ready */
  bool fallen;        /* the process ended while nobody asked: the next question tells */
  bool gone, nonsense;
  uint64_t bytes;     /* that it may still send */
  double end;         /* of the time for the answer */
  char fault[16];     /* what the process said before it ended */
  char where[2048];
} serving;

static bool start(serving *s) {
  s->ready = s->cut = false;
  s->fault[0] = '\0';
  s->bytes = ANSWER_BYTES;
  if (!as_child_spawn(&s->child, s->main, &s->job, AS_CHILD_INNER | AS_CHILD_ASKED))
    return false;
  as_child_due(&s->child, START_SECONDS);
  return true;
}

static void relay(serving *s, const as_msg *msg) {
  as_buf bytes = {0};
  if (!as_frame_write(&bytes, msg->type, 0, msg->bytes, msg->n) || !as_frame_write_all(s->host->out, bytes.data, bytes.len))
    s->gone = true;
  as_buf_free(&bytes);
}

static void rest(serving *s) {
  s->busy = s->cut = false;
  s->child.deadline = 0;
  s->bytes = ANSWER_BYTES;
}

/* The end of an answer that the process itself cannot give any more. */
static void give_up(serving *s, const char *fault, const char *where) {
  as_arena *arena = as_arena_new();
  as_node *answer = as_node_new(arena, AS_MAP);
  as_node_put(arena, answer, "fault", as_node_text(arena, as_str_of(fault)));
  as_node_put(arena, answer, "where", as_node_text(arena, as_str_of(where)));
  as_node_put(arena, answer, "lost", as_node_bool(arena, true));
  if (!as_frame_send(s->host->out, AS_MSG_ANSWER, 0, answer))
    s->gone = true;
  as_arena_free(arena);
}

/* The limit that ends the process. */
static bool take_fault(serving *s, const as_msg *msg) {
  as_arena *arena = as_arena_new();
  as_buf why = {0};
  as_node *raw;
  const as_node *fault = as_node_decode(arena, msg->bytes, msg->n, AS_MESSAGE_NODES, &raw) ? as_shape_take(arena, &as_shape_fault, raw, &why) : NULL;
  snprintf(s->fault, sizeof s->fault, "%s", as_node_str(fault, "fault", ""));
  snprintf(s->where, sizeof s->where, "%s", as_node_str(fault, "where", ""));
  as_buf_free(&why);
  as_arena_free(arena);
  return *s->fault != '\0';
}

/* False where it makes no sense. */
static bool take(serving *s, const as_msg *msg) {
  if (s->bytes < msg->n)
    return false;
  s->bytes -= msg->n;
  switch (msg->type) {
  case AS_MSG_READY:
    if (s->ready)
      return false;
    s->ready = true;
    if (!s->told)
      relay(s, msg);
    s->told = true;
    if (!s->busy)
      s->child.deadline = 0;
    return true;
  case AS_MSG_DIAGS:
    relay(s, msg);
    return true;
  case AS_MSG_FAULT: return s->busy && take_fault(s, msg);
  case AS_MSG_ROWS:
  case AS_MSG_TEXT:
    if (!s->busy)
      return false;
    relay(s, msg);
    if (as_proc_now() < s->end)
      as_child_due(&s->child, AFTER_SECONDS);
    return true;
  case AS_MSG_ANSWER:
    if (!s->busy)
      return false;
    relay(s, msg);
    rest(s);
    return true;
  default: return false;
  }
}

/* All that the process has said. */
static void listen(serving *s) {
  as_msg msg;
  as_frames_state state;
  while (!s->gone && !s->nonsense && (state = as_frames_next(s->child.frames, &msg)) != AS_FRAMES_MORE)
    s->nonsense = state != AS_FRAMES_MESSAGE || !take(s, &msg);
}

/* It ended, or must end: says so, and starts another. False where none can be had. */
static bool replace(serving *s) {
  as_child_end(&s->child);
  s->failures = s->ready ? 0 : s->failures + 1;
  if (s->busy) {
    if (s->nonsense)
      give_up(s, "crash", "sending what makes no sense");
    else if (*s->fault)
      give_up(s, s->fault, s->where);
    else if (s->child.overran || s->cut)
      give_up(s, "hang", "");
    else
      give_up(s, "crash", s->child.end == AS_END_SIGNAL ? as_signal_name(s->child.code) : s->child.code == AS_EXIT_INTERNAL ? "running out of memory" : "itself");
  } else {
    s->fallen = true;
  }
  rest(s);
  s->nonsense = false;
  return s->failures < STARTS && start(s);
}

static void question(serving *s, const as_msg *msg) {
  if (msg->type == AS_MSG_CUT && s->busy) {
    if (s->cut)
      kill(s->child.pid, SIGKILL);
    else
      kill(s->child.pid, SIGALRM); /* what ends an expression at its limit of time */
    s->cut = true;
    as_child_due(&s->child, SOON_SECONDS);
  } else if (msg->type == AS_MSG_ASK && s->fallen) {
    s->fallen = false;
    give_up(s, "crash", "another process");
  } else if (msg->type == AS_MSG_ASK && !s->busy) {
    as_buf bytes = {0};
    s->busy = true;
    s->end = as_proc_now() + ANSWER_SECONDS;
    as_child_due(&s->child, as_crew_patience(s->host->options) + AFTER_SECONDS);
    if (as_frame_write(&bytes, msg->type, 0, msg->bytes, msg->n))
      as_frame_write_all(s->child.ask, bytes.data, bytes.len); /* where it fails the process has ended, which is seen below */
    as_buf_free(&bytes);
  }
}

/* Reads questions. False where no more come. */
static bool hear(serving *s) {
  char bytes[65536];
  ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
  if (got <= 0)
    return false;
  as_frames_feed(s->questions, bytes, (size_t)got);
  as_msg msg;
  as_frames_state state;
  while ((state = as_frames_next(s->questions, &msg)) == AS_FRAMES_MESSAGE)
    question(s, &msg);
  return state != AS_FRAMES_BROKEN;
}

bool as_session_serve(as_host *host, const as_tally *tally, as_child_fn child) {
  serving s = {.host = host, .job = {host, tally}, .main = child, .questions = as_frames_new()};
  signal(SIGPIPE, SIG_IGN); /* a question for a process that has just ended */
  signal(SIGALRM, SIG_IGN); /* for the process that answers: it may be cut when it has not begun, or has just ended */
  bool ok = start(&s), more = true, input;
  while (ok && more && !s.gone) {
    as_child_wait_or(&s.child, STDIN_FILENO, s.cut ? AGAIN_SECONDS : 0, &input);
    listen(&s);
    if (s.cut && s.child.fd >= 0) /* it may just have begun, and was deaf until then */
      kill(s.child.pid, SIGALRM);
    if (!s.gone && (s.nonsense || s.child.fd < 0))
      ok = replace(&s);
    if (ok && input)
      more = hear(&s);
  }
  as_child_end(&s.child);
  as_frames_free(s.questions);
  return ok && !s.gone;
}
