// SPDX-License-Identifier: MIT
#include <array>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using reference::difference;
using reference::matrix;

namespace user {

/// A row metric.
struct canberra {
  static double key(const nngs::point& x, const nngs::point& y) { return key(x.data(), y.data(), x.size()); }
  static double key(const double* a, const double* b, Index d) {
    double sum = 0;
    for (Index j = 0; j < d; ++j) sum += std::abs(a[j] - b[j]) / (1 + std::abs(a[j]) + std::abs(b[j]));
    return sum;
  }
  static double distance(double key) { return key; }
};

/// A separable coordinate metric that takes only doubles and ties often.
struct clipped {
  static constexpr bool separable = true;
  static double term(double a, double b) { return std::min(std::abs(a - b), 0.75); }
  static double distance(double key) { return key; }
  static double key(const double* a, const double* b, Index d) {
    double sum = 0;
    for (Index j = 0; j < d; ++j) sum += term(a[j], b[j]);
    return sum;
  }
};

/// A coordinate metric with its own way to combine terms: how many coordinates differ, the last counting
/// most.
struct last_difference {
  static double term(double a, double b) { return a == b ? 0 : 1; }
  static double combine(double key, double term) { return key / 2 + term; }
  static double distance(double key) { return key; }
  static double key(const double* a, const double* b, Index d) {
    double sum = 0;
    for (Index j = 0; j < d; ++j) sum = sum / 2 + term(a[j], b[j]);
    return sum;
  }
};

}  // namespace user

static std::vector<matrix> any_data() {
  return {reference::normal_matrix(1, 2, 1),         reference::normal_matrix(2, 67, 1),
          reference::normal_matrix(3, 70, 5),        reference::normal_matrix(4, 33, 17),
          reference::normal_matrix(5, 300, 3),       reference::lattice(6, 90, 2, 4),
          reference::lattice(7, 41, 3, 2),           reference::lattice(8, 120, 3, 5, 0.1, -0.3),
          reference::duplicated_rows(9, 50, 3, 7),   matrix::Constant(13, 2, 0.1),
          reference::lattice(10, 3, 2, 2),           reference::lattice(11, 257, 1, 20),
          reference::duplicated_rows(12, 280, 2, 40)};
}

/// No row is zero or constant.
static std::vector<matrix> directions() {
  std::vector<matrix> all;
  for (const matrix& one : any_data()) {
    matrix rows(one.rows(), one.cols() + 2);
    rows.leftCols(one.cols()) = one;
    rows.col(one.cols()).setConstant(-20);
    rows.col(one.cols() + 1).setConstant(21);
    all.push_back(rows);
  }
  return all;
}

template <class Scalar>
static nngs::row_major<Scalar> as(const matrix& rows) {
  return rows.cast<Scalar>();
}

template <class Scalar, class Search, class Prepare, class Key>
static void check_lists(const std::vector<matrix>& data, const Search& search, const Prepare& prepare,
                        const Key& key) {
  for (const matrix& given : data) {
    const nngs::row_major<Scalar> rows = as<Scalar>(given);
    const auto expected = reference::rank_all(prepare(rows.template cast<double>()), key);
    const Index n = rows.rows();
    for (const Index k : std::array<Index, 5>{1, 3, 10, n - 2, n - 1}) {
      if (k < 1 || k > n - 1) continue;
      INFO("n = " << n << ", d = " << rows.cols() << ", k = " << k);
      CHECK(difference(nngs::build_graph(rows, k, search, nngs::threads{2}), expected, k) == "");
    }
  }
}

static const auto as_given = [](const matrix& rows) { return rows; };

TEMPLATE_TEST_CASE("exact lists are the reference's lists, ties and all", "", float, double) {
  SECTION("euclidean") {
    check_lists<TestType>(any_data(), nngs::exact{}, as_given, reference::euclidean_key);
  }
  SECTION("manhattan") {
    check_lists<TestType>(any_data(), nngs::exact{nngs::manhattan{}}, as_given, reference::manhattan_key);
  }
  SECTION("chebyshev") {
    check_lists<TestType>(any_data(), nngs::exact{nngs::chebyshev{}}, as_given, reference::chebyshev_key);
  }
  SECTION("minkowski") {
    check_lists<TestType>(any_data(), nngs::exact{nngs::minkowski{3}}, as_given, reference::cubic_key);
  }
  SECTION("inner product") {
    check_lists<TestType>(any_data(), nngs::exact{nngs::inner_product{}}, as_given,
                          reference::inner_product_key);
  }
  SECTION("cosine") {
    check_lists<TestType>(directions(), nngs::exact{nngs::cosine{}}, reference::unit_rows,
                          reference::euclidean_key);
  }
  SECTION("correlation") {
    check_lists<TestType>(directions(), nngs::exact{nngs::correlation{}}, reference::centred_unit_rows,
                          reference::euclidean_key);
  }
  SECTION("a user's row metric") {
    check_lists<TestType>(any_data(), nngs::exact{user::canberra{}}, as_given,
                          [](auto a, auto b, Index d) { return user::canberra::key(a, b, d); });
  }
  SECTION("a user's coordinate metric") {
    check_lists<TestType>(any_data(), nngs::exact{user::clipped{}}, as_given, user::clipped::key);
  }
  SECTION("a user's way to combine terms") {
    check_lists<TestType>(any_data(), nngs::exact{user::last_difference{}}, as_given,
                          user::last_difference::key);
  }
}

TEMPLATE_TEST_CASE("the k-d tree's lists are the reference's lists, ties and all", "", float, double) {
  SECTION("euclidean") {
    check_lists<TestType>(any_data(), nngs::kd_tree{}, as_given, reference::euclidean_key);
  }
  SECTION("manhattan") {
    check_lists<TestType>(any_data(), nngs::kd_tree{nngs::manhattan{}}, as_given, reference::manhattan_key);
  }
  SECTION("minkowski") {
    check_lists<TestType>(any_data(), nngs::kd_tree{nngs::minkowski{3}}, as_given, reference::cubic_key);
  }
  SECTION("cosine") {
    check_lists<TestType>(directions(), nngs::kd_tree{nngs::cosine{}}, reference::unit_rows,
                          reference::euclidean_key);
  }
  SECTION("correlation") {
    check_lists<TestType>(directions(), nngs::kd_tree{nngs::correlation{}}, reference::centred_unit_rows,
                          reference::euclidean_key);
  }
  SECTION("a user's coordinate metric") {
    check_lists<TestType>(any_data(), nngs::kd_tree{user::clipped{}}, as_given, user::clipped::key);
  }
}

TEST_CASE("the metric alone, small data and large, gives the reference's lists") {
  const std::vector<matrix> data{reference::lattice(1, 60, 3, 4), reference::lattice(2, 700, 3, 12, 0.1)};
  check_lists<double>(data, nngs::euclidean{}, as_given, reference::euclidean_key);
  check_lists<double>(data, nngs::chebyshev{}, as_given, reference::chebyshev_key);
}

template <class Derived>
static void check_layout(const Eigen::MatrixBase<Derived>& given) {
  const matrix rows = given.template cast<double>();
  const auto expected = reference::rank_all(rows, reference::euclidean_key);
  const Index k = std::min<Index>(5, rows.rows() - 1);
  CHECK(difference(nngs::build_graph(given, k, nngs::exact{}, nngs::serial{}), expected, k) == "");
  CHECK(difference(nngs::build_graph(given, k, nngs::kd_tree{}, nngs::serial{}), expected, k) == "");
}

TEST_CASE("the layout of a matrix does not matter") {
  const matrix rows = reference::normal_matrix(20, 45, 4);
  const Eigen::MatrixXd columns = rows;
  SECTION("row-major, column-major, transposed") {
    check_layout(rows);
    check_layout(columns);
    check_layout(rows.transpose());
  }
  SECTION("blocks") {
    check_layout(rows.block(3, 1, 30, 2));
    check_layout(columns.block(3, 1, 30, 2));
    check_layout(rows.topRows(7));
    check_layout(columns.rightCols(3));
  }
  SECTION("one column") {
    check_layout(rows.col(2));
    check_layout(columns.col(2));
    check_layout(Eigen::VectorXd(columns.col(1)));
    check_layout(columns.leftCols(1));
    check_layout(rows.rightCols(1));
    check_layout(rows.row(0).transpose());
    check_layout(columns.row(0).transpose());
  }
  SECTION("strided maps") {
    check_layout(
        Eigen::Map<const matrix, 0, Eigen::OuterStride<>>(rows.data(), 20, 3, Eigen::OuterStride<>(8)));
    check_layout(Eigen::Map<const Eigen::MatrixXd, 0, Eigen::OuterStride<>>(columns.data(), 40, 2,
                                                                            Eigen::OuterStride<>(90)));
    using any_stride = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;
    check_layout(Eigen::Map<const matrix, 0, any_stride>(rows.data(), 22, 2, any_stride(8, 2)));
    check_layout(Eigen::Map<const Eigen::MatrixXd, 0, any_stride>(columns.data(), 20, 4, any_stride(45, 2)));
    check_layout(Eigen::Map<const matrix, 0, any_stride>(rows.data() + 176, 45, 4, any_stride(-4, 1)));
  }
  SECTION("expressions") {
    check_layout(2 * rows);
    check_layout(columns.rowwise() - columns.colwise().mean());
    check_layout((columns.array().square() + 1).matrix());
    check_layout(columns * Eigen::Matrix4d::Identity());
    check_layout(rows.cast<float>());
  }
  SECTION("fixed sizes") {
    check_layout(Eigen::Matrix<double, 9, 3>(rows.topLeftCorner<9, 3>()));
    check_layout(Eigen::Matrix<float, 2, 2>(rows.topLeftCorner<2, 2>().cast<float>()));
    check_layout(Eigen::Vector4d(columns.col(0).head<4>()));
    check_layout(Eigen::Matrix<double, Eigen::Dynamic, 3, Eigen::RowMajor>(rows.leftCols<3>()));
  }
}
