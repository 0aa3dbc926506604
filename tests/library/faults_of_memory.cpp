// SPDX-License-Identifier: MIT
// Memory that cannot be had, at each allocation in turn: std::bad_alloc reaches the caller, everything is
// given back, nothing waits for ever, and the next call gives the right answer. And threads that cannot be
// started.
//
// An executable of its own: malloc is replaced (glibc), which Eigen, nanoflann and operator new all end in.
// The sanitizers replace it too, so they do without this test.
#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <nngs/nngs.hpp>
#include <optional>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

namespace {

constexpr long never = -1;
std::atomic<long> live{0};            // allocations not given back
std::atomic<long> fails_in{never};    // so many allocations from now
std::atomic<bool> stays_gone{false};  // and all later ones
std::atomic<bool> failed{false};
std::atomic<long> threads_left{never};  // that may be started

bool fails() {
  if (fails_in == never) return false;
  const long left = fails_in--;
  if (left > 0) return false;
  fails_in = stays_gone ? 0 : never;
  failed = true;
  return true;
}

void* counted(void* memory) {
  if (memory != nullptr) ++live;
  return memory;
}

}  // namespace

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* memory);

void* malloc(std::size_t size) noexcept { return fails() ? nullptr : counted(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) noexcept {
  return fails() ? nullptr : counted(__libc_calloc(count, size));
}
void* realloc(void* memory, std::size_t size) noexcept {
  if (fails()) return nullptr;
  return memory == nullptr ? counted(__libc_malloc(size)) : __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return fails() ? nullptr : counted(__libc_memalign(alignment, size));
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
  *memory = aligned_alloc(alignment, size);
  return *memory == nullptr ? ENOMEM : 0;
}
void free(void* memory) noexcept {
  if (memory != nullptr) --live;
  __libc_free(memory);
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*work)(void*),
                   void* argument) noexcept {
  static const auto real = reinterpret_cast<decltype(&pthread_create)>(::dlsym(RTLD_NEXT, "pthread_create"));
  if (threads_left == 0) return EAGAIN;
  if (threads_left != never) --threads_left;
  return real(thread, attributes, work, argument);
}
}

namespace {

using Eigen::Index;
using Eigen::MatrixXd;

/// What came of a call in which one allocation fails: nothing when std::bad_alloc came.
template <class Action>
auto with_failure(long at, bool for_good, const Action& action) {
  std::optional<decltype(action())> result;
  failed = false;
  stays_gone = for_good;
  fails_in = at;
  try {
    result = action();
  } catch (const std::bad_alloc&) {
  }
  fails_in = never;
  return result;
}

/// Few allocations decide what is left behind by threads that ended: the system keeps some stacks.
template <class Action>
void fails_cleanly(const char* name, const Action& action) {
  const auto expected = action();
  for (const bool for_good : {false, true}) {
    long at = 0;
    for (;; ++at) {
      const long before = live;
      bool was_right = true, came = false;
      {
        const auto result = with_failure(at, for_good, action);
        came = result.has_value();
        was_right = !came || *result == expected;
      }
      const long left = live - before;
      if (!was_right || left != 0)
        FAIL_CHECK(name << ", allocation " << at << (for_good ? " and later" : "") << ": right " << was_right
                        << ", left " << left);
      if (!failed) {
        CHECK(came);
        break;
      }
    }
    CHECK(at > 0);
  }
  CHECK(action() == expected);
}

std::vector<double> numbers(const nngs::cka_result& result) {
  return {result.biased.value, result.debiased.value, result.chance, result.x.bandwidth};
}

template <class Executor>
void all_fail_cleanly(const Executor& execute) {
  const MatrixXd x = reference::normal_matrix(1, 60, 4), y = reference::normal_matrix(2, 60, 3);
  const MatrixXd large = reference::normal_matrix(3, 520, 3);
  const auto graph_x = nngs::build_graph(x, 20), graph_y = nngs::build_graph(y, 20);
  const nngs::euclidean plain;
  fails_cleanly("exact", [&] { return nngs::build_graph(x, 5, nngs::exact{}, execute); });
  fails_cleanly("exact, by pairs", [&] { return nngs::build_graph(large, 5, nngs::exact{}, execute); });
  fails_cleanly("exact, cosine",
                [&] { return nngs::build_graph(x, 5, nngs::exact{nngs::cosine{}}, execute); });
  fails_cleanly("exact, manhattan",
                [&] { return nngs::build_graph(x, 5, nngs::exact{nngs::manhattan{}}, execute); });
  fails_cleanly("direct, by pairs",
                [&] { return nngs::build_graph(large, 5, nngs::exact{nngs::manhattan{}}, execute); });
  fails_cleanly("kd_tree", [&] { return nngs::build_graph(y, 5, nngs::kd_tree{}, execute); });
  fails_cleanly("kd_tree, large", [&] { return nngs::build_graph(large, 5, nngs::kd_tree{}, execute); });
  fails_cleanly("a copy", [&] { return nngs::build_graph(x + x, 5, plain, execute); });
  fails_cleanly("compare", [&] { return nngs::compare(x, y, 30, plain, execute); });
  fails_cleanly("compare by builders",
                [&] { return nngs::compare(x, y, 5, nngs::exact{}, nngs::kd_tree{}, execute); });
  fails_cleanly("compare of graphs", [&] { return nngs::compare(graph_x, graph_y, 20, execute); });
  fails_cleanly("similarity_curve", [&] { return nngs::similarity_curve(x, y, plain, execute); });
  fails_cleanly("similarity_curve of graphs",
                [&] { return nngs::similarity_curve(graph_x, graph_y, execute); });
  fails_cleanly("sample_similarity",
                [&] { return nngs::sample_similarity(x, y, 5, {.rows = 20}, plain, execute); });
  fails_cleanly("permutation_test",
                [&] { return nngs::permutation_test(graph_x, graph_y, {.count = 9}, execute); });
  fails_cleanly("cka, linear", [&] { return numbers(nngs::cka(x, y, nngs::linear{}, execute)); });
  fails_cleanly("cka, linear, of items",
                [&] { return numbers(nngs::cka(x.topRows(6), y.topRows(6), nngs::linear{}, execute)); });
  fails_cleanly("cka, RBF", [&] { return numbers(nngs::cka(x, y, nngs::rbf{}, execute)); });
}

}  // namespace

TEST_CASE("faults: each allocation in turn fails, on one thread") { all_fail_cleanly(nngs::serial{}); }

TEST_CASE("faults: each allocation in turn fails, on three threads") {
  // The system keeps the stacks of threads that ended, with a few allocations of its own: as many as ever
  // run.
  nngs::threads{3}(3, [](Index) {});
  all_fail_cleanly(nngs::threads{3});
}

TEST_CASE("faults: each allocation in turn fails where no thread has a part") {
  const MatrixXd x = reference::normal_matrix(1, 40, 4), y = reference::normal_matrix(2, 40, 3);
  const auto graph_x = nngs::build_graph(x, 9), graph_y = nngs::build_graph(y, 9);
  const Eigen::MatrixXi lists =
      Eigen::MatrixXi::NullaryExpr(40, 3, [](Index i, Index j) { return int((i + j + 1) % 40); });
  fails_cleanly("neighbor_graph", [&] { return nngs::neighbor_graph(lists); });
  fails_cleanly("item_similarity", [&] { return nngs::item_similarity(graph_x, graph_y, 9); });
  fails_cleanly("test_items", [&] { return nngs::test_items(graph_x, graph_y, 9); });
  fails_cleanly("compare_neighbors", [&] { return nngs::compare_neighbors(graph_x, graph_y, 1, 9); });
  fails_cleanly("diagnostics_curve", [&] { return nngs::diagnostics_curve(graph_x); });
  fails_cleanly("chance_curve", [&] {
    std::vector<double> all;
    for (const nngs::baseline& one : nngs::chance_curve(40, 9)) all.push_back(one.jaccard);
    return all;
  });
  fails_cleanly("overlap_tail", [&] { return nngs::overlap_tail(40, 9); });
  fails_cleanly("sample_rows", [&] { return nngs::sample_rows(40, 9, 1); });
  fails_cleanly("distance", [&] { return nngs::distance(x.row(0), x.row(1), nngs::cosine{}); });
}

TEST_CASE("faults: threads that cannot be started leave their work to the others") {
  const MatrixXd x = reference::normal_matrix(1, 600, 3);
  const auto expected = nngs::build_graph(x, 5, nngs::exact{}, nngs::serial{});
  for (const long started : {0L, 1L, 2L}) {
    threads_left = started;
    const auto graph = nngs::build_graph(x, 5, nngs::exact{}, nngs::threads{7});
    threads_left = never;
    CHECK(graph == expected);
  }
}
