/* engine.fixtures: the documents of a folder as plain tables, read and typed like those of a bundle. For the tests of rules. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "script/internal.h"

/* Everything that is freed together. */
typedef struct {
  as_arena *arena;
  as_intern *intern;
  as_diags *diags;
  as_bundle bundle;
} reading;

static void put_away(void *p) {
  reading *r = p;
  if (r->bundle.model) as_model_free((as_model *)(uintptr_t)r->bundle.model);
  as_intern_free(r->intern);
  as_arena_free(r->arena);
  as_diags_free(r->diags);
  as_free(r);
}

static bool lies_within(const char *path, const char *folder) {
  size_t n = strlen(folder);
  return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == '\0' || strcmp(folder, "/") == 0);
}

/* What is wrong with the folder, links followed; NULL where it may be read. */
static const char *refused(const char *folder, const char *within) {
  char path[PATH_MAX], home[PATH_MAX];
  if (!realpath(folder, path)) return strerror(errno);
  if (!realpath(within, home)) return strerror(errno);
  return lies_within(path, home) ? NULL : "the folder lies outside of the pack";
}

/* [-0, +1, -] */
static void push_time(lua_State *L, as_time t) {
  as_buf text = {0};
  as_time_format(t, &text);
  lua_pushlstring(L, text.data, text.len);
  as_buf_free(&text);
}

/* As somebody would write it into a test: dates as texts, references as keys. [-0, +1, -] */
static void push_plain(lua_State *L, const as_value *value) {
  if (value->type == AS_T_LIST) {
    lua_createtable(L, (int)value->u.list.count, 0);
    for (uint32_t i = 0; i < value->u.list.count; i++) {
      push_plain(L, &value->u.list.items[i]);
      lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
  } else if (value->type == AS_T_DATE || value->type == AS_T_TIME) {
    push_time(L, value->u.time);
  } else {
    as_push_value(L, value, AS_SIDE_KEY);
    if (value->type == AS_T_DURATION) {
      as_text_of(L, -1);
      lua_remove(L, -2);
    }
  }
}

/* [-0, +1, -] */
static void push_records(lua_State *L, const as_model *model, const as_kind *kind) {
  size_t n = as_model_count(model, kind);
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    const as_record *record = as_model_at(model, kind, i);
    lua_createtable(L, 0, (int)kind->n_fields);
    for (uint32_t f = 0; f < kind->n_fields; f++) {
      as_value value = as_record_get(record, &kind->fields[f]);
      if (!value.present) continue;
      push_plain(L, &value);
      lua_setfield(L, -2, kind->fields[f].name->text);
    }
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/* When the documents of each kind were collected: the last of them. [-0, +1, -] */
static void push_collected(lua_State *L, const as_model *model) {
  lua_createtable(L, 0, 8);
  for (size_t i = 0; i < as_model_documents(model); i++) {
    const as_document *document = as_model_document(model, i);
    if (!document->kind || !document->has_collected_at) continue;
    push_time(L, document->collected_at);
    lua_setfield(L, -2, document->kind->name->text);
  }
}

/* engine.fixtures(folder, within, as_of) → {records = by kind, as_of, collected_at = by kind}, diagnostics; or nil, message
 * where the folder cannot be read or lies outside of `within`. [-3, +2, e] */
static int engine_fixtures(lua_State *L) {
  as_script *script = as_script_of(L);
  const char *folder = luaL_checkstring(L, 1), *within = luaL_checkstring(L, 2), *at = luaL_optstring(L, 3, NULL);
  if (!script->kinds) return luaL_error(L, "fixtures: no kinds are loaded");
  lua_settop(L, 3);
  const char *why = refused(folder, within);
  if (why) {
    lua_pushnil(L);
    lua_pushfstring(L, "%s: %s", folder, why);
    return 2;
  }
  reading *r = as_calloc(1, sizeof *r);
  as_guard(L, r, put_away); /* 4 */
  r->arena = as_arena_new();
  r->intern = as_intern_new(r->arena);
  r->diags = as_diags_new();
  as_bundle_options options = {.path = folder, .at = at, .limits = as_read_limits_default};
  if (as_bundle_read(r->arena, r->intern, script->kinds, &options, &r->bundle, r->diags) == AS_BUNDLE_OK) {
    const as_model *model = r->bundle.model;
    lua_createtable(L, 0, 3);
    lua_createtable(L, 0, 16);
    for (size_t i = 0; i < as_kinds_count(script->kinds); i++) {
      const as_kind *kind = as_kinds_at(script->kinds, i);
      if (!as_model_supplied(model, kind)) continue;
      push_records(L, model, kind);
      lua_setfield(L, -2, kind->name->text);
    }
    lua_setfield(L, -2, "records");
    push_collected(L, model);
    lua_setfield(L, -2, "collected_at");
    push_time(L, r->bundle.as_of);
    lua_setfield(L, -2, "as_of");
  } else {
    lua_createtable(L, 0, 0); /* the diagnostics say why */
  }
  as_engine_push_diags(L, r->diags);
  as_guard_free(L, 4);
  return 2;
}

void as_engine_fixtures(lua_State *L) {
  lua_pushcfunction(L, engine_fixtures);
  lua_setfield(L, -2, "fixtures");
}
