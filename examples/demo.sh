#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing, builds the program, and compares GloVe's vectors of paired words: do capitals have
# the same neighbours as their countries, and singulars as their plurals?
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install_dependencies.sh
echo "Building nngs (about a minute the first time) ..."
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(getconf _NPROCESSORS_ONLN)}
cmake --preset demo >/dev/null
cmake --build --preset demo >/dev/null
nngs=build/demo/bin/nngs
data=examples/data/glove_pairs

show() {
  echo
  echo "\$ nngs $*"
  "$nngs" "$@"
}

cat <<'TEXT'

Each item is a pair of words. x holds the vector of the first word, y that of the second.
NNGS = 1: the same pairs are neighbours in both. chance: what pairing them at random would score.
TEXT
show $data/capital-country.first.txt $data/capital-country.second.txt --k 1,5,10,20 --metric cosine
show $data/capital-country.first.txt $data/capital-country.second.txt --k 1,5,10,20
show $data/singular-plural.first.txt $data/singular-plural.second.txt --k 1,5,10,20 --metric cosine --changed 3

echo
echo "Every relation in the box, NNGS at k = 10 and linear CKA (which ranks them otherwise):"
printf '%-26s %8s %10s %8s\n' relation cosine euclidean CKA
for first in $data/*.first.txt; do
  second=${first%.first.txt}.second.txt
  name=$(basename "$first" .first.txt)
  cosine=$("$nngs" "$first" "$second" --k 10 --metric cosine --no-cka --csv - | tail -n 1 | cut -d, -f2)
  table=$("$nngs" "$first" "$second" --k 10)
  euclidean=$(awk '$1 == 10 {print $2}' <<<"$table")
  cka=$(awk '/linear CKA/ {print $3}' <<<"$table")
  LC_ALL=C printf '%-26s %8.4f %10.4f %8.4f\n' "$name" "$cosine" "$euclidean" "$cka"
done
echo
echo "Your own files: build/demo/bin/nngs X.npy Y.npy     (--help tells more)"
echo "Every scale as a picture: --all-k --plot curve.svg     (needs gnuplot)"
