/* Memory: growth, arenas, buffers, and the end when nothing is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"

static void sizes_of_zero_are_valid(void **state) {
  (void)state;
  void *a = as_alloc(0), *b = as_calloc(0, 8), *c = as_realloc(NULL, 0);
  assert_non_null(a);
  assert_non_null(b);
  assert_non_null(c);
  as_free(a);
  as_free(b);
  as_free(c);
  as_free(NULL);
}

static void grow_doubles_and_keeps(void **state) {
  (void)state;
  uint32_t *items = NULL;
  size_t cap = 0;
  for (uint32_t i = 0; i < 1000; i++) {
    as_grow(&items, &cap, i + 1, sizeof *items);
    assert_true(cap > i);
    items[i] = i;
  }
  for (uint32_t i = 0; i < 1000; i++) assert_int_equal(items[i], i);
  assert_int_equal(cap, 1024);
  as_grow(&items, &cap, 10, sizeof *items);
  assert_int_equal(cap, 1024);
  as_free(items);
}

static void arena_pieces_are_apart_and_aligned(void **state) {
  (void)state;
  as_arena *arena = as_arena_new();
  assert_int_equal(as_arena_used(arena), 0);
  unsigned char *pieces[2000];
  for (size_t i = 0; i < 2000; i++) {
    pieces[i] = as_arena_alloc(arena, i);
    assert_int_equal((uintptr_t)pieces[i] % 8, 0);
    memset(pieces[i], (int)(i & 0xff), i);
  }
  for (size_t i = 0; i < 2000; i++)
    for (size_t k = 0; k < i; k++) assert_int_equal(pieces[i][k], i & 0xff);
  assert_true(as_arena_used(arena) >= 1999000);
  as_arena_free(arena);
  as_arena_free(NULL);
}

static void arena_takes_large_pieces(void **state) {
  (void)state;
  as_arena *arena = as_arena_new();
  char *small = as_arena_alloc(arena, 16);
  char *large = as_arena_calloc(arena, 5 * 1024 * 1024);
  char *next = as_arena_alloc(arena, 16);
  assert_int_equal(next - small, 16); /* the first block stays in use */
  assert_int_equal(large[5 * 1024 * 1024 - 1], 0);
  as_arena_reset(arena);
  assert_int_equal(as_arena_used(arena), 0);
  assert_ptr_equal(as_arena_alloc(arena, 8), large); /* the largest block is kept */
  as_arena_free(arena);
}

/* What malloc does not tell of is counted: the limit of address space rests on it. */
static void pages_are_counted(void **state) {
  (void)state;
  size_t before = as_pages_held();
  char *pages = as_pages_alloc(2 * AS_PAGES);
  pages[2 * AS_PAGES - 1] = 1;
#ifndef __SANITIZE_ADDRESS__
  assert_int_equal(as_pages_held(), before + 2 * AS_PAGES);
  assert_int_equal((uintptr_t)pages % AS_PAGES, 0);
#endif
  as_pages_free(pages, 2 * AS_PAGES);
  as_pages_free(NULL, AS_PAGES);
  assert_int_equal(as_pages_held(), before);
  as_arena *arena = as_arena_new();
  for (int i = 0; i < 10000; i++) as_arena_alloc(arena, 1000);
#ifndef __SANITIZE_ADDRESS__
  assert_true(as_pages_held() > before);
#endif
  as_arena_free(arena);
  assert_int_equal(as_pages_held(), before);
}

static void arena_can_be_reset_often(void **state) {
  (void)state;
  as_arena *arena = as_arena_new();
  as_arena_reset(arena);
  for (int round = 0; round < 50; round++) {
    for (int i = 0; i < 5000; i++) {
      unsigned char *p = as_arena_calloc(arena, 40);
      for (int k = 0; k < 40; k++) assert_int_equal(p[k], 0);
      memset(p, 0xaa, 40);
    }
    assert_int_equal(as_arena_used(arena), 200000);
    as_arena_reset(arena);
  }
  as_arena_free(arena);
}

static void arena_copies_and_prints(void **state) {
  (void)state;
  as_arena *arena = as_arena_new();
  assert_string_equal(as_arena_copy(arena, "abcdef", 3), "abc");
  assert_string_equal(as_arena_copy(arena, NULL, 0), "");
  assert_memory_equal(as_arena_copy(arena, "a\0b", 3), "a\0b", 4);
  assert_string_equal(as_arena_printf(arena, "%d %s", 7, "x"), "7 x");
  char *wide = as_arena_printf(arena, "%0*d", 1000, 5);
  assert_int_equal(strlen(wide), 1000);
  for (int n = 250; n < 262; n++) assert_int_equal(strlen(as_arena_printf(arena, "%0*d", n, 5)), n);
  as_arena_free(arena);
}

static void buffer_grows_and_ends_with_nul(void **state) {
  (void)state;
  as_buf buf = {0};
  as_buf_add(&buf, NULL, 0);
  assert_string_equal(buf.data, "");
  as_buf_adds(&buf, NULL);
  for (int i = 0; i < 3000; i++) {
    as_buf_addc(&buf, (char)('a' + i % 26));
    assert_int_equal(buf.data[buf.len], 0);
  }
  assert_int_equal(buf.len, 3000);
  assert_true(buf.cap > buf.len);
  as_buf_adds(&buf, "end");
  as_buf_add(&buf, "\0x", 2);
  assert_memory_equal(buf.data + 3000, "end\0x", 6);
  as_buf_free(&buf);
  assert_null(buf.data);
  assert_int_equal(buf.len + buf.cap, 0);
}

static void buffer_prints_any_length(void **state) {
  (void)state;
  for (int n = 0; n < 400; n++) {
    as_buf buf = {0};
    as_buf_printf(&buf, "<%*s>", n, "");
    assert_int_equal(buf.len, n + 2);
    assert_int_equal(strlen(buf.data), buf.len);
    as_buf_printf(&buf, "%s", "tail");
    assert_string_equal(buf.data + n + 2, "tail");
    as_buf_free(&buf);
  }
}

static int status_of(void (*child)(void)) {
  pid_t pid = fork();
  if (pid == 0) {
    close(STDERR_FILENO);
    child();
    _exit(0);
  }
  int status = -1;
  assert_int_equal(waitpid(pid, &status, 0), pid);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static void end_with_3(void) { _exit(3); }
static void return_only(void) {}
static void use_default(void) { as_mem_exhausted(); }
static void use_handler(void) {
  as_mem_on_exhausted(end_with_3);
  as_mem_exhausted();
}
static void use_returning_handler(void) {
  as_mem_on_exhausted(return_only);
  as_mem_exhausted();
}
static void use_restored_default(void) {
  as_mem_on_exhausted(end_with_3);
  as_mem_on_exhausted(NULL);
  as_mem_exhausted();
}
static void grow_too_far(void) {
  void *items = NULL;
  size_t cap = 0;
  as_grow(&items, &cap, SIZE_MAX / 4, 64);
}
static void grow_past_all(void) {
  void *items = NULL;
  size_t cap = 0;
  as_grow(&items, &cap, SIZE_MAX, 1);
}
static void buffer_too_far(void) {
  as_buf buf = {0};
  as_buf_add(&buf, "", SIZE_MAX - 8);
}
static void arena_too_far(void) { as_arena_alloc(as_arena_new(), SIZE_MAX - 3); }

static void exhaustion_ends_the_process(void **state) {
  (void)state;
  assert_int_equal(status_of(use_default), 70);
  assert_int_equal(status_of(use_handler), 3);
  assert_int_equal(status_of(use_returning_handler), 70);
  assert_int_equal(status_of(use_restored_default), 70);
  assert_int_equal(status_of(grow_too_far), 70);
  assert_int_equal(status_of(grow_past_all), 70);
  assert_int_equal(status_of(buffer_too_far), 70);
  assert_int_equal(status_of(arena_too_far), 70);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sizes_of_zero_are_valid),
      cmocka_unit_test(grow_doubles_and_keeps),
      cmocka_unit_test(arena_pieces_are_apart_and_aligned),
      cmocka_unit_test(arena_takes_large_pieces), cmocka_unit_test(pages_are_counted),
      cmocka_unit_test(arena_can_be_reset_often),
      cmocka_unit_test(arena_copies_and_prints),
      cmocka_unit_test(buffer_grows_and_ends_with_nul),
      cmocka_unit_test(buffer_prints_any_length),
      cmocka_unit_test(exhaustion_ends_the_process),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
