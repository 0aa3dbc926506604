#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""--lists FOLDER: kept lists are taken where all facts are the same, and never change a score. usage: kept_lists.py NNGS"""
import json
import os
import random
import shutil
import subprocess
import tempfile

from checks import check, finish, nngs, npy, run

numbers = random.Random(5)
n, d = 60, 4
X = [[float(numbers.randrange(4)) for _ in range(d)] for _ in range(n)]  # full of ties
Y = [[v + numbers.randrange(2) for v in row] for row in X]


def score(*words):
    status, out, err = run(*words, "--json", "-")
    check(status == 0, f"nngs {words}", err)
    return out, err


def kept():
    return sorted(os.listdir("kept"))


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    x, y = npy("x.npy", X), npy("y.npy", Y)
    lists = ("--lists", "kept")

    # The same report, to the byte, without, with and from kept lists.
    options = ("--k", "1,5,20", "--permutations", "19", "--changed", "3")
    plain, _ = score(x, y, *options)
    for time in "first", "second":
        out, err = score(x, y, *options, *lists)
        check(out == plain and err == "", f"the {time} time", out, err)
        check(len(kept()) == 2 and all(name.endswith("-k20.lists") for name in kept()), "what is kept", kept())

    # Deeper lists serve; for still deeper ones new are made; whatever decides the lists is told apart.
    def made(count, words, files=(x, y)):
        before = len(kept())
        without, _ = score(*files, *words)
        out, err = score(*files, *words, *lists)
        check(out == without and err == "", f"the score of {words}", out, err)
        check(len(kept()) == before + count, f"{words} is to make {count}", kept())
    made(0, ("--k", "5"))
    made(0, ("--k", "1", "--no-cka"))
    made(2, ("--k", "25"))
    made(0, ("--k", "21", "--builder", "kd-tree"))
    made(2, ("--k", "5", "--metric", "manhattan"))
    made(1, ("--k", "5", "--metric", "manhattan", "--metric-y", "minkowski:3"))
    made(2, ("--k", "5", "--ties", "index"))
    made(2, ("--k", "5", "--ties", "seed:3"))
    made(2, ("--k", "5", "--clamp", "0.9"))
    made(2, ("--k", "5", "--clamp", "rows:0.9"))
    made(0, ("--k", "5", "--threads", "2"))
    made(2, ("--k", "5", "--skip", "2"))
    made(0, ("--k", "7"), (npy("other_name.npy", X, "d"), y))
    changed = [list(row) for row in X]
    changed[n - 1][d - 1] += 1
    made(1, ("--k", "7"), (npy("changed.npy", changed), y))
    made(1, ("--k", "7"), (npy("shape.npy", [a + b for a, b in zip(X[::2], X[1::2])] * 2), y))
    made(2, ("--all-k",))

    # nngs matrix takes the lists of the pair, and keeps those of the third file for both.
    z = npy("z.npy", [row[::-1] for row in Y])
    before = len(kept())
    without, _ = run("matrix", x, y, z, "--k", "5", "--csv", "-")[1:]
    status, out, err = run("matrix", x, y, z, "--k", "5", "--csv", "-", *lists)
    check(status == 0 and out == without and err == "" and len(kept()) == before + 1, "nngs matrix", out, err, kept())
    made(0, ("--k", "4"), (z, x))
    status, _, err = run("matrix", x, y, "--sample", "20", *lists)
    check(status == 2 and "--sample does not go with --lists" in err, "samples of many", err)

    # Lists are taken: those of y under the name of x's make both alike.
    shutil.rmtree("kept")
    score(x, y, "--k", "5", *lists)
    first, second = kept()
    whole = {name: open(f"kept/{name}", "rb").read() for name in kept()}
    shutil.copy(f"kept/{first}", f"kept/{second}")
    check(json.loads(score(x, y, "--k", "5", *lists)[0])["curve"][0]["jaccard"] == 1, "kept lists are not taken")

    # Damaged files are told, searched anew and made whole.
    right, _ = score(x, y, "--k", "5")
    bytes_of = whole[second]
    middle = len(bytes_of) // 2
    flipped = bytes_of[:middle] + bytes([bytes_of[middle] ^ 1]) + bytes_of[middle + 1:]
    for damaged in b"", b"x", bytes_of[:-1], bytes_of[:40], flipped, bytes_of + b"\0":
        with open(f"kept/{second}", "wb") as file:
            file.write(damaged)
        out, err = score(x, y, "--k", "5", *lists)
        check(out == right and second in err and "searched anew" in err, "damaged lists", err)
        check({name: open(f"kept/{name}", "rb").read() for name in kept()} == whole, "the folder is mended")
        check(score(x, y, "--k", "5", *lists) == (right, ""), "and taken again")
    deeper = second.replace("-k5.", "-k9.")
    shutil.copy(f"kept/{second}", f"kept/{deeper}")  # a name that does not tell the truth
    out, err = score(x, y, "--k", "7", *lists)
    check(deeper in err and "its name does not say" in err, "a wrong name", err)
    os.mkdir("kept/" + second.replace("-k5.", "-k30."))
    out, err = score(x, y, "--k", "29", *lists)
    check("is a directory" in err and out == score(x, y, "--k", "29")[0], "a directory in its place", err)

    # Several programs at a time; nothing unfinished is left.
    shutil.rmtree("kept")
    several = [subprocess.Popen([nngs, x, y, "--k", "5", "--json", "-", *lists], stdout=subprocess.PIPE) for _ in range(4)]
    check(all(one.communicate()[0].decode() == right and one.returncode == 0 for one in several), "several at a time")
    check(kept() == sorted([first, second]), "what several leave", kept())

    status, _, err = run(x, y, "--lists", x)
    check(status == 1 and "x.npy: is no folder" in err, "a file is no folder", err)
    status, _, err = run(x, y, "--sample", "20", *lists)
    check(status == 2 and "--sample does not go with --lists" in err, "samples", err)
    status, _, err = run(x, y, "--lists", "")
    check(status == 2 and "is empty" in err, "no name", err)
    score(x, y, "--k", "5", "--lists", "deep/er/kept")
    check(len(os.listdir("deep/er/kept")) == 2, "folders are made")

finish()
