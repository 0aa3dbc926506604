// SPDX-License-Identifier: MIT
#ifndef NNGS_VERSION_HPP
#define NNGS_VERSION_HPP

#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L
#error "nngs needs C++20 or later: build with -std=c++20 (MSVC: /std:c++20)"
#endif

// Parts of it too, as far as compilers tell: clang says nothing of -fassociative-math alone.
#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || \
    (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "nngs promises the same bits everywhere and checks for NaN: build without -ffast-math"
#endif

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
