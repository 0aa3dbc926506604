#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds for other systems and compilers, runs the tests there, and prints a table of what came out.
# usage: scripts/everywhere.sh [--smoke] [SYSTEM...]
#   aarch64-linux-gnu    64-bit ARM, by qemu
#   s390x-linux-gnu      big-endian, by qemu
#   x86_64-w64-mingw32   Windows, by wine
#   clang-libc++         this machine, clang 19 with LLVM's own standard library
#   zig                  this machine, the newest clang that the Python registry has, with its libc++
# All of them where none is named. --smoke: only the tests that hold the bits, and the program.
# The first column is a toolchain in cmake/toolchains, the second a label of tests: a folder or, for those that take qemu
# minutes and are left out there, `slow`. Fails if anything does.
set -euo pipefail
cd "$(dirname "$0")/.."

smoke=false
if [ "${1:-}" = --smoke ]; then
  smoke=true
  shift
fi
systems=("$@")
if [ ${#systems[@]} -eq 0 ]; then
  systems=(aarch64-linux-gnu s390x-linux-gnu x86_64-w64-mingw32 clang-libc++ zig)
fi
for system in "${systems[@]}"; do
  if [ ! -e "cmake/toolchains/$system.cmake" ]; then
    echo "everywhere.sh: there is no cmake/toolchains/$system.cmake" >&2
    exit 2
  fi
done
scripts/install_dependencies.sh tests "${systems[@]}"
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(getconf _NPROCESSORS_ONLN)}
export CTEST_PARALLEL_LEVEL=${CTEST_PARALLEL_LEVEL:-$CMAKE_BUILD_PARALLEL_LEVEL}
export WINEPREFIX=$PWD/build/everywhere/wine
reports=$PWD/build/everywhere/reports
mkdir -p "$reports"

if [[ " ${systems[*]} " == *" zig "* ]] && [ ! -e build/everywhere/zig/bin/pip ]; then
  python3 -m venv build/everywhere/zig
  build/everywhere/zig/bin/pip install --quiet ziglang
fi

# Headers are the same for every system, libraries are not: the packages that are headers alone, with nothing of this
# machine beside them. (Catch2 2.13 is a header too, whose library here is for this machine.)
headers=$PWD/build/everywhere/headers
copy() {  # copy TO FOLDER...: the first of the folders that is there
  local to=$headers/$1 from
  shift
  for from in "$@"; do
    if [ -e "$from" ]; then
      mkdir -p "$(dirname "$to")"
      cp -r "$from" "$to"
      return
    fi
  done
  echo "everywhere.sh: none of these is there: $*" >&2
  exit 1
}
if [ ! -e "$headers" ]; then
  trap 'rm -rf "$headers"' ERR
  for folder in eigen3 nanoflann.hpp CLI nlohmann catch2/catch.hpp; do
    copy include/$folder /usr/include/$folder
  done
  for package in eigen3 nanoflann; do
    copy share/$package/cmake /usr/share/$package/cmake
  done
  for package in CLI11 nlohmann_json; do
    copy share/cmake/$package /usr/share/cmake/$package
  done
  for file in Catch.cmake CatchAddTests.cmake; do
    copy lib/cmake/Catch2/$file /usr/lib/cmake/Catch2/$file
  done
  cat >"$headers/lib/cmake/Catch2/Catch2Config.cmake" <<'CMAKE'
include_guard(GLOBAL)
add_library(Catch2::Catch2 INTERFACE IMPORTED GLOBAL)
target_include_directories(Catch2::Catch2 INTERFACE ${CMAKE_CURRENT_LIST_DIR}/../../../include)
CMAKE
  trap - ERR
fi

rows=()
failed=false
row() {
  local line
  printf -v line '%-20s %-22s %6s %7s %8s  %s' "$@"
  rows+=("$line")
}

# run_tests SYSTEM TITLE SELECTION...: what CTest finds by these words, as a row of the table.
run_tests() {
  local system=$1 title=$2 report=$reports/$1.$2.xml result=passed
  ctest --test-dir "build/everywhere/$system" "${@:3}" --output-on-failure --no-tests=error --timeout 1200 \
    --output-junit "$report" >&2 ||
    { result=FAILED failed=true; }
  count() { sed -n "s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$report" | head -n 1; }
  row "$system" "$title" "$(count tests)" "$(count failures)" "$(count skipped)" $result
}

# The inner loops have one text for every processor: on ARM the sums of products must come out as NEON, at least as many
# products and sums of four floats at once as there are accumulators.
check_vectors() {
  local object=build/everywhere/$1/first_score.o found result=passed
  aarch64-linux-gnu-g++ -std=c++20 -O2 -I include -I "$headers/include" -I "$headers/include/eigen3" \
    -c examples/first_score.cpp -o "$object"
  found=$(aarch64-linux-gnu-objdump --disassemble "$object" |
    awk '/^[0-9a-f]+ </ {inside = /variants.*set_products.*portable/}
         inside && /\tfmla\tv[0-9]+\.4s/ {++count}
         END {print count + 0}')
  [ "$found" -ge 12 ] || { result=FAILED failed=true; }
  row "$1" "NEON ($found fmla .4s)" 1 $((found < 12)) 0 $result
}

# wine's server and services would end with every program and take seconds to start with the next. They are started here,
# where no test waits for them to close its output.
keep_wine() {
  local server
  for server in wineserver wineserver64 /usr/lib/wine/wineserver64; do
    if command -v "$server" >/dev/null; then
      mkdir -p "$WINEPREFIX"  # or the server does not start
      "$server" --persistent </dev/null >/dev/null 2>&1
      cmake/toolchains/wine.sh wineboot </dev/null >/dev/null 2>&1
      # shellcheck disable=SC2064  # the server found now
      trap "'$server' --kill" EXIT
      return
    fi
  done
}

for system in "${systems[@]}"; do
  echo "== $system" >&2
  build=build/everywhere/$system
  # A middle way between the time of compiling and that of running; as users build is -O2.
  cmake -S . -B "$build" --toolchain "cmake/toolchains/$system.cmake" -D CMAKE_PREFIX_PATH="$headers" \
    -D CMAKE_BUILD_TYPE=Release -D CMAKE_CXX_FLAGS_RELEASE=-O1 -D CMAKE_UNITY_BUILD=ON \
    -D NNGS_BUILD_PROGRAM=ON -D NNGS_BUILD_MPI=OFF -D NNGS_BUILD_TESTS=ON -D NNGS_BUILD_BENCHMARKS=OFF \
    -D NNGS_BUILD_EXAMPLES=OFF -D CMAKE_DISABLE_FIND_PACKAGE_ZLIB=ON \
    -D NNGS_TESTS_ELSEWHERE=ON >&2
  if [ "$system" = x86_64-w64-mingw32 ]; then
    keep_wine
  fi
  if $smoke; then
    cmake --build "$build" --target nngs_tests_of_bits nngs_program >&2
    run_tests "$system" bits --tests-regex '^bits:'
    run_tests "$system" program --tests-regex '^program: the same bytes$'
  else
    cmake --build "$build" --target nngs_tests nngs_tests_of_errors nngs_program_tests nngs_program >&2
    run_tests "$system" library --label-regex library --exclude-regex '^bits:'
    run_tests "$system" program --label-regex program
    case $system in
      *-linux-gnu) ;;  # where qemu would take minutes for each
      *) run_tests "$system" slow --label-regex slow ;;
    esac
  fi
  if [ "$system" = aarch64-linux-gnu ]; then
    check_vectors "$system"
  fi
done

row_of_titles=$(printf '%-20s %-22s %6s %7s %8s  %s' system tests count failed skipped result)
printf '\n%s\n' "$row_of_titles"
printf '%s\n' "${rows[@]}"
if $failed; then
  exit 1
fi
