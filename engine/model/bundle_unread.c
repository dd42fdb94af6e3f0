/* What is said of the files of a bundle that are not read. Must not read any. */
#include <string.h>
#include <strings.h>

#include "model/archive_inside.h"
#include "model/bundle_inside.h"

#define NAMED_IN_NOTE 10

static void note_files(as_bundling *b, const bool *taken) {
  as_buf names = {0};
  size_t count = 0;
  for (size_t i = 0; i < b->paths->count; i++) {
    const char *slash = strrchr(b->paths->paths[i], '/');
    bool for_people = strncmp(slash ? slash + 1 : b->paths->paths[i], "README", 6) == 0;
    if (taken[i] || for_people) continue;
    if (count++ < NAMED_IN_NOTE) as_buf_printf(&names, "%s%s", count > 1 ? ", " : "", b->paths->paths[i]);
  }
  if (count > NAMED_IN_NOTE) as_buf_printf(&names, " and %zu more", count - NAMED_IN_NOTE);
  if (count)
    as_diags_add(b->diags, "N0223", AS_NOTE, NULL, 0, 0, b->manifest.count ? "add them to `documents` of the manifest, which alone says what is read"
                                  : "a document is read when its name is that of a kind, or when a manifest lists it",
                 "not read: %s", names.data);
  as_buf_free(&names);
}

/* Archives within the bundle are not opened. */
static void note_archives(as_bundling *b) {
  as_buf names = {0};
  size_t count = 0;
  for (size_t i = 0; i < b->paths->count; i++)
    if (as_packing_named(b->paths->paths[i], NULL) && count++ < NAMED_IN_NOTE) as_buf_printf(&names, "%s%s", count > 1 ? ", " : "", b->paths->paths[i]);
  if (count) as_diags_add(b->diags, "N0246", AS_NOTE, NULL, 0, 0, "put what is in it into the bundle itself", "archives within a bundle are not read: %s", names.data);
  as_buf_free(&names);
}

/* What is named like the manifest and is not: without one, in whatever folder and whatever capitals. */
void as_bundling_tell_other(const as_bundling *b, as_sink *sink, const char *path) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  bool other = strcasecmp(name, "bundle.yml") == 0 || strcasecmp(name, "bundle.json") == 0;
  if (!other && (b->has_manifest || strcasecmp(name, MANIFEST) != 0)) return;
  if (b->has_manifest && slash) return;
  as_buf help = {0};
  if (slash)
    as_buf_printf(&help, "the manifest stands at the top of a bundle: evaluate `%.*s`, or pack that alone", (int)(slash - path), path);
  else
    as_buf_adds(&help, "call it " MANIFEST);
  as_sink_report(sink, "W0222", AS_WARNING, 0, 0, help.data, "`%s` is not taken for the manifest", path);
  as_buf_free(&help);
}

void as_bundling_note_unread(as_bundling *b, const bool *taken) {
  note_files(b, taken);
  note_archives(b);
}
