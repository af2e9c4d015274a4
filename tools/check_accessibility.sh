#!/bin/bash
# Holds the report's pages against axe-core in headless Chromium: the fixtures' pages, one of each
# answer, and whatever is named. Skips by name where node, npm or a Chromium is absent.
#   tools/check_accessibility.sh [PAGE.html...]
# CATENA_BUILD names the build folder whose fixtures are looked at (build/release).
set -euo pipefail
cd "$(dirname "$0")/.."

skip() {
  echo "skipped: accessibility of the pages: $1"
  exit 0
}
browser=${CATENA_CHROMIUM:-$(command -v chromium || command -v google-chrome || true)}
command -v node > /dev/null || skip "there is no node"
command -v npm > /dev/null || skip "there is no npm"
[ -x "$browser" ] || skip "there is no Chromium"

# Only from the lock file, and only when that is not what is installed.
tool=tools/accessibility
if ! cmp -s "$tool/package-lock.json" "$tool/node_modules/.installed"; then
  npm ci --prefix "$tool" --no-audit --no-fund --loglevel=error
  cp "$tool/package-lock.json" "$tool/node_modules/.installed"
fi

pages=("$@")
if [ ${#pages[@]} -eq 0 ]; then
  made=build/pages
  rm -rf "$made"
  CATENA_LOOK="$PWD/$made" "${CATENA_BUILD:-build/release}/catena_report_test" \
    --gtest_filter=RenderFiles.WritesPagesThatCanBeLookedAt > /dev/null
  pages=("$made"/answer_*/report.html "$made"/{full,one_demand}/report.html)
fi
node "$tool/check.mjs" "$browser" "${pages[@]}"
