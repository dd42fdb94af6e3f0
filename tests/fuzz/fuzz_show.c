/* Texts made safe: as_show, diagnostics and JSON let no control character and no hidden one through, whatever they are
 * given; what is printable stays as it is. */
#include "base/node_text.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "read/read.h"

static void check_clean(const as_buf *out, bool lines) {
  as_str text = {out->data, out->len};
  for (size_t i = 0; i < text.n;) {
    uint32_t code = 0;
    size_t n = as_utf8_next(text, i, &code);
    FUZZ_CHECK(n > 0);
    FUZZ_CHECK(!as_utf8_hidden(code) || (lines && (code == '\n' || code == '\t')));
    i += n;
  }
}

static void check_show(as_str text) {
  for (int lines = 0; lines < 2; lines++) {
    as_buf out = {0}, again = {0};
    as_show(text, lines, &out);
    check_clean(&out, lines);
    as_show((as_str){out.data, out.len}, lines, &again); /* what is safe stays as it is */
    FUZZ_CHECK(again.len == out.len && memcmp(again.data, out.data, out.len) == 0);
    as_buf_free(&out);
    as_buf_free(&again);
  }
}

/* Any bytes become a JSON string that reads back as the same text, with U+FFFD for what was no UTF-8. */
static void check_string(as_str text) {
  as_buf json = {0};
  as_json_string(text, &json);
  for (size_t i = 0; i < json.len; i++) {
    unsigned char c = (unsigned char)json.data[i];
    FUZZ_CHECK(c >= 0x20 && c != 0x7f && c != '<');
  }
  as_buf padded = fuzz_text(json.data, json.len);
  as_read_options options = {.format = AS_FORMAT_JSON, .document = "s.json", .limits = as_limits_default};
  as_diags *diags = as_diags_new();
  as_arena *arena = as_arena_new();
  const as_node *back = as_read_tree(arena, &padded, &options, false, diags);
  bool valid = as_utf8_valid(text, NULL), nul = text.n && memchr(text.p, 0, text.n);
  FUZZ_CHECK(nul ? !back : (back && back->type == AS_TEXT)); /* readers refuse NUL */
  if (back && valid) FUZZ_CHECK(as_str_eq(back->text, text));
  as_arena_free(arena);
  as_diags_free(diags);
  as_buf_free(&padded);
  as_buf_free(&json);
}

static char *c_text(as_str text) {
  char *c = as_alloc(text.n + 1);
  if (text.n) memcpy(c, text.p, text.n);
  c[text.n] = 0;
  return c;
}

static void check_diag(as_str a, as_str b, as_str c, uint32_t line, uint32_t column) {
  char *document = c_text(a), *message = c_text(b), *source = c_text(c);
  as_diag diag = {.code = "E0101", .document = document, .line = line, .column = column, .message = message, .help = source, .source = source};
  as_buf out = {0};
  as_diag_format(&diag, false, &out);
  check_clean(&out, true);
  as_diag_format(&diag, true, &out);
  as_buf_free(&out);
  as_free(document);
  as_free(message);
  as_free(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 16384) return 0;
  unsigned line = fuzz_byte(&data, &size), column = fuzz_byte(&data, &size);
  as_buf exact = fuzz_text(data, size);
  as_str whole = {exact.data, size};
  check_show(whole);
  check_string(whole);
  as_buf folded = {0};
  as_word_fold(whole, &folded);
  FUZZ_CHECK(folded.len <= size);
  FUZZ_CHECK(as_word_eq(whole, (as_str){folded.data, folded.len}));
  as_buf_free(&folded);
  as_str a = fuzz_part(&data, &size, '\n'), b = fuzz_part(&data, &size, '\n');
  check_diag(a, b, (as_str){(const char *)data, size}, line, column);
  char *x = c_text(a), *y = c_text(b);
  if (a.n < 100 && b.n < 100) {
    const char *const words[] = {y, "accounts", "username", ""};
    const char *found = as_suggest(x, words, 4);
    FUZZ_CHECK(!found || found == y || found == words[1] || found == words[2] || found == words[3]);
  }
  as_free(x);
  as_free(y);
  as_buf_free(&exact);
  return 0;
}
