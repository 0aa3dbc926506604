# SPDX-License-Identifier: MIT
"""The numbers are those of the program's JSON: counts and the scores made of them to the bit, formulas to 1e-12."""
import json
import os
import pathlib
import subprocess

import nngs
import numpy as np
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAIRS = ROOT / "examples" / "data" / "glove_pairs"
INPUTS = ROOT / "tests" / "golden" / "inputs"
METRICS = ["euclidean", "manhattan", "chebyshev", "minkowski:3", "cosine", "correlation", "inner-product"]


def program():
    places = [os.environ.get("NNGS_PROGRAM", "")] + [ROOT / "build" / preset / "bin" / "nngs"
                                                    for preset in ("release", "demo", "dev", "asan")]
    for place in places:
        if place and os.access(place, os.X_OK):
            return place
    pytest.skip("the program is not built, and NNGS_PROGRAM does not name it")


def json_of(*arguments):
    run = subprocess.run([program(), *map(str, arguments), "--json", "-"], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def vectors(file):
    return np.array([line.split()[1:] for line in file.read_text().splitlines()], dtype=np.float64)


def check(ours, theirs):
    """A row of a curve, by every name that both have."""
    assert {"k", "jaccard", "overlap"} <= set(theirs)
    for name in set(ours) & set(theirs):
        if name in ("chance", "chance_sd", "adjusted", "z", "standard_error", "lower", "upper") and ours[name] is not None:
            assert ours[name] == pytest.approx(theirs[name], rel=1e-12, abs=1e-12), name
        else:
            assert ours[name] == theirs[name], name


def check_curve(ours, theirs):
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs):
        check(one, other)


@pytest.mark.parametrize("metric", METRICS)
def test_word_vectors(metric):
    files = [PAIRS / f"capital-country.{side}.txt" for side in ("first", "second")]
    theirs = json_of(*files, "--k", "1,5,10,57", "--metric", metric, "--no-cka")
    ours = nngs.compare(*map(vectors, files), [1, 5, 10, 57], metric.replace("-", "_")).to_dict()
    assert ours["n"] == theirs["n"]
    check_curve(ours["curve"], theirs["curve"])


@pytest.mark.parametrize("name", ["clusters", "duplicate_rows", "lattice_ties", "far_from_origin", "uneven_scales"])
def test_files_with_ties_and_odd_scales(name):
    files = [INPUTS / f"{name}_{side}.npy" for side in "xy"]
    x, y = map(np.load, files)
    last = len(x) - 1
    theirs = json_of(*files, "--k", f"1,{last // 2},{last}")
    ours = nngs.compare(x, y, [1, last // 2, last])
    check_curve(ours.to_dict()["curve"], theirs["curve"])
    assert nngs.cka(x, y).biased == pytest.approx(theirs["cka"]["linear"], rel=1e-12)


def test_every_k_permutations_and_samples():
    files = [INPUTS / f"gauss_noise_{side}.npy" for side in "xy"]
    x, y = map(np.load, files)
    every = nngs.similarity_curve(x, y)
    check_curve([dict(zip(every.dtype.names, row)) for row in every.tolist()],
                json_of(*files, "--all-k", "--no-cka")["curve"])

    theirs = json_of(*files, "--k", "1,5,10", "--permutations", "99", "--seed", "3", "--no-cka")
    ours = nngs.compare(x, y, [1, 5, 10], permutations=99, seed=3).to_dict()
    check_curve(ours["curve"], theirs["curve"])
    assert ours["p_curve"] == theirs["p_curve"]

    theirs = json_of(*files, "--k", "5", "--sample", "30", "--seed", "4", "--no-cka")["curve"][0]
    sampled = nngs.sample_similarity(x, y, 5, 30, seed=4)
    check(dict(zip(sampled.dtype.names, sampled.tolist())), theirs)
