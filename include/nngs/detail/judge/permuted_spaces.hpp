// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_JUDGE_PERMUTED_SPACES_HPP
#define NNGS_DETAIL_JUDGE_PERMUTED_SPACES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/function_ref.hpp"
#include "nngs/detail/judge/permuted_scores.hpp"
#include "nngs/detail/space_pairs.hpp"
#include "nngs/version.hpp"

// Scores of all pairs of many spaces under the same permutations.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

/// The pairs that are tested: all but a space with itself.
struct tested_pair {
  Eigen::Index row, column;
};
inline std::vector<tested_pair> tested_pairs(const space_pairs& pairs) {
  std::vector<tested_pair> tested;
  pairs.for_each([&](Eigen::Index row, Eigen::Index column) {
    if (!pairs.square() || row != column) tested.push_back({row, column});
  });
  return tested;
}

/// One permutation of all spaces, by its number: for each item of a row's space its partner in a column's.
/// Between two sets, the items of all columns are moved in the same way, as `permutation_test` of one pair
/// moves them. Within one set every space's are moved in a way of its own, from a stream of its own.
class moved_spaces {
 public:
  moved_spaces(const pairing& groups, const space_pairs& pairs, std::uint64_t seed, Eigen::Index number)
      : square_(pairs.square()) {
    if (!square_) {
      to_ = {groups.permuted(seed, number)};
      return;
    }
    for (Eigen::Index space = 0; space < pairs.rows(); ++space) {
      to_.push_back(groups.permuted(seed, number * pairs.rows() + space));
      std::vector<std::uint32_t>& back = from_.emplace_back(to_.back().size());
      for (std::size_t item = 0; item < back.size(); ++item)
        back[to_.back()[item]] = static_cast<std::uint32_t>(item);
    }
  }

  void set_partners(const tested_pair& pair, std::vector<std::uint32_t>& partner) const {
    if (!square_) {
      partner = to_.front();
      return;
    }
    const std::vector<std::uint32_t>&to = to_[static_cast<std::size_t>(pair.row)],
          &from = from_[static_cast<std::size_t>(pair.column)];
    partner.resize(to.size());
    for (std::size_t item = 0; item < to.size(); ++item) partner[item] = from[to[item]];
  }

 private:
  bool square_;
  std::vector<std::vector<std::uint32_t>> to_, from_;
};

/// The scores of all pairs as given (row 0) and under every permutation; the columns of a pair are its
/// scores at each k.
inline permuted_scores score_permuted_spaces(const space_sides& spaces,
                                             const std::vector<tested_pair>& tested,
                                             const std::vector<Eigen::Index>& ks, const pairing& groups,
                                             Eigen::Index count, std::uint64_t seed,
                                             base::executor_ref execute) {
  const Eigen::Index n = spaces.row(0).size();
  const auto width = static_cast<Eigen::Index>(ks.size()),
             columns = static_cast<Eigen::Index>(tested.size()) * width;
  permuted_scores scores{score_table(count + 1, columns), score_table(count + 1, columns)};
  const auto score_pair = [&](Eigen::Index row, std::size_t at, const std::vector<std::uint32_t>& partner) {
    const Eigen::Index column = static_cast<Eigen::Index>(at) * width;
    paired_scores score(spaces.row(tested[at].row), spaces.column(tested[at].column), ks);
    score(partner, {&scores.jaccard(row, column), ks.size()}, {&scores.overlap(row, column), ks.size()});
  };
  std::vector<std::uint32_t> as_given(static_cast<std::size_t>(n));
  std::iota(as_given.begin(), as_given.end(), std::uint32_t{0});
  const Eigen::Index work = n * ks.back() * static_cast<Eigen::Index>(tested.size());
  const Eigen::Index per_block = std::max<Eigen::Index>(1, (1 << 20) / work);
  base::for_each_block(execute, count + 1, per_block, [&](Eigen::Index first, Eigen::Index last) {
    std::vector<std::uint32_t> partner;
    for (Eigen::Index row = first; row < last; ++row) {
      if (row == 0) {
        for (std::size_t at = 0; at < tested.size(); ++at) score_pair(0, at, as_given);
        continue;
      }
      const moved_spaces moved(groups, spaces.pairs(), seed, row - 1);
      for (std::size_t at = 0; at < tested.size(); ++at) {
        moved.set_partners(tested[at], partner);
        score_pair(row, at, partner);
      }
    }
  });
  return scores;
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
