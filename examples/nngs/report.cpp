// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <algorithm>
#include <charconv>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

namespace program {
namespace {

using nlohmann::ordered_json;

std::string fixed(double value, int digits) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << value;
  return text.str();
}

std::string digits17(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof(text), value, std::chars_format::general, 17);
  return {text, end};
}

void write_file_line(std::ostream& out, const char* name, const matrix_file& file,
                     const metric_choice& metric) {
  out << name << "  " << file.path << "  " << rows(file) << " x " << columns(file) << ' ' << file.element_type
      << ", " << metric.name << '\n';
}

/// The neighbours that fit a line of 80 columns.
void write_neighbors(std::ostream& out, const char* name, const std::vector<neighbor>& neighbors) {
  std::string line = std::string("      ") + name + ": ";
  for (std::size_t i = 0; i < neighbors.size(); ++i) {
    const std::string entry =
        (i == 0 ? "" : ", ") + neighbors[i].label + ' ' + fixed(neighbors[i].distance, 2);
    if (line.size() + entry.size() > 76) {
      line += " ...";
      break;
    }
    line += entry;
  }
  out << line << '\n';
}

void write_changed(std::ostream& out, const comparison& result) {
  if (result.changed.empty()) return;
  out << "\nLeast alike neighbourhoods at k = " << result.changed_k
      << " (Jaccard; neighbours with distances)\n";
  for (const changed_item& item : result.changed) {
    out << fixed(item.jaccard, 4) << "  " << item.label << '\n';
    write_neighbors(out, "x", item.x);
    write_neighbors(out, "y", item.y);
  }
}

ordered_json file_json(const matrix_file& file, const metric_choice& metric) {
  return {{"file", file.path}, {"rows", rows(file)}, {"cols", columns(file)}, {"metric", metric.name}};
}

ordered_json neighbors_json(const std::vector<neighbor>& neighbors) {
  ordered_json list = ordered_json::array();
  for (const neighbor& one : neighbors) list.push_back({{"label", one.label}, {"distance", one.distance}});
  return list;
}

ordered_json changed_json(const comparison& result) {
  ordered_json list = ordered_json::array();
  for (const changed_item& item : result.changed)
    list.push_back({{"row", item.row},
                    {"label", item.label},
                    {"k", result.changed_k},
                    {"jaccard", item.jaccard},
                    {"x", neighbors_json(item.x)},
                    {"y", neighbors_json(item.y)}});
  return list;
}

}  // namespace

void write_table(std::ostream& out, const arguments& asked, const matrix_file& x, const matrix_file& y,
                 const comparison& result) {
  write_file_line(out, "x", x, asked.x_metric);
  write_file_line(out, "y", y, asked.y_metric);
  out << "\n       k     NNGS  overlap  tied items\n";
  bool tied = false;
  for (const nngs::score& score : result.curve) {
    out << std::setw(8) << score.k << std::setw(9) << fixed(score.jaccard, 4) << std::setw(9)
        << fixed(score.overlap, 4) << std::setw(12) << score.tied_items << '\n';
    tied = tied || score.tied_items > 0;
  }
  if (result.linear_cka)
    out << "\nlinear CKA " << fixed(*result.linear_cka, 4) << '\n';
  else if (result.cka_asked)
    out << "\nno linear CKA: " << result.cka_complaint << '\n';
  if (tied)
    out << "\nTied items have equally near k-th and next neighbours: the smaller row goes first,\n"
           "and another choice could change the score.\n";
  write_changed(out, result);
}

std::string to_json(const arguments& asked, const matrix_file& x, const matrix_file& y,
                    const comparison& result) {
  ordered_json json{{"n", rows(x)}, {"x", file_json(x, asked.x_metric)}, {"y", file_json(y, asked.y_metric)}};
  json["curve"] = ordered_json::array();
  for (const nngs::score& score : result.curve)
    json["curve"].push_back({{"k", score.k},
                             {"jaccard", score.jaccard},
                             {"overlap", score.overlap},
                             {"tied_items", score.tied_items}});
  if (result.cka_asked)
    json["cka"]["linear"] = result.linear_cka ? ordered_json(*result.linear_cka) : ordered_json();
  if (!result.cka_complaint.empty()) json["cka"]["complaint"] = result.cka_complaint;
  if (!result.changed.empty()) json["changed"] = changed_json(result);
  // Labels may hold bytes that are not UTF-8: they are replaced, not refused.
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

std::string to_csv(const comparison& result) {
  std::string text = "k,jaccard,overlap,tied_items\n";
  for (const nngs::score& score : result.curve)
    text += std::to_string(score.k) + ',' + digits17(score.jaccard) + ',' + digits17(score.overlap) + ',' +
            std::to_string(score.tied_items) + '\n';
  return text;
}

}  // namespace program
