/* What arrives from other processes: shapes, the tally of a bundle, and the document that is composed from it. */
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "eval/frame.h"
#include "eval/plan.h"
#include "eval/result.h"
#include "eval/shapes.h"
#include "json.h"

static int set_up(void **state) {
  (void)state;
  arena = as_arena_new();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  as_arena_free(arena);
  return 0;
}

static char *text_of(const as_node *node) {
  as_buf out = {0};
  as_node_json(node, 0, &out);
  char *text = as_arena_copy(arena, out.data, out.len);
  as_buf_free(&out);
  return text;
}

static void passes(const as_shape *shape, const char *in, const char *out) {
  as_buf why = {0};
  as_node *node = as_shape_take(arena, shape, json(in), &why);
  if (!node)
    fail_msg("%s: %s", in, why.data);
  assert_string_equal(text_of(node), out);
  as_buf_free(&why);
}

static void refuses(const as_shape *shape, const char *in, const char *why_part) {
  as_buf why = {0};
  if (as_shape_take(arena, shape, json(in), &why))
    fail_msg("%s was taken", in);
  if (!strstr(why.data, why_part))
    fail_msg("%s does not hold %s", why.data, why_part);
  as_buf_free(&why);
}

static void shapes(void **state) {
  (void)state;
  const as_shape *r = &as_shape_requirement;
  passes(r, "{\"checks\":[],\"status\":\"effective\",\"id\":\"A.5.1\",\"score\":97}", "{\"id\":\"A.5.1\",\"status\":\"effective\",\"score\":97.0,\"checks\":[]}");
  passes(r, "{\"id\":\"A.5.1\",\"status\":\"error\",\"checks\":{},\"params\":{\"b\":\"1 d\",\"a\":2}}",
         "{\"id\":\"A.5.1\",\"status\":\"error\",\"params\":{\"a\":2,\"b\":\"1 d\"},\"checks\":[]}");
  refuses(r, "{\"id\":\"A.5.1\"}", "status is missing");
  refuses(r, "{\"id\":\"A.5.1\",\"status\":\"fine\"}", "status is none of its words");
  refuses(r, "{\"id\":\"A.5.1\",\"status\":7}", "status is a whole number, not a word");
  refuses(r, "{\"id\":\"A.5.1\",\"status\":\"error\",\"score\":101}", "score is out of its range");
  refuses(r, "{\"id\":\"A.5.1\",\"status\":\"error\",\"extra\":1}", "extra is not known");
  refuses(r, "{\"id\":\"A.5.1\",\"status\":\"error\",\"checks\":[{\"name\":\"x\",\"status\":\"pass\",\"findings\":[{}]}]}", "checks[1].findings[1].message is missing");
  refuses(r, "{\"id\":\"A.5.1\",\"status\":\"error\",\"checks\":[{\"name\":\"x\",\"status\":\"pass\",\"tested\":-1}]}", "checks[1].tested is out of its range");
  refuses(r, "{\"id\":\"A.5.1\",\"status\":\"error\",\"checks\":[{\"name\":\"x\",\"status\":\"pass\",\"tested\":1.5}]}", "checks[1].tested is not a whole number");
  refuses(r, "{\"id\":\"A.5.1\",\"status\":\"error\",\"rule\":{\"sha256\":\"abc\"}}", "rule.sha256 is no SHA-256");
  refuses(r, "{\"id\":\"A.5.1\",\"status\":\"error\",\"params\":{\"a\":{}}}", "params.a is a map, not a scalar");
  refuses(r, "[1]", "is a list, not a map");
  as_buf why = {0};
  as_node *odd = json("{\"id\":\"A.5.1\",\"status\":\"error\"}");
  as_node_put(arena, odd, "score", as_node_num(arena, NAN));
  assert_null(as_shape_take(arena, r, odd, &why));
  assert_string_equal(why.data, "score is out of its range");
  as_buf_free(&why);
  as_node *full = json("{\"id\":\"A.5.1\",\"status\":\"error\"}"), *checks = as_node_put(arena, full, "checks", as_node_new(arena, AS_LIST));
  for (int i = 0; i < 256; i++)
    as_node_add(checks, json("{\"name\":\"x\",\"status\":\"pass\"}"));
  assert_non_null(as_shape_take(arena, r, full, &why));
  as_node_add(checks, json("{\"name\":\"x\",\"status\":\"pass\"}"));
  assert_null(as_shape_take(arena, r, full, &why));
  assert_string_equal(why.data, "checks is too long a list");
  as_buf_free(&why);
}

static void any_data(void **state) {
  (void)state;
  static const as_shape any = {.name = "answer", .type = AS_SHAPE_ANY};
  passes(&any, "{\"b\":[1,2.5,null,true,\"x\",{}],\"a\":{\"d\":1,\"c\":[]}}", "{\"a\":{\"c\":[],\"d\":1},\"b\":[1,2.5,null,true,\"x\",{}]}");
  passes(&any, "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]", "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]");
  refuses(&any, "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "is nested too deeply");
  refuses(&any, "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}", "is nested too deeply");
  as_buf why = {0};
  as_node *list = as_node_new(arena, AS_LIST);
  as_node_add(list, as_node_num(arena, INFINITY));
  as_node *taken = as_shape_take(arena, &any, list, &why);
  assert_true(taken && taken->first->type == AS_NULL);
  for (int i = 2; i < 1000000; i++)
    as_node_add(list, as_node_null(arena));
  assert_non_null(as_shape_take(arena, &any, list, &why));
  as_node_add(list, as_node_null(arena));
  assert_null(as_shape_take(arena, &any, list, &why));
  assert_string_equal(why.data, "holds too much");
  as_buf_free(&why);
}

static void long_and_broken_texts(void **state) {
  (void)state;
  as_buf long_text = {0}, why = {0};
  for (int i = 0; i < 3000; i++)
    as_buf_adds(&long_text, "ä");
  as_node *r = json("{\"id\":\"A.5.1\",\"status\":\"error\"}");
  as_node_put(arena, r, "reason", as_node_text(arena, (as_str){long_text.data, long_text.len}));
  as_node_put(arena, r, "title", as_node_text(arena, AS_STR("a\xff" "b")));
  as_node *taken = as_shape_take(arena, &as_shape_requirement, r, &why);
  assert_non_null(taken);
  as_str cut = as_node_get(taken, "reason")->text;
  assert_true(cut.n <= 4096);
  assert_true(as_utf8_valid(cut, NULL));
  assert_memory_equal(cut.p + cut.n - 3, "…", 3);
  assert_string_equal(as_node_str(taken, "title", ""), "a\\xffb");
  as_buf_free(&long_text);
}

static const char LOADED[] =
    "{\"rules\":[{\"id\":\"A.5.1\",\"path\":\"annex_a/a_5_1.lua\",\"pack\":\"iso27001\",\"phase\":\"control\",\"title\":\"One\",\"kind\":\"control\"},"
    "{\"id\":\"A.5.2\",\"path\":\"annex_a/a_5_2.lua\",\"phase\":\"control\",\"title\":\"Two\",\"kind\":\"control\"},"
    "{\"id\":\"9.1\",\"path\":\"clauses/9_1.lua\",\"phase\":\"clause\",\"kind\":\"clause\"}],"
    "\"catalog\":[\"9.1\",\"A.5.1\",\"A.5.2\",\"A.5.3\"],"
    "\"unjudged\":[{\"id\":\"A.5.3\",\"kind\":\"control\",\"status\":\"not_evaluated\",\"credit\":0,\"reason\":\"no rule\",\"checks\":[]}],"
    "\"packs\":[{\"name\":\"iso27001\",\"path\":\"/somewhere\"}]}";

static as_run_options options = {.memory_bytes = 64u << 20, .seconds = 5};

static as_plan *plan(void) {
  as_plan *p = as_arena_calloc(arena, sizeof *p);
  as_buf why = {0};
  if (!as_plan_take(arena, json(LOADED), p, &why))
    fail_msg("%s", why.data);
  return p;
}

static void plans(void **state) {
  (void)state;
  as_plan *p = plan();
  assert_int_equal(p->n_rules, 3);
  assert_int_equal(as_plan_todo(p), 5);
  assert_true(p->rules[2].clause);
  as_plan bad;
  as_buf why = {0};
  assert_false(as_plan_take(arena, json("{\"rules\":[{\"id\":\"A.9.9\",\"path\":\"x\",\"phase\":\"control\"}],\"catalog\":[\"A.5.1\"]}"), &bad, &why));
  assert_non_null(strstr(why.data, "A.9.9"));
  as_buf_free(&why);
}

static as_node *answer(uint32_t step, const char *value) { return as_answer_new(arena, step, json(value)); }

static const char SUMMARY[] = "{\"by_status\":{},\"grades\":{},\"coverage\":50,\"next\":[]}";

static void tally(void **state) {
  (void)state;
  as_diags *diags = as_diags_new();
  as_tally *t = as_tally_new(arena, plan(), &options, diags);
  /* whoever sends it says another id, pack and path than it should: they are put in by us */
  assert_true(as_tally_take(t, answer(0, "{\"id\":\"A.8.8\",\"status\":\"effective\",\"score\":100,\"credit\":1,\"rule\":{\"path\":\"lie\"},\"checks\":[{\"name\":\"c\","
                                         "\"status\":\"fail\",\"findings\":[{\"message\":\"m\",\"grade\":\"minor_nc\"}]}]}")));
  assert_false(t->incomplete);
  assert_false(as_tally_take(t, answer(0, "{\"id\":\"A.5.1\",\"status\":\"effective\"}"))); /* twice */
  assert_false(as_tally_take(t, answer(99, "{}")));
  assert_false(as_tally_take(t, json("{\"step\":\"x\"}")));
  assert_true(as_tally_take(t, answer(1, "{\"id\":\"A.5.2\",\"status\":\"wonderful\"}"))); /* not valid: an error of that rule */
  assert_true(t->incomplete);
  assert_true(as_tally_take(t, as_answer_fault(arena, 2, "memory", "iso27001/clauses/9_1.lua:12: in function 'x'\nmore")));
  assert_true(as_tally_take(t, answer(t->plan->derive, "{\"model\":\"axis_evidence\",\"criteria\":{},\"risks\":[{\"id\":\"R-1\",\"residual\":{\"score\":8}}]}")));
  assert_true(as_tally_take(t, answer(t->plan->summary, SUMMARY)));
  assert_string_equal(text_of(as_tally_standings(t, arena)),
                      "{\"A.5.1\":{\"status\":\"effective\",\"score\":100.0,\"credit\":1.0},\"A.5.2\":{\"status\":\"error\",\"credit\":0.0},"
                      "\"A.5.3\":{\"status\":\"not_evaluated\",\"credit\":0.0}}");
  assert_string_equal(text_of(as_tally_risks(t, arena)), "{\"R-1\":{\"residual\":{\"score\":8}}}");

  as_result_parts parts = {json("{\"name\":\"acme\",\"as_of\":\"2026-06-30\",\"incomplete\":false}"), json("[]"), json("[]"), NULL, ""};
  as_node *doc = as_result_compose(arena, t, &parts);
  const as_node *first = as_node_get(doc, "requirements")->first;
  assert_string_equal(as_node_str(first, "id", ""), "9.1"); /* the order of the catalogue */
  assert_string_equal(as_node_str(first, "status", ""), "error");
  assert_non_null(strstr(as_node_str(first, "reason", ""), "64 MB"));
  assert_non_null(strstr(as_node_str(first, "reason", ""), "9_1.lua:12"));
  assert_null(strstr(as_node_str(first, "reason", ""), "more\n"));
  const as_node *second = first->next, *third = second->next;
  assert_string_equal(as_node_str(second, "id", ""), "A.5.1");
  assert_string_equal(as_node_str(as_node_get(second, "rule"), "path", ""), "annex_a/a_5_1.lua");
  assert_string_equal(as_node_str(third, "title", ""), "Two");
  assert_non_null(strstr(as_node_str(third, "reason", ""), "status is none of its words"));
  assert_int_equal(as_node_get(doc, "requirements")->count, 4);
  assert_true(as_node_boolean(as_node_get(doc, "run"), "incomplete", false));
  assert_int_equal(as_result_worst(doc), as_result_rank("minor_nc"));
  assert_int_equal(as_diags_errors(diags), 2);
  assert_int_equal(as_diags_at(diags, 1)->line, 12);
  assert_null(strstr(text_of(doc), "/somewhere")); /* nothing of this machine */

  as_node *again = as_result_compose(arena, t, &parts);
  assert_string_equal(text_of(doc), text_of(again));
  assert_int_equal(strlen(as_node_str(as_node_get(doc, "run"), "digest", "")), 64);
  options.seconds = 6;
  as_node *other = as_result_compose(arena, t, &parts);
  options.seconds = 5;
  assert_string_not_equal(as_node_str(as_node_get(doc, "run"), "digest", ""), as_node_str(as_node_get(other, "run"), "digest", ""));
  /* What the machine had to offer is told, and changes nothing else. */
  as_walls up = {.landlock = 7, .seccomp = true, .rlimits = true, .privileges = AS_PRIVILEGES_DROPPED};
  as_result_parts walled = parts;
  walled.walls = &up;
  options.isolation = AS_ISOLATION_RULE;
  as_node *same = as_result_compose(arena, t, &walled);
  options.isolation = AS_ISOLATION_DEFAULT;
  assert_string_equal(as_node_str(as_node_get(same, "run"), "digest", ""), as_node_str(as_node_get(doc, "run"), "digest", ""));
  assert_string_equal(text_of(as_node_get(as_node_get(as_node_get(same, "run"), "walls"), "sandbox")),
                      "{\"isolation\":\"rule\",\"landlock\":7,\"seccomp\":true,\"rlimits\":true,\"privileges\":\"dropped\",\"missing\":[]}");
  assert_string_equal(text_of(as_node_get(as_node_get(as_node_get(doc, "run"), "walls"), "sandbox")),
                      "{\"isolation\":\"rule\",\"landlock\":0,\"seccomp\":false,\"rlimits\":false,\"privileges\":\"none\",\"missing\":[\"landlock\",\"seccomp\",\"rlimits\"]}");
  as_diags_free(diags);
}

/* The result of a rule has less room than risks and the summary, which are of the whole bundle. */
static void sizes(void **state) {
  (void)state;
  as_plan *p = plan();
  const as_node *small = as_answer_new(arena, 0, json("{}"));
  assert_true(as_answer_fits(p, small, AS_RESULT_MAX));
  assert_false(as_answer_fits(p, small, AS_RESULT_MAX + 1));
  assert_true(as_answer_fits(p, as_answer_new(arena, p->derive, json("{}")), AS_MESSAGE_MAX));
  as_node *many = as_node_new(arena, AS_LIST);
  for (uint32_t i = 0; i + 3 < AS_RESULT_NODES; i++)
    as_node_add(many, as_node_null(arena));
  assert_true(as_answer_fits(p, as_answer_new(arena, 0, many), 1)); /* the answer, its step, the list and its items */
  as_node_add(many, as_node_null(arena));
  assert_false(as_answer_fits(p, as_answer_new(arena, 0, many), 1));
  assert_false(as_answer_fits(p, json("{\"step\":\"x\"}"), AS_RESULT_MAX + 1));
}

static void faults(void **state) {
  (void)state;
  static const struct {
    const char *fault, *where, *says, *code;
  } all[] = {{"memory", "", "--limit-memory", "E0621"}, {"time", "a.lua:1", "at a.lua:1", "E0622"}, {"steps", "", "--limit-steps", "E0623"},
             {"crash", "SIGSEGV", "ended by SIGSEGV", "E0624"}, {"crash", "SIGSYS", "the sandbox ended", "E0624"}, {"hang", "", "within its 5 s", "E0625"}, {"large", "", "too large", "E0626"},
             {"lua", "boom", "boom", "E0627"}, {"nonsense", "", "makes no sense", "E0626"}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    as_diags *diags = as_diags_new();
    as_tally *t = as_tally_new(arena, plan(), &options, diags);
    assert_true(as_tally_take(t, as_answer_fault(arena, 0, all[i].fault, all[i].where)));
    assert_true(t->incomplete);
    assert_string_equal(as_node_str(t->requirements[0], "status", ""), "error");
    if (!strstr(as_node_str(t->requirements[0], "reason", ""), all[i].says))
      fail_msg("%s: %s", all[i].fault, as_node_str(t->requirements[0], "reason", ""));
    assert_string_equal(as_diags_at(diags, 0)->code, all[i].code);
    assert_true(as_tally_take(t, as_answer_fault(arena, t->plan->derive, all[i].fault, all[i].where)));
    assert_null(t->derived);
    as_diags_free(diags);
  }
}

static void excepted_findings_do_not_count(void **state) {
  (void)state;
  assert_int_equal(as_result_worst(json("{\"requirements\":[{\"checks\":[{\"findings\":[{\"grade\":\"major_nc\",\"excepted_by\":\"EX-1\"},{\"grade\":\"ofi\"},{}]}]}]}")), 1);
  assert_int_equal(as_result_worst(json("{}")), 0);
  assert_int_equal(as_result_rank("never"), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(shapes), cmocka_unit_test(any_data), cmocka_unit_test(long_and_broken_texts), cmocka_unit_test(plans),
                                     cmocka_unit_test(tally),  cmocka_unit_test(sizes), cmocka_unit_test(faults),                cmocka_unit_test(excepted_findings_do_not_count)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
