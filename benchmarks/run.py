#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: run.py PROGRAMS DATA RESULTS [--quick] [--only WORKLOAD,...]     called by run.sh.

Every figure is a ratio of two programs run in turns (ours, theirs, ours, theirs ...), each in a process of its own: what
else the machine does hits both. Quoted are the median of each one's times and the median of the ratios, round by round.
"""
import argparse
import collections
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile

THREADS = 2
PEERS = {  # by workload
    "W1": ["faiss", "sklearn", "authors", "hnswlib"],
    "W1_mean_100": ["faiss", "sklearn"],
    "W2": ["faiss", "sklearn", "authors", "hnswlib"],
    "W2_large": [],
    "W3": ["authors"],
    "W4": ["nanoflann", "authors", "hnswlib"],
    "W5": ["authors"],
    "W6": ["faiss", "sklearn", "authors"],
    "CKA": ["numpy32", "numpy64"],
}
QUICK = {"W1": ["faiss", "sklearn"], "W3": ["authors"], "W4": ["nanoflann"], "W5": ["authors"], "W6": ["faiss"],
         "CKA": ["numpy32"]}
IN_CPP = {"faiss", "nanoflann", "hnswlib"}
SWEEPS = "k_sweep d_sweep n_sweep overhead metric instructions builder scorer".split()

Run = collections.namedtuple("Run", "seconds value flops mebibytes")
Pair = collections.namedtuple("Pair", "first second ratio flops_ratio")  # two Runs of medians; second / first


class Bench:
    def __init__(self, programs, data):
        self.programs, self.data = programs, data

    def program(self, name):
        return os.path.join(self.programs, name)

    def ours(self, name, threads=THREADS, build=""):
        """Google Benchmark repeats for at least as long as the peers do."""
        return [self.program("nngs_benchmarks" + build), f"--benchmark_filter=^{name}/threads:{threads}(/|$)",
                "--benchmark_min_time=0.5", "--benchmark_format=json", self.data]

    def peer(self, name, workload):
        if name in IN_CPP:
            start = [self.program(f"peer_{name}")]
        else:
            start = [python(), os.path.join(os.path.dirname(__file__), "peers", "peers.py"), name]
        return start + [self.data, workload, str(THREADS)]

    def from_python(self, name):
        """Nothing where tests/python/run.sh has not installed the module."""
        folder = os.path.dirname(__file__)
        environment = os.path.join(folder, "..", "build", "python", "environment", "bin", "python")
        script = os.path.join(folder, "from_python.py")
        return [environment, script, self.data, name, str(THREADS)] if os.path.exists(environment) else None

    def missing(self, peer):
        """Why it cannot run, or nothing."""
        if peer in IN_CPP:
            return "" if os.path.exists(self.program(f"peer_{peer}")) else "was not there when the benchmarks were built"
        module = "numpy" if peer.startswith("numpy") else "sklearn"
        found = subprocess.run([python(), "-c", f"import {module}"], capture_output=True).returncode == 0
        return "" if found else f"needs the Python module {module}"

    def agreement(self, peer, workload):
        with tempfile.TemporaryDirectory() as scratch:
            lists = os.path.join(scratch, "lists")
            run(self.peer(peer, workload) + [lists])
            return json.loads(run([self.program("nngs_agreement"), self.data, workload, lists])[0])


def python():
    """Debian's, where its scikit-learn lives, if there is one."""
    return "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable


def environment(command):
    """Without what may be set for the BLAS here: an OPENBLAS_CORETYPE, say, halves the peers."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("OPENBLAS_", "OMP_", "MKL_"))}
    one_each = "peer_faiss" in command[0]  # its queries are split over threads of our own
    clean["OPENBLAS_NUM_THREADS"] = clean["OMP_NUM_THREADS"] = "1" if one_each else str(THREADS)
    return clean


def run(command):
    """Standard output and the peak memory in MiB."""
    child = subprocess.Popen(command, env=environment(command), stdout=subprocess.PIPE, text=True)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with status {child.returncode}")
    return output, usage.ru_maxrss / 1024


def timed(command):
    output, mebibytes = run(command)
    result = json.loads(output)
    if "benchmarks" in result:
        (result,) = result["benchmarks"]
        result["seconds"] = result["real_time"] / 1000
    return Run(result["seconds"], result.get("value"), result.get("flops"), mebibytes)


def paired(first, second, rounds):
    """Runs the two commands in turns; no more than 3 rounds when one takes over 10 s."""
    firsts, seconds = [], []
    while len(firsts) < (min(rounds, 3) if firsts and firsts[0].seconds + seconds[0].seconds > 10 else rounds):
        firsts.append(timed(first))
        seconds.append(timed(second))

    def ratio(of):
        return statistics.median(of(b) / of(a) for a, b in zip(firsts, seconds))

    def median(runs):
        return Run(statistics.median(r.seconds for r in runs), runs[0].value, runs[0].flops, max(r.mebibytes for r in runs))

    has_flops = firsts[0].flops and seconds[0].flops
    return Pair(median(firsts), median(seconds), ratio(lambda r: r.seconds), ratio(lambda r: r.flops) if has_flops else None)


def time_text(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def ratio_text(ratio):
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.2f}"


def table(head, rows):
    lines = [head, ["---"] * len(head)] + rows
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines) + "\n"


def shape(w):
    d = str(w["dx"]) if w["dx"] == w["dy"] else f"{w['dx']} and {w['dy']}"
    k = {"one k": f", k = {w['k']:,}", "every k": ", every k", "cka": ""}[w["task"]]
    return f"{w['name']}: n = {w['n']:,}, d = {d}{k}" + (", GloVe" if w["data"] == "GloVe" else "")


def agreement_text(bench, peer, w, pair):
    if w["task"] == "cka":
        return f"differs by {abs(pair.first.value - pair.second.value):.1g}"
    found = bench.agreement(peer, w["name"])
    return f"recall {found['recall']:.4f}" if peer == "hnswlib" else f"{100 * found['same']:.3f} %"


def against_peers(bench, workloads, peers_of, rounds):
    rows, notes, missing = [], [], {}
    for w in workloads:
        for peer in peers_of[w["name"]]:
            missing.setdefault(peer, bench.missing(peer))
            if missing[peer]:
                continue
            pair = paired(bench.ours(w["name"]), bench.peer(peer, w["name"]), rounds)
            rows.append([shape(w), peer, time_text(pair.first.seconds), time_text(pair.second.seconds),
                         f"**{ratio_text(pair.ratio)}**", f"{pair.first.mebibytes:.0f}", f"{pair.second.mebibytes:.0f}",
                         agreement_text(bench, peer, w, pair)])
            print(*rows[-1], sep="  ", flush=True)
    notes = [f"{peer} {why}: skipped.\n" for peer, why in missing.items() if why]
    return table(["workload", "peer", "ours", "peer's", "ratio", "our MiB", "peer's MiB", "same lists"], rows) + "".join(notes)


def against_ourselves(bench, workloads, rounds):
    rows = []
    for w in workloads:
        name = w["name"]
        peak = paired(bench.ours("fma_peak"), bench.ours(name), rounds)
        native = paired(bench.ours(name), bench.ours(name, build="_native"), rounds)
        alone = paired(bench.ours(name), bench.ours(name, threads=1), rounds)
        fraction = peak.flops_ratio * (2 if w["task"] == "cka" else 1)  # CKA is in double, the peak in float
        double = "" if w["n"] >= 200000 else ratio_text(paired(bench.ours(name), bench.ours("double/" + name), rounds).ratio)
        python = bench.from_python(name)
        rows.append([shape(w), time_text(peak.second.seconds), f"{peak.second.mebibytes:.0f}",
                     "" if name == "W4" else f"{100 * fraction:.0f} %",  # a tree does not look at every pair
                     f"{native.ratio:.2f}", f"{alone.ratio:.2f}", double,
                     f"{paired(bench.ours(name), python, rounds).ratio:.3f}" if python else ""])
        print(*rows[-1], sep="  ", flush=True)
    return table(["workload", "time", "MiB", "of the FMA peak", "native / plain, time", "1 thread / 2, time",
                  "double / float, time", "from Python / C++, time"], rows)


def sweeps(bench, names):
    command = [bench.program("nngs_benchmarks"), f"--benchmark_filter=^(fma_peak|{'|'.join(names)})/",
               "--benchmark_min_time=0.2", "--benchmark_format=json"]
    measured = json.loads(run(command)[0])["benchmarks"]
    times = collections.defaultdict(dict)
    for b in measured:
        name, _, threads = b["name"].removesuffix("/real_time").rpartition("/threads:")
        times[name][threads] = b
    peak = {threads: b["flops"] for threads, b in times.pop("fma_peak").items()}

    def rate(b, threads):
        return f"{100 * b['flops'] / peak[threads]:.1f} %" if "flops" in b else f"{b['bytes_per_second'] / 1e9:.1f} GB/s"

    def cells(runs, threads):
        if threads not in runs:
            return ["", ""]
        return [time_text(runs[threads]["real_time"] / 1000), rate(runs[threads], threads)]

    rows = [[name, *cells(runs, "1"), *cells(runs, "2")] for name, runs in times.items()]
    return table(["one graph", "1 thread", "of the peak", "2 threads", "of the peak"], rows)


def machine():
    name = platform.processor()
    for line in open("/proc/cpuinfo") if os.path.exists("/proc/cpuinfo") else ():
        if line.startswith("model name"):
            name = line.partition(":")[2].strip()
    return f"{name}, {os.cpu_count()} cores"


def compiler(programs):
    for line in open(os.path.join(programs, "..", "CMakeCache.txt")):
        if line.startswith("CMAKE_CXX_COMPILER:"):
            path = line.partition("=")[2].strip()
            return subprocess.run([path, "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    return "unknown"


NOTES = """\
Times are of both graphs and the score. Ratio: the peer's time over ours. Medians of {rounds} rounds (3 where one takes over
10 s), ours and the other in turns. "Same lists": items whose neighbour sets are the peer's, too; the peers compute in
float, we decide in double. Of the FMA peak: 2 d operations for each pair once, against multiply-adds in registers in
float (CKA: in double). Memory includes the input; figures under about 20 MiB are those of the program that measures.
Plain: -O2; native: -O3 -march=native. "authors" for every k: 10 of the k's timed, scaled to all.
"""


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("programs")
    arguments.add_argument("data")
    arguments.add_argument("results")
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--only", help="workloads, W1,W3 say; no sweeps then")
    given = arguments.parse_args()

    bench = Bench(given.programs, given.data)
    rounds = 3 if given.quick else 5
    peers = QUICK if given.quick else PEERS
    wanted = given.only.split(",") if given.only else list(peers)
    with open(os.path.join(given.data, "workloads.json")) as file:
        workloads = [w for w in json.load(file) if w["name"] in wanted]
    peak = [timed(bench.ours("fma_peak", threads)).flops / 1e9 for threads in (1, 2)]

    text = f"{machine()}; {compiler(given.programs)}; {datetime.date.today()}.\n"
    text += f"FMA peak in float: {peak[0]:.0f} GF/s, {peak[1]:.0f} on 2 threads.\n\n"
    text += NOTES.format(rounds=rounds)
    text += "\n## Beside the peers (2 threads)\n\n" + against_peers(bench, workloads, peers, rounds)
    text += "\n## Beside ourselves (2 threads unless said)\n\n"
    text += against_ourselves(bench, [w for w in workloads if not given.quick or w["name"] in ("W1", "W5")], rounds)
    if not given.only and not given.quick:
        text += "\n## Sweeps\n\nRandom data; n = 10,000, d = 128, k = 10 where only one of them varies.\n\n" + sweeps(bench, SWEEPS)
    with open(given.results, "w") as file:
        file.write(text)
    print(f"Wrote {given.results}")


if __name__ == "__main__":
    main()
