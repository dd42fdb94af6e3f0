/* Which lines of one chunk run, for the coverage of tests. While nobody asks it costs nothing: there is no hook. */
#include <string.h>

#include "script/internal.h"

enum { LINES = 1 << 16, FUNCTIONS = 1 << 14 };
enum { ACTIVE = 1, RUN = 2 };

typedef struct {
  int from, to;
} function;

struct as_cover {
  char *chunk;
  unsigned char lines[LINES];
  function functions[FUNCTIONS];
  size_t n;
};

static bool is_known(const as_cover *cover, const lua_Debug *ar) {
  for (size_t i = cover->n; i-- > 0;)
    if (cover->functions[i].from == ar->linedefined && cover->functions[i].to == ar->lastlinedefined) return true;
  return false;
}

/* Marks the lines of the function that is called as such that can run. [-0, +0, -] */
static void note_function(lua_State *L, as_cover *cover, lua_Debug *ar) {
  if (is_known(cover, ar) || cover->n == FUNCTIONS) return;
  cover->functions[cover->n++] = (function){ar->linedefined, ar->lastlinedefined};
  lua_getinfo(L, "L", ar);
  if (lua_istable(L, -1)) {
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
      lua_Integer line = lua_tointeger(L, -2);
      if (line > 0 && line < LINES) cover->lines[line] |= ACTIVE;
    }
  }
  lua_pop(L, 1);
}

void as_cover_note(lua_State *L, lua_Debug *ar) {
  as_cover *cover = as_script_of(L)->cover;
  if (!cover) return;
  lua_getinfo(L, "S", ar);
  if (strcmp(ar->source, cover->chunk) != 0 || *ar->what != 'L') return; /* only Lua functions; the chunk itself is "main" */
  if (ar->event != LUA_HOOKLINE) note_function(L, cover, ar);
  else if (ar->currentline > 0 && ar->currentline < LINES) cover->lines[ar->currentline] |= RUN;
}

void as_cover_free(as_script *script) {
  if (script->cover) as_free(script->cover->chunk);
  as_free(script->cover);
  script->cover = NULL;
}

/* {lines = line → whether it was run, functions = list of {from, to}} [-0, +1, -] */
static void push_report(lua_State *L, const as_cover *cover) {
  lua_createtable(L, 0, 2);
  lua_createtable(L, 0, 64);
  for (int line = 1; line < LINES; line++) {
    if (!(cover->lines[line] & ACTIVE)) continue;
    lua_pushboolean(L, cover->lines[line] & RUN);
    lua_rawseti(L, -2, line);
  }
  lua_setfield(L, -2, "lines");
  lua_createtable(L, (int)cover->n, 0);
  for (size_t i = 0; i < cover->n; i++) {
    lua_createtable(L, 0, 2);
    lua_pushinteger(L, cover->functions[i].from);
    lua_setfield(L, -2, "from");
    lua_pushinteger(L, cover->functions[i].to);
    lua_setfield(L, -2, "to");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "functions");
}

/* engine.cover(chunk) begins to note what runs of the chunk; engine.cover() ends it and gives what was noted, or nil. [-1, +1, v] */
static int engine_cover(lua_State *L) {
  as_script *script = as_script_of(L);
  const char *chunk = luaL_optstring(L, 1, NULL);
  if (script->cover) push_report(L, script->cover);
  else lua_pushnil(L);
  as_cover_free(script);
  if (chunk) {
    script->cover = as_calloc(1, sizeof *script->cover);
    script->cover->chunk = as_calloc(1, strlen(chunk) + 1);
    memcpy(script->cover->chunk, chunk, strlen(chunk));
  }
  as_budget_rearm(script);
  return 1;
}

void as_engine_cover(lua_State *L) {
  lua_pushcfunction(L, engine_cover);
  lua_setfield(L, -2, "cover");
}
