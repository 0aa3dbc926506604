// SPDX-License-Identifier: MIT
// Numbers of items, edges and pairs beyond 31, 32 and 53 bits, without the memory that they would take:
// shapes of expressions that are never evaluated, and functions of sizes alone.
#include <cmath>
#include <cstdint>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;
using reference::complaint;

static constexpr Index most_items = 0xFFFFFFFF;
static_assert(sizeof(Index) == 8);

/// What every function says that takes one or two matrices of `n` rows at `k`.
static std::vector<std::string> complaints(Index n, Index k) {
  const auto x = MatrixXd::Constant(n, 3, 0.5);
  const auto lists = Eigen::MatrixXi::Zero(n, k);
  const std::vector<Index> rows{0};
  return {complaint([&] { nngs::build_graph(x, k); }),
          complaint([&] { nngs::build_graph(x.cast<float>(), k); }),
          complaint([&] { nngs::build_graph(x, k, nngs::exact{nngs::manhattan{}}); }),
          complaint([&] { nngs::build_graph(x, k, nngs::kd_tree{}); }),
          complaint([&] { nngs::compare(x, x, k); }),
          complaint([&] { nngs::similarity(x, x, k, nngs::cosine{}); }),
          complaint([&] { nngs::overlap(x, x, k, nngs::exact{}, nngs::kd_tree{}); }),
          complaint([&] { nngs::tally_curve(x, x, rows, k); }),
          complaint([&] { nngs::sample_similarity(x, x, k, {.rows = 2}); }),
          complaint([&] { nngs::neighbor_graph{lists}; })};
}

TEST_CASE("index arithmetic: more items than a graph can index are refused before anything is evaluated") {
  for (const Index n : {most_items + 1, Index{1} << 33, Index{1} << 40}) {
    const std::string words = std::to_string(n) + " items are more than a graph can index (2^32 - 1)";
    for (const std::string& message : complaints(n, 5)) CHECK(message.find(words) != std::string::npos);
    const auto x = MatrixXd::Constant(n, 3, 0.5);
    for (const std::string& message :
         {complaint([&] { nngs::similarity_curve(x, x); }), complaint([&] { nngs::linear_cka(x, x); }),
          complaint([&] { nngs::cka(x, x, nngs::rbf{}); }), complaint([&] { nngs::chance(n, 5); }),
          complaint([&] { nngs::sample_rows(n, 5, 0); })})
      CHECK(message.find(words) != std::string::npos);
  }
}

TEST_CASE("index arithmetic: a k beyond n is refused before anything is evaluated") {
  for (const Index n : {(Index{1} << 31) - 1, Index{1} << 31, most_items})
    for (const Index k : {Index{0}, n, n + 1, Index{1} << 40}) {
      const std::string words =
          "k = " + std::to_string(k) + " is not in [1, n - 1] = [1, " + std::to_string(n - 1);
      for (const std::string& message : complaints(n, k)) CHECK(message.find(words) != std::string::npos);
    }
}

TEST_CASE("index arithmetic: more columns than a tree can count are refused before one is read") {
  const double one = 1;
  const Index columns = Index{1} << 31;
  const nngs::points<double> points(Eigen::Map<const nngs::row_major<double>>(&one, 2, columns));
  CHECK(complaint([&] { nngs::kd_tree{}(points, 1, nngs::serial{}); }) ==
        "2147483648 columns are more than a k-d tree takes (2147483647): use exact");
}

TEST_CASE("index arithmetic: blocks end where the items do") {
  for (const Index items : {(Index{1} << 31) - 1, Index{1} << 31, most_items, (Index{1} << 40) + 7})
    for (const Index per_block : {Index{1}, Index{24}, Index{256}, Index{1} << 20}) {
      Index begin = 0, end = 0;
      const auto last_alone = [](Index blocks, const auto& body) { body(blocks - 1); };
      nngs::detail::base::for_each_block(last_alone, items, per_block, [&](Index first, Index last) {
        begin = first;
        end = last;
      });
      CHECK(end == items);
      CHECK(begin < end);
      CHECK(end - begin <= per_block);
      CHECK(begin % per_block == 0);
    }
  for (const Index n : {Index{1} << 31, most_items})
    for (const Index dimensions : {Index{1}, Index{1} << 20}) {
      const Index rows = nngs::detail::search::block_rows(n, dimensions);
      CHECK(rows >= 1);
      CHECK(rows <= 240);
    }
  CHECK(nngs::detail::base::pair_schedule(nngs::detail::base::most_paired_blocks).pairs_left() ==
        512 * 513 / 2);
}

TEST_CASE("index arithmetic: strips of CKA cover the items") {
  for (const Index n : {Index{1} << 31, most_items}) {
    const Index edge = nngs::detail::cka::strip_edge(n), strips = nngs::detail::base::divided_up(n, edge);
    CHECK(strips <= 32);
    CHECK(strips * edge >= n);
    CHECK((strips - 1) * edge < n);
    Index blocks = 0, last_row = 0;
    // The last strip's blocks with the first one's: rows near n.
    nngs::detail::cka::for_each_block_of(n, nngs::detail::cka::block_edge,
                                         (n - 1) / nngs::detail::cka::block_edge, 0,
                                         [&](const nngs::detail::cka::block& part) {
                                           ++blocks;
                                           last_row = part.row + part.rows;
                                         });
    CHECK(blocks == 1);
    CHECK(last_row == n);
  }
}

TEST_CASE("index arithmetic: what is chosen by size does not overflow") {
  for (const Index n : {Index{1} << 31, most_items}) {
    CHECK(nngs::detail::search::join_is_faster(n, 100, 11));
    CHECK(!nngs::detail::search::join_is_faster(n, 1, n - 1));
    CHECK(nngs::detail::search::tree_is_faster(n, 3, 10));
    CHECK(!nngs::detail::search::tree_is_faster(n, 3, n - 1));
    CHECK(nngs::detail::search::sets_are_faster(n, 100, 100, n / 2));
    CHECK(nngs::detail::items_per_block(n - 1) == 1);
  }
}

/// P(o shared neighbours), by the definition.
static long double hypergeometric(Index n, Index k, Index o) {
  const auto chosen = [](long double from, Index of) {
    long double ways = 1;
    for (Index i = 0; i < of; ++i)
      ways *= (from - static_cast<long double>(i)) / static_cast<long double>(i + 1);
    return ways;
  };
  return chosen(static_cast<long double>(k), o) * chosen(static_cast<long double>(n - 1 - k), k - o) /
         chosen(static_cast<long double>(n - 1), k);
}

TEST_CASE("index arithmetic: chance of billions of items") {
  for (const Index n : {Index{1} << 31, Index{3000000000}, most_items}) {
    const Index k = 3;
    long double jaccard = 0;
    for (Index o = 1; o <= k; ++o)
      jaccard += hypergeometric(n, k, o) * static_cast<long double>(o) / static_cast<long double>(2 * k - o);
    const nngs::baseline few = nngs::chance(n, k);
    CHECK_THAT(few.jaccard / static_cast<double>(jaccard), WithinAbs(1, 1e-12));
    CHECK_THAT(nngs::overlap_tail(n, k)[1] / static_cast<double>(1 - hypergeometric(n, k, 0)),
               WithinAbs(1, 1e-6));
    CHECK(nngs::overlap_tail(n, k)[0] == 1);

    const nngs::baseline half = nngs::chance(n, n / 2);  // o is n / 4, give or take a few 10,000
    CHECK_THAT(half.overlap, WithinAbs(0.5, 1e-9));
    CHECK_THAT(half.jaccard, WithinAbs(1.0 / 3, 1e-8));
    CHECK_THAT(nngs::paper_baseline(n, n / 2), WithinAbs(1.0 / 3, 1e-8));
    CHECK(nngs::chance(n, n - 1).jaccard == 1);
    CHECK(nngs::paper_baseline(n, n - 1) == 1);
    CHECK_THAT(nngs::r_nx(0.5, n, n / 2), WithinAbs(0, 1e-8));
  }
}

/// Var G of definitions, section 3, from the raw counts.
static long double variance_of_overlap(long double n, long double k, long double returned,
                                       long double squares) {
  const long double a1 = n * k, a2 = returned, a3 = n * k * (k - 1), a4 = squares - n * k,
                    a5 = n * k * k - returned;
  const long double a7 = a1 * a1 - a1 - a2 - a3 - a4 - 2 * a5;
  const long double expected = n * k * k / (n - 1);
  const long double pairs = n * (n - 1), triples = pairs * (n - 2), fours = triples * (n - 3);
  return (a1 * a1 + a2 * a2) / pairs + (a3 * a3 + a4 * a4 + 2 * a5 * a5) / triples + a7 * a7 / fours -
         expected * expected;
}

TEST_CASE("index arithmetic: the spread of graphs with more than 2^53 edges squared") {
  for (const Index n : {Index{10000000}, most_items})
    for (const Index k : {Index{10}, Index{100000}}) {
      const auto edges = static_cast<std::uint64_t>(n) * static_cast<std::uint64_t>(k);
      const double spread = static_cast<double>(edges) / 3;  // of the in-degrees
      const nngs::graph_diagnostics graph{k, edges / 2, spread, 0, 0, 0, 0};
      const auto items = static_cast<long double>(n), depth = static_cast<long double>(k);
      const auto expected =
          static_cast<double>(variance_of_overlap(items, depth, static_cast<long double>(edges / 2),
                                                  items * depth * depth + static_cast<long double>(spread)));
      INFO("n = " << n << ", k = " << k);
      CHECK_THAT(nngs::pairing_variance(graph, graph, n) / expected, WithinAbs(1, 1e-6));
    }
}

TEST_CASE("index arithmetic: tallies of neighbourhoods beyond 2^32") {
  const Index k = most_items - 1;
  nngs::overlap_tally tally(k);
  tally.add(k, false, false);
  tally.add(k, true, true);
  tally.add(k / 2, false, false);
  CHECK(tally.shared() == 2 * static_cast<std::uint64_t>(k) + static_cast<std::uint64_t>(k / 2));
  CHECK(tally.items() == 3);
  CHECK_THAT(tally.mean_overlap(), WithinAbs(2.5 / 3, 1e-9));
  CHECK_THAT(tally.mean_jaccard(), WithinAbs((2 + 1.0 / 3) / 3, 1e-9));
  CHECK_THAT(tally.overlap_variance(), WithinAbs(1.0 / 12, 1e-9));
}
