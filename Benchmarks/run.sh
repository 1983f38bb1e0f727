#!/bin/sh
# Builds and runs the benchmarks in release mode; the figures are medians, the ratios from one run. NumPy, a peer of the
# broadcasts and (with SciPy) of the statistics, goes into a virtual environment here; a peer that is not there is left out.
set -eu
cd "$(dirname "$0")"
TX_PROGRAM=$(cd .. && pwd)/.build/release/transfer-script
export TX_PROGRAM
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import numpy, scipy, matplotlib' 2>/dev/null; then
    { python3 -m venv .venv && .venv/bin/pip install --quiet numpy scipy matplotlib; } || echo "no NumPy, SciPy and matplotlib: their comparisons are left out" >&2
fi
if .venv/bin/python -c 'import numpy, scipy, matplotlib' 2>/dev/null; then
    TX_NUMPY=.venv/bin/python
    export TX_NUMPY
fi
swift run -c release --scratch-path .build Benchmarks "$@"
