/* From the bytes of a file to a text: UTF-8 with or without BOM, UTF-16 with BOM.
 * Nothing is guessed and nothing is repaired: what is not valid is refused with its place. */
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "read/json.h"
#include "read/reader.h"

static bool begins(const as_buf *bytes, const char *mark, size_t n) {
  return bytes->len >= n && !memcmp(bytes->data, mark, n);
}

static bool is_ascii(as_str text) {
  const char *p = text.p;
  size_t n = text.n;
  for (; n >= 64; n -= 64, p += 64) {
    uint64_t w[8];
    memcpy(w, p, 64);
    if ((w[0] | w[1] | w[2] | w[3] | w[4] | w[5] | w[6] | w[7]) & 0x8080808080808080u) return false;
  }
  for (; n; n--, p++)
    if (*p & 0x80) return false;
  return true;
}

/* Converts the units behind the BOM. False at an unpaired surrogate or half a unit, with out ending before it. */
static bool from_utf16(const unsigned char *p, size_t n, bool big, as_buf *out) {
  size_t units = n / 2;
  as_grow(&out->data, &out->cap, units * 3 + AS_TEXT_PADDING + 1, 1);
  char *to = out->data;
  bool ok = true;
  for (size_t i = 0; i < units; i++) {
    uint32_t c = big ? (uint32_t)p[2 * i] << 8 | p[2 * i + 1] : (uint32_t)p[2 * i + 1] << 8 | p[2 * i];
    if (c < 0x80) {
      *to++ = (char)c;
      continue;
    }
    if (c >= 0xd800 && c <= 0xdfff) {
      if (c > 0xdbff || i + 1 == units) {
        ok = false;
        break;
      }
      i++;
      uint32_t low = big ? (uint32_t)p[2 * i] << 8 | p[2 * i + 1] : (uint32_t)p[2 * i + 1] << 8 | p[2 * i];
      if (low < 0xdc00 || low > 0xdfff) {
        ok = false;
        break;
      }
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
    to += as_utf8_put(c, to);
  }
  out->len = (size_t)(to - out->data);
  memset(to, 0, AS_TEXT_PADDING);
  return ok && n % 2 == 0;
}

static bool refuse_utf16(as_reader *r) {
  as_reader_report_at(r, "E0101", r->text.p + r->text.n, "save the file as UTF-8, or export it again",
                      "the text is UTF-16, but here is half a character");
  return false;
}

static bool refuse_utf8(as_reader *r, size_t bad) {
  const char *at = r->text.p + bad;
  unsigned byte = (unsigned char)*at;
  bool cut = r->text.n - bad < 4 && byte >= 0xc2 && byte <= 0xf4;
  for (size_t i = bad + 1; cut && i < r->text.n; i++) cut = ((unsigned char)r->text.p[i] & 0xc0) == 0x80;
  if (cut)
    as_reader_report_at(r, "E0101", at, "the file seems to be cut off: export it again",
                        "the text ends in the middle of a character");
  else
    as_reader_report_at(r, "E0101", at,
                        byte >= 0x80 && byte <= 0xbf ? "save the file as UTF-8"
                                                     : "save the file as UTF-8 (it looks like Windows-1252 or Latin-1)",
                        "the byte 0x%02x is no UTF-8", byte);
  return false;
}

bool as_reader_decode(as_reader *r, const as_buf *bytes, as_buf *own) {
  static const char *const utf32 = "save the file as UTF-8";
  r->text = (as_str){bytes->data ? bytes->data : "", 0};
  if (begins(bytes, "\xff\xfe\0\0", 4) || begins(bytes, "\0\0\xfe\xff", 4)) {
    as_reader_report(r, "E0101", 1, 1, NULL, utf32, "the text is UTF-32, which is not read");
    return false;
  }
  bool big = begins(bytes, "\xfe\xff", 2);
  if (big || begins(bytes, "\xff\xfe", 2)) {
    bool ok = from_utf16((const unsigned char *)bytes->data + 2, bytes->len - 2, big, own);
    r->text = (as_str){own->data, own->len};
    if (!ok) return refuse_utf16(r);
    r->ascii = is_ascii(r->text);
  } else {
    size_t skip = begins(bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
    if (bytes->data) r->text = (as_str){bytes->data + skip, bytes->len - skip};
    r->ascii = is_ascii(r->text);
    size_t bad = 0;
    if (!r->ascii && !as_json_utf8(r->text) && !as_utf8_valid(r->text, &bad)) return refuse_utf8(r, bad);
  }
  const char *nul = r->text.n ? memchr(r->text.p, 0, r->text.n) : NULL;
  if (nul) {
    as_reader_report_at(r, "E0102", nul,
                        "remove it; where every second byte is one, the file is UTF-16 without its mark: save it as UTF-8",
                        "the text holds a NUL character");
    return false;
  }
  return true;
}
