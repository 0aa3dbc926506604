#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs, with apt, Google Benchmark and the peers that Debian and Ubuntu carry: FAISS, hnswlib, scikit-learn and
# numpy, all on OpenBLAS. Peers that are missing are skipped by run.sh, so on other systems install what you like.
set -euo pipefail

packages=(libbenchmark-dev libfaiss-dev libhnswlib-dev libopenblas0-pthread libopenblas-dev python3-numpy python3-sklearn)
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
echo "Installing with apt: ${packages[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
