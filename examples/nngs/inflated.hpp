// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_INFLATED_HPP
#define NNGS_EXAMPLES_INFLATED_HPP

#include <cstdint>
#include <memory>

#include "byte_source.hpp"

namespace program {

/// What `packed_size` bytes of a file from `begin` on are when they are inflated: `size` bytes. What is asked
/// for in order is inflated as it is asked for; whatever lies before it costs to begin anew. Throws
/// file_error where the program was built without zlib.
std::shared_ptr<byte_source> inflated(std::shared_ptr<byte_source> file, std::uint64_t begin,
                                      std::uint64_t packed_size, std::uint64_t size);

}  // namespace program

#endif
