/* What the files of `assay repl` share. */
#ifndef AS_CLI_REPL_H
#define AS_CLI_REPL_H

#include "cli/app.h"
#include "cli/rows.h"
#include "eval/ask.h"

typedef struct as_edit as_edit;

typedef struct {
  as_app *app;
  as_run_options *options;
  const char *subject;     /* bundle or run, as it was named */
  as_session *session;     /* while there is one */
  as_rows_format format;
  bool interactive;        /* somebody sits in front of it */
  volatile bool *cut;      /* Ctrl-C; set back by whoever acts upon it */
  const volatile bool *ended; /* SIGTERM, or Ctrl-C without a person */
  bool failed;             /* an expression erred */
  bool gone;               /* nothing answers any more */
  bool quit, reload;       /* asked for by a command */
  const as_node *before;   /* what was there before the reload */
  unsigned inputs;         /* numbers what was typed */
  as_edit *edit;           /* or NULL */
} as_repl;

/* ---- repl_ask.c ---- */

/* A question about `op`, for the window as it is now; rows are capped for a person, but for op "all". Pinned to the arena. */
as_node *as_repl_question(const as_repl *repl, as_arena *arena, const char *op);
void as_repl_put(as_arena *arena, as_node *map, const char *name, const char *text);
/* Asks and shows what comes. Gives the status: "ok", "error" (told), "incomplete" (nothing shown), "gone". */
const char *as_repl_ask(as_repl *repl, as_arena *arena, const as_node *question);
/* Asks without showing anything; the end of the answer, or NULL. `out` (or NULL) gets rows in the format and text, as bytes to write. */
const as_node *as_repl_ask_for(as_repl *repl, as_arena *arena, const as_node *question, as_rows_format format, as_buf *out);
/* An error on stderr. `help` may be NULL. */
void as_repl_wrong(as_repl *repl, const char *code, const char *help, const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Writes to stdout, by way of a pager where it is longer than the window. */
void as_repl_out(as_repl *repl, const as_buf *text);

/* ---- repl_commands.c ---- */

typedef struct {
  const char *name;     /* NULL ends the table */
  const char *argument; /* "NAME", "[GLOB]", "EXPR" or NULL: in brackets it can be left out */
  const char *brief;
  void (*run)(as_repl *repl, const char *argument, bool forced); /* NULL: the session answers */
} as_repl_command;

extern const as_repl_command as_repl_commands[];
/* Carries out a line that begins with a colon. */
void as_repl_command_line(as_repl *repl, const char *line);

/* ---- repl_input.c ---- */

/* Takes one line; what is unfinished is kept until more comes. `chunk` and `line` say where it stands. */
typedef struct {
  as_buf pending;
  char chunk[64];
  unsigned line, first;
} as_repl_input;
void as_repl_line(as_repl *repl, as_repl_input *input, const char *text, size_t n);
/* Lines that come from a text, a file or a pipe. */
typedef struct {
  as_repl_input input;
  int fd;       /* -1: none, all is in `got` */
  bool ended;   /* nothing more comes from it */
  as_buf got;   /* and was not carried out yet */
} as_repl_source;
/* Carries out what comes, until its end (true: what is unfinished there is an error), or until something stops or reloads the
 * session: then it can go on later. */
bool as_repl_read(as_repl *repl, as_repl_source *source);
void as_repl_close(as_repl_source *source);

/* ---- repl_edit.c ---- */

/* Line editing on the terminal; NULL where there is none. */
as_edit *as_edit_open(as_repl *repl, bool history);
void as_edit_close(as_edit *edit);
/* Reads and carries out lines until the end of input, :quit or :reload. */
void as_edit_loop(as_edit *edit, as_repl *repl);

/* ---- pager.c ---- */

/* Shows a text with $PAGER, else less. False where there is none. */
bool as_pager_show(const as_buf *text);

#endif
