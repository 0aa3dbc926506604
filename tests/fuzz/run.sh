#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the fuzz targets (clang) and runs each on the kept corpus and what it makes of it. A finding ends the run; its
# input is then in build/fuzz/found, and is to become a named test (tests/program/read_damaged_files.cpp).
# The kept corpus has no file that reaches nothing new; with new ones beside it in FOLDER it is made by
#   build/fuzz/tests/fuzz/fuzz_TARGET -merge=1 -use_counters=0 -max_len=4096 NEW_FOLDER tests/fuzz/corpus/TARGET FOLDER
# usage: tests/fuzz/run.sh [SECONDS [TARGET...]]     for each target; 7 by default: a smoke run of three quarters of a minute
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-7}
targets=("${@:2}")
[ ${#targets[@]} -gt 0 ] || targets=(npy arrays text labels lists graph_bytes search)

cmake --preset fuzz
cmake --build --preset fuzz

mkdir -p build/fuzz/found
for target in "${targets[@]}"; do
  echo "== $target"
  # No reader may ask for a MiB at once for a file of 4 KiB: whatever a header claims, memory follows the bytes there are.
  limits=(-max_len=4096 -malloc_limit_mb=1)
  [ "$target" = search ] && limits=(-max_len=512 -malloc_limit_mb=64)
  [ -e "tests/fuzz/$target.dict" ] && limits+=(-dict="tests/fuzz/$target.dict")
  found=build/fuzz/corpus/$target
  mkdir -p "$found"
  "build/fuzz/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=1024 "${limits[@]}" \
    -artifact_prefix="build/fuzz/found/$target-" -print_final_stats=1 -verbosity=0 "$found" "tests/fuzz/corpus/$target"
done
