/* sql(text, parameters…): SQL over the records that the rule may see (model/sql.h). Rows come as plain tables. The connection belongs
 * to what is shown, and a query to its connection: nothing here needs to be freed where an error jumps. */
#include <string.h>

#include "model/sql.h"
#include "script/internal.h"

/* ---- asking ---- */

static bool is_visible(void *ctx, const as_kind *kind) {
  const as_binding *bound = ((const as_script *)ctx)->bound;
  return bound->all_visible || (kind && (kind == bound->organization || (bound->flags[kind->index] & AS_KIND_VISIBLE)));
}

/* Where the time or the steps of the rule are used up, this does not come back, or says so. */
static bool poll(void *ctx, uint32_t steps) {
  as_script *script = ctx;
  as_budget_charge(script->L, steps);
  return !as_budget_is_over(script);
}

/* [-0, +0, v] */
static as_sql *session(lua_State *L) {
  as_script *script = as_script_of(L);
  if (!script->bound) luaL_error(L, "sql: there are no records here; ask within a check");
  if (!script->bound->sql) {
    as_sql_options options = {script, is_visible, poll, script->memory_bytes};
    script->bound->sql = as_sql_open(script->bound->model, &options);
  }
  return script->bound->sql;
}

/* [-0, +0, v] */
static void tell(lua_State *L, as_str text, const as_sql_fault *fault) {
  uint32_t line, column;
  as_str source;
  switch (fault->trouble) {
    case AS_SQL_MEMORY: as_budget_exceed(L, AS_LIMIT_MEMORY); break;
    case AS_SQL_HIDDEN:
      luaL_error(L, "sql: the rule does not name `%s` in its needs; add it there", fault->kind->name->text);
      break;
    case AS_SQL_RESULTS: luaL_error(L, "sql: results, checks, findings and risk_results are there once everything was judged, not within rules"); break;
    case AS_SQL_WRONG:
      as_sql_place(text, fault, &line, &column, &source);
      luaL_error(L, "sql: %s%s%s (line %d, column %d of the query)", fault->message, *fault->help ? "; " : "", fault->help, (int)line, (int)column);
      break;
    default: break;
  }
  luaL_error(L, "sql: %s", fault->message);
}

/* The parameter at index. Texts live on the stack. [-0, +1, v] */
static as_sql_value parameter(lua_State *L, int index) {
  as_sql_value v = {.type = AS_SQL_TEXT};
  const as_record *record;
  int number = index - 1;
  switch (lua_type(L, index)) {
    case LUA_TNIL: v.type = AS_SQL_NULL; break;
    case LUA_TBOOLEAN:
      v.type = AS_SQL_INTEGER;
      v.integer = lua_toboolean(L, index);
      break;
    case LUA_TNUMBER:
      v.type = lua_isinteger(L, index) ? AS_SQL_INTEGER : AS_SQL_NUMBER;
      if (v.type == AS_SQL_INTEGER) v.integer = lua_tointeger(L, index);
      else v.number = lua_tonumber(L, index);
      break;
    case LUA_TSTRING: v.text.p = lua_tolstring(L, index, &v.text.n); break;
    default:
      if ((record = as_to_record(L, index))) {
        const as_sym *key = as_record_key(record);
        if (!key) luaL_error(L, "sql: parameter %d is a record without a key", number);
        v.text = (as_str){key->text, key->len};
      } else if (as_to_time(L, index) || as_to_duration(L, index)) {
        as_buf text = {0};
        if (as_to_time(L, index)) as_time_format(*as_to_time(L, index), &text);
        else as_duration_write(*as_to_duration(L, index), &text);
        lua_pushlstring(L, text.data, text.len); /* does not jump: the allocator does not fail */
        as_buf_free(&text);
        v.text.p = lua_tolstring(L, -1, &v.text.n);
        return v;
      } else {
        luaL_error(L, "sql: parameter %d is a %s; it can be a text, number, boolean, date, duration, record or nil", number, luaL_typename(L, index));
      }
  }
  lua_pushnil(L);
  return v;
}

/* The query at 1 with the parameters behind it, ready to run. [-0, +0, v] */
static as_sql_query *begin(lua_State *L) {
  as_script *script = as_script_of(L);
  int given = lua_gettop(L) - 1;
  as_str text;
  as_sql_fault fault;
  const as_kind *const *kinds;
  text.p = luaL_checklstring(L, 1, &text.n);
  as_sql_query *query = as_sql_prepare(session(L), text, &fault);
  if (!query) tell(L, text, &fault);
  if (given != (int)as_sql_params(query))
    luaL_error(L, "sql: the query has %d parameters, and %d values are given", (int)as_sql_params(query), given);
  for (int i = 0; i < given; i++) {
    as_sql_value v = parameter(L, i + 2);
    as_sql_bind(query, (size_t)i, &v);
    lua_pop(L, 1);
  }
  size_t n = as_sql_kinds(query, &kinds);
  for (size_t i = 0; i < n; i++) as_trace_kind(script->bound, kinds[i]);
  return query;
}

/* ---- answers ---- */

/* A field as it stands comes as isms gives it, where the value fits: in a UNION anything may stand beside it. [-0, +1 or +0, -] */
static bool push_typed(lua_State *L, as_type type, const as_sql_value *v) {
  as_time t;
  as_duration d;
  if (type == AS_T_BOOLEAN && v->type == AS_SQL_INTEGER && (v->integer == 0 || v->integer == 1)) lua_pushboolean(L, v->integer != 0);
  else if (v->type != AS_SQL_TEXT) return false;
  else if (type == AS_T_DATE && as_date_parse(v->text, &t)) as_push_time(L, t);
  else if (type == AS_T_TIME && as_time_parse(v->text, &t)) as_push_time(L, t);
  else if (type == AS_T_DURATION && as_duration_parse(v->text, &d)) as_push_duration(L, d);
  else return false;
  return true;
}

/* `_record`: the record that the number stands for. [-0, +1 or +0, -] */
static bool push_record(lua_State *L, const as_kind *kind, const as_sql_value *v) {
  const as_script *script = as_script_of(L);
  const as_model *model = script->bound->model;
  if (v->type != AS_SQL_INTEGER || v->integer < 1 || (uint64_t)v->integer > as_model_count(model, kind)) return false;
  as_push_record(L, script, as_model_at(model, kind, (size_t)v->integer - 1));
  return true;
}

/* [-0, +1, -] */
static void push_value(lua_State *L, as_sql_query *query, size_t i) {
  as_sql_value v = as_sql_get(query, i);
  as_sql_column_info info = {.field = false};
  if (v.type != AS_SQL_NULL) info = as_sql_column(query, i);
  if (info.record && push_record(L, info.record, &v)) return;
  if (info.field && push_typed(L, info.type, &v)) return;
  switch (v.type) {
    case AS_SQL_NULL: lua_pushnil(L); break;
    case AS_SQL_INTEGER: lua_pushinteger(L, v.integer); break;
    case AS_SQL_NUMBER: lua_pushnumber(L, v.number); break;
    case AS_SQL_TEXT:
    case AS_SQL_BLOB: as_push_str(L, v.text); break;
  }
}

/* The names of the columns, as a table and one by one behind it, from index + 1 on. [-0, +1 + columns, v] */
static int push_names(lua_State *L, as_sql_query *query, bool unique) {
  size_t n = as_sql_columns(query);
  luaL_checkstack(L, (int)n + 20, "too many columns");
  lua_createtable(L, (int)n, 0);
  int names = lua_gettop(L);
  for (size_t i = 0; i < n; i++) {
    lua_pushstring(L, as_sql_column(query, i).name);
    for (size_t k = 0; unique && k < i; k++)
      if (lua_rawequal(L, -1, names + 1 + (int)k))
        luaL_error(L, "sql: two columns are called `%s`; name one of them with AS", lua_tostring(L, -1));
    lua_pushvalue(L, -1);
    lua_rawseti(L, names, (lua_Integer)i + 1);
  }
  return names;
}

/* All rows; their values by name, or by number. Leaves the names at the index that it gives, the list of rows on top. [-0, +n, v] */
static int gather(lua_State *L, as_sql_query *query, bool by_name) {
  as_sql_fault fault;
  as_sql_step step;
  lua_Integer count = 0;
  int names = push_names(L, query, by_name), n = (int)as_sql_columns(query);
  lua_createtable(L, 0, 0);
  while ((step = as_sql_next(query, &fault)) == AS_SQL_ROW) {
    if (++count > AS_SQL_ROWS) {
      as_sql_reset(query);
      luaL_error(L, "sql: the query gives more than 100,000 rows; let it count or choose");
    }
    lua_createtable(L, by_name ? 0 : n, by_name ? n : 0);
    for (int i = 0; i < n; i++) {
      if (by_name) lua_pushvalue(L, names + 1 + i);
      push_value(L, query, (size_t)i);
      if (by_name) lua_rawset(L, -3);
      else lua_rawseti(L, -2, i + 1);
    }
    lua_rawseti(L, -2, count);
  }
  if (step == AS_SQL_FAULT) {
    as_str text;
    text.p = lua_tolstring(L, 1, &text.n);
    tell(L, text, &fault);
  }
  return names;
}

/* sql(text, …) → list of rows, each a table from column to value [-n, +1, v] */
int as_sql_rows(lua_State *L) {
  as_sql_query *query = begin(L);
  if (as_sql_explains(query)) return luaL_error(L, "sql: EXPLAIN is for `assay query`");
  gather(L, query, true);
  return 1;
}

/* engine.sql(text, …) → {columns = names, rows = lists of values in their order} [-n, +1, v] */
int as_sql_table(lua_State *L) {
  as_sql_query *query = begin(L);
  int names = gather(L, query, false), rows = lua_gettop(L);
  lua_createtable(L, 0, 2);
  lua_pushvalue(L, names);
  lua_setfield(L, -2, "columns");
  lua_pushvalue(L, rows);
  lua_setfield(L, -2, "rows");
  return 1;
}

/* engine.sql_results(document): what the tables of results show from now on; nil: nothing [-1, +0, v] */
int as_sql_results(lua_State *L) {
  lua_settop(L, 1);
  as_sql *sql = session(L);
  as_binding *bound = as_script_of(L)->bound;
  as_sql_set_result(sql, NULL);
  as_arena_free(bound->results);
  bound->results = NULL;
  if (lua_isnil(L, 1)) return 0;
  luaL_checktype(L, 1, LUA_TTABLE);
  bound->results = as_arena_new();
  as_sql_set_result(sql, as_node_of(L, 1, bound->results));
  return 0;
}
