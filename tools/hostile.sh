#!/usr/bin/env bash
# Every hostile input against the small project, each in a process of its own: tools/hostile.sh [--only csv-] [--report FILE]
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHONPATH=src:tests exec .venv/bin/python -W ignore -m hostile.run "$@"
