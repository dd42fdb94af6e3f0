/* Calls of the product's own Lua that give a text (reports, listings, tests), in a child process of their own: what it shows comes
 * from evidence, and the parent runs no Lua. */
#include <string.h>
#include <unistd.h>

#include "eval/crew.h"
#include "eval/proc.h"
#include "eval/shapes.h"

#define LOAD_SECONDS 15.0 /* for the kinds and packs, before the call */
#define PIECE ((size_t)1 << 20) /* bytes of text a message; a piece may end within a character */

typedef struct {
  const as_run_options *options;
  const as_run_call *call;
} calling;

static bool send_text(int out, as_str text) {
  bool ok = true;
  for (size_t at = 0; ok && at < text.n; at += PIECE) {
    as_buf bytes = {0};
    size_t n = text.n - at < PIECE ? text.n - at : PIECE;
    ok = as_frame_write(&bytes, AS_MSG_TEXT, 0, text.p + at, n) && as_frame_write_all(out, bytes.data, bytes.len);
    as_buf_free(&bytes);
  }
  return ok;
}

static int call_main(void *ctx, int out) {
  const calling *c = ctx;
  as_host host;
  as_node *value = NULL;
  bool ok = as_host_walls(&host, c->options, out) && as_host_start(&host, c->call->bare ? AS_HOST_BARE : AS_HOST_PACKS);
  const as_node *loaded = ok && c->call->packs ? as_host_load(&host) : NULL;
  if (c->call->packs)
    ok = ok && loaded && as_node_integer(loaded, "errors", 0) == 0;
  if (ok) {
    if (c->call->timed)
      as_script_budget_start(host.script);
    ok = as_script_call(host.script, c->call->module, c->call->function, c->call->argument, host.arena, &value);
    if (c->call->timed)
      as_script_budget_stop(host.script);
    if (!ok)
      as_host_failed(&host, c->call->module, c->call->function, value);
  }
  if (!as_host_report(&host))
    return AS_EXIT_INTERNAL;
  if (!ok)
    return AS_EXIT_INVALID;
  as_node *rest = as_node_new(host.arena, AS_MAP);
  for (const as_node *m = value && value->type == AS_MAP ? value->first : NULL; m; m = m->next) {
    if (as_str_is(m->key, c->call->text) && m->type == AS_TEXT) {
      if (!send_text(out, m->text))
        return AS_EXIT_INTERNAL;
    } else if (c->call->whole || (m->type != AS_LIST && m->type != AS_MAP)) {
      as_node_put(host.arena, rest, m->key.p, as_node_copy(host.arena, m));
    }
  }
  return as_frame_send(out, AS_MSG_RESULT, 0, rest) ? AS_EXIT_OK : AS_EXIT_INTERNAL;
}

static void failed(const as_run_call *call, const as_child *child, const as_node *fault, as_diags *diags) {
  if (fault)
    as_diags_add(diags, "E0632", AS_ERROR, NULL, 0, 0, NULL, "%s.%s broke the limit of %s at %.*s", call->module, call->function,
                 as_node_str(fault, "fault", ""), (int)strcspn(as_node_str(fault, "where", ""), "\n"), as_node_str(fault, "where", ""));
  else if (child->end == AS_END_SIGNAL || as_diags_errors(diags) == 0)
    as_diags_add(diags, "E0633", AS_ERROR, NULL, 0, 0, NULL, "the process of %s.%s failed: %s", call->module, call->function, as_child_how(child));
}

bool as_run_script(const as_run_options *options, const as_run_call *call, as_arena *arena, as_buf *text, as_node **rest, as_diags *diags,
                   const volatile bool *stop) {
  static const as_shape rest_shape = {.name = "answer", .type = AS_SHAPE_ANY};
  calling c = {options, call};
  as_child child;
  if (!as_child_spawn(&child, call_main, &c, false)) {
    as_diags_add(diags, "E0633", AS_ERROR, NULL, 0, 0, NULL, "no process could be started");
    return false;
  }
  if (call->timed)
    child.deadline = as_proc_now() + 2 * options->seconds + LOAD_SECONDS;
  as_child *const children[] = {&child};
  const as_node *fault = NULL;
  bool through = false, sense = true;
  if (rest)
    *rest = NULL;
  for (;;) {
    as_msg msg;
    as_frames_state state;
    while (sense && (state = as_frames_next(child.frames, &msg)) != AS_FRAMES_MORE) {
      as_node *raw = NULL, *node = NULL;
      as_buf why = {0};
      sense = state == AS_FRAMES_MESSAGE && !through;
      if (sense && msg.type == AS_MSG_TEXT) {
        as_buf_add(text, msg.bytes, msg.n);
      } else if (sense && (sense = as_node_decode(arena, msg.bytes, msg.n, AS_MESSAGE_NODES, &raw))) {
        if (msg.type == AS_MSG_DIAGS && (node = as_shape_take(arena, &as_shape_diags, raw, &why)) != NULL)
          as_diags_take(diags, node);
        else if (msg.type == AS_MSG_FAULT)
          fault = node = as_shape_take(arena, &as_shape_fault, raw, &why);
        else if (msg.type == AS_MSG_RESULT && (node = as_shape_take(arena, &rest_shape, raw, &why)) != NULL)
          through = true;
        sense = node != NULL;
        if (through && rest)
          *rest = node;
      }
      as_buf_free(&why);
    }
    if (!sense || through || child.fd < 0 || (stop && *stop))
      break;
    as_children_wait(children, 1, 0, stop);
  }
  if (!through && !(stop && *stop)) {
    if (child.fd >= 0)
      as_child_end(&child);
    failed(call, &child, fault, diags);
    if (rest && fault)
      *rest = (as_node *)fault;
  }
  as_child_end(&child);
  return through;
}
