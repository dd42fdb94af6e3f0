/* The matcher of Lua's patterns. Internal to engine/script: match.c matches at one place, match_lib.c makes
 * string.find and its kin of it. */
#ifndef AS_SCRIPT_MATCH_H
#define AS_SCRIPT_MATCH_H

#include "script/internal.h"

enum { AS_CAPTURE_UNFINISHED = -1, AS_CAPTURE_POSITION = -2, AS_CAPTURES = 32, AS_MATCH_DEPTH = 200, AS_MATCH_ESC = '%' };
#define AS_MATCH_POLL 65536u

typedef struct {
  const char *src_init, *src_end, *p_end;
  lua_State *L;
  int depth;
  uint32_t steps, next; /* at `next` the limits are looked at */
  unsigned char level;
  struct {
    const char *init;
    ptrdiff_t len;
  } capture[AS_CAPTURES];
} as_match;

/* Bytes with which every match begins; off where it is not worth knowing. */
typedef struct {
  bool on, single;
  unsigned char byte;
  uint64_t bits[4];
} as_match_first;

/* The end of a match of the pattern from p that begins at s, or NULL. [-0, +0, v] */
const char *as_match_here(as_match *ms, const char *s, const char *p);
as_match_first as_match_first_of(as_match *ms, const char *p); /* [-0, +0, v] */
/* The first place from s on where a match can begin, or NULL. */
const char *as_match_skip(const as_match *ms, const as_match_first *first, const char *s);

#endif
