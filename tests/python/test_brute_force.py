# SPDX-License-Identifier: MIT
"""Every metric gives the lists and the score of numpy and scikit-learn, which look at all pairs."""
import ctypes

import nngs
import numpy as np
import pytest
from sklearn.metrics import pairwise_distances
from spaces import mean_jaccard, nearest, paired

KINDS = {  # our name: all distances
    "euclidean": lambda x: pairwise_distances(x, metric="euclidean"),
    "manhattan": lambda x: pairwise_distances(x, metric="manhattan"),
    "chebyshev": lambda x: pairwise_distances(x, metric="chebyshev"),
    "minkowski:3": lambda x: pairwise_distances(x, metric="minkowski", p=3),
    "cosine": lambda x: pairwise_distances(x, metric="cosine"),
    "correlation": lambda x: pairwise_distances(x, metric="correlation"),
    "inner_product": lambda x: -x @ x.T,
}


@pytest.mark.parametrize("metric", KINDS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_metric(metric, dtype):
    x, y = paired(dtype=dtype)
    all_x, all_y = (KINDS[metric](space.astype(np.float64)) for space in (x, y))
    graph = nngs.Graph(x, 10, metric)
    assert np.array_equal(graph.indices, nearest(all_x, 10))
    expected = mean_jaccard(nearest(all_x, 10), nearest(all_y, 10))
    assert nngs.similarity(x, y, 10, metric) == pytest.approx(expected, abs=1e-14)
    assert nngs.similarity_curve(x, y, metric)["jaccard"][9] == nngs.similarity(x, y, 10, metric)
    assert nngs.distance(x[0], x[1], metric) == pytest.approx(all_x[0, 1], rel=1e-6)


@pytest.mark.parametrize("builder", ["automatic", "exact", "kd_tree"])
def test_builders_give_one_graph(builder):
    x, _ = paired(n=600, d=3)
    assert nngs.Graph(x, 10, builder=builder) == nngs.Graph(x, 10)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precomputed_distances(dtype):
    x, y = paired(dtype=dtype)
    all_x, all_y = ((pairwise_distances(space) ** 2).astype(dtype) for space in (x, y))
    all_x, all_y = ((d + d.T) / 2 for d in (all_x, all_y))
    assert np.array_equal(nngs.Graph(all_x, 10, "precomputed").indices, nearest(all_x, 10))
    expected = mean_jaccard(nearest(all_x, 10), nearest(all_y, 10))
    assert nngs.similarity(all_x, all_y, 10, "precomputed") == pytest.approx(expected, abs=1e-14)
    curve = nngs.similarity_curve(all_x, all_y, "precomputed")
    assert len(curve) == len(x) - 1 and curve["jaccard"][9] == pytest.approx(expected, abs=1e-14)


def test_ties_of_unrelated_precomputed_distances_are_independent():
    random = np.random.default_rng(5)
    spaces = [pairwise_distances(random.integers(0, 2, (200, 5)), metric="manhattan") for _ in range(2)]
    assert abs(nngs.compare(*spaces, 10, "precomputed").curve["z"][0]) < 3
    by_index = [nngs.Graph(space, 10, "precomputed", ties="index") for space in spaces]
    assert nngs.compare(*by_index, 10).curve["z"][0] > 3


def test_compiled_metric():
    @ctypes.CFUNCTYPE(ctypes.c_double, ctypes.POINTER(ctypes.c_double), ctypes.POINTER(ctypes.c_double), ctypes.c_ssize_t)
    def fourth_powers(a, b, d):
        return sum((a[j] - b[j]) ** 4 for j in range(d))

    x, y = paired(n=60, d=4)
    expected = nearest(pairwise_distances(x, metric="minkowski", p=4), 5)
    assert np.array_equal(nngs.Graph(x, 5, fourth_powers).indices, expected)
    assert nngs.similarity(x, y, 5, fourth_powers) == nngs.similarity(x, y, 5, "minkowski:4")


def test_lists_found_elsewhere():
    x, _ = paired()
    lists = nearest(pairwise_distances(x), 11)
    graph = nngs.Graph.from_lists(lists[:, :10])
    assert np.array_equal(graph.indices, nngs.Graph(x, 10).indices)
    distances = np.take_along_axis(pairwise_distances(x), lists, axis=1)
    assert nngs.Graph.from_lists(lists[:, :10].astype(np.int32), distances) == nngs.Graph(x, 10)


def test_distances_of_lists_tell_ties():
    tied = nngs.Graph.from_lists([[1, 2], [0, 2], [0, 1]], [[1, 1, 1], [1, 2, 3], [1, 2, 2]]).tied
    assert tied.tolist() == [[True, True], [False, False], [False, True]]


def test_every_score_of_graphs():
    x, y = paired()
    gx, gy = nngs.Graph(x, 20), nngs.Graph(y, 20)
    for k in (1, 7, 20):
        lists = gx.indices[:, :k], gy.indices[:, :k]
        assert nngs.similarity(gx, gy, k) == pytest.approx(mean_jaccard(*lists), abs=1e-14)
        shared = [len(set(a) & set(b)) for a, b in zip(*map(np.ndarray.tolist, lists))]
        assert nngs.overlap(gx, gy, k) == pytest.approx(np.mean(shared) / k, abs=1e-14)
        assert nngs.item_scores(gx, gy, k)["shared"].tolist() == shared
    kept, lost, gained = nngs.changes(gx, gy, 3, 20)
    old, new = gx.indices[3].tolist(), gy.indices[3].tolist()
    assert kept.tolist() == [item for item in old if item in new]
    assert lost.tolist() == [item for item in old if item not in new]
    assert gained.tolist() == [item for item in new if item not in old]


def test_linear_cka():
    x, y = paired(d=5)
    a, b = x - x.mean(0), y - y.mean(0)
    expected = np.linalg.norm(a.T @ b) ** 2 / (np.linalg.norm(a.T @ a) * np.linalg.norm(b.T @ b))
    assert nngs.cka(x, y).biased == pytest.approx(expected, rel=1e-12)
    assert nngs.cka(x, y, "rbf", bandwidth=1e-3).complaints[0]
    assert nngs.cka(np.ones_like(x), y).biased is None
