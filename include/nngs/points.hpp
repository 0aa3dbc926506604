// SPDX-License-Identifier: MIT
#ifndef NNGS_POINTS_HPP
#define NNGS_POINTS_HPP

#include <Eigen/Core>
#include <concepts>

#include "nngs/version.hpp"

/// @file
/// Points as builders get them.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// A matrix whose rows are contiguous.
template <class Scalar>
using row_major = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Points as every builder gets them: one row per item, each row contiguous, checked. Row-major matrices,
/// maps and blocks are looked at where they lie; anything else is evaluated into one copy.
template <class Scalar>
using points = Eigen::Ref<const row_major<Scalar>, 0, Eigen::OuterStride<>>;

/// What matrices may hold.
template <class Scalar>
concept coordinate = std::same_as<Scalar, float> || std::same_as<Scalar, double>;

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
