// SPDX-License-Identifier: MIT
// What we and the peers are timed on. The matrices lie in one folder as <name>_x.npy and <name>_y.npy
// (float32); make_data writes them.
#ifndef NNGS_BENCHMARKS_WORKLOADS_HPP
#define NNGS_BENCHMARKS_WORKLOADS_HPP

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

namespace workloads {

using Eigen::Index;
using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

enum class task { one_k, every_k, cka };

struct workload {
  const char* name;
  task what;
  Index n, dx, dy;
  Index k;       // where every k is scored: the one whose lists are compared
  double mean;   // of each coordinate
  double noise;  // y = x + noise where dx == dy, else a random projection of x
};

inline constexpr std::array all{
    workload{"W1", task::one_k, 10000, 512, 512, 10, 0, 0.75},
    workload{"W1_mean_100", task::one_k, 10000, 512, 512, 10, 100, 0.5},
    workload{"W2", task::one_k, 50000, 100, 50, 10, 0, 0},
    workload{"W2_large", task::one_k, 200000, 100, 50, 10, 0, 0},
    workload{"W3", task::every_k, 1000, 64, 64, 10, 0, 0.5},
    workload{"W4", task::one_k, 200000, 3, 3, 10, 0, 0.02},
    workload{"W5", task::every_k, 100, 512, 512, 10, 0, 0.5},
    workload{"W6", task::one_k, 5000, 128, 128, 1000, 0, 0.5},
    workload{"CKA", task::cka, 20000, 768, 768, 0, 0, 1},
};

[[noreturn]] inline void fail(const std::string& why) {
  std::cerr << why << '\n';
  std::exit(1);  // NOLINT(concurrency-mt-unsafe): no thread runs here
}

inline const workload& find(const std::string& name) {
  for (const workload& w : all)
    if (name == w.name) return w;
  fail("no workload is called " + name);
}

// A .npy file with a header of 128 bytes, as NumPy writes it and as it is written here.
inline constexpr std::streamoff header_bytes = 128;

inline void save(const std::string& path, const matrix& values) {
  std::string header = std::string("\x93NUMPY\x01\x00\x76\x00", 10) +
                       "{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::to_string(values.rows()) +
                       ", " + std::to_string(values.cols()) + "), }";
  header.resize(static_cast<std::size_t>(header_bytes), ' ');
  header.back() = '\n';
  std::ofstream file(path, std::ios::binary);
  file << header;
  file.write(reinterpret_cast<const char*>(values.data()), values.size() * Index{sizeof(float)});
  if (!file.flush()) fail("cannot write " + path);
}

/// The first n rows of the matrix of d columns in the file.
inline matrix load(const std::string& path, Index n, Index d) {
  matrix values(n, d);
  std::ifstream file(path, std::ios::binary);
  file.seekg(header_bytes);
  if (!file.read(reinterpret_cast<char*>(values.data()), values.size() * Index{sizeof(float)}))
    fail("cannot read " + path + ": run make_data first");
  return values;
}

inline matrix load_x(const std::string& folder, const workload& w) {
  return load(folder + "/" + w.name + "_x.npy", w.n, w.dx);
}
inline matrix load_y(const std::string& folder, const workload& w) {
  return load(folder + "/" + w.name + "_y.npy", w.n, w.dy);
}

}  // namespace workloads

#endif
