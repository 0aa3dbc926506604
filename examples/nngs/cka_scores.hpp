// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_CKA_SCORES_HPP
#define NNGS_EXAMPLES_CKA_SCORES_HPP

#include <cstdint>
#include <nngs/cka.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "matrix_file.hpp"
#include "progress.hpp"

namespace program {

/// A kernel chosen by name.
struct kernel_choice {
  std::string name;
  std::variant<nngs::linear, nngs::rbf> kernel;
};

/// What CKA is asked for: the published value of each kernel, and the debiased one of each if wanted.
struct cka_choice {
  std::vector<kernel_choice> kernels;  // none: no CKA
  bool debiased = false;
};

/// Reads "linear,rbf:0.8,debiased"; without a kernel, that is linear. Throws usage_error.
cka_choice parse_cka(const std::string& text);

/// CKA with one kernel. What has no value says why.
struct cka_score {
  std::string kernel;
  std::optional<double> biased, debiased;
  double chance = 0;                    // of the biased value, where there is one
  std::vector<std::string> complaints;  // none when nothing is wrong
};

cka_score score_cka(const matrix_file& x, const matrix_file& y, const kernel_choice& kernel,
                    std::uint64_t seed, const watched_threads& execute);

/// The linear one of two files that are not in memory.
cka_score score_linear_cka(const row_source& x, const row_source& y, const kernel_choice& kernel,
                           progress_line& line, const watched_threads& execute);

}  // namespace program

#endif
