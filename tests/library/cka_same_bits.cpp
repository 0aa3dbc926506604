// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using reference::normal_matrix;

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

TEST_CASE("every executor gives the same CKA") {
  const MatrixXd x = normal_matrix(1, 2300, 60), y = x.leftCols(50) + normal_matrix(2, 2300, 50);
  check_executors(x, y, nngs::linear{});  // features
  check_executors(x, y, nngs::rbf{});     // median from a sample
  check_executors(x.topRows(700), y.topRows(700), nngs::rbf{});
  const MatrixXd wide = x.transpose(), thin = y.topRows(60);
  check_executors(wide, thin, nngs::linear{});  // items, one strip
  check_executors(normal_matrix(3, 500, 400), normal_matrix(4, 500, 300), nngs::linear{});
}

TEST_CASE("every instruction set gives the same CKA but for rounding") {
  const nngs::detail::base::instruction_set best = nngs::detail::base::best_instruction_set();
  const MatrixXd x = normal_matrix(5, 300, 70), y = x.leftCols(50) + normal_matrix(6, 300, 50);
  const auto linear = [&](const MatrixXd& a, const MatrixXd& b, nngs::detail::base::instruction_set one) {
    return numbers(nngs::detail::cka::linear_cka(a, b, nngs::serial{}, one));
  };
  const auto rbf = [&](nngs::detail::base::instruction_set one) {
    return numbers(nngs::detail::cka::rbf_cka(x, y, nngs::rbf{}, nngs::rbf{}, nngs::serial{}, one));
  };
  const auto check_near = [](const std::vector<double>& a, const std::vector<double>& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
      CHECK_THAT(a[i], WithinAbs(b[i], 1e-12 * std::max(1.0, std::abs(b[i]))));
  };
  for (const auto one :
       {nngs::detail::base::instruction_set::portable, nngs::detail::base::instruction_set::avx2, nngs::detail::base::instruction_set::avx512}) {
    if (one > best) continue;
    INFO("instruction set " << static_cast<int>(one));
    check_near(linear(x, y, one), linear(x, y, nngs::detail::base::instruction_set::portable));
    check_near(linear(x.topRows(90), y.topRows(90), one),
               linear(x.topRows(90), y.topRows(90), nngs::detail::base::instruction_set::portable));
    check_near(rbf(one), rbf(nngs::detail::base::instruction_set::portable));
  }
}

TEST_CASE("every instruction set's exponential is that of the standard library to the last places") {
  for (const auto one :
       {nngs::detail::base::instruction_set::portable, nngs::detail::base::instruction_set::avx2, nngs::detail::base::instruction_set::avx512}) {
    if (one > nngs::detail::base::best_instruction_set()) continue;
    const nngs::detail::cka::double_loops loops = nngs::detail::cka::double_loops_for(one);
    for (const double inverse_square : {1.0, 0.37})
      for (Index i = 0; i < 8000; ++i) {
        const double u = static_cast<double>(i * i) * 1e-5;
        double plain[8] = {u, 0, 0, 0, 0, 0, 0, u}, less_one[8] = {u, 0, 0, 0, 0, 0, 0, 0};
        loops.exponentials(plain, 8, {inverse_square, 0});
        loops.exponentials(less_one, 8, {inverse_square, 1});
        const double x = -u * inverse_square;
        REQUIRE(std::abs(plain[0] - std::exp(x)) <= 1e-15 * std::exp(x));
        REQUIRE(std::abs(less_one[0] - std::expm1(x)) <= 4e-16 * std::abs(std::expm1(x)));
        REQUIRE(plain[7] == plain[0]);
        REQUIRE(plain[1] == 1);
        REQUIRE(less_one[1] == 0);
      }
  }
}
