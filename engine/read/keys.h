/* The keys of the maps that are open, to find duplicates. Private to engine/read. */
#ifndef AS_READ_KEYS_H
#define AS_READ_KEYS_H

#include "base/str.h"

typedef struct as_keys as_keys;
as_keys *as_keys_new(void);
void as_keys_free(as_keys *keys);
void as_keys_clear(as_keys *keys); /* no map is open any more */
void as_keys_open(as_keys *keys);
void as_keys_close(as_keys *keys);
/* Adds a key to the map opened last; the bytes are copied. Where the map has it already, false, and
 * the line of the earlier one. */
bool as_keys_add(as_keys *keys, as_str key, uint32_t line, uint32_t *earlier);

#endif
