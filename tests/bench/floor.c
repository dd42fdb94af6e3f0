/* The bare cost of reading: opens every document that is named on the command line, reads and parses it, and drops
 * what comes. Types nothing, keeps nothing, judges nothing. Prints documents, bytes and events. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/file.h"
#include "read/read.h"

static bool drop(void *ctx, const as_event *event) {
  (void)event;
  ++*(uint64_t *)ctx;
  return true;
}

int main(int argc, char **argv) {
  uint64_t bytes = 0, events = 0;
  int read = 0;
  as_diags *diags = as_diags_new();
  for (int i = 1; i < argc; i++) {
    as_format format = as_format_of_path(argv[i]);
    if (format == AS_FORMAT_NONE) continue;
    as_buf text = {0};
    const char *why = NULL;
    as_read_options options = {.format = format, .document = argv[i], .limits = as_read_limits_for(&as_read_limits_default, format)};
    if (!as_file_read(AT_FDCWD, argv[i], options.limits.file_bytes, &text, &why)) {
      fprintf(stderr, "%s: %s\n", argv[i], why ? why : "cannot be read");
      return 1;
    }
    bytes += text.len;
    if (!as_read_events(&text, &options, drop, &events, diags)) {
      fprintf(stderr, "%s: cannot be parsed\n", argv[i]);
      return 1;
    }
    as_buf_free(&text);
    read++;
  }
  printf("%d documents, %" PRIu64 " bytes, %" PRIu64 " events\n", read, bytes, events);
  as_diags_free(diags);
  return 0;
}
