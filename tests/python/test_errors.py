# SPDX-License-Identifier: MIT
"""Input that cannot be taken is a ValueError in the library's words, which name what is wrong and the way out."""
import nngs
import numpy as np
import pytest
from spaces import paired

X, Y = paired()
GX, GY = nngs.Graph(X, 10), nngs.Graph(Y, 10)
NAN = X.copy()
NAN[7, 2] = np.nan
ZERO = X.copy()
ZERO[5] = 0
UNEVEN = np.abs(X @ X.T)
UNEVEN[3, 1] += 1


@pytest.mark.parametrize("call, words", [
    (lambda: nngs.similarity(X, Y[:10], 5), "x is 300 x 16 and y is 10 x 16"),
    (lambda: nngs.similarity(X, Y, 300), r"k = 300 is not in \[1, n - 1\] = \[1, 299\]"),
    (lambda: nngs.Graph(X, 0), r"k = 0 is not in \[1, n - 1\]"),
    (lambda: nngs.Graph(X[:1], 1), "give 2 or more rows"),
    (lambda: nngs.Graph(X[:, :0], 1), "1 or more columns"),
    (lambda: nngs.similarity(X, NAN, 5), "y: row 7, column 2 .* is nan"),
    (lambda: nngs.compare(NAN, Y, 5), "x: row 7, column 2 .* is nan"),
    (lambda: nngs.matrix([X, NAN], 5), "space 1: row 7, column 2 .* is nan"),
    (lambda: nngs.Graph(ZERO, 5, "cosine"), "row 5 .*is zero and has no cosine"),
    (lambda: nngs.Graph(X, 5, "l2"), "metric 'l2' is not known: use euclidean"),
    (lambda: nngs.Graph(X, 5, "minkowski:x"), "metric 'minkowski:x' is not known"),
    (lambda: nngs.Graph(X, 5, "minkowski:.5"), r"p = 0.5\d* is not in \[1, infinity\)"),
    (lambda: nngs.Graph(X, 5, lambda a, b: 0), "compiled function"),
    (lambda: nngs.Graph(X, 5, builder="tree"), "builder 'tree' is not known: use automatic, exact or kd_tree"),
    (lambda: nngs.Graph(X, 5, "chebyshev", builder="kd_tree"), "use exact"),
    (lambda: nngs.Graph(X, 5, ties="none"), "ties 'none' are not known"),
    (lambda: nngs.Graph(X, 5, ties=-1), r"seed -1 is not in \[0, 2\^64\)"),
    (lambda: nngs.Graph(X, 5, threads=-1), "threads = -1"),
    (lambda: nngs.Graph(X[0], 5), r"shape \(16,\): give one row per item"),
    (lambda: nngs.Graph("abc", 5), "x is an array of shape"),
    (lambda: nngs.Graph([["a", "b"], ["c", "d"]], 1), "give real numbers"),
    (lambda: nngs.Graph(X + 1j, 1), "give real numbers"),
    (lambda: nngs.Graph([[1.0, 2.0], [3.0]], 1), "x"),
    (lambda: nngs.Graph(np.array([[2**60 + 1], [2**60]]), 1), r"beyond 2\^53"),
    (lambda: nngs.Graph(GX, 5), "x is a graph"),
    (lambda: nngs.similarity(GX, GY, 11), r"k = 11 is not in \[1, depth\] for graphs of depth 10 and 10"),
    (lambda: nngs.compare(GX, GY, [5, 11]), r"k = 11 is not in \[1, 10\]"),
    (lambda: nngs.compare(X, Y, [0, 5]), "k = 0 is not in"),
    (lambda: nngs.compare(X, Y, []), "k: give one or more"),
    (lambda: nngs.similarity(GX, GY, 5, "cosine"), "the graphs are searched already"),
    (lambda: nngs.similarity(GX, Y, 5), "give two graphs or two arrays"),
    (lambda: nngs.similarity(GX, nngs.Graph(Y[:100], 10), 5), "300"),
    (lambda: nngs.judge_curve(X, GY), r"x is no graph: make one by nngs.Graph\(x, k\)"),
    (lambda: nngs.changes(GX, GY, 300, 5), r"item 300 is not in \[0, 300\)"),
    (lambda: nngs.permutation_test(GX, GY, count=0), "a test of 0 permutations"),
    (lambda: nngs.permutation_test(GX, GY, groups=[1, 2]), "2 "),
    (lambda: nngs.sample_similarity(X, Y, 5, 1), "sample 2 .. n"),
    (lambda: nngs.sample_similarity(X, Y, 5, 100, confidence=1), r"is not in \(0, 1\)"),
    (lambda: nngs.sample_similarity(UNEVEN, UNEVEN, 5, 100, "precomputed"), "takes all rows"),
    (lambda: nngs.growth(X, Y, 5, 100, scale="both"), "use neighbors or share"),
    (lambda: nngs.growth(X, Y, 5, 1), "sample 2 .. n"),
    (lambda: nngs.corrected_similarity(X, Y, X, Y, 5, 10), "found_x"),
    (lambda: nngs.corrected_similarity(X[:-1], Y[:-1], nngs.Graph(X, 5), nngs.Graph(Y, 5), 5, 10), "the lists are of"),
    (lambda: nngs.cka(X, Y, "cubic"), "kernel 'cubic' is not known: use linear or rbf"),
    (lambda: nngs.cka(X, Y, "rbf", fraction=-1), "fraction"),
    (lambda: nngs.matrix([], 5), "no spaces"),
    (lambda: nngs.Graph.from_lists([[1.5], [0]]), "give whole numbers"),
    (lambda: nngs.Graph.from_lists([[0], [0]]), "names the item itself"),
    (lambda: nngs.Graph.from_lists([[1], [2]]), r"names item 2, which is not in \[0, 2\)"),
    (lambda: nngs.Graph.from_lists([[1], [0]], [[2, 1], [1, 1]]), "distances ascend"),
    (lambda: nngs.Graph(X, 5, "precomputed"), "give one for each pair of items, n x n"),
    (lambda: nngs.Graph(UNEVEN, 5, "precomputed"), r"distances\[3, 1\] = .* differ"),
    (lambda: nngs.Graph(NAN @ NAN.T, 5, "precomputed"), "is not finite"),
    (lambda: nngs.distance([1, 2], [1, 2, 3]), "have no distance"),
    (lambda: nngs.peak(nngs.compare(X, Y, 299).curve), "none at a k below n - 1"),
])
def test_wrong_input(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_a_k_that_is_no_whole_number_is_a_type_error():
    with pytest.raises(TypeError):
        nngs.Graph(X, 2.5)
