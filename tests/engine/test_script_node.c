/* Nodes into Lua and back, YAML with places, diagnostics, files. */
#include <fcntl.h>

#include "base/file.h"
#include "script_fixture.h"

static as_node *parse(fixture *f, const char *yaml) {
  as_buf text = {0};
  char padding[AS_TEXT_PADDING] = {0};
  as_buf_adds(&text, yaml);
  size_t n = text.len;
  as_buf_add(&text, padding, sizeof padding);
  text.len = n;
  as_read_options options = {.format = AS_FORMAT_YAML, .document = "t.yaml", .limits = as_read_limits_default};
  as_node *node = as_read_tree(f->arena, &text, &options, false, f->diags);
  as_buf_free(&text);
  return node;
}

static void assert_json(const as_node *node, const char *json) {
  as_buf out = {0};
  as_node_json(node, 0, &out);
  assert_string_equal(out.data, json);
  as_buf_free(&out);
}

static void there_and_back(void **state) {
  fixture *f = *state;
  const char *json = "{a: [1, 2.5, true, null, x, []], b: {}, c: null, d: {e: [{f: 1}]}}";
  as_node *result;
  assert_true(fixture_try(f, "eq(arg.c, nil) eq(arg.a[4], engine.null) eq(#arg.a, 6) eq(arg.a[2], 2.5) eq(math.type(arg.a[1]), 'integer') return arg", parse(f, json), &result));
  assert_json(result, "{\"a\":[1,2.5,true,null,\"x\",[]],\"b\":{},\"d\":{\"e\":[{\"f\":1}]}}");
}

static void results(void **state) {
  fixture *f = *state;
  assert_json(fixture_run(f, "return { b = 1, a = 2, c = { 1, 2 }, d = engine.list {}, e = {}, f = engine.null }"),
              "{\"a\":2,\"b\":1,\"c\":[1,2],\"d\":[],\"e\":{},\"f\":null}");
  assert_json(fixture_run(f, "return { id = 1, z = 2, a = 3, b = 4, __order = { 'id', 'z', 'missing', 'id' } }"), "{\"id\":1,\"z\":2,\"a\":3,\"b\":4}");
  assert_json(fixture_run(f, "return { date '2026-01-02', duration '4 h', 2.0, engine.freeze { 'x', { y = 1 } } }"), "[\"2026-01-02\",\"4 hours\",2.0,[\"x\",{\"y\":1}]]");
  assert_json(fixture_run(f, "return nil"), "null");
  assert_json(fixture_run(f, "return 'text'"), "\"text\"");
}

static void refused(void **state) {
  fixture *f = *state;
  static const char *const cases[][2] = {
      {"return { f = error }", "a result holds a function"},
      {"return { 1, x = 2 }", "mixes a list and a map (key `x`)"},
      {"return { [1] = 1, [3] = 2 }", "a list of a result has holes"},
      {"return { [2] = 2 }", "mixes a list and a map"},
      {"return { [true] = 2 }", "a key of a result must be a text, not a boolean"},
      {"return { ['a\\0b'] = 2 }", "holds a NUL"},
      {"local t = {} t.t = t return t", "nested more than 80 deep"},
      {"return engine.with_model({ as_of = '2026-01-01', documents = { { kind = 'people', records = { { id = 'p', name = 'P' } } } } }, function(isms) engine.needs() local good, m = engine.try(function() error({ message = tostring(isms.people[1]) }) end) error(m) end)", "people p"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    as_node *result;
    assert_false(fixture_try(f, cases[i][0], NULL, &result));
    if (!strstr(as_node_str(result, "message", ""), cases[i][1])) fail_msg("%s: %s", cases[i][0], as_node_str(result, "message", ""));
    assert_non_null(as_node_str(result, "traceback", NULL));
  }
}

static void errors_of_calls(void **state) {
  fixture *f = *state;
  as_node *result;
  assert_false(as_script_call(f->script, "absent", "run", NULL, f->arena, &result));
  assert_non_null(strstr(as_node_str(result, "message", ""), "the stdlib has no module \"absent\""));
  assert_false(as_script_call(f->script, "checks", "nope", NULL, f->arena, &result));
  assert_non_null(strstr(as_node_str(result, "message", ""), "has no function `nope`"));
  assert_false(fixture_try(f, "local x\nerror 'broken'", NULL, &result));
  assert_string_equal(as_node_str(result, "message", ""), "stdlib/m1.lua:4: broken");
  assert_non_null(strstr(as_node_str(result, "traceback", ""), "stdlib/m1.lua:4: in function <stdlib/m1.lua:2>"));
  fixture_run(f, "return 1"); /* the state still works */
}

static void yaml_places(void **state) {
  fixture *f = *state;
  fixture_run(f,
              "local v, where = engine.yaml('a: 1\\nb:\\n  - x\\n  - {c: null, d: 2}\\n', 'f.yaml')\n"
              "eq(v.a, 1) eq(v.b[1], 'x') eq(v.b[2].c, engine.null) eq(v.b[2].d, 2)\n"
              "local l, c, vl, vc = where(v, 'a') eq(l, 1) eq(c, 1) eq(vl, 1) eq(vc, 4)\n"
              "l, c = where(v.b, 2) eq(l, 4) eq(c, 5) l, c = where(v.b[2], 'd') eq(l, 4) eq(c, 15) l, c = where(v.b[2]) eq(l, 4) eq(c, 5) eq(where(v, 'zz'), nil) eq(where({}), nil) eq(where(nil), nil)\n"
              "local v, where = engine.yaml('', 'f.yaml') eq(v, engine.null) eq((engine.yaml('[1', 'bad.yaml')), nil)");
  assert_int_equal(as_diags_count(f->diags), 1);
  assert_string_equal(as_diags_at(f->diags, 0)->document, "bad.yaml");
}

static void diagnostics(void **state) {
  fixture *f = *state;
  fixture_run(f,
              "engine.diag { code = 'E0599', severity = 'warning', document = 'd.lua', line = 3, column = 4, message = 'm', help = 'h', source = 's' }\n"
              "engine.diag { code = 'E0598', message = 'n' }\n"
              "fails(function() engine.diag { message = 'n' } end, 'code is missing') fails(function() engine.diag { code = 'x' } end, 'message is missing') fails(function() engine.diag { code = 'x', message = 'm', severity = 'fatal' } end, 'error, warning or note')");
  assert_int_equal(as_diags_count(f->diags), 2);
  const as_diag *diag = as_diags_at(f->diags, 0);
  assert_string_equal(diag->code, "E0599");
  assert_int_equal(diag->severity, AS_WARNING);
  assert_string_equal(diag->document, "d.lua");
  assert_int_equal(diag->line, 3);
  assert_int_equal(diag->column, 4);
  assert_string_equal(diag->help, "h");
  assert_int_equal(as_diags_at(f->diags, 1)->severity, AS_ERROR);
}

static void words_and_files(void **state) {
  fixture *f = *state;
  char body[1000];
  snprintf(body, sizeof body,
           "eq(engine.suggest('acounts', { 'people', 'accounts' }), 'accounts') eq(engine.suggest('zzz', { 'people' }), nil) eq(engine.fold('  Access-Control  List '), 'access_control_list')\n"
           "eq(engine.sha256(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')\n"
           "local d = '%s' eq(engine.exists(d), 'folder') eq(engine.exists(d .. '/t.lua'), 'file') eq(engine.exists(d .. '/none'), nil)\n"
           "eq(engine.files(d)[1], 'checks.lua') assert(engine.read(d .. '/checks.lua'):find('twice')) local t, m = engine.read(d .. '/none') eq(t, nil) assert(m:find('none')) t, m = engine.files(d .. '/none') eq(t, nil) assert(m)\n"
           "eq(engine.stdlib, d)", f->dir);
  fixture_run(f, body);
}

static void kinds(void **state) {
  fixture_run(*state,
              "eq(table.concat(engine.kinds(), ' '), 'accounts assets organization people visits') local k = engine.kind('accounts') eq(k.key, 'id') eq(k.title, 'Accounts') eq(k.single, false) eq(k.fields[1].name, 'id') eq(engine.kind('x'), nil) eq(engine.kind('visits').key, nil)\n"
              "local f = engine.field('accounts', 'person') eq(f.name, 'person_id') eq(f.type, 'ref') eq(f.target, 'people') eq(f.record_name, 'person') eq(f.key_name, 'person_id') eq(f.required, false)\n"
              "eq(engine.field('accounts', 'owner_id').name, 'owner') f = engine.field('accounts', 'assets') eq(f.type, 'list') eq(f.item, 'ref') eq(f.target, 'assets')\n"
              "f = engine.field('accounts', 'status') eq(table.concat(f.words, ' '), 'active disabled locked') eq(f.required, true) eq(engine.field('visits', 'next_due_at').may_lie_ahead, true) eq(engine.field('accounts', 'x'), nil) eq(engine.field('x', 'x'), nil)");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(there_and_back, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(results, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(refused, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(errors_of_calls, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(yaml_places, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(diagnostics, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(words_and_files, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(kinds, fixture_open, fixture_close),
  };
  return cmocka_run_group_tests_name("script_node", tests, NULL, NULL);
}
