/* SHA-256 by libcrypto. */
#ifndef AS_BASE_HASH_H
#define AS_BASE_HASH_H

#include "base/str.h"

/* Writes 64 lowercase hex digits and a NUL. */
void as_sha256_hex(const void *bytes, size_t n, char out[65]);

#endif
