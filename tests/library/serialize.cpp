// SPDX-License-Identifier: MIT
// Graphs, tallies and lists of pieces as bytes: back to the bit, and whatever else the bytes are is an error,
// never a crash.
#include <cstddef>
#include <cstdint>
#include <nngs/nngs.hpp>
#include <span>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "random_graph.hpp"
#include "reference.hpp"

namespace serialized {

using Eigen::Index;
using nngs::neighbor_graph;
using bytes = std::vector<std::byte>;

bytes from_hex(const std::string& digits) {
  bytes read;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    read.push_back(static_cast<std::byte>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  return read;
}

std::string to_hex(const bytes& given) {
  std::string digits;
  for (const std::byte one : given) {
    digits += "0123456789abcdef"[std::to_integer<int>(one) >> 4];
    digits += "0123456789abcdef"[std::to_integer<int>(one) & 15];
  }
  return digits;
}

/// The same with the checksum that belongs to it: what lies behind the checksum has to be checked too.
bytes sealed(bytes some) {
  some.resize(some.size() - 8);
  const std::uint64_t sum = nngs::detail::base::checksum(some);
  for (int i = 0; i < 8; ++i) some.push_back(static_cast<std::byte>(sum >> (8 * i) & 0xFF));
  return some;
}

bytes with(bytes some, std::size_t at, std::uint64_t number, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) some[at + i] = static_cast<std::byte>(number >> (8 * i) & 0xFF);
  return sealed(some);
}

std::vector<nngs::overlap_tally> some_tallies() {
  return nngs::tally_curve(nngs::build_graph(reference::lattice(1, 60, 2, 5), 12),
                           nngs::build_graph(reference::lattice(2, 60, 2, 5), 12), {0, 60});
}

/// What a graph that was read has to be, whatever it was read from: lists of others, each once.
bool is_sound(const neighbor_graph& graph) {
  for (Index item = 0; item < graph.size(); ++item) {
    std::vector<bool> seen(static_cast<std::size_t>(graph.size()), false);
    for (const auto neighbor : graph.neighbors(item)) {
      if (neighbor >= graph.size() || neighbor == item || seen[neighbor]) return false;
      seen[neighbor] = true;
    }
  }
  return true;
}

/// Whether what is read is an error that says something, or right.
template <class Read>
bool is_error(const Read& read) {
  try {
    read();
    return false;
  } catch (const nngs::input_error& error) {
    CHECK(std::string(error.what()).size() > 30);
    return true;
  }
}

const auto tied_graph = nngs::build_graph(reference::lattice(3, 23, 2, 3), 5);

TEST_CASE("a graph comes back from its bytes to the bit, ties and all") {
  for (const Index n : {2, 3, 9, 40}) {
    for (const Index depth : {Index{1}, n / 2, n - 1}) {
      const auto tied = nngs::build_graph(reference::lattice(static_cast<std::uint64_t>(n), n, 2, 3), depth);
      const auto plain = reference::random_graph(static_cast<std::uint64_t>(n), n, depth);
      CHECK(nngs::graph_from_bytes(nngs::to_bytes(tied)) == tied);
      CHECK(nngs::graph_from_bytes(nngs::to_bytes(plain)) == plain);
    }
  }
  CHECK(tied_graph.tied_items(3) > 0);
  CHECK(nngs::to_bytes(tied_graph).size() == 24 + 4 * 23 * 5 + (23 * 5 + 7) / 8 + 8);
}

TEST_CASE("tallies come back from their bytes to the bit, and add up as before") {
  const auto tallies = some_tallies();
  CHECK((nngs::tallies_from_bytes(nngs::to_bytes(tallies)) == tallies));
  CHECK(nngs::tallies_from_bytes(nngs::to_bytes(std::vector<nngs::overlap_tally>{})).empty());
  const auto empty = nngs::empty_tallies(3);
  CHECK((nngs::tallies_from_bytes(nngs::to_bytes(empty)) == empty));

  const auto x = reference::random_graph(4, 90, 7), y = reference::random_graph(5, 90, 7);
  auto sum = nngs::tallies_from_bytes(nngs::to_bytes(nngs::tally_curve(x, y, {0, 31})));
  const auto rest = nngs::tallies_from_bytes(nngs::to_bytes(nngs::tally_curve(x, y, {31, 90})));
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += rest[i];
  CHECK((sum == nngs::tally_curve(x, y, {0, 90})));
}

/// Lists of some rows of a lattice, of which two ranges were searched.
nngs::nearest_lists some_lists() {
  const auto rows = reference::lattice(3, 23, 2, 3);
  nngs::nearest_lists lists({2, 9, 17}, 23, 4, nngs::tie_order::seeded(5));
  const reference::matrix queries = rows(lists.rows(), Eigen::all);
  nngs::search_piece(lists, queries, rows.middleRows(1, 6), 1);
  nngs::search_piece(lists, queries, rows.middleRows(15, 3), 15);
  return lists;
}

TEST_CASE("lists of pieces come back from their bytes to the bit, and more is searched then") {
  const auto rows = reference::lattice(3, 23, 2, 3);
  const reference::matrix queries = rows(std::vector<Index>{2, 9, 17}, Eigen::all);
  nngs::nearest_lists lists({2, 9, 17}, 23, 4, nngs::tie_order::by_index());
  CHECK(nngs::lists_from_bytes(nngs::to_bytes(lists)) == lists);
  for (const nngs::item_range piece : {nngs::item_range{5, 5}, {2, 3}, {9, 17}, {0, 2}, {17, 23}, {3, 9}}) {
    nngs::search_piece(lists, queries, rows.middleRows(piece.first, piece.last - piece.first), piece.first);
    const bytes written = nngs::to_bytes(lists);
    const nngs::nearest_lists read = nngs::lists_from_bytes(written);
    CHECK(read == lists);
    CHECK(nngs::to_bytes(read) == written);
    lists = read;
  }
  CHECK(nngs::to_bytes(lists).size() == 104 + 16 + 3 * 4 + 3 * 5 * 12);
  CHECK(nngs::tally_curve(lists, lists).back().mean_jaccard() >= 1);
  const nngs::nearest_lists none({}, 23, 22, nngs::tie_order::seeded(1));
  CHECK(nngs::lists_from_bytes(nngs::to_bytes(none)) == none);

  // Keys that vanish, which the lists remember.
  const reference::matrix small = 1e-200 * rows;
  nngs::nearest_lists tiny({0}, 23, 2, nngs::tie_order::seeded(1));
  nngs::search_piece(tiny, small.topRows(1), small, 0);
  const auto vanish = [](const nngs::nearest_lists& some) {
    return reference::complaint([&] { some.check_complete(); });
  };
  CHECK(vanish(tiny).find("vanish") != std::string::npos);
  CHECK(vanish(nngs::lists_from_bytes(nngs::to_bytes(tiny))) == vanish(tiny));
}

// Written by another program from the table at the head of serialize.hpp.
TEST_CASE("the bytes are those of the format, on every machine") {
  Eigen::MatrixXi lists(4, 2);
  lists << 1, 2, 0, 2, 1, 3, 2, 1;
  Eigen::MatrixXd distances(4, 3);
  distances << 1, 2, 3, 1, 1, 1, 1, 2, 3, 1, 2, 2;
  const neighbor_graph graph(lists, distances);
  const std::string graph_hex =
      "6e6e6773010001000400000000000000020000000000000001000000020000000000000002000000"
      "010000000300000002000000010000008c94c868d5b09f08cf";
  CHECK(to_hex(nngs::to_bytes(graph)) == graph_hex);
  CHECK(nngs::graph_from_bytes(from_hex(graph_hex)) == graph);

  nngs::overlap_tally tally(3);
  tally.add(3, true, false);
  tally.add(1, true, true);
  const std::string tally_hex =
      "6e6e6773020001000100000000000000000000000000000003000000000000000200000000000000"
      "02000000000000000100000000000000040000000000000000000000000000000a00000000000000"
      "33333333010000000034333300000000a3703d0a01000000003e0ad7000000002e573674e71cb07f";
  CHECK(to_hex(nngs::to_bytes(std::vector{tally})) == tally_hex);
  CHECK((nngs::tallies_from_bytes(from_hex(tally_hex)) == std::vector{tally}));

  const Eigen::Vector4d points(0, 1, 5, 3);
  nngs::nearest_lists found({1, 3}, 4, 2, nngs::tie_order::seeded(7));
  nngs::search_piece(found, Eigen::Vector2d(1, 3), points.head(2), 0);
  nngs::search_piece(found, Eigen::Vector2d(1, 3), points.tail(1), 3);
  const std::string list_hex =
      "6e6e6773030001000200000000000000020000000000000004000000000000000200000000000000"
      "0700000000000000010000000000000011168278a3b1f1a924ae77cefbeeba950000000000000840"
      "00000000000042400200000000000000000000000000000002000000000000000300000000000000"
      "04000000000000000100000003000000000000000000f03f00000000000010400000000003000000"
      "000000000000104000000000000022400100000000000000bac20411cd1fa6b6";
  CHECK(to_hex(nngs::to_bytes(found)) == list_hex);
  CHECK(nngs::lists_from_bytes(from_hex(list_hex)) == found);
}

TEST_CASE("bytes that were cut, lengthened or damaged anywhere are an error") {
  const bytes graph = nngs::to_bytes(tied_graph), tallies = nngs::to_bytes(some_tallies()),
              lists = nngs::to_bytes(some_lists());
  const auto read_graph = [](const bytes& some) { return is_error([&] { nngs::graph_from_bytes(some); }); };
  const auto read_tallies = [](const bytes& some) {
    return is_error([&] { nngs::tallies_from_bytes(some); });
  };
  const auto read_lists = [](const bytes& some) { return is_error([&] { nngs::lists_from_bytes(some); }); };
  CHECK(read_tallies(graph));
  CHECK(read_graph(lists));
  CHECK(read_lists(tallies));
  for (std::size_t size = 0; size < lists.size(); ++size)
    REQUIRE(read_lists(bytes(lists.begin(), lists.begin() + static_cast<std::ptrdiff_t>(size))));
  for (std::size_t size = 0; size < graph.size(); ++size)
    REQUIRE(read_graph(bytes(graph.begin(), graph.begin() + static_cast<std::ptrdiff_t>(size))));
  for (std::size_t size = 0; size < tallies.size(); ++size)
    REQUIRE(read_tallies(bytes(tallies.begin(), tallies.begin() + static_cast<std::ptrdiff_t>(size))));
  for (const int mask : {0x01, 0x80, 0xFF}) {
    for (std::size_t at = 0; at < graph.size(); ++at) {
      bytes damaged = graph;
      damaged[at] ^= static_cast<std::byte>(mask);
      REQUIRE(read_graph(damaged));
    }
    for (std::size_t at = 0; at < tallies.size(); ++at) {
      bytes damaged = tallies;
      damaged[at] ^= static_cast<std::byte>(mask);
      REQUIRE(read_tallies(damaged));
    }
    for (std::size_t at = 0; at < lists.size(); ++at) {
      bytes damaged = lists;
      damaged[at] ^= static_cast<std::byte>(mask);
      REQUIRE(read_lists(damaged));
    }
  }
  bytes longer = graph;
  longer.push_back(std::byte{0});
  CHECK(read_graph(longer));
  longer = tallies;
  longer.push_back(std::byte{0});
  CHECK(read_tallies(longer));
  longer = lists;
  longer.push_back(std::byte{0});
  CHECK(read_lists(longer));
}

TEST_CASE("damage below a right checksum is an error or another sound graph") {
  const bytes graph = nngs::to_bytes(tied_graph), tallies = nngs::to_bytes(some_tallies()),
              lists = nngs::to_bytes(some_lists());
  int errors = 0, others = 0;
  for (const int mask : {0x01, 0x10, 0x80, 0xFF}) {
    for (std::size_t at = 0; at + 8 < graph.size(); ++at) {
      bytes damaged = graph;
      damaged[at] ^= static_cast<std::byte>(mask);
      damaged = sealed(damaged);
      errors += is_error([&] {
        const neighbor_graph read = nngs::graph_from_bytes(damaged);
        ++others;
        CHECK(is_sound(read));
        CHECK(!(read == tied_graph));
        CHECK(nngs::to_bytes(read) == damaged);
      });
    }
    for (std::size_t at = 0; at + 8 < tallies.size(); ++at) {
      bytes damaged = tallies;
      damaged[at] ^= static_cast<std::byte>(mask);
      damaged = sealed(damaged);
      errors += is_error([&] {
        const auto read = nngs::tallies_from_bytes(damaged);
        CHECK(nngs::to_bytes(read) == damaged);
      });
    }
    for (std::size_t at = 0; at + 8 < lists.size(); ++at) {
      bytes damaged = lists;
      damaged[at] ^= static_cast<std::byte>(mask);
      damaged = sealed(damaged);
      errors += is_error([&] {
        const auto read = nngs::lists_from_bytes(damaged);
        CHECK(nngs::to_bytes(read) == damaged);
      });
    }
  }
  CHECK(errors > 1000);
  CHECK(others > 50);
}

TEST_CASE("what is wrong with bytes is told by its facts") {
  const bytes graph = nngs::to_bytes(tied_graph);
  const auto complaint = [](const bytes& some) {
    return reference::complaint([&] { nngs::graph_from_bytes(some); });
  };
  const auto tells = [](const std::string& text, std::initializer_list<const char*> facts) {
    CAPTURE(text);
    for (const char* const fact : facts) CHECK(text.find(fact) != std::string::npos);
  };
  tells(complaint({}), {"0 bytes", "\"nngs\""});
  tells(complaint(with(graph, 4, 2, 2)), {"kind 2, not 1"});
  tells(complaint(with(graph, 6, 7, 2)), {"version 7", "reads 1"});
  tells(complaint(with(graph, 8, 24, 8)), {"should be 527", "24 items", "depth 5"});
  // Sizes whose product wraps round to that of the bytes there are, or to nothing.
  const std::uint64_t most = 0xFFFFFFFF;
  tells(complaint(with(with(graph, 8, most, 8), 16, most - 1, 8)), {"4294967295 items", "too few"});
  tells(complaint(with(graph, 8, most + 1, 8)), {"4294967296 items", "2^32 - 1"});
  tells(complaint(with(graph, 8, 1, 8)), {"1 items"});
  tells(complaint(with(graph, 16, 0, 8)), {"depth 0"});
  tells(complaint(with(graph, 16, 23, 8)), {"depth 23"});
  tells(complaint(with(graph, 16, std::uint64_t{1} << 63, 8)), {"depth 9223372036854775808"});
  tells(complaint(with(graph, 24, 23, 4)), {"item 0", "names item 23"});
  tells(complaint(with(graph, 24, 0, 4)), {"names the item itself"});
  tells(complaint(with(graph, 24, tied_graph.neighbors(0)[1], 4)), {"twice"});
  tells(complaint(with(graph, graph.size() - 9, 0xFF, 1)), {"beyond the last list"});
  bytes flipped = graph;
  flipped[30] ^= std::byte{4};
  tells(complaint(flipped), {"checksum", "write them anew"});

  const bytes tallies = nngs::to_bytes(some_tallies());
  const auto of_tallies = [](const bytes& some) {
    return reference::complaint([&] { nngs::tallies_from_bytes(some); });
  };
  tells(of_tallies(with(tallies, 8, std::uint64_t{1} << 61, 8)), {"2305843009213693952 tallies", "too few"});
  tells(of_tallies(with(tallies, 8, 11, 8)), {"should be 1000", "11 tallies"});
  tells(of_tallies(with(tallies, 16, 1, 8)), {"depth"});
  const std::size_t last = 24 + 88 * 11;
  tells(of_tallies(with(tallies, 24, 0, 8)), {"tally 0", "k = 0"});
  tells(of_tallies(with(tallies, last + 8, 1, 8)), {"tally 11", "1 items"});
  tells(of_tallies(with(tallies, last + 32, 60 * 12 + 1, 8)), {"tally 11", "sums"});  // more than it has
  tells(of_tallies(with(tallies, last + 48, 0, 8)), {"tally 11", "sums"});            // no squares
  tells(of_tallies(with(tallies, last + 56, 61ULL << 32, 8)), {"tally 11", "sums"});  // a mean beyond 1
}

TEST_CASE("lists that no search can have given are told by their facts") {
  const bytes lists = nngs::to_bytes(some_lists());
  const auto tells = [](const bytes& some, std::initializer_list<const char*> facts) {
    const std::string text = reference::complaint([&] { nngs::lists_from_bytes(some); });
    CAPTURE(text);
    for (const char* const fact : facts) CHECK(text.find(fact) != std::string::npos);
  };
  const std::uint64_t infinity = 0x7FF0000000000000, minus_zero = std::uint64_t{1} << 63;
  tells(with(lists, 4, 1, 2), {"kind 1, not 3", "kind 3 lists of pieces"});
  tells(with(lists, 8, 2, 8), {"should be", "for 2 lists of depth 4 of 23 items"});
  for (const std::uint64_t many : {std::uint64_t{1} << 32, std::uint64_t{1} << 62, ~std::uint64_t{0}}) {
    tells(with(lists, 8, many, 8), {"too few", " lists of depth 4 of 23 items"});
    tells(with(lists, 88, many, 8), {"too few", "3 lists of depth 4 of 23 items"});
    tells(with(lists, 16, many, 8), {"depth", "1 .. n - 1"});
    tells(with(lists, 24, many, 8), {"2 .. 2^32 - 1 items"});
  }
  tells(with(with(lists, 24, 0xFFFFFFFF, 8), 16, 0xFFFFFFFE, 8), {"depth 4294967294 of 4294967295 items"});
  tells(with(lists, 16, 0, 8), {"depth 0"});
  tells(with(lists, 16, 23, 8), {"depth 23"});
  tells(with(lists, 24, 1, 8), {"1 items"});
  for (const std::uint64_t order : {0U, 1U, 3U})
    tells(with(lists, 32, order, 8), {"no search can have given"});
  for (const std::uint64_t asked : {0U, 2U}) tells(with(lists, 48, asked, 8), {"no search can have given"});
  for (const std::size_t at : {72U, 80U})
    for (const std::uint64_t number : {infinity, infinity + 1, minus_zero})
      tells(with(lists, at, number, 8), {"no search can have given"});
  // Ranges [1, 7) and [15, 18)
  tells(with(lists, 96, 7, 8), {"rows [7, 7)"});
  tells(with(lists, 112, 7, 8), {"rows [7, 18)", "after 7", "gaps"});
  tells(with(lists, 112, 3, 8), {"rows [3, 18)"});
  tells(with(lists, 120, 24, 8), {"rows [15, 24)", "of 23"});
  // Rows 2, 9, 17
  tells(with(lists, 128, 9, 4), {"row 9 comes after row 9"});
  tells(with(lists, 136, 23, 4), {"row 23 is not one of the base: 0 .. 22"});
  // Lists of five, keys before neighbours
  const std::size_t keys = 140, neighbors = keys + 40;
  tells(with(lists, keys, infinity + 1, 8), {"list of item 2", "not in order at rank 0"});
  tells(with(lists, keys + 8, infinity + 1, 8), {"list of item 2", "not in order at rank 1"});
  tells(with(lists, keys, infinity, 8), {"not in order at rank 1"});
  tells(with(lists, neighbors, 23, 4), {"names item 23"});
  tells(with(lists, neighbors, 2, 4), {"names the item itself"});
  tells(with(lists, neighbors, 8, 4), {"names item 8, which was not searched"});
  const auto first = some_lists().neighbors(0)[0];
  CHECK(first != some_lists().neighbors(0)[3]);
  bytes twice = with(with(lists, keys + 32, infinity, 8), neighbors + 16, first, 4);
  tells(twice, {"names item", "twice"});
}

TEST_CASE("the first k of a graph are the graph at k, which a deeper one in a file serves") {
  const auto rows = reference::lattice(3, 23, 2, 3);
  for (const Index k : {1, 2, 4, 5}) CHECK(tied_graph.first(k) == nngs::build_graph(rows, k));
  CHECK(reference::complaint([] { static_cast<void>(tied_graph.first(6)); }).find("k = 6") !=
        std::string::npos);
  CHECK(reference::complaint([] { static_cast<void>(tied_graph.first(0)); }).find("k = 0") !=
        std::string::npos);
}

}  // namespace serialized
