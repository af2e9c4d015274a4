#!/bin/bash
# Refuses sources that clang-format would change, and bytes outside ASCII in sources.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(git ls-files --cached '*.h' '*.cpp' | while read -r f; do
  [ -e "$f" ] && echo "$f"; done)
if [ ${#sources[@]} -gt 0 ]; then
  clang-format-19 --dry-run -Werror "${sources[@]}"
fi

mapfile -t texts < <(git ls-files '*.h' '*.cpp' '*.py' '*.sh' '*.cmake' '*CMakeLists.txt' \
  '*.json' demo test .ci/run ':!src/catena/report/languages/*')
if LC_ALL=C grep -nP '[^\x00-\x7F]' "${texts[@]}"; then
  echo "the lines above hold bytes outside ASCII" >&2
  exit 1
fi
