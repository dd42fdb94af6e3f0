/* Regular expressions: PCRE2 without its JIT, with limits on patterns and on every match. A limit that is hit is a fault that
 * names it, never "no match". Texts are UTF-8. Knows no Lua and no format. */
#ifndef AS_BASE_REGEX_H
#define AS_BASE_REGEX_H

#include "base/limits.h"
#include "base/str.h"

/* What is wrong with a pattern, or why a match was not finished. */
typedef struct {
  size_t at;  /* in the pattern, in bytes */
  bool limit; /* a limit was met, which the message names */
  char message[256];
} as_regex_fault;

typedef struct as_regex as_regex;

/* Compiles. NULL with the fault. The text is copied; `limits` give pattern-bytes and the like and those of every match. */
as_regex *as_regex_new(as_str pattern, const as_limits *limits, as_regex_fault *fault);
void as_regex_free(as_regex *regex);
as_str as_regex_text(const as_regex *regex);
uint32_t as_regex_groups(const as_regex *regex);
/* Named groups, in the order of their names; several may have the same name. The name is NUL-terminated. */
uint32_t as_regex_names(const as_regex *regex);
as_str as_regex_name(const as_regex *regex, uint32_t i, uint32_t *group);
/* The number of a group by its name; 0 where there is none. */
uint32_t as_regex_number(const as_regex *regex, const char *name);

typedef enum { AS_REGEX_NONE, AS_REGEX_FOUND, AS_REGEX_FAILED } as_regex_result;
enum {
  AS_REGEX_VALID = 1,  /* the subject is known to be UTF-8 */
  AS_REGEX_FILLED = 2  /* only at `from`, and not an empty match */
};
/* Asked from time to time during a match; false gives the match up. It must not throw. */
typedef bool (*as_regex_poll)(void *ctx);
/* Looks for the first match at or behind `from`. AS_REGEX_FAILED: the fault says why (a limit, no UTF-8, or given up). `poll` may be NULL. */
as_regex_result as_regex_match(as_regex *regex, as_str subject, size_t from, unsigned how, as_regex_poll poll, void *ctx, as_regex_fault *fault);
/* Where a group of the last match stands (0: the whole); false where it took no part in it, or ends before it begins (\K). */
bool as_regex_group(const as_regex *regex, uint32_t group, size_t *from, size_t *to);

/* Compiled patterns by their texts. Keeps 256, and forgets the one that was used longest ago. */
typedef struct as_regexes as_regexes;
as_regexes *as_regexes_new(const as_limits *limits); /* copies them */
void as_regexes_free(as_regexes *regexes);
/* Borrowed until 256 others were asked for; what its last match found, until another one is. NULL with the fault. */
as_regex *as_regexes_get(as_regexes *regexes, as_str pattern, as_regex_fault *fault);

#endif
