/* Versions of the libraries behind the readers, for `assay version`. */
#ifndef AS_READ_VERSION_H
#define AS_READ_VERSION_H

#include "base/mem.h"

/* Appends lines: "libyaml 0.2.5". From C++ include it within extern "C". */
void as_read_versions(as_buf *out);

#endif
