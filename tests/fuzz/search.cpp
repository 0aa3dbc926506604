// SPDX-License-Identifier: MIT
// Any bytes as two small matrices full of ties, a metric, k, threads and an instruction set: every builder
// and every way to a score gives what the shortest loops give.
#include <fuzzer/FuzzedDataProvider.h>

#include <cmath>
#include <functional>
#include <nngs/nngs.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../library/exact_with.hpp"
#include "../library/reference.hpp"
#include "property.hpp"

namespace {

using Eigen::Index;
using reference::matrix;

/// One type for every executor, so that each search is compiled once.
struct chosen_executor {
  unsigned thread_count;  // 0: the blocks from last to first

  void operator()(Index blocks, const std::function<void(Index)>& body) const {
    if (thread_count == 0) return reference::backwards{}(blocks, body);
    nngs::threads{thread_count}(blocks, body);
  }
};

/// The builder that scores each pair once, for matrices too small for `exact` to choose it.
template <class Metric>
struct joined {
  Metric metric;
  instruction_set instructions;

  template <class Scalar, class Executor>
  nngs::neighbor_graph operator()(const nngs::points<Scalar>& values, Index k,
                                  const Executor& execute) const {
    const nngs::detail::search::search_input<Metric> input(values, metric, nngs::tie_order{});
    nngs::detail::search::neighbor_lists lists(values.rows(), k);
    nngs::detail::search::make_search(input, instructions, execute)
        .join(std::min(k + 1, values.rows() - 1), execute,
              [&](Index row, const auto& nearest) { lists.set(row, nearest); });
    return nngs::neighbor_graph(std::move(lists));
  }
};

struct problem {
  matrix x, y;
  Index k;
  chosen_executor execute;
  instruction_set instructions;
  bool extreme;  // so large or small that a metric may refuse the range of its keys
};

/// A byte makes a coordinate: few values, so that most distances come often, and now and then one a shade off
/// or far out.
double coordinate(std::uint8_t byte) {
  static constexpr double few[] = {0, -0.0, 1, -1, 2, 3, 0.1, -2.5};
  const double value = few[byte & 7];
  switch (byte >> 3) {
    case 31:
      return value * 1e6;
    case 30:
      return value * (1 + 0x1p-40);
    case 29:
      return value + 0x1p-26;
    default:
      return value;
  }
}

matrix any_matrix(FuzzedDataProvider& data, Index n) {
  const Index d = data.PickValueInArray<Index>({1, 1, 2, 2, 3, 3, 4, 5, 9, 17, 65});
  const double scale = data.PickValueInArray({1.0, 1.0, 0.1, 3.0, 1e-12, 1e12, 1e-150, 1e150, 0x1p-1040});
  const double offset = data.PickValueInArray({0.0, 0.0, 0.1, 1e4, -1e9});
  std::vector<std::uint8_t> bytes =
      data.ConsumeBytes<std::uint8_t>(data.ConsumeIntegralInRange<std::size_t>(1, 200));
  if (bytes.empty()) bytes = {0};
  matrix rows(n, d);
  for (Index i = 0; i < rows.size(); ++i)
    rows.data()[i] = (coordinate(bytes[static_cast<std::size_t>(i) % bytes.size()]) + offset) * scale;
  return rows;
}

/// Mostly few items; some more than a panel of 48 and a word of 64; now and then several blocks of work for
/// threads.
Index any_size(FuzzedDataProvider& data) {
  const int kind = data.ConsumeIntegralInRange(0, 15);
  if (kind == 15) return data.ConsumeIntegralInRange<Index>(241, 270);
  return data.ConsumeIntegralInRange<Index>(2, kind < 8 ? 12 : 72);
}

problem any_problem(FuzzedDataProvider& data) {
  const Index n = any_size(data);
  const Index k = data.ConsumeIntegralInRange<Index>(1, n - 1);
  const unsigned thread_count = data.ConsumeIntegralInRange<unsigned>(0, 4);
  const auto instructions = std::min(static_cast<instruction_set>(data.ConsumeIntegralInRange(0, 2)),
                                     nngs::detail::base::best_instruction_set());
  problem one{any_matrix(data, n), any_matrix(data, n), k, {thread_count}, instructions, false};
  for (const matrix* rows : {&one.x, &one.y}) {
    const double largest = rows->cwiseAbs().maxCoeff();
    one.extreme = one.extreme || largest > 1e100 || (largest > 0 && largest < 1e-100);
  }
  return one;
}

/// What the scores have to be, by counting.
struct counted {
  double jaccard = 0, overlap = 0;
  Index tied_items = 0;
};

counted count(const reference::ranking& x, const reference::ranking& y, Index k) {
  counted sum;
  const auto depth = static_cast<std::size_t>(k);
  const auto tied = [&](const auto& list) {
    return depth < list.size() && list[depth - 1].first == list[depth].first;
  };
  for (std::size_t item = 0; item < x.size(); ++item) {
    std::vector<bool> in_x(x.size());
    for (std::size_t i = 0; i < depth; ++i) in_x[static_cast<std::size_t>(x[item][i].second)] = true;
    Index shared = 0;
    for (std::size_t i = 0; i < depth; ++i) shared += in_x[static_cast<std::size_t>(y[item][i].second)];
    sum.jaccard += static_cast<double>(shared) / static_cast<double>(2 * k - shared);
    sum.overlap += static_cast<double>(shared) / static_cast<double>(k);
    sum.tied_items += tied(x[item]) || tied(y[item]);
  }
  sum.jaccard /= static_cast<double>(x.size());
  sum.overlap /= static_cast<double>(x.size());
  return sum;
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-12; }

template <class Rows, class Search>
nngs::neighbor_graph build(const Rows& rows, const problem& given, const Search& search,
                           const reference::ranking& expected, const std::string& name) {
  nngs::neighbor_graph graph = nngs::build_graph(rows, given.k, search, given.execute);
  const std::string difference = reference::difference(graph, expected, given.k);
  fuzz::require(difference.empty(), name + ": " + difference);
  return graph;
}

/// Every builder; the graph of the last.
template <class Rows, class Metric>
nngs::neighbor_graph build_all(const Rows& rows, const problem& given, const Metric& metric,
                               const reference::ranking& expected) {
  build(rows, given, metric, expected, "the builder chosen by shape");
  build(rows, given, joined<Metric>{metric, given.instructions}, expected, "each pair once");
  if constexpr (nngs::tree_metric<Metric>) build(rows, given, nngs::kd_tree{metric}, expected, "kd_tree");
  return build(rows, given, exact_with{metric, given.instructions}, expected, "exact");
}

/// What a metric asks of each row.
enum class row_demand { none, not_zero, not_constant };

template <class Scalar>
bool fails(const nngs::row_major<Scalar>& rows, row_demand demand) {
  if (demand == row_demand::none) return false;
  for (Index i = 0; i < rows.rows(); ++i) {
    const Scalar same = demand == row_demand::not_zero ? Scalar{0} : rows(i, 0);
    if ((rows.row(i).array() == same).all()) return true;
  }
  return false;
}

/// Whether the library refuses either matrix, which it must and may do for good reason only.
template <class Scalar, class Metric>
bool refused(const nngs::row_major<Scalar>& x, const nngs::row_major<Scalar>& y, const problem& given,
             const Metric& metric, row_demand demand) {
  const bool must_be = fails(x, demand) || fails(y, demand);
  try {
    static_cast<void>(nngs::build_graph(x, given.k, metric, given.execute));
    static_cast<void>(nngs::build_graph(y, given.k, metric, given.execute));
  } catch (const std::invalid_argument& error) {
    fuzz::require(must_be || given.extreme, std::string("refused without need: ") + error.what());
    return true;
  }
  fuzz::require(!must_be, "a row that the metric cannot take is refused");
  return false;
}

template <class Scalar, class Metric, class Prepare, class Key>
void check_scalar(const problem& given, const Metric& metric, row_demand demand, const Prepare& prepare,
                  const Key& key) {
  const nngs::row_major<Scalar> x = given.x.cast<Scalar>(), y = given.y.cast<Scalar>();
  if (refused(x, y, given, metric, demand)) return;

  const Index k = given.k;
  const auto expected_x =
      reference::rank_all(prepare(x.template cast<double>()), key, x.template cast<double>());
  const auto expected_y =
      reference::rank_all(prepare(y.template cast<double>()), key, y.template cast<double>());
  const auto graph_x = build_all(x, given, metric, expected_x);
  const auto graph_y = build_all(y, given, metric, expected_y);

  const nngs::score score = nngs::compare(graph_x, graph_y, k, given.execute);
  const counted by_counting = count(expected_x, expected_y, k);
  fuzz::require(near(score.jaccard, by_counting.jaccard) && near(score.overlap, by_counting.overlap) &&
                    score.tied_items == by_counting.tied_items,
                "the score is what counting gives");
  fuzz::require(nngs::compare(x, y, k, metric, given.execute) == score, "no graph kept: the same score");

  const std::vector<nngs::score> curve = nngs::similarity_curve(graph_x, graph_y, given.execute);
  const std::vector<nngs::score> every_k = nngs::similarity_curve(x, y, metric, given.execute);
  for (const Index at : {Index{1}, (k + 1) / 2, k}) {
    const nngs::score one = nngs::compare(graph_x, graph_y, at, given.execute);
    fuzz::require(curve[static_cast<std::size_t>(at) - 1] == one, "the curve is the score at each k");
    fuzz::require(every_k[static_cast<std::size_t>(at) - 1] == one, "no graph kept: the same curve");
  }
  fuzz::require(every_k.back().jaccard == 1, "at k = n - 1 all neighbours are shared");
}

matrix as_given(const matrix& rows) { return rows; }

template <class Scalar>
void check_metric(const problem& given, int metric) {
  using namespace reference;
  constexpr row_demand none = row_demand::none;
  switch (metric) {
    case 0:
      return check_scalar<Scalar>(given, nngs::euclidean{}, none, as_given, euclidean_key);
    case 1:
      return check_scalar<Scalar>(given, nngs::cosine{}, row_demand::not_zero, unit_rows, euclidean_key);
    case 2:
      return check_scalar<Scalar>(given, nngs::correlation{}, row_demand::not_constant, centred_unit_rows,
                                  euclidean_key);
    case 3:
      return check_scalar<Scalar>(given, nngs::inner_product{}, none, as_given, inner_product_key);
    case 4:
      return check_scalar<Scalar>(given, nngs::manhattan{}, none, as_given, manhattan_key);
    case 5:
      return check_scalar<Scalar>(given, nngs::chebyshev{}, none, as_given, chebyshev_key);
    default:
      return check_scalar<Scalar>(given, nngs::minkowski{3}, none, as_given, cubic_key);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  const int metric = data.ConsumeIntegralInRange(0, 6);
  const bool in_float = data.ConsumeBool();
  const problem given = any_problem(data);
  if (in_float)
    check_metric<float>(given, metric);
  else
    check_metric<double>(given, metric);
  return 0;
}
