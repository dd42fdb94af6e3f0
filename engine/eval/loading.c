/* Which rule file ended the process that loaded it. The process notes the file in shared memory before it runs it, so that the
 * parent knows it however the process ended. Must not believe more of the note than that it names a file to be left out. */
#include "eval/loading.h"

#include <string.h>
#include <sys/mman.h>

#define MOST 256u /* files; every one costs another process */

struct as_loading {
  as_run_options options;
  as_arena *arena;
  char *note; /* AS_LOADING_BYTES, shared with the process; NULL where there is no memory for it */
  as_lost_file *lost;
};

as_loading *as_loading_new(const as_run_options *options) {
  as_loading *l = as_calloc(1, sizeof *l);
  l->arena = as_arena_new();
  l->options = *options;
  void *page = mmap(NULL, AS_LOADING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  l->note = page == MAP_FAILED ? NULL : page;
  l->options.loading = l->note;
  return l;
}

void as_loading_free(as_loading *l) {
  if (!l)
    return;
  if (l->note)
    munmap(l->note, AS_LOADING_BYTES);
  as_arena_free(l->arena);
  as_free(l);
}

const as_run_options *as_loading_options(const as_loading *l) { return &l->options; }

/* The file of the note, or NULL: there is none, it is no text, or that file was left out already. */
static const char *noted(const as_loading *l) {
  if (!l->note)
    return NULL;
  size_t n = strnlen(l->note, AS_LOADING_BYTES);
  if (n == 0 || n == AS_LOADING_BYTES || !as_utf8_valid((as_str){l->note, n}, NULL))
    return NULL;
  const char *file = as_arena_copy(l->arena, l->note, n);
  for (size_t i = 0; i < l->options.n_lost; i++)
    if (strcmp(l->lost[i].file, file) == 0)
      return NULL;
  return file;
}

/* The line of the file that a traceback names first; 0 where it names none. */
static uint32_t line_of(const char *where, const char *file) {
  const char *at = strstr(where, file);
  uint32_t line = 0;
  for (const char *p = at && at[strlen(file)] == ':' ? at + strlen(file) + 1 : ""; *p >= '0' && *p <= '9' && line < 100000000; p++)
    line = line * 10 + (uint32_t)(*p - '0');
  return line;
}

static void leave_out(as_loading *l, const char *file, const char *why, uint32_t line) {
  if (!l->lost)
    l->lost = as_arena_calloc(l->arena, MOST * sizeof *l->lost);
  l->lost[l->options.n_lost++] = (as_lost_file){file, why, line};
  l->options.lost = l->lost;
}

bool as_loading_again(as_loading *l, const as_child *child, const as_node *fault) {
  const char *file = noted(l);
  bool crashed = !fault && !child->overran && (child->end == AS_END_SIGNAL || child->code == AS_CHILD_EXHAUSTED);
  if (l->note)
    memset(l->note, 0, AS_LOADING_BYTES);
  if (!file || l->options.n_lost == MOST || (!fault && !child->overran && !crashed))
    return false;
  if (crashed && !l->options.careful) { /* it may have been the bundle, which was read meanwhile */
    l->options.careful = true;
    return true;
  }
  l->options.careful = true;
  if (fault)
    leave_out(l, file, as_arena_printf(l->arena, "loading it breaks the limit of %s", as_node_str(fault, "fault", "")),
              line_of(as_node_str(fault, "where", ""), file));
  else if (child->overran)
    leave_out(l, file, "loading it does not end in time", 0);
  else
    leave_out(l, file, as_arena_printf(l->arena, "loading it ends the process (%s)", child->end == AS_END_SIGNAL ? as_signal_name(child->code) : "out of memory"), 0);
  return true;
}
