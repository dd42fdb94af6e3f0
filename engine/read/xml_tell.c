/* What is wrong with a text that libexpat refuses, in words that tell which element is concerned. */
#include <stdio.h>
#include <string.h>

#include "read/xml.h"

/* `<name` of the element that was opened last. */
static as_clip innermost(const as_xml *x) {
  const as_xml_element *e = &x->elements[x->depth - 1];
  const char *p = x->r->text.p + e->at, *end = x->r->text.p + x->r->text.n;
  size_t n = 0;
  while (p + n < end && !strchr(" \t\r\n/>", p[n])) n++;
  return as_clip_of((as_str){p, n});
}

static bool is_blank(as_str text) {
  for (size_t i = 0; i < text.n; i++)
    if (!strchr(" \t\r\n", text.p[i])) return false;
  return true;
}

static bool is_cut(enum XML_Error error) {
  return error == XML_ERROR_NO_ELEMENTS || error == XML_ERROR_UNCLOSED_TOKEN || error == XML_ERROR_PARTIAL_CHAR ||
         error == XML_ERROR_UNCLOSED_CDATA_SECTION;
}

void as_xml_tell(as_xml *x) {
  as_reader *r = x->r;
  enum XML_Error error = XML_GetErrorCode(x->parser);
  uint32_t line = (uint32_t)XML_GetCurrentLineNumber(x->parser), column = (uint32_t)XML_GetCurrentColumnNumber(x->parser) + 1;
  XML_Index index = XML_GetCurrentByteIndex(x->parser);
  const char *at = index < 0 || (size_t)index > r->text.n ? NULL : r->text.p + index;
  uint32_t begun = x->depth ? x->elements[x->depth - 1].line : 0;
  if (error == XML_ERROR_NO_MEMORY) as_mem_exhausted();
  if (is_blank(r->text)) {
    as_reader_report(r, "E0161", 1, 1, NULL, "export it again", "the text is empty, but XML has an element");
  } else if (is_cut(error) && x->depth) {
    as_reader_report(r, "E0161", line, column, at, "the file seems to be cut off: export it again", "the text ends while %s> of line %u is still open",
                     innermost(x).text, (unsigned)begun);
  } else if (is_cut(error)) {
    as_reader_report(r, "E0161", line, column, at, "the file seems to be cut off, or is no XML: export it again", "the text ends before its element is closed");
  } else if (error == XML_ERROR_TAG_MISMATCH && x->depth) {
    as_reader_report(r, "E0160", line, column, at, "every element ends with a tag of its own name, the inner before the outer",
                     "this end tag does not close %s> of line %u", innermost(x).text, (unsigned)begun);
  } else if (error == XML_ERROR_UNDEFINED_ENTITY) {
    as_reader_report(r, "E0163", line, column, at, "only &amp; &lt; &gt; &quot; &apos; and numbers such as &#233; are read: write the text itself",
                     "an entity is not known here");
  } else {
    as_reader_report(r, "E0160", line, column, at, "check it with another XML program, and export it again", "this is no XML: %s", XML_ErrorString(error));
  }
}
