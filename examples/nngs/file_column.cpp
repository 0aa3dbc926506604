// SPDX-License-Identifier: MIT
#include "file_column.hpp"

#include <charconv>
#include <system_error>

#include "file_error.hpp"
#include "printable.hpp"

namespace program {

std::string to_text(const file_column& column) {
  const std::string number = "column " + std::to_string(column.number);
  return column.title.empty() ? number : number + ' ' + in_quotes(column.title);
}

std::optional<std::size_t> column_by_number(const std::string& path, const std::string& wanted,
                                            std::size_t count) {
  std::size_t number = 0;
  const char* const end = wanted.data() + wanted.size();
  const auto [stop, error] = std::from_chars(wanted.data(), end, number);
  if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
  if (error != std::errc{} || number < 1 || number > count)
    throw file_error(
        path, "has " + std::to_string(count) + " columns, counted from 1: there is no --skip " + wanted);
  return number - 1;
}

}  // namespace program
