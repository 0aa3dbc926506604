// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_DISTANCES_HPP
#define NNGS_DETAIL_CKA_DISTANCES_HPP

#include <Eigen/Core>

#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/instruction_set.hpp"
#include "nngs/detail/cka/centring.hpp"
#include "nngs/detail/cka/panels.hpp"
#include "nngs/version.hpp"

// Squared distances of items, block by block.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// Half the squared distances of items, block by block, by products of centred rows. Pairs so near each
/// other, beside their norms, that this costs more than 12 bits are evaluated again from differences.
class item_distances {
 public:
  /// `items`: rows in panels. `unimportant`: pairs whose half squared norms add up to less are not evaluated
  /// again.
  item_distances(const centred_matrix& items, base::instruction_set instructions, double unimportant = 0)
      : panels_(items.panels),
        instructions_(instructions),
        unimportant_(unimportant),
        half_norms_(Eigen::VectorXd::Zero(panels_.panels() * panel_width)) {
    half_norms_.head(panels_.count()) = items.squares / 2;
  }

  void operator()(const block& part, block_entries& halves) const {
    const auto to_half_squares = base::compiled<half_squares>(instructions_);
    multiply(panels_, panels_, part, instructions_, halves);
    for (Eigen::Index j = 0; j < part.columns; ++j) {
      const double* norms = half_norms_.data() + part.row;
      if (to_half_squares(halves.column(j), norms, half_norms_[part.column + j], halves.height()))
        mend(part, j, halves.column(j));
    }
  }

 private:
  void mend(const block& part, Eigen::Index j, double* halves) const {
    for (Eigen::Index i = part.lower ? j + 1 : 0; i < part.rows; ++i) {
      const double norms = half_norms_[part.row + i] + half_norms_[part.column + j];
      if (halves[i] < norms * lost_share && norms > unimportant_)
        halves[i] = from_differences(part.row + i, part.column + j);
    }
  }

  double from_differences(Eigen::Index a, Eigen::Index b) const {
    double sum = 0;
    for (Eigen::Index entry = 0; entry < panels_.depth(); ++entry) {
      const double difference = panels_.at(a / panel_width, entry)[a % panel_width] -
                                panels_.at(b / panel_width, entry)[b % panel_width];
      sum += difference * difference;
    }
    return sum / 2;
  }

  const double_panels& panels_;
  base::instruction_set instructions_;
  double unimportant_;
  Eigen::VectorXd half_norms_;
};

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
