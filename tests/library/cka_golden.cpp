// SPDX-License-Identifier: MIT
// CKA of the paper authors' own code, on synthetic and on real embeddings. The values lie beside the project,
// not in it: where they are absent these tests say so and pass.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <nngs/nngs.hpp>

#include "../../examples/nngs/matrix_file.hpp"
#include "../catch.hpp"

namespace {

using nlohmann::json;

const std::filesystem::path golden = NNGS_TEST_GOLDEN;

nngs::row_major<double> read_matrix(const json& name) {
  const auto file = program::open_matrix((golden / name.get<std::string>()).string());
  return std::visit(
      [](const auto& values) { return nngs::row_major<double>(values.template cast<double>()); },
      file.values);
}

/// The entries of an array in one of the files; none, with a word about it, where there is no file.
json read_entries(const char* name, const char* array) {
  std::ifstream file(golden / name);
  if (!file) {
    std::cerr << "skipped: no reference values at " << golden << '\n';
    return json::array();
  }
  return json::parse(file)[array];
}

void check_cka(const json& entry) {
  const auto x = read_matrix(entry["x"]), y = read_matrix(entry["y"]);
  for (const char* form : {"cka_linear", "cka_linear_feature_form"})
    if (entry.contains(form))
      CHECK_THAT(nngs::cka(x, y, nngs::linear{}).biased.value, WithinAbs(entry[form].get<double>(), 1e-10));
  for (const json& value : entry.value("cka_rbf", json::array())) {
    INFO(entry["x"] << ' ' << entry["y"] << ' ' << value);
    const nngs::rbf kernel_x{.bandwidth = value["sigma_x"]}, kernel_y{.bandwidth = value["sigma_y"]};
    CHECK_THAT(nngs::cka(x, y, kernel_x, kernel_y).biased.value,
               WithinAbs(value["value"].get<double>(), 1e-10));
  }
}

}  // namespace

TEST_CASE("CKA of synthetic pairs is that of the authors' code") {
  for (const json& entry : read_entries("synthetic.json", "cases")) check_cka(entry);
}

TEST_CASE("CKA of real pairs is that of the authors' code") {
  for (const json& entry : read_entries("real.json", "pairs")) check_cka(entry);
  for (const json& entry : read_entries("real_large.json", "pairs")) check_cka(entry);
}

TEST_CASE(
    "RBF CKA of the paper's toy table is that of the authors' code, and its column at .01 is degenerate") {
  for (const json& entry : read_entries("toy_table.json", "table")) {
    INFO(entry["case"]);
    const auto x = read_matrix(entry["x"]), y = read_matrix(entry["y"]);
    const json& values = entry["saved_inputs"];
    CHECK_THAT(nngs::cka(x, y, nngs::rbf{.bandwidth = 3}).biased.value,
               WithinAbs(values["cka_rbf_sigma_3"].get<double>(), 1e-10));
    const nngs::cka_result small = nngs::cka(x, y, nngs::rbf{.bandwidth = 0.01});
    CHECK_THAT(small.biased.value, WithinAbs(values["cka_rbf_sigma_0.01"].get<double>(), 1e-10));
    CHECK(small.x.state == nngs::kernel_state::identity);
    CHECK(small.y.state == nngs::kernel_state::identity);
  }
}
