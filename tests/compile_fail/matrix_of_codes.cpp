// SPDX-License-Identifier: MIT
#include <nngs/nngs.hpp>

template <class Integer>
Eigen::Matrix<Integer, Eigen::Dynamic, Eigen::Dynamic> x(5, 2);

auto a = nngs::build_graph(x<long long>, 1);
auto b = nngs::similarity(x<unsigned long long>, x<unsigned long long>, 1);
