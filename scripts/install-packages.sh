#!/bin/sh
# Installs the Debian packages that the build and the main example need; does nothing when all are there.
# With "test" also those that only tests need: a browser that opens reports, and the validator of Jupyter's format.
set -eu

packages="libdnnl-dev libopenblas0-openmp libedit-dev libpng-dev libturbojpeg0-dev libcairo2-dev libcmark-dev
libarchive-dev libpcre2-dev libchafa0 libsqlite3-dev libboost-math-dev libstdc++-12-dev pkg-config fonts-dejavu-core
dataset-fashion-mnist ruby-gemojione"
[ "${1:-}" != test ] || packages="$packages chromium python3-nbformat"

missing=""
for package in $packages; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Installing Debian packages:$missing"
if [ "$(id -u)" -eq 0 ]; then
    run=""
elif command -v sudo >/dev/null; then
    run="sudo"
else
    echo "error: these packages are missing and neither root nor sudo is at hand; install them with" >&2
    echo "    apt-get install$missing" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
$run apt-get update -q
# shellcheck disable=SC2086 — a list of words
$run apt-get install -q -y --no-install-recommends $missing
