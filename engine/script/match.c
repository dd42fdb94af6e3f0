/* Lua's patterns, with a bound on the work that one call may do.
 *
 * The matcher follows that of Lua 5.4 (lstrlib.c, Copyright © 1994-2022 Lua.org, PUC-Rio, MIT licence), whose
 * backtracking no hook can stop. A call that needs more than 10,000,000 steps is an error, never "no match". */
#include <string.h>

#include "script/match.h"

#define MAX_STEPS 10000000u

/* [-0, +0, v] */
static __attribute__((noinline)) void look(as_match *ms) {
  if (ms->steps > MAX_STEPS) luaL_error(ms->L, "the pattern needs more than %d steps; make it simpler or use re", (int)MAX_STEPS);
  ms->next = ms->steps + AS_MATCH_POLL < MAX_STEPS ? ms->steps + AS_MATCH_POLL : MAX_STEPS + 1;
  as_budget_poll(ms->L);
}

/* [-0, +0, v] */
static inline void step(as_match *ms) {
  if (++ms->steps >= ms->next) look(ms);
}

static int check_capture(as_match *ms, int l) {
  l -= '1';
  if (l < 0 || l >= ms->level || ms->capture[l].len == AS_CAPTURE_UNFINISHED)
    return luaL_error(ms->L, "invalid capture index %%%d", l + 1);
  return l;
}

static int capture_to_close(as_match *ms) {
  int level = ms->level;
  for (level--; level >= 0; level--)
    if (ms->capture[level].len == AS_CAPTURE_UNFINISHED) return level;
  return luaL_error(ms->L, "invalid pattern capture");
}

static const char *class_end(as_match *ms, const char *p) {
  if (p == ms->p_end) luaL_error(ms->L, "malformed pattern (ends too early)");
  if (*p == AS_MATCH_ESC) {
    if (p + 1 == ms->p_end) luaL_error(ms->L, "malformed pattern (ends with '%%')");
    return p + 2;
  }
  if (*p++ != '[') return p;
  if (p < ms->p_end && *p == '^') p++;
  do {
    if (p == ms->p_end) luaL_error(ms->L, "malformed pattern (missing ']')");
    if (*p++ == AS_MATCH_ESC) {
      if (p == ms->p_end) luaL_error(ms->L, "malformed pattern (missing ']')");
      p++;
    }
  } while (p == ms->p_end || *p != ']');
  return p + 1;
}

/* The classes of the C locale. */
static inline bool is_lower(int c) { return (unsigned)c - 'a' < 26; }
static inline bool is_upper(int c) { return (unsigned)c - 'A' < 26; }
static inline bool is_alpha(int c) { return ((unsigned)c | 32) - 'a' < 26; }
static inline bool is_digit(int c) { return (unsigned)c - '0' < 10; }
static inline bool is_graph(int c) { return (unsigned)c - 0x21 < 0x5e; }

static bool match_class(int c, int cl) {
  bool is;
  switch (is_upper(cl) ? cl | 32 : cl) {
    case 'a': is = is_alpha(c); break;
    case 'c': is = (unsigned)c < 0x20 || c == 0x7f; break;
    case 'd': is = is_digit(c); break;
    case 'g': is = is_graph(c); break;
    case 'l': is = is_lower(c); break;
    case 'p': is = is_graph(c) && !is_alpha(c) && !is_digit(c); break;
    case 's': is = c == ' ' || (unsigned)c - '\t' < 5; break;
    case 'u': is = is_upper(c); break;
    case 'w': is = is_alpha(c) || is_digit(c); break;
    case 'x': is = is_digit(c) || ((unsigned)c | 32) - 'a' < 6; break;
    default: return cl == c;
  }
  return is_upper(cl) ? !is : is;
}

/* p points to '[', ec to the ']' that ends it. */
static bool match_set(int c, const char *p, const char *ec) {
  bool sig = true;
  if (p[1] == '^') {
    sig = false;
    p++;
  }
  while (++p < ec) {
    if (*p == AS_MATCH_ESC) {
      p++;
      if (match_class(c, (unsigned char)*p)) return sig;
    } else if (p[1] == '-' && p + 2 < ec) {
      p += 2;
      if ((unsigned char)p[-2] <= c && c <= (unsigned char)*p) return sig;
    } else if ((unsigned char)*p == c) {
      return sig;
    }
  }
  return !sig;
}

static inline bool fits(int c, const char *p, const char *ep) {
  switch (*p) {
    case '.': return true;
    case AS_MATCH_ESC: return match_class(c, (unsigned char)p[1]);
    case '[': return match_set(c, p, ep - 1);
    default: return (unsigned char)*p == c;
  }
}

static inline bool match_single(as_match *ms, const char *s, const char *p, const char *ep) {
  if (s >= ms->src_end) return false;
  ms->steps += (uint32_t)(ep - p) >> 4; /* long sets cost more */
  return fits((unsigned char)*s, p, ep);
}

static const char *match_balance(as_match *ms, const char *s, const char *p) {
  if (p >= ms->p_end - 1) luaL_error(ms->L, "malformed pattern (missing arguments to '%%b')");
  if (s >= ms->src_end || *s != *p) return NULL;
  int b = *p, e = p[1], level = 1;
  while (++s < ms->src_end) {
    step(ms);
    if (*s == e) {
      if (--level == 0) return s + 1;
    } else if (*s == b) {
      level++;
    }
  }
  return NULL;
}

static const char *max_expand(as_match *ms, const char *s, const char *p, const char *ep) {
  ptrdiff_t i = 0;
  while (match_single(ms, s + i, p, ep)) {
    step(ms);
    i++;
  }
  for (; i >= 0; i--) {
    const char *res = as_match_here(ms, s + i, ep + 1);
    if (res) return res;
  }
  return NULL;
}

static const char *min_expand(as_match *ms, const char *s, const char *p, const char *ep) {
  for (;;) {
    const char *res = as_match_here(ms, s, ep + 1);
    if (res) return res;
    if (!match_single(ms, s, p, ep)) return NULL;
    s++;
  }
}

static const char *start_capture(as_match *ms, const char *s, const char *p, ptrdiff_t what) {
  int level = ms->level;
  if (level >= AS_CAPTURES) luaL_error(ms->L, "too many captures");
  ms->capture[level].init = s;
  ms->capture[level].len = what;
  ms->level = (unsigned char)(level + 1);
  const char *res = as_match_here(ms, s, p);
  if (!res) ms->level--;
  return res;
}

static const char *end_capture(as_match *ms, const char *s, const char *p) {
  int l = capture_to_close(ms);
  ms->capture[l].len = s - ms->capture[l].init;
  const char *res = as_match_here(ms, s, p);
  if (!res) ms->capture[l].len = AS_CAPTURE_UNFINISHED;
  return res;
}

static const char *match_capture(as_match *ms, const char *s, int l) {
  l = check_capture(ms, l);
  ptrdiff_t len = ms->capture[l].len;
  if (len < 0 || ms->src_end - s < len) return NULL;
  ms->steps += (uint32_t)((size_t)len >> 6);
  return memcmp(ms->capture[l].init, s, (size_t)len) == 0 ? s + len : NULL;
}

/* %f[set]: the place where set begins. */
static bool match_frontier(as_match *ms, const char *s, const char **p) {
  *p += 2;
  if (*p >= ms->p_end || **p != '[') luaL_error(ms->L, "missing '[' after '%%f' in pattern");
  const char *ep = class_end(ms, *p);
  ms->steps += (uint32_t)(ep - *p) >> 3; /* looked at twice */
  int before = s == ms->src_init ? '\0' : (unsigned char)s[-1], here = s < ms->src_end ? (unsigned char)*s : '\0';
  bool good = !match_set(before, *p, ep - 1) && match_set(here, *p, ep - 1);
  *p = ep;
  return good;
}

/* Matches at s. The pattern goes on in the loop where no choice is left open. */
const char *as_match_here(as_match *ms, const char *s, const char *p) {
  if (ms->depth-- == 0) luaL_error(ms->L, "pattern too complex");
  while (p != ms->p_end) {
    step(ms);
    if (*p == '(') {
      s = p[1] == ')' ? start_capture(ms, s, p + 2, AS_CAPTURE_POSITION) : start_capture(ms, s, p + 1, AS_CAPTURE_UNFINISHED);
      break;
    }
    if (*p == ')') {
      s = end_capture(ms, s, p + 1);
      break;
    }
    if (*p == '$' && p + 1 == ms->p_end) {
      s = s == ms->src_end ? s : NULL;
      break;
    }
    if (*p == AS_MATCH_ESC && p + 1 < ms->p_end) {
      if (p[1] == 'b') {
        s = match_balance(ms, s, p + 2);
        if (!s) break;
        p += 4;
        continue;
      }
      if (p[1] == 'f') {
        if (!match_frontier(ms, s, &p)) {
          s = NULL;
          break;
        }
        continue;
      }
      if (is_digit((unsigned char)p[1])) {
        s = match_capture(ms, s, (unsigned char)p[1]);
        if (!s) break;
        p += 2;
        continue;
      }
    }
    const char *ep = class_end(ms, p);
    int suffix = ep < ms->p_end ? *ep : '\0';
    if (suffix == '*' || suffix == '-' || suffix == '+') {
      if (suffix == '*') s = max_expand(ms, s, p, ep);
      else if (suffix == '-') s = min_expand(ms, s, p, ep);
      else s = match_single(ms, s, p, ep) ? max_expand(ms, s + 1, p, ep) : NULL;
      break;
    }
    bool single = match_single(ms, s, p, ep);
    if (suffix == '?') {
      const char *res = single ? as_match_here(ms, s + 1, ep + 1) : NULL;
      if (res) {
        s = res;
        break;
      }
      p = ep + 1;
      continue;
    }
    if (!single) {
      s = NULL;
      break;
    }
    s++;
    p = ep;
  }
  ms->depth++;
  return s;
}

/* ---- where a match can begin ---- */

enum { WORTH = 256 }; /* bytes of text from which on a set of bytes pays */

as_match_first as_match_first_of(as_match *ms, const char *p) { /* [-0, +0, v] */
  as_match_first first = {0};
  while (p + 1 < ms->p_end && *p == '(' && p[1] != ')') p++;
  if (p >= ms->p_end || *p == '(' || *p == ')' || (*p == '$' && p + 1 == ms->p_end)) return first;
  if (*p == AS_MATCH_ESC && p + 1 < ms->p_end && (p[1] == 'b' || p[1] == 'f' || is_digit((unsigned char)p[1]))) return first;
  const char *ep = class_end(ms, p);
  if (ep < ms->p_end && (*ep == '*' || *ep == '?' || *ep == '-')) return first;
  first.single = *p != '.' && *p != AS_MATCH_ESC && *p != '[';
  first.byte = (unsigned char)*p;
  first.on = first.single || (*p != '.' && ms->src_end - ms->src_init >= WORTH);
  for (int c = 0; first.on && !first.single && c < 256; c++)
    if (fits(c, p, ep)) first.bits[c >> 6] |= (uint64_t)1 << (c & 63);
  return first;
}

/* The first place from s on where a match can begin, or NULL. */
const char *as_match_skip(const as_match *ms, const as_match_first *first, const char *s) {
  if (!first->on) return s;
  if (first->single) return s < ms->src_end ? memchr(s, first->byte, (size_t)(ms->src_end - s)) : NULL;
  for (; s < ms->src_end; s++)
    if (first->bits[(unsigned char)*s >> 6] >> (*s & 63) & 1) return s;
  return NULL;
}
