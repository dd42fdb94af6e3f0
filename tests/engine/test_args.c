/* Command lines: flags by table, the order of their sources, and what is said about mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/args.h"

static const char *const words[] = {"red", "green", "never", NULL};
static const as_flag flags[] = {{"strict", AS_FLAG_SWITCH, 's', false, NULL, "be strict", NULL},
                                {"output", AS_FLAG_TEXT, 'o', true, "FORMAT", "write a report", NULL},
                                {"jobs", AS_FLAG_COUNT, 'j', false, "N", "how many", NULL},
                                {"limit-memory", AS_FLAG_SIZE, 0, false, "SIZE", "memory", NULL},
                                {"limit-time", AS_FLAG_SECONDS, 0, false, "SECONDS", "time", NULL},
                                {"fail-on", AS_FLAG_WORD, 0, false, "COLOUR", "when to fail", words},
                                {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};
static const as_command command = {.name = "eval", .brief = "Evaluate.", .usage = "BUNDLE… [flags]", .details = "examples:\n", .flags = flags,
                                   .min_words = 1, .max_words = 2, .words = "bundle"};

typedef struct {
  as_args *args;
  as_diags *diags;
} parsed;

static parsed parse(const char *const *argv) {
  int argc = 0;
  while (argv[argc])
    argc++;
  parsed p = {.diags = as_diags_new()};
  p.args = as_args_new(&command, argc, (char *const *)argv, p.diags);
  return p;
}

#define PARSE(...) parse((const char *const[]){__VA_ARGS__, NULL})

static void drop(parsed *p) {
  as_args_free(p->args);
  as_diags_free(p->diags);
}

static void values(void **state) {
  (void)state;
  parsed p = PARSE("acme", "--jobs", "3", "--fail-on=never", "-o", "json:x", "-oterminal", "--strict", "--limit-memory=64MB", "--limit-time", "0.5", "--", "--jobs");
  const char *const *list;
  as_args_settle(p.args, p.diags);
  assert_int_equal(as_diags_count(p.diags), 0);
  assert_int_equal(as_args_words(p.args, &list), 2);
  assert_string_equal(list[0], "acme");
  assert_string_equal(list[1], "--jobs");
  assert_int_equal(as_args_count(p.args, "jobs", 1), 3);
  assert_string_equal(as_args_text(p.args, "fail-on", "red"), "never");
  assert_int_equal(as_args_texts(p.args, "output", &list), 2);
  assert_string_equal(list[0], "json:x");
  assert_string_equal(list[1], "terminal");
  assert_true(as_args_on(p.args, "strict"));
  assert_int_equal(as_args_count(p.args, "limit-memory", 1), 64 << 20);
  assert_true(as_args_seconds(p.args, "limit-time", 5) == 0.5);
  drop(&p);
}

static void defaults(void **state) {
  (void)state;
  parsed p = PARSE("-");
  const char *const *list;
  assert_int_equal(as_args_words(p.args, &list), 1); /* "-" is a word */
  assert_int_equal(as_args_count(p.args, "jobs", 8), 8);
  assert_string_equal(as_args_text(p.args, "fail-on", "red"), "red");
  assert_false(as_args_on(p.args, "strict"));
  assert_int_equal(as_args_texts(p.args, "output", &list), 0);
  assert_int_equal(as_diags_count(p.diags), 0);
  drop(&p);
}

static void complains(const char *const *argv, const char *code, const char *message, const char *help) {
  parsed p = parse(argv);
  as_args_settle(p.args, p.diags);
  assert_true(as_diags_count(p.diags) >= 1);
  const as_diag *d = as_diags_at(p.diags, 0);
  assert_string_equal(d->code, code);
  if (!strstr(d->message, message))
    fail_msg("%s does not hold %s", d->message, message);
  if (help && (!d->help || !strstr(d->help, help)))
    fail_msg("%s does not hold %s", d->help ? d->help : "(no help)", help);
  drop(&p);
}

#define COMPLAINS(code, message, help, ...) complains((const char *const[]){__VA_ARGS__, NULL}, code, message, help)

static void mistakes(void **state) {
  (void)state;
  COMPLAINS("E0702", "--job", "--jobs", "a", "--job", "3");
  COMPLAINS("E0702", "--fial-on", "--fail-on", "a", "--fial-on=never");
  COMPLAINS("E0702", "-x", "assay help eval", "a", "-x");
  COMPLAINS("E0703", "--jobs needs a value", NULL, "a", "--jobs");
  COMPLAINS("E0703", "-o needs a value", NULL, "a", "-o");
  COMPLAINS("E0704", "--jobs is `0`", NULL, "a", "--jobs", "0");
  COMPLAINS("E0704", "--jobs is `-1`", NULL, "a", "--jobs", "-1");
  COMPLAINS("E0704", "--jobs is `many`", NULL, "a", "--jobs", "many");
  COMPLAINS("E0704", "--jobs is given twice", NULL, "a", "--jobs", "1", "--jobs", "2");
  COMPLAINS("E0704", "one of red, green or never", "did you mean `green`", "a", "--fail-on", "gren");
  COMPLAINS("E0704", "--limit-memory is `lots`", NULL, "a", "--limit-memory", "lots");
  COMPLAINS("E0704", "--limit-time is `0`", NULL, "a", "--limit-time", "0");
  COMPLAINS("E0704", "--limit-time is `nan`", NULL, "a", "--limit-time", "nan");
  COMPLAINS("E0704", "--strict is `maybe`", NULL, "a", "--strict=maybe");
  COMPLAINS("E0704", "--output is ``", NULL, "a", "--output=");
  COMPLAINS("E0705", "needs a bundle", "usage:", "--strict");
  COMPLAINS("E0705", "does not take `c`", NULL, "a", "b", "c");
}

static void sizes(void **state) {
  (void)state;
  static const struct {
    const char *text;
    uint64_t value;
  } all[] = {{"1", 1}, {"65536", 65536}, {"1k", 1024}, {"1 KiB", 1024}, {"1.5MB", 1572864}, {"2gb", 2147483648u}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    parsed p = PARSE("a", "--limit-memory", all[i].text);
    assert_int_equal(as_diags_count(p.diags), 0);
    assert_int_equal(as_args_count(p.args, "limit-memory", 0), all[i].value);
    drop(&p);
  }
}

static void sources(void **state) {
  (void)state;
  static char *const environment[] = {"ASSAY_EVAL_JOBS=5", "ASSAY_EVAL_FAIL_ON=green", "ASSAY_EVAL_OUTPUT=json:a;terminal", "ASSAY_EVAL_STRICT=yes",
                                      "ASSAY_TEST_JOBS=9", "HOME=/", NULL};
  parsed p = PARSE("a", "--jobs", "3");
  as_args_environment(p.args, environment, p.diags);
  as_arena *arena = as_arena_new();
  as_node *section = as_node_new(arena, AS_MAP);
  as_node_put(arena, section, "fail_on", as_node_text(arena, AS_STR("red")));
  as_node_put(arena, section, "limit_memory", as_node_text(arena, AS_STR("1MB")));
  as_args_config(p.args, section, "assay.yaml", p.diags);
  as_args_otherwise(p.args, "limit-time", "7", "x", p.diags);
  as_args_otherwise(p.args, "jobs", "99", "x", p.diags);
  assert_int_equal(as_diags_count(p.diags), 0);
  const char *const *list;
  assert_int_equal(as_args_count(p.args, "jobs", 1), 3);
  assert_string_equal(as_args_text(p.args, "fail-on", ""), "green");
  assert_int_equal(as_args_count(p.args, "limit-memory", 1), 1 << 20);
  assert_true(as_args_seconds(p.args, "limit-time", 1) == 7);
  assert_int_equal(as_args_texts(p.args, "output", &list), 2);
  assert_string_equal(list[1], "terminal");
  assert_true(as_args_on(p.args, "strict"));
  drop(&p);
  as_arena_free(arena);
}

static void bad_sources(void **state) {
  (void)state;
  static char *const environment[] = {"ASSAY_EVAL_JOB=5", "ASSAY_EVAL_FAIL_ON=blue", NULL};
  parsed p = PARSE("a");
  as_args_environment(p.args, environment, p.diags);
  assert_int_equal(as_diags_count(p.diags), 2);
  assert_string_equal(as_diags_at(p.diags, 0)->code, "E0706");
  assert_non_null(strstr(as_diags_at(p.diags, 0)->help, "--jobs"));
  assert_non_null(strstr(as_diags_at(p.diags, 1)->message, "ASSAY_EVAL_FAIL_ON is `blue`"));
  as_arena *arena = as_arena_new();
  as_node *section = as_node_new(arena, AS_MAP);
  as_node_put(arena, section, "job", as_node_int(arena, 3));
  as_node_put(arena, section, "strict", as_node_new(arena, AS_LIST));
  as_args_config(p.args, section, "assay.yaml", p.diags);
  assert_int_equal(as_diags_count(p.diags), 4);
  assert_string_equal(as_diags_at(p.diags, 2)->code, "E0711");
  assert_non_null(strstr(as_diags_at(p.diags, 2)->help, "jobs"));
  drop(&p);
  as_arena_free(arena);
}

static void help(void **state) {
  (void)state;
  parsed p = PARSE("a", "--help");
  assert_true(as_args_help(p.args));
  drop(&p);
  p = PARSE("-sh");
  assert_true(as_args_help(p.args));
  assert_true(as_args_on(p.args, "strict"));
  drop(&p);
  as_buf text = {0};
  as_args_usage(&command, &text);
  for (const as_flag *f = flags; f->name; f++)
    assert_non_null(strstr(text.data, f->name));
  assert_non_null(strstr(text.data, "usage: assay eval BUNDLE"));
  as_buf_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(values), cmocka_unit_test(defaults),    cmocka_unit_test(mistakes), cmocka_unit_test(sizes),
                                     cmocka_unit_test(sources), cmocka_unit_test(bad_sources), cmocka_unit_test(help)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
