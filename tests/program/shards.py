#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""nngs shard and nngs merge: the parts of many tasks are the bytes of one run, and parts that do not go together are told.

usage: shards.py PATH_TO_NNGS
"""
import json
import os
import random
import shutil
import struct
import subprocess
import tempfile
import zipfile

from checks import check, finish, nngs, npy, run

numbers = random.Random(3)
n = 150
X = [[numbers.gauss(0, 1) for _ in range(4)] for _ in range(n)]
Y = [[a + 0.5 * numbers.gauss(0, 1) for a in row] for row in X]
GRID = [[float(numbers.randrange(3)) for _ in range(2)] for _ in range(n)]
COARSE = [[float(numbers.randrange(2)) for _ in range(3)] for _ in range(n)]


def shards(x, y, count, *words, prefix="part"):
    parts = []
    for i in range(count):
        parts.append(f"{prefix}.{i}")
        status, out, err = run("shard", x, y, *words, "--base", f"{i}/{count}", "-o", parts[-1])
        check(status == 0 and out == err == "", f"shard {i} of {count} of {x} {y} {words}", out, err)
    return parts


def merged(parts, *words):
    status, out, err = run("merge", *parts, *words)
    check(status == 0 and err == "", f"merge {parts}", err)
    return out


def refused(status, words, *facts):
    got, out, err = run(*words)
    check(got == status and out == "" and all(fact in err for fact in facts), f"{words} is to tell {facts}", got, out, err)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    npy("x.npy", X), npy("y.npy", Y, "d"), npy("grid.npy", GRID), npy("coarse.npy", COARSE, "d")
    with open("named.txt", "w") as file:
        file.writelines(f"item{i} " + " ".join(map(repr, row)) + "\n" for i, row in enumerate(X))

    # The bytes of one run: any number of parts, in any order; ties, names, every metric; slices without a row.
    for x, y, words, counts in (("x.npy", "y.npy", ("--k", "1,5,20"), (1, 2, 3, 7)),
                                ("grid.npy", "coarse.npy", ("--k", "3,10"), (1, 4, 160)),
                                ("grid.npy", "coarse.npy", ("--k", "3", "--ties", "index"), (3,)),
                                ("grid.npy", "coarse.npy", ("--k", "3", "--ties", "seed:9"), (3,)),
                                ("x.npy", "grid.npy", ("--k", "149"), (4,)),
                                ("named.txt", "y.npy", ("--seed", "5", "--metric", "cosine"), (3,)),
                                ("y.npy", "named.txt", ("--skip", "2", "--metric", "correlation"), (3,)),
                                ("x.npy", "y.npy", ("--metric", "manhattan"), (2,)),
                                ("x.npy", "y.npy", ("--metric", "chebyshev"), (2,)),
                                ("x.npy", "y.npy", ("--metric", "minkowski:3"), (2,)),
                                ("x.npy", "y.npy", ("--metric", "inner-product"), (2,))):
        words = ("--sample", "40", *words)
        status, whole, err = run(x, y, "--no-cka", "--json", "-", *words)
        check(status == 0, f"{x} {y} {words}", err)
        for count in counts:
            parts = shards(x, y, count, *words)
            numbers.shuffle(parts)
            check(merged(parts, "--json", "-") == whole, f"JSON of {count} parts of {x} {y} {words}",
                  merged(parts, "--json", "-"), whole)
    words = ("--sample", "150", "--k", "1:30")
    parts = shards("named.txt", "y.npy", 3, *words, "--threads", "1")
    for output in ("--csv", "-"), ("--json", "-", "--no-chance"), ():
        check(merged(parts, *output) == run("named.txt", "y.npy", "--no-cka", *words, *output)[1], f"merge {output}",
              merged(parts, *output))
    check("item0, item1" in merged(parts), "the table names the items")

    # Slices that are read in several pieces, and full of ties.
    many = [[float(numbers.randrange(3)) for _ in range(32)] for _ in range(12000)]
    npy("many.npy", many), npy("turned.npy", [row[::-1] for row in many])
    words = ("--sample", "50", "--k", "10", "--metric", "manhattan")
    check(merged(shards("many.npy", "turned.npy", 2, *words, "--memory", "26M"), "--json", "-") ==
          run("many.npy", "turned.npy", "--no-cka", "--json", "-", *words)[1], "slices in pieces")
    refused(2, ("shard", "many.npy", "turned.npy", *words, "--base", "0/1", "-o", "p", "--memory", "1M"), "--memory")
    words = ("--sample", "150", "--k", "1:30")
    parts = shards("named.txt", "y.npy", 3, *words)

    # A task that is run again writes the same bytes.
    with open("part.1", "rb") as file:
        before = file.read()
    shards("named.txt", "y.npy", 3, *words)
    with open("part.1", "rb") as file:
        check(file.read() == before, "the same part again")
    check(before.startswith(b'{"nngs_part":1,"slice":1,"of":3,'), "the first line", before[:60])

    # Parts that are missing, given twice, or of another run.
    refused(1, ("merge", "part.0", "part.2"), "part.0", "3 slices, of which 1 is missing: 1 (counted from 0)")
    refused(1, ("merge", "part.2"), "2 are missing: 0, 1")
    shutil.copy("part.0", "again")
    refused(1, ("merge", "part.0", "part.1", "part.2", "again"), "again: is slice 0 of 3, as part.0 is")
    for prefix, other, fact in (("seed", ("--sample", "150", "--k", "1:30", "--seed", "7"), "seed 7 and 0"),
                                ("sample", ("--sample", "99", "--k", "1:30"), "sample 99 and 150"),
                                ("metric", (*words, "--metric", "cosine"), 'metric "cosine" and "euclidean"'),
                                ("ties", (*words, "--ties", "index"), 'ties "index" and "matrix"'),
                                ("k", ("--sample", "150", "--k", "5"), "k [5] and [1,2,")):
        shards("named.txt", "y.npy", 3, *other, prefix=prefix)
        refused(1, ("merge", "part.0", f"{prefix}.1", "part.2"), f"{prefix}.1: is of another run than part.0: {fact}")
    shards("named.txt", "x.npy", 3, *words, prefix="file")
    refused(1, ("merge", "part.0", "file.1", "part.2"), 'y file "x.npy" and "y.npy"')
    shards("named.txt", "y.npy", 4, *words, prefix="four")
    refused(1, ("merge", "part.0", "four.1"), "four.1: is one of 4 slices, and part.0 one of 3")
    kept = open("y.npy", "rb").read()
    npy("y.npy", [row[:3] + [row[3] + 1] for row in Y], "d")
    shards("named.txt", "y.npy", 3, *words, prefix="changed")
    refused(1, ("merge", "part.0", "changed.1", "part.2"), "changed.1: does not go with part.0, in y", "changed between")
    open("y.npy", "wb").write(kept)

    # Damaged parts: cut anywhere, one byte changed anywhere, more than there should be, something else.
    part = bytes(before)
    for end in (0, 1, 10, 60, part.index(b"\n"), part.index(b"\n") + 1, len(part) // 2, len(part) - 1):
        open("cut", "wb").write(part[:end])
        refused(1, ("merge", "part.0", "cut", "part.2"), "cut: ")
    open("more", "wb").write(part + b"x")
    refused(1, ("merge", "part.0", "more", "part.2"), "more: is damaged")
    for _ in range(300):
        at = numbers.randrange(len(part))
        open("bad", "wb").write(part[:at] + bytes([part[at] ^ 1 << numbers.randrange(8)]) + part[at + 1:])
        status, out, err = run("merge", "part.0", "bad", "part.2")
        check(status == 1 and err.startswith("nngs: bad: "), f"a changed byte at {at}", status, err)
    # Alone there is nothing to compare the first line with; what is counted there has to fit the lists.
    one = shards("x.npy", "y.npy", 1, "--sample", "9", "--k", "3")[0]
    text = open(one, "rb").read()
    for old, new in ((b'"n":150', b'"n":151'), (b'"sample":9', b'"sample":8'), (b'"seed":0', b'"seed":1'),
                     (b'"k":[3]', b'"k":[2]'), (b'"of":1', b'"of":2'), (b'"k":[3]', b'"k":[]'),
                     (b'"k":[3]', b'"k":[0,3]'), (b'"sample":9', b'"sample":"9"'), (b'"metric":"e', b'"metric":"f'),
                     (b'"slice":0', b'"slice":-1'), (b'"n":150', b'"n":-5')):
        check(old in text, old)
        open("bad", "wb").write(text.replace(old, new, 1))
        refused(1, ("merge", "bad"), "bad: ")
    # What no run has is refused before it is used: no score of 0 rows, no slices of 2^63 items.
    for old, new, fact in ((b'"sample":9', b'"sample":0', "samples 0 of 150 rows"),
                           (b'"sample":9', b'"sample":1', "samples 1 of 150 rows"),
                           (b'"sample":9', b'"sample":151', "samples 151 of 150 rows"),
                           (b'"n":150', b'"n":1', "of 1 items"), (b'"n":150', b'"n":4294967296', "of 4294967296 items"),
                           (b'"n":150', b'"n":9223372036854775807', "of 9223372036854775807 items"),
                           (b'"cols":4', b'"cols":0', "without columns")):
        check(old in text, old)
        open("bad", "wb").write(text.replace(old, new, 1))
        refused(1, ("merge", "bad"), "bad: is damaged: ", fact)
    # Nothing that a part says reaches the terminal as the terminal would obey it.
    obeyed = b"a\\u001b[2J\\u007f\\u009b"
    hostile = (text.replace(b'"file":"x.npy"', b'"file":"' + obeyed + b'"', 1).replace(b'"type":"', b'"type":"' + obeyed, 1)
               .replace(b'"notes":[]', b'"notes":["' + obeyed + b'"]')
               .replace(b'"cols":4', b'"names":{"column":1,"title":"' + obeyed + b'"},"labels":["' + obeyed + b'"],"cols":4', 1))
    open("hostile", "wb").write(hostile)
    open("bad", "wb").write(text.replace(b'"metric":"', b'"metric":"' + obeyed, 1))
    for words, expected in ((("hostile",), 0), (("hostile", "--json", "-"), 0), (("hostile", "--csv", "-"), 0), (("bad",), 1),
                            ((one, "hostile"), 1)):
        status, out, err = run("merge", *words)
        check(status == expected and all(c == "\n" or " " <= c < "\x7f" or c >= "\xa0" for c in out + err), f"merge {words}",
              repr(out), repr(err))
    refused(1, ("merge", "x.npy"), "x.npy: is no part of a score")
    refused(1, ("merge", "nowhere"), "nowhere")

    # Command lines.
    shard = ("shard", "x.npy", "y.npy", "--sample", "9")
    for base in ("3/3", "-1/3", "1", "/", "1/0", "a/b", "0/2000000", "1/3/4", "", "0x1/3"):
        refused(2, (*shard, "-o", "p", f"--base={base}"), "--base")
    refused(2, (*shard, "--base", "0/1"), "-o")
    refused(2, (*shard, "-o", "p"), "--base")
    refused(2, ("shard", "x.npy", "y.npy", "--base", "0/1", "-o", "p"), "--sample")
    refused(2, ("shard", "x.npy", "y.npy", "--base", "0/1", "-o", "p", "--sample", "151"), "150 rows")
    refused(2, (*shard, "--base", "0/1", "-o", "-"), "-o - is no file")
    os.mkdir("folder")
    refused(2, (*shard, "--base", "0/1", "-o", "folder"), "no regular file")
    check(os.path.isdir("folder") and not [name for name in os.listdir(".") if name.endswith(".part")], "what was there stays")
    check(not os.path.exists("-"), "no file of the name -")
    refused(2, ("shard", "-", "y.npy", "--base", "0/1", "-o", "p", "--sample", "9"), "standard input")
    refused(2, (*shard, "--base", "0/1", "-o", "x.npy"), "would overwrite X")
    refused(2, (*shard, "--base", "0/1", "-o", "p", "--k", "150"), "k = 150")
    refused(1, (*shard, "--base", "0/1", "-o", "no/p"), "no/p")
    refused(1, ("shard", "x.npy", "missing.npy", "--sample", "9", "--base", "0/1", "-o", "p"), "missing.npy")
    npy("empty.npy", [[]] * 5)
    refused(1, ("shard", "empty.npy", "empty.npy", "--sample", "3", "--base", "0/1", "-o", "p"), "empty.npy: has no columns")
    refused(2, (*shard, "--base", "0/1", "-o", "p", "--names", "first", "--memory", "1G"), "--names first", "--skip 1")
    # Compressed columns would be inflated anew for every row; a whole read takes them, where there is zlib.
    with zipfile.ZipFile("columns.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        header = str({"descr": "<f4", "fortran_order": True, "shape": (n, 2)}).encode().ljust(117) + b"\n"
        archive.writestr("x.npy", b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header +
                         struct.pack(f"<{2 * n}f", *(row[j] for j in range(2) for row in X)))
    if run("columns.npz", "y.npy", "--sample", "9")[0] == 0:
        refused(1, ("shard", "columns.npz", "y.npy", "--sample", "9", "--base", "0/1", "-o", "p"), "columns.npz: ",
                "in order of columns", "numpy.ascontiguousarray")
    refused(2, ("merge",), "PARTS")
    refused(2, ("merge", "part.0", "--json", "part.0"), "would overwrite")
    check(not os.path.exists("p"), "what was refused wrote nothing")
    wrong = [row[:] for row in X]
    wrong[120][2] = float("nan")
    npy("wrong.npy", wrong)
    # A task looks at its slice and at the sampled rows.
    refused(1, ("shard", "wrong.npy", "y.npy", "--sample", "2", "--base", "2/3", "-o", "p"), "wrong.npy", "row 120, column 2")

    # The recipe of docs/program.md with a loop of a shell; that with GNU parallel is parallel.sh.
    if shutil.which("sh"):
        loop = 'for i in 0 1 2 3; do "$NNGS" shard x.npy y.npy --sample 40 --base $i/4 -o loop.$i || exit 1; done'
        done = subprocess.run(["sh", "-c", loop + '\n"$NNGS" merge loop.* --json -'], env={**os.environ, "NNGS": nngs}, capture_output=True)
        check(done.stdout.decode() == run("x.npy", "y.npy", "--no-cka", "--sample", "40", "--json", "-")[1], "the loop", done.stderr)

finish()
