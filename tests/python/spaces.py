# SPDX-License-Identifier: MIT
"""What the tests compare."""
import numpy as np


def paired(n=300, d=16, noise=0.5, seed=1, dtype=np.float64):
    """Two spaces of the same items that agree in part."""
    random = np.random.default_rng(seed)
    x = random.standard_normal((n, d))
    y = x + noise * random.standard_normal((n, d))
    return x.astype(dtype), y.astype(dtype)


def nearest(distances, k):
    """The k nearest others of each item, by all its distances."""
    distances = np.array(distances, dtype=float)
    np.fill_diagonal(distances, np.inf)
    return np.argsort(distances, axis=1, kind="stable")[:, :k]


def mean_jaccard(lists_x, lists_y):
    scores = []
    for a, b in zip(lists_x.tolist(), lists_y.tolist()):
        scores.append(len(set(a) & set(b)) / len(set(a) | set(b)))
    return float(np.mean(scores))
