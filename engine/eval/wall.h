/* Walls: what a process of an evaluation gives up before it touches what others wrote.
 *
 * The first process below the parent prepares them; it and those below it raise those of their stage, and none can take one
 * down again. A wall that the kernel does not have is left out and told about; one that worked further up and fails further
 * down must end the process: all functions that give a bool say so by false. A NULL wall is none at all (--isolation none). */
#ifndef AS_EVAL_WALL_H
#define AS_EVAL_WALL_H

#include "base/node.h"

typedef enum {
  AS_PRIVILEGES_NONE,    /* there were none to drop */
  AS_PRIVILEGES_DROPPED,
  AS_PRIVILEGES_KEPT     /* the process runs with those of root */
} as_privileges;

/* Which walls are up. */
typedef struct {
  int landlock; /* version of its interface; 0: none */
  bool seccomp, rlimits;
  as_privileges privileges;
} as_walls;

typedef enum {
  AS_STAGE_READ, /* opens files for reading, starts and ends children */
  AS_STAGE_WAIT, /* starts and ends children, relays; opens nothing any more */
  AS_STAGE_JUDGE, /* computes, and writes its answers */
  AS_STAGE_ANSWER /* the same, and reads what it is asked from standard input */
} as_stage;
#define AS_STAGES 4

typedef struct as_wall as_wall;

/* Looks at what the kernel offers and prepares it; changes nothing yet. Never NULL; as_wall_free is for tests, processes just end. */
as_wall *as_wall_new(void);
void as_wall_free(as_wall *wall);
/* What is up so far, or was found to be missing. All down for NULL. */
as_walls as_wall_state(const as_wall *wall);

/* Gives up all capabilities and supplementary groups, for good. `keep`: only looks whether there are any. */
void as_wall_privileges(as_wall *wall, bool keep);

typedef struct {
  double cpu_seconds;     /* 0: no limit */
  uint64_t address_bytes; /* of address space; 0: no limit. Not in builds with a sanitizer */
  unsigned files;         /* descriptors; 0: no limit */
  bool children;          /* may start processes (so many more than there are that only a flood of them is stopped) */
} as_wall_numbers;
bool as_wall_limits(as_wall *wall, const as_wall_numbers *numbers);
/* Bytes of memory that this process has asked for, as far as the allocator knows. */
uint64_t as_wall_memory_used(void);

/* From now on only what lies at and below the paths can be opened, for reading; nothing can be written, made or executed, no
 * TCP connection made, no process outside signalled. Paths that are not there are passed over. NULL: reading stays as it is. */
bool as_wall_files(as_wall *wall, const char *const *paths, size_t n);
/* From now on only the system calls of the stage. */
bool as_wall_calls(as_wall *wall, as_stage stage);

/* {landlock, seccomp, rlimits, privileges}, as it travels and stands in results. */
as_node *as_walls_node(as_arena *arena, const as_walls *walls);
/* Back from what as_shape_walls let through. */
as_walls as_walls_of(const as_node *node);
/* The i-th wall that is missing ("landlock", …), or NULL behind the last. */
const char *as_walls_missing(const as_walls *walls, size_t i);

#endif
