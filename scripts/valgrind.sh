#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The part of the tests that valgrind gets through in minutes, by the files they stand in: readers, errors, graphs,
# scores and CKA on small data. An error or a leak fails it.
# usage: scripts/valgrind.sh [PRESET]     release (the default) names functions, dev also lines
#
# valgrind shows the program a processor without AVX-512, so the AVX2 loops are what runs. Build with g++: valgrind
# 3.19 cannot read the debug information of clang 14.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-release}

export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(getconf _NPROCESSORS_ONLN)}
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset" --target nngs_tests nngs_tests_of_errors nngs_program_tests

# check_files EXECUTABLE FILE...: the tests that stand in these files.
check_files() {
  local tags
  printf -v tags '[#%s],' "${@:2}"
  valgrind --quiet --error-exitcode=1 --leak-check=full --fair-sched=yes \
    "build/$preset/tests/$1" --filenames-as-tags "${tags%,}"
}
check_files library/nngs_tests chance debiased_cka degenerate_kernels distances enumeration executors found_elsewhere \
  graph_diagnostics invariance items linear_cka prefix samples sets_match_lists tallies_add_up
check_files library/nngs_tests_of_errors errors
check_files program/nngs_program_tests choice_of_k read_npy read_text
