// SPDX-License-Identifier: MIT
#ifndef NNGS_VERSION_HPP
#define NNGS_VERSION_HPP

#ifndef __GNUC__
#error "nngs needs g++ or clang (12 and 14 or later): its inner loops are written in their vectors"
#endif

#if __cplusplus < 202002L
#error "nngs needs C++20 or later: build with -std=c++20"
#endif

#if !defined(__cpp_exceptions) && !defined(__EXCEPTIONS) && !defined(_CPPUNWIND)
#error "nngs reports wrong input by exceptions: build without -fno-exceptions"
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
#define NNGS_VERSION_MINOR 2
/// Counts corrections.
#define NNGS_VERSION_PATCH 0

/// Everything lives in an inline namespace of this name, so that two versions in one program do not merge.
#define NNGS_VERSION_NAMESPACE v0_2_0

#endif
