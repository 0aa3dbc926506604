// SPDX-License-Identifier: MIT
#include "file_kinds.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "file_bytes.hpp"
#include "file_error.hpp"
#include "file_path.hpp"
#include "named_arrays.hpp"
#include "printable.hpp"
#include "zip_members.hpp"

namespace program {
namespace {

using namespace std::string_view_literals;

/// The file that is at hand, and those that the advice names.
struct names_of_file {
  explicit names_of_file(const std::string& path)
      : here(path == "-" ? "FILE" : printable(path)),
        extension(file_name(file_path(path).extension())),
        stem(path == "-" ? "FILE" : printable(file_name(file_path(path).replace_extension()))) {
    for (char& c : extension)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }

  std::string here, extension, stem;

  /// In Python: `array` as a .npy file.
  std::string saved(const std::string& modules, const std::string& array) const {
    return "import numpy" + modules + "; numpy.save(\"" + stem + ".npy\", " + array + ')';
  }
  std::string quoted() const { return '"' + here + '"'; }
};

std::string in_python(const std::string& what, const std::string& line) {
  return what + ", neither .npy nor text. In Python: " + line;
}

std::string in_shell(const std::string& what, const std::string& line) { return what + ". Run: " + line; }

std::string torch_file(const names_of_file& name) {
  return in_python("a PyTorch file", name.saved(", torch", "torch.load(" + name.quoted() +
                                                               ", map_location=\"cpu\").float().numpy()"));
}

std::string hdf5_file(const names_of_file& name) {
  if (name.extension == ".h5ad")
    return in_python("an AnnData file (HDF5)",
                     name.saved(", anndata", "anndata.read_h5ad(" + name.quoted() + ").obsm[\"X_pca\"]"));
  return in_python("an HDF5 file", name.saved(", h5py", "h5py.File(" + name.quoted() + ")[\"NAME\"][:]"));
}

std::string parquet_file(const names_of_file& name) {
  return in_python("a Parquet file", "import pandas; pandas.read_parquet(" + name.quoted() + ").to_csv(\"" +
                                         name.stem + ".csv\", index=False)");
}

// ----------------------------------------------------------------------------------------------------- zip

/// "a", "b" and what else: at most three.
std::string listed(const std::vector<zip_member>& members, std::string_view end) {
  std::string text;
  std::size_t count = 0;
  for (const zip_member& one : members) {
    std::string_view member = one.name;
    if (!member.ends_with(end)) continue;
    member.remove_suffix(end.size());
    if (++count <= 3) text += (count == 1 ? "" : ", ") + in_quotes(member);
  }
  return text + (count > 3 ? ", ..." : "");
}

std::string zip_file(const names_of_file& name, std::string_view bytes) {
  if (bytes.starts_with("PK\5\6"sv)) return "an archive without files: it holds no .npy";
  memory_bytes archive(name.here, std::as_bytes(std::span(bytes)), nullptr);
  std::vector<zip_member> members = zip_members(archive);
  if (members.empty()) members.push_back({.name = first_zip_name(archive)});
  const auto has = [&](std::string_view end) {
    return std::any_of(members.begin(), members.end(), [&](const zip_member& one) {
      const std::string_view member = one.name;
      return member.ends_with(end) && (end.starts_with('.') || member.size() == end.size() ||
                                       member[member.size() - end.size() - 1] == '/');
    });
  };
  const bool known = !members.front().name.empty();
  const auto is = [&](std::initializer_list<std::string_view> extensions) {
    return !known && std::find(extensions.begin(), extensions.end(), name.extension) != extensions.end();
  };
  if (has("data.pkl") || is({".pt", ".pth", ".bin", ".ckpt"})) return torch_file(name);
  if (has(".npy") || is({".npz"}))
    return in_python("an .npz archive" + (known ? " of " + listed(members, ".npy") : ""),
                     name.saved("", "numpy.load(" + name.quoted() + ")[\"NAME\"]"));
  if (has("workbook.xml") || is({".xlsx"}))
    return in_python("an Excel workbook", "import pandas; pandas.read_excel(" + name.quoted() +
                                              ").to_csv(\"" + name.stem + ".csv\", index=False)");
  return in_shell("a zip archive" + (known ? " of " + listed(members, "") : ""), "unzip " + name.here);
}

// ------------------------------------------------------------------------------------- without magic bytes

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 &&
         std::string_view("\t\n\v\f\r\x1B").find(c) == std::string_view::npos;
}

constexpr std::size_t looked_at = 4096;

/// Text has no byte 0; most other kinds of files have one soon.
bool is_binary(std::string_view bytes) { return bytes.substr(0, looked_at).find('\0') != bytes.npos; }

/// "n d" in a line of text, and then bytes that are none.
bool is_word2vec_binary(std::string_view bytes) {
  const std::size_t end = bytes.substr(0, 64).find('\n');
  if (end == bytes.npos) return false;
  const std::string_view line = bytes.substr(0, end);
  const bool digits = line.find_first_not_of("0123456789 \r") == line.npos && line.find(' ') != line.npos;
  const std::string_view rest = bytes.substr(end + 1, looked_at);
  return digits && std::any_of(rest.begin(), rest.end(), is_control);
}

/// The byte order of UTF-16 without a mark: every other byte of Latin text is 0.
std::string_view utf16_order(std::string_view bytes) {
  const std::string_view begin = bytes.substr(0, 64);
  std::size_t zeros[2] = {}, others[2] = {};
  for (std::size_t i = 0; i < begin.size(); ++i) ++(begin[i] == '\0' ? zeros : others)[i % 2];
  if (begin.size() < 4) return "";
  if (others[1] == 0 && zeros[0] == 0) return "UTF-16LE";
  if (others[0] == 0 && zeros[1] == 0) return "UTF-16BE";
  return "";
}

std::string utf16_text(const names_of_file& name, std::string_view encoding) {
  return in_shell("text in " + std::string(encoding.substr(0, 6)) + ", not in UTF-8",
                  "iconv -f " + std::string(encoding) + " -t UTF-8 " + name.here + " > " + name.stem +
                      ".utf8" + name.extension);
}

std::string compressed(const names_of_file& name, const std::string& by, const std::string& program) {
  if (name.extension == ".rds")
    return "an R object. In R: write.csv(readRDS(" + name.quoted() + "), \"" + name.stem + ".csv\")";
  return in_shell("compressed by " + by, program + ' ' + name.here);
}

std::string pickle_file(const names_of_file& name) {
  return in_python("a Python pickle",
                   name.saved(", pickle", "numpy.asarray(pickle.load(open(" + name.quoted() + ", \"rb\")))"));
}

std::string matlab_file(const names_of_file& name, bool hdf5) {
  return in_python("a MATLAB file",
                   hdf5 ? name.saved(", h5py", "h5py.File(" + name.quoted() + ")[\"NAME\"][:].T")
                        : name.saved(", scipy.io", "scipy.io.loadmat(" + name.quoted() + ")[\"NAME\"]"));
}

std::string arrow_file(const names_of_file& name, const char* open) {
  return in_python("an Arrow file", "import pyarrow.ipc; pyarrow.ipc." + std::string(open) + '(' +
                                        name.quoted() + ").read_pandas().to_csv(\"" + name.stem +
                                        ".csv\", index=False)");
}

}  // namespace

std::string other_kind(const std::string& path, std::string_view bytes) {
  const names_of_file name(path);
  const auto begins = [&](std::string_view magic) { return bytes.starts_with(magic); };
  if (begins("version https://git-lfs"sv)) return "a Git LFS pointer, not the data. Run: git lfs pull";
  if (begins("PK\3\4"sv) || begins("PK\5\6"sv)) return zip_file(name, bytes);
  if (begins("\x80\x02\x8A\x0A\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19"sv)) return torch_file(name);
  if (begins("\x80"sv) && bytes.size() > 2 && bytes[1] >= 2 && bytes[1] <= 5) return pickle_file(name);
  if (begins("\x89HDF\r\n\x1A\n"sv)) return hdf5_file(name);
  if (begins("MATLAB "sv)) return matlab_file(name, begins("MATLAB 7.3"sv));
  if (begins("PAR1"sv)) return parquet_file(name);
  if (begins("ARROW1"sv)) return arrow_file(name, "open_file");
  if (begins("\xFF\xFF\xFF\xFF"sv)) return arrow_file(name, "open_stream");
  if (begins("\x1F\x8B"sv)) return compressed(name, "gzip", "gunzip");
  if (begins("BZh"sv) && bytes.size() > 10 && bytes.substr(4).starts_with("1AY&SY"sv))
    return compressed(name, "bzip2", "bunzip2");
  if (begins("\xFD"
             "7zXZ\0"sv))
    return compressed(name, "xz", "unxz");
  if (begins("\x28\xB5\x2F\xFD"sv)) return compressed(name, "zstd", "unzstd");
  if (begins("7z\xBC\xAF\x27\x1C"sv)) return compressed(name, "7-Zip", "7z x");
  if (bytes.size() > 262 && bytes.substr(257).starts_with("ustar"sv))
    return in_shell("a tar archive", "tar xf " + name.here);
  if (begins("\xFF\xFE\0\0"sv) || begins("\0\0\xFE\xFF"sv)) return utf16_text(name, "UTF-32");
  if (begins("\xFF\xFE"sv) || begins("\xFE\xFF"sv)) return utf16_text(name, "UTF-16");
  if (begins("\xBA\x16\x4F\x2F"sv))
    return in_python("a fastText model", "import gensim; gensim.models.fasttext.load_facebook_vectors(" +
                                             name.quoted() + ").save_word2vec_format(\"" + name.stem +
                                             ".vec\")");
  if (begins("\xD0\xCF\x11\xE0"sv)) return "an old Office document: save it as CSV";
  if (begins("SQLite format 3"sv)) return "an SQLite database: export the table as CSV";
  if (begins("%PDF"sv) || begins("\x89PNG"sv) || begins("\xFF\xD8\xFF"sv))
    return "a document or picture, not data";
  if (is_safetensors(bytes))
    return in_python("a safetensors file",
                     name.saved(", safetensors.numpy", "safetensors.numpy.load_file(" + name.quoted() +
                                                           ")[\"NAME\"].astype(\"float32\")"));
  if (is_word2vec_binary(bytes))
    return in_python("binary word2vec vectors",
                     "import gensim; gensim.models.KeyedVectors.load_word2vec_format(" + name.quoted() +
                         ", binary=True).save_word2vec_format(\"" + name.stem + ".vec\")");
  if (!utf16_order(bytes).empty()) return utf16_text(name, utf16_order(bytes));
  const std::size_t visible = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
  const std::string_view text = bytes.substr(visible, 16);
  for (const std::string_view tag : {"<!DOCTYPE"sv, "<!doctype"sv, "<html"sv, "<table"sv})
    if (text.starts_with(tag)) return "a web page, not the data: see what the download says";
  if (text.starts_with("[["sv))
    return in_python("JSON", name.saved(", json", "numpy.asarray(json.load(open(" + name.quoted() + ")))"));
  if (text.starts_with("{\""sv) || text.starts_with("[{"sv))
    return in_python("JSON", "import pandas; pandas.read_json(" + name.quoted() + ").to_csv(\"" + name.stem +
                                 ".csv\", index=False)");
  if (name.extension == ".pkl" || name.extension == ".pickle") return pickle_file(name);
  if (is_binary(bytes))
    return in_python("a binary file of a kind that is not known",
                     "numpy.save(\"" + name.stem + ".npy\", array)");
  return "";
}

void refuse_other_kinds(const std::string& path, std::string_view bytes) {
  const std::string what = other_kind(path, bytes);
  if (!what.empty()) throw file_error(shown_path(path), what);
}

}  // namespace program
