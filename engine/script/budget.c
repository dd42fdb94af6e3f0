/* Budgets: memory, time and steps of one rule, and when garbage is collected.
 *
 * A broken limit is no Lua error, which something could catch: it is reported and the process ends.
 * Signal handlers and the allocator only set flags and arm the hook; what needs a consistent state
 * happens in the hook. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "script/internal.h"

enum { SLICE = 1000, WHERE_LEVELS = 12, AGAIN_US = 20000 };
#define MB ((size_t)1024 * 1024)
#define EASY (32 * MB) /* so much may be made before garbage is looked for */

/* The one whose budget runs: a signal handler has no other way to it. */
static as_script *volatile active;

static void hook(lua_State *L, lua_Debug *ar);

/* Where Lua is, one line a level. No names of functions: finding them recurses in Lua 5.4.4, and this must
 * work in the allocator too. [-0, +0, -] */
static void tell_where(lua_State *L, char *out, size_t size) {
  size_t used = 0;
  out[0] = '\0';
  lua_Debug ar;
  for (int level = 0, told = 0; told < WHERE_LEVELS && lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (ar.currentline <= 0) continue;
    int n = snprintf(out + used, size - used, "%s%s:%d", told ? "\n" : "", ar.short_src, ar.currentline);
    if (n < 0 || (size_t)n >= size - used) {
      out[used] = '\0';
      break;
    }
    used += (size_t)n;
    told++;
  }
}

static _Noreturn void end(as_script *script, as_limit limit) {
  static const char *const names[] = {"memory", "time", "steps"};
  char where[2048];
  script->ending = true; /* memory is free from here on */
  tell_where(script->L, where, sizeof where);
  if (script->on_limit) script->on_limit(script->on_limit_ctx, limit, where);
  fprintf(stderr, "assay: the limit of %s was met at %s\n", names[limit], where[0] ? where : "an unknown place");
  fflush(stderr);
  _exit(70);
}

static int cover_mask(const as_script *script) { return script->cover ? LUA_MASKCALL | LUA_MASKLINE : 0; }

/* [-0, +0, -] */
static void arm(as_script *script, int count) {
  lua_sethook(script->L, hook, LUA_MASKCOUNT | cover_mask(script), count);
}

/* [-0, +0, -] */
static void disarm(as_script *script) {
  lua_sethook(script->L, script->cover ? hook : NULL, cover_mask(script), 0);
}

/* The next slice of the steps. [-0, +0, -] */
static void arm_steps(as_script *script) {
  script->slice = script->steps_left < SLICE ? (int)script->steps_left : SLICE;
  if (script->slice < 1) script->slice = 1;
  arm(script, script->slice);
}

/* The soft way: an error that as_try passes on. Whatever code still runs is cut again at once. [-0, +0, v] */
static _Noreturn void cut(as_script *script, lua_State *L, as_limit limit) {
  if (!script->cut) tell_where(script->L, script->cut_at, sizeof script->cut_at);
  if (!script->cut) script->cut_by = limit;
  script->cut = true;
  arm(script, 1);
  lua_pushliteral(L, "a limit was met");
  lua_error(L);
  abort();
}

static bool counts_steps(const as_script *script) { return script->budget && script->steps; }

/* ---- memory ---- */

static size_t more(size_t a, size_t b) { return a > SIZE_MAX - b ? SIZE_MAX : a + b; }

/* Chooses how far the heap may grow until the next collection: never beyond half of what is left, since the memory of one call must fit between. */
static void plan(as_script *script) {
  size_t room = script->floor > EASY ? script->floor : EASY;
  size_t left = script->cap > script->used ? script->cap - script->used : 0;
  if (room <= left / 2)
    script->next = script->used + room;
  else
    script->next = left < MB / 2 ? script->cap : script->used + left / 2;
}

static void grown(as_script *script, size_t used) {
  if (script->ending) return;
  if (used > script->cap) end(script, AS_LIMIT_MEMORY);
  if (script->want_collect) return;
  script->want_collect = true;
  script->next = script->cap;
  if (!counts_steps(script)) arm(script, 1);
}

void *as_budget_allocate(void *ud, void *ptr, size_t osize, size_t nsize) {
  as_script *script = ud;
  if (!ptr) osize = 0; /* then it is the type of the object */
  if (nsize == 0) {
    script->used -= osize;
    return as_pool_realloc(script->pool, ptr, osize, 0);
  }
  if (nsize > osize) {
    size_t used = more(script->used, nsize - osize);
    if (used > script->next) grown(script, used);
  }
  script->used += nsize - osize; /* wraps around when it shrinks */
  return as_pool_realloc(script->pool, ptr, osize, nsize);
}

/* [-0, +0, -] */
static void collect(as_script *script) {
  script->want_collect = false;
  lua_gc(script->L, LUA_GCCOLLECT);
  script->floor = script->used;
  plan(script);
}

void as_budget_tidy(as_script *script) {
  if (script->budget) return;
  if (script->want_collect || script->used > more(script->floor, EASY)) collect(script);
}

/* ---- time and steps ---- */

static void hook(lua_State *L, lua_Debug *ar) {
  as_script *script = as_script_of(L);
  if (ar->event != LUA_HOOKCOUNT) {
    as_cover_note(L, ar);
    return;
  }
  if (script->budget && script->expired && script->soft) cut(script, L, AS_LIMIT_TIME);
  if (script->budget && script->expired) end(script, AS_LIMIT_TIME);
  if (counts_steps(script)) {
    uint64_t slice = (uint64_t)script->slice;
    script->steps_left = script->steps_left > slice ? script->steps_left - slice : 0;
    if (!script->steps_left && script->soft) cut(script, L, AS_LIMIT_STEPS);
    if (!script->steps_left) end(script, AS_LIMIT_STEPS);
  }
  if (script->want_collect) collect(script);
  if (counts_steps(script)) arm_steps(script);
  else disarm(script);
}

void as_budget_rearm(as_script *script) {
  if (counts_steps(script)) arm_steps(script);
  else if (script->want_collect || (script->budget && script->expired)) arm(script, 1);
  else disarm(script);
}

static void on_alarm(int number) {
  (void)number;
  as_script *script = active;
  if (!script) return;
  script->expired = 1;
  if (!script->steps) arm(script, 1); /* where steps are counted, the hook comes soon by itself */
}

/* C code may hold what an error would lose: the soft way waits for the next line of Lua. */
void as_budget_poll(lua_State *L) {
  as_script *script = as_script_of(L);
  if (!script->budget || !script->expired) return;
  if (!script->soft) end(script, AS_LIMIT_TIME);
  arm(script, 1);
}

bool as_budget_is_over(const as_script *script) {
  return script->budget && (script->expired || script->cut || (script->steps && !script->steps_left));
}

void as_budget_exceed(lua_State *L, as_limit limit) {
  as_script *script = as_script_of(L);
  if (script->budget) end(script, limit);
}

void as_budget_charge(lua_State *L, uint64_t n) {
  as_script *script = as_script_of(L);
  as_budget_poll(L);
  if (!counts_steps(script)) return;
  if (script->steps_left > n) {
    script->steps_left -= n;
    return;
  }
  if (!script->soft) end(script, AS_LIMIT_STEPS);
  script->steps_left = 0;
  arm_steps(script);
}

static void set_timer(double seconds) {
  struct itimerval timer = {{0, 0}, {0, 0}};
  if (seconds > 0) {
    if (seconds > 1e6) seconds = 1e6;
    timer.it_value.tv_sec = (time_t)seconds;
    timer.it_value.tv_usec = (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
    if (!timer.it_value.tv_sec && timer.it_value.tv_usec < 1) timer.it_value.tv_usec = 1;
    timer.it_interval.tv_usec = AGAIN_US;
  }
  setitimer(ITIMER_REAL, &timer, NULL);
}

void as_script_budget_start(as_script *script) {
  as_script_budget_stop(script);
  as_budget_tidy(script);
  /* Counted from what was alive at the last look, so that garbage of earlier rules never adds to the limit; a look at each start would cost too much. */
  size_t garbage = script->used > script->floor ? script->used - script->floor : 0;
  if (script->memory_bytes && garbage > script->memory_bytes / 4) collect(script);
  script->expired = 0;
  script->cap = script->memory_bytes ? more(script->used < script->floor ? script->used : script->floor, (size_t)script->memory_bytes) : SIZE_MAX;
  plan(script);
  script->steps_left = script->steps;
  script->budget = true;
  if (script->steps) arm_steps(script);
  if (script->seconds > 0) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_alarm;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    active = script;
    sigaction(SIGALRM, &action, &script->old_alarm);
    set_timer(script->seconds);
  }
}

void as_script_budget_stop(as_script *script) {
  if (!script->budget) return;
  if (active == script) {
    set_timer(0);
    sigaction(SIGALRM, &script->old_alarm, NULL);
    active = NULL;
  }
  script->budget = false;
  script->cap = SIZE_MAX;
  if (!script->want_collect) plan(script);
  disarm(script);
}

void as_script_soften(as_script *script, bool soft) { script->soft = soft; }

bool as_script_was_cut(const as_script *script, as_limit *limit, const char **where) {
  *limit = script->cut_by;
  *where = script->cut_at;
  return script->cut;
}
