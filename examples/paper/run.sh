#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing, builds, and makes the report of the paper's experiments anew in docs/paper. Options go to
# the program, with paths as seen from the project's folder: --data FOLDER names the embeddings that three parts need
# (examples/paper/get_data.py fetches what can be had); without them those parts are left as they are.
set -euo pipefail
cd "$(dirname "$0")/../.."

scripts/install_dependencies.sh plots
echo "Building the experiments (about a minute the first time) ..."
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(getconf _NPROCESSORS_ONLN)}
cmake --preset demo -D NNGS_BUILD_EXAMPLES=ON >/dev/null
cmake --build --preset demo --target nngs_paper >/dev/null
build/demo/bin/nngs_paper all --output docs/paper "$@"
echo "The report is docs/paper/README.md"
