/* Diagnostics: what is wrong, where, and what to do about it.
 *
 * A code is stable and unique: E0101 and so on. The ranges are
 *   01 reading texts   02 bundle and manifest   03 records   04 kinds
 *   05 packs and rules 06 running rules         07 command line and config
 *   08 store */
#ifndef AS_BASE_DIAG_H
#define AS_BASE_DIAG_H

#include "base/str.h"

typedef enum { AS_ERROR, AS_WARNING, AS_NOTE } as_severity;

typedef struct {
  const char *code; /* "E0301"; static */
  as_severity severity;
  const char *document; /* path as the user knows it, or NULL */
  uint32_t line, column; /* from 1; 0 where unknown; columns count characters */
  const char *message;
  const char *help;   /* or NULL */
  const char *source; /* the text of the line, or NULL */
} as_diag;

/* A growing list; all texts are copied into its own arena. Holds at most
 * AS_DIAG_MAX; what comes later is only counted. */
#define AS_DIAG_MAX 10000
typedef struct as_diags as_diags;
as_diags *as_diags_new(void);
void as_diags_free(as_diags *diags);
/* Copies `diag` and every text in it. */
void as_diags_push(as_diags *diags, const as_diag *diag);
/* Message by format, for the common case. `help` may be NULL. */
void as_diags_add(as_diags *diags, const char *code, as_severity severity, const char *document, uint32_t line,
                  uint32_t column, const char *help, const char *format, ...) __attribute__((format(printf, 8, 9)));
size_t as_diags_count(const as_diags *diags);
size_t as_diags_errors(const as_diags *diags);
size_t as_diags_dropped(const as_diags *diags);
/* Borrowed until the next push. */
as_diag *as_diags_at(const as_diags *diags, size_t i);
/* Stable order: document, line, column, code. Ties keep the order of arrival. */
void as_diags_sort(as_diags *diags);

/* `file:line:col: error[E0123]: text`, the source line with a caret, `help: …`; every
 * text is made safe to show. `color` adds SGR sequences, never alone meaning. Appends. */
void as_diag_format(const as_diag *diag, bool color, as_buf *out);

#endif
