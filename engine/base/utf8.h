/* UTF-8, one character at a time. For those who write text; readers use as_utf8_valid. */
#ifndef AS_BASE_UTF8_H
#define AS_BASE_UTF8_H

#include "base/str.h"

/* Bytes of the valid character at text.p[at], which is put into *code (may be NULL); 0 where
 * there is none: at the end, or at a byte that begins no valid character. */
size_t as_utf8_next(as_str text, size_t at, uint32_t *code);
/* Writes the character (a valid one) to out and gives its number of bytes, 1 to 4. */
size_t as_utf8_put(uint32_t code, char out[4]);
/* Columns on a terminal: 0 for combining marks, 2 for wide characters, else 1. */
int as_utf8_width(uint32_t code);
/* True where the character is invisible, steers a terminal, or changes the order of what stands
 * around it; as_show escapes those. */
bool as_utf8_hidden(uint32_t code);

#endif
