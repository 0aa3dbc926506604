#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the fuzz targets (clang) and runs each on the kept corpus and what it makes of it. A finding ends the run;
# its input is left in build/fuzz/found/.
# usage: tests/fuzz/run.sh [SECONDS [TARGET...]]     for each target; 7 by default: a smoke run of half a minute
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-7}
shift || true
targets=("${@:-npy}")
[ $# -gt 0 ] || targets=(npy text labels search)

cmake --preset fuzz
cmake --build --preset fuzz

# No reader may ask for a MiB at once for a file of 4 KiB: whatever a header claims, memory follows the bytes there are.
declare -A longest=([npy]=4096 [text]=4096 [labels]=4096 [search]=512)
declare -A most_at_once=([npy]=1 [text]=1 [labels]=1 [search]=64)

mkdir -p build/fuzz/found
for target in "${targets[@]}"; do
  echo "== $target"
  new=build/fuzz/corpus/$target
  mkdir -p "$new"
  dictionary=()
  [ -e "tests/fuzz/$target.dict" ] && dictionary=(-dict="tests/fuzz/$target.dict")
  "build/fuzz/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
    -malloc_limit_mb="${most_at_once[$target]}" -max_len="${longest[$target]}" "${dictionary[@]}" \
    -artifact_prefix="build/fuzz/found/$target-" -print_final_stats=1 -verbosity=0 \
    "$new" "tests/fuzz/corpus/$target"
done
