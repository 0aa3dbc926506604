#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The Python blocks of docs/python.md, in order: `blocks()`. With --first as an argument, runs the first."""
import pathlib
import re
import sys

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "python.md"


def blocks():
    return re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)


if __name__ == "__main__" and sys.argv[1:] == ["--first"]:
    exec(compile(blocks()[0], str(PAGE), "exec"), {})
