# SPDX-License-Identifier: MIT
# Installs nngs and compiles the stranger's program with the flags that pkg-config gives.
include(${CMAKE_CURRENT_LIST_DIR}/install.cmake)

file(REMOVE_RECURSE ${work})
install_library("${work}/a prefix")
set(folders "${work}/a prefix/share/pkgconfig")
foreach(prefix ${prefix_path})
  list(APPEND folders ${prefix}/share/pkgconfig ${prefix}/lib/pkgconfig)
endforeach()
list(JOIN folders ":" folders)
set(ENV{PKG_CONFIG_PATH} "${folders}:$ENV{PKG_CONFIG_PATH}")
execute_process(COMMAND ${pkg_config} --cflags --libs "nngs = ${version}" OUTPUT_VARIABLE flags
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND "${flags}")
run(${compiler} -std=c++20 ${CMAKE_CURRENT_LIST_DIR}/project/main.cpp ${flags} -o ${work}/consumer)
run(${work}/consumer)
