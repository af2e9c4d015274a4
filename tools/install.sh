#!/bin/bash
# Installs what is missing of the Debian 12 packages that Catena is built from.
#   tools/install.sh demo    what builds the program
#   tools/install.sh test    that, and what checks it
# CATENA_NO_INSTALL=1 leaves the system as it is.
set -euo pipefail

program=(cmake g++ libcli11-dev libeigen3-dev libexpected-dev libfmt-dev libpugixml-dev
  libssl-dev libtomlplusplus-dev ninja-build nlohmann-json3-dev)
checks=(ca-certificates ccache clang-19 clang-format-19 clang-tidy-19 git libclang-rt-19-dev
  libgmock-dev libgtest-dev libsimbody-dev mold python3 python3-jsonschema shellcheck)

case "${1:-}" in
  demo) wanted=("${program[@]}") ;;
  test) wanted=("${program[@]}" "${checks[@]}") ;;
  *) echo "usage: tools/install.sh demo|test" >&2; exit 2 ;;
esac

stop() {
  echo "Cannot install: $1" >&2
  exit 1
}

[ "${CATENA_NO_INSTALL:-0}" = 1 ] && exit 0
if ! command -v dpkg-query > /dev/null; then
  stop "this is not Debian. Install the equivalents of these packages, then set \
CATENA_NO_INSTALL=1: ${wanted[*]}"
fi

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo > /dev/null || stop "not root, and there is no sudo. As root, run: \
apt-get install ${missing[*]}"
  as_root=(sudo)
fi

echo "Installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@" > "$log" 2>&1 || {
    cat "$log" >&2
    stop "apt-get $1 failed (its words are above). Check the network and that the sources name \
Debian 12 (bookworm)."
  }
}
apt update
apt install --no-install-recommends "${missing[@]}"
