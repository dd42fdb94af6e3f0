/* SQL over a model: the tables and their types, what is refused, results, and limits. */
#include <time.h>

#include "sql_help.h"

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
  /* Where a pattern changes, SQLite compiles once more: the names of columns stay. */
  as_sql_fault fault;
  for (int i = 0; i < 4; i++) {
    v[0].text = i % 2 ? AS_STR("%nn") : AS_STR("B%");
    assert_string_equal(ask_with(f, "SELECT id AS who FROM people WHERE name LIKE ? ORDER BY name", v), i % 2 ? "ann" : "bob");
    assert_string_equal(as_sql_column(as_sql_prepare(s.sql, AS_STR("SELECT id AS who FROM people WHERE name LIKE ? ORDER BY name"), &fault), 0).name, "who");
  }
  v[0] = (as_sql_value){.type = AS_SQL_NULL};
  assert_string_equal(ask_with(f, "SELECT id FROM accounts WHERE person_id IS ?", v), "a4");
  assert_string_equal(ask_with(f, "SELECT id FROM accounts WHERE person_id = ?", v), "");
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
  SAYS("SELECT left_at FROM accounts", "wrong@7: there is no column `left_at`; people has it: JOIN people ON people.id = accounts.person_id");
  SAYS("SELECT a.left_at FROM accounts a, people p", "wrong@7: there is no column `a.left_at`; people has it");
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
  const struct CMUnitTest tests[] = {TEST(types), TEST(comparisons), TEST(joins_and_lists), TEST(parameters), TEST(schema),
                                     TEST(all_records_of_a_key), TEST(only_reading), TEST(suggestions), TEST(hidden_kinds), TEST(columns),
                                     TEST(bombs), TEST(result_tables), TEST(many_queries)};
  return cmocka_run_group_tests_name("sql", tests, NULL, NULL);
}
