/* sql(…) in rules: parameters, values, what a rule may see, and its limits. */
#include <sys/wait.h>

#include "script_fixture.h"

#define MODEL                                                                                                                   \
  "local sql = engine.env({}).sql\n"                                                                                            \
  "local function with(fn)\n"                                                                                                   \
  "  local spec = { as_of = '2026-06-30', organization = { uses_cloud = true }, documents = {\n"                                \
  "    { kind = 'people', path = 'hr.csv', records = { { id = 'ann', name = 'Ann', start_date = '2020-01-01' },\n"              \
  "      { id = 'bob', name = 'Bob', manager_id = 'ann', start_date = '2021-01-01', end_date = '2026-06-01' } } },\n"           \
  "    { kind = 'accounts', path = 'idp.yaml', text = [[\n"                                                                     \
  "- {id: a1, system: crm, person_id: ann, status: active, mfa: true, logins: 3, score: 1.5, created_at: 2026-01-01T10:00:00Z, reviewed_at: 2026-03-01, limit: 4 h, tags: [x, y]}\n" \
  "- {id: a2, system: crm, person_id: bob, status: disabled, mfa: false, logins: 5}\n"                                           \
  "- {id: a3, system: erp, status: active}\n"                                                                                   \
  "]] } } }\n"                                                                                                                  \
  "  local diagnostics, result = engine.with_model(spec, fn)\n"                                                                 \
  "  if #diagnostics > 0 then error(diagnostics[1].message) end\n"                                                              \
  "  return result\n"                                                                                                           \
  "end\n"

static void rows(void **state) {
  fixture_run(*state, MODEL
              "with(function(isms)\n"
              "  local l = sql('SELECT id, logins AS n FROM accounts ORDER BY id')\n"
              "  eq(#l, 3) eq(l[1].id, 'a1') eq(l[1].n, 3) eq(l[3].id, 'a3') eq(l[3].n, nil)\n"
              "  eq(#sql('SELECT id FROM accounts WHERE system = ?', 'none'), 0)\n"
              "  l[1].id = 'mine' eq(sql('SELECT id FROM accounts WHERE id = ?', 'a1')[1].id, 'a1')\n"
              "  eq(sql('SELECT count(*) FROM accounts')[1]['count(*)'], 3)\n"
              "  eq(sql('SELECT a.id FROM accounts a JOIN people p ON p.id = a.person_id WHERE p.end_date < date(\\'now\\')')[1].id, 'a2')\n"
              "  eq(#sql(\"SELECT value FROM accounts, json_each(tags) WHERE accounts.id = 'a1'\"), 2)\n"
              "  local t = engine.sql('SELECT 1 AS x, NULL AS y, \\'z\\' AS z') eq(list(t.columns), 'x y z') eq(t.rows[1][1], 1) eq(t.rows[1][2], nil) eq(t.rows[1][3], 'z')\n"
              "  eq(engine.sql('SELECT id, id FROM people').rows[1][2], 'ann')\n"
              "end)");
}

static void values(void **state) {
  fixture_run(*state, MODEL
              "with(function(isms)\n"
              "  local a = isms.accounts['a1']\n"
              "  local r = sql('SELECT * FROM accounts WHERE id = ?', 'a1')[1]\n"
              "  eq(r.mfa, true) eq(r.logins, 3) eq(r.score, 1.5) eq(r.created_at, a.created_at) eq(r.reviewed_at, date '2026-03-01') eq(r.limit, duration '4 h')\n"
              "  eq(r.person_id, 'ann') eq(r.tags, '[\"x\",\"y\"]') assert(r.reviewed_at + duration '1 d' < isms.as_of)\n"
              "  eq(sql('SELECT mfa FROM accounts WHERE id = ?', 'a2')[1].mfa, false) eq(sql('SELECT mfa FROM accounts WHERE id = ?', 'a3')[1].mfa, nil)\n"
              /* What was computed is as SQL has it. */
              "  local m = sql('SELECT max(mfa) AS m, min(created_at) AS c, \"limit\" || \\'\\' AS l FROM accounts WHERE id = ?', 'a1')[1]\n"
              "  eq(m.m, 1) eq(m.c, '2026-01-01T10:00:00Z') eq(m.l, '4 h')\n"
              "  local u = sql('SELECT mfa AS v FROM accounts WHERE id = ? UNION ALL SELECT 7 UNION ALL SELECT \\'x\\'', 'a1') eq(u[1].v, true) eq(u[2].v, 7) eq(u[3].v, 'x')\n"
              "end)");
}

/* `_record` is the record itself: reading its fields is noted, as everywhere. */
static void records(void **state) {
  fixture_run(*state, MODEL
              "with(function(isms)\n"
              "  local l = sql('SELECT a._record AS account, p._record AS person, a.logins FROM accounts a LEFT JOIN people p ON p.id = a.person_id ORDER BY a.id DESC')\n"
              "  eq(#l, 3) eq(l[1].account, isms.accounts['a3']) eq(l[1].person, nil) eq(l[3].account, isms.accounts['a1']) eq(l[3].person.name, 'Ann') eq(l[3].account.person, l[3].person)\n"
              "  engine.watch(l[3].account) local _ = l[3].account.status eq(engine.reads()[1].field, 'status')\n"
              "  eq(sql('SELECT _record AS r FROM (SELECT _record FROM people WHERE id = ?)', 'bob')[1].r.id, 'bob')\n"
              "  eq(sql('SELECT max(_record) AS r FROM people')[1].r, 2)\n"
              "  local u = sql('SELECT _record AS r FROM people UNION ALL SELECT 99 UNION ALL SELECT \\'x\\'') eq(u[2].r.id, 'bob') eq(u[3].r, 99) eq(u[4].r, 'x')\n"
              "  fails(function() sql('SELECT path FROM _documents WHERE path = ?') end, '1 parameters') eq(sql('SELECT kind FROM _documents WHERE path = ?', 'hr.csv')[1].kind, 'people')\n"
              "  engine.needs { 'accounts' } fails(function() sql('SELECT path FROM _documents') end, 'not there for rules')\n"
              "end)");
}

static void parameters(void **state) {
  fixture_run(*state, MODEL
              "with(function(isms)\n"
              "  local function one(v) return sql('SELECT typeof(?1) || \\' \\' || ifnull(?1, \\'-\\') AS v', v)[1].v end\n"
              "  eq(one('it\\'s'), \"text it's\") eq(one(3), 'integer 3') eq(one(1.5), 'real 1.5') eq(one(true), 'integer 1') eq(one(false), 'integer 0') eq(one(nil), 'null -')\n"
              "  eq(one(date '2026-01-02'), 'text 2026-01-02') eq(one(duration '90 d'), 'text 90 d') eq(one(isms.people['bob']), 'text bob') eq(one(''), 'text ')\n"
              "  eq(#sql('SELECT id FROM accounts WHERE person_id = ? AND reviewed_at < ?', isms.people['ann'], isms.as_of), 1)\n"
              "  eq(#sql('SELECT id FROM accounts WHERE system = ?', \"x' OR '1'='1\"), 0)\n"
              "  fails(function() sql('SELECT ?') end, 'sql: the query has 1 parameters, and 0 values are given') fails(function() sql('SELECT 1', 2) end, '0 parameters, and 1 values')\n"
              "  fails(function() sql('SELECT ?', {}) end, 'sql: parameter 1 is a table; it can be') fails(function() sql('SELECT ?', isms.people) end, 'parameter 1 is a userdata')\n"
              "  fails(function() sql('SELECT ?', isms.organization) end, 'a record without a key') fails(function() sql() end, 'string expected')\n"
              "end)");
}

static void mistakes(void **state) {
  fixture_run(*state, MODEL
              "fails(function() sql('SELECT 1') end, 'sql: there are no records here; ask within a check')\n"
              "with(function(isms)\n"
              "  fails(function() sql('SELECT * FROM acounts') end, 'sql: there is no table `acounts`; did you mean `accounts`? (line 1, column 15 of the query)')\n"
              "  fails(function() sql('SELECT sytem FROM accounts') end, 'did you mean `system`?') fails(function() sql('SELECT limit FROM accounts') end, 'written \"limit\"')\n"
              "  fails(function() sql('DELETE FROM accounts') end, 'SQL only reads here') fails(function() sql('ATTACH \\'x\\' AS y') end, 'ATTACH is not there')\n"
              "  fails(function() sql('SELECT load_extension(\\'x\\')') end, 'load_extension` is not there') fails(function() sql('EXPLAIN QUERY PLAN SELECT 1') end, 'EXPLAIN is for')\n"
              "  fails(function() sql('SELECT id, id FROM people') end, 'two columns are called `id`; name one of them with AS') fails(function() sql('SELECT * FROM findings') end, 'not within rules')\n"
              "  fails(function() sql('SELECT id FROM accounts WHERE status = ?', 'activ') end, 'sql: accounts.status has no word `activ`; did you mean `active`? (line 1, column 41')\n"
              "  fails(function() sql('SELECT id FROM people WHERE end_date < ?', 20260601) end, 'people.end_date is compared with what is no date')\n"
              "  fails(function() sql('SELECT seconds(name) FROM people') end, 'sql: seconds: `Ann` is no duration')\n"
              "  fails(function() sql('WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 100001) SELECT x FROM c') end, 'more than 100,000 rows')\n"
              "  eq(#sql('WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 100000) SELECT x FROM c'), 100000)\n"
              "end)");
}

static void needs(void **state) {
  fixture_run(*state, MODEL
              "with(function(isms)\n"
              "  engine.needs { 'accounts' }\n"
              "  eq(#sql('SELECT id FROM accounts'), 3) eq(sql('SELECT uses_cloud FROM organization')[1].uses_cloud, true)\n"
              "  local query = 'SELECT a.id FROM accounts a JOIN people p ON p.id = a.person_id'\n"
              "  fails(function() sql(query) end, 'sql: the rule does not name `people` in its needs; add it there')\n"
              "  engine.needs { 'accounts', 'people' } eq(#sql(query), 2) engine.needs { 'accounts' } fails(function() sql(query) end, 'does not name `people`')\n"
              "  engine.needs(nil) eq(#sql(query), 2)\n"
              /* Kinds that are not supplied count as read. */
              "  engine.mark_kinds() sql(query) eq(#engine.unsupplied(), 0) eq(#sql('SELECT id FROM assets'), 0) eq(list(engine.unsupplied()), 'assets')\n"
              "  engine.mark_kinds() sql('SELECT id FROM assets UNION SELECT person_id FROM visits') eq(list(engine.unsupplied()), 'assets visits')\n"
              "end)");
}

/* A query belongs to the records that it was asked of. */
static void models(void **state) {
  fixture_run(*state, MODEL
              "with(function(isms)\n"
              "  eq(#sql('SELECT id FROM accounts'), 3)\n"
              "  engine.with_model({ as_of = '2026-01-01', documents = {} }, function() eq(#sql('SELECT id FROM accounts'), 0) eq(sql(\"SELECT date('now') AS d\")[1].d, '2026-01-01') end)\n"
              "  eq(#sql('SELECT id FROM accounts'), 3) eq(sql(\"SELECT date('now') AS d\")[1].d, '2026-06-30')\n"
              "  engine.sql_results { requirements = { { id = 'A.5.18', status = 'effective', checks = {} } } }\n"
              "  eq(engine.sql('SELECT id, status FROM results').rows[1][2], 'effective')\n"
              "  engine.sql_results(nil) fails(function() engine.sql('SELECT id FROM results') end, 'once everything was judged')\n"
              "end)");
}

/* ---- limits: each ends the process, so it is a child ---- */

static void on_limit(void *ctx, as_limit limit, const char *where) {
  (void)ctx, (void)where;
  _exit(10 + (int)limit);
}

static int ends_with(fixture *f, const char *body) {
  fflush(NULL);
  pid_t pid = fork();
  if (pid == 0) {
    as_node *result = NULL;
    as_script_on_limit(f->script, on_limit, NULL);
    as_script_budget_start(f->script);
    bool good = fixture_try(f, body, NULL, &result);
    as_script_budget_stop(f->script);
    if (!good) fprintf(stderr, "%s\n", as_node_str(result, "message", ""));
    _exit(good ? 0 : 1);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define ENDLESS "WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"

static int open_timed(void **state) { return fixture_open_with(state, 64u << 20, 0.3, 0); }
static int open_counted(void **state) { return fixture_open_with(state, 64u << 20, 20, 1000000); }
static int open_small(void **state) { return fixture_open_with(state, 16u << 20, 20, 0); }

static void time_limit(void **state) {
  assert_int_equal(ends_with(*state, MODEL "with(function() engine.try(sql, '" ENDLESS "') end)"), 10 + AS_LIMIT_TIME);
  assert_int_equal(ends_with(*state, MODEL "with(function() eq(#sql('SELECT id FROM accounts'), 3) end)"), 0);
}

static void steps_limit(void **state) {
  assert_int_equal(ends_with(*state, MODEL "with(function() engine.try(sql, '" ENDLESS "') end)"), 10 + AS_LIMIT_STEPS);
}

static void memory_limit(void **state) {
  assert_int_equal(ends_with(*state, MODEL "with(function() engine.try(sql, 'WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 3000000) SELECT x FROM c ORDER BY -x') end)"),
                   10 + AS_LIMIT_MEMORY);
  assert_int_equal(ends_with(*state, MODEL "with(function() local l = {} for i = 1, 100 do l[i] = sql(\"SELECT printf('%.1000000c', 'x') AS t\")[1].t end end)"), 10 + AS_LIMIT_MEMORY);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(rows, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(values, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(records, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(parameters, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(mistakes, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(needs, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(models, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(time_limit, open_timed, fixture_close),
      cmocka_unit_test_setup_teardown(steps_limit, open_counted, fixture_close),
      cmocka_unit_test_setup_teardown(memory_limit, open_small, fixture_close),
  };
  return cmocka_run_group_tests_name("script_sql", tests, NULL, NULL);
}
