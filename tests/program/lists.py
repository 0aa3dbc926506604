#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""nngs lists: lists score what the matrices score that they come from, and what is wrong with lists is told.

usage: lists.py PATH_TO_NNGS
"""
import json
import math
import os
import random
import struct
import tempfile
from fractions import Fraction

from checks import check, finish, run

numbers = random.Random(7)
n, K = 50, 12
X = [[numbers.gauss(0, 1) for _ in range(3)] for _ in range(n)]
Y = [[a + 0.7 * numbers.gauss(0, 1) for a in row] for row in X]


def put(name, data):
    with open(name, "wb") as file:
        file.write(data)
    return name


def npy(name, lists, code="q", fortran=False, big=False):
    order = ">" if big else "<"
    kind = {"b": "i1", "B": "u1", "h": "i2", "H": "u2", "i": "i4", "I": "u4", "q": "i8", "Q": "u8", "d": "f8"}[code]
    shape = (len(lists), len(lists[0]))
    header = str({"descr": ("|" if kind[1] == "1" else order) + kind, "fortran_order": fortran, "shape": shape})
    header = header.encode().ljust(117) + b"\n"
    rows = zip(*lists) if fortran else lists
    flat = [id for row in rows for id in row]
    data = struct.pack(f"{order}{len(flat)}{code}", *flat)
    return put(name, b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + data)


def ivecs(name, lists):
    return put(name, b"".join(struct.pack(f"<{len(row) + 1}i", len(row), *row) for row in lists))


def bigann(name, lists, distances):
    ids, far = [i for row in lists for i in row], [d for row in distances for d in row]
    head = struct.pack("<2I", len(lists), len(lists[0]))
    return put(name, head + struct.pack(f"<{len(ids)}I", *(i & 0xFFFFFFFF for i in ids)) + struct.pack(f"<{len(far)}f", *far))


def squared(M, a, b):
    return sum((p - q) ** 2 for p, q in zip(M[a], M[b]))


def neighbors(M, k):
    return [sorted((j for j in range(n) if j != i), key=lambda j: squared(M, i, j))[:k] for i in range(n)]


def scores(*words):
    status, out, err = run("lists", *words, "--json", "-")
    check(status == 0, f"nngs lists {words}", err)
    return (json.loads(out) if status == 0 else {"curve": []}), err


def refused(status, words, *facts):
    got, _, err = run("lists", *words)
    check(got == status and all(fact in err for fact in facts), f"nngs lists {words} is to tell {facts}", got, err)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    in_x, in_y = neighbors(X, K), neighbors(Y, K)
    for name, M in ("x.txt", X), ("y.txt", Y):
        put(name, "".join(" ".join(map(repr, row)) + "\n" for row in M).encode())
    common = ("--permutations", "99", "--seed", "3", "--k", "1,5,12")
    status, out, err = run("x.txt", "y.txt", "--no-cka", "--json", "-", "--changed", "5", *common)
    of_matrices = json.loads(out)
    x, y = npy("x.npy", in_x), npy("y.npy", in_y)

    # Lists score what the matrices score.
    result, err = scores(x, y, "--changed", "5", *common)
    check(result["curve"] == of_matrices["curve"], "the curve is not that of the matrices", result["curve"])
    check(result["p_curve"] == of_matrices["p_curve"], "p of the curve")
    check(err == "" and result["n"] == n and result["x"]["neighbors"] == K, "what the file holds", err, result)
    for one, other in zip(result["changed"], of_matrices["changed"]):
        for key in ("row", "label", "k", "jaccard", "p", "adjusted_p"):
            check(one[key] == other[key], "changed items", one, other)
        check([a["row"] for a in one["x"]] == [a["row"] for a in other["x"]], "neighbours of a changed item")
    status, csv_lists, _ = run("lists", x, y, "--csv", "-", *common)
    status, csv_files, _ = run("x.txt", "y.txt", "--csv", "-", "--no-cka", *common)
    check(csv_lists == csv_files, "CSV", csv_lists, csv_files)
    groups = put("groups.txt", "".join(f"{i % 3}\n" for i in range(n)).encode())
    result, _ = scores(x, y, "--groups", groups, *common)
    _, out, _ = run("x.txt", "y.txt", "--no-cka", "--json", "-", "--groups", groups, *common)
    check(result["curve"] == json.loads(out)["curve"], "groups")
    result, _ = scores(x, y, "--all-k")
    check([point["k"] for point in result["curve"]] == list(range(1, K + 1)), "--all-k")
    check([point["k"] for point in scores(x, y)[0]["curve"]] == [1, 3, 10, K], "k by default")
    check(scores(x, y, "--threads", "2")[0] == scores(x, y, "--threads", "1")[0], "threads")
    status, out, _ = run("lists", x, y)
    check("50 lists of 12 int64" in out and all(len(line) <= 80 for line in out.splitlines()), "the table", out)

    # Every integer type, layout and byte order, .ivecs, BigANN, standard input.
    plain = scores(x, y, *common)[0]["curve"]
    for code in "bBhHiIqQ":
        for fortran in False, True:
            for big in False, True:
                other = npy("other.npy", in_x, code, fortran, big)
                check(scores(other, y, *common)[0]["curve"] == plain, f"type {code}, {fortran}, {big}")
    check(scores(ivecs("x.ivecs", in_x), ivecs("y.ivecs", in_y), *common)[0]["curve"] == plain, "ivecs")
    far = [[squared(X, i, j) for j in row] for i, row in enumerate(in_x)]
    result, _ = scores(bigann("x.bin", in_x, far), y, *common)
    check(result["curve"] == plain and result["x"]["distances"] and not result["y"]["distances"], "BigANN", result)
    result, err = scores(bigann("x.bin", in_x, [[-d for d in row] for row in far]), y, *common)
    check(result["curve"] == plain and "taken for similarities" in err, "similarities", err)
    status, out, _ = run("lists", "-", y, "--json", "-", *common, stdin=open(x, "rb").read())
    check(json.loads(out)["curve"] == plain and json.loads(out)["x"]["file"] == "standard input", "standard input")
    check(scores(npy("more.npy", [[77] + row for row in in_x], "h"), npy("also.npy", [[-9] + row for row in in_y]), "--skip", "1", *common)[0]["curve"] == plain,
          "--skip")

    # The item itself stands first, last or anywhere; where some lists lack it, the others give the length.
    for place in 0, 5, K:
        itself = [row[:place] + [i] + row[place:] for i, row in enumerate(in_x)]
        result, err = scores(npy("itself.npy", itself), y, *common)
        check(result["curve"] == plain and "12 neighbours are left" in err, f"the item itself at {place}", err)
    deep = neighbors(X, K + 1)
    some = [row if i % 3 else [i] + row[:-1] for i, row in enumerate(deep)]
    result, err = scores(npy("some.npy", some, "i"), y, *common)
    check(result["curve"] == plain and "17 of 50 lists name the item itself" in err, "itself in some lists", err)

    # Distances tell ties: here the 5th and the 6th of every list are equally far in x, and in y for even rows.
    def level(lists, M, rows):
        far = [[squared(M, i, j) for j in row] for i, row in enumerate(lists)]
        for i in rows:
            far[i][5] = far[i][4]
        return far
    xb = bigann("xb.bin", in_x, level(in_x, X, range(n)))
    yb = bigann("yb.bin", in_y, level(in_y, Y, range(0, n, 2)))
    tied = {p["k"]: (p["tied_items"], p["tied_in_both"]) for p in scores(xb, yb, "--k", "4,5,6")[0]["curve"]}
    check(tied == {4: (0, 0), 5: (n, n // 2), 6: (0, 0)}, "ties", tied)
    status, out, _ = run("lists", xb, yb, "--k", "5", "--changed", "1")
    check("Tied items" in out and "--ties" not in out and "with distances" in out, "ties in the table", out)

    # Missing neighbours: refused with counts; allowed, the definition once more, in fractions.
    def cut(lists, shift):
        sizes = [0 if (i + shift) % 17 == 0 else K - (i * 5 + shift) % 7 for i in range(n)]
        sizes[34] = 0
        return [row[:size] for row, size in zip(lists, sizes)]
    short_x, short_y = cut(in_x, 0), cut(in_y, 3)
    short_x[3] = [in_x[3][0]] + in_x[3][2:9]
    padded_x = [row + [-1] * (K - len(row)) for row in short_x]
    padded_x[3] = [in_x[3][0], -1] + in_x[3][2:9] + [-1, -1, -1]  # a hole, as graph indices leave them
    padded_y = [row + [-1] * (K - len(row)) for row in short_y]
    px, py = npy("px.npy", padded_x), npy("py.npy", padded_y, "i")
    lacking = sum(len(row) < K for row in short_x)
    entries = sum(K - len(row) for row in short_x)
    refused(1, (px, y), f"px.npy: {lacking} of 50 lists have fewer than 12 neighbours: {entries} are not there",
            "first in row 0", "--missing allow")

    def by_definition(k):
        J = O = EJ = EO = Fraction(0)
        items = 0
        for a, b in zip(short_x, short_y):
            a, b = set(a[:k]), set(b[:k])
            if not a and not b:
                continue
            items += 1
            s, o = len(a) + len(b), len(a & b)
            J, O = J + Fraction(o, s - o), O + Fraction(2 * o, s)
            ways = math.comb(n - 1, len(b))
            for shared in range(min(len(a), len(b)) + 1):
                weight = Fraction(math.comb(len(a), shared) * math.comb(n - 1 - len(a), len(b) - shared), ways)
                EJ, EO = EJ + weight * Fraction(shared, s - shared), EO + weight * Fraction(2 * shared, s)
        return [float(value / items) for value in (J, O, EJ, EO)]

    result, err = scores(px, py, "--missing", "allow", "--k", "1,5,6,10,12", "--changed", "3")
    for point in result["curve"]:
        J, O, EJ, EO = by_definition(point["k"])
        for name, value in ("jaccard", J), ("overlap", O), ("chance", EJ), ("adjusted", (J - EJ) / (1 - EJ)):
            check(abs(point[name] - value) < 1e-12, f"{name} at k = {point['k']}", point[name], value)
        check("z" not in point, "there is no z of lists of different lengths")
    both = sum(not a and not b for a, b in zip(short_x, short_y))
    check(both > 0 and result["missing"] == {
        "k": K, "short_lists_x": lacking, "short_lists_y": sum(len(row) < K for row in short_y), "items_left_out": both},
        "what is missing", result.get("missing"))
    check("fewer than 12" in err, "standard error tells of missing neighbours", err)
    again, _ = scores(ivecs("sx.ivecs", short_x), ivecs("sy.ivecs", short_y), "--missing", "allow", "--k", "1,5,6,10,12")
    check(again["curve"] == result["curve"], "short lists of .ivecs are missing neighbours")
    status, out, _ = run("lists", px, py, "--missing", "allow")
    check(status == 0 and f"{lacking} lists of x" in out and "no z" in out and f"are left out: {both}." in out, "table", out)
    refused(2, (px, py, "--missing", "allow", "--permutations", "9"), "same length", f"{lacking} lists of x")
    check(scores(px, px, "--missing", "allow")[0]["curve"][-1]["jaccard"] == 1, "a file with gaps is like itself")
    # Where nothing is missing at the k asked for, the scores are those of whole lists.
    late = [row[:-1] + [-1] if i % 2 else row for i, row in enumerate(in_x)]
    result, _ = scores(npy("late.npy", late), y, "--missing", "allow", "--k", "1,5,11", "--permutations", "9")
    check([p["jaccard"] for p in result["curve"][:2]] == [p["jaccard"] for p in plain[:2]] and "z" in result["curve"][0],
          "whole as far as asked", result)
    check("missing" not in result, "nothing is missing as far as asked")
    result, _ = scores(x, y, "--missing", "allow", *common)
    check(result["curve"] == plain, "--missing allow changes nothing where nothing is missing")

    # What is wrong is told with counts and the way out.
    def with_entry(row, column, id, more=()):
        lists = [list(one) for one in in_x]
        for r, c, i in ((row, column, id), *more):
            lists[r][c] = i
        return lists
    refused(1, (npy("bad.npy", with_entry(4, 2, n)), y), "bad.npy: has 50 lists", "not in [0, 50)", "1 entry of 1 list",
            "first 50 in row 4, column 2", "another base")
    refused(1, (npy("bad.npy", with_entry(4, 2, -7, [(4, 3, -8), (9, 0, -2)])), y), "3 entries of 2 lists", "first -7")
    refused(1, (npy("bad.npy", [[i + 1 for i in row] for row in in_x]), y), "not in [0, 50)", "count from 1: subtract 1")
    refused(1, (npy("bad.npy", with_entry(4, 2, in_x[4][0], [(7, 1, in_x[7][0])])), y), "twice in 2 lists",
            f"the first {in_x[4][0]} in row 4, again in column 2")
    refused(1, (npy("bad.npy", with_entry(0, 0, 2**64 - 2), "Q"), y), "not in [0, 50)", "9223372036854775807")
    refused(1, (npy("bad.npy", with_entry(0, 0, 2**32 - 1), "I"), y), "1 of 50 lists have fewer than 12")
    refused(1, (npy("bad.npy", in_x[:40]), y), "not in [0, 40)")
    refused(1, (x, npy("bad.npy", [[(i + 1) % 40, (i + 2) % 40] for i in range(40)])), "bad.npy: has 40 lists, but x.npy has 50")
    refused(1, (npy("bad.npy", X, "d"), y), "bad.npy: holds float64: lists are integers", "nngs X Y")
    refused(1, (npy("bad.npy", [[i] for i in range(n)]), y), "the item itself alone")
    refused(1, ("x.txt", y), "x.txt: no neighbour lists", ".ivecs")
    refused(1, (put("bad.bin", b"12345678abc"), y), "bad.bin: no neighbour lists", "n and K")
    refused(1, (put("bad.ivecs", open("x.ivecs", "rb").read()[:-2]), y), "list 49", "cut short")
    refused(1, (put("bad.ivecs", struct.pack("<2i", -1, 5)), y), "says that it has -1")
    far[7][3] = float("nan")
    refused(1, (bigann("bad.bin", in_x, far), y), "row 7 at rank 3", "must be a number")
    far[7][3] = 0
    refused(1, (bigann("bad.bin", in_x, far), y), "row 7 at rank 3", "ascend")
    refused(1, (npy("bad.npy", [[-1] * 3] * n), y, "--missing", "allow"), "nothing is there to score")
    refused(2, (x, y, "--k", "13"), "k = 13", "have 12 neighbours")
    refused(2, (x, y, "--k", "3", "--plot", "a.svg"), "more than one k")
    refused(2, (x, y, "--missing", "maybe"), "use allow or refuse")
    refused(2, (x,), "Y is required")
    refused(2, (x, y, "--metric", "cosine"), "--metric")
    refused(2, (x, y, "--csv", "x.npy"), "would overwrite X")
    refused(1, (x, y, "--skip", "13"), "x.npy")
    check(run("lists", "--help")[0] == 0 and "--missing" in run("lists", "--help")[1], "--help")

finish()
