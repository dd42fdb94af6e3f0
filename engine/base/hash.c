/* SHA-256 by libcrypto, which picks the instructions of the CPU. */
#include "base/hash.h"

#include <openssl/evp.h>

void as_sha256_hex(const void *bytes, size_t n, char out[65]) {
  static const char digits[] = "0123456789abcdef";
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  /* A digest of memory can fail only for want of memory. */
  if (EVP_Digest(bytes ? bytes : "", n, digest, &length, EVP_sha256(), NULL) != 1 || length != 32) as_mem_exhausted();
  for (size_t i = 0; i < 32; i++) {
    out[2 * i] = digits[digest[i] >> 4];
    out[2 * i + 1] = digits[digest[i] & 15];
  }
  out[64] = 0;
}
