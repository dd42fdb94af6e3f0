/* Walls: which system calls a process may make. The programs that say so are made with assay itself (generate/wall_programs.c). */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "eval/wall_inside.h"
#include "wall_programs.h"

#if AS_SANITIZED
#define PROGRAM(name) {.len = sizeof sanitized_##name / sizeof *sanitized_##name, .filter = (struct sock_filter *)(uintptr_t)sanitized_##name}
#else
#define PROGRAM(name) {.len = sizeof name / sizeof *name, .filter = (struct sock_filter *)(uintptr_t)name}
#endif

bool as_wall_can_filter(void) {
  uint32_t action = SECCOMP_RET_KILL_PROCESS;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

bool as_wall_calls(as_wall *wall, as_stage stage) {
  static const struct sock_fprog programs[AS_STAGES] = {[AS_STAGE_READ] = PROGRAM(read_program), [AS_STAGE_WAIT] = PROGRAM(wait_program),
                                                        [AS_STAGE_JUDGE] = PROGRAM(judge_program), [AS_STAGE_ANSWER] = PROGRAM(answer_program)};
  static const struct sock_fprog without_landlock = PROGRAM(read_program_without_landlock);
  if (!wall || !wall->up.seccomp)
    return true;
  const struct sock_fprog *program = stage == AS_STAGE_READ && !wall->up.landlock ? &without_landlock : &programs[stage];
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, program) == 0) {
    wall->calls_worked = true;
    return true;
  }
  if (wall->calls_worked)
    return false;
  wall->up.seccomp = false;
  return true;
}
