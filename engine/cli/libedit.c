/* Loads libedit by the name that it was compiled against. */
#include "cli/libedit.h"

#include "base/library.h"

const as_libedit *as_libedit_load(void) {
#define NAME(name) #name,
  static const char *const names[] = {AS_LIBEDIT(NAME)};
#undef NAME
  static as_libedit functions;
  static bool tried, there;
  if (!tried)
    there = as_library_load("libedit.so.2", names, sizeof names / sizeof *names, &functions);
  tried = true;
  return there ? &functions : NULL;
}
