// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_PLAN_HPP
#define NNGS_DETAIL_SEARCH_PLAN_HPP

#include <Eigen/Core>
#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/search/by_keys.hpp"
#include "nngs/detail/search/by_products.hpp"
#include "nngs/detail/search/input.hpp"
#include "nngs/executor.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// The search that suits a metric: by products or by direct evaluation. `values` and `metric` are those of
/// `searched`, and have to outlive it.
template <class Scalar, metric Metric, executor Executor>
auto make_search(const points<Scalar>& values, const Metric& metric,
                 [[maybe_unused]] base::instruction_set instructions,
                 [[maybe_unused]] const Executor& execute) {
  if constexpr (product_metric<Metric>)
    return product_search<Scalar, Metric>(values, metric, instructions, execute);
  else
    return direct_search<Scalar, Metric>(values, metric);
}

/// Elsewhere a list of its own for every point, which costs some 0.15 us a neighbour, costs more than looking
/// at each pair twice, some 2 ns and 4 ps a coordinate.
inline bool join_is_faster(Eigen::Index n, Eigen::Index dimensions, Eigen::Index depth) {
  return n >= 500 && depth <= n / 64 + n / 64 * dimensions / 512;
}

/// Rows are searched in blocks of half panels that are worth a thread: 2^20 coordinates take 0.05 to 0.5 ms.
/// Blocks depend on the shape of the data alone.
inline Eigen::Index block_rows(Eigen::Index n, Eigen::Index dimensions) {
  constexpr Eigen::Index half = panel_points / 2;
  return half * std::clamp<Eigen::Index>((1 << 20) / half / (n * dimensions), 1, 10);
}

/// Searches the given rows against all of them: use(position in `rows`, neighbours in order) once for each,
/// with its `depth` nearest others, on any thread. Rows are in [0, n).
template <class Scalar, metric Metric, executor Executor, class Use>
void search_rows(const searched<Scalar, Metric>& ready, std::span<const Eigen::Index> rows,
                 Eigen::Index depth, const Executor& execute, const Use& use) {
  const auto search = make_search(ready.values, ready.metric, base::best_instruction_set(), execute);
  const Eigen::Index per_block = block_rows(ready.values.rows(), ready.values.cols());
  base::for_each_block(
      execute, static_cast<Eigen::Index>(rows.size()), per_block, [&](auto first, auto last) {
        Eigen::Index position = first;
        const auto block =
            rows.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
        search.rows(block, depth, [&](Eigen::Index, const auto& nearest) { use(position++, nearest); });
      });
}

inline std::vector<Eigen::Index> row_range(Eigen::Index first, Eigen::Index last) {
  std::vector<Eigen::Index> rows(static_cast<std::size_t>(last - first));
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
