#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""nngs X Y --sample M --growth: the first of the scores is that of the sample, and all are the same read in pieces.

usage: growth.py PATH_TO_NNGS
"""
import csv
import io
import json
import os
import random
import tempfile

from checks import check, finish, npy, run

numbers = random.Random(8)
n, k = 20000, 30
X = [[numbers.gauss(0, 1) for _ in range(8)] for _ in range(n)]
Y = [[a + 0.5 * numbers.gauss(0, 1) for a in row] for row in X]
sample = ("--sample", "50", "--seed", "3", "--k", str(k), "--no-cka")


def read(*words):
    status, out, err = run("x.npy", "y.npy", *words, "--json", "-")
    check(status == 0, f"nngs X Y {words}", err)
    return json.loads(out)


def refused(words, *said):
    status, _, err = run("x.npy", "y.npy", *words)
    check(status == 2 and all(word in err for word in said), f"{words} is not refused in these words", said, err)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    npy("x.npy", X)
    npy("y.npy", Y)
    grown, alone = read(*sample, "--growth"), read(*sample)
    check(grown["curve"] == alone["curve"], "the score of all items is not that of the sample", grown["curve"], alone["curve"])
    for kept in "k", "share":
        first = dict(grown["growth"][kept][0])
        check(first.pop("items") == n and first == alone["curve"][0], f"the first score by {kept} is another", first)
        items = [one["items"] for one in grown["growth"][kept]]
        check(len(items) == 9, "so many levels leave no more than 50 others", items)
        check(all(0.4 * a < b < 0.65 * a for a, b in zip(items, items[1:-1])), "not half of the items", items)
    check(all(one["k"] == k for one in grown["growth"]["k"]), "k changes where it is kept")
    check(all(one["k"] == max(1, k * one["items"] // n) for one in grown["growth"]["share"]), "not the share of k")
    scores = [one["jaccard"] for one in grown["growth"]["k"]]
    check(scores == sorted(scores), "scores do not fall as such items grow in number", scores)

    check(read(*sample, "--growth", "--memory", "26M") == grown, "other scores from files in pieces")
    check(read(*sample, "--growth", "--threads", "3") == grown, "other scores on three threads")
    other = read(*sample[:2], "--seed", "4", "--growth", "--no-cka", "--no-chance")
    check([one["items"] for one in other["growth"]["k"]] != items, "another seed draws the same items")
    check(other["growth"]["k"][0]["k"] == 10 and "chance" not in other["growth"]["k"][0], "not k = 10, or chance", other["growth"])

    status, out, err = run("x.npy", "y.npy", *sample, "--growth", "--csv", "-")
    lines = list(csv.DictReader(io.StringIO(out)))
    told = [dict(one, kept=kept) for kept in ("k", "share") for one in grown["growth"][kept]]
    same = all(all(str(value) == str(one[name]) or float(value) == one[name] for name, value in line.items())
               for line, one in zip(lines, told))
    check(status == 0 and len(lines) == len(told) and same, "CSV is not JSON", out, err)
    status, out, err = run("x.npy", "y.npy", *sample, "--growth")
    check(status == 0 and out.count(f"{n:>12}") == 2 and all(len(line) <= 80 for line in out.split("\n")), "the table", out, err)

    refused(["--growth"], "--sample M")
    refused([*sample[:4], "--growth", "--k", "1,10"], "one k", "1,10 are 2")
    refused([*sample[:4], "--growth", "--all-k"], "one k", "--all-k")
finish()
