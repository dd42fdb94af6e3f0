/* Files: what is read and what is refused, walks, whole-or-nothing writing, patterns. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static char home[64];
static int root = -1;
static pid_t runner; /* of the tests; children are others */

static void put(const char *path, const char *text) {
  int fd = openat(root, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, text, strlen(text)), strlen(text));
  close(fd);
}

static int make_home(void **state) {
  (void)state;
  runner = getpid();
  snprintf(home, sizeof home, "%s", "/tmp/assay-test-XXXXXX");
  if (!mkdtemp(home)) return 1;
  root = open(home, O_RDONLY | O_DIRECTORY);
  put("plain", "hello");
  put("empty", "");
  mkdirat(root, "in", 0755);
  mkdirat(root, "in/deep", 0755);
  put("in/b.txt", "b");
  put("in/a.txt", "a");
  put("in/deep/c.txt", "c");
  put("in/.hidden", "h");
  put("in-between", "x");
  if (symlinkat("plain", root, "link")) return 1;
  if (symlinkat("deep", root, "in/link-to-deep")) return 1;
  if (symlinkat("/etc/passwd", root, "in/out")) return 1;
  if (symlinkat("loop", root, "loop")) return 1;
  return mkfifoat(root, "in/fifo", 0644);
}

static int remove_home(void **state) {
  (void)state;
  char command[128];
  close(root);
  snprintf(command, sizeof command, "rm -rf '%s'", home);
  return system(command);
}

static const char *joined(const char *name) {
  static char path[4][256];
  static int turn;
  turn = (turn + 1) % 4;
  snprintf(path[turn], sizeof path[turn], "%s/%s", home, name);
  return path[turn];
}

/* A child must not go on with the tests of its parent, as a failed assertion would. */
#define CHECK(condition, path, got)                                   \
  do {                                                                \
    if (condition) break;                                             \
    print_error("%s: %s: %s\n", (path), #condition, (got));           \
    if (getpid() != runner) _exit(1);                                 \
    fail();                                                           \
  } while (0)

static void reads(int dirfd, const char *path, const char *text) {
  as_buf buf;
  const char *why = "";
  CHECK(as_file_read(dirfd, path, 1 << 20, &buf, &why), path, why);
  CHECK(buf.len == strlen(text) && strcmp(buf.data, text) == 0, path, buf.data);
  for (size_t i = 0; i < AS_TEXT_PADDING; i++) CHECK(buf.data[buf.len + i] == 0, path, "padding");
  as_buf_free(&buf);
}

static void refuses(int dirfd, const char *path, int error, const char *reason) {
  as_buf buf;
  const char *why = "";
  bool ok = as_file_read(dirfd, path, 1 << 20, &buf, &why);
  int got = errno;
  CHECK(!ok, path, "was read");
  CHECK(strcmp(why, reason) == 0, path, why);
  CHECK(got == error, path, strerrorname_np(got));
  CHECK(buf.data == NULL, path, "leaves data");
}

static void files_are_read_whole(void **state) {
  (void)state;
  reads(AT_FDCWD, joined("plain"), "hello");
  reads(AT_FDCWD, joined("empty"), "");
  reads(AT_FDCWD, joined("link"), "hello"); /* what the user names may be a link */
  reads(AT_FDCWD, joined("in/../plain"), "hello");
  reads(root, "plain", "hello");
  reads(root, "./in//deep/c.txt", "c");
  reads(root, "in/deep/../a.txt", "a");
  reads(root, "in/../in/./a.txt", "a");
}

static void what_is_no_file_is_refused(void **state) {
  (void)state;
  refuses(AT_FDCWD, joined("absent"), ENOENT, "no such file");
  refuses(AT_FDCWD, "", ENOENT, "no such file");
  refuses(AT_FDCWD, joined("in"), EISDIR, "is a directory");
  refuses(AT_FDCWD, joined("in/fifo"), EINVAL, "is not a regular file");
  refuses(AT_FDCWD, "/dev/null", EINVAL, "is not a regular file");
  refuses(AT_FDCWD, joined("loop"), ELOOP, "too many symbolic links");
  refuses(AT_FDCWD, joined("plain/x"), ENOTDIR, "a part of the path is not a directory");
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s", joined("socket"));
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
  refuses(AT_FDCWD, joined("socket"), EINVAL, "is not a regular file");
  close(fd);
  unlinkat(root, "socket", 0);
  put("secret", "s");
  assert_int_equal(fchmodat(root, "secret", 0, 0), 0);
  if (geteuid() != 0) {
    refuses(AT_FDCWD, joined("secret"), EACCES, "permission denied");
    refuses(root, "secret", EACCES, "permission denied");
  }
  unlinkat(root, "secret", 0);
}

static void beneath(void) {
  static const char link[] = "is a symbolic link, or leads through one";
  static const char out[] = "leads out of the folder";
  reads(root, "plain", "hello");
  reads(root, "in/deep/c.txt", "c");
  reads(root, "in/deep/../a.txt", "a");
  refuses(root, "absent", ENOENT, "no such file");
  refuses(root, "absent/x", ENOENT, "no such file");
  refuses(root, "", ENOENT, "no such file");
  refuses(root, ".", EISDIR, "is a directory");
  refuses(root, "in", EISDIR, "is a directory");
  refuses(root, "in/fifo", EINVAL, "is not a regular file");
  refuses(root, "link", ELOOP, link);
  refuses(root, "loop", ELOOP, link);
  refuses(root, "in/out", ELOOP, link);
  refuses(root, "in/link-to-deep/c.txt", ELOOP, link);
  refuses(root, "../plain", EXDEV, out);
  refuses(root, "in/../../plain", EXDEV, out);
  refuses(root, "..", EXDEV, out);
  refuses(root, "/etc/passwd", EXDEV, out);
  char longest[5000];
  memset(longest, 'x', sizeof longest - 1);
  longest[sizeof longest - 1] = 0;
  refuses(root, longest, ENAMETOOLONG, "the path is too long");
  longest[300] = 0;
  refuses(root, longest, ENAMETOOLONG, "the path is too long");
}

static void nothing_leads_out_of_a_folder(void **state) {
  (void)state;
  beneath();
}

/* The same on a kernel that knows no openat2. */
static void nothing_leads_out_without_openat2(void **state) {
  (void)state;
  pid_t pid = fork();
  if (pid == 0) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof code[0], code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) _exit(77);
    if (syscall(SYS_openat2, -1, "", NULL, 0) != -1 || errno != ENOSYS) _exit(77);
    beneath();
    _exit(0);
  }
  int status = -1;
  assert_int_equal(waitpid(pid, &status, 0), pid);
  assert_true(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) skip();
  assert_int_equal(WEXITSTATUS(status), 0);
}

static void the_limit_holds(void **state) {
  (void)state;
  as_buf buf;
  const char *why = NULL;
  assert_true(as_file_read(root, "plain", 5, &buf, &why));
  as_buf_free(&buf);
  assert_false(as_file_read(root, "plain", 4, &buf, &why));
  assert_int_equal(errno, EFBIG);
  assert_string_equal(why, "is larger than the limit");
  assert_true(as_file_read(root, "empty", 0, &buf, &why));
  as_buf_free(&buf);
  /* Files of size 0 that have content all the same. */
  assert_true(as_file_read(AT_FDCWD, "/proc/self/status", UINT64_MAX, &buf, &why));
  assert_true(buf.len > 100);
  as_buf_free(&buf);
  assert_false(as_file_read(AT_FDCWD, "/proc/self/status", 10, &buf, &why));
  assert_int_equal(errno, EFBIG);
  /* One that no memory would hold. */
  put("huge", "");
  assert_int_equal(truncate(joined("huge"), (off_t)1 << 40), 0);
  assert_false(as_file_read(root, "huge", 1000, &buf, &why));
  assert_int_equal(errno, EFBIG);
  unlinkat(root, "huge", 0);
}

/* What was looked at may be another thing when it is opened: a FIFO that somebody puts there is not waited for. */
static void what_is_swapped_is_not_waited_for(void **state) {
  (void)state;
  put("swapped", "hello");
  pid_t parent = getpid(), pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (getppid() == parent)
      if (syscall(SYS_renameat2, root, "swapped", root, "in/fifo", 2 /* RENAME_EXCHANGE */) != 0) _exit(77);
    _exit(0);
  }
  alarm(30);
  for (int i = 0; i < 5000; i++) {
    as_buf buf;
    const char *why = NULL;
    if (as_file_read(root, "swapped", 100, &buf, &why))
      as_buf_free(&buf);
    else
      assert_string_equal(why, "is not a regular file");
  }
  alarm(0);
  kill(pid, SIGKILL);
  waitpid(pid, NULL, 0);
  unlinkat(root, "swapped", 0);
  unlinkat(root, "in/fifo", 0);
  assert_int_equal(mkfifoat(root, "in/fifo", 0644), 0);
}

static void large_files_are_read(void **state) {
  (void)state;
  size_t n = 3000001;
  char *bytes = as_alloc(n);
  for (size_t i = 0; i < n; i++) bytes[i] = (char)(i * 7 % 251);
  assert_true(as_file_write(joined("large"), bytes, n));
  as_buf buf;
  const char *why = NULL;
  assert_true(as_file_read(root, "large", n, &buf, &why));
  assert_int_equal(buf.len, n);
  assert_memory_equal(buf.data, bytes, n);
  as_buf_free(&buf);
  as_free(bytes);
  unlinkat(root, "large", 0);
}

static void walks_are_sorted_and_say_what_they_leave_out(void **state) {
  (void)state;
  as_paths paths;
  as_diags *diags = as_diags_new();
  assert_true(as_file_walk(home, 100, &paths, diags));
  static const char *const wanted[] = {"empty", "in-between", "in/a.txt", "in/b.txt", "in/deep/c.txt", "plain"};
  assert_int_equal(paths.count, 6);
  for (size_t i = 0; i < 6; i++) assert_string_equal(paths.paths[i], wanted[i]);
  as_paths_free(&paths);
  as_diags_sort(diags);
  assert_int_equal(as_diags_count(diags), 5);
  assert_int_equal(as_diags_errors(diags), 0);
  assert_string_equal(as_diags_at(diags, 0)->document, joined("in/fifo"));
  assert_string_equal(as_diags_at(diags, 1)->document, joined("in/link-to-deep"));
  as_diags_free(diags);
  assert_true(as_file_walk(joined("in/"), 100, &paths, NULL));
  assert_int_equal(paths.count, 3);
  as_paths_free(&paths);
}

static void walks_have_limits(void **state) {
  (void)state;
  as_paths paths;
  as_diags *diags = as_diags_new();
  assert_false(as_file_walk(home, 5, &paths, diags));
  assert_int_equal(errno, EFBIG);
  assert_int_equal(paths.count, 0);
  assert_int_equal(as_diags_errors(diags), 0); /* the caller knows which limit it is */
  as_diags_free(diags);
  assert_true(as_file_walk(home, 6, &paths, NULL));
  as_paths_free(&paths);
  assert_false(as_file_walk(joined("absent"), 5, &paths, NULL));
  assert_int_equal(errno, ENOENT);
  assert_false(as_file_walk(joined("plain"), 5, &paths, NULL));
  assert_int_equal(errno, ENOTDIR);
  mkdirat(root, "closed", 0);
  if (geteuid() != 0) {
    diags = as_diags_new();
    assert_true(as_file_walk(home, 100, &paths, diags));
    assert_int_equal(as_diags_count(diags), 6);
    assert_int_equal(as_diags_errors(diags), 1);
    as_paths_free(&paths);
    as_diags_free(diags);
    assert_false(as_file_walk(joined("closed"), 5, &paths, NULL));
    assert_int_equal(errno, EACCES);
  }
  unlinkat(root, "closed", AT_REMOVEDIR);
}

static void files_are_written_whole(void **state) {
  (void)state;
  struct stat st;
  assert_true(as_file_write(joined("new"), "one", 3));
  reads(root, "new", "one");
  assert_int_equal(fchmodat(root, "new", 0600, 0), 0);
  assert_true(as_file_write(joined("new"), "two!", 4));
  reads(root, "new", "two!");
  fstatat(root, "new", &st, 0);
  assert_int_equal(st.st_mode & 07777, 0600);
  assert_true(as_file_write(joined("new"), NULL, 0));
  reads(root, "new", "");
  assert_int_equal(symlinkat("new", root, "alias"), 0);
  assert_true(as_file_write(joined("alias"), "by link", 7)); /* the link stays one */
  fstatat(root, "alias", &st, AT_SYMLINK_NOFOLLOW);
  assert_true(S_ISLNK(st.st_mode));
  reads(root, "new", "by link");
  assert_true(as_file_write("/dev/null", "x", 1));
  stat("/dev/null", &st);
  assert_true(S_ISCHR(st.st_mode));
  assert_false(as_file_write(joined("in"), "x", 1));
  assert_int_equal(errno, EISDIR);
  assert_false(as_file_write(joined("absent/x"), "x", 1));
  assert_int_equal(errno, ENOENT);
  unlinkat(root, "alias", 0);
  unlinkat(root, "new", 0);
  char command[128]; /* nothing is left lying about */
  snprintf(command, sizeof command, "test -z \"$(find '%s' -name '*.tmp')\"", home);
  assert_int_equal(system(command), 0);
}

static void names_without_a_folder_are_written_here(void **state) {
  (void)state;
  char *before = getcwd(NULL, 0);
  assert_int_equal(chdir(home), 0);
  assert_true(as_file_write("here", "x", 1));
  reads(root, "here", "x");
  unlinkat(root, "here", 0);
  assert_int_equal(chdir(before), 0);
  free(before);
}

static void patterns_match(void **state) {
  (void)state;
  static const struct {
    const char *pattern, *path;
    bool matches;
  } cases[] = {
      {"", "", true},           {"", "a", false},          {"a", "a", true},           {"a", "b", false},
      {"a", "ab", false},       {"*", "", true},           {"*", "abc", true},         {"*", "a/b", false},
      {"*.csv", "x.csv", true}, {"*.csv", "a/x.csv", false}, {"a*c", "abbc", true},    {"a*c", "ac", true},
      {"a*c", "ab", false},     {"?", "a", true},          {"?", "", false},           {"?", "/", false},
      {"?", "é", true},         {"??", "é", false},        {"**", "a/b/c", true},      {"**", "", true},
      {"**/x", "x", true},      {"**/x", "a/b/x", true},   {"**/x", "ax", false},      {"**/x", "a/xx", false},
      {"a/**", "a/b/c", true},  {"a/**", "a", false},      {"a/**/b", "a/b", true},    {"a/**/b", "a/x/y/b", true},
      {"a/**/b", "a/xb", false}, {"a**b", "a/x/b", true},  {"A.5.*", "A.5.18", true},  {"A.5.*", "A.6.1", false},
      {"A.?.1", "A.8.1", true}, {"[a]", "[a]", true},      {"[a]", "a", false},        {"**/*.y*ml", "p/q.yaml", true},
      {"a\\*", "a\\b", true},   {"***", "a/b", true},      {"*?*", "", false},         {"*?*", "ab", true},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    if (as_glob_match(cases[i].pattern, cases[i].path) != cases[i].matches)
      fail_msg("%s on %s", cases[i].pattern, cases[i].path);
  /* No pattern makes it slow. */
  char path[2001], pattern[1001];
  memset(path, 'a', 2000);
  path[2000] = 0;
  for (size_t i = 0; i < 1000; i++) pattern[i] = i % 2 ? 'a' : '*';
  pattern[999] = 'b';
  pattern[1000] = 0;
  assert_false(as_glob_match(pattern, path));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(files_are_read_whole),
      cmocka_unit_test(what_is_no_file_is_refused),
      cmocka_unit_test(nothing_leads_out_of_a_folder),
      cmocka_unit_test(nothing_leads_out_without_openat2),
      cmocka_unit_test(the_limit_holds), cmocka_unit_test(what_is_swapped_is_not_waited_for),
      cmocka_unit_test(large_files_are_read),
      cmocka_unit_test(walks_are_sorted_and_say_what_they_leave_out),
      cmocka_unit_test(walks_have_limits),
      cmocka_unit_test(files_are_written_whole),
      cmocka_unit_test(names_without_a_folder_are_written_here),
      cmocka_unit_test(patterns_match),
  };
  return cmocka_run_group_tests(tests, make_home, remove_home);
}
