/* Bundles in archives: the same as folders; and every archive that is made to deceive is refused whole. */
#include "archive_help.h"

#include <archive.h>
#include <archive_entry.h>

#include "model/archive_inside.h"

#define MANIFEST "as_of: 2026-06-30\ndocuments: [{path: evidence/*.csv}, {path: people.yaml}]\n"

typedef struct {
  struct archive *archive;
  char *bytes;
  size_t used, *counter; /* the counter must not move */
} making;
#define ROOM ((size_t)4 << 20)

static making make(const char *format, const char *filter) {
  making m = {archive_write_new(), as_alloc(ROOM), 0, as_calloc(1, sizeof(size_t))};
  assert_int_equal(archive_write_set_format_by_name(m.archive, format), ARCHIVE_OK);
  if (filter) assert_int_equal(archive_write_add_filter_by_name(m.archive, filter), ARCHIVE_OK);
  archive_write_set_bytes_in_last_block(m.archive, 1);
  assert_int_equal(archive_write_open_memory(m.archive, m.bytes, ROOM, m.counter), ARCHIVE_OK);
  return m;
}

static void put(making *m, const char *name, unsigned type, const char *text, size_t n) {
  struct archive_entry *e = archive_entry_new();
  archive_entry_set_pathname(e, name);
  archive_entry_set_filetype(e, type);
  archive_entry_set_perm(e, 0644);
  if (type == AE_IFREG) archive_entry_set_size(e, (la_int64_t)n);
  if (type == AE_IFLNK) archive_entry_set_symlink(e, "/etc/passwd");
  assert_true(archive_write_header(m->archive, e) >= ARCHIVE_WARN);
  if (type == AE_IFREG && n) assert_int_equal(archive_write_data(m->archive, text, n), (la_ssize_t)n);
  archive_entry_free(e);
}

static void text(making *m, const char *name, const char *content) { put(m, name, AE_IFREG, content, strlen(content)); }

static void done(making *m) {
  archive_write_close(m->archive);
  archive_write_free(m->archive);
  m->used = *m->counter;
  as_free(m->counter);
}

static void usual(making *m) {
  text(m, "people.yaml", "- id: p1\n  name: Ann\n");
  put(m, "evidence", AE_IFDIR, NULL, 0);
  text(m, "evidence/accounts.csv", ACCOUNTS);
  text(m, "bundle.yaml", MANIFEST);
}

static as_bundle_status finish(fixture *f, making *m, const char *name) {
  done(m);
  as_bundle_status status = read_as(f, name, m->bytes, m->used);
  as_free(m->bytes);
  return status;
}

static const struct {
  const char *format, *filter, *name;
} forms[] = {{"pax", NULL, "acme.tar"}, {"ustar", "gzip", "acme.tar.gz"}, {"gnutar", "gzip", "acme.tgz"}, {"pax", "zstd", "acme.tar.zst"}, {"zip", NULL, "acme.zip"}, {"pax", "gzip", "odd"}};

static void same_as_a_folder(void **state) {
  fixture *f = *state;
  for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
    making m = make(forms[i].format, forms[i].filter);
    usual(&m);
    assert_int_equal(finish(f, &m, forms[i].name), AS_BUNDLE_OK);
    assert_string_equal(problems(f), "");
    assert_string_equal(records(f, "people"), "id=p1 name=Ann");
    assert_string_equal(records(f, "accounts"), "id=a1 status=active");
    assert_string_equal(as_record_document(as_model_at(f->bundle.model, kind_of(f, "accounts"), 0))->path, "evidence/accounts.csv");
    assert_string_equal(f->bundle.name, i < 5 ? "acme" : "odd");
  }
}

static void names(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  for (size_t i = 0; i < 5; i++) {
    making m = make(forms[i].format, forms[i].filter);
    text(&m, "./people.yaml", "- id: p1\n");
    text(&m, "./.hidden/accounts.csv", ACCOUNTS);
    text(&m, "./a//b/./accounts.csv", ACCOUNTS);
    text(&m, "./notes.xyz", "");
    assert_int_equal(finish(f, &m, forms[i].name), AS_BUNDLE_OK);
    assert_string_equal(problems(f), "N0223@");
    assert_string_equal(as_record_document(as_model_at(f->bundle.model, kind_of(f, "accounts"), 0))->path, "a/b/accounts.csv");
    m = make(forms[i].format, forms[i].filter); /* one folder at the top, with the manifest in it */
    put(&m, "acme", AE_IFDIR, NULL, 0);
    text(&m, "acme/bundle.yaml", MANIFEST);
    text(&m, "acme/evidence/accounts.csv", ACCOUNTS);
    text(&m, "acme/people.yaml", "[]");
    assert_int_equal(finish(f, &m, forms[i].name), AS_BUNDLE_OK);
    assert_string_equal(problems(f), "");
    assert_string_equal(records(f, "accounts"), "id=a1 status=active");
  }
}

static void archives_within_are_noted(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  making m = make("pax", "gzip");
  text(&m, "people.yaml", "- id: p1\n");
  text(&m, "more.tar.gz", "x");
  assert_int_equal(finish(f, &m, "a.tgz"), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "N0223@ N0246@");
}

static void names_that_are_refused(void **state) {
  fixture *f = *state;
  static char long_name[600], long_part[300], deep[64];
  memset(long_name, 'a', 520);
  for (int i = 50; i < 520; i += 50) long_name[i] = '/';
  memset(long_part, 'a', 256);
  for (int i = 0; i < 17; i++) memcpy(deep + 2 * i, "a/", 2);
  deep[33] = 0;
  const char *bad[] = {"/etc/x.csv", "../x.csv", "a/../../x.csv", "a/..", "a\\x.csv", "C:x.csv", "a\nb.csv", "a\x1b[31m.csv", "a\xe2\x80\xae.csv", "\xff\xfe.csv", long_name, long_part, deep};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
    for (size_t k = 0; k < 5; k++) {
      if (k == 1 && i >= 10) continue; /* ustar cannot even write these */
      making m = make(forms[k].format, forms[k].filter);
      text(&m, "people.yaml", "[]");
      text(&m, bad[i], "x");
      as_bundle_status status = finish(f, &m, forms[k].name);
      REFUSED(f, status, (i == 8 || i == 9) && !strcmp(forms[k].format, "pax") ? "E0230" : "E0232");
      assert_null(strpbrk(shown(f, 0), "\x1b"));
    }
}

static void twice(void **state) {
  fixture *f = *state;
  for (size_t k = 0; k < 5; k++) {
    static const char *const pairs[][2] = {{"people.yaml", "people.yaml"}, {"people.yaml", "./people.yaml"}, {"a/people.yaml", "a//people.yaml"}, {"a", "a/people.yaml"}};
    for (size_t i = 0; i < 4; i++) {
      making m = make(forms[k].format, forms[k].filter);
      text(&m, pairs[i][0], "[]");
      text(&m, pairs[i][1], "[]");
      as_bundle_status status = finish(f, &m, forms[k].name);
      REFUSED(f, status, "E0236");
    }
  }
}

static void types_that_are_refused(void **state) {
  fixture *f = *state;
  static const struct {
    unsigned type;
    const char *code;
  } types[] = {{AE_IFLNK, "E0233"}, {AE_IFIFO, "E0234"}, {AE_IFCHR, "E0234"}, {AE_IFBLK, "E0234"}};
  for (size_t i = 0; i < 4; i++)
    for (size_t k = 0; k < 4 + (i == 0); k++) {
      making m = make(forms[k].format, forms[k].filter);
      put(&m, "people.yaml", types[i].type, NULL, 0);
      as_bundle_status status = finish(f, &m, forms[k].name);
      REFUSED(f, status, types[i].code);
    }
}

static void nothing_within(void **state) {
  fixture *f = *state;
  static const char zeros[10240];
  REFUSED(f, read_as(f, "a.tar", zeros, sizeof zeros), "E0242");
  REFUSED(f, read_as(f, "a.zip", "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22), "E0242");
  REFUSED(f, read_as(f, "a.tar", "", 0), "E0242");
  REFUSED(f, read_as(f, "a.zip", "hello", 5), "E0240");
  REFUSED(f, read_as(f, "a.tar.xz", "\xfd" "7zXZ\0", 6), "E0240");
  making m = make("pax", "gzip");
  put(&m, "a", AE_IFDIR, NULL, 0);
  as_bundle_status status = finish(f, &m, "a.tgz");
  REFUSED(f, status, "E0242");
  making gz = make("raw", "gzip");
  text(&gz, "x", "just a text");
  status = finish(f, &gz, "a.tgz");
  assert_int_equal(status, AS_BUNDLE_INVALID);
}

static void packed_twice(void **state) {
  fixture *f = *state;
  making inner = make("pax", "gzip");
  usual(&inner);
  done(&inner);
  making outer = make("raw", "gzip");
  put(&outer, "x", AE_IFREG, inner.bytes, inner.used);
  as_bundle_status status = finish(f, &outer, "a.tgz");
  REFUSED(f, status, "E0240");
  outer = make("raw", "zstd");
  put(&outer, "x", AE_IFREG, inner.bytes, inner.used);
  status = finish(f, &outer, "a.tar.zst");
  REFUSED(f, status, "E0240");
  as_free(inner.bytes);
}

/* Wherever it is cut, and whatever bit of it is wrong, nothing is read in part. */
static void cut_and_damaged(void **state) {
  fixture *f = *state;
  for (size_t k = 0; k < 5; k++) {
    making m = make(forms[k].format, forms[k].filter);
    usual(&m);
    as_buf noise = {0};
    uint32_t seed = 1;
    for (int i = 0; i < 20000; i++) as_buf_addc(&noise, (char)('a' + ((seed = seed * 1664525 + 1013904223) >> 27)));
    put(&m, "noise.bin", AE_IFREG, noise.data, noise.len);
    done(&m);
    size_t whole = m.used;
    while (k == 0 && whole && !m.bytes[whole - 1]) whole--; /* what fills the end of a tar may be missing */
    for (size_t i = 0; i < 50; i++) {
      as_bundle_status status = read_as(f, forms[k].name, m.bytes, whole * i / 50);
      if (status != AS_BUNDLE_INVALID) fail_msg("%s cut at %zu of %zu was read", forms[k].name, whole * i / 50, m.used);
    }
    size_t wrong = 0;
    for (size_t i = 0; i < 200; i++) {
      size_t at = m.used * i / 200;
      m.bytes[at] ^= 0x10;
      as_bundle_status status = read_as(f, forms[k].name, m.bytes, m.used);
      m.bytes[at] ^= 0x10;
      wrong += status == AS_BUNDLE_INVALID;
    }
    /* A tar has sums of its headers only, and the zstd of libarchive none at all. */
    if (k != 0 && k != 3 && wrong < 150) fail_msg("%s: %zu of 200", forms[k].name, wrong);
    as_buf_free(&noise);
    as_free(m.bytes);
  }
}

static void limits(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  for (size_t k = 0; k < 5; k++) {
    making m = make(forms[k].format, forms[k].filter);
    text(&m, "people.yaml", "- id: p1\n");
    text(&m, "a/accounts.csv", ACCOUNTS);
    done(&m);
    char path[300];
    path_in(f, forms[k].name, path);
    write_bytes(f, forms[k].name, m.bytes, m.used);
    const struct {
      size_t offset;
      uint64_t value;
      const char *name, *code;
    } rows[] = {{offsetof(as_limits, members), 2, "members", "E0237"},
                {offsetof(as_limits, bundle_bytes), 9 + sizeof ACCOUNTS - 1, "bundle-bytes", "E0238"},
                {offsetof(as_limits, archive_bytes), m.used, "archive-bytes", "E0244"},
                {offsetof(as_limits, path_bytes), 14, "path-bytes", "E0232"},
                {offsetof(as_limits, name_bytes), 12, "name-bytes", "E0232"},
                {offsetof(as_limits, path_depth), 2, "path-depth", "E0232"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
      for (int delta = -1; delta <= 1; delta++) {
        as_bundle_options options = {.path = path, .at = f->at, .limits = as_limits_default};
        *(uint64_t *)(void *)((char *)&options.limits + rows[i].offset) = rows[i].value + (uint64_t)(int64_t)delta;
        again(f);
        as_bundle_status status = as_bundle_read(f->arena, f->intern, f->kinds, &options, &f->bundle, f->diags);
        if (delta >= 0) {
          if (status != AS_BUNDLE_OK) fail_msg("%s: %s", rows[i].name, shown(f, 0));
        } else {
          REFUSED(f, status, rows[i].code);
          if (!strstr(shown(f, 0), rows[i].name)) fail_msg("%s is not named in %s", rows[i].name, shown(f, 0));
        }
      }
    as_free(m.bytes);
  }
}

static void bombs(void **state) {
  fixture *f = *state;
  static char zeros[1 << 20];
  for (size_t k = 1; k < 5; k++) {
    making m = make(forms[k].format, forms[k].filter);
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, "people.yaml");
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_size(e, (la_int64_t)1 << 30);
    archive_write_header(m.archive, e);
    for (int i = 0; i < 1024; i++) archive_write_data(m.archive, zeros, sizeof zeros);
    archive_entry_free(e);
    as_bundle_status status = finish(f, &m, forms[k].name);
    REFUSED(f, status, "E0239");
  }
}

/* ---- what libarchive would let through ---- */

static void odd_tars(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  tar t = {{0}};
  member(&t, "people.yaml", '0', "[]", 2);
  assert_int_equal(read_tar(f, &t, true), AS_BUNDLE_OK);
  member(&t, "people.yaml", '0', "[]", 2);
  REFUSED(f, read_tar(f, &t, false), "E0231"); /* cut between two members */
  member(&t, "people.yaml", '0', "[]", 2);
  member(&t, "accounts.csv", '0', ACCOUNTS, sizeof ACCOUNTS - 1);
  t.bytes.data[1024] = 'b'; /* the sum of its header does not fit */
  REFUSED(f, read_tar(f, &t, true), "E0230");
  assert_shows(f, 0, "where a header belongs is none");
  block(&t, "people.yaml", '0', "0000000002x", "[]", 2);
  REFUSED(f, read_tar(f, &t, true), "E0230");
  block(&t, "people.yaml", '0', "-0000000002", "[]", 2);
  REFUSED(f, read_tar(f, &t, true), "E0230");
  static const char nul[] = "25 path=people.yaml\0.txt\n"; /* a pax path with a NUL */
  member(&t, "x", 'x', nul, 25);
  member(&t, "y", '0', "[]", 2);
  REFUSED(f, read_tar(f, &t, true), "E0232");
  static const char sparse[] = "22 GNU.sparse.major=1\n";
  member(&t, "x", 'x', sparse, 22);
  member(&t, "people.yaml", '0', "[]", 2);
  REFUSED(f, read_tar(f, &t, true), "E0235");
  member(&t, "people.yaml", 'S', "[]", 2);
  REFUSED(f, read_tar(f, &t, true), "E0235");
  member(&t, "people.yaml", '1', "", 0);
  REFUSED(f, read_tar(f, &t, true), "E0233");
  static const char other[] = "20 path=people.yaml\n";
  member(&t, "x", 'x', other, 20);
  member(&t, "y", '0', "[]", 2);
  assert_int_equal(read_tar(f, &t, true), AS_BUNDLE_OK);
  assert_true(supplied(f, "people"));
  member(&t, "L", 'L', "accounts.csv", 13); /* one name before the other: libarchive takes this one */
  member(&t, "x", 'x', other, 20);
  member(&t, "y", '0', "[]", 2);
  REFUSED(f, read_tar(f, &t, true), "E0230");
  static const char wide[] = "21 path=p\xc3\xa9ople.yaml\n"; /* names beyond ASCII */
  member(&t, "x", 'x', wide, 21);
  member(&t, "y", '0', "[]", 2);
  member(&t, "p\xc3\xa4.yaml", '0', "[]", 2);
  as_bundle_status status = read_tar(f, &t, true);
  if (status != AS_BUNDLE_OK) fail_msg("%s", shown(f, 0));
  assert_shows(f, 0, "pä.yaml, péople.yaml");
  member(&t, "g", 'g', other, 20);
  member(&t, "people.yaml", '0', "[]", 2);
  REFUSED(f, read_tar(f, &t, true), "E0230");
  member(&t, "people.yaml", '0', "[]", 2);
  as_buf_add(&t.bytes, (char[1024]){0}, 1024);
  member(&t, "accounts.csv", '0', ACCOUNTS, sizeof ACCOUNTS - 1);
  REFUSED(f, read_tar(f, &t, true), "E0230"); /* something behind the end */
}

static as_bundle_status changed(fixture *f, const making *m, size_t at, char value) {
  char before = m->bytes[at];
  m->bytes[at] = value;
  as_bundle_status status = read_as(f, "a.zip", m->bytes, m->used);
  m->bytes[at] = before;
  return status;
}

static void odd_zips(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  making m = make("zip", NULL);
  text(&m, "people.yaml", "[]");
  text(&m, "accounts.csv", ACCOUNTS);
  done(&m);
  assert_int_equal(read_as(f, "a.zip", m.bytes, m.used), AS_BUNDLE_OK);
  size_t end = m.used - 22, central;
  uint32_t offset;
  memcpy(&offset, m.bytes + end + 16, 4);
  central = offset;
  REFUSED(f, changed(f, &m, 30, 'P'), "E0241");           /* another name in its own header */
  REFUSED(f, changed(f, &m, central + 46, 'P'), "E0241"); /* … or in the directory */
  REFUSED(f, changed(f, &m, central + 24, 100), "E0230"); /* another size */
  REFUSED(f, changed(f, &m, end + 10, 1), "E0241");       /* fewer members */
  REFUSED(f, changed(f, &m, central + 8, 1), "E0243");    /* encrypted */
  REFUSED(f, changed(f, &m, central + 10, 12), "E0240");  /* bzip2 */
  REFUSED(f, changed(f, &m, central + 42, 1), "E0241");   /* no header there */
  as_buf longer = {0};
  as_buf_add(&longer, m.bytes, m.used);
  as_buf_adds(&longer, "x");
  REFUSED(f, read_as(f, "a.zip", longer.data, longer.len), "E0231");
  as_buf_free(&longer);
  /* Both entries of the directory lead to the first member. */
  size_t second = central + 46 + (unsigned char)m.bytes[central + 28] + (unsigned char)m.bytes[central + 30];
  char *copy = as_alloc(m.used);
  memcpy(copy, m.bytes, m.used);
  memset(copy + second + 42, 0, 4);
  assert_int_equal(read_as(f, "a.zip", copy, m.used), AS_BUNDLE_INVALID);
  as_free(copy);
  as_free(m.bytes);
}

static void from_standard_input(void **state) {
  fixture *f = *state;
  for (size_t i = 0; i < 5; i++) {
    making m = make(forms[i].format, forms[i].filter);
    usual(&m);
    done(&m);
    again(f);
    write_bytes(f, "in", m.bytes, m.used);
    as_free(m.bytes);
    char path[300];
    path_in(f, "in", path);
    int before = dup(0), fd = open(path, O_RDONLY);
    dup2(fd, 0);
    close(fd);
    as_bundle_status status = read_path(f, "-");
    dup2(before, 0);
    close(before);
    assert_int_equal(status, AS_BUNDLE_OK);
    assert_string_equal(records(f, "accounts"), "id=a1 status=active");
  }
}

/* A list of one record, and blanks up to `n` bytes. */
static void long_list(making *m, const char *name, const char *record, size_t n) {
  char *text = as_alloc(n);
  memset(text, ' ', n);
  memcpy(text + 1, record, strlen(record));
  text[0] = '[', text[n - 1] = ']';
  put(m, name, AE_IFREG, text, n);
  as_free(text);
}

/* More than is kept in memory: fetched in further passes. */
static void large(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  const size_t mb = (size_t)1 << 20;
  making m = {archive_write_new(), as_alloc(260 * mb), 0, as_calloc(1, sizeof(size_t))};
  archive_write_set_format_pax(m.archive);
  archive_write_set_bytes_in_last_block(m.archive, 1);
  archive_write_open_memory(m.archive, m.bytes, 260 * mb, m.counter);
  long_list(&m, "unread.bin", "{}", 50 * mb);
  long_list(&m, "people.json", "{\"id\":\"p1\"}", 50 * mb);
  long_list(&m, "c/accounts.json", "{\"id\":\"a3\",\"status\":\"active\"}", 40 * mb);
  long_list(&m, "b/accounts.json", "{\"id\":\"a2\",\"status\":\"active\"}", 60 * mb);
  text(&m, "a/accounts.csv", ACCOUNTS);
  assert_int_equal(finish(f, &m, "a.tar"), AS_BUNDLE_OK);
  assert_string_equal(records(f, "accounts"), "id=a1 status=active | id=a2 status=active | id=a3 status=active");
  assert_string_equal(records(f, "people"), "id=p1");
}

/* What is fetched later is what was checked. */
static void changed_meanwhile(void **state) {
  fixture *f = *state;
  const size_t mb = (size_t)1 << 20;
  char *zeros = as_calloc(80, mb);
  tar t = {{0}}, other = {{0}};
  member(&t, "a.json", '0', zeros, 70 * mb);
  member(&t, "b.json", '0', zeros, 70 * mb); /* not kept beside the first */
  member(&other, "c.json", '0', zeros, 70 * mb);
  as_buf_add(&t.bytes, zeros, 1024);
  again(f);
  as_sink sink;
  as_sink_open(&sink, f->diags, false, "a.tar", (as_str){NULL, 0});
  as_blob blob = {.fd = -1, .data = t.bytes.data, .size = t.bytes.len};
  as_archive *a = as_archive_open(&blob, &as_limits_default, &sink);
  assert_non_null(a);
  as_buf out;
  const char *why;
  assert_true(as_archive_read(a, "b.json", 80 * mb, &out, &why));
  as_buf_free(&out);
  memcpy(t.bytes.data + 512 + 70 * mb, other.bytes.data, 512);
  assert_false(as_archive_read(a, "a.json", 80 * mb, &out, &why));
  assert_string_equal(as_diags_at(f->diags, 0)->code, "E0245");
  as_archive_free(a);
  as_buf_free(&t.bytes);
  as_buf_free(&other.bytes);
  as_free(zeros);
}

int main(void) {
  const struct CMUnitTest tests[] = {TEST(same_as_a_folder), TEST(names), TEST(archives_within_are_noted), TEST(names_that_are_refused), TEST(twice), TEST(types_that_are_refused),
                                     TEST(nothing_within), TEST(packed_twice), TEST(cut_and_damaged), TEST(limits), TEST(odd_tars), TEST(odd_zips), TEST(from_standard_input),
                                     TEST(changed_meanwhile), TEST(large), TEST(bombs)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
