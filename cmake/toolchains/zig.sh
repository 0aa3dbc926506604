#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The compiler that scripts/everywhere.sh has installed.
exec "$(dirname "$0")/../../build/everywhere/zig/bin/python" -m ziglang c++ "$@"
