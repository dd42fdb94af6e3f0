/* SQL over a model: comparisons: what is looked up instead of gone through, what is tested here instead of by SQLite, in which order values
 * stand, and what can only be a mistake. */
#include "sql_help.h"

static uint64_t steps_of(fixture *f, const char *text) {
  s.steps = 0;
  ask(f, text);
  return s.steps;
}

static void lookups(void **state) {
  fixture *f = *state;
  as_buf people = {0}, accounts = {0};
  as_buf_adds(&people, "id,name,kind\n");
  as_buf_adds(&accounts, "id,system,person_id,status\n");
  for (int i = 0; i < 20000; i++) {
    as_buf_printf(&people, "p%d,Person %d,employee\n", i, i % 100);
    as_buf_printf(&accounts, "a%d,s%d,p%d,%s\n", i, i % 200, i % 5000, i % 400 ? "active" : "disabled");
  }
  write_text(f, "bundle.yaml", "as_of: 2026-06-30\n");
  write_text(f, "people.csv", people.data);
  write_text(f, "accounts.csv", accounts.data);
  as_buf_free(&people);
  as_buf_free(&accounts);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  open_with(f, 0);
  /* The plan: what is answered by an index says so behind the number of terms. */
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts WHERE id = 'a7'", "SCAN accounts VIRTUAL TABLE INDEX 1:lookup id=");
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts WHERE _key = 'a7'", "INDEX 1:lookup id=");
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts WHERE person_id = 'p7' AND status = 'active'", "INDEX 2:lookup person_id=, status=");
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts WHERE mfa = 1 AND seen_at < '2026-01-01' AND quota IS NOT NULL AND _line > 5", "INDEX 0:test mfa=, seen_at<, _line>, quota is not null");
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts WHERE quota BETWEEN 1 AND 2 AND system = 's7'", "INDEX 1:lookup system=, quota>=, quota<=");
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts WHERE quota IN (1, 2, 3)", "INDEX 0:all records");
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts WHERE system IN ('s1', 's2')", "INDEX 1:lookup system=");
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts WHERE seen_at < '2026-01-01' COLLATE BINARY", "INDEX 0:all records");
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts WHERE id = 'a7' COLLATE NOCASE", "INDEX 0:all records");
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts a JOIN people p ON p.id = a.person_id WHERE a.id = 'a7'", "SCAN p VIRTUAL TABLE INDEX 1:lookup id=");
  /* The steps: going through all takes 20,000 times some. */
  assert_true(steps_of(f, "SELECT count(*) FROM accounts WHERE mfa IS NULL") > 20000);
  assert_int_equal(steps_of(f, "SELECT * FROM accounts WHERE id = 'a77'"), 0);
  SAYS("SELECT id, person_id FROM accounts WHERE id = 'a77'", "a77,p77");
  assert_true(steps_of(f, "SELECT count(*) FROM accounts WHERE system = 's7'") <= 2000);
  SAYS("SELECT count(*) FROM accounts WHERE system = 's7'", "100");
  /* Both sides of an OR are looked up. */
  TELLS("EXPLAIN QUERY PLAN SELECT * FROM accounts WHERE id = 'a7' OR person_id = 'p8'", "MULTI-INDEX OR");
  SAYS("SELECT count(*) FROM accounts WHERE id = 'a7' OR person_id = 'p8'", "5");
  SAYS("SELECT count(*) FROM accounts WHERE status = 'disabled' AND person_id = 'p400'", "2");
  assert_true(steps_of(f, "SELECT count(*) FROM accounts WHERE status = 'active' AND person_id = 'p7'") <= 1000);
  SAYS("SELECT count(*) FROM accounts WHERE status = 'active' AND person_id = 'p7'", "4");
  assert_true(steps_of(f, "SELECT p.name FROM accounts a JOIN people p ON p.id = a.person_id WHERE a.system = 's7'") <= 5000);
  assert_int_equal(steps_of(f, "SELECT * FROM accounts WHERE id IN ('a1', 'a2', 'nobody')"), 0);
  SAYS("SELECT id FROM accounts WHERE id IN ('a1', 'a2', 'nobody') ORDER BY 1", "a1|a2");
  /* A comparison that leaves nothing makes no steps: what it is compared with is tested before SQLite sees the record. */
  assert_int_equal(steps_of(f, "SELECT * FROM accounts WHERE _line > 99999"), 0);
  assert_int_equal(steps_of(f, "SELECT * FROM people WHERE name > 'Z'"), 0);
  assert_int_equal(steps_of(f, "SELECT * FROM people WHERE name > 'Person 9' AND name < 'Person 90'"), 0);
  SAYS("SELECT count(*) FROM people WHERE name >= 'Person 98'", "400");
  SAYS("SELECT count(*) FROM accounts WHERE system = 'ACTIVE' OR system = 's1'", "100");
  SAYS("SELECT count(*) FROM accounts a JOIN people p ON p.id = a.person_id WHERE p.name = 'Person 7'", "200");
  done();
}

/* Every comparison of every column with every value gives the records that SQLite finds by itself, behind a CASE. */
static void comparisons_are_exact(void **state) {
  fixture *f = *state;
  write_text(f, "bundle.yaml", "as_of: 2026-06-30\n");
  write_text(f, "people.yaml", "- { id: ann, name: \"\", start_date: 2020-01-01 }\n- { id: bob, boss: ann, start_date: 2021-12-31, kind: board }\n- { id: Eve, boss: gone, kind: employee }\n");
  write_text(f, "accounts.yaml",
             "- { id: a1, status: active, mfa: true, quota: 1, seen_at: 2026-01-01T00:00:00Z }\n- { id: a2, status: disabled, mfa: false, quota: 1.5, seen_at: 2026-01-01T10:00:00+02:00 }\n"
             "- { id: a3, status: active, quota: -0.0, seen_at: 2026-01-01T08:00:00.5Z }\n- { id: a4, status: active, quota: 1e300, seen_at: 2026-01-01T08:00:00.25Z }\n"
             "- { id: \"5\", status: active, quota: 9007199254740993 }\n- { id: \"05\", status: active, seen_at: 2025-12-31T23:59:59Z }\n");
  write_text(f, "assets.yaml", "- { id: s1, share: 50, tries: 7, keep: 90 d, note: x }\n- { id: s2, tries: 9007199254740993, keep: 36 h }\n- { id: s3, tries: -1, keep: 1.5 d, note: \"x\\ny\" }\n- { id: s4 }\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  open_with(f, 0);
  static const char *const columns[][2] = {
      {"people", "id"}, {"people", "_key"}, {"people", "name"}, {"people", "boss"}, {"people", "kind"}, {"people", "start_date"}, {"accounts", "id"}, {"accounts", "mfa"},
      {"accounts", "quota"}, {"accounts", "seen_at"}, {"accounts", "_line"}, {"accounts", "_document"}, {"assets", "share"}, {"assets", "tries"}, {"assets", "keep"}, {"assets", "note"}, {"assets", "rowid"}};
  static const char *const operators[] = {"=", "<>", "<", "<=", ">", ">=", "IS", "IS NOT"};
  as_sql_value values[] = {
      {.type = AS_SQL_NULL}, {.type = AS_SQL_INTEGER, .integer = 1}, {.type = AS_SQL_INTEGER, .integer = 5}, {.type = AS_SQL_INTEGER, .integer = 0}, {.type = AS_SQL_INTEGER, .integer = 9007199254740993},
      {.type = AS_SQL_INTEGER, .integer = INT64_MAX}, {.type = AS_SQL_INTEGER, .integer = INT64_MIN}, {.type = AS_SQL_NUMBER, .number = 1.5}, {.type = AS_SQL_NUMBER, .number = 1e300},
      {.type = AS_SQL_NUMBER, .number = 9007199254740992.0}, {.type = AS_SQL_NUMBER, .number = -1e19}, text_value(""), text_value("1"), text_value("5"), text_value("1.5"), text_value("7.0"), text_value("ann"), text_value("Bob"),
      text_value("gone"), text_value("board"), text_value("x"), text_value("accounts.yaml"), text_value("2021"), text_value("2021-12-31"), text_value("2026-01-01"), text_value("2026-01-01T08:00:00Z"),
      text_value("2026-01-01 08:00:00"), text_value("2026-01-01 08:00"), text_value("2026-01-01T10:00:00+02:00"), text_value("2026-01-01T08:00:00.5Z"), text_value("2025-12-31T23:59:59"), text_value("2026-13"),
      text_value("36 h"), text_value("1.5 d"), text_value("90d"), text_value("soon"), {.type = AS_SQL_BLOB, .text = AS_STR("ann")}};
  int found = 0, refused = 0;
  for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
    for (size_t o = 0; o < sizeof operators / sizeof *operators; o++)
      for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
        char text[256], expected[256];
        snprintf(text, sizeof text, "SELECT rowid FROM %s WHERE CASE WHEN %s %s ? THEN 1 ELSE 0 END", columns[c][0], columns[c][1], operators[o]);
        snprintf(expected, sizeof expected, "%s", ask_with(f, text, &values[v]));
        snprintf(text, sizeof text, "SELECT rowid FROM %s WHERE %s %s ?", columns[c][0], columns[c][1], operators[o]);
        if (strncmp(ask_with(f, text, &values[v]), "wrong@", 6) == 0) refused++;
        else if (strcmp(f->out.data, expected) != 0) fail_msg("%s, value %zu: %s, not %s", text, v, f->out.data, expected);
        found += *expected != '\0';
      }
  assert_true(found > 1000 && refused > 100);
  done();
}

/* However a moment is written, and in whatever unit a duration. */
static void orders(void **state) {
  fixture *f = *state;
  write_text(f, "bundle.yaml", "as_of: 2026-06-30\n");
  write_text(f, "accounts.yaml",
             "- { id: a1, status: active, seen_at: 2026-01-01T08:00:00Z }\n- { id: a2, status: active, seen_at: 2026-01-01T08:00:00.5Z }\n"
             "- { id: a3, status: active, seen_at: 2026-01-01T09:30:00+02:00 }\n- { id: a4, status: active }\n- { id: a5, status: active, seen_at: 2026-03-01T00:00:00Z }\n");
  write_text(f, "assets.yaml", "- { id: s1, keep: 90 d }\n- { id: s2, keep: 36 h }\n- { id: s3, keep: 2 d }\n- { id: s4, keep: 1.5 d }\n");
  write_text(f, "people.yaml", "- { id: p1, start_date: 2026-01-01 }\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  open_with(f, 0);
  SAYS("SELECT id FROM accounts WHERE seen_at < '2026-02' ORDER BY seen_at", "a3|a1|a2");
  SAYS("SELECT max(seen_at) FROM accounts WHERE id < 'a4'", "2026-01-01T08:00:00.5Z");
  SAYS("SELECT id FROM accounts WHERE seen_at > '2026-03-01'", "a5");
  SAYS("SELECT id FROM accounts WHERE CASE WHEN seen_at > '2026-03-01' AND '2026-03-01' < seen_at THEN 1 END", "a5");
  SAYS("SELECT keep FROM assets WHERE id <> 's4' UNION SELECT 'x' UNION SELECT '100 d' ORDER BY keep COLLATE durations", "36 h|2 d|90 d|100 d|x");
  SAYS("SELECT id FROM accounts WHERE seen_at = '2026-01-01T10:00:00+02:00'", "a1");
  SAYS("SELECT id FROM accounts WHERE seen_at <= datetime('2026-01-01 08:00:00')", "a1|a3");
  SAYS("SELECT id FROM accounts WHERE seen_at < '2026-01-01'", "");
  SAYS("SELECT count(*) FROM accounts WHERE date(seen_at) = '2026-01-01'", "3");
  SAYS("SELECT a.id FROM accounts a JOIN people p ON a.seen_at > p.start_date WHERE a.seen_at < '2026-01-01T08'", "a3");
  SAYS("SELECT id FROM accounts WHERE '2026-01-01T08:00:00Z' < seen_at", "a2|a5");
  SAYS("SELECT id FROM assets ORDER BY keep, id", "s2|s4|s3|s1");
  SAYS("SELECT id FROM assets WHERE keep = '36 h'", "s2|s4");
  SAYS("SELECT count(DISTINCT keep), max(keep) FROM assets", "3,90 d");
  done();
}

/* A comparison that can only be a mistake is one; what leaves it open is left alone. */
static void mistakes(void **state) {
  fixture *f = *state;
  ready(f);
  SAYS("SELECT id FROM accounts WHERE status = 'activ'", "wrong@39: accounts.status has no word `activ`; did you mean `active`?");
  SAYS("SELECT id FROM accounts WHERE status <> 'Active'", "wrong@40: accounts.status has no word `Active`; did you mean `active`?");
  TELLS("SELECT id FROM accounts WHERE system = 'crm' OR status = 'on'", "accounts.status has no word `on`");
  TELLS("SELECT a.id FROM accounts a JOIN people p ON p.id = a.person_id AND p.kind = 'staff'", "people.kind has no word `staff`; `assay list kinds people` lists its words");
  SAYS("SELECT id FROM accounts WHERE mfa = 'yes'", "wrong@36: accounts.mfa is 1 or 0, and is compared with a text; write mfa, or NOT mfa");
  SAYS("SELECT id FROM accounts WHERE quota > 'much'", "wrong@38: accounts.quota is a number, and is compared with a text");
  SAYS("SELECT id FROM people WHERE left_at < '1.6.2026'", "wrong@38: people.left_at is compared with what is no date; a date is written '2026-06-30', a moment '2026-06-30T08:15:00Z'");
  TELLS("SELECT id FROM people WHERE left_at BETWEEN '2026-01-01' AND '2026-6-30'", "wrong@61: people.left_at is compared with what is no date");
  TELLS("SELECT id FROM people WHERE left_at > 20260601", "people.left_at is compared with what is no date");
  TELLS("SELECT id FROM assets WHERE keep < 'long'", "assets.keep is compared with what is no duration");
  SAYS("SELECT id FROM accounts WHERE asset_ids = 's1'",
       "wrong@42: accounts.asset_ids is a list, and is compared with a single value; EXISTS (SELECT 1 FROM json_each(asset_ids) WHERE value = …)");
  SAYS("SELECT id FROM people WHERE start_date < 2026-06-30", "wrong@51: people.start_date is compared with what is no date; a date is written '2026-06-30', a moment '2026-06-30T08:15:00Z'");
  TELLS("SELECT id FROM assets WHERE keep > 40 + 50", "assets.keep is compared with what is no duration");
  SAYS("SELECT id FROM people WHERE start_date = NULL", "");
  SAYS("SELECT id FROM accounts WHERE asset_ids = '[\"s2\"]' OR asset_ids IS NULL", "a2|a4");
  SAYS("SELECT id FROM people WHERE left_at >= '2026' AND left_at <> '' AND left_at < '2026-06-31'", "bob");
  SAYS("SELECT id FROM accounts WHERE mfa = '1' AND quota = '1.5' AND mfa = TRUE", "a1");
  SAYS("SELECT id FROM accounts WHERE status = lower('ACTIVE') AND status > 'a' AND status IS NOT NULL", "a1|a3|a4");
  SAYS("SELECT id FROM accounts WHERE status IN ('activ', 'disabled')", "wrong@41: accounts.status has no word `activ`; did you mean `active`?");
  as_sql_value word = text_value("activ"), day = text_value("1.6.2026"), good = text_value("2026-06");
  assert_string_equal(ask_with(f, "SELECT id FROM accounts WHERE status = ?", &word), "wrong@40: accounts.status has no word `activ`; did you mean `active`?");
  assert_string_equal(ask_with(f, "SELECT id FROM people WHERE left_at < ?", &day),
                      "wrong@39: people.left_at is compared with what is no date; a date is written '2026-06-30', a moment '2026-06-30T08:15:00Z'");
  assert_string_equal(ask_with(f, "SELECT id FROM people WHERE left_at > ?", &good), "bob");
  /* What comes out of records may be anything. */
  SAYS("SELECT a.id FROM accounts a JOIN people p ON a.status = p.kind", "");
  SAYS("SELECT a.id FROM accounts a JOIN people p ON a.seen_at > p.name ORDER BY 1", "");
  SAYS("SELECT count(*) FROM accounts a JOIN people p ON a.status <> p.kind", "12");
  done();
}

/* What an index would get wrong is gone through: numbers that stand for several texts, records with the same key. */
static void lookups_are_exact(void **state) {
  fixture *f = *state;
  ready(f);
  SAYS("SELECT id FROM assets WHERE id = 5", "");
  SAYS("SELECT s.id FROM assets s JOIN assets t ON s.id = t.tries WHERE t.tries = 5", "05");
  SAYS("SELECT id FROM assets WHERE id = '05'", "05");
  SAYS("SELECT id FROM assets WHERE id = x'3035'", "");
  SAYS("SELECT id FROM assets WHERE id = NULL", "");
  SAYS("SELECT id FROM accounts WHERE status = 'ACTIVE' COLLATE NOCASE", "a1|a3|a4");
  done();
}

int main(void) {
  const struct CMUnitTest tests[] = {TEST(lookups), TEST(lookups_are_exact), TEST(comparisons_are_exact), TEST(orders), TEST(mistakes)};
  return cmocka_run_group_tests_name("sql_compare", tests, NULL, NULL);
}
