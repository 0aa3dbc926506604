#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Looks whether a compiler keeps the sums of the products of whole numbers in registers: no vector goes to the stack or
comes from there between two of the multiply-adds. usage: object_code.py OBJECT_FILE; exits with 77 where there is
nothing to read."""
import re
import shutil
import subprocess
import sys

if shutil.which("objdump") is None:
    print("skipped: there is no objdump")
    sys.exit(77)
listing = subprocess.run(["objdump", "-d", "--no-show-raw-insn", sys.argv[1]], capture_output=True, text=True, check=True)
lines = listing.stdout.splitlines()
sums = [number for number, line in enumerate(lines) if "vpdpbusd" in line]
if not sums:
    if "elf64-x86-64" in listing.stdout:
        sys.exit("no multiply-add in " + sys.argv[1])
    print("skipped: this is no object code of x86-64")
    sys.exit(77)
spills = [line for line in lines[sums[0] : sums[-1]] if "zmm" in line and re.search(r"\(%r[sb]p", line)]
print(f"{len(sums)} multiply-adds, {len(spills)} vectors to or from the stack between them", *spills, sep="\n")
sys.exit(len(sums) != 24 or bool(spills))
