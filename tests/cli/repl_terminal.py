#!/usr/bin/env python3
"""Plays a session of `assay repl` on a terminal of its own: types keys, waits for what must appear.

usage: repl_terminal.py SCENARIO BUNDLE
Nothing here sleeps: every wait is for text, with a deadline after which the scenario fails and shows the screen.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

DEADLINE = 30
ASSAY = os.environ["ASSAY"]


class Terminal:
    def __init__(self, *arguments, rows=24, columns=80, **environment):
        self.screen, self.seen = "", 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            env = {**os.environ, "TERM": "xterm", "PAGER": "cat", **environment}
            os.execve(ASSAY, [ASSAY, "repl", *arguments], env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, deadline):
        ready, _, _ = select.select([self.fd], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        text = data.decode("utf-8", "replace")
        self.screen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r", "", text)
        return bool(data)

    def wait(self, text):
        """Until `text` appears behind what was waited for before."""
        deadline = time.monotonic() + DEADLINE
        while text not in self.screen[self.seen:]:
            if not self.read(deadline):
                sys.exit(f"never came: {text!r}\n--- screen ---\n{self.screen}")
        self.seen = self.screen.index(text, self.seen) + len(text)

    def prompt(self, text="assay> "):
        """Until the prompt is there and keys are taken one by one: else they would be echoed by the terminal itself, too."""
        self.wait(text)
        deadline = time.monotonic() + DEADLINE
        while termios.tcgetattr(self.fd)[3] & termios.ICANON:
            if time.monotonic() > deadline:
                sys.exit(f"the line editor never began\n--- screen ---\n{self.screen}")
            self.read(time.monotonic() + 0.01)

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def line(self, text, *answers):
        self.type(text + "\n")
        for answer in answers:
            self.wait(answer)
        self.prompt()

    def end(self, code=0):
        deadline = time.monotonic() + DEADLINE
        while self.read(deadline):
            pass
        _, status = os.waitpid(self.pid, 0)
        if os.waitstatus_to_exitcode(status) != code:
            sys.exit(f"ended with {status:#x}, not with {code}\n--- screen ---\n{self.screen}")


def start(bundle, *more, **environment):
    terminal = Terminal(bundle, *more, **environment)
    terminal.wait(":help shows")
    terminal.prompt()
    return terminal


def lines(bundle):
    t = start(bundle)
    t.line("1 + 1", "\n2\n")
    t.type("{ 10,\n")
    t.prompt("   ... ")
    t.type("20 }\n")
    t.wait("{ 10, 20 }")
    t.prompt()
    t.line("_[2] + 1", "\n21\n")
    t.line("isms.acounts", "input 4:1:6: error[E0740]", "did you mean `accounts`?")
    t.line("'Zürich'", "\nZürich\n")
    t.type("\x04")
    t.end(0)


def complete(bundle):
    t = start(bundle)
    t.type("isms.accou\t")
    t.wait("isms.accounts")
    t.type(":wh\t")
    t.wait("where")
    t.type("{ userna\t")
    t.wait("username = ")
    t.type('"ann" }\n')
    t.wait("a1")
    t.prompt()
    t.type(":ga\t")
    t.wait("gaps ")
    t.type("A.5.2\t")
    t.wait("A.5.20")
    t.wait("A.5.29")
    t.type("9\n")
    t.wait("no check failed")
    t.prompt()
    t.type("isms.peo\t[1].na\t")
    t.type("\x15")  # whatever became of it
    t.type('isms.accounts:group_by "sys\t\n')
    t.wait("members")
    t.prompt()
    t.type("\x04")
    t.end(0)


def interrupt(bundle):
    t = start(bundle)
    t.line("kept = 5")
    t.type("while true do end\n")
    t.wait("while true do end\n")
    t.type("\x03")
    t.wait("interrupted")
    t.prompt()
    t.line("kept", "\n5\n")
    t.type("{ 1,\n")
    t.prompt("   ... ")
    t.type("\x03")
    t.prompt()
    t.type("half a line\x03")
    t.prompt()
    t.line("kept + 1", "\n6\n")
    t.type("\x04")
    t.end(0)


def history(bundle):
    state = os.path.join(os.getcwd(), "state")
    path = os.path.join(state, "assay", "history")
    t = start(bundle, XDG_STATE_HOME=state)
    t.line("'first'", "\nfirst\n")
    t.line("{ 7,\n8 }", "{ 7, 8 }")
    t.line("'first'", "\nfirst\n")
    t.type("\x04")
    t.end(0)
    mode = os.stat(path).st_mode & 0o777
    if mode != 0o600 or os.stat(os.path.dirname(path)).st_mode & 0o777 != 0o700:
        sys.exit(f"the history has mode {mode:o}")
    text = open(path, encoding="utf-8").read()
    if text.count("first") != 1 or text.index("first") < text.index("7"):
        sys.exit("not once and last:\n" + text)
    t = start(bundle, XDG_STATE_HOME=state)
    t.type("\x10\n")  # the line before
    t.wait("\nfirst\n")
    t.prompt()
    t.type(":quit\n")
    t.end(0)
    t = start(bundle, "--no-history", XDG_STATE_HOME=state)
    t.line("'secret'", "\nsecret\n")
    t.type("\x10\n")
    t.wait("\nsecret\n")
    t.prompt()
    t.type("\x04")
    t.end(0)
    if "secret" in open(path, encoding="utf-8").read():
        sys.exit("kept in spite of --no-history")


def page(bundle):
    t = start(bundle, PAGER="tail -n 1", NO_COLOR="1")
    t.line("t = {} for i = 1, 2000 do t[i] = { n = i } end")
    t.line("t", "… 1000 more rows (:all shows them)")
    t.line(":all", "\n2000\n")
    t.line("isms.accounts:where{ id = 'a1' }", "a1  CRM")
    t.type("\x04")
    t.end(0)


def narrow(bundle):
    t = Terminal(bundle, columns=40)
    t.prompt()
    t.line("isms.accounts", "more columns that did not fit")
    longest = max(len(line) for line in t.screen.split("\n"))
    if longest > 80:
        sys.exit(f"a line of {longest}\n{t.screen}")
    t.type("\x04")
    t.end(0)


def hangup(bundle):
    t = start(bundle)
    t.type("while true do end\n")
    t.wait("while true do end\n")
    os.kill(t.pid, signal.SIGTERM)
    t.end(130)


def documented(page):
    """The sessions of a page: what stands behind the prompts is typed, the rest is what must appear. In a window of 100 columns."""
    with open(page, encoding="utf-8") as file:
        blocks = re.findall(r"^```repl\n(.*?)^```$", file.read(), re.M | re.S)
    t = Terminal("acme", rows=200, columns=100)
    t.prompt()
    for block in blocks:
        begun = t.seen - len("assay> ")
        prompts = re.findall(r"^(assay>|   \.\.\.) (.*)$", block, re.M)
        for i, (_, text) in enumerate(prompts):
            t.type(text + "\n")
            t.prompt("   ... " if prompts[i + 1:] and prompts[i + 1][0] != "assay>" else "assay> ")
        got = [line.rstrip() for line in t.screen[begun:t.seen - len("assay> ")].splitlines()]
        expected = [line.rstrip() for line in block.splitlines()]
        if got != expected:
            sys.exit("expected\n" + "\n".join(expected) + "\n--- got ---\n" + "\n".join(got))
    if len(blocks) < 3:
        sys.exit("the page holds hardly a session")
    t.type("\x04")
    t.end(0)


if __name__ == "__main__":
    scenarios = {f.__name__: f for f in (lines, complete, interrupt, history, page, narrow, hangup, documented)}
    scenarios[sys.argv[1]](sys.argv[2])
