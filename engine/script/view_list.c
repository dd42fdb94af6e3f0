/* Lists of a record's fields in Lua: read-only views of the model's values. */
#include "script/internal.h"

const as_list *as_to_list(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TUSERDATA) return NULL;
  const as_list *list = lua_touserdata(L, index);
  return list->tag == AS_TAG_LIST ? list : NULL;
}

const as_list *as_check_list(lua_State *L, int index) {
  const as_list *list = as_to_list(L, index);
  as_script *script = as_script_of(L);
  if (!list) luaL_argerror(L, index, "list expected");
  else if (!script->bound || list->generation != script->bound->generation)
    luaL_error(L, "this list belongs to a bundle that is not shown any more");
  return list;
}

void as_list_push(lua_State *L, const as_value *value, as_side side) {
  as_script *script = as_script_of(L);
  uint32_t n = value->u.list.count, room = side == AS_SIDE_RECORD ? n : 0;
  as_list *list = lua_newuserdatauv(L, sizeof *list + room * sizeof *list->records, 0);
  *list = (as_list){.tag = AS_TAG_LIST, .generation = script->bound->generation, .items = value->u.list.items, .count = n};
  if (side == AS_SIDE_RECORD) { /* what leads nowhere is left out */
    list->items = NULL;
    list->count = 0;
    for (uint32_t i = 0; i < n; i++) {
      const as_record *record = value->u.list.items[i].u.link.record;
      if (record) list->records[list->count++] = record;
    }
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_LIST);
  lua_setmetatable(L, -2);
}

void as_list_item(lua_State *L, const as_list *list, uint32_t i) {
  if (i >= list->count) lua_pushnil(L);
  else if (list->items) as_push_value(L, &list->items[i], AS_SIDE_KEY);
  else as_push_record(L, as_script_of(L), list->records[i]);
}

/* [-2, +1, v] */
static int list_index(lua_State *L) {
  const as_list *list = as_check_list(L, 1);
  int exact;
  lua_Integer i = lua_tointegerx(L, 2, &exact);
  if (!exact) {
    if (lua_type(L, 2) == LUA_TSTRING) return luaL_error(L, "a list has numbers from 1 to #list, not `%s`", lua_tostring(L, 2));
    return luaL_error(L, "a list has numbers from 1 to #list, not a %s", luaL_typename(L, 2));
  }
  if (i < 1 || i > (lua_Integer)list->count) lua_pushnil(L);
  else as_list_item(L, list, (uint32_t)i - 1);
  return 1;
}

static int list_length(lua_State *L) {
  lua_pushinteger(L, as_check_list(L, 1)->count);
  return 1;
}

static int list_write(lua_State *L) { return luaL_error(L, "lists of records cannot be changed"); }

/* [-2, +2, v] */
static int list_step(lua_State *L) {
  const as_list *list = as_check_list(L, 1);
  lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 0 || i >= (lua_Integer)list->count) {
    lua_pushnil(L);
    return 1;
  }
  lua_pushinteger(L, i + 1);
  as_list_item(L, list, (uint32_t)i);
  return 2;
}

static int list_pairs(lua_State *L) {
  as_check_list(L, 1);
  lua_settop(L, 1);
  lua_pushcfunction(L, list_step);
  lua_insert(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

static int list_text(lua_State *L) {
  const as_list *list = as_check_list(L, 1);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (uint32_t i = 0; i < list->count; i++) {
    if (i) luaL_addstring(&b, ", ");
    as_list_item(L, list, i);
    as_text_of(L, -1);
    lua_remove(L, -2);
    luaL_addvalue(&b);
  }
  luaL_pushresult(&b);
  return 1;
}

void as_list_open(lua_State *L) {
  static const luaL_Reg methods[] = {{"__index", list_index}, {"__len", list_length}, {"__newindex", list_write},
                                     {"__pairs", list_pairs}, {"__tostring", list_text}, {NULL, NULL}};
  lua_createtable(L, 0, 8);
  luaL_setfuncs(L, methods, 0);
  lua_pushliteral(L, "list");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_LIST);
}
