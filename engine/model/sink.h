/* Where the model layer reports to: one place that attaches source lines, keeps `--strict`, and bounds what
 * one document may say. Internal to engine/model. */
#ifndef AS_MODEL_SINK_H
#define AS_MODEL_SINK_H

#include "base/diag.h"

/* Reports of one document that are told one by one; the rest is counted. */
#define AS_SINK_LIMIT 1000

typedef struct {
  as_diags *diags;      /* may be NULL: nothing is told */
  bool strict;          /* warnings become errors */
  const char *document; /* borrowed, or NULL */
  as_str text;          /* the document's text while it is at hand, or {NULL, 0} */
  bool wide;            /* the text is UTF-16 */
  bool big;             /* … with the high byte first */
  size_t at;            /* where line `line` begins */
  uint32_t line;
  uint32_t told, untold;
  bool untold_error;
} as_sink;

void as_sink_open(as_sink *sink, as_diags *diags, bool strict, const char *document, as_str text);
/* Tells how much was not told. */
void as_sink_close(as_sink *sink);
/* Lines are found fastest when they come in rising order. `help` may be NULL. */
void as_sink_report(as_sink *sink, const char *code, as_severity severity, uint32_t line, uint32_t column, const char *help,
                    const char *format, ...) __attribute__((format(printf, 7, 8)));
/* Tells a diagnostic as it is, with its source line; its severity is changed where strict. */
void as_sink_push(as_sink *sink, as_diag *diag);
/* Passes on what was found elsewhere, adding source lines where they are missing and `lines_before` to its lines. */
void as_sink_forward(as_sink *sink, const as_diags *from, uint32_t lines_before);
/* The text of a line, without its end. Appends to out; false where there is no such line or it is too long to show. */
bool as_sink_line(as_sink *sink, uint32_t line, as_buf *out);
/* A text for a message: at most 60 bytes of its first line, in quotes. Appends. */
void as_sink_quote(as_str text, as_buf *out);

#endif
