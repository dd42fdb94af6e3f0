/* Records in Lua: read-only, a field is an index away. Every read is noted for the judge (trace.c). */
#include <string.h>

#include "script/internal.h"

/* ---- telling records ---- */

const as_record *as_to_record(lua_State *L, int index) {
  if (!as_is_light_record(L, index)) return NULL;
  as_script *script = as_script_of(L);
  void *tagged = lua_touserdata(L, index);
  if (!script->bound || as_record_generation(tagged) != script->bound->generation) return NULL;
  return (const as_record *)((uintptr_t)tagged & AS_RECORD_BITS);
}

const as_record *as_check_record(lua_State *L, int index) {
  const as_record *record = as_to_record(L, index);
  if (record) return record;
  if (as_is_light_record(L, index)) luaL_error(L, "this record belongs to a bundle that is not shown any more");
  luaL_argerror(L, index, lua_pushfstring(L, "record expected, got %s", luaL_typename(L, index)));
  return NULL;
}

void as_record_text(const as_record *record, as_buf *out) {
  const as_sym *key = as_record_key(record);
  as_buf_adds(out, as_record_kind(record)->name->text);
  as_buf_addc(out, ' ');
  if (key) as_buf_add(out, key->text, key->len);
  else as_buf_printf(out, "%s:%u", as_record_document(record)->path, as_record_line(record));
}

/* ---- reading ---- */

/* Notes the read, then pushes the value. [-0, +1, -] */
static void read_field(lua_State *L, as_script *script, const as_record *record, const as_slot *slot) {
  const as_field *field = slot->field;
  as_value value = as_record_get(record, field);
  as_trace *trace = &script->trace;
  as_trace_note(trace, record, slot);
  if (!value.present) {
    lua_pushnil(L);
    return;
  }
  switch (value.type) {
    case AS_T_STRING:
    case AS_T_ENUM: as_push_sym(L, value.u.link.sym); return;
    case AS_T_DATE:
    case AS_T_TIME:
      if (record == trace->watched && !trace->future && !field->may_lie_ahead &&
          as_time_compare(value.u.time, script->bound->as_of) > 0)
        trace->future = field;
      as_push_time(L, value.u.time);
      return;
    case AS_T_REF:
      if (slot->side == AS_SIDE_RECORD) as_trace_kind(script->bound, field->target);
      break;
    case AS_T_LIST:
      if (slot->side == AS_SIDE_RECORD && value.u.list.count) as_trace_kind(script->bound, field->target);
      break;
    default: break;
  }
  as_push_value(L, &value, slot->side);
}

/* [-2, +1, v] */
static int record_index(lua_State *L) {
  if (lua_type(L, 1) != LUA_TLIGHTUSERDATA || lua_touserdata(L, 1) == (void *)&as_null) { /* engine.null */
    lua_pushnil(L);
    return 1;
  }
  as_script *script = as_script_of(L);
  const void *tagged = lua_touserdata(L, 1);
  if (!script->bound || as_record_generation(tagged) != script->bound->generation) as_check_record(L, 1); /* says why not */
  const as_record *record = (const as_record *)((uintptr_t)tagged & AS_RECORD_BITS);
  const as_view *view = &script->views[as_record_kind(record)->index];
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tolstring(L, 2, NULL) : NULL;
  const as_slot *slot = as_names_get(&view->names, name); /* names are short strings: one address per text */
  if (!slot && name) slot = as_view_slot(L, view, 2);
  if (slot) {
    read_field(L, script, record, slot);
    return 1;
  }
  if (lua_type(L, 2) == LUA_TSTRING) return as_view_unknown(L, view, lua_tostring(L, 2));
  return luaL_error(L, "%s has fields with names, not a %s", view->kind->name->text, luaL_typename(L, 2));
}

static int record_write(lua_State *L) {
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
  return luaL_error(L, "records cannot be changed (writing `%s`)", name);
}

static int record_text(lua_State *L) {
  const as_record *record = as_to_record(L, 1);
  if (!record) {
    lua_pushstring(L, as_is_light_record(L, 1) ? "record of another bundle" : "null");
    return 1;
  }
  as_buf buf = {0};
  as_record_text(record, &buf);
  lua_pushlstring(L, buf.data, buf.len); /* does not jump: the allocator does not fail */
  as_buf_free(&buf);
  return 1;
}

/* Upvalues: record, place in the view. Only fields under their own names that are there. [-2, +2, e] */
static int record_step(lua_State *L) {
  as_script *script = as_script_of(L);
  const as_record *record = as_check_record(L, lua_upvalueindex(1));
  const as_view *view = &script->views[as_record_kind(record)->index];
  lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
  for (; i < (lua_Integer)view->n_slots; i++) {
    const as_slot *slot = &view->slots[i];
    if (strcmp(slot->name, slot->field->name->text) != 0 || !as_record_get(record, slot->field).present) continue;
    lua_pushstring(L, slot->name);
    read_field(L, script, record, slot);
    if (lua_isnil(L, -1)) { /* leads nowhere */
      lua_pop(L, 2);
      continue;
    }
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
  }
  lua_pushnil(L);
  return 1;
}

static int record_pairs(lua_State *L) {
  as_check_record(L, 1);
  lua_settop(L, 1);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, record_step, 2);
  return 1;
}

/* ---- what the engine table offers ---- */

/* engine.origin(record) → {kind, key, document, line, collected_at}; origin(record, "kind") and "key": only that, at less
 * cost. [-2, +1, v] */
int as_record_origin(lua_State *L) {
  const as_record *record = as_check_record(L, 1);
  if (!lua_isnoneornil(L, 2)) {
    const char *part = luaL_checkstring(L, 2);
    const as_sym *text = NULL;
    if (strcmp(part, "kind") == 0) text = as_record_kind(record)->name;
    else if (strcmp(part, "key") == 0) text = as_record_key(record);
    else return luaL_argerror(L, 2, "`kind` or `key` expected");
    if (text) as_push_sym(L, text);
    else lua_pushnil(L);
    return 1;
  }
  const as_document *document = as_record_document(record);
  const as_sym *key = as_record_key(record);
  lua_createtable(L, 0, 6);
  as_push_sym(L, as_record_kind(record)->name);
  lua_setfield(L, -2, "kind");
  if (key) {
    as_push_sym(L, key);
    lua_setfield(L, -2, "key");
  }
  if (!document) return 1;
  lua_pushstring(L, document->path);
  lua_setfield(L, -2, "document");
  if (as_record_line(record)) {
    lua_pushinteger(L, as_record_line(record));
    lua_setfield(L, -2, "line");
  }
  if (document->has_collected_at) {
    as_push_time(L, document->collected_at);
    lua_setfield(L, -2, "collected_at");
  }
  if (document->source) {
    lua_pushstring(L, document->source);
    lua_setfield(L, -2, "source");
  }
  return 1;
}

/* engine.peek(record, field): reads without noting. [-2, +1, v] */
int as_record_peek(lua_State *L) {
  as_script *script = as_script_of(L);
  const as_record *record = as_check_record(L, 1);
  const as_slot *slot = as_view_check_slot(L, &script->views[as_record_kind(record)->index], 2);
  as_push_field(L, record, slot);
  return 1;
}

void as_record_open(lua_State *L) {
  static const luaL_Reg methods[] = {{"__index", record_index}, {"__newindex", record_write}, {"__tostring", record_text},
                                     {"__pairs", record_pairs}, {NULL, NULL}};
  lua_pushlightuserdata(L, &as_null);
  lua_createtable(L, 0, 8);
  luaL_setfuncs(L, methods, 0);
  lua_pushliteral(L, "record");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pushvalue(L, -1);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_RECORD);
  lua_setmetatable(L, -2); /* of all light userdata */
  lua_pop(L, 1);
}
