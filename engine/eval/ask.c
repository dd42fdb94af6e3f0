/* Sessions: the caller's side. Sends questions, looks at everything that comes back, hands it on.
 * Runs no Lua and believes nothing but the form of an answer. */
#include <string.h>

#include "eval/ask_inside.h"
#include "eval/host.h"
#include "eval/shapes.h"

#define COLUMNS_MAX 1000u
#define ANSWER_BYTES ((uint64_t)256 << 20)

static bool take_columns(as_session *s, const as_node *list) {
  if (list->type != AS_LIST || list->count == 0 || list->count > COLUMNS_MAX)
    return false;
  for (const as_node *n = list->first; n; n = n->next)
    if (n->type != AS_TEXT)
      return false;
  s->columns = list->count;
  s->reply->columns(s->reply->ctx, list);
  return true;
}

static bool take_rows(as_session *s, const as_node *list) {
  if (!s->columns || !list || list->type != AS_LIST)
    return false;
  for (const as_node *row = list->first; row && !s->enough; row = row->next) {
    if (row->type != AS_LIST || row->count != s->columns)
      return false;
    s->enough = !s->reply->row(s->reply->ctx, row);
  }
  return true;
}

static bool take_answer(as_session *s, const as_node *raw) {
  as_buf why = {0};
  const as_node *answer = as_shape_take(s->arena, &as_shape_answer, raw, &why);
  as_buf_free(&why);
  s->answer = answer;
  return answer != NULL;
}

static bool take_diags(as_session *s, as_arena *passing, const as_node *raw) {
  as_buf why = {0};
  const as_node *list = as_shape_take(passing, &as_shape_diags, raw, &why);
  as_buf_free(&why);
  if (list)
    as_diags_take(s->diags, list);
  return list != NULL;
}

/* A part of the answer. False where it makes no sense. */
static bool take_part(as_session *s, const as_msg *msg) {
  bool known = msg->type == AS_MSG_ROWS || msg->type == AS_MSG_TEXT || msg->type == AS_MSG_ANSWER || msg->type == AS_MSG_DIAGS;
  if (!s->busy || !known || msg->stream != 0 || s->bytes < msg->n)
    return false;
  s->bytes -= msg->n;
  if (msg->type == AS_MSG_TEXT) {
    s->reply->text(s->reply->ctx, msg->bytes, msg->n);
    return true;
  }
  as_arena *passing = as_arena_new();
  as_node *raw;
  bool ok = as_node_decode(passing, msg->bytes, msg->n, AS_MESSAGE_NODES, &raw);
  if (ok && msg->type == AS_MSG_ANSWER)
    ok = take_answer(s, raw);
  else if (ok && msg->type == AS_MSG_DIAGS)
    ok = take_diags(s, passing, raw);
  else if (ok && as_node_get(raw, "columns"))
    ok = take_columns(s, as_node_get(raw, "columns"));
  else if (ok)
    ok = take_rows(s, as_node_get(raw, "rows"));
  as_arena_free(passing);
  return ok;
}

/* All that has come. */
static void serve(as_session *s) {
  as_msg msg;
  as_frames_state state;
  while (!s->nonsense && !s->answer && (state = as_frames_next(s->zygote->frames, &msg)) != AS_FRAMES_MORE)
    s->nonsense = state != AS_FRAMES_MESSAGE || !take_part(s, &msg);
}

static bool send_cut(as_session *s) {
  as_buf bytes = {0};
  bool ok = as_frame_write(&bytes, AS_MSG_CUT, 0, "", 0) && as_frame_write_all(s->zygote->ask, bytes.data, bytes.len);
  as_buf_free(&bytes);
  return ok;
}

as_asked as_session_ask(as_session *s, const as_node *question, const as_reply *reply, as_arena *arena, const as_node **answer, as_diags *diags,
                        volatile bool *stop, bool *stopped) {
  as_child *const children[] = {s->zygote};
  s->reply = reply;
  s->arena = arena;
  s->diags = diags;
  s->answer = NULL;
  s->columns = 0;
  s->enough = false;
  s->bytes = ANSWER_BYTES;
  *answer = NULL;
  *stopped = false;
  if (s->nonsense || s->zygote->fd < 0 || !as_frame_send(s->zygote->ask, AS_MSG_ASK, 0, question))
    return AS_GONE;
  s->busy = true;
  as_child_due(s->zygote, s->patience);
  for (;;) {
    serve(s);
    if (s->nonsense || s->answer || s->zygote->fd < 0)
      break;
    if (as_children_wait(children, 1, 0, stop)) {
      as_child_due(s->zygote, s->patience);
    } else if (*stop) {
      *stop = false;
      *stopped = true;
      if (!send_cut(s))
        break;
    }
  }
  s->busy = false;
  s->zygote->deadline = 0;
  *answer = s->answer;
  return !s->answer ? AS_GONE : as_node_get(s->answer, "fault") ? AS_CUT : AS_ASKED;
}
