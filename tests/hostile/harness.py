"""What all hostile tests share: running assay with a guard, and what must hold of every run whatever it was given.

Must not know rules or evidence. A run is held to this: it ends by itself before the guard, with a documented exit code
and by no signal; nothing that it writes holds a control byte or text that is no UTF-8; its JSON can be read; no
process of it needed more memory than its limits allow; and it wrote no file that it was not asked for.
"""
import concurrent.futures
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ASSAY = os.environ.get("ASSAY", os.path.join(ROOT, "build", "assay"))
CODES = {0, 1, 2, 64, 65, 66, 70, 74, 77, 130}
JOBS = 2
MB = 1 << 20
# C0 but line feed and tab, DEL, C1, and what turns or hides text on a terminal
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

CONTROL_JSON = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029<]")


def _sanitized():
    with open(ASSAY, "rb") as f:
        return b"__asan_init" in f.read()


SANITIZED = _sanitized()
WALL = 60.0 if SANITIZED else 20.0  # seconds that one run may take at the very most


class Tap:
    """Prints TAP. Lines come in the order of the calls."""

    def __init__(self):
        self.n, self.failed, self.lock = 0, 0, threading.Lock()

    def ok(self, good, name, why=""):
        with self.lock:
            self.n += 1
            self.failed += not good
            name = name.replace("#", "\\#")
            print(f"{'ok' if good else 'not ok'} {self.n} - {name}", flush=True)
            if not good:
                for line in str(why)[:2000].splitlines() or [""]:
                    print("#   " + show(line), flush=True)

    def end(self):
        print(f"1..{self.n}", flush=True)
        sys.exit(1 if self.failed else 0)


def show(text):
    """A text that is fit for a terminal."""
    return "".join(c if c.isprintable() else "\\x%02x" % ord(c) for c in text)


class Run:
    """One run of assay, and what came of it."""

    def __init__(self, args, cwd, env=None, stdin=None, wall=WALL):
        self.args = [str(a) for a in args]
        environ = {k: v for k, v in os.environ.items() if not k.startswith("ASSAY_") or k == "ASSAY_HOME"}
        environ.update({"NO_COLOR": "1", "HOME": cwd}, **(env or {}))
        before = time.monotonic()
        out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self.hung = False
        child = subprocess.Popen([ASSAY, *self.args], cwd=cwd, env=environ, stdin=stdin or subprocess.DEVNULL, stdout=out,
                                 stderr=err, start_new_session=True)

        def stop():
            self.hung = True
            os.killpg(child.pid, signal.SIGKILL)  # its children die with it

        guard = threading.Timer(wall, stop)
        guard.start()
        _, status, usage = os.wait4(child.pid, 0)
        guard.cancel()
        child.returncode = 0
        self.seconds = time.monotonic() - before
        self.signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        self.code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -self.signal
        self.rss = usage.ru_maxrss * 1024  # of the largest process
        out.seek(0)
        err.seek(0)
        self.out, self.err = out.read(), err.read()
        out.close()
        err.close()

    def needs_more_than(self, most):
        """Whether its largest process needed more memory. A child counts what this process had when it was forked."""
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return self.rss > max(most, own) and not SANITIZED

    def faults(self):
        """What must not be, whatever assay was given."""
        found = []
        if self.hung:
            found.append(f"it did not end within the guard ({self.seconds:.1f} s)")
        elif self.signal:
            found.append(f"it was ended by signal {self.signal}")
        elif self.code not in CODES:
            found.append(f"exit code {self.code} is not documented")
        for name, data in (("stdout", self.out), ("stderr", self.err)):
            found += [f"{name}: {fault}" for fault in text_faults(data)]
        if b"Sanitizer" in self.err or b"runtime error:" in self.err:
            found.append("a sanitizer reports:\n" + self.err[-1500:].decode("utf-8", "replace"))
        return found

    def told(self):
        return (self.err + self.out).decode("utf-8", "replace")


def text_faults(data, control=CONTROL):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        return [f"no UTF-8 at byte {e.start}: {data[max(0, e.start - 40):e.start + 10]!r}"]
    bad = control.search(text)
    return [f"a control character: {text[max(0, bad.start() - 40):bad.end() + 10]!r}"] if bad else []


def read_json(path):
    """The result in a file, and what is wrong with the file."""
    try:
        with open(path, "rb") as f:
            data = f.read()
    except FileNotFoundError:
        return None, []
    try:
        text = data.decode("utf-8")
        result = json.loads(text)
        json.dumps(result, ensure_ascii=False, allow_nan=False).encode("utf-8")  # no half surrogates, no NaN
    except ValueError as e:
        return None, [f"the JSON cannot be read: {e}"]
    return result, text_faults(data, CONTROL_JSON)


class Area:
    """A folder for one test program; everything that it makes lies in there."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="assay-hostile-")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for folder, names, _ in os.walk(self.path):
            for name in names:
                path = os.path.join(folder, name)
                if not os.path.islink(path):
                    os.chmod(path, 0o700)
        shutil.rmtree(self.path, ignore_errors=True)

    def join(self, *names):
        return os.path.join(self.path, *names)

    def folder(self, *names):
        path = self.join(*names)
        os.makedirs(path, exist_ok=True)
        return path


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode("utf-8"))


def home(area, name, pack):
    """A home of assay in which `pack` stands in the place of the shipped rules."""
    path = area.folder(name)
    if not os.path.lexists(os.path.join(path, "stdlib")):
        os.symlink(os.path.join(ROOT, "stdlib"), os.path.join(path, "stdlib"))
        os.makedirs(os.path.join(path, "rules"))
        os.symlink(pack, os.path.join(path, "rules", "iso27001"))
    return {"ASSAY_HOME": path}


def side_by_side(function, items):
    """The results of function(item), in the order of the items, each as soon as it is there."""
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        yield from pool.map(function, items)


def snapshot(folder):
    """Every name below a folder, with size and time of change."""
    found = {}
    for at, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(at, name)
            st = os.lstat(path)
            found[os.path.relpath(path, folder)] = (st.st_size, st.st_mtime_ns)
    return found


def no_core():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
