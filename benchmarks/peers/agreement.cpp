// SPDX-License-Identifier: MIT
// usage: nngs_agreement FOLDER WORKLOAD LISTS     compares a peer's lists with ours, prints as JSON the share
// of items whose neighbour sets are the same and the share of our neighbours that the peer found.
#include <algorithm>
#include <iterator>
#include <nngs/nngs.hpp>

#include "../workloads.hpp"

int main(int count, char** arguments) {  // NOLINT(bugprone-exception-escape): ends a measurement
  if (count != 4) workloads::fail("usage: nngs_agreement FOLDER WORKLOAD LISTS");
  const workloads::workload& w = workloads::find(arguments[2]);
  std::ifstream file(arguments[3], std::ios::binary);

  double same = 0, found = 0;
  std::vector<std::uint32_t> theirs(static_cast<std::size_t>(w.k)), ours, both;
  for (const auto& points : {workloads::load_x(arguments[1], w), workloads::load_y(arguments[1], w)}) {
    const nngs::neighbor_graph graph = nngs::build_graph(points, w.k);
    for (Eigen::Index item = 0; item < w.n; ++item) {
      if (!file.read(reinterpret_cast<char*>(theirs.data()), w.k * Eigen::Index{sizeof(std::uint32_t)}))
        workloads::fail("the lists end early");
      ours.assign(graph.neighbors(item).begin(), graph.neighbors(item).end());
      std::sort(ours.begin(), ours.end());
      std::sort(theirs.begin(), theirs.end());
      both.clear();
      std::set_intersection(ours.begin(), ours.end(), theirs.begin(), theirs.end(), std::back_inserter(both));
      same += both.size() == ours.size();
      found += static_cast<double>(both.size());
    }
  }
  const auto items = static_cast<double>(2 * w.n);
  std::cout.precision(12);
  std::cout << "{\"same\": " << same / items << ", \"recall\": " << found / items / static_cast<double>(w.k)
            << "}\n";
}
