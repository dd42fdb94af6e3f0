/* assay query: asks a bundle in SQL and shows the rows. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/app.h"
#include "cli/rows.h"
#include "eval/query.h"
#include "model/sql.h"

#define PART ((size_t)64 << 10) /* bytes that are written at once */
#define FILE_MAX ((uint64_t)16 << 20) /* that is read to say that a query is too long */

#define ALL_TABLES "SELECT name, key, records, supplied, title FROM _tables"
#define ONE_TABLE "SELECT name, type, required, leads_to, words, meaning FROM _columns WHERE table_name = ?"

static const char *const formats[] = {"table", "json", "ndjson", "csv", NULL}; /* in the order of as_rows_format */

static const as_flag flags[] = {
    {"file", AS_FLAG_TEXT, 'f', false, "FILE", "the SQL stands in this file; - is standard input", NULL},
    {"schema", AS_FLAG_SWITCH, 0, false, NULL, "list the tables; behind it may stand the name of one, to list its columns", NULL},
    {"format", AS_FLAG_WORD, 0, false, "FORMAT", "table (default), json: a list of objects, ndjson: an object a line, csv", formats},
    {"at", AS_FLAG_TEXT, 0, false, "DATE", "the moment that 'now' is, instead of the manifest's as_of", NULL},
    {"strict", AS_FLAG_SWITCH, 0, false, NULL, "warnings about the evidence are errors", NULL},
    AS_FLAG_RULES,
    AS_FLAG_CONFIG,
    {"limit-rows", AS_FLAG_COUNT, 0, false, "N", "rows that a query may give; default 100,000", NULL},
    {"limit-time", AS_FLAG_SECONDS, 0, false, "SECONDS", "time of the query; default 30", NULL},
    {"limit-memory", AS_FLAG_SIZE, 0, false, "SIZE", "memory of the query; default 256MB", NULL},
    {"allow-root", AS_FLAG_SWITCH, 0, false, NULL, "keep the privileges of root", NULL},
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

typedef struct {
  as_rows *rows;
  as_arena *arena;
  bool objects; /* JSON, where a name can stand once */
  uint64_t count;
  bool closed;          /* nobody reads stdout any more */
  const char *repeated; /* in JSON: a name that two columns have */
} showing;

static bool flush(showing *s, size_t least) {
  as_buf *out = as_rows_out(s->rows);
  if (out->len >= least && out->len && !s->closed)
    s->closed = !as_app_out_buf(out);
  if (out->len >= least)
    out->len = 0;
  return !s->closed;
}

static void columns(void *ctx, const as_node *list) {
  showing *s = ctx;
  for (const as_node *a = list->first; a && s->objects && !s->repeated; a = a->next)
    for (const as_node *b = list->first; b != a && !s->repeated; b = b->next)
      if (as_str_eq(a->text, b->text))
        s->repeated = as_arena_copy(s->arena, a->text.p, a->text.n);
  if (!s->repeated)
    as_rows_columns(s->rows, list);
}

static bool row(void *ctx, const as_node *list) {
  showing *s = ctx;
  if (s->repeated)
    return false;
  as_rows_add(s->rows, list);
  s->count++;
  return flush(s, PART);
}

static int wrong(const as_app *app, const char *help, const char *message) {
  as_diags *diags = as_diags_new();
  as_diags_add(diags, "E0705", AS_ERROR, NULL, 0, 0, help, "%s", message);
  as_app_show(app, diags, 0, NULL);
  as_diags_free(diags);
  return AS_EXIT_USAGE;
}

/* Standard input as far as a query may be long, and a bit more. False after a message. */
static bool read_stdin(const as_app *app, as_buf *text) {
  char part[4096];
  ssize_t n;
  as_buf_adds(text, "");
  while (text->len <= AS_SQL_TEXT_MAX && (n = read(STDIN_FILENO, part, sizeof part)) != 0) {
    if (n < 0 && errno == EINTR && !(app->stop && *app->stop))
      continue;
    if (n < 0) {
      as_app_say("assay: standard input cannot be read: %s\n", strerror(errno));
      return false;
    }
    as_buf_add(text, part, (size_t)n);
  }
  return true;
}

/* Gives AS_EXIT_OK, or another after a message. */
static int read_file(const as_app *app, const char *path, as_buf *text) {
  const char *why = NULL;
  if (strcmp(path, "-") == 0)
    return read_stdin(app, text) ? AS_EXIT_OK : AS_EXIT_IO;
  if (as_file_read(AT_FDCWD, path, FILE_MAX, text, &why))
    return AS_EXIT_OK;
  as_app_say("assay: %s: %s\n", path, why);
  return AS_EXIT_MISSING;
}

static as_rows_format format_of(const as_app *app) {
  const char *word = as_args_text(app->args, "format", "table");
  int i = 0;
  while (formats[i + 1] && strcmp(formats[i], word) != 0)
    i++;
  return (as_rows_format)i;
}

/* What is asked: the text, and what it is about. */
typedef struct {
  as_buf text;
  const char *name, *about;
} question;

static int ask(as_app *app, const char *bundle, const question *q) {
  as_run_options options;
  as_diags *diags = as_diags_new();
  as_app_options(app, &options);
  options.bundles = &bundle;
  options.n_bundles = 1;
  options.at = as_args_text(app->args, "at", NULL);
  options.strict = as_args_on(app->args, "strict");
  /* The limits of rules, where results are asked for, are not those of the query. */
  options.memory_bytes = options.limits.memory;
  options.seconds = options.limits.seconds;
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  options.jobs = processors > 1 ? processors > 16 ? 16 : (unsigned)processors : 1;
  as_query query = {.text = {q->text.data, q->text.len},
                    .name = q->name,
                    .about = q->about,
                    .seconds = as_args_seconds(app->args, "limit-time", 30),
                    .memory_bytes = as_args_count(app->args, "limit-memory", (uint64_t)256 << 20),
                    .rows = as_args_count(app->args, "limit-rows", AS_SQL_ROWS)};
  as_rows_format format = format_of(app);
  showing s = {.rows = as_rows_new(format, app->columns), .arena = app->arena, .objects = format == AS_ROWS_JSON || format == AS_ROWS_NDJSON};
  as_query_listener listener = {&s, columns, row};
  int code = as_query_run(&options, &query, &listener, diags, app->stop);
  if (code != AS_EXIT_INTERRUPTED) {
    as_rows_end(s.rows);
    flush(&s, 0);
  }
  if (s.repeated && code != AS_EXIT_INTERRUPTED) {
    as_diags_add(diags, "E0752", AS_ERROR, NULL, 0, 0, "name one of them with AS", "two columns are called `%s`, and an object can have one of them", s.repeated);
    code = AS_EXIT_USAGE;
  }
  as_diags_sort(diags);
  as_run_bundle shown = {.path = bundle, .diags = diags};
  as_app_show_bundle(app, &shown, 20, NULL);
  if (code == AS_EXIT_INTERRUPTED)
    as_app_say("assay: interrupted\n");
  else if (app->columns > 0 && code == AS_EXIT_OK && !s.closed)
    as_app_say("%llu row%s\n", (unsigned long long)s.count, s.count == 1 ? "" : "s");
  if (s.closed && code == AS_EXIT_OK)
    code = AS_EXIT_IO;
  as_rows_free(s.rows);
  as_diags_free(diags);
  return code;
}

/* Gives AS_EXIT_OK, or another after a message. */
static int take_question(as_app *app, question *q) {
  const char *const *words;
  size_t n = as_args_words(app->args, &words);
  const char *file = as_args_text(app->args, "file", NULL);
  bool schema = as_args_on(app->args, "schema");
  *q = (question){.name = "query"};
  if (schema && file)
    return wrong(app, NULL, "--schema and --file exclude each other");
  if (file && n > 1)
    return wrong(app, NULL, "the query stands both in a file and on the command line");
  if (!schema && !file && n < 2)
    return wrong(app, "assay query BUNDLE \"SELECT …\", or --file FILE, or --schema to see the tables", "`assay query` needs a query");
  if (schema) {
    as_buf_adds(&q->text, n > 1 ? ONE_TABLE : ALL_TABLES);
    q->about = n > 1 ? words[1] : NULL;
    return AS_EXIT_OK;
  }
  if (!file && strcmp(words[1], "-") != 0) {
    as_buf_adds(&q->text, words[1]);
    return AS_EXIT_OK;
  }
  if (!file)
    file = "-";
  if (strcmp(file, "-") == 0 && strcmp(words[0], "-") == 0)
    return wrong(app, NULL, "standard input can be read only once");
  if (strcmp(file, "-") != 0)
    q->name = file;
  return read_file(app, file, &q->text);
}

static int run(as_app *app) {
  const char *const *words;
  question q;
  as_args_words(app->args, &words);
  int code = take_question(app, &q);
  if (code == AS_EXIT_OK)
    code = ask(app, words[0], &q);
  as_buf_free(&q.text);
  return code;
}

const as_command as_cmd_query = {
    .name = "query",
    .brief = "Ask a bundle in SQL.",
    .usage = "BUNDLE SQL | BUNDLE --file FILE | BUNDLE --schema [TABLE] [flags]",
    .details = "Every kind is a table with its fields as columns, besides `_key`, `_document` and `_line`. The tables results, checks, findings and\n"
               "risk_results hold what an evaluation gives; naming one evaluates the bundle first. SQL is one SELECT, or - for standard input;\n"
               "docs/sql.md tells what there is.\n\n"
               "examples:\n"
               "  assay query acme 'SELECT system, count(*) FROM accounts GROUP BY system'\n"
               "  assay query acme \"SELECT id, _document, _line FROM people WHERE end_date < date('now')\" --format csv\n"
               "  assay query acme 'SELECT requirement, key, message FROM findings' --format json\n"
               "  assay query acme --schema accounts\n\n"
               "exit codes:\n"
               "  0 all rows are there   2 incomplete: a limit was met, a document was unreadable, a rule erred   64 usage, or the query is wrong\n"
               "  65 invalid rules, settings or bundle   66 no such bundle   70 internal   74 input or output   130 interrupted\n",
    .flags = flags,
    .min_words = 1,
    .max_words = 2,
    .words = "bundle",
    .run = run};
