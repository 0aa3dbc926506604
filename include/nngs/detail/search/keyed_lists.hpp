// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_SEARCH_KEYED_LISTS_HPP
#define NNGS_DETAIL_SEARCH_KEYED_LISTS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nngs/detail/search/tie_place.hpp"
#include "nngs/tie_order.hpp"
#include "nngs/version.hpp"

// Neighbour lists with their keys, which can be merged. What comes first of two sets together comes first of
// one of them: so lists of the parts of a base tell those of the whole, in whatever order they are merged.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::search {

/// A list for each of several queries: `most` neighbours or fewer, the smaller reference key first and equal
/// keys in the tie order. Memory: 12 bytes a neighbour.
class keyed_lists {
 public:
  keyed_lists(std::size_t queries, std::size_t most)
      : most_(most), sizes_(queries), keys_(queries * most), indices_(queries * most) {}

  std::size_t queries() const noexcept { return sizes_.size(); }
  std::size_t most() const noexcept { return most_; }
  std::span<const double> keys(std::size_t query) const noexcept {
    return {keys_.data() + query * most_, sizes_[query]};
  }
  /// The neighbours as rows of the whole base.
  std::span<const std::uint32_t> neighbors(std::size_t query) const noexcept {
    return {indices_.data() + query * most_, sizes_[query]};
  }

  /// The next neighbour of a query that has fewer than `most`. Different queries at the same time.
  void append(std::size_t query, double key, std::uint32_t neighbor) noexcept {
    const std::size_t at = query * most_ + sizes_[query]++;
    keys_[at] = key;
    indices_[at] = neighbor;
  }

  /// Takes in the lists of the same queries in another part of the base.
  void merge(const keyed_lists& other, tie_order ties) {
    std::vector<double> keys(most_);
    std::vector<std::uint32_t> indices(most_);
    for (std::size_t query = 0; query < queries(); ++query) {
      const std::span<const double> key_a = this->keys(query), key_b = other.keys(query);
      const std::span<const std::uint32_t> at_a = neighbors(query), at_b = other.neighbors(query);
      const std::size_t size = std::min(most_, key_a.size() + key_b.size());
      for (std::size_t i = 0, a = 0, b = 0; i < size; ++i) {
        const bool from_b =
            a == key_a.size() ||
            (b < key_b.size() &&
             (key_b[b] < key_a[a] || (!(key_a[a] < key_b[b]) && comes_first(ties, at_b[b], at_a[a]))));
        keys[i] = from_b ? key_b[b] : key_a[a];
        indices[i] = from_b ? at_b[b] : at_a[a];
        ++(from_b ? b : a);
      }
      std::copy_n(keys.data(), size, keys_.data() + query * most_);
      std::copy_n(indices.data(), size, indices_.data() + query * most_);
      sizes_[query] = static_cast<std::uint32_t>(size);
    }
  }

  friend bool operator==(const keyed_lists&, const keyed_lists&) = default;

 private:
  std::size_t most_;
  std::vector<std::uint32_t> sizes_;
  std::vector<double> keys_;
  std::vector<std::uint32_t> indices_;
};

}  // namespace detail::search
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
