/* assay history: the runs in the store, the newest first. */
#include <stdio.h>
#include <string.h>

#include "cli/app.h"
#include "store/store.h"

static const as_flag flags[] = {
    AS_FLAG_STORE,
    AS_FLAG_CONFIG,
    {"limit", AS_FLAG_COUNT, 'n', false, "N", "how many runs; default 20", NULL},
    {NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

static void percent(as_buf *out, bool has, double value) {
  if (has)
    as_buf_printf(out, " %7.1f", value);
  else
    as_buf_printf(out, " %7s", "-");
}

static void visit(void *ctx, const as_store_run *run) {
  as_buf *out = ctx, bundle = {0};
  if (out->len == 0)
    as_buf_printf(out, "%5s  %-20s %-20s %7s %7s %7s %6s %6s %5s  %-12s %s\n", "run", "bundle", "as of", "effect.", "cover.", "assur.", "majors", "minors",
                  "obs.", "digest", "stored");
  as_show(as_str_of(run->bundle), false, &bundle);
  as_buf_printf(out, "%5lld  %-20s %-20s", (long long)run->id, bundle.data ? bundle.data : "", run->as_of);
  percent(out, run->has_effectiveness, run->effectiveness);
  percent(out, run->has_coverage, run->coverage);
  percent(out, run->has_assurance, run->assurance);
  as_buf_printf(out, " %6lld %6lld %5lld  %.12s %s%s\n", (long long)run->major, (long long)run->minor, (long long)run->observations, run->digest,
                run->stored_at, run->incomplete ? "  incomplete" : "");
  as_buf_free(&bundle);
}

static int run(as_app *app) {
  const char *const *words;
  size_t n = as_args_words(app->args, &words);
  const char *path = as_app_store(app);
  if (!path) {
    as_app_say("assay: there is no history without a store\n");
    return AS_EXIT_USAGE;
  }
  as_diags *diags = as_diags_new();
  as_buf out = {0};
  bool missing;
  as_store *store = as_store_open_read(path, &missing, diags);
  int code = AS_EXIT_OK;
  if (!store)
    code = missing ? AS_EXIT_MISSING : AS_EXIT_IO;
  else if (!as_store_history(store, n ? words[0] : NULL, as_args_count(app->args, "limit", 20), visit, &out, diags))
    code = AS_EXIT_IO;
  as_app_show(app, diags, 0, NULL);
  if (code == AS_EXIT_OK && out.len == 0)
    as_app_say(n ? "no runs of %s\n" : "no runs\n", n ? words[0] : "");
  if (out.len && !as_app_out_buf(&out))
    code = AS_EXIT_IO;
  as_store_close(store);
  as_buf_free(&out);
  as_diags_free(diags);
  return code;
}

const as_command as_cmd_history = {
    .name = "history",
    .brief = "Show the runs that are in the store, the newest first.",
    .usage = "[BUNDLE] [flags]",
    .details = "BUNDLE is the name of a bundle as the runs bear it (organization.id).\n\n"
               "examples:\n"
               "  assay history\n"
               "  assay history acme -n 5\n\n"
               "exit codes:\n"
               "  0 shown   64 usage   66 no store   74 the store cannot be read\n",
    .flags = flags,
    .max_words = 1,
    .words = "bundle",
    .run = run};
