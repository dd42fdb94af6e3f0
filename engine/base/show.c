/* Text made safe to show. Must not let a byte through that a terminal acts upon. */
#include <stdio.h>

#include "base/utf8.h"

void as_show(as_str text, bool keep_lines, as_buf *out) {
  as_buf_add(out, "", 0);
  size_t plain = 0; /* where the run of bytes begins that is copied as it is */
  for (size_t i = 0; i < text.n;) {
    uint32_t code;
    size_t n = as_utf8_next(text, i, &code);
    bool line = n && (code == '\n' || code == '\t');
    if (n && (line ? keep_lines : (code >= 0x20 && code < 0x7f) || !as_utf8_hidden(code))) {
      i += n;
      continue;
    }
    as_buf_add(out, text.p + plain, i - plain);
    if (line)
      as_buf_adds(out, code == '\n' ? "\\n" : "\\t");
    else if (!n || code < 0x80)
      as_buf_printf(out, "\\x%02x", (unsigned)(unsigned char)text.p[i]);
    else
      as_buf_printf(out, "\\u{%x}", (unsigned)code);
    i += n ? n : 1;
    plain = i;
  }
  if (plain < text.n) as_buf_add(out, text.p + plain, text.n - plain);
}
