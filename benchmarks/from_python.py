#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: from_python.py FOLDER WORKLOAD THREADS     what nngs_benchmarks times, called through the Python module"""
import json
import sys
import time

import nngs
import numpy as np

folder, name, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
workload = next(w for w in json.load(open(f"{folder}/workloads.json")) if w["name"] == name)
x, y = (np.load(f"{folder}/{name}_{side}.npy")[:workload["n"]] for side in "xy")
run = {"one k": lambda: nngs.similarity(x, y, workload["k"], threads=threads),
       "every k": lambda: float(nngs.similarity_curve(x, y, threads=threads)["jaccard"][workload["k"] - 1]),
       "cka": lambda: nngs.cka(x, y, threads=threads).biased}[workload["task"]]

runs, start = 0, time.perf_counter()
while (seconds := time.perf_counter() - start) < 0.5:
    value = run()
    runs += 1
print(json.dumps({"seconds": seconds / runs, "value": value}))
