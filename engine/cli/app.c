/* What the commands share: product files, output, messages. */
#include "cli/app.h"

#include <errno.h>
#include <stdio.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"

static bool is_there(const char *folder, const char *name) {
  as_buf path = {0};
  as_buf_printf(&path, "%s/%s", folder, name);
  bool ok = access(path.data, R_OK) == 0;
  as_buf_free(&path);
  return ok;
}

static bool take_home(as_app *app, const char *folder) {
  if (!is_there(folder, "stdlib/judge.lua") && !is_there(folder, "stdlib/kinds"))
    return false;
  app->stdlib = as_arena_printf(app->arena, "%s/stdlib", folder);
  app->rules = as_arena_printf(app->arena, "%s/rules/iso27001", folder);
  return true;
}

bool as_app_home(as_app *app) {
  const char *home = getenv("ASSAY_HOME");
  if (home && *home) {
    if (take_home(app, home))
      return true;
    as_app_say("assay: ASSAY_HOME is %s, but there is no stdlib in it\n", home);
    return false;
  }
  char self[4096];
  ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
  char *slash = n > 0 ? (self[n] = '\0', strrchr(self, '/')) : NULL;
  if (slash) {
    *slash = '\0';
    char *above = strrchr(self, '/');
    if (above)
      *above = '\0';
    /* build/san/assay lies one folder deeper */
    char *higher = above ? strrchr(self, '/') : NULL;
    if (take_home(app, self) || take_home(app, as_arena_printf(app->arena, "%s/share/assay", self)))
      return true;
    if (higher) {
      *higher = '\0';
      if (take_home(app, self))
        return true;
    }
  }
  as_app_say("assay: the rules and the stdlib are not beside the program; set ASSAY_HOME to the folder that holds them\n");
  return false;
}

void as_app_say(const char *format, ...) {
  as_buf text = {0}, shown = {0};
  va_list args;
  va_start(args, format);
  as_buf_vprintf(&text, format, args);
  va_end(args);
  bool line = text.len && text.data[text.len - 1] == '\n';
  as_show((as_str){text.data, text.len - line}, false, &shown);
  if (line)
    as_buf_addc(&shown, '\n');
  fwrite(shown.data, 1, shown.len, stderr);
  as_buf_free(&text);
  as_buf_free(&shown);
}

bool as_app_out(const char *bytes, size_t n) {
  while (n) {
    ssize_t done = write(STDOUT_FILENO, bytes, n);
    if (done < 0) {
      if (errno == EINTR)
        continue;
      if (errno != EPIPE)
        as_app_say("assay: stdout cannot be written: %s\n", strerror(errno));
      return false;
    }
    bytes += done;
    n -= (size_t)done;
  }
  return true;
}

bool as_app_out_buf(const as_buf *buf) { return as_app_out(buf->data, buf->len); }

/* Where `document` lies below `folder`, pinned to the arena, or NULL where it does not. */
static const char *below(as_arena *arena, const char *folder, const char *document) {
  size_t n = strlen(folder);
  const char *path = as_arena_printf(arena, "%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", document);
  return access(path, F_OK) == 0 ? path : NULL;
}

/* Of a document of the bundle, or of a file of a pack ("iso27001/annex_a/…" or without the pack's name). */
const char *as_app_openable(as_arena *arena, const as_run_bundle *bundle, const char *document) {
  const char *path = document[0] == '/' ? document : below(arena, bundle->path, document);
  for (const as_node *pack = bundle->packs ? bundle->packs->first : NULL; pack && !path; pack = pack->next) {
    const char *folder = as_node_str(pack, "path", NULL), *name = as_node_str(pack, "name", "");
    size_t n = strlen(name);
    if (!folder)
      continue;
    if (strncmp(document, name, n) == 0 && document[n] == '/')
      path = below(arena, folder, document + n + 1);
    if (!path)
      path = below(arena, folder, document);
  }
  return path ? path : document;
}

/* A column whose name is wrong is why each record lacks a field: it is told first. */
static bool is_cause(const as_diags *diags, const as_diag *d) {
  if (!d->help || !d->document || strcmp(d->code, "W0302") != 0)
    return false;
  for (size_t i = 0; i < as_diags_count(diags); i++) {
    const as_diag *other = as_diags_at(diags, i);
    if (other->document && strcmp(other->document, d->document) == 0 && (strcmp(other->code, "E0303") == 0 || strcmp(other->code, "E0304") == 0))
      return true;
  }
  return false;
}

/* What lies beside a bundle that is not there: those who read bundles cannot look. */
static void look_beside(as_arena *arena, as_diag *d) {
  if (strcmp(d->code, "E0219") != 0 || !d->document || access(d->document, F_OK) == 0)
    return;
  char *near = as_file_near(d->document);
  if (near)
    d->help = as_arena_printf(arena, "did you mean `%s`?", near);
  as_free(near);
}

static void show(const as_app *app, const as_diags *diags, const as_run_bundle *bundle, size_t most, const char *more) {
  size_t shown = 0, count = as_diags_count(diags), left[3] = {0};
  as_arena *arena = as_arena_new();
  for (int rank = -1; rank <= AS_NOTE; rank++) /* causes, errors, warnings, notes */
    for (size_t i = 0; i < count; i++) {
      as_diag d = *as_diags_at(diags, i);
      int severity = d.severity;
      if ((is_cause(diags, &d) ? -1 : severity) != rank)
        continue;
      if (most && shown >= most) {
        left[severity]++;
        continue;
      }
      as_buf text = {0};
      if (bundle && d.document)
        d.document = as_app_openable(arena, bundle, d.document);
      look_beside(arena, &d);
      as_diag_format(&d, app->color_err, &text);
      fwrite(text.data, 1, text.len, stderr);
      as_buf_free(&text);
      shown++;
    }
  as_arena_free(arena);
  size_t dropped = as_diags_dropped(diags), all = left[0] + left[1] + left[2] + dropped;
  if (all)
    as_app_say("… and %zu more (%zu errors, %zu warnings)%s%s\n", all, left[0], left[1], more ? ": " : "", more ? more : "");
}

void as_app_show(const as_app *app, const as_diags *diags, size_t most, const char *more) { show(app, diags, NULL, most, more); }

void as_app_show_bundle(const as_app *app, const as_run_bundle *bundle, size_t most, const char *more) { show(app, bundle->diags, bundle, most, more); }

void as_app_options(const as_app *app, as_run_options *o) {
  const char *const *rules;
  size_t n = as_args_texts(app->args, "rules", &rules);
  as_pack_path *packs = as_arena_calloc(app->arena, (n + 1) * sizeof *packs);
  packs[0] = (as_pack_path){app->rules, true};
  for (size_t i = 0; i < n; i++)
    packs[i + 1] = (as_pack_path){rules[i], false};
  memset(o, 0, sizeof *o);
  o->stdlib = app->stdlib;
  o->packs = packs;
  o->n_packs = n + 1;
  o->config_path = app->config_path;
  o->limits = as_limits_default;
  o->memory_bytes = as_args_count(app->args, "limit-memory", o->limits.memory);
  o->seconds = as_args_seconds(app->args, "limit-time", o->limits.seconds);
  o->steps = as_args_count(app->args, "limit-steps", o->limits.steps);
  o->jobs = 1;
  o->allow_root = as_args_on(app->args, "allow-root");
}

unsigned as_app_jobs(const as_app *app) {
  cpu_set_t set;
  int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  uint64_t jobs = as_args_count(app->args, "jobs", n > 0 ? (uint64_t)n : 1);
  return jobs > 256 ? 256 : (unsigned)jobs;
}

as_node *as_app_paper(const as_app *app, bool on_stdout) {
  as_node *map = as_node_new(app->arena, AS_MAP);
  if (on_stdout && app->columns > 0)
    as_node_put(app->arena, map, "width", as_node_int(app->arena, app->columns));
  as_node_put(app->arena, map, "color", as_node_bool(app->arena, on_stdout && app->color_out));
  return map;
}
