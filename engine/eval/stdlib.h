/* The hash of the stdlib, as a run states it. */
#ifndef AS_EVAL_STDLIB_H
#define AS_EVAL_STDLIB_H

/* Of all Lua and YAML files below the folder but the annotations for editors, which no run reads: their sorted paths, each with the hash of
 * the file. 64 hex digits; empty where there is no folder (NULL) or it cannot be read. */
void as_stdlib_hash(const char *folder, char out[65]);

#endif
