/* What the tests of archives share: bytes that are read as a bundle, how they are refused, and tars made block by block. */
#ifndef AS_TESTS_ARCHIVE_HELP_H
#define AS_TESTS_ARCHIVE_HELP_H

#include "model_help.h"

#define ACCOUNTS "id,status\na1,active\n"

static inline as_bundle_status read_as(fixture *f, const char *name, const void *bytes, size_t n) {
  again(f);
  write_bytes(f, name, bytes, n);
  char path[300];
  path_in(f, name, path);
  return read_path(f, path);
}

static inline void check_refused(fixture *f, as_bundle_status status, const char *code, int line) {
  bool good = status == AS_BUNDLE_INVALID && as_diags_count(f->diags) == 1 && !strcmp(as_diags_at(f->diags, 0)->code, code);
  if (!good) fail_msg("line %d: wanted %s, got status %d: %s", line, code, (int)status, as_diags_count(f->diags) ? shown(f, 0) : "nothing told");
}
#define REFUSED(f, status, code) check_refused(f, status, code, __LINE__)

typedef struct {
  as_buf bytes;
} tar;

/* `size` is a text, or twelve bytes that begin with 0x80. */
static inline void block(tar *t, const char *name, char type, const char *size, const char *data, size_t n) {
  char b[512] = {0};
  snprintf(b, 100, "%s", name);
  memcpy(b + 100, "0000644", 8);
  memcpy(b + 108, "0000000", 8);
  memcpy(b + 116, "0000000", 8);
  memcpy(b + 124, size, (unsigned char)*size == 0x80 ? 12 : strnlen(size, 11));
  memcpy(b + 136, "00000000000", 12);
  b[156] = type;
  memcpy(b + 257, "ustar\00000", 8);
  memset(b + 148, ' ', 8);
  unsigned sum = 0;
  for (size_t i = 0; i < 512; i++) sum += (unsigned char)b[i];
  snprintf(b + 148, 8, "%06o", sum);
  as_buf_add(&t->bytes, b, 512);
  as_buf_add(&t->bytes, data, n);
  static const char zeros[512];
  if (n % 512) as_buf_add(&t->bytes, zeros, 512 - n % 512);
}

static inline void member(tar *t, const char *name, char type, const char *data, size_t n) {
  char size[12];
  snprintf(size, sizeof size, "%011o", (unsigned)n);
  block(t, name, type, size, data, n);
}

static inline as_bundle_status read_tar(fixture *f, tar *t, bool end) {
  static const char zeros[1024];
  if (end) as_buf_add(&t->bytes, zeros, sizeof zeros);
  as_bundle_status status = read_as(f, "a.tar", t->bytes.data, t->bytes.len);
  as_buf_free(&t->bytes);
  return status;
}

#endif
