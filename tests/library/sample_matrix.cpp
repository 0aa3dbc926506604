// SPDX-License-Identifier: MIT
// Many spaces from some of their rows: every entry is what the pair's sample alone gives.
#include <algorithm>
#include <nngs/nngs.hpp>
#include <span>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using nngs::sampled_lists;
using nngs::sampled_matrix;

namespace {

std::vector<MatrixXd> sampled_spaces(Index n) {
  std::vector<MatrixXd> all{reference::normal_matrix(1, n, 5)};
  for (std::uint64_t number = 2; number < 5; ++number)
    all.push_back(all.back() + reference::normal_matrix(number, n, 5));
  all.back() = all.back().array().round();
  return all;
}

std::vector<sampled_lists> lists_of(const std::vector<MatrixXd>& spaces, const std::vector<Index>& rows,
                                    Index depth) {
  std::vector<sampled_lists> lists;
  for (const MatrixXd& space : spaces) lists.emplace_back(space, rows, depth, nngs::cosine{});
  return lists;
}

}  // namespace

TEST_CASE("every entry of a sampled matrix is that of the pair's sample alone") {
  const Index n = 300;
  const std::vector<MatrixXd> spaces = sampled_spaces(n);
  const nngs::sample which{.rows = 40, .seed = 7, .confidence = 0.9};
  const std::vector<sampled_lists> lists = lists_of(spaces, nngs::sample_rows(n, which.rows, which.seed), 12);
  const std::vector<Index> ks = GENERATE(std::vector<Index>{12}, std::vector<Index>{3, 10});
  const std::span<const sampled_lists> every(lists);
  const sampled_matrix all(lists, ks, which.confidence);
  const sampled_matrix block(every.first(1), every.subspan(1), ks, which.confidence, nngs::threads{3});
  for (const Index k : ks)
    for (Index row = 0; row < 4; ++row)
      for (Index column = 0; column < 4; ++column) {
        CAPTURE(k, row, column);
        const auto alone =
            nngs::sample_similarity(spaces[static_cast<std::size_t>(row)],
                                    spaces[static_cast<std::size_t>(column)], k, nngs::cosine{}, which);
        CHECK(all.at(row, column, k) == alone);
        if (row == 0 && column > 0) CHECK(block.at(0, column - 1, k) == alone);
      }
}

TEST_CASE("a sample of all rows has the lists of the graph") {
  const MatrixXd space = sampled_spaces(80)[3];
  const std::vector<Index> rows = nngs::sample_rows(80, 80, 1);
  const sampled_lists lists(space, rows, 9);
  const nngs::neighbor_graph graph = nngs::build_graph(space, 9);
  for (Index item = 0; item < 80; ++item) {
    const auto a = lists.neighbors(item), b = graph.neighbors(item);
    CHECK(std::equal(a.begin(), a.end(), b.begin(), b.end()));
  }
}

TEST_CASE("spaces sampled differently are no matrix") {
  const std::vector<MatrixXd> spaces = sampled_spaces(50);
  const std::vector<Index> rows{3, 1, 40}, others{3, 1, 41};
  std::vector<sampled_lists> lists = lists_of(spaces, rows, 5);
  CHECK(lists[0].rows() == std::vector<Index>{1, 3, 40});
  lists.emplace_back(spaces[0], others, 5);
  const auto says = [](const std::string& message, const std::string& words) {
    CAPTURE(message);
    CHECK(message.find(words) != std::string::npos);
  };
  says(reference::complaint([&] { sampled_matrix(lists, {5}); }), "sample the same rows of all");
  says(reference::complaint([&] { sampled_matrix(std::span<const sampled_lists>(lists).first(2), {6}); }),
       "k = 6 is not in [1, depth]");
  says(reference::complaint([&] { sampled_lists(spaces[0], rows, 50); }), "k = 50 is not in [1, n - 1]");
  says(reference::complaint([&] {
         sampled_lists(spaces[0], std::vector<Index>{1, 50}, 5);
       }),
       "row 50 is not in [0, 50)");
}
