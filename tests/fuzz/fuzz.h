/* What the fuzz targets share. A target is one file with FUZZ(name): built with clang it is a libFuzzer program, built with
 * replay.c it is a test that feeds the seeds and the regressions.
 *
 * A target ends the process where an oracle does not hold; it keeps nothing from one input to the next. */
#ifndef AS_TESTS_FUZZ_H
#define AS_TESTS_FUZZ_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/node.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

#define FUZZ_CHECK(holds)                                                                 \
  do {                                                                                    \
    if (!(holds)) {                                                                       \
      fprintf(stderr, "%s:%d: this does not hold: %s\n", __FILE__, __LINE__, #holds);     \
      abort();                                                                            \
    }                                                                                     \
  } while (0)

/* A text of exactly these bytes, with the padding that readers may look at and nothing behind it. */
static inline as_buf fuzz_text(const void *bytes, size_t n) {
  as_buf text = {as_calloc(1, n + AS_TEXT_PADDING), n, n + AS_TEXT_PADDING};
  if (n) memcpy(text.data, bytes, n);
  return text;
}

/* The bytes up to the next `end` (or all), which are taken off the input. */
static inline as_str fuzz_part(const uint8_t **data, size_t *size, char end) {
  const uint8_t *stop = *size ? memchr(*data, end, *size) : NULL;
  size_t n = stop ? (size_t)(stop - *data) : *size;
  as_str part = {(const char *)*data, n};
  *data += stop ? n + 1 : n;
  *size -= stop ? n + 1 : n;
  return part;
}

/* One byte off the input; 0 where there is none. */
static inline unsigned fuzz_byte(const uint8_t **data, size_t *size) {
  if (!*size) return 0;
  (*size)--;
  return *(*data)++;
}

/* Every text of a diagnostic is shown safely: no control character but the ends of its lines, valid UTF-8. */
static inline void fuzz_check_shown(const as_buf *shown, bool lines) {
  FUZZ_CHECK(as_utf8_valid((as_str){shown->data, shown->len}, NULL));
  for (size_t i = 0; i < shown->len; i++) {
    unsigned char c = (unsigned char)shown->data[i];
    FUZZ_CHECK((c >= 0x20 && c != 0x7f) || (lines && (c == '\n' || c == '\t')));
  }
}

static inline void fuzz_check_diags(const as_diags *diags) {
  as_buf shown = {0};
  size_t count = as_diags_count(diags);
  FUZZ_CHECK(count <= AS_DIAG_MAX);
  for (size_t i = 0; i < count && i < 50; i++) {
    shown.len = 0;
    as_diag_format(as_diags_at(diags, i), false, &shown);
    fuzz_check_shown(&shown, true);
  }
  as_buf_free(&shown);
}

/* Equal in type, value, keys and order; where the nodes stand in their texts does not count. */
static inline bool fuzz_equal(const as_node *a, const as_node *b) {
  if (a->type != b->type || a->count != b->count) return false;
  switch (a->type) {
    case AS_NULL: return true;
    case AS_BOOL: return a->u.boolean == b->u.boolean;
    case AS_INT: return a->u.integer == b->u.integer;
    case AS_NUM: return memcmp(&a->u.number, &b->u.number, sizeof a->u.number) == 0;
    case AS_TEXT: return as_str_eq(a->text, b->text);
    case AS_LIST:
    case AS_MAP: break;
  }
  const as_node *x = a->first, *y = b->first;
  for (; x && y; x = x->next, y = y->next)
    if ((a->type == AS_MAP && !as_str_eq(x->key, y->key)) || !fuzz_equal(x, y)) return false;
  return !x && !y;
}

#endif
