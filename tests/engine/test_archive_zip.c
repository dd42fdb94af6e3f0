/* ZIPs made byte by byte that two programs would read in two ways. */
#include "archive_help.h"

typedef struct {
  const char *name, *data;
  size_t n;          /* bytes of the data */
  const char *extra; /* of the directory, 16 bytes, or NULL */
  uint32_t size;     /* that its own header states, where it is not n */
  uint32_t at;       /* where its header lies: within the data of another one, where it is not 0 */
} zip_member;

static void put(as_buf *out, size_t n, uint64_t value) {
  for (; n; n--, value >>= 8) as_buf_addc(out, (char)(value & 0xff));
}

static uint32_t crc_of(const char *p, size_t n) {
  uint32_t c = ~0u;
  for (; n; n--) {
    c ^= (unsigned char)*p++;
    for (int k = 0; k < 8; k++) c = c & 1 ? 0xedb88320u ^ c >> 1 : c >> 1;
  }
  return ~c;
}

/* What the two headers of a member share. */
static void put_shared(as_buf *out, const zip_member *m, uint32_t size) {
  put(out, 2, 20), put(out, 2, 0), put(out, 2, 0), put(out, 4, 0); /* version, flags, stored, when */
  put(out, 4, crc_of(m->data, m->n)), put(out, 4, size), put(out, 4, size), put(out, 2, strlen(m->name));
}

static void put_local(as_buf *out, const zip_member *m) {
  as_buf_add(out, "PK\3\4", 4);
  put_shared(out, m, m->size ? m->size : (uint32_t)m->n);
  put(out, 2, 0);
  as_buf_adds(out, m->name);
  as_buf_add(out, m->data, m->n);
}

/* Appends a ZIP whose places are counted from the beginning of `out`; `comment` bytes follow. */
static void put_zip(as_buf *out, const zip_member *members, size_t n, size_t comment) {
  uint32_t at[8];
  for (size_t i = 0; i < n; i++) {
    at[i] = members[i].at ? members[i].at : (uint32_t)out->len;
    if (!members[i].at) put_local(out, &members[i]);
  }
  size_t directory = out->len;
  for (size_t i = 0; i < n; i++) {
    as_buf_add(out, "PK\1\2", 4);
    put(out, 2, 20);
    put_shared(out, &members[i], (uint32_t)members[i].n);
    put(out, 2, members[i].extra ? 16 : 0), put(out, 2, 0), put(out, 2, 0), put(out, 2, 0), put(out, 4, 0), put(out, 4, at[i]);
    as_buf_adds(out, members[i].name);
    if (members[i].extra) as_buf_add(out, members[i].extra, 16);
  }
  size_t bytes = out->len - directory;
  as_buf_add(out, "PK\5\6", 4);
  put(out, 2, 0), put(out, 2, 0), put(out, 2, n), put(out, 2, n), put(out, 4, bytes), put(out, 4, directory), put(out, 2, comment);
}

static as_bundle_status read_zip(fixture *f, as_buf *zip) {
  as_bundle_status status = read_as(f, "a.zip", zip->data, zip->len);
  as_buf_free(zip);
  return status;
}

static as_bundle_status read_one(fixture *f, const zip_member *member) {
  as_buf zip = {0};
  put_zip(&zip, member, 1, 0);
  return read_zip(f, &zip);
}

#define PEOPLE {.name = "people.yaml", .data = "[]", .n = 2}

static void headers(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  zip_member m = PEOPLE;
  assert_int_equal(read_one(f, &m), AS_BUNDLE_OK);
  m.size = 1;
  REFUSED(f, read_one(f, &m), "E0241"); /* two sizes */
  m.size = 0;
  m.extra = "\x75\x70\x0c\0\1\0\0\0\0a.files"; /* another name */
  REFUSED(f, read_one(f, &m), "E0241");
}

/* The comment of one is another one. */
static void two_ends(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  const zip_member first = PEOPLE, second = {.name = "accounts.csv", .data = ACCOUNTS, .n = sizeof ACCOUNTS - 1};
  as_buf zip = {0}, other = {0};
  put_zip(&other, &second, 1, 0);
  put_zip(&zip, &first, 1, other.len);
  put_zip(&zip, &second, 1, 0);
  as_buf_free(&other);
  REFUSED(f, read_zip(f, &zip), "E0241");
}

/* A member lies within the data of another one. */
static void overlap(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  const zip_member inner = PEOPLE;
  as_buf data = {0}, zip = {0};
  put_local(&data, &inner);
  zip_member members[] = {{.name = "x.bin", .data = data.data, .n = data.len}, PEOPLE};
  members[1].at = 30 + 5;
  put_zip(&zip, members, 2, 0);
  REFUSED(f, read_zip(f, &zip), "E0241");
  assert_shows(f, 0, "overlaps another one");
  as_buf_free(&data);
}

int main(void) {
  const struct CMUnitTest tests[] = {TEST(headers), TEST(two_ends), TEST(overlap)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
