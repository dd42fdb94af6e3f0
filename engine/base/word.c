/* Words as the specification compares them, and suggestions for words that were mistyped. */
#include <string.h>

#include "base/str.h"

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static bool is_joint(char c) { return c == '-' || c == '_' || is_blank(c); }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static as_str trimmed(as_str text) {
  while (text.n && is_blank(text.p[0])) text.p++, text.n--;
  while (text.n && is_blank(text.p[text.n - 1])) text.n--;
  return text;
}

/* The next character of the folded word, and *i behind what it stands for. */
static char folded(as_str text, size_t *i) {
  char c = text.p[(*i)++];
  if (!is_joint(c)) return lower(c);
  while (*i < text.n && is_joint(text.p[*i])) (*i)++;
  return '_';
}

void as_word_fold(as_str text, as_buf *out) {
  text = trimmed(text);
  as_buf_add(out, "", 0);
  for (size_t i = 0; i < text.n;) as_buf_addc(out, folded(text, &i));
}

size_t as_word_fold_into(as_str text, char *out) {
  text = trimmed(text);
  size_t n = 0;
  for (size_t i = 0; i < text.n;) out[n++] = folded(text, &i);
  return n;
}

bool as_word_eq(as_str a, as_str b) {
  a = trimmed(a);
  b = trimmed(b);
  size_t i = 0, k = 0;
  while (i < a.n && k < b.n)
    if (folded(a, &i) != folded(b, &k)) return false;
  return i == a.n && k == b.n;
}

/* Longer words are not compared: the work grows with the square of the length. */
#define LONGEST 128

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Edits between a and b, swapped neighbours counting as one. */
static size_t distance(const char *a, size_t n, const char *b, size_t m) {
  size_t rows[3][LONGEST + 1];
  size_t *before = rows[0], *above = rows[1], *row = rows[2];
  for (size_t k = 0; k <= m; k++) above[k] = k;
  for (size_t i = 1; i <= n; i++) {
    row[0] = i;
    for (size_t k = 1; k <= m; k++) {
      size_t best = least(above[k], row[k - 1]) + 1;
      best = least(best, above[k - 1] + (a[i - 1] != b[k - 1]));
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) best = least(best, before[k - 2] + 1);
      row[k] = best;
    }
    size_t *spare = before;
    before = above;
    above = row;
    row = spare;
  }
  return above[m];
}

const char *as_suggest(const char *word, const char *const *candidates, size_t count) {
  as_buf a = {0}, b = {0};
  const char *closest = NULL;
  as_word_fold(as_str_of(word), &a);
  size_t allowed = a.len / 3 ? a.len / 3 : 1;
  if (a.len == 0 || a.len > LONGEST) count = 0;
  for (size_t i = 0; i < count; i++) {
    if (!candidates[i]) continue;
    b.len = 0;
    as_word_fold(as_str_of(candidates[i]), &b);
    if (b.len == 0 || b.len > LONGEST) continue;
    if ((a.len > b.len ? a.len - b.len : b.len - a.len) > allowed) continue;
    size_t d = distance(a.data, a.len, b.data, b.len);
    /* A word of which nothing is left was not meant. */
    if (d > allowed || d >= (a.len > b.len ? a.len : b.len)) continue;
    closest = candidates[i];
    if (d == 0) break;
    allowed = d - 1; /* from here on only a closer one */
  }
  as_buf_free(&a);
  as_buf_free(&b);
  return closest;
}
