/* Reports of the model layer. Finds source lines in a text that is at hand; must not read files. */
#include "model/sink.h"

#include <string.h>

/* A longer line (one-line JSON) is not copied into every report. */
#define LINE_MOST 4096
#define QUOTE_MOST 60

void as_sink_open(as_sink *sink, as_diags *diags, bool strict, const char *document, as_str text) {
  *sink = (as_sink){.diags = diags, .strict = strict, .document = document, .text = text, .line = 1};
  if (text.n >= 2 && text.p) {
    unsigned char a = (unsigned char)text.p[0], b = (unsigned char)text.p[1];
    sink->wide = (a == 0xff && b == 0xfe) || (a == 0xfe && b == 0xff);
    sink->big = a == 0xfe;
    if (sink->wide) sink->at = 2;
  }
  if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0) sink->at = 3;
}

/* Where the line that begins at `at` ends: its newline, or the end of the text. */
static size_t line_end(const as_sink *sink, size_t at) {
  as_str text = sink->text;
  if (at >= text.n) return text.n;
  if (!sink->wide) {
    const char *end = memchr(text.p + at, '\n', text.n - at);
    return end ? (size_t)(end - text.p) : text.n;
  }
  for (; at + 1 < text.n; at += 2)
    if (text.p[at + (sink->big ? 1 : 0)] == '\n' && text.p[at + (sink->big ? 0 : 1)] == 0) return at;
  return text.n;
}

static void add_utf8(as_buf *out, uint32_t c) {
  if (c < 0x80) {
    as_buf_addc(out, (char)c);
  } else if (c < 0x800) {
    as_buf_addc(out, (char)(0xc0 | c >> 6));
    as_buf_addc(out, (char)(0x80 | (c & 0x3f)));
  } else if (c < 0x10000) {
    as_buf_addc(out, (char)(0xe0 | c >> 12));
    as_buf_addc(out, (char)(0x80 | (c >> 6 & 0x3f)));
    as_buf_addc(out, (char)(0x80 | (c & 0x3f)));
  } else {
    as_buf_addc(out, (char)(0xf0 | c >> 18));
    as_buf_addc(out, (char)(0x80 | (c >> 12 & 0x3f)));
    as_buf_addc(out, (char)(0x80 | (c >> 6 & 0x3f)));
    as_buf_addc(out, (char)(0x80 | (c & 0x3f)));
  }
}

static uint32_t unit_at(const as_sink *sink, size_t at) {
  uint32_t a = (unsigned char)sink->text.p[at], b = (unsigned char)sink->text.p[at + 1];
  return sink->big ? a << 8 | b : b << 8 | a;
}

static void add_wide(const as_sink *sink, size_t at, size_t end, as_buf *out) {
  for (; at + 1 < end; at += 2) {
    uint32_t c = unit_at(sink, at);
    if (c >= 0xd800 && c < 0xdc00 && at + 3 < end) {
      uint32_t low = unit_at(sink, at + 2);
      if (low >= 0xdc00 && low < 0xe000) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        at += 2;
      }
    }
    add_utf8(out, c);
  }
}

bool as_sink_line(as_sink *sink, uint32_t line, as_buf *out) {
  if (!sink->text.p || line == 0) return false;
  if (line < sink->line) {
    as_str text = sink->text;
    sink->line = 1;
    sink->at = sink->wide ? 2 : text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  }
  size_t step = sink->wide ? 2 : 1;
  while (sink->line < line) {
    size_t end = line_end(sink, sink->at);
    if (end >= sink->text.n) return false;
    sink->at = end + step;
    sink->line++;
  }
  size_t end = line_end(sink, sink->at);
  if (end - sink->at > LINE_MOST || sink->at >= sink->text.n) return false;
  size_t from = out->len;
  if (sink->wide)
    add_wide(sink, sink->at, end, out);
  else
    as_buf_add(out, sink->text.p + sink->at, end - sink->at);
  while (out->len > from && out->data[out->len - 1] == '\r') out->data[--out->len] = 0;
  if (memchr(out->data + from, 0, out->len - from)) return false; /* a NUL would cut it */
  return out->len > from;
}

void as_sink_push(as_sink *sink, as_diag *diag) {
  if (!sink->diags) return;
  if (sink->strict && diag->severity == AS_WARNING) diag->severity = AS_ERROR;
  if (sink->told >= AS_SINK_LIMIT) {
    sink->untold++;
    sink->untold_error = sink->untold_error || diag->severity == AS_ERROR;
    return;
  }
  sink->told++;
  as_buf source = {0};
  if (!diag->source && diag->line && as_sink_line(sink, diag->line, &source)) diag->source = source.data;
  as_diags_push(sink->diags, diag);
  as_buf_free(&source);
}

void as_sink_report(as_sink *sink, const char *code, as_severity severity, uint32_t line, uint32_t column, const char *help,
                    const char *format, ...) {
  as_buf message = {0};
  va_list args;
  va_start(args, format);
  as_buf_vprintf(&message, format, args);
  va_end(args);
  as_diag diag = {.code = code,
                  .severity = severity,
                  .document = sink->document,
                  .line = line,
                  .column = column,
                  .message = message.data,
                  .help = help};
  as_sink_push(sink, &diag);
  as_buf_free(&message);
}

void as_sink_forward(as_sink *sink, const as_diags *from, uint32_t lines_before) {
  for (size_t i = 0; i < as_diags_count(from); i++) {
    as_diag diag = *as_diags_at(from, i);
    if (diag.line) diag.line += lines_before;
    as_sink_push(sink, &diag);
  }
  sink->untold += (uint32_t)as_diags_dropped(from);
}

void as_sink_close(as_sink *sink) {
  if (!sink->untold || !sink->diags) return;
  bool error = sink->untold_error;
  as_diags_add(sink->diags, error ? "E0318" : "W0318", error ? AS_ERROR : AS_WARNING, sink->document, 0, 0, NULL,
               "%u further problems of this document are not listed", (unsigned)sink->untold);
  sink->untold = 0;
}

void as_sink_quote(as_str text, as_buf *out) {
  const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
  size_t n = end ? (size_t)(end - text.p) : text.n;
  bool cut = n < text.n;
  if (n > QUOTE_MOST) {
    n = QUOTE_MOST;
    while (n && ((unsigned char)text.p[n] & 0xc0) == 0x80) n--;
    cut = true;
  }
  as_buf_addc(out, '"');
  for (size_t i = 0; i < n; i++) as_buf_addc(out, text.p[i] ? text.p[i] : '?');
  as_buf_adds(out, cut ? "…\"" : "\"");
}
