# SPDX-License-Identifier: MIT
"""Every block of docs/python.md runs, in order, each with the names of those before it."""
import pathlib

import documented


def test_blocks_run(tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(tmp_path)
    names = {}
    found = documented.blocks()
    assert len(found) > 3
    for block in found:
        exec(compile(block, str(documented.PAGE), "exec"), names)
    assert pathlib.Path("heat_map.svg").stat().st_size > 0
