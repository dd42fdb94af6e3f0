/* simdjson behind C: walking one JSON text, checking UTF-8, reading a number.
 * Private to engine/read; implemented in json.cc, the only C++ of the engine. */
#ifndef AS_READ_JSON_H
#define AS_READ_JSON_H

#include "read/keys.h"
#include "read/read.h"

typedef enum {
  AS_JSON_OK,
  AS_JSON_STOPPED, /* the sink wanted no more */
  AS_JSON_SYNTAX,  /* no JSON: as_json_check tells where and why */
  AS_JSON_TOO_LARGE,
  AS_JSON_DEPTH,
  AS_JSON_NODES,
  AS_JSON_TEXT_BYTES,
  AS_JSON_KEY_BYTES,
  AS_JSON_DUPLICATE, /* earlier: the line of the first one */
  AS_JSON_NUL,       /* an escaped NUL character */
  AS_JSON_NUMBER,    /* no double holds it */
  AS_JSON_NUMBER_CHARS
} as_json_status;

typedef struct {
  /* in */
  as_str text;       /* one value; 64 bytes behind its end may be read */
  uint32_t line;     /* in which it begins, in column 1 */
  bool ascii;
  const as_read_limits *limits;
  as_event_fn fn;
  void *ctx;
  /* out, where a status says so */
  const char *at;    /* place of the fault in the text */
  uint32_t at_line, at_column, earlier;
  as_str word;       /* the key or number concerned, valid until the next walk */
} as_json_job;

/* A parser whose memory serves one text after the other. */
typedef struct as_json as_json;
as_json *as_json_new(void);
void as_json_free(as_json *json);
as_json_status as_json_walk(as_json *json, as_json_job *job);

bool as_json_utf8(as_str text);
/* Decimal number without sign; false where it is none, or beyond a double. */
bool as_json_double(as_str text, double *out);

/* What is wrong with a text that is no JSON, found by reading it slowly and strictly (json_check.c). */
typedef struct {
  const char *code, *help;
  const char *at; /* in the text */
  char message[200];
} as_json_fault;
/* True where nothing is wrong. The text begins in `line`; with `ndjson` it is one line. */
bool as_json_check(as_str text, uint32_t line, bool ndjson, uint32_t depth, as_json_fault *fault);

#endif
