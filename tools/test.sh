#!/usr/bin/env bash
# Sets everything up and runs the whole check: lint, types, layers, tests. `--quick`: without the tests marked slow.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh dev
.venv/bin/ruff check src tests tools benchmarks
.venv/bin/ruff format --check --quiet src tests tools benchmarks
.venv/bin/mypy
.venv/bin/mypy --config-file tests/mypy.ini
.venv/bin/lint-imports
if [[ "${1:-}" == --quick ]]; then set -- -m "not slow" "${@:2}"; fi
unset PYTHONDONTWRITEBYTECODE  # hundreds of processes would read the text of every module
.venv/bin/python -m pytest -n 2 "$@"
