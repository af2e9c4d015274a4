#!/bin/bash
# Fuzzes every reader under address and undefined-behaviour sanitizers.
#   tools/fuzz.sh [SECONDS]      each target for this long; default 60
# What is found stays in build/fuzz/found/<target>; new inputs in build/fuzz/grown/<target>.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}

mkdir -p build
cmake --preset fuzz > build/fuzz.log
cmake --build build/fuzz >> build/fuzz.log || { cat build/fuzz.log >&2; exit 1; }
failed=0
for target in build/fuzz/fuzz/*_fuzz; do
  name=$(basename "$target")
  grown=build/fuzz/grown/$name found=build/fuzz/found/$name
  mkdir -p "$grown" "$found"
  echo "== $name, $seconds s"
  options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=16384
    -print_final_stats=1 -artifact_prefix="$found/")
  dictionary=fuzz/corpus/${name%_fuzz}.dict
  [ -e "$dictionary" ] && options+=(-dict="$dictionary")
  "$target" "${options[@]}" "$grown" "fuzz/corpus/${name%_fuzz}" > "build/fuzz/$name.log" 2>&1 ||
    { failed=1; tail -n 40 "build/fuzz/$name.log"; }
  grep -E 'number_of_executed_units|peak_rss' "build/fuzz/$name.log" || true
done
exit $failed
