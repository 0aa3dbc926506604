# SPDX-License-Identifier: MIT
# This machine, by a newer clang than Debian 12's own, with LLVM's standard library.
set(CMAKE_CXX_COMPILER clang++-19)
set(CMAKE_CXX_FLAGS_INIT -stdlib=libc++)
include(${CMAKE_CURRENT_LIST_DIR}/headers.cmake)
