#!/usr/bin/env -S python3 -B
"""A store that others use, or that cannot be written: two writers, a reader who takes long, a file and a folder without leave
to write, a disk of 1 MB. Clean messages, exit code 74, and the store as it was.
"""
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "hostile"))
import harness  # noqa: E402

FIXTURES = os.path.join(harness.ROOT, "tests", "cli", "fixtures")
NOBODY = 65534


def evaluation(area, store, *more, **settings):
    """One evaluation into a store; the fixtures are copied, so that anybody may read them."""
    return harness.Run(["eval", area.join("acme"), "--rules", area.join("pack"), "-c", "HOST.5", "--store", store, "-o", "json", "--fail-on", "never", *more],
                       area.path, **settings)


def runs(store):
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        whole = db.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and not db.execute("PRAGMA foreign_key_check").fetchall()
        return db.execute("SELECT count(*) FROM runs").fetchone()[0] if whole else -1
    finally:
        db.close()


def two_writers(area, tap):
    store, results = area.join("two.db"), []
    threads = [threading.Thread(target=lambda: results.append(evaluation(area, store))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tap.ok([r.code for r in results] == [0] * 4 and runs(store) == 4, "four writers at once: one after the other, none lost", [r.told() for r in results])


def reader(area, store, seconds):
    """Holds the store as a reader does who is slow."""
    db = sqlite3.connect(store, isolation_level=None, check_same_thread=False)
    db.execute("BEGIN")
    db.execute("SELECT count(*) FROM runs").fetchone()

    def end():
        time.sleep(seconds)
        db.execute("COMMIT")
        db.close()

    thread = threading.Thread(target=end)
    thread.start()
    return thread


def long_reader(area, tap):
    store = area.join("read.db")
    evaluation(area, store)
    thread = reader(area, store, 1)
    short = evaluation(area, store)
    thread.join()
    tap.ok(short.code == 0 and runs(store) == 2, "a writer waits for a reader", short.told())
    thread = reader(area, store, 9)
    long = evaluation(area, store)
    thread.join()
    tap.ok(long.code == 74 and "E0803" in long.told() and runs(store) == 2 and not long.faults(), "but not for ever: 74, and nothing is stored", long.told())
    after = evaluation(area, store)
    tap.ok(after.code == 0 and runs(store) == 3, "afterwards it goes on")


def as_nobody():
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def run_as_nobody(area, args):
    environ = {"PATH": os.environ["PATH"], "NO_COLOR": "1", "HOME": area.path, "ASSAY_HOME": area.join("home")}
    return subprocess.run([area.join("assay"), *args], cwd=area.path, env=environ, stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=as_nobody, timeout=60)


def without_leave(area, tap):
    """Modes mean nothing to root: these runs are somebody else's."""
    shutil.copy(harness.ASSAY, area.join("assay"))
    home = os.environ.get("ASSAY_HOME", harness.ROOT)
    for name in ("stdlib", "rules"):
        shutil.copytree(os.path.join(home, name), area.join("home", name))
    folder = area.folder("kept")
    store = os.path.join(folder, "s.db")
    evaluation(area, store)
    for path, _, names in os.walk(area.path):
        os.chmod(path, 0o755)
        for name in names:
            os.chmod(os.path.join(path, name), 0o755 if name == "assay" else 0o644)
    if run_as_nobody(area, ["version"]).returncode != 0:
        for name in ("a file that may not be written", "a folder that may not be written", "reading there"):
            tap.ok(True, f"{name} # SKIP no run as another user")
        return
    args = ["eval", area.join("acme"), "--rules", area.join("pack"), "-c", "HOST.5", "--store", store, "-o", "json"]
    before = open(store, "rb").read()
    os.chmod(folder, 0o777)
    done = run_as_nobody(area, args)
    told = done.stderr.decode()
    tap.ok(done.returncode == 74 and "E0809" in told and not done.stdout and open(store, "rb").read() == before, "a file that may not be written: 74, before anything is evaluated", told)
    os.chmod(folder, 0o555)
    done = run_as_nobody(area, args)
    told = done.stderr.decode()
    tap.ok(done.returncode == 74 and "E0802" in told and not done.stdout and open(store, "rb").read() == before, "a folder that may not be written: 74", told)
    done = run_as_nobody(area, ["history", "--store", store])
    tap.ok(done.returncode == 0 and b"acme" in done.stdout, "what is there can be read", done.stderr.decode())


def small_disk(area, tap):
    """A disk of 1 MB, where one may be mounted in a name space of one's own."""
    disk = area.folder("disk")
    script = f"""mount -t tmpfs -o size=1m tmpfs '{disk}' || exit 99
n=0; while [ $n -lt 100 ]; do "$@" >/dev/null 2>'{area.join("disk.err")}'; code=$?; [ $code = 0 ] || break; n=$((n+1)); done
echo "$code $n $(sqlite3 '{disk}/s.db' 'select count(*) from runs; pragma integrity_check' | tr '\\n' ' ')" """
    command = [harness.ASSAY, "eval", area.join("acme"), "--rules", area.join("pack"), "-c", "HOST.5", "--store", os.path.join(disk, "s.db"), "--fail-on", "never"]
    environ = dict({k: v for k, v in os.environ.items() if not k.startswith("ASSAY_") or k == "ASSAY_HOME"}, NO_COLOR="1", HOME=area.path)
    done = subprocess.run(["unshare", "--mount", "sh", "-c", script, "sh", *command], cwd=area.path, env=environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    words = done.stdout.decode().split()
    if done.returncode == 99 or not words:
        tap.ok(True, "a disk of 1 MB # SKIP none can be mounted here")
        return
    told = open(area.join("disk.err"), encoding="utf-8").read()
    good = words[0] == "74" and int(words[1]) > 3 and words[2] == words[1] and words[3] == "ok" and "E0808" in told and "bytes are free" in told
    tap.ok(good, f"a disk of 1 MB is full after {words[1]} runs: 74, and those are there", done.stdout.decode() + told)


def main():
    tap = harness.Tap()
    with harness.Area() as area:
        shutil.copytree(os.path.join(FIXTURES, "acme"), area.join("acme"))
        shutil.copytree(os.path.join(FIXTURES, "packs", "hostile"), area.join("pack"))
        two_writers(area, tap)
        long_reader(area, tap)
        without_leave(area, tap)
        small_disk(area, tap)
    tap.end()


main()
