/* Modules of the stdlib, and compiling rule texts. Text chunks only; nothing is found outside the stdlib's folder. */
#include <fcntl.h>
#include <string.h>

#include "base/file.h"
#include "script/internal.h"

enum { MODULE_BYTES = 4 * 1024 * 1024, RULE_BYTES = 64 * 1024 };

/* Names are lower-case words with dots between folders. */
static bool good_name(const char *name) {
  size_t n = strlen(name);
  if (!n || n > 100 || name[0] == '.' || name[n - 1] == '.') return false;
  for (size_t i = 0; i < n; i++) {
    char c = name[i];
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c == '.' && name[i + 1] != '.'))) return false;
  }
  return true;
}

static void free_buf(void *p) {
  as_buf_free(p);
  as_free(p);
}

/* Loads the module `name`, whose path stands at the top. [-1, +1, e] */
static void load_module(lua_State *L, const char *name) {
  as_script *script = as_script_of(L);
  const char *path = lua_tostring(L, -1);
  lua_pushfstring(L, "%s/%s", script->stdlib, path);
  as_buf *text = as_calloc(1, sizeof *text);
  as_guard(L, text, free_buf);
  int guard = lua_gettop(L);
  const char *why = NULL;
  if (!as_file_read(AT_FDCWD, lua_tostring(L, guard - 1), MODULE_BYTES, text, &why))
    luaL_error(L, "the stdlib has no module \"%s\" (%s: %s)", name, path, why ? why : "cannot be read");
  lua_pushfstring(L, "@%s/%s", script->stdlib_name, path);
  if (luaL_loadbufferx(L, text->data ? text->data : "", text->len, lua_tostring(L, -1), "t") != LUA_OK) lua_error(L);
  as_guard_free(L, guard);
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_TRUSTED);
  if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
  lua_pushstring(L, name);
  lua_call(L, 1, 1);
  if (lua_isnil(L, -1)) luaL_error(L, "the module \"%s\" returns nothing", name);
}

/* "a → b → a" out of the list of those under way. [-0, +1, v] */
static int circular(lua_State *L, int loading, const char *name) {
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  lua_Integer n = (lua_Integer)lua_rawlen(L, loading);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, loading, i);
    luaL_addvalue(&b);
    luaL_addstring(&b, " -> ");
  }
  luaL_addstring(&b, name);
  luaL_pushresult(&b);
  return luaL_error(L, "modules require each other: %s", lua_tostring(L, -1));
}

/* How many modules are being loaded; and back to that many, after an error. */
lua_Integer as_module_depth(lua_State *L) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_LOADING);
  lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
  lua_pop(L, 1);
  return n;
}

void as_module_trim(lua_State *L, lua_Integer depth) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_LOADING);
  for (lua_Integer n = (lua_Integer)lua_rawlen(L, -1); n > depth; n--) {
    lua_pushnil(L);
    lua_rawseti(L, -2, n);
  }
  lua_pop(L, 1);
}

int as_module_require(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  lua_settop(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_LOADED);
  lua_pushvalue(L, 1);
  if (lua_rawget(L, 2) != LUA_TNIL) return 1;
  lua_pop(L, 1);
  if (!good_name(name)) return luaL_error(L, "\"%s\" is no name of a module", name);
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_LOADING); /* 3 */
  lua_Integer n = (lua_Integer)lua_rawlen(L, 3);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, 3, i);
    if (lua_rawequal(L, 1, -1)) return circular(L, 3, name);
    lua_pop(L, 1);
  }
  lua_pushvalue(L, 1);
  lua_rawseti(L, 3, n + 1);
  luaL_gsub(L, name, ".", "/");
  lua_pushliteral(L, ".lua");
  lua_concat(L, 2); /* 4 */
  load_module(L, name);
  lua_pushnil(L);
  lua_rawseti(L, 3, n + 1);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, -2);
  lua_rawset(L, 2);
  return 1;
}

/* ---- rule texts ---- */

/* The line at `at`, from 1. */
static int line_of(as_str text, size_t at) {
  int line = 1;
  for (size_t i = 0; i < at && i < text.n; i++)
    if (text.p[i] == '\n') line++;
  return line;
}

/* What a reader of the text would not see: control and bidirectional characters. NULL where it is clean. */
static const char *hidden(as_str text, size_t *at) {
  const unsigned char *p = (const unsigned char *)text.p;
  for (size_t i = 0; i < text.n; i++) {
    *at = i;
    if (p[i] == 0x7f || (p[i] < 0x20 && p[i] != '\n' && p[i] != '\t' && p[i] != '\r')) return "a control character";
    if (p[i] == 0xc2 && i + 1 < text.n && p[i + 1] >= 0x80 && p[i + 1] <= 0x9f) return "a control character"; /* C1 */
    if (p[i] != 0xe2 || i + 2 >= text.n) continue;
    bool embeds = p[i + 1] == 0x80 && ((p[i + 2] >= 0xaa && p[i + 2] <= 0xae) || p[i + 2] == 0x8e || p[i + 2] == 0x8f);
    bool isolates = p[i + 1] == 0x81 && p[i + 2] >= 0xa6 && p[i + 2] <= 0xa9;
    if (embeds || isolates) return "a character that changes the direction of writing";
  }
  return NULL;
}

/* [-0, +3, -] */
static int refuse(lua_State *L, const char *message, int line) {
  lua_pushnil(L);
  lua_pushstring(L, message);
  lua_pushinteger(L, line);
  return 3;
}

/* "chunk:12: text" → text and 12. The message is on top. [-1, +3, -] */
static int refuse_syntax(lua_State *L) {
  if (lua_type(L, -1) != LUA_TSTRING) { /* nested too deeply: the handler of the call around this one was there first */
    as_try_unpack(L);
    lua_pop(L, 1);
  }
  const char *message = lua_tostring(L, -1), *rest = message;
  int line = 0;
  for (const char *p = message; (p = strchr(p, ':')) != NULL; p++) {
    int n = 0;
    const char *q = p + 1;
    while (*q >= '0' && *q <= '9' && n < 10000000) n = n * 10 + (*q++ - '0');
    if (q > p + 1 && q[0] == ':' && q[1] == ' ') {
      line = n;
      rest = q + 2;
      break;
    }
  }
  lua_pushnil(L);
  lua_pushstring(L, rest);
  lua_pushinteger(L, line);
  return 3;
}

int as_module_compile(lua_State *L, as_str text, const char *chunk, int env, bool bounded) {
  env = lua_absindex(L, env);
  size_t at = 0;
  if (bounded && text.n > RULE_BYTES) return refuse(L, "the text is longer than 64 KB; split it", 1);
  if (!as_utf8_valid(text, &at)) return refuse(L, "the text is not valid UTF-8", line_of(text, at));
  const char *what = hidden(text, &at);
  if (what) {
    lua_pushfstring(L, "the text holds %s", what);
    return refuse(L, lua_tostring(L, -1), line_of(text, at));
  }
  if (*chunk == '@' || *chunk == '=') lua_pushstring(L, chunk);
  else lua_pushfstring(L, "@%s", chunk);
  int name = lua_gettop(L);
  if (luaL_loadbufferx(L, text.p, text.n, lua_tostring(L, name), "t") != LUA_OK) return refuse_syntax(L);
  lua_remove(L, name);
  lua_pushvalue(L, env);
  if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
  return 1;
}
