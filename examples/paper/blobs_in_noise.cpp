// SPDX-License-Identifier: MIT
// Seven clusters in other places, with white noise: the paper's curves, and what became of the noise in them.
#include <array>
#include <nngs/nngs.hpp>

#include "clouds.hpp"
#include "curve_plot.hpp"
#include "experiments.hpp"
#include "for_each.hpp"
#include "markdown_table.hpp"
#include "numbers.hpp"

namespace paper {
namespace {

constexpr std::array levels{-20, -10, 0, 10, 20, 30, 40};  // signal over noise in dB
constexpr auto level_count = static_cast<Eigen::Index>(levels.size());
constexpr Eigen::Index clusters = 7, per_cluster = 50, dimensions = 50;

/// The same points around every centre.
matrix around(const matrix& shape, const matrix& centres) {
  matrix cloud(centres.rows() * shape.rows(), shape.cols());
  for (Eigen::Index i = 0; i < centres.rows(); ++i)
    cloud.middleRows(i * shape.rows(), shape.rows()) = shape.rowwise() + centres.row(i);
  return cloud;
}

/// A row a level, a column a k: noise added at each level to the clean cloud, and to what the level before
/// left.
struct two_ways {
  Eigen::MatrixXd fresh, piled_up;
};

void set_row(Eigen::MatrixXd& curves, Eigen::Index row, const matrix& x, const matrix& y) {
  for (const nngs::score& score : nngs::similarity_curve(x, y, nngs::euclidean{}, nngs::serial{}))
    curves(row, score.k - 1) = score.jaccard;
}

two_ways curves_of_seed(std::uint32_t seed) {
  numpy_random places(67), random(seed);
  const matrix centres_x = 5 * places.normals(clusters, dimensions),
               centres_y = 5 * places.normals(clusters, dimensions);
  const matrix shape = random.normals(per_cluster, dimensions);
  const matrix x = around(shape, centres_x), clean = around(shape, centres_y);
  two_ways curves{Eigen::MatrixXd(level_count, x.rows() - 1), Eigen::MatrixXd(level_count, x.rows() - 1)};
  matrix piled_up = clean;
  for (Eigen::Index level = 0; level < level_count; ++level) {
    const matrix noise =
        noise_amplitude(levels[static_cast<std::size_t>(level)]) * random.normals(x.rows(), dimensions);
    piled_up += noise;
    set_row(curves.fresh, level, x, clean + noise);
    set_row(curves.piled_up, level, x, piled_up);
  }
  return curves;
}

}  // namespace

section blobs_in_noise(const settings& asked) {
  const Eigen::Index seeds = asked.reduced ? 2 : 48;
  const auto of_seeds = for_each(asked, "blobs in noise", seeds, [](Eigen::Index seed) {
    return curves_of_seed(static_cast<std::uint32_t>(seed));
  });
  two_ways mean = of_seeds.front();
  for (std::size_t seed = 1; seed < of_seeds.size(); ++seed) {
    mean.fresh += of_seeds[seed].fresh;
    mean.piled_up += of_seeds[seed].piled_up;
  }
  mean.fresh /= static_cast<double>(seeds);
  mean.piled_up /= static_cast<double>(seeds);

  const Eigen::Index items = clusters * per_cluster;
  csv_file file{"blobs-in-noise", {"snr_db", "k", "nngs", "nngs_noise_piled_up"}, {}};
  markdown_table table(
      {"signal over noise", "k = 10", "k = 49", "k = 100", "noise piled up: k = 10", "k = 49", "k = 100"});
  curve_plot plot{"Seven clusters in other places, with noise",
                  "neighbours k  (n = " + std::to_string(items) + ", clusters of 50)",
                  "NNGS",
                  {1, static_cast<double>(items - 2)},
                  {0, 1.02},
                  {}};
  for (Eigen::Index level = level_count; level-- > 0;) {
    const std::string name = std::to_string(levels[static_cast<std::size_t>(level)]);
    plotted_curve curve{name + " dB", ramp_colour(static_cast<std::size_t>(level), levels.size()), {}, {}};
    for (Eigen::Index k = 1; k < items - 1; ++k) {
      curve.x.push_back(static_cast<double>(k));
      curve.y.push_back(mean.fresh(level, k - 1));
      file.rows.push_back({name, std::to_string(k), six_digits(mean.fresh(level, k - 1)),
                           six_digits(mean.piled_up(level, k - 1))});
    }
    plot.curves.push_back(curve);
    std::vector<std::string> row{name + " dB"};
    for (const Eigen::MatrixXd* way : {&mean.fresh, &mean.piled_up})
      for (const Eigen::Index k : {10, 49, 100}) row.push_back(fixed((*way)(level, k - 1), 3));
    table.add(row);
  }
  plotted_curve chance{"chance", orange, {}, {}, {}, curve_look::dashes};
  for (const nngs::baseline& one : nngs::chance_curve(items, items - 2)) {
    chance.x.push_back(static_cast<double>(one.k));
    chance.y.push_back(one.jaccard);
  }
  plot.curves.push_back(chance);

  section result;
  result.text =
      "Seven clusters of 50 items in 50 dimensions, all of the same shape, at centres of seed 67; in Y "
      "they have other centres, and noise. Mean over the seeds 0 to " +
      std::to_string(seeds - 1) +
      ". The paper shows curves of one seed and gives no numbers.\n\n![NNGS over k at seven levels of "
      "noise](plots/blobs-in-noise.svg)\n\nWith little noise every neighbourhood up to k = 49 is the same, "
      "wherever the cluster went; just beyond the cluster the score falls, for the next nearest cluster is "
      "another one. Noise takes the small scales first.\n" +
      table.text() +
      "In the authors' code the noise of each level is added to the cloud that the level before left, from "
      "-20 dB on, so that all their curves carry the loudest noise. The columns on the right repeat that: "
      "they hardly differ from each other. The figure above adds each noise to the clean cloud.\n";
  result.figures = {file};
  result.plots = {{"blobs-in-noise", plot_commands(plot)}};
  return result;
}

}  // namespace paper
