/* engine: files and YAML, for packs, tailoring and tests. Reading only. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "script/internal.h"

enum { FILES_MAX = 100000 };
#define FILE_BYTES ((uint64_t)16 * 1024 * 1024)

static void free_buf(void *p) {
  as_buf_free(p);
  as_free(p);
}

static void free_paths(void *p) {
  as_paths_free(p);
  as_free(p);
}

static void free_diags(void *p) { as_diags_free(p); }
static void free_arena(void *p) { as_arena_free(p); }

/* nil, message [-0, +2, -] */
static int refuse(lua_State *L, const char *path, const char *why) {
  lua_pushnil(L);
  lua_pushfstring(L, "%s: %s", path, why);
  return 2;
}

/* engine.files(dir, tell) → list of paths, or nil, message. `tell`: adds diagnostics about links and what else is left out; a folder below
 * that cannot be read gives nil without a message [-2, +2, v] */
static int engine_files(lua_State *L) {
  const char *dir = luaL_checkstring(L, 1);
  as_diags *diags = lua_toboolean(L, 2) ? as_script_of(L)->diags : NULL;
  size_t errors = diags ? as_diags_errors(diags) : 0;
  as_paths *paths = as_calloc(1, sizeof *paths);
  as_guard(L, paths, free_paths);
  int guard = lua_gettop(L);
  if (!as_file_walk(dir, FILES_MAX, paths, diags)) return refuse(L, dir, errno == EFBIG ? "it holds more than 100,000 files" : strerror(errno));
  if (diags && as_diags_errors(diags) > errors) return 0;
  lua_createtable(L, (int)paths->count, 0);
  for (size_t i = 0; i < paths->count; i++) {
    lua_pushstring(L, paths->paths[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  as_guard_free(L, guard);
  return 1;
}

/* engine.read(path) → text, or nil, message [-1, +2, v] */
static int engine_read(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  as_buf *text = as_calloc(1, sizeof *text);
  as_guard(L, text, free_buf);
  int guard = lua_gettop(L);
  const char *why = NULL;
  if (!as_file_read(AT_FDCWD, path, FILE_BYTES, text, &why)) return refuse(L, path, why ? why : strerror(errno));
  lua_pushlstring(L, text->data ? text->data : "", text->len);
  as_guard_free(L, guard);
  return 1;
}

/* engine.exists(path) → "file", "folder" or nil [-1, +1, v] */
static int engine_exists(lua_State *L) {
  struct stat st;
  if (stat(luaL_checkstring(L, 1), &st) != 0) lua_pushnil(L);
  else if (S_ISREG(st.st_mode)) lua_pushliteral(L, "file");
  else if (S_ISDIR(st.st_mode)) lua_pushliteral(L, "folder");
  else lua_pushnil(L);
  return 1;
}

/* engine.yaml(text, name) → value, where; or nil after adding diagnostics [-2, +2, e] */
static int engine_yaml(lua_State *L) {
  as_script *script = as_script_of(L);
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n), *name = luaL_optstring(L, 2, "yaml");
  as_buf *buf = as_calloc(1, sizeof *buf);
  as_guard(L, buf, free_buf);
  as_buf_add(buf, text, n);
  static const char padding[AS_TEXT_PADDING];
  as_buf_add(buf, padding, sizeof padding);
  buf->len = n;
  as_arena *arena = as_arena_new();
  as_guard(L, arena, free_arena);
  as_diags *own = script->diags ? NULL : as_diags_new();
  as_guard(L, own, free_diags);
  as_read_options options = {.format = AS_FORMAT_YAML, .document = name, .limits = as_read_limits_default};
  as_node *tree = as_read_tree(arena, buf, &options, false, own ? own : script->diags);
  int guards = lua_gettop(L);
  lua_createtable(L, 0, 16); /* places */
  int places = lua_gettop(L);
  if (tree) {
    as_node_push_placed(L, tree, places);
    lua_pushvalue(L, places);
    lua_pushvalue(L, guards - 1);
    lua_pushcclosure(L, as_node_where, 2);
  } else {
    lua_pushnil(L);
    as_guard_free(L, guards - 1);
  }
  as_guard_free(L, guards);
  as_guard_free(L, guards - 2);
  return tree ? 2 : 1;
}

void as_engine_files(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"files", engine_files}, {"read", engine_read}, {"exists", engine_exists}, {"yaml", engine_yaml}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
