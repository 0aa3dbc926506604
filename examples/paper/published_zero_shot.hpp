// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_PAPER_PUBLISHED_ZERO_SHOT_HPP
#define NNGS_EXAMPLES_PAPER_PUBLISHED_ZERO_SHOT_HPP

#include <string>
#include <vector>

namespace paper {

/// What the paper's notebooks print for CLIP ViT-B/32 and the 18 CIFAR-100 templates of CLIP's authors, in
/// their order: NNGS at k = 3 in full, RBF CKA to six digits.
struct published_templates {
  std::string data;
  std::vector<double> accuracy, nngs, cka;
  double nngs_pearson, nngs_spearman, cka_pearson, cka_spearman;  // as printed beside them
};

inline std::vector<published_templates> all_published_templates() {
  return {{"CIFAR-100",
           {.6448, .6384, .6354, .6457, .6410, .6380, .6403, .6319, .6233, .6323, .6202, .6162, .6299, .6324,
            .6315, .6277, .6342, .5903},
           {.409, .426, .408, .421, .415, .427, .416, .404, .382, .373, .374, .378, .392, .369, .371, .369,
            .383, .345},
           {.731896, .738276, .741481, .734879, .734159, .730876, .736380, .744514, .721981, .708947, .716737,
            .714496, .723077, .703614, .716184, .704107, .725634, .691696},
           0.7775,
           0.7626,
           0.7158,
           0.6615},
          {"ImageNet",
           {.59322, .59326, .56294, .59706, .56778, .60094, .60216, .58492, .56512, .58124, .56764, .54732,
            .58120, .56780, .57792, .58046, .58962, .56110},
           {.2313, .2394, .2376, .2457, .2435, .2401, .2363, .2391, .2289, .2134, .2228, .2178, .2285, .2235,
            .2260, .2183, .2380, .2154},
           {.639393, .674758, .672785, .665015, .672852, .656451, .640747, .657465, .636727, .581714, .619320,
            .594769, .620996, .614659, .605140, .585273, .632180, .579479},
           0.5372,
           0.5501,
           0.3888,
           0.4200}};
}

}  // namespace paper

#endif
