// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

double score_of_second_unit(const Eigen::MatrixXd& x);
double score_of_second_unit(const Eigen::MatrixXd& x) { return nngs::similarity(x, x, 3, nngs::cosine{}); }
