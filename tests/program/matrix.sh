#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# nngs matrix as a person calls it: many files at once give what each pair alone gives.
# usage: matrix.sh PATH_TO_NNGS PATH_TO_GLOVE_PAIRS
set -u
nngs=$1
pairs=$2
source "$(dirname "$0")/expect.sh"

# Four spaces of 58 items in a folder: words, the words that go with them, and cuts of both.
mkdir "$work/s"
cp "$pairs/capital-country.first.txt" "$work/s/layer_1.txt"
cut -d' ' -f1-60 "$pairs/capital-country.first.txt" >"$work/s/layer_2.txt"
cut -d' ' -f2- "$pairs/capital-country.second.txt" >"$work/s/layer_3.txt" # without names
cut -d' ' -f2-31 "$pairs/capital-country.second.txt" >"$work/s/layer_4.txt"
cd "$work/s" || exit 1
a=layer_1.txt b=layer_2.txt c=layer_3.txt d=layer_4.txt

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# The table: one number for each pair, names without their common parts.
expect 0 "4 spaces of 58 items, cosine: layer_*.txt, 30 to 100 dimensions" "$nngs" matrix layer_*.txt --metric cosine
expect 0 "adjusted NNGS at k = 10" "$nngs" matrix $a $b $c
expect 0 "NNGS at k = 5, chance 0.0505; --csv and --json have all 2 k" "$nngs" matrix $a $b --k 5,1 --score jaccard
expect 0 "overlap at k = 1, chance 0.0175" "$nngs" matrix $a $b --k 1,5 --score overlap
expect 0 "linear CKA" "$nngs" matrix $a $b --score cka
expect 0 "most alike: 1 and 2" "$nngs" matrix $a $b $c
expect 0 "1 1    - 36.0 28.7" "$nngs" matrix $a $b $c --score z
expect 0 "1 1 - -" "$nngs" matrix $a $b --k 57
expect 0 "3 spaces of 58 items" "$nngs" matrix $a $b $c --k 0.1n
expect 0 "columns: 1 3, 2 4" "$nngs" matrix $a $b --against $c $d
expect 0 "(99 permutations, seed 3)" "$nngs" matrix $a $b $c --permutations 99 --seed 3
expect 0 "1 and 2 at k = " "$nngs" matrix $a $b $c --k 5,10 --permutations 99
expect 0 "estimated from 20 of 58 rows" "$nngs" matrix $a $b $c --sample 20
expect 0 "Usage: nngs matrix" "$nngs" matrix --help
expect 0 "nngs 0." "$nngs" matrix --version
"$nngs" matrix $a $b $c | grep -q tied && fail "ties where there are none"

# Every pair as the program scores it alone, with chance, z and CKA beside it.
"$nngs" matrix $a $b $c $d --metric cosine --k 3,10 --cka --csv all.csv --json all.json --npy all.npy --score overlap >/dev/null ||
  fail "all outputs"
[ "$(wc -l <all.csv)" -eq 13 ] || fail "6 pairs at 2 k"
head -n 1 all.csv | grep -qx "x,y,k,jaccard,overlap,chance,adjusted,z,tied_items,cka" || fail "the columns of --csv"
for x in $a $b $c $d; do
  for y in $a $b $c $d; do
    [[ $x < $y ]] || continue
    "$nngs" "$x" "$y" --metric cosine --k 3,10 --json "pair_${x}_$y.json" >/dev/null 2>&1 || fail "$x $y"
  done
done
"$nngs" matrix $a $b --against $c $d --metric cosine --k 10 --permutations 49 --json block.json >/dev/null || fail "--against"
"$nngs" $a $c --metric cosine --k 10 --permutations 49 --json block_pair.json >/dev/null || fail "a pair of --against"
"$nngs" matrix $a $b $c --sample 20 --seed 4 --k 10 --json sample.json >/dev/null || fail "--sample"
"$nngs" $a $c --sample 20 --seed 4 --k 10 --json sample_pair.json >/dev/null || fail "--sample of a pair"
if command -v python3 >/dev/null; then
  python3 - <<'PYTHON' || fail "values"
import csv, json, math, struct
def read(name): return json.load(open(name))
every = read("all.json")
assert every["n"] == 58 and [s["cols"] for s in every["spaces"]] == [100, 59, 100, 30], every["spaces"]
assert every["spaces"][0] == {"file": "layer_1.txt", "rows": 58, "cols": 100, "metric": "cosine"}
assert "against" not in every and "best" not in every and len(every["pairs"]) == 12
matrix = [[1.0] * 4 for _ in range(4)]
for one in every["pairs"]:
    alone = read(f"pair_{one['x']}_{one['y']}.json")
    point = next(p for p in alone["curve"] if p["k"] == one["k"])
    for key in ["jaccard", "overlap", "chance", "adjusted", "tied_items", "tied_in_both"]:
        assert one[key] == point[key], (one, point)
    assert abs(one["z"] - point["z"]) < 1e-12 * abs(point["z"]), (one, point)
    assert abs(one["cka"] - alone["cka"]["linear"]) < 1e-12, (one, alone["cka"])
    if one["k"] == 3:  # the first that --k names is shown
        i, j = int(one["x"][6]) - 1, int(one["y"][6]) - 1
        matrix[i][j] = matrix[j][i] = one["overlap"]
rows = list(csv.DictReader(open("all.csv")))
for row, one in zip(rows, every["pairs"], strict=True):
    assert row["x"] == one["x"] and int(row["k"]) == one["k"] and float(row["z"]) == one["z"] and float(row["cka"]) == one["cka"]
raw = open("all.npy", "rb").read()
assert raw[:6] == b"\x93NUMPY" and (10 + raw[8] + 256 * raw[9]) % 64 == 0 and b"(4, 4)" in raw
assert list(struct.unpack("<16d", raw[-128:])) == [cell for row in matrix for cell in row]  # symmetric

block, pair = read("block.json"), read("block_pair.json")
assert [s["file"] for s in block["against"]] == ["layer_3.txt", "layer_4.txt"] and len(block["pairs"]) == 4
one = next(p for p in block["pairs"] if p["x"] == "layer_1.txt" and p["y"] == "layer_3.txt")
assert one["p"] == pair["curve"][0]["p"], (one, pair)
assert block["best"]["p"] == 1 / 50 and block["permutations"] == 49 and block["seed"] == 0, block["best"]

sample, pair = read("sample.json"), read("sample_pair.json")
one, alone = sample["pairs"][1], pair["curve"][0]
assert one["y"] == "layer_3.txt" and "z" not in one and sample["sample"] == 20
for key in ["jaccard", "chance", "adjusted", "standard_error", "lower", "upper", "tied_items"]:
    assert one[key] == alone[key], (key, one, alone)
PYTHON
fi

# Clustered: the order of the shown matrix alone. layer_1 and 2, 3 and 4 belong together.
"$nngs" matrix $a $c $b $d --metric cosine --order clustered --npy clustered.npy --json clustered.json --csv clustered.csv \
  --map map.csv >table || fail "--order clustered"
"$nngs" matrix $a $c $b $d --metric cosine --csv given.csv >/dev/null
cmp clustered.csv given.csv || fail "--csv in another order"
grep -q "map.csv: its axes show" table || fail "the share of the map"
[ "$(wc -l <map.csv)" -eq 5 ] && head -n 1 map.csv | grep -qx "space,x,y,share_x,share_y" || fail "--map"
expect 0 "space,x,y" "$nngs" matrix $a $b $c --map -
if command -v python3 >/dev/null; then
  python3 - <<'PYTHON' || fail "order and map"
import csv, json, struct
order = json.load(open("clustered.json"))["order"]
assert {order[0], order[1]} in ({"layer_1.txt", "layer_2.txt"}, {"layer_3.txt", "layer_4.txt"}), order
score = {frozenset((row["x"], row["y"])): float(row["adjusted"]) for row in csv.DictReader(open("given.csv"))}
cells = struct.unpack("<16d", open("clustered.npy", "rb").read()[-128:])
for i, x in enumerate(order):
    for j, y in enumerate(order):
        assert cells[4 * i + j] == (1 if i == j else score[frozenset((x, y))])
# In a plane, the squared distances are no larger than 1 - NNGS: what is left out is never negative.
points = {row["space"]: (float(row["x"]), float(row["y"])) for row in csv.DictReader(open("map.csv"))}
for row in csv.DictReader(open("given.csv")):
    (a, b), (c, d) = points[row["x"]], points[row["y"]]
    assert (a - c) ** 2 + (b - d) ** 2 <= 1 - float(row["jaccard"]) + 1e-12
PYTHON
fi

# Heat maps: by gnuplot where it is; else the scores as CSV, and the way to get it.
odd="it's a \"heat map\" \$(touch here).svg"
if command -v gnuplot >/dev/null; then
  for options in "" "--score z" "--order clustered --score cka" "--score overlap --sample 9"; do
    rm -f "$odd"
    # shellcheck disable=SC2086  # several words
    "$nngs" matrix $a $b $c $options --plot "$odd" >/dev/null 2>err || fail "--plot $options"
    grep -q "</svg>" "$odd" && [ ! -s err ] || fail "--plot $options: $(cat err)"
  done
fi
expect 1 "gnuplot-nox" env PATH="$work" "$nngs" matrix $a $b --plot "$odd"
"$nngs" matrix $a $b --csv - | cmp - "$odd.csv" || fail "the scores where gnuplot is missing"
expect 2 "name the file heat.svg" "$nngs" matrix $a $b --plot heat.png

# Any number of threads and any builder: the same bytes.
"$nngs" matrix layer_*.txt --csv one.csv --threads 1 --builder exact --permutations 19 >/dev/null
"$nngs" matrix layer_*.txt --csv two.csv --threads 3 --builder kd-tree --permutations 19 >/dev/null
cmp one.csv two.csv || fail "the same bytes"

# Three dimensions are layers; names that need quotes get them.
layers() { # layers FORTRAN NUMBERS...: two layers of 3 x 2 float64
  local header="{'descr': '<f8', 'fortran_order': $1, 'shape': (2, 3, 2), }"
  printf '\x93NUMPY\x01\x00\x76\x00%-117s\n' "$header"
  shift
  for number in "$@"; do # small whole numbers as doubles
    printf '%b' "$(awk -v x="$number" 'BEGIN {e = 0; m = x; if (x == 0) {print "\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00"; exit}
      while (m >= 2) {m /= 2; e++} bits = (1023 + e) * 16 + int((m - 1) * 16); rest = int(((m - 1) * 16 - int((m - 1) * 16)) * 256)
      printf "\\x00\\x00\\x00\\x00\\x00\\x%02x\\x%02x\\x%02x", rest, bits % 256, int(bits / 256)}')"
  done
}
layers False 0 1 2 5 9 3 7 1 8 8 0 2 >"c,d.npy"
layers True 0 7 2 8 9 0 1 1 5 8 3 2 >fortran.npy # the same, (layer, row, column) with the layer fastest
printf '0 1\n2 5\n9 3\n' >first.txt
printf '7 1\n8 8\n0 2\n' >second.txt
expect 0 '"c,d.npy[0]","c,d.npy[1]",1,' "$nngs" matrix "c,d.npy" --k 1 --csv -
expect 0 '3 spaces of 3 items' "$nngs" matrix "c,d.npy" first.txt --k 1
"$nngs" matrix first.txt second.txt --k 1 --csv - | cut -d, -f4- >as_text
for file in "c,d.npy" fortran.npy; do
  "$nngs" matrix "$file" --k 1 --csv - | sed 's/"[^"]*"/name/g' | cut -d, -f4- | cmp - as_text || fail "layers of $file"
done

# Ties are said, and what one order for all files does.
for number in 1 2 3; do seq 58 | awk -v m=$number '{print ($1 * m) % 4, $1 % 3}' >"ties_$number.txt"; done
expect 0 "tied items in a pair" "$nngs" matrix ties_1.txt ties_2.txt ties_3.txt
expect 0 "z and p are too good" "$nngs" matrix ties_1.txt ties_2.txt --ties index

# Tables of 80 columns, whatever the number of spaces.
for number in $(seq 40); do cp $a "copy_$number.txt"; done
for some in 9 12 25 40; do
  # shellcheck disable=SC2046  # several words
  "$nngs" matrix $(seq -f "copy_%g.txt" $some) --k 3 >table || fail "$some spaces"
  awk 'length > 80 {found = 1} END {exit found}' table || fail "wide lines with $some spaces"
  grep -q " 1.000\| 100 100\|9999" table || fail "no cells with $some spaces"
done

# By name: the items that all files have, in the order of the first.
tac $a | head -n 50 >reversed.txt
expect 0 "50 items" "$nngs" matrix $a reversed.txt $b --join
"$nngs" matrix reversed.txt $a $b --join --csv - --k 5 2>/dev/null | grep "reversed.txt,layer_1" | cut -d, -f4,5 | grep -qx "1,1" ||
  fail "the same items by name"

# Wrong command lines: 2.
expect 2 "one space has nothing to be compared with" "$nngs" matrix $a
expect 2 "required" "$nngs" matrix
expect 2 "is given twice" "$nngs" matrix $a $b $a
expect 2 "use adjusted, jaccard, overlap, z or cka" "$nngs" matrix $a $b --score nngs
expect 2 "use given or clustered" "$nngs" matrix $a $b --order random
expect 2 "n - 1" "$nngs" matrix $a $b --k 58
expect 2 "only one of" "$nngs" matrix $a $b --csv - --json -
expect 2 "only one file can be -" "$nngs" matrix - --against -
expect 2 "does not go with --permutations" "$nngs" matrix $a $b --sample 9 --permutations 9
expect 2 "does not go with --score z" "$nngs" matrix $a $b --sample 9 --score z
expect 2 "58 rows" "$nngs" matrix $a $b --sample 59
expect 2 "leave out --against" "$nngs" matrix $a $b --against $c --order clustered
expect 2 "leave out --against" "$nngs" matrix $a $b --against $c --map map.csv
expect 2 "would overwrite" "$nngs" matrix $a $b --csv $a
expect 2 "write --k, with two dashes" "$nngs" matrix $a $b -k 10
expect 2 "neither file has a column" "$nngs" matrix $a $b $c --skip label

# Wrong files: 1, and both are named.
head -n 57 $b >short.txt
expect 1 "short.txt: has 57 rows, but layer_1.txt has 58" "$nngs" matrix $a $b short.txt
tac $b >order.txt
expect 1 "order.txt: names 58 of 58 items of layer_1.txt in another order" "$nngs" matrix $a $b order.txt
sed '3s/ [^ ]*/ nan/' $d >nan.txt
expect 1 "nan.txt: row 2, column 1" "$nngs" matrix $a nan.txt
expect 1 "none.txt" "$nngs" matrix $a none.txt --csv untouched
[ ! -e untouched ] || fail "an output without a result"
expect 1 "has no names to join by" "$nngs" matrix $a $c --join
layers False 0 1 2 5 9 3 7 1 8 8 0 2 | head -c 200 >cut.npy
expect 1 "shape (2, 3, 2) of float64 takes 96 bytes" "$nngs" matrix cut.npy

[ $failures -eq 0 ] && echo "all as expected"
exit $((failures > 0))
