/* A pager for long texts: $PAGER, else less. Started without a shell. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/repl.h"
#include "eval/frame.h"

#define WORDS 16

static bool run(char *command, int in) {
  char *words[WORDS + 1] = {0}, *rest = NULL;
  size_t n = 0;
  for (char *word = strtok_r(command, " \t", &rest); word && n < WORDS; word = strtok_r(NULL, " \t", &rest))
    words[n++] = word;
  if (!n || dup2(in, STDIN_FILENO) < 0)
    return false;
  signal(SIGINT, SIG_DFL);
  signal(SIGPIPE, SIG_DFL);
  signal(SIGXFSZ, SIG_DFL);
  (void)!putenv((char *)"LESS=FRX");
  execvp(words[0], words);
  return false;
}

bool as_pager_show(const as_buf *text) {
  const char *wanted = getenv("PAGER");
  char command[1024] = "less";
  int ends[2];
  if (wanted && strlen(wanted) < sizeof command)
    snprintf(command, sizeof command, "%s", wanted);
  if (!*command || pipe2(ends, O_CLOEXEC) != 0)
    return false;
  pid_t pid = fork();
  if (pid == 0) {
    run(command, ends[0]);
    _exit(127);
  }
  close(ends[0]);
  if (pid > 0)
    as_frame_write_all(ends[1], text->data, text->len); /* whoever leaves the pager early wants no more */
  close(ends[1]);
  int status = 0;
  while (pid > 0 && waitpid(pid, &status, 0) < 0) {
  }
  return pid > 0 && !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
}
