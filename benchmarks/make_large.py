#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes two paired matrices of any size, a piece at a time: normal rows, and the same with noise.
usage: make_large.py ROWS COLUMNS X.npy Y.npy"""
import sys

import numpy as np

PIECE = 100_000

rows, columns = map(int, sys.argv[1:3])
x, y = (np.lib.format.open_memmap(name, "w+", np.float32, (rows, columns)) for name in sys.argv[3:5])
random = np.random.default_rng(1)
for first in range(0, rows, PIECE):
    piece = slice(first, min(first + PIECE, rows))
    x[piece] = random.standard_normal(x[piece].shape, np.float32)
    y[piece] = x[piece] + random.standard_normal(x[piece].shape, np.float32)
