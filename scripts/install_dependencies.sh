#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what building nngs needs and this machine lacks, with apt, dnf or brew. Says what it does; asks for no
# network when all is there. Groups of more may be named:
# usage: install_dependencies.sh [tests] [benchmarks] [clang] [lint] [coverage] [plots] [docs] [python] [mpi]
#                                [cross | SYSTEM...]       of scripts/everywhere.sh; with apt alone
set -euo pipefail

groups=" $* "
wants() { [[ $groups == *" $1 "* ]]; }

has() { command -v "$1" >/dev/null 2>&1; }
has_header() {
  local folder
  for folder in /usr/include /usr/local/include $(brew --prefix 2>/dev/null || true)/include; do
    [ -e "$folder/$1" ] && return 0
  done
  return 1
}

links_sanitizers() { echo 'int main() {}' | clang++ -fsanitize=address,undefined -x c++ - -o /dev/null 2>/dev/null; }

has_python_headers() {
  python3 -c 'import os, sysconfig; open(os.path.join(sysconfig.get_path("include"), "Python.h"))' 2>/dev/null
}

missing=()
need() {  # need TEST WHAT APT DNF BREW
  if ! eval "$1"; then
    case $manager in
      apt) missing+=("$3") ;;
      dnf) missing+=("$4") ;;
      brew) missing+=("$5") ;;
      none) missing+=("$2") ;;
    esac
  fi
}

manager=none
for candidate in apt dnf brew; do
  if [ "$candidate" = apt ] && has apt-get || [ "$candidate" != apt ] && has "$candidate"; then
    manager=$candidate
    break
  fi
done

need 'has c++ || has g++ || has clang++' 'a C++20 compiler' g++ gcc-c++ gcc
need 'has cmake' cmake cmake cmake cmake
need 'has make || has ninja' make make make make
need 'has_header eigen3/Eigen/Core' 'Eigen 3.4 or later' libeigen3-dev eigen3-devel eigen
need 'has_header nanoflann.hpp' nanoflann libnanoflann-dev nanoflann-devel nanoflann
need 'has_header CLI/CLI.hpp' CLI11 libcli11-dev cli11-devel cli11
need 'has_header nlohmann/json.hpp' nlohmann-json nlohmann-json3-dev json-devel nlohmann-json
if wants tests; then
  need 'has_header catch2/catch.hpp || has_header catch2/catch_all.hpp' Catch2 catch2 catch-devel catch2
  need 'has_header zlib.h' zlib zlib1g-dev zlib-devel zlib
  need 'has pkg-config' pkg-config pkg-config pkgconf-pkg-config pkgconf
  need 'has python3' python3 python3 python3 python
fi
if wants benchmarks; then
  need 'has_header benchmark/benchmark.h' 'Google Benchmark' libbenchmark-dev google-benchmark-devel google-benchmark
fi
if wants clang || wants lint; then
  need 'has clang++' clang clang clang llvm
fi
if wants clang; then
  need 'links_sanitizers' "clang's sanitizers" libclang-rt-dev compiler-rt llvm
fi
if wants lint; then
  need 'has clang-tidy' clang-tidy clang-tidy clang-tools-extra llvm
  need 'has clang-format' clang-format clang-format clang-tools-extra clang-format
  need "has valgrind || [ $manager = brew ]" valgrind valgrind valgrind valgrind  # brew has none
fi
if wants coverage; then
  need 'has clang++' clang clang clang llvm
  need 'has "$(clang++ -print-prog-name=llvm-cov)"' llvm llvm llvm llvm
fi
if wants mpi; then
  need 'has mpicxx' 'an MPI (Open MPI or MPICH)' libopenmpi-dev openmpi-devel open-mpi
  need "has mpirun || [ $manager = dnf ]" mpirun openmpi-bin openmpi-devel open-mpi  # dnf: by module load mpi
fi
if wants docs; then
  need 'has doxygen' doxygen doxygen doxygen doxygen
fi
if wants python; then
  need 'has python3' python3 python3 python3 python
  need 'has_python_headers' "Python's headers" python3-dev python3-devel python
  need 'python3 -c "import ensurepip, venv" 2>/dev/null' "Python's venv" python3-venv python3 python
fi
if wants plots; then
  need 'has gnuplot' gnuplot gnuplot-nox gnuplot-minimal gnuplot
fi

# What scripts/everywhere.sh builds with and runs in, for each system that it knows; `cross` is all of them.
of_system() {  # of_system SYSTEM TEST PACKAGE [TEST PACKAGE]...
  wants "$1" || wants cross || return 0
  shift
  if [ "$manager" != apt ]; then
    echo "The compilers for other systems are installed with apt alone." >&2
    exit 1
  fi
  while [ $# -gt 0 ]; do
    need "$1" "$2" "$2" "$2" "$2"
    shift 2
  done
}
for processor in aarch64 s390x; do
  of_system $processor-linux-gnu "has $processor-linux-gnu-g++" g++-$processor-linux-gnu \
    "has qemu-$processor-static || has qemu-$processor" qemu-user-static
done
of_system x86_64-w64-mingw32 'has x86_64-w64-mingw32-g++-posix' g++-mingw-w64-x86-64-posix \
  'has wine64 || has wine || [ -e /usr/lib/wine/wine64 ]' wine64
of_system clang-libc++ 'has clang++-19' clang-19 '[ -e /usr/lib/llvm-19/include/c++/v1 ]' libc++-19-dev \
  '[ -e /usr/lib/llvm-19/lib/libc++abi.so ]' libc++abi-19-dev
of_system zig 'python3 -c "import ensurepip, venv" 2>/dev/null' python3-venv

check_cmake() {
  local found
  found=$(cmake --version | sed -n '1s/[^0-9]*//p')
  if [ "$(printf '3.25\n%s\n' "$found" | sort -V | head -n 1)" != 3.25 ]; then
    echo "cmake $found is too old for the presets: 3.25 or later is needed." >&2
    exit 1
  fi
}

if [ ${#missing[@]} -eq 0 ]; then
  check_cmake
  exit 0
fi
if [ "$manager" = none ]; then
  echo "Please install: ${missing[*]} (no apt, dnf or brew found to do it)." >&2
  exit 1
fi

as_root=()
if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo)
fi
echo "Installing with $manager: ${missing[*]}"
case $manager in
  apt)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    ;;
  dnf) "${as_root[@]}" dnf install -y -q "${missing[@]}" ;;
  brew) brew install --quiet "${missing[@]}" ;;
esac
check_cmake
