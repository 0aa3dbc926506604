// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iomanip>
#include <ostream>
#include <set>
#include <sstream>
#include <string>

#include "printable.hpp"
#include "report.hpp"

namespace program {
namespace {

std::string fixed(double value, int digits) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << value;
  return text.str();
}

std::string significant(double value) {
  std::ostringstream text;
  text << std::setprecision(4) << value;
  return text.str();
}

/// Small p-values keep their first two digits.
std::string p_value(double p) {
  if (p >= 0.001) return fixed(p, 4);
  std::ostringstream text;
  text << std::setprecision(2) << p;
  return text.str();
}

/// The names of a file's rows, as many as fit the line: a look at them tells whether they are names.
void write_names_line(std::ostream& out, const matrix_file& file) {
  if (!file.names) {
    if (file.element_type == "text") out << "   no names\n";
    return;
  }
  std::string line = "   names in " + to_text(*file.names);
  for (std::size_t i = 0; i < file.labels.size(); ++i) {
    const std::string entry = (i == 0 ? ": " : ", ") + printable(file.labels[i]);
    if (line.size() + entry.size() > 76) {
      line += (i == 0 ? "" : " ...");
      break;
    }
    line += entry;
  }
  out << line << '\n';
}

void write_file_lines(std::ostream& out, const char* name, const matrix_file& file,
                      const metric_choice& metric) {
  out << name << "  " << file.path << "  " << rows(file) << " x " << columns(file) << ' ' << file.element_type
      << ", " << metric.name << '\n';
  if (file.clamp_limit) out << "   cut at +-" << significant(*file.clamp_limit) << " (--clamp)\n";
  write_names_line(out, file);
}

void write_join(std::ostream& out, const item_pairs& pairs) {
  out << "joined by name: " << rows(pairs.x) << " items in both, " << pairs.x_only << " only in x, "
      << pairs.y_only << " only in y\n";
}

/// The neighbours that fit a line of 80 columns.
void write_neighbors(std::ostream& out, const char* name, const std::vector<neighbor>& neighbors) {
  std::string line = std::string("      ") + name + ": ";
  for (std::size_t i = 0; i < neighbors.size(); ++i) {
    const std::string entry =
        (i == 0 ? "" : ", ") + printable(neighbors[i].label) +
        (neighbors[i].distance ? ' ' + fixed(*neighbors[i].distance, 2) : std::string());
    if (line.size() + entry.size() > 76) {
      line += " ...";
      break;
    }
    line += entry;
  }
  out << line << '\n';
}

/// A sentence in lines of 80 columns, the further ones set in.
void write_text(std::ostream& out, const std::string& text) {
  std::size_t begin = 0, width = 80;
  while (text.size() - begin > width) {
    const std::size_t space = text.rfind(' ', begin + width);
    if (space == text.npos || space <= begin) break;  // a word wider than the line
    out << text.substr(begin, space - begin) << "\n    ";
    begin = space + 1;
    width = 76;
  }
  out << text.substr(begin) << '\n';
}

constexpr std::size_t readable_rows = 50;

/// Of a long curve: 1, 3, 10, 30, .., the last and the peaks.
std::vector<curve_point> readable_points(const comparison& result) {
  const std::vector<curve_point>& all = result.curve.points;
  if (all.size() <= readable_rows) return all;
  std::set<Eigen::Index> shown{all.back().observed.k};
  for (const auto& peak : {result.summary.greatest_z, result.summary.greatest_adjusted})
    if (peak) shown.insert(*peak);
  double mark = 1;
  bool one = true;
  for (const curve_point& point : all) {
    if (static_cast<double>(point.observed.k) < mark) continue;
    shown.insert(point.observed.k);
    while (mark <= static_cast<double>(point.observed.k)) {
      mark = one ? 3 * mark : mark / 3 * 10;
      one = !one;
    }
  }
  std::vector<curve_point> points;
  for (const curve_point& point : all)
    if (shown.contains(point.observed.k)) points.push_back(point);
  return points;
}

void write_heading(std::ostream& out, const judged_curve& curve) {
  out << "\n       k    NNGS";
  if (curve.sampled) out << "   error 95 % interval";
  if (curve.chance) out << "  chance adjusted";
  if (curve.z) out << "       z";
  if (curve.p) out << "       p";
  out << " overlap  tied items\n";
}

void write_point(std::ostream& out, const judged_curve& curve, const curve_point& point) {
  const auto column = [&](const std::string& text) { out << std::setw(8) << text; };
  out << std::setw(8) << point.observed.k;
  column(fixed(point.observed.jaccard, 4));
  if (curve.sampled) {
    column(fixed(point.sampled.standard_error, 4));
    out << std::setw(14) << fixed(point.sampled.lower, 4) + '-' + fixed(point.sampled.upper, 4);
  }
  if (curve.chance) {
    column(fixed(point.expected.jaccard, 4));
    out << ' ';
    column(tells_nothing(point) ? "-" : fixed(point.adjusted, 4));
  }
  if (curve.z) column(tells_nothing(point) ? "-" : fixed(point.overlap_z, 1));
  if (curve.p) column(p_value(point.p));
  column(fixed(point.observed.overlap, 4));
  out << std::setw(12) << point.observed.tied_items << '\n';
}

void write_permutations(std::ostream& out, const arguments& asked, const comparison& result) {
  if (!result.curve.p) return;
  out << "\np " << p_value(result.curve.p_curve) << " for the best of these k (" << asked.permutations
      << " permutations";
  if (result.groups > 0) out << " within " << result.groups << (result.groups == 1 ? " group" : " groups");
  out << ", seed " << asked.seed << ")\n";
  if (result.groups > 1 && result.curve.chance)
    out << "chance, adjusted and z are against pairs within the groups\n";
}

void write_sample(std::ostream& out, const arguments& asked, Eigen::Index n) {
  if (asked.sample > 0)
    out << "\nestimated from " << asked.sample << " of " << n << " rows, each searched among all (seed "
        << asked.seed << ")\n";
}

/// What the sampled rows tell of the lists that were found.
void write_corrected(std::ostream& out, const arguments& asked, Eigen::Index n, const comparison& result) {
  if (result.corrected.empty()) return;
  out << '\n';
  write_text(out, "Corrected by an exact search of " + std::to_string(asked.exact_sample) + " of " +
                      std::to_string(n) + " rows (seed " + std::to_string(asked.seed) + "). What " +
                      asked.lists_x_file + " and " + asked.lists_y_file +
                      " score by themselves, the share of the exact neighbours that they hold, "
                      "and of the rows whose score they change:");
  out << "\n       k    NNGS recall x   error recall y   error  changed   error\n";
  for (const curve_point& point : readable_points(result)) {
    const auto one = std::find_if(result.corrected.begin(), result.corrected.end(),
                                  [&](const nngs::corrected_score& at) { return at.k == point.observed.k; });
    out << std::setw(8) << one->k << std::setw(8) << fixed(one->uncorrected.jaccard, 4);
    for (const nngs::estimate& share : {one->recall_x, one->recall_y, one->changed})
      out << std::setw(9) << fixed(share.value, 4) << std::setw(8) << fixed(share.standard_error, 4);
    out << '\n';
  }
  const nngs::corrected_score& last = result.corrected.back();
  if (last.changed.value <= 0 && last.changed.upper > 0)
    write_text(out, "No sampled row is changed: of all rows at most " +
                        significant(100 * last.changed.upper) +
                        " % are (95 %), which is what the intervals of NNGS allow for.");
  if (std::min(last.recall_x.value, last.recall_y.value) < 0.5)
    write_text(out,
               "Lists that hold less than half of the exact neighbours may be those of another metric "
               "or other files.");
}

void write_levels(std::ostream& out, const judged_curve& curve,
                  const std::vector<nngs::grown_score>& scores) {
  out << "\n       items       k    NNGS   error 95 % interval" << (curve.chance ? "  chance adjusted" : "")
      << " overlap\n";
  for (const nngs::grown_score& one : scores) {
    const nngs::estimate& jaccard = one.observed.jaccard;
    out << std::setw(12) << one.items << std::setw(8) << one.observed.k;
    out << std::setw(8) << fixed(jaccard.value, 4) << std::setw(8) << fixed(jaccard.standard_error, 4)
        << std::setw(14) << fixed(jaccard.lower, 4) + '-' + fixed(jaccard.upper, 4);
    if (curve.chance)
      out << std::setw(8) << fixed(one.expected.jaccard, 4) << std::setw(9)
          << (tells_nothing(one) ? "-" : fixed(one.adjusted.value, 4));
    out << std::setw(8) << fixed(one.observed.overlap.value, 4) << '\n';
  }
}

/// What the sampled rows tell of fewer items.
void write_growth(std::ostream& out, const comparison& result) {
  const std::vector<nngs::grown_score>& scores = result.growth.at_k;
  if (scores.empty()) return;
  out << '\n';
  write_text(out,
             "Among fewer items: random parts of them, each about half of the one before, with the sampled "
             "rows in all. Errors are those over the sampled rows, given the items; another --seed draws "
             "other items. At the same k:");
  write_levels(out, result.curve, scores);
  out << "\nAt the same share of the items, k = " << scores.front().observed.k << " of "
      << scores.front().items << ":\n";
  write_levels(out, result.curve, result.growth.at_share);
}

/// Where a curve is highest: the rows themselves tell when they are few.
void write_summary(std::ostream& out, const comparison& result) {
  const curve_summary& summary = result.summary;
  if (result.curve.points.size() > readable_rows || summary.log_area) {
    out << '\n';
    if (summary.greatest_z) out << "greatest z at k = " << *summary.greatest_z << ", ";
    if (summary.greatest_adjusted) out << "greatest adjusted at k = " << *summary.greatest_adjusted;
    if (summary.log_area) out << ", log-area of adjusted " << fixed(*summary.log_area, 4);
    if (summary.greatest_adjusted) out << '\n';
    if (summary.greatest_adjusted > result.curve.points.front().expected.n / 2)
      out << "beyond half of the rows, what agrees is who is far\n";
    if (result.curve.points.size() > readable_rows)
      out << "a selection of " << result.curve.points.size() << " k: --csv, --json and --plot give all\n";
  }
  if (!result.z_complaint.empty()) write_text(out, "no z: " + result.z_complaint);
}

void write_cka(std::ostream& out, const arguments& asked, const comparison& result) {
  if (!result.cka.empty()) out << '\n';
  for (const cka_score& score : result.cka) {
    if (score.biased) {
      out << score.kernel << " CKA " << fixed(*score.biased, 4);
      if (tells_cka_chance(asked, result)) out << "   chance " << fixed(score.chance, 4);
      if (asked.cka.debiased && score.debiased) out << "   debiased " << fixed(*score.debiased, 4);
      out << '\n';
    } else {
      out << "no " << score.kernel << " CKA\n";
    }
    if (asked.cka.debiased && score.biased && !score.debiased)
      write_text(out, "  no debiased value: an HSIC is not positive");
    for (const std::string& complaint : score.complaints) write_text(out, "  " + complaint);
  }
}

bool any_tied(const judged_curve& curve) {
  return std::any_of(curve.points.begin(), curve.points.end(),
                     [](const curve_point& point) { return point.observed.tied_items > 0; });
}

/// What ties mean for the scores, and more of it where many items are tied in both files.
void write_ties(std::ostream& out, const judged_curve& curve) {
  const auto in_both = std::max_element(curve.points.begin(), curve.points.end(),
                                        [](const curve_point& a, const curve_point& b) {
                                          return a.observed.tied_in_both < b.observed.tied_in_both;
                                        });
  out << '\n';
  write_text(out,
             "Tied items have equally near k-th and next neighbours: another choice could change the score.");
  if (in_both->observed.tied_in_both > 0)
    write_text(out, "At k = " + std::to_string(in_both->observed.k) + ", " +
                        std::to_string(in_both->observed.tied_in_both) + " items are tied in both files.");
}

/// Whose choice it was.
void write_tie_order(std::ostream& out, const arguments& asked, const judged_curve& curve) {
  const bool in_both = std::any_of(curve.points.begin(), curve.points.end(),
                                   [](const curve_point& point) { return point.observed.tied_in_both > 0; });
  if (asked.ties.from_matrix())
    write_text(out,
               "Each file has its own order of ties, drawn from its values: one changed row draws all of "
               "them anew.");
  else if (in_both)
    write_text(out, "Both files have the same order of ties (--ties " + asked.ties_text +
                        "), which makes unrelated data alike: z and p are too good.");
}

/// All between the files and the ties.
void write_scores(std::ostream& out, const arguments& asked, Eigen::Index n, const comparison& result) {
  write_heading(out, result.curve);
  for (const curve_point& point : readable_points(result)) write_point(out, result.curve, point);
  write_permutations(out, asked, result);
  write_sample(out, asked, n);
  write_corrected(out, asked, n, result);
  write_growth(out, result);
  write_summary(out, result);
  write_cka(out, asked, result);
}

void write_file_line(std::ostream& out, const char* name, const list_file& file) {
  out << name << "  " << file.path << "  " << file.items() << " lists of " << file.depth() << ' '
      << file.element_type << (file.has_distances() ? ", with distances" : "") << '\n';
}

void write_missing(std::ostream& out, const missing_neighbors& missing) {
  out << '\n';
  write_text(out,
             "At k = " + std::to_string(missing.k) + ", " + std::to_string(missing.short_x) +
                 " lists of x and " + std::to_string(missing.short_y) +
                 " of y have fewer neighbours: the scores and their chance are of those that are there.");
  if (missing.left_out > 0)
    write_text(out, "Items that have no neighbour in either file are left out: " +
                        std::to_string(missing.left_out) + '.');
}

}  // namespace

void write_changed(std::ostream& out, const comparison& result) {
  if (result.changed.empty()) return;
  out << "\nLeast alike neighbourhoods at k = " << result.changed_k << " (Jaccard; neighbours"
      << (result.changed.front().x.empty() || result.changed.front().x.front().distance ? " with distances"
                                                                                        : "")
      << ")\n";
  for (const changed_item& item : result.changed) {
    out << fixed(item.jaccard, 4) << "  " << printable(item.label) << '\n';
    write_neighbors(out, "x", item.x);
    write_neighbors(out, "y", item.y);
  }
}

void write_table(std::ostream& out, const arguments& asked, const item_pairs& pairs,
                 const comparison& result) {
  write_file_lines(out, "x", pairs.x, asked.x_metric);
  write_file_lines(out, "y", pairs.y, asked.y_metric);
  if (pairs.joined) write_join(out, pairs);
  write_scores(out, asked, rows(pairs.x), result);
  if (any_tied(result.curve)) {
    write_ties(out, result.curve);
    write_tie_order(out, asked, result.curve);
  }
  write_changed(out, result);
}

void write_table(std::ostream& out, const arguments& asked, const list_pair& pair, const comparison& result) {
  write_file_line(out, "x", pair.x);
  write_file_line(out, "y", pair.y);
  write_scores(out, asked, pair.items(), result);
  if (const auto missing = missing_at(pair, result.curve.points.back().observed.k))
    write_missing(out, *missing);
  if (any_tied(result.curve)) write_ties(out, result.curve);
  write_changed(out, result);
}

}  // namespace program
