/* A runner: carries out steps one after the other in one process, announcing each before it begins.
 * Opens nothing: whatever a rule may need was loaded further up. */
#include <string.h>
#include <unistd.h>

#include "eval/crew.h"
#include "eval/shapes.h"

#define ENDING_SECONDS 10.0           /* of processor time, beyond what the steps may take */
#define ROOM ((uint64_t)512 << 20) /* bytes for answers, patterns and the program itself, beyond what a rule may have */

typedef struct {
  as_host *host;
  uint32_t step;
} running;

static void on_limit(void *ctx, as_limit limit, const char *where) {
  running *now = ctx;
  as_arena *arena = as_arena_new();
  as_node *fault = as_node_new(arena, AS_MAP);
  as_node_put(arena, fault, "fault", as_node_text(arena, as_str_of(as_limit_word(limit))));
  as_node_put(arena, fault, "where", as_node_text(arena, as_str_of(where ? where : "")));
  as_frame_send(now->host->out, AS_MSG_FAULT, 0, fault);
  _exit(AS_EXIT_INCOMPLETE);
}

static as_node *argument(const as_tally *tally, uint32_t step, as_arena *arena) {
  const as_plan *plan = tally->plan;
  as_node *arg = as_node_new(arena, AS_MAP);
  if (step == plan->inquiry)
    as_node_put(arena, arg, "ask", as_node_copy(arena, tally->options->inquiry->ask));
  if (step == plan->summary || step == plan->inquiry) {
    as_node_put(arena, arg, "results", as_tally_requirements(tally, arena));
    as_node_put(arena, arg, "risks", tally->derived ? as_node_copy(arena, tally->derived) : as_node_new(arena, AS_MAP));
    return arg;
  }
  if (step == plan->derive) {
    as_node_put(arena, arg, "results", as_tally_standings(tally, arena));
    return arg;
  }
  bool clause = plan->rules[step].clause;
  as_node_put(arena, arg, "rule", as_node_text(arena, as_str_of(plan->rules[step].id)));
  as_node_put(arena, arg, "results", clause ? as_tally_standings(tally, arena) : as_node_new(arena, AS_MAP));
  as_node_put(arena, arg, "risks", clause ? as_tally_risks(tally, arena) : as_node_new(arena, AS_MAP));
  return arg;
}

/* Leaves the first findings of every check, and counts the others as dropped. */
static as_node *shortened(as_arena *arena, const as_node *result, uint32_t kept) {
  as_node *out = as_node_copy(arena, result);
  as_node *checks = as_node_get(out, "checks");
  for (as_node *check = checks && checks->type == AS_LIST ? checks->first : NULL; check; check = check->next) {
    as_node *findings = as_node_get(check, "findings");
    if (!findings || findings->type != AS_LIST || findings->count <= kept)
      continue;
    int64_t dropped = as_node_integer(check, "dropped", 0) + (int64_t)(findings->count - kept);
    as_node *last = findings->first;
    for (uint32_t i = 1; i < kept; i++)
      last = last->next;
    last->next = NULL;
    findings->last = last;
    findings->count = kept;
    as_node *count = as_node_get(check, "dropped");
    if (count)
      *count = (as_node){.type = AS_INT, .key = count->key, .text = as_node_int(arena, dropped)->text, .u.integer = dropped, .next = count->next, .parent = check};
    else
      as_node_put(arena, check, "dropped", as_node_int(arena, dropped));
  }
  return out;
}

typedef enum { SENT, TOO_LARGE, GONE } sending;

static sending send_fitting(const as_host *host, const as_plan *plan, const as_node *answer) {
  as_buf payload = {0}, out = {0};
  as_node_encode(answer, &payload);
  sending how = TOO_LARGE;
  if (as_answer_fits(plan, answer, payload.len) && as_frame_write(&out, AS_MSG_RESULT, 0, payload.data, payload.len))
    how = as_frame_write_all(host->out, out.data, out.len) ? SENT : GONE;
  as_buf_free(&payload);
  as_buf_free(&out);
  return how;
}

/* Sends what fits: the whole, else fewer and fewer findings of each check, else that it is too large. */
static bool send_answer(as_host *host, as_tally *tally, as_arena *arena, uint32_t step, bool ok, const as_node *value) {
  static const uint32_t kept[] = {500, 200, 100, 50, 20, 10};
  as_node *answer = ok ? as_answer_new(arena, step, value)
                       : as_answer_fault(arena, step, "lua", as_node_str(value, "message", "it erred"));
  sending how = send_fitting(host, tally->plan, answer);
  for (size_t i = 0; how == TOO_LARGE && ok && i < sizeof kept / sizeof *kept; i++) {
    answer = as_answer_new(arena, step, shortened(arena, value, kept[i]));
    how = send_fitting(host, tally->plan, answer);
  }
  if (how == TOO_LARGE) {
    answer = as_answer_fault(arena, step, "large", NULL);
    how = send_fitting(host, tally->plan, answer);
  }
  return how == SENT && as_tally_take(tally, answer);
}

int as_runner_steps(as_host *host, as_tally *tally, const uint32_t *steps, size_t n) {
  const as_plan *plan = tally->plan;
  running now = {host, 0};
  as_script_forked(host->script);
  as_script_on_limit(host->script, on_limit, &now);
  for (size_t i = 0; i < n; i++) {
    uint32_t step = steps[i];
    as_arena *arena = as_arena_new();
    as_node *announce = as_node_new(arena, AS_MAP), *value = NULL;
    const as_run_inquiry *inquiry = step == plan->inquiry ? tally->options->inquiry : NULL;
    const char *module = inquiry ? inquiry->module : step == plan->derive ? "risks" : step == plan->summary ? "summary" : "judge";
    const char *function = inquiry ? inquiry->function : step == plan->derive ? "derive" : step == plan->summary ? "make" : "run";
    as_node_put(arena, announce, "step", as_node_int(arena, step));
    now.step = step;
    as_node *arg = argument(tally, step, arena);
    if (!as_frame_send(host->out, AS_MSG_STEP, 0, announce))
      return AS_EXIT_INTERNAL;
    as_script_budget_start(host->script);
    bool ok = as_script_call(host->script, module, function, arg, arena, &value);
    as_script_budget_stop(host->script);
    if (!as_host_report(host) || !send_answer(host, tally, arena, step, ok, value))
      return AS_EXIT_INTERNAL;
    as_arena_free(arena);
  }
  return AS_EXIT_OK;
}

int as_runner_main(void *ctx, int out) {
  const as_crew_job *job = ctx;
  as_host *host = job->host;
  const as_run_options *o = host->options;
  host->out = out;
  as_wall_numbers numbers = {.cpu_seconds = (double)job->batch.n * as_crew_patience(o) + ENDING_SECONDS, .files = AS_CHILD_OUT + 1};
  if (o->memory_bytes < UINT64_MAX - ROOM - host->memory_used)
    numbers.address_bytes = host->memory_used + o->memory_bytes + ROOM;
  if (!as_wall_limits(host->wall, &numbers) || !as_wall_calls(host->wall, AS_STAGE_JUDGE))
    return AS_CHILD_BROKEN;
  return as_runner_steps(host, job->tally, job->batch.steps, job->batch.n);
}
