#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The program as a person calls it: what it prints, where, and with which exit status.
# usage: command_line.sh PATH_TO_NNGS PATH_TO_GLOVE_PAIRS
set -u
nngs=$1
pairs=$2
source "$(dirname "$0")/expect.sh"
x=$pairs/capital-country.first.txt
y=$pairs/capital-country.second.txt

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

# Labels are shown without what a terminal would obey.
seq 0 57 | awk '{print "a\033[2Jb" $1}' >"$work/escapes.txt"
expect 0 "a?[2Jb" "$nngs" "$x" "$y" --labels "$work/escapes.txt" --changed 1
if "$nngs" "$x" "$y" --labels "$work/escapes.txt" --changed 1 | grep -q $'\x1b'; then
  echo "an escape from a label reached the terminal"
  failures=$((failures + 1))
fi

# Judged scores: chance, adjusted and z at once; p, samples, every k and other kernels on request.
expect 0 "adjusted       z overlap" "$nngs" "$x" "$y"
expect 0 "0.1003   0.4802    28.7" "$nngs" "$x" "$y" --k 10
expect 0 "NNGS overlap" "$nngs" "$x" "$y" --no-chance
expect 0 "(99 permutations, seed 3)" "$nngs" "$x" "$y" --permutations 99 --seed 3
seq 0 57 | awk '{print $1 % 4}' >"$work/groups.txt"
expect 0 "within 4 groups" "$nngs" "$x" "$y" --permutations 99 --groups "$work/groups.txt"
expect 0 "estimated from 20 of 58 rows" "$nngs" "$x" "$y" --sample 20
expect 0 "log-area of adjusted" "$nngs" "$x" "$y" --all-k
expect 0 "a selection of 57 k" "$nngs" "$x" "$y" --all-k --no-chance
expect 0 "debiased 0.8924" "$nngs" "$x" "$y" --cka debiased
expect 0 "nearly the identity" "$nngs" "$x" "$y" --cka rbf:0.01
expect 0 "linear CKA 0.9136" "$nngs" --cka "$x" "$y"

# The curve has standard output to itself: the items that were asked for are told beside it.
"$nngs" "$x" "$y" --k 10 --csv - --changed 2 >"$work/curve.csv" 2>"$work/err" || failures=$((failures + 1))
[ "$(wc -l <"$work/curve.csv")" -eq 2 ] && grep -q "ankara / turkey" "$work/err" || {
  echo "FAILED: --csv - with --changed" && cat "$work/curve.csv" "$work/err"
  failures=$((failures + 1))
}

# A linear kernel has no bandwidth to advise on.
awk 'BEGIN {for (i = 0; i < 5; ++i) {for (j = 0; j < 5; ++j) printf "%d ", i == j ? 9 : 0; print ""}}' >"$work/identity.txt"
awk 'BEGIN {for (i = 0; i < 5; ++i) print "1 1"}' >"$work/constant.txt"
expect 0 "the debiased CKA" "$nngs" "$work/identity.txt" "$work/identity.txt"
expect 0 "all rows are the same" "$nngs" "$work/constant.txt" "$work/constant.txt"
for file in identity constant; do
  "$nngs" "$work/$file.txt" "$work/$file.txt" 2>&1 | grep -q bandwidth && echo "FAILED: a bandwidth for linear" &&
    failures=$((failures + 1))
done

# Tables of 80 columns.
cp "$x" "$work/x.txt" && cp "$y" "$work/y.txt"
for options in "" "--permutations 9 --all-k --cka linear,rbf:0.8,debiased" "--sample 9 --all-k" "--cka rbf:0.01,debiased"; do
  # shellcheck disable=SC2086  # several words
  (cd "$work" && "$nngs" x.txt y.txt $options) >"$work/out" || failures=$((failures + 1))
  if awk 'length > 80 {found = 1; print "FAILED: wide line: " $0} END {exit !found}' "$work/out"; then
    failures=$((failures + 1))
  fi
done

# JSON alone on standard output, valid and complete: what there was before, and what judges it beside.
json() {
  "$nngs" "$x" "$y" --json "$work/$1.json" "${@:2}" >/dev/null || failures=$((failures + 1))
}
"$nngs" "$x" "$y" --k 1,0.2n --json - --changed 2 >"$work/json" || failures=$((failures + 1))
json plain --k 10 --no-chance
json permuted --k 1:20 --permutations 199
json grouped --k 1:20 --permutations 199 --groups "$work/groups.txt"
json sampled --k 10 --sample 20
json everything --k 10 --sample 58
json all --all-k
json streamed --all-k --no-chance
json kernels --cka linear,rbf:0.8,debiased
if command -v python3 >/dev/null; then
  python3 - "$work" <<'PYTHON' || failures=$((failures + 1))
import json, sys
def read(name): return json.load(open(sys.argv[1] + "/" + name))
result = read("json")
assert result["n"] == 58 and result["x"]["rows"] == 58 and result["y"]["cols"] == 100, result
assert [point["k"] for point in result["curve"]] == [1, 11], result["curve"]
assert set(result["curve"][0]) == {"k", "jaccard", "overlap", "tied_items", "tied_in_both", "chance", "chance_sd", "adjusted", "z"}
assert 0 < result["cka"]["linear"] < 1 and len(result["changed"]) == 2

plain = read("plain.json")["curve"]
assert set(plain[0]) == {"k", "jaccard", "overlap", "tied_items", "tied_in_both"}, plain

permuted, grouped = read("permuted.json"), read("grouped.json")
assert permuted["p_curve"] == 1 / 200 and permuted["permutations"] == 199 and permuted["seed"] == 0, permuted
for free, within in zip(permuted["curve"], grouped["curve"]):
    assert free["p"] == 1 / 200 and free["jaccard"] == within["jaccard"]
    assert abs(free["adjusted"] - (free["jaccard"] - free["chance"]) / (1 - free["chance"])) < 1e-12
    assert abs(free["z"] - (free["overlap"] - free["k"] / 57) / free["chance_sd"]) < 1e-9
    assert within["z"] < free["z"] and within["chance_sd"] > 0
    assert within["chance"] != free["chance"]
assert "chance" in permuted["cka"] and "chance" not in grouped["cka"]
assert grouped["groups"] == 4 and "groups" not in permuted

ten = plain[0]["jaccard"]
sampled, everything = read("sampled.json")["curve"][0], read("everything.json")["curve"][0]
assert everything["jaccard"] == ten and everything["standard_error"] == 0
assert sampled["lower"] < ten < sampled["upper"] and "z" not in sampled
assert everything["lower"] == everything["upper"] == ten
assert 0 < sampled["lower"] < sampled["jaccard"] < sampled["upper"] < 1, sampled

every, streamed = read("all.json"), read("streamed.json")
assert [point["k"] for point in every["curve"]] == list(range(1, 58))
for graph, row in zip(every["curve"], streamed["curve"]):
    assert graph["jaccard"] == row["jaccard"] and graph["tied_items"] == row["tied_items"]
judged, last = every["curve"][:-1], every["curve"][-1]
assert last["jaccard"] == 1 and last["adjusted"] is None and last["z"] is None and last["chance"] == 1, last
assert every["greatest_z"] == max(judged, key=lambda point: point["z"])["k"]
assert every["greatest_adjusted"] == max(judged, key=lambda point: point["adjusted"])["k"]
area = sum(point["adjusted"] / point["k"] for point in judged) / sum(1 / point["k"] for point in judged)
assert abs(every["log_area"] - area) < 1e-12

cka = read("kernels.json")["cka"]
assert set(cka) == {"linear", "rbf:0.8", "chance", "debiased"} and cka["debiased"]["rbf:0.8"] < cka["rbf:0.8"], cka
PYTHON
fi

# Plots: by gnuplot where it is, whatever the file is called; else the same curve as CSV, and the way to get it.
odd=$work/"it's a \"plot\" \$(touch here).svg"
if command -v gnuplot >/dev/null; then
  for options in "--all-k" "--all-k --axis linear --no-chance" "--k 1,5 --sample 9" "--k 1:20 --permutations 9"; do
    rm -f "$odd"
    # shellcheck disable=SC2086  # several words
    "$nngs" "$x" "$y" $options --plot "$odd" >/dev/null 2>"$work/err" || failures=$((failures + 1))
    if ! grep -q "</svg>" "$odd" || [ -s "$work/err" ]; then
      echo "FAILED: --plot $options" && cat "$work/err"
      failures=$((failures + 1))
    fi
  done
  # The title names the files, whatever they are called; each k asked for has a tick.
  cp "$x" "$work/it's_x & <y>.npy"
  "$nngs" "$work/it's_x & <y>.npy" "$y" --k 1,3,7,21 --plot "$odd" >/dev/null
  for text in "it's_x &amp; &lt;y>.npy" "$(basename "$y")" ">3<" ">7<" ">21<"; do
    if ! sed 's/> */>/g' "$odd" | grep -qF "$text"; then
      echo "FAILED: no '$text' in the plot" && failures=$((failures + 1))
    fi
  done
fi
expect 1 "gnuplot-nox" env PATH="$work" "$nngs" "$x" "$y" --k 1:20 --plot "$odd"
"$nngs" "$x" "$y" --k 1:20 --csv "$work/curve.csv" >/dev/null
cmp "$odd.csv" "$work/curve.csv" || failures=$((failures + 1))
printf '#!/bin/sh\nexit 1\n' >"$work/gnuplot" && chmod +x "$work/gnuplot"
expect 1 "was not drawn" env PATH="$work" "$nngs" "$x" "$y" --plot "$odd"

# At k = n - 1 adjusted and z say nothing: a dash in the table, nothing between the commas.
expect 0 "1.0000        -       -" "$nngs" "$x" "$y" --k 57
expect 0 "57,1,1,0,0,1,0,,,,,," "$nngs" "$x" "$y" --k 57 --csv -

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
expect 2 "use auto, exact or kd-tree" "$nngs" "$x" "$y" --builder ball-tree
expect 2 "use log or linear" "$nngs" "$x" "$y" --plot "$work/curve.svg" --axis square
expect 2 "whole number" "$nngs" "$x" "$y" --threads -1
expect 2 "whole number" "$nngs" "$x" "$y" --seed -1
expect 2 "is empty" "$nngs" "$x" "$y" --k ''
expect 2 "excludes" "$nngs" "$x" "$y" --no-cka --cka linear
expect 2 "whole number" "$nngs" "$x" "$y" --seed 010
expect 0 "seed 18446744073709551615" "$nngs" "$x" "$y" --permutations 9 --seed 18446744073709551615
for option in --groups --json --csv --plot --labels --metric-y; do
  expect 2 "is empty" "$nngs" "$x" "$y" --permutations 9 --changed 1 $option ''
done
seq 58 | awk '{print "one"}' >"$work/one_group.txt"
expect 0 "chance 0.2399" "$nngs" "$x" "$y" --permutations 9 --groups "$work/one_group.txt"
expect 2 "does not take chebyshev" "$nngs" "$x" "$y" --builder kd-tree --metric chebyshev
expect 2 "standard output" "$nngs" "$x" "$y" --json - --csv -
expect 2 "required" "$nngs" "$x"
expect 2 "excludes" "$nngs" "$x" "$y" --all-k --k 3
expect 2 "requires --permutations" "$nngs" "$x" "$y" --groups "$work/groups.txt"
expect 2 "requires --plot" "$nngs" "$x" "$y" --axis linear
expect 2 "name the file $work/curve.svg" "$nngs" "$x" "$y" --plot "$work/curve.png"
expect 2 "more than one k" "$nngs" "$x" "$y" --k 3 --plot "$work/curve.svg"
expect 2 "58 rows" "$nngs" "$x" "$y" --sample 59
expect 2 "--sample" "$nngs" "$x" "$y" --sample 1
expect 2 "does not go with --permutations" "$nngs" "$x" "$y" --sample 20 --permutations 9
expect 2 "does not go with --changed" "$nngs" "$x" "$y" --sample 20 --changed 9
expect 2 "leave out --metric-y" "$nngs" "$x" "$y" --sample 20 --metric-y cosine
expect 2 "--permutations" "$nngs" "$x" "$y" --permutations 0
expect 2 "rbf:0.8 or debiased" "$nngs" "$x" "$y" --cka quadratic
expect 2 "positive share" "$nngs" "$x" "$y" --cka rbf:0
expect 2 "--nonsense" "$nngs" "$x" "$y" --nonsense
expect 2 "write --k, with two dashes" "$nngs" "$x" "$y" -k 10
expect 2 "write --metric=cosine, with two dashes" "$nngs" "$x" "$y" -metric=cosine
expect 2 "use first or none" "$nngs" "$x" "$y" --names last
expect 2 "a column is empty" "$nngs" "$x" "$y" --skip 1,,2
expect 2 "neither file has a column of that name" "$nngs" "$x" "$y" --skip label

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
expect 1 "1 labels for 58 items" "$nngs" "$x" "$y" --groups "$work/labels.txt" --permutations 9
seq 58 >"$work/labels.txt"
expect 1 "a label of its own" "$nngs" "$x" "$y" --groups "$work/labels.txt" --permutations 9
expect 1 "row 2, column 0" "$nngs" "$x" "$work/nan.txt" --sample 9
expect 1 "$work/nan.txt" "$nngs" "$x" "$work/nan.txt" --all-k --no-chance
expect 1 "cannot be written" "$nngs" "$x" "$y" --plot "$work/no/such/folder.svg"
expect 1 "cannot be written" "$nngs" "$x" "$y" --json "$work/no/such/folder.json"
# Outputs are tried before the work, and never take the place of an input or of another one.
cp "$x" "$work/input.txt"
expect 2 "would overwrite X" "$nngs" "$work/input.txt" "$y" --csv "$work/../$(basename "$work")/input.txt"
printf "%s\n" "$work/input.txt" >"$work/parts.list"
expect 2 "would overwrite X" "$nngs" "@$work/parts.list" "$y" --csv "$work/input.txt"
cmp "$x" "$work/input.txt" || failures=$((failures + 1))
expect 2 "would overwrite --labels" "$nngs" "$x" "$y" --labels "$work/escapes.txt" --changed 1 --json "$work/escapes.txt"
expect 2 "cannot both be" "$nngs" "$x" "$y" --csv "$work/same" --json "$work/./same"
expect 1 "Is a directory" "$nngs" "$x" "$work/none.npy" --json "$work"
expect 1 "none.npy" "$nngs" "$x" "$work/none.npy" --json "$work/untouched"
[ ! -e "$work/untouched" ] || failures=$((failures + 1))
expect 0 "" "$nngs" "$x" "$y" --csv /dev/null --json /dev/null
ln -s nowhere "$work/link"
expect 1 "none.npy" "$nngs" "$x" "$work/none.npy" --json "$work/link"
[ -L "$work/link" ] || failures=$((failures + 1))

if [ -w /dev/full ]; then
  "$nngs" "$x" "$y" >/dev/full 2>"$work/err" && failures=$((failures + 1))
fi

[ $failures -eq 0 ] && echo "all as expected"
exit $((failures > 0))
