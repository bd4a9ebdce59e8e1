#!/usr/bin/env bash
# Runs a Windows program under Wine on a screen that nobody sees; its exit code is the program's.
#   usage: run.sh FOLDER COMMAND [ARGUMENT ...]     FOLDER was laid out by build_windows.sh
# SECONDS_AT_MOST ends it (3600). PICTURE=file.png photographs the screen as soon as it has come to
# rest and then ends the program, which is a success when there was something to be seen.
set -uo pipefail
if [ -z "${WINE_SCREEN:-}" ]; then
    WINE_SCREEN=yes exec xvfb-run -a -s "-screen 0 1366x860x24" bash "$0" "$@"
fi
folder=$(cd "$1" && pwd)
shift
export WINEPREFIX=$folder/prefix WINEARCH=win64 WINEDEBUG=-all
export WINEDLLOVERRIDES="ucrtbase,mscms=native;winedbg.exe,mscoree,mshtml="

started() { # Windows programs want a real stdin, and a pipe as their stdout
    timeout "${SECONDS_AT_MOST:-3600}" wine "$@" </dev/null 2>&1 | cat
    return "${PIPESTATUS[0]}"
}

if [ -z "${PICTURE:-}" ]; then
    started "$@"
    exit
fi
started "$@" 2>/dev/null & # what the shell says of the program that is ended below
job=$!
before='' equal=0
for _ in $(seq 24); do # until three pictures in a row are equal and not empty
    sleep 5
    if ! kill -0 "$job" 2>/dev/null; then
        wait "$job"
        echo "the program ended before its picture was taken" >&2
        exit 1
    fi
    import -window root "$PICTURE"
    now=$(identify -format '%# %k' "$PICTURE")
    if [ "$now" = "$before" ] && [ "${now##* }" -gt 20 ]; then
        equal=$((equal + 1))
    else
        equal=0
    fi
    [ "$equal" -ge 2 ] && break
    before=$now
done
wineserver -k
wait "$job"
[ "$equal" -ge 2 ] || { echo "no window was seen, or it did not come to rest" >&2; exit 1; }
