/* Protected calls with a traceback taken where the error was raised. A limit that was met passes through them. */
#include "script/internal.h"

/* Text of any value, without addresses and without calling Lua. [-0, +1, -] */
static void push_message(lua_State *L, int index) {
  if (lua_type(L, index) == LUA_TSTRING) lua_pushvalue(L, index);
  else if (lua_type(L, index) == LUA_TTABLE && lua_getfield(L, index, "message") == LUA_TSTRING) return;
  else lua_pushfstring(L, "an error of type %s", luaL_typename(L, index));
}

/* [-1, +1, -] */
int as_try_handler(lua_State *L) {
  if (!lua_checkstack(L, 30)) return 1;
  push_message(L, 1);
  int message = lua_gettop(L);
  lua_createtable(L, 0, 3);
  lua_pushvalue(L, message);
  lua_setfield(L, -2, "message");
  luaL_traceback(L, L, NULL, 1);
  lua_setfield(L, -2, "traceback");
  return 1;
}

void as_try_unpack(lua_State *L) {
  int error = lua_gettop(L);
  if (lua_type(L, error) == LUA_TTABLE) {
    lua_getfield(L, error, "message");
    lua_getfield(L, error, "traceback");
  } else { /* the handler itself found no room */
    push_message(L, error);
    lua_pushliteral(L, "");
  }
  lua_remove(L, error);
}

/* try(f, …) → true, results… or false, message, traceback. [-0, +n, e] */
int as_try(lua_State *L) {
  luaL_checkany(L, 1);
  lua_Integer depth = as_module_depth(L);
  lua_pushcfunction(L, as_try_handler);
  lua_insert(L, 1);
  int status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 1);
  if (status == LUA_OK) {
    lua_pushboolean(L, 1);
    lua_replace(L, 1);
    return lua_gettop(L);
  }
  as_module_trim(L, depth);
  if (as_script_of(L)->cut) return lua_error(L); /* a limit: nobody goes on */
  as_try_unpack(L);
  lua_pushboolean(L, 0);
  lua_insert(L, -3);
  return 3;
}
