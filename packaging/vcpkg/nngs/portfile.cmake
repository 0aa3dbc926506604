# SPDX-License-Identifier: MIT
# An overlay port of this checkout; see packaging/README.md.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(VCPKG_BUILD_TYPE release)  # headers alone: one build is enough

vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS -DNNGS_BUILD_PROGRAM=OFF -DNNGS_BUILD_MPI=OFF -DNNGS_BUILD_EXAMPLES=OFF
          -DNNGS_BUILD_TESTS=OFF -DNNGS_BUILD_BENCHMARKS=OFF
          -DNNGS_INSTALL=ON)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/nngs)
vcpkg_fixup_pkgconfig()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/lib")

vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
