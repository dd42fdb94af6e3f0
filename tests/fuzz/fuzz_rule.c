/* Rules: any text goes through the loader and, where it is a rule, is judged on a small bundle, under small limits. Each
 * input runs in a process of its own, as in the product: a limit ends it. What a rule leaves behind in its process is looked
 * at by fuzzing.lua. A process that ends in any other way is a finding.
 *
 * So that libFuzzer learns of the paths taken in that process, its counters are copied back through shared memory. */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "fuzz_script.h"

enum { EXIT_FINE = 0, EXIT_LIMIT = 10, EXIT_LEFT = 11, EXIT_FAILED = 12 };

extern uint8_t __start___sancov_cntrs[] __attribute__((weak, visibility("hidden")));
extern uint8_t __stop___sancov_cntrs[] __attribute__((weak, visibility("hidden")));

static as_script *script;
static uint8_t *shared; /* the counters of the child, where there are any */

static size_t counters(void) { return __start___sancov_cntrs ? (size_t)(__stop___sancov_cntrs - __start___sancov_cntrs) : 0; }

/* ---- once ---- */

static void open_script(void) {
  script = fuzz_script();
  as_arena *arena = as_arena_new();
  fuzz_call(script, "ready", NULL, arena);
  as_arena_free(arena);
  if (counters()) {
    shared = mmap(NULL, counters(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    FUZZ_CHECK(shared != MAP_FAILED);
  }
}

/* ---- in the process of one rule ---- */

static _Noreturn void leave(int code) {
  if (shared) memcpy(shared, __start___sancov_cntrs, counters());
  _exit(code);
}

static void on_limit(void *ctx, as_limit limit, const char *where) {
  (void)ctx;
  (void)limit;
  FUZZ_CHECK(where);
  leave(EXIT_LIMIT);
}

static _Noreturn void judge(as_str text) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  as_arena *arena = as_arena_new();
  as_node *argument = as_node_new(arena, AS_MAP), *answer = NULL;
  as_node_put(arena, argument, "text", as_node_text(arena, text));
  as_script_on_limit(script, on_limit, NULL);
  as_script_budget_start(script);
  bool ok = as_script_call(script, "fuzzing", "run", argument, arena, &answer);
  as_script_budget_stop(script);
  const char *left = as_node_str(answer, "left", NULL);
  if (left) fprintf(stderr, "the rule left something behind: %s\n", left);
  if (!ok && strstr(as_node_str(answer, "message", ""), "fuzzing.lua")) {
    fprintf(stderr, "%s\n%s\n", as_node_str(answer, "message", ""), as_node_str(answer, "traceback", ""));
    leave(EXIT_FAILED);
  }
  leave(left ? EXIT_LEFT : EXIT_FINE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 8192) return 0;
  if (!script) open_script();
  pid_t pid = fork();
  FUZZ_CHECK(pid >= 0);
  if (pid == 0) judge((as_str){(const char *)data, size});
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) continue;
  if (shared) memcpy(__start___sancov_cntrs, shared, counters());
  if (WIFSIGNALED(status)) fprintf(stderr, "the process ended by signal %d\n", WTERMSIG(status));
  FUZZ_CHECK(WIFEXITED(status) && (WEXITSTATUS(status) == EXIT_FINE || WEXITSTATUS(status) == EXIT_LIMIT));
  return 0;
}
