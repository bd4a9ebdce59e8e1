#!/usr/bin/env bash
# Writes the lock files anew: every version and hash, for every system.
# Needs uv (pip install uv). Look at the difference before you commit it.
#
#   requirements.lock        what ships, from pyproject.toml
#   requirements-test.lock   the same with the tools of the tests
#   requirements-build.lock  the same with what freezes it
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--universal --python-version 3.11 --generate-hashes --no-emit-index-url
    --no-emit-find-links --no-header --no-annotate --quiet)
shipped=build_spec/requirements.lock
echo "setuptools>=77" | uv pip compile pyproject.toml - "${options[@]}" -o "$shipped"
uv pip compile pyproject.toml --extra test "${options[@]}" -o build_spec/requirements-test.lock
printf 'setuptools>=77\npyinstaller>=6.10\n' | uv pip compile pyproject.toml - \
    "${options[@]}" -c "$shipped" -o build_spec/requirements-build.lock
