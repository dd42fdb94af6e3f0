/* assay test --watch: waits for files to change and has the tests run again that they concern. Reads no file itself. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/test.h"

#define FILES_MAX 100000
#define SETTLE_MS 100 /* editors write a file in several steps */
#define EVENTS (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE)

/* Folders by the number of their watch. */
typedef struct {
  int fd;
  char **folders;
  size_t n, cap;
  char **changed;
  size_t n_changed, cap_changed;
} watching;

static char *copied(const char *text, size_t n) {
  char *copy = as_calloc(1, n + 1);
  memcpy(copy, text, n);
  return copy;
}

static void watch_folder(watching *w, const char *folder, size_t n) {
  char *path = copied(folder, n);
  int number = inotify_add_watch(w->fd, path, EVENTS | IN_ONLYDIR | IN_DONT_FOLLOW);
  if (number < 0) {
    as_free(path);
    return;
  }
  as_grow(&w->folders, &w->cap, (size_t)number + 1, sizeof *w->folders);
  while (w->n <= (size_t)number)
    w->folders[w->n++] = NULL;
  as_free(w->folders[number]);
  w->folders[number] = path;
}

/* A folder and the folders of all files below it; of a file its folder. */
static void watch_path(watching *w, const char *path) {
  as_paths files = {0};
  size_t n = strlen(path);
  while (n > 1 && path[n - 1] == '/')
    n--;
  if (as_file_walk(path, FILES_MAX, &files, NULL)) {
    watch_folder(w, path, n);
    for (size_t i = 0; i < files.count; i++) {
      as_buf whole = {0};
      as_buf_printf(&whole, "%.*s/%s", (int)n, path, files.paths[i]);
      watch_folder(w, whole.data, (size_t)(strrchr(whole.data, '/') - whole.data));
      as_buf_free(&whole);
    }
    as_paths_free(&files);
  } else {
    const char *slash = strrchr(path, '/');
    watch_folder(w, slash ? path : ".", slash ? (size_t)(slash - path) : 1);
  }
}

/* What editors leave beside a file is no change. */
static bool is_file_of_ours(const char *name) {
  static const char *const endings[] = {".lua", ".yaml", ".yml", ".json", ".ndjson", ".csv", ".tsv", ".xml", ".txt"};
  size_t n = strlen(name);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    size_t m = strlen(endings[i]);
    if (*name != '.' && n > m && strcmp(name + n - m, endings[i]) == 0)
      return true;
  }
  return false;
}

static void note(watching *w, const char *folder, const char *name) {
  as_buf path = {0};
  as_buf_printf(&path, "%s/%s", folder, name);
  for (size_t i = 0; i < w->n_changed; i++)
    if (strcmp(w->changed[i], path.data) == 0) {
      as_buf_free(&path);
      return;
    }
  as_grow(&w->changed, &w->cap_changed, w->n_changed + 1, sizeof *w->changed);
  w->changed[w->n_changed++] = copied(path.data, path.len);
  as_buf_free(&path);
}

static void take_events(watching *w) {
  _Alignas(struct inotify_event) char buffer[16384];
  ssize_t got = read(w->fd, buffer, sizeof buffer);
  for (ssize_t at = 0; at < got;) {
    const struct inotify_event *event = (const struct inotify_event *)(const void *)(buffer + at);
    at += (ssize_t)(sizeof *event + event->len);
    if (event->wd < 0 || (size_t)event->wd >= w->n || !w->folders[event->wd] || !event->len)
      continue;
    if (event->mask & IN_ISDIR) {
      as_buf path = {0};
      as_buf_printf(&path, "%s/%s", w->folders[event->wd], event->name);
      if (event->mask & (IN_CREATE | IN_MOVED_TO))
        watch_path(w, path.data);
      as_buf_free(&path);
    } else if (!(event->mask & IN_CREATE) && is_file_of_ours(event->name)) {
      note(w, w->folders[event->wd], event->name);
    }
  }
}

/* Waits for events, at most so many milliseconds (-1: for ever). False where nothing came. */
static bool wait_events(watching *w, const volatile bool *stop, int milliseconds) {
  struct pollfd fd = {.fd = w->fd, .events = POLLIN};
  struct timespec t = {.tv_sec = milliseconds / 1000, .tv_nsec = (long)(milliseconds % 1000) * 1000000};
  sigset_t ours, old;
  sigemptyset(&ours);
  sigaddset(&ours, SIGINT);
  sigaddset(&ours, SIGTERM);
  sigaddset(&ours, SIGHUP);
  sigprocmask(SIG_BLOCK, &ours, &old);
  int ready = *stop ? 0 : ppoll(&fd, 1, milliseconds < 0 ? NULL : &t, &old);
  sigprocmask(SIG_SETMASK, &old, NULL);
  if (ready > 0)
    take_events(w);
  return ready > 0;
}

static void forget(watching *w) {
  for (size_t i = 0; i < w->n_changed; i++)
    as_free(w->changed[i]);
  w->n_changed = 0;
}

int as_test_watch(const as_test *t) {
  watching w = {.fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
  if (w.fd < 0) {
    as_app_say("assay: files cannot be watched: %s\n", strerror(errno));
    return AS_EXIT_IO;
  }
  for (size_t i = 0; i < t->n_paths; i++)
    watch_path(&w, t->paths[i]);
  const volatile bool *stop = t->app->stop;
  int code = as_test_once(t, NULL, 0);
  bool hopeless = code == AS_EXIT_USAGE || code == AS_EXIT_MISSING; /* no change of a file mends that */
  while (!*stop && !hopeless) {
    as_app_say("waiting for changes; Ctrl-C ends\n");
    while (!*stop && w.n_changed == 0)
      wait_events(&w, stop, -1);
    while (!*stop && wait_events(&w, stop, SETTLE_MS)) {
    }
    if (*stop)
      break;
    for (size_t i = 0; i < w.n_changed; i++)
      as_app_say("changed: %s\n", w.changed[i]);
    char **changed = w.changed;
    size_t n = w.n_changed;
    w.changed = NULL;
    w.n_changed = w.cap_changed = 0;
    as_test_once(t, (const char *const *)changed, n);
    for (size_t i = 0; i < n; i++)
      as_free(changed[i]);
    as_free(changed);
  }
  forget(&w);
  as_free(w.changed);
  for (size_t i = 0; i < w.n; i++)
    as_free(w.folders[i]);
  as_free(w.folders);
  close(w.fd);
  return hopeless ? code : AS_EXIT_INTERRUPTED;
}
