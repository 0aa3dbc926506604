// SPDX-License-Identifier: MIT
// Values computed with the paper authors' own code, on synthetic and on real embeddings.
#include <nlohmann/json.hpp>
#include <nngs/nngs.hpp>
#include <set>

#include "../catch.hpp"
#include "../golden.hpp"

namespace {

using golden::read_matrix;
using nlohmann::json;

template <class Metric>
void check_curve(const json& entry, const char* name, const Metric& metric) {
  if (!entry["nngs"].contains(name)) return;
  const json& published = entry["nngs"][name];
  const json ties = entry.value("ties", json::object()).value(name, json::object());
  Eigen::Index depth = 1;
  for (const auto& [k, value] : published.items()) depth = std::max<Eigen::Index>(depth, std::stol(k));

  const auto x = read_matrix(entry["x"]), y = read_matrix(entry["y"]);
  const auto curve =
      nngs::similarity_curve(nngs::build_graph(x, depth, metric), nngs::build_graph(y, depth, metric));
  for (const auto& [k, value] : published.items()) {
    INFO(entry["x"] << ' ' << name << " k = " << k);
    const double authors = value;
    const nngs::score& score = curve[static_cast<std::size_t>(std::stol(k) - 1)];
    const double ours = score.jaccard;
    if (ties.contains(k)) {
      const double least = ties[k]["least_over_ties"], greatest = ties[k]["greatest_over_ties"];
      CHECK(ours >= least - 1e-12);
      CHECK(ours <= greatest + 1e-12);
    } else if (score.tied_items > 0) {  // real_large.json does not list its ties
      CHECK_THAT(ours,
                 WithinAbs(authors, static_cast<double>(score.tied_items) / static_cast<double>(x.rows())));
    } else {
      CHECK_THAT(ours, WithinAbs(authors, 1e-12));
    }
  }
}

void check_entry(const json& entry) {
  check_curve(entry, "minkowski", nngs::euclidean{});
  check_curve(entry, "manhattan", nngs::manhattan{});
  check_curve(entry, "chebyshev", nngs::chebyshev{});
  if (entry.value("name", "") != "lattice_ties")  // it has a zero row, whose cosine is an error here
    check_curve(entry, "cosine", nngs::cosine{});
  for (const char* form : {"cka_linear", "cka_linear_feature_form"})
    if (entry.contains(form))
      CHECK_THAT(nngs::linear_cka(read_matrix(entry["x"]), read_matrix(entry["y"])),
                 WithinAbs(entry[form].get<double>(), 1e-10));
}

}  // namespace

TEST_CASE("scores of synthetic pairs are those of the authors' code") {
  const json file = golden::read("synthetic.json");
  for (const json& entry : file["cases"]) check_entry(entry);
}

TEST_CASE("scores of real pairs are those of the authors' code") {
  const json pairs = golden::read("real.json")["pairs"];
  if (!golden::has_data(pairs)) return;
  for (const json& entry : pairs) check_entry(entry);
}

#ifdef NDEBUG  // minutes without optimisation
TEST_CASE("scores of 8,050 to 20,000 real items are those of the authors' code") {
  const json pairs = golden::read("real_large.json")["pairs"];
  if (!golden::has_data(pairs)) return;
  for (const json& entry : pairs) check_entry(entry);
}
#endif

TEST_CASE("ties by index are those of the reference values") {
  const auto by_index = nngs::exact{nngs::euclidean{}, nngs::tie_order::by_index()};
  const json file = golden::read("synthetic.json");
  for (const json& entry : file["cases"]) {
    if (entry["name"] != "lattice_ties" && entry["name"] != "duplicate_rows") continue;
    const auto x = read_matrix(entry["x"]), y = read_matrix(entry["y"]);
    for (const auto& [k, tie] : entry["ties"]["minkowski"].items()) {
      INFO(entry["name"] << " k = " << k);
      const auto depth = std::stol(k);
      const auto graph_x = nngs::build_graph(x, depth, by_index),
                 graph_y = nngs::build_graph(y, depth, by_index);
      CHECK_THAT(nngs::similarity(graph_x, graph_y, depth),
                 WithinAbs(tie["value_ties_to_lower_index"].get<double>(), 1e-12));
      CHECK(nngs::compare(graph_x, graph_y, depth).tied_items > 0);
    }
  }
}

TEST_CASE("each point's similarity and lists are those of the authors' code") {
  const json file = golden::read("per_point.json");
  const auto x = nngs::build_graph(read_matrix(file["x"]), 10),
             y = nngs::build_graph(read_matrix(file["y"]), 10);
  const Eigen::VectorXd items = nngs::item_similarity(x, y, 10);
  for (Eigen::Index i = 0; i < items.size(); ++i) {
    const auto item = static_cast<std::size_t>(i);
    CHECK_THAT(items[i], WithinAbs(file["jaccard"][item].get<double>(), 1e-15));
    const auto list = x.neighbors(i);
    const std::set<std::uint32_t> ours(list.begin(), list.end());
    CHECK(ours == file["neighbours_x_as_sets"][item].get<std::set<std::uint32_t>>());
  }
}
