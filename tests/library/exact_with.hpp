// SPDX-License-Identifier: MIT
// `nngs::exact` by a given instruction set, for tests that compare them: the door itself takes the widest.
#ifndef NNGS_TESTS_EXACT_WITH_HPP
#define NNGS_TESTS_EXACT_WITH_HPP

#include <nngs/exact.hpp>
#include <vector>

using nngs::detail::base::instruction_set;

/// Those that this processor has, the narrowest first.
inline std::vector<instruction_set> available_instruction_sets() {
  std::vector<instruction_set> sets;
  for (const auto one : {instruction_set::portable, instruction_set::avx2, instruction_set::avx512,
                         instruction_set::avx512vnni})
    if (one <= nngs::detail::base::best_instruction_set()) sets.push_back(one);
  return sets;
}

/// A builder.
template <class Metric>
struct exact_with {
  Metric metric;
  instruction_set instructions;

  template <class Scalar, class Executor>
  nngs::neighbor_graph operator()(const nngs::points<Scalar>& values, Eigen::Index k,
                                  const Executor& execute) const {
    return nngs::neighbor_graph(nngs::detail::search::find_neighbors(
        nngs::detail::search::way::all_pairs, values, metric, nngs::tie_order{}, k, instructions, execute));
  }
};
template <class Metric>
exact_with(Metric, instruction_set) -> exact_with<Metric>;

#endif
