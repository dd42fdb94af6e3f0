/* Kinds as Lua sees them: for each, the names that read its fields, found by the address of the Lua string. */
#include <stdlib.h>
#include <string.h>

#include "script/internal.h"

/* ---- names ---- */

static void names_init(as_names *names, uint32_t count) {
  uint32_t size = 8;
  while (size < 3 * count) size *= 2;
  names->entries = as_calloc(size, sizeof *names->entries);
  names->mask = size - 1;
  names->count = 0;
}

static void names_put(as_names *names, const char *text, const void *value) {
  uint32_t i = as_names_spread(text) & names->mask;
  while (names->entries[i].text) i = (i + 1) & names->mask;
  names->entries[i].text = text;
  names->entries[i].value = value;
  names->count++;
}

/* The Lua string of a name, kept alive by the table of names. [-0, +0, -] */
static const char *pin(lua_State *L, const as_sym *sym) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_NAMES);
  const char *text = lua_pushlstring(L, sym->text, sym->len);
  lua_pushboolean(L, 1);
  lua_rawset(L, -3);
  lua_pop(L, 1);
  return text;
}

/* ---- views ---- */

static int by_name(const void *a, const void *b) { return strcmp(((const as_slot *)a)->name, ((const as_slot *)b)->name); }

/* [-0, +0, -] */
static void add_slot(lua_State *L, as_view *view, const as_sym *name, const as_field *field, as_side side) {
  if (!name) return;
  const char *text = pin(L, name);
  for (uint32_t i = 0; i < view->n_slots; i++) /* names are short strings: one address per text */
    if (view->slots[i].name == text || (name->len > 40 && strcmp(view->slots[i].name, text) == 0)) return;
  view->slots[view->n_slots++] = (as_slot){text, field, side};
}

/* [-0, +0, -] */
static void build_view(lua_State *L, as_view *view, const as_kind *kind) {
  view->kind = kind;
  view->slots = as_calloc(3 * (size_t)kind->n_fields + 1, sizeof *view->slots);
  view->n_slots = 0;
  for (uint32_t i = 0; i < kind->n_fields; i++) { /* a field's own name beats the other name of a reference */
    const as_field *field = &kind->fields[i];
    as_side side = AS_SIDE_VALUE;
    if (field->ref_name) side = strcmp(field->ref_name->text, field->name->text) == 0 ? AS_SIDE_RECORD : AS_SIDE_KEY;
    add_slot(L, view, field->name, field, side);
  }
  for (uint32_t i = 0; i < kind->n_fields; i++) {
    const as_field *field = &kind->fields[i];
    if (!field->ref_name) continue;
    add_slot(L, view, field->ref_name, field, AS_SIDE_RECORD);
    add_slot(L, view, field->id_name, field, AS_SIDE_KEY);
  }
  qsort(view->slots, view->n_slots, sizeof *view->slots, by_name);
  names_init(&view->names, view->n_slots);
  for (uint32_t i = 0; i < view->n_slots; i++) names_put(&view->names, view->slots[i].name, &view->slots[i]);
}

void as_kinds_unbind(as_script *script) {
  for (uint32_t i = 0; i < script->n_views; i++) {
    as_free(script->views[i].slots);
    as_free(script->views[i].names.entries);
  }
  as_free(script->views);
  as_free(script->kind_names.entries);
  script->views = NULL;
  script->n_views = 0;
  script->kind_names = (as_names){NULL, 0, 0};
  script->kinds = NULL;
}

void as_kinds_bind(lua_State *L, const as_kinds *kinds) {
  as_script *script = as_script_of(L);
  as_kinds_unbind(script);
  lua_createtable(L, 0, 64);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_NAMES);
  uint32_t n = (uint32_t)as_kinds_count(kinds);
  script->kinds = kinds;
  script->views = as_calloc(n + 1, sizeof *script->views);
  script->n_views = n;
  names_init(&script->kind_names, n);
  for (uint32_t i = 0; i < n; i++) {
    const as_kind *kind = as_kinds_at(kinds, i);
    as_view *view = &script->views[kind->index];
    build_view(L, view, kind);
    names_put(&script->kind_names, pin(L, kind->name), view);
  }
}

const as_slot *as_view_find(const as_view *view, const char *name) {
  for (uint32_t i = 0; i < view->n_slots; i++)
    if (strcmp(view->slots[i].name, name) == 0) return &view->slots[i];
  return NULL;
}

const as_slot *as_view_slot(lua_State *L, const as_view *view, int index) {
  if (lua_type(L, index) != LUA_TSTRING) return NULL;
  size_t n;
  const char *name = lua_tolstring(L, index, &n);
  const as_slot *slot = as_names_get(&view->names, name);
  return slot || n <= 40 ? slot : as_view_find(view, name); /* longer strings are not one per text */
}

const as_view *as_view_of_kind(lua_State *L, int index) {
  as_script *script = as_script_of(L);
  if (!script->kinds || lua_type(L, index) != LUA_TSTRING) return NULL;
  as_str name;
  name.p = lua_tolstring(L, index, &name.n);
  const as_view *view = as_names_get(&script->kind_names, name.p);
  if (view || name.n <= 40) return view;
  const as_kind *kind = as_kinds_find(script->kinds, name);
  return kind ? &script->views[kind->index] : NULL;
}

const as_view *as_view_check(lua_State *L, int index) {
  const char *name = luaL_checkstring(L, index);
  const as_view *view = as_view_of_kind(L, index);
  if (view) return view;
  as_script *script = as_script_of(L);
  const char *near = script->kinds ? as_kinds_suggest(script->kinds, name) : NULL;
  if (near) luaL_error(L, "there is no kind `%s`; did you mean `%s`?", name, near);
  luaL_error(L, "there is no kind `%s`", name);
  return NULL;
}

int as_view_unknown(lua_State *L, const as_view *view, const char *name) {
  const char **names = lua_newuserdatauv(L, (view->n_slots + 1) * sizeof *names, 0);
  for (uint32_t i = 0; i < view->n_slots; i++) names[i] = view->slots[i].name;
  const char *near = as_suggest(name, names, view->n_slots);
  const char *kind = view->kind->name->text;
  if (near) return luaL_error(L, "%s has no field `%s`; did you mean `%s`?", kind, name, near);
  return luaL_error(L, "%s has no field `%s`", kind, name);
}

const as_slot *as_view_check_slot(lua_State *L, const as_view *view, int index) {
  const as_slot *slot = as_view_slot(L, view, index);
  if (!slot) as_view_unknown(L, view, luaL_checkstring(L, index));
  return slot;
}

/* ---- what the engine table tells about kinds ---- */

static const char *type_name(as_type type) {
  static const char *const names[] = {"string", "text", "integer", "number", "percent", "boolean",
                                      "date", "time", "duration", "enum", "ref", "list"};
  return names[type];
}

static void set_text(lua_State *L, const char *name, const char *text) { /* [-0, +0, -] */
  if (!text) return;
  lua_pushstring(L, text);
  lua_setfield(L, -2, name);
}

static void set_flag(lua_State *L, const char *name, bool flag) { /* [-0, +0, -] */
  lua_pushboolean(L, flag);
  lua_setfield(L, -2, name);
}

/* [-0, +1, -] */
static void push_field(lua_State *L, const as_field *field) {
  lua_createtable(L, 0, 10);
  set_text(L, "name", field->name->text);
  set_text(L, "type", type_name(field->type));
  if (field->type == AS_T_LIST) set_text(L, "item", type_name(field->item));
  if (field->target) set_text(L, "target", field->target->name->text);
  set_flag(L, "required", field->required);
  set_flag(L, "may_lie_ahead", field->may_lie_ahead);
  if (field->ref_name) set_text(L, "record_name", field->ref_name->text);
  if (field->id_name) set_text(L, "key_name", field->id_name->text);
  set_text(L, "comment", field->comment);
  if (field->n_words) {
    lua_createtable(L, (int)field->n_words, 0);
    for (uint32_t i = 0; i < field->n_words; i++) {
      as_push_sym(L, field->words[i]);
      lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "words");
  }
}

/* engine.field(kind, name) → table or nil; the name may be either side of a reference. [-2, +1, e] */
int as_kinds_field(lua_State *L) {
  luaL_checkstring(L, 1);
  luaL_checkstring(L, 2);
  const as_view *view = as_view_of_kind(L, 1);
  const as_slot *slot = view ? as_view_slot(L, view, 2) : NULL;
  if (slot) push_field(L, slot->field);
  else lua_pushnil(L);
  return 1;
}

/* engine.kinds() → sorted names [-0, +1, -] */
int as_kinds_list(lua_State *L) {
  as_script *script = as_script_of(L);
  lua_createtable(L, (int)script->n_views, 0);
  for (uint32_t i = 0; i < script->n_views; i++) {
    as_push_sym(L, as_kinds_at(script->kinds, i)->name);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* engine.has_kind(name) [-1, +1, e] */
int as_kinds_has(lua_State *L) {
  luaL_checkstring(L, 1);
  lua_pushboolean(L, as_view_of_kind(L, 1) != NULL);
  return 1;
}

/* engine.kind(name) → table or nil [-1, +1, e] */
int as_kinds_kind(lua_State *L) {
  luaL_checkstring(L, 1);
  const as_view *view = as_view_of_kind(L, 1);
  if (!view) {
    lua_pushnil(L);
    return 1;
  }
  const as_kind *kind = view->kind;
  lua_createtable(L, 0, 6);
  set_text(L, "name", kind->name->text);
  set_text(L, "title", kind->title);
  set_text(L, "origin", kind->origin);
  if (kind->key) set_text(L, "key", kind->key->name->text);
  set_flag(L, "single", kind->single);
  lua_createtable(L, (int)kind->n_fields, 0);
  for (uint32_t i = 0; i < kind->n_fields; i++) {
    push_field(L, &kind->fields[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "fields");
  return 1;
}
