// SPDX-License-Identifier: MIT
// nngs X Y: how alike two embedding spaces of the same items are.
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>

#include "arguments.hpp"
#include "comparison.hpp"
#include "file_error.hpp"
#include "gnuplot.hpp"
#include "item_pairs.hpp"
#include "matrix_file.hpp"
#include "output_files.hpp"
#include "plot.hpp"
#include "report.hpp"
#include "usage_error.hpp"

namespace {

using namespace program;

/// A gnuplot for the plot that is asked for, looked for before the work too.
std::filesystem::path needed_gnuplot(const arguments& asked) {
  if (asked.plot_file.empty()) return {};
  std::filesystem::path gnuplot = find_gnuplot();
  if (gnuplot.empty())
    std::cerr << "nngs: --plot needs gnuplot, which is not in PATH: " << how_to_get_gnuplot << '\n';
  return gnuplot;
}

/// Where gnuplot is missing, leaves what it would have drawn. The name cannot be that of an input by chance.
void draw(const arguments& asked, const std::filesystem::path& gnuplot, const comparison& result) {
  if (asked.plot_file.empty()) return;
  if (!gnuplot.empty())
    return run_gnuplot(gnuplot, plot_commands(result.curve, asked.axis, asked.x_file, asked.y_file),
                       asked.plot_file);
  const std::string csv_file = asked.plot_file + ".csv";
  write(csv_file, to_csv(result));
  throw file_error(asked.plot_file, "not drawn for want of gnuplot: the curve is in " + csv_file);
}

/// What the readers assumed or found odd: results may be quite another thing where they are wrong.
void write_notes(const item_pairs& pairs) {
  for (const matrix_file* const file : {&pairs.x, &pairs.y}) {
    if (file == &pairs.y && file->path == pairs.x.path) continue;  // said already
    for (const std::string& note : file->notes) std::cerr << "nngs: " << file->path << ": " << note << '\n';
  }
  for (const std::string& note : pairs.notes) std::cerr << "nngs: " << note << '\n';
}

void run(const arguments& asked) {
  check_outputs(asked);
  const std::filesystem::path gnuplot = needed_gnuplot(asked);
  const item_pairs pairs =
      pair_items(open_matrix(asked.x_file, asked.input), open_matrix(asked.y_file, asked.input), asked.input);
  write_notes(pairs);
  const comparison result = compare(asked, pairs);
  if (asked.json_file != "-" && asked.csv_file != "-") {
    write_table(std::cout, asked, pairs, result);
    std::cout.flush();
    check_written(std::cout, "standard output");
  }
  if (!asked.json_file.empty()) write(asked.json_file, to_json(asked, pairs, result));
  if (!asked.csv_file.empty()) write(asked.csv_file, to_csv(result));
  // The curve has standard output to itself, and nothing else tells the items.
  if (asked.csv_file == "-" && asked.json_file.empty()) write_changed(std::cerr, result);
  draw(asked, gnuplot, result);
}

int fail(int status, const char* what, const char* hint = "") {
  std::cerr << "nngs: " << what << hint << '\n';
  return status;
}

}  // namespace

int main(int count, char** words) {
  try {
    if (const auto asked = parse_arguments(count, words)) run(*asked);
    std::cout.flush();  // of --help and --version too
    check_written(std::cout, "standard output");
    return 0;
  } catch (const usage_error& error) {
    return fail(2, error.what(), "\nnngs --help tells how to call it");
  } catch (const std::bad_alloc&) {
    return fail(1, "out of memory: choose a smaller k, --no-cka or fewer items");
  } catch (const std::exception& error) {
    return fail(1, error.what());
  }
}
