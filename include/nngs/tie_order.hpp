// SPDX-License-Identifier: MIT
#ifndef NNGS_TIE_ORDER_HPP
#define NNGS_TIE_ORDER_HPP

#include <cstdint>

#include "nngs/version.hpp"

/// @file
/// Which of equally near neighbours comes first.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

/// The order of neighbours whose keys are equal.
///
/// By default it is drawn anew for every matrix, from a seed that is a hash of its values: the same matrix
/// always has the same order, whatever the builder, the threads, the scalar type and the storage order, and
/// the ties of unrelated matrices are independent of each other, so that chance, z and p hold for data full
/// of ties. Of more than 1,024 rows, 1,024 spread evenly are hashed. With many ties, one change in these
/// draws the order of all ties anew.
///
/// One order for all matrices makes unrelated data with ties look alike, for both graphs then prefer the same
/// items. It is there to compare with numbers computed elsewhere, and to keep the order while a matrix is
/// scaled or moved.
class tie_order {
 public:
  /// Drawn from the values of each matrix.
  constexpr tie_order() noexcept = default;

  /// The smaller index first, in every matrix.
  static constexpr tie_order by_index() noexcept { return {kind::index, 0}; }

  /// Drawn from this seed, the same for every matrix.
  static constexpr tie_order seeded(std::uint64_t seed) noexcept { return {kind::seed, seed}; }

  /// Whether every matrix has an order of its own.
  constexpr bool from_matrix() const noexcept { return kind_ == kind::matrix; }
  /// Whether it is the order of the indices.
  constexpr bool from_index() const noexcept { return kind_ == kind::index; }
  /// The seed that was given; 0 if none was.
  constexpr std::uint64_t seed() const noexcept { return seed_; }

  friend bool operator==(const tie_order&, const tie_order&) = default;

 private:
  enum class kind : unsigned char { matrix, index, seed };
  constexpr tie_order(kind of, std::uint64_t seed) noexcept : kind_(of), seed_(seed) {}

  kind kind_ = kind::matrix;
  std::uint64_t seed_ = 0;
};

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
