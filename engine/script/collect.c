/* where, first, any, all, count, map: going through a collection with a filter. Tables are matched in C. */
#include <string.h>

#include "script/internal.h"

enum { POLL_EVERY = 4096 };

static const as_view *view_of(as_script *script, const as_collection *c) { return &script->views[c->kind->index]; }

/* What argument 2 asks for: nil everything, a table in C, a function by calling it. */
typedef struct {
  as_filter *filter; /* or NULL */
  bool call;
} question;

/* Leaves 3 values: collection, argument, what keeps the filter. [-0, +n, e] */
static question ask(lua_State *L, as_script *script, const as_collection *c, bool may_lack, const char *method) {
  question q = {NULL, false};
  lua_settop(L, 2);
  int type = lua_type(L, 2);
  if (type == LUA_TTABLE) {
    q.filter = as_filter_make(L, view_of(script, c), 2);
    return q;
  }
  q.call = type == LUA_TFUNCTION;
  if (!q.call && !(may_lack && type == LUA_TNIL))
    luaL_error(L, "%s takes a table of fields or a function, not a %s", method, luaL_typename(L, 2));
  lua_settop(L, 3);
  return q;
}

/* Does the record fit? [-0, +0, e] */
static bool fits(lua_State *L, as_script *script, const question *q, const as_record *record) {
  if (q->filter) return as_filter_test(q->filter, record);
  if (!q->call) return true;
  lua_pushvalue(L, 2);
  as_push_record(L, script, record);
  lua_call(L, 1, 1);
  bool yes = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return yes;
}

/* ---- where ---- */

/* The records that a filter has to look at: n of them, NULL for all of the kind. An index narrows where there is one;
 * `done`: it has settled the filter. */
static const as_record *const *candidates(as_script *script, const as_collection *c, as_filter *filter, size_t *n, bool *done) {
  *n = c->count;
  *done = false;
  if (c->items) return c->items;
  size_t count = 0;
  const as_record *const *narrow = as_filter_narrow(filter, script->bound->model, c->kind, &count, done);
  if (narrow) *n = count;
  return narrow;
}

/* With a table: what is left by an index is tested into the scratch array. [-0, +1, -] */
static void where_filter(lua_State *L, as_script *script, const as_collection *c, as_filter *filter) {
  size_t n, found = 0;
  bool done;
  const as_record *const *items = candidates(script, c, filter, &n, &done);
  if (done) {
    as_collection_push(L, c->kind, items, n);
    return;
  }
  as_grow(&script->found, &script->found_cap, n, sizeof *script->found);
  for (size_t i = 0; i < n; i++) {
    const as_record *record = items ? items[i] : as_model_at(script->bound->model, c->kind, i);
    if (as_filter_test(filter, record)) script->found[found++] = record;
    if (i % POLL_EVERY == POLL_EVERY - 1) as_budget_charge(L, POLL_EVERY / 4);
  }
  as_collection *result = as_collection_push(L, c->kind, NULL, found);
  if (found) memcpy(result->own, script->found, found * sizeof *script->found);
  result->count = found;
}

/* c:where(filter) [-2, +1, e] */
static int collection_where(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  question q = ask(L, script, c, false, "where");
  if (q.filter) {
    where_filter(L, script, c, q.filter);
    ((as_collection *)lua_touserdata(L, -1))->in_order = c->in_order;
    return 1;
  }
  as_collection *result = as_collection_push(L, c->kind, NULL, c->count);
  for (size_t i = 0; i < c->count; i++) {
    const as_record *record = as_collection_at(script, c, i);
    if (fits(L, script, &q, record)) result->own[result->count++] = record;
  }
  result->in_order = c->in_order;
  as_collection_fit(L, result, c->count);
  return 1;
}

/* ---- first, any, all, count ---- */

/* The first record that fits (or does not, where want is false), or NULL. [-0, +0, e] */
static const as_record *seek(lua_State *L, as_script *script, const as_collection *c, const question *q, bool want) {
  size_t n = c->count;
  bool done = false;
  const as_record *const *items = want && q->filter ? candidates(script, c, q->filter, &n, &done) : c->items;
  for (size_t i = 0; i < n; i++) {
    const as_record *record = items ? items[i] : as_model_at(script->bound->model, c->kind, i);
    if (done || fits(L, script, q, record) == want) return record;
    if (i % POLL_EVERY == POLL_EVERY - 1) as_budget_charge(L, q->filter ? POLL_EVERY / 4 : 0);
  }
  return NULL;
}

static int collection_first(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  question q = ask(L, script, c, true, "first");
  const as_record *record = seek(L, script, c, &q, true);
  if (record) as_push_record(L, script, record);
  else lua_pushnil(L);
  return 1;
}

static int collection_any(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  question q = ask(L, script, c, true, "any");
  lua_pushboolean(L, seek(L, script, c, &q, true) != NULL);
  return 1;
}

static int collection_all(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  question q = ask(L, script, c, false, "all");
  lua_pushboolean(L, seek(L, script, c, &q, false) == NULL);
  return 1;
}

static int collection_count(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  question q = ask(L, script, c, true, "count");
  if (q.filter) {
    where_filter(L, script, c, q.filter);
    lua_pushinteger(L, (lua_Integer)((as_collection *)lua_touserdata(L, -1))->count);
    return 1;
  }
  size_t n = 0;
  if (!q.call) n = c->count;
  else
    for (size_t i = 0; i < c->count; i++) n += fits(L, script, &q, as_collection_at(script, c, i));
  lua_pushinteger(L, (lua_Integer)n);
  return 1;
}

/* ---- map, get ---- */

/* c:map(fn or field) → plain list, without the nils [-2, +1, e] */
static int collection_map(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  lua_settop(L, 2);
  const as_slot *slot = NULL;
  if (lua_type(L, 2) == LUA_TSTRING) slot = as_view_check_slot(L, view_of(script, c), 2);
  else if (lua_type(L, 2) != LUA_TFUNCTION)
    return luaL_error(L, "map takes a function or the name of a field, not a %s", luaL_typename(L, 2));
  lua_createtable(L, (int)(c->count < 1u << 20 ? c->count : 1u << 20), 0);
  lua_Integer n = 0;
  for (size_t i = 0; i < c->count; i++) {
    const as_record *record = as_collection_at(script, c, i);
    if (slot) {
      as_push_field(L, record, slot);
    } else {
      lua_pushvalue(L, 2);
      as_push_record(L, script, record);
      lua_call(L, 1, 1);
    }
    if (lua_isnil(L, -1)) lua_pop(L, 1);
    else lua_rawseti(L, 3, ++n);
  }
  return 1;
}

void as_collect_methods(lua_State *L) {
  static const luaL_Reg methods[] = {{"where", collection_where}, {"first", collection_first}, {"any", collection_any},
                                     {"all", collection_all}, {"count", collection_count}, {"map", collection_map}, {NULL, NULL}};
  luaL_setfuncs(L, methods, 0);
}
