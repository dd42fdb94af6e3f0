/* SQL: faults. Takes apart what SQLite says and tells it with the place in the query and with what was meant. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "model/sql_inside.h"

#define LIST_TABLES "every kind is a table: `assay list kinds`"
#define NAMES_MAX 4096 /* that are thought of for a suggestion */

/* ---- words of the query ---- */

typedef struct {
  as_str text;
  size_t at;
} scanner;

static bool begins_word(char c) { return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80; }
static bool in_word(char c) { return begins_word(c) || isdigit((unsigned char)c) || c == '$'; }

/* The next name, quoted or not, or the next text, with its place. Comments are passed over. */
static bool next_token(scanner *s, bool texts, as_str *word, size_t *at) {
  while (s->at < s->text.n) {
    const char *p = s->text.p + s->at, *end = s->text.p + s->text.n;
    if (*p == '-' && p + 1 < end && p[1] == '-') {
      while (p < end && *p != '\n') p++;
    } else if (*p == '/' && p + 1 < end && p[1] == '*') {
      for (p += 2; p < end && !(p[-1] == '*' && *p == '/' && p - s->text.p > (ptrdiff_t)s->at + 2);) p++;
      p += p < end;
    } else if (*p == '\'' || *p == '"' || *p == '`' || *p == '[') {
      char close = *p == '[' ? ']' : *p;
      const char *first = p + 1, *last = memchr(first, close, (size_t)(end - first));
      bool wanted = (*p == '\'') == texts;
      if (!last) last = end;
      *word = (as_str){first, (size_t)(last - first)};
      *at = s->at;
      p = last < end ? last + 1 : end;
      s->at = (size_t)(p - s->text.p);
      if (wanted) return true;
      continue;
    } else if (begins_word(*p)) {
      const char *first = p;
      while (p < end && in_word(*p)) p++;
      *word = (as_str){first, (size_t)(p - first)};
      *at = s->at;
      s->at = (size_t)(p - s->text.p);
      if (!texts) return true;
      continue;
    } else if (isdigit((unsigned char)*p)) {
      while (p < end && in_word(*p)) p++;
    } else {
      p++;
    }
    s->at = (size_t)(p - s->text.p);
  }
  return false;
}

static bool next_word(scanner *s, as_str *word, size_t *at) { return next_token(s, false, word, at); }

static bool same(as_str word, const char *name) {
  return strlen(name) == word.n && sqlite3_strnicmp(word.p, name, (int)word.n) == 0;
}

bool as_sql_find_word(as_str text, const char *name, size_t *at) {
  scanner s = {text, 0};
  as_str word;
  size_t here;
  while (next_word(&s, &word, &here)) {
    if (!same(word, name)) continue;
    *at = here;
    return true;
  }
  return false;
}

bool as_sql_find_text(as_str text, as_str content, size_t *at) {
  scanner s = {text, 0};
  as_str word;
  size_t here;
  while (next_token(&s, true, &word, &here)) {
    if (!as_str_eq(word, content)) continue;
    *at = here;
    return true;
  }
  return false;
}

/* ---- what was meant ---- */

typedef struct {
  const char *names[NAMES_MAX];
  size_t n;
} candidates;

static void add(candidates *c, const char *name) {
  if (name && c->n < NAMES_MAX) c->names[c->n++] = name;
}

static const char *suggest_table(const as_sql *sql, const char *name, candidates *c) {
  if (sqlite3_stricmp(name, "requirements") == 0) return as_sql_result_table(AS_SQL_REQUIREMENTS); /* as the result document has it */
  const as_kinds *kinds = as_model_kinds(sql->model);
  c->n = 0;
  for (size_t i = 0; i < as_kinds_count(kinds); i++) add(c, as_kinds_at(kinds, i)->name->text);
  for (size_t i = 0; as_sql_result_table(i); i++) add(c, as_sql_result_table(i));
  return as_suggest(name, c->names, c->n);
}

static const char *suggest_function(const char *name, candidates *c) {
  size_t n;
  const char *const *functions = as_sql_functions(&n);
  c->n = 0;
  for (size_t i = 0; i < n; i++) add(c, functions[i]);
  return as_suggest(name, c->names, c->n);
}

/* The kind that a word of the query names, or NULL. */
static const as_kind *kind_named(const as_sql *sql, as_str word) {
  char lower[128];
  if (word.n >= sizeof lower) return NULL;
  for (size_t i = 0; i < word.n; i++) lower[i] = (char)tolower((unsigned char)word.p[i]);
  return as_kinds_find(as_model_kinds(sql->model), (as_str){lower, word.n});
}

/* The first of the kinds that the query names that has the column, or NULL. */
static const as_kind *kind_with(const as_sql *sql, as_str text, const char *column) {
  scanner s = {text, 0};
  as_str word;
  size_t at;
  while (next_word(&s, &word, &at)) {
    const as_kind *kind = kind_named(sql, word);
    if (kind && as_kind_field(kind, as_str_of(column))) return kind;
  }
  return NULL;
}

/* A column of a kind that one of the tables refers to: how it is joined. False where there is none. */
static bool suggest_join(const as_sql *sql, as_str text, const char *column, char *out, size_t room) {
  scanner s = {text, 0};
  as_str word;
  size_t at;
  while (next_word(&s, &word, &at)) {
    const as_kind *kind = kind_named(sql, word);
    for (uint32_t i = 0; kind && i < kind->n_fields; i++) {
      const as_field *f = &kind->fields[i];
      if (f->type != AS_T_REF || !as_kind_field(f->target, as_str_of(column))) continue;
      const char *target = f->target->name->text;
      snprintf(out, room, "%.64s has it: JOIN %.64s ON %.64s.%.64s = %.64s.%.64s", target, target, target, f->target->key->name->text, kind->name->text, f->name->text);
      return true;
    }
  }
  return false;
}

/* Among the columns of the tables that the query names; a reference may be named by its other name. */
static const char *suggest_column(const as_sql *sql, as_str text, const char *name, candidates *c) {
  scanner s = {text, 0};
  as_str word;
  size_t at;
  c->n = 0;
  while (next_word(&s, &word, &at)) {
    const as_kind *kind = kind_named(sql, word);
    for (uint32_t i = 0; kind && i < kind->n_fields; i++) {
      const as_field *field = &kind->fields[i];
      if ((field->ref_name && strcmp(field->ref_name->text, name) == 0) || (field->id_name && strcmp(field->id_name->text, name) == 0))
        return field->name->text;
      add(c, field->name->text);
    }
    for (size_t i = 0; kind && as_sql_hidden_column(i); i++) add(c, as_sql_hidden_column(i));
    for (size_t t = 0; !kind && as_sql_result_table(t); t++)
      for (size_t i = 0; same(word, as_sql_result_table(t)) && as_sql_result_column(t, i); i++) add(c, as_sql_result_column(t, i));
  }
  return as_suggest(name, c->names, c->n);
}

/* The first table of results that has the column; NULL where none has. */
static const char *result_table_of(const char *column) {
  for (size_t t = 0; t < AS_SQL_OF_TABLES; t++)
    for (size_t i = 0; as_sql_result_column(t, i); i++)
      if (sqlite3_stricmp(as_sql_result_column(t, i), column) == 0) return as_sql_result_table(t);
  return NULL;
}

/* True where a kind that the query names has a field of this name. */
static bool is_field(const as_sql *sql, as_str text, const char *name, candidates *c) {
  suggest_column(sql, text, name, c);
  for (size_t i = 0; i < c->n; i++)
    if (sqlite3_stricmp(c->names[i], name) == 0) return true;
  return false;
}

bool as_sql_has_table(const as_sql *sql, const char *name, char help[512]) {
  if (as_kinds_find(as_model_kinds(sql->model), as_str_of(name))) return true;
  for (size_t i = 0; as_sql_result_table(i); i++)
    if (strcmp(as_sql_result_table(i), name) == 0) return true;
  candidates *c = as_alloc(sizeof *c);
  const char *meant = suggest_table(sql, name, c);
  if (meant) snprintf(help, 512, "did you mean `%.100s`?", meant);
  else snprintf(help, 512, "%s", LIST_TABLES);
  as_free(c);
  return false;
}

/* ---- telling ---- */

/* What stands behind `begin` in the message up to `end` (NULL: to its end), in `out`. */
static bool between(const char *message, const char *begin, const char *end, char *out, size_t room) {
  if (strncmp(message, begin, strlen(begin)) != 0) return false;
  const char *first = message + strlen(begin), *last = end ? strstr(first, end) : first + strlen(first);
  if (!last) return false;
  snprintf(out, room, "%.*s", (int)(last - first), first);
  return true;
}

static void say(as_sql_fault *fault, const char *format, const char *name) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  snprintf(fault->message, sizeof fault->message, format, name);
#pragma GCC diagnostic pop
}

static void help(as_sql_fault *fault, const char *meant) {
  if (meant) snprintf(fault->help, sizeof fault->help, "did you mean `%.100s`?", meant);
}

static void no_column(const as_sql *sql, as_str text, char *name, as_sql_fault *fault, candidates *c) {
  char *last = strrchr(name, '.');
  const char *bare = last ? last + 1 : name;
  if (fault->at >= text.n) as_sql_find_word(text, bare, &fault->at);
  snprintf(fault->message, sizeof fault->message, "there is no column `%.200s`", name);
  if (!last && fault->at < text.n && text.p[fault->at] == '"')
    snprintf(fault->help, sizeof fault->help, "a text stands in single quotes: '%.100s'", name);
  else if (kind_with(sql, text, bare))
    snprintf(fault->help, sizeof fault->help, "%.64s has it", kind_with(sql, text, bare)->name->text);
  else if (!suggest_join(sql, text, bare, fault->help, sizeof fault->help))
    help(fault, suggest_column(sql, text, bare, c));
  if (!*fault->help && result_table_of(bare)) snprintf(fault->help, sizeof fault->help, "the table %s has it", result_table_of(bare));
}

/* What the compiler complained about. */
static void tell_compiling(const as_sql *sql, as_str text, const char *said, as_sql_fault *fault, candidates *c) {
  char name[256];
  if (sql->refused) {
    say(fault, sql->refused, sql->refused_name);
    if (!as_sql_find_word(text, sql->refused_name, &fault->at)) fault->at = 0;
    if (strstr(sql->refused, "function")) help(fault, suggest_function(sql->refused_name, c));
  } else if (between(said, "no such table: ", NULL, name, sizeof name)) {
    as_sql_find_word(text, name, &fault->at);
    snprintf(fault->message, sizeof fault->message, "there is no table `%.200s`", name);
    help(fault, suggest_table(sql, name, c));
    if (!*fault->help) snprintf(fault->help, sizeof fault->help, "%s", LIST_TABLES);
  } else if (between(said, "no such column: ", NULL, name, sizeof name)) {
    no_column(sql, text, name, fault, c);
  } else if (between(said, "no such function: ", NULL, name, sizeof name)) {
    as_sql_find_word(text, name, &fault->at);
    snprintf(fault->message, sizeof fault->message, "the function `%.200s` is not there", name);
    help(fault, suggest_function(name, c));
  } else if (between(said, "ambiguous column name: ", NULL, name, sizeof name)) {
    if (fault->at >= text.n) as_sql_find_word(text, name, &fault->at);
    snprintf(fault->message, sizeof fault->message, "several tables have a column `%.200s`", name);
    snprintf(fault->help, sizeof fault->help, "write its table in front of it: table.%.200s", name);
  } else if (between(said, "near \"", "\": syntax error", name, sizeof name)) {
    snprintf(fault->message, sizeof fault->message, "`%.200s` cannot stand here", name);
    if (is_field(sql, text, name, c))
      snprintf(fault->help, sizeof fault->help, "it is a word of SQL; the column is written \"%.100s\"", name);
    else if (fault->at == 0)
      snprintf(fault->help, sizeof fault->help, "a query begins with SELECT or WITH");
  } else if (between(said, "table ", " may not be modified", name, sizeof name)) {
    snprintf(fault->message, sizeof fault->message, "SQL only reads here: write a SELECT");
    fault->at = 0;
  } else if (strcmp(said, "incomplete input") == 0) {
    snprintf(fault->message, sizeof fault->message, "the query ends too early");
  } else {
    snprintf(fault->message, sizeof fault->message, "%.300s", said);
  }
}

void as_sql_explain(as_sql *sql, int rc, as_str text, bool running, as_sql_fault *fault) {
  *fault = (as_sql_fault){.trouble = running ? AS_SQL_FAILED : AS_SQL_WRONG, .at = text.n};
  if (sql->misread.there) {
    fault->trouble = AS_SQL_WRONG;
    snprintf(fault->message, sizeof fault->message, "%s", sql->misread.message);
    snprintf(fault->help, sizeof fault->help, "%s", sql->misread.help);
    if (*sql->misread.word) as_sql_find_text(text, as_str_of(sql->misread.word), &fault->at);
  } else if (sql->stopped) {
    fault->trouble = AS_SQL_STOPPED;
    snprintf(fault->message, sizeof fault->message, "the query took too long");
  } else if ((rc & 0xff) == SQLITE_NOMEM) {
    fault->trouble = AS_SQL_MEMORY;
    snprintf(fault->message, sizeof fault->message, "the query needs too much memory");
  } else if ((rc & 0xff) == SQLITE_TOOBIG) {
    snprintf(fault->message, sizeof fault->message, running ? "a value is longer than 4 MB" : "the query is too large");
  } else if (running) {
    snprintf(fault->message, sizeof fault->message, "%.300s", sqlite3_errmsg(sql->db));
  } else {
    int at = sqlite3_error_offset(sql->db);
    if (at >= 0 && (size_t)at < text.n) fault->at = (size_t)at;
    candidates *c = as_alloc(sizeof *c);
    tell_compiling(sql, text, sqlite3_errmsg(sql->db), fault, c);
    as_free(c);
  }
}
