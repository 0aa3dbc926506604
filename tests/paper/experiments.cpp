// SPDX-License-Identifier: MIT
// What the report claims holds at reduced sizes too.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "../../examples/nngs/gnuplot.hpp"
#include "../../examples/paper/experiments.hpp"
#include "../../examples/paper/missing_data.hpp"
#include "../catch.hpp"
#include "../golden.hpp"
#include "../program/temporary_file.hpp"

namespace {

using paper::csv_file;
using paper::section;

const paper::settings small{.reduced = true, .data = {}};

/// The number in a column of the first row that begins with these cells.
double figure(const csv_file& file, const std::vector<std::string>& begins_with, const std::string& column) {
  const auto at = std::find(file.columns.begin(), file.columns.end(), column);
  REQUIRE(at != file.columns.end());
  for (const auto& row : file.rows)
    if (std::equal(begins_with.begin(), begins_with.end(), row.begin()))
      return std::stod(row[static_cast<std::size_t>(at - file.columns.begin())]);
  FAIL("no row " << begins_with.front());
  return 0;
}

}  // namespace

TEST_CASE("every experiment gives the plots it shows and whole rows of numbers") {
  std::set<std::string> files;
  for (const paper::experiment& one : paper::experiments()) {
    INFO(one.name);
    section result;
    try {
      result = one.run(small);
    } catch (const paper::missing_data&) {
      continue;
    }
    for (const auto& plot : result.plots) {
      CHECK(result.text.find("(plots/" + plot.name + ".svg)") != std::string::npos);
      CHECK(files.insert(plot.name + ".svg").second);
    }
    const auto shown = [&](const std::string& link) {
      std::size_t count = 0;
      for (auto at = result.text.find(link); at != std::string::npos; at = result.text.find(link, at + 1))
        ++count;
      return count;
    };
    CHECK(shown("(plots/") == result.plots.size());
    CHECK(result.text.find("nan") == std::string::npos);
    CHECK(result.text.back() == '\n');
    CHECK_FALSE(result.figures.empty());
    for (const csv_file& file : result.figures) {
      CHECK(files.insert(file.name + ".csv").second);
      CHECK_FALSE(file.rows.empty());
      for (const auto& row : file.rows) {
        REQUIRE(row.size() == file.columns.size());
        for (const std::string& cell : row) REQUIRE((cell != "nan" && cell != "inf" && cell != "-inf"));
      }
    }
  }
}

TEST_CASE("gnuplot draws every plot") {
  const auto gnuplot = program::find_gnuplot();
  if (gnuplot.empty()) {
    std::cerr << "skipped: no gnuplot\n";
    return;
  }
  for (const paper::experiment& one : paper::experiments()) {
    INFO(one.name);
    try {
      for (const auto& plot : one.run(small).plots) {
        const temporary_file file("", ".svg");
        program::run_gnuplot(gnuplot, plot.commands, file.path());
        std::ifstream in(file.path());
        const std::string drawn{std::istreambuf_iterator<char>(in), {}};
        CHECK(drawn.find("</svg>") != std::string::npos);
      }
    } catch (const paper::missing_data&) {
    }
  }
}

TEST_CASE("NNGS falls with noise, and loud noise is worth chance") {
  const csv_file file = paper::white_noise(small).figures.front();
  for (const char* k : {"1", "8", "20"}) {
    double before = -1;
    for (const char* level : {"-20", "-10", "0", "10", "20", "30", "40"}) {
      const double score = figure(file, {level, k}, "nngs");
      CHECK(score > before - 0.02);
      before = score;
    }
    CHECK(before > 0.8);
    CHECK(std::abs(figure(file, {"-20", k}, "adjusted")) < 0.06);
  }
}

TEST_CASE("at a share of the items NNGS has the published values, whatever their number") {
  const csv_file file = paper::number_of_items(small).figures.front();
  const std::vector<std::pair<const char*, double>> published{{"-20", .1129}, {"-10", .1320}, {"0", .2701},
                                                              {"10", .6047},  {"20", .8447},  {"30", .9430},
                                                              {"40", .9799}};
  for (const auto& [level, value] : published)
    for (const char* n : {"100", "133", "166", "199"})
      CHECK_THAT(figure(file, {level, n}, "nngs"), WithinAbs(value, 0.015));
}

TEST_CASE("the toy table is the authors', seed by seed") {
  const auto table = golden::read("toy_table.json")["table"];
  const csv_file file = paper::toy_table(small).figures.front();
  const std::vector<std::pair<const char*, const char*>> names{{"nngs_k5", "nngs_k5"},
                                                               {"nngs_k300", "nngs_k300"},
                                                               {"cka_linear", "cka_linear"},
                                                               {"cka_rbf_3", "cka_rbf_sigma_3"},
                                                               {"cka_rbf_0.01", "cka_rbf_sigma_0.01"},
                                                               {"gulp_0.01", "gulp_lambda_0.01"},
                                                               {"gulp_1", "gulp_lambda_1"}};
  const std::vector<const char*> cases{"different scales", "unbalanced", "noise within blobs",
                                       "shuffled blobs"};
  for (std::size_t i = 0; i < cases.size(); ++i)
    for (const auto& [ours, theirs] : names) {
      INFO(cases[i] << ' ' << ours);
      const double authors = table[i]["saved_inputs"][theirs];
      CHECK_THAT(figure(file, {cases[i], "0"}, ours), WithinAbs(authors, 6e-6 * authors));
    }
}

TEST_CASE("the toy table's claims hold") {
  const csv_file file = paper::toy_table(small).figures.front();
  for (const char* seed : {"0", "1"}) {
    CHECK(figure(file, {"shuffled blobs", seed}, "nngs_k5") == 1);
    CHECK(figure(file, {"noise within blobs", seed}, "nngs_k5") < 0.06);
    CHECK(figure(file, {"noise within blobs", seed}, "nngs_k300") > 0.97);
    CHECK(figure(file, {"unbalanced", seed}, "cka_linear") < 0.15);
    for (const char* which : {"different scales", "unbalanced", "noise within blobs", "shuffled blobs"})
      CHECK(figure(file, {which, seed}, "cka_rbf_0.01") == 1);
  }
}

TEST_CASE("corrected, .63 for shuffled blobs is next to chance, and .03 for noise within them is not") {
  const csv_file file = paper::toy_table_corrected(small).figures.front();
  CHECK(figure(file, {"shuffled blobs", "0"}, "nngs_k300") > 0.6);
  CHECK(std::abs(figure(file, {"shuffled blobs", "0"}, "adjusted_k300")) < 0.2);
  CHECK(figure(file, {"noise within blobs", "0"}, "z_k5") > 10);
}

TEST_CASE("blobs that move keep their neighbourhoods, noise within them keeps CKA") {
  const csv_file file = paper::moved_blobs(small).figures.front();
  CHECK(figure(file, {"moved, no noise", "4", "0"}, "nngs_k20") == 1);
  CHECK(figure(file, {"moved, no noise", "4", "0"}, "cka_linear") < 0.95);
  CHECK(figure(file, {"noise, not moved", "4", "0"}, "nngs_k20") < 0.2);
  CHECK(figure(file, {"noise, not moved", "4", "0"}, "cka_linear") > 0.99);
}

TEST_CASE("clusters of one shape keep all neighbours up to their size, wherever they are") {
  const csv_file file = paper::blobs_in_noise(small).figures.front();
  CHECK(figure(file, {"40", "49"}, "nngs") > 0.95);
  CHECK(figure(file, {"40", "70"}, "nngs") < 0.8);
  // Piled up, the quietest noise lies on top of the loudest.
  const double piled_up = figure(file, {"40", "49"}, "nngs_noise_piled_up");
  CHECK(piled_up < 0.5);
  CHECK_THAT(piled_up, WithinAbs(figure(file, {"-10", "49"}, "nngs_noise_piled_up"), 0.05));
}

TEST_CASE("shuffled blobs score 1 up to their size and fall from there on") {
  const csv_file file = paper::shuffled_blobs(small).figures.front();
  for (const char* k : {"1", "50", "99"}) CHECK(figure(file, {"shuffled blobs", k}, "adjusted") == 1);
  CHECK(figure(file, {"shuffled blobs", "200"}, "adjusted") < 0.2);
  CHECK(figure(file, {"shuffled blobs", "350"}, "adjusted") < 0);
  CHECK(figure(file, {"noise within blobs", "5"}, "adjusted") < 0.1);
  CHECK(figure(file, {"noise within blobs", "99"}, "adjusted") > 0.9);
}

TEST_CASE("as points crowd on an arc, NNGS is lower than CKA at first and higher in the end") {
  const csv_file file = paper::arcs(small).figures.front();
  for (const char* column : {"cka_linear", "nngs_k10"}) CHECK(figure(file, {"1"}, column) == 1);
  CHECK(figure(file, {"2"}, "nngs_k10") < figure(file, {"2"}, "cka_linear"));
  CHECK(figure(file, {"10"}, "nngs_k10") > figure(file, {"10"}, "cka_linear") + 0.1);
}

TEST_CASE("clouds on arcs have the values of the authors' notebook") {
  const csv_file file = paper::arcs(small).figures.back();
  CHECK_THAT(figure(file, {"two arcs"}, "cka_linear"), WithinAbs(.24424804124965266, 5e-7));
  CHECK_THAT(figure(file, {"two arcs"}, "nngs"), WithinAbs(.6493506493506486, 5e-7));
  CHECK_THAT(figure(file, {"ten groups"}, "cka_linear"), WithinAbs(.8307311045750385, 5e-7));
}

TEST_CASE("over k / n, half the items give nearly the same curve") {
  const csv_file file = paper::down_sampling(small).figures.front();
  for (const int percent : {10, 30, 50, 70}) {
    const double whole = figure(file, {"200", std::to_string(2 * percent)}, "adjusted");
    CHECK_THAT(figure(file, {"100", std::to_string(percent)}, "adjusted"), WithinAbs(whole, 0.15));
  }
}

TEST_CASE("each distortion shows at its own scale") {
  const csv_file file = paper::which_scale(small).figures.front();  // blobs of 25
  for (const std::string d : {"_d10", "_d50"}) {
    CHECK(figure(file, {"2"}, "jitter" + d) < 0.6);
    CHECK(figure(file, {"24"}, "jitter" + d) > 0.9);
    for (const char* k : {"1", "10", "24"}) CHECK(figure(file, {k}, "shuffled" + d) == 1);
    CHECK(figure(file, {"26"}, "shuffled" + d) < 1);
    CHECK(figure(file, {"50"}, "shuffled" + d) < 0.3);
    for (const char* k : {"2", "24", "50"}) CHECK(std::abs(figure(file, {k}, "noise" + d)) < 0.05);
  }
}
