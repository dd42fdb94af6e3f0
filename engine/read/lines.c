/* Texts line by line: what the named groups of a pattern find is a record. Every line is looked at by itself; lines that do
 * not fit are counted and told once. Must not guess what a line means. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/regex.h"
#include "read/reader.h"

typedef struct {
  as_str name;
  uint32_t first, count; /* of the pattern's names: groups that share this one */
  uint32_t group;        /* the lowest of them */
} field;

typedef struct {
  as_reader *r;
  as_regex *pattern, *skip; /* skip may be NULL */
  field *fields;
  size_t n_fields;
  double until; /* the clock when the time is up */
  uint64_t lines, fitting, misfits;
  const char *misfit; /* the first one */
  uint32_t line, misfit_line;
} reading;

/* ---- the pattern ---- */

static as_regex *compile(as_reader *r, as_str text, const char *what) {
  as_regex_fault fault;
  as_regex *regex = as_regex_new(text, &r->limits, &fault);
  if (!regex)
    as_reader_report(r, "E0170", 0, 0, NULL, "patterns are regular expressions as in Perl (PCRE2)", "the %s for this text is not right: %s", what, fault.message);
  return regex;
}

static int by_group(const void *a, const void *b) {
  uint32_t x = ((const field *)a)->group, y = ((const field *)b)->group;
  return x < y ? -1 : x > y;
}

/* The fields are the names of the pattern, in the order in which their groups stand. */
static bool settle_fields(reading *l) {
  uint32_t names = as_regex_names(l->pattern);
  l->fields = as_calloc(names, sizeof *l->fields);
  for (uint32_t i = 0; i < names; i++) {
    uint32_t group;
    as_str name = as_regex_name(l->pattern, i, &group);
    field *last = l->n_fields ? &l->fields[l->n_fields - 1] : NULL;
    if (last && as_str_eq(last->name, name)) {
      last->count++;
      if (group < last->group) last->group = group;
    } else {
      l->fields[l->n_fields++] = (field){name, i, 1, group};
    }
  }
  if (l->n_fields > 1) qsort(l->fields, l->n_fields, sizeof *l->fields, by_group);
  if (!l->n_fields)
    as_reader_report(l->r, "E0170", 0, 0, NULL, "name what is to be read: (?<user>\\w+)", "the pattern for this text has no named group");
  return l->n_fields > 0;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool on_time(void *ctx) { return now() < ((const reading *)ctx)->until; }

/* True where the pattern was tried; *found tells the outcome. */
static bool try(reading *l, as_regex *regex, as_str line, bool *found) {
  as_regex_fault fault;
  as_regex_result result = as_regex_match(regex, line, 0, AS_REGEX_VALID, on_time, l, &fault);
  *found = result == AS_REGEX_FOUND;
  if (result != AS_REGEX_FAILED) return true;
  static const char *const help = "write the pattern so that it fails early: begin it with ^, and do not nest repetitions";
  if (!on_time(l))
    as_reader_report(l->r, "E0171", l->line, 1, line.p, help, "the pattern needs too much time; the limit match-time is %g s", l->r->limits.match_seconds);
  else
    as_reader_report(l->r, "E0171", l->line, 1, line.p, help, "%s", fault.message);
  return false;
}

/* ---- lines ---- */

static bool emit_field(reading *l, const field *f, as_str line) {
  const as_reader *r = l->r;
  as_str text = {line.p, 0};
  for (uint32_t i = 0; i < f->count; i++) { /* of groups with one name, the one that found something */
    uint32_t group;
    size_t from, to;
    as_regex_name(l->pattern, f->first + i, &group);
    if (!as_regex_group(l->pattern, group, &from, &to)) continue;
    text = (as_str){line.p + from, to - from};
    break;
  }
  while (text.n && (text.p[0] == ' ' || text.p[0] == '\t')) text.p++, text.n--;
  while (text.n && (text.p[text.n - 1] == ' ' || text.p[text.n - 1] == '\t')) text.n--;
  size_t before = (size_t)(text.p - line.p);
  if (!r->ascii) before -= as_reader_continuations(line.p, before);
  uint32_t column = (uint32_t)before + 1;
  if (text.n > r->limits.text_bytes) {
    as_reader_limit(l->r, "E0106", l->line, column, text.p, "text-bytes", r->limits.text_bytes, "a value is too long");
    return false;
  }
  return as_reader_emit(r, AS_EV_KEY, AS_TEXT, false, f->name, l->line, column) &&
         as_reader_emit(r, AS_EV_SCALAR, text.n ? AS_TEXT : AS_NULL, false, text, l->line, column);
}

static bool emit_record(reading *l, as_str line) {
  if (!as_reader_emit(l->r, AS_EV_MAP, AS_NULL, false, AS_STR(""), l->line, 1)) return false;
  for (size_t i = 0; i < l->n_fields; i++)
    if (!emit_field(l, &l->fields[i], line)) return false;
  size_t n = line.n - (l->r->ascii ? 0 : as_reader_continuations(line.p, line.n));
  return as_reader_emit(l->r, AS_EV_END, AS_NULL, false, AS_STR(""), l->line, (uint32_t)n + 1);
}

static bool is_blank(as_str line) {
  for (size_t i = 0; i < line.n; i++)
    if (line.p[i] != ' ' && line.p[i] != '\t') return false;
  return true;
}

/* False ends the reading. */
static bool take(reading *l, as_str line) {
  bool found = false;
  if (l->skip && (!try(l, l->skip, line, &found) || found)) return found;
  if (!try(l, l->pattern, line, &found)) return false;
  if (found) {
    l->fitting++;
    return emit_record(l, line);
  }
  if (l->misfits++ == 0) {
    l->misfit = line.p;
    l->misfit_line = l->line;
  }
  return true;
}

static bool tell_misfits(reading *l) {
  if (!l->misfits) return true;
  if (!l->fitting) {
    as_reader_report(l->r, "E0172", l->misfit_line, 1, l->misfit, "correct `pattern` in the manifest", "no line of this text fits the pattern, this one neither");
    return false;
  }
  as_reader_warn(l->r, "W0173", l->misfit_line, 1, l->misfit, "widen `pattern`, or say with `skip` which lines hold no records",
                 "%llu line%s did not fit the pattern and %s left out, this one first", (unsigned long long)l->misfits, l->misfits == 1 ? "" : "s",
                 l->misfits == 1 ? "was" : "were");
  return true;
}

static bool read_lines(reading *l) {
  as_reader *r = l->r;
  const char *p = r->text.p, *end = p + r->text.n;
  bool ok = true;
  while (p < end) {
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    as_str line = {p, (size_t)((stop ? stop : end) - p)};
    p = stop ? stop + 1 : end;
    l->line++;
    if (line.n && line.p[line.n - 1] == '\r') line.n--;
    if (is_blank(line)) continue;
    if (l->lines++ == r->limits.records) {
      as_reader_limit(r, "E0141", l->line, 1, line.p, "records", r->limits.records, "the file has too many lines");
      return false;
    }
    if (line.n > r->limits.line_bytes) {
      as_reader_limit(r, "E0140", l->line, 1, line.p, "line-bytes", r->limits.line_bytes, "the line is too long and was left out");
      ok = false;
      continue;
    }
    if (!take(l, line)) return false;
  }
  if (!as_reader_emit(r, AS_EV_END, AS_NULL, false, AS_STR(""), l->line + 1, 1)) return false;
  return tell_misfits(l) && ok;
}

bool as_reader_text(as_reader *r) {
  reading l = {.r = r, .until = now() + r->limits.match_seconds};
  l.pattern = compile(r, r->pattern, "pattern");
  if (r->skip.n && l.pattern) l.skip = compile(r, r->skip, "pattern `skip`");
  bool ok = l.pattern && (l.skip || !r->skip.n) && settle_fields(&l) && as_reader_document(r, 1, 1, r->text.p) &&
            as_reader_emit(r, AS_EV_LIST, AS_NULL, false, AS_STR(""), 1, 1) && read_lines(&l);
  as_regex_free(l.pattern);
  as_regex_free(l.skip);
  as_free(l.fields);
  return ok;
}
