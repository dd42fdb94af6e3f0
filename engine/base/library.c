/* Loads libraries by their names. Must not know what they are for. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool as_library_load(const char *file, const char *const *functions, size_t n, void *to) {
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  for (size_t i = 0; library && i < n; i++) {
    void *found = dlsym(library, functions[i]);
    if (!found)
      return false;
    memcpy((char *)to + i * sizeof found, &found, sizeof found); /* the language has no cast from data to functions */
  }
  return library != NULL;
}
