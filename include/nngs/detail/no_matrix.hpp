// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_NO_MATRIX_HPP
#define NNGS_DETAIL_NO_MATRIX_HPP

#include <concepts>

#include "nngs/detail/base/data_requirements.hpp"
#include "nngs/neighbor_graph.hpp"
#include "nngs/version.hpp"

// What data that are no Eigen matrices meet at every door: one sentence that says what to do, instead of a
// list of functions that do not take them. None of these compiles when it is called.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {

class nearest_lists;

namespace detail {
template <class Data>
concept no_data = base::no_matrix<Data> && !std::convertible_to<const Data&, const neighbor_graph&> &&
                  !std::same_as<Data, nearest_lists>;
template <class X, class Y>
concept no_data_pair = no_data<X> || no_data<Y>;
}  // namespace detail

template <detail::no_data Data, class... Rest>
auto build_graph(const Data&, const Rest&...) {
  return detail::base::require_matrices<Data>();
}
template <class A, class B, class... Rest>
requires detail::no_data_pair<A, B>
auto distance(const A&, const B&, const Rest&...) { return detail::base::require_matrices<A, B>(); }
template <class X, class Y, class... Rest>
requires detail::no_data_pair<X, Y>
auto similarity(const X&, const Y&, const Rest&...) { return detail::base::require_matrices<X, Y>(); }
template <class X, class Y, class... Rest>
requires detail::no_data_pair<X, Y>
auto overlap(const X&, const Y&, const Rest&...) { return detail::base::require_matrices<X, Y>(); }
template <class X, class Y, class... Rest>
requires detail::no_data_pair<X, Y>
auto compare(const X&, const Y&, const Rest&...) { return detail::base::require_matrices<X, Y>(); }
template <class X, class Y, class... Rest>
requires detail::no_data_pair<X, Y>
auto similarity_curve(const X&, const Y&, const Rest&...) { return detail::base::require_matrices<X, Y>(); }
template <class X, class Y, class... Rest>
requires detail::no_data_pair<X, Y>
auto sample_similarity(const X&, const Y&, const Rest&...) { return detail::base::require_matrices<X, Y>(); }
template <class X, class Y, class... Rest>
requires detail::no_data_pair<X, Y>
auto sample_similarity_curve(const X&, const Y&, const Rest&...) {
  return detail::base::require_matrices<X, Y>();
}
template <class X, class Y, class... Rest>
requires detail::no_data_pair<X, Y>
auto corrected_similarity(const X&, const Y&, const Rest&...) {
  return detail::base::require_matrices<X, Y>();
}
template <class X, class Y, class... Rest>
requires detail::no_data_pair<X, Y>
auto corrected_similarity_curve(const X&, const Y&, const Rest&...) {
  return detail::base::require_matrices<X, Y>();
}
template <class X, class Y, class... Rest>
requires detail::no_data_pair<X, Y>
auto tally(const X&, const Y&, const Rest&...) { return detail::base::require_matrices<X, Y>(); }
template <class X, class Y, class... Rest>
requires detail::no_data_pair<X, Y>
auto tally_curve(const X&, const Y&, const Rest&...) { return detail::base::require_matrices<X, Y>(); }

}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
