/* What the files of the walls share. Only they include this. */
#ifndef AS_EVAL_WALL_INSIDE_H
#define AS_EVAL_WALL_INSIDE_H

#include "eval/wall.h"

#if defined(__SANITIZE_ADDRESS__)
#define AS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AS_SANITIZED 1
#endif
#endif
#ifndef AS_SANITIZED
#define AS_SANITIZED 0
#endif

struct as_wall {
  as_walls up;
  bool files_worked, calls_worked; /* here or further up: from then on a failure is no missing kernel feature */
  uint64_t tasks;                  /* of the whole machine, when the walls were prepared; 0: unknown */
};

/* Version of landlock in this kernel; 0: none. */
int as_wall_landlock(void);
/* False where seccomp is missing, or cannot end a whole process. */
bool as_wall_can_filter(void);

#endif
