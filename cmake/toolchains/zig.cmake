# SPDX-License-Identifier: MIT
# This machine, by the clang inside the Python package ziglang, with its libc++.
set(CMAKE_CXX_COMPILER ${CMAKE_CURRENT_LIST_DIR}/zig.sh)
# zig traps undefined behaviour in builds that are not optimized much; the preset asan looks for that.
set(CMAKE_CXX_FLAGS_INIT -fno-sanitize=undefined)
include(${CMAKE_CURRENT_LIST_DIR}/headers.cmake)
