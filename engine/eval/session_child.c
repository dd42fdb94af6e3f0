/* Sessions: the process that answers. It has the sealed model, the rules and what was judged, and keeps the variables of the session.
 * Opens nothing; reads questions from standard input and writes answers, nothing else. */
#include <string.h>
#include <unistd.h>

#include "eval/crew.h"

#define ROOM ((uint64_t)512 << 20) /* bytes for answers, patterns and the program itself, beyond what an expression may have */
#define PIECE ((size_t)1 << 20)    /* bytes of text a message */
#define PART_BYTES ((size_t)1 << 20) /* of rows, and so many nodes */
#define PART_NODES 50000u

static bool send(const as_host *host, as_msg_type type, const as_node *node) { return as_frame_send(host->out, type, 0, node); }

/* ---- answers ---- */

static as_node *fault(as_arena *arena, const char *word, const char *where) {
  as_node *answer = as_node_new(arena, AS_MAP);
  as_node_put(arena, answer, "fault", as_node_text(arena, as_str_of(word)));
  as_node_put(arena, answer, "where", as_node_text(arena, as_str_of(where ? where : "")));
  return answer;
}

/* A limit that costs the process. */
static void on_limit(void *ctx, as_limit limit, const char *where) {
  const as_host *host = ctx;
  send(host, AS_MSG_FAULT, fault(as_arena_new(), as_limit_word(limit), where));
  _exit(AS_EXIT_INCOMPLETE);
}

static bool send_text(const as_host *host, as_str text) {
  bool ok = true;
  for (size_t at = 0; ok && at < text.n; at += PIECE) {
    as_buf bytes = {0};
    size_t n = text.n - at < PIECE ? text.n - at : PIECE;
    ok = as_frame_write(&bytes, AS_MSG_TEXT, 0, text.p + at, n) && as_frame_write_all(host->out, bytes.data, bytes.len);
    as_buf_free(&bytes);
  }
  return ok;
}

static size_t weigh(const as_node *node, size_t *nodes) {
  size_t bytes = node->text.n + node->key.n;
  ++*nodes;
  for (const as_node *m = node->type == AS_LIST || node->type == AS_MAP ? node->first : NULL; m; m = m->next)
    bytes += weigh(m, nodes);
  return bytes;
}

/* Rows in portions. The list is taken apart. */
static bool send_rows(const as_host *host, as_node *rows) {
  bool ok = true;
  for (as_node *row = rows->first, *next; ok && row;) {
    as_arena *arena = as_arena_new();
    as_node *map = as_node_new(arena, AS_MAP), *list = as_node_put(arena, map, "rows", as_node_new(arena, AS_LIST));
    for (size_t bytes = 0, nodes = 0; row && bytes < PART_BYTES && nodes < PART_NODES; row = next) {
      next = row->next;
      bytes += weigh(row, &nodes);
      as_node_add(list, row);
    }
    ok = send(host, AS_MSG_ROWS, map);
    as_arena_free(arena);
  }
  return ok;
}

static bool send_columns(const as_host *host, as_arena *arena, const as_node *columns) {
  as_node *map = as_node_new(arena, AS_MAP);
  as_node_put(arena, map, "columns", as_node_copy(arena, columns));
  return send(host, AS_MSG_ROWS, map);
}

/* What the module gave: rows, text, and the rest as the end. */
static bool send_answer(const as_host *host, as_arena *arena, const as_node *value) {
  as_node *columns = as_node_get(value, "columns"), *rows = as_node_get(value, "rows"), *text = as_node_get(value, "text");
  as_node *end = as_node_new(arena, AS_MAP);
  if (columns && (!send_columns(host, arena, columns) || (rows && rows->type == AS_LIST && !send_rows(host, rows))))
    return false;
  if (text && text->type == AS_TEXT && !send_text(host, text->text))
    return false;
  for (const as_node *m = value->type == AS_MAP ? value->first : NULL; m; m = m->next)
    if (m != columns && m != rows && m != text)
      as_node_put(arena, end, m->key.p, as_node_copy(arena, m));
  return send(host, AS_MSG_ANSWER, end) || send(host, AS_MSG_ANSWER, fault(arena, "large", ""));
}

/* ---- questions ---- */

static bool answer(as_host *host, const as_node *question) {
  as_arena *arena = as_arena_new();
  as_node *value = NULL;
  as_limit limit;
  const char *where;
  const as_run_options *o = host->options;
  double seconds = as_node_number(question, "seconds", o->seconds); /* a completion has less time than an expression */
  as_script_set_limits(host->script, o->memory_bytes, seconds < o->seconds ? seconds : o->seconds, o->steps);
  as_script_budget_start(host->script);
  bool ok = as_script_call(host->script, o->session, "ask", question, arena, &value);
  as_script_budget_stop(host->script);
  bool sent = as_host_report(host);
  if (ok)
    sent = sent && send_answer(host, arena, value);
  else if (as_script_was_cut(host->script, &limit, &where))
    sent = sent && send(host, AS_MSG_ANSWER, fault(arena, as_limit_word(limit), where));
  else
    sent = sent && send(host, AS_MSG_ANSWER, fault(arena, "lua", as_node_str(value, "message", "it erred")));
  as_arena_free(arena);
  return sent;
}

static bool begin(as_host *host, const as_tally *tally) {
  as_arena *arena = as_arena_new();
  as_node *argument = as_node_new(arena, AS_MAP), *value = NULL;
  const as_node *stored = host->options->stored, *derived = stored ? stored : tally->derived;
  const as_node *results = stored ? as_node_get(stored, "requirements") : NULL;
  as_node_put(arena, argument, "results", !stored ? as_tally_requirements(tally, arena) : results ? as_node_copy(arena, results) : as_node_new(arena, AS_LIST));
  as_node *risks = as_node_put(arena, argument, "risks", as_node_new(arena, AS_MAP));
  static const char *const members[] = {"model", "criteria", "risks"};
  for (size_t i = 0; derived && i < sizeof members / sizeof *members; i++)
    if (as_node_get(derived, members[i]))
      as_node_put(arena, risks, members[i], as_node_copy(arena, as_node_get(derived, members[i])));
  as_node_put(arena, argument, "stored", as_node_bool(arena, stored != NULL));
  bool ok = as_script_call(host->script, host->options->session, "begin", argument, arena, &value);
  if (!ok)
    as_host_failed(host, host->options->session, "begin", value);
  bool sent = as_host_report(host) && ok && send(host, AS_MSG_READY, as_node_new(arena, AS_MAP));
  as_arena_free(arena);
  return sent;
}

static bool wall_in(as_host *host) {
  const as_run_options *o = host->options;
  as_wall_numbers numbers = {.files = AS_CHILD_OUT + 1};
  if (o->memory_bytes < UINT64_MAX - ROOM - host->memory_used)
    numbers.address_bytes = host->memory_used + o->memory_bytes + ROOM;
  return as_wall_limits(host->wall, &numbers) && as_wall_calls(host->wall, AS_STAGE_ANSWER);
}

int as_session_main(void *ctx, int out) {
  const as_session_job *job = ctx;
  as_host *host = job->host;
  host->out = out;
  if (!wall_in(host))
    return AS_CHILD_BROKEN;
  as_script_on_limit(host->script, on_limit, host);
  if (!begin(host, job->tally))
    return AS_EXIT_INVALID;
  as_script_soften(host->script, true);
  as_frames *questions = as_frames_new();
  char bytes[65536];
  ssize_t got;
  bool ok = true;
  while (ok && (got = read(STDIN_FILENO, bytes, sizeof bytes)) > 0) {
    as_msg msg;
    as_frames_feed(questions, bytes, (size_t)got);
    while (ok && as_frames_next(questions, &msg) == AS_FRAMES_MESSAGE) {
      as_arena *arena = as_arena_new();
      as_node *question;
      ok = msg.type == AS_MSG_ASK && as_node_decode(arena, msg.bytes, msg.n, AS_MESSAGE_NODES, &question) && answer(host, question);
      as_arena_free(arena);
    }
  }
  return ok ? AS_EXIT_OK : AS_EXIT_INTERNAL;
}
