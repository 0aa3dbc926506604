# SPDX-License-Identifier: MIT
# 64-bit Windows, on any Linux: the mingw-w64 compiler, and wine to run what it builds.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)  # wine would look for the compiler's libraries in vain
set(CMAKE_CROSSCOMPILING_EMULATOR ${CMAKE_CURRENT_LIST_DIR}/wine.sh)
include(${CMAKE_CURRENT_LIST_DIR}/headers.cmake)
