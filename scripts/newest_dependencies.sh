#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs newer releases of Eigen, nanoflann and Catch2 than distributions have into build/dependencies, where the
# preset `newest` looks: scripts/newest_dependencies.sh && tests/run.sh newest
# usage: scripts/newest_dependencies.sh [SOURCES]     a folder with eigen, nanoflann and catch2; what is not there is cloned
set -euo pipefail
sources=${1:+$(realpath "$1")}
cd "$(dirname "$0")/.."
sources=${sources:-$PWD/build/dependencies_build/sources}
prefix=$PWD/build/dependencies

install() {  # install NAME REPOSITORY TAG OPTION...
  local name=$1 repository=$2 tag=$3
  shift 3
  if [ ! -e "$sources/$name/CMakeLists.txt" ]; then
    git clone --quiet --depth 1 --branch "$tag" "$repository" "$sources/$name"
  fi
  cmake -S "$sources/$name" -B "build/dependencies_build/$name" -D CMAKE_BUILD_TYPE=Release -D CMAKE_INSTALL_PREFIX="$prefix" \
    -D CMAKE_CXX_STANDARD=20 -D BUILD_TESTING=OFF "$@"
  cmake --build "build/dependencies_build/$name" --target install
}

install eigen https://gitlab.com/libeigen/eigen.git 5.0.1 -D EIGEN_BUILD_DOC=OFF -D EIGEN_BUILD_DEMOS=OFF \
  -D EIGEN_BUILD_BLAS=OFF -D EIGEN_BUILD_LAPACK=OFF
install nanoflann https://github.com/jlblancoc/nanoflann.git v1.12.1 \
  -D NANOFLANN_BUILD_EXAMPLES=OFF -D NANOFLANN_BUILD_TESTS=OFF
install catch2 https://github.com/catchorg/Catch2.git v3.7.1
