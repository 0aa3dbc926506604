# SPDX-License-Identifier: MIT
"""Which arrays are looked at where they lie, which are copied, and how long what comes back lives."""
import gc
import subprocess
import sys

import nngs
import numpy as np
import pytest
from spaces import paired


def address(array):
    return array.__array_interface__["data"][0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rows_are_taken_where_they_lie(dtype):
    x = paired(dtype=dtype)[0]
    read_only = x.copy()
    read_only.flags.writeable = False
    for given in (x, read_only, x[::2], x[3:], x[:, :7], x[:, 2:], x[:, :1]):
        assert address(nngs._rows(given)) == address(given)


@pytest.mark.parametrize("make", [
    np.asfortranarray, lambda x: x[::-1], lambda x: x[:, ::2], lambda x: x.astype(">f8"), lambda x: x.astype(np.longdouble),
    lambda x: np.frombuffer(b"." + x.tobytes(), np.uint8)[1:].view(x.dtype).reshape(x.shape),
    lambda x: x.tolist(), lambda x: memoryview(x)], ids=range(8))
def test_other_layouts_give_the_same_graph(make):
    x = paired()[0]
    given = make(x)
    rows = np.asarray(given, dtype=np.float64)
    assert nngs.Graph(given, 5) == nngs.Graph(np.ascontiguousarray(rows), 5)


@pytest.mark.parametrize("dtype", [np.float16, np.int8, np.uint16, np.int32, np.int64, bool])
def test_other_types_are_converted(dtype):
    x = (4 * paired()[0]).astype(dtype)
    assert nngs.Graph(x, 5) == nngs.Graph(x.astype(np.float64), 5)


def test_broadcast_rows_are_copied():
    assert nngs.Graph(np.broadcast_to(np.ones(3), (5, 3)), 2).tied.all()


class WithArray:
    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return self.values if dtype is None else self.values.astype(dtype)


class WithDlpack:
    def __init__(self, values):
        self.values = values

    def __dlpack__(self, **options):
        return self.values.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.values.__dlpack_device__()


@pytest.mark.parametrize("holder", [WithArray, WithDlpack])
def test_holders_of_arrays_are_not_copied(holder):
    x, y = paired()
    assert address(nngs._rows(holder(x))) == address(x)
    assert nngs.similarity(holder(x), holder(y), 5) == nngs.similarity(x, y, 5)


def test_torch_tensors():
    torch = pytest.importorskip("torch")
    x, y = paired(dtype=np.float32)
    a, b = torch.from_numpy(x), torch.from_numpy(y)
    assert address(nngs._rows(a)) == a.data_ptr()
    assert nngs.similarity(a, b, 5) == nngs.similarity(x, y, 5)


def test_one_float32_and_one_float64():
    x, y = paired()
    x = x.astype(np.float32)
    assert nngs.similarity(x, y, 5) == nngs.similarity(x.astype(np.float64), y, 5)
    assert nngs.cka(x, y).biased == nngs.cka(x.astype(np.float64), y).biased


# 122 MiB, which would show in the memory of the process if they were copied. In column order they have to be.
MEMORY = """
import resource
import numpy as np, nngs
x = np.zeros((1_000_000, 16), order="{order}")
x[:, 0] = np.arange(len(x))
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before = peak()
nngs.sample_similarity(x, x, 1, rows=2, metric="manhattan", threads=1)
print(peak() - before)
"""


def test_memory():
    def megabytes_more(order):
        run = subprocess.run([sys.executable, "-c", MEMORY.format(order=order)], capture_output=True, text=True, check=True)
        return int(run.stdout)

    assert megabytes_more("C") < 60
    assert megabytes_more("F") > 110


def test_the_array_may_go_while_the_graph_stays():
    x, y = paired()
    expected = nngs.Graph(x, 5)
    graph = nngs.Graph(x.copy(), 5)
    gc.collect()
    assert graph == expected


def test_views_outlive_the_graph():
    x = paired()[0]
    view = nngs.Graph(x, 10).indices
    gc.collect()
    others = [nngs.Graph(x + number, 10) for number in range(20)]  # would be laid where the graph was
    assert np.array_equal(view, nngs.Graph(x, 10).indices)
    assert not view.flags.writeable and not view.flags.owndata
    assert view.dtype == np.uint32 and view.shape == (len(x), 10) and others


def test_views_are_of_the_graph():
    graph = nngs.Graph(paired()[0], 10)
    one, other = graph.indices, graph.indices
    assert address(one) == address(other)


def test_tables_own_their_memory():
    x, y = paired()
    curve = nngs.judge_curve(nngs.Graph(x, 10), nngs.Graph(y, 10))
    curve["z"] = 0
    assert curve.flags.writeable and curve["z"].sum() == 0
    kept = nngs.changes(nngs.Graph(x, 10), nngs.Graph(y, 10), 0, 10).kept
    gc.collect()
    assert set(kept.tolist()) <= set(nngs.Graph(x, 10).indices[0].tolist())
