/* Text: slices, interned symbols, words, UTF-8, suggestions. */
#ifndef AS_BASE_STR_H
#define AS_BASE_STR_H

#include "base/mem.h"

/* A slice of bytes that somebody else owns. Not NUL-terminated. */
typedef struct {
  const char *p;
  size_t n;
} as_str;

#define AS_STR(literal) ((as_str){(literal), sizeof(literal) - 1})
as_str as_str_of(const char *text); /* borrows a C string */
bool as_str_eq(as_str a, as_str b);
bool as_str_is(as_str a, const char *text);

/* An interned string: equal texts have equal pointers. */
typedef struct as_sym {
  uint32_t id; /* 0, 1, 2 … in order of first appearance */
  uint32_t len;
  char text[]; /* NUL-terminated */
} as_sym;

typedef struct as_intern as_intern;
as_intern *as_intern_new(as_arena *arena); /* borrows the arena, pins symbols to it */
const as_sym *as_intern_add(as_intern *intern, as_str text);
/* NULL where the text was never added. */
const as_sym *as_intern_find(const as_intern *intern, as_str text);
void as_intern_free(as_intern *intern);

/* Hash map from byte strings to pointers. Keys are borrowed: they must outlive the map. */
typedef struct as_map as_map;
as_map *as_map_new(void);
void as_map_free(as_map *map);
/* Sets the value and returns the earlier one, or NULL. */
void *as_map_put(as_map *map, as_str key, void *value);
void *as_map_get(const as_map *map, as_str key);
size_t as_map_count(const as_map *map);

/* True where the bytes are valid UTF-8 (RFC 3629: no surrogates, no overlong forms). */
bool as_utf8_valid(as_str text, size_t *bad_offset);

/* Words of the specification: trimmed, ASCII-lowercased, runs of blank, '-' and
 * '_' become one '_'. Appends to out. */
void as_word_fold(as_str text, as_buf *out);
/* The same into `out`, which has room for text.n bytes. Gives the length. */
size_t as_word_fold_into(as_str text, char *out);
bool as_word_eq(as_str a, as_str b);

/* The candidate closest to `word`, or NULL where none is close enough to be meant
 * (Damerau-Levenshtein distance at most a third of the length, at least 1; case and
 * '-'/'_' do not count). */
const char *as_suggest(const char *word, const char *const *candidates, size_t count);

/* Text made safe to show on a terminal or in a log: control characters, escape
 * sequences, bidi controls, zero-width characters and invalid UTF-8 appear as
 * \x1b or \u{202e}. Newlines and tabs are escaped too unless keep_lines. Appends. */
void as_show(as_str text, bool keep_lines, as_buf *out);

#endif
