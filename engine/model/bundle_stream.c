/* Bundles without a folder: standard input, or a single file. The documents of the stream stand one behind the
 * other; the first may be the manifest, the others say of which kind they are. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "model/bundle_inside.h"
#include "model/scratch.h"

/* ---- what the first document is ---- */

typedef struct {
  as_arena *arena;
  as_scratch scratch;
  as_map *keys;
  as_node *root;
  uint32_t documents, depth;
  bool is_map, for_tree;
} first_look;

static bool on_event(void *ctx, const as_event *event) {
  first_look *look = ctx;
  if (event->kind == AS_EV_DOCUMENT) return ++look->documents == 1;
  if (look->for_tree) {
    as_node *root = as_scratch_feed(&look->scratch, event);
    if (root) look->root = root;
    return root == NULL;
  }
  if (look->depth == 0) {
    look->is_map = event->kind == AS_EV_MAP;
    look->depth = 1;
    return look->is_map;
  }
  if (look->depth == 1 && event->kind == AS_EV_KEY) {
    const char *key = as_arena_copy(look->arena, event->text.p, event->text.n);
    as_map_put(look->keys, (as_str){key, event->text.n}, look);
    return !as_str_is(event->text, "records") && !as_str_is(event->text, "schema");
  }
  if (event->kind == AS_EV_LIST || event->kind == AS_EV_MAP) look->depth++;
  if (event->kind == AS_EV_END) look->depth--;
  return look->depth > 0;
}

static bool has(const first_look *look, const char *key) { return as_map_get(look->keys, as_str_of(key)) != NULL; }

/* The manifest, where the first document of the text is one; it has `schema`, or what no other document has. */
static as_node *first_manifest(as_bundling *b, const as_read_options *how, const as_buf *text) {
  as_diags *unheard = as_diags_new();
  as_arena *scratch = as_arena_new();
  first_look look = {.arena = scratch, .keys = as_map_new()};
  as_read_events(text, how, on_event, &look, unheard);
  bool is_one = look.is_map && !has(&look, "records") && !has(&look, "kind") &&
                (has(&look, "schema") || has(&look, "organization") || has(&look, "as_of") || has(&look, "documents"));
  as_map_free(look.keys);
  if (is_one) {
    look = (first_look){.arena = b->arena, .for_tree = true, .scratch = {.arena = b->arena}};
    as_read_events(text, how, on_event, &look, unheard);
  }
  as_diags_free(unheard);
  as_arena_free(scratch);
  return is_one ? look.root : NULL;
}

/* True where the first document was the manifest. */
static bool take_manifest(as_bundling *b, const as_read_options *how, const as_buf *text, as_bundle_status *status) {
  as_node *root = first_manifest(b, how, text);
  if (!root) return false;
  as_sink_open(&b->manifest_sink, b->diags, b->options->strict, how->document, (as_str){b->text.data, b->text.len});
  *status = as_bundling_manifest(b, root, how->document);
  if (*status == AS_BUNDLE_OK && b->manifest.count) {
    const as_entry *entry = &b->manifest.entries[0];
    as_sink_report(&b->manifest_sink, "E0224", AS_ERROR, entry->line, entry->column,
                   "put {kind, records} behind the manifest, or make a folder with bundle.yaml", "a stream has no files that could be listed");
    *status = AS_BUNDLE_INVALID;
  }
  return true;
}

/* ---- JSON values one behind the other ---- */

/* The end of the value that begins at `at`: behind its last bracket. */
static size_t value_end(as_str text, size_t at) {
  uint32_t depth = 0;
  bool quoted = false;
  for (size_t i = at; i < text.n; i++) {
    char c = text.p[i];
    if (quoted) {
      if (c == '\\')
        i++;
      else if (c == '"')
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']') {
      if (depth <= 1) return i + 1;
      depth--;
    }
  }
  return text.n;
}

static size_t skip_blanks(as_str text, size_t at, bool commas) {
  while (at < text.n && (strchr(" \t\r\n", text.p[at]) || (commas && text.p[at] == ','))) at++;
  return at;
}

static void read_value(as_bundling *b, as_ingest_options options, as_str value, uint32_t lines_before) {
  as_buf copy = {0};
  as_buf_add(&copy, value.p, value.n);
  static const char padding[AS_TEXT_PADDING];
  as_buf_add(&copy, padding, sizeof padding);
  copy.len = value.n;
  options.lines_before = lines_before;
  options.whole = (as_str){b->text.data, b->text.len};
  if (!as_ingest(&b->reading, &options, &copy)) b->out->incomplete = true;
  as_buf_free(&copy);
}

static as_bundle_status read_values(as_bundling *b, const as_ingest_options *options) {
  as_str text = {b->text.data, b->text.len};
  as_bundle_status status = AS_BUNDLE_OK;
  size_t at = text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  at = skip_blanks(text, at, false);
  bool list = !options->stem && at < text.n && text.p[at] == '['; /* a list of documents */
  if (list) at++;
  uint32_t lines = 0;
  size_t counted = 0;
  as_read_options how = {.format = AS_FORMAT_JSON, .document = options->path, .limits = b->options->limits};
  for (bool first = true; status == AS_BUNDLE_OK; first = false) {
    at = skip_blanks(text, at, list && !first);
    if (at >= text.n) break;
    if (list && text.p[at] == ']') {
      at = skip_blanks(text, at + 1, false);
      if (at >= text.n) break;
    }
    size_t end = value_end(text, at);
    for (; counted < at; counted++) lines += text.p[counted] == '\n';
    as_str value = {text.p + at, end - at};
    as_buf slice = {0};
    bool manifest = false;
    if (first) {
      as_buf_add(&slice, value.p, value.n);
      static const char padding[AS_TEXT_PADDING];
      as_buf_add(&slice, padding, sizeof padding);
      slice.len = value.n;
      manifest = take_manifest(b, &how, &slice, &status);
      as_buf_free(&slice);
    }
    if (!manifest) {
      as_ingest_options one = *options;
      one.entry = &b->manifest.defaults;
      read_value(b, one, value, lines);
    }
    at = end;
  }
  return status;
}

/* ---- the stream ---- */

static as_bundle_status read_documents(as_bundling *b, const char *path, as_format format, const as_kind *stem) {
  char sha256[65];
  as_sha256_hex(b->text.data, b->text.len, sha256);
  as_ingest_options options = {.entry = &b->manifest.defaults,
                               .stem = stem,
                               .path = path,
                               .format = format,
                               .bytes = b->text.len,
                               .sha256 = sha256};
  if (format == AS_FORMAT_JSON) return read_values(b, &options);
  as_bundle_status status = AS_BUNDLE_OK;
  as_read_options how = {.format = format, .document = path, .limits = b->options->limits};
  if (format == AS_FORMAT_YAML && take_manifest(b, &how, &b->text, &status)) options.skip = 1;
  if (status == AS_BUNDLE_OK && !as_ingest(&b->reading, &options, &b->text)) b->out->incomplete = true;
  return status;
}

/* Reads standard input whole. An archive may be larger than a text. */
static bool read_input(as_bundling *b) {
  const as_limits *limits = &b->options->limits;
  char piece[65536];
  uint64_t most = limits->file_bytes;
  const char *name = "file-bytes";
  for (;;) {
    ssize_t n = read(STDIN_FILENO, piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      as_diags_add(b->diags, "E0219", AS_ERROR, "-", 0, 0, NULL, "standard input cannot be read: %s", strerror(errno));
      return false;
    }
    if (n == 0) break;
    bool first = b->text.len < 512;
    as_buf_add(&b->text, piece, (size_t)n);
    if (first && as_files_is_archive_text((as_str){b->text.data, b->text.len})) {
      most = limits->archive_bytes;
      name = "archive-bytes";
    }
    if (b->text.len > most) {
      as_diags_add(b->diags, "E0219", AS_ERROR, "-", 0, 0, NULL, "standard input is too large; the limit %s is %llu (--limit-%s)", name, (unsigned long long)most, name);
      return false;
    }
  }
  static const char padding[AS_TEXT_PADDING];
  size_t n = b->text.len;
  as_buf_add(&b->text, padding, sizeof padding);
  b->text.len = n;
  return true;
}

as_bundle_status as_bundling_stream(as_bundling *b) {
  if (!read_input(b)) return AS_BUNDLE_INVALID;
  as_str text = {b->text.data, b->text.len};
  if (as_files_is_archive_text(text)) {
    as_sink_open(&b->files_sink, b->diags, b->options->strict, "-", (as_str){NULL, 0});
    b->archive = b->text;
    b->text = (as_buf){0};
    b->files = as_files_archive(-1, text, &b->options->limits, &b->files_sink);
    return b->files ? as_bundling_files(b) : AS_BUNDLE_INVALID;
  }
  size_t at = skip_blanks(text, text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, false);
  bool json = at < text.n && (text.p[at] == '{' || text.p[at] == '[');
  return read_documents(b, "-", json ? AS_FORMAT_JSON : AS_FORMAT_YAML, NULL);
}

as_bundle_status as_bundling_file(as_bundling *b) {
  const char *path = b->options->path, *why;
  as_format format = as_format_of_path(path);
  if (format == AS_FORMAT_NONE) {
    as_diags_add(b->diags, "E0218", AS_ERROR, path, 0, 0, "a bundle is a folder, an archive (.tar, .tar.gz, .tgz, .tar.zst, .zip), or a file that ends in yaml, json, ndjson or csv",
                 "the ending of the file's name does not tell its format");
    return AS_BUNDLE_INVALID;
  }
  if (!as_file_read(AT_FDCWD, path, as_read_limits_for(&b->options->limits, format).file_bytes, &b->text, &why)) {
    as_diags_add(b->diags, "E0219", AS_ERROR, path, 0, 0, strstr(why, "larger") ? "split it, or raise the limit with --limit-file-bytes" : NULL, "cannot be read: %s", why);
    return AS_BUNDLE_INVALID;
  }
  return read_documents(b, path, format, as_bundle_stem(b->kinds, path));
}
