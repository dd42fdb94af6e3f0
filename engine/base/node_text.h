/* Texts of numbers as JSON has them. */
#ifndef AS_BASE_NODE_TEXT_H
#define AS_BASE_NODE_TEXT_H

#include "base/str.h"

#define AS_NUMBER_TEXT 32
/* The shortest text that reads back as `value`, with ".0" where it would look like an integer; "null"
 * for NaN and infinity. NUL-terminated; gives its length. */
size_t as_number_text(double value, char out[AS_NUMBER_TEXT]);
/* A JSON string with its quotes. */
void as_json_string(as_str text, as_buf *out);

#endif
