/* Frozen tables: read-only, deep copies of plain tables, which read like tables. */
#include "script/internal.h"

enum { DEPTH = 32 };
static char inside; /* key in the metatable under which the content stands */

/* [-3, +0, v] */
static int frozen_write(lua_State *L) {
  if (lua_type(L, 2) == LUA_TSTRING) return luaL_error(L, "this table is read-only (writing `%s`)", lua_tostring(L, 2));
  return luaL_error(L, "this table is read-only");
}

/* [-1, +1, -] */
static int frozen_length(lua_State *L) {
  lua_settop(L, 1);
  as_thaw(L, 1);
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
  return 1;
}

/* The keys are 1 to n. Upvalue 1: the content, which nobody else may get. [-2, +2, v] */
static int frozen_step(lua_State *L) {
  lua_Integer i = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1);
  lua_pushinteger(L, i);
  return lua_rawgeti(L, lua_upvalueindex(1), i) == LUA_TNIL ? 1 : 2;
}

/* [-1, +3, e] */
static int frozen_pairs(lua_State *L) {
  lua_settop(L, 1);
  lua_pushvalue(L, 1);
  as_thaw(L, 2);
  lua_pushcfunction(L, as_table_pairs);
  lua_pushvalue(L, 2);
  lua_call(L, 1, 3);
  if (!lua_rawequal(L, 4, 2)) return 3;
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, frozen_step, 1);
  lua_pushvalue(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

bool as_thaw(lua_State *L, int index) {
  index = lua_absindex(L, index);
  if (lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index)) return false;
  if (lua_rawgetp(L, -1, &inside) != LUA_TTABLE) {
    lua_pop(L, 2);
    return false;
  }
  lua_replace(L, index);
  lua_pop(L, 1);
  return true;
}

/* The table on top becomes the content of a frozen one. [-1, +1, -] */
static void wrap(lua_State *L) {
  lua_createtable(L, 0, 0);
  lua_createtable(L, 0, 6);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_pushvalue(L, -3);
  lua_rawsetp(L, -2, &inside);
  lua_pushcfunction(L, frozen_write);
  lua_setfield(L, -2, "__newindex");
  lua_pushcfunction(L, frozen_length);
  lua_setfield(L, -2, "__len");
  lua_pushcfunction(L, frozen_pairs);
  lua_setfield(L, -2, "__pairs");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_remove(L, -2);
}

/* No object, and not frozen already. [-0, +0, -] */
static bool is_plain(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TTABLE) return false;
  if (!lua_getmetatable(L, index)) return true;
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_PLAIN_LIST);
  bool plain = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return plain;
}

/* [-0, +1, e] */
static void freeze(lua_State *L, int index, int depth) {
  index = lua_absindex(L, index);
  luaL_checkstack(L, 12, NULL);
  if (depth > DEPTH) luaL_error(L, "a table to be frozen holds tables more than %d deep", DEPTH);
  lua_createtable(L, 0, 0);
  int copy = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, index);) {
    lua_pushvalue(L, -2);
    if (is_plain(L, -2)) freeze(L, -2, depth + 1);
    else lua_pushvalue(L, -2);
    lua_rawset(L, copy);
    lua_pop(L, 1);
  }
  wrap(L);
}

void as_freeze(lua_State *L, int index) { freeze(L, index, 0); }
