# SPDX-License-Identifier: MIT
"""What comes back: tables for pandas, a comparison that reads well, and the same numbers by every way."""
import nngs
import numpy as np
import pytest
from spaces import paired

X, Y = paired()
GX, GY = nngs.Graph(X, 50), nngs.Graph(Y, 50)


def test_tables_are_data_frames():
    pandas = pytest.importorskip("pandas")
    for table in (nngs.judge_curve(GX, GY), nngs.similarity_curve(X, Y), nngs.item_scores(GX, GY, 10), GX.diagnostics(),
                  nngs.permutation_test(GX, GY, [5, 10], count=19).jaccard.scores, nngs.chance_curve(300, 20),
                  nngs.sample_similarity_curve(X, Y, 5, 50)):
        frame = pandas.DataFrame(table)
        assert tuple(frame.columns) == table.dtype.names and len(frame) == len(table)
        assert all(np.array_equal(frame[name], table[name]) for name in table.dtype.names)


def test_comparison():
    found = nngs.compare(X, Y, [10, 1, 299], permutations=99, seed=1)
    curve = nngs.judge_curve(GX, GY)
    for name in curve.dtype.names:
        assert found.curve[name][:2].tolist() == [curve[name][0], curve[name][9]]
    assert found.to_dict()["curve"][2]["adjusted"] is None and found.curve["jaccard"][2] == 1
    test = nngs.permutation_test(found.x, found.y, [1, 10, 299], count=99, seed=1)
    assert found.p_curve == test.jaccard.p and np.array_equal(found.curve["p"], test.jaccard.scores["p"])
    lines = repr(found).splitlines()
    assert lines[0] == "300 items" and len(lines) == 6 and max(map(len, lines)) <= 80
    assert lines[1].split() == ["k", "NNGS", "chance", "adjusted", "z", "p", "overlap", "tied", "items"]
    assert nngs.compare(X, Y, 10).curve["jaccard"][0] == nngs.similarity(X, Y, 10)
    assert nngs.compare(GX, GY, 10).to_dict() == nngs.compare(X, Y, 10).to_dict()


def test_matrix():
    spaces = [X, Y, X[::-1].copy()]
    table = nngs.matrix(spaces, 10)
    assert table.shape == (3, 3)
    assert np.array_equal(table["adjusted"], table["adjusted"].T) and (table["jaccard"].diagonal() == 1).all()
    assert table["jaccard"][0, 1] == nngs.similarity(X, Y, 10)
    assert table["z"][0, 1] == nngs.compare(X, Y, 10).curve["z"][0]
    assert np.array_equal(nngs.matrix([nngs.Graph(one, 10) for one in spaces], 10), table)


def test_peak_and_area():
    curve = nngs.judge_curve(nngs.Graph(X, 299), nngs.Graph(Y, 299))
    below = curve[:-1]
    assert nngs.peak(curve) == 1 + below["adjusted"].argmax() and nngs.peak(curve, "z") == 1 + below["z"].argmax()
    area = (below["adjusted"] / below["k"]).sum() / (1 / below["k"]).sum()
    assert nngs.log_area(curve) == pytest.approx(area)


def test_groups_are_any_labels():
    labels = ["left" if value < 0 else "right" for value in X[:, 0]]
    numbers = [int(label == "right") for label in labels]
    one, other = (nngs.permutation_test(GX, GY, 10, count=49, groups=groups) for groups in (labels, numbers))
    assert one.jaccard.scores.tolist() == other.jaccard.scores.tolist()
    assert one.jaccard.scores["expected"] > nngs.permutation_test(GX, GY, 10, count=49).jaccard.scores["expected"]


def test_seeds():
    def by(seed):
        return nngs.sample_similarity(X, Y, 10, 50, seed=seed)

    assert by(3) == by(3) and by(3) != by(4)
    whole = nngs.sample_similarity(X, Y, 10, len(X))
    assert whole["jaccard"] == nngs.similarity(X, Y, 10) == whole["lower"] == whole["upper"]


def test_corrected():
    exact = nngs.corrected_similarity(X, Y, GX, GY, 10, 50)
    assert exact["jaccard"] == exact["uncorrected"] == nngs.similarity(X, Y, 10)
    assert exact["recall_x"] == exact["recall_y"] == 1 and exact["changed"] == exact["standard_error"] == 0
    worse = nngs.Graph.from_lists(GX.indices[:, 1:11])  # the nearest of each item is missing
    curve = nngs.corrected_similarity_curve(X, Y, worse, GY, 10, len(X))
    assert curve["k"].tolist() == list(range(1, 11)) and curve["recall_x"][-1] == 0.9
    assert curve["jaccard"] == pytest.approx(nngs.similarity_curve(X, Y)["jaccard"][:10])
    assert (curve["uncorrected"] < curve["jaccard"]).all()


def test_growth():
    grown = nngs.growth(X, Y, 10, 40)
    assert grown["items"][0] == 300 and (np.diff(grown["items"]) < 0).all() and (grown["k"] == 10).all()
    sampled = nngs.sample_similarity(X, Y, 10, 40)
    for column in ("jaccard", "standard_error", "lower", "upper", "overlap", "tied_items"):
        assert grown[column][0] == sampled[column]
    assert (grown["chance"] == [nngs.chance_curve(n, 10)["jaccard"][9] for n in grown["items"]]).all()
    share = nngs.growth(X, Y, 30, 40, scale="share")
    assert (share["k"] == np.maximum(1, 30 * share["items"] // 300)).all()
    assert nngs.growth(X.astype(np.float32), Y.astype(np.float32), 10, 40, "cosine").shape == grown.shape


def test_chance():
    assert nngs.chance_curve(300, 10)["jaccard"].tolist() == nngs.judge_curve(GX, GY)["chance"][:10].tolist()


def test_graph():
    assert (GX.n, GX.k, len(GX)) == (300, 50, 300) and GX.tied.shape == (300, 50)
    assert GX == nngs.Graph(X, 50) and GX != GY and GX != 3
    assert repr(GX) == "<nngs.Graph of 300 items, k = 50>"
    assert nngs.Graph(X, 5, "cosine") != nngs.Graph(X, 5)
    tied = np.repeat(X[:20], 3, axis=0)
    assert nngs.Graph(tied, 1, ties=1) != nngs.Graph(tied, 1, ties=2)
    assert nngs.Graph(tied, 1).tied.all()


def test_version():
    assert nngs.__version__.count(".") == 2
