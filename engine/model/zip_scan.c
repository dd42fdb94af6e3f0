/* The structure of a ZIP: its end, its central directory and the header of each member must agree, members must not overlap
 * and nothing much may lie between them. Stands in front of libarchive, which believes some of it. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/archive_inside.h"

#define END_BYTES 22u
#define CENTRAL_BYTES 46u
#define LOCAL_BYTES 30u
#define COMMENT_MOST 65535u
#define GAP_MOST ((uint64_t)64 * 1024)
#define DIRECTORY_MOST ((uint64_t)64 << 20)
#define ENCRYPTED 0x2041u /* flags: encrypted, strongly, masked headers */
#define LATER 0x0008u     /* flag: sizes stand behind the data */

typedef struct {
  as_archive *archive;
  uint64_t entries, directory, directory_bytes, end; /* of the end record: what it says; where the end records begin */
  as_buf bytes;                                      /* the central directory */
} scan;

static const char *const anew = "make the archive anew: zip -r bundle.zip .";

static bool broken(scan *z, const char *what) { return as_archive_fail(z->archive, "E0241", anew, "the ZIP is damaged or made to deceive: %s", what); }

static bool broken_member(scan *z, as_str name, const char *code, const char *what) {
  as_buf shown = {0};
  as_archive_quote(name, &shown);
  as_archive_fail(z->archive, code, anew, "the member %s %s", shown.data, what);
  as_buf_free(&shown);
  return false;
}

static uint64_t le(const char *p, size_t n) {
  uint64_t value = 0;
  while (n--) value = value << 8 | (unsigned char)p[n];
  return value;
}

static bool read_at(scan *z, uint64_t at, void *to, size_t n) {
  size_t got;
  if (!as_blob_read(&z->archive->blob, at, to, n, &got)) return as_archive_fail(z->archive, "E0230", NULL, "the archive cannot be read");
  return got == n || broken(z, "it is cut off");
}

/* ---- the end ---- */

/* A number of the end that is not in the wide end. */
static bool differs(uint64_t narrow, uint64_t none, uint64_t wide) { return narrow != none && narrow != wide; }

/* The end for wide numbers, which many programs write in any case; it must be there where a number of the usual end says so. */
static bool read_zip64_end(scan *z, uint64_t end) {
  char locator[20] = {0}, record[56];
  bool wanted = z->entries == 0xffff || z->directory_bytes == 0xffffffff || z->directory == 0xffffffff;
  if (end >= sizeof locator && !read_at(z, end - sizeof locator, locator, sizeof locator)) return false;
  if (memcmp(locator, "PK\6\7", 4) != 0) return !wanted || broken(z, "its end is not where it belongs");
  uint64_t at = le(locator + 8, 8);
  if (at > end || end - at < sizeof locator + sizeof record) return broken(z, "its end is not where it belongs");
  if (!read_at(z, at, record, sizeof record)) return false;
  if (memcmp(record, "PK\6\6", 4) != 0 || le(record + 16, 4) || le(record + 20, 4) || le(record + 24, 8) != le(record + 32, 8) ||
      differs(z->entries, 0xffff, le(record + 32, 8)) || differs(z->directory_bytes, 0xffffffff, le(record + 40, 8)) || differs(z->directory, 0xffffffff, le(record + 48, 8)))
    return broken(z, "its end does not agree with itself");
  z->entries = le(record + 32, 8);
  z->directory_bytes = le(record + 40, 8);
  z->directory = le(record + 48, 8);
  z->end = at;
  return true;
}

static bool read_end(scan *z) {
  uint64_t size = z->archive->blob.size;
  size_t n = size < END_BYTES + COMMENT_MOST ? (size_t)size : END_BYTES + COMMENT_MOST;
  char *tail = as_alloc(n + 1);
  const char *found = NULL;
  bool good = read_at(z, size - n, tail, n);
  for (size_t i = 0; good && n >= END_BYTES && i <= n - END_BYTES; i++) {
    if (memcmp(tail + i, "PK\5\6", 4) != 0) continue;
    if (found) good = broken(z, "it has two ends");
    found = tail + i;
  }
  if (good && !found) good = as_archive_fail(z->archive, "E0231", "copy or make it again", "the ZIP is cut off: it has no end");
  if (good && le(found + 20, 2) != n - (size_t)(found - tail) - END_BYTES)
    good = as_archive_fail(z->archive, "E0231", "copy or make it again, and into a file: written into a pipe, it may have been filled up", "the ZIP is cut off, or something stands behind its end");
  if (good && (le(found + 4, 2) || le(found + 6, 2) || le(found + 8, 2) != le(found + 10, 2))) good = broken(z, "it is one part of several");
  if (good) {
    z->entries = le(found + 10, 2);
    z->directory_bytes = le(found + 12, 4);
    z->directory = le(found + 16, 4);
    z->end = size - n + (uint64_t)(found - tail);
    good = read_zip64_end(z, z->end);
  }
  as_free(tail);
  if (!good) return false;
  if (z->directory > z->end || z->end - z->directory != z->directory_bytes) return broken(z, "its directory does not end where the end begins");
  if (z->directory_bytes > DIRECTORY_MOST) return broken(z, "its directory has more than 64 MB");
  return true;
}

/* ---- members ---- */

/* Values that do not fit into 32 bits stand in an extra field, those that are wanted one behind the other. */
static bool zip64_value(as_str extra, size_t *taken, uint64_t *value) {
  for (size_t at = 0; at + 4 <= extra.n;) {
    size_t n = (size_t)le(extra.p + at + 2, 2);
    if (n > extra.n - at - 4) return false;
    if (le(extra.p + at, 2) == 1) {
      if (*taken + 8 > n) return false;
      *value = le(extra.p + at + 4 + *taken, 8);
      *taken += 8;
      return true;
    }
    at += 4 + n;
  }
  return false;
}

static bool wide(as_str extra, size_t *taken, uint64_t *value) { return *value != 0xffffffff || zip64_value(extra, taken, value); }

/* Another name for the member in an extra field would be another member. */
static bool has_other_name(as_str extra, as_str name) {
  for (size_t at = 0; at + 4 <= extra.n;) {
    size_t n = (size_t)le(extra.p + at + 2, 2);
    if (n > extra.n - at - 4) return true;
    if (le(extra.p + at, 2) == 0x7075 && (n < 5 || n - 5 != name.n || memcmp(extra.p + at + 9, name.p, name.n) != 0)) return true;
    at += 4 + n;
  }
  return false;
}

static bool check_type(scan *z, const char *central, as_entry_of_archive *e) {
  unsigned mode = (unsigned)le(central + 40, 2);
  bool unix_made = central[5] == 3;
  e->folder = e->name.n && e->name.p[e->name.n - 1] == '/';
  if (!unix_made || !(mode & S_IFMT)) return true;
  if (S_ISLNK(mode)) return broken_member(z, e->name, "E0233", "is a link, and links are not followed");
  if (!S_ISREG(mode) && !S_ISDIR(mode)) return broken_member(z, e->name, "E0234", "is neither a file nor a folder");
  return S_ISDIR(mode) == e->folder || broken_member(z, e->name, "E0241", "is said to be a file and a folder");
}

static bool check_local(scan *z, const char *central, as_entry_of_archive *e, uint64_t packed) {
  char local[LOCAL_BYTES];
  if (!read_at(z, e->offset, local, sizeof local)) return false;
  size_t name = (size_t)le(local + 26, 2), extra = (size_t)le(local + 28, 2), taken = 0;
  uint64_t flags = le(local + 6, 2), local_packed = le(local + 18, 4), local_size = le(local + 22, 4);
  bool same = !memcmp(local, "PK\3\4", 4) && flags == le(central + 8, 2) && le(local + 8, 2) == le(central + 10, 2) && name == e->name.n;
  if (!same) return broken_member(z, e->name, "E0241", "has two headers that differ");
  as_buf rest = {.data = as_alloc(name + extra + 1), .len = name + extra, .cap = name + extra + 1};
  bool good = read_at(z, e->offset + LOCAL_BYTES, rest.data, rest.len);
  as_str more = {rest.data + name, extra};
  if (good && memcmp(rest.data, e->name.p, name) != 0) good = broken_member(z, e->name, "E0241", "has another name in its own header");
  if (good && has_other_name(more, e->name)) good = broken_member(z, e->name, "E0241", "has a second name");
  if (good && !(flags & LATER)) {
    good = wide(more, &taken, &local_size) && wide(more, &taken, &local_packed) && local_size == e->size && local_packed == packed && !memcmp(local + 14, central + 16, 4);
    if (!good) broken_member(z, e->name, "E0241", "has two headers that differ");
  }
  as_buf_free(&rest);
  e->end = e->offset + LOCAL_BYTES + name + extra + packed;
  return good && (e->end <= z->directory || broken_member(z, e->name, "E0241", "reaches into the directory"));
}

static bool read_member(scan *z, const char *central, as_entry_of_archive *e, uint64_t *unpacked, uint64_t *packed_all) {
  size_t name = (size_t)le(central + 28, 2), taken = 0;
  as_str extra = {central + CENTRAL_BYTES + name, (size_t)le(central + 30, 2)};
  uint64_t packed = le(central + 20, 4), method = le(central + 10, 2);
  e->name = (as_str){as_arena_copy(z->archive->arena, central + CENTRAL_BYTES, name), name};
  e->size = le(central + 24, 4);
  e->offset = le(central + 42, 4);
  const char *path; /* libarchive reads \ as /: looked at before */
  if (!as_archive_path(z->archive, e->name, &path)) return false;
  if (le(central + 8, 2) & ENCRYPTED) return broken_member(z, e->name, "E0243", "is encrypted");
  if (method != 0 && method != 8) return broken_member(z, e->name, "E0240", "is packed in a way that is not read; only deflate is");
  if (!wide(extra, &taken, &e->size) || !wide(extra, &taken, &packed) || !wide(extra, &taken, &e->offset) || le(central + 34, 2))
    return broken_member(z, e->name, "E0241", "has a header that cannot be read");
  if (has_other_name(extra, e->name)) return broken_member(z, e->name, "E0241", "has a second name");
  if (packed > z->archive->blob.size || (method == 0 && packed != e->size)) return broken_member(z, e->name, "E0241", "has sizes that cannot be");
  const as_limits *limits = z->archive->limits;
  *packed_all += packed;
  if (e->size > limits->bundle_bytes || (*unpacked += e->size) > limits->bundle_bytes)
    return as_archive_limit(z->archive, "E0238", "bundle-bytes", limits->bundle_bytes, true, "the archive holds too much");
  if (*unpacked > AS_LIMIT_MB && *unpacked / limits->archive_ratio > *packed_all && e->size / limits->archive_ratio > packed)
    return as_archive_limit(z->archive, "E0239", "archive-ratio", limits->archive_ratio, false, "the archive grows too much when it is unpacked");
  return check_type(z, central, e) && check_local(z, central, e, packed);
}

static int by_offset(const void *a, const void *b) {
  uint64_t x = ((const as_entry_of_archive *)a)->offset, y = ((const as_entry_of_archive *)b)->offset;
  return x < y ? -1 : x > y;
}

static bool check_places(scan *z) {
  const as_archive *a = z->archive;
  uint64_t at = 0;
  for (size_t i = 0; i <= a->n_entries; i++) {
    uint64_t next = i < a->n_entries ? a->entries[i].offset : z->directory;
    if (next < at) return broken_member(z, a->entries[i].name, "E0241", "overlaps another one");
    if (next - at > GAP_MOST) return broken(z, "something lies between its members");
    if (i < a->n_entries) at = a->entries[i].end;
  }
  return true;
}

bool as_zip_scan(as_archive *archive) {
  scan z = {.archive = archive};
  bool good = read_end(&z);
  if (good && z.entries > archive->limits->members)
    good = as_archive_limit(archive, "E0237", "members", archive->limits->members, false, "the archive has too many members");
  if (good && !z.entries) good = as_archive_fail(archive, "E0242", NULL, "the archive is empty");
  if (good) {
    z.bytes.data = as_alloc((size_t)z.directory_bytes + 1);
    z.bytes.len = (size_t)z.directory_bytes;
    good = read_at(&z, z.directory, z.bytes.data, z.bytes.len);
    archive->entries = as_arena_calloc(archive->arena, (size_t)z.entries * sizeof *archive->entries);
  }
  uint64_t unpacked = 0, packed = 0;
  const char *p = z.bytes.data, *end = p ? p + z.bytes.len : NULL;
  for (uint64_t i = 0; good && i < z.entries; i++) {
    size_t left = (size_t)(end - p);
    size_t n = left < CENTRAL_BYTES ? 0 : CENTRAL_BYTES + (size_t)le(p + 28, 2) + (size_t)le(p + 30, 2) + (size_t)le(p + 32, 2);
    if (!n || n > left || memcmp(p, "PK\1\2", 4) != 0)
      good = broken(&z, "its directory has fewer members than its end says");
    else
      good = read_member(&z, p, &archive->entries[archive->n_entries++], &unpacked, &packed);
    p += n;
  }
  if (good && p != end) good = broken(&z, "its directory has more members than its end says");
  as_buf_free(&z.bytes);
  if (good && archive->n_entries > 1) qsort(archive->entries, archive->n_entries, sizeof *archive->entries, by_offset);
  return good && check_places(&z);
}
