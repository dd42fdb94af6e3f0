/* SQL: a query over a small model ends, within its steps, in rows or in a fault that has a place. The same text as a condition gives
 * the same records whether it is answered in C and by indexes, or by SQLite alone. */
#include "fuzz_model.h"
#include "model/sql.h"
#include "read/read.h"

#define STEPS 20000u
#define MEMORY ((uint64_t)16 << 20)

static const char people[] = "- { id: ann, name: Ann, kind: employee, start_date: 2020-01-01, skills: [law, x] }\n- { id: bob, kind: board, boss: ann, start_date: 2021-01-01, left_at: 2026-06-01 }\n"
                             "- { id: \"5\", name: \"\\xfc\", boss: gone }\n- { id: eve, name: Ann, kind: employee, boss: ann, start_date: 2020-02-29 }\n";
static const char accounts[] = "- { id: a1, system: crm, person_id: ann, status: active, mfa: true, quota: 1.5, seen_at: 2026-01-01T10:00:00+02:00, asset_ids: [s1, s2], levels: [low] }\n"
                               "- { id: a2, system: crm, person_id: bob, status: disabled, mfa: false, quota: -3 }\n- { id: a3, system: erp, person_id: gone, status: active, quota: 9007199254740993, seen_at: 2026-01-01T08:00:00.5Z }\n"
                               "- { id: a4, status: active, mfa: true, asset_ids: [s2] }\n";
static const char assets[] = "- { id: s1, share: 50, tries: 7, keep: 90 d, note: \"x\\ny\" }\n- { id: s2, keep: 36 h, tries: 9007199254740993 }\n- { id: \"05\", tries: 5, keep: 1.5 d }\n";

static void add(fuzz_model *m, as_model *model, const char *kind, const char *yaml) {
  as_buf text = fuzz_text(yaml, strlen(yaml));
  as_read_options options = {.format = AS_FORMAT_YAML, .document = kind, .limits = as_limits_default};
  as_node *list = as_read_tree(m->arena, &text, &options, false, m->diags);
  as_document *document = as_model_add_document(model, kind);
  document->kind = as_kinds_find(m->kinds, as_str_of(kind));
  document->readable = true;
  for (const as_node *n = list->first; n; n = n->next) FUZZ_CHECK(as_model_add_record(model, document, document->kind, n, m->diags));
  as_buf_free(&text);
}

static bool poll(void *ctx, uint32_t steps) {
  uint64_t *left = ctx;
  *left = *left > steps ? *left - steps : 0;
  return *left > 0;
}

static void check_fault(as_str text, const as_sql_fault *fault) {
  uint32_t line, column;
  as_str source;
  FUZZ_CHECK(fault->at <= text.n && memchr(fault->message, 0, sizeof fault->message) && memchr(fault->help, 0, sizeof fault->help));
  FUZZ_CHECK(*fault->message || fault->trouble == AS_SQL_HIDDEN);
  as_sql_place(text, fault, &line, &column, &source);
  FUZZ_CHECK(line >= 1 && column >= 1 && source.p >= text.p && source.p + source.n <= text.p + text.n);
}

/* The rows as one text; false after a fault. */
static bool ask(as_sql *sql, uint64_t *left, as_str text, as_buf *out) {
  as_sql_fault fault = {.at = 0};
  *left = STEPS;
  out->len = 0;
  as_sql_query *query = as_sql_prepare(sql, text, &fault);
  if (!query) {
    check_fault(text, &fault);
    return false;
  }
  as_sql_step step;
  size_t columns = as_sql_columns(query), rows = 0;
  while ((step = as_sql_next(query, &fault)) == AS_SQL_ROW && ++rows < 1000) {
    for (size_t i = 0; i < columns; i++) {
      as_sql_value v = as_sql_get(query, i);
      as_sql_column_info info = as_sql_column(query, i);
      FUZZ_CHECK(info.name && v.type <= AS_SQL_BLOB && v.text.n <= AS_SQL_VALUE_MAX);
      if (v.type == AS_SQL_INTEGER) as_buf_printf(out, "%lld,", (long long)v.integer);
      else if (v.type == AS_SQL_TEXT) as_buf_add(out, v.text.p, v.text.n < 100 ? v.text.n : 100);
      else as_buf_addc(out, '?');
    }
  }
  if (step == AS_SQL_FAULT) check_fault(text, &fault);
  as_sql_reset(query);
  return step == AS_SQL_DONE;
}

/* As a condition on each table: behind CASE nothing of it is taken over. Parentheses keep it one expression, or make it wrong in both. */
static void check_condition(as_sql *sql, uint64_t *left, as_str text) {
  static const char *const tables[] = {"people", "accounts", "assets"};
  as_buf query = {0}, here = {0}, there = {0};
  for (size_t i = 0; i < 3; i++) {
    query.len = 0;
    as_buf_printf(&query, "SELECT count(*), total(rowid) FROM %s WHERE (%.*s)", tables[i], (int)text.n, text.p);
    if (!ask(sql, left, (as_str){query.data, query.len}, &here)) continue;
    query.len = 0;
    as_buf_printf(&query, "SELECT count(*), total(rowid) FROM %s WHERE CASE WHEN (%.*s) THEN 1 ELSE 0 END", tables[i], (int)text.n, text.p);
    if (ask(sql, left, (as_str){query.data, query.len}, &there)) FUZZ_CHECK(as_str_eq((as_str){here.data, here.len}, (as_str){there.data, there.len}));
  }
  as_buf_free(&query);
  as_buf_free(&here);
  as_buf_free(&there);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  as_str text = {(const char *)data, size};
  /* One step of these may take as long as it likes: only the process can be stopped then. */
  if (size > 4096 || (size && (memmem(data, size, "rim", 3) || memmem(data, size, "RIM", 3) || memmem(data, size, "%", 1)))) return 0;
  fuzz_model m;
  fuzz_model_open(&m);
  as_model *model = as_model_new(m.arena, m.intern, m.kinds);
  add(&m, model, "people", people);
  add(&m, model, "accounts", accounts);
  add(&m, model, "assets", assets);
  as_model_seal(model, (as_time){.seconds = 1782777600, .is_date = true}, m.diags);
  uint64_t left;
  as_sql_options options = {.ctx = &left, .poll = poll, .memory_bytes = MEMORY};
  as_sql *sql = as_sql_open(model, &options);
  as_buf rows = {0};
  ask(sql, &left, text, &rows);
  if (!memchr(data, '\n', size) && !memchr(data, 0, size)) check_condition(sql, &left, text);
  as_buf_free(&rows);
  as_sql_close(sql);
  as_model_free(model);
  fuzz_model_close(&m);
  return 0;
}
