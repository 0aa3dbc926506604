// SPDX-License-Identifier: MIT
#include "kept_lists.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <nngs/serialize.hpp>
#include <string_view>
#include <system_error>
#include <variant>

#include "file_bytes.hpp"
#include "file_error.hpp"
#include "file_path.hpp"
#include "whole_file.hpp"

namespace program {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view end_of_name = ".lists";

/// Two independent sums of words, each mixed as MurmurHash3 does (Appleby, public domain).
class word_hash {
 public:
  void add(std::uint64_t word) {
    sums_[0] = step(sums_[0], word, 0x87C37B91114253D5, 0x4CF5AD432745937F);
    sums_[1] = step(sums_[1], word, 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53);
  }
  std::array<std::uint64_t, 2> value() const { return {finished(sums_[0]), finished(sums_[1])}; }

 private:
  static std::uint64_t step(std::uint64_t sum, std::uint64_t word, std::uint64_t first,
                            std::uint64_t second) {
    return std::rotl(sum ^ std::rotl(word * first, 31) * second, 27) * 5 + 0x52DCE729;
  }
  static std::uint64_t finished(std::uint64_t sum) {
    sum = (sum ^ sum >> 33) * 0xFF51AFD7ED558CCD;
    sum = (sum ^ sum >> 33) * 0xC4CEB9FE1A85EC53;
    return sum ^ sum >> 33;
  }

  std::array<std::uint64_t, 2> sums_{1, 2};
};

std::string hex(std::uint64_t number) {
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[number >> shift & 15];
  return digits;
}

/// Names go into those of files.
std::string without_colons(std::string text) {
  std::replace(text.begin(), text.end(), ':', '_');
  return text;
}

/// The name of a file but for the depth and what follows.
std::string begin_of_name(const list_facts& facts) {
  return "n" + std::to_string(facts.n) + '-' + without_colons(facts.metric) + "-ties_" +
         without_colons(facts.ties) + "-clamp_" + without_colons(facts.clamp) + "-nngs" +
         std::to_string(NNGS_VERSION_MAJOR) + '.' + std::to_string(NNGS_VERSION_MINOR) + '-' +
         hex(facts.data[0]) + hex(facts.data[1]) + "-k";
}

/// The depth that a file's name tells, where the facts are these.
std::optional<Eigen::Index> depth_of(std::string_view name, std::string_view begin) {
  if (!name.starts_with(begin) || !name.ends_with(end_of_name) ||
      name.size() <= begin.size() + end_of_name.size())
    return std::nullopt;
  Eigen::Index depth = 0;
  const char* const last = name.data() + name.size() - end_of_name.size();
  const auto [stop, error] = std::from_chars(name.data() + begin.size(), last, depth);
  if (error != std::errc{} || stop != last || depth < 1) return std::nullopt;
  return depth;
}

}  // namespace

list_facts facts_of(const matrix_file& matrix, const std::string& metric, const std::string& ties,
                    const std::string& clamp) {
  word_hash hash;
  hash.add(static_cast<std::uint64_t>(rows(matrix)));
  hash.add(static_cast<std::uint64_t>(columns(matrix)));
  std::visit(
      [&](const auto& values) {
        for (Eigen::Index row = 0; row < values.rows(); ++row)
          for (Eigen::Index column = 0; column < values.cols(); ++column)
            hash.add(std::bit_cast<std::uint64_t>(static_cast<double>(values(row, column))));
      },
      matrix.values);
  return {rows(matrix), metric, ties, clamp, hash.value()};
}

kept_lists::kept_lists(const std::string& folder) : folder_(file_path(folder)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (!fs::is_directory(folder_, error))
    throw file_error(folder, "is no folder to keep lists in, and cannot be made one" +
                                 (error ? ": " + error.message() : std::string()));
}

std::optional<nngs::neighbor_graph> kept_lists::find(const list_facts& facts, Eigen::Index depth) {
  const std::string begin = begin_of_name(facts);
  std::vector<Eigen::Index> deep_enough;
  std::error_code error;
  for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
    const std::optional<Eigen::Index> found = depth_of(file_name(entry->path().filename()), begin);
    if (found && *found >= depth) deep_enough.push_back(*found);
  }
  std::sort(deep_enough.begin(), deep_enough.end());
  for (const Eigen::Index kept : deep_enough) {
    const std::string path = file_name(folder_ / (begin + std::to_string(kept) + std::string(end_of_name)));
    try {
      const file_bytes file(path);
      const nngs::neighbor_graph graph = nngs::graph_from_bytes(file.bytes());
      if (graph.size() == facts.n && graph.depth() == kept) return graph.first(depth);
      notes_.push_back(path + ": has a graph of " + std::to_string(graph.size()) + " items and depth " +
                       std::to_string(graph.depth()) + ", which its name does not say; searched anew");
    } catch (const nngs::input_error& complaint) {
      notes_.push_back(path + ": " + complaint.what() + "; searched anew");
    } catch (const file_error& complaint) {
      notes_.push_back(std::string(complaint.what()) + "; searched anew");
    }
  }
  return std::nullopt;
}

void kept_lists::keep(const list_facts& facts, const nngs::neighbor_graph& graph) {
  const fs::path path =
      folder_ / (begin_of_name(facts) + std::to_string(graph.depth()) + std::string(end_of_name));
  const std::vector<std::byte> bytes = nngs::to_bytes(graph);
  if (const std::error_code error = write_whole_file(path, {as_text(bytes)}))
    notes_.push_back(file_name(path) + ": cannot be kept: " + error.message());
}

}  // namespace program
