#!/bin/sh
# Fuzzes the language: `Tests/Fuzz/run.sh [INPUTS]` runs so many mutated inputs on all cores together (default: ten
# million), after a tenth as many of libFuzzer's, which is slow but grows the corpus by looking at coverage. The corpus
# stays in Tests/Fuzz/.build-fuzz; a crash or hang leaves its input there and fails. SEED=n gives other inputs.
set -eu
cd "$(dirname "$0")"
inputs=${1:-10000000}
seed=${SEED:-1}
jobs=$(getconf _NPROCESSORS_ONLN)
work=.build-fuzz
mkdir -p "$work/corpus"
sources=$(find ../../Sources/Lang -name '*.swift')
# shellcheck disable=SC2086
swiftc -O -sanitize=fuzzer -parse-as-library -swift-version 6 -module-name Lang $sources Fuzz.swift -o "$work/fuzz"
# shellcheck disable=SC2086
swiftc -O -parse-as-library -swift-version 6 -module-name Lang $sources Fuzz.swift Mutate.swift -o "$work/mutate"

# Every script of the tests is a seed, for both halves of the target (the first byte chooses).
# The scripts of limits/ are large on purpose and would only slow the run down.
find ../Scripts ../../examples -name '*.tx' -not -path '*/limits/*' | while read -r script; do
    name=$(printf '%s' "$script" | tr '/' '_')
    { printf '\000'; cat "$script"; } > "$work/corpus/front_$name"
    { printf '\001'; cat "$script"; } > "$work/corpus/run_$name"
done
cd "$work"

# `each COMMAND`: the command once for each core, its number in $job; the logs are shown when one fails.
each() {
    pids=""
    for job in $(seq "$jobs"); do
        eval "$1" > "log_$job" 2>&1 &
        pids="$pids $!"
    done
    status=0
    for pid in $pids; do wait "$pid" || status=1; done
    [ "$status" = 0 ] || { tail -n 40 log_*; exit 1; }
}
each './fuzz corpus -dict=../tx.dict -runs=$((inputs / jobs / 10)) -seed=$((seed + job)) -max_len=512 -timeout=20 \
    -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix=crash_'
grep -h "stat::number_of_executed_units" log_*
each './mutate corpus $((inputs / jobs)) $((seed + job)) hang_or_crash_$job'
cat log_*
