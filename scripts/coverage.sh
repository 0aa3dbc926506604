#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# How much of include/ the tests reach, a line a header; fails under 95 % of lines or 85 % of branches. By clang, which
# counts the instances of a template as one. What a processor without AVX-512 leaves out counts as not reached. The pages
# build/coverage/html/index.html show what is left.
# usage: scripts/coverage.sh
set -euo pipefail
cd "$(dirname "$0")/.."

export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(getconf _NPROCESSORS_ONLN)}
cmake --preset coverage
cmake --build --preset coverage

folder=build/coverage
tests=$folder/tests/library/nngs_tests
errors=$folder/tests/library/nngs_tests_of_errors
for one in "$tests" "$errors"; do
  LLVM_PROFILE_FILE=$one.profraw "$one"
done
"$(clang++ -print-prog-name=llvm-profdata)" merge -o $folder/counts.profdata "$tests.profraw" "$errors.profraw"

llvm_cov=$(clang++ -print-prog-name=llvm-cov)
what=("$tests" -object "$errors" -instr-profile=$folder/counts.profdata)
"$llvm_cov" show "${what[@]}" -format=html -output-dir=$folder/html -show-branches=count "$PWD/include"
"$llvm_cov" export "${what[@]}" -summary-only "$PWD/include" | python3 -c '
import json, sys

all_of_it = json.load(sys.stdin)["data"][0]
def show(name, counts):
    print("%-36s" % name, "  ".join("%s %4d of %4d %6.2f %%" % (kind, counts[kind]["covered"], counts[kind]["count"],
                                     counts[kind]["percent"]) for kind in ("lines", "branches")))
for header in all_of_it["files"]:
    show(header["filename"].split("/include/")[-1], header["summary"])
show("all", all_of_it["totals"])
sys.exit(all_of_it["totals"]["lines"]["percent"] < 95 or all_of_it["totals"]["branches"]["percent"] < 85)'
