/* Times and durations as values of Lua. Immutable; equal dates share one userdata while it is in the cache. */
#include <math.h>
#include <string.h>

#include "script/internal.h"

typedef struct {
  uint32_t tag;
  as_time t;
} time_value;

typedef struct {
  uint32_t tag;
  as_duration d;
} duration_value;

const char *const as_time_fields[] = {"year", "month", "day", "is_date", NULL};
const char *const as_duration_fields[] = {"days", "hours", "minutes", "seconds", NULL};

/* ---- making and taking ---- */

static bool same_time(as_time a, as_time b) { return a.seconds == b.seconds && a.nanos == b.nanos && a.is_date == b.is_date; }

void as_push_time(lua_State *L, as_time t) {
  as_script *script = as_script_of(L);
  uint64_t hash = ((uint64_t)t.seconds ^ (uint64_t)t.nanos ^ (uint64_t)t.is_date << 40) * 0x9e3779b97f4a7c15u;
  size_t slot = (size_t)(hash >> 54); /* 10 bits: AS_CACHE */
  if (script->time_set[slot] && same_time(script->time_at[slot], t)) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, (lua_Integer)(AS_REG_TIMES + slot));
    return;
  }
  time_value *value = lua_newuserdatauv(L, sizeof *value, 0);
  value->tag = AS_TAG_TIME;
  value->t = t;
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_TIME);
  lua_setmetatable(L, -2);
  script->time_set[slot] = true;
  script->time_at[slot] = t;
  lua_pushvalue(L, -1);
  lua_rawseti(L, LUA_REGISTRYINDEX, (lua_Integer)(AS_REG_TIMES + slot));
}
_Static_assert(AS_CACHE == 1024, "as_push_time takes ten bits");

void as_push_duration(lua_State *L, as_duration d) {
  duration_value *value = lua_newuserdatauv(L, sizeof *value, 0);
  value->tag = AS_TAG_DURATION;
  value->d = d;
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_DURATION);
  lua_setmetatable(L, -2);
}

const as_time *as_to_time(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TUSERDATA) return NULL;
  time_value *value = lua_touserdata(L, index);
  return value->tag == AS_TAG_TIME ? &value->t : NULL;
}

const as_duration *as_to_duration(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TUSERDATA) return NULL;
  duration_value *value = lua_touserdata(L, index);
  return value->tag == AS_TAG_DURATION ? &value->d : NULL;
}

/* ---- messages ---- */

static const char *name_of(lua_State *L, int index) { /* [-0, +0, -] */
  if (as_to_time(L, index)) return "a time";
  if (as_to_duration(L, index)) return "a duration";
  if (as_is_light_record(L, index)) return "a record";
  if (as_to_list(L, index)) return "a list";
  switch (lua_type(L, index)) {
    case LUA_TSTRING: return "a text";
    case LUA_TNUMBER: return "a number";
    case LUA_TBOOLEAN: return "a boolean";
    case LUA_TTABLE: return "a table";
    case LUA_TFUNCTION: return "a function";
    default: return "a value";
  }
}

/* [-0, +0, v] */
static int refuse(lua_State *L, const char *verb) {
  const char *help = "";
  if (lua_type(L, 1) == LUA_TSTRING || lua_type(L, 2) == LUA_TSTRING)
    help = as_to_time(L, 1) || as_to_time(L, 2) ? "; a text becomes a time by date \"2026-01-31\", a duration by duration \"90 d\""
                                                : "; a text becomes a duration by duration \"90 d\"";
  else if (lua_type(L, 1) == LUA_TNUMBER || lua_type(L, 2) == LUA_TNUMBER)
    help = "; a number of days is duration \"1 d\" * n";
  return luaL_error(L, "cannot %s %s and %s%s", verb, name_of(L, 1), name_of(L, 2), help);
}

static bool absent(lua_State *L) { return lua_isnil(L, 1) || lua_isnil(L, 2); } /* [-0, +0, -] */

static int push_nil(lua_State *L) {
  lua_pushnil(L);
  return 1;
}

/* ---- times ---- */

/* What leaves the calendar stops at its first or last day. */
static as_time shifted(as_time t, as_duration d, bool back) {
  as_time out;
  bool good = back ? as_time_sub(t, d, &out) : as_time_add(t, d, &out);
  if (good) return out;
  bool early = (d.seconds < 0) != back;
  out = (as_time){early ? -62135596800 : 253402214400, 0, t.is_date};
  if (!early && !t.is_date) out.seconds += 86399;
  return out;
}

static int time_add(lua_State *L) {
  if (absent(L)) return push_nil(L);
  const as_time *t = as_to_time(L, 1);
  const as_duration *d = as_to_duration(L, 2);
  if (!t) {
    t = as_to_time(L, 2);
    d = as_to_duration(L, 1);
  }
  if (!t || !d) return refuse(L, "add");
  as_push_time(L, shifted(*t, *d, false));
  return 1;
}

static int time_sub(lua_State *L) {
  if (absent(L)) return push_nil(L);
  const as_time *a = as_to_time(L, 1), *b = as_to_time(L, 2);
  const as_duration *d = as_to_duration(L, 2);
  if (a && b) as_push_duration(L, as_time_diff(*a, *b));
  else if (a && d) as_push_time(L, shifted(*a, *d, true));
  else return refuse(L, "subtract");
  return 1;
}

/* -1, 0, 1; 9 where one is absent. [-0, +0, v] */
static int time_order(lua_State *L) {
  if (absent(L)) return 9;
  const as_time *a = as_to_time(L, 1), *b = as_to_time(L, 2);
  if (!a || !b) return refuse(L, "compare");
  return as_time_compare(*a, *b);
}

static int time_lt(lua_State *L) {
  lua_pushboolean(L, time_order(L) < 0);
  return 1;
}
static int time_le(lua_State *L) {
  lua_pushboolean(L, time_order(L) <= 0);
  return 1;
}
static int time_eq(lua_State *L) {
  const as_time *a = as_to_time(L, 1), *b = as_to_time(L, 2);
  lua_pushboolean(L, a && b && as_time_compare(*a, *b) == 0);
  return 1;
}

/* Pushes what a formatter appends. [-0, +1, -] */
static int push_formatted(lua_State *L, void (*format)(const void *, as_buf *), const void *value) {
  as_buf buf = {0};
  format(value, &buf);
  lua_pushlstring(L, buf.data ? buf.data : "", buf.len); /* the allocator does not fail, so this does not jump */
  as_buf_free(&buf);
  return 1;
}
static void format_time(const void *t, as_buf *out) { as_time_format(*(const as_time *)t, out); }
static void format_duration(const void *d, as_buf *out) { as_duration_format(*(const as_duration *)d, out); }

static int time_text(lua_State *L) {
  const as_time *t = as_to_time(L, 1);
  return t ? push_formatted(L, format_time, t) : refuse(L, "print");
}

/* Proleptic Gregorian calendar (days from 0000-03-01 in eras of 400 years). */
static void calendar(as_time t, int64_t *year, int64_t *month, int64_t *day) {
  int64_t days = t.seconds / 86400 - (t.seconds % 86400 < 0) + 719468;
  int64_t era = days / 146097, doe = days % 146097;
  int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int64_t mp = (5 * doy + 2) / 153;
  *day = doy - (153 * mp + 2) / 5 + 1;
  *month = mp < 10 ? mp + 3 : mp - 9;
  *year = era * 400 + yoe + (*month <= 2);
}

/* [-2, +1, v] */
static int unknown_field(lua_State *L, const char *what, const char *const *names, size_t n) {
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
  const char *near = as_suggest(name, names, n);
  if (near) return luaL_error(L, "%s has no field `%s`; did you mean `%s`?", what, name, near);
  return luaL_error(L, "%s has no field `%s`", what, name);
}

static int time_index(lua_State *L) {
  const as_time *t = as_to_time(L, 1);
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
  if (!t) return refuse(L, "read");
  int64_t year, month, day;
  calendar(*t, &year, &month, &day);
  switch (as_word_at(as_time_fields, name)) {
    case 0: lua_pushinteger(L, year); break;
    case 1: lua_pushinteger(L, month); break;
    case 2: lua_pushinteger(L, day); break;
    case 3: lua_pushboolean(L, t->is_date); break;
    default: return unknown_field(L, "a time", as_time_fields, 4);
  }
  return 1;
}

/* ---- durations ---- */

static int duration_add(lua_State *L) {
  if (absent(L)) return push_nil(L);
  const as_duration *a = as_to_duration(L, 1), *b = as_to_duration(L, 2);
  if (!a || !b) return as_to_time(L, 1) || as_to_time(L, 2) ? time_add(L) : refuse(L, "add");
  as_push_duration(L, as_duration_add(*a, *b));
  return 1;
}

static int duration_sub(lua_State *L) {
  if (absent(L)) return push_nil(L);
  const as_duration *a = as_to_duration(L, 1), *b = as_to_duration(L, 2);
  if (!a || !b) return refuse(L, "subtract");
  as_push_duration(L, as_duration_add(*a, as_duration_neg(*b)));
  return 1;
}

static int duration_mul(lua_State *L) {
  if (absent(L)) return push_nil(L);
  const as_duration *d = as_to_duration(L, 1);
  int other = 2;
  if (!d) {
    d = as_to_duration(L, 2);
    other = 1;
  }
  if (!d || lua_type(L, other) != LUA_TNUMBER) return refuse(L, "multiply");
  as_push_duration(L, as_duration_scale(*d, lua_tonumber(L, other)));
  return 1;
}

static double seconds_of(const as_duration *d) { return (double)d->seconds + (double)d->nanos / 1e9; }

/* duration / number → duration; duration / duration → number */
static int duration_div(lua_State *L) {
  if (absent(L)) return push_nil(L);
  const as_duration *a = as_to_duration(L, 1), *b = as_to_duration(L, 2);
  if (a && b && (b->seconds || b->nanos)) lua_pushnumber(L, seconds_of(a) / seconds_of(b));
  else if (a && lua_type(L, 2) == LUA_TNUMBER && lua_tonumber(L, 2) != 0.0)
    as_push_duration(L, as_duration_scale(*a, 1.0 / lua_tonumber(L, 2)));
  else return refuse(L, "divide");
  return 1;
}

static int duration_unm(lua_State *L) {
  const as_duration *d = as_to_duration(L, 1);
  if (!d) return refuse(L, "negate");
  as_push_duration(L, as_duration_neg(*d));
  return 1;
}

static int duration_order(lua_State *L) {
  if (absent(L)) return 9;
  const as_duration *a = as_to_duration(L, 1), *b = as_to_duration(L, 2);
  if (!a || !b) return refuse(L, "compare");
  return as_duration_compare(*a, *b);
}

static int duration_lt(lua_State *L) {
  lua_pushboolean(L, duration_order(L) < 0);
  return 1;
}
static int duration_le(lua_State *L) {
  lua_pushboolean(L, duration_order(L) <= 0);
  return 1;
}
static int duration_eq(lua_State *L) {
  const as_duration *a = as_to_duration(L, 1), *b = as_to_duration(L, 2);
  lua_pushboolean(L, a && b && as_duration_compare(*a, *b) == 0);
  return 1;
}

static int duration_text(lua_State *L) {
  const as_duration *d = as_to_duration(L, 1);
  return d ? push_formatted(L, format_duration, d) : refuse(L, "print");
}

static int duration_index(lua_State *L) {
  static const as_unit units[] = {AS_UNIT_D, AS_UNIT_H, AS_UNIT_MIN, AS_UNIT_S};
  const as_duration *d = as_to_duration(L, 1);
  if (!d) return refuse(L, "read");
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
  for (size_t i = 0; i < 4; i++) {
    if (strcmp(name, as_duration_fields[i]) != 0) continue;
    lua_pushnumber(L, as_duration_in(*d, units[i]));
    return 1;
  }
  return unknown_field(L, "a duration", as_duration_fields, 4);
}

/* ---- constructors ---- */

/* date "2026-01-31", date(nil) → nil [-1, +1, v] */
int as_when_date(lua_State *L) {
  as_time t;
  if (lua_isnil(L, 1) || as_to_time(L, 1)) {
    lua_settop(L, 1);
    return 1;
  }
  as_str text;
  text.p = luaL_checklstring(L, 1, &text.n);
  if (!as_date_parse(text, &t) && !as_time_parse(text, &t))
    return luaL_error(L, "\"%s\" is no date; write date \"2026-01-31\" or \"2026-01-31T08:15:00Z\"", text.p);
  as_push_time(L, t);
  return 1;
}

int as_when_duration(lua_State *L) {
  as_duration d;
  if (lua_isnil(L, 1) || as_to_duration(L, 1)) {
    lua_settop(L, 1);
    return 1;
  }
  as_str text;
  text.p = luaL_checklstring(L, 1, &text.n);
  if (!as_duration_parse(text, &d)) return luaL_error(L, "\"%s\" is no duration; write duration \"90 d\" or \"4 h\"", text.p);
  as_push_duration(L, d);
  return 1;
}

/* ---- */

static int read_only(lua_State *L) {
  return luaL_error(L, "%s cannot be changed", name_of(L, 1));
}

void as_when_open(lua_State *L) {
  static const luaL_Reg times[] = {{"__add", time_add}, {"__sub", time_sub}, {"__lt", time_lt}, {"__le", time_le}, {"__eq", time_eq},
                                   {"__tostring", time_text}, {"__index", time_index}, {"__newindex", read_only}, {NULL, NULL}};
  static const luaL_Reg durations[] = {{"__add", duration_add}, {"__sub", duration_sub}, {"__mul", duration_mul}, {"__div", duration_div},
                                       {"__unm", duration_unm}, {"__lt", duration_lt}, {"__le", duration_le}, {"__eq", duration_eq},
                                       {"__tostring", duration_text}, {"__index", duration_index}, {"__newindex", read_only}, {NULL, NULL}};
  for (int i = 0; i < 2; i++) {
    lua_createtable(L, 0, 16);
    luaL_setfuncs(L, i ? durations : times, 0);
    lua_pushstring(L, i ? "duration" : "time");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawseti(L, LUA_REGISTRYINDEX, i ? AS_REG_DURATION : AS_REG_TIME);
  }
}
