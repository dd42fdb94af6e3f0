/* The manifest: whatever stands in bundle.yaml, what is accepted is complete and in range, and every map of it compiles or
 * is refused with a reason. */
#include "fuzz_model.h"
#include "model/map.h"

static void check_entry(const as_entry *e) {
  FUZZ_CHECK(!e->path || (*e->path && e->path[0] != '/' && strcmp(e->path, "..") != 0 && strncmp(e->path, "../", 3) != 0));
  FUZZ_CHECK(!e->sha256 || strspn(e->sha256, "0123456789abcdef") == 64);
  FUZZ_CHECK(!e->has_period || as_time_compare(e->period_from, e->period_to) <= 0);
  FUZZ_CHECK(e->format <= AS_FORMAT_TEXT);
}

static void compile(fuzz_model *m, const as_entry *entry, as_sink *sink) {
  static const as_format formats[] = {AS_FORMAT_YAML, AS_FORMAT_CSV, AS_FORMAT_XML};
  for (size_t f = 0; f < sizeof formats / sizeof *formats; f++)
    for (size_t k = 0; k < as_kinds_count(m->kinds); k++) {
      const as_kind *kind = as_kinds_at(m->kinds, k);
      if (entry->kind && entry->kind != kind) continue;
      as_mapping *mapping = as_mapping_compile(m->arena, m->intern, kind, entry, formats[f], sink);
      if (mapping) as_mapping_free(mapping);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 8192) return 0;
  fuzz_model m;
  fuzz_model_open(&m);
  as_buf text = fuzz_text(data, size);
  as_read_options options = {.format = AS_FORMAT_YAML, .document = "bundle.yaml", .limits = as_limits_default};
  const as_node *root = as_read_tree(m.arena, &text, &options, false, m.diags);
  if (root) {
    as_sink sink;
    as_manifest manifest = {0};
    as_sink_open(&sink, m.diags, size & 1, "bundle.yaml", (as_str){text.data, text.len});
    if (as_manifest_read(m.arena, m.kinds, &options.limits, root, &sink, &manifest)) {
      check_entry(&manifest.defaults);
      for (size_t i = 0; i < manifest.count && i < 20; i++) {
        check_entry(&manifest.entries[i]);
        FUZZ_CHECK(manifest.entries[i].path);
        compile(&m, &manifest.entries[i], &sink);
      }
    } else {
      FUZZ_CHECK(as_diags_errors(m.diags) > 0);
    }
    as_sink_close(&sink);
  }
  as_buf_free(&text);
  fuzz_model_close(&m);
  return 0;
}
