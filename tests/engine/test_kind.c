/* Kinds: types, names under which references are read, which dates may lie ahead, and every way to write a schema wrong. */
#include "model_help.h"

typedef struct {
  as_arena *arena;
  as_intern *intern;
  as_kinds *kinds;
  as_diags *diags;
  bool good;
} reading;

static reading read_kinds(const char *text) {
  reading r = {.arena = as_arena_new(), .diags = as_diags_new()};
  r.intern = as_intern_new(r.arena);
  r.kinds = as_kinds_new(r.arena, r.intern);
  as_buf buf = padded(text, strlen(text));
  r.good = as_kinds_add(r.kinds, &buf, "k.yaml", r.diags);
  r.good = as_kinds_settle(r.kinds, r.diags) && r.good;
  as_buf_free(&buf);
  return r;
}

static void done(reading *r) {
  as_kinds_free(r->kinds);
  as_intern_free(r->intern);
  as_diags_free(r->diags);
  as_arena_free(r->arena);
}

static void expect_type(const char *written, const char *expected, bool required) {
  char text[400];
  snprintf(text, sizeof text, "things:\n  title: T\n  key: id\n  fields:\n    id: string!\n    f: %s\n", written);
  reading r = read_kinds(text);
  as_buf out = {0};
  assert_true(r.good);
  const as_field *field = as_kind_field(as_kinds_at(r.kinds, 0), AS_STR("f"));
  as_type_write(field, &out);
  assert_string_equal(out.data, expected);
  assert_int_equal(field->required, required);
  as_buf_free(&out);
  done(&r);
}

static void test_types(void **state) {
  (void)state;
  const char *const same[] = {"string", "text", "integer", "number", "boolean", "date", "time", "duration", "percent",
                              "ref(things)", "list(string)", "list(ref(things))", "list(enum(a, b))", "list(time)"};
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) expect_type(same[i], same[i], false);
  expect_type("string!", "string", true);
  expect_type("list( ref( things ) )!", "list(ref(things))", true);
  expect_type("enum(a,b ,  c_1)!   # words", "enum(a, b, c_1)", true);
}

static void expect_fault(const char *text, const char *code, uint32_t line, uint32_t column, const char *part) {
  reading r = read_kinds(text);
  assert_false(r.good);
  assert_true(as_diags_count(r.diags) > 0);
  const as_diag *diag = as_diags_at(r.diags, 0);
  assert_string_equal(diag->code, code);
  assert_int_equal(diag->line, line);
  assert_int_equal(diag->column, column);
  as_buf out = {0};
  as_diag_format(diag, false, &out);
  if (!strstr(out.data, part)) fail_msg("no \"%s\" in:\n%s", part, out.data);
  as_buf_free(&out);
  done(&r);
}

static void test_faults(void **state) {
  (void)state;
  expect_fault("- a\n", "E0401", 1, 1, "map of names");
  expect_fault("a:\n  titel: x\n  fields: {id: string}\n", "E0402", 2, 3, "did you mean `title`?");
  expect_fault("a: {title: A, fields: {x: text}}\nb: {title: B, fields: {x: text}}\nb : {title: B, fields: {x: text}}\n", "E0108", 3, 1, "b");
  expect_fault("Accounts: {title: A, fields: {x: text}}\n", "E0404", 1, 1, "no name for a kind");
  static const char *const taken[] = {"as_of", "catalog", "checks", "findings", "results", "risk_results", "json_each", "json_tree", "sqlite_master", "pragma_x"};
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
    char text[80];
    snprintf(text, sizeof text, "%s: {title: A, fields: {x: text}}\n", taken[i]);
    expect_fault(text, "E0403", 1, 1, "isms or SQL has something of that name");
  }
  expect_fault("a: {title: A, fields: {9x: text}}\n", "E0404", 1, 24, "no name for a field");
  expect_fault("a:\n  title: A\n  fields:\n    x: strin\n", "E0405", 4, 8, "did you mean `string`?");
  expect_fault("a: {title: A, fields: {x: \"enum(a, a)\"}}\n", "E0405", 1, 27, "given twice");
  expect_fault("a: {title: A, fields: {x: \"enum()\"}}\n", "E0405", 1, 27, "no plain word");
  expect_fault("a: {title: A, fields: {x: \"list(list(string))\"}}\n", "E0405", 1, 27, "no type");
  expect_fault("a: {title: A, fields: {x: 3}}\n", "E0405", 1, 27, "no type");
  expect_fault("a: {title: A, key: ix, fields: {id: string!}}\n", "E0406", 1, 20, "did you mean `id`?");
  expect_fault("a: {title: A, key: id, fields: {id: string}}\n", "E0406", 1, 20, "`string!`");
  expect_fault("a: {title: A, key: id, fields: {id: integer!}}\n", "E0406", 1, 20, "required string");
  expect_fault("people: {title: A, key: id, fields: {id: string!, x: ref(peeple)}}\n", "E0407", 1, 54, "did you mean `people`?");
  expect_fault("a: {title: A, fields: {x: ref(a)}}\n", "E0409", 1, 27, "no key");
  expect_fault("a: {title: A}\n", "E0408", 1, 1, "no fields");
  expect_fault("a: {fields: {x: text}}\n", "E0408", 1, 1, "no title");
  expect_fault("a: {title: A, single: maybe, fields: {x: text}}\n", "E0408", 1, 23, "true or false");
}

static void test_twice_in_two_files(void **state) {
  fixture *f = *state;
  as_buf text = padded("people: {title: P, fields: {x: text}}\n", 38);
  assert_false(as_kinds_add(f->kinds, &text, "own.yaml", f->diags));
  as_buf_free(&text);
  assert_string_equal(problems(f), "E0403@own.yaml:1:1");
  assert_shows(f, 0, "kinds.yaml");
}

/* What refers to a kind that was refused is not told as well. */
static void test_one_root_cause(void **state) {
  (void)state;
  reading r = read_kinds("a: {title: A, key: id, fields: {id: strin!}}\nb: {title: B, fields: {x: ref(a)}}\n");
  assert_false(r.good);
  assert_int_equal(as_diags_count(r.diags), 1);
  done(&r);
}

static void expect_names(const as_kind *kind, const char *name, const char *record, const char *key) {
  const as_field *field = as_kind_field(kind, as_str_of(name));
  assert_non_null(field);
  assert_string_equal(field->ref_name ? field->ref_name->text : "-", record);
  assert_string_equal(field->id_name ? field->id_name->text : "-", key);
}

static void test_names_of_references(void **state) {
  (void)state;
  reading r = read_kinds(
      "k:\n  title: K\n  key: id\n  fields:\n    id: string!\n    person_id: ref(k)\n    owner: ref(k)\n    asset_ids: list(ref(k))\n"
      "    activity_ids: list(ref(k))\n    assets: list(ref(k))\n    parties: list(ref(k))\n    team: list(ref(k))\n    assigned_to: ref(k)\n"
      "    boss: ref(k)\n    boss_id: string\n    plain: string\n");
  const as_kind *kind = as_kinds_at(r.kinds, 0);
  assert_true(r.good);
  expect_names(kind, "person_id", "person", "person_id");
  expect_names(kind, "owner", "owner", "owner_id");
  expect_names(kind, "asset_ids", "-", "asset_ids"); /* `assets` is a field of its own here */
  expect_names(kind, "activity_ids", "activities", "activity_ids");
  expect_names(kind, "assets", "assets", "-");
  expect_names(kind, "parties", "parties", "party_ids");
  expect_names(kind, "team", "team", "team_ids");
  expect_names(kind, "assigned_to", "assigned_to", "assigned_to_id");
  expect_names(kind, "boss", "boss", "-");
  expect_names(kind, "plain", "-", "-");
  done(&r);
}

static void test_what_may_lie_ahead(void **state) {
  (void)state;
  const char *const ahead[] = {"start_date", "end_date", "due_at", "review_due_at", "due_back_at", "expires_at", "decision_expires_at", "valid_until",
                               "extended_to", "next_review_at", "planned_at", "planned_start", "support_ends_at", "ends_at", "end_of_life", "start_at",
                               "starts_at", "period_start", "period_end", "contract_start", "contract_end", "effective_at", "go_live_at",
                               "forecast_full_at", "delete_by", "copies_gone_by", "not_before", "not_after"};
  const char *const done_things[] = {"approved_at", "started_at", "ended_at", "created_at", "until", "next", "date", "extended", "expired_at", "undue_atx"};
  for (int list = 0; list < 2; list++) {
    as_buf text = {0};
    as_buf_adds(&text, "k:\n  title: K\n  fields:\n    flag_until: string\n");
    for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++) as_buf_printf(&text, "    %s: %s\n", ahead[i], list ? "list(date)" : "time");
    for (size_t i = 0; i < sizeof done_things / sizeof *done_things; i++) as_buf_printf(&text, "    %s: date\n", done_things[i]);
    reading r = read_kinds(text.data);
    const as_kind *kind = as_kinds_at(r.kinds, 0);
    assert_true(r.good);
    for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++) assert_true(as_kind_field(kind, as_str_of(ahead[i]))->may_lie_ahead);
    for (size_t i = 0; i < sizeof done_things / sizeof *done_things; i++)
      assert_false(as_kind_field(kind, as_str_of(done_things[i]))->may_lie_ahead);
    assert_false(as_kind_field(kind, AS_STR("flag_until"))->may_lie_ahead);
    done(&r);
    as_buf_free(&text);
  }
}

static void test_lookup(void **state) {
  fixture *f = *state;
  assert_int_equal(as_kinds_count(f->kinds), 5);
  for (size_t i = 0; i < 5; i++) assert_int_equal(as_kinds_at(f->kinds, i)->index, i);
  assert_string_equal(as_kinds_at(f->kinds, 0)->name->text, "accounts");
  assert_string_equal(as_kinds_at(f->kinds, 4)->name->text, "reads");
  assert_null(as_kinds_at(f->kinds, 5));
  assert_null(as_kinds_find(f->kinds, AS_STR("account")));
  assert_string_equal(as_kinds_suggest(f->kinds, "acounts"), "accounts");
  assert_null(as_kinds_suggest(f->kinds, "zzz"));
  const as_kind *accounts = kind_of(f, "accounts");
  assert_string_equal(as_kind_suggest(accounts, "sytem"), "system");
  assert_string_equal(as_kind_suggest(accounts, "person"), "person_id");
  assert_string_equal(as_kind_suggest(accounts, "assets"), "asset_ids");
  assert_null(as_kind_field(accounts, AS_STR("person")));
  assert_true(kind_of(f, "organization")->single);
  assert_null(kind_of(f, "reads")->key);
}

static void test_comments(void **state) {
  (void)state;
  reading r = read_kinds("k:\n  title: K\n  fields:\n    a: string   # what it is  \n    b: string\n");
  const as_kind *kind = as_kinds_at(r.kinds, 0);
  assert_string_equal(as_kind_field(kind, AS_STR("a"))->comment, "what it is");
  assert_null(as_kind_field(kind, AS_STR("b"))->comment);
  done(&r);
}

/* ---- the kinds that ship are those of the specification ---- */

static as_kinds *load_folder(as_arena *arena, as_intern *intern, const char *folder, as_diags *diags) {
  as_paths paths;
  if (!as_file_walk(folder, 1000, &paths, NULL)) return NULL;
  as_kinds *kinds = as_kinds_new(arena, intern);
  for (size_t i = 0; i < paths.count; i++) {
    char path[500];
    as_buf text;
    const char *why;
    snprintf(path, sizeof path, "%s/%s", folder, paths.paths[i]);
    assert_true(as_file_read(AT_FDCWD, path, 1 << 24, &text, &why));
    as_kinds_add(kinds, &text, path, diags);
    as_buf_free(&text);
  }
  as_paths_free(&paths);
  as_kinds_settle(kinds, diags);
  return kinds;
}

static void compare_fields(const as_kind *ours, const as_kind *theirs) {
  assert_int_equal(ours->n_fields, theirs->n_fields);
  assert_int_equal(ours->single, theirs->single);
  assert_string_equal(ours->title, theirs->title);
  assert_string_equal(ours->key ? ours->key->name->text : "", theirs->key ? theirs->key->name->text : "");
  for (uint32_t i = 0; i < ours->n_fields; i++) {
    const as_field *a = &ours->fields[i], *b = &theirs->fields[i];
    as_buf ta = {0}, tb = {0};
    as_type_write(a, &ta);
    as_type_write(b, &tb);
    assert_string_equal(a->name->text, b->name->text);
    assert_string_equal(ta.data, tb.data);
    assert_int_equal(a->required, b->required);
    assert_string_equal(a->comment ? a->comment : "", b->comment ? b->comment : "");
    as_buf_free(&ta);
    as_buf_free(&tb);
  }
}

static void test_shipped_kinds(void **state) {
  (void)state;
  reading r = {.arena = as_arena_new(), .diags = as_diags_new()};
  r.intern = as_intern_new(r.arena);
  r.kinds = load_folder(r.arena, r.intern, "stdlib/kinds", r.diags);
  assert_non_null(r.kinds);
  assert_int_equal(as_diags_count(r.diags), 0);
  assert_int_equal(as_kinds_count(r.kinds), 120);
  const char *shared = getenv("ASSAY_SHARED");
  char folder[400];
  snprintf(folder, sizeof folder, "%s/spec/kinds", shared ? shared : "../shared");
  as_kinds *spec = load_folder(r.arena, r.intern, folder, r.diags);
  if (!spec) {
    done(&r);
    skip();
  }
  assert_int_equal(as_diags_count(r.diags), 0);
  assert_int_equal(as_kinds_count(spec), as_kinds_count(r.kinds));
  for (size_t i = 0; i < as_kinds_count(spec); i++) {
    const as_kind *theirs = as_kinds_at(spec, i), *ours = as_kinds_at(r.kinds, i);
    assert_string_equal(ours->name->text, theirs->name->text);
    compare_fields(ours, theirs);
  }
  as_kinds_free(spec);
  done(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_types),          TEST(test_faults),  TEST(test_twice_in_two_files), TEST(test_one_root_cause), TEST(test_names_of_references),
      TEST(test_what_may_lie_ahead), TEST(test_lookup), TEST(test_comments),        TEST(test_shipped_kinds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
