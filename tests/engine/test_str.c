/* Text: slices, symbols, the map, UTF-8, words, suggestions, safe showing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void slices_compare(void **state) {
  (void)state;
  assert_true(as_str_eq(AS_STR("abc"), as_str_of("abc")));
  assert_false(as_str_eq(AS_STR("abc"), AS_STR("abd")));
  assert_false(as_str_eq(AS_STR("abc"), AS_STR("ab")));
  assert_true(as_str_eq((as_str){NULL, 0}, AS_STR("")));
  assert_true(as_str_is(AS_STR("x"), "x"));
  assert_false(as_str_is(AS_STR("x\0y"), "x"));
  assert_int_equal(as_str_of(NULL).n, 0);
}

static void symbols_are_unique(void **state) {
  (void)state;
  as_arena *arena = as_arena_new();
  as_intern *intern = as_intern_new(arena);
  const as_sym *symbols[20000];
  char text[32];
  assert_null(as_intern_find(intern, AS_STR("k0")));
  for (uint32_t i = 0; i < COUNT(symbols); i++) {
    int n = snprintf(text, sizeof text, "k%u", i);
    symbols[i] = as_intern_add(intern, (as_str){text, (size_t)n});
    assert_int_equal(symbols[i]->id, i);
    assert_int_equal(symbols[i]->len, n);
    assert_string_equal(symbols[i]->text, text);
  }
  for (uint32_t i = 0; i < COUNT(symbols); i++) {
    int n = snprintf(text, sizeof text, "k%u", i);
    assert_ptr_equal(as_intern_add(intern, (as_str){text, (size_t)n}), symbols[i]);
    assert_ptr_equal(as_intern_find(intern, (as_str){text, (size_t)n}), symbols[i]);
  }
  const as_sym *empty = as_intern_add(intern, (as_str){NULL, 0});
  assert_ptr_equal(empty, as_intern_add(intern, AS_STR("")));
  const as_sym *nul = as_intern_add(intern, AS_STR("a\0b"));
  assert_ptr_not_equal(nul, as_intern_add(intern, AS_STR("a")));
  as_intern_free(intern);
  as_arena_free(arena);
}

/* Keys of every length that differ in one byte only. */
static void map_keeps_every_key(void **state) {
  (void)state;
  as_map *map = as_map_new();
  static char bytes[70][70][72];
  size_t count = 0;
  for (size_t n = 1; n < 70; n++)
    for (size_t k = 0; k < n; k++) {
      memset(bytes[n][k], 'x', n);
      bytes[n][k][k] = 'y';
      assert_null(as_map_put(map, (as_str){bytes[n][k], n}, bytes[n][k]));
      count++;
    }
  assert_int_equal(as_map_count(map), count);
  for (size_t n = 1; n < 70; n++)
    for (size_t k = 0; k < n; k++) assert_ptr_equal(as_map_get(map, (as_str){bytes[n][k], n}), bytes[n][k]);
  assert_null(as_map_get(map, AS_STR("absent")));
  assert_null(as_map_get(map, AS_STR("")));
  assert_ptr_equal(as_map_put(map, AS_STR("y"), count ? map : NULL), bytes[1][0]);
  assert_ptr_equal(as_map_get(map, AS_STR("y")), map);
  assert_int_equal(as_map_count(map), count);
  as_map_free(map);
  as_map_free(NULL);
}

static void utf8_is_checked(void **state) {
  (void)state;
  static const char *const good[] = {"",         "plain ascii, longer than eight",
                                     "é",        "日本語",
                                     "\U0001f600", "\xf4\x8f\xbf\xbf",
                                     "\xed\x9f\xbf", "\xee\x80\x80"};
  for (size_t i = 0; i < COUNT(good); i++) assert_true(as_utf8_valid(as_str_of(good[i]), NULL));
  static const struct {
    const char *text;
    size_t at;
  } bad[] = {{"\x80", 0},
             {"ab\xc0\x80", 2},
             {"\xc1\xbf", 0},
             {"\xe0\x9f\xbf", 0},
             {"12345678\xed\xa0\x80", 8},
             {"\xed\xbf\xbf", 0},
             {"\xf0\x8f\xbf\xbf", 0},
             {"\xf4\x90\x80\x80", 0},
             {"\xf5\x80\x80\x80", 0},
             {"\xff", 0},
             {"0123456789abc\xc3", 13},
             {"\xe2\x82", 0},
             {"\xf0\x9f\x98", 0},
             {"é\xc3(", 2}};
  for (size_t i = 0; i < COUNT(bad); i++) {
    size_t at = 99;
    assert_false(as_utf8_valid(as_str_of(bad[i].text), &at));
    assert_int_equal(at, bad[i].at);
  }
  assert_false(as_utf8_valid((as_str){"é", 1}, NULL)); /* cut in the middle */
}

static void utf8_round_trips_every_character(void **state) {
  (void)state;
  for (uint32_t code = 0; code <= 0x10ffff; code++) {
    char bytes[4];
    uint32_t back = 0;
    size_t n = as_utf8_put(code, bytes);
    bool surrogate = code >= 0xd800 && code <= 0xdfff;
    size_t got = as_utf8_next((as_str){bytes, n}, 0, &back);
    if (got != (surrogate ? 0 : n) || (!surrogate && back != code)) fail_msg("U+%04X", code);
  }
  assert_int_equal(as_utf8_next(AS_STR("a"), 1, NULL), 0);
}

static const char *fold(const char *text) {
  static char kept[128];
  as_buf buf = {0};
  as_word_fold(as_str_of(text), &buf);
  snprintf(kept, sizeof kept, "%s", buf.data);
  as_buf_free(&buf);
  return kept;
}

static void words_fold(void **state) {
  (void)state;
  assert_string_equal(fold("  Top Management\t"), "top_management");
  assert_string_equal(fold("top - _  management"), "top_management");
  assert_string_equal(fold("-x-"), "_x_");
  assert_string_equal(fold(""), "");
  assert_string_equal(fold(" \n "), "");
  assert_string_equal(fold("ÄB"), "Äb");
}

static void words_compare_as_they_fold(void **state) {
  (void)state;
  static const char *const words[] = {"",    " ",  "a",   "A ",  " a b", "a-b", "a_-_b", "A  B",
                                      "ab",  "_a", "-a",  "a_",  "a -",  "abc", "a b c", "a\tb"};
  for (size_t i = 0; i < COUNT(words); i++)
    for (size_t k = 0; k < COUNT(words); k++) {
      char left[128];
      snprintf(left, sizeof left, "%s", fold(words[i]));
      assert_int_equal(as_word_eq(as_str_of(words[i]), as_str_of(words[k])), strcmp(left, fold(words[k])) == 0);
    }
}

static void suggestions_are_close(void **state) {
  (void)state;
  static const char *const names[] = {"username", "system", "status", "user_name_full", "owner", "id", NULL};
  size_t n = COUNT(names);
  assert_string_equal(as_suggest("usrname", names, n), "username");
  assert_string_equal(as_suggest("usernmae", names, n), "username");
  assert_string_equal(as_suggest("User-Name-Full", names, n), "user_name_full");
  assert_string_equal(as_suggest("sytsem", names, n), "system");
  assert_string_equal(as_suggest("onwer", names, n), "owner");
  assert_string_equal(as_suggest("di", names, n), "id");
  assert_null(as_suggest("entirely", names, n));
  assert_null(as_suggest("x", names, n));
  assert_null(as_suggest("", names, n));
  assert_null(as_suggest("username", names, 0));
  static const char *const letters[] = {"b"};
  assert_null(as_suggest("a", letters, 1)); /* nothing of the word is left */
  static const char *const tie[] = {"cart", "card"};
  assert_string_equal(as_suggest("carx", tie, 2), "cart"); /* the first of equals */
  char word[4000];
  memset(word, 'a', sizeof word - 1);
  word[sizeof word - 1] = 0;
  const char *const same[] = {word};
  assert_null(as_suggest(word, same, 1)); /* too long to be worth comparing */
}

static const char *show(const char *text, size_t n, bool keep_lines) {
  static char kept[256];
  as_buf buf = {0};
  as_show((as_str){text, n}, keep_lines, &buf);
  snprintf(kept, sizeof kept, "%s", buf.data);
  as_buf_free(&buf);
  return kept;
}
#define SHOW(literal, keep) show((literal), sizeof(literal) - 1, (keep))

static void showing_is_safe(void **state) {
  (void)state;
  assert_string_equal(SHOW("", false), "");
  assert_string_equal(SHOW("plain, größer, 日本", false), "plain, größer, 日本");
  assert_string_equal(SHOW("\x1b[31mred\x1b[0m", false), "\\x1b[31mred\\x1b[0m");
  assert_string_equal(SHOW("a\nb\tc\r", false), "a\\nb\\tc\\x0d");
  assert_string_equal(SHOW("a\nb\tc\r", true), "a\nb\tc\\x0d");
  assert_string_equal(SHOW("a\0b\x7f", false), "a\\x00b\\x7f");
  assert_string_equal(SHOW("\xc2\x9b" "31m", false), "\\u{9b}31m");
  assert_string_equal(SHOW("a\u202eb\u2066\u200b\ufeff", false), "a\\u{202e}b\\u{2066}\\u{200b}\\u{feff}");
  assert_string_equal(SHOW("\u2028\u2029", true), "\\u{2028}\\u{2029}");
  assert_string_equal(SHOW("a\xff\xc3z\xe2\x82", false), "a\\xff\\xc3z\\xe2\\x82");
  assert_string_equal(SHOW("\U000e0041", false), "\\u{e0041}");
}

static void showing_any_bytes_gives_valid_text(void **state) {
  (void)state;
  uint32_t random = 12345;
  for (int round = 0; round < 20000; round++) {
    char bytes[24];
    size_t n = random % sizeof bytes;
    for (size_t i = 0; i < n; i++) {
      random = random * 1664525u + 1013904223u;
      bytes[i] = (char)(random >> 24);
    }
    random = random * 1664525u + 1013904223u;
    as_buf buf = {0};
    as_show((as_str){bytes, n}, false, &buf);
    as_str shown = {buf.data, buf.len};
    assert_true(as_utf8_valid(shown, NULL));
    for (size_t i = 0; i < shown.n;) {
      uint32_t code = 0;
      i += as_utf8_next(shown, i, &code);
      assert_false(as_utf8_hidden(code));
    }
    as_buf_free(&buf);
  }
}

static void widths_are_known(void **state) {
  (void)state;
  assert_int_equal(as_utf8_width('a'), 1);
  assert_int_equal(as_utf8_width(0xe9), 1);
  assert_int_equal(as_utf8_width(0x301), 0);
  assert_int_equal(as_utf8_width(0x65e5), 2);
  assert_int_equal(as_utf8_width(0x1f600), 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(slices_compare),
      cmocka_unit_test(symbols_are_unique),
      cmocka_unit_test(map_keeps_every_key),
      cmocka_unit_test(utf8_is_checked),
      cmocka_unit_test(utf8_round_trips_every_character),
      cmocka_unit_test(words_fold),
      cmocka_unit_test(words_compare_as_they_fold),
      cmocka_unit_test(suggestions_are_close),
      cmocka_unit_test(showing_is_safe),
      cmocka_unit_test(showing_any_bytes_gives_valid_text),
      cmocka_unit_test(widths_are_known),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
