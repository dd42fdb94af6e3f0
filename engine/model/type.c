/* Types of fields. Knows how they are written and where they lie in a record; must not read values. */
#include "model/type.h"

#include <stdalign.h>
#include <string.h>

#include "model/record.h"

static const struct {
  const char *name;
  as_type type;
} simple_types[] = {
    {"string", AS_T_STRING},   {"text", AS_T_TEXT}, {"integer", AS_T_INTEGER}, {"number", AS_T_NUMBER},    {"percent", AS_T_PERCENT},
    {"boolean", AS_T_BOOLEAN}, {"date", AS_T_DATE}, {"time", AS_T_TIME},       {"duration", AS_T_DURATION},
};
#define N_SIMPLE (sizeof simple_types / sizeof *simple_types)

static as_str trimmed(as_str text) {
  while (text.n && (text.p[0] == ' ' || text.p[0] == '\t')) text.p++, text.n--;
  while (text.n && (text.p[text.n - 1] == ' ' || text.p[text.n - 1] == '\t')) text.n--;
  return text;
}

/* `name(inside)` */
static bool wrapped(as_str text, const char *name, as_str *inside) {
  size_t n = strlen(name);
  if (text.n < n + 2 || memcmp(text.p, name, n) != 0 || text.p[n] != '(' || text.p[text.n - 1] != ')') return false;
  *inside = trimmed((as_str){text.p + n + 1, text.n - n - 2});
  return true;
}

static bool plain_word(as_str word) {
  if (!word.n || word.n > 64) return false;
  for (size_t i = 0; i < word.n; i++) {
    char c = word.p[i];
    bool inner = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (!inner || (i == 0 && c == '_')) return false;
  }
  return true;
}

static bool parse_words(as_arena *arena, as_intern *intern, as_str inside, as_field *field, as_buf *why) {
  size_t most = 1;
  for (size_t i = 0; i < inside.n; i++) most += inside.p[i] == ',';
  field->words = as_arena_alloc(arena, most * sizeof *field->words);
  field->n_words = 0;
  for (size_t at = 0; at <= inside.n;) {
    const char *comma = at < inside.n ? memchr(inside.p + at, ',', inside.n - at) : NULL;
    size_t end = comma ? (size_t)(comma - inside.p) : inside.n;
    as_str word = trimmed((as_str){inside.p + at, end - at});
    if (!plain_word(word)) {
      as_buf_printf(why, "`%.*s` is no plain word", (int)word.n, word.p);
      return false;
    }
    const as_sym *sym = as_intern_add(intern, word);
    for (uint32_t i = 0; i < field->n_words; i++) {
      if (field->words[i] != sym) continue;
      as_buf_printf(why, "the word `%s` is given twice", sym->text);
      return false;
    }
    if (field->n_words == UINT16_MAX) {
      as_buf_adds(why, "has too many words");
      return false;
    }
    field->words[field->n_words++] = sym;
    at = end + 1;
  }
  return true;
}

static void suggest_type(as_str text, as_buf *help) {
  const char *names[N_SIMPLE];
  for (size_t i = 0; i < N_SIMPLE; i++) names[i] = simple_types[i].name;
  char word[32];
  size_t n = text.n < sizeof word - 1 ? text.n : sizeof word - 1;
  memcpy(word, text.p, n);
  word[n] = 0;
  const char *meant = as_suggest(word, names, N_SIMPLE);
  if (meant)
    as_buf_printf(help, "did you mean `%s`?", meant);
  else
    as_buf_adds(help, "types are string, text, integer, number, boolean, date, time, duration, percent, enum(a, b), ref(kind), list(type)");
}

bool as_type_parse(as_arena *arena, as_intern *intern, as_str text, as_field *field, const as_sym **target, as_buf *why, as_buf *help) {
  as_str rest = trimmed(text), inside;
  *target = NULL;
  field->required = rest.n && rest.p[rest.n - 1] == '!';
  if (field->required) rest = trimmed((as_str){rest.p, rest.n - 1});
  bool list = wrapped(rest, "list", &inside);
  if (list) rest = inside;
  as_type type;
  size_t i = 0;
  while (i < N_SIMPLE && !as_str_is(rest, simple_types[i].name)) i++;
  if (i < N_SIMPLE) {
    type = simple_types[i].type;
  } else if (wrapped(rest, "enum", &inside)) {
    type = AS_T_ENUM;
    if (!parse_words(arena, intern, inside, field, why)) return false;
  } else if (wrapped(rest, "ref", &inside) && plain_word(inside)) {
    type = AS_T_REF;
    *target = as_intern_add(intern, inside);
  } else {
    as_buf_printf(why, "`%.*s` is no type", (int)(text.n < 60 ? text.n : 60), text.p);
    suggest_type(rest, help);
    return false;
  }
  field->type = list ? AS_T_LIST : type;
  field->item = type;
  return true;
}

static const char *type_name(as_type type) {
  for (size_t i = 0; i < N_SIMPLE; i++)
    if (simple_types[i].type == type) return simple_types[i].name;
  return "?";
}

void as_type_write(const as_field *field, as_buf *out) {
  bool list = field->type == AS_T_LIST;
  as_type type = list ? field->item : field->type;
  if (list) as_buf_adds(out, "list(");
  if (type == AS_T_ENUM) {
    as_buf_adds(out, "enum(");
    for (uint32_t i = 0; i < field->n_words; i++) as_buf_printf(out, "%s%s", i ? ", " : "", field->words[i]->text);
    as_buf_addc(out, ')');
  } else if (type == AS_T_REF) {
    as_buf_printf(out, "ref(%s)", field->target ? field->target->name->text : "?");
  } else {
    as_buf_adds(out, type_name(type));
  }
  if (list) as_buf_addc(out, ')');
}

void as_type_describe(const as_field *field, as_buf *out) {
  static const char *const phrases[] = {
      [AS_T_STRING] = "one line of text",      [AS_T_TEXT] = "text",
      [AS_T_INTEGER] = "a whole number",       [AS_T_NUMBER] = "a number",
      [AS_T_PERCENT] = "a number from 0 to 100", [AS_T_BOOLEAN] = "true or false",
      [AS_T_DATE] = "a date",                  [AS_T_TIME] = "a time",
      [AS_T_DURATION] = "a duration",          [AS_T_REF] = "a key",
  };
  as_type type = field->type == AS_T_LIST ? field->item : field->type;
  if (type == AS_T_ENUM) {
    as_buf_adds(out, "one of ");
    for (uint32_t i = 0; i < field->n_words; i++) as_buf_printf(out, "%s%s", i ? ", " : "", field->words[i]->text);
  } else {
    as_buf_adds(out, phrases[type]);
  }
}

bool as_type_is_time(const as_field *field) {
  as_type type = field->type == AS_T_LIST ? field->item : field->type;
  return type == AS_T_DATE || type == AS_T_TIME;
}

static bool ends_with(as_str text, const char *end) {
  size_t n = strlen(end);
  return text.n > n && memcmp(text.p + text.n - n, end, n) == 0;
}

static bool begins_with(as_str text, const char *start) {
  size_t n = strlen(start);
  return text.n > n && memcmp(text.p, start, n) == 0;
}

bool as_field_may_lie_ahead(as_str name) {
  static const char *const names[] = {
      "start_date",   "end_date",   "due_at",         "due_back_at",  "expires_at",   "extended_to", "ends_at",
      "start_at",     "starts_at",  "period_start",   "period_end",   "contract_start", "contract_end", "effective_at",
      "go_live_at",   "forecast_full_at", "delete_by", "copies_gone_by", "not_before", "not_after",
  };
  static const char *const ends[] = {"_due_at", "_expires_at", "_until", "_ends_at"};
  static const char *const starts[] = {"next_", "planned_", "end_of_"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (as_str_is(name, names[i])) return true;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (ends_with(name, ends[i])) return true;
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (begins_with(name, starts[i])) return true;
  return false;
}

static const as_sym *joined(as_intern *intern, as_str stem, const char *end) {
  char name[96];
  size_t n = strlen(end);
  memcpy(name, stem.p, stem.n);
  memcpy(name + stem.n, end, n);
  return as_intern_add(intern, (as_str){name, stem.n + n});
}

/* party → parties, branch → branches, asset → assets */
static const as_sym *plural(as_intern *intern, as_str stem) {
  as_str shorter = {stem.p, stem.n - 1};
  if (ends_with(stem, "y") && !ends_with(stem, "ay") && !ends_with(stem, "ey") && !ends_with(stem, "oy")) return joined(intern, shorter, "ies");
  if (ends_with(stem, "s") || ends_with(stem, "x") || ends_with(stem, "ch") || ends_with(stem, "sh")) return joined(intern, stem, "es");
  return joined(intern, stem, "s");
}

/* assets → asset_ids, activities → activity_ids, team → team_ids */
static const as_sym *key_plural(as_intern *intern, as_str name) {
  if (ends_with(name, "ies")) return joined(intern, (as_str){name.p, name.n - 3}, "y_ids");
  if (ends_with(name, "s") && !ends_with(name, "ss")) return joined(intern, (as_str){name.p, name.n - 1}, "_ids");
  return joined(intern, name, "_ids");
}

void as_field_name_aliases(as_intern *intern, as_field *field) {
  bool list = field->type == AS_T_LIST;
  if ((list ? field->item : field->type) != AS_T_REF) return;
  as_str name = {field->name->text, field->name->len};
  field->ref_name = field->id_name = field->name;
  if (!list) {
    if (ends_with(name, "_id"))
      field->ref_name = as_intern_add(intern, (as_str){name.p, name.n - 3});
    else
      field->id_name = joined(intern, name, "_id");
  } else {
    if (ends_with(name, "_ids"))
      field->ref_name = plural(intern, (as_str){name.p, name.n - 4});
    else
      field->id_name = key_plural(intern, name);
  }
}

void as_kind_lay_out(as_kind *kind) {
  /* By falling alignment, so that nothing is padded inside. */
  static const struct {
    as_type type;
    uint32_t size;
  } places[] = {
      {AS_T_REF, sizeof(as_slot_ref)}, {AS_T_LIST, sizeof(as_slot_list)}, {AS_T_STRING, 8}, {AS_T_TEXT, 8},    {AS_T_INTEGER, 8},
      {AS_T_NUMBER, 8},                {AS_T_PERCENT, 8},                 {AS_T_DURATION, 16}, {AS_T_TIME, 12}, {AS_T_DATE, 4},
      {AS_T_ENUM, 2},                  {AS_T_BOOLEAN, 1},
  };
  uint32_t at = (uint32_t)sizeof(as_record) + (kind->n_fields + 7) / 8;
  at = (at + 7) & ~(uint32_t)7;
  for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
    for (uint32_t i = 0; i < kind->n_fields; i++) {
      if (kind->fields[i].type != places[p].type) continue;
      kind->fields[i].offset = at;
      at += places[p].size;
    }
  }
  kind->record_size = (at + 7) & ~(uint32_t)7;
}
