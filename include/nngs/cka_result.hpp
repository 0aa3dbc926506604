// SPDX-License-Identifier: MIT
#ifndef NNGS_CKA_RESULT_HPP
#define NNGS_CKA_RESULT_HPP

#include <concepts>
#include <cstdint>
#include <string_view>

#include "nngs/version.hpp"

/// @file
/// The kernels that CKA compares, and what it says of them.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// K_ij = x_i . x_j
struct linear {};

/// K_ij = exp(-|x_i - x_j|^2 / (2 s^2)), where s is `fraction` times the median distance of two different
/// items, or `bandwidth` when that is given (not 0). The median is exact up to n = 2,048 and comes from a
/// seeded sample of 1.5 million pairs beyond. The published code of Tavares et al. takes 0.8 times the median
/// of the *squared* distances as s: to reproduce its numbers, give that as the bandwidth.
struct rbf {
  double fraction = 1;     ///< of the median distance; positive
  double bandwidth = 0;    ///< s, in the units of the matrix; 0 = by the fraction
  std::uint64_t seed = 0;  ///< of the sampled pairs
};

/// Either kernel.
template <class Kernel>
concept cka_kernel = std::same_as<Kernel, linear> || std::same_as<Kernel, rbf>;

/// Whether a kernel tells anything.
enum class kernel_state {
  varied,       ///< it does
  constant,     ///< all 1 in double, or the rows of the matrix are all equal: nothing to compare
  identity,     ///< the centred kernel is nearly the identity: unrelated data would score over 0.9
  no_bandwidth  ///< the median distance is 0: most items are duplicates
};

/// What became of one matrix.
struct kernel_report {
  kernel_state state = kernel_state::varied;  ///< `complaint` says it in words
  double bandwidth = 0;                       ///< s, in the units of the matrix; 0 for linear
  double median_rank_error = 0;  ///< standard error of the median's rank, as a share of all pairs; 0 if exact
};

/// CKA by one estimate of HSIC. For linear kernels HSIC is in the units of the matrices, and may overflow or
/// vanish (1e80 and beyond) where `value` does not.
struct cka_estimate {
  double value = 0;      ///< 0 when not defined; negative when hsic_xy is
  bool defined = false;  ///< false when hsic_xx or hsic_yy is not positive, and for n < 4 when debiased
  double hsic_xy = 0;    ///< HSIC(K, L)
  double hsic_xx = 0;    ///< HSIC(K, K)
  double hsic_yy = 0;    ///< HSIC(L, L)
};

/// Everything that one pass over the pairs gives.
struct cka_result {
  cka_estimate biased;    ///< as published; value in [0, 1]
  cka_estimate debiased;  ///< value 0 on average for unrelated data
  double chance = 0;  ///< what the biased value is on average when the rows of y are paired at random; exact
  kernel_report x;    ///< of the kernel of x
  kernel_report y;    ///< of the kernel of y
};

/// What is wrong with a kernel, in words; empty when nothing is.
inline std::string_view complaint(kernel_state state) noexcept {
  switch (state) {
    case kernel_state::constant:
      return "the kernel is constant: no variance, or a bandwidth far too large";
    case kernel_state::identity:
      return "the centred kernel is nearly the identity: the biased CKA is near 1 for any data; take a "
             "larger bandwidth or more items";
    case kernel_state::no_bandwidth:
      return "the median distance is 0: give a bandwidth";
    case kernel_state::varied:
      break;
  }
  return "";
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
