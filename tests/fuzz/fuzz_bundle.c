/* Whole bundles: a few files in one input, written to a folder and read. Whatever they hold, the model is sealed and every
 * record is what its kind says, or the bundle is refused with a reason.
 *
 * The input: flags, then files, each begun by a line `@@ name`. Names are cut down to what stays in the folder. */
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz_model.h"
#include "model/bundle.h"

enum { FILES = 8, NAME = 40 };

static char folder[32];

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw) {
  (void)st;
  (void)flag;
  return ftw->level > 0 ? remove(path) : 0;
}

static void clean_up(void) {
  nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  rmdir(folder);
}

static void make_folder(void) {
  if (*folder) return;
  strcpy(folder, access("/dev/shm", W_OK) == 0 ? "/dev/shm/assay-fuzz-XXXXXX" : "/tmp/assay-fuzz-XXXXXX");
  FUZZ_CHECK(mkdtemp(folder));
  atexit(clean_up);
}

/* Letters, digits, dots and single slashes; neither `..` nor a slash at an end. */
static bool safe_name(as_str text, char out[NAME + 1]) {
  size_t n = 0;
  for (size_t i = 0; i < text.n && n < NAME; i++) {
    char c = text.p[i];
    bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '/';
    if (good && !((c == '/' || c == '.') && (n == 0 || out[n - 1] == '/' || out[n - 1] == '.'))) out[n++] = c;
  }
  while (n && (out[n - 1] == '/' || out[n - 1] == '.')) n--;
  out[n] = 0;
  return n > 0;
}

static void write_file(const char *name, as_str text) {
  char path[sizeof folder + NAME + 4];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  for (char *p = path + strlen(folder) + 1; (p = strchr(p, '/')); p++) {
    *p = 0;
    mkdir(path, 0700);
    *p = '/';
  }
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return; /* a name that is a folder already */
  FUZZ_CHECK(write(fd, text.p, text.n) == (ssize_t)text.n);
  close(fd);
}

static as_str next_file(as_str *rest) {
  as_str file = *rest;
  for (size_t i = 0; i + 3 < file.n; i++)
    if (file.p[i] == '\n' && memcmp(file.p + i + 1, "@@ ", 3) == 0) {
      file.n = i + 1;
      break;
    }
  rest->p += file.n;
  rest->n -= file.n;
  return file;
}

static void write_files(as_str rest) {
  for (int i = 0; i < FILES && rest.n; i++) {
    as_str file = next_file(&rest);
    char name[NAME + 1];
    const char *line = memchr(file.p, '\n', file.n);
    if (file.n < 4 || memcmp(file.p, "@@ ", 3) != 0 || !line) continue;
    size_t head = (size_t)(line - file.p) + 1;
    if (safe_name((as_str){file.p + 3, head - 4}, name)) write_file(name, (as_str){file.p + head, file.n - head});
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 16384) return 0;
  make_folder();
  unsigned flags = fuzz_byte(&data, &size);
  write_files((as_str){(const char *)data, size});
  fuzz_model m;
  fuzz_model_open(&m);
  as_bundle_options options = {.path = folder, .at = flags & 2 ? "2026-06-30" : NULL, .limits = as_limits_default, .strict = flags & 1};
  options.limits.match_steps = 5000;
  options.limits.match_seconds = 1;
  options.limits.bundle_bytes = options.limits.file_bytes = 1 << 20;
  options.limits.archive_bytes = 1 << 20;
  as_bundle bundle = {0};
  as_bundle_status status = as_bundle_read(m.arena, m.intern, m.kinds, &options, &bundle, m.diags);
  if (status == AS_BUNDLE_OK) {
    FUZZ_CHECK(bundle.model && bundle.name);
    FUZZ_CHECK(!bundle.incomplete || as_diags_count(m.diags) > 0);
    fuzz_check_model(bundle.model);
  } else {
    FUZZ_CHECK(status == AS_BUNDLE_INVALID && as_diags_errors(m.diags) > 0); /* the folder is there */
  }
  fuzz_model_close(&m);
  nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  return 0;
}
