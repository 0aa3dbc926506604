#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What has to be the same on every system and by every compiler, byte for byte: the report that the README shows, the
# curve in same_bytes.csv, what comes from standard input, and files whose names are not English.
# usage: same_bytes.sh PATH_TO_NNGS PATH_TO_GLOVE_PAIRS PATH_TO_REPOSITORY
set -u
nngs=$(realpath "$1")
pairs=$2
repository=$3
curve=$(realpath "$(dirname "$0")/same_bytes.csv")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# same WHAT EXPECTED GOT
same() {
  if ! cmp "$2" "$3" >&2; then
    echo "FAILED: $1"
    diff "$2" "$3" | head -n 20
    failures=$((failures + 1))
  fi
}
run() { "$nngs" "$@" 2>>"$work/errors" || { echo "FAILED: nngs $*" && failures=$((failures + 1)); }; }

# The command in the README, and what follows it there.
shown=$(awk '/^    \$ nngs / {on = 1} on && /^[^ ]/ {exit} on {sub(/^    /, ""); print}' "$repository/README.md")
read -r -a words <<<"$(sed -n '1s/^\$ nngs //p' <<<"$shown")"
sed 1d <<<"$shown" >"$work/expected"
cd "$pairs" || exit 1
run "${words[@]}" >"$work/report"
same "the report in the README" "$work/expected" "$work/report"

# Scores by counting, every digit; what formulas give beside them may differ in the last place.
x=capital-country.first.txt
y=capital-country.second.txt
run $x $y --k 1:57 --no-chance --no-cka --csv - >"$work/curve"
same "the curve on standard output" "$curve" "$work/curve"

# Bytes that text would lose or end at: carriage return and line feed together, and control Z.
cd "$work" || exit 1
npy() { printf "\x93NUMPY\x01\x00\x76\x00%-117s\n" "{'descr': '|i1', 'fortran_order': False, 'shape': (6, 2), }"; }
{ npy && printf '\r\n\x1a\x01\n\n\x02\x03\r\r\x1a\x1a'; } >bytes.npy
run bytes.npy bytes.npy --k 1:3 --no-cka --csv from_file.csv >report
run - bytes.npy --k 1:3 --no-cka --csv from_input.csv <bytes.npy >report_of_input
same "a matrix from standard input" from_file.csv from_input.csv
sed 's/standard input/bytes.npy/' report_of_input >named
same "the report of standard input" report named

# Names in other scripts, a space among them, in every place where a file is named; and a path from the root.
odd="żółw 日本 дом.txt"
cp "$pairs/$x" "$odd"
run "$odd" "$pairs/$y" --labels "$odd" --changed 1 --k 5 --json "öffnen.json" --csv "ünder.csv" >report
grep -qF "x  $odd" report || { echo "FAILED: the report names $odd otherwise" && cat report && failures=$((failures + 1)); }
for file in "öffnen.json" "ünder.csv"; do
  [ -s "$file" ] || { echo "FAILED: there is no $file" && failures=$((failures + 1)); }
done
grep -qF "\"$odd\"" "öffnen.json" || { echo "FAILED: JSON names $odd otherwise" && failures=$((failures + 1)); }
"$nngs" "$odd" "$pairs/$y" --csv "$odd" 2>errors >/dev/null
[ $? -eq 2 ] && grep -qF "$odd would overwrite X" errors || { echo "FAILED: an input is overwritten" && cat errors && failures=$((failures + 1)); }
"$nngs" "нет.txt" "$odd" 2>errors >/dev/null
[ $? -eq 1 ] && grep -qF "нет.txt: cannot be opened" errors || { echo "FAILED: no such file" && cat errors && failures=$((failures + 1)); }

if [ $failures -gt 0 ]; then
  cat "$work/errors"
  exit 1
fi
echo "all as expected"
