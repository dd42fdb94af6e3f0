/* What the files of assay test share. */
#ifndef AS_CLI_TEST_H
#define AS_CLI_TEST_H

#include "cli/app.h"

typedef struct {
  as_app *app;
  as_run_options options;
  const char *const *paths; /* test files, rule files, folders */
  size_t n_paths;
  bool quiet_progress;
} as_test;

/* Runs the tests, or with `changed` only those that these files concern. Gives the exit code. */
int as_test_once(const as_test *t, const char *const *changed, size_t n_changed);
/* Runs them, and again whenever a file is changed, until Ctrl-C. */
int as_test_watch(const as_test *t);

#endif
