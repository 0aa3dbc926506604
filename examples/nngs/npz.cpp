// SPDX-License-Identifier: MIT
// .npz: a zip archive of .npy files.
#include <bit>
#include <cstdint>
#include <string_view>

#include "file_error.hpp"
#include "inflated.hpp"
#include "named_arrays.hpp"
#include "npy.hpp"
#include "printable.hpp"
#include "stored_number.hpp"
#include "zip_members.hpp"

namespace program {
namespace {

constexpr std::string_view npy_extension = ".npy";

/// Some of the bytes of a file as they are.
class bytes_within final : public byte_source {
 public:
  bytes_within(std::shared_ptr<byte_source> file, std::uint64_t begin, std::uint64_t size)
      : byte_source(file->name(), size), file_(std::move(file)), begin_(begin) {}

  void read(std::uint64_t from, std::span<std::byte> to) override { file_->read(begin_ + from, to); }
  const std::byte* in_memory() const override {
    return file_->in_memory() == nullptr ? nullptr : file_->in_memory() + begin_;
  }
  void rest() override { file_->rest(); }

 private:
  std::shared_ptr<byte_source> file_;
  std::uint64_t begin_;
};

std::shared_ptr<byte_source> bytes_of(const std::shared_ptr<byte_source>& file, const zip_member& member) {
  const std::string& path = file->name();
  const auto require = [&](bool holds, const std::string& what) {
    if (!holds) throw file_error(path, "its member " + in_quotes(member.name) + ' ' + what);
  };
  constexpr std::uint64_t header_size = 30;
  require(!member.encrypted, "is encrypted: save it without a password");
  require(member.header < file->size() && file->size() - member.header > header_size,
          "is not there: the archive is damaged or was cut short");
  std::vector<std::byte> header(header_size);
  file->read(member.header, header);
  require(load<std::uint32_t>(header.data(), std::endian::little) == 0x04034B50,
          "is not there: the archive is damaged");
  const auto length = [&](std::size_t at) {
    return load<std::uint16_t>(header.data() + at, std::endian::little);
  };
  const std::uint64_t begin = member.header + header_size + length(26) + length(28);
  require(begin <= file->size() && member.packed_size <= file->size() - begin,
          "is cut short: the archive is damaged");
  if (member.method == 0) {
    require(member.size == member.packed_size, "has two sizes: the archive is damaged");
    return std::make_shared<bytes_within>(file, begin, member.size);
  }
  require(member.method == 8, "is compressed in a way that is not known: save it by numpy.savez");
  // Nothing deflated is smaller than a thousandth, so that memory follows the bytes that there are.
  require(member.size / 1100 <= member.packed_size, "is said to be larger than it can be");
  return inflated(file, begin, member.packed_size, member.size);
}

}  // namespace

std::vector<named_array> members_of(const std::shared_ptr<byte_source>& file, matrix_shape shape) {
  const std::vector<zip_member> members = zip_members(*file);
  if (members.empty() && first_zip_name(*file).ends_with(npy_extension))
    throw file_error(file->name(), "its directory is not there: the archive was cut short or is damaged");
  std::vector<named_array> arrays;
  for (const zip_member& member : members) {
    if (!member.name.ends_with(npy_extension)) continue;
    arrays.push_back(
        {member.name.substr(0, member.name.size() - npy_extension.size()), [file, member, shape] {
           const std::shared_ptr<byte_source> bytes = bytes_of(file, member);
           const stored_matrix matrix =
               parse_npy(file->name(), first_bytes(*bytes, npy_header_limit), bytes->size(), shape);
           return stored_array{bytes, matrix};
         }});
  }
  return arrays;
}

}  // namespace program
