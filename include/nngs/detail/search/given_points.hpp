// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_GIVEN_POINTS_HPP
#define NNGS_DETAIL_SEARCH_GIVEN_POINTS_HPP

#include <Eigen/Core>

#include "nngs/points.hpp"
#include "nngs/version.hpp"

// The points where they lie, of either scalar behind one type: what reads them row by row is compiled once.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// Points that somebody else holds, floats or doubles, read a row at a time.
class given_points {
 public:
  template <class Scalar>
  given_points(const points<Scalar>& values) noexcept
      : first_(reinterpret_cast<const char*>(values.data())),
        row_bytes_(values.outerStride() * static_cast<Eigen::Index>(sizeof(Scalar))),
        rows_(values.rows()),
        cols_(values.cols()),
        read_([](const void* row, Eigen::Index count, double* to) {
          const auto* const from = static_cast<const Scalar*>(row);
          for (Eigen::Index j = 0; j < count; ++j) to[j] = static_cast<double>(from[j]);
        }) {}

  Eigen::Index rows() const noexcept { return rows_; }
  Eigen::Index cols() const noexcept { return cols_; }

  /// The coordinates of a row, of whatever scalar they are.
  const void* row(Eigen::Index number) const noexcept { return first_ + number * row_bytes_; }

  /// The first `count` coordinates of a row in double.
  void read(Eigen::Index number, double* to, Eigen::Index count) const { read_(row(number), count, to); }
  void read(Eigen::Index number, double* to) const { read(number, to, cols_); }

 private:
  const char* first_;
  Eigen::Index row_bytes_, rows_, cols_;
  void (*read_)(const void* row, Eigen::Index count, double* to);
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
