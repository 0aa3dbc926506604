// SPDX-License-Identifier: MIT
#include "comparison.hpp"

#include <iomanip>
#include <numeric>
#include <optional>
#include <sstream>
#include <utility>

#include "file_error.hpp"
#include "k_choice.hpp"
#include "kept_lists.hpp"
#include "list_pair.hpp"
#include "pair_search.hpp"
#include "piece_search.hpp"
#include "sampled_pair.hpp"
#include "time_advice.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

std::vector<Eigen::Index> all_k(Eigen::Index n) {
  std::vector<Eigen::Index> ks(static_cast<std::size_t>(n - 1));
  std::iota(ks.begin(), ks.end(), Eigen::Index{1});
  return ks;
}

/// The lists that are to be corrected; none where no such thing is asked for.
std::optional<list_pair> lists_to_correct(const arguments& asked, Eigen::Index n) {
  if (asked.exact_sample == 0) return std::nullopt;
  // --skip is of the matrices. What is missing counts where it is within the largest k: see graph_of.
  list_pair lists =
      pair_lists(open_lists(asked.lists_x_file, {}, true), open_lists(asked.lists_y_file, {}, true));
  if (lists.items() != n)
    throw file_error(lists.x.path, "has " + std::to_string(lists.items()) + " lists, and " + asked.x_file +
                                       " has " + std::to_string(n) +
                                       " rows: both need the same items, in the same order");
  return lists;
}

std::vector<Eigen::Index> asked_k(const arguments& asked, Eigen::Index n,
                                  const std::optional<list_pair>& lists) {
  if (lists) return k_of_lists(asked.k, asked.all_k, n, lists->depth(), lists->shallower().path);
  if (asked.all_k) return all_k(n);
  if (asked.growth && asked.k.empty()) return {std::min<Eigen::Index>(10, n / 2)};
  return asked.k.empty() ? default_k(n) : chosen_k(asked.k, n);
}

/// Two graphs of every k, and what is counted while they are judged.
double bytes_of_all_k(Eigen::Index n) { return 18.0 * static_cast<double>(n) * static_cast<double>(n); }

constexpr double much_memory = 0x1p30;

std::string instead_of_all_k(Eigen::Index n) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(1) << bytes_of_all_k(n) / 0x1p30
       << " GiB for every k of these files: ask for fewer, such as --k 1:1000, or for all with --k 1:"
       << n - 1;
  return text.str();
}

/// Whether every k is scored row by row, with no graph kept and so no z.
bool streams(const arguments& asked, Eigen::Index n) {
  if (!asked.all_k || asked.sample > 0 || asked.exact_sample > 0 || asked.permutations > 0 ||
      !asked.lists_folder.empty() || !same_kind(asked.x_metric, asked.y_metric))
    return false;
  return !asked.chance || bytes_of_all_k(n) > much_memory;
}

void check_size(const arguments& asked, const std::vector<Eigen::Index>& ks, Eigen::Index n) {
  if (asked.sample > n)
    throw usage_error("--sample " + std::to_string(asked.sample) + ": these files have " + std::to_string(n) +
                      " rows");
  if (asked.exact_sample > n)
    throw usage_error("--exact-sample " + std::to_string(asked.exact_sample) + ": these files have " +
                      std::to_string(n) + " rows");
  if (asked.growth && ks.size() > 1)
    throw usage_error("--growth is told at one k: --k " + asked.k + " are " + std::to_string(ks.size()));
  if (!asked.plot_file.empty() && ks.size() < 2 && !asked.growth)
    throw usage_error("--plot draws a curve: ask for more than one k, such as --all-k or --k 1:50");
  if (asked.all_k && !streams(asked, n) && asked.sample == 0 && asked.exact_sample == 0 &&
      bytes_of_all_k(n) > much_memory)
    throw usage_error((asked.permutations > 0        ? "--permutations need"
                       : !asked.lists_folder.empty() ? "--lists needs"
                                                     : "different metrics need") +
                      std::string(" the graphs in memory, ") + instead_of_all_k(n));
}

/// One run of the program over two files.
class run {
 public:
  run(const arguments& asked, const item_pairs& pairs)
      : asked_(asked),
        pairs_(pairs),
        x_(pairs.x),
        y_(pairs.y),
        n_(rows(x_)),
        lists_(lists_to_correct(asked, n_)),
        ks_(asked_k(asked, n_, lists_)) {
    check_size(asked, ks_, n_);
    if (!asked.lists_folder.empty()) kept_.emplace(asked.lists_folder);
    labels_ = labels_of_items(asked.labels_file, pairs);
    groups_ = to_groups(asked.groups_file, labels_of_items(asked.groups_file, pairs));
  }

  comparison operator()() {
    comparison result;
    result.groups = groups_.count;
    if (asked_.sample == 0 && !lists_) {
      const int searches = streams(asked_, n_) ? 1 : 2;
      line_.advise(
          [=, this](double seconds, double share) { return time_advice(seconds, share, searches, n_); });
    }
    if (asked_.growth)
      from_levels(result);
    else if (asked_.sample > 0)
      from_sample(result);
    else if (lists_)
      from_lists(result);
    else if (streams(asked_, n_))
      row_by_row(result);
    else
      from_graphs(result);
    result.summary = summarize(result.curve);
    if (kept_) result.notes = kept_->notes();
    for (const kernel_choice& kernel : asked_.cka.kernels) {
      line_.start(kernel.name + " CKA");
      result.cka.push_back(pairs_.unread
                               ? score_linear_cka(pairs_.unread->x, pairs_.unread->y, kernel, line_, execute_)
                               : score_cka(x_, y_, kernel, asked_.seed, execute_));
    }
    return result;
  }

 private:
  graph_pair build(Eigen::Index depth) {
    nngs::neighbor_graph graph_x = build(x_, asked_.x_metric, depth);
    return {std::move(graph_x), build(y_, asked_.y_metric, depth)};
  }

  nngs::neighbor_graph build(const matrix_file& file, const metric_choice& metric, Eigen::Index depth) {
    line_.start("neighbours in " + file.path);
    const auto search = [&] {
      return build_graph(file, depth, metric, asked_.builder, asked_.ties, execute_);
    };
    if (!kept_) return search();
    return kept_->graph(facts_of(file, metric.name, asked_.ties_text, asked_.input.clamp.text), depth,
                        search);
  }

  void from_graphs(comparison& result) {
    const graph_pair graphs = build(ks_.back());
    line_.advise(nullptr);
    score_graphs(result, asked_, graphs, ks_, groups_, line_, execute_);
    if (asked_.changed > 0) add_changed(result, graphs);
  }

  void row_by_row(comparison& result) {
    line_.start("scores at every k");
    result.curve = judge_scores(
        every_score({x_, asked_.x_metric, asked_.ties}, {y_, asked_.y_metric, asked_.ties}, execute_), ks_,
        n_, asked_.chance);
    if (asked_.chance) result.z_complaint = "it needs the graphs in memory, " + instead_of_all_k(n_);
    if (asked_.changed > 0) add_changed(result, build(readable_k(ks_)));
  }

  void from_sample(comparison& result) {
    line_.start("neighbours of the sampled rows");
    const nngs::sample which{.rows = asked_.sample, .seed = asked_.seed};
    const auto scores = pairs_.unread
                            ? scores_in_pieces()
                            : sampled_scores({x_, asked_.x_metric, asked_.ties},
                                             {y_, asked_.y_metric, asked_.ties}, ks_.back(), which, execute_);
    result.curve = judge_sample(scores, ks_, n_, asked_.chance);
  }

  /// The same scores of files that are too large for memory.
  std::vector<nngs::sampled_score> scores_in_pieces() {
    const piece_question question{
        nngs::sample_rows(n_, asked_.sample, asked_.seed), ks_.back(), {0, n_}, asked_.ties};
    const std::size_t piece = bytes_for_pieces(*pairs_.unread, asked_.sample, ks_.back());
    line_.start("neighbours of the sampled rows in " + x_.path);
    const nngs::nearest_lists lists_x =
        search_pieces({x_, pairs_.unread->x}, asked_.x_metric, question, piece, execute_);
    line_.start("neighbours of the sampled rows in " + y_.path);
    const nngs::nearest_lists lists_y =
        search_pieces({y_, pairs_.unread->y}, asked_.y_metric, question, piece, execute_);
    return nngs::estimate_score_curve(nngs::tally_curve(lists_x, lists_y, execute_), n_);
  }

  void from_levels(comparison& result) {
    const Eigen::Index k = ks_.back();
    const nngs::growth_levels levels = nngs::growth_levels::for_rows(n_, asked_.sample, asked_.seed);
    const piece_question question{nngs::sample_rows(n_, asked_.sample, asked_.seed), k, {0, n_}, asked_.ties};
    const std::size_t piece =
        pairs_.unread ? bytes_for_pieces(*pairs_.unread, asked_.sample, k, levels.count) : 0;
    const auto lists_of = [&](const matrix_file& file, const metric_choice& metric,
                              const row_source* unread) {
      line_.start("neighbours of the sampled rows in " + file.path);
      return unread != nullptr ? search_levels({file, *unread}, metric, question, levels, piece, execute_)
                               : search_levels(file, metric, question, levels, execute_);
    };
    const nngs::growth_lists lists_x =
        lists_of(x_, asked_.x_metric, pairs_.unread ? &pairs_.unread->x : nullptr);
    const nngs::growth_lists lists_y =
        lists_of(y_, asked_.y_metric, pairs_.unread ? &pairs_.unread->y : nullptr);
    constexpr double confidence = 0.95;
    result.growth = {nngs::growth(lists_x, lists_y, k, nngs::growth_scale::neighbors, confidence, execute_),
                     nngs::growth(lists_x, lists_y, k, nngs::growth_scale::share, confidence, execute_)};
    // Of all items: the score at this k, the only one that is looked at.
    const std::vector every(static_cast<std::size_t>(k), result.growth.at_k.front().observed);
    result.curve = judge_sample(every, ks_, n_, asked_.chance);
  }

  void from_lists(comparison& result) {
    for (const list_file* const file : {&lists_->x, &lists_->y}) {
      if (file == &lists_->y && file->path == lists_->x.path) continue;  // said already
      for (const std::string& note : file->notes) result.notes.push_back(file->path + ": " + note);
    }
    const graph_pair found{graph_of(lists_->x), graph_of(lists_->y)};
    line_.start("neighbours of the sampled rows");
    const nngs::sample which{.rows = asked_.exact_sample, .seed = asked_.seed};
    const std::vector<nngs::corrected_score> every =
        corrected_scores({x_, asked_.x_metric, asked_.ties}, {y_, asked_.y_metric, asked_.ties}, found,
                         ks_.back(), which, execute_);
    std::vector<nngs::sampled_score> scores;
    for (const nngs::corrected_score& one : every)
      scores.push_back({one.k, one.rows, one.jaccard, one.overlap, one.tied_items, one.tied_in_both});
    result.curve = judge_sample(scores, ks_, n_, asked_.chance);
    for (const Eigen::Index k : ks_) result.corrected.push_back(every[static_cast<std::size_t>(k - 1)]);
  }

  nngs::neighbor_graph graph_of(const list_file& file) const {
    const Eigen::Index k = ks_.back(), lists = file.short_lists(k);
    if (lists > 0)
      throw file_error(file.path, std::to_string(lists) + " of " + std::to_string(n_) +
                                      " lists have fewer than k = " + std::to_string(k) +
                                      " neighbours: search them with more effort, or ask for a smaller --k");
    return to_graph(file, k);
  }

  void add_changed(comparison& result, const graph_pair& graphs) {
    result.changed_k = readable_k(ks_);
    result.changed = most_changed(
        nngs::test_items(graphs.x, graphs.y, result.changed_k, execute_),
        told(x_, asked_.x_metric, graphs.x, result.changed_k, item_labels(labels_, x_.labels, n_)),
        told(y_, asked_.y_metric, graphs.y, result.changed_k, item_labels(labels_, y_.labels, n_)),
        asked_.changed);
  }

  const arguments& asked_;
  const item_pairs& pairs_;
  const matrix_file &x_, &y_;
  Eigen::Index n_;
  std::optional<list_pair> lists_;
  std::vector<Eigen::Index> ks_;
  std::vector<std::string> labels_;
  group_numbers groups_;
  std::optional<kept_lists> kept_;
  progress_line line_;
  watched_threads execute_{nngs::threads{asked_.threads}, report_to_line{&line_}};
};

}  // namespace

void score_graphs(comparison& result, const arguments& asked, const graph_pair& graphs,
                  const std::vector<Eigen::Index>& ks, const group_numbers& groups, progress_line& line,
                  const watched_threads& execute) {
  line.start("scores");
  result.curve = judge_graphs(graphs, ks, asked.chance, execute);
  if (asked.permutations == 0) return;
  line.start("permutations");
  add_permutations(result.curve, graphs, {asked.permutations, asked.seed, ks, groups.of_row}, execute);
}

comparison compare(const arguments& asked, const item_pairs& pairs) { return run(asked, pairs)(); }

}  // namespace program
