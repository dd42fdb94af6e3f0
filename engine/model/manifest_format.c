/* What an entry of the manifest says about the format of its documents: `format`, `delimiter`, `pattern` and `skip`. A pattern
 * is compiled here once, so that what is wrong with it is told with its place. Must not open files. */
#include <string.h>
#include <strings.h>

#include "base/regex.h"
#include "model/manifest.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

typedef struct {
  as_sink *sink;
  const as_limits *limits;
  as_arena *arena;
  bool good;
} reader;

static void wrong(reader *r, const char *code, const as_node *node, const char *help, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
static void wrong(reader *r, const char *code, const as_node *node, const char *help, const char *format, ...) {
  as_buf message = {0};
  va_list args;
  va_start(args, format);
  as_buf_vprintf(&message, format, args);
  va_end(args);
  as_sink_report(r->sink, code, AS_ERROR, node->line, node->column, help, "%s", message.data);
  as_buf_free(&message);
  r->good = false;
}

/* A member that is a text, or NULL where there is none. */
static const as_node *text_of(reader *r, const as_node *map, const char *key) {
  const as_node *node = as_node_get(map, key);
  if (!node || node->type == AS_NULL) return NULL;
  if (node->type != AS_LIST && node->type != AS_MAP && node->text.n) return node;
  wrong(r, "E0204", node, NULL, "`%s` must be a text", key);
  return NULL;
}

/* ---- patterns ---- */

/* The column of a character of the pattern, where the pattern stands in its line as it is; else that of the whole. */
static uint32_t column_of(reader *r, const as_node *node, size_t at) {
  as_buf line = {0};
  uint32_t column = node->column;
  if (as_sink_line(r->sink, node->line, &line)) {
    const char *p = line.data, *end = line.data + line.len;
    for (uint32_t i = 1; i < node->column && p < end; i++) {
      p++;
      while (p < end && ((unsigned char)*p & 0xc0) == 0x80) p++;
    }
    const char *found = memmem(p, (size_t)(end - p), node->text.p, node->text.n);
    if (found && found - p <= 1) /* behind its quotation mark */
      for (const char *to = found + at; p < to; p++) column += ((unsigned char)*p & 0xc0) != 0x80;
  }
  as_buf_free(&line);
  return column;
}

/* An empty text where the pattern cannot be used (reported). */
static as_str pattern_of(reader *r, const as_node *node, const char *key, bool names) {
  as_regex_fault fault;
  as_regex *regex = as_regex_new(node->text, r->limits, &fault);
  bool good = regex && (!names || as_regex_names(regex));
  if (!regex) {
    as_sink_report(r->sink, "E0226", AS_ERROR, node->line, column_of(r, node, fault.at),
                   "patterns are regular expressions as in Perl (PCRE2); in YAML they stand best between single quotes", "`%s`: %s", key, fault.message);
    r->good = false;
  } else if (!good) {
    wrong(r, "E0226", node, "name what is to be read: (?<user>\\w+)", "`%s` has no named group, so that it finds no fields", key);
  }
  as_regex_free(regex);
  if (!good) return (as_str){"", 0};
  return (as_str){as_arena_copy(r->arena, node->text.p, node->text.n), node->text.n};
}

static bool ends_in(const char *path, const char *ending) {
  size_t n = path ? strlen(path) : 0, m = strlen(ending);
  return n > m && strcasecmp(path + n - m, ending) == 0;
}

static void read_pattern(reader *r, const as_node *map, as_entry *entry) {
  const as_node *node = text_of(r, map, "pattern");
  if (!node) {
    const as_node *format = as_node_get(map, "format");
    if (entry->format == AS_FORMAT_TEXT)
      wrong(r, "E0204", format, "write what a line is like: pattern: '^(?<at>\\S+) (?<user>\\w+)'", "`format: text` needs a `pattern`");
    return;
  }
  if (entry->format == AS_FORMAT_NONE && (ends_in(entry->path, ".log") || ends_in(entry->path, ".txt"))) entry->format = AS_FORMAT_TEXT;
  if (entry->format != AS_FORMAT_TEXT) {
    bool other = entry->format != AS_FORMAT_NONE || (entry->path && as_format_of_path(entry->path) != AS_FORMAT_NONE);
    wrong(r, "E0204", node, other ? "leave it out, or write `format: text`" : "write `format: text`", "`pattern` is for texts that are read line by line");
    return;
  }
  entry->pattern = pattern_of(r, node, "pattern", true);
}

/* Stated, or told by the name of the file. */
static as_format format_of(const as_entry *entry) {
  return entry->format != AS_FORMAT_NONE || !entry->path ? entry->format : as_format_of_path(entry->path);
}

/* Of a text: a pattern for lines without records. Of a CSV: the number of lines above its header. */
static void read_skip(reader *r, const as_node *map, as_entry *entry) {
  const as_node *node = text_of(r, map, "skip");
  if (!node) return;
  as_format format = format_of(entry);
  if (format == AS_FORMAT_TEXT) {
    entry->skip = pattern_of(r, node, "skip", false);
  } else if (format != AS_FORMAT_CSV) {
    wrong(r, "E0204", node, "state the `format`, or leave it out",
          "`skip` is for texts (a pattern of lines without records) and for CSV (the number of lines above the header)");
  } else if (node->type != AS_INT || node->u.integer < 0 || node->u.integer > 1000) {
    wrong(r, "E0204", node, "write for example `skip: 3`", "`skip` of a CSV is the number of lines above its header, at most 1,000");
  } else {
    entry->skip_lines = (uint32_t)node->u.integer;
  }
}

/* ---- the whole ---- */

static void read_name(reader *r, const as_node *map, as_entry *entry) {
  static const char *const formats[] = {"yaml", "json", "ndjson", "csv", "xml", "text"};
  const as_node *node = text_of(r, map, "format");
  if (!node) return;
  entry->format = as_format_of_name(node->text.p);
  if (entry->format != AS_FORMAT_NONE) return;
  const char *meant = as_suggest(node->text.p, formats, COUNT(formats));
  as_buf help = {0};
  if (meant)
    as_buf_printf(&help, "did you mean `%s`?", meant);
  else
    as_buf_adds(&help, "formats are " AS_FORMATS);
  wrong(r, "E0218", node, help.data, "unknown format `%s`", node->text.p);
  as_buf_free(&help);
}

static void read_delimiter(reader *r, const as_node *map, as_entry *entry) {
  const as_node *node = text_of(r, map, "delimiter");
  if (!node) return;
  const char *delimiter = node->text.p;
  if (format_of(entry) != AS_FORMAT_CSV)
    wrong(r, "E0204", node, "state the `format`, or leave it out", "`delimiter` is for CSV");
  else if (strcmp(delimiter, "tab") == 0 || strcmp(delimiter, "\\t") == 0)
    entry->delimiter = '\t';
  else if (strlen(delimiter) == 1 && strchr(",;|\t", delimiter[0]))
    entry->delimiter = delimiter[0];
  else
    wrong(r, "E0204", node, "it is one of \",\" \";\" \"|\" tab", "`%s` is no delimiter", delimiter);
}

bool as_manifest_format(as_arena *arena, const as_limits *limits, const as_node *map, as_sink *sink, as_entry *entry) {
  reader r = {sink, limits, arena, true};
  read_name(&r, map, entry);
  read_delimiter(&r, map, entry);
  read_pattern(&r, map, entry);
  read_skip(&r, map, entry);
  return r.good;
}
