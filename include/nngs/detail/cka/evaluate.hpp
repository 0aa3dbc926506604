// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_EVALUATE_HPP
#define NNGS_DETAIL_CKA_EVALUATE_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "nngs/cka_result.hpp"
#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/cka/centring.hpp"
#include "nngs/detail/cka/distances.hpp"
#include "nngs/detail/cka/features.hpp"
#include "nngs/detail/cka/hsic.hpp"
#include "nngs/detail/cka/median.hpp"
#include "nngs/detail/cka/pairs.hpp"
#include "nngs/error.hpp"
#include "nngs/version.hpp"

// CKA from the matrices to the result, with a linear kernel and with an RBF.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

inline kernel_report report_of(const centred_matrix& items) {
  return {items.constant ? kernel_state::constant : kernel_state::varied, 0, 0};
}

inline void check_variance(const char* name, const kernel_report& report) {
  if (report.state == kernel_state::constant)
    throw input_error(name, "all rows are equal: CKA needs variance");
}

/// The sums of linear kernels over pairs i != j, from the products of the features: those over all pairs,
/// less the diagonals.
inline pair_totals sum_features(const centred_matrix& x, const centred_matrix& y,
                                base::instruction_set instructions, base::executor_ref execute) {
  const feature_product products[] = {{x.panels, y.panels}, {x.panels, x.panels}, {y.panels, y.panels}};
  const std::vector<double> norms =
      squared_norms(products, feature_block_edge(x.panels.count(), y.panels.count()), instructions, execute);
  return {norms[0] - x.squares.dot(y.squares), norms[1] - x.squares.squaredNorm(),
          norms[2] - y.squares.squaredNorm()};
}

/// The same from the products of the items.
inline pair_totals sum_items(const centred_matrix& x, const centred_matrix& y,
                             base::instruction_set instructions, base::executor_ref execute) {
  const auto fill_x = [&](const block& part, block_entries& entries) {
    multiply(x.panels, x.panels, part, instructions, entries);
  };
  const auto fill_y = [&](const block& part, block_entries& entries) {
    multiply(y.panels, y.panels, part, instructions, entries);
  };
  return sum_pairs(x.panels.count(), fill_x, fill_y, instructions, execute).pairs;
}

/// Both matrices as the same vectors.
inline cka_result compare_linear(const centred_matrix& x, const centred_matrix& y, vectors_of which,
                                 base::instruction_set instructions, base::executor_ref execute) {
  if (x.constant || y.constant) return {{}, {}, 0, report_of(x), report_of(y)};
  // Rows of a centred kernel sum to 0.
  const hsic_sums sums{{-x.squares, x.squares},
                       {-y.squares, y.squares},
                       which == vectors_of::features ? sum_features(x, y, instructions, execute)
                                                     : sum_items(x, y, instructions, execute)};
  cka_result result = to_result(sums, report_of(x), report_of(y));
  unscale(result.biased, 2 * x.exponent, 2 * y.exponent);
  unscale(result.debiased, 2 * x.exponent, 2 * y.exponent);
  return result;
}

template <class X, class Y>
cka_result evaluate_linear(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y,
                           base::instruction_set instructions, base::executor_ref execute) {
  base::check_paired(x.rows(), x.cols(), y.rows(), y.cols());
  // d^2 n products against n^2 d.
  const vectors_of which = x.cols() + y.cols() < x.rows() ? vectors_of::features : vectors_of::items;
  const centred_matrix a = base::naming("x", [&] { return centre(x, which, instructions, execute); });
  const centred_matrix b = base::naming("y", [&] { return centre(y, which, instructions, execute); });
  return compare_linear(a, b, which, instructions, execute);
}

inline void check_rbf(const rbf& parameters) {
  if (!(parameters.bandwidth >= 0 && std::isfinite(parameters.bandwidth)))
    throw input_error(
        base::sentence({"an RBF bandwidth of ", parameters.bandwidth,
                        ": give a positive number, or 0 for a fraction of the median distance"}));
  if (!(parameters.fraction > 0 && std::isfinite(parameters.fraction)))
    throw input_error(base::sentence(
        {"an RBF fraction of ", parameters.fraction, " of the median distance: give a positive number"}));
}

/// A matrix whose items lie in panels, and its RBF kernel.
struct gaussian_items {
  centred_matrix items;
  kernel_report report;
  gaussian kernel{};

  bool usable() const { return report.state == kernel_state::varied; }
};

inline gaussian_items choose_bandwidth(centred_matrix items, const rbf& parameters,
                                       base::instruction_set instructions, base::executor_ref execute) {
  kernel_report report = report_of(items);
  if (items.constant) return {std::move(items), report};
  double bandwidth = std::ldexp(parameters.bandwidth, items.exponent);
  if (parameters.bandwidth <= 0) {
    const median_distance median = find_median(items, instructions, parameters.seed, execute);
    bandwidth = parameters.fraction * median.value;
    report.median_rank_error = median.rank_error;
    if (median.value <= 0) report.state = kernel_state::no_bandwidth;
  }
  report.bandwidth = std::ldexp(bandwidth, -items.exponent);
  // Bounded, so that 0 times it is 0.
  const double inverse_square = std::min(1 / bandwidth / bandwidth, 0x1p1000);
  const double mean_exponent =
      items.squares.sum() / static_cast<double>(items.squares.size() - 1) * inverse_square;
  if (mean_exponent < 0x1p-53) report.state = kernel_state::constant;
  return {std::move(items), report, {inverse_square, mean_exponent < 0.7 ? 1.0 : 0.0}};
}

/// Gives blocks of an RBF kernel.
class gaussian_blocks {
 public:
  /// Norms of up to 4,096 s^2 cost the exponent no more than its 40th bit behind the point.
  gaussian_blocks(const gaussian_items& matrix, base::instruction_set instructions)
      : distances_(matrix.items, instructions, 0x1p12 / matrix.kernel.inverse_square),
        kernel_(matrix.kernel),
        to_kernel_(base::compiled<exponentials>(instructions)) {}

  void operator()(const block& part, block_entries& entries) const {
    distances_(part, entries);
    for (Eigen::Index j = 0; j < part.columns; ++j) {
      const Eigen::Index first = part.lower ? j / panel_width * panel_width : 0;
      to_kernel_(entries.column(j) + first, entries.height() - first, kernel_);
    }
  }

 private:
  item_distances distances_;
  const gaussian& kernel_;
  exponentials::signature* to_kernel_;
};

inline cka_result compare_rbf(const gaussian_items& x, const gaussian_items& y,
                              base::instruction_set instructions, base::executor_ref execute) {
  if (!x.usable() || !y.usable()) return {{}, {}, 0, x.report, y.report};
  const Eigen::Index n = x.items.panels.count();
  const gaussian_blocks fill_x(x, instructions), fill_y(y, instructions);
  hsic_sums sums = sum_pairs(n, fill_x, fill_y, instructions, execute);
  sums.x.diagonal = Eigen::VectorXd::Constant(n, 1 - x.kernel.shift);
  sums.y.diagonal = Eigen::VectorXd::Constant(n, 1 - y.kernel.shift);
  return to_result(sums, x.report, y.report);
}

template <class X, class Y>
cka_result evaluate_rbf(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, const rbf& kernel_x,
                        const rbf& kernel_y, base::instruction_set instructions, base::executor_ref execute) {
  base::check_paired(x.rows(), x.cols(), y.rows(), y.cols());
  const auto prepare = [&](const auto& given, const rbf& parameters) {
    check_rbf(parameters);
    return choose_bandwidth(centre(given, vectors_of::items, instructions, execute), parameters, instructions,
                            execute);
  };
  const gaussian_items a = base::naming("x", [&] { return prepare(x, kernel_x); });
  const gaussian_items b = base::naming("y", [&] { return prepare(y, kernel_y); });
  return compare_rbf(a, b, instructions, execute);
}

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
