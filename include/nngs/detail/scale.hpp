// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SCALE_HPP
#define NNGS_DETAIL_SCALE_HPP

#include <Eigen/Core>
#include <cmath>

#include "nngs/version.hpp"

namespace nngs::inline NNGS_VERSION_NAMESPACE::detail {

/// Multiplies by the power of two that brings the largest magnitude into [1, 2), so that no square overflows
/// or vanishes. Exact, but for values 2^1022 times smaller than the largest. Not all of `values` may be zero.
template <class Derived>
void scale_near_one(Eigen::DenseBase<Derived>& values) {
  const int exponent = std::ilogb(values.derived().cwiseAbs().maxCoeff());
  // In two steps: 2^1074, for subnormal numbers, is no double.
  values *= std::ldexp(1.0, -exponent / 2);
  values *= std::ldexp(1.0, -exponent - -exponent / 2);
}

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE::detail

#endif
