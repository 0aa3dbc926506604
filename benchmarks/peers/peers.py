#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: peers.py PEER FOLDER WORKLOAD THREADS [LISTS]     as the peers in C++ (contestant.hpp). PEER is one of

sklearn   scikit-learn, brute force, and the Jaccard in numpy
authors   as the paper's authors do it: scikit-learn's neighbour graph, its rows one by one, a Python set for each item,
          and for every k all of it again. Of the k's, 10 at even distances are timed and scaled to all.
numpy32, numpy64   linear CKA by products of the features, in float and in double
"""
import json
import sys
import time

import numpy as np


def sklearn_lists(points, k, threads):
    from sklearn.neighbors import NearestNeighbors

    search = NearestNeighbors(n_neighbors=k, algorithm="brute", n_jobs=threads).fit(points)
    return search.kneighbors(return_distance=False)


def authors_lists(points, k, threads):
    from sklearn.neighbors import kneighbors_graph

    graph = kneighbors_graph(points, k, n_jobs=threads)
    return np.stack([graph.getrow(item).indices for item in range(graph.shape[0])])


def numpy_jaccard(x, y):
    k = x.shape[1]
    together = np.sort(np.concatenate([x, y], axis=1), axis=1)
    shared = (together[:, 1:] == together[:, :-1]).sum(axis=1)
    return float(np.mean(shared / (2 * k - shared)))


def set_jaccard(x, y):
    pairs = ((set(a), set(b)) for a, b in zip(x, y))
    return sum(len(a & b) / len(a | b) for a, b in pairs) / len(x)


def linear_cka(x, y):
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    norm = np.linalg.norm
    return float(norm(x.T @ y) ** 2 / (norm(x.T @ x) * norm(y.T @ y)))


def ks_to_time(n):
    """Up to 10 of 1 .. n - 1, in the middle of equal shares."""
    count = min(10, n - 1)
    return [1 + (2 * part + 1) * (n - 1) // (2 * count) for part in range(count)]


peer, folder, name, threads = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
workload = next(w for w in json.load(open(f"{folder}/workloads.json")) if w["name"] == name)
x, y = (np.load(f"{folder}/{name}_{side}.npy") for side in "xy")
n, k, scale = len(x), workload["k"], 1
lists, jaccard = (sklearn_lists, numpy_jaccard) if peer == "sklearn" else (authors_lists, set_jaccard)

if len(sys.argv) > 5:
    with open(sys.argv[5], "wb") as file:
        for points in (x, y):
            file.write(np.ascontiguousarray(lists(points, k, threads), dtype=np.int32).tobytes())
    sys.exit()

if peer in ("numpy32", "numpy64"):
    x, y = (points.astype(np.float32 if peer == "numpy32" else np.float64) for points in (x, y))
    run = lambda: linear_cka(x, y)
elif workload["task"] == "every k":
    few = ks_to_time(n)
    scale = (n - 1) / len(few)
    run = lambda: [jaccard(lists(x, some, threads), lists(y, some, threads)) for some in few] and None
else:
    run = lambda: jaccard(lists(x, k, threads), lists(y, k, threads))

if workload["task"] != "cka":
    jaccard(lists(x[:100], 5, threads), lists(y[:100], 5, threads))  # imports and thread pools are not timed
runs, start = 0, time.perf_counter()
while (seconds := time.perf_counter() - start) < 0.5:
    value = run()
    runs += 1
print(json.dumps({"seconds": seconds / runs * scale, "value": value}))
