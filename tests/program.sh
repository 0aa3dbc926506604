#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The program as a person calls it: what it prints, where, and with which exit status.
# usage: program.sh PATH_TO_NNGS PATH_TO_GLOVE_PAIRS
set -u
nngs=$1
pairs=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
x=$pairs/capital-country.first.txt
y=$pairs/capital-country.second.txt
failures=0

# expect STATUS WORDS COMMAND...: the exit status, and words that standard output or error must hold.
expect() {
  local status=$1 words=$2
  shift 2
  "$@" >"$work/out" 2>"$work/err" </dev/null
  local got=$?
  if [ $got -ne "$status" ] || ! cat "$work/out" "$work/err" | grep -qF -- "$words"; then
    echo "FAILED: $* -> status $got (expected $status), expected to read: $words"
    cat "$work/out" "$work/err"
    failures=$((failures + 1))
  fi
}

expect 0 "linear CKA" "$nngs" "$x" "$y"
expect 0 "0.5748" "$nngs" "$x" "$y" --metric cosine --k 10
expect 0 "jaccard" "$nngs" "$x" "$y" --k 1:3 --csv -
expect 0 "Usage" "$nngs" --help
expect 0 "nngs 0." "$nngs" --version
expect 0 "athens / greece" "$nngs" "$x" "$y" --metric cosine --k 10 --changed 3
for metric in euclidean manhattan chebyshev minkowski:3 cosine correlation inner-product; do
  expect 0 "$metric" "$nngs" "$x" "$y" --metric $metric --metric-y $metric --threads 2
done
expect 0 "manhattan" "$nngs" "$x" "$y" --metric-y manhattan --builder kd-tree

# JSON alone on standard output, valid and complete.
"$nngs" "$x" "$y" --k 1,0.2n --json - --changed 2 >"$work/json" || failures=$((failures + 1))
if command -v python3 >/dev/null; then
  python3 - "$work/json" <<'PYTHON' || failures=$((failures + 1))
import json, sys
result = json.load(open(sys.argv[1]))
assert result["n"] == 58 and result["x"]["rows"] == 58 and result["y"]["cols"] == 100, result
assert [point["k"] for point in result["curve"]] == [1, 11], result["curve"]
assert set(result["curve"][0]) == {"k", "jaccard", "overlap", "tied_items"}
assert 0 < result["cka"]["linear"] < 1 and len(result["changed"]) == 2
PYTHON
fi

# Both builders and any threads: the same bytes.
"$nngs" "$x" "$y" --k 1:20 --builder exact --threads 1 --csv "$work/a" >/dev/null
"$nngs" "$x" "$y" --k 1:20 --builder kd-tree --threads 3 --csv "$work/b" >/dev/null
cmp "$work/a" "$work/b" || failures=$((failures + 1))

# Wrong command lines: 2.
expect 2 "--k" "$nngs" "$x" "$y" --k 0
expect 2 "n - 1" "$nngs" "$x" "$y" --k 58
expect 2 "is not a k" "$nngs" "$x" "$y" --k ten
expect 2 "not known" "$nngs" "$x" "$y" --metric hamming
expect 2 "minkowski" "$nngs" "$x" "$y" --metric minkowski:0.5
expect 2 "--builder" "$nngs" "$x" "$y" --builder ball-tree
expect 2 "does not take chebyshev" "$nngs" "$x" "$y" --builder kd-tree --metric chebyshev
expect 2 "standard output" "$nngs" "$x" "$y" --json - --csv -
expect 2 "required" "$nngs" "$x"
expect 2 "--nonsense" "$nngs" "$x" "$y" --nonsense

# Wrong files: 1, and the file is named.
expect 1 "$work/none.npy" "$nngs" "$work/none.npy" "$y"
head -n 57 "$y" >"$work/short.txt"
expect 1 "57 rows" "$nngs" "$x" "$work/short.txt"
head -c 20000 "$y" >"$work/cut.txt"
expect 1 "$work/cut.txt" "$nngs" "$x" "$work/cut.txt"
tac "$x" >"$work/reversed.txt"
expect 1 "another order" "$nngs" "$x" "$work/reversed.txt"
sed '3s/ [^ ]*/ nan/' "$y" >"$work/nan.txt"
expect 1 "row 2, column 0" "$nngs" "$x" "$work/nan.txt"
echo "one label" >"$work/labels.txt"
expect 1 "1 labels for 58 items" "$nngs" "$x" "$y" --labels "$work/labels.txt" --changed 1
expect 1 "cannot be written" "$nngs" "$x" "$y" --json "$work/no/such/folder.json"
if [ -w /dev/full ]; then
  "$nngs" "$x" "$y" >/dev/full 2>"$work/err" && failures=$((failures + 1))
fi

[ $failures -eq 0 ] && echo "all as expected"
exit $((failures > 0))
