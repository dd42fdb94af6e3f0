/* Command lines: takes flags apart by a table, checks every value, suggests what was meant.
 * Reads nothing but what it is given. */
#include "cli/args.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum { FROM_NOWHERE, FROM_FLAG, FROM_ENVIRONMENT, FROM_CONFIG } origin;

typedef struct {
  const char **texts;
  size_t n, cap;
  origin from;
} given;

struct as_args {
  const as_command *command;
  as_arena *arena;
  given *flags; /* by index in the table */
  const char **words;
  size_t n_words, cap_words;
  bool help;
};

static size_t flag_count(const as_command *command) {
  size_t n = 0;
  while (command->flags[n].name)
    n++;
  return n;
}

static int flag_find(const as_command *command, const char *name, size_t len) {
  for (int i = 0; command->flags[i].name; i++)
    if (strlen(command->flags[i].name) == len && strncmp(command->flags[i].name, name, len) == 0)
      return i;
  return -1;
}

static given *flag_given(const as_args *args, const char *name) {
  int i = flag_find(args->command, name, strlen(name));
  return i < 0 ? NULL : &args->flags[i];
}

/* The flag whose name is closest, or NULL. */
static const char *flag_suggest(const as_command *command, const char *name) {
  size_t n = flag_count(command);
  const char **names = as_calloc(n + 1, sizeof *names);
  for (size_t i = 0; i < n; i++)
    names[i] = command->flags[i].name;
  names[n] = "help";
  const char *close = as_suggest(name, names, n + 1);
  as_free(names);
  return close;
}

static bool parse_size(const char *text, uint64_t *out) {
  static const struct {
    const char *unit;
    uint64_t factor;
  } units[] = {{"", 1}, {"b", 1}, {"k", 1024}, {"kb", 1024}, {"kib", 1024}, {"m", 1048576}, {"mb", 1048576}, {"mib", 1048576},
               {"g", 1073741824}, {"gb", 1073741824}, {"gib", 1073741824}};
  char *end;
  errno = 0;
  if (!isdigit((unsigned char)*text))
    return false;
  double value = strtod(text, &end);
  while (*end == ' ')
    end++;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (strcasecmp(end, units[i].unit) == 0) {
      value *= (double)units[i].factor;
      if (errno || !(value >= 1) || value > 9e15 || value != floor(value))
        return false;
      *out = (uint64_t)value;
      return true;
    }
  return false;
}

static bool parse_seconds(const char *text, double *out) {
  static const struct {
    const char *unit;
    double factor;
  } units[] = {{"", 1}, {"s", 1}, {"ms", 0.001}, {"min", 60}, {"h", 3600}};
  char *end;
  if (!isdigit((unsigned char)*text))
    return false;
  double value = strtod(text, &end);
  while (*end == ' ')
    end++;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (strcasecmp(end, units[i].unit) == 0) {
      *out = value * units[i].factor;
      return isfinite(*out) && *out >= 0.001 && *out <= 86400;
    }
  return false;
}

static int parse_switch(const char *text) {
  static const char *const on[] = {"true", "yes", "on", "1"}, *const off[] = {"false", "no", "off", "0"};
  for (size_t i = 0; i < 4; i++) {
    if (strcasecmp(text, on[i]) == 0)
      return 1;
    if (strcasecmp(text, off[i]) == 0)
      return 0;
  }
  return -1;
}

/* Says what is wrong with a value, or takes it. `where` names its source: "--jobs", "ASSAY_EVAL_JOBS" … */
static void take(as_args *args, int index, const char *text, origin from, const char *where, const char *document, uint32_t line,
                 as_diags *diags) {
  const as_flag *flag = &args->command->flags[index];
  given *g = &args->flags[index];
  const char *wants = NULL, *help = NULL;
  char buffer[200];
  uint64_t size;
  double seconds;
  switch (flag->type) {
  case AS_FLAG_SWITCH:
    if (parse_switch(text) < 0)
      wants = "true or false";
    break;
  case AS_FLAG_TEXT:
    if (!*text)
      wants = "a value";
    break;
  case AS_FLAG_COUNT:
    if (strspn(text, "0123456789") != strlen(text) || !parse_size(text, &size))
      wants = "a whole number of at least 1";
    break;
  case AS_FLAG_SIZE:
    if (!parse_size(text, &size))
      wants = "a size, like 64MB";
    break;
  case AS_FLAG_SECONDS:
    if (!parse_seconds(text, &seconds))
      wants = "a time from 1ms to 24h, like 5 or 0.5 or 2min";
    break;
  case AS_FLAG_WORD: {
    size_t n = 0, at = 0;
    bool ok = false;
    for (; flag->words[n]; n++)
      ok = ok || strcmp(flag->words[n], text) == 0;
    if (ok)
      break;
    const char *close = as_suggest(text, flag->words, n);
    for (size_t i = 0; i < n && at < sizeof buffer - 40; i++)
      at += (size_t)snprintf(buffer + at, sizeof buffer - at, "%s%s", i == 0 ? "one of " : i + 1 == n ? " or " : ", ", flag->words[i]);
    wants = buffer;
    if (close)
      help = as_arena_printf(args->arena, "did you mean `%s`?", close);
    break;
  }
  }
  if (wants) {
    as_diags_add(diags, "E0704", AS_ERROR, document, line, 0, help, "%s is `%s`, but wants %s", where, text, wants);
    return;
  }
  if (!flag->repeat && g->n > 0) {
    as_diags_add(diags, "E0704", AS_ERROR, document, line, 0, NULL, "%s is given twice", where);
    return;
  }
  as_grow(&g->texts, &g->cap, g->n + 1, sizeof *g->texts);
  g->texts[g->n++] = as_arena_copy(args->arena, text, strlen(text));
  g->from = from;
}

static void unknown_flag(const as_args *args, const char *shown, const char *name, as_diags *diags) {
  const char *close = flag_suggest(args->command, name);
  const char *help = close ? as_arena_printf(args->arena, "did you mean `--%s`?", close)
                           : as_arena_printf(args->arena, "`assay help %s` lists the flags", args->command->name);
  as_diags_add(diags, "E0702", AS_ERROR, NULL, 0, 0, help, "`assay %s` has no flag `%s`", args->command->name, shown);
}

/* `--name`, `--name=value`, `--name value`. Gives the number of arguments taken. */
static int long_flag(as_args *args, int argc, char *const *argv, as_diags *diags) {
  const char *name = argv[0] + 2, *equals = strchr(name, '=');
  size_t len = equals ? (size_t)(equals - name) : strlen(name);
  char *alone = as_arena_copy(args->arena, name, len);
  char *shown = as_arena_printf(args->arena, "--%s", alone);
  int index = flag_find(args->command, name, len);
  if (strcmp(alone, "help") == 0 && !equals) {
    args->help = true;
    return 1;
  }
  if (index < 0) {
    unknown_flag(args, shown, alone, diags);
    return 1;
  }
  if (equals) {
    take(args, index, equals + 1, FROM_FLAG, shown, NULL, 0, diags);
    return 1;
  }
  if (args->command->flags[index].type == AS_FLAG_SWITCH) {
    take(args, index, "true", FROM_FLAG, shown, NULL, 0, diags);
    return 1;
  }
  if (argc < 2) {
    as_diags_add(diags, "E0703", AS_ERROR, NULL, 0, 0, NULL, "%s needs a value: %s %s", shown, shown, args->command->flags[index].value);
    return 1;
  }
  take(args, index, argv[1], FROM_FLAG, shown, NULL, 0, diags);
  return 2;
}

/* `-o value`, `-ovalue`, and switches one after the other. */
static int short_flags(as_args *args, int argc, char *const *argv, as_diags *diags) {
  for (const char *p = argv[0] + 1; *p; p++) {
    char shown[3] = {'-', *p, 0};
    int index = -1;
    for (int i = 0; args->command->flags[i].name; i++)
      if (args->command->flags[i].letter == *p)
        index = i;
    if (*p == 'h' && index < 0) {
      args->help = true;
      continue;
    }
    if (index < 0) {
      const char *help = as_arena_printf(args->arena, "`assay help %s` lists the flags", args->command->name);
      as_diags_add(diags, "E0702", AS_ERROR, NULL, 0, 0, help, "`assay %s` has no flag `%s`", args->command->name, shown);
      return 1;
    }
    if (args->command->flags[index].type == AS_FLAG_SWITCH) {
      take(args, index, "true", FROM_FLAG, shown, NULL, 0, diags);
      continue;
    }
    if (p[1]) {
      take(args, index, p[1] == '=' ? p + 2 : p + 1, FROM_FLAG, shown, NULL, 0, diags);
      return 1;
    }
    if (argc < 2) {
      as_diags_add(diags, "E0703", AS_ERROR, NULL, 0, 0, NULL, "%s needs a value: %s %s", shown, shown, args->command->flags[index].value);
      return 1;
    }
    take(args, index, argv[1], FROM_FLAG, shown, NULL, 0, diags);
    return 2;
  }
  return 1;
}

as_args *as_args_new(const as_command *command, int argc, char *const *argv, as_diags *diags) {
  as_args *args = as_calloc(1, sizeof *args);
  args->command = command;
  args->arena = as_arena_new();
  args->flags = as_calloc(flag_count(command) + 1, sizeof *args->flags);
  bool words_only = false;
  for (int i = 0; i < argc;) {
    const char *arg = argv[i];
    if (!words_only && strcmp(arg, "--") == 0) {
      words_only = true;
      i++;
    } else if (!words_only && arg[0] == '-' && arg[1] == '-') {
      i += long_flag(args, argc - i, argv + i, diags);
    } else if (!words_only && arg[0] == '-' && arg[1]) {
      i += short_flags(args, argc - i, argv + i, diags);
    } else {
      as_grow(&args->words, &args->cap_words, args->n_words + 1, sizeof *args->words);
      args->words[args->n_words++] = as_arena_copy(args->arena, arg, strlen(arg));
      i++;
    }
  }
  return args;
}

void as_args_free(as_args *args) {
  if (!args)
    return;
  for (size_t i = 0; args->command->flags[i].name; i++)
    as_free(args->flags[i].texts);
  as_free(args->flags);
  as_free(args->words);
  as_arena_free(args->arena);
  as_free(args);
}

/* Several values of a flag that may be repeated stand between ";". */
static void take_list(as_args *args, int index, const char *text, const char *where, as_diags *diags) {
  while (*text) {
    size_t n = strcspn(text, ";");
    if (n)
      take(args, index, as_arena_copy(args->arena, text, n), FROM_ENVIRONMENT, where, NULL, 0, diags);
    text += n + (text[n] == ';');
  }
}

void as_args_environment(as_args *args, char *const *environment, as_diags *diags) {
  as_buf prefix = {0};
  as_buf_printf(&prefix, "ASSAY_%s_", args->command->name);
  for (size_t i = 0; i < prefix.len; i++)
    prefix.data[i] = (char)toupper((unsigned char)prefix.data[i]);
  for (; environment && *environment; environment++) {
    const char *equals = strchr(*environment, '=');
    if (!equals || strncmp(*environment, prefix.data, prefix.len) != 0)
      continue;
    char *variable = as_arena_copy(args->arena, *environment, (size_t)(equals - *environment));
    char *name = as_arena_copy(args->arena, variable + prefix.len, strlen(variable + prefix.len));
    for (char *p = name; *p; p++)
      *p = *p == '_' ? '-' : (char)tolower((unsigned char)*p);
    int index = flag_find(args->command, name, strlen(name));
    if (index < 0) {
      const char *close = flag_suggest(args->command, name);
      const char *help = close ? as_arena_printf(args->arena, "the flag closest to it is `--%s`", close) : NULL;
      as_diags_add(diags, "E0706", AS_ERROR, NULL, 0, 0, help, "the environment variable %s names no flag of `assay %s`", variable,
                   args->command->name);
    } else if (args->flags[index].from == FROM_NOWHERE && equals[1]) {
      if (args->command->flags[index].repeat)
        take_list(args, index, equals + 1, variable, diags);
      else
        take(args, index, equals + 1, FROM_ENVIRONMENT, variable, NULL, 0, diags);
    }
  }
  as_buf_free(&prefix);
}

static void take_node(as_args *args, int index, const as_node *value, const char *where, const char *document, as_diags *diags) {
  if (value->type == AS_LIST || value->type == AS_MAP || value->type == AS_NULL)
    as_diags_add(diags, "E0704", AS_ERROR, document, value->line, value->column, NULL, "%s wants a single value", where);
  else
    take(args, index, value->text.p, FROM_CONFIG, where, document, value->line, diags);
}

void as_args_config(as_args *args, const as_node *section, const char *document, as_diags *diags) {
  for (const as_node *m = section && section->type == AS_MAP ? section->first : NULL; m; m = m->next) {
    char *name = as_arena_copy(args->arena, m->key.p, m->key.n);
    for (char *p = name; *p; p++)
      *p = *p == '_' ? '-' : *p;
    int index = flag_find(args->command, name, strlen(name));
    if (index < 0) {
      const char *close = flag_suggest(args->command, name);
      const char *help = close ? as_arena_printf(args->arena, "did you mean `%s`?", close) : NULL;
      as_diags_add(diags, "E0711", AS_ERROR, document, m->key_line, m->key_column, help, "`%s` is no flag of `assay %s`", name,
                   args->command->name);
      continue;
    }
    if (args->flags[index].from != FROM_NOWHERE)
      continue;
    if (m->type == AS_LIST && args->command->flags[index].repeat)
      for (const as_node *item = m->first; item; item = item->next)
        take_node(args, index, item, name, document, diags);
    else
      take_node(args, index, m, name, document, diags);
  }
}

void as_args_otherwise(as_args *args, const char *flag, const char *value, const char *where, as_diags *diags) {
  int index = flag_find(args->command, flag, strlen(flag));
  if (index >= 0 && args->flags[index].from == FROM_NOWHERE)
    take(args, index, value, FROM_CONFIG, where, NULL, 0, diags);
}

void as_args_settle(as_args *args, as_diags *diags) {
  const as_command *c = args->command;
  const char *help = as_arena_printf(args->arena, "usage: assay %s%s%s", c->name, *c->usage ? " " : "", c->usage);
  if (args->n_words < c->min_words)
    as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0, help, "`assay %s` needs a %s", c->name, c->words);
  else if (args->n_words > c->max_words)
    as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0, help, "`assay %s` does not take `%s`", c->name, args->words[c->max_words]);
}

bool as_args_help(const as_args *args) { return args->help; }

size_t as_args_words(const as_args *args, const char *const **words) {
  *words = args->words;
  return args->n_words;
}

size_t as_args_texts(const as_args *args, const char *flag, const char *const **texts) {
  const given *g = flag_given(args, flag);
  *texts = g ? g->texts : NULL;
  return g ? g->n : 0;
}

const char *as_args_text(const as_args *args, const char *flag, const char *otherwise) {
  const given *g = flag_given(args, flag);
  return g && g->n ? g->texts[g->n - 1] : otherwise;
}

bool as_args_on(const as_args *args, const char *flag) {
  const char *text = as_args_text(args, flag, NULL);
  return text && parse_switch(text) == 1;
}

uint64_t as_args_count(const as_args *args, const char *flag, uint64_t otherwise) {
  const char *text = as_args_text(args, flag, NULL);
  uint64_t value;
  return text && parse_size(text, &value) ? value : otherwise;
}

double as_args_seconds(const as_args *args, const char *flag, double otherwise) {
  const char *text = as_args_text(args, flag, NULL);
  double value;
  return text && parse_seconds(text, &value) ? value : otherwise;
}
