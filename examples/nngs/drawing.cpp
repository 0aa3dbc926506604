// SPDX-License-Identifier: MIT
#include "drawing.hpp"

#include <iostream>

#include "file_error.hpp"
#include "file_path.hpp"
#include "gnuplot.hpp"
#include "output_files.hpp"
#include "usage_error.hpp"

namespace program {

void check_plot_name(const std::string& file) {
  if (!file.empty() && !file.ends_with(".svg"))
    throw usage_error("--plot draws SVG: name the file " +
                      file_name(file_path(file).replace_extension(".svg")));
}

std::filesystem::path needed_gnuplot(const std::string& plot_file) {
  if (plot_file.empty()) return {};
  std::filesystem::path gnuplot = find_gnuplot();
  if (gnuplot.empty()) std::cerr << "nngs: --plot found no gnuplot: " << how_to_get_gnuplot << '\n';
  return gnuplot;
}

void draw(const std::filesystem::path& gnuplot, const std::string& commands, const std::string& file,
          const std::string& what, const std::string& data) {
  if (!gnuplot.empty()) return run_gnuplot(gnuplot, commands, file);
  const std::string csv_file = file + ".csv";  // which cannot be the name of an input by chance
  write(csv_file, data);
  throw file_error(file, "not drawn for want of gnuplot: " + what + " in " + csv_file);
}

}  // namespace program
