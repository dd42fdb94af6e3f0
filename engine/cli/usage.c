/* The help of a command, from its table. Knows no command. */
#include "cli/args.h"

#include <string.h>

#define INDENT 28u
#define WIDTH 100u

/* Words of `text`, broken at WIDTH, further lines indented. */
static void wrapped(as_buf *out, const char *text) {
  size_t column = INDENT;
  while (*text) {
    size_t n = strcspn(text, " ");
    if (column > INDENT && column + 1 + n > WIDTH) {
      as_buf_printf(out, "\n%*s", (int)INDENT, "");
      column = INDENT;
    } else if (column > INDENT) {
      as_buf_addc(out, ' ');
      column++;
    }
    as_buf_add(out, text, n);
    column += n;
    text += n + (text[n] == ' ');
  }
  as_buf_addc(out, '\n');
}

static void one(as_buf *out, char letter, const char *name, const char *value, const char *help) {
  size_t before = out->len;
  if (letter)
    as_buf_printf(out, "  -%c, --%s", letter, name);
  else
    as_buf_printf(out, "      --%s", name);
  if (value)
    as_buf_printf(out, " %s", value);
  size_t used = out->len - before;
  if (used + 2 > INDENT)
    as_buf_printf(out, "\n%*s", (int)INDENT, "");
  else
    as_buf_printf(out, "%*s", (int)(INDENT - used), "");
  wrapped(out, help);
}

void as_args_usage(const as_command *command, as_buf *out) {
  as_buf_printf(out, "%s\n\nusage: assay %s %s\n\nflags:\n", command->brief, command->name, command->usage);
  for (const as_flag *f = command->flags; f->name; f++)
    one(out, f->letter, f->name, f->type == AS_FLAG_SWITCH ? NULL : f->value, f->help);
  one(out, 'h', "help", NULL, "show this help");
  if (command->details)
    as_buf_printf(out, "\n%s", command->details);
}
