/* Shapes: checks plain data against a table and copies it into canonical form.
 * Must not know what the data means, and must not look at more than the table allows. */
#include "eval/shape.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 16
#define ANY_MAX 1000000u /* nodes of one piece of open data */

typedef struct {
  as_arena *arena;
  as_buf *why;
  as_buf path;
  size_t left; /* nodes that AS_SHAPE_ANY may still copy */
} taking;

static as_node *take(taking *t, const as_shape *shape, const as_node *in, unsigned depth);

static as_node *fault(taking *t, const char *text) {
  if (t->why->len == 0) {
    as_buf_add(t->why, t->path.data ? t->path.data : "", t->path.len);
    as_buf_printf(t->why, "%s%s", t->path.len ? " " : "", text);
  }
  return NULL;
}

static const char *const type_names[] = {"null", "a boolean", "a whole number", "a number", "a text", "a list", "a map"};

static as_node *wrong(taking *t, const char *wanted, const as_node *in) {
  char text[120];
  snprintf(text, sizeof text, "is %s, not %s", type_names[in->type <= AS_MAP ? in->type : AS_NULL], wanted);
  return fault(t, text);
}

static as_node *text_of(taking *t, as_str in, size_t max) {
  as_buf clean = {0};
  size_t bad;
  if (!as_utf8_valid(in, &bad)) {
    as_show(in, true, &clean);
    in = (as_str){clean.data, clean.len};
  }
  as_node *node;
  if (in.n > max) {
    size_t n = max > 3 ? max - 3 : 0;
    while (n && ((unsigned char)in.p[n] & 0xC0) == 0x80)
      n--;
    as_buf cut = {0};
    as_buf_add(&cut, in.p, n);
    as_buf_adds(&cut, "…");
    node = as_node_text(t->arena, (as_str){cut.data, cut.len});
    as_buf_free(&cut);
  } else {
    node = as_node_text(t->arena, in);
  }
  as_buf_free(&clean);
  return node;
}

static size_t push_path(taking *t, const char *name, long index) {
  size_t before = t->path.len;
  if (index >= 0)
    as_buf_printf(&t->path, "[%ld]", index);
  else
    as_buf_printf(&t->path, "%s%s", before ? "." : "", name);
  return before;
}

static void pop_path(taking *t, size_t before) {
  t->path.len = before;
  if (t->path.data)
    t->path.data[before] = '\0';
}

static int by_key(const void *a, const void *b) {
  const as_node *x = *(const as_node *const *)a, *y = *(const as_node *const *)b;
  size_t n = x->key.n < y->key.n ? x->key.n : y->key.n;
  int c = memcmp(x->key.p, y->key.p, n);
  return c ? c : (x->key.n > y->key.n) - (x->key.n < y->key.n);
}

/* Members of a map in the order of their names; the caller frees. */
static const as_node **sorted(const as_node *map) {
  const as_node **members = as_calloc(map->count + 1u, sizeof *members);
  size_t n = 0;
  for (const as_node *m = map->first; m; m = m->next)
    members[n++] = m;
  qsort(members, n, sizeof *members, by_key);
  return members;
}

/* A member's name as text that is fit for a result. */
static const char *name_of(taking *t, const as_node *member) { return text_of(t, member->key, 256)->text.p; }

static as_node *scalar(taking *t, const as_node *in, size_t max_text) {
  switch (in->type) {
  case AS_NULL: return as_node_null(t->arena);
  case AS_BOOL: return as_node_bool(t->arena, in->u.boolean);
  case AS_INT: return as_node_int(t->arena, in->u.integer);
  case AS_NUM: return isfinite(in->u.number) ? as_node_num(t->arena, in->u.number) : as_node_null(t->arena);
  case AS_TEXT: return text_of(t, in->text, max_text);
  default: return NULL;
  }
}

static as_node *any(taking *t, const as_node *in, unsigned depth) {
  if (depth > DEPTH_MAX)
    return fault(t, "is nested too deeply");
  if (t->left-- == 0) {
    t->left = 0;
    return fault(t, "holds too much");
  }
  as_node *plain = scalar(t, in, (size_t)AS_SHAPE_TEXT_MAX);
  if (plain)
    return plain;
  as_node *out = as_node_new(t->arena, in->type);
  if (in->type == AS_LIST) {
    for (const as_node *m = in->first; m; m = m->next) {
      as_node *child = any(t, m, depth + 1);
      if (!child)
        return NULL;
      as_node_add(out, child);
    }
    return out;
  }
  const as_node **members = sorted(in);
  for (size_t i = 0; i < in->count && out; i++) {
    as_node *child = any(t, members[i], depth + 1);
    if (child)
      as_node_put(t->arena, out, name_of(t, members[i]), child);
    else
      out = NULL;
  }
  as_free((void *)members);
  return out;
}

/* A map from any names: every value fits `of`, or is a scalar where that is NULL. */
static as_node *names(taking *t, const as_shape *shape, const as_node *in, unsigned depth) {
  if (in->type == AS_LIST && in->count == 0) /* Lua has one empty table for both */
    return as_node_new(t->arena, AS_MAP);
  if (in->type != AS_MAP)
    return wrong(t, "a map", in);
  if (in->count > shape->max)
    return fault(t, "has too many members");
  as_node *out = as_node_new(t->arena, AS_MAP);
  const as_node **members = sorted(in);
  for (size_t i = 0; i < in->count && out; i++) {
    const char *name = name_of(t, members[i]);
    size_t at = push_path(t, name, -1);
    as_node *child;
    if (shape->of)
      child = take(t, shape->of, members[i], depth + 1);
    else if (!(child = scalar(t, members[i], (size_t)AS_SHAPE_TEXT_MAX)))
      wrong(t, "a scalar", members[i]);
    if (child) {
      pop_path(t, at);
      as_node_put(t->arena, out, name, child);
    } else {
      out = NULL;
    }
  }
  as_free((void *)members);
  return out;
}

static bool known(const as_shape *members, as_str name) {
  for (const as_shape *m = members; m->name; m++)
    if (as_str_is(name, m->name))
      return true;
  return false;
}

static bool is_absent(const as_node *value) { return !value || value->type == AS_NULL; }

static bool is_bunch(const as_shape *shape) {
  return shape->type == AS_SHAPE_LIST || shape->type == AS_SHAPE_SCALARS || shape->type == AS_SHAPE_MAPOF;
}

static as_node *map(taking *t, const as_shape *shape, const as_node *in, unsigned depth) {
  bool none = in->type == AS_LIST && in->count == 0; /* Lua has one empty table for both */
  if (in->type != AS_MAP && !none)
    return wrong(t, "a map", in);
  for (const as_node *m = in->first; m; m = m->next)
    if (!known(shape->of, m->key)) {
      push_path(t, name_of(t, m), -1);
      return fault(t, "is not known");
    }
  as_node *out = as_node_new(t->arena, AS_MAP);
  for (const as_shape *m = shape->of; m->name; m++) {
    const as_node *value = as_node_get(in, m->name);
    size_t at = push_path(t, m->name, -1);
    as_node *child;
    if (!is_absent(value))
      child = take(t, m, value, depth + 1);
    else if (!m->required)
      child = NULL;
    else if (is_bunch(m))
      child = as_node_new(t->arena, m->type == AS_SHAPE_LIST ? AS_LIST : AS_MAP);
    else
      child = fault(t, "is missing");
    if (t->why->len)
      return NULL;
    pop_path(t, at);
    if (child)
      as_node_put(t->arena, out, m->name, child);
  }
  return out;
}

static as_node *list(taking *t, const as_shape *shape, const as_node *in, unsigned depth) {
  bool none = in->type == AS_MAP && in->count == 0;
  if (in->type != AS_LIST && !none)
    return wrong(t, "a list", in);
  if (in->count > shape->max)
    return fault(t, "is too long a list");
  as_node *out = as_node_new(t->arena, AS_LIST);
  long index = 0;
  for (const as_node *m = in->first; m; m = m->next) {
    size_t at = push_path(t, NULL, ++index);
    as_node *child = take(t, shape->of, m, depth + 1);
    if (!child)
      return NULL;
    pop_path(t, at);
    as_node_add(out, child);
  }
  return out;
}

static as_node *number(taking *t, const as_shape *shape, const as_node *in) {
  double v;
  if (in->type == AS_INT)
    v = (double)in->u.integer;
  else if (in->type == AS_NUM)
    v = in->u.number;
  else
    return wrong(t, "a number", in);
  if (!isfinite(v) || v < shape->min || v > shape->max)
    return fault(t, "is out of its range");
  if (shape->type == AS_SHAPE_NUM)
    return as_node_num(t->arena, v + 0.0); /* + 0.0: no negative zero */
  if (shape->type == AS_SHAPE_AMOUNT && (v != floor(v) || fabs(v) >= 9007199254740992.0))
    return as_node_num(t->arena, v);
  if (v != floor(v))
    return fault(t, "is not a whole number");
  return as_node_int(t->arena, (int64_t)v);
}

static as_node *take(taking *t, const as_shape *shape, const as_node *in, unsigned depth) {
  if (depth > DEPTH_MAX)
    return fault(t, "is nested too deeply");
  switch (shape->type) {
  case AS_SHAPE_TEXT:
    if (in->type != AS_TEXT)
      return wrong(t, "a text", in);
    return text_of(t, in->text, shape->max > 0 ? (size_t)shape->max : (size_t)AS_SHAPE_TEXT_MAX);
  case AS_SHAPE_WORD:
    for (const char *const *w = shape->words; in->type == AS_TEXT && *w; w++)
      if (as_str_is(in->text, *w))
        return as_node_text(t->arena, as_str_of(*w));
    return in->type == AS_TEXT ? fault(t, "is none of its words") : wrong(t, "a word", in);
  case AS_SHAPE_INT:
  case AS_SHAPE_NUM:
  case AS_SHAPE_AMOUNT: return number(t, shape, in);
  case AS_SHAPE_BOOL: return in->type == AS_BOOL ? as_node_bool(t->arena, in->u.boolean) : wrong(t, "a boolean", in);
  case AS_SHAPE_SHA256:
    if (in->type != AS_TEXT || in->text.n != 64 || strspn(in->text.p, "0123456789abcdef") != 64)
      return fault(t, "is no SHA-256");
    return as_node_text(t->arena, in->text);
  case AS_SHAPE_MAP: return map(t, shape, in, depth);
  case AS_SHAPE_LIST: return list(t, shape, in, depth);
  case AS_SHAPE_MAPOF:
  case AS_SHAPE_SCALARS: return names(t, shape, in, depth);
  case AS_SHAPE_ANY: return any(t, in, depth);
  }
  return fault(t, "has no shape");
}

as_node *as_shape_take(as_arena *arena, const as_shape *shape, const as_node *in, as_buf *why) {
  taking t = {.arena = arena, .why = why, .left = ANY_MAX};
  as_node *out = take(&t, shape, in, 0);
  as_buf_free(&t.path);
  return out;
}
