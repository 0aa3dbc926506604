// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_PAIRED_SEARCH_HPP
#define NNGS_DETAIL_PAIRED_SEARCH_HPP

#include <Eigen/Core>

#include "nngs/detail/check.hpp"
#include "nngs/metric.hpp"
#include "nngs/points.hpp"
#include "nngs/version.hpp"

namespace nngs::inline NNGS_VERSION_NAMESPACE::detail {

/// Before anything is evaluated: an expression may be of any size. Errors name the matrix.
template <class X, class Y>
void check_sizes(const Eigen::MatrixBase<X>& x, const Eigen::MatrixBase<Y>& y, Eigen::Index k) {
  check_paired(x.rows(), x.cols(), y.rows(), y.cols());
  naming("x", [&] {
    check_shape(x.rows(), x.cols());
    check_k(k, x.rows());
  });
  naming("y", [&] { check_shape(y.rows(), y.cols()); });
}

/// Two paired matrices, checked as build_graph checks them and made ready to search. Errors name the matrix.
template <class ScalarX, class ScalarY, metric MetricX, metric MetricY>
class paired_search {
  static_assert(coordinate<ScalarX> && coordinate<ScalarY>,
                "nngs takes matrices of float or double: convert with .cast<double>()");
  const points<ScalarX> x_points_;
  const points<ScalarY> y_points_;

 public:
  const searched<ScalarX, MetricX> x;
  const searched<ScalarY, MetricY> y;

  template <class X, class Y>
  paired_search(const Eigen::MatrixBase<X>& given_x, const Eigen::MatrixBase<Y>& given_y, Eigen::Index k,
                const MetricX& metric_x, const MetricY& metric_y)
      : x_points_((check_sizes(given_x, given_y, k), given_x.derived())),
        y_points_(given_y.derived()),
        x(checked("x", x_points_, metric_x)),
        y(checked("y", y_points_, metric_y)) {}

 private:
  template <class Scalar, metric Metric>
  static searched<Scalar, Metric> checked(const char* name, const points<Scalar>& values,
                                          const Metric& metric) {
    return naming(name, [&] {
      check_finite(values);
      return searched<Scalar, Metric>(values, metric);
    });
  }
};

template <class X, class Y, metric MetricX, metric MetricY>
paired_search(const Eigen::MatrixBase<X>&, const Eigen::MatrixBase<Y>&, Eigen::Index, const MetricX&,
              const MetricY&) -> paired_search<typename X::Scalar, typename Y::Scalar, MetricX, MetricY>;

}  // namespace nngs::inline NNGS_VERSION_NAMESPACE::detail

#endif
