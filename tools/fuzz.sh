#!/usr/bin/env bash
# Good files damaged at random, for so many minutes; the same seed damages them alike: tools/fuzz.sh [--minutes 20] [--seed 1]
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHONPATH=src:tests exec .venv/bin/python -W ignore -m hostile.fuzz "$@"
