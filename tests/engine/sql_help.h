/* For the tests of SQL: a small bundle, a connection to it, and what a query gives as one text. */
#ifndef SQL_HELP_H
#define SQL_HELP_H

#include "model/sql.h"
#include "model_help.h"

typedef struct {
  as_sql *sql;
  uint64_t steps, most; /* most: 0 for no end */
  const char *hidden;   /* a kind that is not visible */
} session;

static session s;

static inline bool poll(void *ctx, uint32_t steps) {
  session *t = ctx;
  t->steps += steps;
  return !t->most || t->steps < t->most;
}

static inline bool visible(void *ctx, const as_kind *kind) {
  const session *t = ctx;
  return !t->hidden || (kind && strcmp(kind->name->text, t->hidden) != 0);
}

static inline void open_with(fixture *f, uint64_t memory) {
  as_sql_options options = {&s, visible, poll, memory};
  s = (session){0};
  s.sql = as_sql_open(f->bundle.model, &options);
}

static inline void ready(fixture *f) {
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

static inline void done(void) {
  as_sql_close(s.sql);
  s.sql = NULL;
}

static inline void put_value(fixture *f, as_sql_value v) {
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

static inline const char *fault_text(fixture *f, const as_sql_fault *fault) {
  static const char *const troubles[] = {"wrong", "hidden", "results", "stopped", "memory", "failed"};
  f->out.len = 0;
  as_buf_printf(&f->out, "%s@%zu: %s%s%s", troubles[fault->trouble], fault->at, fault->message, *fault->help ? "; " : "", fault->help);
  return f->out.data;
}

/* "1,x|2,y": rows and values; or what was wrong, as "wrong@7: message; help". */
static inline const char *ask_with(fixture *f, const char *text, const as_sql_value *params) {
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

static inline const char *ask(fixture *f, const char *text) { return ask_with(f, text, NULL); }

#define SAYS(text, expected) assert_string_equal(ask(f, text), expected)
#define TELLS(text, part)                                                                    \
  do {                                                                                       \
    if (!strstr(ask(f, text), part)) fail_msg("%s\nno \"%s\" in: %s", text, part, f->out.data); \
  } while (0)

static inline as_sql_value text_value(const char *text) { return (as_sql_value){.type = AS_SQL_TEXT, .text = as_str_of(text)}; }

#endif
