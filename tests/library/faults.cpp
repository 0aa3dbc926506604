// SPDX-License-Identifier: MIT
// An exception from code of the user's (metric, builder, progress report, executor) reaches the caller from
// wherever it is thrown, and the next call gives the right answer.
#include <atomic>
#include <functional>
#include <nngs/nngs.hpp>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;
using Eigen::MatrixXd;

namespace {

/// Not a standard exception: nothing on its way may know what it catches.
struct fault {
  Index call;
};

/// Throws at one call of all, counted over all threads.
class fuse {
 public:
  explicit fuse(Index blows_at) : left_(blows_at), blows_at_(blows_at) {}
  void burn() const {
    if (left_-- == 0) throw fault{blows_at_};
  }
  bool blown() const { return left_ < 0; }

 private:
  mutable std::atomic<Index> left_;
  Index blows_at_;
};

struct row_metric_with_fault {
  const fuse* at;
  double key(const nngs::point& x, const nngs::point& y) const {
    at->burn();
    return (x - y).squaredNorm();
  }
  static double distance(double key) { return key; }
};

struct coordinate_metric_with_fault {
  static constexpr bool separable = true;
  const fuse* at;
  double term(double a, double b) const {
    at->burn();
    return (a - b) * (a - b);
  }
  static double distance(double key) { return key; }
};

struct prepared_metric_with_fault {
  nngs::euclidean search_metric;
  const fuse* at;
  std::string_view prepare(Eigen::Ref<Eigen::RowVectorXd>) const {
    at->burn();
    return {};
  }
  static double distance(double key) { return key; }
};

/// A builder that throws after some of its blocks.
struct builder_with_fault {
  const fuse* at;
  template <class Points, class Executor>
  nngs::neighbor_graph operator()(const Points& values, Index k, const Executor& execute) const {
    execute(8, [&](Index) { at->burn(); });
    return nngs::exact{}(values, k, execute);
  }
};

/// Runs `action(fuse)` with a fuse for the first call, the second, the fourth .. and the last before none
/// blows: each time the fault reaches the caller, and a run without one is right.
template <class Action>
void faults_reach_the_caller(const char* name, const Action& action) {
  const auto expected = action(fuse{std::numeric_limits<Index>::max()});
  Index tried = 0;
  for (Index at = 0;; at = 2 * at + 1) {
    const fuse one(at);
    INFO(name << ", call " << at);
    try {
      const auto result = action(one);
      REQUIRE(!one.blown());
      CHECK(result == expected);
      break;
    } catch (const fault& thrown) {
      CHECK(thrown.call == at);
    }
    ++tried;
  }
  CHECK(tried >= 3);
  CHECK(action(fuse{std::numeric_limits<Index>::max()}) == expected);
}

template <class Use>
void on_some_threads(const Use& use) {
  use(nngs::serial{});
  use(nngs::threads{2});
  use(nngs::threads{7});
}

}  // namespace

TEST_CASE("faults: a user's metric may throw at any call", "[slow]") {
  const MatrixXd x = reference::normal_matrix(1, 90, 3), y = reference::normal_matrix(2, 90, 3);
  const MatrixXd large = reference::normal_matrix(3, 520, 2);  // searched by pairs of blocks
  on_some_threads([&](const auto& execute) {
    faults_reach_the_caller(
        "rows", [&](const fuse& at) { return nngs::build_graph(x, 5, row_metric_with_fault{&at}, execute); });
    faults_reach_the_caller("rows, by pairs", [&](const fuse& at) {
      return nngs::build_graph(large, 5, row_metric_with_fault{&at}, execute);
    });
    faults_reach_the_caller("coordinates", [&](const fuse& at) {
      return nngs::build_graph(x, 5, nngs::exact{coordinate_metric_with_fault{&at}}, execute);
    });
    faults_reach_the_caller("coordinates, by pairs", [&](const fuse& at) {
      return nngs::build_graph(large, 5, nngs::exact{coordinate_metric_with_fault{&at}}, execute);
    });
    faults_reach_the_caller("tree", [&](const fuse& at) {
      return nngs::build_graph(large, 5, nngs::kd_tree{coordinate_metric_with_fault{&at}}, execute);
    });
    faults_reach_the_caller("preparation", [&](const fuse& at) {
      return nngs::build_graph(x, 5, prepared_metric_with_fault{{}, &at}, execute);
    });
    faults_reach_the_caller("score", [&](const fuse& at) {
      return nngs::compare(x, y, 20, nngs::euclidean{}, row_metric_with_fault{&at}, execute);
    });
    faults_reach_the_caller("every k", [&](const fuse& at) {
      return nngs::similarity_curve(x, y, row_metric_with_fault{&at}, execute);
    });
    faults_reach_the_caller("sample", [&](const fuse& at) {
      return nngs::sample_similarity(x, y, 5, row_metric_with_fault{&at}, {.rows = 40}, execute);
    });
  });
}

TEST_CASE("faults: a user's builder may throw in any block") {
  const MatrixXd x = reference::normal_matrix(1, 90, 3);
  on_some_threads([&](const auto& execute) {
    faults_reach_the_caller("build_graph", [&](const fuse& at) {
      return nngs::build_graph(x, 5, builder_with_fault{&at}, execute);
    });
    faults_reach_the_caller("compare", [&](const fuse& at) {
      return nngs::compare(x, x, 5, nngs::exact{}, builder_with_fault{&at}, execute);
    });
  });
}

namespace {

std::vector<double> numbers(const nngs::cka_result& result) {
  return {result.biased.value, result.debiased.value, result.chance, result.x.bandwidth};
}

/// Runs `action(executor)` and stops it after each block of all, by an exception and by a report that says
/// no.
template <class Action>
void stops_after_each_block(const char* name, const Action& action) {
  on_some_threads([&](const auto& execute) {
    Index blocks = 0;
    const auto expected = action(nngs::reporting{execute, [&](Index, Index) { ++blocks; }});
    REQUIRE(blocks > 0);
    for (Index at = 1; at <= blocks; ++at) {
      INFO(name << ", block " << at << " of " << blocks);
      Index reports = 0;
      CHECK_THROWS_AS(action(nngs::reporting{execute, [&](Index, Index) { return ++reports < at; }}),
                      nngs::cancelled);
      CHECK(reports == at);
      reports = 0;
      CHECK_THROWS_AS(action(nngs::reporting{execute,
                                             [&](Index, Index) {
                                               if (++reports == at) throw fault{at};
                                             }}),
                      fault);
    }
    CHECK(action(execute) == expected);
  });
}

}  // namespace

TEST_CASE("faults: every call may be cancelled after each of its blocks", "[slow]") {
  const MatrixXd x = reference::normal_matrix(1, 600, 40), y = reference::normal_matrix(2, 600, 3);
  const MatrixXd few_x = x.topRows(150), few_y = y.topRows(150);
  const auto graph_x = nngs::build_graph(x, 590), graph_y = nngs::build_graph(y, 590);
  const nngs::euclidean plain;
  stops_after_each_block("exact, by pairs",
                         [&](const auto& execute) { return nngs::build_graph(x, 5, plain, execute); });
  stops_after_each_block("exact, by rows",
                         [&](const auto& execute) { return nngs::build_graph(few_x, 90, plain, execute); });
  stops_after_each_block("direct, by pairs", [&](const auto& execute) {
    return nngs::build_graph(y, 5, nngs::chebyshev{}, execute);
  });
  stops_after_each_block("direct, by rows", [&](const auto& execute) {
    return nngs::build_graph(few_y, 90, nngs::chebyshev{}, execute);
  });
  stops_after_each_block(
      "kd_tree", [&](const auto& execute) { return nngs::build_graph(y, 5, nngs::kd_tree{}, execute); });
  stops_after_each_block("compare",
                         [&](const auto& execute) { return nngs::compare(x, y, 5, plain, execute); });
  stops_after_each_block("compare by sets", [&](const auto& execute) {
    return nngs::compare(few_x, few_y, 70, plain, execute);
  });
  stops_after_each_block("compare of graphs",
                         [&](const auto& execute) { return nngs::compare(graph_x, graph_y, 590, execute); });
  stops_after_each_block("similarity_curve", [&](const auto& execute) {
    return nngs::similarity_curve(few_x, few_y, plain, execute);
  });
  stops_after_each_block("similarity_curve of graphs", [&](const auto& execute) {
    return nngs::similarity_curve(graph_x, graph_y, execute);
  });
  stops_after_each_block("sample_similarity", [&](const auto& execute) {
    return nngs::sample_similarity(x, y, 20, plain, {.rows = 300}, execute);
  });
  stops_after_each_block("permutation_test", [&](const auto& execute) {
    return nngs::permutation_test(graph_x, graph_y, {.count = 20, .k = {10, 500}}, execute);
  });
  stops_after_each_block(
      "cka, linear", [&](const auto& execute) { return numbers(nngs::cka(x, y, nngs::linear{}, execute)); });
  stops_after_each_block("cka, linear, of items", [&](const auto& execute) {
    return numbers(nngs::cka(x.topRows(40), y.topRows(40), nngs::linear{}, execute));
  });
  stops_after_each_block("cka, RBF",
                         [&](const auto& execute) { return numbers(nngs::cka(x, y, nngs::rbf{}, execute)); });
}

TEST_CASE("faults: an executor that gives up is not waited for") {
  const MatrixXd x = reference::normal_matrix(1, 600, 3);
  const auto gives_up = [](Index blocks, const auto& body) {
    for (Index block = 0; block < (blocks + 1) / 2; ++block) body(block);
    throw fault{blocks};
  };
  CHECK_THROWS_AS(nngs::build_graph(x, 5, nngs::exact{}, gives_up), fault);
  CHECK_THROWS_AS(nngs::build_graph(x, 5, nngs::kd_tree{}, gives_up), fault);
  CHECK_THROWS_AS(nngs::similarity_curve(x, x, nngs::euclidean{}, gives_up), fault);
  CHECK_THROWS_AS(nngs::cka(x, x, nngs::rbf{}, gives_up), fault);
}
