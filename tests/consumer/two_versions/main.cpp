// SPDX-License-Identifier: MIT
// Two translation units see two versions of the library and link into one program: each keeps its own
// functions, and the scores agree. (One translation unit can only ever see one: the include guards are the
// same.)
#include <cstdio>
#include <nngs/nngs.hpp>

#include "other.hpp"

int main() {
  const Eigen::MatrixXd x = Eigen::MatrixXd::Random(40, 3), y = Eigen::MatrixXd::Random(40, 3);
  const seen other = see_other_version(x, y);
  const bool agree = other.score == nngs::similarity(x, y, 5, nngs::cosine{});
  const bool apart = other.function != &nngs::jaccard && other.patch == NNGS_VERSION_PATCH + 1;
  if (!agree) std::puts("the two versions give different scores");
  if (!apart) std::puts("the two versions were merged");
  return agree && apart ? 0 : 1;
}
