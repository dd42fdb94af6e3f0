/* re: regular expressions (base/regex.h) as rules call them. A limit that is hit is an error that names it, never
 * "no match". */
#include <stdlib.h>
#include <string.h>

#include "script/internal.h"

#define RESULT_BYTES ((size_t)16 * 1024 * 1024)

void as_regex_close(as_script *script) {
  as_regexes_free(script->regex);
  script->regex = NULL;
}

/* The compiled pattern at index, from the cache or new. [-0, +0, v] */
static as_regex *compiled(lua_State *L, int index) {
  as_script *script = as_script_of(L);
  if (!script->regex) script->regex = as_regexes_new(&script->limits);
  as_str text;
  text.p = luaL_checklstring(L, index, &text.n);
  as_regex_fault fault;
  as_regex *p = as_regexes_get(script->regex, text, &fault);
  if (!p && fault.limit) luaL_error(L, "%s", fault.message);
  if (!p) luaL_error(L, "bad pattern at character %d: %s", (int)fault.at + 1, fault.message);
  return p;
}

/* ---- matching ---- */

/* The limit of time is looked at during a match, too. */
static bool on_time(void *ctx) {
  as_budget_poll(ctx);
  return !as_budget_is_over(as_script_of(ctx));
}

/* False: no match. [-0, +0, v] */
static bool run(lua_State *L, as_regex *p, as_str subject, size_t from, unsigned how) {
  as_regex_fault fault;
  as_budget_charge(L, 10 + (subject.n - from) / 64);
  as_regex_result result = as_regex_match(p, subject, from, how, on_time, L, &fault);
  if (result != AS_REGEX_FAILED) return result == AS_REGEX_FOUND;
  if (fault.limit) return luaL_error(L, "%s: %s", fault.message, as_regex_text(p).p);
  return luaL_error(L, "%s", fault.message);
}

/* A group's text, or nil where it took no part. 0 is the whole. [-0, +1, -] */
static void push_group(lua_State *L, const as_regex *p, as_str subject, uint32_t group) {
  size_t from, to;
  if (!as_regex_group(p, group, &from, &to)) lua_pushnil(L);
  else lua_pushlstring(L, subject.p + from, to - from);
}

/* {[0] = whole, first group, …, name = group} [-0, +1, -] */
static void push_match(lua_State *L, const as_regex *p, as_str subject) {
  uint32_t groups = as_regex_groups(p), names = as_regex_names(p);
  lua_createtable(L, (int)groups, (int)names + 1);
  for (uint32_t g = 0; g <= groups; g++) {
    push_group(L, p, subject, g);
    lua_rawseti(L, -2, g);
  }
  for (uint32_t i = 0; i < names; i++) {
    uint32_t group;
    lua_pushstring(L, as_regex_name(p, i, &group).p);
    push_group(L, p, subject, group);
    lua_rawset(L, -3);
  }
}

static as_str check_subject(lua_State *L) { /* [-0, +0, v] */
  as_str subject;
  subject.p = luaL_checklstring(L, 1, &subject.n);
  return subject;
}

/* re.test(subject, pattern) → boolean. What is absent matches nothing. [-2, +1, v] */
static int re_test(lua_State *L) {
  as_regex *p = compiled(L, 2);
  lua_pushboolean(L, !lua_isnil(L, 1) && run(L, p, check_subject(L), 0, 0));
  return 1;
}

/* re.match(subject, pattern) → table of groups or nil [-2, +1, v] */
static int re_match(lua_State *L) {
  as_regex *p = compiled(L, 2);
  if (!lua_isnil(L, 1)) {
    as_str subject = check_subject(L);
    if (run(L, p, subject, 0, 0)) {
      push_match(L, p, subject);
      return 1;
    }
  }
  lua_pushnil(L);
  return 1;
}

/* re.find(subject, pattern[, init]) → first and last byte, table of groups; or nil [-3, +3, v] */
static int re_find(lua_State *L) {
  as_regex *p = compiled(L, 2);
  lua_Integer init = luaL_optinteger(L, 3, 1);
  if (!lua_isnil(L, 1)) {
    as_str subject = check_subject(L);
    luaL_argcheck(L, init >= 1, 3, "counts from 1");
    if ((size_t)init <= subject.n + 1 && run(L, p, subject, (size_t)init - 1, 0)) {
      size_t first, end;
      as_regex_group(p, 0, &first, &end);
      lua_pushinteger(L, (lua_Integer)first + 1);
      lua_pushinteger(L, (lua_Integer)end);
      push_match(L, p, subject);
      return 3;
    }
  }
  lua_pushnil(L);
  return 1;
}

/* ---- all matches ---- */

/* Where the search for the next match begins. After an empty match a non-empty one is tried at the same place,
 * then the next character. */
typedef struct {
  size_t from;
  bool empty;
} cursor;

static size_t next_char(as_str s, size_t at) {
  do at++;
  while (at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80);
  return at;
}

/* [-0, +0, v] */
static bool advance(lua_State *L, as_regex *p, as_str subject, cursor *c) {
  while (c->from <= subject.n) {
    unsigned known = c->from || c->empty ? AS_REGEX_VALID : 0; /* the first search has looked at the whole text */
    if (run(L, p, subject, c->from, known | (c->empty ? AS_REGEX_FILLED : 0))) {
      size_t begin;
      bool forward = as_regex_group(p, 0, &begin, &c->from);
      c->empty = begin == c->from;
      if (!forward) luaL_error(L, "the pattern ends a match before it begins (\\K)");
      return true;
    }
    if (!c->empty) return false;
    c->empty = false;
    c->from = next_char(subject, c->from);
  }
  return false;
}

/* Upvalues: subject, pattern, from, empty. [-n, +1, v] */
static int gmatch_next(lua_State *L) {
  lua_settop(L, 0);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, lua_upvalueindex(2));
  as_str subject = check_subject(L);
  as_regex *p = compiled(L, 2); /* looked up each time: it may have left the cache */
  cursor c = {(size_t)lua_tointeger(L, lua_upvalueindex(3)), lua_toboolean(L, lua_upvalueindex(4))};
  if (!advance(L, p, subject, &c)) {
    c.from = subject.n + 1;
    lua_pushnil(L);
  } else {
    push_match(L, p, subject);
  }
  lua_pushinteger(L, (lua_Integer)c.from);
  lua_replace(L, lua_upvalueindex(3));
  lua_pushboolean(L, c.empty);
  lua_replace(L, lua_upvalueindex(4));
  return 1;
}

/* for groups in re.gmatch(subject, pattern) [-2, +1, v] */
static int re_gmatch(lua_State *L) {
  compiled(L, 2);
  lua_settop(L, 2);
  if (lua_isnil(L, 1)) {
    lua_pushliteral(L, "");
    lua_replace(L, 1);
    lua_pushinteger(L, 1); /* beyond the end: nothing matches */
  } else {
    check_subject(L);
    lua_pushinteger(L, 0);
  }
  lua_pushboolean(L, 0);
  lua_pushcclosure(L, gmatch_next, 4);
  return 1;
}

/* Adds the replacement of the match: $1, ${name}, $$; or what a function gives. [-0, +0, e] */
static void add_replacement(lua_State *L, luaL_Buffer *b, const as_regex *p, as_str subject) {
  if (lua_type(L, 3) == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    push_match(L, p, subject);
    lua_call(L, 1, 1);
    if (lua_type(L, -1) != LUA_TSTRING && lua_type(L, -1) != LUA_TNUMBER)
      luaL_error(L, "re.replace: the function gives a %s", luaL_typename(L, -1));
    luaL_addvalue(b);
    return;
  }
  size_t n;
  const char *text = lua_tolstring(L, 3, &n);
  for (size_t i = 0; i < n; i++) {
    if (text[i] != '$') {
      luaL_addchar(b, text[i]);
      continue;
    }
    if (i + 1 < n && text[i + 1] == '$') {
      luaL_addchar(b, text[++i]);
      continue;
    }
    bool braces = i + 1 < n && text[i + 1] == '{';
    size_t from = i + 1 + braces, to = from;
    while (to < n && ((text[to] >= '0' && text[to] <= '9') || (braces && text[to] != '}'))) to++;
    if (to == from || (braces && to >= n) || to - from > 32) luaL_error(L, "re.replace: write $1, ${name} or $$");
    char name[33];
    memcpy(name, text + from, to - from);
    name[to - from] = '\0';
    bool digits = name[0] >= '0' && name[0] <= '9';
    unsigned long group = digits ? strtoul(name, NULL, 10) : as_regex_number(p, name);
    if ((!group && !digits) || group > as_regex_groups(p)) luaL_error(L, "re.replace: the pattern has no group `%s`", name);
    push_group(L, p, subject, (uint32_t)group);
    if (lua_isnil(L, -1)) lua_pop(L, 1);
    else luaL_addvalue(b);
    i = braces ? to : to - 1;
  }
}

/* re.replace(subject, pattern, replacement[, max]) → text, number of replacements [-4, +2, e] */
static int re_replace(lua_State *L) {
  compiled(L, 2);
  if (lua_isnil(L, 1)) {
    lua_pushnil(L);
    return 1;
  }
  as_str subject = check_subject(L);
  if (lua_type(L, 3) != LUA_TFUNCTION) luaL_checkstring(L, 3);
  lua_Integer max = luaL_optinteger(L, 4, (lua_Integer)subject.n + 1), n = 0;
  lua_settop(L, 4);
  size_t copied = 0, total = 0;
  cursor c = {0, false};
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  while (n < max) {
    as_regex *p = compiled(L, 2); /* a function may have used others */
    if (!advance(L, p, subject, &c)) break;
    size_t begin, end;
    as_regex_group(p, 0, &begin, &end);
    luaL_addlstring(&b, subject.p + copied, begin - copied);
    add_replacement(L, &b, p, subject);
    copied = end;
    total = luaL_bufflen(&b);
    if (total > RESULT_BYTES) return luaL_error(L, "the result of re.replace would be longer than 16 MB");
    n++;
  }
  luaL_addlstring(&b, subject.p + copied, subject.n - copied);
  luaL_pushresult(&b);
  lua_pushinteger(L, n);
  return 2;
}

/* re.escape(text): a pattern that matches just this text. [-1, +1, v] */
static int re_escape(lua_State *L) {
  as_str text = check_subject(L);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] && strchr("\\^$.|?*+()[]{}#-", text.p[i])) luaL_addchar(&b, '\\');
    luaL_addchar(&b, text.p[i]);
  }
  luaL_pushresult(&b);
  return 1;
}

int as_regex_lib(lua_State *L) {
  static const luaL_Reg lib[] = {{"escape", re_escape}, {"find", re_find}, {"gmatch", re_gmatch}, {"match", re_match},
                                 {"replace", re_replace}, {"test", re_test}, {NULL, NULL}};
  lua_createtable(L, 0, 8);
  luaL_setfuncs(L, lib, 0);
  return 1;
}
