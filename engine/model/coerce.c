/* Values: one node becomes one typed value, or a fault in words. Says what is wrong and how to write it; must not
 * report, and must not know where the node came from. */
#include "model/coerce.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/sink.h"
#include "model/type.h"

void as_fault_free(as_fault *fault) {
  as_buf_free(&fault->message);
  as_buf_free(&fault->help);
}

static as_str trimmed(as_str text) {
  while (text.n && (text.p[0] == ' ' || text.p[0] == '\t')) text.p++, text.n--;
  while (text.n && (text.p[text.n - 1] == ' ' || text.p[text.n - 1] == '\t')) text.n--;
  return text;
}

/* ---- faults ---- */

static as_coerced fault_at(as_fault *fault, const as_field *field, const as_node *node, const char *what, const char *help) {
  if (!fault) return AS_COERCE_BAD;
  fault->code = "E0301";
  fault->line = node->line;
  fault->column = node->column;
  as_buf_printf(&fault->message, "%s: ", field->name->text);
  if (node->type == AS_LIST || node->type == AS_MAP)
    as_buf_adds(&fault->message, node->type == AS_LIST ? "a list" : "a map");
  else
    as_sink_quote(node->text, &fault->message);
  as_buf_printf(&fault->message, " %s", what);
  if (help) as_buf_adds(&fault->help, help);
  return AS_COERCE_BAD;
}

/* "is no whole number", by the type. */
static as_coerced fault_type(as_fault *fault, const as_field *field, as_type type, const as_node *node, const char *help) {
  static const char *const not_one[] = {
      [AS_T_STRING] = "is not one line of text", [AS_T_TEXT] = "is no text",
      [AS_T_INTEGER] = "is no whole number",     [AS_T_NUMBER] = "is no number",
      [AS_T_PERCENT] = "is no number from 0 to 100", [AS_T_BOOLEAN] = "is neither true nor false",
      [AS_T_DATE] = "is no date",                [AS_T_TIME] = "is no time with a zone",
      [AS_T_DURATION] = "is no duration",        [AS_T_ENUM] = "is no word",
      [AS_T_REF] = "is no key",                  [AS_T_LIST] = "is no list",
  };
  return fault_at(fault, field, node, not_one[type], help);
}

static as_coerced fault_enum(as_fault *fault, const as_field *field, const as_node *node) {
  if (!fault) return AS_COERCE_BAD;
  as_buf what = {0}, help = {0}, word = {0};
  const char **words = as_alloc(field->n_words * sizeof *words);
  as_buf_adds(&what, "is not one of ");
  for (uint32_t i = 0; i < field->n_words; i++) {
    words[i] = field->words[i]->text;
    as_buf_printf(&what, "%s%s", i ? ", " : "", words[i]);
  }
  as_buf_add(&word, node->text.p, node->text.n);
  const char *meant = as_suggest(word.data, words, field->n_words);
  if (meant) as_buf_printf(&help, "did you mean `%s`?", meant);
  fault_at(fault, field, node, what.data, help.data);
  fault->code = "E0307";
  as_free(words);
  as_buf_free(&what);
  as_buf_free(&help);
  as_buf_free(&word);
  return AS_COERCE_BAD;
}

/* ---- numbers ---- */

static bool digits(const char **p, const char *end) {
  const char *from = *p;
  while (*p < end && **p >= '0' && **p <= '9') (*p)++;
  return *p > from;
}

/* A number as JSON writes it. */
static bool is_json_number(as_str text) {
  const char *p = text.p, *end = text.p + text.n;
  if (p < end && *p == '-') p++;
  const char *whole = p;
  if (!digits(&p, end) || (*whole == '0' && p > whole + 1)) return false;
  if (p < end && *p == '.') {
    p++;
    if (!digits(&p, end)) return false;
  }
  if (p < end && (*p == 'e' || *p == 'E')) {
    p++;
    if (p < end && (*p == '+' || *p == '-')) p++;
    if (!digits(&p, end)) return false;
  }
  return p == end;
}

/* Text of a number: of any form that the reader took for one, or strictly JSON's in a text. */
static bool read_number(const as_node *node, as_str text, double *out) {
  char copy[72];
  if (!text.n || text.n >= sizeof copy) return false;
  if (node->type == AS_TEXT && !is_json_number(text)) return false;
  memcpy(copy, text.p, text.n);
  copy[text.n] = 0;
  if (copy[0] == '0' && copy[1] == 'o') {
    char *stop;
    *out = (double)strtoull(copy + 2, &stop, 8);
    return *stop == 0;
  }
  char *stop;
  *out = strtod(copy, &stop);
  return *stop == 0 && isfinite(*out);
}

static bool read_integer(const as_node *node, as_str text, int64_t *out) {
  size_t i = text.n && text.p[0] == '-' ? 1 : 0;
  uint64_t value = 0;
  bool plain = text.n > i && text.n - i <= 18 && !(text.p[i] == '0' && text.n - i > 1);
  for (size_t k = i; plain && k < text.n; k++) {
    plain = text.p[k] >= '0' && text.p[k] <= '9';
    value = value * 10 + (uint64_t)(text.p[k] - '0');
  }
  if (plain) {
    *out = i ? -(int64_t)value : (int64_t)value;
    return true;
  }
  double number;
  if (!read_number(node, text, &number) || number != floor(number) || fabs(number) > 0x1p53) return false;
  *out = (int64_t)number;
  return true;
}

/* What may be done about digits alone that make no whole number. */
static const char *help_digits(as_str text) {
  if (text.n && text.p[0] == '-') text.p++, text.n--;
  for (size_t i = 0; i < text.n; i++)
    if (text.p[i] < '0' || text.p[i] > '9') return NULL;
  if (!text.n) return NULL;
  return text.p[0] == '0' ? "write it without the zeros in front" : "whole numbers have at most 18 digits";
}

static as_coerced coerce_number(const as_field *field, as_type type, const as_node *node, as_str text, as_value *out, as_fault *fault) {
  if (type == AS_T_INTEGER) return read_integer(node, text, &out->u.integer) ? AS_COERCED : fault_type(fault, field, type, node, help_digits(text));
  if (!read_number(node, text, &out->u.number)) {
    bool percent = text.n && text.p[text.n - 1] == '%';
    return fault_type(fault, field, type, node, percent ? "write the number alone, without %" : NULL);
  }
  if (type == AS_T_PERCENT && !(out->u.number >= 0 && out->u.number <= 100)) return fault_type(fault, field, type, node, NULL);
  return AS_COERCED;
}

/* ---- the other types ---- */

static bool is_word(as_str text, const char *lower) {
  size_t n = strlen(lower);
  if (text.n != n) return false;
  for (size_t i = 0; i < n; i++)
    if ((text.p[i] | 0x20) != lower[i]) return false;
  return true;
}

static as_coerced coerce_boolean(const as_coerce *how, const as_field *field, const as_node *node, as_str text, as_value *out,
                                 as_fault *fault) {
  if (node->type == AS_BOOL) {
    out->u.boolean = text.n && (text.p[0] | 0x20) == 't';
    return AS_COERCED;
  }
  bool yes = is_word(text, "true") || is_word(text, "yes") || as_str_is(text, "1");
  bool no = is_word(text, "false") || is_word(text, "no") || as_str_is(text, "0");
  if (!yes && !no)
    return fault_type(fault, field, AS_T_BOOLEAN, node, how->flags & AS_COERCE_CELL ? "write yes or no" : "write true or false");
  if (!(how->flags & AS_COERCE_CELL)) return fault_type(fault, field, AS_T_BOOLEAN, node, yes ? "write true" : "write false");
  out->u.boolean = yes;
  return AS_COERCED;
}

/* Whether the text has digits where the form has 0, and else what the form has. */
static bool looks_like(as_str text, const char *form) {
  bool same = text.n == strlen(form);
  for (size_t i = 0; same && i < text.n; i++) same = form[i] == '0' ? text.p[i] >= '0' && text.p[i] <= '9' : text.p[i] == form[i];
  return same;
}

static bool has_zone(as_str text) {
  char last = text.p[text.n - 1];
  return last == 'Z' || last == 'z' || looks_like((as_str){text.p + text.n - 6, 6}, "+00:00") || looks_like((as_str){text.p + text.n - 6, 6}, "-00:00");
}

static as_coerced coerce_date(const as_coerce *how, const as_field *field, const as_node *node, as_str text, as_value *out, as_fault *fault) {
  if (as_date_parse(text, &out->u.time)) return AS_COERCED;
  as_time moment;
  if (!as_time_parse(text, &moment))
    return fault_type(fault, field, AS_T_DATE, node, looks_like(text, "0000-00-00") ? "the calendar has no such day" : "dates are written as 2026-01-31");
  if (!(how->flags & AS_COERCE_LOOSE)) {
    as_buf help = {0};
    as_buf_printf(&help, "write the day alone, %.10s", text.p);
    fault_type(fault, field, AS_T_DATE, node, help.data);
    as_buf_free(&help);
    return AS_COERCE_BAD;
  }
  int64_t day = moment.seconds / 86400 - (moment.seconds % 86400 < 0);
  out->u.time = (as_time){.seconds = day * 86400, .is_date = true};
  return AS_COERCED;
}

static as_coerced coerce_time(const as_field *field, const as_node *node, as_str text, as_value *out, as_fault *fault) {
  if (!as_time_parse(text, &out->u.time)) {
    as_time day;
    bool zoneless = text.n >= 16 && as_date_parse((as_str){text.p, 10}, &day) && !has_zone(text);
    return fault_type(fault, field, AS_T_TIME, node,
                      zoneless ? "add the zone: Z, or an offset such as +02:00" : "times are written as 2026-03-01T08:15:00Z");
  }
  out->u.time.is_date = false;
  return AS_COERCED;
}

static as_coerced coerce_enum(const as_field *field, const as_node *node, as_str text, as_value *out, as_fault *fault) {
  for (uint32_t i = 0; i < field->n_words; i++) {
    const as_sym *word = field->words[i];
    if (word->len == text.n && memcmp(word->text, text.p, text.n) == 0) {
      out->u.link = (as_link){word, NULL};
      return AS_COERCED;
    }
  }
  for (uint32_t i = 0; i < field->n_words; i++) {
    const as_sym *word = field->words[i];
    if (as_word_eq(text, (as_str){word->text, word->len})) {
      out->u.link = (as_link){word, NULL};
      return AS_COERCED;
    }
  }
  return fault_enum(fault, field, node);
}

static as_coerced coerce_string(const as_coerce *how, const as_field *field, as_type type, const as_node *node, as_value *out,
                                as_fault *fault) {
  as_str text = node->text;
  if (node->type == AS_BOOL && !(how->flags & AS_COERCE_CELL))
    return fault_at(fault, field, node, "is not text", "put it in quotes");
  if (type != AS_T_TEXT && (memchr(text.p, '\n', text.n) || memchr(text.p, '\r', text.n)))
    return fault_at(fault, field, node, type == AS_T_REF ? "is no key: it has more than one line" : "has more than one line", NULL);
  if (memchr(text.p, 0, text.n)) return fault_at(fault, field, node, "holds a NUL character", NULL);
  out->u.link = (as_link){as_intern_add(how->intern, text), NULL};
  return AS_COERCED;
}

static as_coerced coerce_scalar(const as_coerce *how, const as_field *field, as_type type, const as_node *node, as_value *out,
                                as_fault *fault) {
  out->type = type;
  if (node->type == AS_NULL) return AS_COERCE_ABSENT;
  if (node->type == AS_LIST || node->type == AS_MAP) {
    bool one = node->type == AS_LIST && node->count == 1;
    return fault_at(fault, field, node, "stands where one value belongs", one ? "write the value without the list" : NULL);
  }
  if (node->text.n == 0) return AS_COERCE_ABSENT;
  if (type == AS_T_STRING || type == AS_T_TEXT || type == AS_T_REF) return coerce_string(how, field, type, node, out, fault);
  as_str text = trimmed(node->text);
  if (text.n == 0) return AS_COERCE_ABSENT;
  bool number = node->type == AS_INT || node->type == AS_NUM;
  bool cell = (how->flags & AS_COERCE_CELL) != 0;
  switch (type) {
    case AS_T_INTEGER:
    case AS_T_NUMBER:
    case AS_T_PERCENT: {
      if (number || (cell && node->type == AS_TEXT)) return coerce_number(field, type, node, text, out, fault);
      double value;
      return fault_type(fault, field, type, node,
                        node->type == AS_TEXT && node->quoted && read_number(node, text, &value) ? "write it without quotes"
                        : text.p[text.n - 1] == '%'                                            ? "write the number alone, without %"
                                                                                               : NULL);
    }
    case AS_T_BOOLEAN:
      return coerce_boolean(how, field, node, text, out, fault);
    case AS_T_DATE:
      return coerce_date(how, field, node, text, out, fault);
    case AS_T_TIME:
      return coerce_time(field, node, text, out, fault);
    case AS_T_DURATION:
      if (as_duration_parse(text, &out->u.duration)) return AS_COERCED;
      return fault_type(fault, field, type, node, number ? "add the unit: s, min, h, d or w" : "durations are written as 15 min, 4 h, 90 d");
    default:
      return coerce_enum(field, node, text, out, fault);
  }
}

/* ---- lists ---- */

static as_coerced split_list(const as_coerce *how, const as_field *field, const as_node *node, as_value *out, as_fault *fault) {
  as_str text = node->text;
  size_t most = 1;
  for (size_t i = 0; i < text.n; i++) most += text.p[i] == ';';
  as_value *items = as_arena_alloc(how->arena, most * sizeof *items);
  uint32_t count = 0;
  for (size_t at = 0; at <= text.n;) {
    const char *mark = at < text.n ? memchr(text.p + at, ';', text.n - at) : NULL;
    size_t end = mark ? (size_t)(mark - text.p) : text.n;
    as_node item = {.type = AS_TEXT, .text = trimmed((as_str){text.p + at, end - at}), .line = node->line, .column = node->column};
    items[count] = (as_value){.present = true};
    as_coerced result = coerce_scalar(how, field, field->item, &item, &items[count], fault);
    if (result == AS_COERCE_BAD) return result;
    if (result == AS_COERCED) count++;
    at = end + 1;
  }
  out->u.list.items = items;
  out->u.list.count = count;
  return count ? AS_COERCED : AS_COERCE_ABSENT;
}

static as_coerced coerce_list(const as_coerce *how, const as_field *field, const as_node *node, as_value *out, as_fault *fault) {
  if (node->type == AS_NULL || (node->type != AS_LIST && node->type != AS_MAP && node->text.n == 0)) return AS_COERCE_ABSENT;
  if (node->type == AS_MAP) return fault_at(fault, field, node, "stands where a list belongs", NULL);
  if (node->type != AS_LIST) {
    if (how->flags & AS_COERCE_SPLIT) return split_list(how, field, node, out, fault);
    if (!(how->flags & AS_COERCE_LOOSE)) {
      as_buf help = {0};
      if (node->text.n < 60)
        as_buf_printf(&help, "write [%.*s]", (int)node->text.n, node->text.p);
      else
        as_buf_adds(&help, "write the items in [ ]");
      fault_at(fault, field, node, "stands where a list belongs", help.data);
      as_buf_free(&help);
      return AS_COERCE_BAD;
    }
    as_value *item = as_arena_calloc(how->arena, sizeof *item);
    item->present = true;
    as_coerced result = coerce_scalar(how, field, field->item, node, item, fault);
    out->u.list.items = item;
    out->u.list.count = 1;
    return result;
  }
  as_value *items = node->count ? as_arena_alloc(how->arena, node->count * sizeof *items) : NULL;
  uint32_t count = 0;
  for (const as_node *child = node->first; child; child = child->next) {
    items[count] = (as_value){.present = true};
    as_coerced result = coerce_scalar(how, field, field->item, child, &items[count], fault);
    if (result == AS_COERCE_BAD) return result;
    if (result == AS_COERCED) count++;
  }
  out->u.list.items = items;
  out->u.list.count = count;
  return AS_COERCED;
}

as_coerced as_coerce_value(const as_coerce *how, const as_field *field, const as_node *node, as_value *out, as_fault *fault) {
  as_coerced result;
  if (field->type == AS_T_LIST) {
    out->type = AS_T_LIST;
    result = coerce_list(how, field, node, out, fault);
  } else {
    result = coerce_scalar(how, field, field->type, node, out, fault);
  }
  out->present = result == AS_COERCED;
  return result;
}
