// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_K_CHOICE_HPP
#define NNGS_EXAMPLES_K_CHOICE_HPP

#include <Eigen/Core>
#include <string>
#include <vector>

namespace program {

/// The k that `text` asks for among n items, each once, in order: numbers `10`, ranges `1:50` and shares of n
/// `0.2n` = floor(0.2 n) of the decimal number 0.2, separated by commas. Throws usage_error.
std::vector<Eigen::Index> chosen_k(const std::string& text, Eigen::Index n);

/// A few k that suit n items.
std::vector<Eigen::Index> default_k(Eigen::Index n);

/// Of lists with `depth` neighbours of each of n items: the k that `text` asks for, all of them, or, where
/// nothing is asked, a few and the largest. `shallower`: the file with the fewest neighbours. Throws
/// usage_error for a k beyond the lists.
std::vector<Eigen::Index> k_of_lists(const std::string& text, bool all, Eigen::Index n, Eigen::Index depth,
                                     const std::string& shallower);

}  // namespace program

#endif
