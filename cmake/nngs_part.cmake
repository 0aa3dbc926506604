# SPDX-License-Identifier: MIT
# What is built beside the library, each part with packages of its own.

set(nngs_not_built)

# nngs_part(PART WHAT PACKAGE...): sets nngs_build_PART from the cache variable of that name in capitals. ON was asked
# for by name, so a package that is missing is an error. AUTO, the value of a top-level project, builds the part where
# its packages are found; nngs_say_what_is_not_built() tells about the others.
function(nngs_part part what)
  string(TOUPPER NNGS_BUILD_${part} option)
  set(${option} ${nngs_by_default} CACHE STRING "Build ${what} (needs ${ARGN}): ON, OFF, or AUTO, if that is found")
  set_property(CACHE ${option} PROPERTY STRINGS AUTO ON OFF)
  set(build ${${option}})
  set(missing)
  if(build)  # AUTO as well: anything but a word for false, or nothing
    foreach(package IN LISTS ARGN)
      if(package STREQUAL "MPI")  # CMake has a module for it, and no MPI a package file
        find_package(MPI QUIET COMPONENTS CXX)
      else()
        find_package(${package} CONFIG QUIET)
      endif()
      if(NOT ${package}_FOUND)
        list(APPEND missing "no ${package}")
      endif()
    endforeach()
  endif()
  list(JOIN missing " and " missing)
  if(missing AND NOT build STREQUAL "AUTO")
    message(FATAL_ERROR "${option}=${build}, but there is ${missing}: scripts/install_dependencies.sh tests benchmarks "
                        "mpi installs it, -D ${option}=OFF builds without ${what}")
  elseif(missing)
    set(build OFF)
    set(nngs_not_built ${nngs_not_built} "${what} (${missing})" PARENT_SCOPE)
  endif()
  set(nngs_build_${part} ${build} PARENT_SCOPE)
endfunction()

function(nngs_say_what_is_not_built)
  if(nngs_not_built)
    list(JOIN nngs_not_built ", " parts)
    message(STATUS "Not built: ${parts}. scripts/install_dependencies.sh tests benchmarks installs what is missing")
  endif()
endfunction()
