/* Other programs: a child of ours starts the program, passes on in frames what it says, and takes it along when it ends.
 * Must not know what the program is for. */
#include "eval/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define NO_PROGRAM 127

/* In the process that becomes the program. `said` tells by its closing that the program was started. */
static void become(const as_tool *tool, int out, int said) {
  if (dup2(out, 1) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
    _exit(AS_CHILD_BROKEN);
  struct rlimit memory = {tool->memory, tool->memory};
  setrlimit(RLIMIT_AS, &memory);
  close(AS_CHILD_OUT);
  execvp(tool->argv[0], (char *const *)tool->argv);
  char mark = 0;
  if (write(said, &mark, 1) != 1)
    _exit(AS_CHILD_BROKEN);
  _exit(NO_PROGRAM);
}

static bool pass_on(const as_tool *tool, int from, int out) {
  char bytes[65536];
  size_t all = 0;
  for (;;) {
    ssize_t got = read(from, bytes, sizeof bytes);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return got == 0;
    all += (size_t)got;
    as_buf frame = {0};
    bool ok = all <= tool->most && as_frame_write(&frame, AS_MSG_TEXT, 0, bytes, (size_t)got) && as_frame_write_all(out, frame.data, frame.len);
    as_buf_free(&frame);
    if (!ok)
      return false;
  }
}

static bool tell(int out, bool ran, int code) {
  as_arena *arena = as_arena_new();
  as_node *node = as_node_new(arena, AS_MAP);
  as_node_put(arena, node, "ran", as_node_bool(arena, ran));
  as_node_put(arena, node, "code", as_node_int(arena, code));
  bool ok = as_frame_send(out, AS_MSG_RESULT, 0, node);
  as_arena_free(arena);
  return ok;
}

/* The child: waits for the program, so that its own end tells of it. */
static int tool_main(void *ctx, int out) {
  const as_tool *tool = ctx;
  int ends[2], started[2], status = 0;
  if (pipe2(ends, O_CLOEXEC) != 0 || pipe2(started, O_CLOEXEC) != 0)
    return AS_CHILD_BROKEN;
  pid_t pid = fork();
  if (pid < 0)
    return AS_CHILD_BROKEN;
  if (pid == 0)
    become(tool, ends[1], started[1]);
  close(ends[1]);
  close(started[1]);
  char mark;
  bool ran = read(started[0], &mark, 1) == 0;
  bool ok = pass_on(tool, ends[0], out);
  if (!ok)
    kill(pid, SIGKILL);
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return ok && WIFEXITED(status) && tell(out, ran, WEXITSTATUS(status)) ? 0 : AS_CHILD_BROKEN;
}

void as_tool_start(as_tool_job *job, const as_tool *tool) {
  job->tool = tool;
  job->started = as_child_spawn(&job->child, tool_main, (void *)tool, 0);
  if (job->started)
    as_child_due(&job->child, tool->seconds);
}

as_tool_end as_tool_finish(as_tool_job *job, as_buf *out, int *code, const volatile bool *stop) {
  as_tool_end end = AS_TOOL_FAILED;
  *code = 0;
  if (!job->started)
    return end;
  as_child *const children[] = {&job->child};
  bool sense = true, through = false;
  while (sense && !through) {
    as_msg msg;
    as_frames_state state;
    while (sense && !through && (state = as_frames_next(job->child.frames, &msg)) != AS_FRAMES_MORE) {
      as_arena *passing = as_arena_new();
      as_node *node = NULL;
      sense = state == AS_FRAMES_MESSAGE && (msg.type == AS_MSG_TEXT || msg.type == AS_MSG_RESULT);
      if (sense && msg.type == AS_MSG_TEXT)
        as_buf_add(out, msg.bytes, msg.n);
      else if (sense && (through = sense = as_node_decode(passing, msg.bytes, msg.n, 10, &node))) {
        end = as_node_boolean(node, "ran", false) ? AS_TOOL_RAN : AS_TOOL_ABSENT;
        *code = (int)as_node_integer(node, "code", 0);
      }
      as_arena_free(passing);
    }
    if (!sense || through || job->child.fd < 0 || (stop && *stop))
      break;
    as_children_wait(children, 1, 0, stop);
  }
  as_child_end(&job->child);
  return end;
}

as_tool_end as_tool_run(const as_tool *tool, as_buf *out, int *code, const volatile bool *stop) {
  as_tool_job job;
  as_tool_start(&job, tool);
  return as_tool_finish(&job, out, code, stop);
}
