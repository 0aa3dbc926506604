// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_NAMED_ARRAYS_HPP
#define NNGS_EXAMPLES_NAMED_ARRAYS_HPP

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "row_source.hpp"

namespace program {

/// One of the arrays that a file holds.
struct named_array {
  std::string name;
  std::function<stored_array()> find;  // throws file_error for what is no matrix that can be read
};

/// Whether a file begins as safetensors do.
bool is_safetensors(std::string_view first);

/// The tensors of a safetensors file. Throws file_error for a damaged header, and where there are none.
std::vector<named_array> tensors_of(const std::shared_ptr<byte_source>& file, matrix_shape shape);

/// The `.npy` members of a zip archive, which `.npz` files are, without that end of their names; none of an
/// archive of other files. Throws file_error for a directory that is damaged or not there.
std::vector<named_array> members_of(const std::shared_ptr<byte_source>& file, matrix_shape shape);

/// Of one array or more, that of this name or, where it is empty, the only one that is a matrix. Throws
/// file_error that lists the names.
stored_array chosen_array(const std::string& path, const std::vector<named_array>& arrays,
                          const std::string& name);

}  // namespace program

#endif
