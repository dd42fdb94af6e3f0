/* Bundles: finds the manifest and the documents of a folder, a file or a stream, reads them in order, settles the
 * moment that is judged, and seals the model. Must not know a file format. */
#include "model/bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "model/archive_inside.h"
#include "model/libarchive.h"
#include "model/bundle_inside.h"
#include "model/store.h"

#define SUGGESTED_MOST 20u /* each compares a path with those of all files */

/* ---- names ---- */

const as_kind *as_bundle_stem(const as_kinds *kinds, const char *path) {
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  const char *last = strrchr(name, '.');
  as_buf stem = {0};
  as_word_fold((as_str){name, last ? (size_t)(last - name) : strlen(name)}, &stem);
  const as_kind *kind = as_kinds_find(kinds, (as_str){stem.data, stem.len});
  if (!kind) { /* accounts.okta.csv */
    stem.len = 0;
    as_word_fold((as_str){name, strcspn(name, ".")}, &stem);
    kind = as_kinds_find(kinds, (as_str){stem.data, stem.len});
  }
  as_buf_free(&stem);
  return kind;
}

static const char *base_name(as_arena *arena, const char *path) {
  char *real = realpath(path, NULL);
  const char *whole = real ? real : path;
  size_t n = strlen(whole);
  while (n > 1 && whole[n - 1] == '/') n--;
  size_t from = n;
  while (from && whole[from - 1] != '/') from--;
  const char *name = as_arena_copy(arena, whole + from, n - from);
  free(real);
  return name;
}

/* ---- the manifest ---- */

static as_bundle_status read_manifest(as_bundling *b) {
  const char *why;
  if (as_files_type(b->files, MANIFEST) == AS_FILE_ABSENT) return AS_BUNDLE_OK;
  if (!as_files_read(b->files, MANIFEST, b->options->limits.manifest_bytes, &b->manifest_text, &why)) {
    as_sink_open(&b->manifest_sink, b->diags, b->options->strict, MANIFEST, (as_str){NULL, 0});
    as_sink_report(&b->manifest_sink, "E0201", AS_ERROR, 0, 0, "the limit of its size is --limit-manifest-bytes", "the manifest cannot be read: %s", why);
    return AS_BUNDLE_INVALID;
  }
  as_sink_open(&b->manifest_sink, b->diags, b->options->strict, MANIFEST, (as_str){b->manifest_text.data, b->manifest_text.len});
  as_read_options how = {.format = AS_FORMAT_YAML, .document = MANIFEST, .limits = b->options->limits};
  as_diags *found = as_diags_new();
  const as_node *root = as_read_tree(b->arena, &b->manifest_text, &how, false, found);
  as_sink_forward(&b->manifest_sink, found, 0);
  as_diags_free(found);
  if (!root) return AS_BUNDLE_INVALID;
  return as_bundling_manifest(b, root, MANIFEST);
}

as_bundle_status as_bundling_manifest(as_bundling *b, const as_node *root, const char *document) {
  if (!as_manifest_read(b->arena, b->kinds, &b->options->limits, root, &b->manifest_sink, &b->manifest)) return AS_BUNDLE_INVALID;
  b->has_manifest = true;
  b->reading.manifest = &b->manifest_sink;
  b->out->organization = b->manifest.organization;
  b->out->period = b->manifest.period;
  if (b->manifest.name) b->out->name = b->manifest.name;
  const as_kind *kind = as_kinds_find(b->kinds, AS_STR("organization"));
  if (!b->manifest.organization || !kind) return AS_BUNDLE_OK;
  as_document *organization = as_model_add_document(b->model, document);
  organization->kind = kind;
  organization->bytes = b->manifest_text.len;
  if (b->manifest_text.data) as_sha256_hex(b->manifest_text.data, b->manifest_text.len, organization->sha256);
  as_diags *found = as_diags_new();
  as_model_add_record(b->model, organization, kind, b->manifest.organization, found);
  as_sink_forward(&b->manifest_sink, found, 0);
  as_diags_free(found);
  return AS_BUNDLE_OK;
}

/* ---- documents ---- */

static void tell_unreadable(as_sink *sink, uint64_t most, const char *why) {
  bool large = strstr(why, "larger") != NULL;
  if (!large) {
    as_sink_report(sink, "E0219", AS_ERROR, 0, 0, NULL, "cannot be read: %s", why);
    return;
  }
  as_sink_report(sink, "E0103", AS_ERROR, 0, 0, "split the file; if it is right and comes from somebody you trust, raise the limit with --limit-file-bytes=N",
                 "the file is too large; the limit file-bytes is %llu", (unsigned long long)most);
}

/* Reads one file and what it holds. */
static void read_file(as_bundling *b, const as_entry *entry, const char *path) {
  as_ingest_options options = {.entry = entry, .stem = as_bundle_stem(b->kinds, path), .path = path, .format = entry->format};
  if (options.format == AS_FORMAT_NONE) options.format = as_format_of_path(path);
  as_buf text = {0};
  const char *why = NULL;
  char sha256[65];
  as_sink sink;
  as_sink_open(&sink, b->diags, b->options->strict, path, (as_str){NULL, 0});
  bool good = true;
  uint64_t most = as_read_limits_for(&b->options->limits, options.format).file_bytes;
  if (options.format == AS_FORMAT_NONE) {
    as_sink_report(&sink, "E0218", AS_ERROR, 0, 0, "say its `format` in the manifest: " AS_FORMATS,
                   "the ending of the file's name does not tell its format");
    good = false;
  } else if (!as_files_read(b->files, path, most, &text, &why)) {
    tell_unreadable(&sink, most, why);
    good = false;
  } else {
    options.bytes = text.len;
    options.sha256 = sha256;
    as_sha256_hex(text.data, text.len, sha256);
    if (entry->sha256 && strcmp(entry->sha256, sha256) != 0) {
      as_sink_report(&sink, "E0210", AS_ERROR, 0, 0, "it was changed after the manifest was written, or the manifest is of another file",
                     "its SHA-256 is %s, the manifest says %s", sha256, entry->sha256);
      good = false;
    }
  }
  if (good)
    good = as_ingest(&b->reading, &options, &text);
  else
    as_ingest_lost(&b->reading, &options);
  if (!good) b->out->incomplete = true;
  as_buf_free(&text);
}

static bool is_listed(const as_bundling *b, const char *path) { return as_map_get(b->listed, as_str_of(path)) != NULL; }

static void note_listed(as_bundling *b) {
  b->listed = as_map_new();
  for (size_t i = 0; i < b->manifest.count; i++) {
    as_entry *entry = &b->manifest.entries[i];
    if (entry->path && !entry->is_pattern) as_map_put(b->listed, as_str_of(entry->path), entry);
  }
}

static int compare_paths(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void take(const as_bundling *b, const char *path, bool *taken) {
  char *const *found = bsearch(&path, b->paths->paths, b->paths->count, sizeof path, compare_paths);
  if (found) taken[found - b->paths->paths] = true;
}

/* Nothing is where the entry points to. */
static void tell_absent(as_bundling *b, const as_entry *entry) {
  as_buf help = {0};
  const char *what = "there is no such file";
  as_file_type type = entry->is_pattern ? AS_FILE_ABSENT : as_files_type(b->files, entry->path);
  if (entry->is_pattern) {
    what = "no file matches";
  } else if (type == AS_FILE_FOLDER) {
    what = "this is a folder";
    as_buf_printf(&help, "write `%s/**`", entry->path);
  } else if (type != AS_FILE_ABSENT) {
    what = type == AS_FILE_LINK ? "this is a symbolic link, and links are not followed" : "this is no regular file";
  } else if (b->suggested++ < SUGGESTED_MOST) {
    const char *meant = as_suggest(entry->path, (const char *const *)b->paths->paths, b->paths->count);
    if (meant) as_buf_printf(&help, "did you mean `%s`?", meant);
  }
  as_sink_report(&b->manifest_sink, "E0208", AS_ERROR, entry->line, entry->column, help.data, "`%s`: %s", entry->path, what);
  as_buf_free(&help);
  as_ingest_options options = {.entry = entry, .stem = as_bundle_stem(b->kinds, entry->path), .path = entry->path};
  as_ingest_lost(&b->reading, &options);
  b->out->incomplete = true;
}

static bool is_plain_file(const as_bundling *b, const char *path) { return as_files_type(b->files, path) == AS_FILE_REGULAR; }

static void read_entry(as_bundling *b, as_entry *entry, bool *taken) {
  bool broken = false; /* its map: told once */
  for (size_t i = 0; i < b->paths->count && entry->is_pattern; i++) {
    const char *path = b->paths->paths[i];
    if (!as_glob_match(entry->path, path) || strcmp(path, MANIFEST) == 0) continue;
    entry->files++;
    if (taken[i]) continue;
    taken[i] = true;
    if (broken || is_listed(b, path)) continue;
    bool before = b->reading.manifest_broken;
    b->reading.manifest_broken = false;
    read_file(b, entry, path);
    broken = b->reading.manifest_broken;
    b->reading.manifest_broken = before || broken;
  }
  if (!entry->is_pattern && is_plain_file(b, entry->path)) {
    entry->files++;
    take(b, entry->path, taken);
    read_file(b, entry, entry->path);
  }
  if (!entry->files) tell_absent(b, entry);
}

/* What would be read by its name, were it a file, is missing from its kind; the warning of the walk says why. */
static void lose_skipped(as_bundling *b) {
  const as_paths *skipped = as_files_skipped(b->files);
  for (size_t i = 0; i < skipped->count && !b->manifest.count; i++) {
    const char *path = skipped->paths[i];
    const as_kind *kind = as_format_of_path(path) != AS_FORMAT_NONE ? as_bundle_stem(b->kinds, path) : NULL;
    if (!kind) continue;
    as_ingest_options options = {.entry = &b->manifest.defaults, .stem = kind, .path = path};
    as_ingest_lost(&b->reading, &options);
    b->out->incomplete = true;
  }
}

as_bundle_status as_bundling_files(as_bundling *b) {
  as_sink sink;
  as_sink_open(&sink, b->diags, b->options->strict, NULL, (as_str){NULL, 0});
  b->paths = as_files_paths(b->files);
  as_bundle_status status = read_manifest(b);
  if (status != AS_BUNDLE_OK) return status;
  bool *taken = as_calloc(b->paths->count, sizeof *taken);
  note_listed(b);
  for (size_t i = 0; i < b->manifest.count; i++) read_entry(b, &b->manifest.entries[i], taken);
  for (size_t i = 0; i < b->paths->count; i++) {
    const char *path = b->paths->paths[i];
    if (taken[i]) continue;
    if (strcmp(path, MANIFEST) == 0)
      taken[i] = true;
    else if (!b->manifest.count && as_format_of_path(path) != AS_FORMAT_NONE && as_bundle_stem(b->kinds, path)) {
      taken[i] = true;
      read_file(b, &b->manifest.defaults, path);
    } else {
      as_bundling_tell_other(b, &sink, path);
    }
  }
  lose_skipped(b);
  as_bundling_note_unread(b, taken);
  as_free(taken);
  as_map_free(b->listed);
  return as_files_good(b->files) ? AS_BUNDLE_OK : AS_BUNDLE_INVALID;
}

static as_bundle_status read_folder(as_bundling *b, const char *folder) {
  bool incomplete = false;
  as_sink_open(&b->files_sink, b->diags, b->options->strict, NULL, (as_str){NULL, 0});
  b->files = as_files_folder(folder, &b->options->limits, &b->files_sink, &incomplete);
  if (incomplete) b->out->incomplete = true;
  return b->files ? as_bundling_files(b) : AS_BUNDLE_INVALID;
}

static as_bundle_status read_archive(as_bundling *b, const char *path) {
  size_t stem = strlen(b->out->name);
  if (as_packing_named(b->out->name, &stem)) b->out->name = as_arena_copy(b->arena, b->out->name, stem);
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) {
    as_diags_add(b->diags, "E0219", AS_ERROR, path, 0, 0, NULL, "cannot be read: %s", strerror(errno));
    return AS_BUNDLE_INVALID;
  }
  as_sink_open(&b->files_sink, b->diags, b->options->strict, path, (as_str){NULL, 0});
  b->files = as_files_archive(fd, (as_str){NULL, 0}, &b->options->limits, &b->files_sink);
  return b->files ? as_bundling_files(b) : AS_BUNDLE_INVALID;
}

/* ---- the moment that is judged ---- */

static as_bundle_status settle_as_of(as_bundling *b) {
  const char *at = b->options->at;
  if (at) {
    if (as_date_parse(as_str_of(at), &b->out->as_of) || as_time_parse(as_str_of(at), &b->out->as_of)) return AS_BUNDLE_OK;
    as_diags_add(b->diags, "E0206", AS_ERROR, NULL, 0, 0, "write --at 2026-06-30, or 2026-06-30T12:00:00Z", "--at: `%s` is no date or time", at);
    return AS_BUNDLE_INVALID;
  }
  if (b->manifest.has_as_of) {
    b->out->as_of = b->manifest.as_of;
    return AS_BUNDLE_OK;
  }
  bool found = false;
  for (size_t i = 0; i < b->model->n_documents; i++) {
    const as_document *document = b->model->documents[i];
    if (!document->has_collected_at || (found && as_time_compare(document->collected_at, b->out->as_of) <= 0)) continue;
    b->out->as_of = document->collected_at;
    found = true;
  }
  if (found) return AS_BUNDLE_OK;
  bool pack = false;
  for (size_t i = 0; b->paths && i < b->paths->count; i++) pack = pack || strcmp(b->paths->paths[i], "pack.yaml") == 0;
  as_diags_add(b->diags, "E0205", AS_ERROR, b->has_manifest ? b->manifest.document : NULL, 0, 0,
               pack ? "this is a pack of rules: name a bundle, and the pack with --rules" : "give --at 2026-06-30, or state `as_of: 2026-06-30` in " MANIFEST,
               "it is not said for which moment to judge: there is no as_of, and no document says when it was collected");
  return AS_BUNDLE_INVALID;
}

/* Evidence from after the moment that is judged: meant where --at goes back, else a slip. */
static void check_collected(as_bundling *b) {
  for (size_t i = 0; i < b->model->n_documents; i++) {
    const as_document *document = b->model->documents[i];
    if (!document->has_collected_at || as_time_compare(document->collected_at, b->out->as_of) <= 0) continue;
    as_buf message = {0};
    as_buf_adds(&message, "was collected at ");
    as_time_format(document->collected_at, &message);
    as_buf_adds(&message, ", after ");
    as_time_format(b->out->as_of, &message);
    as_buf_adds(&message, ", the moment that is judged");
    bool back = b->options->at != NULL;
    as_sink sink;
    as_sink_open(&sink, b->diags, b->options->strict, document->path, (as_str){NULL, 0});
    as_sink_report(&sink, back ? "N0221" : "W0221", back ? AS_NOTE : AS_WARNING, 0, 0,
                   back ? NULL : "mend `collected_at`, or judge a later moment with --at", "%s", message.data);
    as_buf_free(&message);
  }
}

/* ---- the whole ---- */

static as_bundle_status read_any(as_bundling *b) {
  const char *path = b->options->path;
  struct stat st;
  if (strcmp(path, "-") == 0) {
    b->out->name = "-";
    return as_bundling_stream(b);
  }
  if (!*path) {
    as_diags_add(b->diags, "E0219", AS_ERROR, NULL, 0, 0, "a bundle is a folder, an archive or a document; - reads standard input", "the name of the bundle is empty");
    return AS_BUNDLE_MISSING;
  }
  if (stat(path, &st) != 0) {
    as_diags_add(b->diags, "E0219", AS_ERROR, path, 0, 0, "a bundle is a folder, an archive or a document; - reads standard input",
                 "cannot be read: %s", strerror(errno));
    return AS_BUNDLE_MISSING;
  }
  b->out->name = base_name(b->arena, path);
  if (S_ISDIR(st.st_mode)) return read_folder(b, path);
  if (!S_ISREG(st.st_mode)) {
    as_diags_add(b->diags, "E0219", AS_ERROR, path, 0, 0, "`-` reads standard input", "is neither a folder nor a regular file");
    return AS_BUNDLE_INVALID;
  }
  const char *slash = strrchr(path, '/');
  if (as_format_of_path(path) == AS_FORMAT_NONE && as_files_is_archive(path)) return read_archive(b, path);
  if (strcmp(slash ? slash + 1 : path, MANIFEST) != 0) return as_bundling_file(b);
  char *folder = slash ? as_arena_copy(b->arena, path, slash == path ? 1 : (size_t)(slash - path)) : as_arena_copy(b->arena, ".", 1);
  b->out->name = base_name(b->arena, folder);
  return read_folder(b, folder);
}

void as_bundle_prepare(const char *path) {
  struct stat st;
  if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) as_libarchive_load(); /* standard input too */
}

as_bundle_status as_bundle_read(as_arena *arena, as_intern *intern, const as_kinds *kinds, const as_bundle_options *options,
                                as_bundle *out, as_diags *diags) {
  *out = (as_bundle){0};
  as_bundling b = {.arena = arena, .intern = intern, .kinds = kinds, .options = options, .out = out, .diags = diags};
  b.model = as_model_new(arena, intern, kinds);
  b.reading = (as_reading){.arena = arena, .kinds = kinds, .model = b.model, .limits = options->limits, .strict = options->strict,
                          .tell_unmapped = options->tell_unmapped, .diags = diags};
  as_bundle_status status = read_any(&b);
  if (status == AS_BUNDLE_OK && b.reading.manifest_broken) status = AS_BUNDLE_INVALID;
  if (status == AS_BUNDLE_OK) status = settle_as_of(&b);
  if (status == AS_BUNDLE_OK) {
    as_bundling_seal(&b);
    check_collected(&b);
    for (size_t i = 0; i < b.model->n_documents; i++)
      if (b.model->documents[i]->left_out) out->incomplete = true; /* what could not be used might have failed */
    out->model = b.model;
  } else {
    as_model_free(b.model);
  }
  as_sink_close(&b.manifest_sink);
  as_sink_close(&b.files_sink);
  as_files_free(b.files);
  as_buf_free(&b.manifest_text);
  as_buf_free(&b.text);
  as_buf_free(&b.archive);
  return status;
}
