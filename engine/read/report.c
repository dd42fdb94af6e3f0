/* Faults of a text, told with their place and their line.
 * Must not decide what is a fault, and must not read more of the text than it shows. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "read/reader.h"

#define LINE_BEFORE ((size_t)64 * 1024)     /* of a line before the place; of a longer one nothing is shown */
#define LINE_BEHIND ((size_t)240)           /* of a line behind it */
#define SHOWN_MOST ((size_t)8 * 1024 * 1024) /* of all lines that one reading shows */

size_t as_reader_continuations(const char *p, size_t n) {
  size_t count = 0;
  while (n >= 8) {
    uint64_t w;
    memcpy(&w, p, 8);
    uint64_t high = w & 0x8080808080808080u;
    if (high) count += (size_t)((((high & ~(w << 1)) >> 7) * 0x0101010101010101u) >> 56); /* those of 10xxxxxx */
    p += 8;
    n -= 8;
  }
  for (; n; n--, p++) count += ((unsigned char)*p & 0xc0) == 0x80;
  return count;
}

static const char *line_begin(as_str text, const char *at) {
  while (at > text.p && at[-1] != '\n' && at[-1] != '\r') at--;
  return at;
}

void as_reader_place(const as_reader *r, const char *at, uint32_t *line, uint32_t *column) {
  const char *p = r->text.p, *begin = p;
  *line = 1;
  while ((p = memchr(p, '\n', (size_t)(at - p)))) {
    begin = ++p;
    ++*line;
  }
  size_t bytes = (size_t)(at - begin);
  *column = (uint32_t)(bytes - as_reader_continuations(begin, bytes) + 1);
}

const char *as_reader_yaml_line(const as_reader *r, uint32_t line) {
  const char *p = r->text.p, *end = p + r->text.n;
  for (uint32_t at = 1; at < line && p < end; p++) {
    unsigned char c = (unsigned char)*p;
    if (c == '\n' || (c == '\r' && p[1] != '\n')) {
      at++;
    } else if (c == 0xc2 && (unsigned char)p[1] == 0x85) { /* NEL */
      at++;
      p++;
    } else if (c == 0xe2 && (unsigned char)p[1] == 0x80 && ((unsigned char)p[2] & 0xfe) == 0xa8) { /* LS, PS */
      at++;
      p += 2;
    }
  }
  return p < end ? p : end;
}

/* The line around `at`, without what is far behind it; false where it is too long to be shown. */
static bool line_around(as_reader *r, const char *at, as_buf *out) {
  const char *end = r->text.p + r->text.n;
  const char *begin = line_begin(r->text, at);
  size_t before = (size_t)(at - begin);
  if (before > LINE_BEFORE || r->shown > SHOWN_MOST) return false;
  const char *stop = at;
  while (stop < end && *stop != '\n' && *stop != '\r' && (size_t)(stop - at) < LINE_BEHIND) stop++;
  while (stop > at && stop < end && ((unsigned char)*stop & 0xc0) == 0x80) stop--;
  if (memchr(begin, 0, (size_t)(stop - begin)) || !as_utf8_valid((as_str){begin, (size_t)(stop - begin)}, NULL))
    as_show((as_str){begin, (size_t)(stop - begin)}, false, out);
  else
    as_buf_add(out, begin, (size_t)(stop - begin));
  r->shown += out->len;
  return true;
}

static void report(as_reader *r, as_severity severity, const char *code, uint32_t line, uint32_t column, const char *at, const char *help,
                   const char *format, va_list args) {
  as_buf message = {0}, source = {0};
  as_buf_vprintf(&message, format, args);
  bool shown = at && line_around(r, at, &source);
  if (at && !shown && at < r->text.p + r->text.n) {
    size_t left = (size_t)(r->text.p + r->text.n - at);
    as_clip near = as_clip_of((as_str){at, left < 40 ? left : 40});
    as_buf_printf(&message, ", at `%s`", near.text);
  }
  as_diag diag = {.code = code,
                  .severity = severity,
                  .document = r->document,
                  .line = line,
                  .column = column,
                  .message = message.data,
                  .help = help,
                  .source = shown ? (source.data ? source.data : "") : NULL};
  as_diags_push(r->diags, &diag);
  as_buf_free(&message);
  as_buf_free(&source);
}

void as_reader_report(as_reader *r, const char *code, uint32_t line, uint32_t column, const char *at, const char *help,
                      const char *format, ...) {
  va_list args;
  va_start(args, format);
  report(r, AS_ERROR, code, line, column, at, help, format, args);
  va_end(args);
}

void as_reader_warn(as_reader *r, const char *code, uint32_t line, uint32_t column, const char *at, const char *help,
                    const char *format, ...) {
  va_list args;
  va_start(args, format);
  report(r, AS_WARNING, code, line, column, at, help, format, args);
  va_end(args);
}

void as_reader_report_at(as_reader *r, const char *code, const char *at, const char *help, const char *format, ...) {
  uint32_t line, column;
  as_reader_place(r, at, &line, &column);
  va_list args;
  va_start(args, format);
  report(r, AS_ERROR, code, line, column, at, help, format, args);
  va_end(args);
}

void as_reader_limit(as_reader *r, const char *code, uint32_t line, uint32_t column, const char *at, const char *name,
                     uint64_t value, const char *what) {
  char help[200];
  snprintf(help, sizeof help,
           "correct or split the file; if it is right and comes from somebody you trust, raise the limit with --limit-%s=N", name);
  as_reader_report(r, code, line, column, at, help, "%s; the limit %s is %llu", what, name, (unsigned long long)value);
}

as_clip as_clip_of(as_str text) {
  as_clip clip;
  size_t room = sizeof clip.text - sizeof "…", n = 0;
  while (n < text.n && n < room && text.p[n] != '\n' && text.p[n] != '\r' && text.p[n]) {
    size_t more = as_utf8_next(text, n, NULL);
    if (!more || n + more > room) break;
    n += more;
  }
  if (n) memcpy(clip.text, text.p, n);
  memcpy(clip.text + n, n < text.n ? "…" : "", n < text.n ? sizeof "…" : 1);
  return clip;
}
