/* SQL over a model: the tables and their types, what is looked up instead of gone through, what is refused, and limits. */
#include <time.h>

#include "model/sql.h"
#include "model_help.h"

typedef struct {
  as_sql *sql;
  uint64_t steps, most; /* most: 0 for no end */
  const char *hidden;   /* a kind that is not visible */
} session;

static session s;

static bool poll(void *ctx, uint32_t steps) {
  session *t = ctx;
  t->steps += steps;
  return !t->most || t->steps < t->most;
}

static bool visible(void *ctx, const as_kind *kind) {
  const session *t = ctx;
  return !t->hidden || (kind && strcmp(kind->name->text, t->hidden) != 0);
}

static void open_with(fixture *f, uint64_t memory) {
  as_sql_options options = {&s, visible, poll, memory};
  s = (session){0};
  s.sql = as_sql_open(f->bundle.model, &options);
}

static void ready(fixture *f) {
  write_text(f, "bundle.yaml", "as_of: 2026-06-30\norganization: { id: acme, name: Acme, headcount: 12 }\ndocuments:\n  - path: '*.yaml'\n  - path: '*.csv'\n");
  write_text(f, "people.yaml",
             "- { id: ann, name: Ann, kind: employee, start_date: 2020-01-01, skills: [law, \"a \\\"b\\\"\"] }\n"
             "- { id: bob, name: Bob, kind: board, boss: ann, start_date: 2021-01-01, left_at: 2026-06-01 }\n"
             "- { id: eve, name: Eve, kind: employee, boss: bob }\n");
  write_text(f, "accounts.csv",
             "id,system,person_id,status,mfa,quota,seen_at,asset_ids,levels\n"
             "a1,crm,ann,active,true,1.5,2026-01-01T10:00:00+02:00,s1;s2,low\n"
             "a2,crm,bob,disabled,false,0.5,,,\n"
             "a3,erp,gone,active,,,2026-07-02T00:00:00Z,s9,\n"
             "a4,crm,,active,true,,,s2,low;high\n");
  write_text(f, "assets.yaml", "- { id: s1, share: 50, tries: 7, keep: 90 d, note: \"x\\ny\" }\n- { id: s2, keep: 1.5 h }\n- { id: \"05\", tries: 5 }\n");
  write_text(f, "reads.csv", "person_id,read_at\nann,2026-01-02\nbob,2026-01-03\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  open_with(f, 0);
}

static void done(void) {
  as_sql_close(s.sql);
  s.sql = NULL;
}

static void put_value(fixture *f, as_sql_value v) {
  char number[64];
  switch (v.type) {
    case AS_SQL_NULL: as_buf_addc(&f->out, '-'); break;
    case AS_SQL_INTEGER: as_buf_printf(&f->out, "%lld", (long long)v.integer); break;
    case AS_SQL_NUMBER:
      snprintf(number, sizeof number, "%.6g", v.number);
      as_buf_printf(&f->out, "%s%s", number, strpbrk(number, ".e") ? "" : ".0");
      break;
    case AS_SQL_TEXT: as_buf_add(&f->out, v.text.p, v.text.n); break;
    case AS_SQL_BLOB: as_buf_printf(&f->out, "blob of %zu", v.text.n); break;
  }
}

static const char *fault_text(fixture *f, const as_sql_fault *fault) {
  static const char *const troubles[] = {"wrong", "hidden", "results", "stopped", "memory", "failed"};
  f->out.len = 0;
  as_buf_printf(&f->out, "%s@%zu: %s%s%s", troubles[fault->trouble], fault->at, fault->message, *fault->help ? "; " : "", fault->help);
  return f->out.data;
}

/* "1,x|2,y": rows and values; or what was wrong, as "wrong@7: message; help". */
static const char *ask_with(fixture *f, const char *text, const as_sql_value *params) {
  as_sql_fault fault;
  as_sql_query *query = as_sql_prepare(s.sql, as_str_of(text), &fault);
  if (!query) return fault_text(f, &fault);
  for (size_t i = 0; i < as_sql_params(query); i++) as_sql_bind(query, i, &params[i]);
  f->out.len = 0;
  as_buf_add(&f->out, "", 0);
  as_sql_step step;
  while ((step = as_sql_next(query, &fault)) == AS_SQL_ROW) {
    if (f->out.len) as_buf_addc(&f->out, '|');
    for (size_t i = 0; i < as_sql_columns(query); i++) {
      if (i) as_buf_addc(&f->out, ',');
      put_value(f, as_sql_get(query, i));
    }
  }
  return step == AS_SQL_DONE ? f->out.data : fault_text(f, &fault);
}

static const char *ask(fixture *f, const char *text) { return ask_with(f, text, NULL); }

#define SAYS(text, expected) assert_string_equal(ask(f, text), expected)
#define TELLS(text, part)                                                                    \
  do {                                                                                       \
    if (!strstr(ask(f, text), part)) fail_msg("%s\nno \"%s\" in: %s", text, part, f->out.data); \
  } while (0)

/* ---- tables ---- */

static void types(void **state) {
  fixture *f = *state;
  ready(f);
  SAYS("SELECT * FROM accounts WHERE id = 'a1'", "a1,crm,ann,active,1,1.5,2026-01-01T08:00:00Z,[\"s1\",\"s2\"],[\"low\"]");
  SAYS("SELECT * FROM accounts WHERE id = 'a2'", "a2,crm,bob,disabled,0,0.5,-,-,-");
  SAYS("SELECT id, share, tries, keep, note FROM assets", "s1,50.0,7,90 d,x\ny|s2,-,-,1.5 h,-|05,-,5,-,-");
  SAYS("SELECT name, start_date, skills FROM people WHERE id = 'ann'", "Ann,2020-01-01,[\"law\",\"a \\\"b\\\"\"]");
  SAYS("SELECT typeof(mfa), typeof(quota), typeof(seen_at), typeof(asset_ids), typeof(system) FROM accounts WHERE id = 'a1'", "integer,real,text,text,text");
  SAYS("SELECT typeof(tries), typeof(share), typeof(keep) FROM assets WHERE id = 's1'", "integer,real,text");
  SAYS("SELECT _key, _document, _line FROM accounts WHERE id = 'a3'", "a3,accounts.csv,4");
  SAYS("SELECT _key, _document, _line, * FROM reads", "-,reads.csv,2,ann,2026-01-02|-,reads.csv,3,bob,2026-01-03");
  SAYS("SELECT name, headcount FROM organization", "Acme,12");
  SAYS("SELECT rowid, id FROM ACCOUNTS WHERE rowid > 2", "3,a3|4,a4");
  SAYS("SELECT count(*) FROM main.accounts", "4");
  done();
}

static void comparisons(void **state) {
  fixture *f = *state;
  ready(f);
  SAYS("SELECT id FROM people WHERE start_date < '2020-06-01'", "ann");
  SAYS("SELECT id FROM people WHERE left_at IS NULL ORDER BY id DESC", "eve|ann");
  SAYS("SELECT id FROM accounts WHERE mfa", "a1|a4");
  SAYS("SELECT id FROM accounts WHERE NOT mfa", "a2");
  SAYS("SELECT id FROM accounts WHERE quota > 1", "a1");
  SAYS("SELECT id FROM accounts WHERE seen_at > '2026-06-30'", "a3");
  SAYS("SELECT id FROM assets WHERE seconds(keep) > seconds('1 h')", "s1|s2");
  SAYS("SELECT seconds(keep), seconds('0.5 s'), seconds(NULL) FROM assets WHERE id <> '05'", "7776000,0.5,-|5400,0.5,-");
  TELLS("SELECT seconds('soon')", "failed@22: seconds: `soon` is no duration");
  /* The clock stands at as_of, and there are no time zones. */
  SAYS("SELECT date('now'), datetime('now'), date('now', '-30 days'), current_date", "2026-06-30,2026-06-30 00:00:00,2026-05-31,2026-06-30");
  SAYS("SELECT id, julianday('now') - julianday(left_at) FROM people WHERE left_at < date('now')", "bob,29.0");
  TELLS("SELECT datetime('now', 'localtime')", "failed");
  done();
}

static void joins_and_lists(void **state) {
  fixture *f = *state;
  ready(f);
  SAYS("SELECT a.id, p.name FROM accounts a JOIN people p ON p.id = a.person_id", "a1,Ann|a2,Bob");
  SAYS("SELECT a.id, p.name FROM accounts a LEFT JOIN people p ON p.id = a.person_id ORDER BY 1", "a1,Ann|a2,Bob|a3,-|a4,-");
  SAYS("SELECT a.id, b.name FROM accounts a JOIN people p ON p.id = a.person_id JOIN people b ON b.id = p.boss", "a2,Ann");
  SAYS("SELECT a.id, t.value FROM accounts a, json_each(a.asset_ids) t", "a1,s1|a1,s2|a3,s9|a4,s2");
  SAYS("SELECT a.id, s.id, s.keep FROM accounts a, json_each(a.asset_ids) t JOIN assets s ON s.id = t.value", "a1,s1,90 d|a1,s2,1.5 h|a4,s2,1.5 h");
  SAYS("SELECT id FROM accounts WHERE EXISTS (SELECT 1 FROM json_each(levels) WHERE value = 'high')", "a4");
  SAYS("SELECT json_array_length(asset_ids), json_extract(asset_ids, '$[1]'), asset_ids ->> 0 FROM accounts WHERE id = 'a1'", "2,s2,s1");
  SAYS("SELECT kind, count(*) AS n FROM people GROUP BY kind HAVING n > 1", "employee,2");
  SAYS("WITH leavers AS (SELECT id FROM people WHERE left_at IS NOT NULL) SELECT count(*) FROM leavers", "1");
  SAYS("WITH RECURSIVE up(id) AS (VALUES ('eve') UNION SELECT boss FROM people JOIN up USING (id) WHERE boss IS NOT NULL) SELECT id FROM up", "eve|bob|ann");
  SAYS("SELECT id, row_number() OVER (ORDER BY id DESC) FROM people ORDER BY id", "ann,3|bob,2|eve,1");
  SAYS("VALUES (1, 'x'), (2, NULL)", "1,x|2,-");
  SAYS("-- what for\nSELECT 1; -- that\n /* is all */ ;", "1");
  done();
}

static void parameters(void **state) {
  fixture *f = *state;
  ready(f);
  as_sql_value v[3] = {{.type = AS_SQL_TEXT, .text = AS_STR("crm")}, {.type = AS_SQL_INTEGER, .integer = 1}, {.type = AS_SQL_NUMBER, .number = 1.5}};
  assert_string_equal(ask_with(f, "SELECT id FROM accounts WHERE system = ? AND mfa = ? AND quota = ?", v), "a1");
  v[0].text = AS_STR("x' OR '1'='1");
  assert_string_equal(ask_with(f, "SELECT id FROM accounts WHERE system = ?", v), "");
  v[0] = (as_sql_value){.type = AS_SQL_NULL};
  assert_string_equal(ask_with(f, "SELECT id FROM accounts WHERE person_id IS ?", v), "a4");
  assert_string_equal(ask_with(f, "SELECT id FROM accounts WHERE person_id = ?", v), "");
  done();
}

/* ---- lookups ---- */

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

static as_sql_value text_value(const char *text) { return (as_sql_value){.type = AS_SQL_TEXT, .text = as_str_of(text)}; }

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

static void all_records_of_a_key(void **state) {
  fixture *f = *state;
  write_text(f, "bundle.yaml", "as_of: 2026-06-30\n");
  write_text(f, "assets.yaml", "- { id: s1, tries: 1 }\n- { id: s2 }\n- { id: s1, tries: 2 }\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  open_with(f, 0);
  SAYS("SELECT tries, _line FROM assets WHERE id = 's1'", "1,1|2,3");
  SAYS("SELECT name FROM _tables WHERE supplied = 0", "accounts|organization|people|reads");
  done();
}

/* ---- refusals ---- */

static void only_reading(void **state) {
  fixture *f = *state;
  ready(f);
  static const char *const refused[] = {
      "ATTACH 'x.db' AS x", "DETACH main", "PRAGMA table_info(accounts)", "PRAGMA writable_schema = 1", "VACUUM", "VACUUM INTO 'x.db'",
      "INSERT INTO accounts (id) VALUES ('x')", "DELETE FROM accounts", "UPDATE accounts SET id = 1", "CREATE TABLE x (y)", "CREATE TEMP TABLE x (y)",
      "CREATE VIRTUAL TABLE x USING accounts", "CREATE VIRTUAL TABLE x USING fts5(y)", "CREATE VIEW x AS SELECT 1", "CREATE TRIGGER x AFTER INSERT ON accounts BEGIN SELECT 1; END",
      "DROP TABLE accounts", "ALTER TABLE accounts RENAME TO x", "REINDEX", "ANALYZE", "BEGIN", "SAVEPOINT x", "COMMIT",
      "SELECT load_extension('x')", "SELECT writefile('x', 'y')", "SELECT readfile('/etc/passwd')", "SELECT edit('x')", "SELECT fts3_tokenizer('x')",
      "SELECT random()", "SELECT randomblob(10)", "SELECT zeroblob(10)", "SELECT sqlite_version()", "SELECT last_insert_rowid()", "SELECT changes()",
      "SELECT * FROM sqlite_master", "SELECT * FROM sqlite_schema", "SELECT count(*) FROM sqlite_temp_master", "SELECT * FROM pragma_database_list", "SELECT count(*) FROM pragma_function_list",
      "SELECT * FROM dbstat", "SELECT * FROM sqlite_stmt", "SELECT * FROM fts3tokenize('simple', 'x')", "SELECT * FROM rtree", "SELECT * FROM generate_series(1, 3)",
      "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE accounts", "EXPLAIN SELECT 1", "EXPLAIN VACUUM", "", "  -- nothing\n", "SELECT * FROM accounts WHERE id MATCH 'x'",
      "SELECT * FROM accounts INDEXED BY x", "WITH x AS (SELECT 1) DELETE FROM accounts", "SELECT id FROM accounts WHERE id REGEXP 'x'"};
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    if (strncmp(ask(f, refused[i]), "wrong@", 6) != 0) fail_msg("%s: %s", refused[i], f->out.data);
  TELLS("ATTACH 'x.db' AS x", "wrong@0: ATTACH is not there: SQL reads the records of the bundle, and no files");
  TELLS("DELETE FROM accounts", "write a SELECT");
  TELLS("SELECT load_extension('x')", "wrong@7: the function `load_extension` is not there");
  TELLS("SELECT 1; SELECT 2", "wrong@10: only one query can be asked at a time");
  SAYS("SELECT count(*) FROM accounts", "4");
  done();
}

static void suggestions(void **state) {
  fixture *f = *state;
  ready(f);
  SAYS("SELECT *\nFROM acounts", "wrong@14: there is no table `acounts`; did you mean `accounts`?");
  SAYS("SELECT a.sytem FROM accounts a", "wrong@7: there is no column `a.sytem`; did you mean `system`?");
  SAYS("SELECT id, sytem FROM accounts", "wrong@11: there is no column `sytem`; did you mean `system`?");
  SAYS("SELECT person FROM accounts", "wrong@7: there is no column `person`; did you mean `person_id`?");
  SAYS("SELECT boss_id FROM people", "wrong@7: there is no column `boss_id`; did you mean `boss`?");
  SAYS("SELECT id FROM accounts WHERE system = \"crm\"", "wrong@39: there is no column `crm`; a text stands in single quotes: 'crm'");
  SAYS("SELECT id FROM accounts a JOIN people p ON p.id = a.person_id", "wrong@7: several tables have a column `id`; write its table in front of it: table.id");
  SAYS("SELECT cout(*) FROM people", "wrong@7: the function `cout` is not there; did you mean `count`?");
  SAYS("SELECT id FORM people", "wrong@15: `people` cannot stand here");
  SAYS("SELECT id FROM people WHERE (", "wrong@29: the query ends too early");
  SAYS("SELECT 'x' FROM people WHERE 'acounts' = acounts", "wrong@41: there is no column `acounts`");
  SAYS("SELECT _documnt FROM people", "wrong@7: there is no column `_documnt`; did you mean `_document`?");
  SAYS("SELECT residual_score FROM people", "wrong@7: there is no column `residual_score`; the table risk_results has it");
  SAYS("SELECT id FROM requirements", "wrong@15: there is no table `requirements`; did you mean `results`?");
  SAYS("SELECT check_nam FROM findings", "wrong@7: there is no column `check_nam`; did you mean `check_name`?");
  TELLS("SELECT \xff", "wrong@7: the query is not valid UTF-8");
  as_sql_fault fault = {.at = 14};
  uint32_t line, column;
  as_str source;
  as_sql_place(AS_STR("SELECT *\nFROM acounts\nWHERE 1"), &fault, &line, &column, &source);
  assert_int_equal(line, 2);
  assert_int_equal(column, 6);
  assert_true(as_str_is(source, "FROM acounts"));
  done();
}

static void hidden_kinds(void **state) {
  fixture *f = *state;
  ready(f);
  SAYS("SELECT count(*) FROM people", "3");
  s.hidden = "people";
  SAYS("SELECT count(*) FROM people", "hidden@21: `people` cannot be read here");
  SAYS("SELECT id FROM accounts WHERE person_id IN (SELECT id FROM people)", "hidden@59: `people` cannot be read here");
  SAYS("SELECT count(*) FROM accounts", "4");
  s.hidden = NULL;
  as_sql_fault fault;
  const as_kind *const *kinds;
  as_sql_query *query = as_sql_prepare(s.sql, AS_STR("SELECT 1 FROM people, accounts"), &fault);
  assert_int_equal(as_sql_kinds(query, &kinds), 2);
  assert_string_equal(kinds[0]->name->text, "accounts");
  done();
}

static void columns(void **state) {
  fixture *f = *state;
  ready(f);
  as_sql_fault fault;
  as_sql_query *query = as_sql_prepare(s.sql, AS_STR("SELECT mfa, seen_at AS seen, count(*), max(seen_at), _record, _record + 1, _line FROM (SELECT *, _record, _line FROM accounts)"), &fault);
  assert_non_null(query);
  as_sql_column_info info = as_sql_column(query, 0);
  assert_string_equal(info.name, "mfa");
  assert_true(info.field && info.type == AS_T_BOOLEAN && !info.record);
  info = as_sql_column(query, 1);
  assert_string_equal(info.name, "seen");
  assert_true(info.field && info.type == AS_T_TIME);
  info = as_sql_column(query, 2);
  assert_string_equal(info.name, "count(*)");
  assert_false(info.field);
  assert_false(as_sql_column(query, 3).field);
  info = as_sql_column(query, 4);
  assert_true(!info.field && info.record);
  assert_string_equal(info.record->name->text, "accounts");
  assert_null(as_sql_column(query, 5).record);
  SAYS("SELECT a._record, p._record FROM accounts a JOIN people p ON p.id = a.person_id ORDER BY a.id DESC", "2,2|1,1");
  done();
}

/* ---- limits ---- */

static double seconds_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void bombs(void **state) {
  fixture *f = *state;
  ready(f);
  done();
  open_with(f, 32 << 20);
  s.most = 1000000;
  TELLS("WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c", "stopped@");
  s.steps = 0;
  TELLS("WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) SELECT x FROM c ORDER BY x DESC", "stopped@");
  s.most = 0;
  TELLS("WITH RECURSIVE c(x, y) AS (VALUES (1, printf('%.100000c', 'x')) UNION SELECT x + 1, y FROM c) SELECT count(*) FROM c", "memory@");
  TELLS("WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 5000000) SELECT json_group_array(x) FROM c", "memory@");
  TELLS("WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 5000000) SELECT x FROM c ORDER BY -x", "memory@");
  SAYS("SELECT count(*) FROM accounts", "4");
  static const char *const large[] = {
      "SELECT replace(printf('%.1900000c', 'x'), 'x', 'yyyyyyyy')", "SELECT printf('%.1900000c', 'x') || printf('%.1900000c', 'x') || printf('%.1900000c', 'x')",
      "SELECT hex(printf('%.1900000c', 'x') || printf('%.1900000c', 'x'))", "SELECT group_concat(printf('%.1900000c', 'x')) FROM accounts", "SELECT 'x' LIKE printf('%.2000c', '%')",
      "SELECT json_array(printf('%.1900000c', 'x'), printf('%.1900000c', 'x'), printf('%.1900000c', 'x'))"};
  for (size_t i = 0; i < sizeof large / sizeof *large; i++)
    if (strncmp(ask(f, large[i]), "failed@", 7) != 0) fail_msg("%s: %s", large[i], f->out.data);
  TELLS("SELECT printf('%.1900000c', 'x') || printf('%.1900000c', 'x') || printf('%.1900000c', 'x')", "a value is longer than 4 MB");
  /* Compiling is bounded, too. */
  as_buf text = {0};
  as_buf_adds(&text, "WITH c0 AS (SELECT 1 AS x)");
  for (int i = 1; i < 40; i++) as_buf_printf(&text, ", c%d AS (SELECT a.x FROM c%d a, c%d b)", i, i - 1, i - 1);
  as_buf_adds(&text, " SELECT count(*) FROM c39");
  double began = seconds_now();
  ask(f, text.data);
  assert_true(strncmp(f->out.data, "memory", 6) == 0 || strncmp(f->out.data, "wrong", 5) == 0);
  text.len = 0;
  as_buf_adds(&text, "SELECT ");
  for (int i = 0; i < 2000; i++) as_buf_adds(&text, "(");
  ask(f, text.data);
  text.len = 0;
  as_buf_adds(&text, "SELECT 1 FROM accounts a0");
  for (int i = 1; i < 60; i++) as_buf_printf(&text, " JOIN accounts a%d ON a%d.person_id = a%d.person_id AND a%d.system = a0.system", i, i, i - 1, i);
  s.most = 1;
  ask(f, text.data);
  s.most = 0;
  text.len = 0;
  for (int i = 0; i < 70000; i++) as_buf_addc(&text, ' ');
  TELLS(text.data, "the query is longer than 64 KB");
  assert_true(seconds_now() - began < 20);
  as_buf_free(&text);
  SAYS("SELECT count(*) FROM accounts", "4");
  done();
}

/* ---- results ---- */

static const char result_yaml[] =
    "requirements:\n"
    "  - { id: A.5.18, kind: control, theme: organizational, title: Access rights, status: partially_effective, score: 72.5, credit: 0.5, rule: { pack: p, path: x.lua },\n"
    "      checks: [ { name: leavers, status: fail, severity: major, population: 3, tested: 3, failed: 2, findings: [\n"
    "        { key: a1, kind: accounts, document: accounts.csv, line: 2, message: late, grade: minor_nc, values: { status: active } }, { message: other } ] },\n"
    "        { name: owners, status: pass, severity: minor, population: 3, findings: [] } ] }\n"
    "  - { id: A.5.19, kind: control, theme: organizational, status: not_evaluated, checks: [] }\n"
    "risks:\n"
    "  - { id: R-1, title: Leak, assets: [s1], inherent: { score: 20, level: critical }, residual: { score: 8, level: medium, raw: 6.74 }, understated: true, acceptance: { state: none } }\n";

static void result_tables(void **state) {
  fixture *f = *state;
  ready(f);
  SAYS("SELECT * FROM results", "results@14: there are no results here: nothing was evaluated");
  SAYS("SELECT count(*) FROM findings JOIN accounts a ON a.id = key", "results@21: there are no results here: nothing was evaluated");
  as_buf text = padded(result_yaml, sizeof result_yaml - 1);
  as_read_options options = {.format = AS_FORMAT_YAML, .document = "r", .limits = as_read_limits_default};
  as_node *result = as_read_tree(f->arena, &text, &options, false, f->diags);
  as_buf_free(&text);
  assert_non_null(result);
  as_sql_set_result(s.sql, result);
  SAYS("SELECT id, title, status, score, credit, path FROM results", "A.5.18,Access rights,partially_effective,72.5,0.5,x.lua|A.5.19,-,not_evaluated,-,-,-");
  SAYS("SELECT requirement, name, status, failed FROM checks", "A.5.18,leavers,fail,2|A.5.18,owners,pass,-");
  SAYS("SELECT requirement, check_name, severity, key, document, line, message, grade, values_read ->> 'status' FROM findings",
       "A.5.18,leavers,major,a1,accounts.csv,2,late,minor_nc,active|A.5.18,leavers,major,-,-,-,other,-,-");
  SAYS("SELECT id, inherent_score, residual_level, residual_raw, understated, acceptance, assets FROM risk_results", "R-1,20.0,medium,6.74,1,none,[\"s1\"]");
  SAYS("SELECT f.message, p.name FROM findings f JOIN accounts a ON a.id = f.key JOIN people p ON p.id = a.person_id", "late,Ann");
  as_sql_set_result(s.sql, NULL);
  TELLS("SELECT id FROM results", "results@");
  done();
}

/* What there is, asked in SQL itself. */
static void schema(void **state) {
  fixture *f = *state;
  ready(f);
  SAYS("SELECT name, title, key, records, supplied FROM _tables WHERE records IS NOT NULL", "accounts,Accounts,id,4,1|assets,Assets,id,3,1|organization,The organisation,-,1,1|people,People,id,3,1|reads,No key,-,2,1");
  SAYS("SELECT name, type, required, leads_to, words FROM _columns WHERE table_name = 'accounts' AND name NOT IN ('mfa', 'quota')",
       "id,string,1,-,-|system,string,0,-,-|person_id,ref,0,people,-|status,enum,1,-,[\"active\",\"disabled\"]|seen_at,time,0,-,-|asset_ids,list(ref),0,assets,-|levels,list(enum),0,-,[\"low\",\"high\"]");
  SAYS("SELECT name FROM _tables WHERE records IS NULL", "results|checks|findings|risk_results|_tables|_columns|_documents");
  SAYS("SELECT name, type FROM _columns WHERE table_name = '_documents' AND name IN ('path', 'collected_at', 'records')", "path,text|collected_at,time|records,integer");
  SAYS("SELECT path, kind, records, left_out, readable, length(sha256) FROM _documents WHERE path LIKE 'a%'", "assets.yaml,assets,3,0,1,64|accounts.csv,accounts,4,0,1,64");
  SAYS("SELECT count(*) FROM accounts a JOIN _documents d ON d.path = a._document", "4");
  SAYS("SELECT nme FROM _tables", "wrong@7: there is no column `nme`; did you mean `name`?");
  s.hidden = "everything"; /* as for a rule: of the whole nothing is said */
  SAYS("SELECT 1, * FROM _documents", "wrong@17: what is known of the bundle as a whole is not there for rules");
  SAYS("SELECT count(*) FROM people", "3");
  done();
}

static void many_queries(void **state) {
  fixture *f = *state;
  ready(f);
  char text[64];
  for (int i = 0; i < 200; i++) {
    snprintf(text, sizeof text, "SELECT %d, count(*) FROM people", i % 70);
    ask(f, text);
    char expected[16];
    snprintf(expected, sizeof expected, "%d,3", i % 70);
    assert_string_equal(f->out.data, expected);
  }
  as_sql_fault fault;
  as_sql_query *half = as_sql_prepare(s.sql, AS_STR("SELECT id FROM people"), &fault);
  assert_int_equal(as_sql_next(half, &fault), AS_SQL_ROW);
  SAYS("SELECT id FROM people", "ann|bob|eve");
  done();
}

int main(void) {
  const struct CMUnitTest tests[] = {TEST(types), TEST(comparisons), TEST(joins_and_lists), TEST(parameters), TEST(lookups), TEST(lookups_are_exact), TEST(comparisons_are_exact), TEST(orders), TEST(mistakes), TEST(schema),
                                    
                                     TEST(all_records_of_a_key), TEST(only_reading), TEST(suggestions), TEST(hidden_kinds), TEST(columns), TEST(bombs),
                                     TEST(result_tables), TEST(many_queries)};
  return cmocka_run_group_tests_name("sql", tests, NULL, NULL);
}
