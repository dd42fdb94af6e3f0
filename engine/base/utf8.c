/* UTF-8: checking, stepping, properties of characters that matter for showing them.
 * Knows no locale. */
#include "base/utf8.h"

#include <string.h>

size_t as_utf8_next(as_str text, size_t at, uint32_t *code) {
  if (at >= text.n) return 0;
  const unsigned char *p = (const unsigned char *)text.p + at;
  size_t left = text.n - at;
  uint32_t c = p[0];
  size_t n;
  if (c < 0x80) {
    n = 1;
  } else if (c >= 0xc2 && c <= 0xdf) {
    if (left < 2 || (p[1] & 0xc0) != 0x80) return 0;
    c = (c & 0x1fu) << 6 | (p[1] & 0x3fu);
    n = 2;
  } else if (c >= 0xe0 && c <= 0xef) {
    if (left < 3 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80) return 0;
    c = (c & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    if (c < 0x800 || (c >= 0xd800 && c <= 0xdfff)) return 0;
    n = 3;
  } else if (c >= 0xf0 && c <= 0xf4) {
    if (left < 4 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80 || (p[3] & 0xc0) != 0x80) return 0;
    c = (c & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
    if (c < 0x10000 || c > 0x10ffff) return 0;
    n = 4;
  } else {
    return 0;
  }
  if (code) *code = c;
  return n;
}

size_t as_utf8_put(uint32_t code, char out[4]) {
  if (code < 0x80) {
    out[0] = (char)code;
    return 1;
  }
  if (code < 0x800) {
    out[0] = (char)(0xc0 | code >> 6);
    out[1] = (char)(0x80 | (code & 0x3f));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (char)(0xe0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3f));
    out[2] = (char)(0x80 | (code & 0x3f));
    return 3;
  }
  out[0] = (char)(0xf0 | code >> 18);
  out[1] = (char)(0x80 | (code >> 12 & 0x3f));
  out[2] = (char)(0x80 | (code >> 6 & 0x3f));
  out[3] = (char)(0x80 | (code & 0x3f));
  return 4;
}

bool as_utf8_valid(as_str text, size_t *bad_offset) {
  size_t i = 0;
  while (i < text.n) {
    uint64_t eight; /* most text is ASCII: eight bytes at a time */
    while (text.n - i >= sizeof eight) {
      memcpy(&eight, text.p + i, sizeof eight);
      if (eight & 0x8080808080808080u) break;
      i += sizeof eight;
    }
    if (i >= text.n) break;
    size_t n = as_utf8_next(text, i, NULL);
    if (!n) {
      if (bad_offset) *bad_offset = i;
      return false;
    }
    i += n;
  }
  return true;
}

typedef struct {
  uint32_t first, last;
} range;

static bool in_ranges(uint32_t code, const range *ranges, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (code < ranges[i].first) return false;
    if (code <= ranges[i].last) return true;
  }
  return false;
}
#define IN(code, ranges) in_ranges((code), (ranges), sizeof(ranges) / sizeof((ranges)[0]))

int as_utf8_width(uint32_t code) {
  static const range none[] = {{0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x610, 0x61a},
                               {0x64b, 0x65f},   {0x6d6, 0x6dc},   {0x93c, 0x93c},   {0x94d, 0x94d},
                               {0xe31, 0xe31},   {0xe34, 0xe3a},   {0xe47, 0xe4e},   {0x1ab0, 0x1aff},
                               {0x1dc0, 0x1dff}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f},
                               {0xfe20, 0xfe2f}, {0xe0100, 0xe01ef}};
  static const range wide[] = {{0x1100, 0x115f},   {0x231a, 0x231b},   {0x2e80, 0x303e},   {0x3041, 0x33ff},
                               {0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xa000, 0xa4cf},   {0xa960, 0xa97f},
                               {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
                               {0xffe0, 0xffe6},   {0x1b000, 0x1b2ff}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff},
                               {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
  if (code < 0x300) return 1;
  if (IN(code, none)) return 0;
  return IN(code, wide) ? 2 : 1;
}

bool as_utf8_hidden(uint32_t code) {
  static const range hidden[] = {
      {0x00, 0x1f},       {0x7f, 0x9f},       {0xad, 0xad},       {0x34f, 0x34f},     {0x61c, 0x61c},
      {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x200b, 0x200f},   {0x2028, 0x202e},
      {0x2060, 0x206f},   {0x3164, 0x3164},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},
      {0xfffe, 0xffff},   {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}, {0x10fffe, 0x10ffff}};
  return IN(code, hidden);
}
