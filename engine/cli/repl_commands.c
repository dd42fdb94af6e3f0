/* The commands of a session: the one table of them. Those that touch files, time or the session itself are carried out here; the
 * session answers the others, and never says what is to be done. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/repl.h"
#include "eval/proc.h"

#define RULE_BYTES ((uint64_t)64 << 10)

/* ---- those that need more than an answer ---- */

static void list(const as_repl_command *only, as_buf *out) {
  for (const as_repl_command *c = as_repl_commands; c->name; c++) {
    char call[64];
    if (only && c != only)
      continue;
    snprintf(call, sizeof call, ":%s%s%s", c->name, c->argument ? " " : "", c->argument ? c->argument : "");
    as_buf_printf(out, "  %-20s %s\n", call, c->brief);
  }
}

static const as_repl_command *find(const char *name) {
  for (const as_repl_command *c = as_repl_commands; c->name; c++)
    if (strcmp(c->name, name) == 0)
      return c;
  return NULL;
}

static void unknown(as_repl *repl, const char *name) {
  const char *names[64];
  size_t n = 0;
  for (const as_repl_command *c = as_repl_commands; c->name && n < 64; c++)
    names[n++] = c->name;
  const char *close = as_suggest(name, names, n);
  as_buf help = {0};
  as_buf_printf(&help, close ? "did you mean `:%s`?" : ":help lists them", close);
  as_repl_wrong(repl, "E0742", help.data, "there is no command `:%s`", name);
  as_buf_free(&help);
}

static void help(as_repl *repl, const char *argument, bool forced) {
  (void)forced;
  const char *name = argument && *argument == ':' ? argument + 1 : argument;
  const as_repl_command *only = name ? find(name) : NULL;
  if (name && !only) {
    unknown(repl, name);
    return;
  }
  as_buf out = {0};
  if (!only)
    as_buf_adds(&out, "Lua over the bundle, with all that rules can use; isms, checks, results, risks\n"
                      "are there: isms.accounts:count{ status = \"active\" }. _ is the last value, x = …\n"
                      "keeps one; what is unfinished goes on in the next line. Tab completes, Ctrl-C\n"
                      "stops an expression, Ctrl-D ends.\n\n");
  list(only, &out);
  as_repl_out(repl, &out);
  as_buf_free(&out);
}

static void ask_command(as_repl *repl, const char *name, const char *argument, const as_buf *file) {
  as_arena *arena = as_arena_new();
  as_node *question = as_repl_question(repl, arena, "command");
  as_repl_put(arena, question, "command", name);
  if (argument)
    as_repl_put(arena, question, "argument", argument);
  if (file) {
    as_repl_put(arena, question, "path", argument);
    as_node_put(arena, question, "file", as_node_text(arena, (as_str){file->data, file->len}));
  }
  as_repl_ask(repl, arena, question);
  as_arena_free(arena);
}

/* A requirement, or the path of a rule file. */
static void run_rule(as_repl *repl, const char *argument, bool forced) {
  (void)forced;
  size_t n = strlen(argument);
  if (n < 4 || strcmp(argument + n - 4, ".lua") != 0) {
    ask_command(repl, "run", argument, NULL);
    return;
  }
  as_buf text = {0};
  const char *why = NULL;
  if (as_file_read(AT_FDCWD, argument, RULE_BYTES, &text, &why))
    ask_command(repl, "run", argument, &text);
  else
    as_repl_wrong(repl, "E0744", NULL, "%s cannot be read: %s", argument, why ? why : strerror(errno));
  as_buf_free(&text);
}

static void doc(as_repl *repl, const char *argument, bool forced) {
  (void)forced;
  ask_command(repl, argument ? "doc" : "docs", argument, NULL);
}

static void all(as_repl *repl, const char *argument, bool forced) {
  (void)argument, (void)forced;
  as_arena *arena = as_arena_new();
  as_repl_ask(repl, arena, as_repl_question(repl, arena, "all"));
  as_arena_free(arena);
}

static void take_time(as_repl *repl, const char *argument, bool forced) {
  (void)forced;
  double began = as_proc_now();
  ask_command(repl, "time", argument, NULL);
  double taken = as_proc_now() - began;
  as_app_say(taken < 1 ? "%.1f ms\n" : "%.2f s\n", taken < 1 ? taken * 1000 : taken);
}

static void row(as_rows *rows, as_arena *arena, const char *a, const char *b, const char *c) {
  as_node *list = as_node_new(arena, AS_LIST);
  const char *const cells[] = {a, b, c};
  for (size_t i = 0; i < 3; i++)
    as_node_add(list, as_node_text(arena, as_str_of(cells[i])));
  as_rows_add(rows, list);
}

static void limits(as_repl *repl, const char *argument, bool forced) {
  (void)argument, (void)forced;
  const as_run_options *o = repl->options;
  as_arena *arena = as_arena_new();
  as_rows *rows = as_rows_new(repl->format, 0);
  as_node *names = as_node_new(arena, AS_LIST);
  static const char *const columns[] = {"limit", "value", "of"};
  for (size_t i = 0; i < 3; i++)
    as_node_add(names, as_node_text(arena, as_str_of(columns[i])));
  as_rows_columns(rows, names);
  row(rows, arena, "limit-time", as_arena_printf(arena, "%.6g s", o->seconds), "an expression");
  row(rows, arena, "limit-memory", as_arena_printf(arena, "%.6g MB", (double)o->memory_bytes / 1048576), "an expression, beside the variables");
  row(rows, arena, "limit-steps", o->steps ? as_arena_printf(arena, "%llu", (unsigned long long)o->steps) : "not counted", "instructions of an expression");
  row(rows, arena, "text", "64 KB", "an expression");
  as_rows_end(rows);
  as_repl_out(repl, as_rows_out(rows));
  as_rows_free(rows);
  as_arena_free(arena);
}

/* ---- :save ---- */

static const struct {
  const char *suffix, *format;
  as_rows_format rows;
} kinds_of_file[] = {{".json", "json", AS_ROWS_JSON}, {".csv", "csv", AS_ROWS_CSV}, {".lua", "lua", AS_ROWS_JSON}, {".txt", "table", AS_ROWS_TABLE}};

static void save(as_repl *repl, const char *path, bool forced) {
  size_t n = strlen(path), i = 0, kinds = sizeof kinds_of_file / sizeof *kinds_of_file;
  while (i < kinds && (n < strlen(kinds_of_file[i].suffix) || strcmp(path + n - strlen(kinds_of_file[i].suffix), kinds_of_file[i].suffix) != 0))
    i++;
  if (i == kinds) {
    as_repl_wrong(repl, "E0743", "a file that ends in .json, .csv, .lua or .txt", "%s: its ending does not say how to write", path);
    return;
  }
  if (!forced && access(path, F_OK) == 0) {
    as_repl_wrong(repl, "E0743", ":save! FILE writes over it", "%s is there already", path);
    return;
  }
  as_arena *arena = as_arena_new();
  as_buf out = {0};
  as_node *question = as_node_new(arena, AS_MAP);
  as_repl_put(arena, question, "op", "all");
  as_repl_put(arena, question, "format", kinds_of_file[i].format);
  const as_node *answer = as_repl_ask_for(repl, arena, question, kinds_of_file[i].rows, &out);
  if (!answer || as_node_get(answer, "error"))
    as_repl_wrong(repl, "E0743", NULL, "the last value cannot be written");
  else if (!as_file_write(path, out.len ? out.data : "", out.len))
    as_repl_wrong(repl, "E0743", NULL, "%s cannot be written: %s", path, strerror(errno));
  else
    as_app_say("wrote %s, %zu bytes\n", path, out.len);
  as_buf_free(&out);
  as_arena_free(arena);
}

/* ---- the session itself ---- */

static void quit(as_repl *repl, const char *argument, bool forced) {
  (void)argument, (void)forced;
  repl->quit = true;
}

static void reload(as_repl *repl, const char *argument, bool forced) {
  (void)argument, (void)forced;
  as_arena *arena = as_arena_new();
  const as_node *answer = as_repl_ask_for(repl, arena, as_repl_question(repl, arena, "state"), AS_ROWS_TABLE, NULL);
  if (answer && as_node_get(answer, "state"))
    repl->before = as_node_copy(repl->app->arena, as_node_get(answer, "state"));
  as_arena_free(arena);
  repl->reload = true;
}

/* In the order in which :help shows them. */
const as_repl_command as_repl_commands[] = {
    {"help", "[COMMAND]", "this list", help},
    {"doc", "[NAME]", "a function: what it takes and gives; all names", doc},
    {"kinds", NULL, "kinds of records, and how many the bundle has", NULL},
    {"schema", "KIND", "the fields of a kind", NULL},
    {"results", "[GLOB]", "how the requirements came out", NULL},
    {"gaps", "[GLOB]", "failed checks, the gravest first", NULL},
    {"risks", NULL, "risks: inherent, derived and stated residual", NULL},
    {"why", "REQUIREMENT", "why it came out so, as assay explain tells", NULL},
    {"run", "REQUIREMENT", "judge it again; or the path of a rule file to try", run_rule},
    {"sql", "SELECT", "ask in SQL (docs/sql.md)", NULL},
    {"all", NULL, "the last value with all its rows", all},
    {"time", "EXPRESSION", "evaluate, and say how long it took", take_time},
    {"save", "FILE", "the last value as .json .csv .lua .txt; :save! overwrites", save},
    {"reload", NULL, "read bundle and rules again, and say what changed", reload},
    {"limits", NULL, "what bounds an expression", limits},
    {"quit", NULL, "end, as Ctrl-D does", quit},
    {NULL, NULL, NULL, NULL}};

void as_repl_command_line(as_repl *repl, const char *line) {
  char name[64];
  const char *at = line + strspn(line, " \t") + 1;
  size_t n = strcspn(at, " \t!");
  snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name - 1), at);
  bool forced = at[n] == '!';
  at += n + forced;
  at += strspn(at, " \t");
  as_buf argument = {0};
  as_buf_adds(&argument, at);
  while (argument.len && strchr(" \t\r", argument.data[argument.len - 1]))
    argument.data[--argument.len] = '\0';
  const as_repl_command *c = find(name);
  const char *given = argument.len ? argument.data : NULL;
  if (!c || (forced && strcmp(name, "save") != 0))
    unknown(repl, forced && c ? as_arena_printf(repl->app->arena, "%s!", name) : name);
  else if (given && !c->argument)
    as_repl_wrong(repl, "E0742", NULL, ":%s takes nothing behind it", name);
  else if (!given && c->argument && *c->argument != '[')
    as_repl_wrong(repl, "E0742", NULL, ":%s wants %s behind it", name, c->argument);
  else if (c->run)
    c->run(repl, given, forced);
  else
    ask_command(repl, name, given, NULL);
  as_buf_free(&argument);
}
