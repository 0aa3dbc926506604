#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing, builds, and runs every test.
# usage: tests/run.sh [PRESET...]     presets of CMakePresets.json: release (the default), dev, clang, asan, tsan
# The environment variable NNGS_DATA may name a folder of real embeddings; what needs them is skipped without it.
set -euo pipefail
if [ -n "${NNGS_DATA:-}" ]; then
  NNGS_DATA=$(realpath "$NNGS_DATA")
  export NNGS_DATA
fi
cd "$(dirname "$0")/.."

scripts/install_dependencies.sh tests
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(getconf _NPROCESSORS_ONLN)}
for preset in "${@:-release}"; do
  echo "== $preset"
  cmake --preset "$preset"
  cmake --build --preset "$preset"
  ctest --preset "$preset"
  if [ "$preset" = release ]; then tests/python/run.sh; fi
done
