/* Readers: one per format, all giving the same events with line and column.
 *
 * Nothing after this layer knows a file format. A reader never keeps a text: what an event
 * points to is valid until the callback returns. No text, key or name that comes from here holds a
 * NUL character, and all of them are valid UTF-8.
 *
 * Diagnostics, all errors:
 *   E0101 no UTF-8, and no UTF-16 with its mark    E0121 a second document where one is wanted
 *   E0102 a NUL character                          E0130 no JSON
 *   E0103 limit file-bytes                         E0131 JSON that is cut off
 *   E0104 limit depth                              E0132 a number that no double holds
 *   E0105 limit nodes                              E0133 something behind the JSON value
 *   E0106 limit text-bytes                         E0134 an empty text instead of JSON
 *   E0107 limit key-bytes                          E0140 limit line-bytes (the line is left out)
 *   E0108 a key twice in one map                   E0141 limit records
 *   E0109 a format that is not known               E0150 CSV without a header line
 *   E0110 no YAML                                  E0151 a quote in CSV that is never closed
 *   E0111 a tag that is not known                  E0152 a quote in CSV where none may stand
 *   E0112 a value that does not fit its tag        E0153 two columns of one name
 *   E0113 a list or map as key, or none            E0154 a column without a name
 *   E0114 an alias without anchor                  E0155 limit csv-columns
 *   E0115 an alias within its anchor               E0156 a row with more or fewer cells than the header (it
 *   E0116 limit yaml-aliases                             is left out; the reading goes on and may give true)
 *   E0117 limit yaml-alias-nodes                   E0157 a delimiter that cannot be one
 *   E0118 limit yaml-documents
 *   E0119 `<<` with something else than maps        E0160 no XML
 *   E0120 too many %TAG directives                  E0161 XML that is cut off
 *   E0135 limit number-chars                        E0162 XML that declares entities or default attributes
 *   E0170 a pattern for text that cannot be used    E0163 an entity in XML that is not known
 *   E0171 a limit met by that pattern               E0164 XML in an encoding that is not read
 *   E0172 text of which no line fits its pattern
 *   W0173 lines of text that do not fit it (a warning; they are left out) */
#ifndef AS_READ_READ_H
#define AS_READ_READ_H

#include "base/diag.h"
#include "base/limits.h"
#include "base/node.h"

typedef enum {
  AS_FORMAT_NONE,
  AS_FORMAT_YAML,
  AS_FORMAT_JSON,
  AS_FORMAT_NDJSON,
  AS_FORMAT_CSV,
  AS_FORMAT_XML,
  AS_FORMAT_TEXT
} as_format;
/* The names of the formats, for messages. */
#define AS_FORMATS "yaml, json, ndjson, csv, xml and text"

/* By the ending of the file's name: yaml yml json ndjson jsonl csv tsv xml nessus ckl. Never AS_FORMAT_TEXT, which needs a pattern. */
as_format as_format_of_path(const char *path);
/* CSV and text: records are rows, and nothing is within anything. */
static inline bool as_format_is_table(as_format format) { return format == AS_FORMAT_CSV || format == AS_FORMAT_TEXT; }
/* "yaml" … as in `format:` of the manifest; AS_FORMAT_NONE where unknown. */
as_format as_format_of_name(const char *name);
const char *as_format_name(as_format format);

/* The limits that a reader keeps are among those of base/limits.h, under their names there: --limit-file-bytes. */
typedef as_limits as_read_limits;
#define as_read_limits_default as_limits_default
/* The limits that hold for one format: what stands at its default gets the format's own. Use its file_bytes when reading the file. */
as_read_limits as_read_limits_for(const as_read_limits *limits, as_format format);

typedef enum {
  AS_EV_DOCUMENT, /* a document begins: always one for JSON and CSV, one a line for NDJSON, one or more for YAML */
  AS_EV_LIST, AS_EV_MAP, AS_EV_END,
  AS_EV_KEY,      /* text */
  AS_EV_SCALAR    /* type (AS_NULL to AS_TEXT), text, quoted */
} as_event_kind;

typedef struct {
  as_event_kind kind;
  as_node_type type; /* of a scalar, by the YAML 1.2 core schema or JSON. CSV: AS_TEXT; AS_NULL for an empty unquoted or quoted cell */
  bool quoted;
  as_str text;       /* the scalar as written, after unescaping; numbers keep their source text */
  uint32_t line, column; /* of a value that an alias repeats: where its anchor has it */
} as_event;

/* Returns false to stop the reader (the reader then returns false without a diagnostic). */
typedef bool (*as_event_fn)(void *ctx, const as_event *event);

typedef struct {
  as_format format;
  const char *document;   /* name for diagnostics */
  as_read_limits limits;
  char csv_delimiter;     /* 0: detect among , ; TAB | from the header line */
  uint32_t csv_skip;      /* lines above the header line */
  uint32_t *left_out;     /* counts the CSV rows that do not come (E0156), or NULL */
  as_str pattern;         /* of AS_FORMAT_TEXT: what a line is like; its named groups are the fields */
  as_str skip;            /* lines that are left out without a word; n 0: none but blank ones */
} as_read_options;

/* Reads a text that is UTF-8 with or without BOM, or UTF-16 with BOM (converted first). A CSV
 * gives one document: a list of maps from header to cell; a text a list of maps from the pattern's groups to what they hold; a
 * JSON list, map or scalar likewise; NDJSON a document per line; a YAML text without any value gives no document. `text` must have AS_TEXT_PADDING readable zero bytes behind it.
 *
 * Returns false where the document as a whole cannot be trusted (diagnostics say why); forget then what came. Two exceptions:
 * a bad NDJSON line is reported, nothing of it comes, the other lines still do, and the result is false; a CSV row with too
 * many or too few cells is reported (E0156), nothing of it comes, the others do, and the result may be true.
 *
 * YAML: the core schema of 1.2. A plain number that no double holds is a text. Scalars in quotes, in block style or with
 * !!str are `quoted`. Members that `<<` gives come behind the map's own. JSON: integers beyond 64 bits are AS_NUM. CSV: cells
 * without quotes are trimmed; a delimiter is not looked for in a file that ends in .tsv.
 *
 * XML gives one document, its root element. An element is a map: its attributes as `@name`, then its child elements by name,
 * as they come: **a name that repeats comes as the same key again** (as_tree makes a list of them). Without attributes and
 * children it is a scalar: its text, trimmed; null where there is none. Text beside attributes or children is the member
 * `text()`, which comes last: the text of all that is within. Prefixes and xsi: and xml: attributes are dropped. */
bool as_read_events(const as_buf *text, const as_read_options *options, as_event_fn fn, void *ctx, as_diags *diags);

/* Reads a whole text into a tree, for manifests, schemas and configuration. With `many`, YAML and NDJSON give a list of their
 * documents, however many there are; without, more than one is an error (E0121), and an empty YAML or NDJSON text gives a null node.
 * NULL on error (diagnostics say why). */
as_node *as_read_tree(as_arena *arena, const as_buf *text, const as_read_options *options, bool many, as_diags *diags);

/* Builds nodes from events: feed every event of one value. Texts are copied into the arena, which is borrowed. */
typedef struct as_tree as_tree;
as_tree *as_tree_new(as_arena *arena);
void as_tree_free(as_tree *tree);
/* NULL while incomplete, else the value, after which the builder is ready for the next one. AS_EV_DOCUMENT drops what is incomplete. */
as_node *as_tree_feed(as_tree *tree, const as_event *event);

#endif
