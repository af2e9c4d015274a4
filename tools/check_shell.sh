#!/bin/bash
# Runs shellcheck over every tracked shell script.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t scripts < <(git ls-files '*.sh' demo test .ci/run)
shellcheck "${scripts[@]}"
