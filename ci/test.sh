#!/usr/bin/env bash
# Everything that must hold before a commit: format, clippy, tests, doctests,
# benches (each once), docs with warnings denied, dependency audit.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step format
cargo fmt --all --check

step clippy
cargo clippy --workspace --all-targets --locked -- -D warnings

step tests
if command -v cargo-nextest >/dev/null 2>&1; then
  cargo nextest run --workspace --locked --no-fail-fast
else
  cargo test --workspace --lib --bins --tests --locked
fi

step doctests
cargo test --workspace --doc --locked

step "benches, each once"
cargo test -p detente-bench --benches --locked

step docs
RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

step "dependency audit"
if command -v cargo-deny >/dev/null 2>&1; then
  # Advisories need a database from the network; licences, sources and bans do not.
  cargo deny --offline --locked check bans licenses sources
else
  echo "cargo-deny is not installed; the test 'dependencies_come_from_the_registry_under_free_licences' stands in"
fi

step "all passed"
