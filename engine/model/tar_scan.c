/* Tar, block by block: plain files and folders in the ustar, pax and GNU forms, and nothing else. Stands in front of libarchive,
 * which takes what is cut off for the end, names that hold a NUL for shorter ones, and sizes that are none for some number. */
#include <string.h>

#include "model/archive_inside.h"

#define BLOCK 512u
#define EXTRA_MOST ((uint64_t)64 * 1024) /* of the headers that belong to a member */

struct as_tar_scan {
  as_archive *archive;
  char block[BLOCK];
  size_t filled;
  uint64_t left;     /* of data, with what fills its last block */
  uint64_t extra_left; /* bytes of extra that are still to come */
  char extra_type;   /* 'x', 'g', 'L', or 0: the data is not looked at */
  as_buf extra;
  as_buf pax_path, long_name; /* for the next member */
  bool has_pax_path, has_long_name, has_pax_size, began, ended;
  uint64_t pax_size;
  as_entry_of_archive *queue;
  size_t first, count, cap;
};

as_tar_scan *as_tar_scan_new(as_archive *archive) {
  as_tar_scan *s = as_calloc(1, sizeof *s);
  s->archive = archive;
  return s;
}

void as_tar_scan_free(as_tar_scan *s) {
  if (!s) return;
  as_buf_free(&s->extra);
  as_buf_free(&s->pax_path);
  as_buf_free(&s->long_name);
  as_free(s->queue);
  as_free(s);
}

static bool fail(as_tar_scan *s, const char *code, const char *what, as_str name) {
  as_buf shown = {0};
  bool link = strcmp(code, "E0233") == 0;
  if (name.n) as_archive_quote(name, &shown);
  as_archive_fail(s->archive, code,
                  link ? "pack what the links lead to: tar -h --hard-dereference -czf bundle.tar.gz -C FOLDER ."
                       : "make the archive anew, with plain files only: tar -czf bundle.tar.gz -C FOLDER .",
                  "%s%s%s", name.n ? shown.data : "", name.n ? " " : "", what);
  as_buf_free(&shown);
  return false;
}

/* A path for the next member. */
static bool take_path(as_tar_scan *s, as_buf *to, as_str path) {
  if (path.n > s->archive->limits->path_bytes)
    return as_archive_limit(s->archive, "E0232", "path-bytes", s->archive->limits->path_bytes, true, "the path of a member is too long");
  to->len = 0;
  as_buf_add(to, path.p, path.n);
  return true;
}

static bool number(const char *p, size_t n, uint64_t *out) {
  *out = 0;
  if ((unsigned char)p[0] == 0x80) { /* big-endian, beyond what octal digits hold */
    for (size_t i = 1; i < n; i++) {
      if (*out >> 55) return false;
      *out = *out << 8 | (unsigned char)p[i];
    }
    return true;
  }
  size_t i = 0, digits = 0;
  while (i < n && p[i] == ' ') i++;
  for (; i < n && p[i] >= '0' && p[i] <= '7'; i++, digits++) *out = *out << 3 | (uint64_t)(p[i] - '0');
  for (; i < n; i++)
    if (p[i] != ' ' && p[i] != 0) return false;
  return digits > 0;
}

bool as_tar_checksum_holds(const char *block) {
  uint64_t stated, sum = 0;
  if (!number(block + 148, 8, &stated)) return false;
  for (size_t i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? ' ' : (unsigned char)block[i];
  return sum == stated;
}

/* A field that ends at its first NUL; nothing but NULs may stand behind it. */
static bool text_field(const char *p, size_t n, as_str *out) {
  size_t len = strnlen(p, n);
  *out = (as_str){p, len};
  for (size_t i = len; i < n; i++)
    if (p[i]) return false;
  return true;
}

/* ---- headers that belong to a member ---- */

static bool pax_record(as_tar_scan *s, as_str key, as_str value, bool global) {
  static const as_str none = {"", 0};
  bool path = as_str_is(key, "path"), size = as_str_is(key, "size");
  if (memchr(value.p, 0, value.n) && (path || as_str_is(key, "linkpath"))) return fail(s, "E0232", "the archive has a path with a NUL character in it", none);
  if (key.n >= 10 && !memcmp(key.p, "GNU.sparse", 10)) return fail(s, "E0235", "the archive has a sparse member", none);
  if (as_str_is(key, "linkpath")) return fail(s, "E0233", "the archive has a link", none);
  if (as_str_is(key, "hdrcharset")) return fail(s, "E0230", "the archive has names in an encoding of its own", none);
  if (global && (path || size)) return fail(s, "E0230", "the archive gives one path or size to several members", none);
  if (path) s->has_pax_path = true;
  if (path && !take_path(s, &s->pax_path, value)) return false;
  if (!size) return true;
  s->pax_size = 0;
  for (size_t i = 0; i < value.n; i++) {
    if (value.p[i] < '0' || value.p[i] > '9' || s->pax_size >> 58) return fail(s, "E0230", "the archive has a size that is no number", none);
    s->pax_size = s->pax_size * 10 + (uint64_t)(value.p[i] - '0');
  }
  s->has_pax_size = value.n > 0;
  return true;
}

static bool pax_records(as_tar_scan *s, bool global) {
  const char *p = s->extra.data, *end = p + s->extra.len;
  while (p < end) {
    size_t n = 0, digits = 0;
    while (p + digits < end && digits < 8 && p[digits] >= '0' && p[digits] <= '9') n = n * 10 + (size_t)(p[digits++] - '0');
    const char *record_end = p + n, *key = p + digits + 1;
    const char *equals = digits && n > digits + 2 && n <= (size_t)(end - p) ? memchr(key, '=', (size_t)(record_end - key)) : NULL;
    if (!equals || p[digits] != ' ' || record_end[-1] != '\n') return fail(s, "E0230", "the archive has a header that cannot be read (pax)", (as_str){"", 0});
    if (!pax_record(s, (as_str){key, (size_t)(equals - key)}, (as_str){equals + 1, (size_t)(record_end - 1 - (equals + 1))}, global)) return false;
    p = record_end;
  }
  return true;
}

static bool extra_done(as_tar_scan *s) {
  char type = s->extra_type;
  s->extra_type = 0;
  as_buf_add(&s->extra, "", 0);
  if (type != 'L') return pax_records(s, type == 'g');
  as_str name;
  if (!text_field(s->extra.data, s->extra.len, &name)) return fail(s, "E0232", "the archive has a path with a NUL character in it", (as_str){"", 0});
  s->has_long_name = true;
  return take_path(s, &s->long_name, name);
}

/* ---- headers ---- */

static bool member_name(as_tar_scan *s, as_str *out) {
  const char *b = s->block;
  as_str name, prefix = {"", 0};
  bool gnu = !memcmp(b + 257, "ustar ", 6);
  bool good = text_field(b, 100, &name) && (gnu || text_field(b + 345, 155, &prefix));
  as_buf *whole = s->has_pax_path ? &s->pax_path : &s->long_name;
  if (!s->has_pax_path && !s->has_long_name) {
    if (!good) return fail(s, "E0232", "the archive has a path with a NUL character in it", (as_str){"", 0});
    whole->len = 0;
    as_buf_add(whole, prefix.p, prefix.n);
    if (prefix.n) as_buf_addc(whole, '/');
    as_buf_add(whole, name.p, name.n);
  }
  *out = (as_str){as_arena_copy(s->archive->arena, whole->data, whole->len), whole->len};
  s->has_pax_path = s->has_long_name = false;
  return true;
}

static bool header(as_tar_scan *s) {
  const char *b = s->block;
  static const as_str none = {"", 0};
  uint64_t size;
  if (memcmp(b + 257, "ustar", 5) != 0 || !as_tar_checksum_holds(b)) return fail(s, "E0230", s->began ? "the archive is damaged: where a header belongs is none" : "there is no tar within", none);
  s->began = true;
  if (!number(b + 124, 12, &size)) return fail(s, "E0230", "the archive has a size that is no number", none);
  char type = b[156];
  if (type == 'x' || type == 'g' || type == 'L') {
    if (size > EXTRA_MOST) return fail(s, "E0230", "the archive has a header of more than 64 KB", none);
    s->extra.len = 0;
    s->extra_type = type;
    s->extra_left = size;
    s->left = (size + BLOCK - 1) / BLOCK * BLOCK;
    return s->left > 0 || extra_done(s);
  }
  as_str name;
  if (!member_name(s, &name)) return false;
  if (type == '1' || type == '2' || type == 'K') return fail(s, "E0233", "is a link, and links are not followed", name);
  if (type == 'S') return fail(s, "E0235", "is a sparse member", name);
  if (type != '0' && type != 0 && type != '5' && type != '7') return fail(s, "E0234", "is neither a file nor a folder", name);
  if (s->has_pax_size) size = s->pax_size;
  s->has_pax_size = false;
  if (size > (uint64_t)1 << 58) return fail(s, "E0230", "has a size that cannot be", name);
  bool folder = type == '5' || (name.n && name.p[name.n - 1] == '/');
  if (folder && size) return fail(s, "E0230", "is a folder with data", name);
  s->left = (size + BLOCK - 1) / BLOCK * BLOCK;
  as_grow(&s->queue, &s->cap, s->count + 1, sizeof *s->queue);
  s->queue[s->count++] = (as_entry_of_archive){.name = name, .size = size, .folder = folder};
  return true;
}

static bool is_zero(const char *p, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (p[i]) return false;
  return true;
}

bool as_tar_scan_feed(as_tar_scan *s, const char *p, size_t n) {
  while (n) {
    if (s->ended) {
      if (!is_zero(p, n)) return fail(s, "E0230", "something stands behind the end of the archive", (as_str){"", 0});
      return true;
    }
    if (s->left) {
      size_t part = n < s->left ? n : (size_t)s->left;
      if (s->extra_type && s->extra_left) {
        size_t more = part < s->extra_left ? part : (size_t)s->extra_left;
        as_buf_add(&s->extra, p, more);
        s->extra_left -= more;
      }
      s->left -= part;
      p += part;
      n -= part;
      if (!s->left && s->extra_type && !extra_done(s)) return false;
      continue;
    }
    size_t part = BLOCK - s->filled < n ? BLOCK - s->filled : n;
    memcpy(s->block + s->filled, p, part);
    s->filled += part;
    p += part;
    n -= part;
    if (s->filled < BLOCK) return true;
    s->filled = 0;
    if (is_zero(s->block, BLOCK))
      s->ended = true;
    else if (!header(s))
      return false;
  }
  return true;
}

bool as_tar_scan_end(as_tar_scan *s) {
  if (s->ended) return true;
  return as_archive_fail(s->archive, "E0231", "copy or make it again", "the archive is cut off: it has no end");
}

const as_entry_of_archive *as_tar_scan_next(as_tar_scan *s) {
  if (s->first == s->count) return NULL;
  if (s->first > 1000) { /* what was taken makes room */
    memmove(s->queue, s->queue + s->first, (s->count - s->first) * sizeof *s->queue);
    s->count -= s->first;
    s->first = 0;
  }
  return &s->queue[s->first++];
}
