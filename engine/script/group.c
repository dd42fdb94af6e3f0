/* sum, min, max, newest, group_by, index_by, sort_by, unique: what a collection says by one of its values. */
#include <math.h>
#include <string.h>

#include "script/internal.h"

/* The value asked for: a field, or what a function gives. */
typedef struct {
  const as_slot *slot;
  const char *method;
} what;

/* Argument 2. Leaves collection and argument on the stack. [-0, +0, e] */
static what ask(lua_State *L, as_script *script, const as_collection *c, const char *method) {
  what w = {NULL, method};
  lua_settop(L, 2);
  if (lua_type(L, 2) == LUA_TSTRING) {
    w.slot = as_view_check_slot(L, &script->views[c->kind->index], 2);
    if (w.slot->field->type == AS_T_LIST) luaL_error(L, "%s: %s.%s is a list", method, c->kind->name->text, w.slot->name);
    if (w.slot->side == AS_SIDE_RECORD) as_trace_kind(script->bound, w.slot->field->target);
  } else if (lua_type(L, 2) != LUA_TFUNCTION) {
    luaL_error(L, "%s takes the name of a field or a function, not a %s", method, luaL_typename(L, 2));
  }
  return w;
}

/* The value of a record as a cell. What a function gives stays on the stack, as its texts are borrowed; a field
 * leaves nil. [-0, +1, e] */
static as_cell value_of(lua_State *L, as_script *script, const what *w, const as_record *record) {
  if (w->slot) {
    lua_pushnil(L);
    return as_cell_read(record, w->slot);
  }
  lua_pushvalue(L, 2);
  as_push_record(L, script, record);
  lua_call(L, 1, 1);
  as_cell cell = as_cell_of(L, -1);
  if (cell.type == AS_CELL_OTHER) luaL_error(L, "%s: the function gives a %s, not a value", w->method, luaL_typename(L, -1));
  return cell;
}

/* ---- sum ---- */

static int collection_sum(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  what w = ask(L, script, c, "sum");
  lua_Unsigned integers = 0;
  double numbers = 0;
  as_duration durations = {0, 0, AS_UNIT_S};
  bool fractions = false, timed = false;
  for (size_t i = 0; i < c->count; i++) {
    as_cell cell = value_of(L, script, &w, as_collection_at(script, c, i));
    lua_pop(L, 1);
    if (cell.type == AS_CELL_INT) {
      integers += (lua_Unsigned)cell.u.integer;
      numbers += (double)cell.u.integer;
    } else if (cell.type == AS_CELL_NUM) {
      fractions = true;
      numbers += cell.u.number;
    } else if (cell.type == AS_CELL_DURATION) {
      durations = timed ? as_duration_add(durations, cell.u.duration) : cell.u.duration;
      timed = true;
    } else if (cell.type != AS_CELL_NIL) {
      return luaL_error(L, "sum: a %s cannot be added", as_cell_name(&cell));
    }
  }
  if (timed) as_push_duration(L, durations);
  else if (fractions) lua_pushnumber(L, numbers);
  else lua_pushinteger(L, (lua_Integer)integers);
  return 1;
}

/* ---- min, max, newest ---- */

/* The record with the best value, its cell in *best and, for functions, its value at index 3. [-0, +1, e] */
static const as_record *pick(lua_State *L, as_script *script, const as_collection *c, const what *w, int sign, bool newest, as_cell *best) {
  const as_record *picked = NULL;
  lua_pushnil(L); /* 3 */
  for (size_t i = 0; i < c->count; i++) {
    const as_record *record = as_collection_at(script, c, i);
    as_cell cell = value_of(L, script, w, record);
    bool take = cell.type != AS_CELL_NIL;
    if (take && newest && cell.type != AS_CELL_TIME) luaL_error(L, "newest: a %s is no time", as_cell_name(&cell));
    if (take && newest && as_time_compare(cell.u.time, script->bound->as_of) > 0) take = false;
    if (take && cell.type == AS_CELL_RECORD) luaL_error(L, "%s: records have no order", w->method);
    if (take && picked) {
      int order = as_cell_compare(&cell, best);
      if (order == 2) luaL_error(L, "%s: a %s and a %s have no order", w->method, as_cell_name(&cell), as_cell_name(best));
      take = order * sign > 0 || (newest && order == 0);
    }
    if (!take) {
      lua_pop(L, 1);
      continue;
    }
    lua_replace(L, 3);
    picked = record;
    *best = cell;
  }
  return picked;
}

static int extreme(lua_State *L, int sign, const char *method) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  what w = ask(L, script, c, method);
  as_cell best = {AS_CELL_NIL, 0, {0}};
  pick(L, script, c, &w, sign, false, &best);
  as_cell_push(L, &best);
  return 1;
}

static int collection_min(lua_State *L) { return extreme(L, -1, "min"); }
static int collection_max(lua_State *L) { return extreme(L, 1, "max"); }

/* c:newest(what): the latest that is not after as_of; of equal ones the last. [-2, +1, e] */
static int collection_newest(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  what w = ask(L, script, c, "newest");
  as_cell best = {AS_CELL_NIL, 0, {0}};
  const as_record *record = pick(L, script, c, &w, 1, true, &best);
  if (record) as_push_record(L, script, record);
  else lua_pushnil(L);
  return 1;
}

/* ---- group_by, index_by, unique ---- */

/* Stack: 3 result, 4 number of the group by key. members: groups by record, counts by group. */
static int collection_group_by(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  what w = ask(L, script, c, "group_by");
  lua_createtable(L, 8, 0); /* 3 */
  lua_createtable(L, 0, 8); /* 4 */
  uint32_t *group = lua_newuserdatauv(L, (c->count + 1) * 2 * sizeof *group, 0); /* 5 */
  uint32_t *size = group + c->count, n = 0;
  for (size_t i = 0; i < c->count; i++) {
    as_cell cell = value_of(L, script, &w, as_collection_at(script, c, i));
    group[i] = 0;
    if (cell.type != AS_CELL_NIL) {
      as_cell_push_key(L, &cell);
      lua_pushvalue(L, -1);
      if (lua_rawget(L, 4) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushinteger(L, ++n);
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, 4);
        size[n - 1] = 0;
        lua_createtable(L, 0, 2);
        as_cell_push(L, &cell);
        lua_setfield(L, -2, "key");
        lua_rawseti(L, 3, n);
      }
      group[i] = (uint32_t)lua_tointeger(L, -1);
      size[group[i] - 1]++;
      lua_pop(L, 2);
    }
    lua_pop(L, 1);
  }
  as_collection **members = lua_newuserdatauv(L, (n + 1) * sizeof *members, 0);
  for (uint32_t g = 0; g < n; g++) {
    lua_rawgeti(L, 3, (lua_Integer)g + 1);
    members[g] = as_collection_push(L, c->kind, NULL, size[g]);
    members[g]->in_order = c->in_order;
    lua_setfield(L, -2, "members");
    lua_pop(L, 1);
  }
  for (size_t i = 0; i < c->count; i++) {
    if (!group[i]) continue;
    as_collection *m = members[group[i] - 1];
    m->own[m->count++] = as_collection_at(script, c, i);
  }
  lua_settop(L, 3);
  return 1;
}

/* c:index_by(what) → table from key to its first record. Times and durations are keys by their text. [-2, +1, e] */
static int collection_index_by(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  what w = ask(L, script, c, "index_by");
  lua_createtable(L, 0, (int)(c->count < 1u << 20 ? c->count : 1u << 20)); /* 3 */
  for (size_t i = 0; i < c->count; i++) {
    const as_record *record = as_collection_at(script, c, i);
    as_cell cell = value_of(L, script, &w, record);
    if (cell.type == AS_CELL_NIL) {
      lua_pop(L, 1);
      continue;
    }
    as_cell_push(L, &cell);
    if (cell.type == AS_CELL_TIME || cell.type == AS_CELL_DURATION) {
      as_text_of(L, -1);
      lua_remove(L, -2);
    }
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 3) == LUA_TNIL) {
      lua_pop(L, 1);
      as_push_record(L, script, record);
      lua_rawset(L, 3);
    }
    lua_settop(L, 3);
  }
  return 1;
}

static int collection_unique(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  what w = ask(L, script, c, "unique");
  lua_createtable(L, 8, 0); /* 3 */
  lua_createtable(L, 0, 8); /* 4 */
  lua_Integer n = 0;
  for (size_t i = 0; i < c->count; i++) {
    as_cell cell = value_of(L, script, &w, as_collection_at(script, c, i));
    if (cell.type != AS_CELL_NIL) {
      as_cell_push_key(L, &cell);
      lua_pushvalue(L, -1);
      if (lua_rawget(L, 4) == LUA_TNIL) {
        lua_pushvalue(L, -2);
        lua_pushboolean(L, 1);
        lua_rawset(L, 4);
        as_cell_push(L, &cell);
        lua_rawseti(L, 3, ++n);
      }
    }
    lua_settop(L, 4);
  }
  lua_settop(L, 3);
  return 1;
}

/* ---- sort_by ---- */

/* c:sort_by(what): stable, what is absent comes last. [-2, +1, e] */
static int collection_sort_by(lua_State *L) {
  as_script *script = as_script_of(L);
  as_collection *c = as_check_collection(L, 1);
  what w = ask(L, script, c, "sort_by");
  size_t n = c->count, filled = 0, absent = 0;
  lua_createtable(L, 0, 0);                                                 /* 3: keeps texts */
  as_cell *cells = lua_newuserdatauv(L, (2 * n + 1) * sizeof *cells, 0);    /* 4 */
  as_collection *result = as_collection_push(L, c->kind, NULL, n);          /* 5 */
  for (size_t i = 0; i < n; i++) {
    as_cell cell = value_of(L, script, &w, as_collection_at(script, c, i));
    cell.at = (uint32_t)i;
    if (cell.type == AS_CELL_NIL) cells[n + absent++] = cell; /* waits in the spare half */
    else cells[filled++] = cell;
    if (cell.type == AS_CELL_TEXT && !w.slot) lua_rawseti(L, 3, (lua_Integer)i + 1);
    else lua_pop(L, 1);
  }
  /* The absent ones keep their order behind the others. */
  for (size_t i = 0; i < absent; i++) result->own[filled + i] = as_collection_at(script, c, cells[n + i].at);
  const as_cell *a, *b;
  if (!as_cells_sort(cells, cells + n, filled, &a, &b))
    return luaL_error(L, "sort_by: a %s and a %s have no order", as_cell_name(a), as_cell_name(b));
  for (size_t i = 0; i < filled; i++) result->own[i] = as_collection_at(script, c, cells[i].at);
  result->count = n;
  result->in_order = n < 2;
  return 1;
}

void as_group_methods(lua_State *L) {
  static const luaL_Reg methods[] = {{"sum", collection_sum}, {"min", collection_min}, {"max", collection_max},
                                     {"newest", collection_newest}, {"group_by", collection_group_by}, {"index_by", collection_index_by}, {"unique", collection_unique},
                                     {"sort_by", collection_sort_by}, {NULL, NULL}};
  luaL_setfuncs(L, methods, 0);
}
