/* Guards: C resources held across calls that may raise an error. The collector frees what a jump left behind. */
#include "script/internal.h"

typedef struct {
  uint32_t tag;
  void *p;
  void (*free_fn)(void *);
} guard;

void as_guard(lua_State *L, void *p, void (*free_fn)(void *)) {
  guard *g = lua_newuserdatauv(L, sizeof *g, 0);
  *g = (guard){AS_TAG_GUARD, p, free_fn};
  lua_rawgeti(L, LUA_REGISTRYINDEX, AS_REG_GUARD);
  lua_setmetatable(L, -2);
}

void as_guard_free(lua_State *L, int index) {
  guard *g = lua_touserdata(L, index);
  if (g->p) g->free_fn(g->p);
  g->p = NULL;
}

/* [-1, +0, -] */
static int collected(lua_State *L) {
  as_guard_free(L, 1);
  return 0;
}

/* [-0, +0, -] */
void as_guard_open(lua_State *L) {
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, collected);
  lua_setfield(L, -2, "__gc");
  lua_pushcfunction(L, collected);
  lua_setfield(L, -2, "__close");
  lua_rawseti(L, LUA_REGISTRYINDEX, AS_REG_GUARD);
}
