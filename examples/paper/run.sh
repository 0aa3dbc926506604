#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing, builds, and makes the report of the paper's experiments anew in docs/paper. Options go to
# the program, with paths as seen from the project's folder. Parts that need embeddings look in ../shared/data or in
# --data FOLDER, and are left as they are where those are not there: examples/paper/get_data.py fetches what can be had.
set -euo pipefail
cd "$(dirname "$0")/../.."

scripts/install_dependencies.sh plots
echo "Building the experiments (about a minute the first time) ..."
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(getconf _NPROCESSORS_ONLN)}
cmake --preset demo -D NNGS_BUILD_EXAMPLES=ON >/dev/null
cmake --build --preset demo --target nngs_paper >/dev/null
data=()
if [ -d ../shared/data ]; then data=(--data ../shared/data); fi
build/demo/bin/nngs_paper all --output docs/paper ${data[@]+"${data[@]}"} "$@"
echo "The report is docs/paper/README.md"
