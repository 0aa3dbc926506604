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

/// Points that somebody else holds, floats or doubles.
class given_points {
 public:
  template <class Scalar>
  given_points(const points<Scalar>& values) noexcept
      : functions_(&functions_of<Scalar>),
        first_(reinterpret_cast<const char*>(values.data())),
        row_bytes_(values.outerStride() * functions_->scalar_bytes),
        rows_(values.rows()),
        cols_(values.cols()) {}

  /// Some of them: number i is number which[i] of these. `which` has to live as long.
  given_points only(std::span<const std::uint32_t> which) const noexcept {
    given_points some = *this;
    some.which_ = which.data();
    some.rows_ = static_cast<Eigen::Index>(which.size());
    return some;
  }

  Eigen::Index rows() const noexcept { return rows_; }
  Eigen::Index cols() const noexcept { return cols_; }
  bool are_floats() const noexcept { return functions_->scalar_bytes == sizeof(float); }

  /// The coordinates of a row, of whatever scalar they are.
  const void* row(Eigen::Index number) const noexcept {
    return first_ + (which_ != nullptr ? Eigen::Index{which_[number]} : number) * row_bytes_;
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
  const row_functions* functions_;
  const char* first_;
  Eigen::Index row_bytes_, rows_, cols_;
  const std::uint32_t* which_ = nullptr;  ///< of the rows; all if there is none
};

/// @throws input_error that names the first coordinate that is not finite.
inline void check_finite(const given_points& points) {
  for (Eigen::Index row = 0; row < points.rows(); ++row) {
    if (std::isfinite(points.largest(row))) continue;
    Eigen::RowVectorXd values(points.cols());
    points.read(row, values.data());
    Eigen::Index column = 0;
    while (std::isfinite(values.data()[column])) ++column;
    throw input_error(base::sentence({"row ", row, ", column ", column, " (counted from 0) is ",
                                      values.data()[column], ": every coordinate must be finite"}),
                      {.row = row, .column = column});
  }
}

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
