// SPDX-License-Identifier: MIT
// usage: nngs_benchmarks [--benchmark_filter=REGEX ...] [FOLDER]
// FOLDER: the data of make_data; without it only what needs no files is timed.
// Work that Google Benchmark shows as "flops": 2 d operations for each pair of points once, on every matrix.
#include <benchmark/benchmark.h>

#include <nngs/nngs.hpp>
#include <random>
#include <string>
#include <utility>

#include "fma_peak.hpp"
#include "workloads.hpp"

namespace {

using benchmark::State;
using workloads::Index;
using workloads::matrix;
using workloads::task;
using workloads::workload;

constexpr Index any_n = 10000, any_d = 128, any_k = 10;  // where only one of them is varied

matrix random_matrix(Index n, Index d) {
  std::mt19937_64 random(static_cast<std::uint64_t>(n * 10000 + d));
  std::normal_distribution<float> normal;
  return matrix::NullaryExpr(n, d, [&] { return normal(random); });
}

double pair_operations(Index n, Index d) {
  return static_cast<double>(n) * static_cast<double>(n - 1) * static_cast<double>(d);
}

double operations(const workload& w) {
  if (w.what != task::cka) return pair_operations(w.n, w.dx) + pair_operations(w.n, w.dy);
  const auto dx = static_cast<double>(w.dx), dy = static_cast<double>(w.dy);
  return static_cast<double>(w.n) * (dx * dx + 2 * dx * dy + dy * dy);  // one half of each symmetric product
}

void set_rate(State& state, double operations_each) {
  state.counters["flops"] =
      benchmark::Counter(operations_each, benchmark::Counter::kIsIterationInvariantRate);
}

template <class Body>
void add(const std::string& name, const Body& body) {
  benchmark::RegisterBenchmark(name.c_str(), body)->UseRealTime()->Unit(benchmark::kMillisecond);
}

std::string on(unsigned threads) { return "/threads:" + std::to_string(threads); }

/// linear_cka takes no executor in the versions that have one thread for it.
template <class X, class Executor>
double cka_of(const X& x, const X& y, const Executor& execute) {
  if constexpr (requires { nngs::linear_cka(x, y, execute); })
    return nngs::linear_cka(x, y, execute);
  else
    return nngs::linear_cka(x, y);
}

template <class X>
double score(const workload& w, const X& x, const X& y, const nngs::threads& execute) {
  switch (w.what) {
    case task::one_k:
      return nngs::similarity(x, y, w.k, nngs::euclidean{}, execute);
    case task::every_k:
      return nngs::similarity_curve(x, y, nngs::euclidean{}, execute)[static_cast<std::size_t>(w.k - 1)]
          .jaccard;
    case task::cka:
      return cka_of(x, y, execute);
  }
  return 0;
}

template <class X>
void time_workload(State& state, const workload& w, const X& x, const X& y, unsigned threads) {
  double value = 0;
  for (auto _ : state) benchmark::DoNotOptimize(value = score(w, x, y, nngs::threads{threads}));
  state.counters["value"] = value;
  set_rate(state, operations(w));
}

void add_workloads(const std::string& folder) {
  for (const workload& w : workloads::all)
    for (const unsigned threads : {1U, 2U}) {
      add(w.name + on(threads), [&w, folder, threads](State& state) {
        time_workload(state, w, workloads::load_x(folder, w), workloads::load_y(folder, w), threads);
      });
      if (w.n < 200000)
        add("double/" + std::string(w.name) + on(threads), [&w, folder, threads](State& state) {
          const Eigen::MatrixXd x = workloads::load_x(folder, w).cast<double>();
          const Eigen::MatrixXd y = workloads::load_y(folder, w).cast<double>();
          time_workload(state, w, nngs::row_major<double>(x), nngs::row_major<double>(y), threads);
        });
    }
}

/// One graph of one random matrix.
template <class Search>
void add_graph(const std::string& name, Index n, Index d, Index k, const Search& search, unsigned threads) {
  add(name + on(threads), [=](State& state) {
    const matrix x = random_matrix(n, d);
    for (auto _ : state) benchmark::DoNotOptimize(nngs::build_graph(x, k, search, nngs::threads{threads}));
    set_rate(state, pair_operations(n, d));
  });
}

void add_sweeps() {
  for (const unsigned threads : {1U, 2U}) {
    for (const Index k : {1, 10, 30, 100, 300, 1000})
      add_graph("k_sweep/n:10000/k:" + std::to_string(k), any_n, any_d, k, nngs::euclidean{}, threads);
    for (const Index k : {10, 1000, 2999})
      add_graph("k_sweep/n:3000/k:" + std::to_string(k), 3000, any_d, k, nngs::euclidean{}, threads);
    for (const Index d : {2, 3, 5, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096})
      add_graph("d_sweep/d:" + std::to_string(d), any_n, d, any_k, nngs::euclidean{}, threads);
    for (const Index n : {100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000})
      if (n < 100000 || threads == 2)
        add_graph("n_sweep/n:" + std::to_string(n), n, any_d, any_k, nngs::euclidean{}, threads);
    add_graph("overhead/n:100/d:512/k:10", 100, 512, any_k, nngs::euclidean{}, threads);
  }
}

void add_metrics() {
  const auto with = [](const char* name, const auto& metric, Index n) {
    add_graph("metric/" + std::string(name) + "/n:" + std::to_string(n), n, any_d, any_k, metric, 2);
  };
  with("euclidean", nngs::euclidean{}, any_n);
  with("cosine", nngs::cosine{}, any_n);
  with("correlation", nngs::correlation{}, any_n);
  with("inner_product", nngs::inner_product{}, any_n);
  with("manhattan", nngs::manhattan{}, 3000);
  with("chebyshev", nngs::chebyshev{}, 3000);
}

/// `exact` by a given instruction set.
struct exact_with {
  nngs::detail::base::instruction_set instructions;

  template <class Scalar, class Executor>
  nngs::neighbor_graph operator()(const nngs::points<Scalar>& values, Index k,
                                  const Executor& execute) const {
    return nngs::neighbor_graph(
        nngs::detail::search::find_neighbors(nngs::detail::search::way::all_pairs, values, nngs::euclidean{},
                                             nngs::tie_order{}, k, instructions, execute));
  }
};

void add_instruction_sets() {
  using nngs::detail::base::instruction_set;
  const std::pair<const char*, instruction_set> sets[] = {{"portable", instruction_set::portable},
                                                          {"avx2", instruction_set::avx2},
                                                          {"avx512", instruction_set::avx512}};
  for (const auto& [name, set] : sets)
    if (set <= nngs::detail::base::best_instruction_set())
      for (const unsigned threads : {1U, 2U})
        add_graph("instructions/" + std::string(name), any_n, any_d, any_k, exact_with{set}, threads);
}

/// Where the automatic choice should have its border.
void add_builders() {
  for (const Index n : {1000, 10000, 100000})
    for (const Index d : {2, 3, 4, 5, 6, 8}) {
      const std::string shape = "/n:" + std::to_string(n) + "/d:" + std::to_string(d);
      add_graph("builder/tree" + shape, n, d, any_k, nngs::kd_tree<nngs::euclidean>{}, 2);
      add_graph("builder/join" + shape, n, d, any_k, nngs::exact<nngs::euclidean>{}, 2);
    }
}

template <class Score>
void add_scorer(const std::string& name, Index n, Index depth, const Score& score_graphs) {
  for (const unsigned threads : {1U, 2U})
    add("scorer/" + name + "/n:" + std::to_string(n) + "/k:" + std::to_string(depth) + on(threads),
        [=](State& state) {
          const auto x = nngs::build_graph(random_matrix(n, 3), depth);
          const auto y = nngs::build_graph(random_matrix(n, 2), depth);
          for (auto _ : state) benchmark::DoNotOptimize(score_graphs(x, y, nngs::threads{threads}));
          state.SetBytesProcessed(state.iterations() * 2 * n * depth * Index{sizeof(std::uint32_t)});
        });
}

void add_scorers() {
  const auto one_k = [](const auto& x, const auto& y, const auto& execute) {
    return nngs::similarity(x, y, x.depth(), execute);
  };
  const auto every_k = [](const auto& x, const auto& y, const auto& execute) {
    return nngs::similarity_curve(x, y, execute);
  };
  for (const auto& [n, depth] : {std::pair{200000, 10}, {20000, 100}, {5000, 1000}}) {
    add_scorer("one_k", n, depth, one_k);
    add_scorer("every_k", n, depth, every_k);
  }
}

void add_peak() {
  for (const unsigned threads : {1U, 2U})
    add("fma_peak" + on(threads), [threads](State& state) {
      constexpr long steps = 5'000'000;  // some 20 ms
      const fma_peak::loop loop = fma_peak::widest();
      for (auto _ : state)
        nngs::threads{threads}(threads, [&](Index) { benchmark::DoNotOptimize(loop.run(steps)); });
      set_rate(state, loop.operations(steps) * threads);
    });
}

}  // namespace

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  if (count > 1) add_workloads(arguments[1]);
  add_peak();
  add_sweeps();
  add_metrics();
  add_instruction_sets();
  add_builders();
  add_scorers();
  benchmark::RunSpecifiedBenchmarks();
}
