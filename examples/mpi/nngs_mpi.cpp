// SPDX-License-Identifier: MIT
// mpirun nngs_mpi X Y --sample M: nngs X Y --no-cka --sample M on many machines. Every rank searches a slice
// of the rows of both files for the neighbours of the sampled rows; what they find is added up in pairs of
// ranks, and rank 0 reports it.
#include <mpi.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <nngs/nearest_lists.hpp>
#include <nngs/serialize.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "drawing.hpp"
#include "file_error.hpp"
#include "options.hpp"
#include "output_files.hpp"
#include "sampled_run.hpp"
#include "score_options.hpp"
#include "usage_error.hpp"

namespace {

using namespace program;

constexpr const char* description =
    "nngs X Y --no-cka --sample M on many machines, by MPI: the same result, byte for byte. Every rank\n"
    "reads and searches a slice of the rows of both files, which all machines have to see under the same\n"
    "names.\n"
    "With --all-rows every rank searches all rows for the neighbours of its slice: no z.";

constexpr const char* footer =
    "Ranks on one machine share its cores, unless --threads says how many each takes.\n"
    "Example:\n"
    "  mpirun -n 16 nngs_mpi x.npy y.npy --sample 2000 --metric cosine --json result.json\n"
    "Exit status: 0; 1 for files that cannot be read, scored or written; 2 for a wrong command line.";

/// Why there is no result, the same on every rank.
struct failure {
  int status;
  std::string message;
};

/// The ranks of this run.
class ranks {
 public:
  ranks() {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }

  int rank() const { return rank_; }
  int size() const { return size_; }
  bool first() const { return rank_ == 0; }

  /// Does the work of this rank, and waits for the others. Where it fails on a rank, all throw its failure:
  /// no rank goes on to wait for one that has given up.
  template <class Work>
  void together(const Work& work) const {
    std::optional<failure> mine;
    try {
      work();
    } catch (const usage_error& error) {
      mine = failure{2, error.what()};
    } catch (const std::bad_alloc&) {
      mine = failure{1, "out of memory: choose a smaller k or a smaller sample"};
    } catch (const std::exception& error) {
      mine = failure{1, error.what()};
    }
    agree(mine);
  }

  /// What rank 0 gives, on every rank.
  std::string of_first(std::string text) const {
    auto size = static_cast<int>(text.size());
    MPI_Bcast(&size, 1, MPI_INT, 0, MPI_COMM_WORLD);
    text.resize(static_cast<std::size_t>(size));
    MPI_Bcast(text.data(), size, MPI_CHAR, 0, MPI_COMM_WORLD);
    return text;
  }

  void send(const std::vector<std::byte>& bytes, int to) const {
    in_messages(bytes.size(), [&](std::size_t begin, int count) {
      MPI_Send(bytes.data() + begin, count, MPI_BYTE, to, 0, MPI_COMM_WORLD);
    });
  }
  void receive(std::vector<std::byte>& bytes, int from) const {
    in_messages(bytes.size(), [&](std::size_t begin, int count) {
      MPI_Recv(bytes.data() + begin, count, MPI_BYTE, from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    });
  }
  void send_size(std::uint64_t size, int to) const {
    MPI_Send(&size, 1, MPI_UINT64_T, to, 0, MPI_COMM_WORLD);
  }
  std::uint64_t receive_size(int from) const {
    std::uint64_t size = 0;
    MPI_Recv(&size, 1, MPI_UINT64_T, from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return size;
  }

 private:
  /// A message has at most 2^31 - 1 parts.
  template <class Use>
  static void in_messages(std::size_t size, const Use& use) {
    constexpr std::size_t most = std::size_t{1} << 30;
    for (std::size_t begin = 0; begin < size; begin += most)
      use(begin, static_cast<int>(std::min(most, size - begin)));
  }

  void agree(const std::optional<failure>& mine) const {
    const int failing = mine ? rank_ : size_;
    int lowest = size_;
    MPI_Allreduce(&failing, &lowest, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (lowest == size_) return;
    failure first = mine && rank_ == lowest ? *mine : failure{1, ""};
    int numbers[] = {first.status, static_cast<int>(first.message.size())};
    MPI_Bcast(numbers, 2, MPI_INT, lowest, MPI_COMM_WORLD);
    first.status = numbers[0];
    first.message.resize(static_cast<std::size_t>(numbers[1]));
    MPI_Bcast(first.message.data(), numbers[1], MPI_CHAR, lowest, MPI_COMM_WORLD);
    throw first;
  }

  int rank_ = 0, size_ = 1;
};

/// The processors that each rank on this machine may take for itself.
unsigned own_threads() {
  MPI_Comm machine{};
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
  int neighbours = 1;
  MPI_Comm_size(machine, &neighbours);
  MPI_Comm_free(&machine);
  return std::max(1U, std::thread::hardware_concurrency() / static_cast<unsigned>(neighbours));
}

void add(nngs::nearest_lists& sum, const std::vector<std::byte>& bytes) {
  sum += nngs::lists_from_bytes(bytes);
}

void add(std::vector<nngs::overlap_tally>& sums, const std::vector<std::byte>& bytes) {
  const std::vector<nngs::overlap_tally> others = nngs::tallies_from_bytes(bytes);
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += others.at(i);
}

/// Adds what all ranks found up in what rank 0 has: in each step every other rank that is left sends its own
/// to the one before it.
template <class Sum>
void add_up(const ranks& all, Sum& sum) {
  for (int step = 1; step < all.size(); step *= 2) {
    const bool sends = all.rank() % (2 * step) == step;
    const bool receives = all.rank() % (2 * step) == 0 && all.rank() + step < all.size();
    std::vector<std::byte> bytes;
    all.together([&] {
      if (sends) bytes = nngs::to_bytes(sum);
    });
    std::uint64_t size = 0;
    if (sends) all.send_size(bytes.size(), all.rank() - step);
    if (receives) size = all.receive_size(all.rank() + step);
    all.together([&] {
      if (receives) bytes.resize(size);
    });
    if (sends) all.send(bytes, all.rank() - step);
    if (receives) all.receive(bytes, all.rank() + step);
    all.together([&] {
      if (receives) add(sum, bytes);
    });
  }
}

/// What rank 0 reports.
std::vector<nngs::overlap_tally> tallies_of_all(const ranks& all, const sampled_run& opened) {
  const base_slice own{all.rank(), all.size()};
  std::vector<nngs::overlap_tally> tallies;
  if (opened.asked.sample == 0) {
    all.together([&] { tallies = tally_slice(opened, own); });
    add_up(all, tallies);
    return tallies;
  }
  std::optional<list_parts> lists;
  all.together([&] { lists.emplace(search_slice(opened, own)); });
  add_up(all, lists->x);
  add_up(all, lists->y);
  all.together([&] {
    if (all.first()) tallies = nngs::tally_curve(lists->x, lists->y, nngs::threads{opened.asked.threads});
  });
  return tallies;
}

/// Ranks that search other files than rank 0 would add up to a score of none.
void check_same_files(const ranks& all, const sampled_run& opened) {
  std::string seen;
  all.together([&] { seen = contents_of(opened); });
  const std::string expected = all.of_first(seen);
  all.together([&] {
    if (seen != expected)
      throw file_error(opened.asked.x_file + " and " + opened.asked.y_file,
                       "rank " + std::to_string(all.rank()) +
                           " sees other files of these names than rank 0: copy the same to all machines");
  });
}

std::optional<arguments> parse_words(int count, const char* const* words) {
  arguments asked;
  std::string metric = "euclidean";
  CLI::App app(description, "nngs_mpi");
  app.footer(footer);
  bool all_rows = false;
  add_run_options(app, asked, metric);
  CLI::Option* const sample = add_sample_options(app, asked);
  app.add_flag("--all-rows", all_rows, "search all rows, and no sample")->excludes(sample);
  add_report_options(app, asked);
  add_version_flag(app);
  for (CLI::Option* const option : app.get_options()) option->check(not_empty);
  if (!parse(app, count, words)) return std::nullopt;
  if (asked.sample == 0 && !all_rows)
    throw usage_error("--sample M or --all-rows says which rows are searched");
  finish_run_options(asked, metric);
  check_score_options(asked);
  return asked;
}

void run(const ranks& all, int count, const char* const* words) {
  std::optional<arguments> asked;
  all.together([&] { asked = parse_words(count, words); });
  if (!asked) return;
  const unsigned threads = own_threads();
  if (asked->threads == 0) asked->threads = threads;

  std::filesystem::path gnuplot;
  all.together([&] {
    if (!all.first()) return;
    check_outputs(files_of_pair(*asked), output_files(*asked));
    gnuplot = needed_gnuplot(asked->plot_file);
  });
  std::optional<sampled_run> opened;
  all.together([&] { opened.emplace(open_run(*asked)); });
  check_same_files(all, *opened);
  if (all.first()) write_notes(opened->pairs);
  const std::vector<nngs::overlap_tally> tallies = tallies_of_all(all, *opened);
  all.together([&] {
    if (all.first()) report_run(*opened, *asked, gnuplot, tallies);
  });
}

}  // namespace

int main(int count, char** words) {
  int granted = 0;  // whatever it is: no thread but this one talks to other ranks
  MPI_Init_thread(&count, &words, MPI_THREAD_FUNNELED, &granted);
  int status = 0;
  {
    const ranks all;
    if (!all.first()) std::cout.setstate(std::ios::failbit);  // one answer to --help is enough
    try {
      run(all, count, words);
    } catch (const failure& why) {
      status = why.status;
      if (all.first())
        std::cerr << "nngs_mpi: " << why.message
                  << (status == 2 ? "\nnngs_mpi --help tells how to call it" : "") << '\n';
    }
  }
  MPI_Finalize();
  return status;
}
