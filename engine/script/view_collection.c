/* Collections of records in Lua: all records of a kind, or some of them in some order. */
#include <string.h>

#include "script/internal.h"

const char *const as_collection_fields[] = {"supplied", "kind", "collected_at", NULL};

/* ---- making ---- */

as_collection *as_collection_push(lua_State *L, const as_kind *kind, const as_record *const *items, size_t n) {
  size_t room = items ? 0 : n;
  as_collection *c = lua_newuserdatauv(L, sizeof *c + room * sizeof *c->own, 0);
  *c = (as_collection){.tag = AS_TAG_COLLECTION, .generation = as_script_of(L)->bound->generation, .kind = kind,
                       .items = items ? items : c->own, .count = items ? n : 0, .in_order = true};
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_COLLECTION);
  lua_setmetatable(L, -2);
  return c;
}

as_collection *as_collection_whole(lua_State *L, const as_kind *kind) {
  as_collection *c = as_collection_push(L, kind, NULL, 0);
  c->items = NULL;
  c->count = as_model_count(as_script_of(L)->bound->model, kind);
  return c;
}

as_collection *as_collection_fit(lua_State *L, as_collection *c, size_t room) {
  if (room <= 16 || c->count * 2 > room) return c;
  as_collection *fit = as_collection_push(L, c->kind, NULL, c->count);
  if (c->count) memcpy(fit->own, c->own, c->count * sizeof *c->own);
  fit->count = c->count;
  fit->in_order = c->in_order;
  lua_remove(L, -2);
  return fit;
}

as_collection *as_to_collection(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TUSERDATA) return NULL;
  as_collection *c = lua_touserdata(L, index);
  return c->tag == AS_TAG_COLLECTION ? c : NULL;
}

/* [-0, +0, v] */
static as_collection *check_shown(lua_State *L, int index) {
  as_script *script = as_script_of(L);
  as_collection *c = as_to_collection(L, index);
  if (!c) {
    luaL_argerror(L, index, lua_pushfstring(L, "collection expected, got %s; call it as c:method(…)", luaL_typename(L, index)));
    return NULL;
  }
  if (!script->bound || c->generation != script->bound->generation)
    luaL_error(L, "this collection belongs to a bundle that is not shown any more");
  return c;
}

as_collection *as_check_collection(lua_State *L, int index) {
  as_collection *c = check_shown(L, index);
  as_trace_kind(as_script_of(L)->bound, c->kind);
  return c;
}

/* ---- reading ---- */

static bool holds(const as_collection *c, const as_record *record) {
  if (!c->items) return true;
  if (!c->in_order) {
    for (size_t i = 0; i < c->count; i++)
      if (c->items[i] == record) return true;
    return false;
  }
  size_t lo = 0, hi = c->count;
  uint32_t at = as_record_index(record);
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (as_record_index(c->items[mid]) < at) lo = mid + 1;
    else hi = mid;
  }
  return lo < c->count && c->items[lo] == record;
}

/* The record with the key at index 2, or nil. [-0, +1, v] */
static int push_by_key(lua_State *L, as_script *script, const as_collection *c) {
  as_str key;
  key.p = lua_tolstring(L, 2, &key.n);
  if (!c->kind->key) {
    const char *format = lua_pushfstring(L, "%s have no key, and collections no method `%%s`", c->kind->name->text);
    lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_METHODS);
    return as_sandbox_unknown(L, -1, format, key.p);
  }
  as_trace_kind(script->bound, c->kind);
  const as_record *record = as_model_find(script->bound->model, c->kind, key);
  if (record && holds(c, record)) as_push_record(L, script, record);
  else lua_pushnil(L);
  return 1;
}

/* c[i], c.method, c.supplied, c["key"] [-2, +1, v] */
static int collection_index(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = check_shown(L, 1);
  if (lua_type(L, 2) == LUA_TNUMBER) {
    int exact;
    lua_Integer i = lua_tointegerx(L, 2, &exact);
    as_trace_kind(script->bound, c->kind);
    if (exact && i >= 1 && (size_t)i <= c->count) as_push_record(L, script, as_collection_at(script, c, (size_t)i - 1));
    else lua_pushnil(L);
    return 1;
  }
  if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "a collection is read by number or by key, not by a %s", luaL_typename(L, 2));
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_METHODS);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, -2) != LUA_TNIL) return 1;
  const char *name = lua_tostring(L, 2);
  switch (as_word_at(as_collection_fields, name)) {
    case 0: lua_pushboolean(L, script->bound->flags[c->kind->index] & AS_KIND_SUPPLIED); return 1;
    case 1: as_push_sym(L, c->kind->name); return 1;
    case 2: as_push_time(L, as_model_collected(script->bound->model, c->kind)); return 1;
    default: return push_by_key(L, script, c);
  }
}

/* c:get(key): the record of that key also where the key is the name of a method. [-2, +1, v] */
static int collection_get(lua_State *L) {
  as_collection *c = check_shown(L, 1);
  luaL_argcheck(L, lua_type(L, 2) == LUA_TSTRING || lua_isnil(L, 2), 2, "a key is a text");
  if (lua_isnil(L, 2)) return 1;
  lua_settop(L, 2);
  return push_by_key(L, as_script_of(L), c);
}

static int collection_length(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)as_check_collection(L, 1)->count);
  return 1;
}

static int collection_write(lua_State *L) { return luaL_error(L, "collections cannot be changed"); }

static int collection_text(lua_State *L) {
  as_collection *c = check_shown(L, 1);
  lua_pushfstring(L, "%I %s", (lua_Integer)c->count, c->kind->name->text);
  return 1;
}

/* Where each stands. */
typedef struct {
  uint32_t tag;
  const as_collection *c;
  size_t at;
} walk;

/* Upvalues: walk, collection. [-n, +1, v] */
static int each_step(lua_State *L) {
  as_script *script = as_script_of(L);
  walk *w = lua_touserdata(L, lua_upvalueindex(1));
  if (!script->bound || w->c->generation != script->bound->generation)
    return luaL_error(L, "this collection belongs to a bundle that is not shown any more");
  if (w->at >= w->c->count) lua_pushnil(L);
  else as_push_record(L, script, as_collection_at(script, w->c, w->at++));
  return 1;
}

/* c:each() [-1, +1, v] */
static int collection_each(lua_State *L) {
  const as_collection *c = as_check_collection(L, 1);
  walk *w = lua_newuserdatauv(L, sizeof *w, 0);
  *w = (walk){AS_TAG_GUARD, c, 0};
  lua_pushvalue(L, 1);
  lua_pushcclosure(L, each_step, 2);
  return 1;
}

/* [-2, +2, v] */
static int pairs_step(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = check_shown(L, 1);
  lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 0 || (size_t)i >= c->count) {
    lua_pushnil(L);
    return 1;
  }
  lua_pushinteger(L, i + 1);
  as_push_record(L, script, as_collection_at(script, c, (size_t)i));
  return 2;
}

static int collection_pairs(lua_State *L) {
  as_check_collection(L, 1);
  lua_settop(L, 1);
  lua_pushcfunction(L, pairs_step);
  lua_insert(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

/* ---- engine.collection(kind, list) ---- */

int as_collection_make(lua_State *L) {
  as_script *script = as_script_of(L);
  if (!script->bound) return luaL_error(L, "no bundle is shown");
  const as_view *view = as_view_check(L, 1);
  luaL_checkany(L, 2);
  lua_settop(L, 2);
  lua_Integer n = luaL_len(L, 2);
  luaL_argcheck(L, n >= 0 && n <= (lua_Integer)1 << 40, 2, "bad length");
  as_collection *c = as_collection_push(L, view->kind, NULL, (size_t)n);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_geti(L, 2, i);
    const as_record *record = as_to_record(L, -1);
    if (!record || as_record_kind(record) != view->kind)
      return luaL_error(L, "element %I is no record of %s", i, view->kind->name->text);
    if (c->count && as_record_index(c->own[c->count - 1]) >= as_record_index(record)) c->in_order = false;
    c->own[c->count++] = record;
    lua_pop(L, 1);
  }
  return 1;
}

void as_collection_open(lua_State *L) {
  static const luaL_Reg meta[] = {{"__index", collection_index}, {"__len", collection_length}, {"__newindex", collection_write},
                                  {"__pairs", collection_pairs}, {"__tostring", collection_text}, {NULL, NULL}};
  lua_createtable(L, 0, 10);
  luaL_setfuncs(L, meta, 0);
  lua_pushliteral(L, "collection");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_COLLECTION);
  lua_createtable(L, 0, 24);
  lua_pushcfunction(L, collection_each);
  lua_setfield(L, -2, "each");
  lua_pushcfunction(L, collection_get);
  lua_setfield(L, -2, "get");
  as_collect_methods(L);
  as_group_methods(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_METHODS);
}
