/* Paths, templates and patterns of file names: how they are written, and applied to a document. The input: a path or
 * template, a pattern, a name for it, and a document (YAML), each but the last ended by a line end. */
#include "fuzz_model.h"
#include "model/map.h"
#include "model/sink.h"

static char *c_text(as_str text) {
  char *c = as_alloc(text.n + 1);
  if (text.n) memcpy(c, text.p, text.n);
  c[text.n] = 0;
  return c;
}

/* A few laws that every pattern keeps. */
static void check_glob(as_str pattern, as_str name) {
  char *p = c_text(pattern), *n = c_text(name);
  bool matched = as_glob_match(p, n);
  FUZZ_CHECK(as_glob_match("**", n));
  if (!strpbrk(p, "*?")) FUZZ_CHECK(matched == (strcmp(p, n) == 0));
  if (!strpbrk(n, "*?")) FUZZ_CHECK(as_glob_match(n, n));
  as_free(p);
  as_free(n);
}

static void count_node(void *ctx, as_node *node) {
  size_t *n = ctx;
  FUZZ_CHECK(node->type <= AS_MAP);
  ++*n;
}

static void follow(fuzz_model *m, const as_source *source, const as_buf *document, bool xml) {
  as_limits limits = as_limits_default;
  as_read_options options = {.format = AS_FORMAT_YAML, .document = "a.yaml", .limits = limits};
  as_node *tree = as_read_tree(m->arena, document, &options, false, m->diags);
  if (!tree) return;
  as_sink sink;
  as_sink_open(&sink, m->diags, false, "a.yaml", (as_str){document->data, document->len});
  as_walk walk = {.arena = m->arena, .limits = &limits, .sink = &sink, .xml = xml};
  as_node *innermost = tree;
  while (innermost->first) innermost = innermost->last;
  for (uint32_t i = 0; i < source->n; i++) {
    if (!source->parts[i].path) continue;
    size_t found = 0;
    as_walk_path(&walk, source->parts[i].path, tree, count_node, &found);
    as_walk_path(&walk, source->parts[i].path, innermost, count_node, &found);
  }
  as_sink_close(&sink);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 4096) return 0;
  as_str text = fuzz_part(&data, &size, '\n'), pattern = fuzz_part(&data, &size, '\n'), name = fuzz_part(&data, &size, '\n');
  if (pattern.n < 200 && name.n < 200) check_glob(pattern, name);
  fuzz_model m;
  fuzz_model_open(&m);
  as_buf exact = fuzz_text(text.p, text.n);
  as_source source;
  const char *why = NULL;
  size_t where = 0;
  if (as_source_parse(m.arena, (as_str){exact.data, exact.len}, &source, &why, &where)) {
    FUZZ_CHECK(as_str_eq(source.text, text));
    as_buf document = fuzz_text(data, size);
    follow(&m, &source, &document, text.n & 1);
    as_buf_free(&document);
  } else {
    FUZZ_CHECK(why && where <= text.n);
  }
  as_buf_free(&exact);
  fuzz_model_close(&m);
  return 0;
}
