#!/usr/bin/env bash
# Détente beside Gambit and OpenSpiel on the same games, in one run. Prints tables in Markdown.
#
# Both come from PyPI into a virtual environment outside the checkout: $DETENTE_GAMBIT, or a
# folder of that name among temporary files. Names of games may be given: crisis-6-6, kuhn-13, …
set -euo pipefail
cd "$(dirname "$0")/../.."

environment="${DETENTE_GAMBIT:-${TMPDIR:-/tmp}/detente-gambit}"
if [ ! -x "$environment/bin/python" ]; then
  python3 -m venv "$environment"
fi
"$environment/bin/pip" install --quiet "pygambit==16.7.0" "open_spiel==2.0.2"
cargo build --release --quiet -p detente-bench --bin compare
cargo build --release --quiet -p detente
built="${CARGO_TARGET_DIR:-target}/release"
exec "$environment/bin/python" bench/compare/beside_gambit.py "$built/detente" "$built/compare" "$@"
