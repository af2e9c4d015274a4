#!/bin/bash
# Refuses sources that clang-format would change, and bytes outside ASCII in sources.
set -euo pipefail
cd "$(dirname "$0")/.."

# Files that are gone and not yet committed so are passed over.
mapfile -t sources < <(git ls-files '*.h' '*.cpp' | while read -r f; do
  [ -e "$f" ] && echo "$f"; done)
clang-format-19 --dry-run -Werror "${sources[@]}" ||
  { echo "run clang-format-19 -i on the files above" >&2; exit 1; }

mapfile -t texts < <(git ls-files '*.h' '*.cpp' '*.py' '*.sh' '*.cmake' '*CMakeLists.txt' \
  '*.json' demo test .ci/run ':!src/catena/report/languages/*')
if LC_ALL=C grep -snP '[^\x00-\x7F]' "${texts[@]}"; then
  echo "the lines above hold bytes outside ASCII" >&2
  exit 1
fi
