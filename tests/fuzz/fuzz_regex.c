/* Patterns: any pattern on any text ends by its limits; what it gives lies within the text. The input: flags, a pattern
 * ended by a line end, the subject. */
#include <time.h>

#include "base/regex.h"
#include "fuzz.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void check_fault(const as_regex_fault *fault) {
  FUZZ_CHECK(memchr(fault->message, 0, sizeof fault->message) && fault->message[0]);
}

static void search(as_regex *re, as_str subject) {
  as_regex_fault fault = {0};
  size_t from = 0, matches = 0;
  unsigned how = 0;
  bool valid = as_utf8_valid(subject, NULL);
  while (from <= subject.n && matches++ < 50) {
    as_regex_result result = as_regex_match(re, subject, from, how, NULL, NULL, &fault);
    if (result == AS_REGEX_FAILED) check_fault(&fault);
    if (result == AS_REGEX_FAILED || (result == AS_REGEX_NONE && !how)) return;
    if (result == AS_REGEX_NONE) { /* no filled match here: one character further */
      how = 0;
      do from++;
      while (from < subject.n && ((unsigned char)subject.p[from] & 0xc0) == 0x80);
      continue;
    }
    FUZZ_CHECK(valid);
    size_t a, b, c, d;
    if (!as_regex_group(re, 0, &a, &b)) return; /* \K behind its end */
    FUZZ_CHECK(a <= b && b <= subject.n);
    for (uint32_t g = 1; g <= as_regex_groups(re); g++)
      if (as_regex_group(re, g, &c, &d)) FUZZ_CHECK(c <= d && d <= subject.n);
    if (b < from) return;
    how = a == b ? AS_REGEX_FILLED : 0;
    from = b;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 4096) return 0;
  unsigned flags = fuzz_byte(&data, &size);
  as_limits limits = as_limits_default;
  limits.match_steps = flags & 1 ? 200 : 20000;
  limits.match_bytes = 1 << 20;
  limits.match_depth = flags & 2 ? 20 : 2000;
  limits.pattern_bytes = 256;
  limits.pattern_depth = 20;
  as_str pattern = fuzz_part(&data, &size, '\n');
  as_buf p = fuzz_text(pattern.p, pattern.n), s = fuzz_text(data, size);
  as_regex_fault fault = {0};
  double start = now();
  as_regex *re = as_regex_new((as_str){p.data, p.len}, &limits, &fault);
  if (re) {
    FUZZ_CHECK(pattern.n <= limits.pattern_bytes && as_str_eq(as_regex_text(re), pattern));
    for (uint32_t i = 0; i < as_regex_names(re); i++) {
      uint32_t group = 0;
      as_str name = as_regex_name(re, i, &group);
      FUZZ_CHECK(group >= 1 && group <= as_regex_groups(re) && name.n > 0);
    }
    search(re, (as_str){s.data, s.len});
    FUZZ_CHECK(now() - start < 10); /* at most 50 searches, each within its steps at every 256 bytes */
  } else {
    check_fault(&fault);
    FUZZ_CHECK(fault.at <= pattern.n);
  }
  as_regex_free(re);
  as_buf_free(&p);
  as_buf_free(&s);
  return 0;
}
