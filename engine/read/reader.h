/* What the readers of this folder share: the reading at hand, and how a fault of it is told.
 * Private to engine/read. */
#ifndef AS_READ_READER_H
#define AS_READ_READER_H

#include "read/read.h"

typedef struct {
  as_str text; /* UTF-8 without BOM and NUL; AS_TEXT_PADDING bytes of it may be read behind its end */
  bool ascii;  /* no byte above 0x7f: columns are bytes */
  as_format format;
  const char *document;
  char csv_delimiter;
  uint32_t csv_skip;
  uint32_t *left_out; /* counts rows that do not come, or NULL */
  as_str pattern, skip; /* of texts */
  as_read_limits limits; /* those of the format */
  as_event_fn fn;
  void *ctx;
  as_diags *diags;
  size_t shown; /* bytes of source lines that diagnostics hold so far */
  bool single;  /* a second document is an error */
  uint64_t documents;
} as_reader;

bool as_reader_yaml(as_reader *r);
bool as_reader_json(as_reader *r);
bool as_reader_ndjson(as_reader *r);
bool as_reader_csv(as_reader *r);
bool as_reader_xml(as_reader *r);
bool as_reader_text(as_reader *r);

/* Makes r->text of the bytes of a file. What had to be converted is put into *own, which the caller
 * frees after reading. False, and reported, where they are no text. */
bool as_reader_decode(as_reader *r, const as_buf *bytes, as_buf *own);

/* Reports an error. `at` points into r->text, to the character concerned, so that its line can be shown (NULL: unknown). */
void as_reader_report(as_reader *r, const char *code, uint32_t line, uint32_t column, const char *at, const char *help,
                      const char *format, ...) __attribute__((format(printf, 7, 8)));
/* The same as a warning, which does not spoil the reading. */
void as_reader_warn(as_reader *r, const char *code, uint32_t line, uint32_t column, const char *at, const char *help,
                    const char *format, ...) __attribute__((format(printf, 7, 8)));
/* The same at a place whose line and column are not known yet: counts them from the start of the text. */
void as_reader_report_at(as_reader *r, const char *code, const char *at, const char *help, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Reports that `what` breaks the limit `name` (as in --limit-<name>) of `value`. */
void as_reader_limit(as_reader *r, const char *code, uint32_t line, uint32_t column, const char *at, const char *name,
                     uint64_t value, const char *what);

/* Line and column of a place in the text. Slow: counts from the start. */
void as_reader_place(const as_reader *r, const char *at, uint32_t *line, uint32_t *column);
/* Where a line begins, as libyaml counts lines. Slow likewise. */
const char *as_reader_yaml_line(const as_reader *r, uint32_t line);
/* Bytes that continue a UTF-8 character: what a column leaves out. */
size_t as_reader_continuations(const char *p, size_t n);

/* A text short enough for a message, cut with "…". */
typedef struct {
  char text[80];
} as_clip;
as_clip as_clip_of(as_str text);

/* Plain scalars by the YAML 1.2 core schema, and what numbers mean. JSON's are among them. */
as_node_type as_plain_type(as_str text);
bool as_plain_integer(as_str text, int64_t *out);
bool as_plain_number(as_str text, double *out);

/* A document begins. False where the reading ends with it, then reported or stopped. */
bool as_reader_document(as_reader *r, uint32_t line, uint32_t column, const char *at);

static inline bool as_reader_emit(const as_reader *r, as_event_kind kind, as_node_type type, bool quoted, as_str text,
                                  uint32_t line, uint32_t column) {
  as_event event = {kind, type, quoted, text, line, column};
  return r->fn(r->ctx, &event);
}

#endif
