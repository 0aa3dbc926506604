// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_CKA_MATRIX_VIEW_HPP
#define NNGS_DETAIL_CKA_MATRIX_VIEW_HPP

#include <Eigen/Core>
#include <utility>

#include "nngs/version.hpp"

// Any matrix in memory, read as doubles: nothing behind it depends on what the matrix holds and how it lies.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::cka {

/// A matrix as it lies in memory, or evaluated once into a copy.
template <class Derived>
using dense_ref =
    Eigen::Ref<const Eigen::Matrix<typename Derived::Scalar, Eigen::Dynamic, Eigen::Dynamic,
                                   bool(Derived::IsRowMajor) ? Eigen::RowMajor : Eigen::ColMajor>,
               0, Eigen::OuterStride<>>;

/// The entries of a dense_ref, which has to live as long.
class matrix_view {
 public:
  template <class Scalar, int Order>
  explicit matrix_view(const Eigen::Ref<const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Order>, 0,
                                        Eigen::OuterStride<>>& values) noexcept
      : first_(values.data()),
        rows_(values.rows()),
        columns_(values.cols()),
        row_step_(Order == Eigen::RowMajor ? values.outerStride() : 1),
        column_step_(Order == Eigen::RowMajor ? 1 : values.outerStride()),
        copy_(copy<Scalar>) {}

  Eigen::Index rows() const noexcept { return rows_; }
  Eigen::Index columns() const noexcept { return columns_; }
  bool rows_are_contiguous() const noexcept { return column_step_ == 1; }

  matrix_view transpose() const noexcept {
    matrix_view other = *this;
    std::swap(other.rows_, other.columns_);
    std::swap(other.row_step_, other.column_step_);
    return other;
  }

  /// A block of entries, column by column: that of row + i and column + j goes to [i + j * stride].
  void read(Eigen::Index row, Eigen::Index column, Eigen::Index rows, Eigen::Index columns, double* to,
            Eigen::Index stride) const {
    copy_(*this, row * row_step_ + column * column_step_, rows, columns, to, stride);
  }

 private:
  template <class Scalar>
  static void copy(const matrix_view& view, Eigen::Index offset, Eigen::Index rows, Eigen::Index columns,
                   double* to, Eigen::Index stride) {
    const Scalar* const from = static_cast<const Scalar*>(view.first_) + offset;
    const Eigen::Index row_step = view.row_step_, column_step = view.column_step_;
    for (Eigen::Index j = 0; j < columns; ++j)
      if (row_step == 1)
        for (Eigen::Index i = 0; i < rows; ++i)
          to[i + j * stride] = static_cast<double>(from[i + j * column_step]);
      else
        for (Eigen::Index i = 0; i < rows; ++i)
          to[i + j * stride] = static_cast<double>(from[i * row_step + j * column_step]);
  }

  const void* first_;
  Eigen::Index rows_, columns_, row_step_, column_step_;
  void (*copy_)(const matrix_view&, Eigen::Index, Eigen::Index, Eigen::Index, double*, Eigen::Index);
};

}  // namespace detail::cka
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
