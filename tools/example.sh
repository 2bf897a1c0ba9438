#!/usr/bin/env bash
# Sets everything up and builds the Mozambique example into examples/mozambique/out.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh run
.venv/bin/bulletin build examples/mozambique "$@"
