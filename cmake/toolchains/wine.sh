#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs a program for Windows, without wine's own messages.
# usage: wine.sh PROGRAM [ARGUMENT...]
export WINEDEBUG=${WINEDEBUG:--all}
for wine in wine64 wine /usr/lib/wine/wine64; do  # Debian's wine64 alone is not in the PATH
  command -v "$wine" >/dev/null && exec "$wine" "$@"
done
echo "wine.sh: no wine found" >&2
exit 127
