/* The model: records in and out, keys, references, indexes, what is supplied, and what sealing finds. */
#include "model_help.h"

static as_node *map_of(fixture *f, const char *yaml) {
  as_buf buf = padded(yaml, strlen(yaml));
  as_read_options how = {.format = AS_FORMAT_YAML, .document = "t", .limits = as_read_limits_default};
  as_node *node = as_read_tree(f->arena, &buf, &how, false, f->diags);
  as_buf_free(&buf);
  assert_non_null(node);
  return node;
}

/* Adds the records of a YAML list. */
static as_document *add(fixture *f, as_model *model, const char *path, const char *kind, const char *yaml) {
  as_document *document = as_model_add_document(model, path);
  document->kind = kind_of(f, kind);
  for (const as_node *node = map_of(f, yaml)->first; node; node = node->next)
    as_model_add_record(model, document, document->kind, node, f->diags);
  return document;
}

static as_time day(const char *text) {
  as_time time;
  assert_true(as_date_parse(as_str_of(text), &time));
  return time;
}

static as_model *new_model(fixture *f) { return as_model_new(f->arena, f->intern, f->kinds); }

static void test_every_type(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  add(f, model, "a", "accounts",
      "- {id: a1, system: okta, person_id: p1, status: Active, mfa: false, quota: -2.5, seen_at: 2026-01-01T10:00:00.5Z, asset_ids: [x, y], levels: [LOW, high]}\n"
      "- {id: a2, status: disabled}\n");
  add(f, model, "b", "assets", "- {id: x, share: 99.5, tries: -9007199254740993, keep: 90 d, note: \"a\\nb\"}\n");
  add(f, model, "c", "people", "- {id: p1, start_date: 1950-06-01, skills: []}\n");
  as_model_seal(model, day("2026-06-30"), f->diags);
  assert_string_equal(records_of(f, model, "accounts"),
                      "id=a1 system=okta person_id=->p1 status=active mfa=false quota=-2.5 seen_at=2026-01-01T10:00:00.5Z asset_ids=[->x,?>y] levels=[low,high] | "
                      "id=a2 status=disabled");
  assert_string_equal(records_of(f, model, "assets"), "id=x share=99.5 tries=-9007199254740993 keep=90 d note=a\nb");
  assert_string_equal(records_of(f, model, "people"), "id=p1 start_date=1950-06-01 skills=[]");
  as_model_free(model);
}

static void test_faults_leave_out(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  as_document *document = add(f, model, "a", "accounts",
                              "- {id: a1, status: active}\n"
                              "- {status: active}\n"
                              "- {id: a2}\n"
                              "- {id: a3, status: actve, mfa: 3}\n"
                              "- {id: a1, status: disabled}\n"
                              "- {id: a4, status: active, sytem: x}\n"
                              "- just text\n");
  assert_string_equal(problems(f), "E0304@a:2:3 E0303@a:3:3 E0307@a:4:20 E0301@a:4:32 E0305@a:5:8 W0302@a:6:28 E0309@a:7:3");
  assert_shows(f, 0, "the key `id` is missing");
  assert_shows(f, 2, "did you mean `active`?");
  assert_shows(f, 4, "accounts \"a1\" is already at a:1");
  assert_shows(f, 5, "did you mean `system`?");
  /* the second record of a key is reported, stays, and is not what the key leads to */
  assert_int_equal(document->records, 3);
  assert_int_equal(document->left_out, 4);
  as_model_seal(model, day("2026-06-30"), f->diags);
  assert_string_equal(records_of(f, model, "accounts"), "id=a1 status=active | id=a1 status=disabled | id=a4 status=active");
  assert_ptr_equal(as_model_find(model, kind_of(f, "accounts"), AS_STR("a1")), as_model_at(model, kind_of(f, "accounts"), 0));
  as_model_free(model);
}

static void test_single_kind(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  add(f, model, "a", "organization", "- {id: a, name: A}\n- {id: b, name: B}\n");
  assert_string_equal(problems(f), "E0308@a:2:3");
  assert_string_equal(records_of(f, model, "organization"), "id=a name=A");
  as_model_free(model);
}

static void test_references(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  add(f, model, "a", "accounts", "- {id: a1, status: active, person_id: p2, asset_ids: [x]}\n- {id: a2, status: active, person_id: p11}\n");
  add(f, model, "p", "people", "- {id: p1, boss: p2}\n- {id: p2, boss: p2}\n");
  as_model_seal(model, day("2026-06-30"), f->diags);
  /* The asset leads nowhere because no assets are supplied: told once, as a note. */
  assert_string_equal(problems(f), "W0320@a:2 N0322@");
  assert_shows(f, 0, "accounts \"a2\": person_id points to people \"p11\", which does not exist");
  assert_shows(f, 0, "did you mean `p1`?");
  const as_kind *people = kind_of(f, "people");
  const as_record *account = as_model_find(model, kind_of(f, "accounts"), AS_STR("a1"));
  as_value person = as_record_get(account, as_kind_field(kind_of(f, "accounts"), AS_STR("person_id")));
  assert_ptr_equal(person.u.link.record, as_model_at(model, people, 1));
  assert_string_equal(as_record_key(person.u.link.record)->text, "p2");
  assert_null(as_model_find(model, people, AS_STR("p3")));
  assert_null(as_model_find(model, people, AS_STR("a1")));
  as_model_free(model);
}

static void test_future(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  add(f, model, "p", "people", "- {id: p1, start_date: 2027-01-01, left_at: 2026-06-30}\n- {id: p2, left_at: 2026-07-01}\n");
  add(f, model, "a", "accounts", "- {id: a1, status: active, seen_at: 2026-06-30T23:59:59Z}\n- {id: a2, status: active, seen_at: 2026-07-01T00:00:00Z}\n");
  as_model_seal(model, day("2026-06-30"), f->diags);
  as_diags_sort(f->diags);
  assert_string_equal(problems(f), "W0321@a:2 W0321@p:2");
  assert_int_equal(as_model_count(model, kind_of(f, "people")), 2); /* the records stay */
  as_model_free(model);
}

static void test_many_problems_are_counted(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  as_document *document = as_model_add_document(model, "a");
  document->kind = kind_of(f, "accounts");
  as_model_supply(model, kind_of(f, "people"));
  for (int i = 0; i < 500; i++) {
    char text[100];
    snprintf(text, sizeof text, "{id: a%d, status: active, person_id: nobody-%d}", i, i);
    as_model_add_record(model, document, document->kind, map_of(f, text), f->diags);
  }
  as_model_seal(model, day("2026-06-30"), f->diags);
  assert_int_equal(as_diags_count(f->diags), 101);
  assert_shows(f, 100, "accounts.person_id: 400 more references lead to nothing");
  as_model_free(model);
}

static void expect_where(fixture *f, const as_model *model, const char *field, const char *value, const char *expected) {
  const as_kind *accounts = kind_of(f, "accounts");
  size_t count = 77;
  const as_record *const *list =
      as_model_where(model, as_kind_field(accounts, as_str_of(field)), accounts, as_model_symbol(model, as_str_of(value)), &count);
  as_buf keys = {0};
  as_buf_add(&keys, "", 0);
  for (size_t i = 0; i < count; i++) as_buf_printf(&keys, "%s%s", i ? " " : "", as_record_key(list[i])->text);
  assert_string_equal(keys.data, expected);
  as_buf_free(&keys);
}

static void test_where(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  add(f, model, "a", "accounts",
      "- {id: a1, status: active, system: okta, asset_ids: [x, y, x], levels: [low]}\n"
      "- {id: a2, status: disabled, system: okta, asset_ids: [y]}\n"
      "- {id: a3, status: active, person_id: p1, levels: [high, low, high]}\n");
  as_model_seal(model, day("2026-06-30"), f->diags);
  for (int twice = 0; twice < 2; twice++) {
    expect_where(f, model, "status", "active", "a1 a3");
    expect_where(f, model, "status", "disabled", "a2");
    expect_where(f, model, "system", "okta", "a1 a2");
    expect_where(f, model, "system", "aws", "");
    expect_where(f, model, "asset_ids", "x", "a1");
    expect_where(f, model, "asset_ids", "y", "a1 a2");
    expect_where(f, model, "levels", "low", "a1 a3");
    expect_where(f, model, "levels", "high", "a3");
    expect_where(f, model, "person_id", "p1", "a3");
    expect_where(f, model, "id", "a2", "a2");
    expect_where(f, model, "mfa", "a2", ""); /* not a field of texts */
  }
  assert_null(as_model_symbol(model, AS_STR("never seen")));
  as_model_free(model);
}

/* A list of a million equal words must not take a million times a million steps. */
static void test_where_long_list(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  as_node *map = as_node_new(f->arena, AS_MAP), *list = as_node_new(f->arena, AS_LIST);
  for (int i = 0; i < 300000; i++) as_node_add(list, as_node_textf(f->arena, "asset %d", i % 150000));
  as_node_put(f->arena, map, "id", as_node_text(f->arena, AS_STR("a1")));
  as_node_put(f->arena, map, "status", as_node_text(f->arena, AS_STR("active")));
  as_node_put(f->arena, map, "asset_ids", list);
  assert_non_null(as_model_add_record(model, as_model_add_document(model, "a"), kind_of(f, "accounts"), map, f->diags));
  as_model_seal(model, day("2026-06-30"), f->diags);
  expect_where(f, model, "asset_ids", "asset 7", "a1");
  as_model_free(model);
}

static void test_many_records(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  as_document *document = as_model_add_document(model, "p");
  const as_kind *people = kind_of(f, "people");
  as_node *map = as_node_new(f->arena, AS_MAP), *id = as_node_new(f->arena, AS_TEXT), *boss = as_node_new(f->arena, AS_TEXT);
  as_node_put(f->arena, map, "id", id);
  as_node_put(f->arena, map, "boss", boss);
  char key[32], other[32];
  for (uint32_t i = 0; i < 50000; i++) {
    id->text = (as_str){key, (size_t)snprintf(key, sizeof key, "p%u", i)};
    boss->text = (as_str){other, (size_t)snprintf(other, sizeof other, "p%u", 49999 - i)};
    map->line = i + 1;
    assert_non_null(as_model_add_record(model, document, people, map, f->diags));
  }
  as_model_seal(model, day("2026-06-30"), f->diags);
  assert_int_equal(as_diags_count(f->diags), 0);
  for (uint32_t i = 0; i < 50000; i++) {
    const as_record *record = as_model_at(model, people, i);
    snprintf(key, sizeof key, "p%u", i);
    assert_string_equal(as_record_key(record)->text, key);
    assert_int_equal(as_record_index(record), i);
    assert_int_equal(as_record_line(record), i + 1);
    assert_ptr_equal(as_model_find(model, people, as_str_of(key)), record);
    assert_int_equal(as_record_index(as_record_get(record, as_kind_field(people, AS_STR("boss"))).u.link.record), 49999 - i);
  }
  assert_null(as_model_at(model, people, 50000));
  as_model_free(model);
}

static void test_supplied(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  as_document *empty = as_model_add_document(model, "a"), *good = as_model_add_document(model, "p"), *bad = as_model_add_document(model, "q");
  empty->kind = kind_of(f, "accounts");
  good->kind = bad->kind = kind_of(f, "people");
  bad->readable = false;
  as_model_supply(model, kind_of(f, "reads"));
  as_model_seal(model, day("2026-06-30"), f->diags);
  assert_true(as_model_supplied(model, kind_of(f, "accounts")));
  assert_false(as_model_supplied(model, kind_of(f, "people"))); /* one of its documents cannot be read */
  assert_true(as_model_supplied(model, kind_of(f, "reads")));
  assert_false(as_model_supplied(model, kind_of(f, "assets")));
  assert_int_equal(as_model_documents(model), 3);
  assert_ptr_equal(as_model_document(model, 1), good);
  as_model_free(model);
}

static void test_collected(void **state) {
  fixture *f = *state;
  as_model *model = new_model(f);
  const char *const days[] = {"2026-05-01", "2026-06-01", "2026-09-01"};
  for (int i = 0; i < 3; i++) {
    as_document *document = as_model_add_document(model, "a");
    document->kind = kind_of(f, i < 2 ? "accounts" : "people");
    document->collected_at = day(days[i]);
    document->has_collected_at = true;
  }
  as_model_seal(model, day("2026-06-30"), f->diags);
  assert_int_equal(as_time_compare(as_model_collected(model, kind_of(f, "accounts")), day("2026-06-01")), 0);
  assert_int_equal(as_time_compare(as_model_collected(model, kind_of(f, "people")), day("2026-06-30")), 0);
  assert_int_equal(as_time_compare(as_model_collected(model, kind_of(f, "assets")), day("2026-06-30")), 0);
  as_model_free(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_every_type), TEST(test_faults_leave_out), TEST(test_single_kind), TEST(test_references),
      TEST(test_future),     TEST(test_many_problems_are_counted), TEST(test_where), TEST(test_where_long_list),
      TEST(test_many_records), TEST(test_supplied), TEST(test_collected),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
