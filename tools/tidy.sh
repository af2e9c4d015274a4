#!/bin/bash
# Runs clang-tidy; every finding is an error.
#   tools/tidy.sh                 files that differ from the main branch
#   tools/tidy.sh all             every file
#   tools/tidy.sh FILE...         these files
# CATENA_BUILD names the folder with compile_commands.json (default: the first of build/release,
# build/dev that has one). A file that was clean is not read again until it, a header that it
# includes or .clang-tidy changes.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${CATENA_BUILD:-}
for folder in build/release build/dev; do
  [ -z "$build" ] && [ -e "$folder/compile_commands.json" ] && build=$folder
done
if [ ! -e "$build/compile_commands.json" ]; then
  echo "there is no compile_commands.json: run cmake --preset release first" >&2
  exit 1
fi

case "${1:-changed}" in
  all) mapfile -t files < <(git ls-files '*.cpp') ;;
  changed) mapfile -t files < <({ git diff --name-only --diff-filter=d main -- '*.cpp'
    git ls-files --others --exclude-standard '*.cpp'; } | sort -u) ;;
  *) files=("$@") ;;
esac
exec python3 tools/tidy.py "$build" "${files[@]}"
