/* engine: telling values apart, and their canonical texts. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "script/internal.h"

/* engine.is(v) → "record", "list", "collection", "time", "duration" or nil. Upvalues: these words. [-1, +1, v] */
static int engine_is(lua_State *L) {
  int type = lua_type(L, 1), name = 0;
  luaL_argcheck(L, type != LUA_TNONE, 1, "value expected");
  if (type == LUA_TLIGHTUSERDATA) name = as_is_light_record(L, 1) ? 1 : 0;
  else if (type != LUA_TUSERDATA) name = 0;
  else if (as_to_list(L, 1)) name = 2;
  else if (as_to_collection(L, 1)) name = 3;
  else if (as_to_time(L, 1)) name = 4;
  else if (as_to_duration(L, 1)) name = 5;
  if (name) lua_pushvalue(L, lua_upvalueindex(name));
  else lua_pushnil(L);
  return 1;
}

/* engine.to_text(v): integral numbers without a decimal point, others as short as they read back. [-1, +1, e] */
int as_engine_to_text(lua_State *L) {
  luaL_checkany(L, 1);
  int type = lua_type(L, 1);
  if (type == LUA_TNUMBER && !lua_isinteger(L, 1)) {
    double number = lua_tonumber(L, 1);
    char text[40];
    if (fabs(number) < 1e15 && trunc(number) >= number && trunc(number) <= number) {
      snprintf(text, sizeof text, "%.0f", number + 0.0); /* no "-0" */
    } else {
      snprintf(text, sizeof text, "%.14g", number);
    }
    lua_pushstring(L, strcmp(text, "-0") == 0 ? "0" : text);
  } else if (type == LUA_TNUMBER || type == LUA_TBOOLEAN || type == LUA_TSTRING || as_to_time(L, 1) || as_to_duration(L, 1)) {
    as_text_of(L, 1);
  } else {
    lua_pushnil(L);
  }
  return 1;
}

/* engine.time(text) → value or nil [-1, +1, -] */
static int engine_time(lua_State *L) {
  as_time t;
  as_str text = {NULL, 0};
  if (lua_type(L, 1) == LUA_TSTRING) text.p = lua_tolstring(L, 1, &text.n);
  if (as_to_time(L, 1)) lua_settop(L, 1);
  else if (text.p && (as_date_parse(text, &t) || as_time_parse(text, &t))) as_push_time(L, t);
  else lua_pushnil(L);
  return 1;
}

/* engine.duration(text) → value or nil [-1, +1, -] */
static int engine_duration(lua_State *L) {
  as_duration d;
  as_str text = {NULL, 0};
  if (lua_type(L, 1) == LUA_TSTRING) text.p = lua_tolstring(L, 1, &text.n);
  if (as_to_duration(L, 1)) lua_settop(L, 1);
  else if (text.p && as_duration_parse(text, &d)) as_push_duration(L, d);
  else lua_pushnil(L);
  return 1;
}

void as_engine_values(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"to_text", as_engine_to_text}, {"time", engine_time}, {"duration", engine_duration}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  static const char *const names[] = {"record", "list", "collection", "time", "duration"};
  for (int i = 0; i < 5; i++) lua_pushstring(L, names[i]);
  lua_pushcclosure(L, engine_is, 5);
  lua_setfield(L, -2, "is");
}
