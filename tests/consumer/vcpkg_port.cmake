# SPDX-License-Identifier: MIT
# Runs the vcpkg port with stand-ins that do what vcpkg's functions of those names do, as far as the port uses them,
# and a stranger's project with what it made.
include(${CMAKE_CURRENT_LIST_DIR}/install.cmake)

function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 given "" SOURCE_PATH OPTIONS)
  run(${CMAKE_COMMAND} -S ${given_SOURCE_PATH} -B ${work}/nngs ${common} -D CMAKE_BUILD_TYPE=Release
      "-DCMAKE_PREFIX_PATH=${prefix_path}" -D CMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR} ${given_OPTIONS})
endfunction()
function(vcpkg_cmake_install)
  run(${CMAKE_COMMAND} --build ${work}/nngs --target install)
endfunction()
# CMake's files go to share/NAME, where the way up to the prefix is one folder shorter.
function(vcpkg_cmake_config_fixup)
  cmake_parse_arguments(PARSE_ARGV 0 given "" CONFIG_PATH "")
  set(share ${CURRENT_PACKAGES_DIR}/share/nngs)
  file(RENAME ${CURRENT_PACKAGES_DIR}/${given_CONFIG_PATH} ${share})
  file(GLOB scripts ${share}/*.cmake)
  foreach(script IN LISTS scripts)
    file(READ ${script} text)
    string(REPLACE "/../../../" "/../../" text "${text}")
    string(REPLACE "get_filename_component(_IMPORT_PREFIX \"\${_IMPORT_PREFIX}\" PATH)\nif("
                   "if(" text "${text}")
    file(WRITE ${script} "${text}")
  endforeach()
endfunction()
function(vcpkg_fixup_pkgconfig)
endfunction()
function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 given "" "" FILE_LIST)
  configure_file(${given_FILE_LIST} ${CURRENT_PACKAGES_DIR}/share/nngs/copyright COPYONLY)
endfunction()

file(REMOVE_RECURSE ${work})
set(port ${nngs_source}/packaging/vcpkg/nngs)
file(READ ${port}/vcpkg.json manifest)
string(JSON manifest_version GET "${manifest}" version)
if(NOT manifest_version STREQUAL version)
  message(FATAL_ERROR "vcpkg.json says ${manifest_version}, version.hpp ${version}")
endif()

set(CURRENT_PACKAGES_DIR ${work}/packages)
include(${port}/portfile.cmake)
file(GLOB folders RELATIVE ${CURRENT_PACKAGES_DIR} ${CURRENT_PACKAGES_DIR}/*)
if(NOT folders STREQUAL "include;share")
  message(FATAL_ERROR "vcpkg refuses packages of headers with other folders: ${folders}")
endif()
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/project -B ${work}/build ${common} -D way=find_package
    -D nngs_major=${major} -D nngs_minor=${minor} "-DCMAKE_PREFIX_PATH=${CURRENT_PACKAGES_DIR};${prefix_path}")
run(${CMAKE_COMMAND} --build ${work}/build)
run(${work}/build/consumer)
