// SPDX-License-Identifier: MIT
#include "pair_search.hpp"

#include <concepts>
#include <nngs/error.hpp>
#include <string>
#include <variant>

#include "file_error.hpp"

namespace program {
namespace {

matrix_view<double> view(const nngs::row_major<double>& values) {
  return {values.data(), values.rows(), values.cols()};
}

/// Calls work(values of x, of y), of one scalar type: if only one is float, a copy of it in double.
template <class Work>
auto with_values(const matrix_file& x, const matrix_file& y, const Work& work) {
  return std::visit(
      [&]<class A, class B>(const A& a, const B& b) {
        if constexpr (std::same_as<A, B>) {
          return work(a, b);
        } else if constexpr (std::same_as<A, matrix_view<float>>) {
          const nngs::row_major<double> copy = a.template cast<double>();
          return work(view(copy), b);
        } else {
          const nngs::row_major<double> copy = b.template cast<double>();
          return work(a, view(copy));
        }
      },
      x.values, y.values);
}

/// Calls work(values of x, of y, search of x, of y). The library names the matrices x and y: here they are
/// files.
template <class Work>
auto with_both(const searched_file& x, const searched_file& y, const Work& work) {
  try {
    return std::visit(
        [&]<class Metric>(const Metric& metric_x) {
          return with_values(x.file, y.file, [&](const auto& a, const auto& b) {
            return work(a, b, nngs::exact<Metric>{metric_x, x.ties},
                        nngs::exact<Metric>{std::get<Metric>(y.metric.metric), y.ties});
          });
        },
        x.metric.metric);
  } catch (const nngs::input_error& error) {
    if (error.matrix() == "x") throw file_error(x.file.path, std::string(error.complaint()));
    if (error.matrix() == "y") throw file_error(y.file.path, std::string(error.complaint()));
    throw;
  }
}

}  // namespace

bool same_kind(const metric_choice& x, const metric_choice& y) {
  return x.metric.index() == y.metric.index();
}

std::vector<nngs::score> every_score(const searched_file& x, const searched_file& y,
                                     const watched_threads& execute) {
  return with_both(x, y, [&](const auto& a, const auto& b, const auto& search_a, const auto& search_b) {
    return nngs::similarity_curve(a, b, search_a, search_b, execute);
  });
}

std::vector<nngs::sampled_score> sampled_scores(const searched_file& x, const searched_file& y,
                                                Eigen::Index depth, const nngs::sample& which,
                                                const watched_threads& execute) {
  return with_both(x, y, [&](const auto& a, const auto& b, const auto& search_a, const auto& search_b) {
    return nngs::sample_similarity_curve(a, b, depth, search_a, search_b, which, execute);
  });
}

std::vector<nngs::corrected_score> corrected_scores(const searched_file& x, const searched_file& y,
                                                    const graph_pair& found, Eigen::Index depth,
                                                    const nngs::sample& which,
                                                    const watched_threads& execute) {
  return with_both(x, y, [&](const auto& a, const auto& b, const auto& search_a, const auto& search_b) {
    return nngs::corrected_similarity_curve(a, b, found.x, found.y, depth, search_a, search_b, which,
                                            execute);
  });
}

}  // namespace program
