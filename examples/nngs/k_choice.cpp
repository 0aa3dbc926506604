// SPDX-License-Identifier: MIT
#include "k_choice.hpp"

#include <charconv>
#include <cmath>
#include <set>
#include <string_view>

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
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
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

Eigen::Index share_of(double share, Eigen::Index n, std::string_view part) {
  if (!(share > 0 && share <= 1)) not_a_k(part);
  return within(static_cast<Eigen::Index>(std::floor(share * static_cast<double>(n))), n, part);
}

void add_part(std::set<Eigen::Index>& chosen, std::string_view part, Eigen::Index n) {
  if (part.ends_with('n')) {
    chosen.insert(share_of(parse<double>(part.substr(0, part.size() - 1), part), n, part));
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

}  // namespace program
