#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The program when the world around it fails: full disks, closed pipes, files that change or are none, Ctrl-C.
# It ends with a message and the right status, and leaves no file that only looks whole.
# usage: faults.sh PATH_TO_NNGS PATH_TO_GLOVE_PAIRS
set -u
nngs=$1
pairs=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
x=$pairs/capital-country.first.txt
y=$pairs/capital-country.second.txt
failures=0

fail() {
  echo "FAILED: $*"
  cat "$work/out" "$work/err"
  failures=$((failures + 1))
}

# expect STATUS WORDS COMMAND...: the exit status, and words that standard error must hold.
expect() {
  local status=$1 words=$2
  shift 2
  "$@" >"$work/out" 2>"$work/err" </dev/null
  local got=$?
  [ $got -eq "$status" ] && grep -qF -- "$words" "$work/err" || fail "$* -> status $got (expected $status), expected to read: $words"
}

# What is no file to read.
expect 1 "$work/none.txt: cannot be opened: No such file" "$nngs" "$work/none.txt" "$y"
expect 1 "$work: is a directory" "$nngs" "$x" "$work"
expect 1 "/dev/zero: is a device, neither a file nor a pipe" "$nngs" /dev/zero "$y"
expect 1 "/dev/null: is a device, neither a file nor a pipe" "$nngs" "$x" /dev/null
expect 1 "standard input: is empty" "$nngs" - "$y"
expect 1 "is empty" "$nngs" <(true) "$y"
expect 1 "holds no rows" "$nngs" <(echo) "$y"
: >"$work/empty"
expect 1 "$work/empty: is empty" "$nngs" "$x" "$work/empty"
for option in --labels --groups; do
  expect 1 "/dev/zero: is a device" "$nngs" "$x" "$y" $option /dev/zero --changed 1 --permutations 9
  expect 1 "$work: is a directory" "$nngs" "$x" "$y" $option "$work" --changed 1 --permutations 9
done
if [ "$(id -u)" -ne 0 ]; then
  cp "$x" "$work/secret" && chmod 0 "$work/secret"
  expect 1 "$work/secret: cannot be opened: Permission denied" "$nngs" "$work/secret" "$y"
  mkdir "$work/locked" && chmod 555 "$work/locked"
  expect 1 "$work/locked/out.json: cannot be written: Permission denied" "$nngs" "$x" "$y" --json "$work/locked/out.json"
fi

# What cannot be written: a folder that is none is noticed before the work.
for option in --json --csv --plot; do
  expect 1 "there is no folder $work/no" "$nngs" "$x" "$y" $option "$work/no/out.svg"
  expect 1 "there is no folder $x" "$nngs" "$x" "$y" $option "$x/out.svg"
done
for option in --json --csv; do
  expect 1 "$work: cannot be written: Is a directory" "$nngs" "$x" "$y" $option "$work"
done
if [ -w /dev/full ]; then
  for option in --json --csv; do
    expect 1 "/dev/full: cannot be written: No space left on device" "$nngs" "$x" "$y" $option /dev/full
  done
  for options in "" "--json -" "--csv -" "--help" "--version"; do
    # shellcheck disable=SC2086  # several words
    "$nngs" "$x" "$y" $options >/dev/full 2>"$work/err"
    got=$?
    [ $got -eq 1 ] && grep -qF "standard output: cannot be written: No space left on device" "$work/err" ||
      fail "$options >/dev/full -> status $got"
  done
fi

# A reader that leaves early ends the program by SIGPIPE, as it ends cat, without a word.
"$nngs" "$x" "$y" --all-k --no-chance --csv - 2>"$work/err" | head -n 1 >"$work/out"
got=${PIPESTATUS[0]}
[ "$got" -eq 141 ] || [ "$got" -eq 0 ] || fail "| head -n 1 -> status $got"
[ -s "$work/err" ] && fail "| head -n 1 writes to standard error"
"$nngs" "$x" "$y" >&- 2>"$work/err"
got=$?
[ $got -eq 1 ] && grep -qF "standard output: cannot be written" "$work/err" || fail ">&- -> status $got"

# npy ROWS COLUMNS: a matrix of float32, all zero.
npy() {
  local header="{'descr': '<f4', 'fortran_order': False, 'shape': ($1, $2), }"
  printf '\x93NUMPY\x01\x00\x76\x00%-117s\n' "$header"
  head -c $(($1 * $2 * 4)) /dev/zero
}

# Files that are cut short or overwritten while the program works on them: it has read them before.
npy 12000 20 >"$work/cut.npy"
npy 12000 20 >"$work/changed.npy"
"$nngs" "$work/cut.npy" "$work/changed.npy" --metric manhattan --k 5 --no-cka --threads 1 >"$work/out" 2>"$work/err" &
sleep 0.7
truncate -s 100 "$work/cut.npy"
tr '\0' '\377' </dev/zero | dd of="$work/changed.npy" bs=1000 seek=1 count=900 conv=notrunc 2>/dev/null
wait $!
got=$?
[ $got -eq 0 ] || fail "a file cut while it is read -> status $got"
grep -q "1.0000" "$work/out" || fail "a file cut while it is read: not the score of what was read"
npy 12000 20 | head -c 5000 >"$work/short.npy"
expect 1 "shorter than its header says" "$nngs" "$work/short.npy" "$work/short.npy"

# Ctrl-C ends long work at once, by the signal, and no file of results is there. (Half a minute of work.)
if command -v timeout >/dev/null && env --default-signal=INT true 2>/dev/null; then
  timeout --preserve-status --signal=INT 1 env --default-signal=INT "$nngs" "$x" "$y" --k 57 --permutations 20000000 \
    --json "$work/interrupted.json" --csv "$work/interrupted.csv" >"$work/out" 2>"$work/err"
  got=$?
  [ $got -eq 130 ] || fail "SIGINT -> status $got"
  [ -e "$work/interrupted.json" ] || [ -e "$work/interrupted.csv" ] && fail "SIGINT leaves results behind"
fi

[ $failures -eq 0 ] && echo "all as expected"
exit $((failures > 0))
