/* Environments: what rules see, and what the stdlib sees. Everything is on a list here; what Lua or a later
 * version of it offers besides does not exist.
 *
 * The environment of a rule is an empty table whose metatable finds the names; it and its libraries cannot be written to.
 * The stdlib has one environment, whose names cannot be added to.
 * Left out for rules: io, os, debug, package, load and its kin (files, clock, bytecode), coroutines, pcall
 * (would outlive limits), setmetatable and getmetatable (finalizers, other people's tables), raw access,
 * collectgarbage, print, warn, math.random, string.dump, string.pack. */
#include <lualib.h>
#include <string.h>

#include "script/internal.h"

static const char *const rule_names[] = {"assert", "date", "duration", "error", "ipairs", "next", "pairs", "rawequal",
                                         "select", "sql", "tonumber", "tostring", "type", NULL};
static const char *const trusted_names[] = {"assert", "date", "duration", "error", "getmetatable", "ipairs", "next", "pairs",
                                            "rawequal", "rawget", "rawlen", "rawset", "select", "setmetatable", "tonumber",
                                            "tostring", "type", NULL};
static const char *const math_names[] = {"abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "huge",
                                         "log", "max", "maxinteger", "min", "mininteger", "modf", "pi", "rad", "sin", "sqrt",
                                         "tan", "tointeger", "type", "ult", NULL};
static const char *const utf8_names[] = {"char", "charpattern", "codepoint", "codes", "len", "offset", NULL};
static const char *const lib_names[] = {"string", "table", "math", "utf8", "re", NULL};

/* ---- nil ---- */

static int nil_is_nil(lua_State *L) {
  lua_pushnil(L);
  return 1;
}
static int nil_is_false(lua_State *L) {
  lua_pushboolean(L, 0);
  return 1;
}
static int nil_is_zero(lua_State *L) {
  lua_pushinteger(L, 0);
  return 1;
}

/* Absent flows through expressions. [-0, +0, -] */
static void open_nil(lua_State *L) {
  static const char *const absent[] = {"__index", "__add", "__sub", "__mul", "__div", "__idiv", "__mod", "__pow", "__unm"};
  lua_pushnil(L);
  lua_createtable(L, 0, 16);
  for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
    lua_pushcfunction(L, nil_is_nil);
    lua_setfield(L, -2, absent[i]);
  }
  lua_pushcfunction(L, nil_is_false);
  lua_setfield(L, -2, "__lt");
  lua_pushcfunction(L, nil_is_false);
  lua_setfield(L, -2, "__le");
  lua_pushcfunction(L, nil_is_zero);
  lua_setfield(L, -2, "__len");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
}

/* ---- messages ---- */

int as_sandbox_unknown(lua_State *L, int names, const char *format, const char *word) {
  names = lua_absindex(L, names);
  as_table_keys(L, names);
  int keys = lua_gettop(L);
  size_t n = (size_t)lua_rawlen(L, keys), texts = 0;
  const char **all = lua_newuserdatauv(L, (n + 1) * sizeof *all, 0);
  for (size_t i = 0; i < n; i++) {
    if (lua_rawgeti(L, keys, (lua_Integer)i + 1) == LUA_TSTRING) all[texts++] = lua_tostring(L, -1);
    lua_pop(L, 1); /* the list of keys keeps it */
  }
  const char *near = as_suggest(word, all, texts);
  lua_pushfstring(L, format, word);
  if (near) {
    lua_pushfstring(L, "; did you mean `%s`?", near);
    lua_concat(L, 2);
  }
  luaL_where(L, 1);
  lua_insert(L, -2);
  lua_concat(L, 2);
  return lua_error(L);
}

/* ---- libraries ---- */

/* Unknown name in a library: upvalue 1 is its name. [-2, +1, v] */
static int lib_missing(lua_State *L) {
  const char *word = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
  lua_pushfstring(L, "%s has no `%%s`", lua_tostring(L, lua_upvalueindex(1)));
  return as_sandbox_unknown(L, 1, lua_tostring(L, -1), word);
}

static int lib_write(lua_State *L) {
  return luaL_error(L, "the library `%s` cannot be changed", lua_tostring(L, lua_upvalueindex(1)));
}

static int lib_pairs(lua_State *L) {
  lua_pushcfunction(L, as_table_pairs);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_call(L, 1, 3);
  return 3;
}

/* A copy of the library at the top, named `name`, as the stdlib has it: names that are not there can be neither read nor
 * made. [-1, +1, -] */
static void push_lib(lua_State *L, const char *name) {
  int source = lua_gettop(L);
  lua_createtable(L, 0, 24);
  int copy = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, source);) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, copy);
  }
  lua_createtable(L, 0, 2);
  lua_pushstring(L, name);
  lua_pushcclosure(L, lib_missing, 1);
  lua_setfield(L, -2, "__index");
  lua_pushstring(L, name);
  lua_pushcclosure(L, lib_write, 1);
  lua_setfield(L, -2, "__newindex");
  lua_setmetatable(L, copy);
  lua_replace(L, source);
}

/* A read-only copy of the library at the top, as rules have it. [-1, +1, -] */
static void push_lib_frozen(lua_State *L, const char *name) {
  int source = lua_gettop(L);
  push_lib(L, name);
  lua_createtable(L, 0, 0); /* the library as it is seen */
  lua_createtable(L, 0, 4); /* its metatable */
  lua_pushvalue(L, source);
  lua_setfield(L, -2, "__index");
  lua_pushvalue(L, source);
  lua_pushcclosure(L, lib_pairs, 1);
  lua_setfield(L, -2, "__pairs");
  lua_pushstring(L, name);
  lua_pushcclosure(L, lib_write, 1);
  lua_setfield(L, -2, "__newindex");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_replace(L, source);
}

/* The members of the table on top that `names` lists. [-1, +1, -] */
static void select_names(lua_State *L, const char *const *names) {
  lua_createtable(L, 0, 32);
  for (; *names; names++) {
    lua_getfield(L, -2, *names);
    lua_setfield(L, -2, *names);
  }
  lua_remove(L, -2);
}

/* ---- setmetatable of the stdlib: without finalizers and weak tables, which 5.4.4 cannot be trusted with ---- */

static int safe_setmetatable(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "nil or table");
  if (lua_istable(L, 2)) {
    static const char *const refused[] = {"__gc", "__mode", "__close"};
    for (size_t i = 0; i < 3; i++) {
      lua_pushstring(L, refused[i]);
      if (lua_rawget(L, 2) != LUA_TNIL) return luaL_error(L, "`%s` is not allowed in a metatable", refused[i]);
      lua_pop(L, 1);
    }
  }
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
}

void as_sandbox_open(lua_State *L) {
  open_nil(L);
  luaL_requiref(L, "_G", luaopen_base, 1);
  int all = lua_gettop(L);
  lua_pushvalue(L, all);
  select_names(L, trusted_names);
  static const luaL_Reg own[] = {{"date", as_when_date},     {"duration", as_when_duration}, {"next", as_table_next},
                                 {"pairs", as_table_pairs},  {"setmetatable", safe_setmetatable}, {"sql", as_sql_rows},
                                 {"tostring", as_text_tostring}, {NULL, NULL}};
  luaL_setfuncs(L, own, 0);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_BASE);
  lua_createtable(L, 0, 8);
  int libs = lua_gettop(L);
  as_text_lib(L);
  lua_setfield(L, libs, "string");
  as_table_lib(L);
  lua_setfield(L, libs, "table");
  as_regex_lib(L);
  lua_setfield(L, libs, "re");
  luaL_requiref(L, "math", luaopen_math, 0);
  select_names(L, math_names);
  lua_setfield(L, libs, "math");
  luaL_requiref(L, "utf8", luaopen_utf8, 0);
  select_names(L, utf8_names);
  lua_setfield(L, libs, "utf8");
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_LIBS);
  /* Strings find their methods in the safe library. */
  lua_pushliteral(L, "");
  lua_createtable(L, 0, 2);
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_LIBS);
  lua_getfield(L, -1, "string");
  lua_setfield(L, -3, "__index");
  lua_pop(L, 1);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
  /* Nothing is left in the globals of the state or among the loaded modules. */
  lua_createtable(L, 0, 0);
  lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  lua_pushnil(L);
  lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_settop(L, all - 1);
}

/* ---- environments ---- */

/* What somebody may look for who knows Lua, or other rules. NULL: nothing to say. */
static const char *hint(const char *name) {
  static const char *const arguments[] = {"isms", "params", NULL};
  static const char *const absent[] = {"_G", "collectgarbage", "coroutine", "debug", "dofile", "getmetatable", "io", "load", "loadfile", "loadstring", "os",
                                       "package", "pcall", "print", "rawget", "rawlen", "rawset", "setmetatable", "warn", "xpcall", NULL};
  if (as_word_at(arguments, name) >= 0) return "there is no global `%s`; it is an argument: function(isms, params), in conditions function(member, isms, params)";
  if (strcmp(name, "unpack") == 0) return "there is no global `%s`; did you mean `table.unpack`?";
  return as_word_at(absent, name) >= 0 ? "there is no global `%s`: it is Lua's, and rules do without it (docs/sandbox.md)" : NULL;
}

/* Upvalue 1: the names. [-2, +1, v] */
static int global_missing(lua_State *L) {
  if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "a global has a name");
  const char *more = hint(lua_tostring(L, 2));
  if (more) return luaL_error(L, more, lua_tostring(L, 2));
  return as_sandbox_unknown(L, lua_upvalueindex(1), "there is no global `%s`", lua_tostring(L, 2));
}

static int global_write(lua_State *L) {
  if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "globals cannot be written");
  return luaL_error(L, "the global `%s` cannot be assigned; write `local %s`", lua_tostring(L, 2), lua_tostring(L, 2));
}

/* The table on top becomes an environment in which other names can be neither read nor made. [-0, +0, -] */
static void seal_names(lua_State *L) {
  lua_createtable(L, 0, 4);
  lua_pushvalue(L, -2);
  lua_pushcclosure(L, global_missing, 1);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, global_write);
  lua_setfield(L, -2, "__newindex");
  lua_setmetatable(L, -2);
}

/* The environment that finds the names of the table on top, and cannot be written to. [-1, +1, -] */
static void push_env(lua_State *L) {
  int names = lua_gettop(L);
  seal_names(L);
  lua_createtable(L, 0, 0);
  lua_createtable(L, 0, 4);
  lua_pushvalue(L, names);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, global_write);
  lua_setfield(L, -2, "__newindex");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pushvalue(L, names);
  lua_pushcclosure(L, lib_pairs, 1);
  lua_setfield(L, -2, "__pairs");
  lua_setmetatable(L, -2);
  lua_replace(L, names);
}

/* The names that both environments are made of. [-0, +1, -] */
static void push_names(lua_State *L, const char *const *base, void (*push_copy)(lua_State *, const char *)) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_BASE);
  select_names(L, base);
  int names = lua_gettop(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_LIBS);
  for (const char *const *lib = lib_names; *lib; lib++) {
    lua_getfield(L, -1, *lib);
    push_copy(L, *lib);
    lua_setfield(L, names, *lib);
  }
  lua_pop(L, 1);
}

/* require of rules: a few modules of the stdlib, frozen. Upvalue 1: those that this environment has. [-1, +1, e] */
static int rule_require(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  lua_settop(L, 1);
  if (strcmp(name, "checks") != 0) return luaL_error(L, "rules can require \"checks\" only, not \"%s\"", name);
  if (lua_getfield(L, lua_upvalueindex(1), name) != LUA_TNIL) return 1;
  lua_pop(L, 1);
  lua_pushcfunction(L, as_module_require);
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  if (lua_type(L, -1) == LUA_TTABLE) {
    as_freeze(L, -1);
    lua_remove(L, -2);
  }
  lua_pushvalue(L, -1);
  lua_setfield(L, lua_upvalueindex(1), name);
  return 1;
}

void as_sandbox_rule_env(lua_State *L, int extra) {
  if (extra) extra = lua_absindex(L, extra);
  luaL_checkstack(L, 20, NULL);
  push_names(L, rule_names, push_lib_frozen);
  int names = lua_gettop(L);
  lua_createtable(L, 0, 1);
  lua_pushcclosure(L, rule_require, 1);
  lua_setfield(L, names, "require");
  if (extra && lua_type(L, extra) == LUA_TTABLE) {
    for (lua_pushnil(L); lua_next(L, extra);) {
      lua_pushvalue(L, -2);
      lua_insert(L, -2);
      lua_rawset(L, names);
    }
  }
  push_env(L);
}

void as_sandbox_trusted_env(lua_State *L) {
  push_names(L, trusted_names, push_lib);
  lua_pushcfunction(L, as_module_require);
  lua_setfield(L, -2, "require");
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_ENGINE);
  lua_setfield(L, -2, "engine");
  seal_names(L); /* read without a detour: it is our own code that could overwrite what is there */
}
