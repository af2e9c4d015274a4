#!/bin/bash
# Takes the README's picture of a report. Needs chromium; look at the picture before it goes in.
#   tools/picture.sh demo_out/report/report.html docs/images/report.png
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: tools/picture.sh REPORT.html PICTURE.png" >&2; exit 2; }
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.5 \
  --window-size=1000,1240 --screenshot="$(realpath "$2")" "file://$(realpath "$1")" 2> /dev/null
