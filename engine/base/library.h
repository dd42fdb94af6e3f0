/* Libraries of the system that few runs need: loaded when one does, since every library costs every start and every fork. */
#ifndef AS_BASE_LIBRARY_H
#define AS_BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* Loads the library of that file name ("libedit.so.2") and finds its functions: `to` is a structure of as many pointers to functions,
 * in the same order. False where the library or one of them is not there. It is never unloaded. Nothing can be loaded behind walls. */
bool as_library_load(const char *file, const char *const *functions, size_t n, void *to);

#endif
