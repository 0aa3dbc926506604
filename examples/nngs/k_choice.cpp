// SPDX-License-Identifier: MIT
#include "k_choice.hpp"

#include <cstddef>
#include <numeric>
#include <set>
#include <string_view>

#include "number.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

[[noreturn]] void not_a_k(std::string_view part) {
  throw usage_error("--k: '" + std::string(part) +
                    "' is not a k: write 10, or 1,5,10, or 1:50, or 0.2n for a share of the items");
}

template <class Number>
Number parse(std::string_view text, std::string_view part) {
  Number number{};
  const auto [end, error] = read_number(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) not_a_k(part);
  return number;
}

Eigen::Index within(Eigen::Index k, Eigen::Index n, std::string_view part) {
  if (k < 1 || k > n - 1)
    throw usage_error("--k " + std::string(part) + ": k = " + std::to_string(k) +
                      " is not in [1, n - 1] = [1, " + std::to_string(n - 1) +
                      "] for the n = " + std::to_string(n) + " items of these files");
  return k;
}

/// floor(share n) of the decimal number as it is written: 0.29 of 100 is 29, though in binary it is less.
Eigen::Index share_of(std::string_view share, Eigen::Index n, std::string_view part) {
  const double approximate = parse<double>(share, part);
  if (!(approximate > 0 && approximate <= 1)) not_a_k(part);
  const std::size_t point = share.find('.');
  const std::string_view whole = share.substr(0, point);
  const std::string_view decimals = point == share.npos ? "" : share.substr(point + 1);
  if (share.find_first_not_of("0123456789.") != share.npos) not_a_k(part);  // 2e-1
  Eigen::Index k = 0;
  for (std::size_t i = decimals.size(); i-- > 0;) k = (k + (decimals[i] - '0') * n) / 10;
  return within(whole.find('1') == whole.npos ? k : n, n, part);
}

void add_part(std::set<Eigen::Index>& chosen, std::string_view part, Eigen::Index n) {
  if (part.ends_with('n')) {
    chosen.insert(share_of(part.substr(0, part.size() - 1), n, part));
    return;
  }
  const std::size_t colon = part.find(':');
  const Eigen::Index first = within(parse<Eigen::Index>(part.substr(0, colon), part), n, part);
  const Eigen::Index last =
      colon == part.npos ? first : within(parse<Eigen::Index>(part.substr(colon + 1), part), n, part);
  if (last < first) not_a_k(part);
  for (Eigen::Index k = first; k <= last; ++k) chosen.insert(k);
}

}  // namespace

std::vector<Eigen::Index> chosen_k(const std::string& text, Eigen::Index n) {
  std::set<Eigen::Index> chosen;
  std::string_view rest = text;
  for (;;) {
    const std::size_t comma = rest.find(',');
    add_part(chosen, rest.substr(0, comma), n);
    if (comma == rest.npos) return {chosen.begin(), chosen.end()};
    rest.remove_prefix(comma + 1);
  }
}

std::vector<Eigen::Index> default_k(Eigen::Index n) {
  std::vector<Eigen::Index> chosen{1};
  for (const Eigen::Index k : {3, 10, 30, 100})
    if (k <= n / 2) chosen.push_back(k);
  return chosen;
}

std::vector<Eigen::Index> k_of_lists(const std::string& text, bool all, Eigen::Index n, Eigen::Index depth,
                                     const std::string& shallower) {
  std::vector<Eigen::Index> ks;
  if (all) {
    ks.resize(static_cast<std::size_t>(depth));
    std::iota(ks.begin(), ks.end(), Eigen::Index{1});
  } else if (text.empty()) {
    ks = default_k(n);
    std::erase_if(ks, [&](Eigen::Index k) { return k >= depth; });
    ks.push_back(depth);
  } else {
    ks = chosen_k(text, n);
  }
  if (ks.back() > depth)
    throw usage_error("--k " + text + ": k = " + std::to_string(ks.back()) + ", and the lists of " +
                      shallower + " have " + std::to_string(depth) +
                      " neighbours: search more of them, or ask for fewer");
  return ks;
}

}  // namespace program
