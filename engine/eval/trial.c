/* A trial of the walls: raises all of them, down to those of a runner, in a process that does nothing else. So a run that demands
 * them knows before it has opened anything. */
#include "eval/crew.h"
#include "eval/proc.h"
#include "eval/shapes.h"

static int trial_main(void *ctx, int out) {
  as_host host;
  static const char *const none[] = {NULL};
  bool ok = as_host_walls(&host, ctx, out);
  if (!as_host_report(&host) || !ok)
    return AS_EXIT_INTERNAL;
  as_wall_numbers numbers = {.files = AS_CHILD_OUT + 1};
  as_node *answer = as_node_new(host.arena, AS_MAP);
  ok = as_wall_files(host.wall, none, 0) && as_wall_calls(host.wall, AS_STAGE_WAIT) && as_wall_limits(host.wall, &numbers) &&
       as_wall_calls(host.wall, AS_STAGE_JUDGE);
  return ok && as_frame_send(out, AS_MSG_RESULT, 0, answer) ? AS_EXIT_OK : AS_EXIT_INTERNAL;
}

bool as_run_walls(const as_run_options *options, as_diags *diags) {
  as_child child;
  bool up = false, sense = as_child_spawn(&child, trial_main, (void *)options, 0);
  as_child *const children[] = {&child};
  while (sense) {
    as_msg msg;
    as_frames_state state;
    while (sense && (state = as_frames_next(child.frames, &msg)) != AS_FRAMES_MORE) {
      as_arena *passing = as_arena_new();
      as_node *raw, *node;
      as_buf why = {0};
      sense = state == AS_FRAMES_MESSAGE && !up && as_node_decode(passing, msg.bytes, msg.n, AS_MESSAGE_NODES, &raw);
      if (sense && msg.type == AS_MSG_RESULT)
        up = true;
      else if (sense && msg.type == AS_MSG_DIAGS && (node = as_shape_take(passing, &as_shape_diags, raw, &why)) != NULL)
        as_diags_take(diags, node);
      else
        sense = false;
      as_buf_free(&why);
      as_arena_free(passing);
    }
    if (!sense || child.fd < 0)
      break;
    as_children_wait(children, 1, 0, NULL);
  }
  as_child_end(&child);
  if (!up && as_diags_errors(diags) == 0)
    as_diags_add(diags, "E0634", AS_ERROR, NULL, 0, 0, "docs/sandbox.md says what each wall needs", "the sandbox is demanded, but a trial of it failed: %s",
                 as_child_how(&child));
  return up;
}
