// SPDX-License-Identifier: MIT
#ifndef NNGS_VERSION_HPP
#define NNGS_VERSION_HPP

/// @file
/// The version's only home: CMake and the packages read it from here.

/// While it is 0, a new minor version may change names.
#define NNGS_VERSION_MAJOR 0
/// Counts additions and changes.
#define NNGS_VERSION_MINOR 1
/// Counts corrections.
#define NNGS_VERSION_PATCH 0

/// Everything lives in an inline namespace of this name, so that two versions in one program do not merge.
#define NNGS_VERSION_NAMESPACE v0_1_0

#endif
