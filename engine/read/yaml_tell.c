/* What libyaml says of a text it cannot read, with its place, and what to do about it. */
#include <string.h>

#include "read/yaml.h"

typedef struct {
  const char *problem; /* how libyaml's text begins */
  const char *message; /* or NULL: libyaml's own */
  const char *help;
} advice;

static const advice known[] = {
    {"mapping values are not allowed", "a `:` that makes a key is not allowed here",
     "put the value in quotes if it holds `: `, or correct the indentation"},
    {"found character that cannot start", NULL, "indent with blanks, not with tabs; put texts that begin with @ ` or % in quotes"},
    {"found a tab character", NULL, "indent with blanks, not with tabs"},
    {"did not find expected key", NULL,
     "correct the indentation: the keys of a map stand in one column; close quotes and brackets further up"},
    {"did not find expected '-' indicator", NULL, "correct the indentation: the items of a list stand in one column"},
    {"could not find expected ':'", NULL, "write `key: value` on one line; a text of several lines begins with `|` or `>`"},
    {"found unexpected end of stream", "the quote is never closed", "close it, or export the file again if it was cut off"},
    {"found unexpected document indicator", "the quote is never closed", "close it"},
    {"did not find expected ',' or ']'", NULL, "close the list with `]`, or write a comma between its items"},
    {"did not find expected ',' or '}'", NULL, "close the map with `}`, or write a comma between its members"},
    {"did not find expected node content", "a value is missing here", "write a value or a text in quotes"},
    {"block sequence entries are not allowed", "a list item is not allowed here", "put the `-` on a line of its own below the key"},
    {"block mapping entries", NULL, "correct the indentation"},
    {"mapping keys are not allowed", "a key is not allowed here", "correct the indentation, or put the text in quotes"},
    {"found unknown escape character", NULL, "write a backslash as \\\\, or use single quotes"},
    {"did not find expected hexdecimal number", "digits are missing in an escape",
     "write \\x with two, \\u with four hexadecimal digits, or use single quotes"},
    {"found invalid Unicode character escape code", "the escape is no character", "correct it, or use single quotes"},
    {"control characters are not allowed", "a control character", "remove it, or write it as an escape in double quotes"},
    {"found undefined tag handle", "the tag is not known here", "remove it, or put a text that begins with `!` in quotes"},
    {"found incompatible YAML document", "the version of YAML is not known here", "write %YAML 1.2, or remove the line"},
    {"found unknown directive name", NULL, "put a text that begins with % in quotes"},
    {"did not find expected <document start>", "something stands behind the end of the document", "begin a further document with `---`"},
    {"did not find expected alphabetic or numeric", "a name is missing", "put a text that begins with * or & in quotes"},
    {"did not find expected comment or line break", NULL, "put the text on the next line"},
};

static const advice *advice_for(const char *problem) {
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (!strncmp(problem, known[i].problem, strlen(known[i].problem))) return &known[i];
  return NULL;
}

void as_yaml_tell(as_reader *r, const yaml_parser_t *parser) {
  if (parser->error == YAML_MEMORY_ERROR) as_mem_exhausted();
  const char *problem = parser->problem ? parser->problem : "this is no YAML";
  const advice *a = advice_for(problem);
  const char *message = a && a->message ? a->message : problem;
  const char *help = a ? a->help : "correct the line; the one before it may be the cause";
  if (parser->error == YAML_READER_ERROR) {
    size_t offset = parser->problem_offset < r->text.n ? parser->problem_offset : r->text.n;
    as_reader_report_at(r, "E0110", r->text.p + offset, help, "%s (U+%04X)", message, (unsigned)parser->problem_value);
    return;
  }
  yaml_mark_t at = parser->problem_mark, context = parser->context_mark;
  /* What was opened and never closed is best told where it opens. */
  bool opening = !strncmp(problem, "found unexpected", 16) && parser->context;
  if (opening) at = context;
  uint32_t line = (uint32_t)at.line + 1, column = (uint32_t)at.column + 1;
  const char *shown = as_reader_yaml_line(r, line);
  if (!opening && parser->context && context.line != at.line)
    as_reader_report(r, "E0110", line, column, shown, help, "%s (%s that begins at line %zu, column %zu)", message, parser->context,
                     context.line + 1, context.column + 1);
  else
    as_reader_report(r, "E0110", line, column, shown, help, "%s", message);
}
