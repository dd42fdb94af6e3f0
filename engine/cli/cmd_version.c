/* assay version: the engine's version and those of the libraries it stands on. */
#include <sqlite3.h>

#include "cli/app.h"
#include "read/version.h"
#include "script/version.h"

static const as_flag flags[] = {{NULL, AS_FLAG_SWITCH, 0, false, NULL, NULL, NULL}};

static int run(as_app *app) {
  (void)app;
  as_buf text = {0};
  as_buf_printf(&text, "assay %s\n", AS_ENGINE_VERSION);
  as_script_versions(&text);
  as_read_versions(&text);
  as_buf_printf(&text, "SQLite %s\n", sqlite3_libversion());
  bool ok = as_app_out_buf(&text);
  as_buf_free(&text);
  return ok ? AS_EXIT_OK : AS_EXIT_IO;
}

const as_command as_cmd_version = {
    .name = "version",
    .brief = "Show the versions of assay and of the libraries it stands on.",
    .usage = "",
    .flags = flags,
    .words = "",
    .run = run};
