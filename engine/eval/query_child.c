/* The process of a query: reads the bundle, raises the last walls, then runs the SQL and sends its rows. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "eval/query_inside.h"
#include "eval/shapes.h"
#include "model/bundle.h"
#include "model/sql.h"

#define BATCH_BYTES ((size_t)256 << 10) /* of rows, in one message */
#define BATCH_ROWS 1000u
#define ROOM ((uint64_t)512 << 20)      /* of addresses, beyond what the bundle and SQLite may have */
#define HELD_BACK 2.0                   /* seconds of processor time for all else than the query */

typedef struct {
  const as_query_job *job;
  as_host host;
  as_sql *sql;
  double begun; /* processor time */
} asking;

static double processor_time(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool poll(void *ctx, uint32_t steps) {
  const asking *a = ctx;
  (void)steps;
  return processor_time() - a->begun < a->job->query->seconds;
}

static int through(asking *a, const char *status) {
  as_node *n = as_node_new(a->host.arena, AS_MAP);
  as_node_put(a->host.arena, n, "status", as_node_text(a->host.arena, as_str_of(status)));
  bool ok = as_host_report(&a->host) && as_frame_send(a->host.out, AS_MSG_DONE, 0, n);
  return ok ? AS_EXIT_OK : AS_EXIT_INTERNAL;
}

/* ---- faults ---- */

static void tell(asking *a, const as_sql_fault *fault) {
  static const char *const codes[] = {[AS_SQL_WRONG] = "E0752", [AS_SQL_HIDDEN] = "E0752", [AS_SQL_RESULTS] = "E0752",
                                      [AS_SQL_STOPPED] = "E0753", [AS_SQL_MEMORY] = "E0754", [AS_SQL_FAILED] = "E0756"};
  as_diag d = {.code = codes[fault->trouble], .severity = AS_ERROR, .message = fault->message, .help = *fault->help ? fault->help : NULL};
  as_str source;
  as_buf text = {0};
  if (fault->trouble == AS_SQL_WRONG) {
    d.document = a->job->query->name;
    as_sql_place(a->job->query->text, fault, &d.line, &d.column, &source);
    d.source = as_arena_copy(a->host.arena, source.p, source.n);
  } else if (fault->trouble == AS_SQL_STOPPED) {
    as_buf_printf(&text, "the query takes more than %.6g s (--limit-time)", a->job->query->seconds);
  } else if (fault->trouble == AS_SQL_MEMORY) {
    as_buf_printf(&text, "the query needs more than %.6g MB of memory (--limit-memory)", (double)a->job->query->memory_bytes / 1048576);
  }
  if (text.len)
    d.message = text.data;
  as_diags_push(a->host.diags, &d);
  as_buf_free(&text);
}

static const char *status_of(const as_sql_fault *fault) {
  return fault->trouble == AS_SQL_WRONG ? "wrong" : fault->trouble == AS_SQL_RESULTS ? "results" : "broken";
}

/* Looks at the query without any records. NULL where it is good; else the status that ends it. */
static const char *look(asking *a) {
  as_model *empty = as_model_new(a->host.arena, a->host.intern, a->host.kinds);
  as_model_seal(empty, (as_time){0}, a->host.diags);
  as_sql_options options = {.memory_bytes = a->job->query->memory_bytes};
  as_sql *sql = as_sql_open(empty, &options);
  as_sql_set_result(sql, a->job->result);
  as_sql_fault fault;
  const as_sql_query *query = as_sql_prepare(sql, a->job->query->text, &fault);
  const char *status = NULL, *about = a->job->query->about;
  if (!query) {
    status = status_of(&fault);
    if (fault.trouble != AS_SQL_RESULTS)
      tell(a, &fault);
  } else if (as_sql_params(query) != (about ? 1u : 0u)) {
    as_diags_add(a->host.diags, "E0752", AS_ERROR, NULL, 0, 0, "write the value itself", "the query has parameters, and nothing gives them a value");
    status = "wrong";
  } else if (about && !as_sql_has_table(sql, about, fault.help)) {
    as_diags_add(a->host.diags, "E0752", AS_ERROR, NULL, 0, 0, fault.help, "there is no table `%s`", about);
    status = "wrong";
  }
  as_sql_close(sql);
  as_model_free(empty);
  return status;
}

/* ---- rows ---- */

static as_node *value_node(as_arena *arena, const as_sql_value *v) {
  as_buf hex = {0};
  as_node *node;
  switch (v->type) {
  case AS_SQL_NULL: return as_node_null(arena);
  case AS_SQL_INTEGER: return as_node_int(arena, v->integer);
  case AS_SQL_NUMBER: return as_node_num(arena, v->number);
  case AS_SQL_TEXT: return as_node_text(arena, v->text);
  case AS_SQL_BLOB: break;
  }
  for (size_t i = 0; i < v->text.n; i++)
    as_buf_printf(&hex, "%02x", (unsigned)(unsigned char)v->text.p[i]);
  node = as_node_textf(arena, "x'%s'", hex.data ? hex.data : "");
  as_buf_free(&hex);
  return node;
}

static as_node *columns_node(as_arena *arena, const as_sql_query *query) {
  as_node *list = as_node_new(arena, AS_LIST);
  for (size_t i = 0; i < as_sql_columns(query); i++)
    as_node_add(list, as_node_text(arena, as_str_of(as_sql_column(query, i).name)));
  return list;
}

static bool send(asking *a, const char *member, as_arena *arena, as_node *list) {
  as_node *map = as_node_new(arena, AS_MAP);
  as_node_put(arena, map, member, list);
  return as_frame_send(a->host.out, AS_MSG_ROWS, 0, map);
}

/* Gives the status with which the query ends; NULL where nobody listens any more. */
static const char *give_rows(asking *a, as_sql_query *query) {
  as_arena *arena = as_arena_new();
  as_node *batch = as_node_new(arena, AS_LIST);
  as_sql_fault fault;
  as_sql_step step;
  const char *status = "ok";
  uint64_t rows = 0;
  while ((step = as_sql_next(query, &fault)) == AS_SQL_ROW) {
    if (++rows > a->job->query->rows) {
      as_diags_add(a->host.diags, "E0755", AS_ERROR, NULL, 0, 0, "let it count or choose, or raise --limit-rows", "the query gives more than %llu rows",
                   (unsigned long long)a->job->query->rows);
      status = "broken";
      break;
    }
    as_node *row = as_node_add(batch, as_node_new(arena, AS_LIST));
    for (size_t i = 0; i < as_sql_columns(query); i++) {
      as_sql_value v = as_sql_get(query, i);
      as_node_add(row, value_node(arena, &v));
    }
    if (as_arena_used(arena) < BATCH_BYTES && batch->count < BATCH_ROWS)
      continue;
    if (!send(a, "rows", arena, batch))
      return NULL;
    as_arena_reset(arena);
    batch = as_node_new(arena, AS_LIST);
  }
  if (step == AS_SQL_FAULT) {
    tell(a, &fault);
    status = "broken";
  }
  if (batch->count && !send(a, "rows", arena, batch))
    return NULL;
  as_arena_free(arena);
  return status;
}

/* ---- the process ---- */

/* Nothing is opened, nothing started from now on. */
static bool wall_up(asking *a) {
  static const char *const none[] = {NULL};
  uint64_t memory = as_wall_memory_used(), more = a->job->query->memory_bytes;
  as_wall_numbers numbers = {.cpu_seconds = processor_time() + a->job->query->seconds + HELD_BACK, .files = AS_CHILD_OUT + 1};
  if (more < UINT64_MAX - ROOM - memory)
    numbers.address_bytes = memory + more + ROOM;
  return as_proc_null_stdin() && as_wall_files(a->host.wall, none, 0) && as_wall_calls(a->host.wall, AS_STAGE_WAIT) &&
         as_wall_limits(a->host.wall, &numbers) && as_wall_calls(a->host.wall, AS_STAGE_JUDGE);
}

static int answer(asking *a, const as_bundle *bundle) {
  as_sql_options options = {.ctx = a, .poll = poll, .memory_bytes = a->job->query->memory_bytes};
  as_sql_fault fault;
  a->begun = processor_time();
  a->sql = as_sql_open(bundle->model, &options);
  as_sql_set_result(a->sql, a->job->result);
  as_sql_query *query = as_sql_prepare(a->sql, a->job->query->text, &fault);
  if (!query) {
    tell(a, &fault);
    return through(a, status_of(&fault));
  }
  if (a->job->query->about) {
    as_sql_value about = {.type = AS_SQL_TEXT, .text = as_str_of(a->job->query->about)};
    as_sql_bind(query, 0, &about);
  }
  if (!send(a, "columns", a->host.arena, columns_node(a->host.arena, query)))
    return AS_EXIT_INTERNAL;
  const char *status = give_rows(a, query);
  if (!status)
    return AS_EXIT_INTERNAL;
  return through(a, strcmp(status, "ok") == 0 && bundle->incomplete ? "incomplete" : status);
}

int as_query_main(void *ctx, int out) {
  asking a = {.job = ctx};
  const as_run_options *o = a.job->options;
  if (!as_host_walls(&a.host, o, out) || !as_host_start(&a.host, AS_HOST_BUNDLES))
    return as_host_report(&a.host) ? AS_EXIT_INVALID : AS_EXIT_INTERNAL;
  const char *status = look(&a);
  if (status)
    return through(&a, status);
  as_bundle bundle = {0};
  as_bundle_options bo = {.path = o->bundles[0], .at = o->at, .limits = o->limits, .strict = o->strict};
  as_bundle_status read = as_bundle_read(a.host.arena, a.host.intern, a.host.kinds, &bo, &bundle, a.host.diags);
  if (read != AS_BUNDLE_OK)
    return through(&a, read == AS_BUNDLE_MISSING ? "missing" : "invalid");
  if (o->strict && as_diags_errors(a.host.diags) > 0)
    bundle.incomplete = true;
  if (!as_host_report(&a.host))
    return AS_EXIT_INTERNAL;
  if (!wall_up(&a))
    return AS_CHILD_BROKEN;
  return answer(&a, &bundle);
}
