#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Does the committed report have the figures of today where an experiment needs real embeddings? The environment
# variable NNGS_DATA names their folder; without it, status 77: skipped.
# usage: report_with_data.sh PATH_TO_NNGS_PAPER REPORT
set -u
paper=$1
report=$2
if [ -z "${NNGS_DATA:-}" ]; then
  echo "skipped: the environment variable NNGS_DATA names no folder of embeddings"
  exit 77
fi
output=$("$paper" check "$report" analogies zero-shot encoders --data "$NNGS_DATA" 2>&1)
status=$?
echo "$output"
[ $status -eq 0 ] && grep -q ': skipped: ' <<<"$output" && status=77  # a file of them is not there
exit $status
