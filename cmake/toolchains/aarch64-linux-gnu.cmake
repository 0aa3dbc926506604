# SPDX-License-Identifier: MIT
# 64-bit ARM, on any other Linux: Debian's cross compiler, and qemu to run what it builds.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
find_program(nngs_qemu NAMES qemu-aarch64-static qemu-aarch64 REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR ${nngs_qemu} -L /usr/aarch64-linux-gnu)
include(${CMAKE_CURRENT_LIST_DIR}/headers.cmake)
