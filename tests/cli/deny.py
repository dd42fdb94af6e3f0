#!/usr/bin/env python3
"""Runs a command under a kernel that seems to lack something: deny.py landlock|seccomp|capset COMMAND…

Ends with 77 where this cannot be done here.
"""
import ctypes
import os
import platform
import struct
import sys

NUMBERS = {
    "landlock": {"x86_64": (444, 445, 446), "aarch64": (444, 445, 446)},
    "seccomp": {"x86_64": (317,), "aarch64": (277,)},
    "capset": {"x86_64": (126,), "aarch64": (91,)},
}
ERRORS = {"landlock": 38, "seccomp": 22, "capset": 1}  # ENOSYS, EINVAL, EPERM
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, ERRNO = 0x7FFF0000, 0x00050000


def main(what, command):
    numbers = NUMBERS[what].get(platform.machine())
    if numbers is None:
        sys.exit(77)
    code = [(LOAD, 0, 0, 0)]
    code += [(EQUAL, len(numbers) - i, 0, number) for i, number in enumerate(numbers)]
    code += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ERRNO | ERRORS[what])]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in code))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, FILTER, header, 0, 0):
        sys.exit(77)
    os.execvp(command[0], command)


main(sys.argv[1], sys.argv[2:])
