// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_JUDGE_PAIRING_VARIANCE_HPP
#define NNGS_DETAIL_JUDGE_PAIRING_VARIANCE_HPP

#include <algorithm>
#include <cstdint>

#include "nngs/version.hpp"

// The variance of the total overlap of two graphs under random pairing, in closed form.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// What remains of the sums over pairs of edges when each edge stands less its expectation k / (n - 1), so
/// that every row sums to 0. All are of the size of the variance: the raw counts, of the size of (n k)^2,
/// would lose its digits.
struct edge_sums {
  double own;   ///< an edge with itself
  double back;  ///< an edge with its return
  double into;  ///< an edge with those that have the same target

  edge_sums(double n, double k, std::uint64_t returned_edges, double in_degree_spread)
      : into(in_degree_spread) {
    own = n * k * ((n - 1 - k) / (n - 1));
    back = own - (n * k - static_cast<double>(returned_edges));
  }
};

/// Of graphs of n items at the same k. Less than 1e-14 of its largest terms is given as 0.
inline double pairing_variance(const edge_sums& a, const edge_sums& b, double n) {
  const double pairs = n * (n - 1), triples = pairs * (n - 2), fours = triples * (n - 3);
  const auto over = [](double sum, double tuples) { return tuples > 0 ? sum / tuples : 0; };
  const double variance =
      over(a.own * b.own + a.back * b.back, pairs) +
      over(a.own * b.own + (a.into - a.own) * (b.into - b.own) + 2 * a.back * b.back, triples) +
      over((a.own + a.back - a.into) * (b.own + b.back - b.into), fours);
  const double largest =
      std::max({over(a.own * b.own, pairs), over((a.into + a.own) * (b.into + b.own), triples),
                over((a.own + a.into) * (b.own + b.into), fours)});
  return variance > 1e-14 * largest ? variance : 0;
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
