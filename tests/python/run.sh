#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs the Python module into an empty environment, as a person does, and runs its tests there. Needs the registry of
# Python's packages. Where Python has no headers it says so, and is done.
# usage: tests/python/run.sh [ARGUMENT OF PYTEST...]     PYTHON: the interpreter, python3 unless given
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}

if ! "$python" -c '
import ensurepip, pathlib, sys, sysconfig, venv
headers = pathlib.Path(sysconfig.get_path("include"), "Python.h")
sys.exit(sys.version_info < (3, 10) or not headers.exists())' 2>/dev/null; then
  echo "-- Not tested: the Python module (no Python 3.10 or later with venv and headers: scripts/install_dependencies.sh python)"
  exit 0
fi

place=build/python
mkdir -p $place
"$python" -m venv --clear $place/environment
export PYTHONDONTWRITEBYTECODE=1
environment=$PWD/$place/environment/bin/python
"$environment" -m pip install --quiet --disable-pip-version-check ./examples/python
(cd $place && "$environment" "$OLDPWD/tests/python/documented.py" --first)  # before anything else is there
"$environment" -m pip install --quiet --disable-pip-version-check pytest scikit-learn pandas matplotlib tqdm
"$environment" -m pytest -p no:cacheprovider -q tests/python "$@"
