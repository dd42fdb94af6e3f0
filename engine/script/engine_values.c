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

int as_word_at(const char *const *words, const char *word) {
  for (int i = 0; words[i]; i++)
    if (strcmp(words[i], word) == 0) return i;
  return -1;
}

/* engine.members(what) → sorted names of what "isms" (kinds aside), a "collection", a "time" or a "duration" has; nil for others
 * [-1, +1, e] */
static int engine_members(lua_State *L) {
  static const char *const whats[] = {"isms", "collection", "time", "duration", NULL};
  static const char *const *const fields[] = {as_isms_fields, as_collection_fields, as_time_fields, as_duration_fields};
  int what = as_word_at(whats, luaL_checkstring(L, 1));
  lua_settop(L, 1);
  if (what < 0) {
    lua_pushnil(L);
    return 1;
  }
  lua_createtable(L, 0, 24); /* names as keys: 2 */
  if (what == 1) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_METHODS);
    for (lua_pushnil(L); lua_next(L, 3);) {
      lua_pop(L, 1);
      lua_pushvalue(L, -1);
      lua_pushboolean(L, 1);
      lua_rawset(L, 2);
    }
    lua_settop(L, 2);
  }
  for (const char *const *name = fields[what]; *name; name++) {
    lua_pushboolean(L, 1);
    lua_setfield(L, 2, *name);
  }
  as_table_keys(L, 2);
  return 1;
}

void as_engine_values(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"to_text", as_engine_to_text}, {"time", engine_time}, {"duration", engine_duration}, {"members", engine_members}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  static const char *const names[] = {"record", "list", "collection", "time", "duration"};
  for (int i = 0; i < 5; i++) lua_pushstring(L, names[i]);
  lua_pushcclosure(L, engine_is, 5);
  lua_setfield(L, -2, "is");
}
