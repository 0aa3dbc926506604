// SPDX-License-Identifier: MIT
// CKA of the paper authors' own code, on synthetic and on real embeddings.
#include <nlohmann/json.hpp>
#include <nngs/nngs.hpp>

#include "../catch.hpp"
#include "../golden.hpp"

namespace {

using golden::read_matrix;
using nlohmann::json;

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
  const json cases = golden::read("synthetic.json")["cases"];
  for (const json& entry : cases) check_cka(entry);
}

TEST_CASE("CKA of real pairs is that of the authors' code") {
  const json small = golden::read("real.json")["pairs"], large = golden::read("real_large.json")["pairs"];
  if (!golden::has_data(small) || !golden::has_data(large)) return;
  for (const json& pairs : {small, large})
    for (const json& entry : pairs) check_cka(entry);
}

TEST_CASE(
    "RBF CKA of the paper's toy table is that of the authors' code, and its column at .01 is degenerate") {
  const json table = golden::read("toy_table.json")["table"];
  for (const json& entry : table) {
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
