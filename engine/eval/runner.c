/* A runner: carries out steps one after the other in one process, announcing each before it begins.
 * The walls between rules are the process and what the worker does when it dies. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "eval/host.h"
#include "eval/shapes.h"

#define FINDINGS_KEPT 50u /* of each check, when a result is too large to send */

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
  if (step == plan->summary) {
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
static as_node *shortened(as_arena *arena, const as_node *result) {
  as_node *out = as_node_copy(arena, result);
  as_node *checks = as_node_get(out, "checks");
  for (as_node *check = checks && checks->type == AS_LIST ? checks->first : NULL; check; check = check->next) {
    as_node *findings = as_node_get(check, "findings");
    if (!findings || findings->type != AS_LIST || findings->count <= FINDINGS_KEPT)
      continue;
    int64_t dropped = as_node_integer(check, "dropped", 0) + (int64_t)(findings->count - FINDINGS_KEPT);
    as_node *last = findings->first;
    for (uint32_t i = 1; i < FINDINGS_KEPT; i++)
      last = last->next;
    last->next = NULL;
    findings->last = last;
    findings->count = FINDINGS_KEPT;
    as_node *count = as_node_get(check, "dropped");
    if (count)
      *count = (as_node){.type = AS_INT, .key = count->key, .text = as_node_int(arena, dropped)->text, .u.integer = dropped, .next = count->next, .parent = check};
    else
      as_node_put(arena, check, "dropped", as_node_int(arena, dropped));
  }
  return out;
}

static bool send_answer(as_host *host, as_tally *tally, as_arena *arena, uint32_t step, bool ok, const as_node *value) {
  as_node *answer = ok ? as_answer_new(arena, step, value)
                       : as_answer_fault(arena, step, "lua", as_node_str(value, "message", "it erred"));
  if (!as_frame_send(host->out, AS_MSG_RESULT, 0, answer)) {
    if (errno != EMSGSIZE)
      return false;
    answer = as_answer_new(arena, step, shortened(arena, value));
    if (!as_frame_send(host->out, AS_MSG_RESULT, 0, answer)) {
      if (errno != EMSGSIZE)
        return false;
      answer = as_answer_fault(arena, step, "large", NULL);
      if (!as_frame_send(host->out, AS_MSG_RESULT, 0, answer))
        return false;
    }
  }
  return as_tally_take(tally, answer);
}

int as_runner_steps(as_host *host, as_tally *tally, const uint32_t *steps, size_t n) {
  const as_plan *plan = tally->plan;
  running now = {host, 0};
  as_script_on_limit(host->script, on_limit, &now);
  for (size_t i = 0; i < n; i++) {
    uint32_t step = steps[i];
    as_arena *arena = as_arena_new();
    as_node *announce = as_node_new(arena, AS_MAP), *value = NULL;
    const char *module = step == plan->derive ? "risks" : step == plan->summary ? "summary" : "judge";
    const char *function = step == plan->derive ? "derive" : step == plan->summary ? "make" : "run";
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
