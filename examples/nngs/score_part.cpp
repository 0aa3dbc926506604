// SPDX-License-Identifier: MIT
#include "score_part.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <nngs/error.hpp>
#include <nngs/sample.hpp>
#include <nngs/serialize.hpp>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "counted.hpp"
#include "file_bytes.hpp"
#include "file_error.hpp"
#include "file_path.hpp"
#include "printable.hpp"
#include "whole_file.hpp"

namespace program {
namespace {

using nlohmann::ordered_json;

constexpr int part_version = 1;
constexpr std::string_view first_word = "{\"nngs_part\":";

/// The first line, without the line feed.
std::string_view header_of(const std::string& path, std::string_view text) {
  const std::size_t end = text.find('\n');
  if (!text.starts_with(first_word) || end == text.npos)
    throw file_error(path, "is no part of a score: nngs shard writes them");
  return text.substr(0, end);
}

[[noreturn]] void damaged(const std::string& path, const std::string& why) {
  throw file_error(path, "is damaged: " + printable(why) + "; run this slice of nngs shard again");
}

/// A part holds what it says: lists of the sampled rows, of whole files, searched in its slice alone.
void check_lists(const score_part& part, const sampled_run& run) {
  const Eigen::Index n = run.items();
  const nngs::item_range rows = rows_of(part.slice, n);
  std::vector<nngs::item_range> searched;
  if (rows.first < rows.last) searched.push_back(rows);
  for (const nngs::nearest_lists* const lists : {&part.lists.x, &part.lists.y})
    if (lists->items() != n || lists->depth() != run.ks.back() ||
        std::ssize(lists->rows()) != run.asked.sample ||  // so that no more are drawn than the file has
        lists->rows() != nngs::sample_rows(n, run.asked.sample, run.asked.seed) ||
        lists->searched() != searched)
      damaged(part.path, "its lists are not those of its first line");
}

/// "part.3, part.5 and 2 more".
std::string some_of(const std::vector<Eigen::Index>& numbers) {
  constexpr std::size_t most = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, numbers.size()); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(numbers[i]);
  return numbers.size() > most ? text + " and " + std::to_string(numbers.size() - most) + " more" : text;
}

/// Adds one part after another.
class merger {
 public:
  void add(score_part part) {
    if (first_)
      check_same_run(part);
    else
      first_ = {part.path, part.run, part.slice.count};
    try {
      if (!run_) run_.emplace(run_of(part.run));
      check_lists(part, *run_);
    } catch (const std::invalid_argument& error) {
      damaged(part.path, error.what());
    }
    const auto [there, added] = paths_.try_emplace(part.slice.number, part.path);
    if (!added)
      throw file_error(part.path, "is slice " + std::to_string(part.slice.number) + " of " +
                                      std::to_string(part.slice.count) + ", as " + there->second +
                                      " is: give each slice once");
    if (!lists_) {
      lists_.emplace(std::move(part.lists));
      return;
    }
    add_lists(lists_->x, part.lists.x, "x", part.path);
    add_lists(lists_->y, part.lists.y, "y", part.path);
  }

  merged_parts finished() && {
    std::vector<Eigen::Index> missing;
    for (Eigen::Index number = 0; number < first_->count && missing.size() <= paths_.size() + 10; ++number)
      if (!paths_.contains(number)) missing.push_back(number);
    const auto lacking = first_->count - static_cast<Eigen::Index>(paths_.size());
    if (lacking > 0)
      throw file_error(first_->path, "is one of " + std::to_string(first_->count) + " slices, of which " +
                                         std::to_string(lacking) + (lacking == 1 ? " is" : " are") +
                                         " missing: " + some_of(missing) +
                                         " (counted from 0); run them, and give all parts at once");
    return {std::move(*run_), std::move(*lists_)};
  }

 private:
  void check_same_run(const score_part& part) const {
    if (part.slice.count != first_->count)
      throw file_error(part.path, "is one of " + std::to_string(part.slice.count) + " slices, and " +
                                      first_->path + " one of " + std::to_string(first_->count) +
                                      ": give the parts of one run");
    if (part.run != first_->run)
      throw file_error(part.path,
                       "is of another run than " + first_->path + ": " + difference(part.run, first_->run));
  }

  void add_lists(nngs::nearest_lists& sum, const nngs::nearest_lists& part, const char* name,
                 const std::string& path) const {
    try {
      sum += part;
    } catch (const nngs::input_error& error) {
      throw file_error(path, std::string("does not go with ") + first_->path + ", in " + name + ": " +
                                 error.what() + ". Was a file changed between the parts?");
    }
  }

  struct first_part {
    std::string path, run;
    Eigen::Index count;
  };
  std::optional<first_part> first_;
  std::optional<sampled_run> run_;
  std::optional<list_parts> lists_;
  std::map<Eigen::Index, std::string> paths_;
};

}  // namespace

void write_part(const std::string& path, const sampled_run& run, const base_slice& slice,
                const list_parts& lists) {
  const std::vector<std::byte> x = nngs::to_bytes(lists.x), y = nngs::to_bytes(lists.y);
  const ordered_json header{{"nngs_part", part_version}, {"slice", slice.number},
                            {"of", slice.count},         {"bytes_x", x.size()},
                            {"bytes_y", y.size()},       {"run", ordered_json::parse(to_text(run))}};
  if (const std::error_code error =
          write_whole_file(file_path(path), {header.dump(), "\n", as_text(x), as_text(y)}))
    throw file_error(path, "cannot be written: " + error.message());
}

score_part read_part(const std::string& path) {
  const file_bytes file(path);
  const std::string_view text = file.text(), line = header_of(path, text);
  try {
    const ordered_json header = ordered_json::parse(line);
    const int version = header.at("nngs_part");
    if (version != part_version)
      throw file_error(path, "has version " + std::to_string(version) +
                                 " of the format, and this program reads " + std::to_string(part_version) +
                                 ": merge with the program that wrote it");
    const base_slice slice{header.at("slice"), header.at("of")};
    if (!is_slice(slice)) damaged(path, "there is no such slice");
    const std::size_t x = header.at("bytes_x"), y = header.at("bytes_y");
    const std::span<const std::byte> lists = file.bytes().subspan(line.size() + 1);
    if (x > lists.size() || y != lists.size() - x)
      damaged(path, "it has " + counted(lists.size(), "byte") + " of lists, and should have " +
                        std::to_string(x) + " and " + std::to_string(y));
    return {path,
            header.at("run").dump(),
            slice,
            {nngs::lists_from_bytes(lists.first(x)), nngs::lists_from_bytes(lists.subspan(x))}};
  } catch (const nlohmann::json::parse_error& error) {
    damaged(path, "its first line is no JSON from byte " + std::to_string(error.byte) + " on");
  } catch (const nlohmann::json::exception&) {
    damaged(path, "its first line does not say what a part says");
  } catch (const nngs::input_error& error) {
    damaged(path, error.what());
  }
}

merged_parts merge_parts(const std::vector<std::string>& paths) {
  merger parts;
  for (const std::string& path : paths) parts.add(read_part(path));
  return std::move(parts).finished();
}

}  // namespace program
