#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The program of the paper's experiments as a person calls it: what it writes, and when `check` fails.
# usage: command_line.sh PATH_TO_NNGS_PAPER
set -u
paper=$1
source "$(dirname "$0")/../program/expect.sh"
report=$work/report

expect 0 "white-noise" "$paper" --help
expect 0 "## Points on arcs" "$paper" arcs --reduced
expect 0 "arcs" "$paper" arcs --reduced --no-plots --output "$report"
expect 0 "" "$paper" check "$report" arcs --reduced

# A second experiment leaves the first as it is.
expect 0 "noise-level" "$paper" noise-level --reduced --no-plots --output "$report"
expect 0 "" "$paper" check "$report" arcs noise-level --reduced

# One figure changed, in the text and in a CSV file: the line is shown, and the status is 1.
cp -r "$report" "$work/changed"
sed -i.bak 's/| 0.2442 | 0.2442 |/| 0.2442 | 0.2443 |/' "$work/changed/README.md"
expect 1 "report: | two arcs trade lengths, k = 5 | 0.2442 | 0.2443 |" "$paper" check "$work/changed" arcs --reduced
cp "$report/README.md" "$work/changed/README.md"
sed -i.bak 's/^10,0.4/10,0.5/' "$work/changed/csv/arcs.csv"
expect 1 "csv/arcs.csv: 1 lines differ" "$paper" check "$work/changed" arcs --reduced
expect 1 "there is no part white-noise" "$paper" check "$report" white-noise --reduced

expect 1 "gnuplot" env PATH="$work" "$paper" arcs --reduced --output "$work/no_gnuplot"
expect 1 "cannot be made" "$paper" arcs --reduced --no-plots --output /dev/null/report
expect 105 "there is no experiment nonsense" "$paper" check "$report" nonsense
expect 106 "subcommand is required" "$paper"

[ $failures -eq 0 ] && echo "all as expected"
exit $failures
