/* Loads libarchive by the name that it was compiled against. */
#include "model/libarchive.h"

#include "base/library.h"

const as_libarchive *as_libarchive_load(void) {
#define NAME(name) #name,
  static const char *const names[] = {AS_LIBARCHIVE(NAME)};
#undef NAME
  static as_libarchive functions;
  static bool tried, there;
  if (!tried)
    there = as_library_load("libarchive.so.13", names, sizeof names / sizeof *names, &functions);
  tried = true;
  return there ? &functions : NULL;
}
