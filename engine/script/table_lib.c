/* table, and pairs and next in a defined order: by type, then by value. Sorting is stable, so that equal elements
 * never change places from run to run. */
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "script/internal.h"

enum { MOVE_MAX = 10000000, FEW = 64 };

/* ---- keys in order ---- */

/* Numbers, strings, booleans, records, times, durations; the others have no order. */
static int rank(const as_cell *cell) {
  switch (cell->type) {
    case AS_CELL_INT:
    case AS_CELL_NUM: return 1;
    case AS_CELL_TEXT: return 2;
    case AS_CELL_BOOL: return 3;
    case AS_CELL_RECORD: return 4;
    case AS_CELL_TIME: return 5;
    case AS_CELL_DURATION: return 6;
    default: return 9;
  }
}

static int compare_keys(const void *a, const void *b) {
  const as_cell *x = a, *y = b;
  int rx = rank(x), ry = rank(y);
  if (rx != ry) return rx < ry ? -1 : 1;
  int order = as_cell_compare(x, y);
  return order == 2 ? 0 : order;
}

/* The key at index as a cell, or an error where it has no order. [-0, +0, v] */
static as_cell check_key(lua_State *L, int index) {
  as_cell cell = as_cell_of(L, index);
  if (rank(&cell) == 9) luaL_error(L, "a table with keys that are tables or functions has no order to go through it");
  return cell;
}

/* How many keys; *sequence where they are 1 to n. [-0, +0, -] */
static size_t count_keys(lua_State *L, int index, bool *sequence) {
  size_t n = 0;
  *sequence = true;
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    n++;
    if (*sequence && !(lua_isinteger(L, -2) && lua_tointeger(L, -2) == (lua_Integer)n)) *sequence = false;
  }
  return n;
}

/* Up to FEW keys: sorted on the stack. [-0, +1, v] */
static void few_keys(lua_State *L, int index, size_t n, bool sequence) {
  luaL_checkstack(L, FEW + 8, NULL);
  as_cell cells[FEW];
  int base = lua_gettop(L);
  size_t i = 0;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    as_cell cell = check_key(L, -1);
    cell.at = (uint32_t)i + 1;
    size_t place = i++;
    for (; !sequence && place && compare_keys(&cell, &cells[place - 1]) < 0; place--) cells[place] = cells[place - 1];
    cells[place] = cell;
    lua_pushvalue(L, -1); /* the key stays */
  }
  lua_createtable(L, (int)n, 0);
  for (size_t k = 0; k < n; k++) {
    lua_pushvalue(L, base + (int)cells[k].at);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  lua_replace(L, base + 1);
  lua_settop(L, base + 1);
}

/* [-0, +1, v] */
static void push_keys(lua_State *L, int index, size_t n, bool sequence) {
  if (n && n <= FEW) {
    few_keys(L, index, n, sequence);
    return;
  }
  lua_createtable(L, (int)n, 0);
  int keys = lua_gettop(L);
  as_cell *cells = lua_newuserdatauv(L, (n + 1) * sizeof *cells, 0);
  size_t i = 0;
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    cells[i] = check_key(L, -2);
    cells[i].at = (uint32_t)i + 1;
    i++;
    lua_pushvalue(L, -2);
    lua_rawseti(L, keys, (lua_Integer)i);
  }
  if (!sequence && n > 1) {
    qsort(cells, n, sizeof *cells, compare_keys); /* keys differ, so it need not be stable */
    lua_createtable(L, (int)n, 0);
    for (size_t k = 0; k < n; k++) {
      lua_rawgeti(L, keys, cells[k].at);
      lua_rawseti(L, -2, (lua_Integer)k + 1);
    }
    lua_replace(L, keys);
  }
  lua_settop(L, keys);
}

void as_table_keys(lua_State *L, int index) {
  index = lua_absindex(L, index);
  luaL_checkstack(L, 8, NULL);
  bool sequence;
  size_t n = count_keys(L, index, &sequence);
  push_keys(L, index, n, sequence);
}

/* Upvalues: table, keys, position. [-2, +2, -] */
static int pairs_step(lua_State *L) {
  lua_Integer i = lua_tointeger(L, lua_upvalueindex(3));
  for (;;) {
    if (lua_rawgeti(L, lua_upvalueindex(2), ++i) == LUA_TNIL) return 1;
    lua_pushvalue(L, -1);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) break;
    lua_pop(L, 2); /* taken away since */
  }
  lua_pushinteger(L, i);
  lua_replace(L, lua_upvalueindex(3));
  return 2;
}

/* The keys are 1 to n. [-2, +2, v] */
static int sequence_step(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Integer i = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1);
  lua_pushinteger(L, i);
  return lua_rawgeti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int pairs_nothing(lua_State *L) {
  lua_pushnil(L);
  return 1;
}

/* pairs(t). What is absent has no members. [-1, +3, e] */
int as_table_pairs(lua_State *L) {
  luaL_checkany(L, 1);
  lua_settop(L, 1);
  if (lua_isnil(L, 1)) {
    lua_pushcfunction(L, pairs_nothing);
    return 1;
  }
  if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
    lua_pushvalue(L, 1);
    lua_call(L, 1, 3);
    return 3;
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  bool sequence;
  size_t n = count_keys(L, 1, &sequence);
  if (sequence) {
    lua_pushcfunction(L, n ? sequence_step : pairs_nothing);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
  }
  lua_pushvalue(L, 1);
  push_keys(L, 1, n, false);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, pairs_step, 3);
  return 1;
}

/* next(t[, key]) in the same order. Each call looks at all keys: fine to ask whether there are any. [-2, +2, e] */
int as_table_next(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 2);
  as_thaw(L, 1);
  bool first = lua_isnil(L, 2), found = false;
  as_cell after = {AS_CELL_NIL, 0, {0}}, best = after;
  if (!first) after = check_key(L, 2);
  lua_pushnil(L); /* 3: the best key */
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
    as_cell cell = check_key(L, -2);
    if (!first && compare_keys(&cell, &after) <= 0) continue;
    if (found && compare_keys(&cell, &best) >= 0) continue;
    found = true;
    best = cell;
    lua_pushvalue(L, -2);
    lua_replace(L, 3);
  }
  if (!found) return 1;
  lua_settop(L, 3);
  lua_pushvalue(L, 3);
  lua_rawget(L, 1);
  return 2;
}

/* ---- sort ---- */

/* Is the element at index a to stand before that at b? [-0, +0, e] */
static bool before(lua_State *L, int a, int b) {
  if (lua_isnil(L, 2)) return lua_compare(L, a, b, LUA_OPLT);
  a = lua_absindex(L, a);
  b = lua_absindex(L, b);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, a);
  lua_pushvalue(L, b);
  lua_call(L, 2, 1);
  bool yes = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return yes;
}

/* Merges from[lo, mid) and from[mid, hi) into to. All are tables at these indexes, places from 1. [-0, +0, e] */
static void merge(lua_State *L, int from, int to, lua_Integer lo, lua_Integer mid, lua_Integer hi) {
  lua_Integer i = lo, j = mid;
  for (lua_Integer k = lo; k < hi; k++) {
    bool right = false;
    if (i >= mid) {
      right = true;
    } else if (j < hi) {
      lua_rawgeti(L, from, j);
      lua_rawgeti(L, from, i);
      right = before(L, -2, -1);
      lua_pop(L, 2);
    }
    lua_rawgeti(L, from, right ? j++ : i++);
    lua_rawseti(L, to, k);
  }
}

/* All of one kind that has an order by itself: sorted without calling Lua. [-0, +0, -] */
static bool sort_plain(lua_State *L, int from, lua_Integer n) {
  as_cell *cells = lua_newuserdatauv(L, 2 * (size_t)n * sizeof *cells, 0);
  as_cell_type type = AS_CELL_NIL;
  bool good = true;
  for (lua_Integer i = 0; i < n && good; i++) {
    lua_rawgeti(L, from, i + 1);
    cells[i] = as_cell_of(L, -1); /* texts stay in the table */
    cells[i].at = (uint32_t)i + 1;
    lua_pop(L, 1);
    as_cell_type t = cells[i].type == AS_CELL_INT ? AS_CELL_NUM : cells[i].type;
    if (i == 0) type = t;
    good = t == type && (t == AS_CELL_NUM || t == AS_CELL_TEXT);
  }
  const as_cell *a, *b;
  good = good && as_cells_sort(cells, cells + n, (size_t)n, &a, &b);
  for (lua_Integer i = 0; i < n && good; i++) {
    lua_rawgeti(L, from, cells[i].at);
    lua_seti(L, 1, i + 1);
  }
  lua_pop(L, 1);
  return good;
}

/* table.sort(list[, before]) [-2, +0, e] */
static int table_sort(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  lua_Integer n = luaL_len(L, 1);
  if (n < 2) return 0;
  luaL_argcheck(L, n <= MOVE_MAX, 1, "list too big");
  lua_createtable(L, (int)n, 0); /* 3 */
  for (lua_Integer i = 1; i <= n; i++) {
    lua_geti(L, 1, i);
    lua_rawseti(L, 3, i);
  }
  if (lua_isnil(L, 2) && sort_plain(L, 3, n)) return 0;
  lua_createtable(L, (int)n, 0); /* 4 */
  int from = 3, to = 4;
  for (lua_Integer width = 1; width < n; width *= 2) {
    for (lua_Integer lo = 1; lo <= n; lo += 2 * width) {
      lua_Integer mid = lo + width <= n ? lo + width : n + 1, hi = lo + 2 * width <= n ? lo + 2 * width : n + 1;
      merge(L, from, to, lo, mid, hi);
    }
    int swap = from;
    from = to;
    to = swap;
  }
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, from, i);
    lua_seti(L, 1, i);
  }
  return 0;
}

/* ---- bounded loops ---- */

/* Upvalue 1: Lua's own. table.move(a1, f, e, t[, a2]) [-n, +1, e] */
static int table_move(lua_State *L) {
  lua_Integer from = luaL_checkinteger(L, 2), to = luaL_checkinteger(L, 3);
  if (to >= from && (lua_Unsigned)to - (lua_Unsigned)from >= MOVE_MAX)
    return luaL_error(L, "table.move moves at most %d elements", MOVE_MAX);
  return as_text_delegate(L, "move");
}

/* Upvalue 1: Lua's own. table.concat(list[, sep[, i[, j]]]) [-n, +1, e] */
static int table_concat(lua_State *L) {
  lua_Integer from = luaL_optinteger(L, 3, 1), to = lua_isnoneornil(L, 4) ? 0 : luaL_checkinteger(L, 4);
  if (to >= from && (lua_Unsigned)to - (lua_Unsigned)from >= MOVE_MAX)
    return luaL_error(L, "table.concat joins at most %d elements", MOVE_MAX);
  return as_text_delegate(L, "concat");
}

/* Elements of what can be written to at 1. [-0, +0, v] */
static lua_Integer length_to_change(lua_State *L) {
  static const char *const needed[] = {"__index", "__newindex", "__len"};
  for (size_t i = 0; lua_type(L, 1) != LUA_TTABLE && i < 3; i++) {
    if (luaL_getmetafield(L, 1, needed[i]) == LUA_TNIL) luaL_checktype(L, 1, LUA_TTABLE);
    else lua_pop(L, 1);
  }
  return luaL_len(L, 1);
}

/* table.insert(list[, at], value), as Lua's own. The length of a table with holes may be 2^62. [-n, +0, e] */
static int table_insert(lua_State *L) {
  lua_Integer end = (lua_Integer)((lua_Unsigned)length_to_change(L) + 1), at = end;
  if (lua_gettop(L) == 3) {
    at = luaL_checkinteger(L, 2);
    luaL_argcheck(L, (lua_Unsigned)at - 1u < (lua_Unsigned)end, 2, "position out of bounds");
    if ((lua_Unsigned)end - (lua_Unsigned)at > MOVE_MAX) return luaL_error(L, "table.insert moves at most %d elements", MOVE_MAX);
  } else if (lua_gettop(L) != 2) {
    return luaL_error(L, "wrong number of arguments to 'insert'");
  }
  for (lua_Integer i = end; i > at; i--) {
    lua_geti(L, 1, i - 1);
    lua_seti(L, 1, i);
  }
  lua_seti(L, 1, at);
  return 0;
}

/* table.remove(list[, at]), as Lua's own. [-n, +1, e] */
static int table_remove(lua_State *L) {
  lua_Integer end = length_to_change(L), at = luaL_optinteger(L, 2, end);
  if (at != end) luaL_argcheck(L, (lua_Unsigned)at - 1u <= (lua_Unsigned)end, 2, "position out of bounds");
  if (at < end && (lua_Unsigned)end - (lua_Unsigned)at > MOVE_MAX) return luaL_error(L, "table.remove moves at most %d elements", MOVE_MAX);
  lua_geti(L, 1, at);
  for (; at < end; at++) {
    lua_geti(L, 1, at + 1);
    lua_seti(L, 1, at);
  }
  lua_pushnil(L);
  lua_seti(L, 1, at);
  return 1;
}

int as_table_lib(lua_State *L) {
  static const char *const kept[] = {"pack", "unpack", NULL};
  lua_createtable(L, 0, 8);
  luaL_requiref(L, "table", luaopen_table, 0);
  for (size_t i = 0; kept[i]; i++) {
    lua_getfield(L, -1, kept[i]);
    lua_setfield(L, -3, kept[i]);
  }
  lua_getfield(L, -1, "move");
  lua_pushcclosure(L, table_move, 1);
  lua_setfield(L, -3, "move");
  lua_getfield(L, -1, "concat");
  lua_pushcclosure(L, table_concat, 1);
  lua_setfield(L, -3, "concat");
  lua_pop(L, 1);
  static const luaL_Reg own[] = {{"insert", table_insert}, {"remove", table_remove}, {"sort", table_sort}, {NULL, NULL}};
  luaL_setfuncs(L, own, 0);
  return 1;
}
