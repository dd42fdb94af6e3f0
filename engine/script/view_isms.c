/* isms: the model as rules see it, and which of its kinds the rule at work may see. */
#include <string.h>

#include "model/sql.h"
#include "script/internal.h"

typedef struct {
  uint32_t tag, generation;
} isms_value;

const char *const as_isms_fields[] = {"organization", "as_of", "catalog", NULL};

/* ---- bindings ---- */

as_binding *as_binding_new(as_script *script, const as_model *model, as_time as_of) {
  as_binding *bound = as_calloc(1, sizeof *bound);
  bound->model = model;
  bound->as_of = as_of;
  bound->generation = ++script->generations;
  bound->all_visible = true;
  bound->flags = as_calloc(script->n_views + 1, 1);
  bound->organization = script->kinds ? as_kinds_find(script->kinds, AS_STR("organization")) : NULL;
  for (uint32_t i = 0; i < script->n_views; i++)
    if (as_model_supplied(model, script->views[i].kind)) bound->flags[i] |= AS_KIND_SUPPLIED;
  return bound;
}

void as_binding_free(void *p) {
  as_binding *bound = p;
  if (!bound) return;
  as_sql_close(bound->sql);
  as_arena_free(bound->results);
  as_free(bound->flags);
  as_free(bound);
}

void as_isms_show(lua_State *L) {
  as_script *script = as_script_of(L);
  memset(script->sym_at, 0, sizeof script->sym_at);
  memset(script->sym_seen, 0, sizeof script->sym_seen); /* symbols of another model may stand at the same address */
  memset(&script->trace, 0, sizeof script->trace);
  if (!script->bound) {
    lua_pushboolean(L, 0);
    lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_VIEW);
    return;
  }
  isms_value *view = lua_newuserdatauv(L, sizeof *view, 0);
  *view = (isms_value){AS_TAG_ISMS, script->bound->generation};
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_ISMS);
  lua_setmetatable(L, -2);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_VIEW);
  lua_createtable(L, (int)script->n_views, 0);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_COLLECTIONS);
}

void as_isms_bind(lua_State *L, const as_model *model, as_time as_of) {
  as_script *script = as_script_of(L);
  if (script->generations == AS_GENERATIONS) luaL_error(L, "more than %d bundles in one process", AS_GENERATIONS);
  as_binding_free(script->bound);
  script->bound = model ? as_binding_new(script, model, as_of) : NULL;
  as_isms_show(L);
}

/* ---- reading ---- */

/* The collection of all records of a kind, one per binding. [-0, +1, -] */
static void push_whole(lua_State *L, const as_kind *kind) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_COLLECTIONS);
  if (lua_rawgeti(L, -1, (lua_Integer)kind->index + 1) == LUA_TNIL) {
    lua_pop(L, 1);
    as_collection_whole(L, kind);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, (lua_Integer)kind->index + 1);
  }
  lua_remove(L, -2);
}

/* [-0, +0, v] */
static int unknown_kind(lua_State *L, as_script *script, const char *name) {
  const char *near = script->kinds ? as_kinds_suggest(script->kinds, name) : NULL;
  if (near) return luaL_error(L, "isms has no kind `%s`; did you mean `%s`?", name, near);
  return luaL_error(L, "isms has no kind `%s`", name);
}

/* [-0, +0, v] */
static int hidden_kind(lua_State *L, as_script *script, const char *name) {
  const char **names = lua_newuserdatauv(L, (script->n_views + 1) * sizeof *names, 0);
  size_t n = 0;
  for (uint32_t i = 0; i < script->n_views; i++)
    if (script->bound->flags[i] & AS_KIND_VISIBLE) names[n++] = script->views[i].kind->name->text;
  const char *near = as_suggest(name, names, n);
  if (near) return luaL_error(L, "isms.%s: the rule does not name `%s` in its needs; did you mean `%s`?", name, name, near);
  return luaL_error(L, "isms.%s: the rule does not name `%s` in its needs; add it there", name, name);
}

/* [-0, +1, -] */
static void push_organization(lua_State *L, as_script *script) {
  const as_kind *kind = script->bound->organization;
  if (kind) as_trace_kind(script->bound, kind);
  const as_record *record = kind && as_model_count(script->bound->model, kind) ? as_model_at(script->bound->model, kind, 0) : NULL;
  if (record) as_push_record(L, script, record);
  else lua_pushnil(L);
}

/* [-2, +1, v] */
static int isms_index(lua_State *L) {
  as_script *script = as_script_of(L);
  const isms_value *view = lua_touserdata(L, 1);
  if (!script->bound || view->generation != script->bound->generation)
    return luaL_error(L, "this isms belongs to a bundle that is not shown any more");
  const as_view *kind = as_view_of_kind(L, 2);
  if (kind && kind->kind != script->bound->organization) {
    if (!script->bound->all_visible && !(script->bound->flags[kind->kind->index] & AS_KIND_VISIBLE))
      return hidden_kind(L, script, kind->kind->name->text);
    push_whole(L, kind->kind);
    return 1;
  }
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
  switch (as_word_at(as_isms_fields, name)) {
    case 0: push_organization(L, script); return 1;
    case 1: as_push_time(L, script->bound->as_of); return 1;
    case 2: lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_CATALOG); return 1;
    default: return unknown_kind(L, script, name);
  }
}

static int isms_write(lua_State *L) { return luaL_error(L, "isms cannot be changed"); }

static int isms_pairs(lua_State *L) { return luaL_error(L, "isms cannot be gone through; name the kind: isms.people"); }

/* ---- what the engine table offers ---- */

/* engine.isms() [-0, +1, -] */
int as_isms_get(lua_State *L) {
  if (as_script_of(L)->bound) lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_VIEW);
  else lua_pushnil(L);
  return 1;
}

/* engine.needs(list or nil) [-1, +0, e] */
int as_isms_needs(lua_State *L) {
  as_script *script = as_script_of(L);
  if (!script->bound) return luaL_error(L, "no bundle is shown");
  if (lua_isnoneornil(L, 1)) {
    script->bound->all_visible = true;
    return 0;
  }
  lua_settop(L, 1);
  lua_Integer n = luaL_len(L, 1);
  for (uint32_t i = 0; i < script->n_views; i++) script->bound->flags[i] &= (uint8_t)~AS_KIND_VISIBLE;
  for (lua_Integer i = 1; i <= n; i++) {
    lua_geti(L, 1, i);
    script->bound->flags[as_view_check(L, -1)->kind->index] |= AS_KIND_VISIBLE;
    lua_pop(L, 1);
  }
  script->bound->all_visible = false;
  return 0;
}

/* engine.catalog(entries): what isms.catalog shows from now on. [-1, +0, e] */
int as_isms_catalog(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  as_thaw(L, 1);
  lua_createtable(L, 0, 128); /* 2 */
  lua_createtable(L, 128, 0); /* 3 controls */
  lua_createtable(L, 32, 0);  /* 4 clauses */
  lua_Integer n = luaL_len(L, 1);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_geti(L, 1, i);
    if (lua_type(L, 5) != LUA_TTABLE || lua_getfield(L, 5, "id") != LUA_TSTRING)
      return luaL_error(L, "entry %d of the catalogue is no table with an id", (int)i);
    as_freeze(L, 5); /* one frozen entry, wherever it is found */
    lua_replace(L, 5);
    lua_pushvalue(L, 5);
    lua_rawset(L, 2);
    lua_getfield(L, 5, "kind");
    bool clause = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "clause") == 0;
    lua_pop(L, 1);
    int list = clause ? 4 : 3;
    lua_rawseti(L, list, (lua_Integer)lua_rawlen(L, list) + 1);
  }
  lua_setfield(L, 2, "clauses");
  lua_setfield(L, 2, "controls");
  as_freeze(L, 2);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_CATALOG);
  return 0;
}

void as_isms_open(lua_State *L) {
  static const luaL_Reg methods[] = {{"__index", isms_index}, {"__newindex", isms_write}, {"__pairs", isms_pairs}, {NULL, NULL}};
  lua_createtable(L, 0, 8);
  luaL_setfuncs(L, methods, 0);
  lua_pushliteral(L, "isms");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_ISMS);
  lua_createtable(L, 0, 2);
  lua_createtable(L, 0, 0);
  lua_setfield(L, -2, "controls");
  lua_createtable(L, 0, 0);
  lua_setfield(L, -2, "clauses");
  as_freeze(L, -1);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_CATALOG);
  lua_pop(L, 1);
}
