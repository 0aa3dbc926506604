# SPDX-License-Identifier: MIT
"""Threads, progress and Ctrl-C."""
import io
import signal
import subprocess
import sys
import threading

import nngs
import numpy as np
import pytest
from spaces import paired


def test_any_number_of_threads_gives_the_same_bits():
    x, y = paired(n=1500, d=8, dtype=np.float32)
    graph = nngs.Graph(x, 20)
    for threads in (1, 2, 3, 8):
        assert nngs.Graph(x, 20, threads=threads) == graph
        assert nngs.similarity(x, y, 20, threads=threads) == nngs.similarity(x, y, 20)
        assert nngs.cka(x, y, threads=threads) == nngs.cka(x, y)


def test_several_callers_at_once():
    x, y = paired(n=1000)
    expected = nngs.similarity(x, y, 10)
    found = []
    callers = [threading.Thread(target=lambda: found.append(nngs.similarity(x, y, 10, threads=2))) for _ in range(6)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert found == [expected] * 6


def test_the_interpreter_is_free_meanwhile():
    """Nobody is made to let go of the interpreter in a thousand seconds: the call has to do so itself."""
    x = paired(n=6000, d=64)[0]
    order, begun = [], threading.Event()

    def call():
        order.append("begin")
        begun.set()
        nngs.Graph(x, 10)
        order.append("end")

    before = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    try:
        caller = threading.Thread(target=call)
        caller.start()
        begun.wait()
        order.append("meanwhile")
        caller.join()
    finally:
        sys.setswitchinterval(before)
    assert order == ["begin", "meanwhile", "end"]


def test_progress():
    x, y = paired(n=2000)
    told = []
    score = nngs.similarity(x, y, 10, progress=lambda done, total: told.append((done, total, threading.get_ident())))
    assert score == nngs.similarity(x, y, 10)
    assert all(0 < done <= total for done, total, _ in told)
    assert sum(done == total for done, total, _ in told) >= 3  # each graph, then the score
    assert {thread for _, _, thread in told} == {threading.get_ident()}


def test_progress_of_every_function():
    x, y = paired(n=200)
    gx, gy = nngs.Graph(x, 5), nngs.Graph(y, 5)
    for call in (lambda **to: nngs.Graph(x, 5, **to), lambda **to: nngs.similarity(gx, gy, 5, **to),
                 lambda **to: nngs.similarity_curve(x, y, **to), lambda **to: nngs.judge_curve(gx, gy, **to),
                 lambda **to: nngs.compare(x, y, 5, **to), lambda **to: nngs.permutation_test(gx, gy, count=9, **to),
                 lambda **to: nngs.item_scores(gx, gy, 5, **to), lambda **to: nngs.sample_similarity(x, y, 5, 20, **to),
                 lambda **to: nngs.cka(x, y, **to), lambda **to: nngs.matrix([gx, gy], 5, **to),
                 lambda **to: gx.diagnostics(**to)):
        told = []
        call(progress=lambda done, total: told.append(done))
        assert told


def test_what_the_progress_raises_ends_the_work():
    class Enough(Exception):
        pass

    def stop(done, total):
        raise Enough

    x, y = paired(n=2000)
    for threads in (1, 2):
        with pytest.raises(Enough):
            nngs.similarity(x, y, 10, threads=threads, progress=stop)
    assert nngs.similarity(x, y, 10) > 0


def test_a_bar_of_tqdm():
    tqdm = pytest.importorskip("tqdm").tqdm
    x, y = paired(n=2000)
    with tqdm(file=io.StringIO()) as bar:
        nngs.similarity(x, y, 10, progress=bar)
        assert bar.n == bar.total > 0


# Seconds to hours of work, which ends with other words.
LONG = """
import numpy as np, nngs
x = np.random.default_rng(1).standard_normal((60_000, 256), dtype=np.float32)
print("begin", flush=True)
try:
    {call}
    print("all done")
except KeyboardInterrupt:
    print("stopped")
"""


@pytest.mark.parametrize("call", ["nngs.Graph(x, 500, threads={threads})",
                                  "nngs.Graph(x, 10, 'minkowski:3', threads={threads})",
                                  "nngs.similarity_curve(x, x[::-1], threads={threads})"])
@pytest.mark.parametrize("threads", [1, 2])
def test_control_c(call, threads):
    process = subprocess.Popen([sys.executable, "-c", LONG.format(call=call.format(threads=threads))],
                               stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "begin\n"
        threading.Event().wait(0.5)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30)[0] == "stopped\n"
    finally:
        process.kill()
