#!/usr/bin/env bash
# Détente beside NegMAS on the same inputs, in one run. Prints a table in Markdown.
#
# NegMAS comes from PyPI into a virtual environment outside the checkout:
# $DETENTE_NEGMAS, or a folder of that name among temporary files.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=0.16.0
environment="${DETENTE_NEGMAS:-${TMPDIR:-/tmp}/detente-negmas}"
if [ ! -x "$environment/bin/python" ]; then
  python3 -m venv "$environment"
fi
if ! "$environment/bin/python" -c "import importlib.metadata as m; assert m.version('negmas') == '$version'" 2>/dev/null; then
  "$environment/bin/pip" install --quiet "negmas==$version"
fi
cargo build --release --quiet -p detente-bench --bin compare
compare="${CARGO_TARGET_DIR:-target}/release/compare"
exec "$environment/bin/python" bench/compare/beside_negmas.py "$compare" "$@"
