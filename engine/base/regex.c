/* PCRE2: patterns compiled with limits, kept, and matched. Must not show a text or a pattern in a message. */
#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define KEPT 256
#define ROOMY ((size_t)64 * 1024) /* bytes that a pattern may keep from match to match; PCRE2 would keep as much as a match may need */
#define PART 64  /* bytes in which a match may begin, at a time at most */
#define PART_MS 10 /* … fewer where they take longer than this */

struct as_regex {
  as_str text;
  uint64_t hash, used; /* of the cache: when it was used last */
  pcre2_code *code;
  pcre2_general_context *memory; /* of `match` */
  pcre2_match_data *match;
  bool grown; /* `match` holds more than ROOMY */
  pcre2_match_context *context;
  as_limits limits;
  uint32_t groups, names, name_size, first_type;
  const uint8_t *bitmap; /* bytes with which a match begins, or NULL */
  PCRE2_SPTR name_table;
};

/* ---- memory ---- */

static void *take(PCRE2_SIZE size, void *ctx) {
  as_regex *re = ctx;
  if (size > ROOMY) re->grown = true;
  return as_alloc(size);
}

static void give(void *p, void *ctx) {
  (void)ctx;
  as_free(p);
}

/* Gives back what matches left behind; what the last one found is forgotten. */
static void renew(as_regex *re) {
  pcre2_match_data_free(re->match);
  re->match = pcre2_match_data_create_from_pattern(re->code, re->memory);
  if (!re->match) as_mem_exhausted();
  re->grown = false; /* the places of groups alone do not count */
}

/* ---- patterns ---- */

static uint32_t narrow(uint64_t value) { return value > UINT32_MAX ? UINT32_MAX : (uint32_t)value; }

static void refuse_length(const as_limits *limits, as_regex_fault *fault) {
  as_buf value = {0};
  as_limit_show_value(limits->pattern_bytes, true, &value);
  snprintf(fault->message, sizeof fault->message, "the pattern is longer than %s", value.data);
  as_buf_free(&value);
}

as_regex *as_regex_new(as_str pattern, const as_limits *limits, as_regex_fault *fault) {
  *fault = (as_regex_fault){0};
  if (pattern.n > limits->pattern_bytes) {
    refuse_length(limits, fault);
    fault->limit = true;
    return NULL;
  }
  pcre2_compile_context *context = pcre2_compile_context_create(NULL);
  if (!context) as_mem_exhausted();
  pcre2_set_parens_nest_limit(context, narrow(limits->pattern_depth));
  const uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UCP | PCRE2_USE_OFFSET_LIMIT;
  int error;
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options, &error, &fault->at, context);
  pcre2_compile_context_free(context);
  if (!code) {
    if (error == PCRE2_ERROR_HEAP_FAILED) as_mem_exhausted();
    pcre2_get_error_message(error, (PCRE2_UCHAR *)fault->message, sizeof fault->message);
    if (fault->at > pattern.n) fault->at = pattern.n; /* PCRE2 may point behind the end: `(*LIMIT_MATCH=1` */
    return NULL;
  }
  as_regex *re = as_calloc(1, sizeof *re);
  char *text = as_alloc(pattern.n + 1);
  if (pattern.n) memcpy(text, pattern.p, pattern.n);
  text[pattern.n] = 0;
  re->text = (as_str){text, pattern.n};
  re->code = code;
  re->limits = *limits;
  re->memory = pcre2_general_context_create(take, give, re);
  re->context = pcre2_match_context_create(NULL);
  if (!re->memory || !re->context) as_mem_exhausted();
  renew(re);
  pcre2_set_match_limit(re->context, narrow(limits->match_steps));
  pcre2_set_heap_limit(re->context, narrow(limits->match_bytes / 1024));
  pcre2_set_depth_limit(re->context, narrow(limits->match_depth));
  pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &re->groups);
  pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &re->names);
  pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &re->name_size);
  pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &re->name_table);
  pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &re->first_type);
  pcre2_pattern_info(code, PCRE2_INFO_FIRSTBITMAP, &re->bitmap);
  return re;
}

void as_regex_free(as_regex *re) {
  if (!re) return;
  pcre2_match_context_free(re->context);
  pcre2_match_data_free(re->match);
  pcre2_general_context_free(re->memory);
  pcre2_code_free(re->code);
  as_free((void *)(uintptr_t)re->text.p);
  as_free(re);
}

as_str as_regex_text(const as_regex *re) { return re->text; }
uint32_t as_regex_groups(const as_regex *re) { return re->groups; }
uint32_t as_regex_names(const as_regex *re) { return re->names; }

as_str as_regex_name(const as_regex *re, uint32_t i, uint32_t *group) {
  PCRE2_SPTR entry = re->name_table + (size_t)i * re->name_size;
  *group = (uint32_t)entry[0] << 8 | entry[1];
  return as_str_of((const char *)entry + 2);
}

uint32_t as_regex_number(const as_regex *re, const char *name) {
  int number = pcre2_substring_number_from_name(re->code, (PCRE2_SPTR)name);
  return number > 0 ? (uint32_t)number : 0;
}

/* ---- matching ---- */

static as_regex_result tell(const as_regex *re, int rc, as_regex_fault *fault) {
  const char *what = rc == PCRE2_ERROR_MATCHLIMIT ? "match" : rc == PCRE2_ERROR_HEAPLIMIT ? "heap" : rc == PCRE2_ERROR_DEPTHLIMIT ? "depth" : NULL;
  *fault = (as_regex_fault){.limit = what != NULL};
  if (!what) {
    char why[200];
    pcre2_get_error_message(rc, (PCRE2_UCHAR *)why, sizeof why);
    snprintf(fault->message, sizeof fault->message, "the text cannot be matched: %s", why);
    return AS_REGEX_FAILED;
  }
  as_buf value = {0};
  bool heap = rc == PCRE2_ERROR_HEAPLIMIT;
  as_limit_show_value(heap ? re->limits.match_bytes : rc == PCRE2_ERROR_MATCHLIMIT ? re->limits.match_steps : re->limits.match_depth, heap, &value);
  snprintf(fault->message, sizeof fault->message, "the pattern met its %s limit (%s)", what, value.data);
  as_buf_free(&value);
  return AS_REGEX_FAILED;
}

static size_t next_char(as_str s, size_t at) {
  do at++;
  while (at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80);
  return at;
}

/* The first place from `at` on where a match can begin; more than the text's length where there is none. */
static size_t next_start(const as_regex *re, as_str subject, size_t at) {
  if (!re->bitmap) return at;
  while (at < subject.n && !(re->bitmap[(unsigned char)subject.p[at] >> 3] >> ((unsigned char)subject.p[at] & 7) & 1)) at++;
  return at < subject.n ? at : subject.n + 1;
}

/* Milliseconds, to choose how much is searched at once; no result depends on them. */
static double clock_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* PCRE2 counts its limit anew at each place where a match could begin, so that long texts are searched in parts, and
 * somebody may look at the clock in between. */
as_regex_result as_regex_match(as_regex *re, as_str subject, size_t from, unsigned how, as_regex_poll poll, void *ctx, as_regex_fault *fault) {
  uint32_t options = 0;
  if (!subject.p) subject.p = "";
  if (how & AS_REGEX_VALID) options |= PCRE2_NO_UTF_CHECK;
  if (how & AS_REGEX_FILLED) options |= PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED;
  bool parts = !(how & AS_REGEX_FILLED) && re->first_type != 2;
  double before = 0;
  for (size_t part = PART; from <= subject.n;) {
    size_t last = parts && subject.n - from > part ? from + part : PCRE2_UNSET;
    pcre2_set_offset_limit(re->context, last);
    int rc = pcre2_match(re->code, (PCRE2_SPTR)subject.p, subject.n, from, options, re->match, re->context);
    if (rc == PCRE2_ERROR_NOMEMORY) as_mem_exhausted();
    if (poll && !poll(ctx)) {
      *fault = (as_regex_fault){.message = "given up"};
      return AS_REGEX_FAILED;
    }
    if (rc > 0) return AS_REGEX_FOUND;
    if (rc != PCRE2_ERROR_NOMATCH) return tell(re, rc, fault);
    if (last == PCRE2_UNSET) break;
    double now = clock_ms();
    if (before > 0 && now - before > PART_MS)
      part = part / 4 + 1;
    else if (part < PART)
      part *= 2;
    before = now;
    from = next_start(re, subject, next_char(subject, last));
    options |= PCRE2_NO_UTF_CHECK;
  }
  return AS_REGEX_NONE;
}

bool as_regex_group(const as_regex *re, uint32_t group, size_t *from, size_t *to) {
  const PCRE2_SIZE *at = pcre2_get_ovector_pointer(re->match);
  *from = at[2 * group];
  *to = at[2 * group + 1];
  return *from != PCRE2_UNSET && *to >= *from;
}

/* ---- the cache ---- */

struct as_regexes {
  as_regex *kept[KEPT];
  as_regex *latest; /* the only one that may have grown */
  uint64_t clock;
  as_limits limits;
};

as_regexes *as_regexes_new(const as_limits *limits) {
  as_regexes *regexes = as_calloc(1, sizeof *regexes);
  regexes->limits = *limits;
  return regexes;
}

void as_regexes_free(as_regexes *regexes) {
  if (!regexes) return;
  for (size_t i = 0; i < KEPT; i++) as_regex_free(regexes->kept[i]);
  as_free(regexes);
}

static uint64_t hash_of(as_str text) {
  uint64_t h = 14695981039346656037u;
  for (size_t i = 0; i < text.n; i++) h = (h ^ (unsigned char)text.p[i]) * 1099511628211u;
  return h;
}

/* The one that is used now. */
static as_regex *used(as_regexes *regexes, as_regex *re) {
  if (regexes->latest && regexes->latest != re && regexes->latest->grown) renew(regexes->latest);
  regexes->latest = re;
  re->used = ++regexes->clock;
  return re;
}

as_regex *as_regexes_get(as_regexes *regexes, as_str pattern, as_regex_fault *fault) {
  uint64_t hash = hash_of(pattern);
  as_regex **oldest = &regexes->kept[0];
  for (size_t i = 0; i < KEPT; i++) {
    as_regex *re = regexes->kept[i];
    if (re && re->hash == hash && as_str_eq(re->text, pattern)) return used(regexes, re);
    if (*oldest && (!re || re->used < (*oldest)->used)) oldest = &regexes->kept[i];
  }
  as_regex *re = as_regex_new(pattern, &regexes->limits, fault);
  if (!re) return NULL;
  re->hash = hash;
  if (regexes->latest == *oldest) regexes->latest = NULL;
  as_regex_free(*oldest);
  return used(regexes, *oldest = re);
}
