#!/bin/sh
# Builds and runs the benchmarks in release mode; the figures are medians, the ratios from one run.
set -eu
cd "$(dirname "$0")"
swift run -c release --scratch-path .build Benchmarks
