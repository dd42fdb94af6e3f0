/* The state: making and closing it, showing it a bundle, and calling the stdlib from C. Every way into Lua
 * goes through a protected call here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "script/internal.h"

char as_null;

/* Only an error of the engine itself comes here: all calls are protected. */
static int panic(lua_State *L) {
  const char *message = lua_tostring(L, -1);
  fprintf(stderr, "assay: internal error in Lua: %s\n", message ? message : "no message");
  fflush(stderr);
  abort();
}

static void ignore_warning(void *ud, const char *message, int more) {
  (void)ud;
  (void)message;
  (void)more;
}

/* Fills the array part of the registry, so that it never moves to the hash part. [-0, +0, -] */
static void fill_registry(lua_State *L) {
  for (int i = 3; i < AS_REG_END; i++) {
    lua_pushboolean(L, 0);
    lua_rawseti(L, LUA_REGISTRYINDEX, i);
  }
}

/* [-0, +0, e] */
static int open_all(lua_State *L) {
  fill_registry(L);
  lua_createtable(L, 0, 4);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_LOADED);
  lua_createtable(L, 0, 0);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_LOADING);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "list");
  lua_setfield(L, -2, "__name");
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_PLAIN_LIST);
  as_guard_open(L);
  as_record_open(L);
  as_when_open(L);
  as_list_open(L);
  as_collection_open(L);
  as_isms_open(L);
  as_sandbox_open(L);
  as_engine_open(L);
  as_sandbox_trusted_env(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_TRUSTED);
  return 0;
}

/* Calls f(ud) protected. The error's table {message, traceback} stays on the stack where it failed. [-0, +0|1, -] */
static bool protect(as_script *script, lua_CFunction f, void *ud) {
  lua_State *L = script->L;
  lua_settop(L, 0);
  lua_pushcfunction(L, as_try_handler);
  lua_pushcfunction(L, f);
  lua_pushlightuserdata(L, ud);
  return lua_pcall(L, 1, 0, 1) == LUA_OK;
}

as_script *as_script_new(const as_script_options *options, as_diags *diags) {
  struct stat st;
  if (!options->stdlib || stat(options->stdlib, &st) != 0 || !S_ISDIR(st.st_mode)) {
    if (diags)
      as_diags_add(diags, "E0690", AS_ERROR, options->stdlib, 0, 0, "name the folder of the standard library with --stdlib",
                   "the standard library is not there");
    return NULL;
  }
  as_script *script = as_calloc(1, sizeof *script);
  script->arena = as_arena_new();
  script->texts = as_intern_new(script->arena);
  script->diags = diags;
  script->stdlib = as_arena_copy(script->arena, options->stdlib, strlen(options->stdlib));
  script->stdlib_name = "stdlib";
  script->memory_bytes = options->memory_bytes;
  script->seconds = options->seconds;
  script->steps = options->steps;
  script->limits = as_limits_default;
  script->next = script->cap = SIZE_MAX;
  script->pool = as_pool_new();
  script->L = lua_newstate(as_budget_allocate, script);
  if (!script->L) abort(); /* the allocator never returns NULL */
  *(as_script **)lua_getextraspace(script->L) = script;
  lua_atpanic(script->L, panic);
  lua_setwarnf(script->L, ignore_warning, NULL);
  lua_gc(script->L, LUA_GCSTOP);
  if (!protect(script, open_all, NULL)) {
    as_try_unpack(script->L);
    fprintf(stderr, "assay: %s\n%s\n", lua_tostring(script->L, -2), lua_tostring(script->L, -1));
    abort();
  }
  lua_settop(script->L, 0);
  script->floor = script->used;
  as_budget_tidy(script);
  script->next = script->used + 32u * 1024 * 1024;
  return script;
}

void as_script_free(as_script *script) {
  if (!script) return;
  as_script_budget_stop(script);
  lua_close(script->L);
  as_pool_free(script->pool);
  as_binding_free(script->bound);
  as_kinds_unbind(script);
  as_regex_close(script);
  as_cover_free(script);
  as_free(script->found);
  as_intern_free(script->texts);
  as_arena_free(script->arena);
  as_free(script);
}

void as_script_forked(as_script *script) {
  as_pool_forked(script->pool);
  script->floor = script->used;
}

void as_script_on_limit(as_script *script, as_limit_fn fn, void *ctx) {
  script->on_limit = fn;
  script->on_limit_ctx = ctx;
}

typedef struct {
  const as_bundle *bundle;
  const as_kinds *kinds;
} binding_args;

/* [-1, +0, e] */
static int bind(lua_State *L) {
  as_script *script = as_script_of(L);
  const binding_args *args = lua_touserdata(L, 1);
  if (args->kinds && args->kinds != script->kinds) as_kinds_bind(L, args->kinds);
  const as_model *model = args->bundle ? args->bundle->model : NULL;
  as_isms_bind(L, model, args->bundle ? args->bundle->as_of : (as_time){0, 0, false});
  return 0;
}

void as_script_set_bundle(as_script *script, const as_bundle *bundle, const as_kinds *kinds) {
  binding_args args = {bundle, kinds};
  if (!protect(script, bind, &args)) {
    as_try_unpack(script->L);
    if (script->diags)
      as_diags_add(script->diags, "E0691", AS_ERROR, NULL, 0, 0, NULL, "the bundle cannot be shown to rules: %s",
                   lua_tostring(script->L, -2));
  }
  lua_settop(script->L, 0);
}

typedef struct {
  const char *module, *function;
  const as_node *argument;
  as_arena *arena;
  as_node *result;
} call_args;

/* [-1, +0, e] */
static int call(lua_State *L) {
  call_args *args = lua_touserdata(L, 1);
  lua_settop(L, 0);
  lua_pushcfunction(L, as_module_require);
  lua_pushstring(L, args->module);
  lua_call(L, 1, 1);
  if (lua_type(L, 1) != LUA_TTABLE || lua_getfield(L, 1, args->function) != LUA_TFUNCTION)
    return luaL_error(L, "the module %s has no function `%s`", args->module, args->function);
  if (args->argument) as_node_push(L, args->argument);
  else lua_pushnil(L);
  lua_call(L, 1, 1);
  args->result = as_node_of(L, lua_gettop(L), args->arena);
  return 0;
}

bool as_script_call(as_script *script, const char *module, const char *function, const as_node *argument, as_arena *arena,
                    as_node **result) {
  call_args args = {module, function, argument, arena, NULL};
  script->cut = false;
  as_budget_tidy(script);
  bool good = protect(script, call, &args);
  if (!good) {
    as_module_trim(script->L, 0);
    as_try_unpack(script->L);
    args.result = as_node_new(arena, AS_MAP);
    for (int i = 0; i < 2; i++) {
      as_str text;
      text.p = lua_tolstring(script->L, i - 2, &text.n);
      as_node_put(arena, args.result, i ? "traceback" : "message", as_node_text(arena, text));
    }
  }
  lua_settop(script->L, 0);
  *result = args.result;
  return good;
}

void as_script_note_loading(as_script *script, char *place, size_t size) {
  script->loading = size ? place : NULL;
  script->loading_size = size;
}
