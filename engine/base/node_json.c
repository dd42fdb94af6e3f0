/* Nodes as JSON. What leaves here is valid UTF-8, valid JSON, and safe inside HTML. */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/node.h"
#include "base/node_text.h"
#include "base/utf8.h"

size_t as_number_text(double value, char out[AS_NUMBER_TEXT]) {
  if (!isfinite(value)) {
    memcpy(out, "null", sizeof "null");
    return 4;
  }
  if (value == trunc(value) && fabs(value) < 1e15) return (size_t)snprintf(out, AS_NUMBER_TEXT, "%.1f", value);
  /* Any double of 15 digits is told apart by them; the very smallest ones have fewer. */
  for (int digits = fabs(value) < DBL_MIN ? 1 : 15; digits <= 17; digits++) {
    snprintf(out, AS_NUMBER_TEXT, "%.*g", digits, value);
    if (strtod(out, NULL) == value) break;
  }
  size_t n = strlen(out);
  if (strpbrk(out, ".e")) return n;
  memcpy(out + n, ".0", sizeof ".0"); /* 16 or 17 digits: still no integer */
  return n + 2;
}

void as_json_string(as_str text, as_buf *out) {
  as_buf_addc(out, '"');
  size_t plain = 0;
  for (size_t i = 0; i < text.n;) {
    unsigned char c = (unsigned char)text.p[i];
    if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<') {
      i++;
      continue;
    }
    uint32_t code = 0;
    size_t n = as_utf8_next(text, i, &code);
    if (n && code > 0x9f && code != 0x2028 && code != 0x2029) {
      i += n;
      continue;
    }
    as_buf_add(out, text.p + plain, i - plain);
    i += n ? n : 1;
    plain = i;
    if (!n)
      as_buf_adds(out, "\xef\xbf\xbd"); /* U+FFFD */
    else if (code == '"' || code == '\\')
      as_buf_printf(out, "\\%c", (char)code);
    else if (code == '\n')
      as_buf_adds(out, "\\n");
    else if (code == '\t')
      as_buf_adds(out, "\\t");
    else if (code == '\r')
      as_buf_adds(out, "\\r");
    else
      as_buf_printf(out, "\\u%04x", (unsigned)code);
  }
  if (plain < text.n) as_buf_add(out, text.p + plain, text.n - plain);
  as_buf_addc(out, '"');
}

static void write_scalar(const as_node *node, as_buf *out) {
  char number[AS_NUMBER_TEXT];
  switch (node->type) {
    case AS_BOOL: as_buf_adds(out, node->u.boolean ? "true" : "false"); return;
    case AS_INT: as_buf_printf(out, "%" PRId64, node->u.integer); return;
    case AS_NUM: as_buf_add(out, number, as_number_text(node->u.number, number)); return;
    case AS_TEXT: as_json_string(node->text, out); return;
    case AS_NULL:
    case AS_LIST:
    case AS_MAP: break;
  }
  as_buf_adds(out, "null");
}

static void new_line(int indent, size_t depth, as_buf *out) {
  if (indent <= 0) return;
  static const char blanks[] = "\n                                                               ";
  size_t n = 1 + depth * (size_t)indent;
  as_buf_add(out, blanks, n < sizeof blanks ? n : sizeof blanks - 1);
  for (size_t i = sizeof blanks - 1; i < n; i++) as_buf_addc(out, ' ');
}

static bool has_members(const as_node *node) { return node->type == AS_LIST || node->type == AS_MAP; }

void as_node_json(const as_node *node, int indent, as_buf *out) {
  const as_node *at = node;
  size_t depth = 0;
  for (;;) {
    if (at != node && at->parent->type == AS_MAP) {
      as_json_string(at->key, out);
      as_buf_adds(out, indent > 0 ? ": " : ":");
    }
    if (has_members(at)) {
      as_buf_addc(out, at->type == AS_LIST ? '[' : '{');
      if (at->first) {
        at = at->first;
        new_line(indent, ++depth, out);
        continue;
      }
      as_buf_addc(out, at->type == AS_LIST ? ']' : '}');
    } else {
      write_scalar(at, out);
    }
    while (at != node && !at->next) {
      at = at->parent;
      new_line(indent, --depth, out);
      as_buf_addc(out, at->type == AS_LIST ? ']' : '}');
    }
    if (at == node) return;
    as_buf_addc(out, ',');
    at = at->next;
    new_line(indent, depth, out);
  }
}
