/* assay: a table of commands. Finds the one that is meant, checks its flags, runs it. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/app.h"

extern char **environ;

static volatile bool stopped; /* the one thing that a signal handler may touch */

static void on_signal(int number) {
  (void)number;
  if (stopped) /* asked twice: at once. The children end with this process */
    _exit(AS_EXIT_INTERRUPTED);
  stopped = true;
}

static void catch_signals(void) {
  static const int ours[] = {SIGINT, SIGTERM, SIGHUP};
  struct sigaction act = {.sa_handler = on_signal}, old;
  sigemptyset(&act.sa_mask);
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (sigaction(ours[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
      sigaction(ours[i], &act, NULL);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is told like a full disk */
}

/* What was closed is held by something that can be neither read nor written, so that no file that is opened later is taken for it. */
static void hold_standard(void) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
      _exit(AS_EXIT_IO);
}

static bool wants_color(int fd) {
  const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
  return isatty(fd) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

static int terminal_columns(void) {
  struct winsize size;
  return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static const as_command *find(const as_command *commands, const char *name) {
  for (const as_command *c = commands; c->name; c++)
    if (strcmp(c->name, name) == 0)
      return c;
  return NULL;
}

static int no_command(as_app *app, const char *name) {
  const char *names[64], *help = "`assay help` lists the commands";
  size_t n = 0;
  for (const as_command *c = app->commands; c->name && n < 64; c++)
    names[n++] = c->name;
  const char *close = as_suggest(name, names, n);
  as_diags *diags = as_diags_new();
  as_diags_add(diags, "E0701", AS_ERROR, NULL, 0, 0, close ? as_arena_printf(app->arena, "did you mean `%s`?", close) : help, "there is no command `%s`", name);
  as_app_show(app, diags, 0, NULL);
  as_diags_free(diags);
  return AS_EXIT_USAGE;
}

static int help_of(const as_command *command) {
  as_buf text = {0};
  as_args_usage(command, &text);
  bool ok = as_app_out_buf(&text);
  as_buf_free(&text);
  return ok ? AS_EXIT_OK : AS_EXIT_IO;
}

/* Flags, then environment, then assay.yaml; only then the command itself. */
static int run(as_app *app, int argc, char *const *argv) {
  as_diags *diags = as_diags_new();
  int code = AS_EXIT_OK;
  app->args = as_args_new(app->command, argc, argv, diags);
  if (as_args_help(app->args)) {
    as_diags_free(diags);
    return help_of(app->command);
  }
  as_args_environment(app->args, app->environment, diags);
  as_args_settle(app->args, diags);
  bool has_config = false;
  for (const as_flag *f = app->command->flags; f->name; f++)
    has_config = has_config || strcmp(f->name, "config") == 0;
  if (as_diags_errors(diags) > 0)
    code = AS_EXIT_USAGE;
  else if (has_config && !as_app_home(app))
    code = AS_EXIT_IO;
  else if (has_config && !app->command->own_config && !as_app_config(app, NULL, diags))
    code = AS_EXIT_INVALID;
  as_app_show(app, diags, 20, NULL);
  as_diags_free(diags);
  return code ? code : app->command->run(app);
}

int main(int argc, char **argv) {
  hold_standard();
  const as_command commands[] = {as_cmd_eval, as_cmd_explain, as_cmd_repl, as_cmd_query, as_cmd_list, as_cmd_test, as_cmd_check, as_cmd_new, as_cmd_history,
                                 as_cmd_report, as_cmd_version, as_cmd_help, (as_command){0}};
  as_app app = {.commands = commands,
                .arena = as_arena_new(),
                .environment = environ,
                .color_out = wants_color(STDOUT_FILENO),
                .color_err = wants_color(STDERR_FILENO),
                .columns = terminal_columns(),
                .stop = &stopped};
  catch_signals();
  const char *name = argc > 1 ? argv[1] : "help";
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
    name = "help";
  if (strcmp(name, "--version") == 0)
    name = "version";
  app.command = find(commands, name);
  int code = app.command ? run(&app, argc > 2 ? argc - 2 : 0, argv + 2) : no_command(&app, name);
  as_args_free(app.args);
  as_arena_free(app.arena);
  return code;
}
