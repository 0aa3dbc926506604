# SPDX-License-Identifier: MIT
"""How alike are two embedding spaces of the same items?

Two arrays, one row per item, the same items in the same order:

    nngs.similarity(x, y, k=10, metric="cosine")      # NNGS: the mean Jaccard similarity of the neighbour sets
    nngs.compare(x, y, k=[1, 10, 100])                # beside chance, as a table

Search once, then ask more than once:

    gx, gy = nngs.Graph(x, k=100), nngs.Graph(y, k=100)
    nngs.judge_curve(gx, gy)                          # k = 1 .. 100, each beside its chance

Arrays are those of numpy, CPU tensors of torch, and whatever gives its data by __array__ or DLPack. float32 and float64
whose rows are contiguous are looked at where they lie, others are copied. `metric` is euclidean, manhattan, chebyshev,
minkowski:P, cosine, correlation, inner_product, precomputed (the array holds the distances of all pairs), or a compiled
function double(const double*, const double*, ptrdiff_t). `threads` is how many to work on, 0 one for each core: never
does it change a result. `progress` is called as progress(done, total), anew for each step; a bar of tqdm does too.
Tables are structured arrays, which pandas.DataFrame takes as they are. Input that cannot be taken is a ValueError.
"""

from __future__ import annotations

import ctypes
import hashlib
import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version as _version
from typing import Any, NamedTuple, Union

import numpy as np

from . import _core

__version__ = _version("nngs")
__all__ = [
    "Changes", "Cka", "Comparison", "Graph", "PermutationTest", "PermutedCurve", "chance_curve", "changes", "cka",
    "compare", "corrected_similarity", "corrected_similarity_curve", "distance", "growth", "item_scores", "judge_curve",
    "log_area", "matrix", "overlap", "peak", "permutation_test", "sample_similarity", "sample_similarity_curve",
    "similarity", "similarity_curve",
]

Progress = Union[Callable[[int, int], Any], Any, None]  # or a bar with update() and reset(), as of tqdm
Metric = Union[str, Any]  # a name, or a compiled function: a ctypes function, or an object with its `address`
Space = Any  # an array, or a Graph


class Graph:
    """The k-nearest-neighbour graph of an array, one row per item: for each item its k nearest others, nearest first.

    The first j of each list are the graph at j, for any j <= k. `builder`: automatic, exact or kd_tree, all of which
    give the same graph. `ties`: the order of equally near neighbours is drawn from the array's values ("matrix"), is
    that of the rows ("index"), or is drawn from a seed.
    """

    __slots__ = ("_graph",)
    _graph: _core.Graph

    def __init__(self, x: Any, k: int, metric: Metric = "euclidean", *, builder: str = "automatic",
                 ties: str | int = "matrix", threads: int = 0, progress: Progress = None) -> None:
        self._graph = _build(_rows(x), k, metric, _work(threads, progress), builder, ties)

    @classmethod
    def from_lists(cls, ids: Any, distances: Any = None) -> Graph:
        """A graph of lists found elsewhere, by FAISS, say: n x k whole numbers, row i the neighbours of item i, nearest
        first and without i. Their distances, ascending, tell ties: n x k, or n x (k + 1) with that of the next one.
        """
        lists = _array(ids, "ids")
        if lists.ndim != 2 or lists.dtype.kind not in "iu":
            raise ValueError(f"ids of shape {lists.shape} and type {lists.dtype}: give whole numbers, n x k")
        lists = np.ascontiguousarray(lists, np.int64)
        graph = object.__new__(cls)
        if distances is None:
            graph._graph = _core.graph_of_lists(lists)
        else:
            graph._graph = _core.graph_of_lists(lists, np.ascontiguousarray(_array(distances, "distances"), np.float64))
        return graph

    @property
    def n(self) -> int:
        """The number of items."""
        return self._graph.n

    @property
    def k(self) -> int:
        """The number of neighbours of each."""
        return self._graph.depth

    @property
    def indices(self) -> np.ndarray:
        """The neighbours, n x k, uint32: a view of the graph, which stays as long as the view does. Not writable."""
        return self._graph.indices

    @property
    def tied(self) -> np.ndarray:
        """n x k: whether item i's neighbours j and j + 1 are equally near, so that its list cut there is one choice of
        several. A copy."""
        return self._graph.tied

    def diagnostics(self, *, threads: int = 0, progress: Progress = None) -> np.ndarray:
        """Hubs, returned edges and ties at 1 .. k, as a table."""
        return _table(_core.diagnostics(self._graph, _work(threads, progress)))

    def __len__(self) -> int:
        return self.n

    def __eq__(self, other: object) -> bool:
        return self._graph.equals(other._graph) if isinstance(other, Graph) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<nngs.Graph of {self.n} items, k = {self.k}>"


def similarity(x: Space, y: Space, k: int, metric: Metric = "euclidean", *, threads: int = 0,
               progress: Progress = None) -> float:
    """NNGS of two arrays, or of two graphs, at k: the mean Jaccard similarity of the two neighbour sets of each item."""
    return float(_score(x, y, k, metric, threads, progress)["jaccard"][0])


def overlap(x: Space, y: Space, k: int, metric: Metric = "euclidean", *, threads: int = 0,
            progress: Progress = None) -> float:
    """The mean share of common neighbours (mutual k-nearest neighbours) of two arrays, or of two graphs, at k."""
    return float(_score(x, y, k, metric, threads, progress)["overlap"][0])


def similarity_curve(x: Space, y: Space, metric: Metric = "euclidean", *, threads: int = 0,
                     progress: Progress = None) -> np.ndarray:
    """The scores of two arrays at every k = 1 .. n - 1, row by row with no graph kept; of two graphs, at every k that
    both have. A table: k, jaccard (NNGS), overlap, tied_items, tied_in_both."""
    work = _work(threads, progress)
    if _are_graphs(x, y, metric):
        return _table(_core.curve_of_graphs(x._graph, y._graph, work))
    a, b = _pair(x, y)
    if metric == "precomputed":
        return _table(_core.curve_of_graphs(*_build_both(a, b, len(a) - 1, metric, work), work))
    return _table(_core.curve_of_matrices(a, b, _metric(metric), work))


def judge_curve(x: Graph, y: Graph, *, threads: int = 0, progress: Progress = None) -> np.ndarray:
    """The scores of two graphs at every k that both have, each judged. A table: that of `similarity_curve`, with
    chance (what a random pairing scores), adjusted ((jaccard - chance) / (1 - chance)), r_nx (the overlap, adjusted), z
    (how many standard deviations, chance_sd, the overlap lies above that of a random pairing)."""
    return _table(_core.judge_curve(_graph(x, "x"), _graph(y, "y"), _work(threads, progress)))


@dataclass(frozen=True)
class Comparison:
    """What `compare` found. Printed, it is a table."""

    n: int  #: items
    curve: np.ndarray  #: for each k that of `judge_curve`, and p if rows were permuted
    p_curve: float | None  #: of the best k, if rows were permuted
    x: Graph = field(repr=False)  #: the graphs, to ask more of them
    y: Graph = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers under the names of the program's JSON. At k = n - 1, where every score is 1, adjusted and z
        are None."""
        curve = [dict(zip(self.curve.dtype.names or (), row)) for row in self.curve.tolist()]
        for row in curve:
            if row["k"] == self.n - 1:
                row["adjusted"] = row["z"] = None
        made: dict[str, Any] = {"n": self.n, "curve": curve}
        if self.p_curve is not None:
            made["p_curve"] = self.p_curve
        return made

    def __repr__(self) -> str:
        with_p = self.p_curve is not None
        lines = [f"{self.n} items",
                 f"{'k':>8} {'NNGS':>7} {'chance':>7} {'adjusted':>8} {'z':>8}" + (f" {'p':>7}" if with_p else "")
                 + f" {'overlap':>7} {'tied items':>10}"]
        for row in self.to_dict()["curve"]:
            adjusted = "-" if row["adjusted"] is None else f"{row['adjusted']:.4f}"
            z = "-" if row["z"] is None else f"{row['z']:.1f}"
            lines.append(f"{row['k']:>8} {row['jaccard']:>7.4f} {row['chance']:>7.4f} {adjusted:>8} {z:>8}"
                         + (f" {row['p']:>7.2g}" if with_p else "")
                         + f" {row['overlap']:>7.4f} {row['tied_items']:>10}")
        if with_p:
            lines.append(f"p {self.p_curve:.2g} for the best of these k")
        return "\n".join(lines)


def compare(x: Space, y: Space, k: int | Iterable[int], metric: Metric = "euclidean", *, permutations: int = 0,
            seed: int = 0, threads: int = 0, progress: Progress = None) -> Comparison:
    """Everything about two arrays, or two graphs, at one k or several: the scores, each beside what chance gives, z, and
    with `permutations` a p-value."""
    ks = sorted(set(_ks(k)))
    if not ks:
        raise ValueError("k: give one or more")
    work = _work(threads, progress)
    if _are_graphs(x, y, metric):
        graph_x, graph_y = x, y
        for one in (ks[0], ks[-1]):
            _check_k(one, min(x.k, y.k))
    else:
        a, b = _pair(x, y)
        _check_k(ks[0], len(a) - 1)
        graph_x, graph_y = map(_wrap, _build_both(a, b, ks[-1], metric, work))
    curve = _table(_core.judge_curve(graph_x._graph, graph_y._graph, work))[[one - 1 for one in ks]]
    p_curve = None
    if permutations:
        test = permutation_test(graph_x, graph_y, ks, count=permutations, seed=seed, threads=threads, progress=progress)
        curve = _table({**{name: curve[name] for name in curve.dtype.names or ()}, "p": test.jaccard.scores["p"]})
        p_curve = test.jaccard.p
    return Comparison(graph_x.n, curve, p_curve, graph_x, graph_y)


class PermutedCurve(NamedTuple):
    """One score against the permuted ones."""

    scores: np.ndarray  #: a table: k, observed, expected, sd, z, p
    p: float  #: for the best of all these k


class PermutationTest(NamedTuple):
    """Both scores under the same permutations."""

    jaccard: PermutedCurve  #: NNGS
    overlap: PermutedCurve  #: the mean share of common neighbours


def permutation_test(x: Graph, y: Graph, k: int | Iterable[int] | None = None, *, count: int = 999, seed: int = 0,
                     groups: Sequence[Any] | None = None, threads: int = 0,
                     progress: Progress = None) -> PermutationTest:
    """How often does a random pairing of the items of two graphs score as high? `k`: those to test, all without it.
    `groups`: a label for each item; only items of one label change places then."""
    ks = [] if k is None else _ks(k)
    labels = [] if groups is None else np.unique(np.asarray(groups), return_inverse=True)[1].ravel().tolist()
    jaccard, p, shared, shared_p = _core.permutation_test(
        _graph(x, "x"), _graph(y, "y"), ks, operator.index(count), _seed(seed), labels, _work(threads, progress))
    return PermutationTest(PermutedCurve(_table(jaccard), p), PermutedCurve(_table(shared), shared_p))


def item_scores(x: Graph, y: Graph, k: int, *, threads: int = 0, progress: Progress = None) -> np.ndarray:
    """Which items agree? A table with a row for each: item, shared (common neighbours), jaccard, p (of as many by
    chance), adjusted_p (for all items: Benjamini and Hochberg)."""
    return _table(_core.item_scores(_graph(x, "x"), _graph(y, "y"), operator.index(k), _work(threads, progress)))


class Changes(NamedTuple):
    """How one item's neighbourhood changes from x to y: items, nearest first."""

    kept: np.ndarray  #: in both
    lost: np.ndarray  #: in x alone
    gained: np.ndarray  #: in y alone


def changes(x: Graph, y: Graph, item: int, k: int) -> Changes:
    """What one item's neighbourhoods at k keep, lose and gain from x to y."""
    return Changes(*_core.changes(_graph(x, "x"), _graph(y, "y"), operator.index(item), operator.index(k)))


def sample_similarity_curve(x: Any, y: Any, k: int, rows: int, metric: Metric = "euclidean", *, seed: int = 0,
                            confidence: float = 0.95, threads: int = 0, progress: Progress = None) -> np.ndarray:
    """The scores of all rows at 1 .. k, estimated by searching some `rows` of them against all. A table: jaccard, its
    standard_error and interval (lower, upper); the same of the overlap."""
    if metric == "precomputed":
        raise ValueError("metric precomputed takes all rows: build the graphs")
    a, b = _pair(x, y)
    return _table(_core.sample_curve(a, b, operator.index(k), _metric(metric), operator.index(rows), _seed(seed),
                                     confidence, _work(threads, progress)))


def sample_similarity(x: Any, y: Any, k: int, rows: int, metric: Metric = "euclidean", *, seed: int = 0,
                      confidence: float = 0.95, threads: int = 0, progress: Progress = None) -> np.void:
    """The score of all rows at k, estimated by searching some `rows` of them against all: the last row of
    `sample_similarity_curve`, which tells the columns."""
    return sample_similarity_curve(x, y, k, rows, metric, seed=seed, confidence=confidence, threads=threads,
                                   progress=progress)[-1]


class Cka(NamedTuple):
    """Centred kernel alignment of two arrays."""

    biased: float | None  #: as published, in [0, 1]; None where it is not defined
    debiased: float | None  #: 0 on average for unrelated data; None where it is not defined
    chance: float  #: what the biased value is on average when rows are paired at random
    bandwidths: tuple[float, float]  #: of the kernels; 0 for linear ones
    complaints: tuple[str, str]  #: what is wrong with the kernel of x, and of y; empty where nothing is


def cka(x: Any, y: Any, kernel: str = "linear", *, fraction: float = 1, bandwidth: float = 0, seed: int = 0,
        threads: int = 0, progress: Progress = None) -> Cka:
    """CKA (Kornblith et al. 2019), the baseline. `kernel`: linear or rbf, whose bandwidth is a `fraction` of the median
    distance, or given; `seed` draws the pairs that the median is taken of where n is over 2,048."""
    a, b = _pair(x, y)
    made = _core.cka(a, b, kernel, fraction, bandwidth, _seed(seed), _work(threads, progress))
    value = {name: made[name] if made[f"{name}_defined"] else None for name in ("biased", "debiased")}
    return Cka(value["biased"], value["debiased"], made["chance"], made["bandwidths"], made["complaints"])


def matrix(spaces: Sequence[Space], k: int, metric: Metric = "euclidean", *, threads: int = 0,
           progress: Progress = None) -> np.ndarray:
    """Each space with each at k, all arrays or all graphs: a square table of the columns of `judge_curve`, so that
    matrix(...)["adjusted"] is a heat map. Each space is searched once."""
    k, work = operator.index(k), _work(threads, progress)
    graphs = []
    for number, space in enumerate(spaces):
        name = f"space {number}"
        graphs.append(space._graph if isinstance(space, Graph)
                      else _named(name, _build, _rows(space, name), k, metric, work))
    if not graphs:
        raise ValueError("no spaces: give one or more")
    return _table(_core.judge_pairs(graphs, k, work)).reshape(len(graphs), len(graphs))


def corrected_similarity_curve(x: Any, y: Any, found_x: Graph, found_y: Graph, k: int, rows: int,
                               metric: Metric = "euclidean", *, seed: int = 0, confidence: float = 0.95,
                               threads: int = 0, progress: Progress = None) -> np.ndarray:
    """The scores of exact lists at 1 .. k, from those of an approximate search (`found_x`, `found_y`) and an exact
    search of some `rows`. A table: jaccard, its standard_error and interval; the same of the overlap; the score of the
    lists as found, uncorrected; their recall; the share of items that are changed."""
    if metric == "precomputed":
        raise ValueError("metric precomputed takes all rows: build the graphs")
    a, b = _pair(x, y)
    return _table(_core.corrected_curve(a, b, _graph(found_x, "found_x"), _graph(found_y, "found_y"), operator.index(k),
                                        _metric(metric), operator.index(rows), _seed(seed), confidence,
                                        _work(threads, progress)))


def corrected_similarity(x: Any, y: Any, found_x: Graph, found_y: Graph, k: int, rows: int, metric: Metric = "euclidean",
                         *, seed: int = 0, confidence: float = 0.95, threads: int = 0,
                         progress: Progress = None) -> np.void:
    """The score of exact lists at k from that of an approximate search, corrected by an exact search of some `rows`: the
    last row of `corrected_similarity_curve`, which tells the columns."""
    return corrected_similarity_curve(x, y, found_x, found_y, k, rows, metric, seed=seed, confidence=confidence,
                                      threads=threads, progress=progress)[-1]


def growth(x: Any, y: Any, k: int, rows: int, metric: Metric = "euclidean", *, scale: str = "neighbors", seed: int = 0,
           confidence: float = 0.95, threads: int = 0, progress: Progress = None) -> np.ndarray:
    """The score as the number of items grows: of all, of about half of them, a quarter and so on, each estimated by the
    same `rows`. `scale`: k stays ("neighbors"), or its share of the items does ("share"). A table with a row for each
    number of items. The errors are over the rows, given the items; other seeds draw other items."""
    if metric == "precomputed":
        raise ValueError("metric precomputed takes all rows: build the graphs")
    if scale not in ("neighbors", "share"):
        raise ValueError(f"scale {scale!r} is not known: use neighbors or share")
    a, b = _pair(x, y)
    return _table(_core.growth(a, b, operator.index(k), _metric(metric), operator.index(rows), scale == "share",
                               _seed(seed), confidence, _work(threads, progress)))


def chance_curve(n: int, k: int) -> np.ndarray:
    """What a random pairing of n items scores at 1 .. k, exactly. A table."""
    return _table(_core.chance_curve(operator.index(n), operator.index(k)))


def distance(a: Any, b: Any, metric: Metric = "euclidean") -> float:
    """The distance of two points: not squared, cosine and correlation as 1 - r, the inner product negated."""
    first, second = _array(a, "a"), _array(b, "b")
    if first.ndim != 1 or first.shape != second.shape or not first.size:
        raise ValueError(f"points of shapes {first.shape} and {second.shape} have no distance")
    return _core.distance(_rows(np.stack([first, second]).astype(np.float64)), _metric(metric))


def peak(curve: np.ndarray, of: str = "adjusted") -> int:
    """The k below n - 1 at which a column of a judged curve is highest, the smallest of several."""
    below = _below_last(curve)
    return int(below["k"][below[of].argmax()])


def log_area(curve: np.ndarray, of: str = "adjusted") -> float:
    """The area under a column of a judged curve with k on a logarithmic scale (Lee et al. 2015). Comparable only
    between curves over the same k."""
    below = _below_last(curve)
    return float(np.average(below[of], weights=1 / below["k"]))


def _below_last(curve: np.ndarray) -> np.ndarray:
    below = curve[curve["chance"] < 1]  # chance is 1 at n - 1, where all scores are
    if not below.size:
        raise ValueError(f"the curve of {curve.size} scores has none at a k below n - 1: give more k or more items")
    return below


# Arrays. The extension takes float32 and float64 whose rows are contiguous; this makes them, without a copy where it can.


def _array(values: Any, name: str) -> np.ndarray:
    """The same memory where the object gives it."""
    if isinstance(values, Graph):
        raise ValueError(f"{name} is a graph: give an array, or graphs alone")
    if hasattr(values, "__dlpack__") and not isinstance(values, np.ndarray):
        try:
            return np.from_dlpack(values)
        except Exception:  # not on the CPU, a type that numpy lacks, or a library that offers __array__ beside it
            pass
    try:
        return np.asarray(values)
    except Exception as error:
        raise ValueError(f"{name}: no array can be made of it: {error}") from error


def _rows(values: Any, name: str = "x") -> np.ndarray:
    given = _array(values, name)
    if given.ndim != 2:
        raise ValueError(f"{name} is an array of shape {given.shape}: give one row per item, n x d")
    if given.dtype.kind not in "fiub":
        raise ValueError(f"{name} is an array of {given.dtype}: give real numbers")
    if given.dtype.kind in "iu" and given.dtype.itemsize == 8 and given.size and max(
            -int(given.min()), int(given.max())) > 2**53:
        raise ValueError(f"{name} has whole numbers beyond 2^53, which float64 does not tell apart")
    small = given.dtype.itemsize < 4 or given.dtype == np.float32
    wanted = np.dtype(np.float32 if small else np.float64)
    of_rows = given.shape[1] * wanted.itemsize
    in_place = (given.dtype == wanted and given.dtype.isnative and given.flags.aligned
                and (given.shape[1] == 1 or given.strides[1] == wanted.itemsize)
                and given.strides[0] >= of_rows and given.strides[0] % wanted.itemsize == 0)
    return given if in_place else np.ascontiguousarray(given, wanted)


def _pair(x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Of one type: where one is float64, a float32 is copied."""
    a, b = _rows(x, "x"), _rows(y, "y")
    if len(a) != len(b):
        raise ValueError(f"x is {a.shape[0]} x {a.shape[1]} and y is {b.shape[0]} x {b.shape[1]}: "
                         "both need the same rows (items), in the same order")
    if a.dtype != b.dtype:
        a, b = a.astype(np.float64, copy=False), b.astype(np.float64, copy=False)
    return a, b


# Graphs and scores.


def _build(rows: np.ndarray, k: int, metric: Metric, work: _core.Work, builder: str = "automatic",
           ties: str | int = "matrix") -> _core.Graph:
    order = ties if isinstance(ties, str) else _seed(ties)
    if metric != "precomputed":
        return _core.build_graph(rows, operator.index(k), _metric(metric), builder, order, work)
    if order == "matrix":  # the points of this search are the numbers of the items: the order comes from the distances
        digest = hashlib.blake2b(np.ascontiguousarray(rows, "<f8").data, digest_size=8).digest()
        order = int.from_bytes(digest, "little")
    return _core.build_precomputed(rows, operator.index(k), order, work)


def _build_both(a: np.ndarray, b: np.ndarray, k: int, metric: Metric,
                work: _core.Work) -> tuple[_core.Graph, _core.Graph]:
    return _named("x", _build, a, k, metric, work), _named("y", _build, b, k, metric, work)


def _named(name: str, build: Callable[..., _core.Graph], *arguments: Any) -> _core.Graph:
    """An error of the building says which space it was."""
    try:
        return build(*arguments)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _wrap(graph: _core.Graph) -> Graph:
    made = object.__new__(Graph)
    made._graph = graph
    return made


def _graph(space: Any, name: str) -> _core.Graph:
    if not isinstance(space, Graph):
        raise ValueError(f"{name} is no graph: make one by nngs.Graph({name}, k)")
    return space._graph


def _are_graphs(x: Space, y: Space, metric: Metric) -> bool:
    graphs = isinstance(x, Graph), isinstance(y, Graph)
    if graphs == (True, True) and metric != "euclidean":
        raise ValueError(f"metric {metric}: the graphs are searched already, name it where they are made")
    if True in graphs and False in graphs:
        raise ValueError("one is a graph and one an array: give two graphs or two arrays")
    return graphs[0]


def _score(x: Space, y: Space, k: int, metric: Metric, threads: int, progress: Progress) -> dict[str, np.ndarray]:
    k, work = operator.index(k), _work(threads, progress)
    if _are_graphs(x, y, metric):
        return _core.compare_graphs(x._graph, y._graph, k, work)
    a, b = _pair(x, y)
    if metric == "precomputed":
        return _core.compare_graphs(*_build_both(a, b, k, metric, work), k, work)
    return _core.compare_matrices(a, b, k, _metric(metric), work)


def _table(columns: dict[str, np.ndarray]) -> np.ndarray:
    """One structured array of named columns."""
    size = len(next(iter(columns.values())))
    made = np.empty(size, [(name, column.dtype) for name, column in columns.items()])
    for name, column in columns.items():
        made[name] = column
    return made


# Options.


def _ks(k: int | Iterable[int]) -> list[int]:
    return [operator.index(one) for one in (k if isinstance(k, Iterable) else [k])]


def _check_k(k: int, most: int) -> None:
    if not 1 <= k <= most:
        raise ValueError(f"k = {k} is not in [1, {most}]")


def _seed(seed: int) -> int:
    if not 0 <= operator.index(seed) < 2**64:
        raise ValueError(f"seed {seed} is not in [0, 2^64)")
    return operator.index(seed)


def _metric(metric: Metric) -> str | int:
    if isinstance(metric, str):
        return metric
    compiled = isinstance(metric, ctypes._CFuncPtr)  # type: ignore[attr-defined]
    address = ctypes.cast(metric, ctypes.c_void_p).value if compiled else getattr(metric, "address", None)
    if not isinstance(address, int) or address == 0:
        raise ValueError("metric: give a name, or a compiled function double(const double*, const double*, ptrdiff_t), of "
                         "ctypes or numba.cfunc; one in Python would be called for each pair of items")
    return address


def _work(threads: int, progress: Progress) -> _core.Work:
    if not 0 <= operator.index(threads) < 2**31:
        raise ValueError(f"threads = {threads}: give 0, for one on each core, or more")
    return _core.Work(operator.index(threads), _report(progress))


def _report(progress: Progress) -> Callable[[int, int], Any] | None:
    """What is called as report(done, total), made of that or of a bar."""
    if progress is None or not hasattr(progress, "update"):
        return progress
    bar: Any = progress

    def show(done: int, total: int) -> None:
        if bar.total != total or done < bar.n:
            bar.reset(total)
        bar.update(done - bar.n)

    return show
