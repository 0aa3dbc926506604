// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_FUNCTION_REF_HPP
#define NNGS_DETAIL_BASE_FUNCTION_REF_HPP

#include <Eigen/Core>
#include <concepts>

#include "nngs/version.hpp"

// Functions and executors of any type behind one type, so that what takes them is compiled once.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

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
      : function_(&function), call_([](const void* held, Arguments... arguments) -> Result {
          return (*static_cast<const Function*>(held))(arguments...);
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
      : executor_(&execute), run_([](const void* held, Eigen::Index blocks, const block_body& body) {
          (*static_cast<const Executor*>(held))(blocks, body);
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
