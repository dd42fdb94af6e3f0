/* A slow and strict JSON checker that says what is wrong, where, and what to do about it.
 * It runs only on texts that were refused (and on documents of one scalar), reports nothing itself and builds nothing. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "read/json.h"

typedef struct {
  const char *p, *end;
  as_str text;
  uint32_t line; /* in which the text begins */
  bool ndjson;   /* the text is a line */
  as_json_fault *fault;
} checker;

__attribute__((format(printf, 5, 6))) static bool fail(checker *c, const char *code, const char *at, const char *help,
                                                       const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(c->fault->message, sizeof c->fault->message, format, args);
  va_end(args);
  c->fault->code = code;
  c->fault->help = help;
  c->fault->at = at;
  return false;
}

/* Line and character of a place, to be named within a message. */
static void place(const checker *c, const char *at, unsigned *line, unsigned *column) {
  *line = c->line;
  *column = 1;
  for (const char *p = c->text.p; p < at; p++) {
    if (*p == '\n') {
      ++*line;
      *column = 1;
    } else if (((unsigned char)*p & 0xc0) != 0x80) {
      ++*column;
    }
  }
}

static void blanks(checker *c) {
  while (c->p < c->end && (*c->p == ' ' || *c->p == '\t' || *c->p == '\n' || *c->p == '\r')) c->p++;
}

/* What stands at the place, for "found …". */
static const char *found(const checker *c, const char *at, char out[32]) {
  if (at >= c->end) return "the end of the text";
  uint32_t code = 0;
  size_t n = as_utf8_next(c->text, (size_t)(at - c->text.p), &code);
  if (*at == '\n' || *at == '\r') return "the end of the line";
  if (n && code >= 0x20)
    snprintf(out, 32, "`%.*s`", (int)n, at);
  else
    snprintf(out, 32, "the character U+%04X", (unsigned)code);
  return out;
}

static const char *unit(const checker *c) { return c->ndjson ? "line" : "text"; }

static bool ends(checker *c, const char *open, const char *what) {
  unsigned line, column;
  place(c, open, &line, &column);
  return fail(c, "E0131", c->end,
              c->ndjson ? "each line of NDJSON holds a whole value: write it on one line, or name the file .json; "
                          "if the file was cut off, export it again"
                        : "the file seems to be cut off: export it again, or complete it",
              "the %s ends here, in the middle of the %s that begins at line %u, column %u", unit(c), what, line, column);
}

static bool hex4(const char *p, uint32_t *out) {
  *out = 0;
  for (int i = 0; i < 4; i++) {
    char c = p[i];
    uint32_t d;
    if (c >= '0' && c <= '9')
      d = (uint32_t)(c - '0');
    else if (c >= 'a' && c <= 'f')
      d = (uint32_t)(c - 'a') + 10;
    else if (c >= 'A' && c <= 'F')
      d = (uint32_t)(c - 'A') + 10;
    else
      return false;
    *out = *out << 4 | d;
  }
  return true;
}

static bool escape(checker *c) {
  const char *at = c->p;
  if (c->end - at < 2) {
    c->p = c->end;
    return true; /* the string ends early, which is said there */
  }
  if (at[1] != 'u') {
    if (!strchr("\"\\/bfnrt", at[1]) || !at[1])
      return fail(c, "E0130", at, "write `\\\\` for a backslash", "there is no escape of this form in JSON");
    c->p += 2;
    return true;
  }
  uint32_t code, low;
  if (c->end - at < 6) {
    c->p = c->end;
    return true;
  }
  if (!hex4(at + 2, &code))
    return fail(c, "E0130", at, "write `\\u` with four hexadecimal digits", "`\\u` without four hexadecimal digits");
  c->p += 6;
  if (code < 0xd800 || code > 0xdfff) return true;
  if (code < 0xdc00 && c->end - c->p >= 6 && c->p[0] == '\\' && c->p[1] == 'u' && hex4(c->p + 2, &low) && low >= 0xdc00 && low <= 0xdfff) {
    c->p += 6;
    return true;
  }
  if (code < 0xdc00 && c->end - c->p < 6 && !memchr(c->p, '"', (size_t)(c->end - c->p))) {
    c->p = c->end;
    return true;
  }
  return fail(c, "E0130", at, "the program that wrote the file cut a character in two: export it again",
              "half a character (a surrogate without its other half)");
}

static bool string(checker *c, const char *what) {
  const char *open = c->p++;
  while (c->p < c->end) {
    unsigned char byte = (unsigned char)*c->p;
    if (byte == '"') {
      c->p++;
      return true;
    }
    if (byte == '\\') {
      if (!escape(c)) return false;
    } else if (byte == '\n' || byte == '\r') {
      /* The quote that opens is more likely wrong than the line break. */
      unsigned line, column;
      place(c, open, &line, &column);
      return fail(c, "E0130", c->p, "close the text with `\"` on the same line, or write a line break in it as `\\n`",
                  "a line break in the %s that begins at line %u, column %u", what, line, column);
    } else if (byte < 0x20) {
      return fail(c, "E0130", c->p, "write a tab as `\\t`, other control characters as `\\u` and four digits",
                  "the control character U+%04X in a %s", byte, what);
    } else {
      c->p++;
    }
  }
  return ends(c, open, what);
}

static bool is_digit(const checker *c) { return c->p < c->end && *c->p >= '0' && *c->p <= '9'; }

static bool number(checker *c) {
  const char *begin = c->p;
  static const char *const help = "numbers are written like 12, -0.5 or 1.5e9; put anything else in quotes";
  if (*c->p == '-') c->p++;
  if (c->p == c->end) return ends(c, begin, "number");
  if (!is_digit(c)) return fail(c, "E0130", begin, help, "this is no number");
  if (*c->p == '0' && c->p + 1 < c->end && c->p[1] >= '0' && c->p[1] <= '9')
    return fail(c, "E0130", begin, "remove the zeros in front, or put the value in quotes", "a number that begins with 0");
  while (is_digit(c)) c->p++;
  if (c->p < c->end && *c->p == '.') {
    c->p++;
    if (c->p == c->end) return ends(c, begin, "number");
    if (!is_digit(c)) return fail(c, "E0130", begin, help, "a number without digits behind its point");
    while (is_digit(c)) c->p++;
  }
  if (c->p < c->end && (*c->p == 'e' || *c->p == 'E')) {
    c->p++;
    if (c->p < c->end && (*c->p == '+' || *c->p == '-')) c->p++;
    if (c->p == c->end) return ends(c, begin, "number");
    if (!is_digit(c)) return fail(c, "E0130", begin, help, "a number without digits behind its exponent");
    while (is_digit(c)) c->p++;
  }
  return true;
}

static bool word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || (c & 0x80);
}

static bool word(checker *c, char closing) {
  const char *begin = c->p;
  while (c->p < c->end && word_char(*c->p)) c->p++;
  as_str w = {begin, (size_t)(c->p - begin)};
  static const char *const known[] = {"true", "false", "null"};
  for (size_t i = 0; i < 3; i++) {
    if (as_str_is(w, known[i])) return true;
    if (c->p == c->end && w.n && w.n < strlen(known[i]) && !memcmp(known[i], w.p, w.n)) return ends(c, begin, "value");
  }
  if (as_str_is(w, "NaN") || as_str_is(w, "Infinity"))
    return fail(c, "E0130", begin, "write null for a value that is not known", "JSON has no %.*s", (int)w.n, w.p);
  if (as_str_is(w, "True") || as_str_is(w, "False") || as_str_is(w, "None") || as_str_is(w, "undefined") || as_str_is(w, "nil"))
    return fail(c, "E0130", begin, "write true, false or null", "JSON has no `%.*s`", (int)w.n, w.p);
  char out[32];
  if (!w.n) {
    bool comment = *begin == '#' || (*begin == '/' && begin + 1 < c->end && (begin[1] == '/' || begin[1] == '*'));
    if (comment) return fail(c, "E0130", begin, "remove the comment", "JSON has no comments");
    if (*begin == '\'') return fail(c, "E0130", begin, "use double quotes", "texts in JSON stand in double quotes");
    if (*begin == '}' && *begin == closing)
      return fail(c, "E0130", begin, "write null where there is no value", "expected a value behind `:`, found `}`");
    if (*begin == closing)
      return fail(c, "E0130", begin, "remove the comma in front of it", "found `%c` where a value should follow the comma", closing);
  }
  return fail(c, "E0130", begin, "a value is a text in double quotes, a number, true, false, null, a list or a map",
              "expected a value, found %s", found(c, begin, out));
}

static bool key(checker *c) {
  char out[32];
  if (*c->p == '"') {
    if (!string(c, "key")) return false;
    blanks(c);
    if (c->p == c->end) return true;
    if (*c->p != ':') return fail(c, "E0130", c->p, "write `:` between key and value", "expected `:`, found %s", found(c, c->p, out));
    c->p++;
    return true;
  }
  const char *help = *c->p == '}'                                 ? "remove the comma in front of it"
                     : *c->p == '/' || *c->p == '#'               ? "JSON has no comments: remove it"
                     : *c->p == '\'' || word_char(*c->p) ? "put the key in double quotes"
                                                                  : "write the key in double quotes";
  return fail(c, "E0130", c->p, help, "expected a key in double quotes, found %s", found(c, c->p, out));
}

/* `open` has where the lists and maps begin that are open.
 * Behind a value: a comma and what it asks for, or the ends of lists and maps. False also at the end of everything. */
static bool behind(checker *c, const char *const *open, uint32_t *depth) {
  char out[32];
  while (*depth) {
    blanks(c);
    if (c->p == c->end) return ends(c, open[*depth - 1], *open[*depth - 1] == '[' ? "list" : "map");
    bool list = *open[*depth - 1] == '[';
    if (*c->p == ',') {
      c->p++;
      return true;
    }
    if (*c->p != (list ? ']' : '}')) {
      bool value = *c->p == '"' || *c->p == '{' || *c->p == '[' || word_char(*c->p);
      return fail(c, "E0130", c->p, value ? "a comma is missing in front of it" : "close it with the bracket that fits, or write a comma",
                  "expected `,` or `%c`, found %s", list ? ']' : '}', found(c, c->p, out));
    }
    c->p++;
    --*depth;
  }
  blanks(c);
  if (c->p < c->end)
    fail(c, "E0133", c->p, 
         c->ndjson ? "a line holds one value: begin a new line"
                   : "a file holds one value: put several into a list, or one on each line of a file that ends in .ndjson",
         "something stands behind the end of the value: %s", found(c, c->p, out));
  return false;
}

static bool walk(checker *c, const char **open, uint32_t most) {
  uint32_t depth = 0;
  for (;;) {
    /* Here a value is due, behind its key if it is in a map. */
    blanks(c);
    bool in_map = depth && *open[depth - 1] == '{';
    if (c->p < c->end && in_map && !key(c)) return false;
    blanks(c);
    if (c->p == c->end) return ends(c, depth ? open[depth - 1] : c->text.p, !depth ? "value" : in_map ? "map" : "list");
    char first = *c->p;
    if (first == '[' || first == '{') {
      if (depth == most) return fail(c, "E0104", c->p, NULL, "lists and maps nest deeper than %u levels", (unsigned)most);
      open[depth++] = c->p++;
      blanks(c);
      if (c->p == c->end) return ends(c, open[depth - 1], first == '[' ? "list" : "map");
      if (*c->p != (first == '[' ? ']' : '}')) continue;
      c->p++;
      depth--;
    } else if (first == '"') {
      if (!string(c, "text")) return false;
    } else if (first == '-' || (first >= '0' && first <= '9')) {
      if (!number(c)) return false;
      if (c->p < c->end && (word_char(*c->p) || *c->p == '.' || *c->p == '-' || *c->p == '+'))
        return fail(c, "E0130", c->p, "put the value in quotes if it is no number", "a number with something behind it");
    } else if (!word(c, depth && !in_map ? ']' : '}')) {
      return false;
    }
    if (!behind(c, open, &depth)) return !c->fault->code;
  }
}

bool as_json_check(as_str text, uint32_t line, bool ndjson, uint32_t depth, as_json_fault *fault) {
  *fault = (as_json_fault){0};
  checker c = {.p = text.p, .end = text.p + text.n, .text = text, .line = line, .ndjson = ndjson, .fault = fault};
  blanks(&c);
  if (c.p == c.end)
    return fail(&c, "E0134", text.p, "export it again: an empty list is written as []",
                "the %s is empty, but JSON needs a value", unit(&c));
  const char **open = as_alloc((size_t)(depth + 1) * sizeof *open);
  bool ok = walk(&c, open, depth);
  as_free(open);
  return ok;
}
