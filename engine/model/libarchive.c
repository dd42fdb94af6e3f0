/* Loads libarchive by the name that it was compiled against. Never unloads it. */
#include "model/libarchive.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#define NAME "libarchive.so.13"

/* Functions are found as data; the language has no cast between the two. */
static bool find(void *library, const char *name, void *function, size_t size) {
  void *found = dlsym(library, name);
  memcpy(function, &found, size);
  return found != NULL;
}

const as_libarchive *as_libarchive_load(void) {
  static as_libarchive functions;
  static bool tried, there;
  if (tried)
    return there ? &functions : NULL;
  tried = true;
  void *library = dlopen(NAME, RTLD_NOW | RTLD_LOCAL);
  there = library != NULL;
#define FIND(name) there = there && find(library, #name, &functions.name, sizeof functions.name);
  AS_LIBARCHIVE(FIND)
#undef FIND
  return there ? &functions : NULL;
}
