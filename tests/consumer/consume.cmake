# SPDX-License-Identifier: MIT
# Configures, builds and runs the stranger's project; for find_package, installs nngs first.
function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "failed: ${ARGV}")
  endif()
endfunction()

file(REMOVE_RECURSE ${work})
set(common -D CMAKE_CXX_COMPILER=${compiler} -D CMAKE_BUILD_TYPE=Debug)
if(way STREQUAL "find_package")
  run(${CMAKE_COMMAND} -S ${nngs_source} -B ${work}/nngs ${common} -D CMAKE_PREFIX_PATH=${prefix_path}
      -D CMAKE_INSTALL_PREFIX=${work}/prefix -D NNGS_BUILD_PROGRAM=OFF -D NNGS_BUILD_EXAMPLES=OFF
      -D NNGS_BUILD_TESTS=OFF)
  run(${CMAKE_COMMAND} --install ${work}/nngs)
endif()
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${work}/build ${common} -D way=${way}
    -D nngs_source=${nngs_source} "-DCMAKE_PREFIX_PATH=${work}/prefix;${prefix_path}")
run(${CMAKE_COMMAND} --build ${work}/build)
run(${work}/build/consumer)
