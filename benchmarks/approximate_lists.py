#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Do the intervals of `nngs X Y --lists-x --lists-y --exact-sample M` hold the exact score? Lists come from hnswlib and
from FAISS (IVF), each at three recalls; each is corrected from many samples.

usage: approximate_lists.py PATH_TO_NNGS [SAMPLES]     needs numpy, hnswlib and faiss: pip install numpy hnswlib faiss-cpu
"""
import json
import os
import subprocess
import sys
import tempfile

import faiss
import hnswlib
import numpy as np

nngs = os.path.abspath(sys.argv[1])
samples = int(sys.argv[2]) if len(sys.argv) > 2 else 200
n, d, k, rows = 10000, 24, 10, 500


def run(*words):
    words = [nngs, "x.npy", "y.npy", "--k", str(k), "--no-cka", "--json", "-", *map(str, words)]
    return json.loads(subprocess.run(words, capture_output=True, check=True).stdout)


def hnsw(M, effort):
    index = hnswlib.Index("l2", d)
    index.init_index(len(M), M=8, ef_construction=40, random_seed=1)
    index.add_items(M, num_threads=1)
    index.set_ef(effort)
    return index.knn_query(M, k + 1, num_threads=1)[0].astype("i8")


def ivf(M, effort):
    index = faiss.IndexIVFFlat(faiss.IndexFlatL2(d), d, 64)
    index.train(M)
    index.add(M)
    index.nprobe = effort
    return index.search(M, k + 1)[1]


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    numbers = np.random.default_rng(1)
    centres = numbers.normal(size=(50, d))
    x = (centres[numbers.integers(0, 50, n)] + 0.7 * numbers.normal(size=(n, d))).astype("f")
    y = (x + 0.4 * numbers.normal(size=(n, d))).astype("f")
    np.save("x.npy", x), np.save("y.npy", y)
    exact = run()["curve"][0]["jaccard"]
    alone = np.mean([run("--sample", rows, "--seed", seed)["curve"][0]["standard_error"] for seed in range(20)])
    print(f"{n} x {d}, k = {k}, NNGS {exact:.4f}; {rows} rows searched, {samples} samples; "
          f"standard error of the rows alone {alone:.5f}")
    print("index  effort  recall x  recall y  NNGS of lists  mean corrected    error  spread  95 % held")
    for name, index, efforts in ("hnsw", hnsw, (11, 20, 60)), ("IVF", ivf, (1, 2, 6)):
        for effort in efforts:
            np.save("lx.npy", index(x, effort)), np.save("ly.npy", index(y, effort))
            results = [run("--lists-x", "lx.npy", "--lists-y", "ly.npy", "--exact-sample", rows, "--seed", seed)
                       for seed in range(samples)]
            points = [one["curve"][0] for one in results]
            of = [one["corrected"][0] for one in results]
            held = sum(one["lower"] <= exact <= one["upper"] for one in points)
            values = [one["jaccard"] for one in points]
            print(f"{name:5}  {effort:6}  {np.mean([o['recall_x']['value'] for o in of]):8.4f}  "
                  f"{np.mean([o['recall_y']['value'] for o in of]):8.4f}  {of[0]['jaccard_of_lists']:13.4f}  "
                  f"{np.mean(values):14.4f}  {np.mean([p['standard_error'] for p in points]):7.5f} {np.std(values):7.5f}  "
                  f"{100 * held / samples:8.1f}", flush=True)
