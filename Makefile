# Two commands do all: `make run` (packages, build, the main example) and `make test`.
# The others: bench (ONLY=languages, statistics, charts or engine), catalogue, accept, docs, fmt, lint, clean.

SWIFT   ?= swift
PROGRAM := .build/release/transfer-script

.PHONY: run test test-all bench build packages test-packages catalogue accept docs fmt lint clean

run: build
	$(PROGRAM) examples/study.tx --out examples
	@echo "The figure is examples/transfer.png"

build: packages
	$(SWIFT) build -c release --product transfer-script

packages:
	@scripts/install-packages.sh

test-packages:
	@scripts/install-packages.sh test

# Release mode, because the tests train real networks; one process, because the engine's threads own both cores.
test: test-packages lint
	$(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-test --no-parallel

test-all: test
	Tests/Fuzz/run.sh 200000
	TX_SLOW_TESTS=1 $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-test --no-parallel

# Re-records every golden file; look at the difference before you commit it.
accept: test-packages
	-TX_ACCEPT=1 $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-test --no-parallel

bench: build
	Benchmarks/run.sh $(ONLY)

catalogue:
	scripts/catalogue.sh

docs: build
	$(PROGRAM) doc --markdown > docs/reference.md

fmt:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

# Catalogues that are out of date fail here with the remedy.
lint:
	@scripts/catalogue.sh --check
	@$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

clean:
	rm -rf .build .build-test
