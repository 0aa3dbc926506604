# SPDX-License-Identifier: MIT
# What the tests of programs share: a folder of their own, gone at the end, and counted failures.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
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
