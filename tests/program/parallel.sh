#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The recipe of docs/program.md with GNU parallel gives the bytes of one run.
# usage: parallel.sh PATH_TO_NNGS FOLDER_OF_WORD_PAIRS
set -euo pipefail

nngs=$(realpath "$1")
pairs=$(realpath "$2")
if ! parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
  echo "skipped: GNU parallel is not installed"
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
x=$pairs/capital-country.first.txt y=$pairs/capital-country.second.txt
seq 0 7 | parallel -j 2 "$nngs" shard "$x" "$y" --sample 40 --metric cosine --base {}/8 -o part.{}
"$nngs" merge part.* --json merged.json >table.txt
"$nngs" "$x" "$y" --sample 40 --metric cosine --no-cka --json whole.json >whole.txt
cmp merged.json whole.json
cmp table.txt whole.txt
echo "all as expected"
