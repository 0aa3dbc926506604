// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_MEASURE_HPP
#define NNGS_EXAMPLES_PAPER_MEASURE_HPP

#include <optional>
#include <string>
#include <vector>

#include "correlation.hpp"
#include "markdown_table.hpp"
#include "numbers.hpp"

namespace paper {

/// What some measure says of each of several cases.
struct measure {
  std::string name;
  std::vector<double> values;
};

/// One value of each case.
template <class Cases, class Value>
std::vector<double> values_of(const Cases& cases, const Value& value) {
  std::vector<double> values;
  values.reserve(cases.size());
  for (const auto& one : cases) values.push_back(value(one));
  return values;
}

/// A correlation as the report shows it; a dash for one that is not defined.
inline std::string shown(const std::optional<double>& correlation) {
  return correlation ? fixed(*correlation, 4) : "-";
}

/// How far each measure goes with accuracy, over the same cases: Pearson with its interval, and Spearman.
inline std::string correlation_table(const std::vector<measure>& measures,
                                     const std::vector<double>& accuracy) {
  markdown_table table({"correlation with accuracy", "Pearson", "95 % interval", "Spearman"});
  for (const measure& one : measures) {
    const std::optional<double> linear = pearson(one.values, accuracy);
    const interval range = linear ? fisher_interval(*linear, accuracy.size()) : interval{};
    table.add({one.name, shown(linear), linear ? fixed(range.lower, 2) + " to " + fixed(range.upper, 2) : "-",
               shown(spearman(one.values, accuracy))});
  }
  return table.text();
}

}  // namespace paper

#endif
