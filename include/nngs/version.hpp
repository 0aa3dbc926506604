// SPDX-License-Identifier: MIT
#ifndef NNGS_VERSION_HPP
#define NNGS_VERSION_HPP

// The version's only home: CMake and the packages read it from here.
#define NNGS_VERSION_MAJOR 0
#define NNGS_VERSION_MINOR 1
#define NNGS_VERSION_PATCH 0

// Everything lives in an inline namespace of this name, so that two versions in one program do not merge.
#define NNGS_VERSION_NAMESPACE v0_1_0

#endif
