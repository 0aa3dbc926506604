// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_GIVEN_POINTS_HPP
#define NNGS_DETAIL_SEARCH_GIVEN_POINTS_HPP

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#include "nngs/detail/base/compiled.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/base/vectors.hpp"
#include "nngs/detail/search/packing.hpp"
#include "nngs/detail/search/squared_distance.hpp"
#include "nngs/error.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

// The points where they lie, of either scalar behind one type: every search is compiled once for both.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

template <class Scalar>
void read_row(const void* row, Eigen::Index count, double* to) {
  const auto* const from = static_cast<const Scalar*>(row);
  for (Eigen::Index j = 0; j < count; ++j) to[j] = static_cast<double>(from[j]);
}

/// The largest magnitude of some coordinates; NaN when one of them is not finite.
template <class Scalar>
double largest_magnitude(const void* row, Eigen::Index count) {
  using some = std::conditional_t<std::same_as<Scalar, float>, base::vectors<16>::floats, base::double_pair>;
  constexpr Eigen::Index width = sizeof(some) / sizeof(Scalar);
  const auto* const from = static_cast<const Scalar*>(row);
  some lowest{}, highest{}, zeros{};  // only NaN and infinity times 0 are not 0
  Eigen::Index j = 0;
  for (; j + width <= count; j += width) {
    some values;
    std::memcpy(&values, from + j, sizeof(values));
    lowest = values < lowest ? values : lowest;
    highest = values > highest ? values : highest;
    zeros += values * Scalar{0};
  }
  Scalar largest{}, zero{};
  for (Eigen::Index i = 0; i < width; ++i) {
    largest = std::max({largest, -lowest[i], highest[i]});
    zero += zeros[i];
  }
  for (; j < count; ++j) {
    largest = std::max(largest, std::abs(from[j]));
    zero += from[j] * Scalar{0};
  }
  return static_cast<double>(largest + zero);
}

/// What is done with rows of a scalar.
struct row_functions {
  Eigen::Index scalar_bytes;
  void (*read)(const void* row, Eigen::Index count, double* to);
  double (*largest)(const void* row, Eigen::Index count);
  pack_function* (*pack)(base::instruction_set);
  squared_distance_function* (*distance)(base::instruction_set);  ///< of a point in double and a row
  squared_distance_function* (*distance_of_rows)(base::instruction_set);
};
template <class Scalar>
inline constexpr row_functions functions_of{sizeof(Scalar),
                                            read_row<Scalar>,
                                            largest_magnitude<Scalar>,
                                            base::compiled<pack_panel<Scalar>>,
                                            base::compiled<squared_distance<double, Scalar>>,
                                            base::compiled<squared_distance<Scalar, Scalar>>};

/// Points that somebody else holds, floats or doubles. The first of them are searched, mostly all; those
/// after them only ask.
class given_points {
 public:
  template <class Scalar>
  given_points(const points<Scalar>& values) noexcept
      : functions_(&functions_of<Scalar>),
        first_(reinterpret_cast<const char*>(values.data())),
        row_bytes_(values.outerStride() * functions_->scalar_bytes),
        rows_(values.rows()),
        cols_(values.cols()),
        searched_(rows_) {}

  /// Some of them: number i is number which[i] of these. `which` has to live as long.
  given_points only(std::span<const std::uint32_t> which) const noexcept {
    given_points some = *this;
    some.lie_evenly_ = false;
    some.which_ = which.data();
    some.rows_ = some.searched_ = static_cast<Eigen::Index>(which.size());
    return some;
  }

  /// These as the rows `first`, first + 1, .. of a larger matrix, and after them points of the same scalar
  /// that only ask, its rows `numbers`, which have to live as long.
  given_points as_piece(Eigen::Index first, const given_points& asking,
                        std::span<const Eigen::Index> numbers) const noexcept {
    given_points piece = *this;
    piece.lie_evenly_ = which_ == nullptr && asking.rows_ == 0;
    piece.first_number_ = first;
    piece.asking_ = asking.first_;
    piece.asking_bytes_ = asking.row_bytes_;
    piece.asking_numbers_ = numbers.data();
    piece.rows_ += asking.rows_;
    return piece;
  }
  /// Of these the first `count` are searched.
  given_points searching_first(Eigen::Index count) const noexcept {
    given_points some = *this;
    some.searched_ = count;
    return some;
  }

  Eigen::Index rows() const noexcept { return rows_; }
  /// How many of them are searched.
  Eigen::Index searched() const noexcept { return searched_; }
  Eigen::Index cols() const noexcept { return cols_; }
  bool are_floats() const noexcept { return functions_->scalar_bytes == sizeof(float); }

  /// The coordinates of a row, of whatever scalar they are.
  const void* row(Eigen::Index number) const noexcept {
    return lie_evenly_ ? first_ + number * row_bytes_ : uneven_row(number);
  }

  /// What a row is called in the whole matrix: by errors and by the tie order.
  Eigen::Index number_of(Eigen::Index row) const noexcept {
    return row >= searched_ ? asking_numbers_[row - searched_] : first_number_ + place_of(row);
  }

  /// The first `count` coordinates of a row in double.
  void read(Eigen::Index number, double* to, Eigen::Index count) const {
    functions_->read(row(number), count, to);
  }
  void read(Eigen::Index number, double* to) const { read(number, to, cols_); }

  /// The largest magnitude of a row's coordinates; NaN when one of them is not finite.
  double largest(Eigen::Index number) const { return functions_->largest(row(number), cols_); }

  pack_function* pack(base::instruction_set instructions) const { return functions_->pack(instructions); }
  squared_distance_function* distance(base::instruction_set instructions) const {
    return functions_->distance(instructions);
  }
  /// Of two rows; `in_float`: summed in float, for points of floats.
  squared_distance_function* distance_of_rows(bool in_float, base::instruction_set instructions) const {
    return in_float ? base::compiled<squared_distance_in_float>(instructions)
                    : functions_->distance_of_rows(instructions);
  }

 private:
  /// Not inlined, so that the loops over points that lie evenly stay small.
  [[gnu::noinline]] const char* uneven_row(Eigen::Index number) const noexcept {
    if (number >= searched_) return asking_ + (number - searched_) * asking_bytes_;
    return first_ + place_of(number) * row_bytes_;
  }
  Eigen::Index place_of(Eigen::Index number) const noexcept {
    return which_ != nullptr ? Eigen::Index{which_[number]} : number;
  }

  const row_functions* functions_;
  const char* first_;
  Eigen::Index row_bytes_, rows_, cols_, searched_;
  bool lie_evenly_ = true;                ///< one after another, none elsewhere
  const std::uint32_t* which_ = nullptr;  ///< of the rows that are searched; all if there is none
  Eigen::Index first_number_ = 0;
  const char* asking_ = nullptr;
  Eigen::Index asking_bytes_ = 0;
  const Eigen::Index* asking_numbers_ = nullptr;
};

/// @throws input_error that names the first coordinate that is not finite.
inline void check_finite(const given_points& points) {
  for (Eigen::Index row = 0; row < points.rows(); ++row) {
    if (std::isfinite(points.largest(row))) continue;
    Eigen::RowVectorXd values(points.cols());
    points.read(row, values.data());
    Eigen::Index column = 0;
    while (std::isfinite(values.data()[column])) ++column;
    const Eigen::Index number = points.number_of(row);
    throw input_error(base::sentence({"row ", number, ", column ", column, " (counted from 0) is ",
                                      values.data()[column], ": every coordinate must be finite"}),
                      {.row = number, .column = column});
  }
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
