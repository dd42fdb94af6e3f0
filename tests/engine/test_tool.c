/* Other programs: what they say arrives, and those that are not there, fail, flood or never end cost nothing but their output. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "eval/proc.h"
#include "eval/tool.h"
#include "eval/wall_inside.h"

#define MEMORY ((uint64_t)256 << 20)

static as_tool_end run(const char *script, double seconds, size_t most, as_buf *out, int *code) {
  const char *const argv[] = {"sh", "-c", script, NULL};
  as_tool tool = {argv, seconds, most, MEMORY};
  return as_tool_run(&tool, out, code, NULL);
}

static void says_and_ends(void **state) {
  (void)state;
  as_buf out = {0};
  int code = -1;
  assert_int_equal(run("echo one; echo lost >&2; cat; exit 7", 20, 100, &out, &code), AS_TOOL_RAN);
  assert_int_equal(code, 7);
  assert_int_equal(out.len, 4);
  assert_memory_equal(out.data, "one\n", 4);
  as_buf_free(&out);
}

static void takes_arguments_as_they_are(void **state) {
  (void)state;
  const char *const argv[] = {"printf", "%s|", "a b", "$(id)", "", "'\"", NULL};
  as_tool tool = {argv, 20, 100, MEMORY};
  as_buf out = {0};
  int code;
  assert_int_equal(as_tool_run(&tool, &out, &code, NULL), AS_TOOL_RAN);
  assert_int_equal(out.len, strlen("a b|$(id)||'\"|"));
  assert_memory_equal(out.data, "a b|$(id)||'\"|", out.len);
  as_buf_free(&out);
}

static void is_not_there(void **state) {
  (void)state;
  const char *const argv[] = {"no-program-of-this-name", NULL};
  as_tool tool = {argv, 20, 100, MEMORY};
  as_buf out = {0};
  int code;
  assert_int_equal(as_tool_run(&tool, &out, &code, NULL), AS_TOOL_ABSENT);
  as_buf_free(&out);
}

static void floods(void **state) {
  (void)state;
  as_buf out = {0};
  int code;
  assert_int_equal(run("yes", 20, 100000, &out, &code), AS_TOOL_FAILED);
  assert_true(out.len <= 100000);
  as_buf_free(&out);
}

static void never_ends(void **state) {
  (void)state;
  as_buf out = {0};
  int code;
  assert_int_equal(run("echo begun; exec sleep 1000", 0.3, 100, &out, &code), AS_TOOL_FAILED);
  as_buf_free(&out);
}

static void is_greedy(void **state) {
  (void)state;
  as_buf out = {0};
  int code = 0;
  assert_int_equal(run("head -c 1000000000 /dev/zero | sort >/dev/null; exit $?", 60, 100, &out, &code), AS_TOOL_RAN);
  assert_int_not_equal(code, 0);
  as_buf_free(&out);
}

static void dies(void **state) {
  (void)state;
  as_buf out = {0};
  int code;
  assert_int_equal(run("kill -SEGV $$", 20, 100, &out, &code), AS_TOOL_FAILED);
  as_buf_free(&out);
}

static void writes_no_files(void **state) {
  (void)state;
  if (AS_SANITIZED) skip(); /* their reports are files: builds with a sanitizer have no such limit */
  as_buf out = {0};
  int code;
  char path[] = "/tmp/assay-tool-XXXXXX";
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  const char *const argv[] = {"sh", "-c", "trap '' XFSZ; echo much >\"$0\" 2>/dev/null; exit 0", path, NULL};
  as_tool tool = {argv, 20, 100, MEMORY};
  as_tool_run(&tool, &out, &code, NULL);
  char byte;
  assert_int_equal(read(fd, &byte, 1), 0);
  close(fd);
  unlink(path);
  as_buf_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(says_and_ends), cmocka_unit_test(takes_arguments_as_they_are), cmocka_unit_test(is_not_there),
                                     cmocka_unit_test(floods),        cmocka_unit_test(never_ends),                  cmocka_unit_test(dies), cmocka_unit_test(is_greedy),
                                     cmocka_unit_test(writes_no_files)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
