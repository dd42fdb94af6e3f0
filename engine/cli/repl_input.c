/* Input of a session that is no terminal: lines from a file or a pipe. What is unfinished goes on in the next line. */
#include "cli/repl.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TEXT_BYTES ((size_t)64 << 10) /* of one expression: what the compiler takes */

static bool is_blank(const char *text, size_t n) { return strspn(text, " \t\r") >= n; }

static void forget(as_repl_input *input) {
  input->pending.len = 0;
  input->first = 0;
}

/* Has what is pending carried out; it stays pending where it is unfinished. */
static void run(as_repl *repl, as_repl_input *input, bool final) {
  as_arena *arena = as_arena_new();
  as_node *question = as_repl_question(repl, arena, "eval");
  as_node_put(arena, question, "text", as_node_text(arena, (as_str){input->pending.data, input->pending.len}));
  as_repl_put(arena, question, "chunk", input->chunk);
  as_node_put(arena, question, "line", as_node_int(arena, input->first));
  as_node_put(arena, question, "final", as_node_bool(arena, final));
  if (strcmp(as_repl_ask(repl, arena, question), "incomplete") != 0)
    forget(input);
  as_arena_free(arena);
}

void as_repl_line(as_repl *repl, as_repl_input *input, const char *text, size_t n) {
  input->line++;
  if (input->pending.len == 0 && is_blank(text, n))
    return;
  if (input->pending.len == 0 && text[strspn(text, " \t")] == ':' && text[strspn(text, " \t") + 1] != ':') {
    char *line = as_calloc(1, n + 1);
    memcpy(line, text, n);
    as_repl_command_line(repl, line);
    as_free(line);
    return;
  }
  if (input->pending.len == 0 && input->line == 1 && n >= 2 && text[0] == '#' && text[1] == '!')
    return;
  if (input->pending.len)
    as_buf_addc(&input->pending, '\n');
  else
    input->first = input->line;
  as_buf_add(&input->pending, text, n);
  if (input->pending.len > TEXT_BYTES) {
    as_repl_wrong(repl, "E0740", NULL, "%s:%u: an expression is at most 64 KB long", input->chunk, input->first);
    forget(input);
    return;
  }
  run(repl, input, false);
}

static bool goes_on(const as_repl *repl) { return !repl->quit && !repl->reload && !repl->gone && !*repl->ended; }

/* The whole lines that are there, and the last one where no more comes. */
static void take_lines(as_repl *repl, as_repl_source *source) {
  as_buf *got = &source->got;
  size_t at = 0;
  while (at < got->len && goes_on(repl)) {
    const char *end = memchr(got->data + at, '\n', got->len - at);
    if (!end && !source->ended)
      break;
    if (!end)
      end = got->data + got->len;
    as_repl_line(repl, &source->input, got->data + at, (size_t)(end - got->data) - at);
    at = (size_t)(end - got->data) + 1;
  }
  at = at > got->len ? got->len : at;
  if (!at)
    return;
  memmove(got->data, got->data + at, got->len - at);
  got->len -= at;
  got->data[got->len] = '\0';
}

bool as_repl_read(as_repl *repl, as_repl_source *source) {
  take_lines(repl, source);
  while (!source->ended && goes_on(repl)) {
    char bytes[65536];
    ssize_t n = read(source->fd, bytes, sizeof bytes);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      as_repl_wrong(repl, "E0744", NULL, "%s cannot be read: %s", source->input.chunk, strerror(errno));
    source->ended = n <= 0;
    if (n > 0)
      as_buf_add(&source->got, bytes, (size_t)n);
    take_lines(repl, source);
  }
  if (goes_on(repl) && source->input.pending.len)
    run(repl, &source->input, true);
  return source->ended && source->got.len == 0 && !repl->reload;
}

void as_repl_close(as_repl_source *source) {
  if (source->fd > STDIN_FILENO)
    close(source->fd);
  source->fd = -1;
  as_buf_free(&source->input.pending);
  as_buf_free(&source->got);
}
