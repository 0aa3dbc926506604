// SPDX-License-Identifier: MIT
#include <atomic>
#include <mutex>
#include <nngs/nngs.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "../catch.hpp"
#include "reference.hpp"

using Eigen::Index;

template <class Executor>
static void check_each_block_once(const Executor& execute, Index blocks) {
  std::vector<std::atomic<int>> runs(static_cast<std::size_t>(blocks));
  std::atomic<int> strangers{0};
  execute(blocks, [&](Index block) {
    if (block < 0 || block >= blocks)
      ++strangers;
    else
      ++runs[static_cast<std::size_t>(block)];
  });
  CHECK(strangers == 0);
  for (const auto& count : runs) CHECK(count == 1);
}

TEST_CASE("each block runs once") {
  const Index blocks = GENERATE(0, 1, 2, 100);
  check_each_block_once(nngs::serial{}, blocks);
  check_each_block_once(nngs::reporting{nngs::threads{3}, [](Index, Index) {}}, blocks);
  for (const unsigned count : {0U, 1U, 2U, 7U}) check_each_block_once(nngs::threads{count}, blocks);
}

TEST_CASE("two blocks on two threads run at the same time") {
  std::atomic<int> arrived{0};
  nngs::threads{2}(2, [&](Index) {
    ++arrived;
    while (arrived < 2) std::this_thread::yield();
  });
  CHECK(arrived == 2);
}

TEST_CASE("no thread is started for one block or for a count of one") {
  std::set<std::thread::id> seen;
  nngs::threads{7}(1, [&](Index) { seen.insert(std::this_thread::get_id()); });
  nngs::threads{1}(20, [&](Index) { seen.insert(std::this_thread::get_id()); });
  nngs::serial{}(20, [&](Index) { seen.insert(std::this_thread::get_id()); });
  CHECK((seen == std::set<std::thread::id>{std::this_thread::get_id()}));
}

TEST_CASE("no more threads run than there are blocks or were asked for") {
  std::mutex mutex;
  std::set<std::thread::id> seen;
  const auto note = [&](Index) {
    const std::lock_guard lock(mutex);
    seen.insert(std::this_thread::get_id());
  };
  nngs::threads{7}(3, note);
  CHECK(seen.size() <= 3);
  seen.clear();
  nngs::threads{2}(50, note);
  CHECK(seen.size() <= 2);
}

TEST_CASE("a body's exception stops the rest and reaches the caller when no body runs any more") {
  const unsigned count = GENERATE(1U, 2U, 7U);
  std::atomic<int> begun{0}, ended{0};
  std::string caught;
  try {
    nngs::threads{count}(100000, [&](Index block) {
      ++begun;
      struct at_end {
        std::atomic<int>& ended;
        ~at_end() { ++ended; }
      } const leave{ended};
      if (block == 5) throw std::runtime_error("block 5");
      std::this_thread::yield();
    });
  } catch (const std::runtime_error& error) {
    caught = error.what();
  }
  CHECK(caught == "block 5");
  CHECK(begun == ended);
  CHECK(begun >= 6 - static_cast<int>(count));
  CHECK(begun < 100000);
}

TEST_CASE("when every body throws, one exception reaches the caller") {
  CHECK_THROWS_AS(nngs::threads{4}(64, [](Index block) { throw block; }), Index);
}

TEST_CASE("the progress counts up to the total") {
  std::vector<Index> counted;
  const nngs::reporting execute{nngs::threads{3}, [&](Index done, Index total) {
                                  counted.push_back(done);
                                  return total == 40;
                                }};
  execute(40, [](Index) {});
  REQUIRE(counted.size() == 40);
  for (std::size_t i = 0; i < 40; ++i) CHECK(counted[i] == static_cast<Index>(i) + 1);
}

TEST_CASE("a report that returns nothing never cancels") {
  Index last = 0;
  nngs::reporting{nngs::serial{}, [&](Index done, Index) { last = done; }}(9, [](Index) {});
  CHECK(last == 9);
}

TEST_CASE("a report that returns false cancels, and is not called again") {
  const unsigned count = GENERATE(1U, 2U, 7U);
  int calls = 0;
  const nngs::reporting execute{nngs::threads{count}, [&](Index done, Index) {
                                  ++calls;
                                  return done < 4;
                                }};
  CHECK_THROWS_AS(execute(1000, [](Index) {}), nngs::cancelled);
  CHECK(calls == 4);
}

TEST_CASE("a report's own exception reaches the caller") {
  const nngs::reporting execute{nngs::threads{2}, [](Index, Index) { throw std::runtime_error("report"); }};
  CHECK_THROWS_AS(execute(50, [](Index) {}), std::runtime_error);
}

TEST_CASE("a whole score can be watched and cancelled") {
  const Eigen::MatrixXd x = reference::normal_matrix(1, 600, 3);
  Index calls = 0;
  const nngs::reporting watch{nngs::threads{2}, [&](Index done, Index total) {
                                ++calls;
                                return done <= total;
                              }};
  CHECK(nngs::similarity(x, x, 5, nngs::euclidean{}, watch) == 1);
  CHECK(calls >= 3);
  const nngs::reporting stop{nngs::threads{2}, [](Index, Index) { return false; }};
  CHECK_THROWS_AS(nngs::similarity(x, x, 5, nngs::euclidean{}, stop), nngs::cancelled);
  CHECK_THROWS_AS(nngs::similarity_curve(x, x, nngs::euclidean{}, stop), nngs::cancelled);
}
