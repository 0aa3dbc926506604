#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""nngs X Y --lists-x --lists-y --exact-sample M: lists that miss neighbours are corrected by an exact search of M rows.

usage: exact_sample.py PATH_TO_NNGS
"""
import json
import os
import random
import struct
import tempfile

from checks import check, finish, npy, run

numbers = random.Random(5)
n, K = 80, 9
X = [[numbers.gauss(0, 1) for _ in range(3)] for _ in range(n)]
Y = [[a + 0.5 * numbers.gauss(0, 1) for a in row] for row in X]


def ivecs(name, lists):
    with open(name, "wb") as file:
        for row in lists:
            file.write(struct.pack(f"<{len(row) + 1}i", len(row), *row))
    return name


def neighbors(M, k):
    far = lambda i, j: sum((a - b) ** 2 for a, b in zip(M[i], M[j]))
    return [sorted((j for j in range(n) if j != i), key=lambda j: far(i, j))[:k] for i in range(n)]


def with_misses(M):
    """Each neighbour is missed with a probability of 0.2, and the next one taken."""
    return [[j for j in row if numbers.random() > 0.2][:K] for row in neighbors(M, 3 * K)]


def read(*words):
    status, out, err = run("x.npy", "y.npy", *words, "--json", "-")
    check(status == 0, f"nngs X Y {words}", err)
    return (json.loads(out) if status == 0 else {}), err


def corrected(lists_x, lists_y, rows, *words):
    return read("--lists-x", lists_x, "--lists-y", lists_y, "--exact-sample", str(rows), *words)


def refused(status, words, *facts):
    got, _, err = run("x.npy", "y.npy", *words)
    check(got == status and all(fact in err for fact in facts), f"{words} is to tell {facts}", got, err)


def near(a, b):
    return abs(a - b) < 1e-12


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    npy("x.npy", X, "d"), npy("y.npy", Y, "d")
    exact_x, exact_y = ivecs("ex.ivecs", neighbors(X, K)), ivecs("ey.ivecs", neighbors(Y, K))
    missed_x, missed_y = with_misses(X), with_misses(Y)
    lists_x, lists_y = ivecs("mx.ivecs", missed_x), ivecs("my.ivecs", missed_y)
    ks = ("--k", "1,5,9", "--no-cka")
    whole, _ = read(*ks)
    status, out, _ = run("lists", lists_x, lists_y, "--k", "1,5,9", "--json", "-")
    of_lists = json.loads(out)

    # All rows searched: the scores of the files, and no error.
    result, err = corrected(lists_x, lists_y, n, *ks)
    check(err == "", "nothing to note", err)
    check(result["exact_sample"] == n and result["seed"] == 0 and "sample" not in result, "what was asked", result)
    check(result["lists"] == {"x": lists_x, "y": lists_y}, "the files of lists", result)
    for point, other, lists, of in zip(result["curve"], whole["curve"], of_lists["curve"], result["corrected"]):
        check(point["k"] == other["k"] == of["k"], "k")
        for name in "jaccard", "overlap", "chance", "adjusted":
            check(near(point[name], other[name]), f"{name} of all rows", point, other)
        check(point["standard_error"] == 0 and point["lower"] == point["upper"] == point["jaccard"], "no error", point)
        check(of["jaccard_of_lists"] == lists["jaccard"] and of["overlap_of_lists"] == lists["overlap"], "as found", of)
        k = of["k"]
        for name, M, found in ("recall_x", X, missed_x), ("recall_y", Y, missed_y):
            held = sum(len(set(a[:k]) & set(b[:k])) for a, b in zip(neighbors(M, k), found)) / (n * k)
            check(near(of[name]["value"], held), f"{name} at k = {k}", of[name], held)
    check(result["corrected"][-1]["jaccard_of_lists"] < result["curve"][-1]["jaccard"], "lists score too low")

    # Some rows: the same for any number of threads, another for another seed, near the score of the files.
    some, _ = corrected(lists_x, lists_y, 40, "--seed", "3", *ks)
    check(some == corrected(lists_x, lists_y, 40, "--seed", "3", "--threads", "1", *ks)[0], "threads")
    check(some["curve"] != corrected(lists_x, lists_y, 40, "--seed", "4", *ks)[0]["curve"], "seed")
    for point in some["curve"]:
        check(0 < point["standard_error"] and point["lower"] < point["jaccard"] < point["upper"], "interval", point)
    held = sum(one["lower"] <= whole["curve"][2]["jaccard"] <= one["upper"]
               for one in (corrected(lists_x, lists_y, 40, "--seed", str(s), "--k", "9", "--no-cka")[0]["curve"][0] for s in range(40)))
    check(held >= 34, "40 intervals of 95 % hold the score", held)  # fewer: once in 20,000

    # Exact lists stay as they are; then the table says what the sample can have missed.
    result, _ = corrected(exact_x, exact_y, 40, *ks)
    for point, other in zip(result["curve"], whole["curve"]):
        check(point["jaccard"] == other["jaccard"] and point["standard_error"] == 0, "exact lists", point, other)
    words = ("x.npy", "y.npy", "--lists-x", exact_x, "--lists-y", exact_y, "--exact-sample", "40")
    status, out, _ = run(*words)
    check("No sampled row is changed" in out and all(len(line) <= 80 for line in out.splitlines()), "the table", out)
    check("40 of 80 rows (seed 0)" in out and "recall x" in out and "less than half" not in out, "the table", out)
    status, out, _ = run(*words, "--metric", "inner-product", "--all-k")
    check(status == 0 and "less than half" in out and out.count("\n       9 ") == 2, "lists of another metric", out)
    check([p["k"] for p in corrected(exact_x, exact_y, 40)[0]["curve"]] == [1, 3, K], "k by default")

    # What does not go together, or does not fit.
    lists = ("--lists-x", lists_x, "--lists-y", lists_y)
    refused(2, ("--lists-x", lists_x), "--exact-sample")
    refused(2, ("--lists-x", lists_x, "--exact-sample", "9"), "--lists-y")
    refused(2, ("--exact-sample", "9"), "--lists-x")
    refused(2, (*lists, "--exact-sample", "1"), "from 2 on")
    refused(2, (*lists, "--exact-sample", "81"), "these files have 80 rows")
    refused(2, (*lists, "--exact-sample", "9", "--k", "10"), "k = 10", "have 9 neighbours")
    for other in (("--sample", "9"), ("--permutations", "9"), ("--changed", "3"), ("--lists", "kept"), ("--join",),
                  ("--builder", "kd-tree"), ("--metric-y", "cosine")):
        refused(2, (*lists, "--exact-sample", "9", *other), other[0])
    refused(2, (*lists, "--exact-sample", "9", "--json", lists_x), lists_x)
    few = ivecs("few.ivecs", [[(i + 1) % 70] for i in range(70)])
    refused(1, ("--lists-x", few, "--lists-y", few, "--exact-sample", "9"), "few.ivecs: has 70 lists", "80 rows")
    short = ivecs("short.ivecs", [row[: 4 if i == 7 else K] for i, row in enumerate(missed_x)])
    both = ("--lists-x", short, "--lists-y", lists_y, "--exact-sample", "9")
    refused(1, (*both, "--k", "5"), "short.ivecs: 1 of 80 lists have fewer than k = 5", "smaller --k")
    check(run("x.npy", "y.npy", *both, "--k", "4")[0] == 0, "short lists serve as far as they go")

finish()
