/* Versions of the libraries behind the script layer, for `assay version`. */
#ifndef AS_SCRIPT_VERSION_H
#define AS_SCRIPT_VERSION_H

#include "base/mem.h"

/* Appends lines: "Lua 5.4.4". */
void as_script_versions(as_buf *out);

#endif
