#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""--clamp cuts as platonic-rep does (metrics.py, remove_outliers), and gives its mutual k-NN with --metric cosine.

The limits are found here by counting, not by sorting; the score by its definition. usage: clamp.py PATH_TO_NNGS
"""
import json
import math
import os
import random
import struct
import tempfile

from checks import check, finish, npy, run

numbers = random.Random(11)
n, d = 40, 9


def single(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


# A few coordinates are far larger than the others, as in the residual streams that are cut.
X = [[single(numbers.gauss(0, 1) * (20 if j == 3 else 1)) for j in range(d)] for i in range(n)]
Y = [[single(0.3 * a + numbers.gauss(0, 0.4)) for a in row] for row in X]


def score(x, y, *words):
    status, out, err = run(x, y, "--json", "-", *words)
    check(status == 0, f"nngs {words}", err)
    return json.loads(out) if status == 0 else None


def of_rank(values, rank):
    """The value with no more than `rank` smaller ones, and more than `rank` that are no larger."""
    return next(v for v in values if sum(u < v for u in values) <= rank < sum(u <= v for u in values))


def limit_of_all(M, q):
    magnitudes = [abs(v) for row in M for v in row]
    return of_rank(magnitudes, int(q * len(magnitudes)))


def limit_of_rows(M, q):
    total = 0
    for row in M:
        magnitudes = [abs(v) for v in row]
        rank = q * (len(row) - 1)
        low, high = of_rank(magnitudes, math.floor(rank)), of_rank(magnitudes, math.ceil(rank))
        total += low + (rank - math.floor(rank)) * (high - low)
    return total / len(M)


def cut(M, limit):
    return [[-limit if v < -limit else limit if v > limit else v for v in row] for row in M]


def mutual_knn(A, B, k):
    def neighbors(M):
        unit = [[v / math.sqrt(sum(u * u for u in row)) for v in row] for row in M]
        products = [[sum(a * b for a, b in zip(p, q)) for q in unit] for p in unit]
        return [set(sorted((j for j in range(n) if j != i), key=lambda j: -products[i][j])[:k]) for i in range(n)]
    return sum(len(a & b) / k for a, b in zip(neighbors(A), neighbors(B))) / n


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    x, y = npy("x.npy", X), npy("y.npy", Y)
    uncut = score(x, y, "--k", "5", "--metric", "cosine")
    check("clamp" not in uncut and "clamp_limit" not in uncut["x"], "nothing is cut unasked")
    seen = set()
    for q in "0.95", "0.5", "0.999", "0.3", "0.9":
        for form, limit in ("", limit_of_all), ("rows:", limit_of_rows):
            at_x, at_y = single(limit(X, float(q))), single(limit(Y, float(q)))
            result = score(x, y, "--k", "5", "--metric", "cosine", "--clamp", form + q)
            check(result["clamp"] == form + q, "the choice in JSON", result)
            for side, at in ("x", at_x), ("y", at_y):
                found = result[side]["clamp_limit"]
                right = found == at if form == "" else abs(found - at) < 1e-6 * at
                check(right, f"the limit at {form}{q} of {side}", found, at)
            # The same as files that were cut before, every score and CKA.
            before = score(npy("cx.npy", cut(X, result["x"]["clamp_limit"])),
                           npy("cy.npy", cut(Y, result["y"]["clamp_limit"])), "--k", "5", "--metric", "cosine")
            check(result["curve"] == before["curve"] and result["cka"] == before["cka"], f"cut at {form}{q}")
            expected = mutual_knn(cut(X, at_x), cut(Y, at_y), 5)
            check(abs(result["curve"][0]["overlap"] - expected) < 1e-12, f"mutual k-NN at {form}{q}",
                  result["curve"][0]["overlap"], expected)
            seen.add(expected)
    tells = mutual_knn(X, Y, 5) != mutual_knn(cut(X, limit_of_all(X, 0.9)), cut(Y, limit_of_all(Y, 0.9)), 5)
    check(len(seen) > 4 and tells, "the data do not tell quantiles apart", seen)

    # 1 does nothing, and limits of doubles are doubles.
    for q in "1", "1.0", "rows:1":
        check(score(x, y, "--k", "5", "--metric", "cosine", "--clamp", q)["curve"] == uncut["curve"], f"--clamp {q}")
    doubles = [[v * 1.1 for v in row] for row in X]
    result = score(npy("d.npy", doubles, "d"), y, "--k", "5", "--clamp", "0.9")
    check(result["x"]["clamp_limit"] == limit_of_all(doubles, 0.9), "limits of doubles")
    status, out, _ = run(x, y, "--k", "5", "--clamp", "0.95")
    check("cut at +-" in out and all(len(line) <= 80 for line in out.splitlines()), "the table tells", out)

    # nngs matrix cuts each file as the pair does.
    pair = score(x, y, "--k", "5", "--metric", "cosine", "--clamp", "0.9")["curve"][0]
    status, out, err = run("matrix", x, y, "--k", "5", "--metric", "cosine", "--clamp", "0.9", "--json", "-")
    check(status == 0 and json.loads(out)["clamp"] == "0.9", "nngs matrix", err)
    check(json.loads(out)["pairs"][0]["jaccard"] == pair["jaccard"] != uncut["curve"][0]["jaccard"], "nngs matrix", out)

    # The whole file is cut, before any row is left out.
    def named(name, M, rows):
        with open(name, "w") as file:
            file.writelines(f"w{i} " + " ".join(map(repr, M[i])) + "\n" for i in rows)
        return name
    joined = score(named("x.txt", X, range(n)), named("y.txt", Y, range(0, n, 2)), "--join", "--k", "5", "--clamp", "0.9")
    check(joined["n"] == n // 2 and joined["x"]["clamp_limit"] == limit_of_all(X, 0.9), "joined files", joined["x"])

    # What cannot be cut.
    for q in "0", "-0.5", "1.01", "95", "nan", "inf", "", "rows:", "rows:2", "columns:0.9", "0.9x":
        status, _, err = run(x, y, "--clamp", q)
        check(status == 2 and "--clamp" in err, f"--clamp {q} is no quantile", status, err)
    for value in math.nan, math.inf, -math.inf:
        wrong = [list(row) for row in X]
        wrong[7][2] = value
        for q in "0.9", "rows:0.9":
            status, _, err = run(npy("wrong.npy", wrong), y, "--clamp", q)
            check(status == 1 and "wrong.npy: row 7, column 2" in err and "finite" in err, f"{value} is cut", err)
    sparse = [[v if j == i % d else 0 for j, v in enumerate(row)] for i, row in enumerate(X)]
    for q in "0.5", "rows:0.5":
        status, _, err = run(npy("sparse.npy", sparse), y, "--clamp", q)
        check(status == 1 and "sparse.npy: --clamp " + q in err and "larger quantile" in err, "a limit of 0", err)

finish()
