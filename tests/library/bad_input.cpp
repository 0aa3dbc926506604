// SPDX-License-Identifier: MIT
// Bad input and good: every public function and builder gives the right answer or the documented error, and
// nothing else. Tables say which; each of their cells is a combination, and they are counted.
#include <array>
#include <cmath>
#include <limits>
#include <nngs/nngs.hpp>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "../catch.hpp"
#include "bad_input.hpp"
#include "exact_with.hpp"
#include "reference.hpp"
#include "reference_cka.hpp"

using Eigen::Index;
using namespace bad_input;
using coordinates = reference::matrix;

namespace {

// Matrices, and what each family of metrics and kernels makes of them.

enum family { squares, differences, cubes, cosine, correlation, linear_cka, rbf_cka, families };

struct input {
  const char* name;
  coordinates x;
  std::array<std::string, families> expected;
};

const std::string nan_error = "row 4, column 1 (counted from 0) is nan: every coordinate must be finite";
const std::string minus_inf_error =
    "row 4, column 1 (counted from 0) is -inf: every coordinate must be finite";
const std::string inf_error = "row 4, column 1 (counted from 0) is inf: every coordinate must be finite";
const std::string overflow = "keys overflow in double; rescale the matrix";
const std::string vanish = "keys vanish in double; rescale the matrix";
const std::string zero_row = "row 4 (counted from 0) is zero and has no cosine";
const std::string constant_row = "row 4 (counted from 0) is constant and has no correlation";
const std::string all_constant = "row 0 (counted from 0) is constant and has no correlation";
const std::string all_zero = "row 0 (counted from 0) is zero and has no cosine";
const std::string no_variance = "all rows are equal: CKA needs variance";
const std::string constant = "the kernel is constant";
const std::string identity = "nearly the identity";
const std::string no_median = "the median distance is 0";

coordinates with(coordinates x, Index row, Index column, double value) {
  x(row, column) = value;
  return x;
}
coordinates with_row(coordinates x, Index row, double value) {
  x.row(row).setConstant(value);
  return x;
}
coordinates with_column(coordinates x, Index column, double value) {
  x.col(column).setConstant(value);
  return x;
}
/// Few values, so full of ties, but no constant row.
coordinates whole_numbers(Index n) {
  return coordinates::NullaryExpr(n, 3, [](Index i, Index j) {
    return double(j == 0 ? i % 3 : j == 1 ? i % 2 : 7);
  });
}

std::vector<input> inputs(Index n) {
  const coordinates good = reference::normal_matrix(1, n, 3);
  const coordinates digits = reference::lattice(2, n, 3, 100, 1, 1);
  const double tiny = std::numeric_limits<double>::denorm_min(), most = std::numeric_limits<double>::max();
  const coordinates greatest = good / good.cwiseAbs().maxCoeff() * most;
  coordinates spread_out = good;
  spread_out.col(0) *= 1e-300;
  // clang-format off
  return {
      // input                     x                               squares    differences cubes     cosine     correlation   linear CKA   RBF CKA
      {"ordinary numbers",         good,                          {right,     right,     right,     right,     right,        right,       right}},
      {"NaN",                      with(good, 4, 1, not_a_number),{nan_error, nan_error, nan_error, nan_error, nan_error,    nan_error,   nan_error}},
      {"infinity",                 with(good, 4, 1, infinity),    {inf_error, inf_error, inf_error, inf_error, inf_error,    inf_error,   inf_error}},
      {"minus infinity",           with(good, 4, 1, -infinity),   {minus_inf_error, minus_inf_error, minus_inf_error, minus_inf_error, minus_inf_error, minus_inf_error, minus_inf_error}},
      {"NaN twice",                with(with(good, 4, 1, not_a_number), 7, 0, infinity), {nan_error, nan_error, nan_error, nan_error, nan_error, nan_error, nan_error}},
      {"denormal numbers",         digits * tiny,                 {vanish,    right,     vanish,    right,     right,        right,       right}},
      {"1e-300",                   good * 1e-300,                 {vanish,    right,     vanish,    right,     right,        right,       right}},
      {"1e200",                    good * 1e200,                  {overflow,  right,     overflow,  right,     right,        right,       right}},
      {"the largest double",       greatest,                      {overflow,  overflow,  overflow,  right,     right,        right,       right}},
      {"one coordinate of 1e200",  with(good, 4, 1, 1e200),       {overflow,  right,     overflow,  right,     right,        right,       no_median}},
      {"a column of 1e-300",       spread_out,                    {right,     right,     right,     right,     right,        right,       right}},
      {"an offset of 1e8",         good.array() + 1e8,            {right,     right,     right,     right,     right,        right,       right}},
      {"negative zero",            with(good, 4, 1, -0.0),        {right,     right,     right,     right,     right,        right,       right}},
      {"a zero row",               with_row(good, 4, 0),          {right,     right,     right,     zero_row,  constant_row, right,       right}},
      {"a row of both zeros",      with(with_row(good, 4, 0), 4, 1, -0.0), {right, right, right,    zero_row,  constant_row, right,       right}},
      {"a constant row",           with_row(good, 4, 0.1),        {right,     right,     right,     right,     constant_row, right,       right}},
      {"a constant column",        with_column(good, 1, 0.1),     {right,     right,     right,     right,     right,        right,       right}},
      {"a constant matrix",        coordinates::Constant(n, 3, 0.1),   {right,     right,     right,     right,     all_constant, no_variance, constant}},
      {"a matrix of zeros",        coordinates::Zero(n, 3),            {right,     right,     right,     all_zero,  all_constant, no_variance, constant}},
      {"three different rows",     reference::duplicated_rows(3, n, 3, 3), {right, right, right,    right,     right,        right,       right}},
      {"one row unlike the others",with(coordinates::Ones(n, 1) * good.row(0), 4, 1, 9), {right, right, right, right, right,      right,       no_median}},
      {"whole numbers",            whole_numbers(n),              {right,     right,     right,     right,     right,        right,       right}},
      {"one column",               good.col(0),                   {right,     right,     right,     right,     all_constant, right,       right}},
      {"70 columns",               reference::normal_matrix(4, n, 70), {right, right,    right,     right,     right,        right,       identity}},
      {"two rows",                 good.topRows(2),               {right,     right,     right,     right,     right,        identity,    identity}},
  };
  // clang-format on
}

// What is right, by definition.

/// NNGS and mean overlap at k.
std::pair<double, double> naive_score(const reference::ranking& x, const reference::ranking& y, Index k) {
  double jaccard = 0, overlap = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    Index shared = 0;
    for (Index a = 0; a < k; ++a)
      for (Index b = 0; b < k; ++b)
        shared += x[i][static_cast<std::size_t>(a)].second == y[i][static_cast<std::size_t>(b)].second;
    jaccard += static_cast<double>(shared) / static_cast<double>(2 * k - shared);
    overlap += static_cast<double>(shared) / static_cast<double>(k);
  }
  const auto n = static_cast<double>(x.size());
  return {jaccard / n, overlap / n};
}

template <class Score>
std::string unless_score(const Score& score, const reference::ranking& x, const reference::ranking& y) {
  const auto [jaccard, overlap] = naive_score(x, y, score.k);
  return unless_near(score.jaccard, jaccard) + unless_near(score.overlap, overlap);
}

template <class Scores>
std::string unless_scores(const Scores& scores, Index count, const reference::ranking& x,
                          const reference::ranking& y) {
  if (static_cast<Index>(scores.size()) != count) return "a curve of " + std::to_string(scores.size());
  std::string wrong;
  for (const auto& score : scores) wrong += unless_score(score, x, y);
  return wrong;
}

/// The same matrix near 1, the first row taken off: CKA does not depend on scale and place, the digits of the
/// textbook's sums of squares do.
coordinates near_one(coordinates x) {
  const double largest = x.cwiseAbs().maxCoeff();
  if (!(largest > 0 && largest < infinity)) return x;
  for (double& value : x.reshaped()) value = std::ldexp(value, -std::ilogb(largest));
  x.rowwise() -= x.row(0).eval();
  return x;
}

std::vector<Index> some_ks(Index n) {
  return n == 2 ? std::vector<Index>{1} : std::vector<Index>{1, 3, n - 1};
}

/// Everything that takes a matrix and a metric, for one matrix and one metric; `words`: what is expected.
template <class Metric, class Key, class Prepare>
void check_metric(const input& in, const std::string& words, const std::string& name, const Metric& metric,
                  const Key& key, const Prepare& prepare) {
  const coordinates& x = in.x;
  const Index n = x.rows();
  const coordinates y = reference::normal_matrix(9, n, 2);
  const bool fine = words.empty();
  const reference::ranking nearest = fine ? reference::rank_all(prepare(x), key, x) : reference::ranking{};
  const reference::ranking others = reference::rank_all(y, reference::euclidean_key);
  const std::string of = " of " + std::string(in.name) + " by " + name;
  const std::string in_x = fine ? right : "x: ", in_y = fine ? right : "y: ";

  for (const Index k : some_ks(n)) {
    const std::string at = " at k = " + std::to_string(k) + of;
    const auto builds = [&](const std::string& builder, const auto& search) {
      expect(words, builder + at,
             [&] { return reference::difference(nngs::build_graph(x, k, search), nearest, k); });
    };
    builds("build_graph", metric);
    builds("exact", nngs::exact{metric});
    builds("exact without vectors", exact_with{metric, instruction_set::portable});
    if constexpr (nngs::tree_metric<Metric>) builds("kd_tree", nngs::kd_tree{metric});
    expect(words, "exact, serial" + at, [&] {
      return reference::difference(nngs::build_graph(x, k, nngs::exact{metric}, nngs::serial{}), nearest, k);
    });

    const nngs::euclidean plain;
    expect(in_x, "compare" + at,
           [&] { return unless_score(nngs::compare(x, y, k, metric, plain), nearest, others); });
    expect(in_y, "compare, the other way round" + at,
           [&] { return unless_score(nngs::compare(y, x, k, plain, metric), others, nearest); });
    expect(words, "compare by builders" + at, [&] {
      return unless_score(nngs::compare(x, y, k, nngs::exact{metric}, nngs::kd_tree{}), nearest, others);
    });
    expect(words, "similarity" + at, [&] {
      return unless_near(nngs::similarity(x, y, k, metric, plain), naive_score(nearest, others, k).first);
    });
    expect(words, "overlap" + at, [&] {
      return unless_near(nngs::overlap(x, y, k, metric, plain), naive_score(nearest, others, k).second);
    });
    expect(words, "tally_curve" + at, [&] {
      const std::vector<Index> rows = nngs::detail::search::row_range(0, n);
      const auto tallies = nngs::tally_curve(x, y, rows, k, metric, plain);
      return unless_near(tallies.back().mean_jaccard(), naive_score(nearest, others, k).first);
    });
    expect(words, "sample_similarity_curve" + at, [&] {
      std::vector<nngs::score> scores;  // a sample of everything
      for (const auto& one : nngs::sample_similarity_curve(x, y, k, metric, plain, {.rows = n}))
        scores.push_back({one.k, one.jaccard.value, one.overlap.value, one.tied_items, one.tied_in_both});
      return unless_scores(scores, k, nearest, others);
    });
  }
  expect(in_x, "similarity_curve" + of, [&] {
    return unless_scores(nngs::similarity_curve(x, y, metric, nngs::euclidean{}), n - 1, nearest, others);
  });
  expect(in_y, "similarity_curve, the other way round" + of, [&] {
    return unless_scores(nngs::similarity_curve(y, x, nngs::euclidean{}, metric), n - 1, others, nearest);
  });
  if (fine)
    expect(right, "distance" + of, [&] {
      const coordinates rows = prepare(x);
      const double expected = metric.distance(key(&rows(0, 0), &rows(1, 0), rows.cols()));
      const double value = nngs::distance(x.row(0), x.row(1), metric);
      return unless_near(value, expected, 1e-15 * std::abs(expected));
    });
}

void check_metrics(const input& in) {
  const auto as_given = [](const coordinates& x) { return x; };
  const auto column = [&](family one) { return in.expected[one]; };
  check_metric(in, column(squares), "euclidean", nngs::euclidean{}, reference::euclidean_key, as_given);
  check_metric(in, column(squares), "inner product", nngs::inner_product{}, reference::inner_product_key,
               as_given);
  check_metric(in, column(differences), "manhattan", nngs::manhattan{}, reference::manhattan_key, as_given);
  check_metric(in, column(differences), "chebyshev", nngs::chebyshev{}, reference::chebyshev_key, as_given);
  check_metric(in, column(cubes), "minkowski(3)", nngs::minkowski{3}, reference::cubic_key, as_given);
  check_metric(in, column(cosine), "cosine", nngs::cosine{}, reference::euclidean_key, reference::unit_rows);
  check_metric(in, column(correlation), "correlation", nngs::correlation{}, reference::euclidean_key,
               reference::centred_unit_rows);
}

/// CKA says data that have no kernel to compare in its result: its report speaks for it.
void check_cka(const input& in) {
  const Index n = in.x.rows();
  const coordinates y = reference::normal_matrix(9, n, 2);
  const std::string of = " of " + std::string(in.name);
  const auto expected = [&](const auto& kernel_of_x, const auto& kernel_of_y) {
    return reference::cka(reference::biased_hsic, kernel_of_x, kernel_of_y);
  };
  const auto unless_cka = [&](const nngs::cka_result& result, double value) {
    for (const auto* one : {&result.biased, &result.debiased})
      for (const double number : {one->value, one->hsic_xy, one->hsic_xx, one->hsic_yy, result.chance})
        if (std::isnan(number)) return std::string("NaN");
    if (result.biased.defined && std::abs(result.biased.value - value) > 1e-9)
      return unless_near(result.biased.value, value);
    return std::string(nngs::complaint(result.x.state));
  };
  const std::string& linear = in.expected[linear_cka];
  const std::string raised = linear.empty() || linear == identity ? right : "x: " + linear;
  const std::string raised_by_y = raised.empty() ? right : "y: " + linear;
  expect(raised_by_y, "linear_cka, the other way round" + of,
         [&] { return unless_within(0, nngs::linear_cka(y, in.x), 1 + 1e-12); });
  expect(raised, "linear_cka" + of, [&] {
    return unless_near(nngs::linear_cka(in.x, y),
                       expected(reference::linear_kernel(near_one(in.x)), reference::linear_kernel(y)), 1e-9);
  });
  expect(linear == no_variance ? constant : linear, "cka, linear" + of, [&] {
    const auto result = nngs::cka(in.x, y, nngs::linear{});
    if (!result.biased.defined) return unless_cka(result, 0);
    return unless_cka(result,
                      expected(reference::linear_kernel(near_one(in.x)), reference::linear_kernel(y)));
  });
  expect(in.expected[rbf_cka], "cka, RBF" + of, [&] {
    const auto result = nngs::cka(in.x, y, nngs::rbf{});
    if (!result.biased.defined) return unless_cka(result, 0);
    const coordinates x = near_one(in.x);
    return unless_cka(result, expected(reference::rbf_kernel(x, reference::median_distance(x)),
                                       reference::rbf_kernel(y, reference::median_distance(y))));
  });
  expect(in.expected[rbf_cka], "cka, RBF, the other way round" + of, [&] {
    const auto result = nngs::cka(y, in.x, nngs::rbf{});
    return std::string(nngs::complaint(result.y.state));
  });
}

}  // namespace

TEST_CASE("bad input: every matrix by every metric, builder and score", "[slow]") {
  combinations = 0;
  for (const input& in : inputs(12)) {
    check_metrics(in);
    check_cka(in);
  }
  for (const input& in : inputs(520))  // the search by pairs of blocks
    if (in.expected[squares] == right && in.x.rows() > 2)
      for (const Index k : {Index{1}, Index{7}})
        expect(right, std::string("exact of 520 rows of ") + in.name, [&] {
          const auto nearest = reference::rank_all(in.x, reference::euclidean_key);
          return reference::difference(nngs::build_graph(in.x, k, nngs::exact{}), nearest, k);
        });
  CHECK(combinations >= 1000);
}

TEST_CASE("bad input: matrices of float are searched as the doubles they are") {
  const Eigen::MatrixXf good = reference::normal_matrix(1, 12, 3).cast<float>();
  const Eigen::MatrixXf digits = reference::lattice(2, 12, 3, 100, 1, 1).cast<float>();
  Eigen::MatrixXf nan = good, inf = good;
  nan(4, 1) = std::numeric_limits<float>::quiet_NaN();
  inf(4, 1) = std::numeric_limits<float>::infinity();
  const std::vector<std::tuple<const char*, Eigen::MatrixXf, std::string>> table = {
      {"ordinary numbers", good, right},
      {"denormal numbers", digits * std::numeric_limits<float>::denorm_min(), right},
      {"the largest float", good / good.cwiseAbs().maxCoeff() * std::numeric_limits<float>::max(), right},
      {"NaN", nan, nan_error},
      {"infinity", inf, inf_error},
  };
  for (const auto& [name, x, words] : table) {
    const coordinates rows = x.cast<double>();
    const auto check = [&, &what = name, &points = x, &expected = words](const auto& search,
                                                                         const auto& key) {
      expect(expected, what, [&] {
        return reference::difference(nngs::build_graph(points, 4, search), reference::rank_all(rows, key), 4);
      });
    };
    check(nngs::exact{}, reference::euclidean_key);
    check(nngs::kd_tree{}, reference::euclidean_key);
    check(nngs::exact{nngs::manhattan{}}, reference::manhattan_key);
    check(nngs::kd_tree{nngs::minkowski{3}}, reference::cubic_key);
    check(nngs::exact{nngs::inner_product{}}, reference::inner_product_key);
    expect(words, name, [&points = x] { return unless_near(nngs::linear_cka(points, points), 1); });
    expect(words, name, [&points = x] { return unless_near(nngs::similarity(points, points, 4), 1); });
  }
}

// How a matrix may lie in memory.

namespace {

/// Calls use(name, expression) with the same numbers in every form that Eigen gives them.
template <class Use>
void with_each_form(const coordinates& x, const Use& use) {
  using strides = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;
  const Index n = x.rows(), d = x.cols();
  const Eigen::MatrixXd by_columns = x;
  const Eigen::MatrixXd transposed = x.transpose();
  coordinates frame =
      coordinates::Constant(n + 5, d + 4, not_a_number);  // what is outside must not be looked at
  frame.block(2, 3, n, d) = x;
  std::vector<double> sparse(static_cast<std::size_t>(n * d * 6), not_a_number);
  Eigen::Map<coordinates, 0, strides> strided(sparse.data(), n, d, strides(6 * d, 2));
  strided = x;
  const Eigen::MatrixXd reversed = x.reverse();

  use("row-major", x);
  use("column-major", by_columns);
  use("a map", Eigen::Map<const coordinates>(x.data(), n, d));
  use("a map with strides", strided);
  use("a transposed matrix", transposed.transpose());
  use("a block", frame.block(2, 3, n, d));
  use("a block of columns", by_columns.middleCols(0, d));
  use("a reversed matrix", reversed.reverse());
  use("a sum", x + coordinates::Zero(n, d));
  use("an array", (by_columns.array() * 1.0).matrix());
  use("a function", coordinates::NullaryExpr(n, d, [&](Index i, Index j) { return x(i, j); }));
  use("a reference", Eigen::Ref<const Eigen::MatrixXd>(by_columns));
  use("of a fixed size", Eigen::Matrix<double, 12, 3>(x));
  use("of fixed columns", Eigen::Matrix<double, Eigen::Dynamic, 3>(x));
}

}  // namespace

TEST_CASE("bad input: strided, transposed, mapped, block and other expressions") {
  combinations = 0;
  const coordinates good = reference::normal_matrix(1, 12, 3), y = reference::normal_matrix(5, 12, 4);
  const std::vector<std::tuple<const char*, coordinates, std::string>> table = {
      {"ordinary numbers", good, right},
      {"whole numbers", whole_numbers(12), right},
      {"NaN", with(good, 4, 1, not_a_number), nan_error},
  };
  for (const auto& [name, x, words] : table) {
    const auto nearest = reference::rank_all(x, reference::euclidean_key);
    const auto others = reference::rank_all(y, reference::euclidean_key);
    const bool fine = words.empty();
    const double linear = fine ? nngs::linear_cka(x, y) : 0;
    const double rbf = fine ? nngs::cka(x, y, nngs::rbf{}).biased.value : 0;
    const auto in_each_form = [&, &what = name, &expected = words](const char* form, const auto& values) {
      const auto of = [&](const char* function) {
        return std::string(function) + " of " + what + " as " + form;
      };
      const auto builds = [&](const char* function, const auto& search) {
        expect(expected, of(function),
               [&] { return reference::difference(nngs::build_graph(values, 5, search), nearest, 5); });
      };
      builds("build_graph", nngs::euclidean{});
      builds("exact", nngs::exact{});
      builds("kd_tree", nngs::kd_tree{});
      expect(expected, of("compare"),
             [&] { return unless_score(nngs::compare(values, y, 5), nearest, others); });
      expect(expected, of("similarity_curve"),
             [&] { return unless_scores(nngs::similarity_curve(y, values), 11, others, nearest); });
      expect(expected, of("linear_cka"), [&] { return unless_near(nngs::linear_cka(values, y), linear); });
      expect(expected, of("cka"),
             [&] { return unless_near(nngs::cka(values, y, nngs::rbf{}).biased.value, rbf); });
    };
    with_each_form(x, in_each_form);
  }
  const Eigen::MatrixXi counts = whole_numbers(12).cast<int>();
  expect(right, "integers, cast", [&] {
    return reference::difference(nngs::build_graph(counts.cast<double>(), 5),
                                 reference::rank_all(whole_numbers(12), reference::euclidean_key), 5);
  });
  CHECK(combinations == 3 * 14 * 7 + 1);
}

TEST_CASE("bad input: two points for a distance") {
  const Eigen::RowVectorXd none(0), zero = Eigen::RowVectorXd::Zero(3), ones = Eigen::RowVectorXd::Ones(3);
  const Eigen::RowVectorXd a = Eigen::RowVector3d(1, 2, 4), huge = a * 1e200, tiny = a * 1e-300;
  const Eigen::RowVectorXd nan = Eigen::RowVector3d(1, not_a_number, 3),
                           inf = Eigen::RowVector3d(1, infinity, 3);
  const std::string is_nan = "row 0, column 1 (counted from 0) is nan";
  const std::string is_inf = "row 1, column 1 (counted from 0) is inf";
  const std::string empty = "points of 0 and 0 coordinates have no distance";
  const std::string sizes = "points of 3 and 2 coordinates have no distance";
  const std::string no_cosine = "row 1 (counted from 0) is zero",
                    no_correlation = "row 1 (counted from 0) is constant";
  struct pair {
    const char* name;
    Eigen::RowVectorXd x, y;
    std::array<std::string, linear_cka> expected;
  };
  // clang-format off
  const std::vector<pair> table = {
      // input                 x     y            squares  differences cubes  cosine     correlation
      {"ordinary points",      a,    zero - a,    {right,    right,  right,    right,     right}},
      {"a point and itself",   a,    a,           {right,    right,  right,    right,     right}},
      {"a zero point",         a,    zero,        {right,    right,  right,    no_cosine, no_correlation}},
      {"a constant point",     a,    ones,        {right,    right,  right,    right,     no_correlation}},
      {"no coordinates",       none, none,        {empty,    empty,  empty,    empty,     empty}},
      {"different sizes",      a,    a.head(2),   {sizes,    sizes,  sizes,    sizes,     sizes}},
      {"NaN",                  nan,  a,           {is_nan,   is_nan, is_nan,   is_nan,    is_nan}},
      {"infinity",             a,    inf,         {is_inf,   is_inf, is_inf,   is_inf,    is_inf}},
      {"1e200",                huge, a,           {overflow, right,  overflow, right,     right}},
      {"1e-300",               tiny, zero - tiny, {vanish,   right,  vanish,   right,     right}},
      {"1e-300 beside 1",      tiny, a,           {right,    right,  right,    right,     right}},
  };
  // clang-format on
  for (const pair& in : table) {
    const auto check = [&](family column, const auto& metric, double least, double most) {
      expect(in.expected[column], in.name, [&] {
        const double one_way = nngs::distance(in.x, in.y, metric), back = nngs::distance(in.y, in.x, metric);
        return unless_within(least, one_way, most) + unless_near(one_way, back, 0);
      });
    };
    check(squares, nngs::euclidean{}, 0, 1e3);
    check(squares, nngs::inner_product{}, -1e3, 1e3);
    check(differences, nngs::manhattan{}, 0, 1e202);
    check(differences, nngs::chebyshev{}, 0, 1e202);
    check(cubes, nngs::minkowski{3}, 0, 1e3);
    check(cosine, nngs::cosine{}, 0, 2 + 1e-12);
    check(correlation, nngs::correlation{}, 0, 2 + 1e-12);
  }
}
