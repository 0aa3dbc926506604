#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""nngs X Y --sample M --memory SIZE: files that do not fit are read in pieces, and give the bytes of a run in memory.

usage: memory.py PATH_TO_NNGS
"""
import array
import json
import os
import random
import struct
import sys
import tempfile

from checks import check, finish, run

numbers = random.Random(3)
n, d = 30000, 32  # more than 28 MiB leave room for, and pieces of a few thousand rows
small = "28M"


def binary(name, code, values):
    """fbin or i8bin"""
    if sys.byteorder == "big":
        values.byteswap()
    with open(name, "wb") as file:
        file.write(struct.pack("<II", n, d) + values.tobytes())
    return name


def fvecs(name, values):
    with open(name, "wb") as file:
        for i in range(0, n * d, d):
            file.write(struct.pack(f"<i{d}f", d, *values[i:i + d]))
    return name


def scored(*words):
    status, out, err = run(*words, "--json", "-")
    check(status == 0, f"nngs {words}", err)
    return json.loads(out) if status == 0 else {}


def same(x, y, *words):
    """Whether a run in pieces gives the run in memory, in all but the last bits of CKA."""
    words = (x, y, "--sample", "60", "--seed", "4", *words)
    whole, pieces = scored(*words, "--memory", "8G"), scored(*words, "--memory", small)
    cka = whole.pop("cka", None), pieces.pop("cka", None)
    check(whole == pieces, f"{words} in pieces", whole, pieces)
    return cka


def refused(status, words, *facts):
    got, _, err = run(*words)
    check(got == status and all(fact in err for fact in facts), f"{words} is to tell {facts}", got, err)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    X = array.array("f", (numbers.gauss(0, 1) + (i % d == 3) * 1000 for i in range(n * d)))
    Y = array.array("f", (v + numbers.gauss(0, 1) for v in X))
    x, y = binary("x.fbin", "f", X[:]), fvecs("y.fvecs", Y)
    ties = binary("ties.i8bin", "b", array.array("b", numbers.choices((-1, 0, 1), k=n * d)))
    # Columns that may be no coordinates, as the sampled rows tell.
    counting = binary("counting.fbin", "f", array.array("f", (v if i % d else i // d for i, v in enumerate(X))))
    classes = binary("classes.fbin", "f", array.array("f", (v if (i + 1) % d else i // d % 3 for i, v in enumerate(X))))

    whole, pieces = same(x, y, "--k", "1,10,50", "--cka", "linear,debiased")
    for one in ("linear", "chance", "debiased"):
        a, b = whole[one], pieces[one]
        a, b = (a, b) if one == "linear" else (a["linear"], b["linear"])
        check(abs(a - b) < 1e-12, f"{one} CKA in pieces", a, b)
    for metric in "cosine", "manhattan", "inner-product":
        same(x, y, "--k", "10", "--metric", metric, "--no-cka")
    for order in "matrix", "index", "seed:7":
        same(ties, y, "--k", "3,20", "--ties", order, "--no-cka")
    same(x, ties, "--k", "3", "--no-cka", "--skip", "4")

    for odd, word in (counting, "column 1 counts the rows"), (classes, f"column {d} holds few whole numbers"):
        same(odd, y, "--k", "5", "--no-cka")
        told = scored(odd, y, "--k", "5", "--no-cka", "--sample", "60", "--memory", small)["x"]
        check(word in told["notes"][0], "a note", told)
    same(counting, counting, "--k", "5", "--no-cka")
    shared = scored(counting, classes, "--k", "5", "--no-cka", "--sample", "60", "--memory", small)
    check("are the same in both files" in shared["notes"][0], "columns that are the same", shared)

    with open("parts.txt", "w") as file:
        file.write("x.fbin\n" * 2)
    twice = scored("@parts.txt", "@parts.txt", "--k", "2", "--no-cka", "--sample", "20", "--memory", small)
    check(twice["n"] == 2 * n and twice["curve"][0]["jaccard"] == 1, "a matrix in parts", twice)

    # What cannot be done in pieces says what can.
    sample = (x, y, "--sample", "60")
    refused(2, (x, y, "--memory", small), "--memory goes with --sample")
    for words, *facts in ((("--cka", "rbf"), "--cka rbf", "--no-cka"), (("--clamp", "0.9"), "--clamp"),
                          (("--join",), "--join"), (("--names", "first"), "--names first", "--skip 1")):
        refused(2, (*sample, "--memory", small, *words), "--memory does not go with", *facts)
    for size in "", "0", "-1", "2Q", "nan", "1e99", "G":
        refused(2, (*sample, "--memory", size), "--memory")
    refused(2, (*sample, "--memory", "1M", "--no-cka"), "1.0 MiB are allowed", "--memory")
    refused(2, (*sample, "--memory", small, "--k", "20000", "--no-cka"), "20000 neighbours of 60 rows need")
    refused(2, (*sample, "--memory", "24M"), "linear CKA of 32 and 32 columns needs", "--no-cka")
    with open("x.txt", "w") as file:
        file.write("0.5 0.25\n" * 10 ** 6)
    refused(1, ("x.txt", y, "--sample", "60", "--memory", "25M"), "x.txt: is text", ".npy")

    # Numbers whose products vanish are told with their digits, and by how much to scale them.
    header = str({"descr": "<f8", "fortran_order": False, "shape": (n, d)}).encode().ljust(117) + b"\n"
    with open("tiny.npy", "wb") as file:
        file.write(b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header)
        file.write(struct.pack(f"<{n * d}d", *(v * 1e-290 for v in X)))
    status, out, err = run("tiny.npy", y, "--sample", "60", "--memory", small, "--metric", "cosine")
    for words in "no linear CKA", "numbers around ", "e-2", "by 2^9", "--no-cka":
        check(status == 0 and words in out, words, out, err)

    # Errors name the row of the file, whatever piece it is in.
    X[25000 * d + 5] = float("nan")
    wrong = binary("wrong.fbin", "f", X)
    refused(1, (wrong, y, "--sample", "60", "--memory", small, "--no-cka"), "wrong.fbin: ", "row 25000, column 5")
    with open(wrong, "r+b") as file:
        file.truncate(10 ** 6)
    refused(1, (wrong, y, "--sample", "60", "--memory", small), "wrong.fbin: shorter than its header says")

finish()
