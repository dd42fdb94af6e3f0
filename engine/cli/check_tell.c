/* assay check: writes what was found, for people here, for programs by the stdlib. */
#include <string.h>
#include <strings.h>

#include "cli/check.h"

static as_node *put(as_app *app, as_node *map, const char *name, const char *text) {
  return as_node_put(app->arena, map, name, as_node_text(app->arena, as_str_of(text)));
}

static size_t count(const as_diags *diags, as_severity severity) {
  size_t n = 0;
  for (size_t i = 0; i < as_diags_count(diags); i++)
    n += as_diags_at(diags, i)->severity == severity;
  return n;
}

/* Takes out what --ignore names. */
static void leave_out(as_check *c) {
  const char *const *codes;
  size_t n = as_args_texts(c->app->args, "ignore", &codes);
  if (!n)
    return;
  as_diags *kept = as_diags_new();
  for (size_t i = 0; i < as_diags_count(c->found); i++) {
    const as_diag *d = as_diags_at(c->found, i);
    bool out = false;
    for (size_t k = 0; k < n && !out; k++)
      out = strcasecmp(codes[k], d->code) == 0;
    c->ignored += out;
    if (!out)
      as_diags_push(kept, d);
  }
  as_diags_free(c->found);
  c->found = kept;
}

static void pretty(const as_check *c, as_buf *out) {
  for (size_t i = 0; i < as_diags_count(c->found); i++)
    as_diag_format(as_diags_at(c->found, i), c->app->color_out, out);
}

static bool formatted(as_check *c, const char *format, as_buf *out) {
  as_app *app = c->app;
  as_node *arg = as_node_new(app->arena, AS_MAP);
  put(app, arg, "format", format);
  put(app, arg, "version", AS_ENGINE_VERSION);
  as_node_put(app->arena, arg, "files", as_node_int(app->arena, c->files));
  as_node_put(app->arena, arg, "diagnostics", as_diags_nodes(app->arena, c->found, 0, as_diags_count(c->found)));
  if (c->fixed)
    as_node_put(app->arena, arg, "fixed", as_node_copy(app->arena, c->fixed));
  as_run_call call = {.module = "lint.report", .function = "render", .text = "text", .bare = true, .argument = arg};
  as_diags *diags = as_diags_new();
  bool ok = as_run_script(&c->options, &call, app->arena, out, NULL, diags, app->stop);
  as_app_show(app, diags, 20, NULL);
  as_diags_free(diags);
  return ok;
}

static void say_fixed(const as_check *c) {
  for (const as_node *f = c->fixed ? c->fixed->first : NULL; f; f = f->next)
    as_app_say("%s:%lld: mended %s: %s\n", as_node_str(f, "document", ""), (long long)as_node_integer(f, "line", 0), as_node_str(f, "code", ""),
               as_node_str(f, "message", ""));
}

static void say_sum(const as_check *c) {
  size_t errors = count(c->found, AS_ERROR), warnings = count(c->found, AS_WARNING), notes = count(c->found, AS_NOTE);
  size_t dropped = as_diags_dropped(c->found);
  if (dropped)
    as_app_say("… and %zu more that are not listed\n", dropped);
  if (c->ignored)
    as_app_say("%zu left out by --ignore\n", c->ignored);
  if (errors + warnings + notes == 0)
    as_app_say("nothing found (%lld files)\n", (long long)c->files);
  else
    as_app_say("%zu error%s, %zu warning%s, %zu note%s (%lld files)%s\n", errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s", notes,
               notes == 1 ? "" : "s", (long long)c->files, errors + warnings ? "; `assay check --explain CODE` says more of one" : "");
}

int as_check_tell(as_check *c) {
  const char *format = as_args_text(c->app->args, "format", "pretty");
  as_buf out = {0};
  leave_out(c);
  as_diags_sort(c->found);
  say_fixed(c);
  if (strcmp(format, "pretty") == 0)
    pretty(c, &out);
  else if (!formatted(c, format, &out))
    c->code = AS_EXIT_INTERNAL;
  if (out.len && !as_app_out_buf(&out))
    c->code = AS_EXIT_IO;
  as_buf_free(&out);
  say_sum(c);
  bool strict = as_args_on(c->app->args, "strict");
  bool any = count(c->found, AS_ERROR) + count(c->found, AS_WARNING) + (strict ? count(c->found, AS_NOTE) : 0) > 0;
  return c->code ? c->code : any ? AS_EXIT_FINDINGS : AS_EXIT_OK;
}
