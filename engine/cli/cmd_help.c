/* assay help: the list of commands, or the help of one. */
#include <string.h>

#include "cli/app.h"

static const as_flag flags[] = {{NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

static void overview(const as_app *app, as_buf *out) {
  as_buf_adds(out, "assay evaluates information security management systems against ISO/IEC 27001:2022.\n\nusage: assay COMMAND [flags]\n\ncommands:\n");
  for (const as_command *c = app->commands; c->name; c++)
    as_buf_printf(out, "  %-10s%s\n", c->name, c->brief);
  as_buf_adds(out, "\n`assay help COMMAND` tells more. Start with: assay eval BUNDLE\n");
}

static int run(as_app *app) {
  const char *const *words;
  as_buf text = {0};
  int code = AS_EXIT_OK;
  if (as_args_words(app->args, &words) == 0) {
    overview(app, &text);
  } else {
    const char *names[64];
    size_t n = 0;
    const as_command *found = NULL;
    for (const as_command *c = app->commands; c->name && n < 64; c++) {
      names[n++] = c->name;
      found = strcmp(c->name, words[0]) == 0 ? c : found;
    }
    if (found) {
      as_args_usage(found, &text);
    } else {
      const char *close = as_suggest(words[0], names, n);
      as_diags *diags = as_diags_new();
      as_diags_add(diags, "E0701", AS_ERROR, NULL, 0, 0,
                   close ? as_arena_printf(app->arena, "did you mean `%s`?", close) : "`assay help` lists the commands", "there is no command `%s`", words[0]);
      as_app_show(app, diags, 0, NULL);
      as_diags_free(diags);
      code = AS_EXIT_USAGE;
    }
  }
  if (text.len && !as_app_out_buf(&text))
    code = AS_EXIT_IO;
  as_buf_free(&text);
  return code;
}

const as_command as_cmd_help = {
    .name = "help",
    .brief = "Show the commands, or the flags of one.",
    .usage = "[COMMAND]",
    .flags = flags,
    .max_words = 1,
    .words = "command",
    .run = run};
