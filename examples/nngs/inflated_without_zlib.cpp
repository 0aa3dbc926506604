// SPDX-License-Identifier: MIT
#include "file_error.hpp"
#include "inflated.hpp"

namespace program {

std::shared_ptr<byte_source> inflated(std::shared_ptr<byte_source> file, std::uint64_t /*begin*/,
                                      std::uint64_t /*packed_size*/, std::uint64_t /*size*/) {
  throw file_error(file->name(),
                   "is compressed, and this nngs was built without zlib: save it by numpy.savez, which does "
                   "not compress");
}

}  // namespace program
