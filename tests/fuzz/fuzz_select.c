/* Selectors of requirements (--control): each line of the input is one. fuzzing.lua holds what they choose against what they say. */
#include "fuzz_script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static as_script *script;
  if (size > 4096) return 0;
  if (!script) script = fuzz_script();
  as_arena *arena = as_arena_new();
  as_node *argument = as_node_new(arena, AS_MAP);
  as_node *select = as_node_put(arena, argument, "select", as_node_new(arena, AS_LIST));
  while (size) as_node_add(select, as_node_text(arena, fuzz_part(&data, &size, '\n')));
  const as_node *answer = fuzz_call(script, "select", argument, arena);
  const char *wrong = as_node_str(answer, "wrong", NULL);
  if (wrong) fprintf(stderr, "%s\n", wrong);
  FUZZ_CHECK(!wrong);
  as_arena_free(arena);
  return 0;
}
