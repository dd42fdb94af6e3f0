/* SHA-256 by libcrypto, which picks the instructions of the CPU. The plain functions: those of EVP read a configuration
 * file the first time, and take 0.8 ms for it in every process. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/hash.h"

#include <openssl/sha.h>

void as_sha256_hex(const void *bytes, size_t n, char out[65]) {
  static const char digits[] = "0123456789abcdef";
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes ? bytes : "", n);
  SHA256_Final(digest, &context);
  for (size_t i = 0; i < 32; i++) {
    out[2 * i] = digits[digest[i] >> 4];
    out[2 * i + 1] = digits[digest[i] & 15];
  }
  out[64] = 0;
}
