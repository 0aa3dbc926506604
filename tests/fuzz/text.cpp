// SPDX-License-Identifier: MIT
// Any bytes as a text of numbers, the first byte choosing the kind of file: a file_error, or a full table
// that blank lines at the end do not change.
#include "../../examples/nngs/text.hpp"

#include <array>
#include <cmath>
#include <optional>

#include "property.hpp"

namespace {

struct outcome {
  std::optional<program::text_table> table;
  std::string complaint;
};

outcome read(const std::string& path, std::string_view text) {
  try {
    return {program::parse_text(path, text), ""};
  } catch (const program::file_error& error) {
    fuzz::require_printable(error, path);
    return {std::nullopt, error.what()};
  }
}

bool same_values(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const std::array<std::string, 3> paths{"words.txt", "words.csv", "words.tsv"};
  const std::string& path = paths[data[0] % paths.size()];
  const std::string_view text = fuzz::as_text(data + 1, size - 1);

  const outcome found = read(path, text);
  if (found.table) {
    const program::text_table& table = *found.table;
    fuzz::require(table.rows > 0 && table.columns > 0, "a table has rows and columns");
    fuzz::require(table.values.size() == table.rows * table.columns, "a table is full");
    fuzz::require(table.labels.empty() || table.labels.size() == table.rows, "all rows have labels or none");
  }

  const outcome longer = read(path, std::string(text) + "\n \t\r\n\n");
  fuzz::require(found.table.has_value() == longer.table.has_value() && found.complaint == longer.complaint,
                "blank lines at the end change no error");
  if (found.table)
    fuzz::require(
        same_values(found.table->values, longer.table->values) && found.table->labels == longer.table->labels,
        "blank lines at the end change no value");
  return 0;
}
