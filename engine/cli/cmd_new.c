/* assay new: a working example to start from. The stdlib says which files; they are written here, and never over one that is there. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/app.h"

static const char *const things[] = {"rule", "test", "pack", "kind", "bundle", "tailoring", NULL};

static const as_flag flags[] = {
    {"pack", AS_FLAG_TEXT, 0, false, "DIR", "the pack to write into: a folder, or the name of one in assay.yaml", NULL},
    {"title", AS_FLAG_TEXT, 0, false, "TEXT", "what it is called", NULL},
    AS_FLAG_RULES,
    AS_FLAG_CONFIG,
    AS_FLAG_ALLOW_ROOT,
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

typedef struct {
  as_app *app;
  as_diags *diags;
  const char *folder; /* everything is written below it */
} making;

static int refuse(making *m, int code, const char *help, const char *text) {
  as_diags_add(m->diags, code == AS_EXIT_USAGE ? "E0705" : "E0730", AS_ERROR, NULL, 0, 0, help, "%s", text);
  return code;
}

static const char *join(as_arena *arena, const char *folder, const char *path) {
  if (strcmp(folder, ".") == 0)
    return path;
  size_t n = strlen(folder);
  return as_arena_printf(arena, "%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", path);
}

/* ---- where ---- */

static bool is_folder(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_pack(as_arena *arena, const char *folder) { return access(join(arena, folder, "pack.yaml"), F_OK) == 0; }

static const char *basename_of(const char *path) {
  size_t n = strlen(path);
  while (n > 1 && path[n - 1] == '/')
    n--;
  size_t from = n;
  while (from && path[from - 1] != '/')
    from--;
  return path + from;
}

/* The nearest folder upwards that is a pack; NULL where there is none. */
static const char *nearest_pack(as_arena *arena) {
  char here[PATH_MAX];
  if (!getcwd(here, sizeof here))
    return NULL;
  const char *folder = ".";
  for (const char *p = here; *p; p++) {
    if (is_pack(arena, folder))
      return folder;
    if (*p == '/')
      folder = strcmp(folder, ".") == 0 ? ".." : as_arena_printf(arena, "%s/..", folder);
  }
  return NULL;
}

/* The pack to write into: named, or the one that can only be meant. NULL after a diagnostic; *code says which. */
static const char *choose_pack(making *m, const char *named, int *code) {
  as_app *app = m->app;
  const char *pack;
  if (named) {
    if (is_folder(named))
      return named;
    for (size_t i = 0; (pack = as_app_config_pack(app, i)) != NULL; i++)
      if (strcmp(basename_of(pack), named) == 0)
        return pack;
    *code = refuse(m, AS_EXIT_MISSING, as_arena_printf(app->arena, "`assay new pack %s` begins one", basename_of(named)),
                   as_arena_printf(app->arena, "there is no folder `%s`", named));
    return NULL;
  }
  if ((pack = nearest_pack(app->arena)) != NULL)
    return pack;
  if (as_app_config_pack(app, 0) && !as_app_config_pack(app, 1))
    return as_app_config_pack(app, 0);
  *code = as_app_config_pack(app, 0) ? refuse(m, AS_EXIT_USAGE, "say which with --pack", "assay.yaml names several packs")
                              : refuse(m, AS_EXIT_USAGE, "`assay new pack acme` begins one; or say where with --pack", "there is no pack here to write into");
  return NULL;
}

/* ---- writing ---- */

/* A path as the stdlib may give it: below the folder, and nothing but plain parts. */
static bool is_plain(const char *path) {
  if (!*path || *path == '/')
    return false;
  for (const char *p = path; *p;) {
    size_t n = strcspn(p, "/");
    if (n == 0 || (p[0] == '.' && !(n == 11 && strncmp(p, ".luarc.json", n) == 0)))
      return false;
    p += n + (p[n] == '/');
  }
  return true;
}

static bool make_folders(as_arena *arena, const char *path) {
  char *copy = as_arena_copy(arena, path, strlen(path));
  for (char *p = copy + 1; *p; p++)
    if (*p == '/') {
      *p = '\0';
      if (mkdir(copy, 0777) != 0 && errno != EEXIST)
        return false;
      *p = '/';
    }
  return true;
}

static bool write_new(const char *path, as_str text) {
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0)
    return false;
  size_t at = 0;
  while (at < text.n) {
    ssize_t done = write(fd, text.p + at, text.n - at);
    if (done < 0 && errno != EINTR) {
      int saved = errno;
      close(fd);
      errno = saved;
      return false;
    }
    at += done > 0 ? (size_t)done : 0;
  }
  return close(fd) == 0;
}

static const char *path_of(making *m, const as_node *file) {
  const char *path = as_node_str(file, "path", "");
  if (!is_plain(path))
    return NULL;
  return as_node_boolean(file, "here", false) ? path : join(m->app->arena, m->folder, path);
}

static int write_files(making *m, const as_node *files, as_buf *told) {
  as_arena *arena = m->app->arena;
  for (const as_node *f = files->first; f; f = f->next) {
    const char *path = path_of(m, f);
    if (!path)
      return refuse(m, AS_EXIT_INTERNAL, NULL, as_arena_printf(arena, "`%s` does not lie below %s", as_node_str(f, "path", ""), m->folder));
    struct stat st;
    if (!as_node_boolean(f, "change", false) && lstat(path, &st) == 0)
      return refuse(m, AS_EXIT_IO, "give another name or folder, or take it away first", as_arena_printf(arena, "%s is there already; nothing is written", path));
  }
  for (const as_node *f = files->first; f; f = f->next) {
    const char *path = path_of(m, f);
    const as_node *text = as_node_get(f, "text");
    bool change = as_node_boolean(f, "change", false);
    as_str bytes = text ? text->text : (as_str){"", 0};
    bool ok = make_folders(arena, path) && (change ? as_file_write(path, bytes.p, bytes.n) : write_new(path, bytes));
    if (!ok)
      return refuse(m, AS_EXIT_IO, NULL, as_arena_printf(arena, "%s cannot be written: %s", path, strerror(errno)));
    as_buf_printf(told, "%s %s\n", change ? "added to" : "wrote", path);
  }
  return AS_EXIT_OK;
}

/* ---- the command ---- */

static void put(as_app *app, as_node *map, const char *name, const char *text) {
  if (text)
    as_node_put(app->arena, map, name, as_node_text(app->arena, as_str_of(text)));
}

/* What the stdlib wants to have written, as a tree; NULL after diagnostics. */
static as_node *plan(making *m, const char *what, const char *name, int *code) {
  as_app *app = m->app;
  as_node *ask = as_node_new(app->arena, AS_MAP), *rest = NULL;
  put(app, ask, "what", what);
  put(app, ask, "name", name);
  put(app, ask, "folder", m->folder);
  put(app, ask, "title", as_args_text(app->args, "title", NULL));
  put(app, ask, "config_path", app->config_path);
  as_node_put(app->arena, ask, "has_config", as_node_bool(app->arena, app->config_path != NULL));
  as_node_put(app->arena, ask, "known", as_node_bool(app->arena, as_app_config_has(app, m->folder)));
  as_run_options options;
  as_app_options(app, &options);
  options.reads = &m->folder;
  options.n_reads = 1;
  as_run_call call = {.module = "scaffold", .function = "plan", .text = "text", .packs = true, .timed = true, .argument = ask};
  as_buf text = {0};
  as_node *tree = NULL;
  if (!as_run_script(&options, &call, app->arena, &text, &rest, m->diags, app->stop)) {
    *code = app->stop && *app->stop ? AS_EXIT_INTERRUPTED : AS_EXIT_INVALID;
  } else if (as_node_str(rest, "problem", NULL)) {
    *code = refuse(m, (int)as_node_integer(rest, "exit", AS_EXIT_USAGE), as_node_str(rest, "help", NULL), as_node_str(rest, "problem", ""));
  } else {
    static const char padding[AS_TEXT_PADDING];
    as_buf_add(&text, padding, sizeof padding);
    text.len -= sizeof padding;
    as_read_options ro = {.format = AS_FORMAT_JSON, .document = "assay new", .limits = as_read_limits_default};
    tree = as_read_tree(app->arena, &text, &ro, false, m->diags);
    *code = tree ? AS_EXIT_OK : AS_EXIT_INTERNAL;
  }
  as_buf_free(&text);
  return tree;
}

static int make(making *m, const char *what, const char *name, const char *dir, as_buf *told) {
  as_app *app = m->app;
  bool own_folder = strcmp(what, "pack") == 0 || strcmp(what, "bundle") == 0;
  const char *named = as_args_text(app->args, "pack", dir);
  int code = AS_EXIT_OK;
  if (own_folder && as_args_text(app->args, "pack", NULL))
    return refuse(m, AS_EXIT_USAGE, NULL, as_arena_printf(app->arena, "--pack does not go with `assay new %s`", what));
  m->folder = own_folder ? (dir ? dir : name) : choose_pack(m, named, &code);
  as_node *tree = m->folder ? plan(m, what, name, &code) : NULL;
  const as_node *files = as_node_get(tree, "files");
  if (!files || files->type != AS_LIST)
    return code ? code : AS_EXIT_INTERNAL;
  code = write_files(m, files, told);
  if (code != AS_EXIT_OK)
    return code;
  static const char *const behind[] = {"notes", "next"};
  for (size_t i = 0; i < 2; i++) {
    const as_node *list = as_node_get(tree, behind[i]);
    for (const as_node *n = list ? list->first : NULL; n; n = n->next)
      as_buf_printf(told, "%s: %s\n", i ? "next" : "then", n->text.p ? n->text.p : "");
  }
  return AS_EXIT_OK;
}

static int run(as_app *app) {
  making m = {.app = app, .diags = as_diags_new()};
  const char *const *words;
  size_t n = as_args_words(app->args, &words), known = 0;
  as_buf told = {0}, shown = {0};
  int code;
  while (things[known] && strcmp(things[known], words[0]) != 0)
    known++;
  if (things[known]) {
    code = make(&m, words[0], words[1], n > 2 ? words[2] : NULL, &told);
  } else {
    const char *close = as_suggest(words[0], things, known);
    code = refuse(&m, AS_EXIT_USAGE, close ? as_arena_printf(app->arena, "did you mean `%s`?", close) : "one of: rule, test, pack, kind, bundle, tailoring",
                  as_arena_printf(app->arena, "`assay new` makes no `%s`", words[0]));
  }
  as_app_show(app, m.diags, 20, NULL);
  as_diags_free(m.diags);
  for (const char *line = told.data; line && *line;) {
    size_t len = strcspn(line, "\n");
    as_show((as_str){line, len}, false, &shown);
    as_buf_addc(&shown, '\n');
    line += len + (line[len] == '\n');
  }
  if (shown.len && !as_app_out_buf(&shown))
    code = AS_EXIT_IO;
  as_buf_free(&told);
  as_buf_free(&shown);
  return code;
}

const as_command as_cmd_new = {
    .name = "new",
    .brief = "Start from a working example: a rule, a test, a pack, a kind, a bundle, a tailoring.",
    .usage = "rule|test|pack|kind|bundle|tailoring NAME [DIR] [flags]",
    .details = "DIR is the folder to write into. A pack and a bundle make one of their name; all else goes into the pack that DIR or --pack names, that\n"
               "is found from here upwards, or that assay.yaml has as its only one. Nothing that is there is written over.\n\n"
               "examples:\n"
               "  assay new pack acme                   a pack with a requirement of its own, its rule and its test\n"
               "  assay new rule A.8.9 --pack acme      a rule for a requirement that has none\n"
               "  assay new rule ACME.2 --pack acme     a rule for a requirement of one's own, with its catalogue entry\n"
               "  assay new tailoring A.5.18            changes to a rule, without copying it\n"
               "  assay new test ACME.2                 the beginning of a test, for a rule that has none\n"
               "  assay new kind laptops                a kind of records\n"
               "  assay new bundle demo                 a small bundle of evidence\n\n"
               "exit codes:\n"
               "  0 written   64 usage   65 invalid rules or settings   66 no such folder   74 something is there already, or cannot be written\n",
    .flags = flags,
    .min_words = 2,
    .max_words = 3,
    .words = "thing to make and its name",
    .run = run};
