/* Reports: which ones -o asks for, and writing them. JSON is written here, everything else by a report writer of the stdlib in a
 * process of its own. */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/app.h"

#define BUNDLE_MARK "{bundle}"

/* The writers that are there: json, and stdlib/report/<format>.lua. */
static const char **formats(const as_app *app, size_t *count) {
  as_paths paths = {0};
  as_file_walk(as_arena_printf(app->arena, "%s/report", app->stdlib), 1000, &paths, NULL);
  const char **names = as_arena_calloc(app->arena, (paths.count + 1) * sizeof *names);
  size_t n = 0;
  names[n++] = "json";
  for (size_t i = 0; i < paths.count; i++) {
    size_t len = strlen(paths.paths[i]);
    if (len > 4 && strcmp(paths.paths[i] + len - 4, ".lua") == 0 && !strchr(paths.paths[i], '/'))
      names[n++] = as_arena_copy(app->arena, paths.paths[i], len - 4);
  }
  as_paths_free(&paths);
  *count = n;
  return names;
}

static bool is_among(const char *const *names, size_t n, const char *name) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(names[i], name) == 0)
      return true;
  return false;
}

bool as_app_outputs(const as_app *app, as_output **outputs, size_t *count, as_diags *diags) {
  const char *const *texts;
  size_t n = as_args_texts(app->args, "output", &texts), n_formats, before = as_diags_errors(diags);
  const char **names = formats(app, &n_formats);
  as_output *list = as_arena_calloc(app->arena, (n + 1) * sizeof *list);
  for (size_t i = 0; i < n; i++) {
    const char *colon = strchr(texts[i], ':');
    as_output *o = &list[i];
    o->format = as_arena_copy(app->arena, texts[i], colon ? (size_t)(colon - texts[i]) : strlen(texts[i]));
    o->path = colon && strcmp(colon + 1, "-") != 0 ? colon + 1 : NULL;
    o->per_bundle = o->path && strstr(o->path, BUNDLE_MARK);
    if (!is_among(names, n_formats, o->format)) {
      const char *close = as_suggest(o->format, names, n_formats);
      as_diags_add(diags, "E0704", AS_ERROR, NULL, 0, 0,
                   close ? as_arena_printf(app->arena, "did you mean `%s`?", close) : "`assay list formats` shows what there is",
                   "there is no report `%s`", o->format);
    } else if (o->path && !*o->path) {
      as_diags_add(diags, "E0704", AS_ERROR, NULL, 0, 0, NULL, "-o %s names no file behind the colon", texts[i]);
    }
  }
  if (n == 0)
    list[n++] = (as_output){.format = "terminal"};
  *outputs = list;
  *count = n;
  return as_diags_errors(diags) == before;
}

/* The path for this bundle: its name stands for {bundle}, without what has a meaning in paths. */
static char *path_for(const as_output *output, const as_node *result) {
  const char *mark = strstr(output->path, BUNDLE_MARK);
  as_buf path = {0};
  if (!mark) {
    as_buf_adds(&path, output->path);
    return path.data;
  }
  as_buf_add(&path, output->path, (size_t)(mark - output->path));
  const char *name = as_node_str(as_node_get(result, "run"), "bundle", "bundle");
  for (size_t i = 0; name[i]; i++)
    as_buf_addc(&path, name[i] == '/' || iscntrl((unsigned char)name[i]) || (i == 0 && name[i] == '.') ? '_' : name[i]);
  as_buf_adds(&path, mark + strlen(BUNDLE_MARK));
  return path.data;
}

static bool make(const as_app *app, const as_run_options *options, const as_node *result, const as_output *output, as_buf *text) {
  if (strcmp(output->format, "json") == 0) {
    as_node_json(result, 2, text);
    as_buf_addc(text, '\n');
    return true;
  }
  as_arena *arena = as_arena_new();
  as_diags *diags = as_diags_new();
  as_node *argument = as_node_copy(arena, as_app_paper(app, output->path == NULL));
  as_node_put(arena, argument, "result", as_node_copy(arena, result));
  as_run_call call = {.module = as_arena_printf(arena, "report.%s", output->format), .function = "render", .text = "text", .bare = true,
                      .argument = argument};
  bool ok = as_run_script(options, &call, arena, text, NULL, diags, app->stop);
  as_app_show(app, diags, 20, NULL);
  if (ok && text->len && text->data[text->len - 1] != '\n')
    as_buf_addc(text, '\n');
  as_diags_free(diags);
  as_arena_free(arena);
  return ok;
}

int as_app_report(const as_app *app, const as_run_options *options, const as_node *result, const as_output *output) {
  as_buf text = {0};
  int code = AS_EXIT_OK;
  if (!make(app, options, result, output, &text)) {
    code = app->stop && *app->stop ? AS_EXIT_INTERRUPTED : AS_EXIT_INTERNAL;
  } else if (!output->path) {
    code = as_app_out_buf(&text) ? AS_EXIT_OK : AS_EXIT_IO;
  } else {
    char *path = path_for(output, result);
    if (!as_file_write(path, text.data, text.len)) {
      as_app_say("assay: %s cannot be written: %s\n", path, strerror(errno));
      code = AS_EXIT_IO;
    }
    as_free(path);
  }
  as_buf_free(&text);
  return code;
}
