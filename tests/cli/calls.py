#!/usr/bin/env python3
"""Looks through the output of `strace -f` of one evaluation: which processes made which system calls?

calls.py TRACE ALLOWED…: the parent starts the zygote (depth 1), that the workers (2), those the runners (3). Says what is wrong:
 - a runner that makes a call which is not among ALLOWED once its last wall is up;
 - a zygote or worker that opens for writing, or tries anything of FORBIDDEN;
 - no runner at all.
"""
import re
import sys

FORBIDDEN = {"socket", "connect", "execve", "execveat", "ptrace", "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat",
             "truncate", "ftruncate", "chmod", "fchmod", "creat", "memfd_create", "bpf", "vfork", "sendto", "sendmsg"}
WRITING = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)")


def main(path, allowed):
    depth, walls, wrong, runners = {}, {}, [], set()
    with open(path, errors="replace") as f:
        for line in f:
            pid, _, rest = line.strip().partition(" ")
            rest = rest.strip()
            depth.setdefault(pid, 0)
            child = re.match(r"(?:clone|fork|<\.\.\. (?:clone|fork) resumed>).*= (\d+)$", rest)
            if child:
                depth[child[1]] = depth[pid] + 1
            call = re.match(r"(\w+)\(", rest)
            if not call or depth[pid] == 0:
                continue
            name = call[1]
            if depth[pid] >= 3:
                if walls.get(pid, 0) > 0:
                    runners.add(pid)
                    if name not in allowed:
                        wrong.append(f"runner: {rest[:100]}")
                if name == "seccomp" and "SET_MODE_FILTER" in rest:
                    walls[pid] = walls.get(pid, 0) + 1
            elif name == "clone3" and re.search(r"= \d+", rest):  # the C library tries it first, and is told that it is not there
                wrong.append(f"depth {depth[pid]}: {rest[:100]}")
            elif walls.get(pid, 0) > 0 and name in FORBIDDEN:
                wrong.append(f"depth {depth[pid]}: {rest[:100]}")
            elif name.startswith("open") and WRITING.search(rest) and walls.get(pid, 0) > 0:
                wrong.append(f"depth {depth[pid]}: {rest[:100]}")
            elif name == "seccomp" and "len=" in rest:
                walls[pid] = walls.get(pid, 0) + 1
            if name in ("clone", "fork") and child:
                walls[child[1]] = 0
    if not runners:
        wrong.append("no runner was seen")
    print(f"{len(runners)} runners")
    for line in wrong[:20]:
        print(line)
    sys.exit(1 if wrong else 0)


main(sys.argv[1], set(sys.argv[2:]))
