/* string: the functions of Lua that are safe as they are, and own ones for those that are not: rep is bounded,
 * format and tostring tell no addresses, patterns have a bound on their work (match.c). */
#include <lualib.h>
#include <stdio.h>
#include <string.h>

#include "script/internal.h"

enum { REP_BYTES = 16 * 1024 * 1024, FORMAT_MAX_SPEC = 32 };

/* ---- tostring ---- */

void as_text_of(lua_State *L, int index) {
  index = lua_absindex(L, index);
  int type = lua_type(L, index);
  if (type == LUA_TSTRING) {
    lua_pushvalue(L, index);
    return;
  }
  if (type != LUA_TNIL && luaL_callmeta(L, index, "__tostring")) {
    if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "'__tostring' must return a string");
    return;
  }
  if (type == LUA_TNUMBER || type == LUA_TNIL || type == LUA_TBOOLEAN) {
    luaL_tolstring(L, index, NULL);
    return;
  }
  if (type == LUA_TLIGHTUSERDATA) lua_pushliteral(L, "null");
  else lua_pushstring(L, luaL_typename(L, index)); /* no address: it differs from run to run */
}

int as_text_tostring(lua_State *L) {
  luaL_checkany(L, 1);
  as_text_of(L, 1);
  return 1;
}

/* ---- rep ---- */

static int text_rep(lua_State *L) {
  size_t n, sep_n;
  const char *s = luaL_checklstring(L, 1, &n);
  lua_Integer times = luaL_checkinteger(L, 2);
  const char *sep = luaL_optlstring(L, 3, "", &sep_n);
  if (times <= 0 || n + sep_n == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  if ((uint64_t)times > REP_BYTES / (n + sep_n) + 1 || n * (size_t)times + sep_n * (size_t)(times - 1) > REP_BYTES)
    return luaL_error(L, "the result of string.rep would be longer than 16 MB");
  size_t total = n * (size_t)times + sep_n * (size_t)(times - 1);
  luaL_Buffer b;
  char *p = luaL_buffinitsize(L, &b, total);
  for (lua_Integer i = 0; i < times; i++) {
    if (n) memcpy(p, s, n);
    p += n;
    if (sep_n && i + 1 < times) {
      memcpy(p, sep, sep_n);
      p += sep_n;
    }
  }
  luaL_pushresultsize(&b, total);
  return 1;
}

/* ---- functions of Lua behind own ones ---- */

int as_text_delegate(lua_State *L, const char *name) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  if (lua_pcall(L, lua_gettop(L) - 1, 1, 0) == LUA_OK) return 1;
  /* Called from C, Lua's own cannot say where the mistake is, nor its own name. */
  if (lua_type(L, -1) != LUA_TSTRING) return lua_error(L);
  luaL_where(L, 1);
  lua_pushfstring(L, "'%s'", name);
  luaL_gsub(L, lua_tostring(L, -3), "'?'", lua_tostring(L, -1));
  lua_remove(L, -2);
  lua_concat(L, 2);
  return lua_error(L);
}

/* ---- format ---- */

/* Upvalue 1: Lua's own format. Arguments of %s become texts without addresses first. */
static int text_format(lua_State *L) {
  size_t n;
  const char *format = luaL_checklstring(L, 1, &n), *end = format + n;
  int arg = 1, top = lua_gettop(L);
  for (const char *p = format; p < end; p++) {
    if (*p != '%') continue;
    if (++p < end && *p == '%') continue;
    const char *spec = p;
    while (p < end && strchr("-+#0 123456789.", *p) && *p && p - spec < FORMAT_MAX_SPEC) p++;
    arg++;
    if (p >= end) break; /* Lua's own says what is wrong */
    if (*p == 'p') return luaL_error(L, "invalid conversion '%%p' to 'format'");
    if (arg > top) continue;
    if (*p == 's') {
      as_text_of(L, arg);
      lua_replace(L, arg);
    } else if (*p == 'q' && lua_type(L, arg) != LUA_TSTRING && lua_type(L, arg) != LUA_TNUMBER &&
               lua_type(L, arg) != LUA_TBOOLEAN && lua_type(L, arg) != LUA_TNIL) {
      return luaL_argerror(L, arg, "value has no literal form");
    }
  }
  return as_text_delegate(L, "format");
}

int as_text_lib(lua_State *L) {
  static const char *const kept[] = {"byte", "char", "len", "lower", "reverse", "sub", "upper", NULL};
  static const luaL_Reg own[] = {{"find", as_match_find}, {"gmatch", as_match_gmatch}, {"gsub", as_match_gsub},
                                 {"match", as_match_match}, {"rep", text_rep}, {NULL, NULL}};
  lua_createtable(L, 0, 16);
  luaL_requiref(L, "string", luaopen_string, 0);
  for (size_t i = 0; kept[i]; i++) {
    lua_getfield(L, -1, kept[i]);
    lua_setfield(L, -3, kept[i]);
  }
  lua_getfield(L, -1, "format");
  lua_pushcclosure(L, text_format, 1);
  lua_setfield(L, -3, "format");
  lua_pop(L, 1);
  luaL_setfuncs(L, own, 0);
  return 1;
}
