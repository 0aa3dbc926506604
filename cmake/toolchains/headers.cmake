# SPDX-License-Identifier: MIT
# For every toolchain here: libraries and headers of the system built for alone. Packages are of headers, the same on
# all systems: CMAKE_PREFIX_PATH tells where (scripts/everywhere.sh copies them from this machine's).
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE NEVER)
