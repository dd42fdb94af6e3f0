/* The state of reading one XML text. Private to the XML reader. Beware: <expat.h> is libexpat's. */
#ifndef AS_READ_XML_H
#define AS_READ_XML_H

#include <expat.h>

#include "read/reader.h"

typedef struct {
  uint32_t line, column;
  size_t at;     /* in the document */
  size_t text;   /* where its text begins in as_xml.text */
  bool open;     /* it was given out as a map */
  bool children; /* it has child elements */
  bool own;      /* it has text of its own that is not blank */
} as_xml_element;

typedef struct {
  as_reader *r;
  XML_Parser parser;
  as_xml_element *elements; /* that are open, the root first */
  size_t depth, cap;
  as_buf text;   /* of the open elements from `alive` on */
  size_t alive;  /* number of outer elements whose text is too long to be kept */
  as_buf name;   /* of an attribute, with its @ */
  uint64_t nodes;
  bool external; /* a DOCTYPE names a file outside */
  bool failed;   /* reported, or stopped by the sink */
} as_xml;

/* Reports why libexpat could not go on. */
void as_xml_tell(as_xml *x);

#endif
