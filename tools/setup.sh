#!/usr/bin/env bash
# Sets up a fresh Debian or Ubuntu machine: system libraries where they lack, a virtual environment, the locked dependencies.
# Usage: tools/setup.sh [run|dev]
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-run}

missing=()
libraries=$(ldconfig -p 2>/dev/null || true)
has() { [[ $libraries == *"$1"* ]]; }
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
need python3 python3
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
has libpango-1.0.so.0 || missing+=(libpango-1.0-0)
has libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
has libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
if [ "$kind" = dev ]; then
  need pdftoppm poppler-utils
  need qpdf qpdf
  command -v chromium-browser >/dev/null 2>&1 || need chromium chromium
  # Whole, not the -nogui packages: without the files of its windows it falls over when a comment is inserted.
  dpkg -s libreoffice-writer >/dev/null 2>&1 || missing+=(libreoffice-writer)
  /usr/bin/python3 -c 'import uno' 2>/dev/null || missing+=(python3-uno)
fi
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing: ${missing[*]}"
  sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed." >&2; exit 2; }
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$kind.lock"
# Other people's programs that read the open data, in an environment of their own: what they bring would change ours.
if [ "$kind" = dev ]; then
  [ -x .readers/bin/python ] || python3 -m venv .readers
  .readers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/readers.lock
fi
# The Open XML SDK validator for Word files and the auditor of web pages, where Node.js is at hand; their tests say so when it is not.
if [ "$kind" = dev ] && command -v npm >/dev/null 2>&1; then
  npm install --prefix tests/tools --no-save --silent --no-audit --no-fund || echo "The Open XML validator and axe-core could not be installed; their tests will be skipped."
fi
# The program itself, as a checkout that is used in place.
.venv/bin/python - <<'PY'
import pathlib, sysconfig
site = pathlib.Path(sysconfig.get_paths()["purelib"])
root = pathlib.Path.cwd()
(site / "bulletin_checkout.pth").write_text(f"{root / 'src'}\n", encoding="utf-8")
script = pathlib.Path(sysconfig.get_paths()["scripts"]) / "bulletin"
script.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m bulletin "$@"\n', encoding="utf-8")
script.chmod(0o755)
PY
