// SPDX-License-Identifier: MIT
#include "list_file.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

#include "counted.hpp"
#include "file_bytes.hpp"
#include "file_column.hpp"
#include "file_error.hpp"
#include "file_kinds.hpp"
#include "npy.hpp"
#include "stored_number.hpp"

namespace program {
namespace {

constexpr std::int64_t not_there = -1;
constexpr std::int64_t beyond_all = std::numeric_limits<std::int64_t>::max();

/// An id as it is stored among n items. The largest unsigned number is how C++ writes a -1 there.
template <class Stored>
std::int64_t id_of(const std::byte* from, std::endian byte_order, std::size_t n) {
  const auto id = load<Stored>(from, byte_order);
  if constexpr (std::is_unsigned_v<Stored>) {
    if (id == std::numeric_limits<Stored>::max() && id >= n) return not_there;
    if (id > static_cast<std::uint64_t>(beyond_all)) return beyond_all;
  }
  return static_cast<std::int64_t>(id);
}

// ------------------------------------------------------------------- kinds of files, all with the same face

/// A matrix of integers.
class npy_lists {
 public:
  npy_lists(const std::string& path, std::span<const std::byte> bytes, const input_options& options)
      : bytes_(bytes), array_(parse_npy(path, bytes, bytes.size())), read_(reader()) {
    if (read_ == nullptr)
      throw file_error(path, std::string("holds ") + name_of(array_.type) +
                                 ": lists are integers, the rows of the neighbours; a matrix is scored by "
                                 "nngs X Y, without the word lists");
    for (std::size_t column = 0; column < array_.columns && array_.rows > 0; ++column)
      columns_.push_back(column);
    for (const std::string& wanted : options.skip) {
      const std::optional<std::size_t> column = column_by_number(path, wanted, array_.columns);
      if (!column)
        throw file_error(path,
                         "--skip " + wanted + ": lists have no names of columns; a number counts from 1");
      std::erase(columns_, *column);
    }
  }

  std::string kind() const { return name_of(array_.type); }
  std::size_t rows() const { return array_.rows; }
  std::size_t width() const { return columns_.size(); }
  std::size_t size(std::size_t /*row*/) const { return columns_.size(); }
  std::int64_t id(std::size_t row, std::size_t rank) const {
    const std::uint64_t place =
        array_.begin + row * array_.to_next_row + columns_[rank] * array_.to_next_column;
    return read_(bytes_.data() + place, array_.byte_order, array_.rows);
  }
  static constexpr bool has_distances() { return false; }
  static float distance(std::size_t /*row*/, std::size_t /*rank*/) { return 0; }

 private:
  using reader_type = std::int64_t (*)(const std::byte*, std::endian, std::size_t);
  reader_type reader() const {
    switch (array_.type) {
      case element_type::int8:
        return id_of<std::int8_t>;
      case element_type::uint8:
        return id_of<std::uint8_t>;
      case element_type::int16:
        return id_of<std::int16_t>;
      case element_type::uint16:
        return id_of<std::uint16_t>;
      case element_type::int32:
        return id_of<std::int32_t>;
      case element_type::uint32:
        return id_of<std::uint32_t>;
      case element_type::int64:
        return id_of<std::int64_t>;
      case element_type::uint64:
        return id_of<std::uint64_t>;
      default:
        return nullptr;
    }
  }

  std::span<const std::byte> bytes_;
  stored_matrix array_;
  reader_type read_;
  std::vector<std::size_t> columns_;
};

/// Lists of 32-bit integers, lowest byte first, each behind its length.
class ivecs_lists {
 public:
  ivecs_lists(const std::string& path, std::span<const std::byte> bytes) : bytes_(bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const std::string where = "list " + std::to_string(begins_.size()) + " (counted from 0)";
      if (bytes.size() - at < 4) throw file_error(path, "ends within " + where + ": it was cut short");
      const auto length = load<std::int32_t>(bytes.data() + at, std::endian::little);
      if (length < 0 || static_cast<std::size_t>(length) > (bytes.size() - at - 4) / 4)
        throw file_error(path, where + " says that it has " + std::to_string(length) + " neighbours, and " +
                                   std::to_string(bytes.size() - at - 4) +
                                   " bytes are left: no .ivecs file, or cut short");
      begins_.push_back(at + 4);
      sizes_.push_back(static_cast<std::size_t>(length));
      width_ = std::max(width_, sizes_.back());
      at += 4 + 4 * sizes_.back();
    }
  }

  static std::string kind() { return "ivecs"; }
  std::size_t rows() const { return begins_.size(); }
  std::size_t width() const { return width_; }
  std::size_t size(std::size_t row) const { return sizes_[row]; }
  std::int64_t id(std::size_t row, std::size_t rank) const {
    return id_of<std::int32_t>(bytes_.data() + begins_[row] + 4 * rank, std::endian::little, rows());
  }
  static constexpr bool has_distances() { return false; }
  static float distance(std::size_t /*row*/, std::size_t /*rank*/) { return 0; }

 private:
  std::span<const std::byte> bytes_;
  std::vector<std::size_t> begins_, sizes_;
  std::size_t width_ = 0;
};

/// n and K, n K ids and n K distances, of 32 bits each, lowest byte first.
class bigann_lists {
 public:
  explicit bigann_lists(std::span<const std::byte> bytes)
      : bytes_(bytes), rows_(word(bytes, 0)), width_(word(bytes, 1)) {}

  static bool fits(std::span<const std::byte> bytes) {
    if (bytes.size() < 8 || word(bytes, 1) == 0) return false;
    const std::uint64_t entries = word(bytes, 0) * word(bytes, 1), there = bytes.size() - 8;
    return there % 8 == 0 && there / 8 == entries;
  }

  static std::string kind() { return "BigANN"; }
  std::size_t rows() const { return rows_; }
  std::size_t width() const { return width_; }
  std::size_t size(std::size_t /*row*/) const { return width_; }
  std::int64_t id(std::size_t row, std::size_t rank) const {
    return id_of<std::uint32_t>(bytes_.data() + 8 + 4 * (row * width_ + rank), std::endian::little, rows_);
  }
  static constexpr bool has_distances() { return true; }
  float distance(std::size_t row, std::size_t rank) const {
    return load<float>(bytes_.data() + 8 + 4 * (rows_ * width_ + row * width_ + rank), std::endian::little);
  }

 private:
  static std::uint64_t word(std::span<const std::byte> bytes, std::size_t place) {
    return load<std::uint32_t>(bytes.data() + 4 * place, std::endian::little);
  }

  std::span<const std::byte> bytes_;
  std::size_t rows_, width_;
};

// ---------------------------------------------------------------------------------------- what may be wrong

/// How often something is wrong, and where first.
class fault {
 public:
  void add(std::size_t row, std::size_t rank, std::int64_t id) {
    if (entries_ == 0) first_ = {row, rank, id};
    if (entries_++ == 0 || row != last_row_) ++lists_;
    last_row_ = row;
  }
  bool found() const { return entries_ > 0; }
  std::size_t lists() const { return lists_; }
  /// "3 entries of 2 lists, the first 17 in row 4, column 0".
  std::string to_text() const {
    return std::to_string(entries_) + (entries_ == 1 ? " entry" : " entries") + " of " +
           counted(lists_, "list") + ", the first " + std::to_string(first_.id) + " in row " +
           std::to_string(first_.row) + ", column " + std::to_string(first_.rank) + " (counted from 0)";
  }
  struct entry {
    std::size_t row = 0, rank = 0;
    std::int64_t id = 0;
  };
  const entry& first() const { return first_; }

 private:
  std::size_t entries_ = 0, lists_ = 0, last_row_ = 0;
  entry first_;
};

/// Reads one file of any kind.
template <class Source>
class list_reader {
 public:
  list_reader(std::string path, const Source& source) : path_(std::move(path)), source_(source) {
    if (source.rows() < 2 || source.width() < 1)
      throw file_error(path_, "has " + counted(source.rows(), "list") + " of " +
                                  counted(source.width(), "neighbour") +
                                  ": at least 2 items with 1 neighbour each are needed");
    if (source.rows() > std::numeric_limits<std::uint32_t>::max())
      throw file_error(path_, "has " + std::to_string(source.rows()) + " lists: 2^32 - 1 are the most");
  }

  list_file read(bool missing_allowed) {
    survey();
    check_items();
    // Where some lists hold the item itself, that many neighbours are left of each list.
    const std::size_t depth = source_.width() - (of_itself_ > 0 ? 1 : 0);
    if (depth == 0)
      throw file_error(path_, "names in each list the item itself alone: search one more neighbour");
    list_file file{path_, source_.kind(), {}, {}, {}};
    file.neighbors.setZero(static_cast<Eigen::Index>(source_.rows()), static_cast<Eigen::Index>(depth));
    if (source_.has_distances()) file.distances.setZero(file.neighbors.rows(), file.neighbors.cols());
    for (std::size_t row = 0; row < source_.rows(); ++row) fill(file, row, depth);
    check_missing(file, missing_allowed);
    if (file.has_distances()) check_distances(file);
    if (of_itself_ > 0) note_itself(file);
    return file;
  }

 private:
  /// The entries of a row that are other items.
  template <class Use>
  void each_neighbor(std::size_t row, const Use& use) const {
    for (std::size_t rank = 0; rank < source_.size(row); ++rank) {
      const std::int64_t id = source_.id(row, rank);
      if (id != not_there && id != static_cast<std::int64_t>(row)) use(rank, id);
    }
  }

  /// What the lists name, before anything is taken from them.
  void survey() {
    std::vector<std::int64_t> names;
    for (std::size_t row = 0; row < source_.rows(); ++row) {
      bool itself = false;
      names.clear();
      for (std::size_t rank = 0; rank < source_.size(row); ++rank) {
        const std::int64_t id = source_.id(row, rank);
        itself = itself || id == static_cast<std::int64_t>(row);
        if (id == not_there || id == static_cast<std::int64_t>(row)) continue;
        least_ = std::min(least_, id);
        largest_ = std::max(largest_, id);
        if (id < 0 || static_cast<std::uint64_t>(id) >= source_.rows()) outside_.add(row, rank, id);
        names.push_back(id);
      }
      of_itself_ += itself;
      std::sort(names.begin(), names.end());
      const auto twice = std::adjacent_find(names.begin(), names.end());
      if (twice != names.end()) twice_.add(row, last_rank_of(row, *twice), *twice);
    }
  }

  std::size_t last_rank_of(std::size_t row, std::int64_t id) const {
    std::size_t rank = source_.size(row);
    while (source_.id(row, --rank) != id) continue;
    return rank;
  }

  void check_items() const {
    const auto n = static_cast<std::int64_t>(source_.rows());
    if (outside_.found()) {
      std::string advice = "; ids are rows of this file, counted from 0";
      if (least_ == 1 && largest_ == n)
        advice = "; they seem to count from 1: subtract 1";
      else if (largest_ >= n)
        advice += ". Lists of queries among another base cannot be scored: search the items among themselves";
      throw file_error(path_, "has " + std::to_string(n) + " lists, and names items that are not in [0, " +
                                  std::to_string(n) + "): " + outside_.to_text() + advice);
    }
    if (twice_.found())
      throw file_error(path_, "names an item twice in " + counted(twice_.lists(), "list") + ", the first " +
                                  std::to_string(twice_.first().id) + " in row " +
                                  std::to_string(twice_.first().row) + ", again in column " +
                                  std::to_string(twice_.first().rank) +
                                  " (counted from 0): a neighbour that is not there is written as -1");
  }

  void fill(list_file& file, std::size_t row, std::size_t depth) const {
    const auto item = static_cast<Eigen::Index>(row);
    Eigen::Index size = 0;
    each_neighbor(row, [&](std::size_t rank, std::int64_t id) {
      if (size == static_cast<Eigen::Index>(depth)) return;
      file.neighbors(item, size) = static_cast<std::uint32_t>(id);
      if (file.has_distances()) file.distances(item, size) = source_.distance(row, rank);
      ++size;
    });
    file.sizes.push_back(size);
  }

  void check_missing(list_file& file, bool missing_allowed) const {
    const Eigen::Index depth = file.depth();
    const Eigen::Index lists = file.short_lists(depth);
    if (lists == 0) return;
    Eigen::Index there = 0, least = depth, first = -1;
    for (Eigen::Index item = 0; item < file.items(); ++item) {
      const Eigen::Index size = file.sizes[static_cast<std::size_t>(item)];
      there += size;
      least = std::min(least, size);
      if (size < depth && first < 0) first = item;
    }
    const std::string what =
        std::to_string(lists) + " of " + std::to_string(file.items()) + " lists have fewer than " +
        std::to_string(depth) + " neighbours: " + std::to_string(file.items() * depth - there) +
        " are not there (-1, or a shorter list), the first in row " + std::to_string(first) +
        " (counted from 0), and the shortest list has " + std::to_string(least);
    if (!missing_allowed)
      throw file_error(
          path_,
          what + ". Search them with more effort, " +
              (least > 0 ? "keep " + counted(static_cast<std::size_t>(least), "column") + " of each, " : "") +
              "or score the neighbours that are there by nngs lists --missing allow");
    if (there == 0) throw file_error(path_, what + ": nothing is there to score");
    file.notes.push_back(what);
  }

  /// Similarities descend; their negatives are as good as distances.
  void check_distances(list_file& file) const {
    const auto out_of_order = [&](float sign) -> std::optional<std::pair<Eigen::Index, Eigen::Index>> {
      for (Eigen::Index item = 0; item < file.items(); ++item) {
        const Eigen::Index size = file.sizes[static_cast<std::size_t>(item)];
        for (Eigen::Index rank = 0; rank < size; ++rank) {
          const float before = sign * file.distances(item, std::max<Eigen::Index>(0, rank - 1));
          if (!(before <= sign * file.distances(item, rank))) return std::pair{item, rank};
        }
      }
      return std::nullopt;
    };
    const auto place = out_of_order(1);
    if (!place) return;
    if (!out_of_order(-1)) {
      file.distances = -file.distances;
      file.notes.emplace_back(
          "its distances descend: they are taken for similarities, and their negatives "
          "tell ties");
      return;
    }
    const auto [item, rank] = *place;
    const float here = file.distances(item, rank);
    throw file_error(
        path_,
        "its distance in row " + std::to_string(item) + " at rank " + std::to_string(rank) +
            " (counted from 0, the item itself left out) is " + std::to_string(here) +
            (rank == 0 || std::isnan(here) ? ": every distance must be a number"
                                           : ", after " + std::to_string(file.distances(item, rank - 1)) +
                                                 ": lists are nearest first, and their distances ascend"));
  }

  void note_itself(list_file& file) const {
    const bool all = of_itself_ == source_.rows();
    file.notes.push_back(
        (all ? std::string("each list names")
             : std::to_string(of_itself_) + " of " + counted(source_.rows(), "list") + " name") +
        " the item itself, which is left out: " +
        counted(static_cast<std::size_t>(file.depth()), "neighbour") +
        (all ? " are left" : " of each list are scored"));
  }

  std::string path_;
  const Source& source_;
  std::size_t of_itself_ = 0;
  std::int64_t least_ = beyond_all, largest_ = std::numeric_limits<std::int64_t>::min();
  fault outside_, twice_;
};

template <class Source>
list_file read_lists(const std::string& path, const Source& source, bool missing_allowed) {
  return list_reader<Source>(path, source).read(missing_allowed);
}

}  // namespace

std::span<const std::uint32_t> list_file::first(Eigen::Index item, Eigen::Index k) const {
  const Eigen::Index there = std::min(k, sizes[static_cast<std::size_t>(item)]);
  return {neighbors.data() + item * depth(), static_cast<std::size_t>(there)};
}

Eigen::Index list_file::short_lists(Eigen::Index k) const {
  return static_cast<Eigen::Index>(
      std::count_if(sizes.begin(), sizes.end(), [&](Eigen::Index size) { return size < k; }));
}

bool list_file::tied(Eigen::Index item, Eigen::Index k) const {
  if (!has_distances() || k >= sizes[static_cast<std::size_t>(item)]) return false;
  return !(distances(item, k - 1) < distances(item, k));
}

list_file open_lists(const std::string& path, const input_options& options, bool missing_allowed) {
  const file_bytes file(path);
  const std::string name = shown_path(path);
  if (is_npy(file.bytes())) return read_lists(name, npy_lists(name, file.bytes(), options), missing_allowed);
  if (!options.skip.empty()) throw file_error(name, "--skip takes columns of .npy files alone");
  if (path.ends_with(".ivecs")) return read_lists(name, ivecs_lists(name, file.bytes()), missing_allowed);
  if (bigann_lists::fits(file.bytes())) return read_lists(name, bigann_lists(file.bytes()), missing_allowed);
  if (!path.ends_with(".bin")) refuse_other_kinds(path, file.text());
  throw file_error(name,
                   "no neighbour lists: they are read from .npy of integers (n x K, nearest first), .ivecs, "
                   "and BigANN's .bin (n and K, n K ids of 32 bits, n K distances of 32 bits)");
}

}  // namespace program
