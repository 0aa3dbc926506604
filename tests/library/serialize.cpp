// SPDX-License-Identifier: MIT
// Graphs and tallies as bytes: back to the bit, and whatever else the bytes are is an error, never a crash.
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
}

TEST_CASE("bytes that were cut, lengthened or damaged anywhere are an error") {
  const bytes graph = nngs::to_bytes(tied_graph), tallies = nngs::to_bytes(some_tallies());
  const auto read_graph = [](const bytes& some) { return is_error([&] { nngs::graph_from_bytes(some); }); };
  const auto read_tallies = [](const bytes& some) {
    return is_error([&] { nngs::tallies_from_bytes(some); });
  };
  CHECK(read_tallies(graph));
  CHECK(read_graph(tallies));
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
  }
  bytes longer = graph;
  longer.push_back(std::byte{0});
  CHECK(read_graph(longer));
  longer = tallies;
  longer.push_back(std::byte{0});
  CHECK(read_tallies(longer));
}

TEST_CASE("damage below a right checksum is an error or another sound graph") {
  const bytes graph = nngs::to_bytes(tied_graph), tallies = nngs::to_bytes(some_tallies());
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
  }
  CHECK(errors > 500);
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

TEST_CASE("the first k of a graph are the graph at k, which a deeper one in a file serves") {
  const auto rows = reference::lattice(3, 23, 2, 3);
  for (const Index k : {1, 2, 4, 5}) CHECK(tied_graph.first(k) == nngs::build_graph(rows, k));
  CHECK(reference::complaint([] { static_cast<void>(tied_graph.first(6)); }).find("k = 6") !=
        std::string::npos);
  CHECK(reference::complaint([] { static_cast<void>(tied_graph.first(0)); }).find("k = 0") !=
        std::string::npos);
}

}  // namespace serialized
