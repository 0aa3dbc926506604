// SPDX-License-Identifier: MIT
#include "space_files.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>

#include "array_path.hpp"
#include "file_error.hpp"
#include "file_path.hpp"
#include "item_pairs.hpp"

namespace program {
namespace {

/// Says each note once, with the first file that it is about and how many more there are.
class note_list {
 public:
  void add(const std::string& file, const std::string& note) {
    const auto same = [&](const entry& one) { return one.note == note; };
    const auto found = std::find_if(entries_.begin(), entries_.end(), same);
    if (found == entries_.end())
      entries_.push_back({file, note, 0});
    else
      ++found->more;
  }
  void write() const {
    for (const auto& [file, note, more] : entries_) {
      std::cerr << "nngs: " << (file.empty() ? "" : file + ": ") << note;
      if (more > 0) std::cerr << " (and in " << more << " more)";
      std::cerr << '\n';
    }
  }

 private:
  struct entry {
    std::string file, note;
    std::size_t more;
  };
  std::vector<entry> entries_;
};

/// Shape and names alone.
matrix_file without_values(const matrix_file& file) {
  matrix_file names{file.path, file.element_type, file.labels,
                    matrix_view<double>(nullptr, rows(file), columns(file))};
  names.skip_not_found = file.skip_not_found;
  return names;
}

void check_enough_rows(const matrix_file& file) {
  if (rows(file) < 2)
    throw file_error(file.path, "has " + std::to_string(rows(file)) + " rows: at least 2 items are needed");
}

/// A wrong name is said before the files in front of it are searched.
void check_there(const std::vector<std::string>& files) {
  std::error_code error;
  for (const std::string& words : files)
    for (const std::string& file : files_of(words))
      if (file != "-" && !std::filesystem::exists(file_path(file), error))
        throw file_error(file, "cannot be opened: " +
                                   std::make_error_code(std::errc::no_such_file_or_directory).message());
}

/// Calls use(space, file) as they come.
template <class Use>
void open_each(const std::vector<std::string>& files, const input_options& options, const Use& use) {
  for (std::size_t number = 0; number < files.size(); ++number) {
    const opened_files file(files[number]);
    for (std::size_t layer = 0; layer < file.layers(); ++layer) use(file.read(layer, options), number);
  }
}

/// The items that all spaces name, in the order of the first: the rows that they are in each.
std::vector<std::vector<Eigen::Index>> rows_in_all(const std::vector<matrix_file>& spaces, note_list& notes) {
  std::vector<row_of_name> by_name;
  for (const matrix_file& space : spaces) by_name.push_back(rows_by_name(space));
  std::vector<std::vector<Eigen::Index>> chosen(spaces.size());
  for (const std::string& name : spaces.front().labels) {
    const auto has_it = [&](const row_of_name& one) { return one.contains(name); };
    if (!std::all_of(by_name.begin(), by_name.end(), has_it)) continue;
    for (std::size_t space = 0; space < spaces.size(); ++space)
      chosen[space].push_back(static_cast<Eigen::Index>(by_name[space].at(name)));
  }
  const std::size_t common = chosen.front().size();
  if (common < 2)
    throw file_error(spaces.front().path,
                     "has " + std::to_string(common) + " items in common with all of the other " +
                         std::to_string(spaces.size() - 1) + " spaces, and --join needs 2");
  for (std::size_t space = 0; space < spaces.size(); ++space)
    if (by_name[space].size() > common)
      notes.add(spaces[space].path, "--join takes " + std::to_string(common) + " of its " +
                                        std::to_string(by_name[space].size()) + " items, those of all files");
  return chosen;
}

}  // namespace

void read_spaces(const std::vector<std::string>& files, const input_options& options,
                 const std::function<void(const matrix_file& space, std::size_t file)>& use) {
  check_there(files);
  note_list notes;
  std::optional<matrix_file> first;  // its shape and names
  bool second = true;
  std::vector<matrix_file> to_join;
  std::vector<std::size_t> files_to_join;
  open_each(files, options, [&](matrix_file space, std::size_t file) {
    for (const std::string& note : space.notes) notes.add(space.path, note);
    if (!first) {
      first.emplace(without_values(space));
      if (!options.join) check_enough_rows(space);
    } else {
      if (std::exchange(second, false)) check_skipped_columns(*first, space);
      std::vector<std::string> odd;
      if (!options.join) check_same_items(*first, space, odd);
      for (const std::string& note : odd) notes.add("", note);
    }
    if (!options.join) return use(space, file);
    to_join.push_back(std::move(space));
    files_to_join.push_back(file);
  });
  if (options.join) {
    const std::vector<std::vector<Eigen::Index>> chosen = rows_in_all(to_join, notes);
    for (std::size_t space = 0; space < to_join.size(); ++space)
      use(select_rows(to_join[space], chosen[space]), files_to_join[space]);
  }
  notes.write();
}

}  // namespace program
