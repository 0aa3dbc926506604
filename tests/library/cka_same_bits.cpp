// SPDX-License-Identifier: MIT
#include <functional>
#include <nngs/nngs.hpp>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::detail::base::instruction_set;
using reference::normal_matrix;

static std::vector<instruction_set> instruction_sets() {
  std::vector<instruction_set> sets;
  for (const auto one : {instruction_set::portable, instruction_set::avx2, instruction_set::avx512})
    if (one <= nngs::detail::base::best_instruction_set()) sets.push_back(one);
  return sets;
}

static std::vector<double> numbers(const nngs::cka_result& result) {
  std::vector<double> all{result.chance, result.x.bandwidth, result.y.bandwidth, result.x.median_rank_error};
  for (const nngs::cka_estimate& estimate : {result.biased, result.debiased})
    all.insert(all.end(), {estimate.value, estimate.hsic_xy, estimate.hsic_xx, estimate.hsic_yy});
  return all;
}

template <class Kernel>
static void check_executors(const MatrixXd& x, const MatrixXd& y, const Kernel& kernel) {
  const std::vector<double> expected = numbers(nngs::cka(x, y, kernel, nngs::serial{}));
  for (const unsigned count : {1U, 2U, 7U})
    CHECK(numbers(nngs::cka(x, y, kernel, nngs::threads{count})) == expected);
  CHECK(numbers(nngs::cka(x, y, kernel)) == expected);
  CHECK(numbers(nngs::cka(x, y, kernel, reference::backwards{})) == expected);
}

TEST_CASE("every executor gives the same CKA", "[slow]") {
  const MatrixXd x = normal_matrix(1, 2300, 60), y = x.leftCols(50) + normal_matrix(2, 2300, 50);
  check_executors(x, y, nngs::linear{});  // features
  check_executors(x, y, nngs::rbf{});     // median from a sample
  check_executors(x.topRows(700), y.topRows(700), nngs::rbf{});
  const MatrixXd wide = x.transpose(), thin = y.topRows(60);
  check_executors(wide, thin, nngs::linear{});  // items, one strip
  check_executors(normal_matrix(3, 500, 400), normal_matrix(4, 500, 300), nngs::linear{});
}

static void backwards(Index blocks, const std::function<void(Index)>& body) {
  while (blocks-- > 0) body(blocks);
}

TEST_CASE("a plain function is an executor for CKA") {
  const MatrixXd x = normal_matrix(7, 300, 20), y = x.leftCols(9) + normal_matrix(8, 300, 9);
  CHECK(numbers(nngs::cka(x, y, nngs::linear{}, backwards)) == numbers(nngs::cka(x, y, nngs::linear{})));
  CHECK(numbers(nngs::cka(x, y, nngs::rbf{}, backwards)) == numbers(nngs::cka(x, y, nngs::rbf{})));
}

TEST_CASE("CKA does not see how a matrix lies in memory but for rounding") {
  const auto check = [](const MatrixXd& x, const MatrixXd& y, const auto& kernel) {
    const double plain = nngs::cka(x, y, kernel).biased.value;
    const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> by_rows = x;
    MatrixXd larger = MatrixXd::Zero(x.rows() + 3, x.cols() + 2);
    larger.block(2, 1, x.rows(), x.cols()) = x;
    const MatrixXd turned = x.transpose();
    CHECK_THAT(nngs::cka(by_rows, y, kernel).biased.value, WithinAbs(plain, 1e-13));
    CHECK(nngs::cka(larger.block(2, 1, x.rows(), x.cols()), y, kernel).biased.value == plain);
    CHECK(nngs::cka(turned.transpose(), y, kernel).biased.value ==
          nngs::cka(by_rows, y, kernel).biased.value);
    CHECK(nngs::cka(x.cast<long double>(), y, kernel).biased.value == plain);
  };
  for (const Index n : {21, 90}) {  // items, features
    const MatrixXd x = normal_matrix(9, n, 19), y = x.leftCols(11) + normal_matrix(10, n, 11);
    check(x, y, nngs::linear{});
    check(x, y, nngs::rbf{});
  }
}

TEST_CASE("every instruction set gives the same CKA but for rounding") {
  const MatrixXd x = normal_matrix(5, 300, 70), y = x.leftCols(50) + normal_matrix(6, 300, 50);
  const auto linear = [&](const MatrixXd& a, const MatrixXd& b, instruction_set one) {
    return numbers(nngs::detail::cka::evaluate_linear(a, b, one, nngs::serial{}));
  };
  const auto rbf = [&](instruction_set one) {
    return numbers(nngs::detail::cka::evaluate_rbf(x, y, nngs::rbf{}, nngs::rbf{}, one, nngs::serial{}));
  };
  const auto check_near = [](const std::vector<double>& a, const std::vector<double>& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
      CHECK_THAT(a[i], WithinAbs(b[i], 1e-12 * std::max(1.0, std::abs(b[i]))));
  };
  for (const instruction_set one : instruction_sets()) {
    INFO("instruction set " << static_cast<int>(one));
    check_near(linear(x, y, one), linear(x, y, instruction_set::portable));
    check_near(linear(x.topRows(90), y.topRows(90), one),
               linear(x.topRows(90), y.topRows(90), instruction_set::portable));
    check_near(rbf(one), rbf(instruction_set::portable));
  }
}

TEST_CASE("every instruction set's exponential is that of the standard library to the last places") {
  for (const instruction_set one : instruction_sets()) {
    const auto to_kernel = nngs::detail::base::compiled<nngs::detail::cka::exponentials>(one);
    for (const double inverse_square : {1.0, 0.37})
      for (Index i = 0; i < 8000; ++i) {
        const double u = static_cast<double>(i * i) * 1e-5;
        double plain[8] = {u, 0, 0, 0, 0, 0, 0, u}, less_one[8] = {u, 0, 0, 0, 0, 0, 0, 0};
        to_kernel(plain, 8, {inverse_square, 0});
        to_kernel(less_one, 8, {inverse_square, 1});
        const double x = -u * inverse_square;
        REQUIRE(std::abs(plain[0] - std::exp(x)) <= 1e-15 * std::exp(x));
        REQUIRE(std::abs(less_one[0] - std::expm1(x)) <= 4e-16 * std::abs(std::expm1(x)));
        REQUIRE(plain[7] == plain[0]);
        REQUIRE(plain[1] == 1);
        REQUIRE(less_one[1] == 0);
      }
  }
}
