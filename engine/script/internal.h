/* What the files of engine/script share. No other layer includes this.
 *
 * Behind each function that takes a lua_State stands what it does to the stack, as in the Lua manual:
 * [-o, +p, x]: it takes o values away, puts p there, and raises errors never (-) or for a reason told (e).
 * Running out of memory is no error here: the allocator ends the process and never returns NULL. A function that Lua
 * calls takes its arguments and gives the results it counts, [-n, +r, e]; one named as_…_open keeps the stack, [-0, +0, -].
 *
 * A record is a light userdata: its address with the number of its model in the bits that no address uses.
 * So it costs nothing to make, equals itself, and is refused once its model is gone. Every full userdata
 * that Lua code can hold begins with an as_tag. */
#ifndef AS_SCRIPT_INTERNAL_H
#define AS_SCRIPT_INTERNAL_H

#include <lauxlib.h>
#include <lua.h>
#include <signal.h>

#include "base/regex.h"
#include "script/script.h"

#if LUA_VERSION_NUM != 504 || LUA_VERSION_RELEASE_NUM < 50404
#error "Lua 5.4.4 or a later 5.4 is needed"
#endif
_Static_assert(sizeof(void *) == 8, "records are named by 64 bits");

/* ---- places in the registry: its array part, so that a value is an index away ---- */

enum {
  AS_REG_FIRST = 8,
  AS_REG_RECORD = AS_REG_FIRST, /* metatables */
  AS_REG_TIME,
  AS_REG_DURATION,
  AS_REG_LIST,
  AS_REG_COLLECTION,
  AS_REG_ISMS,
  AS_REG_GUARD,
  AS_REG_PLAIN_LIST,  /* marks a table as a list */
  AS_REG_METHODS,     /* of collections */
  AS_REG_NAMES,       /* keeps the names of kinds and fields from being collected */
  AS_REG_BASE,        /* safe functions by name */
  AS_REG_LIBS,        /* safe libraries by name */
  AS_REG_TRUSTED,     /* environment of the stdlib */
  AS_REG_LOADED,      /* modules by name */
  AS_REG_LOADING,     /* list of modules that are being loaded */
  AS_REG_VIEW,        /* isms of the current model, or false */
  AS_REG_COLLECTIONS, /* its collections, by index of kind + 1 */
  AS_REG_CATALOG,     /* isms.catalog */
  AS_REG_ENGINE,      /* the engine table */
  AS_REG_LAST,
  AS_REG_STRINGS = 32,
  AS_CACHE = 1024, /* strings and times that are kept */
  AS_REG_TIMES = AS_REG_STRINGS + AS_CACHE,
  AS_REG_END = AS_REG_TIMES + AS_CACHE
};

typedef enum {
  AS_TAG_TIME = 0x61730001,
  AS_TAG_DURATION,
  AS_TAG_LIST,
  AS_TAG_COLLECTION,
  AS_TAG_ISMS,
  AS_TAG_GUARD
} as_tag;

/* ---- kinds as Lua sees them ---- */

typedef enum { AS_SIDE_VALUE, AS_SIDE_RECORD, AS_SIDE_KEY } as_side;

/* A name that reads a field. */
typedef struct {
  const char *name;
  const as_field *field;
  as_side side;
} as_slot;

/* Names by the address of their Lua string, which is one per text for short strings. */
typedef struct {
  struct as_name {
    const char *text; /* the Lua string's bytes, pinned by AS_REG_NAMES */
    const void *value;
  } * entries;
  uint32_t mask, count;
} as_names;

typedef struct {
  const as_kind *kind;
  as_slot *slots; /* sorted by name */
  uint32_t n_slots;
  as_names names;
} as_view;

/* ---- the model that is shown ---- */

typedef struct as_binding {
  const as_model *model;
  as_time as_of;
  const as_kind *organization;
  uint32_t generation; /* from 1 */
  bool all_visible;
  bool missed;     /* an entry of unsupplied is set */
  uint8_t *flags;  /* by index of kind */
  struct as_sql *sql; /* opened at its first use */
  as_arena *results;  /* what its tables of results are made of, or NULL */
} as_binding;

enum { AS_KIND_SUPPLIED = 1, AS_KIND_VISIBLE = 2, AS_KIND_MISSED = 4 };

/* ---- the log of reads ---- */

enum { AS_TRACE_RING = 256, AS_TRACE_DISTINCT = 64 };

typedef struct {
  const as_record *record;
  const as_slot *slot;
} as_read_note;

typedef struct {
  const as_record *watched;
  const as_field *future;
  uint32_t n;
  bool full; /* 64 distinct reads are noted: no more are */
  as_read_note notes[AS_TRACE_RING];
} as_trace;

typedef struct as_pool as_pool;
typedef struct as_cover as_cover;

struct as_script {
  lua_State *L;
  as_diags *diags; /* borrowed */
  as_arena *arena;
  as_intern *texts; /* codes of diagnostics, which must outlive them */
  const char *stdlib;
  const char *stdlib_name; /* how its files are called in messages */
  as_limit_fn on_limit;
  void *on_limit_ctx;
  char *loading; /* where the file that is being loaded is noted, or NULL */
  size_t loading_size;

  /* memory, in bytes of Lua's heap */
  as_pool *pool;
  size_t used, next, cap; /* at `next` something is to be done; beyond `cap` the process ends */
  size_t floor;           /* what was left after the last collection */
  bool want_collect;

  /* the budget of one rule */
  uint64_t memory_bytes, steps;
  double seconds;
  bool budget, ending;
  bool soft, cut;      /* as_script_soften; a limit has cut the call short */
  as_limit cut_by;
  char cut_at[2048];
  volatile sig_atomic_t expired;
  uint64_t steps_left;
  int slice;
  struct sigaction old_alarm;
  as_cover *cover; /* lines that are noted, or NULL */

  /* kinds and model */
  const as_kinds *kinds;
  as_view *views; /* by index of kind */
  uint32_t n_views;
  as_names kind_names;
  as_binding *bound; /* or NULL */
  uint32_t generations;
  as_trace trace;

  /* caches, by slot */
  const as_sym *sym_at[AS_CACHE], *sym_seen[AS_CACHE]; /* seen: read once, not kept yet */
  as_time time_at[AS_CACHE];
  bool time_set[AS_CACHE];
  as_regexes *regex;
  as_limits limits; /* of patterns */

  /* scratch for filters: filled and emptied without calling Lua in between */
  const as_record **found;
  size_t found_cap;
};

static inline as_script *as_script_of(lua_State *L) { return *(as_script **)lua_getextraspace(L); } /* [-0, +0, -] */

/* ---- pool.c ---- */

as_pool *as_pool_new(void);
void as_pool_free(as_pool *pool);
/* New objects come from memory of this process alone, not from what is left of what it shares with its parent. */
void as_pool_forked(as_pool *pool);
/* As Lua's allocator; never NULL where size > 0. */
void *as_pool_realloc(as_pool *pool, void *p, size_t old_size, size_t size);

/* ---- budget.c ---- */

void *as_budget_allocate(void *ud, void *ptr, size_t osize, size_t nsize);
/* For loops in C: reports the limit of time when it is over. [-0, +0, -] */
void as_budget_poll(lua_State *L);
/* Whether a soft limit is met: what is under way in C shall come to an end. */
bool as_budget_is_over(const as_script *script);
/* The limit is met: ends the process where a budget runs, else comes back. [-0, +0, -] */
void as_budget_exceed(lua_State *L, as_limit limit);
/* Takes `n` steps from the budget of steps. [-0, +0, -] */
void as_budget_charge(lua_State *L, uint64_t n);
/* Collects garbage when much was made since the last time. [-0, +0, -] */
void as_budget_tidy(as_script *script);
/* Sets the hook anew, after script->cover was. [-0, +0, -] */
void as_budget_rearm(as_script *script);

/* ---- cover.c ---- */

/* A line is run or a function called, while script->cover is set. [-0, +0, -] */
void as_cover_note(lua_State *L, lua_Debug *ar);
void as_cover_free(as_script *script);

/* ---- sandbox.c, freeze.c, text_lib.c, match.c, table_lib.c ---- */

/* Opens the safe libraries and sets the metatables of nil and strings. [-0, +0, -] */
void as_sandbox_open(lua_State *L);
/* A fresh environment with the names of AS_REG_BASE that `base` lists and its own libraries. With a value at
 * index `extra` (0: none) its entries too. [-0, +1, e] */
void as_sandbox_rule_env(lua_State *L, int extra);
void as_sandbox_trusted_env(lua_State *L); /* [-0, +1, -] */
/* Makes error "… `word` …; did you mean …?" out of the string keys of the table at `names`. [-0, +0, v] */
int as_sandbox_unknown(lua_State *L, int names, const char *format, const char *word);

/* A read-only, deep copy of a plain table. [-0, +1, e] */
void as_freeze(lua_State *L, int index);
/* Where the value at index is a frozen table: replaces it by what is in it. [-0, +0, -] */
bool as_thaw(lua_State *L, int index);

/* The safe functions of these libraries, as a table. [-0, +1, e] */
int as_text_lib(lua_State *L);
int as_table_lib(lua_State *L);
int as_regex_lib(lua_State *L);
void as_regex_close(as_script *script);
/* string.find, match, gmatch, gsub with a bound on the work. */
int as_match_find(lua_State *L);
int as_match_match(lua_State *L);
int as_match_gmatch(lua_State *L);
int as_match_gsub(lua_State *L);
/* pairs and next in sorted order */
int as_table_pairs(lua_State *L);
int as_table_next(lua_State *L);
/* A list of the keys of the table at index, sorted by type and value. Other keys than strings, numbers, booleans,
 * records, times and durations are refused. [-0, +1, e] */
void as_table_keys(lua_State *L, int index);
/* tostring without addresses. [-0, +1, e] */
void as_text_of(lua_State *L, int index);
int as_text_tostring(lua_State *L);
/* Calls Lua's function in upvalue 1 with all arguments, for one result; errors are told as of `name`. [-n, +1, e] */
int as_text_delegate(lua_State *L, const char *name);

/* ---- modules.c ---- */

int as_module_require(lua_State *L);
/* Loads text chunks only; the chunk's environment is at index env. Pushes the function, or nil, message,
 * line. [-0, +1 or +3, e] */
int as_module_compile(lua_State *L, as_str text, const char *chunk, int env, bool bounded);

lua_Integer as_module_depth(lua_State *L);             /* [-0, +0, -] */
void as_module_trim(lua_State *L, lua_Integer depth);  /* [-0, +0, -] */

/* ---- try.c ---- */

/* A message handler: gives a table {message, traceback}. */
int as_try_handler(lua_State *L);
int as_try(lua_State *L);
/* Turns what the handler gave into message and traceback. [-1, +2, e] */
void as_try_unpack(lua_State *L);

/* ---- guard.c: C resources that must be freed whatever happens ---- */

/* Pushes a userdata that calls free_fn(p) when it is collected or as_guard_free is called. [-0, +1, -] */
void as_guard(lua_State *L, void *p, void (*free_fn)(void *));
void as_guard_free(lua_State *L, int index); /* [-0, +0, -] */
void as_guard_open(lua_State *L);

/* ---- when.c ---- */

void as_when_open(lua_State *L);
void as_push_time(lua_State *L, as_time t);              /* [-0, +1, -] */
void as_push_duration(lua_State *L, as_duration d);      /* [-0, +1, -] */
const as_time *as_to_time(lua_State *L, int index);      /* [-0, +0, -] NULL where it is none */
const as_duration *as_to_duration(lua_State *L, int index); /* the same */
int as_when_date(lua_State *L);
int as_when_duration(lua_State *L);

/* ---- values.c ---- */

/* A value that can be compared, grouped and sorted. Texts are borrowed. */
typedef enum {
  AS_CELL_NIL, AS_CELL_BOOL, AS_CELL_INT, AS_CELL_NUM, AS_CELL_TEXT, AS_CELL_TIME, AS_CELL_DURATION, AS_CELL_RECORD,
  AS_CELL_OTHER
} as_cell_type;
typedef struct {
  as_cell_type type;
  uint32_t at; /* for the caller */
  union {
    bool boolean;
    int64_t integer;
    double number;
    as_str text;
    as_time time;
    as_duration duration;
    const as_record *record;
  } u;
} as_cell;

as_cell as_cell_of(lua_State *L, int index);                                   /* [-0, +0, -] */
as_cell as_cell_read(const as_record *record, const as_slot *slot);
void as_cell_push(lua_State *L, const as_cell *cell);                          /* [-0, +1, -] */
bool as_cell_equal(const as_cell *a, const as_cell *b);
/* -1, 0, 1; 2 where the two have no order. */
int as_cell_compare(const as_cell *a, const as_cell *b);
/* Stable. False where two have no order; then *a and *b name such two. */
bool as_cells_sort(as_cell *cells, as_cell *spare, size_t n, const as_cell **a, const as_cell **b);
const char *as_cell_name(const as_cell *cell);
/* One string for one value, for grouping by times and durations; other values stay. [-0, +1, -] */
void as_cell_push_key(lua_State *L, const as_cell *cell);
/* [-0, +1, -] */
void as_push_str(lua_State *L, as_str text);
void as_push_sym(lua_State *L, const as_sym *sym);
/* The value in Lua, nil where there is none. Follows references without noting anything. [-0, +1, -] */
void as_push_field(lua_State *L, const as_record *record, const as_slot *slot);

/* ---- kinds.c ---- */

/* Builds the views of `kinds`. [-0, +0, e] */
void as_kinds_bind(lua_State *L, const as_kinds *kinds);
void as_kinds_unbind(as_script *script);
static inline uint32_t as_names_spread(const char *text) {
  return (uint32_t)(((uint64_t)(uintptr_t)text * 0x9e3779b97f4a7c15u) >> 40);
}
/* The value of a name by its address, or NULL. */
static inline const void *as_names_get(const as_names *names, const char *text) {
  for (uint32_t i = as_names_spread(text) & names->mask;; i = (i + 1) & names->mask) {
    if (names->entries[i].text == text) return names->entries[i].value;
    if (!names->entries[i].text) return NULL;
  }
}
/* By the Lua string at index; NULL where there is none. [-0, +0, -] */
const as_slot *as_view_slot(lua_State *L, const as_view *view, int index);
const as_slot *as_view_find(const as_view *view, const char *name);
const as_view *as_view_of_kind(lua_State *L, int index); /* [-0, +0, -] the same of kinds */
/* The view of the kind named at index, or an error with a suggestion. [-0, +0, e] */
const as_view *as_view_check(lua_State *L, int index);
/* [-0, +0, v] */
int as_view_unknown(lua_State *L, const as_view *view, const char *name);
const as_slot *as_view_check_slot(lua_State *L, const as_view *view, int index); /* [-0, +0, e] */
int as_kinds_field(lua_State *L);
int as_kinds_list(lua_State *L);
int as_kinds_has(lua_State *L);
int as_kinds_kind(lua_State *L);

/* ---- view_record.c, view_list.c, view_collection.c, view_isms.c, collect.c, filter.c ---- */

#define AS_RECORD_BITS 0x0000fffffffffff8u

static inline void *as_record_tagged(const as_record *record, uint32_t generation) {
  uintptr_t high = (uintptr_t)(generation >> 3) << 48, low = generation & 7u;
  return (void *)((uintptr_t)record | high | low);
}
static inline uint32_t as_record_generation(const void *tagged) {
  uintptr_t bits = (uintptr_t)tagged;
  return (uint32_t)(bits >> 48) << 3 | (uint32_t)(bits & 7u);
}
enum { AS_GENERATIONS = (1 << 19) - 1 };

/* [-0, +1, -] */
static inline void as_push_record(lua_State *L, const as_script *script, const as_record *record) {
  lua_pushlightuserdata(L, as_record_tagged(record, script->bound->generation));
}
extern char as_null; /* its address as light userdata is engine.null */

void as_record_open(lua_State *L);
/* NULL where it is no record, or one of a model that is not shown. [-0, +0, -] */
const as_record *as_to_record(lua_State *L, int index);
const as_record *as_check_record(lua_State *L, int index); /* [-0, +0, e] */
void as_record_text(const as_record *record, as_buf *out);
int as_record_origin(lua_State *L);
int as_record_peek(lua_State *L);
static inline bool as_is_light_record(lua_State *L, int index) { /* [-0, +0, -] */
  return lua_type(L, index) == LUA_TLIGHTUSERDATA && lua_touserdata(L, index) != (void *)&as_null;
}

typedef struct {
  uint32_t tag, generation;
  const as_value *items; /* NULL: records */
  uint32_t count;
  const as_record *records[];
} as_list;
void as_list_open(lua_State *L);
void as_list_push(lua_State *L, const as_value *value, as_side side); /* [-0, +1, -] */
const as_list *as_to_list(lua_State *L, int index);                   /* [-0, +0, -] */
const as_list *as_check_list(lua_State *L, int index);                /* [-0, +0, e] */
void as_list_item(lua_State *L, const as_list *list, uint32_t i);     /* [-0, +1, -] from 0 */
void as_push_value(lua_State *L, const as_value *value, as_side side); /* [-0, +1, -] */

typedef struct {
  uint32_t tag, generation;
  const as_kind *kind;
  const as_record *const *items; /* NULL: all records of the kind */
  size_t count;
  bool in_order;                 /* of the bundle */
  const as_record *own[];
} as_collection;
void as_collection_open(lua_State *L);
extern const char *const as_isms_fields[], *const as_collection_fields[], *const as_time_fields[], *const as_duration_fields[]; /* NULL ends them */
int as_word_at(const char *const *words, const char *word); /* -1: none of them */
void as_collect_methods(lua_State *L);   /* [-0, +0, -] adds to the table on top */
void as_group_methods(lua_State *L);     /* the same */
as_collection *as_to_collection(lua_State *L, int index);    /* [-0, +0, -] NULL where it is none */
as_collection *as_check_collection(lua_State *L, int index); /* [-0, +0, e] also notes the kind as read */
/* items == NULL: room for n own ones; the caller fills and sets count. [-0, +1, -] */
as_collection *as_collection_push(lua_State *L, const as_kind *kind, const as_record *const *items, size_t n);
as_collection *as_collection_whole(lua_State *L, const as_kind *kind); /* [-0, +1, -] */
/* Cuts unused room. The collection is on top. [-0, +0, -] */
as_collection *as_collection_fit(lua_State *L, as_collection *collection, size_t room);
int as_collection_make(lua_State *L); /* engine.collection */
static inline const as_record *as_collection_at(const as_script *script, const as_collection *c, size_t i) {
  return c->items ? c->items[i] : as_model_at(script->bound->model, c->kind, i);
}

typedef struct as_filter as_filter;
/* Compiles the table at index for the records of a kind. [-0, +1, e] pushes what keeps it alive */
as_filter *as_filter_make(lua_State *L, const as_view *view, int index);
bool as_filter_test(const as_filter *filter, const as_record *record);
/* The records that an index gives for one of its clauses, which is then taken as tested; NULL where there is none. */
const as_record *const *as_filter_narrow(as_filter *filter, const as_model *model, const as_kind *kind, size_t *count, bool *done);

void as_isms_open(lua_State *L);
/* Shows the model; NULL: none. [-0, +0, e] */
void as_isms_bind(lua_State *L, const as_model *model, as_time as_of);
as_binding *as_binding_new(as_script *script, const as_model *model, as_time as_of);
void as_binding_free(void *binding);
void as_isms_show(lua_State *L); /* fresh view and collections for the binding. [-0, +0, -] */
int as_isms_get(lua_State *L);
int as_isms_needs(lua_State *L);
int as_isms_catalog(lua_State *L);

/* ---- trace.c ---- */

void as_trace_compact(as_trace *trace);
int as_trace_watch(lua_State *L);
int as_trace_mark(lua_State *L);
int as_trace_reads(lua_State *L);
int as_trace_future(lua_State *L);
int as_trace_unsupplied(lua_State *L);
int as_trace_missed(lua_State *L);
int as_trace_mark_kinds(lua_State *L);

static inline void as_trace_note(as_trace *trace, const as_record *record, const as_slot *slot) {
  if (trace->full) return;
  if (trace->n == AS_TRACE_RING) as_trace_compact(trace);
  if (trace->full) return;
  trace->notes[trace->n++] = (as_read_note){record, slot};
}
static inline void as_trace_kind(as_binding *bound, const as_kind *kind) {
  if (bound->flags[kind->index] & AS_KIND_SUPPLIED) return;
  bound->flags[kind->index] |= AS_KIND_MISSED;
  bound->missed = true;
}

/* ---- node_lua.c ---- */

void as_node_push(lua_State *L, const as_node *node); /* [-0, +1, e] too deep */
/* As above, and notes the node of each table in the table at index `places`; the nodes must outlive it. [-0, +1, e] */
void as_node_push_placed(lua_State *L, const as_node *node, int places);
int as_node_where(lua_State *L);
as_node *as_node_of(lua_State *L, int index, as_arena *arena); /* [-0, +0, e] */
int as_node_list(lua_State *L);                                /* engine.list */

/* ---- sql_lib.c ---- */

int as_sql_rows(lua_State *L);    /* sql of rules */
int as_sql_table(lua_State *L);   /* engine.sql */
int as_sql_results(lua_State *L); /* engine.sql_results */

/* ---- engine_*.c ---- */

void as_engine_open(lua_State *L);            /* [-0, +0, -] */
void as_engine_files(lua_State *L);           /* [-0, +0, -] adds to the table on top */
void as_engine_values(lua_State *L);          /* the same */
void as_engine_cover(lua_State *L);           /* the same */
void as_engine_fixtures(lua_State *L);        /* the same */
int as_engine_to_text(lua_State *L);
int as_engine_with_model(lua_State *L);
void as_engine_push_diag(lua_State *L, const as_diag *diag);    /* [-0, +1, -] */
void as_engine_push_diags(lua_State *L, const as_diags *diags); /* a list. [-0, +1, -] */

#endif
