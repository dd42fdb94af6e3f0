/* Values between C and Lua: texts, cells that can be compared and sorted, fields of records. */
#include <math.h>
#include <string.h>

#include "script/internal.h"

/* ---- texts ---- */

void as_push_str(lua_State *L, as_str text) { lua_pushlstring(L, text.n ? text.p : "", text.n); }

void as_push_sym(lua_State *L, const as_sym *sym) {
  as_script *script = as_script_of(L);
  uint32_t slot = sym->id % AS_CACHE;
  if (script->sym_at[slot] == sym) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, (int)(AS_REG_STRINGS + slot));
    return;
  }
  lua_pushlstring(L, sym->text, sym->len);
  if (script->sym_seen[slot] != sym) { /* what is read once, as keys are, is not worth keeping */
    script->sym_seen[slot] = sym;
    return;
  }
  if (sym->len > 200) return; /* what is kept stays alive */
  script->sym_at[slot] = sym;
  lua_pushvalue(L, -1);
  lua_rawseti(L, LUA_REGISTRYINDEX, (int)(AS_REG_STRINGS + slot));
}

/* ---- values of the model ---- */

static void push_reference(lua_State *L, const as_value *value, as_side side) { /* [-0, +1, -] */
  if (side != AS_SIDE_RECORD) {
    as_push_sym(L, value->u.link.sym);
    return;
  }
  as_script *script = as_script_of(L);
  if (value->u.link.record) as_push_record(L, script, value->u.link.record);
  else lua_pushnil(L);
}

void as_push_value(lua_State *L, const as_value *value, as_side side) {
  switch (value->type) {
    case AS_T_STRING:
    case AS_T_TEXT:
    case AS_T_ENUM: as_push_sym(L, value->u.link.sym); break;
    case AS_T_REF: push_reference(L, value, side); break;
    case AS_T_INTEGER: lua_pushinteger(L, value->u.integer); break;
    case AS_T_NUMBER:
    case AS_T_PERCENT: lua_pushnumber(L, value->u.number); break;
    case AS_T_BOOLEAN: lua_pushboolean(L, value->u.boolean); break;
    case AS_T_DATE:
    case AS_T_TIME: as_push_time(L, value->u.time); break;
    case AS_T_DURATION: as_push_duration(L, value->u.duration); break;
    case AS_T_LIST: as_list_push(L, value, side); break;
    default: lua_pushnil(L); break;
  }
}

void as_push_field(lua_State *L, const as_record *record, const as_slot *slot) {
  as_value value = as_record_get(record, slot->field);
  if (value.present) as_push_value(L, &value, slot->side);
  else lua_pushnil(L);
}

/* ---- cells ---- */

as_cell as_cell_of(lua_State *L, int index) {
  as_cell cell = {AS_CELL_OTHER, 0, {0}};
  switch (lua_type(L, index)) {
    case LUA_TNIL: cell.type = AS_CELL_NIL; break;
    case LUA_TBOOLEAN:
      cell.type = AS_CELL_BOOL;
      cell.u.boolean = lua_toboolean(L, index);
      break;
    case LUA_TNUMBER:
      if (lua_isinteger(L, index)) {
        cell.type = AS_CELL_INT;
        cell.u.integer = lua_tointeger(L, index);
      } else {
        cell.type = AS_CELL_NUM;
        cell.u.number = lua_tonumber(L, index);
      }
      break;
    case LUA_TSTRING:
      cell.type = AS_CELL_TEXT;
      cell.u.text.p = lua_tolstring(L, index, &cell.u.text.n);
      break;
    case LUA_TLIGHTUSERDATA:
      cell.u.record = as_to_record(L, index);
      if (cell.u.record) cell.type = AS_CELL_RECORD;
      break;
    case LUA_TUSERDATA: {
      const as_time *t = as_to_time(L, index);
      const as_duration *d = as_to_duration(L, index);
      if (t) {
        cell.type = AS_CELL_TIME;
        cell.u.time = *t;
      } else if (d) {
        cell.type = AS_CELL_DURATION;
        cell.u.duration = *d;
      }
      break;
    }
    default: break;
  }
  return cell;
}

as_cell as_cell_read(const as_record *record, const as_slot *slot) {
  as_cell cell = {AS_CELL_NIL, 0, {0}};
  as_value value = as_record_get(record, slot->field);
  if (!value.present) return cell;
  switch (value.type) {
    case AS_T_REF:
      if (slot->side == AS_SIDE_RECORD) {
        if (!value.u.link.record) return cell;
        cell.type = AS_CELL_RECORD;
        cell.u.record = value.u.link.record;
        return cell;
      } /* fall through */
    case AS_T_STRING:
    case AS_T_TEXT:
    case AS_T_ENUM:
      cell.type = AS_CELL_TEXT;
      cell.u.text = (as_str){value.u.link.sym->text, value.u.link.sym->len};
      break;
    case AS_T_INTEGER:
      cell.type = AS_CELL_INT;
      cell.u.integer = value.u.integer;
      break;
    case AS_T_NUMBER:
    case AS_T_PERCENT:
      cell.type = AS_CELL_NUM;
      cell.u.number = value.u.number;
      break;
    case AS_T_BOOLEAN:
      cell.type = AS_CELL_BOOL;
      cell.u.boolean = value.u.boolean;
      break;
    case AS_T_DATE:
    case AS_T_TIME:
      cell.type = AS_CELL_TIME;
      cell.u.time = value.u.time;
      break;
    case AS_T_DURATION:
      cell.type = AS_CELL_DURATION;
      cell.u.duration = value.u.duration;
      break;
    default: cell.type = AS_CELL_OTHER; break;
  }
  return cell;
}

void as_cell_push(lua_State *L, const as_cell *cell) {
  switch (cell->type) {
    case AS_CELL_BOOL: lua_pushboolean(L, cell->u.boolean); break;
    case AS_CELL_INT: lua_pushinteger(L, cell->u.integer); break;
    case AS_CELL_NUM: lua_pushnumber(L, cell->u.number); break;
    case AS_CELL_TEXT: as_push_str(L, cell->u.text); break;
    case AS_CELL_TIME: as_push_time(L, cell->u.time); break;
    case AS_CELL_DURATION: as_push_duration(L, cell->u.duration); break;
    case AS_CELL_RECORD: as_push_record(L, as_script_of(L), cell->u.record); break;
    default: lua_pushnil(L); break;
  }
}

static double number_of(const as_cell *cell) {
  return cell->type == AS_CELL_INT ? (double)cell->u.integer : cell->u.number;
}

static bool is_number(const as_cell *cell) { return cell->type == AS_CELL_INT || cell->type == AS_CELL_NUM; }

static int three(bool less, bool greater) { return less ? -1 : greater ? 1 : 0; }

static int compare_text(as_str a, as_str b) {
  size_t n = a.n < b.n ? a.n : b.n;
  int order = n ? memcmp(a.p, b.p, n) : 0;
  return order ? three(order < 0, order > 0) : three(a.n < b.n, a.n > b.n);
}

static int compare_records(const as_record *a, const as_record *b) {
  const as_kind *ka = as_record_kind(a), *kb = as_record_kind(b);
  if (ka != kb) return strcmp(ka->name->text, kb->name->text) < 0 ? -1 : 1;
  return three(as_record_index(a) < as_record_index(b), as_record_index(a) > as_record_index(b));
}

int as_cell_compare(const as_cell *a, const as_cell *b) {
  if (is_number(a) && is_number(b)) {
    if (a->type == AS_CELL_INT && b->type == AS_CELL_INT)
      return three(a->u.integer < b->u.integer, a->u.integer > b->u.integer);
    double x = number_of(a), y = number_of(b);
    return isnan(x) || isnan(y) ? 2 : three(x < y, x > y);
  }
  if (a->type != b->type) return 2;
  switch (a->type) {
    case AS_CELL_TEXT: return compare_text(a->u.text, b->u.text);
    case AS_CELL_TIME: return as_time_compare(a->u.time, b->u.time);
    case AS_CELL_DURATION: return as_duration_compare(a->u.duration, b->u.duration);
    case AS_CELL_BOOL: return three(a->u.boolean < b->u.boolean, a->u.boolean > b->u.boolean);
    case AS_CELL_RECORD: return compare_records(a->u.record, b->u.record);
    case AS_CELL_NIL: return 0;
    default: return 2;
  }
}

bool as_cell_equal(const as_cell *a, const as_cell *b) { return as_cell_compare(a, b) == 0; }

const char *as_cell_name(const as_cell *cell) {
  static const char *const names[] = {"nil", "boolean", "number", "number", "text", "time", "duration", "record", "table or list"};
  return names[cell->type];
}

bool as_cells_sort(as_cell *cells, as_cell *spare, size_t n, const as_cell **a, const as_cell **b) {
  as_cell *from = cells, *to = spare;
  for (size_t width = 1; width < n; width *= 2) {
    for (size_t lo = 0; lo < n; lo += 2 * width) {
      size_t mid = lo + width < n ? lo + width : n, hi = lo + 2 * width < n ? lo + 2 * width : n, i = lo, j = mid;
      for (size_t k = lo; k < hi; k++) {
        bool right = i >= mid;
        if (!right && j < hi) {
          int order = as_cell_compare(&from[j], &from[i]);
          if (order == 2) {
            *a = &from[i];
            *b = &from[j];
            return false;
          }
          right = order < 0;
        }
        to[k] = right ? from[j++] : from[i++];
      }
    }
    as_cell *swap = from;
    from = to;
    to = swap;
  }
  if (from != cells) memcpy(cells, from, n * sizeof *cells);
  return true;
}

void as_cell_push_key(lua_State *L, const as_cell *cell) {
  if (cell->type != AS_CELL_TIME && cell->type != AS_CELL_DURATION) {
    as_cell_push(L, cell);
    return;
  }
  /* Equal ones get one key: exact parts rather than text, which hides the unit's size. */
  char text[64];
  size_t n;
  if (cell->type == AS_CELL_TIME) {
    memcpy(text, "\1time", 5);
    memcpy(text + 5, &cell->u.time.seconds, 8);
    memcpy(text + 13, &cell->u.time.nanos, 4);
    text[17] = cell->u.time.is_date;
    n = 18;
  } else {
    memcpy(text, "\1dura", 5);
    memcpy(text + 5, &cell->u.duration.seconds, 8);
    memcpy(text + 13, &cell->u.duration.nanos, 4);
    n = 17;
  }
  lua_pushlstring(L, text, n);
}
