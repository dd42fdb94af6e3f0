/* What the tests of the script layer share: a stdlib folder of their own, a few kinds, and running a piece of
 * Lua as a trusted module. The Lua pieces assert by themselves; eq and fails are there for that. */
#ifndef AS_TESTS_SCRIPT_FIXTURE_H
#define AS_TESTS_SCRIPT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "script/script.h"

static const char fixture_kinds[] =
    "organization:\n"
    "  title: Us\n"
    "  single: true\n"
    "  fields: { id: string!, name: string!, uses_cloud: boolean }\n"
    "people:\n"
    "  title: People\n"
    "  key: id\n"
    "  fields:\n"
    "    id: string!\n"
    "    name: string!\n"
    "    manager_id: ref(people)\n"
    "    start_date: date\n"
    "    end_date: date\n"
    "accounts:\n"
    "  title: Accounts\n"
    "  key: id\n"
    "  fields:\n"
    "    id: string!\n"
    "    system: string!\n"
    "    note: text\n"
    "    person_id: ref(people)\n"
    "    owner: ref(people)\n"
    "    approvers: list(ref(people))\n"
    "    tags: list(string)\n"
    "    status: enum(active, disabled, locked)!\n"
    "    mfa: boolean\n"
    "    logins: integer\n"
    "    score: number\n"
    "    share: percent\n"
    "    created_at: time\n"
    "    reviewed_at: date\n"
    "    limit: duration\n"
    "    asset_ids: list(ref(assets))\n"
    "assets:\n"
    "  title: Assets\n"
    "  key: id\n"
    "  fields: { id: string!, name: string }\n"
    "visits:\n"
    "  title: Visits, which have no key\n"
    "  fields: { person_id: ref(people), at: time, next_due_at: date }\n";

typedef struct {
  char dir[64];
  as_arena *arena;
  as_intern *intern;
  as_kinds *kinds;
  as_diags *diags;
  as_script *script;
  int modules;
} fixture;

static void fixture_write(const fixture *f, const char *name, const char *text) {
  char path[160];
  snprintf(path, sizeof path, "%s/%s.lua", f->dir, name);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

static int fixture_open_with(void **state, uint64_t memory, double seconds, uint64_t steps) {
  fixture *f = as_calloc(1, sizeof *f);
  strcpy(f->dir, "/tmp/assay-test-XXXXXX");
  assert_non_null(mkdtemp(f->dir));
  f->arena = as_arena_new();
  f->intern = as_intern_new(f->arena);
  f->diags = as_diags_new();
  f->kinds = as_kinds_new(f->arena, f->intern);
  as_buf text = {0};
  as_buf_add(&text, fixture_kinds, sizeof fixture_kinds - 1);
  char padding[AS_TEXT_PADDING] = {0};
  as_buf_add(&text, padding, sizeof padding);
  text.len = sizeof fixture_kinds - 1;
  assert_true(as_kinds_add(f->kinds, &text, "kinds.yaml", f->diags));
  as_buf_free(&text);
  assert_true(as_kinds_settle(f->kinds, f->diags));
  as_script_options options = {f->dir, memory, seconds, steps};
  f->script = as_script_new(&options, f->diags);
  assert_non_null(f->script);
  as_script_set_bundle(f->script, NULL, f->kinds);
  fixture_write(f, "checks", "local M = { inner = { 1, 2 } } function M.twice(n) return 2 * n end return M");
  fixture_write(f, "t",
                "local M = {}\n"
                "function M.eq(a, b) if a ~= b then error('got ' .. tostring(a) .. ', not ' .. tostring(b), 2) end end\n"
                "function M.fails(f, text)\n"
                "  local good, message = engine.try(f)\n"
                "  if good then error('no error', 2) end\n"
                "  if not message:find(text, 1, true) then error('another error: ' .. message, 2) end\n"
                "end\n"
                "function M.list(l) local t = {} for i, v in ipairs(l) do t[i] = tostring(v) end return table.concat(t, ' ') end\n"
                "return M");
  *state = f;
  return 0;
}

__attribute__((unused)) static int fixture_open(void **state) { return fixture_open_with(state, 0, 0, 0); }

static int fixture_close(void **state) {
  fixture *f = *state;
  as_script_free(f->script);
  as_kinds_free(f->kinds);
  as_diags_free(f->diags);
  as_intern_free(f->intern);
  as_arena_free(f->arena);
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", f->dir);
  assert_int_equal(system(command), 0);
  as_free(f);
  return 0;
}

/* Runs a function body (argument: arg) as a trusted module; gives its result, or the error's map. */
static bool fixture_try(fixture *f, const char *body, const as_node *argument, as_node **result) {
  char name[32];
  as_buf text = {0};
  snprintf(name, sizeof name, "m%d", ++f->modules);
  as_buf_printf(&text,
                "local T = require 't' local eq, fails, list = T.eq, T.fails, T.list\n"
                "local M = {} function M.run(arg)\n%s\nend return M", body);
  fixture_write(f, name, text.data);
  as_buf_free(&text);
  return as_script_call(f->script, name, "run", argument, f->arena, result);
}

__attribute__((unused)) static as_node *fixture_run(fixture *f, const char *body) {
  as_node *result = NULL;
  if (!fixture_try(f, body, NULL, &result))
    fail_msg("%s\n%s", as_node_str(result, "message", ""), as_node_str(result, "traceback", ""));
  return result;
}

#endif
