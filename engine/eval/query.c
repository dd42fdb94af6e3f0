/* Queries: the caller's side. Starts the process, looks at every row that comes, and has the bundle evaluated where the query asks
 * for results. Runs no SQL. */
#include "eval/query.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "eval/query_inside.h"
#include "eval/shapes.h"

#define COLUMNS_MAX 1000u
#define START_SECONDS 15.0  /* for the kinds and the settings */
#define AFTER_SECONDS 15.0  /* of silence, beyond the time of the query */
#define ANSWER_BYTES ((uint64_t)1 << 30)

typedef struct {
  const as_query_job *job;
  const as_query_listener *listener;
  as_diags *diags;
  as_child child;
  as_quota left;
  size_t columns;
  double began; /* when the query did, as as_proc_now() */
  bool begun, enough; /* enough: the listener wants no more */
  char status[16];
} running;

static const char *const statuses[] = {"ok", "incomplete", "wrong", "results", "broken", "missing", "invalid", NULL};
static const as_shape done_members[] = {{.name = "status", .type = AS_SHAPE_WORD, .required = true, .words = statuses}, {.name = NULL}};
static const as_shape done_shape = {.name = "done", .type = AS_SHAPE_MAP, .of = done_members};

/* ---- what comes ---- */

static bool is_value(const as_node *n) { return n->type == AS_NULL || n->type == AS_INT || n->type == AS_NUM || n->type == AS_TEXT; }

static bool take_columns(running *r, const as_node *list) {
  if (r->begun || list->type != AS_LIST || list->count == 0 || list->count > COLUMNS_MAX)
    return false;
  for (const as_node *n = list->first; n; n = n->next)
    if (n->type != AS_TEXT)
      return false;
  r->columns = list->count;
  r->begun = true;
  r->began = as_proc_now();
  r->listener->columns(r->listener->ctx, list);
  return true;
}

static bool take_rows(running *r, const as_node *list) {
  if (!r->begun || list->type != AS_LIST)
    return false;
  for (const as_node *row = list->first; row && !r->enough; row = row->next) {
    if (row->type != AS_LIST || row->count != r->columns)
      return false;
    for (const as_node *n = row->first; n; n = n->next)
      if (!is_value(n))
        return false;
    r->enough = !r->listener->row(r->listener->ctx, row);
  }
  return true;
}

/* False where the message makes no sense. */
static bool take(running *r, const as_msg *msg, as_arena *passing) {
  as_node *raw, *node = NULL;
  as_buf why = {0};
  bool ok = !*r->status && as_quota_take(&r->left, msg) && as_node_decode(passing, msg->bytes, msg->n, AS_MESSAGE_NODES, &raw);
  if (ok && msg->type == AS_MSG_DIAGS) {
    if ((ok = (node = as_shape_take(passing, &as_shape_diags, raw, &why)) != NULL))
      as_diags_take(r->diags, node);
  } else if (ok && msg->type == AS_MSG_ROWS && as_node_get(raw, "columns")) {
    ok = take_columns(r, as_node_get(raw, "columns"));
  } else if (ok && msg->type == AS_MSG_ROWS && as_node_get(raw, "rows")) {
    ok = take_rows(r, as_node_get(raw, "rows"));
  } else if (ok && msg->type == AS_MSG_DONE && (node = as_shape_take(passing, &done_shape, raw, &why))) {
    snprintf(r->status, sizeof r->status, "%s", as_node_str(node, "status", ""));
  } else {
    ok = false;
  }
  as_buf_free(&why);
  return ok;
}

static bool reads_stdin(const as_run_options *o) { return strcmp(o->bundles[0], "-") == 0; }

/* Within one step SQLite does not look at the time: then the system ends the process. */
static bool took_too_long(const running *r) {
  bool killed = r->child.end == AS_END_SIGNAL && (r->child.code == SIGKILL || r->child.code == SIGXCPU);
  return r->begun && (r->child.overran || killed) && as_proc_now() - r->began >= r->job->query->seconds;
}

/* A limit met at the start, in the product's own Lua, is no word of ours; it ends like any other failure. */
static void tell_end(running *r, bool sense) {
  if (took_too_long(r)) {
    as_diags_add(r->diags, "E0753", AS_ERROR, NULL, 0, 0, NULL, "the query takes more than %.6g s (--limit-time)", r->job->query->seconds);
    snprintf(r->status, sizeof r->status, "broken");
  } else if (r->child.overran)
    as_diags_add(r->diags, "E0757", AS_ERROR, NULL, 0, 0, NULL, "the process of the query did not end in time and was stopped");
  else if (!sense)
    as_diags_add(r->diags, "E0757", AS_ERROR, NULL, 0, 0, NULL, "the process of the query sent what makes no sense");
  else if (r->child.end == AS_END_SIGNAL)
    as_diags_add(r->diags, "E0757", AS_ERROR, NULL, 0, 0, NULL, "the process of the query was ended by %s", as_signal_name(r->child.code));
  else if (as_diags_errors(r->diags) == 0)
    as_diags_add(r->diags, "E0757", AS_ERROR, NULL, 0, 0, NULL, "the process of the query ended early");
}

/* Runs the process to its end. False where *stop became true. */
static bool run(running *r, const volatile bool *stop) {
  const as_run_options *o = r->job->options;
  as_child *const children[] = {&r->child};
  bool sense = true;
  if (!as_child_spawn(&r->child, as_query_main, (void *)r->job, reads_stdin(o) ? AS_CHILD_STDIN : 0u)) {
    as_diags_add(r->diags, "E0633", AS_ERROR, NULL, 0, 0, NULL, "no process could be started");
    return true;
  }
  if (!reads_stdin(o)) /* whoever writes it has all the time */
    as_child_due(&r->child, START_SECONDS + o->limits.read_seconds + r->job->query->seconds + AFTER_SECONDS);
  while (sense && !r->enough && !*r->status) {
    as_msg msg;
    as_frames_state state;
    double before = as_proc_now();
    while (sense && !r->enough && (state = as_frames_next(r->child.frames, &msg)) != AS_FRAMES_MORE) {
      as_arena *passing = as_arena_new();
      sense = state == AS_FRAMES_MESSAGE && take(r, &msg, passing);
      as_arena_free(passing);
      if (r->begun)
        as_child_due(&r->child, 2 * r->job->query->seconds + AFTER_SECONDS);
    }
    as_children_forgive(children, 1, as_proc_now() - before); /* whoever reads our rows may be slow */
    if (!sense || r->enough || *r->status || r->child.fd < 0 || (stop && *stop))
      break;
    as_children_wait(children, 1, 0, stop);
  }
  if (r->child.fd >= 0 && !*r->status && sense && !r->enough && stop && *stop) {
    as_child_end(&r->child);
    return false;
  }
  if (!*r->status && !r->enough && (r->child.fd < 0 || !sense))
    tell_end(r, sense);
  as_child_end(&r->child);
  return true;
}

static int code_of(const running *r) {
  static const int codes[] = {AS_EXIT_OK, AS_EXIT_INCOMPLETE, AS_EXIT_USAGE, AS_EXIT_INTERNAL, AS_EXIT_INCOMPLETE, AS_EXIT_MISSING, AS_EXIT_INVALID};
  if (r->enough)
    return AS_EXIT_OK;
  for (int i = 0; statuses[i]; i++)
    if (strcmp(r->status, statuses[i]) == 0)
      return codes[i];
  return r->child.end == AS_END_EXIT && r->child.code == AS_EXIT_INVALID ? AS_EXIT_INVALID : AS_EXIT_INTERNAL;
}

/* ---- results ---- */

typedef struct {
  as_arena *arena;
  as_diags *diags;
  as_node *result;
  int code;
} evaluated;

/* Those whose code begins so. */
static void take_some(as_diags *to, const as_diags *from, const char *code) {
  for (size_t i = 0; i < as_diags_count(from); i++)
    if (strncmp(as_diags_at(from, i)->code, code, strlen(code)) == 0)
      as_diags_push(to, as_diags_at(from, i));
}

static void loaded(void *ctx, as_diags *diags) { take_some(((evaluated *)ctx)->diags, diags, ""); }

/* What is said about the bundle is said once more when it is read for the query; here only what came of the rules. */
static bool finished(void *ctx, const as_run_bundle *bundle) {
  evaluated *e = ctx;
  e->code = bundle->code;
  if (bundle->result)
    e->result = as_node_copy(e->arena, bundle->result);
  take_some(e->diags, bundle->diags, bundle->result ? "E06" : "");
  return true;
}

/* The result document of the bundle, or NULL with *code. */
static const as_node *evaluate(const as_run_options *options, as_arena *arena, as_diags *diags, const volatile bool *stop, int *code) {
  evaluated e = {.arena = arena, .diags = diags};
  as_run_listener listener = {.ctx = &e, .loaded = loaded, .bundle = finished};
  *code = as_run(options, &listener, stop);
  if (*code == AS_EXIT_OK)
    *code = e.code;
  return e.result;
}

/* ---- standard input, twice ---- */

static bool rewind_stdin(void) { return lseek(STDIN_FILENO, 0, SEEK_SET) == 0; }

static bool copy_stdin(int to, uint64_t most, const volatile bool *stop) {
  char part[65536];
  ssize_t n;
  for (uint64_t all = 0; (n = read(STDIN_FILENO, part, sizeof part)) != 0; all += (uint64_t)n) {
    if (n < 0 && errno == EINTR && !(stop && *stop)) {
      n = 0;
      continue;
    }
    if (n < 0 || (uint64_t)n > most - all) {
      if (n > 0)
        errno = EFBIG;
      return false;
    }
    for (ssize_t done = 0, k; done < n; done += k)
      if ((k = write(to, part + done, (size_t)(n - done))) <= 0)
        return false;
  }
  return true;
}

/* Puts what stdin holds where it can be read again. False with a diagnostic and *code. */
static bool keep_stdin(const as_run_options *options, as_diags *diags, const volatile bool *stop, int *code) {
  int kept = lseek(STDIN_FILENO, 0, SEEK_CUR) == 0 ? STDIN_FILENO : memfd_create("bundle", MFD_CLOEXEC);
  if (kept >= 0 && (kept == STDIN_FILENO || (copy_stdin(kept, options->limits.archive_bytes, stop) && dup2(kept, STDIN_FILENO) >= 0))) {
    if (kept != STDIN_FILENO)
      close(kept);
    return true;
  }
  *code = stop && *stop ? AS_EXIT_INTERRUPTED : AS_EXIT_IO;
  if (*code == AS_EXIT_IO)
    as_diags_add(diags, "E0758", AS_ERROR, NULL, 0, 0, "write it to a file, and name that", "standard input could not be kept for a second reading: %s", strerror(errno));
  if (kept > STDIN_FILENO)
    close(kept);
  return false;
}

int as_query_run(const as_run_options *options, const as_query *query, const as_query_listener *listener, as_diags *diags, const volatile bool *stop) {
  as_query_job job = {options, query, NULL};
  as_arena *arena = as_arena_new();
  int code = AS_EXIT_OK, judged = AS_EXIT_OK;
  for (int turn = 0; turn < 2; turn++) {
    running r = {.job = &job, .listener = listener, .diags = diags, .left = {UINT32_MAX, ANSWER_BYTES}};
    code = run(&r, stop) ? code_of(&r) : AS_EXIT_INTERRUPTED;
    if (turn || strcmp(r.status, "results") != 0)
      break;
    if (reads_stdin(options) && !(keep_stdin(options, diags, stop, &code) && rewind_stdin()))
      break;
    job.result = evaluate(options, arena, diags, stop, &judged);
    if (!job.result || (reads_stdin(options) && !rewind_stdin())) {
      code = judged ? judged : AS_EXIT_INTERNAL;
      break;
    }
  }
  as_arena_free(arena);
  return code == AS_EXIT_OK && judged == AS_EXIT_INCOMPLETE ? AS_EXIT_INCOMPLETE : code;
}
