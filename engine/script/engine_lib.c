/* The table `engine`: what the trusted modules of the stdlib get from C. Rules never see it. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "script/internal.h"

#ifndef AS_VERSION
#define AS_VERSION "0.0.0"
#endif

/* ---- diagnostics ---- */

static const char *const severities[] = {"error", "warning", "note", NULL};

/* A text member of the table at 1, or NULL; it stays on the stack. [-0, +1, v] */
static const char *text_member(lua_State *L, const char *name) {
  int type = lua_getfield(L, 1, name);
  if (type == LUA_TNIL) return NULL;
  if (type != LUA_TSTRING) luaL_error(L, "engine.diag: %s must be a text", name);
  return lua_tostring(L, -1);
}

/* [-0, +1, v] */
static uint32_t number_member(lua_State *L, const char *name) {
  lua_getfield(L, 1, name);
  lua_Integer n = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
  return n > 0 && n < UINT32_MAX ? (uint32_t)n : 0;
}

/* engine.diag{…} [-1, +0, v] */
static int engine_diag(lua_State *L) {
  as_script *script = as_script_of(L);
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  as_diag diag = {0};
  const char *code = text_member(L, "code");
  if (!code) return luaL_error(L, "engine.diag: code is missing");
  diag.code = as_intern_add(script->texts, as_str_of(code))->text;
  const char *severity = text_member(L, "severity");
  int s = 0;
  while (severity && severities[s] && strcmp(severity, severities[s]) != 0) s++;
  if (severity && !severities[s]) return luaL_error(L, "engine.diag: severity is error, warning or note, not %s", severity);
  diag.severity = (as_severity)s;
  diag.document = text_member(L, "document");
  diag.line = number_member(L, "line");
  diag.column = number_member(L, "column");
  diag.message = text_member(L, "message");
  if (!diag.message) return luaL_error(L, "engine.diag: message is missing");
  diag.help = text_member(L, "help");
  diag.source = text_member(L, "source");
  if (script->diags) as_diags_push(script->diags, &diag);
  return 0;
}

/* engine.loading(name or nil) [-1, +0, v] */
static int engine_loading(lua_State *L) {
  as_script *script = as_script_of(L);
  size_t n = 0;
  const char *name = luaL_optlstring(L, 1, "", &n);
  if (!script->loading) return 0;
  if (n >= script->loading_size) n = script->loading_size - 1;
  memcpy(script->loading, name, n);
  script->loading[n] = 0;
  return 0;
}

void as_engine_push_diag(lua_State *L, const as_diag *diag) {
  const char *const texts[][2] = {{"code", diag->code}, {"document", diag->document}, {"message", diag->message},
                                  {"help", diag->help}, {"source", diag->source}, {"severity", severities[diag->severity]}};
  lua_createtable(L, 0, 8);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    if (!texts[i][1]) continue;
    lua_pushstring(L, texts[i][1]);
    lua_setfield(L, -2, texts[i][0]);
  }
  if (diag->line) {
    lua_pushinteger(L, diag->line);
    lua_setfield(L, -2, "line");
  }
  if (diag->column) {
    lua_pushinteger(L, diag->column);
    lua_setfield(L, -2, "column");
  }
}

void as_engine_push_diags(lua_State *L, const as_diags *diags) {
  lua_createtable(L, 0, 0);
  for (size_t i = 0; i < as_diags_count(diags); i++) {
    as_engine_push_diag(L, as_diags_at(diags, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/* ---- words ---- */

/* engine.suggest(word, list) → closest or nil [-2, +1, e] */
static int engine_suggest(lua_State *L) {
  const char *word = luaL_checkstring(L, 1);
  luaL_checkany(L, 2);
  lua_settop(L, 2);
  lua_Integer n = luaL_len(L, 2);
  luaL_argcheck(L, n >= 0 && n < 1000000, 2, "too long");
  lua_createtable(L, (int)n, 0); /* keeps the texts */
  const char **words = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *words, 0);
  size_t count = 0;
  for (lua_Integer i = 1; i <= n; i++) {
    if (lua_geti(L, 2, i) != LUA_TSTRING) {
      lua_pop(L, 1);
      continue;
    }
    words[count++] = lua_tostring(L, -1);
    lua_rawseti(L, 3, i);
  }
  const char *near = as_suggest(word, words, count);
  if (near) lua_pushstring(L, near);
  else lua_pushnil(L);
  return 1;
}

/* engine.fold(word) [-1, +1, v] */
static int engine_fold(lua_State *L) {
  as_str word;
  word.p = luaL_checklstring(L, 1, &word.n);
  char small[128];
  if (word.n <= sizeof small) {
    lua_pushlstring(L, small, as_word_fold_into(word, small));
    return 1;
  }
  as_buf folded = {0};
  as_word_fold(word, &folded);
  lua_pushlstring(L, folded.data ? folded.data : "", folded.len); /* does not jump: the allocator does not fail */
  as_buf_free(&folded);
  return 1;
}

/* The value on top as a word: numbers, booleans, times and durations by their texts; nothing for other values. [-1, +1, e] */
static bool word_of(lua_State *L, as_str *word) {
  if (lua_type(L, -1) != LUA_TSTRING) {
    lua_pushcfunction(L, as_engine_to_text);
    lua_insert(L, -2);
    lua_call(L, 1, 1);
  }
  if (lua_type(L, -1) != LUA_TSTRING) return false;
  word->p = lua_tolstring(L, -1, &word->n);
  return true;
}

/* engine.holds(list, word): whether one of the list is the same word [-2, +1, e] */
static int engine_holds(lua_State *L) {
  lua_settop(L, 2);
  as_str word, item;
  bool found = false;
  lua_Integer n = lua_isnil(L, 1) || lua_isnil(L, 2) || !word_of(L, &word) ? 0 : luaL_len(L, 1);
  for (lua_Integer i = 1; i <= n && !found; i++) {
    lua_geti(L, 1, i);
    found = word_of(L, &item) && as_word_eq(item, word);
    lua_settop(L, 2);
  }
  lua_pushboolean(L, found);
  return 1;
}

/* engine.glob(pattern, text): whether the whole text matches; `*` stops at `/`, `**` does not [-2, +1, v] */
static int engine_glob(lua_State *L) {
  size_t n = 0, length = 0;
  const char *pattern = luaL_checklstring(L, 1, &n), *text = luaL_checklstring(L, 2, &length);
  lua_pushboolean(L, strlen(pattern) == n && strlen(text) == length && as_glob_match(pattern, text));
  return 1;
}

/* engine.sha256(text) [-1, +1, v] */
static int engine_sha256(lua_State *L) {
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  char hex[65];
  as_sha256_hex(text, n, hex);
  lua_pushstring(L, hex);
  return 1;
}

/* ---- code ---- */

/* engine.env(extra) [-1, +1, e] */
static int engine_env(lua_State *L) {
  lua_settop(L, 1);
  if (!lua_isnil(L, 1)) luaL_checktype(L, 1, LUA_TTABLE);
  as_sandbox_rule_env(L, 1);
  return 1;
}

/* engine.compile(text, chunkname, env) → function, or nil, message, line [-3, +1 or +3, e] */
static int engine_compile(lua_State *L) {
  as_str text;
  text.p = luaL_checklstring(L, 1, &text.n);
  const char *chunk = luaL_checkstring(L, 2);
  luaL_checktype(L, 3, LUA_TTABLE);
  return as_module_compile(L, text, chunk, 3, true);
}

/* engine.freeze(table): a read-only, deep copy [-1, +1, e] */
static int engine_freeze(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  if (as_thaw(L, 1)) lua_settop(L, 1);
  as_freeze(L, 1);
  return 1;
}

static int engine_write(lua_State *L) { return luaL_error(L, "nothing can be added to `engine`"); }

void as_engine_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"isms", as_isms_get}, {"needs", as_isms_needs}, {"catalog", as_isms_catalog}, {"collection", as_collection_make},
      {"watch", as_trace_watch}, {"mark", as_trace_mark}, {"reads", as_trace_reads}, {"future", as_trace_future},
      {"unsupplied", as_trace_unsupplied}, {"missed", as_trace_missed}, {"mark_kinds", as_trace_mark_kinds}, {"peek", as_record_peek}, {"origin", as_record_origin},
      {"field", as_kinds_field}, {"kinds", as_kinds_list}, {"has_kind", as_kinds_has}, {"kind", as_kinds_kind}, {"try", as_try}, {"compile", engine_compile},
      {"diag", engine_diag}, {"loading", engine_loading}, {"suggest", engine_suggest}, {"fold", engine_fold}, {"holds", engine_holds}, {"glob", engine_glob}, {"sha256", engine_sha256}, {"env", engine_env},
      {"freeze", engine_freeze}, {"list", as_node_list}, {"with_model", as_engine_with_model},
      {"sql", as_sql_table}, {"sql_results", as_sql_results}, {NULL, NULL}};
  lua_createtable(L, 0, 48);
  luaL_setfuncs(L, functions, 0);
  as_engine_files(L);
  as_engine_values(L);
  as_engine_cover(L);
  as_engine_fixtures(L);
  lua_pushlightuserdata(L, &as_null);
  lua_setfield(L, -2, "null");
  lua_pushstring(L, as_script_of(L)->stdlib);
  lua_setfield(L, -2, "stdlib");
  lua_pushliteral(L, AS_VERSION);
  lua_setfield(L, -2, "version");
  lua_createtable(L, 0, 1); /* one table for all modules: nothing is added to it */
  lua_pushcfunction(L, engine_write);
  lua_setfield(L, -2, "__newindex");
  lua_setmetatable(L, -2);
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_ENGINE);
}
