// SPDX-License-Identifier: MIT
#include "cka_scores.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <nngs/error.hpp>
#include <stdexcept>
#include <string_view>

#include "linear_cka_of_files.hpp"
#include "number.hpp"
#include "usage_error.hpp"

namespace program {
namespace {

constexpr std::string_view rbf_prefix = "rbf:";

nngs::rbf parse_rbf(std::string_view fraction_text) {
  nngs::rbf kernel;
  const auto [end, error] =
      read_number(fraction_text.data(), fraction_text.data() + fraction_text.size(), kernel.fraction);
  if (error != std::errc{} || end != fraction_text.data() + fraction_text.size() || !(kernel.fraction > 0) ||
      !std::isfinite(kernel.fraction))
    throw usage_error("rbf:FRACTION takes a positive share of the median distance, such as 0.8, not '" +
                      std::string(fraction_text) + "'");
  return kernel;
}

kernel_choice parse_kernel(const std::string& name) {
  if (name == "linear") return {name, nngs::linear{}};
  if (name == "rbf") return {name, nngs::rbf{}};
  if (name.starts_with(rbf_prefix))
    return {name, parse_rbf(std::string_view(name).substr(rbf_prefix.size()))};
  throw usage_error("'" + name + "' is not known: write linear, rbf:0.8 or debiased, separated by commas");
}

/// The library's words advise on bandwidths too, which a linear kernel has not.
std::string_view complaint(const kernel_choice& kernel, nngs::kernel_state state) {
  if (std::holds_alternative<nngs::linear>(kernel.kernel)) {
    if (state == nngs::kernel_state::constant) return "no variance: all rows are the same";
    if (state == nngs::kernel_state::identity)
      return "the centred kernel is nearly the identity: the biased CKA is near 1 for any data; take more "
             "items, or "
             "the debiased CKA";
  }
  return nngs::complaint(state);
}

void add_complaint(cka_score& score, const kernel_choice& kernel, const char* matrices,
                   nngs::kernel_state state) {
  const std::string_view words = complaint(kernel, state);
  if (!words.empty()) score.complaints.push_back(std::string(matrices) + ": " + std::string(words));
}

cka_score to_score(const kernel_choice& kernel, const nngs::cka_result& result) {
  cka_score score{
      .kernel = kernel.name, .biased = {}, .debiased = {}, .chance = result.chance, .complaints = {}};
  if (result.biased.defined) score.biased = result.biased.value;
  if (result.debiased.defined) score.debiased = result.debiased.value;
  if (result.x.state == result.y.state) {
    add_complaint(score, kernel, "x and y", result.x.state);
  } else {
    add_complaint(score, kernel, "x", result.x.state);
    add_complaint(score, kernel, "y", result.y.state);
  }
  return score;
}

}  // namespace

cka_choice parse_cka(const std::string& text) {
  cka_choice choice;
  if (text.empty()) return parse_cka("linear");  // the option alone
  std::string_view rest = text;
  for (bool more = true; more;) {
    const std::size_t comma = rest.find(',');
    const std::string part(rest.substr(0, comma));
    const auto same = [&](const kernel_choice& one) { return one.name == part; };
    if (part == "debiased")
      choice.debiased = true;
    else if (std::none_of(choice.kernels.begin(), choice.kernels.end(), same))
      choice.kernels.push_back(parse_kernel(part));
    more = comma != rest.npos;
    if (more) rest.remove_prefix(comma + 1);
  }
  if (choice.kernels.empty()) choice.kernels.push_back(parse_kernel("linear"));
  return choice;
}

cka_score score_cka(const matrix_file& x, const matrix_file& y, const kernel_choice& chosen,
                    std::uint64_t seed, const watched_threads& execute) {
  auto kernel = chosen.kernel;
  if (auto* const rbf = std::get_if<nngs::rbf>(&kernel)) rbf->seed = seed;
  cka_score failed{.kernel = chosen.name, .biased = {}, .debiased = {}, .chance = 0, .complaints = {}};
  try {
    return to_score(chosen, std::visit([&](const auto& a, const auto& b,
                                           const auto& k) { return nngs::cka(a, b, k, execute); },
                                       x.values, y.values, kernel));
  } catch (const nngs::input_error& error) {
    failed.complaints.emplace_back(error.what());
  } catch (const std::bad_alloc&) {
    failed.complaints.emplace_back("not enough memory for copies of both matrices in double");
  }
  return failed;
}

cka_score score_linear_cka(const row_source& x, const row_source& y, const kernel_choice& kernel,
                           progress_line& line, const watched_threads& execute) {
  try {
    return to_score(kernel, linear_cka_of_files(x, y, line, execute.execute));
  } catch (const std::invalid_argument& error) {
    return {.kernel = kernel.name, .biased = {}, .debiased = {}, .chance = 0, .complaints = {error.what()}};
  }
}

}  // namespace program
