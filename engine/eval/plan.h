/* The plan of an evaluation: which steps there are, and what has come of them so far.
 *
 * Steps are numbered: one for every rule in the order of the catalogue, then `derive` (risks), then `summary`, and, where there is
 * one, then the inquiry. The tally of
 * one bundle takes answers in any order; parent, worker and runner each keep their own and trust nobody's. */
#ifndef AS_EVAL_PLAN_H
#define AS_EVAL_PLAN_H

#include "eval/run.h"

typedef struct {
  const char *id, *pack, *path, *file; /* file: "iso27001/annex_a/…", as chunks of Lua are named */
  bool clause, selected, trusted;
  const as_node *node; /* its entry among the answer of packs.load */
} as_plan_rule;

typedef struct {
  const as_node *loaded; /* what packs.load gave, in canonical form */
  as_plan_rule *rules;
  uint32_t n_rules;
  uint32_t derive, summary, inquiry; /* inquiry == n_steps: there is none */
  uint32_t n_steps;
} as_plan;

/* Checks and takes the answer of packs.load; pinned to the arena. False: *why says what is wrong. */
bool as_plan_take(as_arena *arena, const as_node *answer, as_plan *plan, as_buf *why);
/* Adds the step of an inquiry, behind all others. */
void as_plan_inquire(as_plan *plan);
/* No rule will be asked. */
void as_plan_unjudged(as_plan *plan);
/* How many steps will be carried out. */
uint32_t as_plan_todo(const as_plan *plan);

typedef struct {
  const as_plan *plan;
  const as_run_options *options;
  as_arena *arena;
  as_diags *diags;         /* or NULL: nobody wants to know */
  as_node **requirements;  /* by step; NULL where there is none yet */
  as_node *derived, *summary, *answer;
  bool *answered;          /* by step */
  bool incomplete;         /* a rule or a step erred */
} as_tally;

as_tally *as_tally_new(as_arena *arena, const as_plan *plan, const as_run_options *options, as_diags *diags);

/* What a process sends as the answer of a step: {step, value}, or {step, fault = {fault, where}}. */
as_node *as_answer_new(as_arena *arena, uint32_t step, const as_node *value);
as_node *as_answer_fault(as_arena *arena, uint32_t step, const char *fault, const char *where);
/* False where an answer of so many bytes is larger than its step may give: nobody takes it, and whoever has made it cuts it. */
bool as_answer_fits(const as_plan *plan, const as_node *answer, size_t bytes);
/* Takes an answer. A value that breaks its shape becomes an error of that step. False only where the message itself makes no
 * sense: no such step, or one that was answered before. */
bool as_tally_take(as_tally *tally, const as_node *answer);

/* Map from id to {status, score, credit} of all control rules. */
as_node *as_tally_standings(const as_tally *tally, as_arena *arena);
/* Map from id to {inherent, residual, stated} of the derived risks. */
as_node *as_tally_risks(const as_tally *tally, as_arena *arena);
/* Copies of all requirement results in the order of the catalogue, each exactly once. */
as_node *as_tally_requirements(const as_tally *tally, as_arena *arena);

#endif
