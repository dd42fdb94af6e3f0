/* Nodes into Lua tables and back. Null members of maps are absent in Lua; elsewhere null is engine.null. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "script/internal.h"

enum { DEPTH = 80 };

/* ---- nodes into Lua ---- */

/* `places`: 0, or the table that tells the node of a table. [-0, +1, e] */
static void push_node(lua_State *L, const as_node *node, int places, bool keep_null, int depth) {
  luaL_checkstack(L, 10, "nested too deeply");
  if (depth > DEPTH) luaL_error(L, "data is nested more than %d deep", DEPTH);
  switch (node->type) {
    case AS_BOOL: lua_pushboolean(L, node->u.boolean); return;
    case AS_INT: lua_pushinteger(L, node->u.integer); return;
    case AS_NUM: lua_pushnumber(L, node->u.number); return;
    case AS_TEXT: as_push_str(L, node->text); return;
    case AS_LIST:
    case AS_MAP: break;
    default: lua_pushlightuserdata(L, &as_null); return;
  }
  bool list = node->type == AS_LIST;
  lua_createtable(L, list ? (int)node->count : 0, list ? 0 : (int)node->count);
  int table = lua_gettop(L);
  if (list) { /* so that an empty one leaves as a list again */
    lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_PLAIN_LIST);
    lua_setmetatable(L, table);
  }
  if (places) {
    lua_pushvalue(L, table);
    lua_pushlightuserdata(L, (void *)(uintptr_t)node);
    lua_rawset(L, places);
  }
  lua_Integer i = 0;
  for (const as_node *member = node->first; member; member = member->next) {
    i++;
    if (member->type == AS_NULL && !list && !keep_null) continue;
    if (!list) as_push_str(L, member->key);
    push_node(L, member, places, keep_null, depth + 1);
    if (list) lua_rawseti(L, table, i);
    else lua_rawset(L, table);
  }
}

void as_node_push(lua_State *L, const as_node *node) {
  if (node->type == AS_NULL) lua_pushnil(L);
  else push_node(L, node, 0, false, 0);
}

void as_node_push_placed(lua_State *L, const as_node *node, int places) {
  push_node(L, node, lua_absindex(L, places), true, 0);
}

/* The member of a list or map that the value at index names; the node itself for nil. NULL where there is none. [-0, +0, -] */
static const as_node *member_of(lua_State *L, const as_node *node, int index) {
  if (lua_isnil(L, index)) return node;
  if (node->type == AS_MAP && lua_type(L, index) == LUA_TSTRING) {
    as_str key;
    key.p = lua_tolstring(L, index, &key.n);
    return as_node_gets(node, key);
  }
  if (node->type != AS_LIST || !lua_isinteger(L, index)) return NULL;
  lua_Integer i = lua_tointeger(L, index);
  const as_node *item = i >= 1 && i <= node->count ? node->first : NULL;
  for (; item && i > 1; i--) item = item->next;
  return item;
}

/* where(tbl[, key]) → line, column of the key or item, line, column of the value. Upvalues: the node of each table, what keeps
 * the nodes. [-2, +4, -] */
int as_node_where(lua_State *L) {
  lua_settop(L, 2);
  lua_pushvalue(L, 1);
  if (lua_isnil(L, 1) || lua_rawget(L, lua_upvalueindex(1)) != LUA_TLIGHTUSERDATA) return 0;
  const as_node *node = lua_touserdata(L, -1), *member = member_of(L, node, 2);
  if (!member) return 0;
  bool keyed = member != node && node->type == AS_MAP && member->key_line;
  lua_pushinteger(L, keyed ? member->key_line : member->line);
  lua_pushinteger(L, keyed ? member->key_column : member->column);
  lua_pushinteger(L, member->line);
  lua_pushinteger(L, member->column);
  return 4;
}

/* ---- Lua into nodes ---- */

static as_node *make(lua_State *L, int index, as_arena *arena, int depth);

/* [-0, +0, e] */
static as_node *make_list(lua_State *L, int index, as_arena *arena, int depth) {
  as_node *list = as_node_new(arena, AS_LIST);
  lua_Integer n = luaL_len(L, index);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_geti(L, index, i);
    as_node *item = make(L, lua_gettop(L), arena, depth + 1);
    as_node_add(list, item ? item : as_node_null(arena));
    lua_pop(L, 1);
  }
  return list;
}

/* The member whose key is on top, if it is there and was not put before. [-0, +0, e] */
static void put_member(lua_State *L, int index, as_node *map, as_arena *arena, int depth) {
  if (lua_type(L, -1) != LUA_TSTRING) {
    if (lua_type(L, -1) != LUA_TNUMBER) luaL_error(L, "a key of a result must be a text, not a %s", luaL_typename(L, -1));
    luaL_error(L, "a result mixes a list and a map (key %f)", lua_tonumber(L, -1));
  }
  as_str key;
  key.p = lua_tolstring(L, -1, &key.n);
  if (memchr(key.p, '\0', key.n)) luaL_error(L, "a key of a result holds a NUL");
  lua_pushvalue(L, -1);
  lua_rawget(L, index);
  as_node *child = make(L, lua_gettop(L), arena, depth + 1);
  lua_pop(L, 1);
  if (child) as_node_put(arena, map, key.p, child);
}

/* [-0, +0, e] */
static as_node *make_map(lua_State *L, int index, as_arena *arena, int depth) {
  as_node *map = as_node_new(arena, AS_MAP);
  int top = lua_gettop(L);
  lua_pushliteral(L, "__order");
  bool ordered = lua_rawget(L, index) == LUA_TTABLE;
  int order = lua_gettop(L), done = 0;
  if (ordered) {
    lua_Integer n = (lua_Integer)lua_rawlen(L, order);
    lua_createtable(L, 0, (int)(n < 64 ? n : 64)); /* those put so far */
    done = lua_gettop(L);
    for (lua_Integer i = 1; i <= n; i++) {
      lua_rawgeti(L, order, i);
      lua_pushvalue(L, -1);
      if (lua_rawget(L, done) == LUA_TNIL) {
        lua_pop(L, 1);
        put_member(L, index, map, arena, depth);
        lua_pushvalue(L, -1);
        lua_pushboolean(L, 1);
        lua_rawset(L, done);
      } else {
        lua_pop(L, 1);
      }
      lua_pop(L, 1);
    }
  }
  as_table_keys(L, index);
  int keys = lua_gettop(L);
  lua_Integer n = (lua_Integer)lua_rawlen(L, keys);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, keys, i);
    bool known = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "__order") == 0;
    if (done && !known) {
      lua_pushvalue(L, -1);
      known = lua_rawget(L, done) != LUA_TNIL;
      lua_pop(L, 1);
    }
    if (!known) put_member(L, index, map, arena, depth);
    lua_pop(L, 1);
  }
  lua_settop(L, top);
  return map;
}

/* A table with [1], or one that engine.list marked. [-0, +0, -] */
static bool is_list(lua_State *L, int index) {
  bool list = lua_rawgeti(L, index, 1) != LUA_TNIL;
  lua_pop(L, 1);
  if (list || !lua_getmetatable(L, index)) return list;
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_PLAIN_LIST);
  list = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return list;
}

/* Keys that a list cannot show would be lost. [-0, +0, v] */
static void check_list_keys(lua_State *L, int index) {
  lua_Integer n = (lua_Integer)lua_rawlen(L, index);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    if (lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 && lua_tointeger(L, -2) <= n) continue;
    if (lua_type(L, -2) == LUA_TSTRING) luaL_error(L, "a result mixes a list and a map (key `%s`)", lua_tostring(L, -2));
    luaL_error(L, "a list of a result has holes");
  }
}

/* NULL for nil. [-0, +0, e] */
static as_node *make(lua_State *L, int index, as_arena *arena, int depth) {
  luaL_checkstack(L, 16, "nested too deeply");
  if (depth > DEPTH) luaL_error(L, "a result is nested more than %d deep", DEPTH);
  as_str text;
  switch (lua_type(L, index)) {
    case LUA_TNIL: return NULL;
    case LUA_TBOOLEAN: return as_node_bool(arena, lua_toboolean(L, index));
    case LUA_TNUMBER:
      if (lua_isinteger(L, index)) return as_node_int(arena, lua_tointeger(L, index));
      return as_node_num(arena, lua_tonumber(L, index));
    case LUA_TSTRING:
      text.p = lua_tolstring(L, index, &text.n);
      return as_node_text(arena, text);
    case LUA_TLIGHTUSERDATA:
      if (lua_touserdata(L, index) == (void *)&as_null) return as_node_null(arena);
      as_text_of(L, index);
      luaL_error(L, "a result holds a record (%s); give its key", lua_tostring(L, -1));
      return NULL;
    case LUA_TUSERDATA: {
      if (as_to_list(L, index)) return make_list(L, index, arena, depth);
      if (!as_to_time(L, index) && !as_to_duration(L, index))
        luaL_error(L, "a result holds a %s", as_to_collection(L, index) ? "collection" : "userdata");
      as_text_of(L, index);
      text.p = lua_tolstring(L, -1, &text.n);
      as_node *node = as_node_text(arena, text);
      lua_pop(L, 1);
      return node;
    }
    case LUA_TTABLE: break;
    default: luaL_error(L, "a result holds a %s", luaL_typename(L, index)); return NULL;
  }
  lua_pushvalue(L, index);
  int table = lua_gettop(L);
  as_thaw(L, table);
  as_node *node;
  if (is_list(L, table)) {
    check_list_keys(L, table);
    node = make_list(L, table, arena, depth);
  } else {
    node = make_map(L, table, arena, depth);
  }
  lua_settop(L, table - 1);
  return node;
}

as_node *as_node_of(lua_State *L, int index, as_arena *arena) {
  as_node *node = make(L, lua_absindex(L, index), arena, 0);
  return node ? node : as_node_null(arena);
}

/* engine.list{…}: the same table, marked as a list. [-1, +1, v] */
int as_node_list(lua_State *L) {
  lua_settop(L, 1);
  if (lua_isnil(L, 1)) {
    lua_createtable(L, 0, 0);
    lua_replace(L, 1);
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_PLAIN_LIST);
  lua_setmetatable(L, 1);
  return 1;
}
