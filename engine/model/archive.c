/* An archive that is read in place: checked whole in a first pass, before any document of it is looked at. Members stay in
 * memory while there are not too many bytes of them; else those that are asked for next are fetched by a pass of their own. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "model/archive_inside.h"

#define KEEP ((uint64_t)128 << 20) /* bytes of members that are kept at a time */
#define PASSES 64u                 /* over the whole archive */

/* ---- the first pass ---- */

/* A file that is a folder for others as well. */
static bool check_folders(as_archive *a) {
  for (size_t i = 0; i < a->n_members; i++) {
    const char *path = a->members[i].path;
    for (const char *slash = path ? strchr(path, '/') : NULL; slash; slash = strchr(slash + 1, '/')) {
      if (!as_map_get(a->by_path, (as_str){path, (size_t)(slash - path)})) continue;
      as_buf shown = {0};
      as_archive_quote((as_str){path, (size_t)(slash - path)}, &shown);
      as_archive_fail(a, "E0236", "make the archive anew from a folder", "the member %s is a file and a folder", shown.data);
      as_buf_free(&shown);
      return false;
    }
  }
  return true;
}

static bool add_member(as_archive *a, const as_entry_of_archive *entry) {
  if (a->n_members >= a->limits->members) return as_archive_limit(a, "E0237", "members", a->limits->members, false, "the archive has too many members");
  as_member member = {.name = entry->name, .size = entry->size, .folder = entry->folder};
  const char *path;
  if (!as_archive_path(a, entry->name, &path)) return false;
  if (!entry->folder) member.path = path;
  if (a->unpacked + entry->size > a->limits->bundle_bytes)
    return as_archive_limit(a, "E0238", "bundle-bytes", a->limits->bundle_bytes, true, "the archive holds too much");
  a->unpacked += entry->size;
  as_grow(&a->members, &a->cap_members, a->n_members + 1, sizeof *a->members);
  a->members[a->n_members++] = member;
  return true;
}

/* Members are found by their paths once the table no longer moves. */
static bool index_members(as_archive *a) {
  for (size_t i = 0; i < a->n_members; i++) {
    as_member *member = &a->members[i];
    if (!member->path || !as_map_put(a->by_path, as_str_of(member->path), member)) continue;
    as_buf shown = {0};
    as_archive_quote(member->name, &shown);
    as_archive_fail(a, "E0236", "make the archive anew from a folder", "the member %s is there twice", shown.data);
    as_buf_free(&shown);
    return false;
  }
  return check_folders(a);
}

/* An archive of one folder that holds the manifest is that folder. */
static void strip_folder(as_archive *a) {
  if (as_map_get(a->by_path, AS_STR("bundle.yaml"))) return;
  size_t n = 0;
  for (size_t i = 0; i < a->n_members; i++) {
    const char *path = a->members[i].path, *slash = path ? strchr(path, '/') : NULL;
    if (path && !slash) return;
    if (slash && strcmp(slash, "/bundle.yaml") == 0) n = (size_t)(slash - path) + 1;
  }
  const char *top = NULL;
  for (size_t i = 0; n && i < a->n_members; i++) {
    const char *path = a->members[i].path;
    if (!path) continue;
    if (!top) top = path;
    if (strncmp(path, top, n) != 0 || path[n - 1] != '/') return;
  }
  if (!n) return;
  as_map_free(a->by_path);
  a->by_path = as_map_new();
  for (size_t i = 0; i < a->n_members; i++) {
    as_member *member = &a->members[i];
    if (!member->path) continue;
    member->path += n;
    as_map_put(a->by_path, as_str_of(member->path), member);
  }
}

static void make_room(as_member *member) {
  size_t cap = (size_t)member->size + AS_TEXT_PADDING;
  member->data = (as_buf){.data = as_alloc(cap), .cap = cap};
  memset(member->data.data + member->size, 0, AS_TEXT_PADDING);
}

static void drop(as_member *member) {
  if (member->kept) as_buf_free(&member->data);
  member->kept = false;
}

static bool read_all(as_archive *a) {
  as_pass *pass = as_pass_new(a);
  const as_entry_of_archive *entry;
  uint64_t kept = 0;
  bool good = pass != NULL;
  while (good && (entry = as_pass_next(pass))) {
    good = add_member(a, entry);
    if (!good || entry->folder) continue;
    as_member *member = &a->members[a->n_members - 1];
    bool keep = member->path && kept + member->size <= KEEP;
    if (keep) make_room(member);
    member->kept = keep;
    good = as_pass_data(pass, entry->size, keep ? &member->data : NULL);
    if (keep) kept += member->size;
  }
  as_pass_free(pass);
  a->passes = 1;
  return good && !a->failed;
}

/* ---- further passes ---- */

static int by_path(const void *pa, const void *pb) { return strcmp((*(const as_member *const *)pa)->path, (*(const as_member *const *)pb)->path); }

/* Marks the member, and those that come behind it in the order of paths, as far as there is room. */
static void mark(as_archive *a, const as_member *from) {
  const as_member **sorted = as_alloc(a->n_members * sizeof *sorted);
  size_t n = 0, at = 0;
  for (size_t i = 0; i < a->n_members; i++) {
    drop(&a->members[i]);
    if (a->members[i].path) sorted[n++] = &a->members[i];
  }
  qsort(sorted, n, sizeof *sorted, by_path);
  while (sorted[at] != from) at++;
  uint64_t bytes = 0;
  for (; at < n && (bytes == 0 || bytes + sorted[at]->size <= KEEP); at++) {
    as_member *member = &a->members[sorted[at] - a->members];
    bytes += member->size;
    make_room(member);
    member->kept = true;
  }
  as_free(sorted);
}

static bool fetch(as_archive *a, const as_member *wanted) {
  if (a->failed) return false;
  if (a->passes++ >= PASSES)
    return as_archive_fail(a, "E0244", "unpack it into a folder, or make it smaller", "the archive is too large to be read in place: its members are asked for in an order that needs more than %u passes", PASSES);
  mark(a, wanted);
  as_pass *pass = as_pass_new(a);
  const as_entry_of_archive *entry;
  size_t i = 0;
  bool good = pass != NULL;
  for (; good && (entry = as_pass_next(pass)); i++) {
    as_member *member = i < a->n_members ? &a->members[i] : NULL;
    if (!member || member->size != entry->size || member->folder != entry->folder || !as_str_eq(member->name, entry->name))
      good = as_archive_fail(a, "E0245", "evaluate it when nobody writes to it", "the archive was changed while it was read");
    else if (!entry->folder)
      good = as_pass_data(pass, entry->size, member->kept ? &member->data : NULL);
  }
  as_pass_free(pass);
  return good && !a->failed;
}

/* ---- the whole ---- */

as_archive *as_archive_open(const as_blob *blob, const as_limits *limits, as_sink *sink) {
  as_archive *a = as_calloc(1, sizeof *a);
  char first[512];
  size_t n = 0;
  a->arena = as_arena_new();
  a->blob = *blob;
  a->limits = limits;
  a->sink = sink;
  a->by_path = as_map_new();
  bool good = as_blob_read(blob, 0, first, sizeof first, &n) || as_archive_fail(a, "E0230", NULL, "the archive cannot be read");
  a->packing = as_packing_of(first, n);
  if (good && blob->size > limits->archive_bytes) good = as_archive_limit(a, "E0244", "archive-bytes", limits->archive_bytes, true, "the archive is too large");
  if (good && (a->packing == AS_PACKED_NOT || a->packing == AS_PACKED_OTHER)) {
    bool zeros = n == sizeof first || !n;
    for (size_t i = 0; i < n; i++) zeros = zeros && !first[i];
    if (zeros)
      good = as_archive_fail(a, "E0242", NULL, "the archive is empty");
    else if (n == sizeof first && as_tar_checksum_holds(first))
      good = as_archive_fail(a, "E0240", "make it anew in a form of today: tar --format=ustar -czf bundle.tar.gz -C FOLDER .", "this is a tar of the oldest form (v7), which is not read");
    else
      good = as_archive_fail(a, "E0240", "archives are read that are .tar, .tar.gz, .tgz, .tar.zst or .zip", a->packing == AS_PACKED_OTHER ? "this is an archive of a kind that is not read" : "this is no archive");
  }
  if (good && a->packing == AS_PACKED_ZIP) good = as_zip_scan(a);
  good = good && read_all(a) && index_members(a);
  if (good) strip_folder(a);
  bool any = false;
  a->whole = true;
  for (size_t i = 0; i < a->n_members; i++) {
    any = any || !a->members[i].folder;
    if (a->members[i].path && !a->members[i].kept) a->whole = false;
  }
  if (good && !any) good = as_archive_fail(a, "E0242", NULL, "the archive is empty");
  if (good) return a;
  as_archive_free(a);
  return NULL;
}

void as_archive_free(as_archive *a) {
  if (!a) return;
  for (size_t i = 0; i < a->n_members; i++) drop(&a->members[i]);
  as_free(a->members);
  as_map_free(a->by_path);
  as_arena_free(a->arena);
  as_free(a);
}

bool as_archive_read(as_archive *a, const char *path, uint64_t most, as_buf *out, const char **why) {
  as_member *member = as_map_get(a->by_path, as_str_of(path));
  *out = (as_buf){0};
  *why = "no such file";
  if (!member) return false;
  *why = "is larger than the limit";
  if (member->size > most) return false;
  *why = "the archive cannot be read any more";
  if (!member->kept && !fetch(a, member)) return false;
  if (!a->whole) { /* it is fetched again should it be needed again */
    *out = member->data;
    member->data = (as_buf){0};
    member->kept = false;
    return true;
  }
  size_t n = (size_t)member->size;
  *out = (as_buf){.data = as_alloc(n + AS_TEXT_PADDING), .len = n, .cap = n + AS_TEXT_PADDING};
  memcpy(out->data, member->data.data, n + AS_TEXT_PADDING);
  return true;
}
