// SPDX-License-Identifier: MIT
#ifndef NNGS_EXAMPLES_MEMORY_BUDGET_HPP
#define NNGS_EXAMPLES_MEMORY_BUDGET_HPP

#include <cstdint>
#include <string>

namespace program {

/// Reads "800000000", "512M" or "1.5G": bytes, with K, M, G and T for powers of 1,024. Throws usage_error.
std::uint64_t parse_memory(const std::string& text);

/// Half of the memory that is free now, and that the limits of a container or job leave, where the system
/// tells it as Linux does; else more than there is.
std::uint64_t half_of_free_memory();

/// From now on memory that is freed goes back to the system at once, where glibc would keep it for later:
/// blocks of many sizes one after another would take twice what is in use.
void give_freed_memory_back();

/// "1.5 GiB".
std::string in_words(std::uint64_t bytes);

}  // namespace program

#endif
