// SPDX-License-Identifier: MIT
#ifndef NNGS_SERIALIZE_HPP
#define NNGS_SERIALIZE_HPP

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "nngs/detail/base/bytes.hpp"
#include "nngs/detail/base/check.hpp"
#include "nngs/detail/base/exact_sum.hpp"
#include "nngs/detail/base/sentence.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/error.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/tally.hpp"
#include "nngs/version.hpp"

/// @file
/// Graphs and tallies as bytes, to keep them in files and to send them from machine to machine.
///
/// All numbers are whole and have their lowest byte first, so that the bytes are the same on every machine:
///
///     offset  bytes  what
///          0      4  "nngs"
///          4      2  kind: 1 a graph, 2 tallies
///          6      2  version of the format: 1
///          8      8  graph: items n; tallies: how many
///         16      8  graph: depth K; tallies: 0
///         24         graph: n K indices of 4 bytes, list after list; then whether each is tied with the
///         next,
///                    n K bits, the lowest of a byte first, filled up with zeros to a whole byte
///                    tallies: 11 numbers of 8 bytes each
///   the last      8  a checksum of all bytes before
///
/// Reading takes bytes from anywhere: sizes are compared with the bytes that are there before anything is
/// allocated, and whatever was written by nobody is refused. A version of the format that is not known is an
/// error that says so.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

enum class byte_kind : std::uint16_t { graph = 1, tallies = 2 };
constexpr std::uint16_t byte_version = 1;
constexpr std::uint32_t byte_magic = 0x73676E6E;  // "nngs"
constexpr std::size_t header_bytes = 24, checksum_bytes = 8, bytes_per_tally = 88;

inline std::size_t bytes_of_graph(std::uint64_t area) noexcept {
  return header_bytes + 4 * area + (area + 7) / 8 + checksum_bytes;
}

inline base::byte_writer begin_bytes(std::size_t size, byte_kind kind, std::uint64_t first,
                                     std::uint64_t second) {
  base::byte_writer bytes(size);
  bytes.put(byte_magic);
  bytes.put(static_cast<std::uint16_t>(kind));
  bytes.put(byte_version);
  bytes.put(first);
  bytes.put(second);
  return bytes;
}

[[noreturn]] inline void refuse_bytes(std::span<const std::byte> bytes, const std::string& what) {
  throw input_error(base::sentence({"these ", bytes.size(), " bytes ", what}));
}

/// The two numbers of the header, for bytes of that kind.
inline std::pair<std::uint64_t, std::uint64_t> checked_header(std::span<const std::byte> bytes,
                                                              byte_kind kind) {
  base::byte_reader reader(bytes);
  if (bytes.size() < 8 || reader.get<std::uint32_t>() != byte_magic)
    refuse_bytes(bytes, "do not begin with \"nngs\": they are no graph and no tallies of this library");
  const auto found = reader.get<std::uint16_t>(), version = reader.get<std::uint16_t>();
  if (version != byte_version)
    refuse_bytes(bytes, base::sentence({"have version ", version, " of the format, and this library reads ",
                                        byte_version, ": read them with the library that wrote them"}));
  if (found != static_cast<std::uint16_t>(kind))
    refuse_bytes(bytes, base::sentence({"are of kind ", found, ", not ", static_cast<std::uint16_t>(kind),
                                        ": kind 1 is a graph, kind 2 are tallies"}));
  if (bytes.size() < header_bytes + checksum_bytes)
    refuse_bytes(bytes, base::sentence({"end within the header of ", header_bytes,
                                        " bytes: they were cut short; write them anew"}));
  const auto first = reader.get<std::uint64_t>(), second = reader.get<std::uint64_t>();
  return {first, second};
}

inline void check_byte_count(std::span<const std::byte> bytes, std::size_t needed, const std::string& what) {
  if (bytes.size() != needed)
    refuse_bytes(bytes, base::sentence({"should be ", needed, " for ", what,
                                        ": they were cut short or damaged; write them anew"}));
}

inline void check_checksum(std::span<const std::byte> bytes) {
  const std::size_t end = bytes.size() - checksum_bytes;
  if (base::load<std::uint64_t>(bytes.data() + end) != base::checksum(bytes.first(end)))
    refuse_bytes(bytes, "do not have the checksum that they end with: they were damaged; write them anew");
}

/// A tally as the numbers that it is made of.
struct tally_words {
  static void put(base::byte_writer& bytes, const overlap_tally& tally) {
    for (const Eigen::Index count : {tally.k_, tally.items_, tally.tied_items_, tally.tied_in_both_})
      bytes.put(static_cast<std::uint64_t>(count));
    bytes.put(tally.shared_);
    for (const auto& [high, low] :
         {tally.shared_squares_.words(), tally.jaccard_.words(), tally.jaccard_squares_.words()}) {
      bytes.put(high);
      bytes.put(low);
    }
  }

  /// Throws for numbers that no items can have given.
  static overlap_tally get(base::byte_reader& reader, std::span<const std::byte> bytes, std::size_t place) {
    const auto k = reader.get<std::uint64_t>(), items = reader.get<std::uint64_t>();
    const auto tied = reader.get<std::uint64_t>(), in_both = reader.get<std::uint64_t>();
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    const std::string where =
        base::sentence({"hold a tally ", place, " (counted from 0) of k = ", k, " and ", items, " items"});
    if (k < 1 || k >= most || items > most) refuse_bytes(bytes, where + ": both go up to 2^32, k from 1");
    overlap_tally tally(static_cast<Eigen::Index>(k));
    tally.items_ = static_cast<Eigen::Index>(items);
    tally.tied_items_ = static_cast<Eigen::Index>(tied);
    tally.tied_in_both_ = static_cast<Eigen::Index>(in_both);
    tally.shared_ = reader.get<std::uint64_t>();
    const auto words = [&] {
      const auto high = reader.get<std::uint64_t>();
      return base::sum_words{high, reader.get<std::uint64_t>()};
    };
    tally.shared_squares_ = base::whole_sum(words());
    const base::sum_words jaccard = words(), jaccard_squares = words();
    tally.jaccard_ = base::unit_sum(jaccard);
    tally.jaccard_squares_ = base::unit_sum(jaccard_squares);

    const auto shared = static_cast<double>(tally.shared_), slack = 1 + 1e-12;
    const bool counts = tied <= items && in_both <= tied && tally.shared_ <= items * k;
    const bool squares = tally.shared_squares_.value() <= shared * static_cast<double>(k) * slack &&
                         tally.shared_squares_.value() * slack >= shared;
    bool sums = tally.jaccard_squares_.value() <= tally.jaccard_.value() * slack;
    for (const base::sum_words& word : {jaccard, jaccard_squares})
      sums = sums && word.high <= items << 32 && word.low <= items << 32;
    if (!counts || !squares || !sums)
      refuse_bytes(bytes, where + ", whose sums no items can give: they were damaged; write them anew");
    return tally;
  }
};

}  // namespace detail

/// A graph as bytes: the same bytes for the same graph on every machine. 4.125 n K + 32 bytes. O(n K).
inline std::vector<std::byte> to_bytes(const neighbor_graph& graph) {
  const auto area = static_cast<std::uint64_t>(graph.size()) * static_cast<std::uint64_t>(graph.depth());
  detail::base::byte_writer bytes = detail::begin_bytes(
      detail::bytes_of_graph(area), detail::byte_kind::graph, static_cast<std::uint64_t>(graph.size()),
      static_cast<std::uint64_t>(graph.depth()));
  for (Eigen::Index item = 0; item < graph.size(); ++item)
    for (const neighbor_graph::index_type neighbor : graph.neighbors(item)) bytes.put(neighbor);
  unsigned bits = 0, count = 0;
  for (Eigen::Index item = 0; item < graph.size(); ++item)
    for (Eigen::Index k = 1; k <= graph.depth(); ++k) {
      bits |= static_cast<unsigned>(graph.tied(item, k)) << count;
      if (++count < 8) continue;
      bytes.put(static_cast<std::uint8_t>(bits));
      bits = count = 0;
    }
  if (count > 0) bytes.put(static_cast<std::uint8_t>(bits));
  return std::move(bytes).sealed();
}

/// The graph that `to_bytes` wrote, to the bit, ties too. O(n K log K); memory 5 n K bytes, of which none is
/// taken before the sizes fit the bytes.
/// @throws input_error for bytes of another kind or version, that are cut, damaged, or more than the graph,
///   and for lists that the constructor of `neighbor_graph` refuses.
inline neighbor_graph graph_from_bytes(std::span<const std::byte> bytes) {
  const auto [n, depth] = detail::checked_header(bytes, detail::byte_kind::graph);
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  if (n < 2 || n > most || depth < 1 || depth >= n)
    detail::refuse_bytes(bytes, detail::base::sentence(
                                    {"tell of a graph of ", n, " items and depth ", depth,
                                     ": there are 2 .. 2^32 - 1 items, and 1 .. n - 1 neighbours of each"}));
  const std::string what = detail::base::sentence({"a graph of ", n, " items and depth ", depth});
  if (n * depth > bytes.size() / 4)  // below 2^64, but its bytes may not be
    detail::refuse_bytes(bytes, "are too few for " + what + ": they were cut short; write them anew");
  detail::check_byte_count(bytes, detail::bytes_of_graph(n * depth), what);
  detail::check_checksum(bytes);

  detail::search::neighbor_lists lists(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(depth));
  detail::base::byte_reader reader(bytes.subspan(detail::header_bytes));
  for (Eigen::Index item = 0; item < lists.size(); ++item) {
    for (Eigen::Index rank = 0; rank < lists.depth(); ++rank)
      lists.set_neighbor(
          item, rank,
          detail::search::checked_neighbor(lists.size(), item, rank, reader.get<std::uint32_t>()));
    detail::search::check_distinct(item, lists.of(item));
  }
  unsigned bits = 0, count = 0;
  for (Eigen::Index item = 0; item < lists.size(); ++item)
    for (Eigen::Index rank = 0; rank < lists.depth(); ++rank) {
      if (count == 0) bits = reader.get<std::uint8_t>();
      lists.set_tied(item, rank, (bits >> count & 1U) != 0);
      count = (count + 1) % 8;
    }
  if (count > 0 && bits >> count != 0)
    detail::refuse_bytes(bytes, "have ties beyond the last list: they were written by something else");
  return neighbor_graph(std::move(lists));
}

/// Tallies as bytes, in their order, at any k: the same bytes for the same tallies on every machine. 88 bytes
/// each, and 32.
inline std::vector<std::byte> to_bytes(std::span<const overlap_tally> tallies) {
  detail::base::byte_writer bytes = detail::begin_bytes(
      detail::header_bytes + detail::bytes_per_tally * tallies.size() + detail::checksum_bytes,
      detail::byte_kind::tallies, tallies.size(), 0);
  for (const overlap_tally& tally : tallies) detail::tally_words::put(bytes, tally);
  return std::move(bytes).sealed();
}

/// The tallies that `to_bytes` wrote, to the bit. O(their number).
/// @throws input_error for bytes of another kind or version, that are cut, damaged, or more than the tallies,
///   and for sums that no items can give.
inline std::vector<overlap_tally> tallies_from_bytes(std::span<const std::byte> bytes) {
  const auto [count, zero] = detail::checked_header(bytes, detail::byte_kind::tallies);
  const std::string what = detail::base::sentence({count, " tallies"});
  if (count > bytes.size() / detail::bytes_per_tally)
    detail::refuse_bytes(bytes, "are too few for " + what + ": they were cut short; write them anew");
  detail::check_byte_count(
      bytes, detail::header_bytes + detail::bytes_per_tally * count + detail::checksum_bytes, what);
  if (zero != 0)
    detail::refuse_bytes(bytes, "tell of " + what + " and of a depth, which tallies have none of");
  detail::check_checksum(bytes);
  std::vector<overlap_tally> tallies;
  tallies.reserve(count);
  detail::base::byte_reader reader(bytes.subspan(detail::header_bytes));
  for (std::size_t place = 0; place < count; ++place)
    tallies.push_back(detail::tally_words::get(reader, bytes, place));
  return tallies;
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
