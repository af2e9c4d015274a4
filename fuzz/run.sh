#!/bin/sh
# Fuzzes every reader for some seconds: fuzz/run.sh [SECONDS] [TARGET...]
# Starts from fuzz/corpus/<target>; what it learns and finds stays in build/fuzz/.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-120}
[ $# -gt 0 ] && shift
cmake --preset fuzz >/dev/null
if [ $# -eq 0 ]; then
  for source in fuzz/*_fuzz.cpp; do
    set -- "$@" "$(basename "$source" _fuzz.cpp)"
  done
fi
for name in "$@"; do
  cmake --build --preset fuzz --target "${name}_fuzz"
  learned=build/fuzz/learned/$name
  mkdir -p "$learned" build/fuzz/found
  dictionary=fuzz/corpus/$name.dict
  [ -e "$dictionary" ] && dictionary=-dict=$dictionary || dictionary=-verbosity=1
  "build/fuzz/fuzz/${name}_fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -max_len=16384 -print_final_stats=1 -artifact_prefix="build/fuzz/found/$name-" \
    "$dictionary" "$learned" "fuzz/corpus/$name"
done
