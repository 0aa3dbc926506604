// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <ios>
#include <nngs/nngs.hpp>
#include <tuple>
#include <vector>

#include "../catch.hpp"
#include "exact_with.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;

/// Calls use(executor) with every executor but serial.
template <class Use>
static void with_each_executor(const Use& use) {
  use(nngs::threads{});
  use(nngs::threads{1});
  use(nngs::threads{2});
  use(nngs::threads{7});
  use(reference::backwards{});
  use(nngs::reporting{nngs::threads{2}, [](Index, Index) {}});
  use(nngs::reporting{reference::backwards{}, [](Index, Index) { return true; }});
}

template <class Search>
static void graphs_do_not_depend_on_the_executor(const MatrixXd& rows, const Search& search) {
  const nngs::neighbor_graph expected = nngs::build_graph(rows, 6, search, nngs::serial{});
  with_each_executor(
      [&](const auto& execute) { CHECK(nngs::build_graph(rows, 6, search, execute) == expected); });
}

TEST_CASE("every executor gives the same graph") {
  const MatrixXd random = reference::normal_matrix(1, 1100, 3);
  const MatrixXd ties = reference::lattice(2, 1100, 3, 9, 0.1);
  graphs_do_not_depend_on_the_executor(random, nngs::exact{});
  graphs_do_not_depend_on_the_executor(ties, nngs::exact{});
  graphs_do_not_depend_on_the_executor(random, nngs::kd_tree{});
  graphs_do_not_depend_on_the_executor(ties, nngs::kd_tree{});
  graphs_do_not_depend_on_the_executor(random, nngs::kd_tree{nngs::correlation{}});
  graphs_do_not_depend_on_the_executor(random, nngs::euclidean{});
}

TEST_CASE("both builders give the same graph") {
  const MatrixXd rows = reference::lattice(3, 900, 3, 8, 0.1);
  CHECK(nngs::build_graph(rows, 12, nngs::exact{}) == nngs::build_graph(rows, 12, nngs::kd_tree{}));
  CHECK(nngs::build_graph(rows, 12) == nngs::build_graph(rows, 12, nngs::kd_tree{}));
  const MatrixXd many = reference::normal_matrix(4, 9000, 2);  // the tree sorts these in more than one block
  CHECK(nngs::build_graph(many, 2, nngs::exact{}) == nngs::build_graph(many, 2, nngs::kd_tree{}));
}

TEST_CASE("every executor gives the same score of two matrices") {
  const MatrixXd x = reference::normal_matrix(4, 700, 3), y = x + reference::normal_matrix(5, 700, 3);
  const double similarity = nngs::similarity(x, y, 9, nngs::exact{}, nngs::kd_tree{}, nngs::serial{});
  const double overlap = nngs::overlap(x, y, 9, nngs::exact{}, nngs::kd_tree{}, nngs::serial{});
  with_each_executor([&](const auto& execute) {
    CHECK(nngs::similarity(x, y, 9, nngs::euclidean{}, execute) == similarity);
    CHECK(nngs::similarity(x, y, 9, nngs::kd_tree{}, nngs::exact{}, execute) == similarity);
    CHECK(nngs::overlap(x, y, 9, nngs::euclidean{}, execute) == overlap);
  });
}

TEST_CASE("every executor gives the same score and curve of two graphs of many blocks") {
  const MatrixXd x = reference::normal_matrix(6, 1300, 2), y = x + reference::normal_matrix(7, 1300, 2);
  const auto graph_x = nngs::build_graph(x, 1299), graph_y = nngs::build_graph(y, 1299);
  const nngs::score score = nngs::compare(graph_x, graph_y, 1000, nngs::serial{});
  const std::vector<nngs::score> curve = nngs::similarity_curve(graph_x, graph_y, nngs::serial{});
  CHECK(score.jaccard == nngs::tally(graph_x, graph_y, {0, 1300}, 1000).mean_jaccard());
  CHECK(curve[999] == score);
  CHECK(curve.back().jaccard == 1);
  with_each_executor([&](const auto& execute) {
    CHECK(nngs::compare(graph_x, graph_y, 1000, execute) == score);
    CHECK(nngs::similarity(graph_x, graph_y, 1000, execute) == score.jaccard);
    CHECK(nngs::overlap(graph_x, graph_y, 1000, execute) == score.overlap);
    CHECK((nngs::similarity_curve(graph_x, graph_y, execute) == curve));
  });
}

TEST_CASE("every executor gives the same items, tallies, diagnostics and z of two graphs of many blocks") {
  const MatrixXd x = reference::normal_matrix(6, 1300, 2), y = x + reference::normal_matrix(7, 1300, 2);
  const auto graph_x = nngs::build_graph(x, 900), graph_y = nngs::build_graph(y, 900);
  const auto all = [&](const auto& execute) {
    std::vector<double> z;
    for (const nngs::tested_score& one : nngs::judge_curve(graph_x, graph_y, execute))
      z.insert(z.end(), {one.overlap_z, one.overlap_sd, one.adjusted, one.r_nx});
    const nngs::tested_score one = nngs::judge(graph_x, graph_y, 700, execute);
    z.push_back(one.overlap_z);
    return std::tuple(nngs::item_similarity(graph_x, graph_y, 800, execute),
                      nngs::test_items(graph_x, graph_y, 800, execute),
                      nngs::shared_neighbors(graph_x, graph_y, {1, 1299}, 800, execute),
                      nngs::tally(graph_x, graph_y, {1, 1299}, 800, execute),
                      nngs::tally_curve(graph_x, graph_y, {1, 1299}, execute),
                      nngs::diagnostics(graph_x, 800, execute), nngs::diagnostics_curve(graph_x, execute), z);
  };
  const auto expected = all(nngs::serial{});
  with_each_executor([&](const auto& execute) { CHECK((all(execute) == expected)); });
}

TEST_CASE("every executor gives the same streamed curve") {
  const MatrixXd x = reference::lattice(8, 300, 2, 12, 0.1), y = reference::normal_matrix(9, 300, 4);
  const auto curve = nngs::similarity_curve(x, y, nngs::euclidean{}, nngs::serial{});
  with_each_executor([&](const auto& execute) {
    CHECK((nngs::similarity_curve(x, y, nngs::euclidean{}, execute) == curve));
  });
}

/// Blocks in an order of its own, another with each seed, on the caller's thread.
struct in_random_order {
  std::uint64_t seed;
  template <class Body>
  void operator()(Index blocks, const Body& body) const {
    for (const Index block : reference::shuffled(seed, blocks)) body(block);
  }
};

TEST_CASE("1 to 16 threads, any order of blocks and repeated runs give the same bits") {
  const MatrixXd x = reference::lattice(10, 620, 3, 12, 0.1), y = x + reference::normal_matrix(11, 620, 3);
  const auto all = [&](const auto& execute) {
    const auto graph_x = nngs::build_graph(x, 40, nngs::exact{}, execute);
    const auto graph_y = nngs::build_graph(y, 40, nngs::kd_tree{}, execute);
    return std::tuple(graph_x, graph_y, nngs::similarity_curve(graph_x, graph_y, execute),
                      nngs::build_graph(x, 5, nngs::chebyshev{}, execute),
                      nngs::compare(x, y, 300, nngs::cosine{}, nngs::euclidean{}, execute),
                      nngs::sample_similarity(x, y, 9, nngs::euclidean{}, {.rows = 200}, execute),
                      nngs::permutation_test(graph_x, graph_y, {.count = 300, .k = {3, 40}}, execute));
  };
  const auto expected = all(nngs::serial{});
  for (unsigned count = 1; count <= 16; ++count) CHECK((all(nngs::threads{count}) == expected));
  for (std::uint64_t seed = 0; seed < 3; ++seed) CHECK((all(in_random_order{seed}) == expected));
  CHECK((all(nngs::threads{}) == expected));
  CHECK((all(nngs::threads{}) == expected));
}

TEST_CASE("shards of any size add up to the same bits") {
  const MatrixXd x = reference::lattice(12, 150, 3, 5, 0.1), y = x + reference::normal_matrix(13, 150, 3);
  const auto whole = nngs::similarity_curve(x, y);
  for (const Index size : {Index{1}, Index{7}, Index{64}, Index{149}}) {
    std::vector<nngs::overlap_tally> sum;
    for (Index first = 0; first < 150; first += size) {
      const auto rows = nngs::detail::search::row_range(first, std::min<Index>(150, first + size));
      const auto part = nngs::tally_curve(x, y, rows, 149);
      if (sum.empty())
        sum = part;
      else
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
    }
    for (std::size_t i = 0; i < whole.size(); ++i) CHECK(sum[i].mean_jaccard() == whole[i].jaccard);
  }
}

TEST_CASE("every instruction set gives the same graph") {
  const MatrixXd x = reference::lattice(14, 700, 20, 3, 0.1);
  for (const Index k : {Index{1}, Index{10}, Index{600}}) {
    const auto expected = nngs::build_graph(x, k, exact_with{nngs::euclidean{}, instruction_set::portable});
    for (const instruction_set one : available_instruction_sets()) {
      CHECK(nngs::build_graph(x, k, exact_with{nngs::euclidean{}, one}) == expected);
      CHECK(nngs::build_graph(x, k, exact_with{nngs::cosine{}, one}) ==
            nngs::build_graph(x, k, nngs::cosine{}));
    }
  }
}

/// A number for all neighbours and tie flags of a graph (FNV-1a).
static std::uint64_t hash(const nngs::neighbor_graph& graph) {
  std::uint64_t sum = 0xCBF29CE484222325;
  const auto add = [&](std::uint64_t number) { sum = (sum ^ number) * 0x100000001B3; };
  for (Index item = 0; item < graph.size(); ++item)
    for (Index rank = 0; rank < graph.depth(); ++rank) {
      add(graph.neighbors(item)[static_cast<std::size_t>(rank)]);
      add(graph.tied(item, rank + 1));
    }
  return sum;
}

// Compilers, build types and processors cannot be compared within one program: each has to give these bits.
TEST_CASE("fixed data give the bits in this table, whatever built it") {
  const MatrixXd normal = reference::normal_matrix(20, 600, 30),
                 shifted = normal + reference::normal_matrix(21, 600, 30);
  const MatrixXd ties = reference::lattice(22, 600, 3, 6, 0.1, 0.05);
  const auto check = [&](const char* name, const MatrixXd& x, const MatrixXd& y, Index k, const auto& metric,
                         std::uint64_t graph, double jaccard, double overlap) {
    INFO(name << ": 0x" << std::hex << hash(nngs::build_graph(x, k, metric)) << std::hexfloat << ", "
              << nngs::compare(x, y, k, metric).jaccard << ", " << nngs::compare(x, y, k, metric).overlap);
    CHECK(hash(nngs::build_graph(x, k, metric)) == graph);
    CHECK(nngs::compare(x, y, k, metric).jaccard == jaccard);
    CHECK(nngs::compare(x, y, k, metric).overlap == overlap);
  };
  const auto by_index = nngs::exact{nngs::euclidean{}, nngs::tie_order::by_index()};
  // clang-format off
  check("euclidean",     normal, shifted, 10,  nngs::euclidean{},     0x2a4218099d65987d, 0x1.2ee24c3f80639p-4, 0x1.0da740da740dap-3);
  check("euclidean",     normal, shifted, 300, nngs::euclidean{},     0x3a35a599750c07e2, 0x1.018c517481518p-1, 0x1.567ac9fa7298dp-1);
  check("ties",          ties,   normal,  10,  nngs::euclidean{},     0x8a72dc28e8b166b5, 0x1.0a5c19a143d8fp-7, 0x1.f671529a485cdp-7);
  check("ties by index", ties,   normal,  10,  by_index,              0x54c8ce0da28a1d69, 0x1.016acfb6dce37p-7, 0x1.e60f04c756b2ep-7);
  check("manhattan",     ties,   normal,  10,  nngs::manhattan{},     0xd5027aafd3c950b6, 0x1.01190d1310119p-7, 0x1.e60f04c756b2ep-7);
  check("chebyshev",     normal, ties,    10,  nngs::chebyshev{},     0x466b9e23ed2b0ad8, 0x1.1fc20a7fdec8fp-7, 0x1.0e5604189374cp-6);
  check("cosine",        ties,   shifted, 10,  nngs::cosine{},        0x8f6f414e55bc4c6f, 0x1.01190d1310119p-7, 0x1.e60f04c756b2ep-7);
  check("correlation",   normal, shifted, 10,  nngs::correlation{},   0x1bc778cb1ceef18e, 0x1.382d65fce4a3fp-4, 0x1.15810624dd2f2p-3);
  check("inner product", ties,   shifted, 10,  nngs::inner_product{}, 0x74a5fd088096aca4, 0x1.243aaf751243ap-7, 0x1.13cc1e098ead6p-6);
  // clang-format on

  const auto test =
      nngs::permutation_test(nngs::build_graph(normal, 10), nngs::build_graph(ties, 10), {.count = 999});
  std::vector<double> p;
  for (const auto& one : test.jaccard.scores) p.push_back(one.p);
  CHECK(p == std::vector<double>{.033, .019, .154, .21, .551, .802, .806, .803, .833, .772});
  CHECK(nngs::sample_rows(1000, 5, 7) == std::vector<Index>{52, 232, 298, 441, 598});
}
