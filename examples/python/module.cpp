// SPDX-License-Identifier: MIT
// The library as Python's extension nngs._core: arrays are looked at where they lie, and the interpreter is
// free while it works. src/nngs/__init__.py makes of it what people call.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/variant.h>
#include <nanobind/stl/vector.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <nngs/nngs.hpp>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace nb = nanobind;

namespace {

using Eigen::Index;
using nngs::neighbor_graph;

// Threads, progress and Ctrl-C.

/// How a call from Python works: on how many threads (0 = one for each core), and whom it tells how far it
/// is: progress(done, total), or None.
struct work_options {
  unsigned threads;
  nb::object progress;
};

/// An executor for work that has let go of the interpreter. Between its blocks, the thread that called looks
/// for signals, so that Ctrl-C ends the work, and tells the progress.
class watched_threads {
 public:
  explicit watched_threads(const work_options& options) : options_(options) {}

  /// @throws nb::python_error for KeyboardInterrupt, and for whatever the progress raises.
  template <class Body>
  void operator()(Index blocks, const Body& body) const {
    const std::thread::id caller = std::this_thread::get_id();
    clock::time_point next = clock::now();
    const auto report = [&](Index done, Index total) {
      if (std::this_thread::get_id() != caller || clock::now() < next) return;
      tell(done, total);
      next = clock::now() + between_reports;
    };
    nngs::reporting{nngs::threads{options_.threads}, report}(blocks, body);
    tell(blocks, blocks);
  }

 private:
  using clock = std::chrono::steady_clock;
  static constexpr auto between_reports = std::chrono::milliseconds(50);

  void tell(Index done, Index total) const {
    const nb::gil_scoped_acquire lock;
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
    if (!options_.progress.is_none()) options_.progress(done, total);
  }

  const work_options& options_;
};

/// What work(executor) gives, without the interpreter's lock.
template <class Work>
auto unlocked(const work_options& options, const Work& work) {
  const watched_threads execute(options);
  const nb::gil_scoped_release release;
  return work(execute);
}

// Matrices.

/// Rows of float32 or float64, each contiguous: src/nngs/__init__.py sees to that.
using any_matrix = nb::ndarray<nb::ro, nb::ndim<2>, nb::device::cpu>;

template <class Scalar>
using matrix_view = Eigen::Map<const nngs::row_major<Scalar>, 0, Eigen::OuterStride<>>;

template <class Scalar>
matrix_view<Scalar> view(const any_matrix& values) {
  return {static_cast<const Scalar*>(values.data()), static_cast<Index>(values.shape(0)),
          static_cast<Index>(values.shape(1)), Eigen::OuterStride<>(values.stride(0))};
}

bool is_float(const any_matrix& values) { return values.dtype() == nb::dtype<float>(); }

/// work(values), of float or double.
template <class Work>
auto with_values(const any_matrix& values, const Work& work) {
  return is_float(values) ? work(view<float>(values)) : work(view<double>(values));
}

/// work(values of x, values of y), both of float or both of double, which they are.
template <class Work>
auto with_values(const any_matrix& x, const any_matrix& y, const Work& work) {
  return is_float(x) ? work(view<float>(x), view<float>(y)) : work(view<double>(x), view<double>(y));
}

// Metrics.

/// A function of the user's own, compiled: key(x, y, coordinates).
struct compiled_metric {
  using function = double (*)(const double*, const double*, std::ptrdiff_t);
  function call;

  double key(const nngs::point& x, const nngs::point& y) const { return call(x.data(), y.data(), x.size()); }
  static double distance(double key) { return key; }
};

using any_metric = std::variant<nngs::euclidean, nngs::manhattan, nngs::chebyshev, nngs::minkowski,
                                nngs::cosine, nngs::correlation, nngs::inner_product, compiled_metric>;

/// A name, or the address of a `compiled_metric::function`.
using metric_name = std::variant<std::string, std::uintptr_t>;

any_metric parse_metric(const metric_name& given) {
  if (const auto* address = std::get_if<std::uintptr_t>(&given))
    return compiled_metric{reinterpret_cast<compiled_metric::function>(*address)};
  const std::string& name = std::get<std::string>(given);
  if (name == "euclidean") return nngs::euclidean{};
  if (name == "manhattan") return nngs::manhattan{};
  if (name == "chebyshev") return nngs::chebyshev{};
  if (name == "cosine") return nngs::cosine{};
  if (name == "correlation") return nngs::correlation{};
  if (name == "inner_product") return nngs::inner_product{};
  constexpr std::string_view minkowski = "minkowski:";
  if (name.starts_with(minkowski)) {
    double p = 0;
    const char* const end = name.data() + name.size();
    const auto [last, error] = std::from_chars(name.data() + minkowski.size(), end, p);
    if (error == std::errc{} && last == end) return nngs::minkowski(p);
  }
  throw nngs::input_error("metric '" + name +
                          "' is not known: use euclidean, manhattan, chebyshev, minkowski:P with a number "
                          "for P, cosine, correlation, inner_product or precomputed");
}

/// "matrix" or "index", or a seed.
using ties_name = std::variant<std::string, std::uint64_t>;

nngs::tie_order parse_ties(const ties_name& given) {
  if (const auto* seed = std::get_if<std::uint64_t>(&given)) return nngs::tie_order::seeded(*seed);
  const std::string& name = std::get<std::string>(given);
  if (name == "matrix") return {};
  if (name == "index") return nngs::tie_order::by_index();
  throw nngs::input_error("ties '" + name + "' are not known: use matrix, index or a number as the seed");
}

// Graphs.

template <class Values, class Metric>
neighbor_graph build(const Values& values, Index k, const Metric& metric, const std::string& builder,
                     nngs::tie_order ties, const watched_threads& execute) {
  if (builder == "kd_tree") {
    if constexpr (nngs::tree_metric<Metric>)
      return nngs::build_graph(values, k, nngs::kd_tree<Metric>{metric, ties}, execute);
    throw nngs::input_error(
        "builder 'kd_tree' does not take this metric, whose keys are not sums over coordinates that it could "
        "prune by: use exact");
  }
  if (builder == "exact") return nngs::build_graph(values, k, nngs::exact<Metric>{metric, ties}, execute);
  if (builder == "automatic")
    return nngs::build_graph(values, k, nngs::automatic<Metric>{metric, ties}, execute);
  throw nngs::input_error("builder '" + builder + "' is not known: use automatic, exact or kd_tree");
}

neighbor_graph build_graph(const any_matrix& values, Index k, const metric_name& metric,
                           const std::string& builder, const ties_name& ties, const work_options& options) {
  return unlocked(options, [&](const watched_threads& execute) {
    return std::visit(
        [&](const auto& search) {
          return with_values(values, [&](const auto& rows) {
            return build(rows, k, search, builder, parse_ties(ties), execute);
          });
        },
        parse_metric(metric));
  });
}

/// The metric of points that are the numbers of items: their distance stands in a matrix.
template <class Scalar>
struct precomputed_metric {
  matrix_view<Scalar> distances;

  double key(const nngs::point& x, const nngs::point& y) const {
    return static_cast<double>(distances(static_cast<Index>(x[0]), static_cast<Index>(y[0])));
  }
  static double distance(double key) { return key; }
};

template <class Scalar>
void check_distances(const matrix_view<Scalar>& distances) {
  const auto text = [](Index i, Index j, Scalar value) {
    return "distances[" + std::to_string(i) + ", " + std::to_string(j) + "] = " + std::to_string(value);
  };
  if (distances.rows() != distances.cols())
    throw nngs::input_error("distances of shape " + std::to_string(distances.rows()) + " x " +
                            std::to_string(distances.cols()) + ": give one for each pair of items, n x n");
  for (Index i = 0; i < distances.rows(); ++i)
    for (Index j = 0; j < i; ++j) {
      const Scalar one = distances(i, j), other = distances(j, i);
      if (!std::isfinite(one) || !std::isfinite(other))
        throw nngs::input_error((std::isfinite(one) ? text(j, i, other) : text(i, j, one)) +
                                    " is not finite: drop the item, or give a large distance",
                                {.row = i, .column = j});
      if (one < other || other < one)
        throw nngs::input_error(text(i, j, one) + " and " + text(j, i, other) +
                                    " differ: make them symmetric, by (d + d.T) / 2 for one",
                                {.row = i, .column = j});
    }
}

neighbor_graph build_precomputed(const any_matrix& distances, Index k, const ties_name& ties,
                                 const work_options& options) {
  return unlocked(options, [&](const watched_threads& execute) {
    return with_values(distances, [&]<class Scalar>(const matrix_view<Scalar>& values) {
      check_distances(values);
      const auto items = Eigen::VectorXd::LinSpaced(values.rows(), 0, static_cast<double>(values.rows() - 1));
      const nngs::exact<precomputed_metric<Scalar>> search{{values}, parse_ties(ties)};
      return nngs::build_graph(items, k, search, execute);
    });
  });
}

using id_matrix = nb::ndarray<const std::int64_t, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
using distance_matrix = nb::ndarray<const double, nb::ndim<2>, nb::c_contig, nb::device::cpu>;

template <class Scalar, class Array>
Eigen::Map<const nngs::row_major<Scalar>> contiguous(const Array& values) {
  return {values.data(), static_cast<Index>(values.shape(0)), static_cast<Index>(values.shape(1))};
}

neighbor_graph graph_of_lists(const id_matrix& ids) {
  const nb::gil_scoped_release release;
  return neighbor_graph(contiguous<std::int64_t>(ids));
}

neighbor_graph graph_of_lists_with_distances(const id_matrix& ids, const distance_matrix& distances) {
  const nb::gil_scoped_release release;
  return {contiguous<std::int64_t>(ids), contiguous<double>(distances)};
}

/// The lists where they lie; the array keeps the graph.
nb::ndarray<nb::numpy, const std::uint32_t, nb::ndim<2>> indices(nb::handle self) {
  const auto& graph = nb::cast<const neighbor_graph&>(self);
  return {graph.neighbors(0).data(),
          {static_cast<std::size_t>(graph.size()), static_cast<std::size_t>(graph.depth())},
          self};
}

// What goes back: a table is a dictionary of columns.

/// The values, as an array that owns them.
template <class Value>
nb::ndarray<nb::numpy, Value> array_of(std::vector<Value> values, std::initializer_list<std::size_t> shape) {
  auto owner = std::make_unique<std::vector<Value>>(std::move(values));
  Value* const data = owner->data();
  const nb::capsule capsule(owner.get(),
                            [](void* held) noexcept { delete static_cast<std::vector<Value>*>(held); });
  owner.release();
  return nb::ndarray<nb::numpy, Value>(data, shape, capsule);
}

template <class Value>
nb::ndarray<nb::numpy, Value> array_of(std::vector<Value> values) {
  const std::size_t size = values.size();
  return array_of(std::move(values), {size});
}

nb::ndarray<nb::numpy, bool> tied(const neighbor_graph& graph) {
  const auto n = static_cast<std::size_t>(graph.size()), depth = static_cast<std::size_t>(graph.depth());
  const nb::capsule owner(new bool[n * depth],
                          [](void* held) noexcept { delete[] static_cast<bool*>(held); });
  auto* const flags = static_cast<bool*>(owner.data());
  for (Index item = 0; item < graph.size(); ++item)
    for (Index k = 1; k <= graph.depth(); ++k) flags[item * graph.depth() + k - 1] = graph.tied(item, k);
  return nb::ndarray<nb::numpy, bool>(flags, {n, depth}, owner);
}

template <class Record>
class table {
 public:
  explicit table(const std::vector<Record>& records) : records_(records) {}

  /// A column of what of(record) gives, a number.
  template <class Of>
  table& column(const char* name, const Of& of) {
    using Value =
        std::conditional_t<std::floating_point<decltype(of(records_.front()))>, double, std::int64_t>;
    std::vector<Value> values;
    values.reserve(records_.size());
    for (const Record& one : records_) values.push_back(static_cast<Value>(of(one)));
    columns_[name] = array_of(std::move(values));
    return *this;
  }

  nb::dict columns() const { return columns_; }

 private:
  const std::vector<Record>& records_;
  nb::dict columns_;
};

/// The columns of `score`, of what observed(record) gives.
template <class Record, class Observed>
table<Record>& add_scores(table<Record>& to, const Observed& observed) {
  return to.column("k", [&](const Record& one) { return observed(one).k; })
      .column("jaccard", [&](const Record& one) { return observed(one).jaccard; })
      .column("overlap", [&](const Record& one) { return observed(one).overlap; })
      .column("tied_items", [&](const Record& one) { return observed(one).tied_items; })
      .column("tied_in_both", [&](const Record& one) { return observed(one).tied_in_both; });
}

/// The columns of two estimates, each with its error and interval, of what observed(record) gives.
template <class Record, class Observed>
table<Record>& add_estimates(table<Record>& to, const Observed& observed) {
  return to.column("jaccard", [&](const Record& one) { return observed(one).jaccard.value; })
      .column("standard_error", [&](const Record& one) { return observed(one).jaccard.standard_error; })
      .column("lower", [&](const Record& one) { return observed(one).jaccard.lower; })
      .column("upper", [&](const Record& one) { return observed(one).jaccard.upper; })
      .column("overlap", [&](const Record& one) { return observed(one).overlap.value; })
      .column("overlap_standard_error",
              [&](const Record& one) { return observed(one).overlap.standard_error; })
      .column("overlap_lower", [&](const Record& one) { return observed(one).overlap.lower; })
      .column("overlap_upper", [&](const Record& one) { return observed(one).overlap.upper; });
}

nb::dict to_table(const std::vector<nngs::score>& scores) {
  table made(scores);
  return add_scores(made, [](const nngs::score& one) { return one; }).columns();
}

nb::dict to_table(const std::vector<nngs::tested_score>& scores) {
  using one = nngs::tested_score;
  table made(scores);
  return add_scores(made, [](const one& of) { return of.observed; })
      .column("chance", [](const one& of) { return of.expected.jaccard; })
      .column("chance_sd", [](const one& of) { return of.overlap_sd; })
      .column("adjusted", [](const one& of) { return of.adjusted; })
      .column("r_nx", [](const one& of) { return of.r_nx; })
      .column("z", [](const one& of) { return of.overlap_z; })
      .columns();
}

nb::dict to_table(const std::vector<nngs::baseline>& curve) {
  using one = nngs::baseline;
  return table(curve)
      .column("k", [](const one& of) { return of.k; })
      .column("jaccard", [](const one& of) { return of.jaccard; })
      .column("overlap", [](const one& of) { return of.overlap; })
      .column("jaccard_variance", [](const one& of) { return of.jaccard_variance; })
      .column("overlap_variance", [](const one& of) { return of.overlap_variance; })
      .columns();
}

nb::dict to_table(const std::vector<nngs::permuted_score>& scores) {
  using one = nngs::permuted_score;
  return table(scores)
      .column("k", [](const one& of) { return of.k; })
      .column("observed", [](const one& of) { return of.observed; })
      .column("expected", [](const one& of) { return of.expected; })
      .column("sd", [](const one& of) { return of.sd; })
      .column("z", [](const one& of) { return of.z; })
      .column("p", [](const one& of) { return of.p; })
      .columns();
}

nb::dict to_table(const std::vector<nngs::item_score>& items) {
  using one = nngs::item_score;
  Index item = 0;
  return table(items)
      .column("item", [&](const one&) { return item++; })
      .column("shared", [](const one& of) { return of.shared; })
      .column("jaccard", [](const one& of) { return of.jaccard; })
      .column("p", [](const one& of) { return of.p; })
      .column("adjusted_p", [](const one& of) { return of.adjusted_p; })
      .columns();
}

nb::dict to_table(const std::vector<nngs::sampled_score>& scores) {
  using one = nngs::sampled_score;
  table made(scores);
  made.column("k", [](const one& of) { return of.k; }).column("items", [](const one& of) {
    return of.items;
  });
  return add_estimates(made, [](const one& of) { return of; })
      .column("tied_items", [](const one& of) { return of.tied_items; })
      .column("tied_in_both", [](const one& of) { return of.tied_in_both; })
      .columns();
}

nb::dict to_table(const std::vector<nngs::corrected_score>& scores) {
  using one = nngs::corrected_score;
  table made(scores);
  made.column("k", [](const one& of) { return of.k; }).column("rows", [](const one& of) { return of.rows; });
  return add_estimates(made, [](const one& of) { return of; })
      .column("uncorrected", [](const one& of) { return of.uncorrected.jaccard; })
      .column("recall_x", [](const one& of) { return of.recall_x.value; })
      .column("recall_y", [](const one& of) { return of.recall_y.value; })
      .column("changed", [](const one& of) { return of.changed.value; })
      .column("tied_items", [](const one& of) { return of.tied_items; })
      .columns();
}

nb::dict to_table(const std::vector<nngs::grown_score>& scores) {
  using one = nngs::grown_score;
  table made(scores);
  made.column("items", [](const one& of) { return of.items; }).column("k", [](const one& of) {
    return of.observed.k;
  });
  return add_estimates(made, [](const one& of) { return of.observed; })
      .column("chance", [](const one& of) { return of.expected.jaccard; })
      .column("adjusted", [](const one& of) { return of.adjusted.value; })
      .column("adjusted_standard_error", [](const one& of) { return of.adjusted.standard_error; })
      .column("tied_items", [](const one& of) { return of.observed.tied_items; })
      .columns();
}

nb::dict to_table(const std::vector<nngs::graph_diagnostics>& curve) {
  using one = nngs::graph_diagnostics;
  return table(curve)
      .column("k", [](const one& of) { return of.k; })
      .column("reciprocity", [](const one& of) { return of.reciprocity; })
      .column("hubness", [](const one& of) { return of.hubness; })
      .column("never_listed", [](const one& of) { return of.never_listed; })
      .column("tied", [](const one& of) { return of.tied; })
      .columns();
}

// Scores.

nb::dict compare_graphs(const neighbor_graph& x, const neighbor_graph& y, Index k,
                        const work_options& options) {
  return to_table(
      {unlocked(options, [&](const watched_threads& execute) { return nngs::compare(x, y, k, execute); })});
}

nb::dict curve_of_graphs(const neighbor_graph& x, const neighbor_graph& y, const work_options& options) {
  return to_table(unlocked(
      options, [&](const watched_threads& execute) { return nngs::similarity_curve(x, y, execute); }));
}

nb::dict judge(const neighbor_graph& x, const neighbor_graph& y, Index k, const work_options& options) {
  return to_table(std::vector{
      unlocked(options, [&](const watched_threads& execute) { return nngs::judge(x, y, k, execute); })});
}

nb::dict judge_curve(const neighbor_graph& x, const neighbor_graph& y, const work_options& options) {
  return to_table(
      unlocked(options, [&](const watched_threads& execute) { return nngs::judge_curve(x, y, execute); }));
}

/// All pairs of graphs at one k, row after row of their matrix.
nb::dict judge_pairs(const std::vector<neighbor_graph>& graphs, Index k, const work_options& options) {
  const nngs::similarity_matrix all = unlocked(
      options, [&](const watched_threads& execute) { return nngs::similarity_matrix(graphs, {k}, execute); });
  std::vector<nngs::tested_score> scores;
  for (Index row = 0; row < all.rows(); ++row)
    for (Index column = 0; column < all.cols(); ++column) scores.push_back(all.at(row, column, k));
  return to_table(scores);
}

/// What work(values of x, values of y, metric, executor) gives, without the interpreter's lock.
template <class Work>
auto of_matrices(const any_matrix& x, const any_matrix& y, const metric_name& metric,
                 const work_options& options, const Work& work) {
  return unlocked(options, [&](const watched_threads& execute) {
    return std::visit(
        [&](const auto& search) {
          return with_values(x, y, [&](const auto& a, const auto& b) { return work(a, b, search, execute); });
        },
        parse_metric(metric));
  });
}

nb::dict compare_matrices(const any_matrix& x, const any_matrix& y, Index k, const metric_name& metric,
                          const work_options& options) {
  return to_table({of_matrices(x, y, metric, options,
                               [&](const auto& a, const auto& b, const auto& search, const auto& execute) {
                                 return nngs::compare(a, b, k, search, execute);
                               })});
}

nb::dict curve_of_matrices(const any_matrix& x, const any_matrix& y, const metric_name& metric,
                           const work_options& options) {
  return to_table(of_matrices(x, y, metric, options,
                              [&](const auto& a, const auto& b, const auto& search, const auto& execute) {
                                return nngs::similarity_curve(a, b, search, execute);
                              }));
}

nb::dict sample_curve(const any_matrix& x, const any_matrix& y, Index depth, const metric_name& metric,
                      Index rows, std::uint64_t seed, double confidence, const work_options& options) {
  return to_table(of_matrices(
      x, y, metric, options, [&](const auto& a, const auto& b, const auto& search, const auto& execute) {
        return nngs::sample_similarity_curve(a, b, depth, search,
                                             {.rows = rows, .seed = seed, .confidence = confidence}, execute);
      }));
}

nb::dict corrected_curve(const any_matrix& x, const any_matrix& y, const neighbor_graph& found_x,
                         const neighbor_graph& found_y, Index depth, const metric_name& metric, Index rows,
                         std::uint64_t seed, double confidence, const work_options& options) {
  const nngs::sample which{.rows = rows, .seed = seed, .confidence = confidence};
  return to_table(of_matrices(
      x, y, metric, options, [&](const auto& a, const auto& b, const auto& search, const auto& execute) {
        return nngs::corrected_similarity_curve(a, b, found_x, found_y, depth, search, which, execute);
      }));
}

/// The lists of some rows at every level, all rows being one piece.
template <class Values, class Metric>
nngs::growth_lists lists_of_levels(const Values& values, const std::vector<Index>& rows, Index k,
                                   const nngs::growth_levels& levels, const Metric& metric,
                                   const watched_threads& execute) {
  using rows_of_values = nngs::row_major<typename Values::Scalar>;
  const Index n = values.rows();
  const rows_of_values asking = values(rows, Eigen::all),
                       telling = values(nngs::rows_of_tie_order(n), Eigen::all);
  nngs::growth_lists lists(rows, n, k, nngs::tie_order_of(telling, n), levels);
  nngs::search_piece(lists, asking, values, 0, metric, execute);
  return lists;
}

nb::dict growth(const any_matrix& x, const any_matrix& y, Index k, const metric_name& metric, Index rows,
                bool share, std::uint64_t seed, double confidence, const work_options& options) {
  const auto scale = share ? nngs::growth_scale::share : nngs::growth_scale::neighbors;
  return to_table(of_matrices(x, y, metric, options,
                              [&](const auto& a, const auto& b, const auto& search, const auto& execute) {
                                const std::vector<Index> asking = nngs::sample_rows(a.rows(), rows, seed);
                                const auto levels = nngs::growth_levels::for_rows(a.rows(), rows, seed);
                                return nngs::growth(lists_of_levels(a, asking, k, levels, search, execute),
                                                    lists_of_levels(b, asking, k, levels, search, execute), k,
                                                    scale, confidence, execute);
                              }));
}

nb::tuple permutation_test(const neighbor_graph& x, const neighbor_graph& y, std::vector<Index> ks,
                           Index count, std::uint64_t seed, std::vector<Index> groups,
                           const work_options& options) {
  const nngs::permutations which{count, seed, std::move(ks), std::move(groups)};
  const nngs::permutation_result result = unlocked(
      options, [&](const watched_threads& execute) { return nngs::permutation_test(x, y, which, execute); });
  return nb::make_tuple(to_table(result.jaccard.scores), result.jaccard.p, to_table(result.overlap.scores),
                        result.overlap.p);
}

nb::dict item_scores(const neighbor_graph& x, const neighbor_graph& y, Index k, const work_options& options) {
  return to_table(
      unlocked(options, [&](const watched_threads& execute) { return nngs::test_items(x, y, k, execute); }));
}

nb::tuple changes(const neighbor_graph& x, const neighbor_graph& y, Index item, Index k) {
  nngs::neighbor_changes found = nngs::compare_neighbors(x, y, item, k);
  return nb::make_tuple(array_of(std::move(found.kept)), array_of(std::move(found.lost)),
                        array_of(std::move(found.gained)));
}

nb::dict diagnostics(const neighbor_graph& graph, const work_options& options) {
  return to_table(unlocked(
      options, [&](const watched_threads& execute) { return nngs::diagnostics_curve(graph, execute); }));
}

nb::dict chance_curve(Index n, Index depth) { return to_table(nngs::chance_curve(n, depth)); }

double distance(const any_matrix& pair, const metric_name& metric) {
  return std::visit(
      [&](const auto& search) {
        return with_values(
            pair, [&](const auto& rows) { return nngs::distance(rows.row(0), rows.row(1), search); });
      },
      parse_metric(metric));
}

nb::dict cka(const any_matrix& x, const any_matrix& y, const std::string& kernel, double fraction,
             double bandwidth, std::uint64_t seed, const work_options& options) {
  const nngs::cka_result result = unlocked(options, [&](const watched_threads& execute) {
    return with_values(x, y, [&](const auto& a, const auto& b) {
      if (kernel == "linear") return nngs::cka(a, b, nngs::linear{}, execute);
      if (kernel == "rbf") return nngs::cka(a, b, nngs::rbf{fraction, bandwidth, seed}, execute);
      throw nngs::input_error("kernel '" + kernel + "' is not known: use linear or rbf");
    });
  });
  const auto complaint = [](const nngs::kernel_report& of) { return std::string(nngs::complaint(of.state)); };
  nb::dict made;
  made["biased"] = result.biased.value;
  made["biased_defined"] = result.biased.defined;
  made["debiased"] = result.debiased.value;
  made["debiased_defined"] = result.debiased.defined;
  made["chance"] = result.chance;
  made["bandwidths"] = nb::make_tuple(result.x.bandwidth, result.y.bandwidth);
  made["complaints"] = nb::make_tuple(complaint(result.x), complaint(result.y));
  return made;
}

}  // namespace

NB_MODULE(_core, module) {
  module.doc() = "The C++ library. Call it by way of nngs, which makes of every array what this takes.";

  nb::class_<work_options>(module, "Work")
      .def(
          "__init__",
          [](work_options* self, unsigned threads, nb::object progress) {
            new (self) work_options{threads, std::move(progress)};
          },
          nb::arg("threads"), nb::arg("progress").none());
  nb::class_<neighbor_graph>(module, "Graph")
      .def_prop_ro("n", &neighbor_graph::size)
      .def_prop_ro("depth", &neighbor_graph::depth)
      .def_prop_ro("indices", &indices, nb::rv_policy::reference)
      .def_prop_ro("tied", &tied, nb::rv_policy::automatic)
      .def("equals", [](const neighbor_graph& x, const neighbor_graph& y) { return x == y; });

  module.def("build_graph", &build_graph);
  module.def("build_precomputed", &build_precomputed);
  module.def("graph_of_lists", &graph_of_lists);
  module.def("graph_of_lists", &graph_of_lists_with_distances);
  module.def("compare_graphs", &compare_graphs);
  module.def("compare_matrices", &compare_matrices);
  module.def("curve_of_graphs", &curve_of_graphs);
  module.def("curve_of_matrices", &curve_of_matrices);
  module.def("sample_curve", &sample_curve);
  module.def("judge", &judge);
  module.def("judge_pairs", &judge_pairs);
  module.def("judge_curve", &judge_curve);
  module.def("corrected_curve", &corrected_curve);
  module.def("growth", &growth);
  module.def("permutation_test", &permutation_test);
  module.def("item_scores", &item_scores);
  module.def("changes", &changes);
  module.def("diagnostics", &diagnostics);
  module.def("chance_curve", &chance_curve);
  module.def("distance", &distance);
  module.def("cka", &cka);
}
