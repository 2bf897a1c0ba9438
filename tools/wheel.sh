#!/usr/bin/env bash
# Builds the wheel, installs it with the locked dependencies into a clean environment outside the checkout, builds the example
# from it and compares tree, facts and findings with examples/mozambique/expected.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/build"
"$place/build/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$root/requirements/build.lock"
"$place/build/bin/python" -m build --quiet --wheel --no-isolation --outdir "$place/dist" "$root"
python3 -m venv "$place/clean"
"$place/clean/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$root/requirements/run.lock"
"$place/clean/bin/pip" install --quiet --disable-pip-version-check --no-deps "$place"/dist/*.whl
cp -r "$root/examples/mozambique" "$place/Moçambique com espaço"
rm -rf "$place/Moçambique com espaço/out" "$place/Moçambique com espaço/work"
cd "$place"
"$place/clean/bin/bulletin" --version
"$place/clean/bin/bulletin" build "Moçambique com espaço" --messages en
"$root/.venv/bin/python" "$root/tools/expected.py" compare "$place/Moçambique com espaço" "$root/examples/mozambique/expected"
