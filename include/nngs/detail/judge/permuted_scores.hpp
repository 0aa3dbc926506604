// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_JUDGE_PERMUTED_SCORES_HPP
#define NNGS_DETAIL_JUDGE_PERMUTED_SCORES_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "nngs/detail/base/blocks.hpp"
#include "nngs/detail/base/random.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/check_graphs.hpp"
#include "nngs/detail/overlap_counter.hpp"
#include "nngs/error.hpp"
#include "nngs/executor.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

// Scores of two graphs under many pairings of their items, and how the first of them compares with the rest.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
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
      throw input_error(
          base::sentence({groups.size(), " group labels for ", n, " items: give one for each item"}));
    std::stable_sort(items_.begin(), items_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return groups[a] < groups[b]; });
    for (std::size_t at = 1; at <= items_.size(); ++at)
      if (at == items_.size() || groups[items_[at]] != groups[items_[at - 1]]) ends_.push_back(at);
    if (ends_.size() == items_.size())
      throw input_error(base::sentence(
          {"each of the ", n, " items is a group of its own: give groups of 2 or more to permute within"}));
  }

  bool in_groups() const noexcept { return ends_.size() > 1; }

  /// For each item of x its partner in y, by permutation `number` of `seed` (Fisher & Yates within groups).
  std::vector<std::uint32_t> permuted(std::uint64_t seed, Eigen::Index number) const {
    std::vector<std::uint32_t> moved = items_, partner(items_.size());
    base::random_stream random(seed, static_cast<std::uint64_t>(number));
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
        depth_(static_cast<std::size_t>(ks.back())),
        ranks_(x.size()),
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
    ranks_.set(y_.neighbors(partner[item]).first(depth_));
    bool any = false;
    for (std::size_t rank = 0; rank < depth_; ++rank) {
      const std::size_t larger = std::max<std::size_t>(rank, ranks_[partner[x[rank]]]);
      if (larger >= depth_) continue;
      ++larger_ranks_[first_k_[larger]];
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
  std::size_t depth_;
  list_ranks ranks_;
  std::vector<std::size_t> first_k_;       // for each rank, the place of the smallest k that includes it
  std::vector<std::size_t> first_shared_;  // for each k, where its counts begin
  std::vector<std::uint32_t> items_sharing_, larger_ranks_;
};

/// One score of the pairing as given (row 0) and of every permutation, a column for each k.
using score_table = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct permuted_scores {
  score_table jaccard, overlap;
};

template <executor Executor>
permuted_scores score_permutations(const neighbor_graph& x, const neighbor_graph& y,
                                   const std::vector<Eigen::Index>& ks, const pairing& pairs,
                                   Eigen::Index count, std::uint64_t seed, const Executor& execute) {
  const auto columns = static_cast<Eigen::Index>(ks.size());
  permuted_scores scores{score_table(count + 1, columns), score_table(count + 1, columns)};
  const auto set_row = [&](Eigen::Index row, paired_scores& score,
                           const std::vector<std::uint32_t>& partner) {
    score(partner, {&scores.jaccard(row, 0), ks.size()}, {&scores.overlap(row, 0), ks.size()});
  };
  std::vector<std::uint32_t> as_given(static_cast<std::size_t>(x.size()));
  std::iota(as_given.begin(), as_given.end(), std::uint32_t{0});
  paired_scores observed(x, y, ks);
  set_row(0, observed, as_given);
  const Eigen::Index per_block = std::max<Eigen::Index>(1, (1 << 20) / (x.size() * ks.back()));
  base::for_each_block(execute, count, per_block, [&](Eigen::Index first, Eigen::Index last) {
    paired_scores score(x, y, ks);
    for (Eigen::Index number = first; number < last; ++number)
      set_row(number + 1, score, pairs.permuted(seed, number));
  });
  return scores;
}

/// Expectation and standard deviation of a score.
struct expected_score {
  double mean, sd;
};

/// From the scores themselves, a column for each k, of the rows from `first` on.
inline std::vector<expected_score> sample_moments(const score_table& scores, Eigen::Index first) {
  std::vector<expected_score> result;
  for (Eigen::Index column = 0; column < scores.cols(); ++column) {
    const double origin = scores(first, column);
    const Eigen::ArrayXd deviations = scores.col(column).tail(scores.rows() - first).array() - origin;
    const double shift = deviations.mean();
    const auto others = static_cast<double>(std::max<Eigen::Index>(1, deviations.size() - 1));
    const double sd = std::sqrt((deviations - shift).square().sum() / others);
    result.push_back({origin + shift, sd > 1e-12 * std::abs(origin) ? sd : 0});  // less is rounding
  }
  return result;
}

/// At least as high; what differs by rounding alone counts as the same.
inline bool as_high(double permuted, double observed) noexcept {
  return permuted >= observed - 1e-12 * std::abs(observed);
}

/// How many rows of all score at least as high as the first, itself among them, as a share.
template <class Column>
double share_as_high(const Column& scores) {
  Eigen::Index high = 1;
  for (Eigen::Index row = 1; row < scores.size(); ++row) high += as_high(scores[row], scores[0]);
  return static_cast<double>(high) / static_cast<double>(scores.size());
}

/// The observed score at one k beside the permuted ones.
struct tested_column {
  double observed, expected, sd, z, p;
};
struct tested_table {
  std::vector<tested_column> columns;
  double p;              ///< of the highest z over all columns
  std::size_t best = 0;  ///< the column that it is of
};

/// By expectation and spread at each k: those of the closed form, or of all rows.
inline tested_table test_table(const score_table& scores, const std::vector<expected_score>& expected) {
  tested_table result{{}, 1, 0};
  Eigen::VectorXd highest =
      Eigen::VectorXd::Constant(scores.rows(), -std::numeric_limits<double>::infinity());
  for (Eigen::Index column = 0; column < scores.cols(); ++column) {
    const auto [mean, sd] = expected[static_cast<std::size_t>(column)];
    tested_column one{scores(0, column), mean, sd, 0, share_as_high(scores.col(column))};
    if (sd > 0) {
      const Eigen::VectorXd z = (scores.col(column).array() - mean) / sd;
      one.z = z[0];
      if (z[0] > highest[0]) result.best = result.columns.size();
      highest = highest.cwiseMax(z);
    }
    result.columns.push_back(one);
  }
  result.p = share_as_high(highest);
  return result;
}

/// Where there is no closed form. The highest z over all k is found by moments of all rows, the
/// observed one too: only then is every row, under the null hypothesis, as likely as another to come out
/// highest. What is reported is what the permutations alone give.
inline tested_table test_table_by_moments(const score_table& scores) {
  tested_table result = test_table(scores, sample_moments(scores, 0));
  const std::vector<expected_score> alone = sample_moments(scores, 1);
  for (std::size_t at = 0; at < alone.size(); ++at) {
    tested_column& one = result.columns[at];
    one.expected = alone[at].mean;
    one.sd = alone[at].sd;
    one.z = one.sd > 0 ? (one.observed - one.expected) / one.sd : 0;
  }
  return result;
}

}  // namespace detail
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
