#!/usr/bin/env python3
"""Runs the code blocks of a Markdown file, in order, in a folder that holds nothing but a link to examples/.

A fence `yaml some/path` (or lua, csv, json …) writes that file; `sh` runs a script with `bash -e`; `text` behind it must be
part of what the last script printed, blanks and line ends aside. Other fences are left alone. Prints TAP.
"""
import os
import re
import subprocess
import sys
import tempfile


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


def main(path):
    with open(path, encoding="utf-8") as file:
        blocks = re.findall(r"^```(\w*) ?(\S*)\n(.*?)^```$", file.read(), re.M | re.S)
    count, printed = 0, ""
    env = dict(os.environ, PATH=os.path.dirname(os.environ["ASSAY"]) + ":" + os.environ["PATH"], NO_COLOR="1")

    def point(ok, what, detail=""):
        nonlocal count
        count += 1
        print(f"{'ok' if ok else 'not ok'} {count} - {what}", flush=True)
        if not ok:
            print("\n".join("# " + line for line in detail.splitlines()), flush=True)

    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "examples"), os.path.join(folder, "examples"))
        for kind, name, text in blocks:
            if name:
                target = os.path.join(folder, name)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "w", encoding="utf-8") as file:
                    file.write(text)
            elif kind == "sh":
                run = subprocess.run(["bash", "-e", "-c", text], cwd=folder, env=env, text=True, timeout=120,
                                     stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                printed = run.stdout
                point(run.returncode == 0, squeeze(text)[:70], printed)
            elif kind == "text":
                point(squeeze(text) in squeeze(printed), "prints: " + squeeze(text)[:60], printed)
    if count == 0:
        point(False, "the page holds no block that can be run")
    print(f"1..{count}")


main(sys.argv[1])
