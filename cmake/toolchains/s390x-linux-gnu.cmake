# SPDX-License-Identifier: MIT
# IBM Z, whose numbers begin with the highest byte, on any other Linux: Debian's cross compiler, and qemu to run what it builds.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR s390x)
set(CMAKE_CXX_COMPILER s390x-linux-gnu-g++)
find_program(nngs_qemu NAMES qemu-s390x-static qemu-s390x REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR ${nngs_qemu} -L /usr/s390x-linux-gnu)
include(${CMAKE_CURRENT_LIST_DIR}/headers.cmake)
