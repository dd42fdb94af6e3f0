/* re: regular expressions of PCRE2, without its JIT and with limits on every match. A limit that is hit is an
 * error that names it, never "no match". Patterns are compiled once and kept. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "script/internal.h"

enum { KEPT = 256, PATTERN_BYTES = 4096, NESTING = 100, MATCH_LIMIT = 1000000, HEAP_KB = 20 * 1024, DEPTH_LIMIT = 10000, PART = 64 };
#define RESULT_BYTES ((size_t)16 * 1024 * 1024)

typedef struct {
  char *text;
  size_t n;
  uint64_t hash, used; /* when it was used last */
  pcre2_code *code;
  pcre2_match_data *match;
  uint32_t groups, names, name_size, first_type;
  const uint8_t *bitmap; /* bytes with which a match begins, or NULL */
  PCRE2_SPTR name_table;
} pattern;

struct as_regex_cache {
  pattern kept[KEPT];
  uint64_t clock;
  pcre2_compile_context *compile;
  pcre2_match_context *context;
};

/* ---- patterns ---- */

static as_regex_cache *cache_of(as_script *script) {
  if (script->regex) return script->regex;
  as_regex_cache *cache = as_calloc(1, sizeof *cache);
  cache->compile = pcre2_compile_context_create(NULL);
  cache->context = pcre2_match_context_create(NULL);
  pcre2_set_max_pattern_length(cache->compile, PATTERN_BYTES);
  pcre2_set_parens_nest_limit(cache->compile, NESTING);
  pcre2_set_match_limit(cache->context, MATCH_LIMIT);
  pcre2_set_heap_limit(cache->context, HEAP_KB);
  pcre2_set_depth_limit(cache->context, DEPTH_LIMIT);
  script->regex = cache;
  return cache;
}

static void forget(pattern *p) {
  pcre2_match_data_free(p->match);
  pcre2_code_free(p->code);
  as_free(p->text);
  *p = (pattern){0};
}

void as_regex_close(as_script *script) {
  as_regex_cache *cache = script->regex;
  if (!cache) return;
  for (size_t i = 0; i < KEPT; i++) forget(&cache->kept[i]);
  pcre2_compile_context_free(cache->compile);
  pcre2_match_context_free(cache->context);
  as_free(cache);
  script->regex = NULL;
}

static uint64_t hash_of(as_str text) {
  uint64_t h = 14695981039346656037u;
  for (size_t i = 0; i < text.n; i++) h = (h ^ (unsigned char)text.p[i]) * 1099511628211u;
  return h;
}

/* [-0, +0, v] */
static void refuse_pattern(lua_State *L, as_str text, int code, size_t at) {
  char why[200];
  pcre2_get_error_message(code, (PCRE2_UCHAR *)why, sizeof why);
  if (text.n > PATTERN_BYTES) luaL_error(L, "the pattern is longer than 4 KB");
  luaL_error(L, "bad pattern at character %d: %s", (int)at + 1, why);
}

/* The compiled pattern at index, from the cache or new in place of the one unused longest. [-0, +0, v] */
static pattern *compiled(lua_State *L, int index) {
  as_regex_cache *cache = cache_of(as_script_of(L));
  as_str text;
  text.p = luaL_checklstring(L, index, &text.n);
  uint64_t hash = hash_of(text);
  pattern *oldest = &cache->kept[0];
  for (size_t i = 0; i < KEPT; i++) {
    pattern *p = &cache->kept[i];
    if (p->text && p->hash == hash && p->n == text.n && memcmp(p->text, text.p, text.n) == 0) {
      p->used = ++cache->clock;
      return p;
    }
    if (p->used < oldest->used) oldest = p;
  }
  int error;
  size_t at;
  uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UCP | PCRE2_USE_OFFSET_LIMIT;
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)text.p, text.n, options, &error, &at, cache->compile);
  if (!code) refuse_pattern(L, text, error, at);
  forget(oldest);
  pattern *p = oldest;
  p->text = as_alloc(text.n + 1);
  memcpy(p->text, text.p, text.n + 1); /* Lua's strings end with a NUL */
  p->n = text.n;
  p->hash = hash;
  p->used = ++cache->clock;
  p->code = code;
  p->match = pcre2_match_data_create_from_pattern(code, NULL);
  pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &p->groups);
  pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &p->names);
  pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &p->name_size);
  pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &p->name_table);
  pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &p->first_type);
  pcre2_pattern_info(code, PCRE2_INFO_FIRSTBITMAP, &p->bitmap);
  return p;
}

/* ---- matching ---- */

static size_t next_char(as_str s, size_t at) {
  do at++;
  while (at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80);
  return at;
}

/* [-0, +0, v] */
static bool refuse_text(lua_State *L, const pattern *p, int rc) {
  const char *limit = rc == PCRE2_ERROR_MATCHLIMIT ? "match limit (1,000,000)" : rc == PCRE2_ERROR_HEAPLIMIT ? "heap limit (20 MB)"
                    : rc == PCRE2_ERROR_DEPTHLIMIT ? "depth limit (10,000)" : NULL;
  if (limit) luaL_error(L, "the pattern met its %s: %s", limit, p->text);
  char why[200];
  pcre2_get_error_message(rc, (PCRE2_UCHAR *)why, sizeof why);
  return luaL_error(L, "the text cannot be matched: %s", why);
}

/* The first place from `at` on where a match can begin; more than the text's length where there is none. */
static size_t next_start(const pattern *p, as_str subject, size_t at) {
  if (!p->bitmap) return at;
  while (at < subject.n && !(p->bitmap[(unsigned char)subject.p[at] >> 3] >> ((unsigned char)subject.p[at] & 7) & 1)) at++;
  return at < subject.n ? at : subject.n + 1;
}

/* Milliseconds, to choose how much is searched at once; no result depends on them. */
static double clock_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* False: no match. PCRE2 counts its limit anew at each place where a match could begin, so that long texts are searched
 * in parts, and the limit of time is looked at in between. [-0, +0, v] */
static bool run(lua_State *L, pattern *p, as_str subject, size_t from, uint32_t options) {
  as_script *script = as_script_of(L);
  as_budget_charge(L, 10 + (subject.n - from) / 64);
  bool parts = !(options & PCRE2_ANCHORED) && p->first_type != 2;
  double before = 0;
  for (size_t part = PART;;) {
    size_t last = parts && subject.n - from > part ? from + part : PCRE2_UNSET;
    pcre2_set_offset_limit(script->regex->context, last);
    int rc = pcre2_match(p->code, (PCRE2_SPTR)subject.p, subject.n, from, options, p->match, script->regex->context);
    as_budget_poll(L);
    if (rc > 0) return true;
    if (rc != PCRE2_ERROR_NOMATCH) return refuse_text(L, p, rc);
    if (last == PCRE2_UNSET) return false;
    double now = clock_ms();
    if (before > 0 && now - before > 10) part = part / 4 + 1;
    else if (part < PART) part *= 2;
    before = now;
    from = next_start(p, subject, next_char(subject, last));
    if (from > subject.n) return false;
    options |= PCRE2_NO_UTF_CHECK;
  }
}

/* A group's text, or nil where it took no part. 0 is the whole. [-0, +1, -] */
static void push_group(lua_State *L, const pattern *p, as_str subject, uint32_t group) {
  const PCRE2_SIZE *at = pcre2_get_ovector_pointer(p->match);
  PCRE2_SIZE from = at[2 * group], to = at[2 * group + 1];
  if (from == PCRE2_UNSET || to < from) lua_pushnil(L);
  else lua_pushlstring(L, subject.p + from, to - from);
}

/* {[0] = whole, first group, …, name = group} [-0, +1, -] */
static void push_match(lua_State *L, const pattern *p, as_str subject) {
  lua_createtable(L, (int)p->groups, (int)p->names + 1);
  for (uint32_t g = 0; g <= p->groups; g++) {
    push_group(L, p, subject, g);
    lua_rawseti(L, -2, g);
  }
  for (uint32_t i = 0; i < p->names; i++) {
    PCRE2_SPTR entry = p->name_table + (size_t)i * p->name_size;
    uint32_t group = (uint32_t)entry[0] << 8 | entry[1];
    lua_pushstring(L, (const char *)entry + 2);
    push_group(L, p, subject, group);
    lua_rawset(L, -3);
  }
}

static as_str check_subject(lua_State *L) { /* [-0, +0, v] */
  as_str subject;
  subject.p = luaL_checklstring(L, 1, &subject.n);
  return subject;
}

/* re.test(subject, pattern) → boolean. What is absent matches nothing. [-2, +1, v] */
static int re_test(lua_State *L) {
  pattern *p = compiled(L, 2);
  lua_pushboolean(L, !lua_isnil(L, 1) && run(L, p, check_subject(L), 0, 0));
  return 1;
}

/* re.match(subject, pattern) → table of groups or nil [-2, +1, v] */
static int re_match(lua_State *L) {
  pattern *p = compiled(L, 2);
  if (!lua_isnil(L, 1)) {
    as_str subject = check_subject(L);
    if (run(L, p, subject, 0, 0)) {
      push_match(L, p, subject);
      return 1;
    }
  }
  lua_pushnil(L);
  return 1;
}

/* re.find(subject, pattern[, init]) → first and last byte, table of groups; or nil [-3, +3, v] */
static int re_find(lua_State *L) {
  pattern *p = compiled(L, 2);
  lua_Integer init = luaL_optinteger(L, 3, 1);
  if (!lua_isnil(L, 1)) {
    as_str subject = check_subject(L);
    luaL_argcheck(L, init >= 1, 3, "counts from 1");
    if ((size_t)init <= subject.n + 1 && run(L, p, subject, (size_t)init - 1, 0)) {
      const PCRE2_SIZE *at = pcre2_get_ovector_pointer(p->match);
      lua_pushinteger(L, (lua_Integer)at[0] + 1);
      lua_pushinteger(L, (lua_Integer)at[1]);
      push_match(L, p, subject);
      return 3;
    }
  }
  lua_pushnil(L);
  return 1;
}

/* ---- all matches ---- */

/* Where the search for the next match begins. After an empty match a non-empty one is tried at the same place,
 * then the next character. */
typedef struct {
  size_t from;
  bool empty;
} cursor;

/* [-0, +0, v] */
static bool advance(lua_State *L, pattern *p, as_str subject, cursor *c) {
  while (c->from <= subject.n) {
    uint32_t options = c->empty ? PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED : 0;
    if (run(L, p, subject, c->from, options)) {
      const PCRE2_SIZE *at = pcre2_get_ovector_pointer(p->match);
      c->from = at[1];
      c->empty = at[0] == at[1];
      if (at[1] < at[0]) luaL_error(L, "the pattern ends a match before it begins (\\K)");
      return true;
    }
    if (!c->empty) return false;
    c->empty = false;
    c->from = next_char(subject, c->from);
  }
  return false;
}

/* Upvalues: subject, pattern, from, empty. [-n, +1, v] */
static int gmatch_next(lua_State *L) {
  lua_settop(L, 0);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, lua_upvalueindex(2));
  as_str subject = check_subject(L);
  pattern *p = compiled(L, 2); /* looked up each time: it may have left the cache */
  cursor c = {(size_t)lua_tointeger(L, lua_upvalueindex(3)), lua_toboolean(L, lua_upvalueindex(4))};
  if (!advance(L, p, subject, &c)) {
    c.from = subject.n + 1;
    lua_pushnil(L);
  } else {
    push_match(L, p, subject);
  }
  lua_pushinteger(L, (lua_Integer)c.from);
  lua_replace(L, lua_upvalueindex(3));
  lua_pushboolean(L, c.empty);
  lua_replace(L, lua_upvalueindex(4));
  return 1;
}

/* for groups in re.gmatch(subject, pattern) [-2, +1, v] */
static int re_gmatch(lua_State *L) {
  compiled(L, 2);
  lua_settop(L, 2);
  if (lua_isnil(L, 1)) {
    lua_pushliteral(L, "");
    lua_replace(L, 1);
    lua_pushinteger(L, 1); /* beyond the end: nothing matches */
  } else {
    check_subject(L);
    lua_pushinteger(L, 0);
  }
  lua_pushboolean(L, 0);
  lua_pushcclosure(L, gmatch_next, 4);
  return 1;
}

/* Adds the replacement of the match: $1, ${name}, $$; or what a function gives. [-0, +0, e] */
static void add_replacement(lua_State *L, luaL_Buffer *b, const pattern *p, as_str subject) {
  if (lua_type(L, 3) == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    push_match(L, p, subject);
    lua_call(L, 1, 1);
    if (lua_type(L, -1) != LUA_TSTRING && lua_type(L, -1) != LUA_TNUMBER)
      luaL_error(L, "re.replace: the function gives a %s", luaL_typename(L, -1));
    luaL_addvalue(b);
    return;
  }
  size_t n;
  const char *text = lua_tolstring(L, 3, &n);
  for (size_t i = 0; i < n; i++) {
    if (text[i] != '$') {
      luaL_addchar(b, text[i]);
      continue;
    }
    if (i + 1 < n && text[i + 1] == '$') {
      luaL_addchar(b, text[++i]);
      continue;
    }
    bool braces = i + 1 < n && text[i + 1] == '{';
    size_t from = i + 1 + braces, to = from;
    while (to < n && ((text[to] >= '0' && text[to] <= '9') || (braces && text[to] != '}'))) to++;
    if (to == from || (braces && to >= n) || to - from > 32) luaL_error(L, "re.replace: write $1, ${name} or $$");
    char name[33];
    memcpy(name, text + from, to - from);
    name[to - from] = '\0';
    bool digits = name[0] >= '0' && name[0] <= '9';
    int group = digits ? (int)strtol(name, NULL, 10) : pcre2_substring_number_from_name(p->code, (PCRE2_SPTR)name);
    if (group < 0 || (uint32_t)group > p->groups) luaL_error(L, "re.replace: the pattern has no group `%s`", name);
    push_group(L, p, subject, (uint32_t)group);
    if (lua_isnil(L, -1)) lua_pop(L, 1);
    else luaL_addvalue(b);
    i = braces ? to : to - 1;
  }
}

/* re.replace(subject, pattern, replacement[, max]) → text, number of replacements [-4, +2, e] */
static int re_replace(lua_State *L) {
  compiled(L, 2);
  if (lua_isnil(L, 1)) {
    lua_pushnil(L);
    return 1;
  }
  as_str subject = check_subject(L);
  if (lua_type(L, 3) != LUA_TFUNCTION) luaL_checkstring(L, 3);
  lua_Integer max = luaL_optinteger(L, 4, (lua_Integer)subject.n + 1), n = 0;
  lua_settop(L, 4);
  size_t copied = 0, total = 0;
  cursor c = {0, false};
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  while (n < max) {
    pattern *p = compiled(L, 2); /* a function may have used others */
    if (!advance(L, p, subject, &c)) break;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(p->match);
    size_t begin = at[0], end = at[1];
    luaL_addlstring(&b, subject.p + copied, begin - copied);
    add_replacement(L, &b, p, subject);
    copied = end;
    total = luaL_bufflen(&b);
    if (total > RESULT_BYTES) return luaL_error(L, "the result of re.replace would be longer than 16 MB");
    n++;
  }
  luaL_addlstring(&b, subject.p + copied, subject.n - copied);
  luaL_pushresult(&b);
  lua_pushinteger(L, n);
  return 2;
}

/* re.escape(text): a pattern that matches just this text. [-1, +1, v] */
static int re_escape(lua_State *L) {
  as_str text = check_subject(L);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] && strchr("\\^$.|?*+()[]{}#-", text.p[i])) luaL_addchar(&b, '\\');
    luaL_addchar(&b, text.p[i]);
  }
  luaL_pushresult(&b);
  return 1;
}

int as_regex_lib(lua_State *L) {
  static const luaL_Reg lib[] = {{"escape", re_escape}, {"find", re_find}, {"gmatch", re_gmatch}, {"match", re_match},
                                 {"replace", re_replace}, {"test", re_test}, {NULL, NULL}};
  lua_createtable(L, 0, 8);
  luaL_setfuncs(L, lib, 0);
  return 1;
}
