#!/usr/bin/env bash
# Builds the six examples in every format, makes the library of them, and looks at every page of it with Chromium and axe-core, as
# readers do on a phone, at a desk, on paper, by keyboard, at 200 % and without scripts. Slow: a quarter of an hour and more.
# Usage: tools/site.sh [FOLDER [--address https://…]]    FOLDER: where the library goes; out/site when not given
set -euo pipefail
cd "$(dirname "$0")/.."
site=${1:-out/site}
shift || true
python=.venv/bin/python
[ -x "$python" ] || tools/setup.sh dev
export PYTHONPATH=src
# Copies are built: a build writes into the project too. What was kept of the last time serves again.
mkdir -p out/examples "$(dirname "$site")"
cp -r examples/*/ out/examples/
for project in out/examples/*/; do
  "$python" -m bulletin build "$project" --format pdf --format docx --format xlsx --format html --format data --quiet
done
"$python" -m bulletin site out/examples/*/ --output "$site" "$@"
du -sh "$site" | sed 's/^/Size of the library: /'
for index in "$site"/*/search-index.js; do
  echo "Search index: $index, $(wc -c <"$index") bytes, $(gzip -9 -c "$index" | wc -c) compressed"
done
"$python" tests/web_walk.py "$site"
