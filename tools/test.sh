#!/usr/bin/env bash
# Sets everything up and runs the whole check: lint, types, layers, tests.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh dev
.venv/bin/ruff check src tests tools benchmarks
.venv/bin/ruff format --check --quiet src tests tools benchmarks
.venv/bin/mypy
.venv/bin/mypy --config-file tests/mypy.ini
.venv/bin/lint-imports
.venv/bin/python -m pytest -n 2 "$@"
