// SPDX-License-Identifier: MIT
// nngs X Y: how alike two embedding spaces of the same items are. nngs matrix FILES: many at once.
// nngs lists X Y: neighbour lists that somebody else found. nngs shard X Y and nngs merge PARTS: by many
// tasks.
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <string_view>

#include "console.hpp"
#include "lists_command.hpp"
#include "matrix_command.hpp"
#include "output_files.hpp"
#include "pair_command.hpp"
#include "shard_command.hpp"
#include "usage_error.hpp"

namespace {

/// A command by the first word behind the program's name; it gets the words from there on.
struct command {
  std::string_view name;
  void (*run)(int count, const char* const* words);
};
constexpr command commands[] = {{"lists", program::run_lists},
                                {"matrix", program::run_matrix},
                                {"merge", program::run_merge},
                                {"shard", program::run_shard}};

/// The command of these words; none for two files.
const command* find_command(int count, const char* const* words) {
  for (const command& one : commands)
    if (count > 1 && words[1] == one.name) return &one;
  return nullptr;
}

int fail(int status, const char* what, const std::string& hint = "") {
  std::cerr << "nngs: " << what << hint << '\n';
  return status;
}

}  // namespace

int main(int given_count, char** given_words) {
  const program::console console(given_count, given_words);
  const int count = console.count();
  const char* const* const words = console.words();
  const command* const asked = find_command(count, words);
  try {
    if (asked != nullptr)
      asked->run(count - 1, words + 1);
    else
      program::run_pair(count, words);
    std::cout.flush();  // of --help and --version too
    program::check_written(std::cout, "standard output");
    return 0;
  } catch (const program::usage_error& error) {
    const std::string name = asked == nullptr ? "" : std::string(asked->name) + ' ';
    return fail(2, error.what(), "\nnngs " + name + "--help tells how to call it");
  } catch (const std::bad_alloc&) {
    return fail(1, "out of memory: choose a smaller k, --no-cka or fewer items");
  } catch (const std::exception& error) {
    return fail(1, error.what());
  }
}
