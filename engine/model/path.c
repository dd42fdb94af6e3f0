/* Paths and templates of a map, and the words of an export: how they are written. Must not see a document. */
#include <string.h>

#include "model/map.h"

static bool ends_key(char c) { return c == '.' || c == '[' || c == '|' || c == '{' || c == '}'; }

static bool parse_key(as_arena *arena, as_str text, size_t *at, as_step *step, const char **why) {
  size_t i = *at, from = i, end;
  if (text.p[i] == '"') {
    from = ++i;
    while (i < text.n && text.p[i] != '"') i++;
    if (i >= text.n) {
      *why = "the quotation mark is not closed";
      return false;
    }
    end = i++;
    if (i < text.n && text.p[i] == '?') {
      step->optional = true;
      i++;
    }
  } else {
    while (i < text.n && !ends_key(text.p[i])) i++;
    end = i;
    if (end > from + 1 && text.p[end - 1] == '?') {
      step->optional = true;
      end--;
    }
  }
  if (end == from) {
    *why = "a name is missing";
    return false;
  }
  step->kind = AS_STEP_KEY;
  step->key = (as_str){as_arena_copy(arena, text.p + from, end - from), end - from};
  *at = i;
  return true;
}

static bool parse_bracket(as_str text, size_t *at, as_step *step, const char **why) {
  size_t i = *at + 1;
  uint32_t index = 0;
  bool digits = false;
  for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && index < 100000000; i++) {
    index = index * 10 + (uint32_t)(text.p[i] - '0');
    digits = true;
  }
  if (i >= text.n || text.p[i] != ']') {
    *why = "write [] for every item, or a number such as [0]";
    return false;
  }
  step->kind = digits ? AS_STEP_INDEX : AS_STEP_EACH;
  step->index = index;
  *at = i + 1;
  return true;
}

static bool parse_pipe(as_str text, size_t *at, as_step *step, const char **why) {
  as_str rest = {text.p + *at + 1, text.n - *at - 1};
  size_t n = 0;
  while (n < rest.n && !ends_key(rest.p[n])) n++;
  rest.n = n;
  if (!as_str_is(rest, "json") && !as_str_is(rest, "csv")) {
    *why = "behind | stands json or csv";
    return false;
  }
  step->kind = as_str_is(rest, "json") ? AS_STEP_JSON : AS_STEP_CSV;
  *at += 1 + n;
  return true;
}

bool as_path_parse(as_arena *arena, as_str text, as_path *out, const char **why, size_t *where) {
  *out = (as_path){.literal = {as_arena_copy(arena, text.p, text.n), text.n}};
  out->bare = (as_str){out->literal.p, text.n - (text.n > 1 && text.p[text.n - 1] == '?')};
  out->steps = as_arena_calloc(arena, (text.n + 1) * sizeof *out->steps);
  size_t i = 0;
  *why = NULL;
  *where = 0;
  if (!text.n) {
    *why = "the path is empty";
    return false;
  }
  while (i + 1 < text.n && text.p[i] == '.' && text.p[i + 1] == '.') {
    out->up++;
    i += 2;
    if (i < text.n && text.p[i] != '/') {
      *why = "behind `..` stands /";
      *where = i;
      return false;
    }
    if (i < text.n) i++;
  }
  if (i == text.n - 1 && text.p[i] == '.') return true;
  bool name = true; /* a name must come */
  while (i < text.n) {
    as_step *step = &out->steps[out->n];
    bool good;
    *where = i;
    if (text.p[i] == '[' && (!name || out->n == 0)) {
      good = parse_bracket(text, &i, step, why);
    } else if (text.p[i] == '|' && (!name || out->n == 0)) {
      good = parse_pipe(text, &i, step, why);
    } else if (name) {
      good = parse_key(arena, text, &i, step, why);
    } else {
      *why = "a name is followed by . [ or |";
      good = false;
    }
    if (!good) return false;
    out->n++;
    name = i < text.n && text.p[i] == '.';
    if (name && ++i >= text.n) {
      *why = "a name is missing at the end";
      *where = i;
      return false;
    }
  }
  return true;
}

bool as_source_parse(as_arena *arena, as_str text, as_source *out, const char **why, size_t *where) {
  *out = (as_source){.text = {as_arena_copy(arena, text.p, text.n), text.n}};
  size_t most = 1;
  for (size_t i = 0; i < text.n; i++) most += text.p[i] == '{' || text.p[i] == '}';
  out->parts = as_arena_calloc(arena, most * sizeof *out->parts);
  out->is_template = most > 1;
  if (!out->is_template) {
    out->parts[0].path = as_arena_alloc(arena, sizeof *out->parts[0].path);
    out->n = 1;
    return as_path_parse(arena, text, out->parts[0].path, why, where);
  }
  for (size_t i = 0; i < text.n;) {
    struct as_part *part = &out->parts[out->n];
    if (text.p[i] != '{') {
      size_t end = i;
      while (end < text.n && text.p[end] != '{' && text.p[end] != '}') end++;
      if (end < text.n && text.p[end] == '}') {
        *why = "} without {";
        *where = end;
        return false;
      }
      part->text = (as_str){out->text.p + i, end - i};
      i = end;
    } else {
      const char *close = memchr(text.p + i, '}', text.n - i);
      *where = i;
      if (!close) {
        *why = "{ without }";
        return false;
      }
      size_t end = (size_t)(close - text.p), inner = 0;
      part->path = as_arena_alloc(arena, sizeof *part->path);
      if (!as_path_parse(arena, (as_str){text.p + i + 1, end - i - 1}, part->path, why, &inner)) {
        *where = i + 1 + inner;
        return false;
      }
      i = end + 1;
    }
    out->n++;
  }
  return true;
}

/* ---- words ---- */

struct as_words {
  as_map *by_word; /* folded */
  as_buf fold;
};

as_words *as_words_new(as_arena *arena) {
  as_words *words = as_arena_calloc(arena, sizeof *words);
  words->by_word = as_map_new();
  return words;
}

void as_words_free(as_words *words) {
  as_map_free(words->by_word);
  as_buf_free(&words->fold);
  words->by_word = NULL;
}

static as_str folded(as_words *words, as_str text) {
  words->fold.len = 0;
  as_word_fold(text, &words->fold);
  return (as_str){words->fold.data, words->fold.len};
}

bool as_words_add(as_words *words, as_arena *arena, as_str from, const as_node *to) {
  as_str word = folded(words, from);
  word.p = as_arena_copy(arena, word.p, word.n);
  return as_map_put(words->by_word, word, (void *)(uintptr_t)to) == NULL;
}

static const as_node *translate_one(as_words *words, const as_node *node) {
  if (node->type == AS_NULL || node->type == AS_LIST || node->type == AS_MAP) return node;
  const as_node *to = as_map_get(words->by_word, folded(words, node->text));
  if (!to) return node;
  return to->type == AS_NULL ? NULL : to;
}

static void add_item(as_words *words, as_node *list, const as_node *item, as_arena *arena) {
  const as_node *to = translate_one(words, item);
  if (!to) return;
  as_node *copy = as_arena_alloc(arena, sizeof *copy);
  *copy = *to;
  copy->line = item->line; /* the place in the export, should the word be wrong */
  copy->column = item->column;
  as_node_add(list, copy);
}

const as_node *as_words_translate(as_words *words, const as_node *node, bool split, as_arena *arena) {
  bool text = node->type != AS_NULL && node->type != AS_LIST && node->type != AS_MAP;
  if (node->type != AS_LIST && !(text && split)) return translate_one(words, node);
  as_node *list = as_node_new(arena, AS_LIST);
  list->line = node->line;
  list->column = node->column;
  for (const as_node *item = node->type == AS_LIST ? node->first : NULL; item; item = item->next) add_item(words, list, item, arena);
  for (size_t at = 0; text && at <= node->text.n;) {
    const char *mark = at < node->text.n ? memchr(node->text.p + at, ';', node->text.n - at) : NULL;
    size_t end = mark ? (size_t)(mark - node->text.p) : node->text.n;
    as_node item = {.type = AS_TEXT, .text = {node->text.p + at, end - at}, .line = node->line, .column = node->column};
    while (item.text.n && item.text.p[0] == ' ') item.text.p++, item.text.n--;
    while (item.text.n && item.text.p[item.text.n - 1] == ' ') item.text.n--;
    add_item(words, list, &item, arena);
    at = end + 1;
  }
  return text && !list->count ? NULL : list;
}
