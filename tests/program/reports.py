#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Files of the kinds that public bug reports are about: unrelated data score chance, or a message says what is odd.

usage: reports.py PATH_TO_NNGS
"""
import json
import os
import random
import struct
import tempfile

from checks import check, finish, run

numbers = random.Random(2024)
n, d = 40, 4
X, Y = ([[round(numbers.gauss(0, 1), 4) for _ in range(d)] for _ in range(n)] for _ in "xy")


def put(name, text):
    with open(name, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return name


def rows(values, separator, first=None, number=str, last=None):
    lines = []
    for i, row in enumerate(values):
        cells = ([first(i)] if first else []) + [number(v) for v in row] + ([last(i)] if last else [])
        lines.append(separator.join(cells) + "\n")
    return "".join(lines)


reference = None


def score(x, y, *options):
    status, out, err = run(x, y, "--k", "5", "--no-cka", "--json", "-", *options)
    if status != 0:
        return None, err
    return json.loads(out), err


def pair(name, make):
    """Both files of a kind; they must be read as the 40 items of 4 coordinates that they are."""
    x, y = put("x_" + name, make(X)), put("y_" + name, make(Y))
    result, err = score(x, y)
    check(result is not None, name + " is not read", err)
    if result is None:
        return None, err
    check((result["n"], result["x"]["cols"]) == (n, d), name + " is read as another table",
          f"{result['n']} x {result['x']['cols']}", err)
    check(result["curve"] == reference["curve"], name + " scores otherwise", result["curve"], err)
    status, table, _ = run(x, y, "--no-cka")
    check(status == 0 and "names" in table.split("\n")[1], name + ": the report does not say what names are", table)
    check(all(len(line) <= 80 for line in table.split("\n")), name + ": a wide line", table)
    return result, err


def refused(name, text, *words):
    status, _, err = run(put(name, text), name)
    check(status == 1 and all(word in err for word in (name, *words)), name + " is not refused in these words",
          ", ".join(words), err)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    x, y = put("x.txt", rows(X, " ")), put("y.txt", rows(Y, " "))
    reference, _ = score(x, y)
    check(abs(reference["curve"][0]["z"]) < 3, "unrelated data do not score chance", reference["curve"])

    # Row numbers, ids and classes.
    quoted = lambda i: f'"{i + 1}"'
    titles = lambda separator, names: separator.join(names) + "\n"
    V, f = [f'"V{j + 1}"' for j in range(d)], [f"f{j}" for j in range(d)]
    pair("r.tsv", lambda M: titles("\t", V) + rows(M, "\t", quoted))
    pair("r.csv", lambda M: titles(",", V) + rows(M, ",", quoted))
    pair("r.txt", lambda M: titles(" ", V) + rows(M, " ", quoted))
    pair("no_header.csv", lambda M: rows(M, ",", str))
    pair("no_header.txt", lambda M: rows(M, " ", str))
    for title in "Unnamed: 0", "id", "index":
        result, err = pair("title.csv", lambda M: titles(",", [title] + f) + rows(M, ",", str))
        check("column 1" in err and title in err and "names" in err, f"no note names the column {title}", err)
        check(result["x"]["names"] == {"column": 1, "title": title}, "JSON does not tell the names", result["x"])
    pair("random_id.csv", lambda M: titles(",", ["id"] + f) + rows(M, ",", lambda i: str(7919 * i % 997)))
    pair("two.csv", lambda M: titles(",", ["word", "id"] + f) + rows(M, ",", lambda i: f"w{i},{i}"))
    make = lambda M: titles(",", f + ["label"]) + rows(M, ",", last=lambda i: str(i // 4))
    x, y = put("x_label.csv", make(X)), put("y_label.csv", make(Y))
    for options in ["--skip", "label"], ["--skip", "5"]:
        check(score(x, y, *options)[0]["curve"] == reference["curve"], "--skip does not leave out the label")
    result, err = score(x, y)
    check("column 5 'label'" in err and "whole numbers" in err and "the same in both" in err, "no note on a label", err)
    check(result["x"]["notes"] and result["notes"], "JSON does not have the notes", result)
    check(score(x, y, "--names", "none")[0]["x"]["cols"] == 5, "--names none takes names")
    check(run(x, y, "--skip", "lable")[0] == 2, "--skip of no column is no wrong command line")

    # Headers of numbers.
    pair("layers.csv", lambda M: "item,0,6,12,24\n" + rows(M, ",", str))
    pair("from_1.csv", lambda M: "word,1,2,3,4\n" + rows(M, ",", lambda i: f"w{i}"))
    pair("floats.csv", lambda M: "0.0,1.0,2.0,3.0\n" + rows(M, ","))
    pair("years.csv", lambda M: ",1990,2000,2010,2020\n" + rows(M, ",", str))
    pair("two_lines.csv", lambda M: ",a,a,b,b\n,0,1,0,1\n" + rows(M, ",", str))

    # Decimal commas.
    comma = lambda value: str(value).replace(".", ",")
    pair("semicolons.csv", lambda M: "a;b;c;d\n" + rows(M, ";", None, comma))
    pair("no_header_commas.csv", lambda M: rows(M, ";", None, comma))
    pair("r_csv2.csv", lambda M: '"";"V1";"V2";"V3";"V4"\n' + rows(M, ";", quoted, comma))
    pair("tabs.tsv", lambda M: rows(M, "\t", None, comma))
    refused("commas.txt", rows(X, " ", None, comma), "decimal comma")

    # Word vectors.
    for words in (["North Sea", "Mars"], ["Mars", "Apollo 11"], ["Mars", ""]):
        names = words + [f"w{i}" for i in range(n - 2)]
        pair("words.vec", lambda M: f"{n} {d}\n" + rows(M, " ", lambda i: names[i]))
    _, err = pair("claims.vec", lambda M: f"{n + 1} {d}\n" + rows(M, " ", lambda i: f"w{i}"))
    check(f"claims {n + 1} rows" in err, "no note on a wrong count", err)

    # Rows in another order.
    x = put("in_order.txt", rows(X, " ", lambda i: f"w{i}"))
    moved = list(range(n))
    moved[:12] = moved[1:12] + moved[:1]
    y = put("moved.txt", "".join(rows([X[i]], " ", lambda _: f"w{i}") for i in moved))
    status, _, err = run(x, y)
    check(status == 1 and "12 of 40 items" in err and "--join" in err, "rows in another order pass", err)
    result, err = score(x, y, "--join", "--changed", "2")
    check(result and result["curve"][0]["jaccard"] == 1, "--join does not pair", err)
    check(result["join"] == {"x_only": 0, "y_only": 0}, "JSON does not tell of the join", result["join"])
    fewer = put("fewer.txt", "".join(rows([X[i]], " ", lambda _: f"w{i}") for i in moved if i != 7) + "v 1 2 3 4\n")
    result, err = score(x, fewer, "--join", "--changed", str(n))
    check(result["n"] == n - 1 and result["join"] == {"x_only": 1, "y_only": 1}, "leftovers are not counted", result)
    check("('w7')" in err and "('v')" in err, "leftovers are not told", err)
    for item in result["changed"]:  # rows are those of x's file
        check(item["label"] == f"w{item['row']}" and 0 <= item["p"] <= item["adjusted_p"] <= 1, "a row is wrong", item)
        for near in item["x"] + item["y"]:
            check(near["label"] == f"w{near['row']}", "the row of a neighbour is wrong", near)
    labels = put("labels.txt", "".join(f"item {i}\n" for i in range(n)))
    result, _ = score(x, fewer, "--join", "--changed", str(n), "--labels", labels)
    check(all(item["label"] == f"item {item['row']}" for item in result["changed"]), "labels do not follow x")
    groups = put("groups.txt", "".join(f"{i % 2}\n" for i in range(n)))
    result, _ = score(x, fewer, "--join", "--permutations", "9", "--groups", groups)
    check(result["groups"] == 2, "groups do not follow x")
    status, _, err = run(x, x, "--groups", put("long.txt", "group\n" + "a\n" * n), "--permutations", "9")
    check(status == 1 and "first line 'group' is a header" in err, "a header of groups is not told", err)

    # Line ends, separators.
    pair("crcrlf.csv", lambda M: rows(M, ",").replace("\n", "\r\r\n"))
    pair("cr.csv", lambda M: rows(M, ",", lambda i: f"w{i}").replace("\n", "\r"))
    pair("trailing.csv", lambda M: "a,b,c,d,\n" + rows(M, ",").replace("\n", ",\n"))
    pair("sep.csv", lambda M: "sep=;\nname;a;b;c;d\n" + rows(M, ";", lambda i: f"w{i}"))
    pair("pipes.csv", lambda M: rows(M, "|", lambda i: f"w{i}"))
    refused("label_last.csv", titles(",", f + ["label"]) + rows(X, ",", last=lambda i: f"x{i}"), "line 2, field 5",
            "--skip 5")
    refused("broken.csv", "name,a,b,c,d\n" + rows(X, ",", lambda i: '"w\n3"' if i == 3 else f"w{i}"), "line 5",
            "line breaks")

    # Other files.
    refused("utf16.csv", rows(X, ",").encode("utf-16"), "UTF-16", "iconv")
    vectors = b"".join(word + b" " + struct.pack("<4f", 0, 1, 2, 3) + b"\n" for word in (b"a", b"b"))
    refused("words.bin", b"2 4\n" + vectors, "word2vec", "gensim")
    refused("x.pt", b"PK\3\4" + bytes(60), "PyTorch", "torch.load")
    refused("x.pkl", b"\x80\4\x95" + bytes(60), "pickle")
    refused("x.h5", b"\x89HDF\r\n\x1a\n" + bytes(60), "HDF5", "h5py")

    # .npy
    def npy(name, descr, shape, data):
        header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(117) + b"\n"
        return put(name, b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + data)

    def doubles(M):
        return struct.pack(f"<{n * d}d", *(v for row in M for v in row))

    def halves(M):  # the upper halves of floats
        return b"".join(struct.pack("<f", v)[2:] for row in M for v in row)

    for descr, shape in ("<f8", f"({n}L, {d}L)"), ("f8", f"({n}, {d})"):
        result, err = score(npy("x.npy", descr, shape, doubles(X)), npy("y.npy", descr, shape, doubles(Y)))
        check(result and result["curve"] == reference["curve"], f"{descr} {shape} is not read", err)
    result, err = score(npy("x.npy", "<f8", f"({n}, {d})", doubles(X) + b"more"), "y.npy")
    check(result["curve"] == reference["curve"] and "4 bytes behind" in err, "bytes behind the data", err)
    result, err = score(npy("x.npy", "<V2", f"({n}, {d})", halves(X)), npy("y.npy", "<V2", f"({n}, {d})", halves(X)))
    check(result and result["curve"][0]["jaccard"] == 1, "bfloat16 is not read", err)
    integers = struct.pack("<4q", 1, 2, 3, 2**53 + 1)
    status, _, err = run(npy("x.npy", "<i8", "(2, 2)", integers), "x.npy")
    check(status == 1 and "row 1, column 1" in err and "2^53" in err, "an integer beyond 2^53 passes", err)

    # Standard input.
    status, out, _ = run("-", "y.txt", "--k", "5", "--no-cka", "--json", "-", stdin=rows(X, ",").encode())
    check(json.loads(out)["curve"] == reference["curve"], "standard input is not read", out)
    check(run("-", "-")[0] == 2, "one input is given twice")
    status, out, _ = run("x.txt", "y.txt", "--groups", "-", "--permutations", "9", stdin=b"a\n" * n)
    check(status == 0 and "within 1 group" in out, "groups from standard input", out)

finish()
