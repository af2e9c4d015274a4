#!/bin/bash
# Takes the README's picture of a report. Look at the picture before it goes in.
#   tools/picture.sh demo_out/report/report.html docs/images/report.png
# Needs a Chromium, on the PATH or named by CATENA_CHROMIUM.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: tools/picture.sh REPORT.html PICTURE.png" >&2; exit 2; }
browser=${CATENA_CHROMIUM:-$(command -v chromium || command -v google-chrome || true)}
[ -x "$browser" ] || { echo "there is no Chromium: install one, or name it with CATENA_CHROMIUM" >&2
  exit 1; }
rm -f "$2"
"$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.5 \
  --window-size=1000,1180 --screenshot="$(realpath "$2")" "file://$(realpath "$1")" 2> /dev/null || true
[ -s "$2" ] || { echo "$browser took no picture of $1" >&2; exit 1; }
