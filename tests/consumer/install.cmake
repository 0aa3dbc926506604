# SPDX-License-Identifier: MIT
# What the scripts of this folder have in common.

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "failed: ${ARGV}")
  endif()
endfunction()

string(REPLACE "|" ";" prefix_path "${prefix_path}")
set(common -D CMAKE_CXX_COMPILER=${compiler} -D CMAKE_BUILD_TYPE=Debug)

# Installs the library where it is then found, in a folder with a space in its name and not where it was configured
# for: packagers and people move install trees.
function(install_library prefix)
  run(${CMAKE_COMMAND} -S ${nngs_source} -B ${work}/nngs ${common} "-DCMAKE_PREFIX_PATH=${prefix_path}"
      -D CMAKE_INSTALL_PREFIX=${work}/elsewhere -D NNGS_BUILD_PROGRAM=OFF -D NNGS_BUILD_MPI=OFF -D NNGS_BUILD_EXAMPLES=OFF
      -D NNGS_BUILD_TESTS=OFF -D NNGS_BUILD_BENCHMARKS=OFF)
  run(${CMAKE_COMMAND} --install ${work}/nngs)
  file(RENAME ${work}/elsewhere ${prefix})
  file(GLOB_RECURSE installed ${prefix}/*)
  foreach(file IN LISTS installed)
    file(STRINGS ${file} lines)
    foreach(place ${nngs_source} ${work})
      if("${lines}" MATCHES "${place}/")
        message(FATAL_ERROR "${file} knows where it was built: ${place}")
      endif()
    endforeach()
  endforeach()
endfunction()
