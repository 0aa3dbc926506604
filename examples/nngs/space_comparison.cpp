// SPDX-License-Identifier: MIT
#include "space_comparison.hpp"

#include <algorithm>
#include <nngs/cka_matrix.hpp>
#include <nngs/permutation_matrix.hpp>
#include <nngs/sample_matrix.hpp>
#include <nngs/similarity_matrix.hpp>
#include <span>
#include <utility>
#include <variant>

#include "file_error.hpp"
#include "k_choice.hpp"
#include "kept_lists.hpp"
#include "progress.hpp"
#include "space_files.hpp"
#include "time_advice.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

/// The k that is shown, of those that were chosen: the first that the text names.
Eigen::Index first_k(const std::string& text, Eigen::Index n) {
  return chosen_k(text.substr(0, text.find(',')), n).front();
}

/// Neighbours that suit few items too.
std::string ten_or_fewer(Eigen::Index n) { return std::to_string(std::clamp<Eigen::Index>(n / 2, 1, 10)); }

/// The graph of one space: the one place where it is made, or taken from those that are kept.
nngs::neighbor_graph graph_of_space(const matrix_file& space, Eigen::Index depth,
                                    const matrix_arguments& asked, std::optional<kept_lists>& kept,
                                    const watched_threads& execute) {
  const auto search = [&] {
    return build_graph(space, depth, asked.metric, asked.builder, asked.ties, execute);
  };
  if (!kept) return search();
  return kept->graph(facts_of(space, asked.metric.name, asked.ties_text, asked.input.clamp.text), depth,
                     search);
}

/// The lists of some rows of one space.
nngs::sampled_lists sample_of_space(const matrix_file& space, const std::vector<Eigen::Index>& rows,
                                    Eigen::Index depth, const matrix_arguments& asked,
                                    const watched_threads& execute) {
  try {
    return std::visit(
        [&]<class Metric>(const auto& values, const Metric& metric) {
          return nngs::sampled_lists(values, rows, depth, nngs::exact<Metric>{metric, asked.ties}, execute);
        },
        space.values, asked.metric.metric);
  } catch (const nngs::input_error& error) {
    throw file_error(space.path, error.what());
  }
}

nngs::linear_space kernel_of_space(const matrix_file& space, const watched_threads& execute) {
  try {
    return std::visit([&](const auto& values) { return nngs::linear_space(values, execute); }, space.values);
  } catch (const nngs::input_error& error) {
    throw file_error(space.path, error.what());
  }
}

/// Calls use(spaces), or use(those of the rows, those of the columns).
template <class Space, class Use>
auto with_sides(const space_comparison& result, const std::vector<Space>& spaces, const Use& use) {
  const std::span<const Space> all(spaces);
  return result.square ? use(all) : use(all.first(result.rows.size()), all.subspan(result.rows.size()));
}

/// One run of the program over many files.
class many_spaces {
 public:
  explicit many_spaces(const matrix_arguments& asked) : asked_(asked) {
    if (!asked.lists_folder.empty()) kept_.emplace(asked.lists_folder);
  }

  space_comparison operator()() {
    result_.square = asked_.against.empty();
    read();
    line_.advise(nullptr);
    line_.start("scores");
    if (asked_.sample > 0)
      score_sample();
    else
      score_graphs();
    if (asked_.cka) {
      line_.start("linear CKA");
      result_.cka = with_sides(result_, kernels_, [&](const auto&... sides) {
        return nngs::linear_cka_matrix(sides..., execute_);
      });
    }
    if (kept_) result_.notes = kept_->notes();
    return std::move(result_);
  }

 private:
  void read() {
    std::vector<std::string> files = asked_.files;
    files.insert(files.end(), asked_.against.begin(), asked_.against.end());
    read_spaces(files, asked_.input, [&](const matrix_file& file, std::size_t number) {
      if (result_.n == 0) {
        choose_k(rows(file));
        if (asked_.sample == 0)
          line_.advise(
              [searches = static_cast<int>(files.size()), n = result_.n](double seconds, double share) {
                return time_advice(seconds, share, searches, n);
              });
      }
      line_.start("neighbours in " + file.path + ", file " + std::to_string(number + 1) + " of " +
                  std::to_string(files.size()));
      space one{file.path, columns(file), file.element_type};
      if (asked_.sample > 0)
        samples_.push_back(sample_of_space(file, sampled_rows_, result_.ks.back(), asked_, execute_));
      else
        graphs_.push_back(graph_of_space(file, result_.ks.back(), asked_, kept_, execute_));
      if (asked_.cka) one.has_cka = kernels_.emplace_back(kernel_of_space(file, execute_)).has_variance();
      (number < asked_.files.size() ? result_.rows : result_.columns).push_back(std::move(one));
    });
    if (!result_.square) return;
    if (result_.rows.size() < 2)
      throw usage_error(
          "one space has nothing to be compared with: give more files, or a .npy of (layers, n, d)");
    result_.columns = result_.rows;
  }

  void choose_k(Eigen::Index n) {
    result_.n = n;
    const std::string text = asked_.k.empty() ? ten_or_fewer(n) : asked_.k;
    result_.ks = chosen_k(text, n);
    result_.shown_k = first_k(text, n);
    if (asked_.sample > n)
      throw usage_error("--sample " + std::to_string(asked_.sample) + ": these files have " +
                        std::to_string(n) + " rows");
    if (asked_.sample > 0) sampled_rows_ = nngs::sample_rows(n, asked_.sample, asked_.seed);
  }

  /// Sets the points of all pairs, point(row, column, k) by point.
  template <class Point>
  void set_points(const Point& point) {
    const auto row_count = static_cast<Eigen::Index>(result_.rows.size()),
               column_count = static_cast<Eigen::Index>(result_.columns.size());
    for (Eigen::Index row = 0; row < row_count; ++row)
      for (Eigen::Index column = 0; column < column_count; ++column)
        for (const Eigen::Index k : result_.ks) result_.points.push_back(point(row, column, k));
  }

  void score_graphs() {
    const nngs::similarity_matrix all = with_sides(result_, graphs_, [&](const auto&... sides) {
      return nngs::similarity_matrix(sides..., result_.ks, execute_);
    });
    result_.z = true;
    set_points([&](Eigen::Index row, Eigen::Index column, Eigen::Index k) {
      const nngs::tested_score& one = all.at(row, column, k);
      return curve_point{.observed = one.observed,
                         .expected = one.expected,
                         .adjusted = one.adjusted,
                         .overlap_sd = one.overlap_sd,
                         .overlap_z = one.overlap_z};
    });
    if (asked_.permutations > 0) add_permutations();
  }

  void add_permutations() {
    line_.start("permutations");
    const nngs::permutations options{.count = asked_.permutations, .seed = asked_.seed, .k = result_.ks};
    const nngs::permuted_matrix test = with_sides(result_, graphs_, [&](const auto&... sides) {
                                         return nngs::permutation_test(sides..., options, execute_);
                                       }).jaccard;
    result_.p = true;
    result_.best = best_pair{test.best().row, test.best().column, test.best().k, test.best_p()};
    auto point = result_.points.begin();
    for (Eigen::Index row = 0; row < static_cast<Eigen::Index>(result_.rows.size()); ++row)
      for (Eigen::Index column = 0; column < static_cast<Eigen::Index>(result_.columns.size()); ++column)
        for (const Eigen::Index k : result_.ks) {
          if (!result_.square || row != column) point->p = test.at(row, column, k).p;
          ++point;
        }
  }

  void score_sample() {
    const nngs::sampled_matrix all = with_sides(result_, samples_, [&](const auto&... sides) {
      return nngs::sampled_matrix(sides..., result_.ks, 0.95, execute_);
    });
    result_.sampled = true;
    std::vector<nngs::baseline> chance;
    for (const Eigen::Index k : result_.ks) chance.push_back(nngs::chance(result_.n, k));
    set_points([&](Eigen::Index row, Eigen::Index column, Eigen::Index k) {
      const nngs::sampled_score& one = all.at(row, column, k);
      const nngs::baseline& expected = *std::find_if(chance.begin(), chance.end(),
                                                     [&](const nngs::baseline& base) { return base.k == k; });
      return curve_point{
          .observed = {one.k, one.jaccard.value, one.overlap.value, one.tied_items, one.tied_in_both},
          .expected = expected,
          .adjusted = nngs::adjusted(one.jaccard.value, expected.jaccard),
          .sampled = one.jaccard};
    });
  }

  const matrix_arguments& asked_;
  space_comparison result_;
  std::vector<nngs::neighbor_graph> graphs_;
  std::optional<kept_lists> kept_;
  std::vector<nngs::sampled_lists> samples_;
  std::vector<Eigen::Index> sampled_rows_;
  std::vector<nngs::linear_space> kernels_;
  progress_line line_;
  watched_threads execute_{nngs::threads{asked_.threads}, report_to_line{&line_}};
};

}  // namespace

const curve_point& space_comparison::at(Eigen::Index row, Eigen::Index column, Eigen::Index k) const {
  const auto place = static_cast<std::size_t>(std::lower_bound(ks.begin(), ks.end(), k) - ks.begin());
  const auto pair = static_cast<std::size_t>(row) * columns.size() + static_cast<std::size_t>(column);
  return points[pair * ks.size() + place];
}

space_comparison compare_spaces(const matrix_arguments& asked) { return many_spaces(asked)(); }

std::optional<double> cka_of(const space_comparison& result, Eigen::Index row, Eigen::Index column) {
  const bool defined = result.cka && result.rows[static_cast<std::size_t>(row)].has_cka &&
                       result.columns[static_cast<std::size_t>(column)].has_cka;
  return defined ? std::optional((*result.cka)(row, column)) : std::nullopt;
}

std::optional<double> shown_score(const space_comparison& result, matrix_score score, Eigen::Index row,
                                  Eigen::Index column) {
  if (score == matrix_score::cka) return cka_of(result, row, column);
  const curve_point& point = result.at(row, column, result.shown_k);
  if (score == matrix_score::jaccard) return point.observed.jaccard;
  if (score == matrix_score::overlap) return point.observed.overlap;
  if (tells_nothing(point)) return std::nullopt;
  if (score == matrix_score::adjusted) return point.adjusted;
  return result.z && !(result.square && row == column) ? std::optional(point.overlap_z) : std::nullopt;
}

}  // namespace program
