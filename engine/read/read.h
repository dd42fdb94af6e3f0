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
 *   E0119 `<<` with something else than maps
 *   E0120 too many %TAG directives */
#ifndef AS_READ_READ_H
#define AS_READ_READ_H

#include "base/diag.h"
#include "base/node.h"

typedef enum { AS_FORMAT_NONE, AS_FORMAT_YAML, AS_FORMAT_JSON, AS_FORMAT_NDJSON, AS_FORMAT_CSV } as_format;

/* By the ending of the file's name: yaml yml json ndjson jsonl csv tsv. */
as_format as_format_of_path(const char *path);
/* "yaml" … as in `format:` of the manifest; AS_FORMAT_NONE where unknown. */
as_format as_format_of_name(const char *name);
const char *as_format_name(as_format format);

/* Every limit that a reader keeps. One table: as_read_limits_default has the values, docs/limits.md tells them. The
 * flag of a limit is its name here with '-': --limit-file-bytes. */
typedef struct {
  uint64_t file_bytes;   /* all formats; left at its default: YAML 64 MB, JSON 1 GB */
  uint32_t depth;        /* nesting of lists and maps; at most 1,000 whatever is asked for */
  uint64_t nodes;        /* scalars, lists and maps of one document; left at its default: YAML 10 million; not for CSV */
  uint64_t text_bytes;   /* one scalar */
  uint32_t key_bytes;    /* one key, or name of a column */
  uint32_t yaml_aliases; /* of a file */
  uint64_t yaml_alias_nodes; /* nodes that aliases of a file add; a text counts once more for each 1,024 bytes of it */
  uint32_t yaml_documents;
  uint64_t line_bytes;   /* NDJSON */
  uint64_t records;      /* NDJSON lines, CSV rows */
  uint32_t csv_columns;
} as_read_limits;
extern const as_read_limits as_read_limits_default;
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
} as_read_options;

/* Reads a text that is UTF-8 with or without BOM, or UTF-16 with BOM (converted first). A CSV
 * gives one document: a list of maps from header to cell; a JSON list, map or scalar likewise; NDJSON a document per line;
 * a YAML text without any value gives no document. `text` must have AS_TEXT_PADDING readable zero bytes behind it.
 *
 * Returns false where the document as a whole cannot be trusted (diagnostics say why); forget then what came. Two exceptions:
 * a bad NDJSON line is reported, nothing of it comes, the other lines still do, and the result is false; a CSV row with too
 * many or too few cells is reported (E0156), nothing of it comes, the others do, and the result may be true.
 *
 * YAML: the core schema of 1.2. A plain number that no double holds is a text. Scalars in quotes, in block style or with
 * !!str are `quoted`. Members that `<<` gives come behind the map's own. JSON: integers beyond 64 bits are AS_NUM. CSV: cells
 * without quotes are trimmed; a delimiter is not looked for in a file that ends in .tsv. */
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
