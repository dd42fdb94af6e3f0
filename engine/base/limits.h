/* Every limit that can be raised, in one table: readers, bundles, patterns, rules, the command line and the documentation
 * are made of it. Knows no format and no command.
 *
 * A row is X(member, NAME, type, default, what it bounds). The flag of a limit is --limit-<name>, a message that a limit was
 * met tells its name. Types: SIZE (bytes), COUNT, SECONDS (a double). */
#ifndef AS_BASE_LIMITS_H
#define AS_BASE_LIMITS_H

#include <stdint.h>

#include "base/mem.h"

#define AS_LIMIT_KB UINT64_C(1024)
#define AS_LIMIT_MB (UINT64_C(1024) * AS_LIMIT_KB)
#define AS_LIMIT_GB (UINT64_C(1024) * AS_LIMIT_MB)

/* Of documents: what one reading may hold. Of a bundle, beside its documents. Of patterns (text formats, and `re` in rules). */
#define AS_LIMITS_OF_READERS(X)                                                                                        \
  X(file_bytes, "file-bytes", SIZE, 4 * AS_LIMIT_GB, "one document")                                                   \
  X(depth, "depth", COUNT, 64, "lists, maps or elements within one another; at most 1,000")                            \
  X(nodes, "nodes", COUNT, 100000000, "values of one file (NDJSON: of one line); not of CSV and text")                 \
  X(text_bytes, "text-bytes", SIZE, AS_LIMIT_MB, "one value")                                                          \
  X(key_bytes, "key-bytes", SIZE, AS_LIMIT_KB, "one key, or name of a column, element or attribute")                   \
  X(number_chars, "number-chars", COUNT, 64, "characters of one JSON number")                                          \
  X(line_bytes, "line-bytes", SIZE, AS_LIMIT_MB, "one line of NDJSON or text")                                         \
  X(records, "records", COUNT, 50000000, "lines of NDJSON or text, rows of CSV")                                       \
  X(csv_columns, "csv-columns", COUNT, 1000, "columns of CSV")                                                         \
  X(yaml_aliases, "yaml-aliases", COUNT, 1000, "aliases of a YAML file")                                               \
  X(yaml_alias_nodes, "yaml-alias-nodes", COUNT, 100000, "values that the aliases of a YAML file add")                 \
  X(yaml_documents, "yaml-documents", COUNT, 1000, "documents of a YAML file")

#define AS_LIMITS_OF_BUNDLES(X)                                                                                        \
  X(manifest_bytes, "manifest-bytes", SIZE, 4 * AS_LIMIT_MB, "the manifest, bundle.yaml")                              \
  X(members, "members", COUNT, 20000, "files of a bundle; members of an archive")                                      \
  X(path_bytes, "path-bytes", SIZE, 512, "the path of a file in a bundle")                                             \
  X(name_bytes, "name-bytes", SIZE, 255, "one part of such a path")                                                    \
  X(path_depth, "path-depth", COUNT, 16, "parts of such a path")                                                       \
  X(bundle_bytes, "bundle-bytes", SIZE, 8 * AS_LIMIT_GB, "all files of a bundle together, unpacked")                   \
  X(archive_bytes, "archive-bytes", SIZE, 2 * AS_LIMIT_GB, "an archive as it is")                                      \
  X(archive_ratio, "archive-ratio", COUNT, 200, "times that an archive may grow when unpacked, after the first MB")     \
  X(read_seconds, "read-time", SECONDS, 600, "the reading of one bundle; not of standard input")

#define AS_LIMITS_OF_PATTERNS(X)                                                                                       \
  X(pattern_bytes, "pattern-bytes", SIZE, 4 * AS_LIMIT_KB, "one regular expression")                                   \
  X(pattern_depth, "pattern-depth", COUNT, 100, "parentheses of a regular expression within one another")              \
  X(match_steps, "match-steps", COUNT, 1000000, "steps of one match")                                                  \
  X(match_bytes, "match-bytes", SIZE, 20 * AS_LIMIT_MB, "memory of one match")                                         \
  X(match_depth, "match-depth", COUNT, 10000, "ways that one match keeps open")                                        \
  X(match_seconds, "match-time", SECONDS, 10, "time of all matches in one text document")

#define AS_LIMITS_OF_RULES(X)                                                                                          \
  X(memory, "memory", SIZE, 64 * AS_LIMIT_MB, "memory of one rule")                                                    \
  X(seconds, "time", SECONDS, 5, "time of one rule")                                                                   \
  X(steps, "steps", COUNT, 0, "instructions of one rule, the same on every machine")

#define AS_LIMITS(X) AS_LIMITS_OF_READERS(X) AS_LIMITS_OF_BUNDLES(X) AS_LIMITS_OF_PATTERNS(X) AS_LIMITS_OF_RULES(X)

/* Limits of one format that differ: F(format, member, default). They hold where a limit is left at its default. */
#define AS_LIMITS_OF_FORMATS(F)               \
  F(YAML, file_bytes, 64 * AS_LIMIT_MB)       \
  F(YAML, nodes, 10000000)                    \
  F(JSON, file_bytes, AS_LIMIT_GB)            \
  F(XML, file_bytes, AS_LIMIT_GB)             \
  F(TEXT, file_bytes, 64 * AS_LIMIT_MB)       \
  F(TEXT, line_bytes, 64 * AS_LIMIT_KB)       \
  F(TEXT, records, 5000000)

typedef uint64_t as_limit_SIZE;
typedef uint64_t as_limit_COUNT;
typedef double as_limit_SECONDS;

typedef struct {
#define AS_LIMIT_MEMBER(member, name, type, value, what) as_limit_##type member;
  AS_LIMITS(AS_LIMIT_MEMBER)
#undef AS_LIMIT_MEMBER
} as_limits;

/* `steps` 0: not counted. */
extern const as_limits as_limits_default;

typedef enum { AS_LIMIT_SIZE, AS_LIMIT_COUNT, AS_LIMIT_SECONDS } as_limit_type;

/* A row, for those who go through the table. */
typedef struct {
  const char *name, *what;
  as_limit_type type;
  size_t offset; /* of the member in as_limits */
} as_limit_row;
extern const as_limit_row as_limit_rows[];
extern const size_t as_limit_count;

/* The value of a row as people write it: "64 MB", "1,000", "5 s", "none". Appends. */
void as_limit_show(const as_limits *limits, const as_limit_row *row, as_buf *out);
/* The same for a number of bytes, or for another one. */
void as_limit_show_value(uint64_t value, bool bytes, as_buf *out);

#endif
