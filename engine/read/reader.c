/* The readers by format: names, limits, and the way from a text to events or to a tree. */
#include <string.h>
#include <strings.h>

#include "read/reader.h"

#define DEPTH_MOST 1000u /* whatever is asked for: the walkers use the stack */

static const struct {
  as_format format;
  const char *name, *endings[3];
  bool (*read)(as_reader *r);
} formats[] = {
    {AS_FORMAT_YAML, "yaml", {"yaml", "yml"}, as_reader_yaml},
    {AS_FORMAT_JSON, "json", {"json"}, as_reader_json},
    {AS_FORMAT_NDJSON, "ndjson", {"ndjson", "jsonl"}, as_reader_ndjson},
    {AS_FORMAT_CSV, "csv", {"csv", "tsv"}, as_reader_csv},
    {AS_FORMAT_XML, "xml", {"xml", "nessus", "ckl"}, as_reader_xml},
    {AS_FORMAT_TEXT, "text", {NULL}, as_reader_text},
};
#define N_FORMATS (sizeof formats / sizeof formats[0])

as_format as_format_of_path(const char *path) {
  const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
  if (!dot || (slash && slash > dot)) return AS_FORMAT_NONE;
  for (size_t i = 0; i < N_FORMATS; i++)
    for (size_t e = 0; e < 3 && formats[i].endings[e]; e++)
      if (!strcasecmp(dot + 1, formats[i].endings[e])) return formats[i].format;
  return AS_FORMAT_NONE;
}

as_format as_format_of_name(const char *name) {
  for (size_t i = 0; i < N_FORMATS; i++)
    if (!strcmp(name, formats[i].name)) return formats[i].format;
  return AS_FORMAT_NONE;
}

const char *as_format_name(as_format format) {
  for (size_t i = 0; i < N_FORMATS; i++)
    if (formats[i].format == format) return formats[i].name;
  return "none";
}

as_read_limits as_read_limits_for(const as_read_limits *limits, as_format format) {
  as_read_limits own = *limits;
#define OWN(of, member, value) \
  if (format == AS_FORMAT_##of && own.member == as_limits_default.member) own.member = value;
  AS_LIMITS_OF_FORMATS(OWN)
#undef OWN
  if (own.depth > DEPTH_MOST) own.depth = DEPTH_MOST;
  return own;
}

bool as_reader_document(as_reader *r, uint32_t line, uint32_t column, const char *at) {
  if (r->documents++ && r->single) {
    as_reader_report(r, "E0121", line, column, at, "keep one, or put each into a file of its own",
                     "a second document begins here, but this file may hold only one");
    return false;
  }
  return as_reader_emit(r, AS_EV_DOCUMENT, AS_NULL, false, AS_STR(""), line, column);
}

static bool read_text(const as_buf *text, const as_read_options *options, bool single, as_event_fn fn, void *ctx, as_diags *diags) {
  as_reader r = {.text = {"", 0},
                 .format = options->format,
                 .document = options->document,
                 .csv_delimiter = options->csv_delimiter,
                 .csv_skip = options->csv_skip, .left_out = options->left_out,
                 .pattern = options->pattern,
                 .skip = options->skip,
                 .limits = as_read_limits_for(&options->limits, options->format),
                 .fn = fn,
                 .ctx = ctx,
                 .diags = diags,
                 .single = single};
  size_t i = 0;
  while (i < N_FORMATS && formats[i].format != options->format) i++;
  if (i == N_FORMATS) {
    as_reader_report(&r, "E0109", 0, 0, NULL,
                     "files are read whose names end in .yaml .yml .json .ndjson .jsonl .csv .tsv .xml .nessus .ckl; else state `format`",
                     "the format of this file is not known");
    return false;
  }
  if (text->len > r.limits.file_bytes) {
    as_reader_limit(&r, "E0103", 0, 0, NULL, "file-bytes", r.limits.file_bytes, "the file is too large");
    return false;
  }
  as_buf own = {0};
  bool ok = as_reader_decode(&r, text, &own) && formats[i].read(&r);
  as_buf_free(&own);
  return ok;
}

bool as_read_events(const as_buf *text, const as_read_options *options, as_event_fn fn, void *ctx, as_diags *diags) {
  return read_text(text, options, false, fn, ctx, diags);
}

/* ---- trees ---- */

typedef struct {
  as_tree *tree;
  as_node *documents; /* a list */
} collector;

static bool collect(void *ctx, const as_event *event) {
  collector *c = ctx;
  as_node *node = as_tree_feed(c->tree, event);
  if (node) as_node_add(c->documents, node);
  return true;
}

as_node *as_read_tree(as_arena *arena, const as_buf *text, const as_read_options *options, bool many, as_diags *diags) {
  collector c = {.tree = as_tree_new(arena), .documents = as_node_new(arena, AS_LIST)};
  bool ok = read_text(text, options, !many, collect, &c, diags);
  as_tree_free(c.tree);
  if (!ok) return NULL;
  if (many && (options->format == AS_FORMAT_YAML || options->format == AS_FORMAT_NDJSON)) return c.documents;
  as_node *only = c.documents->first;
  if (!only) return as_node_null(arena);
  only->parent = NULL;
  return only;
}
