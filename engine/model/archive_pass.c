/* One pass over the members of an archive, by libarchive: unpacked by one handle, taken apart by a second one, with our own scan of
 * the blocks in between. What the two say about a member must agree. Only what the first bytes told is enabled. */
#include <errno.h>
#include <string.h>
#include <stdio.h>

#include "model/archive_inside.h"
#include "model/libarchive.h"

#define PIECE ((size_t)128 * 1024)

struct as_pass {
  as_archive *archive;
  const as_libarchive *lib;
  struct archive *inner; /* unpacks; NULL where nothing is packed around the tar */
  struct archive *outer; /* takes apart */
  as_tar_scan *scan;     /* NULL for a ZIP */
  char *piece;
  uint64_t at;           /* in the blob */
  uint64_t unpacked;
  uint32_t (*sums)[256]; /* tables of the CRC-32 of a gzip, which libarchive does not look at; NULL: not needed */
  uint32_t sum;
  size_t entry;          /* ZIP: of archive->entries */
};

static const char *const again = "copy or make it again";

/* Reports what libarchive complains of. */
static bool complain(as_pass *p, struct archive *handle) {
  const char *why = p->lib->archive_error_string(handle);
  if (p->lib->archive_errno(handle) == ENOMEM || errno == ENOMEM) as_mem_exhausted(); /* it does not say so everywhere, nor does zlib */
  bool cut = why && strcasestr(why, "truncated");
  if (why && handle == p->outer && strcasestr(why, "unrecognized archive format"))
    return as_archive_fail(p->archive, "E0240", "pack a folder: tar -czf bundle.tar.gz -C FOLDER .; a document alone is given unpacked", "what is packed here is no tar");
  if (why && strcasestr(why, "too much memory"))
    return as_archive_fail(p->archive, "E0240", "pack it without --long and --ultra: tar --zstd -cf bundle.tar.zst -C FOLDER .", "unpacking the archive needs more memory than is given");
  return as_archive_fail(p->archive, cut ? "E0231" : "E0230", again, cut ? "the archive is cut off: %s" : "the archive is damaged: %s", why ? why : "it cannot be read");
}

/* ---- what libarchive reads from ---- */

static la_ssize_t read_blob(struct archive *handle, void *ctx, const void **piece) {
  as_pass *p = ctx;
  size_t got;
  if (!as_blob_read(&p->archive->blob, p->at, p->piece, PIECE, &got)) {
    p->lib->archive_set_error(handle, EIO, "the device failed while reading");
    return -1;
  }
  p->at += got;
  *piece = p->piece;
  return (la_ssize_t)got;
}

static la_int64_t seek_blob(struct archive *handle, void *ctx, la_int64_t offset, int whence) {
  (void)handle;
  as_pass *p = ctx;
  la_int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (la_int64_t)p->at : (la_int64_t)p->archive->blob.size;
  if (base + offset < 0) return ARCHIVE_FATAL;
  p->at = (uint64_t)(base + offset);
  return base + offset;
}

/* ---- the sum of a gzip ---- */

static void prepare_sum(as_pass *p) {
  p->sums = as_alloc(8 * sizeof *p->sums);
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int k = 0; k < 8; k++) c = c & 1 ? 0xedb88320u ^ c >> 1 : c >> 1;
    p->sums[0][i] = c;
  }
  for (uint32_t t = 1; t < 8; t++)
    for (uint32_t i = 0; i < 256; i++) p->sums[t][i] = p->sums[t - 1][i] >> 8 ^ p->sums[0][p->sums[t - 1][i] & 0xff];
}

static void add_sum(as_pass *p, const unsigned char *bytes, size_t n) {
  uint32_t c = ~p->sum;
  for (; n >= 8; n -= 8, bytes += 8) {
    uint32_t a = c ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24);
    c = p->sums[7][a & 0xff] ^ p->sums[6][a >> 8 & 0xff] ^ p->sums[5][a >> 16 & 0xff] ^ p->sums[4][a >> 24] ^ p->sums[3][bytes[4]] ^
        p->sums[2][bytes[5]] ^ p->sums[1][bytes[6]] ^ p->sums[0][bytes[7]];
  }
  for (; n; n--) c = p->sums[0][(c ^ *bytes++) & 0xff] ^ c >> 8;
  p->sum = ~c;
}

/* The last eight bytes are the sum and the size of what was packed. */
static bool check_sum(as_pass *p) {
  unsigned char end[8];
  size_t got = 0;
  const as_blob *blob = &p->archive->blob;
  if (!p->sums) return true;
  bool good = blob->size >= 18 && as_blob_read(blob, blob->size - 8, end, 8, &got) && got == 8;
  uint32_t sum = 0, size = 0;
  for (int i = 3; good && i >= 0; i--) {
    sum = sum << 8 | end[i];
    size = size << 8 | end[4 + i];
  }
  if (good && sum == p->sum && size == (uint32_t)p->unpacked) return true;
  return as_archive_fail(p->archive, "E0230", "copy or make it again; where several gzip files were joined, make one of them: gzip -dc OLD | gzip >NEW",
                         "the archive is damaged, or something stands behind its end: its sum (CRC-32) does not fit");
}

/* The next bytes of the tar itself: checked and counted. Less than 0 after a fault. */
static la_ssize_t next_bytes(as_pass *p, struct archive *handle, const void **piece) {
  la_ssize_t n;
  if (p->inner) {
    size_t size = 0;
    la_int64_t offset;
    int status;
    do status = p->lib->archive_read_data_block(p->inner, piece, &size, &offset);
    while (status == ARCHIVE_OK && !size);
    if (status != ARCHIVE_OK && status != ARCHIVE_EOF) {
      complain(p, p->inner);
      return -1;
    }
    n = status == ARCHIVE_EOF ? 0 : (la_ssize_t)size;
  } else {
    n = read_blob(handle, p, piece);
  }
  if (n <= 0) return n;
  const as_limits *limits = p->archive->limits;
  p->unpacked += (uint64_t)n;
  if (p->sums) add_sum(p, *piece, (size_t)n);
  if (p->unpacked > limits->bundle_bytes && p->unpacked - limits->bundle_bytes > limits->members * 2048)
    return as_archive_limit(p->archive, "E0238", "bundle-bytes", limits->bundle_bytes, true, "the archive holds too much") - 1;
  if (p->unpacked > AS_LIMIT_MB && p->unpacked / limits->archive_ratio > p->at)
    return as_archive_limit(p->archive, "E0239", "archive-ratio", limits->archive_ratio, false, "the archive grows too much when it is unpacked") - 1;
  return as_tar_scan_feed(p->scan, *piece, (size_t)n) ? n : -1;
}

static la_ssize_t read_tar(struct archive *handle, void *ctx, const void **piece) {
  la_ssize_t n = next_bytes(ctx, handle, piece);
  if (n < 0) ((as_pass *)ctx)->lib->archive_set_error(handle, EIO, "refused");
  return n;
}

/* ---- opening ---- */

/* What to expect is told to libarchive before it reads anything: that fails only for want of memory. */
static void expect(int status) {
  if (status <= ARCHIVE_FAILED) as_mem_exhausted();
}

static bool open_inner(as_pass *p) {
  as_archive *a = p->archive;
  struct archive_entry *entry;
  p->inner = p->lib->archive_read_new();
  if (!p->inner) as_mem_exhausted();
  if (a->packing == AS_PACKED_GZIP) prepare_sum(p);
  int filter = a->packing == AS_PACKED_GZIP ? p->lib->archive_read_support_filter_gzip(p->inner) : p->lib->archive_read_support_filter_zstd(p->inner);
  expect(filter);
  if (filter != ARCHIVE_OK) return as_archive_fail(a, "E0240", "pack it with gzip instead", "this build cannot unpack zstd");
  expect(p->lib->archive_read_support_format_raw(p->inner));
  expect(p->lib->archive_read_support_format_empty(p->inner));
  if (p->lib->archive_read_open(p->inner, p, NULL, read_blob, NULL) != ARCHIVE_OK) return complain(p, p->inner);
  if (p->lib->archive_filter_count(p->inner) > 2) return as_archive_fail(a, "E0240", "pack a folder once: tar -czf bundle.tar.gz -C FOLDER .", "the archive is packed more than once");
  int status = p->lib->archive_read_next_header(p->inner, &entry);
  if (status == ARCHIVE_EOF) return as_archive_fail(a, "E0242", NULL, "the archive is empty");
  return status == ARCHIVE_OK || complain(p, p->inner);
}

static bool open_tar(as_pass *p) {
  p->scan = as_tar_scan_new(p->archive);
  if (p->archive->packing != AS_PACKED_TAR && !open_inner(p)) return false;
  expect(p->lib->archive_read_support_format_tar(p->outer));
  expect(p->lib->archive_read_support_format_empty(p->outer));
  if (p->lib->archive_read_open(p->outer, p, NULL, read_tar, NULL) == ARCHIVE_OK) return true;
  return complain(p, p->outer);
}

static bool open_zip(as_pass *p) {
  expect(p->lib->archive_read_support_format_zip_seekable(p->outer));
  expect(p->lib->archive_read_set_seek_callback(p->outer, seek_blob));
  expect(p->lib->archive_read_set_read_callback(p->outer, read_blob));
  expect(p->lib->archive_read_set_callback_data(p->outer, p));
  return p->lib->archive_read_open1(p->outer) == ARCHIVE_OK || complain(p, p->outer);
}

as_pass *as_pass_new(as_archive *archive) {
  as_pass *p = as_calloc(1, sizeof *p);
  errno = 0;
  p->archive = archive;
  p->lib = as_libarchive_load();
  if (!p->lib) {
    as_archive_fail(archive, "E0246", "install libarchive, or unpack the archive", "archives cannot be read: libarchive 13 is not there");
    as_free(p);
    return NULL;
  }
  p->piece = as_alloc(PIECE);
  p->outer = p->lib->archive_read_new();
  if (!p->outer) as_mem_exhausted();
  if (archive->packing == AS_PACKED_ZIP ? open_zip(p) : open_tar(p)) return p;
  as_pass_free(p);
  return NULL;
}

void as_pass_free(as_pass *p) {
  if (!p) return;
  p->lib->archive_read_free(p->outer);
  if (p->inner) p->lib->archive_read_free(p->inner);
  as_tar_scan_free(p->scan);
  as_free(p->piece);
  as_free(p->sums);
  as_free(p);
}

/* ---- members ---- */

static bool is_ascii(as_str text) {
  for (size_t i = 0; i < text.n; i++)
    if (text.p[i] & 0x80) return false;
  return true;
}

static as_str without_slashes(as_str name) {
  while (name.n && name.p[name.n - 1] == '/') name.n--;
  return name;
}

/* Names beyond ASCII are not converted by libarchive where there is no locale: then the scan's holds. */
static bool agrees(const as_pass *p, struct archive_entry *entry, const as_entry_of_archive *own) {
  bool folder = p->lib->archive_entry_filetype(entry) == AE_IFDIR;
  if (folder != own->folder || p->lib->archive_entry_hardlink(entry) || p->lib->archive_entry_symlink(entry) || p->lib->archive_entry_sparse_count(entry) > 0) return false;
  if (!folder && (!p->lib->archive_entry_size_is_set(entry) || p->lib->archive_entry_size(entry) != (la_int64_t)own->size)) return false;
  const char *name = p->lib->archive_entry_pathname(entry);
  return !is_ascii(own->name) || (name && as_str_eq(without_slashes(as_str_of(name)), without_slashes(own->name)));
}

/* Everything was read: what follows must be nothing. */
static void finish(as_pass *p) {
  const void *piece;
  if (!p->scan) {
    if (p->entry < p->archive->n_entries) as_archive_fail(p->archive, "E0241", again, "the ZIP is damaged: not all members are found");
    return;
  }
  la_ssize_t n;
  do n = next_bytes(p, p->inner ? p->inner : p->outer, &piece);
  while (n > 0);
  if (n == 0 && check_sum(p) && as_tar_scan_end(p->scan) && as_tar_scan_next(p->scan)) as_archive_fail(p->archive, "E0230", again, "the archive is damaged: not all members are found");
}

const as_entry_of_archive *as_pass_next(as_pass *p) {
  struct archive_entry *entry;
  as_archive *a = p->archive;
  int status = p->lib->archive_read_next_header(p->outer, &entry);
  if (a->failed) return NULL;
  if (status == ARCHIVE_EOF) {
    finish(p);
    return NULL;
  }
  const as_entry_of_archive *own = p->scan ? as_tar_scan_next(p->scan) : p->entry < a->n_entries ? &a->entries[p->entry++] : NULL;
  bool wide = own && !is_ascii(own->name);
  if (status != ARCHIVE_OK && !(status == ARCHIVE_WARN && wide)) {
    complain(p, p->outer);
    return NULL;
  }
  if (own && p->lib->archive_entry_is_encrypted(entry)) {
    as_archive_fail(a, "E0243", NULL, "the archive is encrypted");
    return NULL;
  }
  if (own && agrees(p, entry, own)) return own;
  as_archive_fail(a, "E0230", again, "the archive is damaged or made to deceive: its members can be read in two ways");
  return NULL;
}

bool as_pass_data(as_pass *p, uint64_t size, as_buf *out) {
  uint64_t done = 0;
  for (;;) {
    const void *piece;
    size_t n;
    la_int64_t offset;
    int status = p->lib->archive_read_data_block(p->outer, &piece, &n, &offset);
    if (p->archive->failed) return false;
    if (status == ARCHIVE_EOF) break;
    if (status != ARCHIVE_OK) return complain(p, p->outer);
    if ((uint64_t)offset != done || n > size - done) return as_archive_fail(p->archive, "E0230", again, "the archive is damaged: a member has another size than it says");
    if (out && n) memcpy(out->data + done, piece, n);
    done += n;
  }
  if (done != size) return as_archive_fail(p->archive, "E0231", again, "the archive is cut off or damaged: a member is shorter than it says");
  if (out) out->len = (size_t)size;
  return true;
}
