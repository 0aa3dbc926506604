// SPDX-License-Identifier: MIT
#ifndef NNGS_SERIALIZE_HPP
#define NNGS_SERIALIZE_HPP

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cmath>
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
#include "nngs/detail/row_ranges.hpp"
#include "nngs/detail/search/key_range.hpp"
#include "nngs/detail/search/keyed_lists.hpp"
#include "nngs/detail/search/neighbor_lists.hpp"
#include "nngs/detail/search/tie_place.hpp"
#include "nngs/error.hpp"
#include "nngs/nearest_lists.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/tally.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

/// @file
/// Graphs, tallies and lists of pieces as bytes, to keep them in files and to send them from machine to
/// machine.
///
/// All numbers are whole and have their lowest byte first, so that the bytes are the same on every machine:
///
///     offset  bytes  what
///          0      4  "nngs"
///          4      2  kind: 1 a graph, 2 tallies, 3 lists of pieces
///          6      2  version of the format: 1
///          8      8  graph: items n; tallies: how many; lists: queries
///         16      8  graph: depth K; tallies: 0; lists: depth K
///         24         graph: n K indices of 4 bytes, list after list; then n K bits, whether each is tied
///                    with the next, the lowest of a byte first, filled up with zeros to a whole byte
///                    tallies: 11 numbers of 8 bytes each
///                    lists: 9 numbers of 8 bytes: items n; tie order, 1 by index, 2 seeded; its seed;
///                    whether anything was searched; hashes of the queries and of the metric; the largest
///                    coordinate and term as doubles; how many ranges were searched. Then two numbers of 8
///                    bytes for each range, first and last; 4 bytes for each query, its row; and list after
///                    list the keys as doubles, and the neighbours of 4 bytes: K + 1 of them, or all others
///                    that were searched
///   the last      8  a checksum of all bytes before
///
/// Reading takes bytes from anywhere: sizes are compared with the bytes that are there before anything is
/// allocated, and whatever was written by nobody is refused. A version of the format that is not known is an
/// error that says so.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail {

enum class byte_kind : std::uint16_t { graph = 1, tallies = 2, lists = 3 };
constexpr std::uint16_t byte_version = 1;
constexpr std::uint32_t byte_magic = 0x73676E6E;  // "nngs"
constexpr std::size_t header_bytes = 24, checksum_bytes = 8, bytes_per_tally = 88;
// Of lists:
constexpr std::size_t bytes_of_numbers = 72, bytes_per_range = 16, bytes_per_query = 4,
                      bytes_per_neighbor = 12;
constexpr std::uint64_t most_items = std::numeric_limits<std::uint32_t>::max();

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

[[noreturn]] inline void refuse_cut(std::span<const std::byte> bytes, const std::string& what) {
  refuse_bytes(bytes, "are too few for " + what + ": they were cut short; write them anew");
}

/// The two numbers of the header, for bytes of that kind.
inline std::pair<std::uint64_t, std::uint64_t> checked_header(std::span<const std::byte> bytes,
                                                              byte_kind kind) {
  base::byte_reader reader(bytes);
  if (bytes.size() < 8 || reader.get<std::uint32_t>() != byte_magic)
    refuse_bytes(bytes, "do not begin with \"nngs\": nothing of this library wrote them");
  const auto found = reader.get<std::uint16_t>(), version = reader.get<std::uint16_t>();
  if (version != byte_version)
    refuse_bytes(bytes, base::sentence({"have version ", version, " of the format, and this library reads ",
                                        byte_version, ": read them with the library that wrote them"}));
  if (found != static_cast<std::uint16_t>(kind))
    refuse_bytes(bytes, base::sentence({"are of kind ", found, ", not ", static_cast<std::uint16_t>(kind),
                                        ": kind 1 is a graph, kind 2 are tallies, kind 3 lists of pieces"}));
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
    const std::string where =
        base::sentence({"hold a tally ", place, " (counted from 0) of k = ", k, " and ", items, " items"});
    if (k < 1 || k >= most_items || items > most_items)
      refuse_bytes(bytes, where + ": both go up to 2^32, k from 1");
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

/// Lists of pieces as the numbers that they are made of.
struct list_words {
  static std::vector<std::byte> put(const nearest_lists& lists) {
    std::size_t neighbors = 0;
    for (std::size_t query = 0; query < lists.rows_.size(); ++query)
      neighbors += lists.found_.keys(query).size();
    base::byte_writer bytes =
        begin_bytes(bytes_of_lists(lists.searched_.size(), lists.rows_.size(), neighbors), byte_kind::lists,
                    lists.rows_.size(), static_cast<std::uint64_t>(lists.depth_));
    const asked_question asked = lists.asked_.value_or(asked_question{0, 0});
    for (const std::uint64_t number :
         {static_cast<std::uint64_t>(lists.n_), std::uint64_t{lists.ties_.from_index() ? 1U : 2U},
          lists.ties_.seed(), std::uint64_t{lists.asked_.has_value()}, asked.queries, asked.metric,
          std::bit_cast<std::uint64_t>(lists.range_.largest), std::bit_cast<std::uint64_t>(lists.range_.term),
          std::uint64_t{lists.searched_.size()}})
      bytes.put(number);
    for (const item_range& range : lists.searched_) {
      bytes.put(static_cast<std::uint64_t>(range.first));
      bytes.put(static_cast<std::uint64_t>(range.last));
    }
    for (const Eigen::Index row : lists.rows_) bytes.put(static_cast<std::uint32_t>(row));
    for (std::size_t query = 0; query < lists.rows_.size(); ++query) {
      for (const double key : lists.found_.keys(query)) bytes.put(std::bit_cast<std::uint64_t>(key));
      for (const std::uint32_t neighbor : lists.found_.neighbors(query)) bytes.put(neighbor);
    }
    return std::move(bytes).sealed();
  }

  /// Throws for what no search can have given.
  static nearest_lists get(std::span<const std::byte> bytes) {
    const auto [queries, depth] = checked_header(bytes, byte_kind::lists);
    if (bytes.size() < bytes_of_lists(0, 0, 0)) refuse_cut(bytes, "lists");
    base::byte_reader reader(bytes.subspan(header_bytes));
    const auto next = [&reader] { return reader.get<std::uint64_t>(); };
    const auto n = next(), order = next(), seed = next(), is_asked = next(), hash_of_queries = next(),
               hash_of_metric = next(), largest = next(), term = next(), ranges = next();
    const std::string what = base::sentence({queries, " lists of depth ", depth, " of ", n, " items"});
    if (n < 2 || n > most_items || depth < 1 || depth >= n)
      refuse_bytes(bytes,
                   "tell of " + what + ": there are 2 .. 2^32 - 1 items, and 1 .. n - 1 neighbours of each");
    if (ranges > bytes.size() / bytes_per_range || queries > bytes.size() / bytes_per_query ||
        bytes_of_lists(ranges, queries, 0) > bytes.size())
      refuse_cut(bytes, what);
    check_checksum(bytes);

    const search::key_range range{std::bit_cast<double>(largest), std::bit_cast<double>(term)};
    const bool is_tie_order = (order == 1 && seed == 0) || order == 2;
    const bool is_fresh = (ranges | hash_of_queries | hash_of_metric | largest | term) == 0;
    if (!is_tie_order || is_asked > 1 || (is_asked == 0 && !is_fresh) || !is_magnitude(range.largest) ||
        !is_magnitude(range.term))
      refuse_bytes(bytes,
                   "hold " + what + " that no search can have given: they were damaged; write them anew");

    row_ranges searched = get_ranges(reader, ranges, n, bytes);
    std::vector<Eigen::Index> rows;
    for (std::size_t query = 0; query < queries; ++query) rows.push_back(reader.get<std::uint32_t>());
    nearest_lists lists(std::move(rows), static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(depth),
                        order == 1 ? tie_order::by_index() : tie_order::seeded(seed));
    lists.searched_ = std::move(searched);
    if (is_asked == 1) lists.asked_ = {hash_of_queries, hash_of_metric};
    lists.range_ = range;
    get_neighbors(reader, lists, bytes, what);
    return lists;
  }

 private:
  static std::size_t bytes_of_lists(std::size_t ranges, std::size_t queries, std::size_t neighbors) noexcept {
    return header_bytes + bytes_of_numbers + bytes_per_range * ranges + bytes_per_query * queries +
           bytes_per_neighbor * neighbors + checksum_bytes;
  }
  static bool is_magnitude(double number) noexcept { return std::isfinite(number) && !std::signbit(number); }

  static row_ranges get_ranges(base::byte_reader& reader, std::uint64_t count, std::uint64_t n,
                               std::span<const std::byte> bytes) {
    row_ranges ranges;
    for (std::uint64_t end = 0, i = 0; i < count; ++i) {
      const auto first = reader.get<std::uint64_t>(), last = reader.get<std::uint64_t>();
      if (first >= last || last > n || (i > 0 && first <= end))
        refuse_bytes(bytes,
                     base::sentence({"tell of rows [", first, ", ", last, ") that were searched after ", end,
                                     " others of ", n, ": ranges are in order with gaps between them"}));
      ranges.push_back({static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(last)});
      end = last;
    }
    return ranges;
  }

  static void get_neighbors(base::byte_reader& reader, nearest_lists& lists, std::span<const std::byte> bytes,
                            const std::string& what) {
    std::size_t searched = 0, all = 0;
    for (const item_range& range : lists.searched_)
      searched += static_cast<std::size_t>(range.last - range.first);
    const auto size_of = [&](Eigen::Index row) {
      return std::min(lists.found_.most(), searched - (holds(lists.searched_, row) ? 1U : 0U));
    };
    for (const Eigen::Index row : lists.rows_) {
      all += size_of(row);
      if (all > bytes.size() / bytes_per_neighbor) refuse_cut(bytes, what);  // so that the sum does not wrap
    }
    check_byte_count(bytes, bytes_of_lists(lists.searched_.size(), lists.rows_.size(), all), what);

    search::keyed_lists found(lists.rows_.size(), lists.found_.most(), searched);
    std::vector<double> keys;
    for (std::size_t query = 0; query < lists.rows_.size(); ++query) {
      keys.resize(size_of(lists.rows_[query]));
      for (double& key : keys) key = std::bit_cast<double>(reader.get<std::uint64_t>());
      for (const double key : keys) found.append(query, key, reader.get<std::uint32_t>());
      check_list(lists, found, query);
    }
    lists.found_ = std::move(found);
  }

  /// Throws for a list of what was not searched, or in another order than that of the keys and ties.
  static void check_list(const nearest_lists& lists, const search::keyed_lists& found, std::size_t query) {
    const std::span<const double> keys = found.keys(query);
    const std::span<const std::uint32_t> neighbors = found.neighbors(query);
    const Eigen::Index row = lists.rows_[query];
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const auto rank = static_cast<Eigen::Index>(i);
      search::checked_neighbor(lists.n_, row, rank, neighbors[i]);
      if (!holds(lists.searched_, neighbors[i]))
        search::refuse_list(row, rank,
                            base::sentence({"names item ", neighbors[i], ", which was not searched"}));
      const bool in_order = i == 0 ? !std::isnan(keys[0])
                                   : keys[i - 1] < keys[i] ||
                                         (keys[i - 1] <= keys[i] &&
                                          search::comes_first(lists.ties_, neighbors[i - 1], neighbors[i]));
      if (!in_order)
        search::refuse_list(row, rank,
                            base::sentence({"is not in order at rank ", rank, " (counted from 0)"}));
    }
    search::check_distinct(row, neighbors);
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
  if (n < 2 || n > detail::most_items || depth < 1 || depth >= n)
    detail::refuse_bytes(bytes, detail::base::sentence(
                                    {"tell of a graph of ", n, " items and depth ", depth,
                                     ": there are 2 .. 2^32 - 1 items, and 1 .. n - 1 neighbours of each"}));
  const std::string what = detail::base::sentence({"a graph of ", n, " items and depth ", depth});
  if (n * depth > bytes.size() / 4)  // below 2^64, but its bytes may not be
    detail::refuse_cut(bytes, what);
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
  if (count > bytes.size() / detail::bytes_per_tally) detail::refuse_cut(bytes, what);
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

/// Lists of pieces as bytes: the same bytes for the same lists on every machine, whatever pieces they were
/// searched in. 12 bytes for each query and neighbour, 4 for each query, 16 for each range that was searched,
/// and 104.
inline std::vector<std::byte> to_bytes(const nearest_lists& lists) { return detail::list_words::put(lists); }

/// The lists that `to_bytes` wrote, to the bit: what was searched since adds up to them. O(queries depth log
/// depth); no memory is taken before the sizes fit the bytes.
/// @throws input_error for bytes of another kind or version, bytes that are cut, damaged or too many, and for
///   lists that no search can have given: out of order, or of rows that were not searched.
inline nearest_lists lists_from_bytes(std::span<const std::byte> bytes) {
  return detail::list_words::get(bytes);
}

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
