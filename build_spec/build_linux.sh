#!/usr/bin/env bash
# Freezes the Linux program and lets both of its programs check themselves, without a screen.
#   usage: build_linux.sh [FOLDER]      FOLDER is build/linux at first; it keeps its environment
# Leaves FOLDER/dist/telecom-audit and FOLDER/self-check.json.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p "${1:-build/linux}"
folder=$(cd "${1:-build/linux}" && pwd)
export PYTHONHASHSEED=0 QT_QPA_PLATFORM=offscreen

missing=()
command -v objcopy >/dev/null || missing+=(binutils)
if [ "$(readlink -f "$(command -v python3.11)")" = /usr/bin/python3.11 ]; then
    dpkg -s libpython3.11 >/dev/null 2>&1 || missing+=(libpython3.11) # Debian's own has it apart
fi
if [ "${#missing[@]}" -gt 0 ]; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
fi

if ! cmp -s build_spec/requirements-build.lock "$folder/laid-out.lock"; then
    python3.11 -m venv --clear "$folder/environment"
    "$folder/environment/bin/pip" install -q --require-hashes -r build_spec/requirements-build.lock
    cp build_spec/requirements-build.lock "$folder/laid-out.lock"
fi
"$folder/environment/bin/python" -m PyInstaller --noconfirm --clean --log-level WARN \
    --distpath "$folder/dist" --workpath "$folder/work" build_spec/telecom_audit.spec
cp LICENSE "$folder/dist/telecom-audit/"
program=$folder/dist/telecom-audit/telecom-audit
du -sm "$folder/dist/telecom-audit" | awk '{print "size of the program: " $1 " MB"}'
"$program" --version
"$program" --self-check "$folder/self-check.json"
"$program-window" --self-check "$folder/self-check-window.json"
python3.11 build_spec/compare_checks.py "$folder/self-check.json" "$folder/self-check-window.json"
