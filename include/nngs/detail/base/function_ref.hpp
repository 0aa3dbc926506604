// SPDX-License-Identifier: MIT
#ifndef NNGS_DETAIL_BASE_FUNCTION_REF_HPP
#define NNGS_DETAIL_BASE_FUNCTION_REF_HPP

#include <Eigen/Core>
#include <concepts>
#include <type_traits>

#include "nngs/version.hpp"

// Functions and executors of any type behind one type, so that what takes them is compiled once.

namespace nngs {
inline namespace NNGS_VERSION_NAMESPACE {
namespace detail::base {

template <class Signature>
class function_ref;

/// Refers to a function object that has to live as long as it is called. Two pointers: pass it by value.
template <class Result, class... Arguments>
class function_ref<Result(Arguments...)> {
 public:
  template <class Function>
  requires(!std::same_as<Function, function_ref>) function_ref(const Function& function)
  noexcept
      // A plain function has no address that fits a pointer to void by a milder cast.
      : object_(reinterpret_cast<const void*>(&function)),
        call_([](const void* object, Arguments... arguments) -> Result {
          if constexpr (std::is_function_v<Function>)
            return reinterpret_cast<Function*>(const_cast<void*>(object))(arguments...);
          else
            return (*static_cast<const Function*>(object))(arguments...);
        }) {}

  Result operator()(Arguments... arguments) const { return call_(object_, arguments...); }

 private:
  const void* object_;
  Result (*call_)(const void*, Arguments...);
};

/// The work of a block, and an executor of any type.
using block_body = function_ref<void(Eigen::Index block)>;
using executor_ref = function_ref<void(Eigen::Index blocks, block_body body)>;

}  // namespace detail::base
}  // namespace NNGS_VERSION_NAMESPACE
}  // namespace nngs

#endif
