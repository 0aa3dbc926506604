// SPDX-License-Identifier: MIT
#include <cstdint>
#include <limits>
#include <nngs/nngs.hpp>
#include <string>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using nngs::neighbor_graph;
using reference::complaint;

template <class Integer>
using row_lists = Eigen::Matrix<Integer, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class Integer>
using column_lists = Eigen::Matrix<Integer, Eigen::Dynamic, Eigen::Dynamic>;

static const auto found_here = nngs::build_graph(reference::normal_matrix(1, 40, 3), 6);

static bool same_lists(const neighbor_graph& a, const neighbor_graph& b) {
  if (a.size() != b.size() || a.depth() != b.depth()) return false;
  for (Index item = 0; item < a.size(); ++item)
    if (!std::equal(a.neighbors(item).begin(), a.neighbors(item).end(), b.neighbors(item).begin()))
      return false;
  return true;
}

TEMPLATE_TEST_CASE("lists of any integer type and layout make the same graph", "", std::int32_t, std::int64_t,
                   std::uint32_t, std::uint64_t, std::int16_t, std::uint8_t) {
  row_lists<TestType> lists(40, 6);
  for (Index item = 0; item < 40; ++item)
    for (Index rank = 0; rank < 6; ++rank)
      lists(item, rank) = static_cast<TestType>(found_here.neighbors(item)[static_cast<std::size_t>(rank)]);
  CHECK(neighbor_graph(lists) == found_here);
  CHECK(neighbor_graph(column_lists<TestType>(lists)) == found_here);
  CHECK(neighbor_graph(Eigen::Map<const row_lists<TestType>>(lists.data(), 40, 6)) == found_here);
  CHECK(neighbor_graph(lists.array()) == found_here);
  CHECK(neighbor_graph(lists.leftCols(2)).depth() == 2);
}

TEST_CASE("lists found elsewhere score as those found here, with no ties known") {
  const auto ties = nngs::build_graph(reference::lattice(2, 40, 2, 3), 6);
  row_lists<int> lists(40, 6);
  for (Index item = 0; item < 40; ++item)
    for (Index rank = 0; rank < 6; ++rank)
      lists(item, rank) = static_cast<int>(ties.neighbors(item)[static_cast<std::size_t>(rank)]);
  const neighbor_graph elsewhere(lists);
  CHECK(same_lists(elsewhere, ties));
  CHECK(elsewhere.tied_items(6) == 0);
  CHECK(ties.tied_items(6) > 0);
  CHECK(nngs::similarity(elsewhere, found_here, 6) == nngs::similarity(ties, found_here, 6));
}

/// Gives every item the first others, whatever the points.
struct first_others {
  template <class Executor>
  neighbor_graph operator()(const nngs::points<double>& values, Index k, const Executor&) const {
    row_lists<Index> lists(values.rows(), k);
    for (Index item = 0; item < values.rows(); ++item)
      for (Index rank = 0; rank < k; ++rank) lists(item, rank) = rank < item ? rank : rank + 1;
    return neighbor_graph(lists);
  }
};

TEST_CASE("an approximate search as a user's builder is scored like any graph") {
  const Eigen::MatrixXd x = Eigen::VectorXd::LinSpaced(20, 0, 1).array().pow(3).matrix();
  const Eigen::MatrixXd zero = Eigen::MatrixXd::Zero(20, 1);
  // All equally near, so that the order by index gives the first others too.
  const nngs::exact by_index{nngs::euclidean{}, nngs::tie_order::by_index()};
  CHECK(same_lists(nngs::build_graph(x, 4, first_others{}), nngs::build_graph(zero, 4, by_index)));
  CHECK(nngs::similarity(x, x, 4, nngs::exact{}, first_others{}) ==
        nngs::similarity(x, zero, 4, nngs::exact{}, by_index));
}

/// What is said of good lists of 4 items with one entry replaced.
template <class Integer>
static std::string with(Index item, Index rank, Integer wrong) {
  row_lists<Integer> lists(4, 2);
  lists << 1, 2, 0, 2, 0, 1, 0, 1;
  lists(item, rank) = wrong;
  return complaint([&] { neighbor_graph{lists}; });
}
static bool says(const std::string& message, const std::string& part) {
  return message.find(part) != std::string::npos;
}

TEST_CASE("bad lists are refused with the item and the entry") {
  CHECK(says(with(2, 1, 2), "item 2 names the item itself"));
  CHECK(says(with(3, 0, 1), "item 3 names item 1 twice"));
  CHECK(says(with(1, 0, 4), "item 1 names item 4, which is not in [0, 4)"));
  CHECK(says(with(1, 0, -1), "item 1 names item -1,"));
  CHECK(says(with(1, 0, std::numeric_limits<std::uint32_t>::max()), "names item 4294967295,"));
  CHECK(says(with(1, 0, (std::int64_t{1} << 32) + 3), "names item 4294967299,"));
  CHECK(says(with(1, 0, std::numeric_limits<std::uint64_t>::max()), "names item 18446744073709551615,"));
  CHECK(says(with(1, 0, std::numeric_limits<std::int64_t>::min()), "names item -9223372036854775808,"));
  CHECK(with(3, 1, 2) == complaint([] {}));
}

TEST_CASE("distances beside the lists tell the ties that the search here tells") {
  const Eigen::MatrixXd x = reference::lattice(2, 40, 2, 3);
  const auto ties = nngs::build_graph(x, 6), deeper = nngs::build_graph(x, 7);
  row_lists<int> lists(40, 6);
  row_lists<double> distances(40, 7);
  for (Index item = 0; item < 40; ++item)
    for (Index rank = 0; rank < 7; ++rank) {
      const auto neighbor = static_cast<Index>(deeper.neighbors(item)[static_cast<std::size_t>(rank)]);
      if (rank < 6) lists(item, rank) = static_cast<int>(neighbor);
      distances(item, rank) = nngs::distance(x.row(item), x.row(neighbor));
    }
  CHECK(ties.tied_items(6) > 0);
  CHECK(neighbor_graph(lists, distances) == ties);
  CHECK(neighbor_graph(lists, distances.cast<float>()) == ties);
  CHECK(neighbor_graph(lists, distances.array().square().cast<int>()) == ties);
  CHECK(neighbor_graph(column_lists<int>(lists), Eigen::MatrixXd(distances)) == ties);
  CHECK(neighbor_graph(lists, -distances.rowwise().reverse()).depth() == 6);

  // As many distances as neighbours: of the last neighbour and the next nothing is known.
  const neighbor_graph square(lists, distances.leftCols(6));
  CHECK(same_lists(square, ties));
  CHECK(square.tied_items(6) == 0);
  for (Index k = 1; k < 6; ++k) CHECK(square.tied_items(k) == ties.tied_items(k));

  // Infinitely far is far, and the same for two.
  distances.setConstant(std::numeric_limits<double>::infinity());
  CHECK(neighbor_graph(lists, distances).tied_items(3) == 40);
  distances.col(0).setConstant(-std::numeric_limits<double>::infinity());
  CHECK(neighbor_graph(lists, distances).tied_items(1) == 0);
}

/// The error of good lists of 3 items with these distances.
template <class Distances>
static nngs::input_error error_of(const Distances& distances) {
  row_lists<int> lists(3, 2);
  lists << 1, 2, 0, 2, 0, 1;
  try {
    const neighbor_graph graph(lists, distances);
  } catch (const nngs::input_error& error) {
    return error;
  }
  return nngs::input_error("no error");
}

TEST_CASE("distances that are none are refused with the item and the rank") {
  row_lists<double> distances(3, 3);
  distances << 1, 2, 3, 1, 1, 1, -3, -2, -2;
  CHECK(says(error_of(distances).what(), "no error"));
  for (const double wrong : {0.5, std::numeric_limits<double>::quiet_NaN()}) {
    distances(1, 2) = wrong;
    const nngs::input_error error = error_of(distances);
    CHECK(says(error.what(), "item 1 at rank 2"));
    CHECK(error.position() == nngs::data_position{.row = 1, .column = 2});
    CHECK(says(error.what(), wrong < 1 ? "is 0.5, and at the rank before 1: distances ascend" : "nan"));
  }
  distances(1, 0) = std::numeric_limits<double>::quiet_NaN();
  CHECK(error_of(distances).position() == nngs::data_position{.row = 1, .column = 0});
  for (const auto& shape : {std::pair<Index, Index>{3, 1}, {3, 4}, {2, 2}, {4, 2}, {0, 0}})
    CHECK(says(
        error_of(row_lists<float>::Zero(shape.first, shape.second)).what(),
        std::to_string(shape.first) + " x " + std::to_string(shape.second) + " do not fit lists of 3 x 2"));
}

TEST_CASE("the error of a bad list carries the item and the rank") {
  row_lists<int> lists(4, 2);
  lists << 1, 2, 0, 2, 0, 1, 1, 1;
  try {
    neighbor_graph{lists};
    FAIL("item 3 names item 1 twice");
  } catch (const nngs::input_error& error) {
    CHECK(error.position() == nngs::data_position{.row = 3, .column = 1});
    CHECK(error.matrix().empty());
  }
  lists << 1, 2, 0, 9, 0, 1, 1, 2;
  try {
    neighbor_graph{lists};
    FAIL("item 1 names item 9");
  } catch (const nngs::input_error& error) {
    CHECK(error.position() == nngs::data_position{.row = 1, .column = 1});
  }
}

TEST_CASE("lists of a shape that is no graph are refused with n and k") {
  CHECK(says(complaint([] { neighbor_graph{row_lists<int>(0, 0)}; }), "0 items"));
  CHECK(says(complaint([] { neighbor_graph{row_lists<int>::Zero(1, 1)}; }), "1 items"));
  CHECK(says(complaint([] { neighbor_graph{row_lists<int>(5, 0)}; }), "k = 0 "));
  CHECK(says(complaint([] { neighbor_graph{row_lists<int>::Zero(5, 5)}; }), "k = 5 "));
  CHECK(says(complaint([] { neighbor_graph{row_lists<int>::Zero(5, 5)}; }), "n = 5"));
}
