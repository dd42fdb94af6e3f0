/* What the targets of the Lua code share: the kinds and a state with fuzzing.lua in it. */
#ifndef AS_TESTS_FUZZ_SCRIPT_H
#define AS_TESTS_FUZZ_SCRIPT_H

#include <unistd.h>

#include "fuzz.h"
#include "script/script.h"

static inline void fuzz_read_kinds(as_kinds *kinds, const char *stdlib, as_diags *diags) {
  as_buf dir = {0}, text = {0}, path = {0};
  as_paths paths = {0};
  const char *why = NULL;
  as_buf_printf(&dir, "%s/kinds", stdlib);
  FUZZ_CHECK(as_file_walk(dir.data, 100, &paths, diags));
  for (size_t i = 0; i < paths.count; i++) {
    path.len = 0;
    as_buf_printf(&path, "%s/%s", dir.data, paths.paths[i]);
    FUZZ_CHECK(as_file_read(AT_FDCWD, path.data, 1 << 20, &text, &why) && as_kinds_add(kinds, &text, paths.paths[i], diags));
    as_buf_free(&text);
  }
  as_paths_free(&paths);
  as_buf_free(&path);
  as_buf_free(&dir);
  FUZZ_CHECK(as_kinds_settle(kinds, diags));
}

/* The folder `stdlib` beside this program: a copy, with fuzzing.lua in it. */
static inline void fuzz_find_stdlib(char *out, size_t size) {
  ssize_t n = readlink("/proc/self/exe", out, size - 8);
  FUZZ_CHECK(n > 0);
  out[n] = 0;
  char *slash = strrchr(out, '/');
  strcpy(slash ? slash + 1 : out, "stdlib");
}

/* Calls a function of fuzzing.lua, which must not fail. */
static inline as_node *fuzz_call(as_script *script, const char *function, const as_node *argument, as_arena *arena) {
  as_node *answer = NULL;
  bool ok = as_script_call(script, "fuzzing", function, argument, arena, &answer);
  if (!ok) fprintf(stderr, "%s\n%s\n", as_node_str(answer, "message", ""), as_node_str(answer, "traceback", ""));
  FUZZ_CHECK(ok);
  return answer;
}

static inline as_script *fuzz_script(void) {
  static char stdlib[4096];
  fuzz_find_stdlib(stdlib, sizeof stdlib);
  as_arena *arena = as_arena_new();
  as_intern *intern = as_intern_new(arena);
  as_diags *diags = as_diags_new();
  as_kinds *kinds = as_kinds_new(arena, intern);
  fuzz_read_kinds(kinds, stdlib, diags);
  as_script_options options = {.stdlib = stdlib, .memory_bytes = 8 << 20, .seconds = 2, .steps = 100000};
  as_script *script = as_script_new(&options, diags);
  FUZZ_CHECK(script);
  as_script_set_bundle(script, NULL, kinds);
  return script;
}

#endif
