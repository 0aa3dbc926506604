// SPDX-License-Identifier: MIT
#ifndef NNGS_CKA_HPP
#define NNGS_CKA_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/data_requirements.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/cka/centring.hpp"
#include "nngs/detail/cka/distances.hpp"
#include "nngs/detail/cka/features.hpp"
#include "nngs/detail/cka/hsic.hpp"
#include "nngs/detail/cka/pairs.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/version.hpp"

/// @file
/// Centred kernel alignment (Kornblith et al. 2019) of two matrices, one row per item, with kernels K and L:
///
///     CKA = HSIC(K, L) / sqrt(HSIC(K, K) HSIC(L, L))
///
/// Both estimates of HSIC come from one pass over the pairs. The biased one is the published CKA, in [0, 1];
/// it grows with the dimension for unrelated data, which `chance` tells. The debiased one (HSIC_1 of Song et
/// al. 2012, as in Nguyen et al. 2021) is 0 on average for unrelated data, and may be negative. Everything is
/// evaluated in double, with the same bits for any executor on one processor; processors differ in rounding.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// K_ij = x_i . x_j
struct linear {};

/// K_ij = exp(-|x_i - x_j|^2 / (2 s^2)), s = fraction x the median distance of two different items, or
/// `bandwidth` when that is given (not 0). The median is exact up to n = 2,048, and from a seeded sample
/// of 1.5 million pairs beyond. (The published code of Tavares et al. uses 0.8 x the median of *squared*
/// distances as s: to reproduce its numbers give that as the bandwidth.)
struct rbf {
  double fraction = 1;     ///< of the median distance; positive
  double bandwidth = 0;    ///< s; 0 = by the fraction
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
  double median_rank_error =
      0;  ///< standard error of the median's rank, as a share of all pairs; 0 when exact
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

namespace detail::cka {

inline cka_estimate to_cka_estimate(double xy, double xx, double yy) {
  cka_estimate estimate{0, xx > 0 && yy > 0, xy, xx, yy};
  // Two roots: the product may overflow or vanish.
  if (estimate.defined) estimate.value = xy / std::sqrt(xx) / std::sqrt(yy);
  return estimate;
}

/// The share of n - 1 dimensions that a centred kernel fills evenly, by tr(HKH)^2 / tr(KHKH): 1 for the
/// identity.
inline double evenness(const kernel_sums& k, double biased_hsic) {
  const auto n = static_cast<double>(k.rows.size());
  const double trace = k.centred_trace() / (n - 1);
  return biased_hsic > 0 ? std::min(1.0, trace * trace / (n - 1) / biased_hsic) : 0;
}

/// From the sums to the result; reports of kernels that are not constant may still become `identity`.
inline cka_result to_result(const hsic_sums& sums, const kernel_report& x, const kernel_report& y) {
  const hsic_pair xy = hsic(sums.pairs.xy, sums.x, sums.y), xx = hsic(sums.pairs.xx, sums.x, sums.x),
                  yy = hsic(sums.pairs.yy, sums.y, sums.y);
  cka_result result{to_cka_estimate(xy.biased, xx.biased, yy.biased),
                    to_cka_estimate(xy.debiased, xx.debiased, yy.debiased), 0, x, y};
  // Rounding may leave the range that the biased value has.
  result.biased.value = std::clamp(result.biased.value, 0.0, 1.0);
  const double even_x = evenness(sums.x, xx.biased), even_y = evenness(sums.y, yy.biased);
  result.chance = std::sqrt(even_x * even_y);
  if (even_x > 0.9) result.x.state = kernel_state::identity;
  if (even_y > 0.9) result.y.state = kernel_state::identity;
  return result;
}

/// HSIC of kernels that were multiplied by 2^x and 2^y, as it was before.
inline void unscale(cka_estimate& estimate, int x, int y) {
  estimate.hsic_xy = std::ldexp(estimate.hsic_xy, -x - y);
  estimate.hsic_xx = std::ldexp(estimate.hsic_xx, -2 * x);
  estimate.hsic_yy = std::ldexp(estimate.hsic_yy, -2 * y);
}

inline kernel_report report_of(const centred& items) {
  return {items.constant ? kernel_state::constant : kernel_state::varied, 0, 0};
}

template <class X, class Y, executor Executor>
cka_result linear_cka(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, const Executor& execute,
                      base::instruction_set instructions) {
  base::check_paired(x.rows(), x.cols(), y.rows(), y.cols());
  const Eigen::Index n = x.rows();
  // d^2 n products against n^2 d.
  const vectors as = x.cols() + y.cols() < n ? vectors::columns : vectors::rows;
  const centred a = base::naming("x", [&] { return centre(x, as, execute); });
  const centred b = base::naming("y", [&] { return centre(y, as, execute); });
  if (a.constant || b.constant) return {{}, {}, 0, report_of(a), report_of(b)};

  const double_loops loops = double_loops_for(instructions);
  // Rows of a centred kernel sum to 0.
  hsic_sums sums{{-a.squares, a.squares}, {-b.squares, b.squares}, {}};
  if (as == vectors::columns) {
    sums.pairs = squared_feature_products(a.panels, b.panels, loops, execute);
    sums.pairs += {-a.squares.dot(b.squares), -a.squares.squaredNorm(), -b.squares.squaredNorm()};
  } else {
    Eigen::VectorXd rows_x, rows_y;
    const auto fill = [&loops](const double_panels& items) {
      return [&](const block& part, block_entries& entries) { multiply(items, items, part, loops, entries); };
    };
    sums.pairs = sum_kernels(n, fill(a.panels), fill(b.panels), loops, rows_x, rows_y, execute);
  }
  cka_result result = to_result(sums, report_of(a), report_of(b));
  unscale(result.biased, 2 * a.exponent, 2 * b.exponent);
  unscale(result.debiased, 2 * a.exponent, 2 * b.exponent);
  return result;
}

/// One matrix made ready for its RBF kernel.
struct gaussian_items {
  centred items;
  kernel_report report;
  gaussian kernel{};

  bool usable() const { return report.state == kernel_state::varied; }
};

template <class Derived, executor Executor>
gaussian_items make_gaussian(const Eigen::MatrixBase<Derived>& given, const rbf& parameters,
                             const double_loops& loops, const Executor& execute) {
  if (!(parameters.bandwidth >= 0 && std::isfinite(parameters.bandwidth)))
    throw input_error("an RBF bandwidth of " + std::to_string(parameters.bandwidth) +
                      ": give a positive number, or 0 for a fraction of the median distance");
  if (!(parameters.fraction > 0 && std::isfinite(parameters.fraction)))
    throw input_error("an RBF fraction of " + std::to_string(parameters.fraction) +
                      " of the median distance: give a positive number");
  centred items = centre(given, vectors::rows, execute);
  kernel_report report = report_of(items);
  if (items.constant) return {std::move(items), report};

  double bandwidth = std::ldexp(parameters.bandwidth, items.exponent);
  if (parameters.bandwidth == 0) {
    const median_distance median = find_median(items, loops, parameters.seed, execute);
    bandwidth = parameters.fraction * median.value;
    report.median_rank_error = median.rank_error;
    if (median.value == 0) report.state = kernel_state::no_bandwidth;
  }
  report.bandwidth = std::ldexp(bandwidth, -items.exponent);
  // Bounded, so that 0 times it is 0.
  const double inverse_square = std::min(1 / bandwidth / bandwidth, 0x1p1000);
  const double mean_exponent = items.squares.sum() / static_cast<double>(given.rows() - 1) * inverse_square;
  if (mean_exponent < 0x1p-53) report.state = kernel_state::constant;
  return {std::move(items), report, {inverse_square, mean_exponent < 0.7 ? 1.0 : 0.0}};
}

template <class X, class Y, executor Executor>
cka_result rbf_cka(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, const rbf& kernel_x,
                   const rbf& kernel_y, const Executor& execute, base::instruction_set instructions) {
  base::check_paired(x.rows(), x.cols(), y.rows(), y.cols());
  const double_loops loops = double_loops_for(instructions);
  const gaussian_items a = base::naming("x", [&] { return make_gaussian(x, kernel_x, loops, execute); });
  const gaussian_items b = base::naming("y", [&] { return make_gaussian(y, kernel_y, loops, execute); });
  if (!a.usable() || !b.usable()) return {{}, {}, 0, a.report, b.report};

  const auto fill = [&loops](const gaussian_items& matrix) {
    // Norms of up to 4,096 s^2 cost the exponent no more than its 40th bit behind the point.
    return [&loops, &matrix,
            distances = item_distances(matrix.items, loops, 0x1p12 / matrix.kernel.inverse_square)](
               const block& part, block_entries& entries) {
      distances(part, entries);
      for (Eigen::Index j = 0; j < part.columns; ++j) {
        const Eigen::Index first = part.lower ? j / panel_width * panel_width : 0;
        loops.exponentials(entries.column(j) + first, entries.height() - first, matrix.kernel);
      }
    };
  };
  const Eigen::Index n = x.rows();
  hsic_sums sums;
  sums.x.diagonal = Eigen::VectorXd::Constant(n, 1 - a.kernel.shift);
  sums.y.diagonal = Eigen::VectorXd::Constant(n, 1 - b.kernel.shift);
  sums.pairs = sum_kernels(n, fill(a), fill(b), loops, sums.x.rows, sums.y.rows, execute);
  return to_result(sums, a.report, b.report);
}

}  // namespace detail::cka

/// CKA with RBF kernels, each matrix with its own parameters. Time O(n^2 (dx + dy)). Memory: 8 bytes for each
/// entry of x and y, 1 KiB an item at most, and 33 MiB for the median.
/// @throws input_error for different numbers of rows, fewer than 2, no columns, an entry that is
///   not finite, a fraction that is not positive and a negative bandwidth. Data that have no CKA are said in
///   the result.
template <class X, class Y, executor Executor = threads>
cka_result cka(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, const rbf& kernel_x,
               const rbf& kernel_y, const Executor& execute = {}) {
  return detail::cka::rbf_cka(x, y, kernel_x, kernel_y, execute, detail::base::best_instruction_set());
}

/// CKA with one kernel for both. Linear: as products of the features or of the items, whichever costs less,
/// the smaller of O(n (dx + dy)^2) and O(n^2 (dx + dy)); memory 8 bytes for each entry of x and y and 1 KiB
/// an item at most, in either form.
/// @throws input_error as above, each matrix's name in front.
template <class X, class Y, cka_kernel Kernel, executor Executor = threads>
cka_result cka(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, const Kernel& kernel,
               const Executor& execute = {}) {
  if constexpr (std::same_as<Kernel, linear>)
    return detail::cka::linear_cka(x, y, execute, detail::base::best_instruction_set());
  else
    return cka(x, y, kernel, kernel, execute);
}

/// Linear CKA, biased, as published: in [0, 1]. Cost as cka.
/// @throws input_error as cka, and for a matrix whose rows are all equal (no variance).
template <class X, class Y, executor Executor = threads>
double linear_cka(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                  const Executor& execute = {}) {
  const cka_result result = cka(x, y, linear{}, execute);
  for (const auto& [name, report] : {std::pair("x", result.x), std::pair("y", result.y)})
    if (report.state == kernel_state::constant)
      throw input_error(name, "all rows are equal: CKA needs variance");
  return result.biased.value;
}

/// @cond what data that are no matrices are told
template <class X, class Y, class... Rest>
requires(detail::base::no_matrix<X> || detail::base::no_matrix<Y>) auto cka(const X&, const Y&,
                                                                            const Rest&...) {
  return detail::base::require_matrices<X, Y>();
}
template <class X, class Y, class... Rest>
requires(detail::base::no_matrix<X> || detail::base::no_matrix<Y>) auto linear_cka(const X&, const Y&,
                                                                                   const Rest&...) {
  return detail::base::require_matrices<X, Y>();
}
/// @endcond

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
