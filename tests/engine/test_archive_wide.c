/* Numbers that do not fit where archives usually have them: ZIP64, sizes of a tar in base 256 and in pax headers. */
#include "archive_help.h"

/* ---- tar ---- */

static void pax_size(tar *t, const char *record, const char *own_size) {
  member(t, "x", 'x', record, strlen(record));
  block(t, "people.yaml", '0', own_size, "[]", 2);
}

static void tar_sizes(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  static const char two[] = "\x80\0\0\0\0\0\0\0\0\0\0\2", endless[] = "\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", large[] = "\x80\0\0\0\0\x40\0\0\0\0\0\0";
  tar t = {{0}};
  block(&t, "people.yaml", '0', two, "[]", 2);
  assert_int_equal(read_tar(f, &t, true), AS_BUNDLE_OK);
  block(&t, "people.yaml", '0', endless, "[]", 2);
  REFUSED(f, read_tar(f, &t, true), "E0230");
  block(&t, "people.yaml", '0', large, "[]", 2); /* 2^54 bytes */
  REFUSED(f, read_tar(f, &t, true), "E0238");
  block(&t, "people.yaml", '0', "", "[]", 2);
  REFUSED(f, read_tar(f, &t, true), "E0230");
  pax_size(&t, "10 size=2\n", "00000000000");
  assert_int_equal(read_tar(f, &t, true), AS_BUNDLE_OK);
  pax_size(&t, "11 size=2x\n", "00000000002");
  REFUSED(f, read_tar(f, &t, true), "E0230");
  pax_size(&t, "11 size=-2\n", "00000000002");
  REFUSED(f, read_tar(f, &t, true), "E0230");
  pax_size(&t, "34 size=99999999999999999999999999\n", "00000000002");
  REFUSED(f, read_tar(f, &t, true), "E0230");
  pax_size(&t, "21 hdrcharset=BINARY\n", "00000000002");
  REFUSED(f, read_tar(f, &t, true), "E0230");
}

/* ---- ZIP64: one member, all of whose numbers stand in the wide places ---- */

enum { NAME = 11, LOCAL = 30 + NAME + 20, DATA = 2, CENTRAL = 46 + NAME + 28, END64 = 56, LOCATOR = 20, END = 22 };
enum { AT_CENTRAL = LOCAL + DATA, AT_END64 = AT_CENTRAL + CENTRAL, AT_LOCATOR = AT_END64 + END64, AT_END = AT_LOCATOR + LOCATOR, ALL = AT_END + END };

static void put(char **p, size_t n, uint64_t value) {
  for (size_t i = 0; i < n; i++, value >>= 8) *(*p)++ = (char)(value & 0xff);
}

static void put_text(char **p, const char *text, size_t n) {
  memcpy(*p, text, n);
  *p += n;
}

/* What the two headers of the member share. */
static void put_member(char **p) {
  put(p, 2, 45), put(p, 2, 0), put(p, 2, 0); /* version, flags, stored */
  put(p, 4, 0), put(p, 4, 0x0d4cbb29);       /* when; CRC-32 of "[]" */
  put(p, 4, 0xffffffff), put(p, 4, 0xffffffff), put(p, 2, NAME);
}

static void make_wide(char bytes[ALL]) {
  char *p = bytes;
  put_text(&p, "PK\3\4", 4);
  put_member(&p);
  put(&p, 2, 20);
  put_text(&p, "people.yaml", NAME);
  put(&p, 2, 1), put(&p, 2, 16), put(&p, 8, DATA), put(&p, 8, DATA);
  put_text(&p, "[]", DATA);
  put_text(&p, "PK\1\2", 4);
  put(&p, 2, 45);
  put_member(&p);
  put(&p, 2, 28), put(&p, 2, 0), put(&p, 2, 0), put(&p, 2, 0), put(&p, 4, 0), put(&p, 4, 0xffffffff);
  put_text(&p, "people.yaml", NAME);
  put(&p, 2, 1), put(&p, 2, 24), put(&p, 8, DATA), put(&p, 8, DATA), put(&p, 8, 0);
  put_text(&p, "PK\6\6", 4);
  put(&p, 8, END64 - 12), put(&p, 2, 45), put(&p, 2, 45), put(&p, 4, 0), put(&p, 4, 0), put(&p, 8, 1), put(&p, 8, 1), put(&p, 8, CENTRAL), put(&p, 8, AT_CENTRAL);
  put_text(&p, "PK\6\7", 4);
  put(&p, 4, 0), put(&p, 8, AT_END64), put(&p, 4, 1);
  put_text(&p, "PK\5\6", 4);
  put(&p, 2, 0), put(&p, 2, 0), put(&p, 2, 0xffff), put(&p, 2, 0xffff), put(&p, 4, 0xffffffff), put(&p, 4, 0xffffffff), put(&p, 2, 0);
  assert_int_equal(p - bytes, ALL);
}

static void zip64(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  char bytes[ALL], *p;
  make_wide(bytes);
  assert_int_equal(read_as(f, "a.zip", bytes, ALL), AS_BUNDLE_OK);
  assert_true(supplied(f, "people"));
  static const struct {
    size_t at, n;
    uint64_t value;
    const char *code;
  } changes[] = {
      {AT_LOCATOR, 1, 'x', "E0241"},              /* no locator */
      {AT_LOCATOR + 8, 8, AT_END, "E0241"},       /* it leads behind itself */
      {AT_LOCATOR + 8, 8, UINT64_MAX, "E0241"},   /* … and out of the file */
      {AT_LOCATOR + 8, 8, AT_CENTRAL, "E0241"},   /* … or to something else */
      {AT_END64 + 16, 4, 1, "E0241"},             /* one disk of several */
      {AT_END64 + 20, 4, 1, "E0241"},             /* the directory is on another */
      {AT_END64 + 24, 8, 2, "E0241"},             /* two numbers of members */
      {AT_END64 + 32, 8, 2, "E0241"},
      {AT_END64 + 40, 8, CENTRAL + 1, "E0241"},   /* a directory that is longer */
      {AT_END64 + 40, 8, UINT64_MAX, "E0241"},
      {AT_END64 + 48, 8, UINT64_MAX, "E0241"},    /* … or elsewhere */
      {AT_END + 10, 2, 2, "E0241"},               /* other numbers in the usual end */
      {AT_END + 12, 4, 3, "E0241"},
      {AT_END + 16, 4, 3, "E0241"},
      {AT_CENTRAL + 57, 2, 7, "E0241"},           /* no wide numbers in the directory */
      {AT_CENTRAL + 59, 2, 16, "E0241"},          /* too few of them */
      {AT_CENTRAL + 59, 2, 25, "E0241"},          /* more than there is room for */
      {AT_CENTRAL + 61, 8, 3, "E0241"},           /* sizes that cannot be */
      {AT_CENTRAL + 61, 8, UINT64_MAX, "E0241"},
      {AT_CENTRAL + 69, 8, UINT64_MAX, "E0241"},
      {AT_CENTRAL + 77, 8, 1, "E0241"},           /* a member that is elsewhere */
      {AT_CENTRAL + 77, 8, UINT64_MAX - 8, "E0241"},
      {41, 2, 7, "E0241"},                        /* no wide numbers in its own header */
      {43, 2, 8, "E0241"},
      {45, 8, 3, "E0241"},                        /* other sizes there */
      {53, 8, 3, "E0241"},
  };
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    make_wide(bytes);
    p = bytes + changes[i].at;
    put(&p, changes[i].n, changes[i].value);
    as_bundle_status status = read_as(f, "a.zip", bytes, ALL);
    if (status != AS_BUNDLE_INVALID || strcmp(as_diags_at(f->diags, 0)->code, changes[i].code) != 0)
      fail_msg("change %zu: status %d, %s", i, (int)status, as_diags_count(f->diags) ? shown(f, 0) : "nothing told");
  }
  make_wide(bytes);
  p = bytes + AT_END64 + 24;
  put(&p, 8, (uint64_t)1 << 40), put(&p, 8, (uint64_t)1 << 40);
  REFUSED(f, read_as(f, "a.zip", bytes, ALL), "E0237"); /* so many members that only the limit can say no */
}

/* As most programs write it: the usual end has the numbers too. */
static void zip64_beside_the_usual_end(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  char bytes[ALL], *p = bytes + AT_END + 8;
  make_wide(bytes);
  put(&p, 2, 1), put(&p, 2, 1), put(&p, 4, CENTRAL), put(&p, 4, AT_CENTRAL);
  assert_int_equal(read_as(f, "a.zip", bytes, ALL), AS_BUNDLE_OK);
  assert_true(supplied(f, "people"));
}

int main(void) {
  const struct CMUnitTest tests[] = {TEST(tar_sizes), TEST(zip64), TEST(zip64_beside_the_usual_end)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
