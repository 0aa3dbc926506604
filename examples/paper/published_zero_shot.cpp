// SPDX-License-Identifier: MIT
#include "published_zero_shot.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "correlation.hpp"
#include "markdown_table.hpp"
#include "numbers.hpp"
#include "words_and_images.hpp"

namespace paper {
namespace {

constexpr const char* about =
    R"(The paper's protocol: images and prompts go through CLIP ViT-B/32. A class is the mean of its
images, and each template makes a prompt for every class. Accuracy is the share of images whose nearest
prompt, by cosine, is that of their class; NNGS (k = 3, Euclidean) and RBF CKA compare the classes with
the prompts. The paper has 18 templates, and 53 with negated ones and lines from films.

The embeddings of CIFAR-100 and ImageNet are not at hand here. What can be checked is the last step:
whether the published correlations follow from the figures of the 18 templates that the authors' notebooks
print. The column *ours* is that.
)";

constexpr const char* conclusion =
    R"(All but one do. Over 18 templates that differ by a few hundredths in accuracy, no interval of NNGS
excludes the value of CKA.

To do all of it where the images can be had (this was not tried: neither they nor the model are here):

    pip install open_clip_torch torchvision
    python3 examples/paper/cifar100_embeddings.py FOLDER templates.txt
    nngs_paper zero-shot-of FOLDER/images.npy --labels FOLDER/labels.txt --prompts FOLDER/prompts-*.npy \
      --names templates.txt
)";

std::string table_of_published() {
  markdown_table table({"correlation with accuracy", "published", "ours", "95 % interval", ""});
  const auto from_figures = [&](const std::string& what, double published, double ours,
                                const std::string& interval, const std::string& why) {
    table.add({what, fixed(published, 4), fixed(ours, 4), interval,
               std::abs(ours - published) < 1e-4 ? "agrees" : "differs" + why});
  };
  const auto both = [&](const std::string& what, const std::vector<double>& values,
                        const std::vector<double>& accuracy, double published_pearson,
                        double published_spearman, const std::string& why = "") {
    const double linear = pearson(values, accuracy).value();
    const interval range = fisher_interval(linear, accuracy.size());
    from_figures(what + ", Pearson", published_pearson, linear,
                 fixed(range.lower, 2) + " to " + fixed(range.upper, 2), "");
    from_figures(what + ", Spearman", published_spearman, spearman(values, accuracy).value(), "", why);
  };
  for (const published_templates& one : all_published_templates()) {
    const std::string over = one.data + ", 18 templates, ";
    both(over + "NNGS", one.nngs, one.accuracy, one.nngs_pearson, one.nngs_spearman,
         ", because two templates of equal NNGS share a rank here, and rounding tells them apart there");
    both(over + "RBF CKA", one.cka, one.accuracy, one.cka_pearson, one.cka_spearman);
  }
  const auto missing = [&](const std::string& what, double published) {
    table.add({what, fixed(published, 4), "-", "-", "not reproduced: no embeddings of these images here"});
  };
  missing("CIFAR-100, 53 templates, NNGS, Pearson", 0.9021);
  missing("CIFAR-100, 53 templates, RBF CKA, Pearson", 0.8667);
  missing("ImageNet, 53 templates, NNGS, Pearson", 0.9154);
  missing("ImageNet, 53 templates, RBF CKA, Pearson", 0.7441);
  return table.text();
}

csv_file figures_of_published() {
  csv_file figures{"published-zero-shot", {"data", "template", "accuracy", "nngs", "rbf_cka"}, {}};
  for (const published_templates& one : all_published_templates())
    for (std::size_t i = 0; i < one.accuracy.size(); ++i)
      figures.rows.push_back({one.data, std::to_string(i + 1), six_digits(one.accuracy[i]),
                              six_digits(one.nngs[i]), six_digits(one.cka[i])});
  return figures;
}

}  // namespace

section published_zero_shot(const settings& /*chosen*/) {
  return {about + table_of_published() + conclusion, {figures_of_published()}, {}};
}

}  // namespace paper
