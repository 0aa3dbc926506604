#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""nngs_mpi gives the bytes of nngs X Y for any number of ranks, and a rank that fails ends all with its message.

usage: mpi.py PATH_TO_NNGS PATH_TO_NNGS_MPI PATH_TO_MPIEXEC
"""
import json
import os
import random
import subprocess
import sys
import tempfile

from checks import check, finish, npy, run

nngs_mpi, mpiexec = os.path.abspath(sys.argv[2]), sys.argv[3]
# More ranks than processors, and root in a container: Open MPI wants to be told. Another MPI does not look.
os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OMPI_MCA_rmaps_base_oversubscribe="1",
                  PRTE_MCA_rmaps_default_mapping_policy=":oversubscribe", OMPI_MCA_mpi_yield_when_idle="1",
                  ASAN_OPTIONS="detect_leaks=0")  # Open MPI keeps memory to the end

numbers = random.Random(8)
n = 101
X = [[numbers.gauss(0, 1) for _ in range(3)] for _ in range(n)]
Y = [[a + 0.5 * numbers.gauss(0, 1) for a in row] for row in X]
GRID = [[float(numbers.randrange(3)) for _ in range(2)] for _ in range(n)]


def ranks(count, *words):
    done = subprocess.run([mpiexec, "-n", str(count), nngs_mpi, *words], capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    npy("x.npy", X), npy("y.npy", Y, "d"), npy("grid.npy", GRID), npy("few.npy", GRID[:3]), npy("also.npy", X[:3])
    # Slices are uneven: 101 rows on 2, 3 and 5 ranks; and empty: 3 rows on 5.
    for x, y, words in (("x.npy", "y.npy", ("--sample", "30", "--k", "1,5,20", "--seed", "3")),
                        ("grid.npy", "x.npy", ("--sample", "101", "--k", "3,10")),
                        ("grid.npy", "grid.npy", ("--sample", "50", "--metric", "manhattan", "--ties", "index")),
                        ("few.npy", "also.npy", ("--sample", "3", "--k", "2"))):
        expected = run(x, y, "--no-cka", "--json", "-", *words)[1]
        for count in 1, 2, 3, 5:
            status, out, err = ranks(count, x, y, "--json", "-", *words)
            check(status == 0 and out == expected, f"{count} ranks, {x} {y} {words}", out, err, expected)
    # All rows: what the program scores row by row, but for z.
    for x, y, words in (("x.npy", "y.npy", ("--k", "1,5,100")), ("grid.npy", "x.npy", ("--k", "7", "--metric", "manhattan")),
                        ("few.npy", "also.npy", ("--k", "1"))):
        expected = run(x, y, "--no-cka", "--no-chance", "--json", "-", *words)[1]
        for count in 1, 2, 5:
            status, out, err = ranks(count, x, y, "--all-rows", "--no-chance", "--json", "-", *words)
            check(status == 0 and out == expected, f"all rows, {count} ranks, {x} {y} {words}", out, err, expected)
    whole, all_rows = (json.loads(out)["curve"] for out in (run("x.npy", "y.npy", "--no-cka", "--json", "-")[1],
                                                          ranks(2, "x.npy", "y.npy", "--all-rows", "--json", "-")[1]))
    for point, other in zip(all_rows, whole):
        check(point == {name: other[name] for name in other if name not in ("z", "chance_sd")}, "all rows", point, other)
    check("no z" in ranks(2, "x.npy", "y.npy", "--all-rows")[1], "the table of all rows")
    # As many that several blocks of rows ask, each of several pieces.
    many = [[float(numbers.randrange(3)) for _ in range(32)] for _ in range(9000)]
    npy("many.npy", many), npy("turned.npy", [row[::-1] for row in many])
    words = ("many.npy", "turned.npy", "--k", "10", "--no-chance", "--json", "-")
    check(ranks(2, *words, "--all-rows", "--memory", "30M")[1] == run(*words, "--no-cka")[1], "all rows in blocks")

    words = ("x.npy", "y.npy", "--sample", "30")
    check(ranks(2, *words)[1] == run(*words, "--no-cka")[1], "the table")
    check(ranks(2, *words, "--csv", "c.csv", "--threads", "2")[0] == 0 and open("c.csv").read() ==
          run(*words, "--no-cka", "--csv", "-")[1], "CSV in a file")
    status, out, err = ranks(3, "--help")
    check(status == 0 and out.count("Usage") == 1, "help once", out, err)

    # Ranks that see other files of the same names, by a few of their values, are told.
    os.mkdir("elsewhere")
    npy("elsewhere/x.npy", X), npy("elsewhere/y.npy", [row[:2] + [row[2] + (i == 60)] for i, row in enumerate(Y)], "d")
    for words in ("--all-rows",), ("--sample", "30"):
        words = (nngs_mpi, "x.npy", "y.npy", *words)
        done = subprocess.run([mpiexec, "-n", "1", *words, ":", "-n", "1", "-wdir", os.path.abspath("elsewhere"), *words],
                              capture_output=True, timeout=120)
        check(done.returncode == 1 and done.stdout == b"" and b"rank 1 sees other files" in done.stderr, words, done)

    # What is wrong ends all ranks, with one message.
    wrong = [row[:] for row in X]
    wrong[50][1] = float("nan")
    npy("wrong.npy", wrong)
    for words, status, fact in ((("wrong.npy", "y.npy", "--sample", "2"), 1, "wrong.npy: row 50, column 1"),
                                (("x.npy", "gone.npy", "--sample", "2"), 1, "gone.npy"),
                                (("x.npy", "few.npy", "--sample", "2"), 1, "few.npy: has 3 rows"),
                                (("x.npy", "y.npy", "--sample", "102"), 2, "these files have 101 rows"),
                                (("x.npy", "y.npy"), 2, "--sample"),
                                (("x.npy", "y.npy", "--sample", "9", "--all-rows"), 2, "--all-rows"),
                                (("wrong.npy", "y.npy", "--all-rows"), 1, "wrong.npy: row 50, column 1"),
                                (("x.npy", "y.npy", "--sample", "9", "--json", "no/out"), 1, "no/out"),
                                (("x.npy", "y.npy", "--sample", "9", "--json", "x.npy"), 2, "overwrite")):
        for count in 1, 3:
            got, out, err = ranks(count, *words)
            check(got == status and out == "" and fact in err and err.count("nngs_mpi: ") == 1,
                  f"{count} ranks are to tell {fact}", got, out, err)

finish()
