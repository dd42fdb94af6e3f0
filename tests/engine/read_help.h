/* For the tests of the readers: reads a text and writes down what came, so that a test is one line.
 *
 *   D          a document                    n: b: i: f: s:   a plain scalar by type, then its text
 *   [ ] { }    lists and maps                "…"              a quoted one
 *   key=       a key
 *
 * Then " | ", and each diagnostic as code@line:column; " !" where the result was false. */
#ifndef READ_HELP_H
#define READ_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/utf8.h"
#include "read/read.h"

typedef struct {
  as_read_options options;
  bool places;       /* @line:column behind every event */
  uint64_t stop_at;  /* the event at which the sink says stop; 0: none */
  bool quiet;        /* events are counted only */
} how;

typedef struct {
  as_buf out;
  char closers[2000];
  size_t depth;
  uint64_t events;
  const how *how;
} record_of;

static inline bool record(void *ctx, const as_event *event) {
  record_of *r = ctx;
  if (++r->events == r->how->stop_at) return false;
  if (r->how->quiet) return true;
  if (r->out.len && r->out.data[r->out.len - 1] != '=' && r->out.data[r->out.len - 1] != '[' && r->out.data[r->out.len - 1] != '{')
    as_buf_addc(&r->out, ' ');
  switch (event->kind) {
    case AS_EV_DOCUMENT:
      as_buf_adds(&r->out, "D");
      break;
    case AS_EV_LIST:
    case AS_EV_MAP:
      as_buf_addc(&r->out, event->kind == AS_EV_LIST ? '[' : '{');
      r->closers[r->depth++] = event->kind == AS_EV_LIST ? ']' : '}';
      break;
    case AS_EV_END:
      assert_true(r->depth > 0);
      as_buf_addc(&r->out, r->closers[--r->depth]);
      break;
    case AS_EV_KEY:
      as_buf_add(&r->out, event->text.p, event->text.n);
      break;
    case AS_EV_SCALAR:
      if (event->quoted)
        as_buf_addc(&r->out, '"');
      else
        as_buf_printf(&r->out, "%c:", "nbifs"[event->type]);
      as_buf_add(&r->out, event->text.p, event->text.n);
      if (event->quoted) as_buf_addc(&r->out, '"');
      break;
  }
  if (r->how->places) as_buf_printf(&r->out, "@%u:%u", event->line, event->column);
  if (event->kind == AS_EV_KEY) as_buf_addc(&r->out, '=');
  return true;
}

/* The bytes with the padding that readers need, at their exact size, so that a sanitizer sees what is read beyond. */
static inline as_buf padded(const char *bytes, size_t n) {
  as_buf buf = {.data = as_alloc(n + AS_TEXT_PADDING), .len = n, .cap = n + AS_TEXT_PADDING};
  memcpy(buf.data, bytes, n);
  memset(buf.data + n, 0, AS_TEXT_PADDING);
  return buf;
}

static inline how format_how(as_format format) {
  return (how){.options = {.format = format, .document = "t", .limits = as_read_limits_default}};
}

/* What came of the bytes; the last diagnostics as people see them are put into *shown where it is given (freed by the caller). */
static inline char *outcome(const how *h, const char *bytes, size_t n, as_buf *shown) {
  as_buf text = padded(bytes, n);
  as_diags *diags = as_diags_new();
  record_of r = {.how = h};
  bool ok = as_read_events(&text, &h->options, record, &r, diags);
  as_buf_free(&text);
  if (h->quiet) as_buf_printf(&r.out, "%llu", (unsigned long long)r.events);
  if (!r.out.data) as_buf_adds(&r.out, "");
  for (size_t i = 0; i < as_diags_count(diags); i++) {
    const as_diag *d = as_diags_at(diags, i);
    if (!i) as_buf_adds(&r.out, " |");
    as_buf_printf(&r.out, " %s@%u:%u", d->code, d->line, d->column);
    assert_non_null(d->help);
    assert_true(as_utf8_valid(as_str_of(d->message), NULL));
    if (d->source) assert_true(as_utf8_valid(as_str_of(d->source), NULL));
    if (shown) as_diag_format(d, false, shown);
  }
  if (!ok) as_buf_adds(&r.out, " !");
  as_diags_free(diags);
  return r.out.data;
}

static inline void check_bytes(const char *file, int line, const how *h, const char *bytes, size_t n, const char *expected) {
  as_buf shown = {0};
  char *got = outcome(h, bytes, n, &shown);
  if (strcmp(got, expected) != 0)
    print_error("%s:%d: of `%.*s`\n  got      %s\n  expected %s\n%s", file, line, (int)(n < 200 ? n : 200), bytes, got, expected, shown.data ? shown.data : "");
  assert_string_equal(got, expected);
  as_free(got);
  as_buf_free(&shown);
}

/* Text literals, also with NUL bytes in them. */
#define READS_HOW(h, text, expected) check_bytes(__FILE__, __LINE__, (h), (text), sizeof(text) - 1, (expected))
#define READS_BUF(h, buf, expected) check_bytes(__FILE__, __LINE__, (h), (buf).data, (buf).len, (expected))

/* What people are told about the text holds `part`. */
static inline void check_told(const char *file, int line, const how *h, const char *bytes, size_t n, const char *part) {
  as_buf shown = {0};
  as_free(outcome(h, bytes, n, &shown));
  if (!shown.data || !strstr(shown.data, part)) print_error("%s:%d: not told: %s\nbut:\n%s", file, line, part, shown.data ? shown.data : "");
  assert_non_null(shown.data);
  assert_non_null(strstr(shown.data, part));
  as_buf_free(&shown);
}
#define TELLS_HOW(h, text, part) check_told(__FILE__, __LINE__, (h), (text), sizeof(text) - 1, (part))

/* The same by format, with the usual limits. */
#define READS(format, text, expected) \
  do { \
    how usual_ = format_how(format); \
    READS_HOW(&usual_, text, expected); \
  } while (0)
#define TELLS(format, text, part) \
  do { \
    how usual_ = format_how(format); \
    TELLS_HOW(&usual_, text, part); \
  } while (0)

static inline void repeat(as_buf *buf, const char *text, size_t times) {
  for (size_t i = 0; i < times; i++) as_buf_adds(buf, text);
}

#endif
