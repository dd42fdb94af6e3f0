/* Command lines: flags and words checked against a declarative table.
 *
 * A flag's value comes from the command line, else from the environment (ASSAY_<COMMAND>_<FLAG>), else from the section of
 * the command in assay.yaml. What is unknown is an error with a suggestion, wherever it stands. */
#ifndef AS_CLI_ARGS_H
#define AS_CLI_ARGS_H

#include "base/diag.h"
#include "base/node.h"

typedef enum {
  AS_FLAG_SWITCH,  /* no value on the command line; true or false elsewhere */
  AS_FLAG_TEXT,
  AS_FLAG_COUNT,   /* whole number, at least 1 */
  AS_FLAG_SIZE,    /* bytes: 64MB, 1GB, 65536 */
  AS_FLAG_SECONDS, /* 5, 0.2, 5s, 2min */
  AS_FLAG_WORD     /* one of `words` */
} as_flag_type;

typedef struct {
  const char *name; /* without the dashes; NULL ends the table */
  as_flag_type type;
  char letter;      /* or 0 */
  bool repeat;
  const char *value; /* what stands for the value in the help */
  const char *help;
  const char *const *words; /* NULL-terminated, of AS_FLAG_WORD */
} as_flag;

typedef struct as_app as_app;
typedef struct {
  const char *name;    /* NULL ends the table of commands */
  const char *brief;   /* one line */
  const char *usage;   /* what follows the name: "BUNDLE… [flags]" */
  const char *details; /* further lines of the help: examples, exit codes */
  const as_flag *flags;
  unsigned min_words, max_words;
  const char *words;   /* what the words are, for messages: "bundle" */
  int (*run)(as_app *app);
  bool own_config;     /* reads assay.yaml itself, to tell of what is wrong with it in its own way */
} as_command;

typedef struct as_args as_args;

/* Takes argv behind the command's name. Complaints (E07xx) go to `diags`; the result is usable in any case. */
as_args *as_args_new(const as_command *command, int argc, char *const *argv, as_diags *diags);
void as_args_free(as_args *args);
/* Values for flags that are not given so far. `environment` is as environ. */
void as_args_environment(as_args *args, char *const *environment, as_diags *diags);
void as_args_config(as_args *args, const as_node *section, const char *document, as_diags *diags);
/* A value for a flag that is not given so far. */
void as_args_otherwise(as_args *args, const char *flag, const char *value, const char *origin, as_diags *diags);
/* After the last source: the number of words. */
void as_args_settle(as_args *args, as_diags *diags);

bool as_args_help(const as_args *args); /* --help */
size_t as_args_words(const as_args *args, const char *const **words);
/* How often the flag is given; its texts in order. Borrowed. */
size_t as_args_texts(const as_args *args, const char *flag, const char *const **texts);
const char *as_args_text(const as_args *args, const char *flag, const char *otherwise);
bool as_args_on(const as_args *args, const char *flag);
uint64_t as_args_count(const as_args *args, const char *flag, uint64_t otherwise); /* COUNT and SIZE */
double as_args_seconds(const as_args *args, const char *flag, double otherwise);

/* Usage, flags and details. Appends. */
void as_args_usage(const as_command *command, as_buf *out);

#endif
