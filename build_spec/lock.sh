#!/usr/bin/env bash
# Writes the two lock files anew from pyproject.toml: every version and hash, for every system.
# Needs uv (pip install uv). Look at the difference before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--universal --python-version 3.11 --generate-hashes --no-emit-index-url
    --no-emit-find-links --no-header --no-annotate --quiet)
echo "setuptools>=77" | uv pip compile pyproject.toml - "${options[@]}" -o build_spec/requirements.lock
uv pip compile pyproject.toml --extra test "${options[@]}" -o build_spec/requirements-test.lock
