// SPDX-License-Identifier: MIT
// The paper's first figure: how NNGS falls as noise is added, at every k.
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

/// A row a level, a column a k.
Eigen::MatrixXd curves_of_seed(std::uint32_t seed, Eigen::Index items, Eigen::Index dimensions) {
  numpy_random random(seed);
  const matrix x = random.normals(items, dimensions);
  Eigen::MatrixXd curves(level_count, items - 1);
  for (Eigen::Index level = 0; level < level_count; ++level) {
    const matrix y =
        x + noise_amplitude(levels[static_cast<std::size_t>(level)]) * random.normals(items, dimensions);
    for (const nngs::score& score : nngs::similarity_curve(x, y, nngs::euclidean{}, nngs::serial{}))
      curves(level, score.k - 1) = score.jaccard;
  }
  return curves;
}

struct level_curve {
  int level;
  std::vector<mean_sd> nngs;      // element k - 1 is that at k
  std::vector<double> corrected;  // the mean, adjusted by the exact chance
};

std::vector<level_curve> summarise(const std::vector<Eigen::MatrixXd>& seeds,
                                   const std::vector<nngs::baseline>& chance) {
  std::vector<level_curve> curves;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    level_curve curve{levels[level], {}, {}};
    for (std::size_t at = 0; at < chance.size(); ++at) {
      Eigen::VectorXd values(static_cast<Eigen::Index>(seeds.size()));
      for (std::size_t seed = 0; seed < seeds.size(); ++seed)
        values[static_cast<Eigen::Index>(seed)] =
            seeds[seed](static_cast<Eigen::Index>(level), static_cast<Eigen::Index>(at));
      curve.nngs.push_back(describe(values));
      curve.corrected.push_back(nngs::adjusted(curve.nngs.back().mean, chance[at].jaccard));
    }
    curves.push_back(curve);
  }
  return curves;
}

csv_file figures(const std::vector<level_curve>& curves, const std::vector<nngs::baseline>& chance) {
  csv_file file{"white-noise", {"snr_db", "k", "nngs", "sd", "chance", "paper_baseline", "adjusted"}, {}};
  for (const level_curve& curve : curves)
    for (std::size_t at = 0; at < chance.size(); ++at)
      file.rows.push_back(
          {std::to_string(curve.level), std::to_string(chance[at].k), six_digits(curve.nngs[at].mean),
           six_digits(curve.nngs[at].sd), six_digits(chance[at].jaccard),
           six_digits(nngs::paper_baseline(chance[at].n, chance[at].k)), six_digits(curve.corrected[at])});
  return file;
}

plot_file raw_plot(const std::vector<level_curve>& curves, const std::vector<nngs::baseline>& chance) {
  const auto last = static_cast<double>(chance.size());
  curve_plot plot{"NNGS of a normal cloud and itself with noise: mean ± 2 sd",
                  "neighbours k  (n = " + std::to_string(chance.front().n) + ")",
                  "NNGS",
                  {1, last},
                  {0, 1},
                  {}};
  plotted_curve by_chance{"chance", orange, {}, {}, {}, curve_look::dashes};
  for (std::size_t i = curves.size(); i-- > 0;) {
    plotted_curve drawn{std::to_string(curves[i].level) + " dB", ramp_colour(i, curves.size()), {}, {}};
    for (std::size_t at = 0; at < chance.size(); ++at) {
      drawn.x.push_back(static_cast<double>(at + 1));
      drawn.y.push_back(curves[i].nngs[at].mean);
      drawn.spread.push_back(2 * curves[i].nngs[at].sd);
    }
    plot.curves.push_back(drawn);
  }
  for (const nngs::baseline& one : chance) {
    by_chance.x.push_back(static_cast<double>(one.k));
    by_chance.y.push_back(one.jaccard);
  }
  plot.curves.push_back(by_chance);
  return {"white-noise", plot_commands(plot)};
}

plot_file adjusted_plot(const std::vector<level_curve>& curves, Eigen::Index items) {
  curve_plot plot{"The same, adjusted: 0 is chance, 1 is perfect",
                  "neighbours k  (n = " + std::to_string(items) + ")",
                  "adjusted NNGS",
                  {1, static_cast<double>(items - 2)},
                  {-0.05, 1},
                  {}};
  for (std::size_t i = curves.size(); i-- > 0;) {
    plotted_curve drawn{std::to_string(curves[i].level) + " dB", ramp_colour(i, curves.size()), {}, {}};
    for (std::size_t at = 0; at + 1 < curves[i].corrected.size(); ++at) {
      drawn.x.push_back(static_cast<double>(at + 1));
      drawn.y.push_back(curves[i].corrected[at]);
    }
    plot.curves.push_back(drawn);
  }
  return {"white-noise-adjusted", plot_commands(plot)};
}

std::string table(const std::vector<level_curve>& curves, const std::vector<nngs::baseline>& chance) {
  const std::vector<std::size_t> ks{1, 10, 20, 50};
  markdown_table raw({"NNGS", "k = 1", "k = 10", "k = 20", "k = 50"});
  markdown_table corrected({"adjusted", "k = 1", "k = 10", "k = 20", "k = 50"});
  for (const level_curve& curve : curves) {
    const std::string name = std::to_string(curve.level) + " dB";
    std::vector<std::string> raw_row{name}, corrected_row{name};
    for (const std::size_t k : ks) {
      if (k > chance.size()) continue;
      raw_row.push_back(fixed(curve.nngs[k - 1], 3));
      corrected_row.push_back(fixed(curve.corrected[k - 1], 3));
    }
    raw.add(raw_row);
    corrected.add(corrected_row);
  }
  std::vector<std::string> exact{"chance, exact"}, published{"chance, the paper's H"};
  for (const std::size_t k : ks) {
    if (k > chance.size()) continue;
    exact.push_back(fixed(chance[k - 1].jaccard, 3));
    published.push_back(fixed(nngs::paper_baseline(chance[k - 1].n, chance[k - 1].k), 3));
  }
  raw.add(exact);
  raw.add(published);
  return raw.text() + corrected.text();
}

}  // namespace

section white_noise(const settings& asked) {
  const Eigen::Index items = asked.reduced ? 40 : 100, dimensions = 50, seeds = asked.reduced ? 4 : 48;
  const auto of_seeds = for_each(asked, "white noise", seeds, [&](Eigen::Index seed) {
    return curves_of_seed(static_cast<std::uint32_t>(seed), items, dimensions);
  });
  const auto chance = nngs::chance_curve(items, items - 1);
  const auto curves = summarise(of_seeds, chance);

  section result;
  result.text = "X is normal, " + std::to_string(items) + " items in " + std::to_string(dimensions) +
                " dimensions; Y is X with normal noise on top, from 20 dB above the signal to 40 dB below "
                "it. Seeds 0 to " +
                std::to_string(seeds - 1) +
                ", which are the paper's: numpy's generator is reproduced, so these are its very clouds. "
                "The paper shows this as a figure and gives no numbers.\n\n![NNGS against k at seven "
                "levels of noise](plots/white-noise.svg)\n\nThe raw score rises with k at every level of "
                "noise, because chance does.\n" +
                table(curves, chance) +
                "![The same, adjusted for chance](plots/white-noise-adjusted.svg)\n\nAdjusted, a cloud "
                "under noise 20 dB above it scores next to nothing at any k. The paper's H(k) lies below "
                "what chance gives on average, by half at k = 1, so its adjusted curves do not quite start "
                "at 0; the exact chance does.\n";
  result.figures = {figures(curves, chance)};
  result.plots = {raw_plot(curves, chance), adjusted_plot(curves, items)};
  return result;
}

}  // namespace paper
