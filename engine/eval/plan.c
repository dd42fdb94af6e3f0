/* The plan and the tally: takes what rules answered, turns faults into error results.
 * Must not run Lua and must not trust the sender of an answer. */
#include "eval/plan.h"

#include <string.h>

#include "eval/frame.h"
#include "eval/shapes.h"

bool as_plan_take(as_arena *arena, const as_node *answer, as_plan *plan, as_buf *why) {
  memset(plan, 0, sizeof *plan);
  const as_node *loaded = as_shape_take(arena, &as_shape_loaded, answer, why);
  if (!loaded)
    return false;
  const as_node *rules = as_node_get(loaded, "rules");
  plan->loaded = loaded;
  plan->n_rules = rules->count;
  plan->derive = plan->n_rules;
  plan->summary = plan->n_rules + 1;
  plan->n_steps = plan->inquiry = plan->n_rules + 2;
  plan->rules = as_arena_calloc(arena, (plan->n_rules + 1u) * sizeof *plan->rules);
  as_map *ids = as_map_new();
  bool ok = true;
  for (const as_node *id = as_node_get(loaded, "catalog")->first; id; id = id->next)
    as_map_put(ids, id->text, plan);
  uint32_t i = 0;
  for (const as_node *rule = rules->first; rule && ok; rule = rule->next, i++) {
    as_plan_rule *r = &plan->rules[i];
    *r = (as_plan_rule){.id = as_node_str(rule, "id", ""), .pack = as_node_str(rule, "pack", ""), .path = as_node_str(rule, "path", ""),
                        .clause = strcmp(as_node_str(rule, "phase", ""), "clause") == 0, .selected = as_node_boolean(rule, "selected", true),
                        .trusted = as_node_boolean(rule, "trusted", false), .node = rule};
    r->file = *r->pack ? as_arena_printf(arena, "%s/%s", r->pack, r->path) : r->path;
    if (as_map_put(ids, as_str_of(r->id), NULL) == NULL) { /* not there, or a second time */
      as_buf_printf(why, "rule %s is not once in the catalogue", r->id);
      ok = false;
    }
  }
  as_map_free(ids);
  return ok;
}

void as_plan_inquire(as_plan *plan) { plan->n_steps = plan->inquiry + 1; }

void as_plan_unjudged(as_plan *plan) {
  for (uint32_t i = 0; i < plan->n_rules; i++)
    plan->rules[i].selected = false;
}

uint32_t as_plan_todo(const as_plan *plan) {
  uint32_t n = plan->n_steps - plan->n_rules;
  for (uint32_t i = 0; i < plan->n_rules; i++)
    n += plan->rules[i].selected;
  return n;
}

as_tally *as_tally_new(as_arena *arena, const as_plan *plan, const as_run_options *options, as_diags *diags) {
  as_tally *tally = as_arena_calloc(arena, sizeof *tally);
  tally->plan = plan;
  tally->options = options;
  tally->arena = arena;
  tally->diags = diags;
  tally->requirements = as_arena_calloc(arena, (plan->n_rules + 1u) * sizeof(as_node *));
  for (const as_node *r = as_node_get(plan->loaded, "unjudged")->first; r; r = r->next)
    if (strcmp(as_node_str(r, "status", ""), "error") == 0) /* its rule could not be loaded */
      tally->incomplete = true;
  tally->answered = as_arena_calloc(arena, plan->n_steps * sizeof(bool));
  return tally;
}

as_node *as_answer_new(as_arena *arena, uint32_t step, const as_node *value) {
  as_node *answer = as_node_new(arena, AS_MAP);
  as_node_put(arena, answer, "step", as_node_int(arena, step));
  as_node_put(arena, answer, "value", value ? as_node_copy(arena, value) : as_node_null(arena));
  return answer;
}

as_node *as_answer_fault(as_arena *arena, uint32_t step, const char *fault, const char *where) {
  as_node *answer = as_node_new(arena, AS_MAP), *f = as_node_new(arena, AS_MAP);
  as_node_put(arena, answer, "step", as_node_int(arena, step));
  as_node_put(arena, answer, "fault", f);
  as_node_put(arena, f, "fault", as_node_text(arena, as_str_of(fault)));
  if (where && *where)
    as_node_put(arena, f, "where", as_node_text(arena, as_str_of(where)));
  return answer;
}

/* Nodes of a tree, counted up to `most`. */
static size_t count_nodes(const as_node *node, size_t most) {
  size_t n = 1;
  for (const as_node *m = node->type == AS_LIST || node->type == AS_MAP ? node->first : NULL; m && n <= most; m = m->next)
    n += count_nodes(m, most - n);
  return n;
}

bool as_answer_fits(const as_plan *plan, const as_node *answer, size_t bytes) {
  const as_node *step = as_node_get(answer, "step");
  if (step && step->type == AS_INT && step->u.integer >= (int64_t)plan->n_rules)
    return bytes <= AS_MESSAGE_MAX; /* risks and the summary: of the whole bundle */
  return bytes <= AS_RESULT_MAX && count_nodes(answer, AS_RESULT_NODES) <= AS_RESULT_NODES;
}

static const char *step_name(const as_plan *plan, uint32_t step) {
  return step == plan->derive ? "the risks" : step == plan->summary ? "the summary" : step == plan->inquiry ? "the question" : plan->rules[step].id;
}

/* The place in a text that begins with or holds "file:line:"; 0 where there is none. */
static uint32_t line_of(const char *where, const char *path) {
  const char *at = path && *path ? strstr(where, path) : NULL;
  if (!at || at[strlen(path)] != ':')
    return 0;
  uint32_t line = 0;
  for (const char *p = at + strlen(path) + 1; *p >= '0' && *p <= '9' && line < 100000000; p++)
    line = line * 10 + (uint32_t)(*p - '0');
  return line;
}

/* The line of a traceback that is of the file `path`, else its first. */
static const char *line_in(const char *where, const char *path) {
  for (const char *line = where; *path && *line;) {
    size_t n = strcspn(line, "\n");
    const char *at = strstr(line, path);
    if (at && at < line + n)
      return line;
    line += n + (line[n] == '\n');
  }
  return where;
}

/* A sentence about a fault, and its diagnostic code. */
static const char *explain(const as_tally *tally, const char *fault, const char *where, as_buf *out) {
  const as_run_options *o = tally->options;
  const char *at = *where ? " at " : "";
  int n = (int)strcspn(where, "\n");
  if (strcmp(fault, "memory") == 0) {
    as_buf_printf(out, "it needs more than %.6g MB of memory (--limit-memory)%s%.*s", (double)o->memory_bytes / 1048576, at, n, where);
    return "E0621";
  }
  if (strcmp(fault, "time") == 0) {
    as_buf_printf(out, "it takes more than %.6g s (--limit-time)%s%.*s", o->seconds, at, n, where);
    return "E0622";
  }
  if (strcmp(fault, "steps") == 0) {
    as_buf_printf(out, "it takes more than %llu steps (--limit-steps)%s%.*s", (unsigned long long)o->steps, at, n, where);
    return "E0623";
  }
  if (strcmp(fault, "crash") == 0) {
    if (strcmp(where, "SIGSYS") == 0)
      as_buf_adds(out, "it asked the system for what no rule may do, and the sandbox ended its process (SIGSYS)");
    else
      as_buf_printf(out, "the process that ran it ended by %s", *where ? where : "itself");
    return "E0624";
  }
  if (strcmp(fault, "hang") == 0) {
    as_buf_printf(out, "it did not end within its %.6g s (--limit-time), nor soon after, and was stopped", o->seconds);
    return "E0625";
  }
  if (strcmp(fault, "large") == 0) {
    as_buf_adds(out, "its result is too large");
    return "E0626";
  }
  if (strcmp(fault, "early") == 0) {
    as_buf_adds(out, "no process could be started that runs it");
    return "E0628";
  }
  as_buf_printf(out, "%.*s", n, *where ? where : "it erred");
  return "E0627";
}

/* The judge tells of errors within rules itself, and better: with a traceback. */
static bool was_told(const as_tally *tally, const char *id) {
  size_t n = strlen(id);
  for (size_t i = as_diags_count(tally->diags); i > 0; i--) {
    const as_diag *d = as_diags_at(tally->diags, i - 1);
    if (d->severity == AS_ERROR && strncmp(d->message, id, n) == 0 && strchr(",: ", d->message[n]))
      return true;
  }
  return false;
}

static as_node *error_result(as_tally *tally, uint32_t step, const char *reason) {
  as_arena *arena = tally->arena;
  const as_plan_rule *rule = &tally->plan->rules[step];
  as_node *r = as_node_new(arena, AS_MAP);
  static const char *const copied[] = {"id", "kind", "theme", "title"};
  for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
    if (as_node_get(rule->node, copied[i]))
      as_node_put(arena, r, copied[i], as_node_copy(arena, as_node_get(rule->node, copied[i])));
  as_node_put(arena, r, "status", as_node_text(arena, AS_STR("error")));
  as_node_put(arena, r, "credit", as_node_num(arena, 0));
  as_node_put(arena, r, "reason", as_node_text(arena, as_str_of(reason)));
  as_node_put(arena, r, "design", as_node_text(arena, AS_STR("not_tested")));
  as_node_put(arena, r, "operation", as_node_text(arena, AS_STR("not_tested")));
  as_node_put(arena, r, "checks", as_node_new(arena, AS_LIST));
  return r;
}

/* Identity is never the sender's to say: id and rule are put in here. */
static as_node *stamped(as_tally *tally, uint32_t step, const as_node *result) {
  as_arena *arena = tally->arena;
  const as_plan_rule *rule = &tally->plan->rules[step];
  as_node *out = as_node_new(arena, AS_MAP), *of = as_node_new(arena, AS_MAP);
  as_node_put(arena, of, "pack", as_node_text(arena, as_str_of(rule->pack)));
  as_node_put(arena, of, "path", as_node_text(arena, as_str_of(rule->path)));
  if (as_node_get(rule->node, "sha256"))
    as_node_put(arena, of, "sha256", as_node_text(arena, as_node_get(rule->node, "sha256")->text));
  bool placed = false;
  for (const as_node *m = result->first; m; m = m->next) {
    bool after = as_str_is(m->key, "params") || as_str_is(m->key, "checks");
    if (!placed && after) {
      as_node_put(arena, out, "rule", of);
      placed = true;
    }
    if (as_str_is(m->key, "rule"))
      continue;
    if (as_str_is(m->key, "id"))
      as_node_put(arena, out, "id", as_node_text(arena, as_str_of(rule->id)));
    else
      as_node_put(arena, out, m->key.p, as_node_copy(arena, m));
  }
  return out;
}

static void fail(as_tally *tally, uint32_t step, const char *code, const char *reason, const char *where) {
  const as_plan *plan = tally->plan;
  tally->incomplete = true;
  const as_plan_rule *rule = step < plan->n_rules ? &plan->rules[step] : NULL;
  if (tally->diags)
    as_diags_add(tally->diags, code, AS_ERROR, rule ? rule->file : NULL, rule ? line_of(where, rule->path) : 0, 0, NULL,
                 "%s could not be %s: %s", step_name(plan, step), step == plan->inquiry ? "answered" : "judged", reason);
  if (rule)
    tally->requirements[step] = stamped(tally, step, error_result(tally, step, reason));
}

bool as_tally_take(as_tally *tally, const as_node *answer) {
  const as_plan *plan = tally->plan;
  const as_node *number = as_node_get(answer, "step");
  if (!number || number->type != AS_INT || number->u.integer < 0 || number->u.integer >= plan->n_steps)
    return false;
  uint32_t step = (uint32_t)number->u.integer;
  if (tally->answered[step] || (step < plan->n_rules && !plan->rules[step].selected))
    return false;
  tally->answered[step] = true;
  as_buf why = {0};
  const as_node *fault = as_node_get(answer, "fault"), *value = as_node_get(answer, "value");
  if (fault && fault->type != AS_NULL) {
    const as_node *f = as_shape_take(tally->arena, &as_shape_fault, fault, &why);
    const char *where = line_in(as_node_str(f, "where", ""), step < plan->n_rules ? plan->rules[step].path : "");
    as_buf text = {0};
    const char *code = f ? explain(tally, as_node_str(f, "fault", ""), where, &text) : "E0626";
    if (!f)
      as_buf_adds(&text, "its answer makes no sense");
    fail(tally, step, code, text.data, where);
    as_buf_free(&text);
    as_buf_free(&why);
    return true;
  }
  static const as_shape any = {.name = "answer", .type = AS_SHAPE_ANY};
  const as_shape *shape = step == plan->inquiry ? &any : step == plan->derive ? &as_shape_derived : step == plan->summary ? &as_shape_summary : &as_shape_requirement;
  as_node *taken = value && value->type == AS_MAP ? as_shape_take(tally->arena, shape, value, &why) : NULL;
  if (!taken) {
    as_buf text = {0};
    as_buf_printf(&text, "its result is not valid: %s", why.len ? why.data : "it is no map");
    fail(tally, step, "E0626", text.data, "");
    as_buf_free(&text);
  } else if (step == plan->derive) {
    tally->derived = taken;
  } else if (step == plan->summary) {
    tally->summary = taken;
  } else if (step == plan->inquiry) {
    tally->answer = taken;
  } else {
    tally->requirements[step] = stamped(tally, step, taken);
    if (strcmp(as_node_str(taken, "status", ""), "error") == 0) {
      tally->incomplete = true;
      const char *reason = as_node_str(taken, "reason", "it erred");
      if (tally->diags && !was_told(tally, plan->rules[step].id))
        as_diags_add(tally->diags, "E0627", AS_ERROR, plan->rules[step].file, line_of(reason, plan->rules[step].path), 0, NULL,
                     "%s could not be judged: %s", plan->rules[step].id, reason);
    }
  }
  as_buf_free(&why);
  return true;
}

static void put_standing(as_arena *arena, as_node *map, const as_node *result) {
  static const char *const members[] = {"status", "score", "credit"};
  as_node *s = as_node_new(arena, AS_MAP);
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    const as_node *m = as_node_get(result, members[i]);
    if (m)
      as_node_put(arena, s, members[i], as_node_copy(arena, m));
  }
  as_node_put(arena, map, as_node_str(result, "id", ""), s);
}

as_node *as_tally_standings(const as_tally *tally, as_arena *arena) {
  as_node *map = as_node_new(arena, AS_MAP);
  for (uint32_t i = 0; i < tally->plan->n_rules; i++)
    if (!tally->plan->rules[i].clause && tally->requirements[i])
      put_standing(arena, map, tally->requirements[i]);
  for (const as_node *r = as_node_get(tally->plan->loaded, "unjudged")->first; r; r = r->next)
    if (strcmp(as_node_str(r, "kind", ""), "clause") != 0)
      put_standing(arena, map, r);
  return map;
}

as_node *as_tally_risks(const as_tally *tally, as_arena *arena) {
  static const char *const members[] = {"inherent", "residual", "stated"};
  as_node *map = as_node_new(arena, AS_MAP);
  const as_node *list = as_node_get(tally->derived, "risks");
  for (const as_node *risk = list ? list->first : NULL; risk; risk = risk->next) {
    as_node *r = as_node_new(arena, AS_MAP);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
      if (as_node_get(risk, members[i]))
        as_node_put(arena, r, members[i], as_node_copy(arena, as_node_get(risk, members[i])));
    as_node_put(arena, map, as_node_str(risk, "id", ""), r);
  }
  return map;
}

/* A requirement of which nothing came at all. */
static as_node *not_evaluated(as_arena *arena, as_str id) {
  as_node *r = as_node_new(arena, AS_MAP);
  as_node_put(arena, r, "id", as_node_text(arena, id));
  as_node_put(arena, r, "status", as_node_text(arena, AS_STR("not_evaluated")));
  as_node_put(arena, r, "credit", as_node_num(arena, 0));
  as_node_put(arena, r, "reason", as_node_text(arena, AS_STR("it was not evaluated")));
  as_node_put(arena, r, "design", as_node_text(arena, AS_STR("not_tested")));
  as_node_put(arena, r, "operation", as_node_text(arena, AS_STR("not_tested")));
  as_node_put(arena, r, "checks", as_node_new(arena, AS_LIST));
  return r;
}

as_node *as_tally_requirements(const as_tally *tally, as_arena *arena) {
  const as_plan *plan = tally->plan;
  as_map *by_id = as_map_new();
  for (const as_node *r = as_node_get(plan->loaded, "unjudged")->first; r; r = r->next)
    as_map_put(by_id, as_str_of(as_node_str(r, "id", "")), (void *)r);
  for (uint32_t i = 0; i < plan->n_rules; i++)
    if (tally->requirements[i])
      as_map_put(by_id, as_str_of(plan->rules[i].id), tally->requirements[i]);
  as_node *list = as_node_new(arena, AS_LIST);
  for (const as_node *id = as_node_get(plan->loaded, "catalog")->first; id; id = id->next) {
    const as_node *r = as_map_get(by_id, id->text);
    as_node_add(list, r ? as_node_copy(arena, r) : not_evaluated(arena, id->text));
  }
  as_map_free(by_id);
  return list;
}
