// SPDX-License-Identifier: MIT
#ifndef NNGS_PERMUTATION_HPP
#define NNGS_PERMUTATION_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "nngs/chance.hpp"
#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/random.hpp"
#include "nngs/executor.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

/// @file
/// Permutation tests over the pairing of two graphs, for many k at once.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// How to permute.
struct permutations {
  Eigen::Index count = 999;  ///< in [1, 2^32); p is no smaller than 1 / (count + 1)
  std::uint64_t seed = 0;    ///< the same seed, the same permutations, everywhere
  /// The k to test, each in [1, both depths]; none = every k = 1 .. K, the smaller depth.
  std::vector<Eigen::Index> k = {};
  /// One label for each item: only items of the same label change places, which asks for agreement beyond
  /// what the groups explain. None = all items may change places.
  std::vector<Eigen::Index> groups = {};
};

/// One score at one k, against the permuted ones.
struct permuted_score {
  Eigen::Index k;   ///< neighbours of each item
  double observed;  ///< of the pairing as given
  double expected;  ///< under permutation
  double sd;        ///< under permutation
  double z;         ///< (observed - expected) / sd; 0 where every permutation gives the same score
  double p;         ///< (1 + permutations that score at least as high) / (1 + permutations)

  friend bool operator==(const permuted_score&, const permuted_score&) = default;
};

/// One score at every k asked for, ascending.
struct permuted_curve {
  std::vector<permuted_score> scores;  ///< one for each k
  double p;                            ///< for the whole curve: holds for the best of all these k

  friend bool operator==(const permuted_curve&, const permuted_curve&) = default;
};

/// Both scores under the same permutations.
struct permutation_result {
  permuted_curve jaccard;  ///< NNGS
  permuted_curve overlap;  ///< mean o / k

  friend bool operator==(const permutation_result&, const permutation_result&) = default;
};

namespace detail {

/// The k to test, ascending; every k when none is given.
inline std::vector<Eigen::Index> ascending_ks(const neighbor_graph& x, const neighbor_graph& y,
                                              std::vector<Eigen::Index> ks) {
  for (const Eigen::Index k : ks) check_graphs(x, y, k);
  if (ks.empty()) {
    ks.resize(static_cast<std::size_t>(std::min(x.depth(), y.depth())));
    std::iota(ks.begin(), ks.end(), Eigen::Index{1});
  }
  std::sort(ks.begin(), ks.end());
  ks.erase(std::unique(ks.begin(), ks.end()), ks.end());
  return ks;
}

/// The items in groups of those that may change places.
class pairing {
 public:
  pairing(Eigen::Index n, const std::vector<Eigen::Index>& groups) : items_(static_cast<std::size_t>(n)) {
    std::iota(items_.begin(), items_.end(), std::uint32_t{0});
    if (groups.empty()) {
      ends_ = {items_.size()};
      return;
    }
    if (groups.size() != items_.size())
      throw std::invalid_argument(std::to_string(groups.size()) + " group labels for " + std::to_string(n) +
                                  " items: give one for each item");
    std::stable_sort(items_.begin(), items_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return groups[a] < groups[b]; });
    for (std::size_t at = 1; at <= items_.size(); ++at)
      if (at == items_.size() || groups[items_[at]] != groups[items_[at - 1]]) ends_.push_back(at);
    if (ends_.size() == items_.size())
      throw std::invalid_argument("each of the " + std::to_string(n) +
                                  " items is a group of its own: give groups of 2 or more to permute within");
  }

  bool in_groups() const noexcept { return ends_.size() > 1; }

  /// For each item of x its partner in y, by permutation `number` of `seed` (Fisher & Yates within groups).
  std::vector<std::uint32_t> permuted(std::uint64_t seed, Eigen::Index number) const {
    std::vector<std::uint32_t> moved = items_, partner(items_.size());
    detail::base::random_stream random(seed, static_cast<std::uint64_t>(number));
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      for (std::size_t left = end - begin; left > 1; --left)
        std::swap(moved[begin + left - 1], moved[begin + random.below(static_cast<std::uint32_t>(left))]);
      begin = end;
    }
    for (std::size_t at = 0; at < items_.size(); ++at) partner[items_[at]] = moved[at];
    return partner;
  }

 private:
  std::vector<std::uint32_t> items_;
  std::vector<std::size_t> ends_;
};

/// Scores of two graphs at several ascending k under any pairing of their items. One a thread.
/// Memory: 4 n bytes and 2 bytes times the square of the largest k.
class paired_scores {
 public:
  paired_scores(const neighbor_graph& x, const neighbor_graph& y, const std::vector<Eigen::Index>& ks)
      : x_(x),
        y_(y),
        ks_(ks),
        depth_(static_cast<std::uint32_t>(ks.back())),
        stamp_(static_cast<std::size_t>(x.size()), 0),
        first_k_(depth_),
        first_shared_(ks.size()) {
    std::size_t place = 0, size = 0;
    for (std::size_t rank = 0; rank < first_k_.size(); ++rank) {
      place += rank >= static_cast<std::size_t>(ks[place]);
      first_k_[rank] = place;
    }
    for (place = 0; place < ks.size(); ++place) {
      first_shared_[place] = size;
      size += static_cast<std::size_t>(ks[place]) + 1;
    }
    items_sharing_.resize(size);
    larger_ranks_.resize(ks.size());
  }

  /// The mean Jaccard and the mean overlap at each k when item i of x is paired with partner[i] of y.
  /// `partner` also renames the neighbours. Only counts are kept until the last step: pairings that share
  /// alike score alike, to the bit.
  void operator()(const std::vector<std::uint32_t>& partner, std::span<double> jaccards,
                  std::span<double> overlaps) {
    std::fill(items_sharing_.begin(), items_sharing_.end(), 0);
    for (std::size_t item = 0; item < partner.size(); ++item) count(item, partner);
    for (std::size_t place = 0; place < ks_.size(); ++place) {
      const Eigen::Index k = ks_[place];
      const std::uint32_t* items = items_sharing_.data() + first_shared_[place];
      double jaccard_sum = 0;
      std::uint64_t shared_sum = 0;
      for (Eigen::Index shared = 1; shared <= k; ++shared) {
        if (items[shared] == 0) continue;
        jaccard_sum += static_cast<double>(items[shared]) * jaccard(shared, k);
        shared_sum += static_cast<std::uint64_t>(shared) * items[shared];
      }
      const auto n = static_cast<double>(partner.size());
      jaccards[place] = jaccard_sum / n;
      overlaps[place] = static_cast<double>(shared_sum) / (n * static_cast<double>(k));
    }
  }

 private:
  /// Adds one item to the counts at each k: how many of its neighbours in x, renamed, are its partner's in y.
  void count(std::size_t item, const std::vector<std::uint32_t>& partner) {
    const std::uint32_t* x = x_.neighbors(static_cast<Eigen::Index>(item)).data();
    const std::uint32_t* y = y_.neighbors(partner[item]).data();
    // A stamp is the rank in y's list above a base that grows with every item: nothing needs to be wiped.
    if (base_ > std::numeric_limits<std::uint32_t>::max() - 2 * depth_) {
      std::fill(stamp_.begin(), stamp_.end(), 0);
      base_ = 0;
    }
    base_ += depth_;
    for (std::uint32_t rank = 0; rank < depth_; ++rank) stamp_[y[rank]] = base_ + rank;
    bool any = false;
    for (std::uint32_t rank = 0; rank < depth_; ++rank) {
      const std::uint32_t other = stamp_[partner[x[rank]]] - base_;
      if (other >= depth_) continue;
      ++larger_ranks_[first_k_[std::max(rank, other)]];
      any = true;
    }
    if (!any) return;
    std::uint32_t shared = 0;
    for (std::size_t place = 0; place < larger_ranks_.size(); ++place) {
      shared += std::exchange(larger_ranks_[place], 0);
      ++items_sharing_[first_shared_[place] + shared];
    }
  }

  const neighbor_graph &x_, &y_;
  const std::vector<Eigen::Index>& ks_;
  std::uint32_t depth_, base_ = 0;
  std::vector<std::uint32_t> stamp_;
  std::vector<std::size_t> first_k_;       // for each rank, the place of the smallest k that includes it
  std::vector<std::size_t> first_shared_;  // for each k, where its counts begin
  std::vector<std::uint32_t> items_sharing_, larger_ranks_;
};

/// At least as high; what differs by rounding alone counts as the same.
inline bool as_high(double permuted, double observed) noexcept {
  return permuted >= observed - 1e-12 * std::abs(observed);
}

/// The scores of the pairing as given (row 0) and of every permutation, a column for each k.
struct permuted_scores {
  using table = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  table jaccard, overlap;
};

template <executor Executor>
permuted_scores score_permutations(const neighbor_graph& x, const neighbor_graph& y,
                                   const std::vector<Eigen::Index>& ks, const pairing& pairs,
                                   const permutations& options, const Executor& execute) {
  const auto columns = static_cast<Eigen::Index>(ks.size());
  permuted_scores scores{permuted_scores::table(options.count + 1, columns),
                         permuted_scores::table(options.count + 1, columns)};
  const auto set_row = [&](Eigen::Index row, paired_scores& score,
                           const std::vector<std::uint32_t>& partner) {
    score(partner, {&scores.jaccard(row, 0), ks.size()}, {&scores.overlap(row, 0), ks.size()});
  };
  std::vector<std::uint32_t> as_given(static_cast<std::size_t>(x.size()));
  std::iota(as_given.begin(), as_given.end(), std::uint32_t{0});
  paired_scores observed(x, y, ks);
  set_row(0, observed, as_given);
  const Eigen::Index per_block = std::max<Eigen::Index>(1, (1 << 20) / (x.size() * ks.back()));
  detail::base::for_each_block(execute, options.count, per_block, [&](Eigen::Index first, Eigen::Index last) {
    paired_scores score(x, y, ks);
    for (Eigen::Index number = first; number < last; ++number)
      set_row(number + 1, score, pairs.permuted(options.seed, number));
  });
  return scores;
}

/// Expectation and spread at each k when all items may change places: NNGS and mean overlap.
inline std::pair<std::vector<permuted_score>, std::vector<permuted_score>> closed_form(
    const neighbor_graph& x, const neighbor_graph& y, const std::vector<Eigen::Index>& ks) {
  const auto x_diagnostics = diagnostics_curve(x, ks.back()), y_diagnostics = diagnostics_curve(y, ks.back());
  std::vector<permuted_score> jaccard, overlap;
  for (const Eigen::Index k : ks) {
    const auto at = static_cast<std::size_t>(k) - 1;
    const baseline expected = chance(x.size(), k);
    const spread sd = pairing_spread(expected, x_diagnostics[at], y_diagnostics[at]);
    jaccard.push_back(
        {.k = k, .observed = 0, .expected = expected.jaccard, .sd = sd.jaccard, .z = 0, .p = 1});
    overlap.push_back(
        {.k = k, .observed = 0, .expected = expected.overlap, .sd = sd.overlap, .z = 0, .p = 1});
  }
  return {std::move(jaccard), std::move(overlap)};
}

/// The same from the scores themselves, of the rows from `first` on.
inline std::vector<permuted_score> moments(const permuted_scores::table& scores, Eigen::Index first,
                                           const std::vector<Eigen::Index>& ks) {
  std::vector<permuted_score> result;
  for (Eigen::Index column = 0; column < scores.cols(); ++column) {
    const double origin = scores(first, column);
    const Eigen::ArrayXd deviations = scores.col(column).tail(scores.rows() - first).array() - origin;
    const double shift = deviations.mean();
    const auto others = static_cast<double>(std::max<Eigen::Index>(1, deviations.size() - 1));
    const double sd = std::sqrt((deviations - shift).square().sum() / others);
    result.push_back({.k = ks[static_cast<std::size_t>(column)],
                      .observed = scores(0, column),
                      .expected = origin + shift,
                      .sd = sd > 1e-12 * std::abs(origin) ? sd : 0,  // less is rounding
                      .z = 0,
                      .p = 1});
  }
  return result;
}

/// How many rows of all score at least as high as the first, itself among them, as a share.
template <class Column>
double share_as_high(const Column& scores) {
  Eigen::Index high = 1;
  for (Eigen::Index row = 1; row < scores.size(); ++row) high += as_high(scores[row], scores[0]);
  return static_cast<double>(high) / static_cast<double>(scores.size());
}

/// `curve`: expectation and spread at each k.
inline permuted_curve test_curve(std::vector<permuted_score> curve, const permuted_scores::table& scores) {
  Eigen::VectorXd highest =
      Eigen::VectorXd::Constant(scores.rows(), -std::numeric_limits<double>::infinity());
  for (Eigen::Index column = 0; column < scores.cols(); ++column) {
    permuted_score& one = curve[static_cast<std::size_t>(column)];
    one.observed = scores(0, column);
    one.p = share_as_high(scores.col(column));
    if (one.sd == 0) continue;
    const Eigen::VectorXd z = (scores.col(column).array() - one.expected) / one.sd;
    one.z = z[0];
    highest = highest.cwiseMax(z);
  }
  return {std::move(curve), share_as_high(highest)};
}

/// Where not all items may change places. The highest z over all k is found by moments of all rows, the
/// observed one too: only then is every row, under the null hypothesis, as likely as another to come out
/// highest. What is reported is what the permutations alone give.
inline permuted_curve test_curve_in_groups(const permuted_scores::table& scores,
                                           const std::vector<Eigen::Index>& ks) {
  permuted_curve curve = test_curve(moments(scores, 0, ks), scores);
  const std::vector<permuted_score> alone = moments(scores, 1, ks);
  for (std::size_t at = 0; at < ks.size(); ++at) {
    permuted_score& one = curve.scores[at];
    one.expected = alone[at].expected;
    one.sd = alone[at].sd;
    one.z = one.sd == 0 ? 0 : (one.observed - one.expected) / one.sd;
  }
  return curve;
}

}  // namespace detail

/// Could the score of two graphs come from pairing their items at random? The graphs stay as they are, only
/// the pairing changes. Under the null hypothesis p <= a with probability at most a: at each k (`p` of a
/// score), and for the highest z over all k (`p` of the curve; Westfall & Young 1993). z is measured with the
/// expectation and spread of random pairing (chance.hpp); with groups, with the mean and standard deviation
/// of the permutations: of few, z is no more than rough.
/// Time O(n K) a permutation, no distances; memory 16 bytes for each permutation and k, and for each thread
/// 8 n + 2 K^2 bytes. The same bits for any executor.
/// @throws std::invalid_argument for graphs of different n, a k not in [1, both depths], a count not in
///   [1, 2^32), and for groups that are not one label for each item or leave nothing to permute.
template <executor Executor = threads>
permutation_result permutation_test(const neighbor_graph& x, const neighbor_graph& y,
                                    const permutations& options = {}, const Executor& execute = {}) {
  detail::check_graphs(x, y);
  if (options.count < 1 || options.count > std::numeric_limits<std::uint32_t>::max())
    throw std::invalid_argument("a test of " + std::to_string(options.count) +
                                " permutations: give 1 .. 2^32 - 1");
  const std::vector<Eigen::Index> ks = detail::ascending_ks(x, y, options.k);
  const detail::pairing pairs(x.size(), options.groups);
  const detail::permuted_scores scores = detail::score_permutations(x, y, ks, pairs, options, execute);
  if (pairs.in_groups())
    return {detail::test_curve_in_groups(scores.jaccard, ks),
            detail::test_curve_in_groups(scores.overlap, ks)};
  auto [jaccard, overlap] = detail::closed_form(x, y, ks);
  return {detail::test_curve(std::move(jaccard), scores.jaccard),
          detail::test_curve(std::move(overlap), scores.overlap)};
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
