# SPDX-License-Identifier: MIT
# What is built beside the library: what the machine has packages for, and never less than was asked for by name.
include(${CMAKE_CURRENT_LIST_DIR}/install.cmake)

set(all CLI11 nlohmann_json Catch2 benchmark)

# Configures with the named packages hidden; leaves status and output.
function(configure build hidden)
  set(hide)
  foreach(package IN LISTS hidden)
    list(APPEND hide -D CMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
  endforeach()
  file(REMOVE_RECURSE ${work}/${build})
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${nngs_source} -B ${work}/${build} -D CMAKE_CXX_COMPILER=${compiler}
                          "-DCMAKE_PREFIX_PATH=${prefix_path}" ${hide} ${ARGN}
                  RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(status ${status} PARENT_SCOPE)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")  # messages are wrapped
  set(output "${output}" PARENT_SCOPE)
endfunction()
function(expect_status expected)
  if(NOT status EQUAL expected)
    message(FATAL_ERROR "status ${status}, expected ${expected}:\n${output}")
  endif()
endfunction()
function(expect_words)
  foreach(words IN LISTS ARGN)
    string(FIND "${output}" "${words}" found)
    if(found EQUAL -1)
      message(FATAL_ERROR "no \"${words}\" in:\n${output}")
    endif()
  endforeach()
endfunction()

# With Eigen and nanoflann alone, what the README tells: one line says what is not built, and the library installs.
configure(bare "${all}" -D NNGS_BUILD_EXAMPLES=OFF -D CMAKE_INSTALL_PREFIX=${work}/installed)
expect_status(0)
expect_words("Not built: the program (no CLI11 and no nlohmann_json), the tests (no Catch2 and no nlohmann_json), the\
 benchmarks (no benchmark). scripts/install_dependencies.sh tests benchmarks")
run(${CMAKE_COMMAND} --build ${work}/bare --target install)
foreach(file include/nngs/nngs.hpp share/pkgconfig/nngs.pc)
  if(NOT EXISTS ${work}/installed/${file})
    message(FATAL_ERROR "not installed: ${file}")
  endif()
endforeach()
configure(one_missing Catch2)
expect_status(0)
expect_words("the tests (no Catch2)")

# Asked for by name, a part without its packages is an error.
foreach(part_and_package PROGRAM=CLI11 PROGRAM=nlohmann_json TESTS=Catch2 BENCHMARKS=benchmark)
  string(REPLACE "=" ";" both ${part_and_package})
  list(GET both 0 part)
  list(GET both 1 package)
  configure(asked ${package} -D NNGS_BUILD_${part}=ON)
  expect_status(1)
  expect_words("NNGS_BUILD_${part}=ON, but there is no ${package}" "scripts/install_dependencies.sh"
               "-D NNGS_BUILD_${part}=OFF")
endforeach()
if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.25)
  configure(preset Catch2 --preset release)
  expect_status(1)
  expect_words("NNGS_BUILD_TESTS=ON, but there is no Catch2")
endif()

# The tests without the program, and without what only the program needs.
configure(no_program CLI11 -D NNGS_BUILD_PROGRAM=OFF -D NNGS_BUILD_TESTS=ON)
expect_status(0)
