# SPDX-License-Identifier: MIT
"""What tests of the program share: nngs, named by the first argument, is run and what it gives is checked."""
import os
import struct
import subprocess
import sys

nngs = os.path.abspath(sys.argv[1])
failures = []


def check(holds, what, *shown):
    if not holds:
        failures.append(what)
        print("FAILED:", what, *shown, sep="\n  ")


def run(*words, stdin=None):
    done = subprocess.run([nngs, *words], input=stdin, capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def npy(name, M, code="f"):
    descr = {"f": "<f4", "d": "<f8"}[code]
    header = str({"descr": descr, "fortran_order": False, "shape": (len(M), len(M[0]))}).encode().ljust(117) + b"\n"
    flat = [v for row in M for v in row]
    with open(name, "wb") as file:
        file.write(b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + struct.pack(f"<{len(flat)}{code}", *flat))
    return name


def finish():
    print(f"{len(failures)} failures" if failures else "all as expected")
    sys.exit(bool(failures))
