/* string.find, match, gmatch and gsub on the bounded matcher of match.c, which follows Lua's own. */
#include <string.h>

#include "script/match.h"

/* ---- captures ---- */

/* [-0, +1, v] */
static void push_capture(as_match *ms, int l, const char *s, const char *e) {
  if (l >= ms->level) {
    if (l != 0) luaL_error(ms->L, "invalid capture index %%%d", l + 1);
    lua_pushlstring(ms->L, s, (size_t)(e - s));
    return;
  }
  ptrdiff_t len = ms->capture[l].len;
  if (len == AS_CAPTURE_UNFINISHED) luaL_error(ms->L, "unfinished capture");
  if (len == AS_CAPTURE_POSITION) lua_pushinteger(ms->L, ms->capture[l].init - ms->src_init + 1);
  else lua_pushlstring(ms->L, ms->capture[l].init, (size_t)len);
}

/* [-0, +n, v] */
static int push_captures(as_match *ms, const char *s, const char *e) {
  int n = ms->level == 0 && s ? 1 : ms->level;
  luaL_checkstack(ms->L, n + 1, "too many captures");
  for (int i = 0; i < n; i++) push_capture(ms, i, s, e);
  return n;
}

static void prepare(as_match *ms, lua_State *L, as_str s, as_str p) {
  ms->L = L;
  ms->depth = AS_MATCH_DEPTH;
  ms->steps = 0;
  ms->next = AS_MATCH_POLL;
  ms->level = 0;
  ms->src_init = s.p;
  ms->src_end = s.p + s.n;
  ms->p_end = p.p + p.n;
}

/* Work of one call is paid from the budget of steps. [-0, +0, -] */
static void pay(as_match *ms) { as_budget_charge(ms->L, ms->steps >> 4); }

static as_str check_text(lua_State *L, int index) { /* [-0, +0, v] */
  as_str text;
  text.p = luaL_checklstring(L, index, &text.n);
  return text;
}

/* ---- find and match ---- */

/* 0-based start out of argument 3, or more than n. [-0, +0, v] */
static size_t start_at(lua_State *L, size_t n) {
  lua_Integer init = luaL_optinteger(L, 3, 1);
  if (init > 0) return (size_t)init - 1;
  if (init == 0 || init < -(lua_Integer)n) return 0;
  return n - (size_t)(-init);
}

static bool is_plain(as_str p) {
  for (size_t i = 0; i < p.n; i++)
    if (p.p[i] && strchr("^$*+?.([%-", p.p[i])) return false;
  return true;
}

static int find_or_match(lua_State *L, bool find) {
  as_str s = check_text(L, 1), p = check_text(L, 2);
  size_t init = start_at(L, s.n);
  if (init > s.n) {
    lua_pushnil(L);
    return 1;
  }
  if (find && (lua_toboolean(L, 4) || is_plain(p))) {
    const char *at = p.n ? memmem(s.p + init, s.n - init, p.p, p.n) : s.p + init;
    as_budget_charge(L, s.n >> 13);
    if (at) {
      lua_pushinteger(L, at - s.p + 1);
      lua_pushinteger(L, at - s.p + (ptrdiff_t)p.n);
      return 2;
    }
    lua_pushnil(L);
    return 1;
  }
  as_match ms;
  const char *pattern = p.p, *at = s.p + init;
  prepare(&ms, L, s, p);
  bool anchor = p.n && *pattern == '^';
  if (anchor) pattern++;
  as_match_first first = {0};
  if (!anchor) first = as_match_first_of(&ms, pattern);
  do {
    at = as_match_skip(&ms, &first, at);
    if (!at) break;
    ms.level = 0;
    const char *e = as_match_here(&ms, at, pattern);
    if (e) {
      pay(&ms);
      if (!find) return push_captures(&ms, at, e);
      lua_pushinteger(L, at - s.p + 1);
      lua_pushinteger(L, e - s.p);
      return push_captures(&ms, NULL, NULL) + 2;
    }
  } while (at++ < ms.src_end && !anchor);
  pay(&ms);
  lua_pushnil(L);
  return 1;
}

int as_match_find(lua_State *L) { return find_or_match(L, true); }
int as_match_match(lua_State *L) { return find_or_match(L, false); }

/* ---- gmatch ---- */

typedef struct {
  const char *src, *p, *last;
  as_match_first first;
  as_match ms;
} gmatch_state;

/* Upvalues: text, pattern, state. */
static int gmatch_next(lua_State *L) {
  gmatch_state *gm = lua_touserdata(L, lua_upvalueindex(3));
  gm->ms.L = L;
  gm->ms.steps = 0;
  gm->ms.next = AS_MATCH_POLL;
  for (const char *src = gm->src; src <= gm->ms.src_end; src++) {
    src = as_match_skip(&gm->ms, &gm->first, src);
    if (!src) break;
    gm->ms.level = 0;
    gm->ms.depth = AS_MATCH_DEPTH;
    const char *e = as_match_here(&gm->ms, src, gm->p);
    if (e && e != gm->last) {
      gm->src = gm->last = e;
      pay(&gm->ms);
      return push_captures(&gm->ms, src, e);
    }
  }
  gm->src = gm->ms.src_end + 1;
  return 0;
}

int as_match_gmatch(lua_State *L) {
  as_str s = check_text(L, 1), p = check_text(L, 2);
  size_t init = start_at(L, s.n);
  lua_settop(L, 2);
  if (init > s.n) init = s.n + 1;
  gmatch_state *gm = lua_newuserdatauv(L, sizeof *gm, 0);
  prepare(&gm->ms, L, s, p);
  gm->src = s.p + init;
  gm->p = p.p;
  gm->last = NULL;
  gm->first = as_match_first_of(&gm->ms, p.p);
  lua_pushcclosure(L, gmatch_next, 3);
  return 1;
}

/* ---- gsub ---- */

/* [-0, +0, v] */
static void add_template(as_match *ms, luaL_Buffer *b, const char *s, const char *e) {
  lua_State *L = ms->L;
  size_t n;
  const char *news = lua_tolstring(L, 3, &n);
  for (size_t i = 0; i < n; i++) {
    if (news[i] != AS_MATCH_ESC) {
      luaL_addchar(b, news[i]);
      continue;
    }
    i++;
    char c = i < n ? news[i] : '\0';
    if (c == AS_MATCH_ESC) {
      luaL_addchar(b, c);
    } else if (c == '0') {
      luaL_addlstring(b, s, (size_t)(e - s));
    } else if (c >= '1' && c <= '9') {
      push_capture(ms, c - '1', s, e);
      luaL_tolstring(L, -1, NULL); /* a position is a number */
      lua_remove(L, -2);
      luaL_addvalue(b);
    } else {
      luaL_error(L, "invalid use of '%%' in replacement string");
    }
  }
}

/* [-0, +0, e] */
static bool add_value(as_match *ms, luaL_Buffer *b, const char *s, const char *e, int type) {
  lua_State *L = ms->L;
  if (type == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    int n = push_captures(ms, s, e);
    lua_call(L, n, 1);
  } else if (type == LUA_TTABLE) {
    push_capture(ms, 0, s, e);
    lua_gettable(L, 3);
  } else {
    add_template(ms, b, s, e);
    return true;
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(b, s, (size_t)(e - s));
    return false;
  }
  if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  luaL_addvalue(b);
  return true;
}

int as_match_gsub(lua_State *L) {
  as_str s = check_text(L, 1), p = check_text(L, 2);
  const char *src = s.p, *last = NULL, *pattern = p.p;
  int type = lua_type(L, 3);
  luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                   "string/function/table");
  lua_Integer max = luaL_optinteger(L, 4, (lua_Integer)s.n + 1), n = 0;
  bool anchor = p.n && *pattern == '^', changed = false;
  if (anchor) pattern++;
  as_match ms;
  prepare(&ms, L, s, p);
  as_match_first first = {0};
  if (!anchor) first = as_match_first_of(&ms, pattern);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  while (n < max) {
    const char *to = as_match_skip(&ms, &first, src);
    if (!to) break;
    luaL_addlstring(&b, src, (size_t)(to - src));
    src = to;
    ms.level = 0;
    ms.depth = AS_MATCH_DEPTH;
    const char *e = as_match_here(&ms, src, pattern);
    if (e && e != last) {
      n++;
      changed = add_value(&ms, &b, src, e, type) || changed;
      src = last = e;
    } else if (src < ms.src_end) {
      luaL_addchar(&b, *src++);
    } else {
      break;
    }
    if (anchor) break;
  }
  pay(&ms);
  if (!changed) {
    lua_pushvalue(L, 1);
  } else {
    luaL_addlstring(&b, src, (size_t)(ms.src_end - src));
    luaL_pushresult(&b);
  }
  lua_pushinteger(L, n);
  return 2;
}
