// SPDX-License-Identifier: MIT
#include "shard_command.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nngs/nearest_lists.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "drawing.hpp"
#include "file_path.hpp"
#include "options.hpp"
#include "output_files.hpp"
#include "report_files.hpp"
#include "sampled_run.hpp"
#include "score_options.hpp"
#include "score_part.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

constexpr const char* shard_description =
    "One task of many that score two large files: searches one slice of the rows of both for the neighbours\n"
    "of a sample of the rows, the same for every task, and writes what it finds. nngs merge adds the\n"
    "parts up.";

constexpr const char* shard_footer =
    "The tasks of a run differ in --base and -o alone. With Slurm (sbatch --array=0-15):\n"
    "  nngs shard x.npy y.npy --sample 2000 --base $SLURM_ARRAY_TASK_ID/16 -o part.$SLURM_ARRAY_TASK_ID\n"
    "and when all are done:\n"
    "  nngs merge part.*\n"
    "Exit status: 0; 1 for files that cannot be read, searched or written; 2 for a wrong command line.";

constexpr const char* merge_description =
    "The score of all parts that nngs shard wrote, in any order: that of nngs X Y --no-cka --sample M,\n"
    "byte for byte. Parts of different runs are refused, and so is a run of which a part is missing.";

constexpr const char* merge_footer =
    "Example:\n"
    "  nngs merge part.* --json -\n"
    "Exit status: 0; 1 for files that cannot be read, merged or written; 2 for a wrong command line.";

struct shard_arguments {
  arguments asked;
  base_slice slice;
  std::string output;
};

/// "3/16": the fourth of 16.
base_slice parse_slice(const std::string& text) {
  base_slice slice;
  const std::size_t line = std::min(text.find('/'), text.size());
  const auto read = [&text](std::size_t first, std::size_t last, Eigen::Index& number) {
    const auto [stop, error] = std::from_chars(text.data() + first, text.data() + last, number);
    return error == std::errc{} && stop == text.data() + last;
  };
  if (line == text.size() || !read(0, line, slice.number) || !read(line + 1, text.size(), slice.count) ||
      !is_slice(slice))
    throw usage_error(
        "--base " + text +
        " is no slice: write I/M, slice I of M, counted from 0, so that the last of 16 is 15/16");
  return slice;
}

std::optional<shard_arguments> parse_shard(int count, const char* const* words) {
  shard_arguments given;
  std::string metric = "euclidean", slice;
  CLI::App app(shard_description, "nngs shard");
  app.footer(shard_footer);
  add_run_options(app, given.asked, metric);
  add_sample_options(app, given.asked)->required();
  app.add_option("--base", slice, "slice I of M of the rows of both files, counted from 0:\n0/16 .. 15/16")
      ->required()
      ->type_name("I/M");
  app.add_option("-o,--output", given.output, "the part that is written")->required()->type_name("FILE");
  add_version_flag(app);
  for (CLI::Option* const option : app.get_options()) option->check(not_empty);
  if (!parse(app, count, words)) return std::nullopt;
  given.slice = parse_slice(slice);
  if (given.output == "-")
    throw usage_error("-o - is no file, and a part is one: name it, such as -o part.0");
  std::error_code ignored;
  const std::filesystem::path output = file_path(given.output);
  if (std::filesystem::exists(output, ignored) && !std::filesystem::is_regular_file(output, ignored))
    throw usage_error("-o " + given.output +
                      " is there and no regular file, and a part is one: name another");
  finish_run_options(given.asked, metric);
  return given;
}

struct merge_arguments {
  arguments asked;  // how to report
  std::vector<std::string> parts;
};

std::optional<merge_arguments> parse_merge(int count, const char* const* words) {
  merge_arguments given;
  CLI::App app(merge_description, "nngs merge");
  app.footer(merge_footer);
  app.add_option("PARTS", given.parts, "all parts of one run")->required();
  add_report_options(app, given.asked);
  add_version_flag(app);
  for (CLI::Option* const option : app.get_options()) option->check(not_empty);
  if (!parse(app, count, words)) return std::nullopt;
  check_score_options(given.asked);
  return given;
}

}  // namespace

void run_shard(int count, const char* const* words) {
  const auto given = parse_shard(count, words);
  if (!given) return;
  check_outputs(files_of_pair(given->asked), {{"-o", given->output}});
  const sampled_run run = open_run(given->asked);
  write_notes(run.pairs);
  write_part(given->output, run, given->slice, search_slice(run, given->slice));
}

void run_merge(int count, const char* const* words) {
  const auto given = parse_merge(count, words);
  if (!given) return;
  std::vector<named_file> inputs;
  for (const std::string& part : given->parts) inputs.push_back({"a part", part});
  check_outputs(inputs, output_files(given->asked));
  const std::filesystem::path gnuplot = needed_gnuplot(given->asked.plot_file);
  const merged_parts merged = merge_parts(given->parts);
  report_run(merged.run, given->asked, gnuplot, nngs::tally_curve(merged.lists.x, merged.lists.y));
}

}  // namespace program
