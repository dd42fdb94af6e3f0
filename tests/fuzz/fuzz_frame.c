/* What the parent takes from a worker that was taken over: as_run reads the input instead of the pipe of its child (two
 * functions of eval/proc.c are replaced when linking). Whatever comes, results are valid, and identity is the parent's own.
 *
 * The input: flags, then either bytes of a pipe as they are, or lines `T S <JSON>`: one message of type T (a letter from `B`)
 * for stream S (a digit), which is encoded and framed here. */
#include <unistd.h>

#include "base/hash.h"
#include "eval/proc.h"
#include "eval/run.h"
#include "fuzz_read.h"

bool __wrap_as_child_spawn(as_child *child, as_child_fn fn, void *ctx, unsigned keep);
bool __wrap_as_children_wait(as_child *const *children, size_t n, double seconds, const volatile bool *stop);

static as_buf pipe_bytes; /* what the child sends; a second portion from `cut` on */
static size_t cut;
static unsigned ending;

static void end_child(as_child *child) {
  child->fd = -1;
  child->end = ending & 1 ? AS_END_SIGNAL : AS_END_EXIT;
  child->code = ending & 1 ? 11 : 0;
}

bool __wrap_as_child_spawn(as_child *child, as_child_fn fn, void *ctx, unsigned keep) {
  (void)fn;
  (void)ctx;
  (void)keep;
  *child = (as_child){.fd = open("/dev/null", O_RDONLY | O_CLOEXEC), .frames = as_frames_new()};
  as_frames_feed(child->frames, pipe_bytes.data, cut);
  return true;
}

bool __wrap_as_children_wait(as_child *const *children, size_t n, double seconds, const volatile bool *stop) {
  (void)n;
  (void)seconds;
  (void)stop;
  as_frames_feed(children[0]->frames, pipe_bytes.data + cut, pipe_bytes.len - cut);
  close(children[0]->fd);
  end_child(children[0]);
  return true;
}

/* ---- the input ---- */

static void add_message(as_str line) {
  if (line.n < 4 || line.p[0] <= 'A' || line.p[0] >= 'A' + AS_MSG_TYPES || line.p[1] != ' ' || line.p[3] != ' ') return;
  as_arena *arena = as_arena_new();
  as_diags *diags = as_diags_new();
  as_buf json = fuzz_text(line.p + 4, line.n - 4), payload = {0};
  as_read_options options = {.format = AS_FORMAT_JSON, .document = "message", .limits = as_limits_default};
  const as_node *node = as_read_tree(arena, &json, &options, false, diags);
  if (node) {
    as_node_encode(node, &payload);
    as_frame_write(&pipe_bytes, (as_msg_type)(line.p[0] - 'A'), (uint32_t)(line.p[2] - '0'), payload.data, payload.len);
  }
  as_buf_free(&payload);
  as_buf_free(&json);
  as_diags_free(diags);
  as_arena_free(arena);
}

/* The same messages, whether the bytes come at once or in pieces. */
static void check_pieces(size_t piece) {
  as_frames *whole = as_frames_new(), *pieces = as_frames_new();
  as_msg a, b;
  as_frames_feed(whole, pipe_bytes.data, pipe_bytes.len);
  size_t at = 0;
  for (;;) {
    as_frames_state x = as_frames_next(whole, &a), y = as_frames_next(pieces, &b);
    while (y == AS_FRAMES_MORE && at < pipe_bytes.len) {
      size_t n = pipe_bytes.len - at < piece ? pipe_bytes.len - at : piece;
      as_frames_feed(pieces, pipe_bytes.data + at, n);
      at += n;
      y = as_frames_next(pieces, &b);
    }
    FUZZ_CHECK(x == y);
    if (x != AS_FRAMES_MESSAGE) break;
    FUZZ_CHECK(a.type == b.type && a.type > 0 && a.type < AS_MSG_TYPES && a.stream == b.stream && a.n == b.n && memcmp(a.bytes, b.bytes, a.n) == 0);
  }
  FUZZ_CHECK(as_frames_partial(whole) == as_frames_partial(pieces) || as_frames_next(whole, &a) == AS_FRAMES_BROKEN);
  as_frames_free(whole);
  as_frames_free(pieces);
}

/* ---- what comes out ---- */

typedef struct {
  int loaded;
  size_t next;
} seen;

static void on_loaded(void *ctx, as_diags *diags) {
  ((seen *)ctx)->loaded++;
  fuzz_check_diags(diags);
}

static void check_requirement(const as_node *r) {
  static const char *const words[] = {"effective", "partially_effective", "ineffective", "insufficient_evidence",
                                      "exception", "not_applicable", "not_evaluated", "error"};
  const char *status = as_node_str(r, "status", "");
  bool known = false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) known = known || strcmp(status, words[i]) == 0;
  FUZZ_CHECK(known && *as_node_str(r, "id", ""));
  const as_node *credit = as_node_get(r, "credit");
  FUZZ_CHECK(!credit || (credit->u.number >= 0 && credit->u.number <= 1));
}

static void check_result(const as_node *result) {
  const as_node *list = as_node_get(result, "requirements"), *run = as_node_get(result, "run");
  FUZZ_CHECK(strcmp(as_node_str(result, "schema", ""), "assay.result/1") == 0);
  FUZZ_CHECK(strlen(as_node_str(run, "digest", "")) == 64 && strcmp(as_node_str(run, "engine", ""), AS_ENGINE_VERSION) == 0);
  FUZZ_CHECK(as_node_get(result, "summary") && as_node_get(result, "documents") && as_node_get(result, "diagnostics"));
  as_map *ids = as_map_new();
  for (const as_node *r = list->first; r; r = r->next) {
    check_requirement(r);
    FUZZ_CHECK(!as_map_put(ids, as_node_get(r, "id")->text, (void *)(uintptr_t)r)); /* each once */
  }
  as_map_free(ids);
  int worst = as_result_worst(result);
  FUZZ_CHECK(worst >= 0 && worst <= 4);
  fuzz_check_json(result, 0);
}

static bool on_bundle(void *ctx, const as_run_bundle *bundle) {
  seen *s = ctx;
  FUZZ_CHECK(bundle->index == s->next++); /* in their order, each once */
  FUZZ_CHECK(s->loaded == 1);
  fuzz_check_diags(bundle->diags);
  FUZZ_CHECK(bundle->code == AS_EXIT_OK || bundle->code == AS_EXIT_INCOMPLETE || bundle->code == AS_EXIT_MISSING || bundle->code == AS_EXIT_INVALID ||
             bundle->code == AS_EXIT_INTERNAL);
  FUZZ_CHECK((bundle->result != NULL) == (bundle->code == AS_EXIT_OK || bundle->code == AS_EXIT_INCOMPLETE));
  if (bundle->result) check_result(bundle->result);
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const bundles[] = {"one", "two"};
  unsigned flags = fuzz_byte(&data, &size), at = fuzz_byte(&data, &size);
  pipe_bytes.len = 0;
  as_buf_add(&pipe_bytes, "", 0);
  if (flags & 2) as_buf_add(&pipe_bytes, data, size);
  else
    while (size) add_message(fuzz_part(&data, &size, '\n'));
  cut = pipe_bytes.len * at / 255;
  ending = flags;
  check_pieces(1 + at);
  as_run_options options = {.bundles = bundles, .n_bundles = flags & 4 ? 1 : 2, .limits = as_limits_default,
                            .memory_bytes = 64 << 20, .seconds = 5, .jobs = 2};
  seen s = {0};
  as_run_listener listener = {.ctx = &s, .loaded = on_loaded, .bundle = on_bundle};
  int code = as_run(&options, &listener, NULL);
  FUZZ_CHECK(s.loaded == 1);
  FUZZ_CHECK(code == AS_EXIT_OK || code == AS_EXIT_INVALID || code == AS_EXIT_INTERNAL);
  FUZZ_CHECK(code != AS_EXIT_OK || s.next == options.n_bundles); /* every bundle has its answer */
  return 0;
}
