/* Other limits than those of the start, for the next budget. Must not touch one that runs. */
#include "script/internal.h"

void as_script_limit_patterns(as_script *script, const as_limits *limits) {
  as_regex_close(script);
  script->limits = *limits;
}

void as_script_set_limits(as_script *script, uint64_t memory_bytes, double seconds, uint64_t steps) {
  script->memory_bytes = memory_bytes;
  script->seconds = seconds;
  script->steps = steps;
}
