// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_FOR_EACH_HPP
#define NNGS_EXAMPLES_PAPER_FOR_EACH_HPP

#include <Eigen/Core>
#include <nngs/executor.hpp>
#include <string>
#include <vector>

#include "experiment.hpp"

namespace paper {

/// What body(i) gives for each i in [0, count), computed on all cores while the progress line says how far.
/// Bodies are small: each does its own work on one thread (nngs::serial).
template <class Body>
auto for_each(const settings& asked, const std::string& what, Eigen::Index count, const Body& body) {
  std::vector<decltype(body(count))> results(static_cast<std::size_t>(count));
  if (asked.progress != nullptr) asked.progress->start(what);
  const auto show = [&asked](Eigen::Index done, Eigen::Index total) {
    if (asked.progress != nullptr)
      asked.progress->show(static_cast<double>(done) / static_cast<double>(total));
  };
  const nngs::reporting on_all_cores{nngs::threads{}, show};
  on_all_cores(count, [&](Eigen::Index i) { results[static_cast<std::size_t>(i)] = body(i); });
  return results;
}

}  // namespace paper

#endif
