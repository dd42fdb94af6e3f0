/* What a condition read: noting costs a store; sorting out happens only where somebody asks. */
#include <string.h>

#include "script/internal.h"

/* Leaves each (record, field, name) once, in order of first read. */
void as_trace_compact(as_trace *trace) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < trace->n && kept < AS_TRACE_DISTINCT; i++) {
    as_read_note note = trace->notes[i];
    bool known = false;
    for (uint32_t k = 0; k < kept && !known; k++) known = trace->notes[k].record == note.record && trace->notes[k].slot == note.slot;
    if (!known) trace->notes[kept++] = note;
  }
  trace->n = kept;
  if (kept == AS_TRACE_DISTINCT) trace->full = true;
}

static void clear(as_trace *trace) {
  trace->n = 0;
  trace->full = false;
  trace->future = NULL;
}

/* engine.watch(record or nil) [-1, +0, v] */
int as_trace_watch(lua_State *L) {
  as_trace *trace = &as_script_of(L)->trace;
  trace->watched = lua_isnoneornil(L, 1) ? NULL : as_check_record(L, 1);
  clear(trace);
  return 0;
}

int as_trace_mark(lua_State *L) {
  clear(&as_script_of(L)->trace);
  return 0;
}

int as_trace_future(lua_State *L) {
  const as_field *field = as_script_of(L)->trace.future;
  if (field) as_push_sym(L, field->name);
  else lua_pushnil(L);
  return 1;
}

/* Key of what the field points to where it leads nowhere; a list only where all of it does. */
static const as_sym *dangling_key(const as_value *value) {
  if (value->type == AS_T_REF) return value->u.link.record ? NULL : value->u.link.sym;
  if (value->type != AS_T_LIST || !value->u.list.count) return NULL;
  for (uint32_t i = 0; i < value->u.list.count; i++)
    if (value->u.list.items[i].u.link.record) return NULL;
  return value->u.list.items[0].u.link.sym;
}

static bool lies_ahead(const as_script *script, const as_field *field, const as_value *value) {
  if (field->may_lie_ahead || (value->type != AS_T_DATE && value->type != AS_T_TIME)) return false;
  return as_time_compare(value->u.time, script->bound->as_of) > 0;
}

/* {record, field, value, absent, dangling, future} [-0, +1, -] */
static void push_note(lua_State *L, const as_script *script, const as_read_note *note, bool by_record) {
  as_value value = as_record_get(note->record, note->slot->field);
  const as_sym *nowhere = value.present && by_record ? dangling_key(&value) : NULL;
  lua_createtable(L, 0, 6);
  as_push_record(L, script, note->record);
  lua_setfield(L, -2, "record");
  as_push_sym(L, note->slot->field->name);
  lua_setfield(L, -2, "field");
  if (nowhere) as_push_sym(L, nowhere);
  else if (value.present) as_push_value(L, &value, by_record ? AS_SIDE_RECORD : AS_SIDE_KEY);
  else lua_pushnil(L);
  lua_setfield(L, -2, "value");
  lua_pushboolean(L, !value.present);
  lua_setfield(L, -2, "absent");
  lua_pushboolean(L, nowhere != NULL);
  lua_setfield(L, -2, "dangling");
  lua_pushboolean(L, value.present && lies_ahead(script, note->slot->field, &value));
  lua_setfield(L, -2, "future");
}

/* engine.reads(): a field once, whether it was read as record or as key. [-0, +1, -] */
int as_trace_reads(lua_State *L) {
  as_script *script = as_script_of(L);
  as_trace *trace = &script->trace;
  as_trace_compact(trace);
  lua_createtable(L, (int)trace->n, 0);
  lua_Integer told = 0;
  for (uint32_t i = 0; script->bound && i < trace->n; i++) {
    const as_read_note *note = &trace->notes[i];
    bool earlier = false, by_record = note->slot->side == AS_SIDE_RECORD;
    for (uint32_t k = 0; k < trace->n; k++) {
      const as_read_note *other = &trace->notes[k];
      if (k == i || other->record != note->record || other->slot->field != note->slot->field) continue;
      earlier = earlier || k < i;
      by_record = by_record || other->slot->side == AS_SIDE_RECORD;
    }
    if (earlier) continue;
    push_note(L, script, note, by_record);
    lua_rawseti(L, -2, ++told);
  }
  return 1;
}

/* engine.unsupplied() → sorted list of kinds [-0, +1, -] */
int as_trace_unsupplied(lua_State *L) {
  as_script *script = as_script_of(L);
  lua_createtable(L, 0, 0);
  if (!script->bound || !script->bound->missed) return 1;
  lua_Integer n = 0;
  for (uint32_t i = 0; i < script->n_views; i++) {
    const as_kind *kind = as_kinds_at(script->kinds, i);
    if (!(script->bound->flags[kind->index] & AS_KIND_MISSED)) continue;
    as_push_sym(L, kind->name);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* engine.missed(): whether engine.unsupplied() has something to list [-0, +1, -] */
int as_trace_missed(lua_State *L) {
  const as_binding *bound = as_script_of(L)->bound;
  lua_pushboolean(L, bound && bound->missed);
  return 1;
}

int as_trace_mark_kinds(lua_State *L) {
  as_script *script = as_script_of(L);
  if (!script->bound || !script->bound->missed) return 0;
  script->bound->missed = false;
  for (uint32_t i = 0; i < script->n_views; i++) script->bound->flags[i] &= (uint8_t)~AS_KIND_MISSED;
  return 0;
}
