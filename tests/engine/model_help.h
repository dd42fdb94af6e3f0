/* For the tests of the model: a few kinds, a folder of files that is read as a bundle, and what came out written down,
 * so that a test compares texts.
 *
 *   records(kind)   "id=a name=b | id=c": fields in the order of the kind, references as ->key or ?>key
 *   problems()      "E0301@evidence/a.csv:3:7 W0302@…": in the order of documents and lines */
#ifndef MODEL_HELP_H
#define MODEL_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "model/bundle.h"

static const char test_kinds[] =
    "organization:\n  title: The organisation\n  single: true\n  fields:\n    id: string!\n    name: string!\n    headcount: integer\n"
    "people:\n  title: People\n  key: id\n  fields:\n    id: string!\n    name: string\n    kind: enum(employee, third_party, board)\n"
    "    boss: ref(people)\n    start_date: date\n    left_at: date\n    skills: list(string)\n"
    "accounts:\n  title: Accounts\n  key: id\n  fields:\n    id: string!\n    system: string\n    person_id: ref(people)\n    status: enum(active, disabled)!\n"
    "    mfa: boolean\n    quota: number\n    seen_at: time\n    asset_ids: list(ref(assets))\n    levels: list(enum(low, high))\n"
    "assets:\n  title: Assets\n  key: id\n  fields:\n    id: string!\n    share: percent\n    tries: integer\n    keep: duration\n    note: text\n"
    "reads:\n  title: No key\n  fields:\n    person_id: ref(people)!\n    read_at: date!\n";

typedef struct {
  as_arena *arena;
  as_intern *intern;
  as_kinds *kinds;
  as_diags *diags;
  as_bundle bundle;
  as_buf out;
  char folder[64];
  bool strict;
  const char *at;
} fixture;

static inline as_buf padded(const char *text, size_t n) {
  as_buf buf = {0};
  char padding[AS_TEXT_PADDING] = {0};
  as_buf_add(&buf, text, n);
  as_buf_add(&buf, padding, sizeof padding);
  buf.len = n;
  return buf;
}

static inline int begin(void **state) {
  fixture *f = as_calloc(1, sizeof *f);
  f->arena = as_arena_new();
  f->intern = as_intern_new(f->arena);
  f->kinds = as_kinds_new(f->arena, f->intern);
  f->diags = as_diags_new();
  as_buf text = padded(test_kinds, sizeof test_kinds - 1);
  bool good = as_kinds_add(f->kinds, &text, "kinds.yaml", f->diags) && as_kinds_settle(f->kinds, f->diags);
  as_buf_free(&text);
  const char *tmp = getenv("TMPDIR");
  snprintf(f->folder, sizeof f->folder, "%s/assay-test-XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
  if (!mkdtemp(f->folder)) return -1;
  *state = f;
  return good ? 0 : -1;
}

static inline int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw) {
  (void)st;
  (void)flag;
  (void)ftw;
  return remove(path);
}

static inline int end(void **state) {
  fixture *f = *state;
  nftw(f->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  as_kinds_free(f->kinds);
  as_intern_free(f->intern);
  as_diags_free(f->diags);
  as_arena_free(f->arena);
  as_buf_free(&f->out);
  as_free(f);
  return 0;
}

static inline void path_in(const fixture *f, const char *path, char out[300]) { snprintf(out, 300, "%s/%s", f->folder, path); }

static inline void write_bytes(fixture *f, const char *path, const void *bytes, size_t n) {
  char whole[300];
  path_in(f, path, whole);
  for (char *p = whole + strlen(f->folder) + 1; (p = strchr(p, '/')); p++) {
    *p = 0;
    mkdir(whole, 0755);
    *p = '/';
  }
  FILE *file = fopen(whole, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, n, file), n);
  fclose(file);
}

static inline void write_text(fixture *f, const char *path, const char *text) { write_bytes(f, path, text, strlen(text)); }

/* Reads the folder, or a path in it, or "-". */
static inline as_bundle_status read_path(fixture *f, const char *path) {
  as_bundle_options options = {.path = path, .at = f->at, .limits = as_read_limits_default, .strict = f->strict};
  as_bundle_status status = as_bundle_read(f->arena, f->intern, f->kinds, &options, &f->bundle, f->diags);
  as_diags_sort(f->diags);
  return status;
}

static inline as_bundle_status read_bundle(fixture *f) { return read_path(f, f->folder); }

/* Forgets what was found, for another reading. */
static inline void again(fixture *f) {
  as_diags_free(f->diags);
  f->diags = as_diags_new();
}

static inline void show_value(const as_value *value, as_buf *out) {
  switch (value->type) {
    case AS_T_STRING:
    case AS_T_TEXT:
    case AS_T_ENUM:
      as_buf_adds(out, value->u.link.sym->text);
      break;
    case AS_T_REF:
      as_buf_printf(out, "%s%s", value->u.link.record ? "->" : "?>", value->u.link.sym->text);
      break;
    case AS_T_INTEGER:
      as_buf_printf(out, "%lld", (long long)value->u.integer);
      break;
    case AS_T_NUMBER:
    case AS_T_PERCENT:
      as_buf_printf(out, "%g", value->u.number);
      break;
    case AS_T_BOOLEAN:
      as_buf_adds(out, value->u.boolean ? "true" : "false");
      break;
    case AS_T_DATE:
    case AS_T_TIME:
      as_time_format(value->u.time, out);
      break;
    case AS_T_DURATION:
      as_duration_write(value->u.duration, out);
      break;
    case AS_T_LIST:
      as_buf_addc(out, '[');
      for (uint32_t i = 0; i < value->u.list.count; i++) {
        if (i) as_buf_addc(out, ',');
        show_value(&value->u.list.items[i], out);
      }
      as_buf_addc(out, ']');
      break;
  }
}

static inline void show_record(const as_record *record, as_buf *out) {
  const as_kind *kind = as_record_kind(record);
  bool first = true;
  for (uint32_t i = 0; i < kind->n_fields; i++) {
    as_value value = as_record_get(record, &kind->fields[i]);
    if (!value.present) continue;
    as_buf_printf(out, "%s%s=", first ? "" : " ", kind->fields[i].name->text);
    show_value(&value, out);
    first = false;
  }
}

static inline const as_kind *kind_of(const fixture *f, const char *name) {
  const as_kind *kind = as_kinds_find(f->kinds, as_str_of(name));
  assert_non_null(kind);
  return kind;
}

static inline const char *records_of(fixture *f, const as_model *model, const char *name) {
  const as_kind *kind = kind_of(f, name);
  f->out.len = 0;
  as_buf_adds(&f->out, "");
  as_buf_add(&f->out, "", 0);
  for (size_t i = 0; i < as_model_count(model, kind); i++) {
    if (i) as_buf_adds(&f->out, " | ");
    show_record(as_model_at(model, kind, i), &f->out);
  }
  return f->out.data;
}

static inline const char *records(fixture *f, const char *name) {
  assert_non_null(f->bundle.model);
  return records_of(f, f->bundle.model, name);
}

static inline bool supplied(fixture *f, const char *name) { return as_model_supplied(f->bundle.model, kind_of(f, name)); }

static inline const char *problems(fixture *f) {
  f->out.len = 0;
  as_buf_add(&f->out, "", 0);
  for (size_t i = 0; i < as_diags_count(f->diags); i++) {
    const as_diag *diag = as_diags_at(f->diags, i);
    if (i) as_buf_addc(&f->out, ' ');
    as_buf_printf(&f->out, "%s@%s", diag->code, diag->document ? diag->document : "");
    if (diag->line) as_buf_printf(&f->out, ":%u", (unsigned)diag->line);
    if (diag->line && diag->column) as_buf_printf(&f->out, ":%u", (unsigned)diag->column);
  }
  return f->out.data;
}

/* Message, help and source line of one diagnostic, as people see it. */
static inline const char *shown(fixture *f, size_t i) {
  f->out.len = 0;
  assert_true(i < as_diags_count(f->diags));
  as_diag_format(as_diags_at(f->diags, i), false, &f->out);
  return f->out.data;
}

#define assert_shows(f, i, part)                                                                 \
  do {                                                                                           \
    if (!strstr(shown(f, i), part)) fail_msg("no \"%s\" in:\n%s", part, shown(f, i));            \
  } while (0)

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
