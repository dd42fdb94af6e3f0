/* XML by libexpat. */
#include "read/reader.h"

bool as_reader_xml(as_reader *r) {
  as_reader_report(r, "E0160", 0, 0, NULL, NULL, "XML cannot be read yet");
  return false;
}
