// SPDX-License-Identifier: MIT
// usage: make_data FOLDER     writes the matrices of all workloads, and the list of them as workloads.json.
// FOLDER/glove.npy (get_glove.py) becomes the x of W2; without it, W2 is random.
#include <filesystem>
#include <random>

#include "workloads.hpp"

namespace {

using workloads::Index;
using workloads::matrix;
using workloads::workload;

matrix normal(std::mt19937_64& random, Index n, Index d) {
  std::normal_distribution<float> distribution;
  return matrix::NullaryExpr(n, d, [&] { return distribution(random); });
}

const char* word(workloads::task what) {
  switch (what) {
    case workloads::task::one_k:
      return "one k";
    case workloads::task::every_k:
      return "every k";
    case workloads::task::cka:
      return "cka";
  }
  return "";
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) workloads::fail("usage: make_data FOLDER");
  const std::string folder = arguments[1];
  std::filesystem::create_directories(folder);
  const std::string glove = folder + "/glove.npy";
  const bool have_glove = std::filesystem::exists(glove);

  std::ofstream list(folder + "/workloads.json");
  for (const workload& w : workloads::all) {
    const bool real = have_glove && w.dx != w.dy;
    std::mt19937_64 random(20241108);
    matrix x = real ? workloads::load(glove, w.n, w.dx) : normal(random, w.n, w.dx);
    x.array() += static_cast<float>(w.mean);
    matrix y;
    if (w.dx == w.dy)
      y = x + static_cast<float>(w.noise) * normal(random, w.n, w.dy);
    else
      y = x * normal(random, w.dx, w.dy);
    workloads::save(folder + "/" + w.name + "_x.npy", x);
    workloads::save(folder + "/" + w.name + "_y.npy", y);
    list << (&w == workloads::all.data() ? "[" : ",\n ") << "{\"name\": \"" << w.name << "\", \"task\": \""
         << word(w.what) << "\", \"n\": " << w.n << ", \"dx\": " << w.dx << ", \"dy\": " << w.dy
         << ", \"k\": " << w.k << ", \"data\": \"" << (real ? "GloVe" : "random") << "\"}";
  }
  list << "]\n";
}
