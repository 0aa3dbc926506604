#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Files larger than the memory that is allowed: one run, the same as two parts, and as two ranks of MPI. Prints seconds and
# the most memory that a process took, and fails where the results are not the same bytes.
# usage: benchmarks/scale.sh FOLDER_OF_PROGRAMS FOLDER_FOR_DATA [ROWS [COLUMNS [SAMPLE [MEMORY]]]]
#   FOLDER_OF_PROGRAMS: where nngs is, and nngs_mpi if it was built; FOLDER_FOR_DATA: room for two files of 4 ROWS COLUMNS bytes
#   (made by make_large.py where they are not there yet; needs numpy)
set -euo pipefail
here=$(realpath "$(dirname "$0")")
programs=$(realpath "$1")
mkdir -p "$2"
cd "$2"
rows=${3:-10000000} columns=${4:-64} sample=${5:-2000} memory=${6:-1G}
x=x_${rows}_$columns.npy y=y_${rows}_$columns.npy
asked=("$x" "$y" --sample "$sample" --seed 1 --k 10)
[ -e "$x" ] && [ -e "$y" ] || "${PYTHON:-python3}" "$here/make_large.py" "$rows" "$columns" "$x" "$y"

seconds() { date +%s.%N; }
# timed WHAT COMMAND...: runs it, and prints a row of the table.
timed() {
  local what=$1 begin
  shift
  begin=$(seconds)
  /usr/bin/time -q -f '%U %M' -o used -a -- "$@" >/dev/null
  tell "$what" "$begin"
}
tell() {
  awk -v what="$1" -v wall="$(awk "BEGIN {print $(seconds) - $2}")" '
    {cpu += $1; if ($2 > peak) peak = $2}
    END {printf "%-44s %8.1f s %8.1f s of processor %8.0f MiB\n", what, wall, cpu, peak / 1024}' used
  rm used
}

rm -f used part.*
echo "$rows x $columns, $sample rows, k = 10; $(getconf _NPROCESSORS_ONLN) processors"
timed "one run, --memory $memory" "$programs/nngs" "${asked[@]}" --no-cka --memory "$memory" --json one.json
timed "one run, as much memory as there is" "$programs/nngs" "${asked[@]}" --no-cka --json whole.json
cmp one.json whole.json

begin=$(seconds)
for part in 0 1; do
  /usr/bin/time -q -f '%U %M' -o used -a -- \
    "$programs/nngs" shard "${asked[@]}" --threads 1 --memory "$memory" --base $part/2 -o part.$part &
done
wait
tell "two parts at the same time, one thread each" "$begin"
timed "merged" "$programs/nngs" merge part.0 part.1 --json merged.json
cmp one.json merged.json

if [ -x "$programs/nngs_mpi" ]; then
  timed "two ranks, one thread each" mpirun --allow-run-as-root --oversubscribe -n 2 "$programs/nngs_mpi" "${asked[@]}" --threads 1 \
    --memory "$memory" --json ranks.json
  cmp one.json ranks.json
fi
timed "the score as the number of items grows" "$programs/nngs" "${asked[@]}" --no-cka --growth --memory "$memory" --json growth.json
