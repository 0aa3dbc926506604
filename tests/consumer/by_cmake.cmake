# SPDX-License-Identifier: MIT
# Configures, builds and runs the stranger's project; for find_package, installs nngs first.
include(${CMAKE_CURRENT_LIST_DIR}/install.cmake)

file(REMOVE_RECURSE ${work})
if(way STREQUAL "find_package")
  install_library("${work}/a prefix")
endif()
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/project -B ${work}/build ${common} -D way=${way}
    -D nngs_source=${nngs_source} -D nngs_major=${major} -D nngs_minor=${minor}
    "-DCMAKE_PREFIX_PATH=${work}/a prefix;${prefix_path}")
run(${CMAKE_COMMAND} --build ${work}/build)
run(${work}/build/consumer)
