/* Nodes as a flat run of bytes, and back.
 *
 * A header, then each node before its members: type and flags (one byte), position, key (members
 * of maps), text, value, number of members. Numbers are base-128 varints, low bits first. The
 * decoder believes no byte: the other end of the pipe may be a process that was taken over. */
#include <string.h>

#include "base/node.h"
#include "base/utf8.h"

static const char header[4] = {'A', 'N', '1', '\n'};

#define TYPE_MASK 0x07u
#define FLAG_QUOTED 0x08u
#define FLAG_POSITION 0x10u
#define FLAG_KEY_POSITION 0x20u
#define FLAGS_KNOWN 0x3fu
#define DEPTH_MOST 64

static void put_varint(uint64_t value, as_buf *out) {
  while (value >= 0x80) {
    as_buf_addc(out, (char)(value | 0x80));
    value >>= 7;
  }
  as_buf_addc(out, (char)value);
}

/* Bytes that are no UTF-8 travel as U+FFFD, as in JSON, so that what was encoded can be decoded. */
static void put_text(as_str text, as_buf *out) {
  if (!text.p) text.n = 0;
  if (as_utf8_valid(text, NULL)) {
    put_varint(text.n, out);
    as_buf_add(out, text.p, text.n);
    return;
  }
  as_buf clean = {0};
  for (size_t i = 0; i < text.n;) {
    size_t n = as_utf8_next(text, i, NULL);
    if (n)
      as_buf_add(&clean, text.p + i, n);
    else
      as_buf_adds(&clean, "\xef\xbf\xbd");
    i += n ? n : 1;
  }
  put_varint(clean.len, out);
  as_buf_add(out, clean.data, clean.len);
  as_buf_free(&clean);
}

static void put_node(const as_node *node, bool member, as_buf *out) {
  bool position = node->line || node->column, key_position = node->key_line || node->key_column;
  unsigned head = (unsigned)node->type | (node->quoted ? FLAG_QUOTED : 0) | (position ? FLAG_POSITION : 0) |
                  (key_position ? FLAG_KEY_POSITION : 0);
  as_buf_addc(out, (char)head);
  if (position) {
    put_varint(node->line, out);
    put_varint(node->column, out);
  }
  if (key_position) {
    put_varint(node->key_line, out);
    put_varint(node->key_column, out);
  }
  if (member) put_text(node->key, out);
  put_text(node->text, out);
  uint64_t bits = 0;
  switch (node->type) {
    case AS_BOOL: as_buf_addc(out, node->u.boolean ? 1 : 0); return;
    case AS_INT: bits = (uint64_t)node->u.integer; break;
    case AS_NUM: memcpy(&bits, &node->u.number, sizeof bits); break;
    case AS_LIST:
    case AS_MAP: put_varint(node->count, out); return;
    case AS_NULL:
    case AS_TEXT: return;
  }
  for (int shift = 0; shift < 64; shift += 8) as_buf_addc(out, (char)(bits >> shift & 0xff));
}

void as_node_encode(const as_node *node, as_buf *out) {
  as_buf_add(out, header, sizeof header);
  const as_node *at = node;
  for (;;) {
    put_node(at, at != node && at->parent->type == AS_MAP, out);
    if (at->first) {
      at = at->first;
      continue;
    }
    while (at != node && !at->next) at = at->parent;
    if (at == node) return;
    at = at->next;
  }
}

/* Decoding */

typedef struct {
  const unsigned char *p;
  size_t left;
  size_t nodes_left;
  as_arena *arena;
} source;

static bool get_byte(source *in, unsigned *byte) {
  if (!in->left) return false;
  *byte = *in->p++;
  in->left--;
  return true;
}

static bool get_varint(source *in, uint64_t most, uint64_t *value) {
  uint64_t v = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    unsigned byte;
    if (!get_byte(in, &byte)) return false;
    if (shift == 63 && byte > 1) return false;
    v |= (uint64_t)(byte & 0x7f) << shift;
    if (!(byte & 0x80)) {
      *value = v;
      return v <= most;
    }
  }
  return false;
}

static bool get_position(source *in, uint32_t *line, uint32_t *column) {
  uint64_t a, b;
  if (!get_varint(in, UINT32_MAX, &a) || !get_varint(in, UINT32_MAX, &b)) return false;
  *line = (uint32_t)a;
  *column = (uint32_t)b;
  return true;
}

static bool get_text(source *in, as_str *text) {
  uint64_t n;
  if (!get_varint(in, in->left, &n) || n > in->left) return false;
  as_str raw = {(const char *)in->p, (size_t)n};
  if (!as_utf8_valid(raw, NULL)) return false;
  *text = n ? (as_str){as_arena_copy(in->arena, raw.p, raw.n), raw.n} : AS_STR("");
  in->p += n;
  in->left -= (size_t)n;
  return true;
}

static bool get_value(source *in, as_node *node) {
  if (node->type == AS_BOOL) {
    unsigned byte;
    if (!get_byte(in, &byte) || byte > 1) return false;
    node->u.boolean = byte == 1;
  } else if (node->type == AS_INT || node->type == AS_NUM) {
    uint64_t bits = 0;
    if (in->left < 8) return false;
    for (int i = 0; i < 8; i++) bits |= (uint64_t)in->p[i] << (8 * i);
    in->p += 8;
    in->left -= 8;
    if (node->type == AS_INT)
      memcpy(&node->u.integer, &bits, sizeof bits);
    else
      memcpy(&node->u.number, &bits, sizeof bits);
  }
  return true;
}

static as_node *get_node(source *in, bool member, unsigned depth) {
  unsigned head;
  if (depth > DEPTH_MOST || !in->nodes_left || !get_byte(in, &head)) return NULL;
  if ((head & ~FLAGS_KNOWN) || (head & TYPE_MASK) > AS_MAP) return NULL;
  in->nodes_left--;
  as_node *node = as_node_new(in->arena, (as_node_type)(head & TYPE_MASK));
  node->quoted = (head & FLAG_QUOTED) != 0;
  if ((head & FLAG_POSITION) && !get_position(in, &node->line, &node->column)) return NULL;
  if ((head & FLAG_KEY_POSITION) && !get_position(in, &node->key_line, &node->key_column)) return NULL;
  if (member && !get_text(in, &node->key)) return NULL;
  if (!get_text(in, &node->text) || !get_value(in, node)) return NULL;
  if (node->type != AS_LIST && node->type != AS_MAP) return node;
  uint64_t count;
  if (!get_varint(in, UINT32_MAX, &count)) return NULL;
  for (uint64_t i = 0; i < count; i++) {
    as_node *child = get_node(in, node->type == AS_MAP, depth + 1);
    if (!child) return NULL;
    as_node_add(node, child);
  }
  return node;
}

bool as_node_decode(as_arena *arena, const void *bytes, size_t n, size_t max_nodes, as_node **out) {
  if (n < sizeof header || memcmp(bytes, header, sizeof header) != 0) return false;
  source in = {(const unsigned char *)bytes + sizeof header, n - sizeof header, max_nodes, arena};
  as_node *node = get_node(&in, false, 1);
  if (!node || in.left) return false;
  *out = node;
  return true;
}
