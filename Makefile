# What people type. The work is done by the scripts in .ci/, by cargo and by cargo-leptos.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-test run dev test test-fast e2e lint chaos soak bench dist clean

# sass and wasm-opt come from the npm lock file in end2end/; cargo-leptos finds them on the PATH.
export PATH := $(CURDIR)/end2end/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)

help: ## This list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-11s %s\n", $$1, $$2 }'

run: setup ## Set up what is missing, build, and start the demo with a simulated LINE
	@.ci/build debug
	@exec target/debug/sala demo $(ARGS)

dev: setup ## The demo with live reload: rebuilds on every change
	@exec cargo leptos watch -- demo $(ARGS)

test: setup-test ## Everything that CI runs: format, lints, tests on both databases, browser
	@.ci/test

test-fast: ## The inner loop: format and the tests on SQLite, no browser
	@cargo fmt --check
	@SALA_TEST_DATABASES=sqlite cargo test --features ssr

e2e: setup-test ## Only the browser tests, against a debug build
	@.ci/build debug
	@cd end2end && npx playwright test $(ARGS)

lint: ## Format and both lint runs
	@cargo fmt --check
	@cargo clippy --features ssr --all-targets -- -D warnings
	@cargo clippy --features hydrate --target wasm32-unknown-unknown --lib -- -D warnings

chaos: setup-test ## Kill, stop, stall and cut everything under load: 0 lost, 0 doubled? (10 minutes at most)
	@cargo test --features ssr --test chaos -- --full $(ARGS)

soak: setup-test ## A bad month in ten minutes: log, disk, clock, clients and events at once
	@cargo test --features ssr --test chaos -- --soak $(ARGS)

# The console is measured in Chromium; the release front end meets a debug server, as in the browser tests.
bench: ## Figures of a release server under load; ARGS=console: of the console in Chromium
ifeq ($(firstword $(ARGS)),console)
	@.ci/setup test
	@cargo build --features ssr --bin sala
	@.ci/build front
	@node end2end/scripts/console-speed.mjs $(wordlist 2,$(words $(ARGS)),$(ARGS))
else
	@cargo bench --features ssr --bench load -- $(ARGS)
endif

dist: setup ## One self-contained release binary: dist/sala
	@.ci/dist

setup: ## Install the build's tools if they are missing
	@.ci/setup

setup-test: ## The same, and what the tests need (PostgreSQL, Redis, Chromium, fonts)
	@.ci/setup test

clean: ## Remove what was built
	@cargo clean
	@rm -rf dist end2end/test-results end2end/playwright-report
