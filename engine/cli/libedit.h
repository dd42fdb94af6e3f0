/* libedit, loaded only where somebody types at a terminal. */
#ifndef AS_CLI_LIBEDIT_H
#define AS_CLI_LIBEDIT_H

#include <histedit.h>

#define AS_LIBEDIT(X)                                                                                                    \
  X(el_end) X(el_get) X(el_gets) X(el_init) X(el_insertstr) X(el_line) X(el_reset) X(el_set) X(history) X(history_end) \
  X(history_init)

typedef struct {
#define AS_MEMBER(name) __typeof__(name) *name;
  AS_LIBEDIT(AS_MEMBER)
#undef AS_MEMBER
} as_libedit;

/* Its functions under their own names; loaded by the first call. NULL where the library is not there. */
const as_libedit *as_libedit_load(void);

#endif
