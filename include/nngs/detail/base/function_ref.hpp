// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_FUNCTION_REF_HPP
#define NNGS_DETAIL_BASE_FUNCTION_REF_HPP

#include <Eigen/Core>
#include <concepts>
#include <memory>
#include <type_traits>

#include "nngs/version.hpp"

// Functions and executors of any type behind one type, so that what takes them is compiled once.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

/// A callable's address without its type, and the callable at it. (A plain function's takes the harder cast.)
template <class Function>
const void* address_of(const Function& function) noexcept {
  return reinterpret_cast<const void*>(std::addressof(function));
}
template <class Function>
const Function& callable_at(const void* address) noexcept {
  if constexpr (std::is_function_v<Function>)
    return *reinterpret_cast<Function*>(const_cast<void*>(address));
  else
    return *static_cast<const Function*>(address);
}

/// A function of the given signature that somebody else holds and that outlives this: made from any callable,
/// two pointers large. For parameters; a call costs what a call through a pointer does.
template <class Signature>
class function_ref;

template <class Result, class... Arguments>
class function_ref<Result(Arguments...)> {
 public:
  template <class Function>
  requires(!std::same_as<Function, function_ref>) function_ref(const Function& function)
  noexcept
      : function_(address_of(function)), call_([](const void* held, Arguments... arguments) -> Result {
          return callable_at<Function>(held)(arguments...);
        }) {}

  Result operator()(Arguments... arguments) const { return call_(function_, arguments...); }

 private:
  const void* function_;
  Result (*call_)(const void*, Arguments...);
};

/// An executor of any type that somebody else holds. It is an executor itself, whose bodies are of one type.
class executor_ref {
 public:
  using block_body = function_ref<void(Eigen::Index block)>;

  template <class Executor>
  requires(!std::same_as<Executor, executor_ref>) executor_ref(const Executor& execute)
  noexcept
      : executor_(address_of(execute)),
        run_([](const void* held, Eigen::Index blocks, const block_body& body) {
          callable_at<Executor>(held)(blocks, body);
        }) {}

  void operator()(Eigen::Index blocks, const block_body& body) const { run_(executor_, blocks, body); }

 private:
  const void* executor_;
  void (*run_)(const void*, Eigen::Index, const block_body&);
};

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
