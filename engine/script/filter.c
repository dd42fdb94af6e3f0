/* Filters of where{…}: checked and turned into pointers once, then matched in C. */
#include <stdlib.h>
#include <string.h>

#include "script/internal.h"

/* What a field is to be equal to. */
typedef struct {
  as_type type;
  bool never; /* no record can hold it */
  union {
    const as_sym *sym;
    const as_record *record;
    double number;
    int64_t integer;
    bool boolean;
    as_time time;
    as_duration duration;
  } u;
} want;

typedef struct {
  const as_slot *slot;
  bool taken;     /* an index has tested it */
  uint32_t first, count;
} clause;

struct as_filter {
  uint32_t n;
  clause *clauses;
  want *wants;
};

enum { CLAUSES_MAX = 32 };

/* ---- making ---- */

static const char *describe(as_type type) {
  static const char *const names[] = {"a text", "a text", "an integer", "a number", "a percentage", "a boolean",
                                      "a date", "a time", "a duration", "a word", "a reference", "a list"};
  return names[type];
}

/* [-0, +0, v] */
static void wrong_type(lua_State *L, const as_view *view, const as_slot *slot, as_type type, int index) {
  static const char *const written[] = {[AS_T_BOOLEAN] = "; write true or false", [AS_T_DATE] = "; write date \"2026-01-31\"", [AS_T_TIME] = "; write date \"2026-01-31\"",
                                        [AS_T_DURATION] = "; write duration \"30 d\"", [AS_T_LIST] = NULL};
  luaL_error(L, "where: %s.%s is %s, and is compared with a %s%s", view->kind->name->text, slot->name, describe(type),
             luaL_typename(L, index), written[type] ? written[type] : "");
}

/* [-0, +0, v] */
static void unknown_word(lua_State *L, const as_view *view, const as_slot *slot, const char *word) {
  const as_field *field = slot->field;
  const char **names = lua_newuserdatauv(L, (field->n_words + 1) * sizeof *names, 0);
  for (uint32_t i = 0; i < field->n_words; i++) names[i] = field->words[i]->text;
  const char *near = as_suggest(word, names, field->n_words);
  if (near) luaL_error(L, "where: %s.%s has no word `%s`; did you mean `%s`?", view->kind->name->text, slot->name, word, near);
  luaL_error(L, "where: %s.%s has no word `%s`", view->kind->name->text, slot->name, word);
}

static as_type scalar_type(const as_field *field) { return field->type == AS_T_LIST ? field->item : field->type; }

/* [-0, +0, v] */
static void take_text(lua_State *L, const as_view *view, const as_slot *slot, as_type type, int index, want *w) {
  if (lua_type(L, index) != LUA_TSTRING) wrong_type(L, view, slot, type, index);
  as_str text;
  text.p = lua_tolstring(L, index, &text.n);
  if (type == AS_T_ENUM) {
    const as_field *field = slot->field;
    uint32_t i = 0;
    while (i < field->n_words && !(field->words[i]->len == text.n && memcmp(field->words[i]->text, text.p, text.n) == 0)) i++;
    if (i == field->n_words) unknown_word(L, view, slot, text.p);
    else w->u.sym = field->words[i]; /* the symbol that records hold */
    return;
  }
  const as_model *model = as_script_of(L)->bound->model;
  w->u.sym = as_model_symbol(model, text);
  /* Looked for as a record, a key that leads nowhere is absent. */
  w->never = !w->u.sym || (slot->side == AS_SIDE_RECORD && !as_model_find(model, slot->field->target, text));
}

/* The value at index, which is on top. [-0, +0, v] */
static void take_value(lua_State *L, const as_view *view, const as_slot *slot, int index, want *w) {
  as_type type = scalar_type(slot->field);
  *w = (want){.type = type};
  const as_time *t = as_to_time(L, index);
  const as_duration *d = as_to_duration(L, index);
  as_str text = {NULL, 0};
  if (lua_type(L, index) == LUA_TSTRING) text.p = lua_tolstring(L, index, &text.n);
  bool good = true;
  switch (type) {
    case AS_T_STRING:
    case AS_T_TEXT:
    case AS_T_ENUM: take_text(L, view, slot, type, index, w); return;
    case AS_T_REF: {
      const as_record *record = as_to_record(L, index);
      if (!record) {
        take_text(L, view, slot, type, index, w);
        return;
      }
      const as_sym *key = as_record_key(record);
      w->u.sym = key;
      w->never = !key || as_record_kind(record) != slot->field->target;
      return;
    }
    case AS_T_INTEGER:
    case AS_T_NUMBER:
    case AS_T_PERCENT:
      good = lua_type(L, index) == LUA_TNUMBER;
      if (lua_isinteger(L, index) && type == AS_T_INTEGER) {
        w->u.integer = lua_tointeger(L, index);
      } else if (type == AS_T_INTEGER) {
        w->never = !lua_numbertointeger(lua_tonumber(L, index), &w->u.integer) || (double)w->u.integer != lua_tonumber(L, index);
      } else {
        w->u.number = lua_tonumber(L, index);
      }
      break;
    case AS_T_BOOLEAN:
      good = lua_type(L, index) == LUA_TBOOLEAN;
      w->u.boolean = lua_toboolean(L, index);
      break;
    case AS_T_DATE:
    case AS_T_TIME:
      if (t) w->u.time = *t;
      else good = text.p && (as_date_parse(text, &w->u.time) || as_time_parse(text, &w->u.time));
      break;
    case AS_T_DURATION:
      if (d) w->u.duration = *d;
      else good = text.p && as_duration_parse(text, &w->u.duration);
      break;
    default: good = false; break;
  }
  if (!good) wrong_type(L, view, slot, type, index);
}

/* Number of alternatives that the value on top stands for. [-0, +0, v] */
static lua_Integer alternatives(lua_State *L) {
  if (lua_type(L, -1) == LUA_TTABLE || as_to_list(L, -1) || as_to_collection(L, -1)) return luaL_len(L, -1);
  return -1; /* a single value */
}

static int by_field(const void *a, const void *b) {
  const as_slot *x = ((const clause *)a)->slot, *y = ((const clause *)b)->slot;
  return strcmp(x->name, y->name);
}

as_filter *as_filter_make(lua_State *L, const as_view *view, int index) {
  index = lua_absindex(L, index);
  luaL_checkstack(L, 10, NULL);
  as_thaw(L, index);
  clause clauses[CLAUSES_MAX];
  uint32_t n = 0, total = 0;
  const char *unknown = NULL;
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING) luaL_error(L, "where: the table has fields, not a list: {status = \"active\"}");
    const as_slot *slot = as_view_slot(L, view, -2);
    if (!slot) { /* tell the first by name, so that the message is always the same */
      const char *name = lua_tostring(L, -2);
      if (!unknown || strcmp(name, unknown) < 0) unknown = name;
      continue;
    }
    if (n == CLAUSES_MAX) luaL_error(L, "where: more than %d fields", CLAUSES_MAX);
    clauses[n++] = (clause){.slot = slot};
  }
  if (unknown) as_view_unknown(L, view, unknown);
  qsort(clauses, n, sizeof *clauses, by_field);
  for (uint32_t i = 0; i < n; i++) {
    lua_pushstring(L, clauses[i].slot->name);
    lua_rawget(L, index);
    lua_Integer count = alternatives(L);
    if (count > 1000000) luaL_error(L, "where: too many alternatives");
    clauses[i].first = total;
    clauses[i].count = count < 0 ? 1 : (uint32_t)count;
    total += clauses[i].count;
    lua_pop(L, 1);
  }
  as_filter *filter = lua_newuserdatauv(L, sizeof *filter + n * sizeof(clause) + (total + 1) * sizeof(want), 0);
  filter->n = n;
  filter->wants = (want *)(filter + 1);
  filter->clauses = (clause *)(filter->wants + total + 1);
  if (n) memcpy(filter->clauses, clauses, n * sizeof *clauses);
  for (uint32_t i = 0; i < n; i++) {
    lua_pushstring(L, clauses[i].slot->name);
    lua_rawget(L, index);
    if (alternatives(L) < 0) {
      take_value(L, view, clauses[i].slot, -1, &filter->wants[clauses[i].first]);
    } else {
      for (uint32_t k = 0; k < clauses[i].count; k++) {
        lua_geti(L, -1, (lua_Integer)k + 1);
        take_value(L, view, clauses[i].slot, -1, &filter->wants[clauses[i].first + k]);
        lua_pop(L, 1);
      }
    }
    lua_pop(L, 1);
  }
  return filter;
}

/* ---- matching ---- */

static bool equals(const as_value *value, const want *w) {
  if (w->never) return false;
  switch (value->type) {
    case AS_T_STRING:
    case AS_T_TEXT:
    case AS_T_ENUM:
    case AS_T_REF: return value->u.link.sym == w->u.sym;
    case AS_T_INTEGER: return value->u.integer == w->u.integer;
    case AS_T_NUMBER:
    case AS_T_PERCENT: return !(value->u.number < w->u.number) && !(value->u.number > w->u.number);
    case AS_T_BOOLEAN: return value->u.boolean == w->u.boolean;
    case AS_T_DATE:
    case AS_T_TIME: return as_time_compare(value->u.time, w->u.time) == 0;
    case AS_T_DURATION: return as_duration_compare(value->u.duration, w->u.duration) == 0;
    default: return false;
  }
}

static bool holds(const as_filter *filter, const clause *c, const as_record *record) {
  as_value value = as_record_get(record, c->slot->field);
  if (!value.present) return false;
  for (uint32_t k = 0; k < c->count; k++) {
    const want *w = &filter->wants[c->first + k];
    if (value.type != AS_T_LIST) {
      if (equals(&value, w)) return true;
      continue;
    }
    for (uint32_t i = 0; i < value.u.list.count; i++)
      if (equals(&value.u.list.items[i], w)) return true;
  }
  return false;
}

/* A table without fields, as {owner = nil} is, compares with something absent: that holds for no record. */
bool as_filter_test(const as_filter *filter, const as_record *record) {
  if (!filter->n) return false;
  for (uint32_t i = 0; i < filter->n; i++)
    if (!filter->clauses[i].taken && !holds(filter, &filter->clauses[i], record)) return false;
  return true;
}

#define ENOUGH 64u /* records that are tested as fast as another index is asked */

/* An index knows the clause: one alternative of a text, word or key. How well it narrows: 0 not, 1 words, 2 the others. */
static int indexed(const as_filter *filter, const clause *c) {
  if (c->count != 1 || filter->wants[c->first].never) return 0;
  as_type type = scalar_type(c->slot->field);
  return type == AS_T_STRING || type == AS_T_REF ? 2 : type == AS_T_ENUM ? 1 : 0;
}

const as_record *const *as_filter_narrow(as_filter *filter, const as_model *model, const as_kind *kind, size_t *count, bool *done) {
  static const as_record *const none[1];
  const as_record *const *items = NULL;
  clause *best = NULL;
  *count = 0;
  *done = true;
  if (!filter->n) return none;
  /* Texts and keys first; words, which many records share, only where those leave much to look at. */
  for (int class = 2; class >= 1 && (!best || *count > ENOUGH); class--)
    for (uint32_t i = 0; i < filter->n; i++) {
      clause *c = &filter->clauses[i];
      if (indexed(filter, c) != class) continue;
      size_t n = 0;
      const as_record *const *list = as_model_where(model, c->slot->field, kind, filter->wants[c->first].u.sym, &n);
      if (best && n >= *count) continue;
      best = c;
      items = list;
      *count = n;
    }
  *done = best && filter->n == 1;
  if (!best) return NULL;
  best->taken = true;
  return items && *count ? items : none;
}
