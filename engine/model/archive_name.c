/* Archives: what kind the bytes are, which names their members may have, and how a refusal is told. */
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/utf8.h"
#include "model/archive_inside.h"

bool as_blob_read(const as_blob *blob, uint64_t at, void *to, size_t n, size_t *got) {
  *got = 0;
  if (at >= blob->size) return true;
  if (n > blob->size - at) n = (size_t)(blob->size - at);
  if (blob->fd < 0) {
    memcpy(to, blob->data + at, n);
    *got = n;
    return true;
  }
  while (*got < n) {
    ssize_t r = pread(blob->fd, (char *)to + *got, n - *got, (off_t)(at + *got));
    if (r < 0 && errno == EINTR) continue;
    if (r < 0) return false;
    if (r == 0) break;
    *got += (size_t)r;
  }
  return true;
}

as_packing as_packing_of(const void *first, size_t n) {
  static const struct {
    const char *bytes;
    size_t n, at;
    as_packing packing;
  } marks[] = {{"PK\3\4", 4, 0, AS_PACKED_ZIP},       {"PK\5\6", 4, 0, AS_PACKED_ZIP},         {"\x1f\x8b\x08", 3, 0, AS_PACKED_GZIP},
               {"\x28\xb5\x2f\xfd", 4, 0, AS_PACKED_ZSTD}, {"ustar", 5, 257, AS_PACKED_TAR},   {"\xfd" "7zXZ", 5, 0, AS_PACKED_OTHER},
               {"BZh", 3, 0, AS_PACKED_OTHER},        {"7z\xbc\xaf", 4, 0, AS_PACKED_OTHER},   {"Rar!", 4, 0, AS_PACKED_OTHER},
               {"\x2a\x4d\x18", 3, 1, AS_PACKED_OTHER}}; /* the last: zstd by pzstd */
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (n >= marks[i].at + marks[i].n && !memcmp((const char *)first + marks[i].at, marks[i].bytes, marks[i].n)) return marks[i].packing;
  return AS_PACKED_NOT;
}

bool as_packing_named(const char *name, size_t *stem) {
  static const char *const endings[] = {".tar.gz", ".tar.zst", ".tar.xz", ".tar.bz2", ".tar", ".tgz", ".zip", ".txz", ".tbz2", ".7z", ".rar", ".gz", ".zst"};
  size_t n = strlen(name);
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
    size_t m = strlen(endings[i]);
    if (n <= m || strcasecmp(name + n - m, endings[i]) != 0) continue;
    if (stem) *stem = n - m;
    return true;
  }
  return false;
}

/* ---- refusals ---- */

bool as_archive_fail(as_archive *a, const char *code, const char *help, const char *format, ...) {
  if (a->failed) return false;
  a->failed = true;
  as_buf message = {0};
  va_list args;
  va_start(args, format);
  as_buf_vprintf(&message, format, args);
  va_end(args);
  as_sink_report(a->sink, code, AS_ERROR, 0, 0, help, "%s", message.data);
  as_buf_free(&message);
  return false;
}

bool as_archive_limit(as_archive *a, const char *code, const char *name, uint64_t value, bool bytes, const char *what) {
  as_buf shown = {0}, help = {0};
  as_limit_show_value(value, bytes, &shown);
  as_buf_printf(&help, "if the archive is right and comes from somebody you trust, raise the limit with --limit-%s", name);
  as_archive_fail(a, code, help.data, "%s; the limit %s is %s", what, name, shown.data);
  as_buf_free(&shown);
  as_buf_free(&help);
  return false;
}

void as_archive_quote(as_str name, as_buf *out) {
  as_buf safe = {0};
  as_show((as_str){name.p, name.n < 80 ? name.n : 80}, false, &safe);
  as_buf_printf(out, "`%s%s`", safe.data, name.n > 80 ? "…" : "");
  as_buf_free(&safe);
}

/* ---- names ---- */

static bool refuse(as_archive *a, as_str name, const char *why, const char *help) {
  as_buf shown = {0};
  as_archive_quote(name, &shown);
  as_archive_fail(a, "E0232", help ? help : "make the archive anew from a folder; a bundle holds plain files with plain names", "the member %s %s", shown.data, why);
  as_buf_free(&shown);
  return false;
}

static bool is_plain_text(as_str name) {
  for (size_t at = 0, n; at < name.n; at += n) {
    uint32_t code;
    n = as_utf8_next(name, at, &code);
    if (!n || code < 0x20 || (code >= 0x7f && code < 0xa0) || as_utf8_hidden(code)) return false;
  }
  return true;
}

bool as_archive_path(as_archive *a, as_str name, const char **path) {
  *path = NULL;
  if (!name.n) return refuse(a, name, "has no name", NULL);
  if (!as_utf8_valid(name, NULL)) return refuse(a, name, "has a name that is no UTF-8", "rename it or leave it out, and make the archive anew");
  if (!is_plain_text(name)) return refuse(a, name, "has control characters or invisible ones in its name", "rename it or leave it out, and make the archive anew");
  if (memchr(name.p, '\\', name.n)) return refuse(a, name, "has a \\ in its name; the parts of a path are parted by /", "make the archive anew with a program that writes /: in Windows tar -a -cf bundle.zip *");
  if (name.p[0] == '/' || (name.n > 1 && name.p[1] == ':')) return refuse(a, name, "has an absolute path", NULL);
  if (name.n > a->limits->path_bytes) return as_archive_limit(a, "E0232", "path-bytes", a->limits->path_bytes, true, "the path of a member is too long");
  char *plain = as_arena_alloc(a->arena, name.n + 1);
  size_t n = 0;
  uint64_t depth = 0;
  bool hidden = false;
  for (size_t at = 0; at < name.n;) {
    const char *slash = memchr(name.p + at, '/', name.n - at);
    as_str part = {name.p + at, (slash ? (size_t)(slash - name.p) : name.n) - at};
    at += part.n + 1;
    if (!part.n || as_str_is(part, ".")) continue;
    if (as_str_is(part, "..")) return refuse(a, name, "leads out of the archive", NULL);
    if (part.n > a->limits->name_bytes) return as_archive_limit(a, "E0232", "name-bytes", a->limits->name_bytes, true, "a part of a member's path is too long");
    if (++depth > a->limits->path_depth) return as_archive_limit(a, "E0232", "path-depth", a->limits->path_depth, false, "the path of a member has too many parts");
    hidden = hidden || part.p[0] == '.';
    if (n) plain[n++] = '/';
    memcpy(plain + n, part.p, part.n);
    n += part.n;
  }
  plain[n] = 0;
  if (n && !hidden) *path = plain;
  return true;
}
