/* engine.with_model: a small model out of plain tables or YAML, for the tests of rules. It lives while the function
 * runs; what was shown before comes back afterwards, also after an error. */
#include <fcntl.h>
#include <string.h>

#include "base/file.h"
#include "script/internal.h"

/* Everything that is freed together. */
typedef struct {
  as_script *script;
  as_arena *arena;
  as_intern *intern;
  as_model *model;
  as_diags *diags;
  as_binding *bound, *outer;
  bool shown;
} bench;

/* Also shows again what was shown before. */
static void put_away(void *p) {
  bench *b = p;
  if (b->shown) {
    b->script->bound = b->outer;
    as_isms_show(b->script->L);
  }
  as_binding_free(b->bound);
  as_model_free(b->model);
  as_intern_free(b->intern);
  as_arena_free(b->arena);
  as_diags_free(b->diags);
  as_free(b);
}

/* ---- documents ---- */

/* A time out of the member `name` of the table at index. [-0, +0, v] */
static bool time_member(lua_State *L, int index, const char *name, as_time *out) {
  bool there = false;
  if (lua_getfield(L, index, name) != LUA_TNIL) {
    const as_time *t = as_to_time(L, -1);
    as_str text = {NULL, 0};
    if (lua_type(L, -1) == LUA_TSTRING) text.p = lua_tolstring(L, -1, &text.n);
    if (t) *out = *t;
    else if (!text.p || !(as_date_parse(text, out) || as_time_parse(text, out))) luaL_error(L, "with_model: %s is no date or time", name);
    there = true;
  }
  lua_pop(L, 1);
  return there;
}

/* [-0, +0, -] */
static const char *text_member(lua_State *L, bench *b, int index, const char *name) {
  const char *text = NULL;
  size_t n;
  if (lua_getfield(L, index, name) == LUA_TSTRING) {
    text = lua_tolstring(L, -1, &n);
    text = as_arena_copy(b->arena, text, n);
  }
  lua_pop(L, 1);
  return text;
}

/* A record, or a map of keys to records, or a list of records. */
static void add_records(bench *b, as_document *document, const as_kind *kind, as_node *data) {
  const as_node *inner = data->type == AS_MAP ? as_node_get(data, "records") : NULL;
  if (inner && (inner->type == AS_LIST || inner->type == AS_MAP)) {
    add_records(b, document, kind, (as_node *)(uintptr_t)inner);
  } else if (data->type == AS_MAP && kind->single) {
    as_model_add_record(b->model, document, kind, data, b->diags);
  } else if (data->type == AS_LIST || data->type == AS_MAP) {
    for (as_node *member = data->first; member; member = member->next) {
      if (member->type == AS_MAP && data->type == AS_MAP && kind->key && !as_node_get(member, kind->key->name->text))
        as_node_put(b->arena, member, kind->key->name->text, as_node_text(b->arena, member->key));
      as_model_add_record(b->model, document, kind, member, b->diags);
    }
  }
}

/* Tables have no lines: a record's line is its place. */
static void number_lines(as_node *data) {
  uint32_t i = 0;
  for (as_node *member = data->first; member; member = member->next) member->line = ++i;
}

/* The document at index. [-0, +0, e] */
static void add_document(lua_State *L, bench *b, int index) {
  luaL_checktype(L, index, LUA_TTABLE);
  int top = lua_gettop(L);
  lua_getfield(L, index, "kind");
  const as_kind *kind = as_view_check(L, -1)->kind;
  const char *path = text_member(L, b, index, "path");
  if (!path) path = as_arena_printf(b->arena, "%s.yaml", kind->name->text);
  as_document *document = as_model_add_document(b->model, path);
  document->kind = kind;
  document->readable = true;
  document->source = text_member(L, b, index, "source");
  document->has_collected_at = time_member(L, index, "collected_at", &document->collected_at);
  as_node *data = NULL;
  if (lua_getfield(L, index, "text") == LUA_TSTRING) {
    as_str text;
    text.p = lua_tolstring(L, -1, &text.n);
    as_buf padded = {as_arena_calloc(b->arena, text.n + AS_TEXT_PADDING), text.n, 0};
    if (text.n) memcpy(padded.data, text.p, text.n);
    as_read_options options = {.format = AS_FORMAT_YAML, .document = path, .limits = as_read_limits_default};
    data = as_read_tree(b->arena, &padded, &options, false, b->diags);
    if (!data) document->readable = false;
  } else if (lua_getfield(L, index, "records") != LUA_TNIL) {
    data = as_node_of(L, -1, b->arena);
    number_lines(data);
  }
  lua_getfield(L, index, "readable");
  if (lua_isboolean(L, -1) && !lua_toboolean(L, -1)) document->readable = false;
  if (document->readable) as_model_supply(b->model, kind);
  if (data) add_records(b, document, kind, data);
  lua_settop(L, top);
}

/* organization = {…} of the manifest; its id and name may be left out. [-0, +0, e] */
static void add_organization(lua_State *L, bench *b) {
  if (lua_getfield(L, 1, "organization") == LUA_TTABLE) {
    const as_kind *kind = as_kinds_find(b->script->kinds, AS_STR("organization"));
    if (!kind) luaL_error(L, "with_model: there is no kind `organization`");
    as_node *node = as_node_of(L, -1, b->arena);
    if (node->type == AS_LIST) node = as_node_new(b->arena, AS_MAP); /* organization = {} */
    if (!as_node_get(node, "id")) as_node_put(b->arena, node, "id", as_node_text(b->arena, AS_STR("test")));
    if (!as_node_get(node, "name")) as_node_put(b->arena, node, "name", as_node_text(b->arena, AS_STR("Test")));
    as_document *document = as_model_add_document(b->model, "bundle.yaml");
    document->kind = kind;
    document->readable = true;
    as_model_supply(b->model, kind);
    as_model_add_record(b->model, document, kind, node, b->diags);
  }
  lua_pop(L, 1);
}

/* engine.with_model(spec, fn) → list of diagnostics, results of fn(isms) [-2, +n, e] */
int as_engine_with_model(lua_State *L) {
  as_script *script = as_script_of(L);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  if (!script->kinds) return luaL_error(L, "with_model: no kinds are loaded");
  if (script->generations == AS_GENERATIONS) return luaL_error(L, "more than %d models in one process", AS_GENERATIONS);
  as_time as_of;
  if (!time_member(L, 1, "as_of", &as_of)) return luaL_error(L, "with_model: as_of is missing");
  bench *b = as_calloc(1, sizeof *b);
  b->script = script;
  as_guard(L, b, put_away); /* 3 */
  b->arena = as_arena_new();
  b->intern = as_intern_new(b->arena);
  b->diags = as_diags_new();
  b->model = as_model_new(b->arena, b->intern, script->kinds);
  add_organization(L, b);
  if (lua_getfield(L, 1, "documents") == LUA_TTABLE) {
    lua_Integer n = luaL_len(L, -1);
    for (lua_Integer i = 1; i <= n; i++) {
      lua_geti(L, -1, i);
      add_document(L, b, lua_gettop(L));
      lua_pop(L, 1);
    }
  }
  lua_pop(L, 1);
  as_model_seal(b->model, as_of, b->diags);
  as_engine_push_diags(L, b->diags); /* 4 */
  b->bound = as_binding_new(script, b->model, as_of);
  b->outer = script->bound;
  b->shown = true;
  script->bound = b->bound;
  lua_toclose(L, 3); /* from here on an error puts back what was shown */
  as_isms_show(L);
  lua_pushvalue(L, 2);
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_VIEW);
  lua_call(L, 1, LUA_MULTRET);
  as_guard_free(L, 3);
  return lua_gettop(L) - 3;
}
